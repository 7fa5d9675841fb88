"""The scan statistic: where and when hits stand out most, with p-values corrected for looking everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial.distance import cdist

from geoanalysis.domain.errors import InsufficientDataError, SchemaError
from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.scan_model import ScanModel
from geoanalysis.hotspots.scan_replicates import reaching
from geoanalysis.hotspots.scan_windows import LEAST_CASES, Ties, Windows, Zones, windows_of
from geoanalysis.hotspots.weights import checked_counts, checked_positions, checked_values


@dataclass(frozen=True, slots=True)
class Cluster:
    """
    A window with more cases than its exposure explains.

    `members` are numbers of places, the centre first where only one place is nearest; `starts` and `ends` the
    labels of the first and last period, None in a purely spatial scan. `relative_risk` compares the rate
    inside with that outside; it is infinite where all cases are inside. `p_value` is None where no replicate
    was drawn.
    """

    members: tuple[int, ...]
    cases: int
    expected: float
    relative_risk: float
    log_likelihood_ratio: float
    p_value: float | None
    starts: Any = None
    ends: Any = None


@dataclass(frozen=True, slots=True)
class _Best:
    ratio: float
    members: NDArray[np.intp]
    cases: float
    expected: float
    first: int
    last: int


def poisson_scan(  # noqa: PLR0913 - the parameters of a scan, by name
    cases: ArrayLike,
    exposure: ArrayLike,
    xy: ArrayLike | None,
    *,
    max_share: float = 0.5,
    replicates: int = 999,
    seed: int = 0,
    times: Sequence[Any] | None = None,
    max_duration: float = 0.5,
    distances: ArrayLike | None = None,
    ties: Ties = "shell",
) -> list[Cluster]:
    """
    Find where, and when, there are more cases than the exposure explains.

    Parameters
    ----------
    cases
        Whole numbers per place; in space and time places x periods.
    exposure
        In the same shape: checks, or any number that cases would follow if nothing stood out. Per place only:
        the same in each period.
    xy
        Positions, places x 2, in a metric CRS; None with `distances`.
    max_share
        Largest share of the exposure in a window.
    replicates
        Actions drawn under the same exposure without any cluster; 0 for no p-values.
    seed
        Of the replicates: the same seed gives the same p-values.
    times
        Labels of the periods, for a scan in space and time. With cases of one number per row, the time of
        each row: rows of one position are then one place, and `members` are all their rows.
    max_duration
        Largest share of the periods in a window.
    distances
        Places x places, as along roads, in place of straight lines; infinite where there is no way.
    ties
        ``shell``: places equally far enter a circle together; ``split``: one by one.

    Returns
    -------
    list of Cluster
        The most likely one first, then those that share no place with a more likely one; from each centre
        its most likely window. Empty where no window has two cases and more than expected.

    Raises
    ------
    SchemaError
        If counts are missing, negative, no whole numbers, or of other shapes; if there are cases without
        exposure, or places without position.
    InsufficientDataError
        If there is only one place.

    Notes
    -----
    The likelihood ratio is that of `ScanModel`; replicates are multinomial given all cases; p = (1 + number
    of replicates whose largest ratio is at least as large) / (1 + replicates), also for the clusters after
    the first, which errs on the safe side.

    References
    ----------
    Kulldorff 1997, doi:10.1080/03610929708831995; 2001, doi:10.1111/1467-985X.00186.
    """
    if times is not None and np.ndim(cases) == 1:
        if distances is not None:
            raise SchemaError("with distances give cases as places x periods, not row by row")
        return _scan_rows(
            cases,
            exposure,
            xy,
            times,
            max_share=max_share,
            replicates=replicates,
            seed=seed,
            max_duration=max_duration,
            ties=ties,
        )
    counts, base = _counts(cases), _exposure(exposure)
    base = np.repeat(base / counts.shape[1], counts.shape[1], axis=1) if base.shape[1] == 1 else base
    _require_exposure(counts, base)
    total = counts.sum()
    if not total:
        return []
    windows = windows_of(
        _distances(xy, distances, len(counts)),
        base * (total / base.sum()),
        max_share=max_share,
        max_duration=max_duration if counts.shape[1] > 1 else 1,
        ties=ties,
    )
    drawn = _dealt(int(total), windows.expected, replicates, np.random.default_rng(seed))
    return _clusters(ScanModel(float(total)), windows, counts, drawn, _labels(times, counts.shape[1]))


def bernoulli_scan(
    cases: ArrayLike,
    population: ArrayLike,
    xy: ArrayLike | None,
    *,
    max_share: float = 0.5,
    replicates: int = 999,
    seed: int = 0,
    distances: ArrayLike | None = None,
    ties: Ties = "shell",
) -> list[Cluster]:
    """
    Find where a larger part of a population are cases: hits among checks where hits are frequent.

    Parameters
    ----------
    cases, population
        Whole numbers per place; cases are among the population.
    xy, max_share, replicates, seed, distances, ties
        As in `poisson_scan`; in replicates the cases are dealt out anew among the population.

    Returns
    -------
    list of Cluster
        As `poisson_scan` gives them.

    Raises
    ------
    SchemaError, InsufficientDataError
        As in `poisson_scan`, and if a place has more cases than population.
    """
    counts, people = _counts(cases), _counts(population, what="numbers of the population")
    if counts.shape != people.shape or counts.shape[1] != 1 or (counts > people).any():
        raise SchemaError(
            "give one number of cases and of population per place, cases at most the population"
        )
    total, everyone = counts.sum(), people.sum()
    if not total or total == everyone:
        return []
    windows = windows_of(
        _distances(xy, distances, len(counts)),
        people * (total / everyone),
        max_share=max_share,
        max_duration=1,
        ties=ties,
    )
    random = np.random.default_rng(seed)
    drawn = random.multivariate_hypergeometric(
        people[:, 0].astype(np.int64), int(total), size=replicates, method="marginals"
    )[:, :, None]
    return _clusters(ScanModel(float(total), float(everyone)), windows, counts, drawn, None)


def _dealt(total: int, expected: Floats, replicates: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Deal all cases out by exposure: one by one where they are fewer than the cells, else cell by cell."""
    share = expected.ravel() / expected.sum()
    if total >= share.size:
        return random.multinomial(total, share, size=replicates).reshape(-1, *expected.shape)
    from scipy.stats.sampling import DiscreteAliasUrn  # noqa: PLC0415 - it takes half a second to load

    urn = DiscreteAliasUrn(share, random_state=random)
    drawn = [np.bincount(urn.rvs(total), minlength=share.size) for _ in range(replicates)]
    return np.array(drawn, np.int64).reshape(-1, *expected.shape)


