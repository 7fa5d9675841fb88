"""Whatever the schemas allow comes back as it was kept."""

from datetime import UTC, date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyogrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoanalysis.domain.operation import Deployment, Operation, Plan
from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SEIZURES, Column, Kind, Schema
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.store import (
    load_operation,
    operation_from_gpkg,
    operation_gpkg,
    plan_from_csv,
    plan_from_gpkg,
    plan_to_csv,
    plan_to_gpkg,
    save_operation,
)

TRICKY = [
    "=1+1",
    "'=1",
    "@x",
    "-",
    "NA",
    "null",
    'a "b", c',
    "a\r\nb",
    "\r",
    "Ђевђелија",
    "001",
    "1e5",
    " x ",
]
TEXTS = st.sampled_from(TRICKY) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12
)
DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))
NUMBERS = st.floats(-90, 90).map(lambda number: number + 0.0)  # SQLite keeps no negative zero
MILLISECONDS = st.integers(946_684_800_000, 2_208_988_800_000)


def cells(column: Column) -> st.SearchStrategy[object]:
    values: dict[Kind, st.SearchStrategy[object]] = {
        Kind.TEXT: TEXTS.filter(bool),
        Kind.COUNTRY: st.sampled_from(["BG", "XK", "ALL"]),
        Kind.INTEGER: st.integers(0, 2**53),
        Kind.NUMBER: NUMBERS,
        Kind.TIME: MILLISECONDS.map(lambda ms: pd.Timestamp(ms, unit="ms", tz="UTC")),
        Kind.DATE: DAYS.map(pd.Timestamp),
    }
    filled = st.sampled_from([*map(str, column.vocabulary)]) if column.vocabulary else values[column.kind]
    return filled if column.required else st.none() | filled


def frames(schema: Schema) -> st.SearchStrategy[pd.DataFrame]:
    rows = st.lists(st.fixed_dictionaries({c.name: cells(c) for c in schema.columns}), max_size=3)
    return rows.map(
        lambda rows: schema.conform(
            pd.DataFrame(
                {c.name: pd.Series([row[c.name] for row in rows], dtype=c.kind.dtype) for c in schema.columns}
            )
        )
    )


DEPLOYMENTS = st.builds(Deployment, TEXTS, TEXTS, NUMBERS, NUMBERS, st.integers(0, 2000), TEXTS, TEXTS)
PLANS = st.builds(
    Plan, TEXTS, TEXTS, DAYS, st.lists(DEPLOYMENTS, max_size=3).map(tuple), st.sampled_from(Handling), TEXTS
)
OPERATIONS = st.builds(
    Operation,
    TEXTS,
    TEXTS,
    DAYS,
    DAYS,
    frames(SEIZURES),
    frames(CHECK_SHIFTS),
    frames(RESULTS),
    countries=st.lists(st.sampled_from(["AL", "BG", "XK"]), unique=True).map(tuple),
    exercise=st.booleans(),
    data_as_of=st.none() | st.datetimes() | st.datetimes(timezones=st.just(UTC)),
    plans=st.lists(PLANS, max_size=2).map(tuple),
    remarks=TEXTS,
)


def assert_same(found: Operation, kept: Operation) -> None:
    for name in ("seizures", "check_shifts", "results"):
        table, expected = getattr(found, name), getattr(kept, name)
        pd.testing.assert_frame_equal(
            pd.DataFrame(table).drop(columns="geometry", errors="ignore"),
            pd.DataFrame(expected).drop(columns="geometry", errors="ignore"),
            check_exact=True,
        )
        if "geometry" in expected:
            assert table.crs == expected.crs
            assert table.geometry.to_wkb().tolist() == expected.geometry.to_wkb().tolist()
    assert header(found) == header(kept)


def header(operation: Operation) -> dict[str, object]:
    return {
        name: value
        for name, value in vars(operation).items()
        if name not in {"seizures", "check_shifts", "results"}
    }


@settings(deadline=None, derandomize=True, max_examples=25)
@given(OPERATIONS)
def test_an_operation_comes_back_from_a_folder(operation: Operation) -> None:
    with TemporaryDirectory() as folder:
        save_operation(operation, Path(folder) / "kept")
        assert_same(load_operation(Path(folder) / "kept"), operation)


@settings(deadline=None, derandomize=True, max_examples=20)
@given(OPERATIONS)
def test_an_operation_comes_back_from_a_geopackage(operation: Operation) -> None:
    assert_same(operation_from_gpkg(operation_gpkg(operation)), operation)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(PLANS)
def test_a_plan_comes_back_from_csv(plan: Plan) -> None:
    assert plan_from_csv(plan_to_csv(plan)) == plan


@settings(deadline=None, derandomize=True, max_examples=20)
@given(PLANS)
def test_a_plan_comes_back_from_a_geopackage(plan: Plan) -> None:
    assert plan_from_gpkg(plan_to_gpkg(plan)) == plan


def test_empty_plans_keep_their_name_date_and_handling() -> None:
    empty = Plan("p", "Ništa još", date(2026, 3, 1), handling=Handling.H3, remarks="later")
    assert plan_from_csv(plan_to_csv(empty)) == empty
    assert plan_from_gpkg(plan_to_gpkg(empty)) == empty


def test_empty_text_is_the_same_as_missing_text(operation: Operation, tmp_path: Path) -> None:
    operation.seizures["remarks"] = ""
    save_operation(operation, tmp_path / "kept")
    assert load_operation(tmp_path / "kept").seizures["remarks"].isna().all()


def test_saving_twice_gives_the_same_bytes(operation: Operation, tmp_path: Path) -> None:
    save_operation(operation, tmp_path / "one")
    save_operation(load_operation(tmp_path / "one"), tmp_path / "two")
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*") if p.is_file())
    assert [str(file) for file in files] == [
        "check_shifts.csv",
        "operation.json",
        "plans/plan-001.json",
        "results.csv",
        "seizures.csv",
    ]
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)


def test_an_independent_reader_finds_the_same_layers(operation: Operation, tmp_path: Path) -> None:
    path = tmp_path / "kept.gpkg"
    save_operation(operation, path)
    layers = dict(pyogrio.list_layers(path))
    assert layers == {
        "operation": None,
        "seizures": "Point",
        "check_shifts": "Point",
        "results": None,
        "plans": None,
        "deployments": "Point",
    }
    seizures = pyogrio.read_dataframe(path, layer="seizures", use_arrow=True)
    assert len(seizures) == len(operation.seizures)
    assert seizures.crs == "EPSG:4326"
    assert seizures.geometry.iloc[0].coords[0] == (26.3531, 41.7173)
    assert seizures["occurred_utc"].iloc[0] == pd.Timestamp("2022-10-26T08:30:00Z")


def test_a_deployment_moved_on_a_map_comes_back_where_it_stands(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    path.write_bytes(plan_to_gpkg(plan))
    moved = pyogrio.read_dataframe(path, layer="deployments", use_arrow=True)
    moved["geometry"] = moved.geometry.translate(xoff=0.5)
    pyogrio.write_dataframe(moved, path, layer="deployments", driver="GPKG")
    found = plan_from_gpkg(path.read_bytes())
    assert [d.lon for d in found.deployments] == pytest.approx([d.lon + 0.5 for d in plan.deployments])
