"""
How many replicates reach a likelihood ratio anywhere.

Hundreds of replicates times millions of windows are too many to look at each. The least number of cases with
a likelihood ratio is a concave function of the expected number, so it lies above its chords. A replicate has
no window above a chord c = a + b e unless the largest sum of (cases - b expected) over consecutive periods
reaches a, and that largest sum takes one pass over the periods instead of one over all stretches. Only
replicates that pass for some circle are looked at window by window. What is asked is only which of the
ratios of the clusters found each replicate reaches; so the bar for each is the lowest of these that it has
not reached yet. The answer is exact.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.scan_model import Boundaries, ScanModel
from geoanalysis.hotspots.scan_windows import LEAST_CASES, Windows, Zones

Integers = NDArray[Any]

_MEMORY: Final = 1 << 28
"""Bytes that the running counts of one batch of replicates may take."""
_BATCH: Final = 1 << 15
"""Numbers in one row of a batch of circles: small enough for the cache."""
_LINES: Final = 2
"""Chords per circle at most."""
_RATIO_PER_LINE: Final = 4.0
_TIE: Final = 1e-12
"""Relative difference below which a replicate ties with a cluster."""


@dataclass(frozen=True, slots=True)
class _Counts:
    """Cases before each period times `scale`: places x (periods + 1) x replicates, as small integers."""

    before: Integers
    scale: int


@dataclass(frozen=True, slots=True)
class _Chord:
    """
    A straight line under the boundaries, times the scale of the counts.

    `drop` is its slope times the expected cases before each period, (periods + 1) x circles; `least` the sum
    of (cases - drop) below which no window reaches a bar, (bars + 1) x circles, the last never reached.
    """

    drop: Integers
    least: Integers


def reaching(model: ScanModel, windows: Windows, simulated: Integers, ratios: Floats) -> NDArray[np.int64]:
    """
    Count the replicates with a window, of more cases than expected, that has at least each likelihood ratio.

    Parameters
    ----------
    model
        The likelihood ratio.
    windows
        As given by `windows_of`.
    simulated
        Cases, replicates x places x periods; each replicate has all cases of the model.
    ratios
        Log likelihood ratios, in any order.
    """
    steps = np.unique(ratios) * (1 - _TIE)
    of_one = windows.places * (windows.periods + 1) * 2
    batches = np.array_split(simulated, max(1, -(-len(simulated) * of_one // _MEMORY)))
    best = np.concatenate([_reached(model, windows, batch, steps) for batch in batches if len(batch)])
    return np.asarray((best[:, None] >= np.asarray(ratios) * (1 - _TIE)).sum(axis=0))


def _reached(model: ScanModel, windows: Windows, simulated: Integers, steps: Floats) -> Floats:
    """Give a ratio of each replicate that reaches the same steps as its largest one."""
    counts = _running_counts(model, simulated)
    best = _of_single_places(model, windows, simulated)
    boundaries = model.boundaries(*_range_of_expected(windows), steps)
    for centre in np.random.default_rng(0).permutation(windows.places):
        if best.min() >= steps[-1]:
            break
        _raise_by_circles(model, windows, windows.zones[centre], counts, boundaries.above(best.min()), best)
    return best


def _running_counts(model: ScanModel, simulated: Integers) -> _Counts:
    """Sum up over periods; the scale leaves room for fractions of a case in the smallest integers."""
    fits = [scale for scale in (16, 8, 4, 2, 1) if scale * model.cases <= np.iinfo(np.int16).max]
    dtype, scale = (np.int16, fits[0]) if fits else (np.int32, 1)
    replicates, places, periods = simulated.shape
    before = np.zeros((places, periods + 1, replicates), dtype)
    np.cumsum(simulated.transpose(1, 2, 0), axis=1, out=before[:, 1:], dtype=dtype)
    before *= dtype(scale)
    return _Counts(before, scale)


def _of_single_places(model: ScanModel, windows: Windows, simulated: Integers) -> Floats:
    """Start with a good window of one place and one period: it takes no more than a look at each count."""
    replicates = np.arange(len(simulated))
    best = np.zeros(len(simulated))
    for place in {int(zones.members[0]) for zones in windows.zones if zones.ends.size and zones.ends[0] == 1}:
        e = windows.expected[place]
        c = simulated[:, place, :]
        excess = np.where(
            (c > e) & (c >= LEAST_CASES), np.sqrt(c, dtype=np.float32) - np.sqrt(e, dtype=np.float32), 0
        )
        period = excess.argmax(axis=1)
        chosen, e_chosen = c[replicates, period], e[period]
        counts = (chosen > e_chosen) & (chosen >= LEAST_CASES) & (e_chosen > 0)
        np.maximum(best, np.where(counts, model.log_likelihood_ratio(chosen, e_chosen), 0), out=best)
    return best


def _range_of_expected(windows: Windows) -> tuple[float, float]:
    most = max((windows.expected[z.members].sum() for z in windows.zones if z.ends.size), default=1.0)
    least = windows.expected[windows.expected > 0].min()
    return float(least), float(max(most, least * (1 + 1e-9)))


def _raise_by_circles(
    model: ScanModel, windows: Windows, zones: Zones, counts: _Counts, bars: Boundaries, best: Floats
) -> None:
    if not zones.ends.size:
        return
    expected = windows.expected_until(zones)
    chords = _chords(expected, windows, bars, counts)
    bar_of = np.searchsorted(bars.ratios, best, "right")
    next_step = np.append(bars.ratios, np.inf)[bar_of]
    for circles, inside in _growing(zones, counts.before):
        passes = np.zeros((len(inside), inside.shape[2]), bool)
        for chord in chords:
            sums = _largest_sums(inside, chord.drop[:, circles])
            passes |= sums >= chord.least[bar_of, circles].T
        circle, replicate = np.nonzero(passes)
        if circle.size:
            cases = inside[circle, :, replicate].T // counts.scale
            e = expected[circles][circle].T
            _raise_by_windows(model, windows, cases, e, replicate, best, next_step)


def _growing(zones: Zones, before: Integers) -> Iterator[tuple[slice, Integers]]:
    """Give batches of circles with their running counts: circles x (periods + 1) x replicates."""
    _, rows, replicates = before.shape
    size = max(1, _BATCH // replicates)
    inside = np.zeros((size, rows, replicates), before.dtype)
    running = np.zeros((rows, replicates), before.dtype)
    starts = np.concatenate([[0], zones.ends[:-1]])
    for first in range(0, len(zones.ends), size):
        circles = slice(first, min(first + size, len(zones.ends)))
        for i, z in enumerate(range(circles.start, circles.stop)):
            first_place, *others = zones.members[starts[z] : zones.ends[z]]
            running = np.add(running, before[first_place], out=inside[i])
            for place in others:
                running += before[place]
        running = running.copy()
        yield circles, inside[: circles.stop - circles.start]


def _largest_sums(inside: Integers, drop: Integers) -> Integers:
    """Give the largest sum of (cases - drop) over consecutive periods: circles x replicates."""
    circles, rows, replicates = inside.shape
    lowest = np.zeros((circles, replicates), inside.dtype)
    level, above = np.empty_like(lowest), np.empty_like(lowest)
    largest = np.zeros_like(lowest)
    for t in range(1, rows):
        np.subtract(inside[:, t], drop[t][:, None], out=level)
        np.subtract(level, lowest, out=above)
        np.maximum(largest, above, out=largest)
        np.minimum(lowest, level, out=lowest)
    return largest


def _chords(expected: Floats, windows: Windows, bars: Boundaries, counts: _Counts) -> list[_Chord]:
    """
    Lay chords under the lowest boundary, each over a part of the range of expected counts of each circle.

    A boundary less a straight line is concave, so over that part it is least at one of the ends.
    """
    least, most = _shortest_and_longest(expected, windows)
    lines = int(np.clip(np.ceil(np.log((most / least).max()) / np.log(_RATIO_PER_LINE)), 1, _LINES))
    step = (most / least) ** (1 / lines)
    edges = [least * step**line for line in range(lines + 1)]
    at = [bars.at(edge) for edge in edges]
    pairs = zip(edges[:-1], edges[1:], at[:-1], at[1:], strict=True)
    return [_chord(expected, *ends, counts) for ends in pairs]


def _chord(
    expected: Floats, low: Floats, high: Floats, at_low: Floats, at_high: Floats, counts: _Counts
) -> _Chord:
    wide = high > low * (1 + 1e-9)
    slope = np.divide(at_high[0] - at_low[0], high - low, out=np.ones(low.shape), where=wide)
    intercept = np.minimum(at_low - slope * low, at_high - slope * high)
    dtype, scale = counts.before.dtype, counts.scale
    largest = np.iinfo(dtype).max
    drop = np.minimum(np.rint(scale * slope * expected.T), largest)
    bar = np.clip(np.floor(scale * intercept) - 1, 0, largest)
    never = np.full((1, bar.shape[1]), largest)
    return _Chord(drop.astype(dtype), np.concatenate([bar, never]).astype(dtype))


def _shortest_and_longest(expected: Floats, windows: Windows) -> tuple[Floats, Floats]:
    each = np.diff(expected, axis=1)
    least = np.where(each > 0, each, np.inf).min(axis=1)
    longest = windows.longest
    most = (expected[:, longest:] - expected[:, : windows.periods + 1 - longest]).max(axis=1)
    least = np.where(np.isfinite(least), least, 1.0)
    return least, np.maximum(most, least)


def _raise_by_windows(
    model: ScanModel,
    windows: Windows,
    cases: Integers,
    expected: Floats,
    replicate: NDArray[np.intp],
    best: Floats,
    next_step: Floats,
) -> None:
    """Look at all stretches of circles that may exceed; running counts, (periods + 1) x pairs."""
    starts, ends = windows.stretches()
    rough = expected.astype(np.float32)
    c, e = cases[ends] - cases[starts], rough[ends] - rough[starts]
    stretch, pair = np.nonzero(model.may_exceed(c, e, next_step[replicate]) & (c >= LEAST_CASES))
    if pair.size:
        exact = expected[ends[stretch], pair] - expected[starts[stretch], pair]
        many = c[stretch, pair] > exact
        ratio = np.where(many, model.log_likelihood_ratio(c[stretch, pair], exact), 0)
        np.maximum.at(best, replicate[pair], ratio)
