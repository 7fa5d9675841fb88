"""The Brief page: what it opens with, words that stay, links that cannot break it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geoanalysis import reference, store
from geoanalysis.domain.operation import Deployment, Operation, Plan
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.pages._views import PlanView

ON = date(2022, 10, 26)


def _page() -> None:
    from geoanalysis.pages import brief  # noqa: PLC0415 - the script of a page imports what it needs

    brief.page()


@pytest.fixture(scope="module")
def action() -> Operation:
    return store.load_operation(reference.data_folder() / "actions" / "exercise_2022")


def opened(**query: str) -> AppTest:
    page = AppTest.from_function(_page, default_timeout=60)
    for name, value in query.items():
        page.query_params[name] = value
    return page


def plan(*numbers: int, handling: Handling = Handling.H1) -> Plan:
    rows = reference.load_crossings(ON).iloc[list(numbers)]
    posts = [Deployment(r.crossing_id, r.name, r.geometry.x, r.geometry.y) for r in rows.itertuples()]
    return Plan("p", "Night plan", ON, tuple(posts), handling)


def field(page: AppTest, label: str) -> Any:
    return next(one for one in (*page.text_input, *page.text_area) if one.label == label)


@pytest.mark.parametrize("least", ["500", "-1", "nan", "five"])
def test_a_link_with_an_impossible_threshold_opens(least: str) -> None:
    page = opened(page="review", least=least).run()
    assert not page.exception
    assert 0 <= page.number_input[0].value <= 100


def test_edited_words_stay_and_the_new_proposal_is_offered(action: Operation) -> None:
    page = opened(page="review", contents="summary")
    page.session_state["open.operation"] = action
    page.run()
    assert field(page, "Headline").value == "3 crossings have more hits than their checks explain"
    field(page, "Headline").set_value("Our own words").run()
    page.session_state["open.operation"] = replace(action, check_shifts=action.check_shifts.iloc[:200])
    page.run()
    assert field(page, "Headline").value == "Our own words"
    assert any("figures have changed" in caption.value for caption in page.caption)
    next(one for one in page.button if one.label == "Take the proposal").click().run()
    assert "crossing" in field(page, "Headline").value


def test_unedited_words_follow_the_figures(action: Operation) -> None:
    page = opened(page="review", contents="summary")
    page.session_state["open.operation"] = action
    page.run()
    page.session_state["open.operation"] = replace(action, check_shifts=action.check_shifts.iloc[:0])
    page.run()
    assert field(page, "Headline").value != "3 crossings have more hits than their checks explain"


def test_a_plan_opens_with_its_template_and_its_checkpoints() -> None:
    page = opened(page="plan")
    page.session_state["open.plan"] = plan(3, 4)
    page.session_state["open.last_view"] = PlanView(layers=("borders", "crossings"))
    page.run()
    assert not page.exception
    assert page.multiselect[0].value == ["map", "plan"]
    assert any("page 1 of 3" in caption.value for caption in page.caption)


def test_two_plans_of_one_name_are_compared_and_one_above_the_limit_is_left_out() -> None:
    page = opened(page="plan", contents="comparison")
    page.session_state["open.plan"] = plan(3, 4)
    page.session_state["open.last_view"] = PlanView(layers=("borders", "crossings"))
    page.session_state["open.kept_plans"] = (plan(4, 5), plan(6, handling=Handling.H3))
    page.run()
    assert not page.error
    assert any("page 1 of 1" in caption.value for caption in page.caption)


def test_a_plan_above_the_limit_is_refused_in_a_sentence() -> None:
    page = opened(page="plan")
    page.session_state["open.plan"] = plan(3, handling=Handling.H2)
    page.session_state["open.last_view"] = PlanView(layers=("borders", "crossings"))
    page.run()
    assert [error.value.startswith("The plan 'Night plan' has handling code H2") for error in page.error] == [
        True
    ]
