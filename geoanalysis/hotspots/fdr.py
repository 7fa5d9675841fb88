"""Correction for looking at many places at once."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import false_discovery_control

from geoanalysis.hotspots.rates import Floats


def q_values(p_values: ArrayLike) -> Floats:
    """
    Correct p-values of one family by the step-up rule of Benjamini and Hochberg.

    Calling a hot spot whatever has q <= 0.05 keeps the expected share of false ones among those called at
    5 % or less. NaN (not tested) stays NaN and does not count towards the size of the family.

    References
    ----------
    Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.

    Examples
    --------
    >>> q_values([0.01, float("nan"), 0.5]).tolist()
    [0.02, nan, 0.5]
    """
    p_values = np.asarray(p_values, float)
    tested = ~np.isnan(p_values)
    corrected = np.full(p_values.shape, np.nan)
    if tested.any():
        corrected[tested] = false_discovery_control(p_values[tested], method="bh")
    return corrected