def _clusters(
    model: ScanModel, windows: Windows, counts: Floats, drawn: NDArray[np.int64], labels: Sequence[Any] | None
) -> list[Cluster]:
    chosen = _most_likely(model, windows, counts)
    if not chosen or not len(drawn):
        return [_cluster(model, best, None, labels) for best in chosen]
    as_high = reaching(model, windows, drawn, np.array([best.ratio for best in chosen]))
    p_values = (1 + as_high) / (1 + len(drawn))
    return [_cluster(model, best, float(p), labels) for best, p in zip(chosen, p_values, strict=True)]


def _most_likely(model: ScanModel, windows: Windows, counts: Floats) -> list[_Best]:
    """Choose from the best window of each centre those that share no place with a better one."""
    found = (_best_around(model, windows, zones, counts) for zones in windows.zones)
    taken = np.zeros(windows.places, bool)
    chosen = []
    for best in sorted((one for one in found if one), key=lambda one: -one.ratio):
        if not taken[best.members].any():
            taken[best.members] = True
            chosen.append(best)
    return chosen


def _best_around(model: ScanModel, windows: Windows, zones: Zones, counts: Floats) -> _Best | None:
    if not zones.ends.size:
        return None
    expected = windows.expected_until(zones)
    inside = np.cumsum(counts[zones.members], axis=0)[zones.ends - 1]
    cases = np.concatenate([np.zeros((len(inside), 1)), np.cumsum(inside, axis=1)], axis=1)
    first, after = windows.stretches()
    c, e = cases[:, after] - cases[:, first], expected[:, after] - expected[:, first]
    likely = _likely(model, c, e)
    if likely is None:
        return None
    (z, stretch), ratio = likely
    window = slice(first[stretch], after[stretch])
    members = zones.members[: zones.ends[z]]
    return _Best(
        ratio,
        members,
        float(counts[members, window].sum()),
        float(windows.expected[members, window].sum()),
        int(first[stretch]),
        int(after[stretch]) - 1,
    )


