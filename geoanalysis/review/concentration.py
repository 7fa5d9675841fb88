"""How concentrated seizures or hits are on few places."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from geoanalysis.domain.errors import InsufficientDataError, SchemaError

Floats = NDArray[np.float64]
MOST: Final = 0.8
_DRAWS: Final = 499


@dataclass(frozen=True)
class Concentration:
    """
    How far few places have most of the events.

    `curve` is the Lorenz curve, from the fullest place on: ``places`` (or the exposure, where there is one)
    and ``events``, shares from 0 to 1. `gini` is 0 where all are alike; `unbiased` is n/(n - 1) of it, 1
    where one place has all; `generalised` corrects for there being fewer events than places; `low` and
    `high` hold 95 % of it when places are drawn anew. `places_for_most` is the share of places with `share`
    of the events. `by_chance` is what `gini` would be if every place had the same rate, `chance_low` and
    `chance_high` hold 95 % of that: with few events they are concentrated by chance.
    """

    curve: pd.DataFrame
    gini: float
    unbiased: float
    generalised: float
    low: float
    high: float
    places_for_most: float
    share: float
    by_chance: float
    chance_low: float
    chance_high: float


def concentration(
    events: ArrayLike, exposure: ArrayLike | None = None, *, share: float = MOST, seed: int = 0
) -> Concentration:
    """
    Measure how concentrated events are.

    Parameters
    ----------
    events
        Counts per place.
    exposure
        Checks (or expected hits) per place: then the curve runs over these, and concentration beyond
        `chance_high` is not explained by where was checked more. Places without are left out.
    share
        Of the events, for `places_for_most`.
    seed
        Of the places drawn anew (bootstrap).

    Raises
    ------
    InsufficientDataError
        If there are no events, or only one place.
    SchemaError
        If counts are missing or negative.

    Notes
    -----
    G = 1 - Σ (2 shares of events passed on the way), G' = max(1, places/events) (G - 1) + 1: with 8 events on
    100 places the most even spread leaves 92 empty, which is no concentration.

    References
    ----------
    Bernasco and Steenbeek 2017, doi:10.1007/s10940-016-9324-7.

    Examples
    --------
    >>> found = concentration([5, 2, 1, 0, 0, 0, 0, 0, 0, 0])
    >>> round(found.gini, 2), round(found.generalised, 2), found.places_for_most
    (0.8, 0.75, 0.2)
    """
    counts, base = _checked(events, exposure)
    random = np.random.default_rng(seed)
    drawn = random.integers(0, len(counts), (_DRAWS, len(counts)))
    redrawn = [_generalised(counts[some], base[some]) for some in drawn if counts[some].sum() > 0]
    low, high = np.quantile(redrawn, [0.025, 0.975])
    of_places, of_events = _lorenz(counts, base)
    return Concentration(
        pd.DataFrame({"places": of_places, "events": of_events}),
        _gini(counts, base),
        _gini(counts, base) * len(counts) / (len(counts) - 1),
        _generalised(counts, base),
        float(low),
        float(high),
        float(of_places[np.argmax(of_events >= share - 1e-12)]),
        share,
        *_by_chance(counts.sum(), base, random),
    )


def _by_chance(events: float, base: Floats, random: np.random.Generator) -> tuple[float, float, float]:
    """Deal the events out by exposure: mean, 2.5 % and 97.5 % quantile of Gini."""
    dealt = random.multinomial(round(events), base / base.sum(), size=_DRAWS)
    ginis = [_gini(counts.astype(float), base) for counts in dealt]
    low, high = np.quantile(ginis, [0.025, 0.975])
    return float(np.mean(ginis)), float(low), float(high)


def _checked(events: ArrayLike, exposure: ArrayLike | None) -> tuple[Floats, Floats]:
    counts = np.asarray(events, float)
    base = np.ones(counts.shape) if exposure is None else np.asarray(exposure, float)
    if (
        counts.shape != base.shape
        or not np.isfinite(counts + base).all()
        or (counts < 0).any()
        or (base < 0).any()
    ):
        raise SchemaError(
            "concentration needs a count (and an exposure) from 0 up for each place, none missing"
        )
    counts, base = counts[base > 0], base[base > 0]
    if len(counts) <= 1 or not counts.sum():
        raise InsufficientDataError(
            f"concentration needs events and two places: there are {counts.sum():.0f} events "
            f"at {len(counts)} places"
        )
    return counts, base


def _lorenz(counts: Floats, base: Floats) -> tuple[Floats, Floats]:
    """Give the shares of places (or exposure) and of events passed on the way, fullest first."""
    order = np.argsort(-counts / base, kind="stable")
    of_places = np.concatenate([[0], np.cumsum(base[order])]) / base.sum()
    of_events = np.concatenate([[0], np.cumsum(counts[order])]) / counts.sum()
    return of_places, of_events


def _gini(counts: Floats, base: Floats) -> float:
    of_places, of_events = _lorenz(counts, base)
    return float((np.diff(of_places) * (of_events[1:] + of_events[:-1])).sum() - 1)


def _generalised(counts: Floats, base: Floats) -> float:
    few = max(1.0, len(counts) / counts.sum()) if np.ptp(base) == 0 else 1.0
    return few * (_gini(counts, base) - 1) + 1
