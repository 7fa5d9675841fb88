"""Kernel density on the plane and Ripley's K in a rectangle, both mended at the edge."""

from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.fft import irfft, next_fast_len, rfft
from scipy.spatial.distance import cdist
from scipy.special import ndtr

from geoanalysis.domain.errors import InsufficientDataError, SchemaError
from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.weights import checked_values

Bounds: TypeAlias = tuple[float, float, float, float]
"""West, south, east, north, in a metric CRS."""
_TRUNCATE: Final = 4.0
"""Standard deviations after which the kernel on a grid is cut."""
_BLOCK: Final = 1 << 22


def density_grid(
    xy: ArrayLike,
    *,
    bounds: Bounds,
    shape: tuple[int, int],
    sigma: float,
    inside: NDArray[np.bool_] | None = None,
) -> Floats:
    """
    Give the Gaussian kernel density of many points on a grid, mended at the edge.

    Near the edge part of each kernel lies where nothing could be reported. The density is divided by the part
    inside, so it does not fade at a border only because the neighbour does not report.

    Parameters
    ----------
    xy
        Points, n x 2, in a metric CRS; those outside the bounds do not count.
    bounds
        West, south, east, north.
    shape
        Rows (from south to north) and columns.
    sigma
        Standard deviation of the kernel, in the unit of the coordinates.
    inside
        Which cells can have reports, rows x columns; all if not given.

    Returns
    -------
    ndarray
        Points per unit of area at the middles of the cells; NaN outside.

    Raises
    ------
    SchemaError
        If `sigma` is not positive or the bounds hold no area.

    References
    ----------
    Diggle 1985, doi:10.2307/2347366 (edge correction).
    """
    west, south, east, north = bounds
    if sigma <= 0 or east <= west or north <= south:
        raise SchemaError("a density needs a positive sigma and bounds that hold an area")
    points = np.asarray(xy, float)
    rows, columns = shape
    width, height = (east - west) / columns, (north - south) / rows
    counts = _shared_out((points[:, 0] - west) / width, (points[:, 1] - south) / height, shape)
    mask = np.ones(shape, np.float32) if inside is None else np.asarray(inside, np.float32)
    deviations = sigma / height, sigma / width
    spread = _blurred(counts * mask, deviations)
    mass = _mass(mask, deviations, whole=inside is None)
    density = np.divide(spread, mass, out=np.full(shape, np.nan, np.float32), where=(mask > 0) & (mass > 0))
    return np.asarray(density, float) / (width * height)


