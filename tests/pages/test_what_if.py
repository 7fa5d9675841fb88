"""What clicks on the map make of a view."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoanalysis.pages._views import PlanView
from geoanalysis.pages._what_if import toggled

PLACES = st.sampled_from(["kalotina", "lesovo", "road 7", "horgos"])
CLICKS = st.lists(st.tuples(st.sampled_from(["closed", "slowed", "manned"]), PLACES), max_size=20)


def test_a_second_click_undoes_the_first() -> None:
    once = toggled(PlanView(clicks="closed"), "kalotina")
    assert once.closed == ("kalotina",)
    assert toggled(once, "kalotina") == PlanView(clicks="closed")


def test_a_closed_place_that_is_manned_is_open_again() -> None:
    view = toggled(PlanView(clicks="manned", closed=("kalotina", "lesovo")), "kalotina")
    assert (view.closed, view.manned) == (("lesovo",), ("kalotina",))


@given(CLICKS)
def test_no_place_is_ever_in_two_states(clicks: list[tuple[str, str]]) -> None:
    view = PlanView()
    for state, place in clicks:
        view = toggled(
            PlanView(clicks=state, closed=view.closed, slowed=view.slowed, manned=view.manned), place
        )
    everywhere = [*view.closed, *view.slowed, *view.manned]
    assert len(everywhere) == len(set(everywhere))


@pytest.mark.parametrize(
    "query", [{"plan_manned": "True"}, {"closed": "kalotina~road 7", "clicks": "slowed"}]
)
def test_a_link_carries_what_is_supposed(query: dict[str, str]) -> None:
    assert PlanView.from_query(query).to_query() == query
