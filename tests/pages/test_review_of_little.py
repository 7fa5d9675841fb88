"""The Review page of actions of which little can be said: sentences, and no NaN."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geoanalysis import reference, store
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.schemas import CHECK_SHIFTS, SEIZURES
from geoanalysis.pages.review import _TABS

LITTLE: dict[str, Callable[[Operation], Operation]] = {
    "no shifts": lambda action: replace(action, check_shifts=CHECK_SHIFTS.empty()),
    "one shift": lambda action: replace(
        action, check_shifts=action.check_shifts.iloc[:1], seizures=action.seizures.iloc[:1]
    ),
    "more hits than checks": lambda action: replace(
        action,
        check_shifts=CHECK_SHIFTS.conform(
            action.check_shifts.assign(hits=action.check_shifts["checked"] + 1)
        ),
    ),
    "no hits": lambda action: replace(
        action, check_shifts=CHECK_SHIFTS.conform(action.check_shifts.assign(hits=0))
    ),
    "no places": lambda action: replace(
        action,
        check_shifts=CHECK_SHIFTS.conform(_nowhere(action.check_shifts)),
        seizures=SEIZURES.conform(_nowhere(action.seizures)),
    ),
}


def _nowhere(records: pd.DataFrame) -> pd.DataFrame:
    gone = dict.fromkeys(("crossing_id", "place_name", "lon", "lat"))
    return pd.DataFrame(records.drop(columns="geometry")).assign(**gone)


@pytest.fixture(scope="module")
def action() -> Operation:
    return store.load_operation(reference.data_folder() / "actions" / "exercise_2022")


def _page() -> None:
    from geoanalysis.pages import review  # noqa: PLC0415 - the script of a page imports what it needs

    review.page()


@pytest.mark.parametrize("little", LITTLE)
def test_every_tab_speaks_in_sentences(action: Operation, little: str) -> None:
    operation = LITTLE[little](action)
    for tab in _TABS:
        page = AppTest.from_function(_page, default_timeout=60)
        page.session_state["open.operation"] = operation
        page.query_params["tab"] = tab
        page.query_params["layers"] = "borders~clusters~border_density~hotspots"
        page.run()
        assert not page.exception, (tab, page.exception)
        said = " ".join(
            element.value for kind in (page.markdown, page.info, page.caption) for element in kind
        )
        assert " nan" not in said.lower(), tab
        assert " inf" not in said.lower().replace(" inform", ""), tab


def test_counts_without_checks_are_called_counts(action: Operation) -> None:
    page = AppTest.from_function(_page, default_timeout=60)
    page.session_state["open.operation"] = LITTLE["no shifts"](action)
    page.run()
    assert any("counts are activity, not risk" in element.value for element in page.markdown)


@pytest.mark.parametrize(
    "link",
    [
        {
            "near": "foo",
            "second": "firearms",
            "band_km": "-5",
            "network": "../../etc/passwd",
            "first": "zz",
            "tab": "Around places",
            "split": "now",
        },
        {"tab": "Clusters", "scan": "bar", "windows": "zig", "period_h": "nan"},
        {"starts": "2022-10-29T00:00:00+00:00", "ends": "2022-10-26T00:00:00+00:00", "place": "<b>x</b>"},
    ],
)
def test_a_garbled_link_opens_the_page(link: dict[str, str]) -> None:
    page = AppTest.from_function(_page, default_timeout=60)
    for name, value in link.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