def _shared_out(x: Floats, y: Floats, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Share each point out among the four middles of cells around it."""
    rows, columns = shape
    within = (x >= 0) & (x <= columns) & (y >= 0) & (y <= rows)
    if not within.all():
        x, y = x[within], y[within]
    x, y = x + 0.5, y + 0.5
    column, row = x.astype(np.int32), y.astype(np.int32)
    right, up = x - column, y - row
    wide = columns + 2
    first, both = row * wide + column, right * up
    padded = np.zeros((rows + 2) * wide)
    for step, share in ((0, 1 - right - up + both), (1, right - both), (wide, up - both), (wide + 1, both)):
        padded += np.bincount(first + step, share, minlength=padded.size)
    return _folded(padded.reshape(rows + 2, wide)).astype(np.float32)


def _folded(padded: Floats) -> Floats:
    """Give what was shared out beyond the edge to the cells at the edge."""
    padded[1] += padded[0]
    padded[-2] += padded[-1]
    padded[:, 1] += padded[:, 0]
    padded[:, -2] += padded[:, -1]
    return padded[1:-1, 1:-1]


def _mass(mask: NDArray[np.float32], deviations: tuple[float, float], *, whole: bool) -> NDArray[np.float32]:
    """Give the part of the kernel at each cell that lies inside."""
    if not whole:
        return _blurred(mask, deviations)
    rows, columns = (np.ones((n, 1), np.float32) for n in mask.shape)
    return np.asarray(_blurred(rows, (deviations[0], 0)) @ _blurred(columns, (deviations[1], 0)).T)


def _blurred(values: NDArray[np.float32], deviations: tuple[float, float]) -> NDArray[np.float32]:
    """Convolve with a Gaussian, rows and columns one after the other; nothing lies beyond the edge."""
    blurred = values
    for axis, deviation in enumerate(deviations):
        if deviation:
            blurred = _along(axis, blurred, deviation)
    return blurred


def _along(axis: int, values: NDArray[np.float32], deviation: float) -> NDArray[np.float32]:
    reach, n = int(np.ceil(_TRUNCATE * deviation)), values.shape[axis]
    kernel = np.exp(-(np.arange(-reach, reach + 1) ** 2) / (2 * deviation**2))
    length = next_fast_len(n + 2 * reach, real=True)
    factor = np.expand_dims(rfft((kernel / kernel.sum()).astype(np.float32), length), 1 - axis)
    blurred = irfft(rfft(values, length, axis=axis) * factor, length, axis=axis)
    return np.asarray(np.maximum(np.take(blurred, np.arange(reach, reach + n), axis), 0))


def density_at(xy: ArrayLike, at: ArrayLike, *, sigma: float, bounds: Bounds | None = None) -> Floats:
    """
    Give the Gaussian kernel density of points, exactly, at some places.

    Parameters
    ----------
    xy, at
        Points and places, x 2, in a metric CRS. A place that is one of the points counts that point too.
    sigma
        Standard deviation of the kernel.
    bounds
        The rectangle in which there can be points: the density is divided by the part of the kernel inside.
        Not given, it is not mended.
    """
    points, places = np.asarray(xy, float), np.asarray(at, float)
    parts = np.array_split(places, 1 + len(points) * len(places) // _BLOCK)
    summed = [np.exp(-cdist(part, points, "sqeuclidean") / (2 * sigma**2)).sum(axis=1) for part in parts]
    density = np.concatenate(summed) / (2 * np.pi * sigma**2)
    if bounds is None:
        return density
    west, south, east, north = bounds
    x, y = places.T
    return np.asarray(
        density
        / (ndtr((east - x) / sigma) - ndtr((west - x) / sigma))
        / (ndtr((north - y) / sigma) - ndtr((south - y) / sigma))
    )


def planar_k(
    xy: ArrayLike,
    *,
    radii: ArrayLike,
    bounds: Bounds,
    other: ArrayLike | None = None,
    correction: Literal["isotropic", "none"] = "isotropic",
) -> Floats:
    """
    Give Ripley's K of points in a rectangle, or between two kinds of points.

    Parameters
    ----------
    xy
        Points, n x 2.
    radii
        Distances.
    bounds
        The rectangle in which points are reported.
    other
        A second kind of points, counted around those of `xy`.
    correction
        ``isotropic``: a pair counts the more, the less of the circle through the other point lies inside.

    Returns
    -------
    ndarray
        K per radius, an area; π r² if points are strewn at random.

    Raises
    ------
    InsufficientDataError
        With fewer than two points, or none of either kind.

    References
    ----------
    Ripley 1977, doi:10.1111/j.2517-6161.1977.tb01615.x.
    """
    points = checked_values(xy, what="coordinates")
    others = points if other is None else checked_values(other, what="coordinates")
    pairs = len(points) * (len(points) - 1 if other is None else len(others))
    if pairs < 1:
        raise InsufficientDataError("K needs two points at least, and with a second kind one of each")
    r = np.atleast_1d(np.asarray(radii, float))
    i, j = np.nonzero(cdist(points, others) <= r.max())
    if other is None:
        i, j = i[i != j], j[i != j]
    d = np.linalg.norm(points[i] - others[j], axis=1)
    weight = np.ones(len(d)) if correction == "none" else 1 / _circle_inside(points[i], d, bounds)
    west, south, east, north = bounds
    area = (east - west) * (north - south)
    return np.asarray([area / pairs * weight[d <= radius].sum() for radius in r])


def _circle_inside(centre: Floats, radius: Floats, bounds: Bounds) -> Floats:
    """Give the part of each circle around a point of the rectangle that lies inside it."""
    west, south, east, north = bounds
    x, y = centre.T
    to_side = np.stack([east - x, north - y, x - west, y - south])
    with np.errstate(divide="ignore", invalid="ignore"):
        half = np.where(to_side < radius, np.arccos(np.clip(to_side / radius, -1, 1)), 0)
    outside = 2 * half.sum(axis=0)
    for side in range(4):
        one, other = to_side[side], to_side[(side + 1) % 4]
        corner_outside = one**2 + other**2 < radius**2
        doubled = half[side] + half[(side + 1) % 4] - np.pi / 2
        outside -= np.where(corner_outside, np.maximum(doubled, 0), 0)
    return np.asarray(1 - outside / (2 * np.pi))
