from datetime import date

import pytest

from geoanalysis.domain.operation import Deployment, Plan
from geoanalysis.pages._plan_table import edited, rows_of

PLAN = Plan(
    "plan-1",
    "Plan",
    date(2022, 10, 26),
    (Deployment("a", "A", 20.0, 44.0, 5), Deployment("b", "B", 21.0, 44.0, 3, "night", "dogs")),
)
UNCHANGED = {"edited_rows": {}, "deleted_rows": [], "added_rows": []}


def test_a_table_that_was_not_touched_leaves_the_plan() -> None:
    assert edited(PLAN, UNCHANGED) == PLAN
    assert rows_of(PLAN)["officers"].tolist() == [5, 3]


def test_edits_and_deletions_count_rows_as_shown() -> None:
    changed = edited(PLAN, UNCHANGED | {"edited_rows": {1: {"officers": 12}}, "deleted_rows": [0]})
    assert [(row.place_id, row.officers, row.shift) for row in changed.deployments] == [("b", 12, "night")]


@pytest.mark.parametrize(("cell", "kept"), [("officers", 0), ("remarks", "")])
def test_an_emptied_cell_is_zero_or_no_text(cell: str, kept: object) -> None:
    changed = edited(PLAN, UNCHANGED | {"edited_rows": {1: {cell: None}}})
    assert getattr(changed.deployments[1], cell) == kept
