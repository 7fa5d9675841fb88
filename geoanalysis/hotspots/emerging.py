"""Emerging hot spots: what a place has been over time, in one word."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from geoanalysis.domain.errors import InsufficientDataError, SchemaError
from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.trend import mann_kendall
from geoanalysis.hotspots.weights import checked_values

MIN_BINS: Final = 8
"""Below this many periods a trend says nothing: an action of four days has days enough only as hours."""
MOST: Final = 0.9
"""The share of periods from which on a place counts as hot (or cold) almost always."""
LEVEL: Final = 0.05
NO_PATTERN: Final = "no pattern detected"
TOO_LITTLE: Final = "too few periods with checks"
WORDS: Final = {
    "new": "for the first time in the last period",
    "consecutive": "without a break up to the last period, never before",
    "intensifying": "almost always, and more and more",
    "persistent": "almost always, without a trend",
    "diminishing": "almost always, but less and less",
    "sporadic": "on and off, and in the last period",
    "oscillating": "in the last period, but the opposite at times before",
    "historical": "almost always, but not in the last period",
}
"""What each kind of hot (or cold) spot was."""


def emerging(
    scores: ArrayLike, states: ArrayLike, *, told: ArrayLike | None = None, level: float = LEVEL
) -> pd.DataFrame:
    """
    Say what each place has been over time.

    Parameters
    ----------
    scores
        How far each place stood out in each period, as standard scores: places x periods.
    states
        1 where it was a hot spot, -1 where a cold one, else 0: places x periods.
    told
        Where there was enough information, places x periods; everywhere if not given. A period without checks
        is missing, not quiet: a place is judged by its own periods only, the last of these being its last.
    level
        Of the test for a trend.

    Returns
    -------
    DataFrame
        One row per place: ``category`` (see `category_of`; `TOO_LITTLE` with fewer than `MIN_BINS` periods
        that tell), ``periods`` (that tell), ``hot`` and ``cold`` (periods), and ``trend_z``,
        ``trend_p`` and ``slope`` (score per period) of the trend of its scores.

    Raises
    ------
    InsufficientDataError
        With fewer than `MIN_BINS` periods.
    SchemaError
        If scores and states are not of the same places and periods.
    """
    z, state = checked_values(scores, what="scores"), np.asarray(states, int)
    if z.shape != state.shape or z.ndim <= 1:
        raise SchemaError(f"scores are {z.shape}, states {state.shape}: give both as places x periods")
    if z.shape[1] < MIN_BINS:
        raise InsufficientDataError(
            f"a trend needs {MIN_BINS} periods; there are {z.shape[1]}: choose shorter ones"
        )
    known = np.ones(z.shape, bool) if told is None else np.asarray(told, bool)
    return pd.DataFrame(
        [
            _of_place(own[there], states[there], level)
            for own, states, there in zip(z, state, known, strict=True)
        ]
    )


def _of_place(scores: Floats, states: NDArray[np.int64], level: float) -> dict[str, object]:
    trend = mann_kendall(scores)
    direction = int(np.sign(trend.z)) * (trend.p_value < level)
    return {
        "category": category_of(states, direction) if len(states) >= MIN_BINS else TOO_LITTLE,
        "periods": len(states),
        "hot": int((states == 1).sum()),
        "cold": int((states == -1).sum()),
        "trend_z": trend.z,
        "trend_p": trend.p_value,
        "slope": trend.slope,
    }


def category_of(states: ArrayLike, trend: int) -> str:
    """
    Name what a place has been: one of `WORDS` with "hot spot" or "cold spot", or `NO_PATTERN`.

    Parameters
    ----------
    states
        1 for hot, -1 for cold, 0 for neither, per period.
    trend
        1 if its scores rise, -1 if they fall, 0 if neither is clear.

    Notes
    -----
    After the definitions of Esri's Emerging Hot Spot Analysis: all but the historical spot are hot in the
    last period. A place hot now and cold before oscillates, even where it is hot for the first time. A cold
    spot intensifies as its scores fall.

    Examples
    --------
    >>> category_of([0, 0, 0, 0, 0, 0, 0, 1, 1, 1], 0)
    'consecutive hot spot'
    """
    state = np.asarray(states, int)
    for sign, name in ((1, "hot"), (-1, "cold")):
        kind = _kind(state == sign, state == -sign, sign * trend)
        if kind:
            return f"{kind} {name} spot"
    return NO_PATTERN


def _kind(hot: NDArray[np.bool_], cold: NDArray[np.bool_], trend: int) -> str:
    often = hot.mean() >= MOST
    if not hot[-1]:
        return "historical" if often else ""
    if often:
        return {1: "intensifying", -1: "diminishing"}.get(trend, "persistent")
    if cold.any():
        return "oscillating"
    if hot.sum() == 1:
        return "new"
    run = int(np.argmin(hot[::-1]))
    return "consecutive" if run == hot.sum() else "sporadic"
