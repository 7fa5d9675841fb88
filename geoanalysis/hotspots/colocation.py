"""Whether two kinds of events, such as drugs and firearms, go together more than all events do."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, sparray, spmatrix

from geoanalysis.domain.errors import InsufficientDataError, SchemaError
from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.weights import checked_counts, checked_weights, with_self

_TIE: Final = 1e-9
_FEWEST: Final = 3
"""Events in all, to deal labels out among."""


@dataclass(frozen=True, slots=True)
class Colocation:
    """
    How much more of a second kind there is around events of a first kind than among all events.

    `quotient` is that of the whole, `low` and `high` hold 95 % of what dealt labels give, `p_value` is
    one-sided (as much or more). `places` has a row per place with events of the first kind: ``place``
    (number), ``quotient``, ``p_value``.
    """

    quotient: float
    low: float
    high: float
    p_value: float
    places: pd.DataFrame


def colocation_quotient(
    first: ArrayLike,
    second: ArrayLike,
    events: ArrayLike,
    weights: sparray | spmatrix,
    *,
    permutations: int = 999,
    seed: int = 0,
) -> Colocation:
    """
    Tell whether events of a second kind lie around those of a first.

    The quotient has a direction: drugs may lie around firearms though firearms do not lie around drugs.

    Parameters
    ----------
    first, second
        Events of either kind per place; no event is of both.
    events
        All events per place, those two kinds among them.
    weights
        Places x places: who counts around whom; the place itself always does.
    permutations
        The labels are dealt out anew among all events, which stay where they are. So it does not count that
        all events lie where most was checked.
    seed
        Of the labels.

    Returns
    -------
    Colocation
        Of quotient 1 where the second kind is as frequent around the first as among all events.

    Raises
    ------
    InsufficientDataError
        If there is no event of either kind, or fewer than three events.
    SchemaError
        If counts are missing, negative, no whole numbers, or the kinds exceed all events.

    Notes
    -----
    Q = [Σ_i a_i (W b)_i / (W (n - e_i))_i] / N_a / [N_b / (N - 1)], the sum over places i with a_i events of
    the first kind, the event looked at not counted among its neighbours n.

    References
    ----------
    Leslie and Kronenfeld 2011, doi:10.1111/j.1538-4632.2011.00821.x. Cromley, Hanink and Bentley 2014,
    doi:10.1080/00045608.2013.843436 (local, weighted).
    """
    a, b, n = (checked_counts(given, what="counts of events") for given in (first, second, events))
    if not a.shape == b.shape == n.shape or (a + b > n).any():
        raise SchemaError(
            "give both kinds and all events per place; together the kinds are at most all events"
        )
    if n.sum() < _FEWEST or not a.sum() or not b.sum():
        raise InsufficientDataError(
            f"colocation needs events of both kinds: there are {a.sum():.0f} and {b.sum():.0f}"
        )
    rows = with_self(checked_weights(weights, n.size))
    around = rows @ n - rows.diagonal()
    local = _local(b, around, rows, n)
    observed = _overall(a, local, around)
    random = np.random.default_rng(seed)
    of_all, of_place = np.empty(permutations), np.zeros(n.size)
    whole, kinds = n.astype(np.int64), (int(a.sum()), int(b.sum()))
    for draw in range(permutations):
        dealt_a, dealt_b = _dealt(whole, *kinds, random)
        of_all[draw] = _overall(dealt_a, _local(dealt_b, around, rows, n), around)
        of_place += _drawn_around(rows, n, kinds[1], random) >= rows @ b - _TIE
    there = np.flatnonzero((a > 0) & (around > 0))
    p_place = (1 + of_place[there]) / (1 + permutations)
    places = pd.DataFrame({"place": there, "quotient": local[there], "p_value": p_place})
    low, high = np.quantile(of_all, [0.025, 0.975]) if permutations else (np.nan, np.nan)
    p_value = (1 + int((of_all >= observed * (1 - 1e-12)).sum())) / (1 + permutations)
    return Colocation(observed, float(low), float(high), p_value, places)


def _local(b: Floats, around: Floats, rows: csr_array, n: Floats) -> Floats:
    """Give the share of the second kind around each place, over its share among all but one event."""
    share = np.divide(rows @ b, around, out=np.zeros(n.shape), where=around > 0)
    return np.asarray(share / (b.sum() / (n.sum() - 1)))


def _overall(a: Floats, local: Floats, around: Floats) -> float:
    counted = np.where(around > 0, a, 0)
    return float((counted @ local) / counted.sum()) if counted.sum() else 0.0


def _dealt(
    events: NDArray[np.int64], of_first: int, of_second: int, random: np.random.Generator
) -> tuple[Floats, Floats]:
    first = random.multivariate_hypergeometric(events, of_first, method="marginals")
    second = random.multivariate_hypergeometric(events - first, of_second, method="marginals")
    return first.astype(float), second.astype(float)


def _drawn_around(rows: csr_array, n: Floats, of_second: int, random: np.random.Generator) -> Floats:
    """
    Deal the second label out among all events but the one in the focus, and count it around each place.

    With labels dealt among all N events, a label that fell on the event in the focus (one of the events of
    its place, at random) is dealt to one of the others instead.
    """
    events = n.astype(np.int64)
    dealt = random.multivariate_hypergeometric(events, of_second, method="marginals").astype(float)
    on_focus = random.random(n.size) * np.maximum(n, 1) < dealt
    free = n - dealt
    other = np.searchsorted(np.cumsum(free), random.random(n.size) * free.sum(), "right").clip(max=n.size - 1)
    moved = np.zeros(n.size)
    places = np.flatnonzero(on_focus)
    moved[places] = np.asarray(rows[places, other[places]]).ravel() - rows.diagonal()[places]
    return np.asarray(rows @ dealt + moved)
