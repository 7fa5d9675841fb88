import numpy as np
import pytest
from cases import case

from geoanalysis.hotspots.fdr import q_values

# p.adjust(p, "BH") of R 4.2.2
P = [0.01, 0.02, 0.03, 0.04, 0.05, 0.0001, 0.2, 0.5, 0.9, 0.049]
BH = [0.05, 1 / 15, *[1 / 14] * 3, 0.001, 0.25, 5 / 9, 0.9, 1 / 14]


def test_values_of_r() -> None:
    assert q_values(P) == pytest.approx(BH, rel=1e-12)


def test_places_not_tested_do_not_count() -> None:
    with_gaps = q_values([np.nan, *P, np.nan])
    assert with_gaps[1:-1] == pytest.approx(BH, rel=1e-12)
    assert np.isnan(with_gaps[[0, -1]]).all()
    assert np.isnan(q_values([np.nan, np.nan])).all()
    assert q_values([]).size == 0


def test_other_corrections_of_r() -> None:
    values = case("p_adjust")
    for method, name in (("bh", "BH"), ("by", "BY"), ("holm", "holm")):
        np.testing.assert_allclose(q_values(values["p"], method=method), values[name], rtol=1e-9)
