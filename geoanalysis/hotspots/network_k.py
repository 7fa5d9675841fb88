"""The K function along a network: how many events are near each other, or near others."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.hotspots.linear_network import LinearNetwork
from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.weights import checked_positions, checked_values


def network_k(
    vertices: ArrayLike,
    edges: ArrayLike,
    points: ArrayLike,
    *,
    radii: ArrayLike,
    other: ArrayLike | None = None,
    permutations: int = 0,
    seed: int = 0,
) -> pd.DataFrame:
    """
    Count the events within a way along the network of each event, as a length of network.

    Parameters
    ----------
    vertices, edges
        The network, as `network_density` takes it.
    points
        Events, k x 2; each counts at the nearest place of the network.
    radii
        Ways along the network.
    other
        A second kind of events: how many of these are near those of `points`?
    permutations
        With `other`: so often the two labels are dealt out anew among all events. That keeps where events
        are, which follows where checks are, and asks only whether the two kinds go together.
    seed
        Of the labels.

    Returns
    -------
    DataFrame
        ``radius``, ``k`` (expected r-neighbours of an event, divided by their density: a length); with
        permutations ``low`` and ``high`` (95 % of the dealt labels) and ``p_value``, one-sided: as large or
        larger.

    Raises
    ------
    InsufficientDataError
        With fewer than two events, or none of either kind.

    Notes
    -----
    K(r) = L / (n (n - 1)) Σ_{i≠j} [d_ij <= r]; between kinds L / (n_a n_b) Σ_ij [d_ij <= r], L the length of
    the network.

    References
    ----------
    Okabe and Yamada 2001, doi:10.1111/j.1538-4632.2001.tb00448.x.
    """
    network = LinearNetwork.of(vertices, edges)
    r = np.atleast_1d(checked_values(radii, what="radii"))
    first = checked_positions(points)
    second = np.zeros((0, 2)) if other is None else checked_positions(other)
    lacking = len(first) <= 1 if other is None else not len(first) or not len(second)
    if lacking:
        raise InsufficientDataError("K needs two events at least, and with a second kind one of each")
    distances = network.distances(network.snap(np.concatenate([first, second])))
    length, is_first = network.lengths.sum(), np.arange(len(distances)) < len(first)
    if other is None:
        near = _within(distances, r).sum(axis=(1, 2)) - len(first)
        return pd.DataFrame({"radius": r, "k": length * near / (len(first) * (len(first) - 1))})
    within, scale = _within(distances, r), length / (len(first) * len(second))
    k = scale * _between(within, is_first)
    if not permutations:
        return pd.DataFrame({"radius": r, "k": k})
    random = np.random.default_rng(seed)
    dealt = np.array([scale * _between(within, random.permutation(is_first)) for _ in range(permutations)])
    low, high = np.quantile(dealt, [0.025, 0.975], axis=0)
    p_value = (1 + (dealt >= k * (1 - 1e-12)).sum(axis=0)) / (1 + permutations)
    return pd.DataFrame({"radius": r, "k": k, "low": low, "high": high, "p_value": p_value})


def _within(distances: Floats, radii: Floats) -> Floats:
    """Tell for each radius which events are within it of which: radii x events x events."""
    slack = 1e-9 * max(float(radii.max(initial=0)), 1e-300)
    return (distances[None] <= radii[:, None, None] + slack).astype(float)


def _between(within: Floats, is_first: NDArray[np.bool_]) -> Floats:
    first = is_first.astype(float)
    return np.asarray((within @ (1 - first)) @ first)
