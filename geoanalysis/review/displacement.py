"""What an intensified check changed there and around: displacement, and the change beyond that of others."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from geoanalysis.domain.errors import InsufficientDataError, SchemaError

Floats = NDArray[np.float64]
_Z95: Final = float(ndtri(0.975))


@dataclass(frozen=True, slots=True)
class Area:
    """Hits (or a hit rate) of one area before and after."""

    before: float
    after: float


@dataclass(frozen=True, slots=True)
class DisplacementQuotient:
    """
    The weighted displacement quotient and its parts.

    `quotient` is above 0 where what surrounds the place gained too, below where it lost, and below -1 where
    it lost more than was gained; `gross` and `net` effect at the place, `total` with its surroundings.
    """

    quotient: float
    gross: float
    net: float
    total: float


@dataclass(frozen=True, slots=True)
class Change:
    """An estimate with its standard error, 95 % interval and two-sided p-value."""

    estimate: float
    standard_error: float
    low: float
    high: float
    p_value: float


@dataclass(frozen=True, slots=True)
class DifferenceInDifferences:
    """
    How much more the hit rate changed where checks were intensified than elsewhere.

    `log_ratio` is the change of ln(hit rate) beyond that elsewhere, with the Poisson standard error;
    `clustered` has standard errors that let the shifts of a place go together. Those are too small where few
    places were treated, so `ratio`, the exponential, has the interval of `cautious`: the larger one, the
    Poisson one widened by `dispersion`, which is near 1 where hits vary as Poisson counts do, above where
    they come in clumps.
    """

    log_ratio: Change
    clustered: Change
    cautious: Change
    ratio: float
    low: float
    high: float
    dispersion: float


def displacement_quotient(treated: Area, around: Area, control: Area) -> DisplacementQuotient:
    """
    Compare what surrounds a place with the place itself, both relative to a control.

    Parameters
    ----------
    treated
        Where checks were intensified.
    around
        Its surroundings, where hits may have moved to.
    control
        Places that are touched by neither.

    Raises
    ------
    InsufficientDataError
        If the control has none before or after, or the place did not change relative to it: the quotient is
        then not defined.

    Notes
    -----
    WDQ = (Da/Ca - Db/Cb) / (Ra/Ca - Rb/Cb); gross = Rb - Ra; net = Rb/Cb - Ra/Ca;
    total = (Rb Ca/Cb - Ra) + (Db Ca/Cb - Da). It has no standard error and explodes as the place changes
    little: read it beside `displacement_difference`.

    References
    ----------
    Bowers and Johnson 2003, doi:10.1023/A:1024909009240.

    Examples
    --------
    >>> found = displacement_quotient(Area(120, 80), Area(60, 55), Area(200, 190))
    >>> round(found.quotient, 4), found.gross, round(found.net, 4), found.total
    (0.0588, 40, 0.1789, 36.0)
    """
    if not control.before or not control.after:
        raise InsufficientDataError("the control area has no hits before or after: choose a larger one")
    place = treated.after / control.after - treated.before / control.before
    if not place:
        raise InsufficientDataError(
            "the place did not change relative to the control: there is nothing to displace"
        )
    beside = around.after / control.after - around.before / control.before
    scale = control.after / control.before
    total = treated.before * scale - treated.after + around.before * scale - around.after
    return DisplacementQuotient(beside / place, treated.before - treated.after, -place, total)


def displacement_difference(
    treated: Area,
    control: Area,
    *,
    around: Area | None = None,
    around_control: Area | None = None,
    area_weights: tuple[float, float] = (1, 1),
    time_weights: tuple[float, float] = (1, 1),
) -> Change:
    """
    Give the change at a place and around it beyond that of controls, in hits, with its error.

    Parameters
    ----------
    treated, control
        The place and one that is like it.
    around, around_control
        Their surroundings; none if not given.
    area_weights
        Sizes of (the place and its control, the surroundings and their control), to which counts are reduced.
    time_weights
        Lengths of (before, after), to which counts are reduced.

    Returns
    -------
    Change
        Negative: fewer than the controls lead one to expect. Hits are taken as Poisson counts.

    References
    ----------
    Wheeler and Ratcliffe 2018, doi:10.1186/s40163-018-0085-5.

    Examples
    --------
    >>> rings = {"around": Area(30, 20), "around_control": Area(30, 30)}
    >>> found = displacement_difference(Area(20, 10), Area(20, 20), **rings)
    >>> found.estimate, round(found.standard_error, 3)
    (-20.0, 13.416)
    """
    none = Area(0, 0)
    parts = (
        (treated, 1, area_weights[0]),
        (control, -1, area_weights[0]),
        (around or none, 1, area_weights[1]),
        (around_control or none, -1, area_weights[1]),
    )
    estimate = variance = 0.0
    for area, sign, size in parts:
        for count, side, length in ((area.before, -1, time_weights[0]), (area.after, 1, time_weights[1])):
            weight = sign * side / (size * length)
            estimate += weight * count
            variance += weight**2 * count
    return _change(estimate, float(np.sqrt(variance)))


def difference_in_differences(
    hits: ArrayLike, checked: ArrayLike, *, treated: ArrayLike, after: ArrayLike, place: ArrayLike
) -> DifferenceInDifferences:
    """
    Tell how the hit rate changed where checks were intensified, beyond how it changed elsewhere.

    Checks are the offset of a Poisson regression: that more hits were made because more was checked does not
    count. Say "hit rate" of it, never "crime".

    Parameters
    ----------
    hits, checked
        Counts per place and period.
    treated
        Whether checks were intensified at the place.
    after
        Whether the period is after the change.
    place
        The place of each row, whose rows go together.

    Raises
    ------
    InsufficientDataError
        If one of the four groups has no hits or no checks.
    SchemaError
        If rows are missing or of different lengths.

    Notes
    -----
    With hits C and checks E of the four groups, ln ratio = ln(C11/E11) - ln(C10/E10) - ln(C01/E01) +
    ln(C00/E00) and its variance is Σ 1/C: the regression is saturated, so it is solved by the sums. Clustered
    variance: Σ over places of (Σ s (c - e)/C)², s the sign of the group, with g/(g - 1) for g places.

    References
    ----------
    Liang and Zeger 1986, doi:10.1093/biomet/73.1.13 (standard errors by cluster).
    """
    c, e = np.asarray(hits, float), np.asarray(checked, float)
    of_treated, of_after, places = (np.asarray(values) for values in (treated, after, place))
    if (
        not c.shape == e.shape == of_treated.shape == of_after.shape == places.shape
        or not np.isfinite(c + e).all()
    ):
        raise SchemaError("give hits, checks, treated, after and place for each row, none missing")
    group = of_treated.astype(int) * 2 + of_after.astype(int)
    total, exposure = np.bincount(group, c, 4), np.bincount(group, e, 4)
    if not total.all() or not exposure.all():
        raise InsufficientDataError(
            "a comparison needs hits and checks in all four groups, before and after, there and elsewhere: "
            f"there are {', '.join(f'{count:.0f}' for count in total)} hits"
        )
    rate = total / exposure
    sign = np.array([1, -1, -1, 1])
    log_ratio = float((sign * np.log(rate)).sum())
    expected = e * rate[group]
    _, number = np.unique(places, return_inverse=True)
    by_place = np.bincount(number, sign[group] * (c - expected) / total[group])
    clusters = len(by_place)
    robust = np.sqrt((by_place**2).sum() * clusters / max(clusters - 1, 1))
    clustered = _change(log_ratio, float(robust))
    known = expected > 0
    free = max(int(known.sum()) - 4, 1)
    dispersion = float(((c - expected)[known] ** 2 / expected[known]).sum() / free)
    poisson = float(np.sqrt((1 / total).sum()))
    cautious = _change(log_ratio, max(poisson * np.sqrt(max(dispersion, 1)), clustered.standard_error))
    return DifferenceInDifferences(
        _change(log_ratio, poisson),
        clustered,
        cautious,
        float(np.exp(log_ratio)),
        float(np.exp(cautious.low)),
        float(np.exp(cautious.high)),
        dispersion,
    )


def _change(estimate: float, error: float) -> Change:
    p_value = float(2 * ndtr(-abs(estimate) / error)) if error else float(estimate == 0)
    return Change(estimate, error, estimate - _Z95 * error, estimate + _Z95 * error, p_value)
