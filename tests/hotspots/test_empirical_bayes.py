import numpy as np
import pytest
from cases import case, contiguity
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from geoanalysis.domain.errors import SchemaError
from geoanalysis.hotspots import empirical_bayes, local_g

COUNTS = st.lists(st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1)


@pytest.fixture(scope="module")
def deaths() -> dict:
    return case("nc_sids_eb")


def test_infant_deaths_smoothed_towards_all(deaths: dict) -> None:
    smoothed = empirical_bayes(deaths["SID74"], deaths["BIR74"])
    assert smoothed["mean"][0] == pytest.approx(0.002021445, abs=5e-10)
    assert smoothed["variance"][0] == pytest.approx(7.692931e-07, abs=5e-14)
    np.testing.assert_allclose(smoothed["smoothed"], deaths["EBest"]["est"], atol=1e-12)
    z = local_g(smoothed["smoothed"], contiguity(deaths["neighbours"]))["z"]
    np.testing.assert_allclose(z, deaths["Gstar_EB"], atol=1e-8)
    assert (z.abs() > 1.96).sum() == 20
    names = np.array(deaths["name"])
    assert set(names[np.argsort(-z)[:3]]) == {"Northampton", "Bertie", "Robeson"}


@pytest.mark.parametrize(("deviations", "values"), [("own", "EBlocal"), ("centre", "EBlocal_geoda")])
def test_infant_deaths_smoothed_towards_neighbours(deaths: dict, deviations: str, values: str) -> None:
    weights = contiguity(deaths["neighbours"])
    smoothed = empirical_bayes(deaths["SID74"], deaths["BIR74"], weights, deviations=deviations)["smoothed"]
    np.testing.assert_allclose(smoothed, deaths[values]["est"], atol=1e-12)


@given(COUNTS)
def test_rates_never_leave_zero_to_one(counts: list[tuple[int, int]]) -> None:
    """Defect D9 of a peer: negative rates where rates vary less than chance makes them."""
    hits, checked = np.array(counts).T
    near = csr_array(np.eye(len(hits), k=1) + np.eye(len(hits)))
    for weights in (None, near):
        for deviations in ("own", "centre"):
            table = empirical_bayes(hits, checked, weights, deviations=deviations)
            known = table["smoothed"].dropna()
            assert known.between(-1e-12, 1 + 1e-12).all()
            assert (table["variance"].dropna() >= 0).all()


def test_no_checks_take_the_mean() -> None:
    table = empirical_bayes([0, 3], [0, 30])
    assert np.isnan(table["rate"][0])
    assert table["smoothed"][0] == pytest.approx(0.1)
    assert empirical_bayes([0], [0])["smoothed"].isna().all()


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(SchemaError, match=r"1 places have more hits than checks \(the first is number 1\)"):
        empirical_bayes([1, 5], [4, 4])
    with pytest.raises(SchemaError, match="cannot be negative"):
        empirical_bayes([1, -5], [4, 4])
    with pytest.raises(SchemaError, match="2 counts of hits and 3 of checks"):
        empirical_bayes([1, 2], [4, 4, 4])