def _likely(model: ScanModel, c: Floats, e: Floats) -> tuple[tuple[np.intp, np.intp], float] | None:
    """Find the window with the largest ratio: only those that may have it are computed."""
    promising = np.where((c > e) & (c >= LEAST_CASES), np.sqrt(c) - np.sqrt(e), 0)
    top = np.unravel_index(promising.argmax(), promising.shape)
    if not promising[top]:
        return None
    enough = model.log_likelihood_ratio(c[top], e[top])
    candidates = model.may_exceed(c, e, enough) & (promising > 0)
    candidates[top] = True
    z, stretch = np.nonzero(candidates)
    ratios = model.log_likelihood_ratio(c[z, stretch], e[z, stretch])
    best = int(np.flatnonzero(ratios >= ratios.max() * (1 - 1e-12))[0])
    return (z[best], stretch[best]), float(ratios[best])


def _cluster(model: ScanModel, best: _Best, p_value: float | None, labels: Sequence[Any] | None) -> Cluster:
    outside = model.cases - best.cases
    risk = np.inf if not outside else best.cases / best.expected / (outside / (model.cases - best.expected))
    return Cluster(
        members=tuple(int(place) for place in best.members),
        cases=int(best.cases),
        expected=best.expected,
        relative_risk=float(risk),
        log_likelihood_ratio=best.ratio,
        p_value=p_value,
        starts=labels[best.first] if labels is not None else None,
        ends=labels[best.last] if labels is not None else None,
    )


def _scan_rows(
    cases: ArrayLike, exposure: ArrayLike, xy: ArrayLike | None, times: Sequence[Any], **how: Any
) -> list[Cluster]:
    """Scan rows of place and time: add them up to places x periods, and give the rows of clusters back."""
    rows = np.asarray(xy, float)
    counts, base = _counts(cases)[:, 0], _exposure(exposure)[:, 0]
    if rows.shape != (len(counts), 2) or len(times) != len(counts) or base.shape != counts.shape:
        raise SchemaError("give a case count, an exposure, a position and a time for each row")
    spots, place = np.unique(rows, axis=0, return_inverse=True)
    labels, period = np.unique(np.asarray(times), return_inverse=True)
    shape = len(spots), len(labels)
    cell = place.ravel() * len(labels) + period
    tables = [np.bincount(cell, numbers, np.prod(shape)).reshape(shape) for numbers in (counts, base)]
    found = poisson_scan(tables[0], tables[1], spots, times=list(labels), **how)
    return [_with_rows(cluster, place.ravel()) for cluster in found]


def _with_rows(cluster: Cluster, place: NDArray[np.intp]) -> Cluster:
    rows = np.flatnonzero(np.isin(place, cluster.members))
    return Cluster(
        tuple(int(row) for row in rows),
        *(getattr(cluster, name) for name in Cluster.__slots__[1:]),
    )


def _counts(cases: ArrayLike, *, what: str = "case counts") -> Floats:
    counts = checked_counts(cases, what=what)
    if counts.ndim not in {1, 2}:
        raise SchemaError(f"give {what} one per place, or places x periods")
    return counts[:, None] if counts.ndim == 1 else counts


def _exposure(exposure: ArrayLike) -> Floats:
    base = checked_values(exposure, what="exposures")
    if base.ndim not in {1, 2} or (base < 0).any():
        raise SchemaError("exposures are numbers from 0 up, one per place or places x periods")
    return base[:, None] if base.ndim == 1 else base


def _require_exposure(counts: Floats, exposure: Floats) -> None:
    if counts.shape != exposure.shape:
        raise SchemaError(
            f"cases are {counts.shape}, exposures {exposure.shape}: give them for the same places"
        )
    without = (counts > 0) & (exposure == 0)
    if without.any():
        raise SchemaError(
            f"{int(counts[without].sum())} cases have no exposure (the first at place "
            f"{int(np.flatnonzero(without.any(axis=1))[0])}): report the checks there, or leave them out"
        )


def _distances(xy: ArrayLike | None, distances: ArrayLike | None, places: int) -> Floats:
    if places <= 1:
        raise InsufficientDataError("a scan compares places with each other: there is only one")
    if distances is not None:
        far = np.array(distances, float)
        if far.shape != (places, places) or np.isnan(far).any() or (far < 0).any():
            raise SchemaError(
                f"distances are {places} x {places} numbers from 0 up, infinite where no way leads"
            )
        np.fill_diagonal(far, 0)
        return far
    if xy is None:
        raise SchemaError("a scan needs positions or distances")
    points = checked_positions(xy)
    if len(points) != places:
        raise SchemaError(f"positions are {points.shape}, but there are {places} places")
    return np.asarray(cdist(points, points))


def _labels(times: Sequence[Any] | None, periods: int) -> Sequence[Any] | None:
    if times is not None and len(times) != periods:
        raise SchemaError(f"there are {len(times)} times for {periods} periods")
    return times if times is not None or periods == 1 else range(periods)
