"""What is missing, damaged or foreign is told by name, with the remedy, and nothing is lost."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from geoanalysis.domain.errors import StoreError
from geoanalysis.domain.operation import Operation, Plan
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


@pytest.fixture
def folder(operation: Operation, tmp_path: Path) -> Path:
    save_operation(operation, tmp_path / "kept")
    return tmp_path / "kept"


def edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def test_no_operation_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere is no folder: give the folder or the \.gpkg file"):
        load_operation(tmp_path / "nowhere")
    with pytest.raises(StoreError, match=r"nowhere\.gpkg is missing"):
        load_operation(tmp_path / "nowhere.gpkg")


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "check_shifts.csv").unlink()
    with pytest.raises(StoreError, match=r"check_shifts\.csv cannot be read: No such file.*restore"):
        load_operation(folder)


def test_a_missing_column_is_named(folder: Path) -> None:
    edit(folder / "check_shifts.csv", lambda text: text.replace("checked,hits", "checked,found", 1))
    with pytest.raises(StoreError, match="check_shifts: columns are missing: hits; restore"):
        load_operation(folder)


@pytest.mark.parametrize(
    ("file", "before", "after", "words"),
    [
        ("seizures.csv", "5.78", "5,78", "seizures"),
        ("seizures.csv", "2022-10-26T08:30:00Z", "yesterday", "yesterday"),
        ("seizures.csv", ",H2,", ",H9,", "row 3, column handling: 'H9' is none of H0, H1, H2, H3"),
        ("results.csv", ",4.0,", ",four,", "four"),
        ("operation.json", '"2022-10-26"', '"soon"', "soon"),
        ("operation.json", '"starts"', '"begins"', "starts"),
        ("operation.json", "{", "", "damaged"),
        ("operation.json", '"layout": 1', '"layout": 2', "layout 2, this version reads 1"),
        ("plans/plan-001.json", '"officers": 12', '"officers": "many"', "deployment 1: .*many"),
        ("plans/plan-001.json", '"officers": 12', '"officers": -1', "deployment 1: .* out of range"),
        ("plans/plan-001.json", '"lat"', '"latitude"', "lat"),
        ("plans/plan-001.json", '"deployments"', '"places"', "deployments missing"),
    ],
)
def test_damage_is_told(folder: Path, file: str, before: str, after: str, words: str) -> None:
    edit(folder / file, lambda text: text.replace(before, after, 1))
    with pytest.raises(StoreError, match=words):
        load_operation(folder)


def test_no_json_object_and_no_utf8_are_damage(folder: Path) -> None:
    header = (folder / "operation.json").read_bytes()
    for content, words in [(b"[]", "no JSON object"), (header + b"\xff", "damaged"), (b"", "damaged")]:
        (folder / "operation.json").write_bytes(content)
        with pytest.raises(StoreError, match=words):
            load_operation(folder)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b'a,b\n"1,2\n'])
def test_no_table_is_damage(folder: Path, content: bytes) -> None:
    (folder / "results.csv").write_bytes(content)
    with pytest.raises(StoreError, match=r"results\.csv is no table in UTF-8"):
        load_operation(folder)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"SQLite format 3\0",
        b'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>',
        b"SQLite format 3\0" + bytes(4096),
    ],
)
def test_no_geopackage_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.gpkg").write_bytes(content)
    with pytest.raises(StoreError, match=r"x\.gpkg is damaged or no GeoPackage"):
        load_operation(tmp_path / "x.gpkg")
    with pytest.raises(StoreError, match="damaged or no GeoPackage"):
        operation_from_gpkg(content)
    with pytest.raises(StoreError, match="damaged or no GeoPackage"):
        plan_from_gpkg(content)


def test_a_truncated_geopackage_is_refused(operation: Operation) -> None:
    content = operation_gpkg(operation)
    with pytest.raises(StoreError, match="damaged"):
        operation_from_gpkg(content[: len(content) // 2])


def changed(content: bytes, path: Path, *statements: str) -> bytes:
    path.write_bytes(content)
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement)
    database.close()
    return path.read_bytes()


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["DROP TABLE results"], "layer results is missing"),
        (["DROP TABLE results", "CREATE VIEW results AS SELECT * FROM plans"], "layer results is missing"),
        (["UPDATE operation SET layout = 9"], "layout 9"),
        (["DELETE FROM operation"], "no single row"),
        (["ALTER TABLE check_shifts RENAME COLUMN hits TO found"], "columns are missing: hits"),
        (["ALTER TABLE plans RENAME COLUMN plan_name TO title"], "layers of plans are damaged"),
        (["UPDATE plans SET handling = 'secret'"], "secret"),
        (["UPDATE operation SET starts = NULL"], "operation"),
    ],
)
def test_a_changed_geopackage_is_told(
    operation: Operation, tmp_path: Path, statements: list[str], words: str
) -> None:
    content = changed(operation_gpkg(operation), tmp_path / "x.gpkg", *statements)
    with pytest.raises(StoreError, match=words):
        operation_from_gpkg(content)


def test_a_generated_column_of_a_hostile_file_is_never_computed(operation: Operation, tmp_path: Path) -> None:
    bomb = "ALTER TABLE results ADD COLUMN remarks TEXT AS (hex(zeroblob(500000000)))"
    content = changed(
        operation_gpkg(operation), tmp_path / "x.gpkg", "ALTER TABLE results DROP COLUMN remarks", bomb
    )
    with pytest.raises(StoreError, match="columns are missing: remarks"):
        operation_from_gpkg(content)


def test_a_geopackage_copied_while_open_elsewhere_is_read(operation: Operation) -> None:
    content = operation_gpkg(operation)
    journaled = content[:18] + b"\x02\x02" + content[20:]  # SQLite file format, offsets 18 and 19: WAL
    assert operation_from_gpkg(journaled).name == operation.name


def test_plans_that_cannot_be_read_back(plan: Plan) -> None:
    text = plan_to_csv(plan).decode("utf-8-sig")
    two = text.replace("plan-1", "plan-2", 1)
    for content, words in [
        (text.replace("handling", "marking", 1), "columns are missing: handling"),
        (two, "2 plans stand in the file instead of one"),
        (text.replace("26.3531", "far", 1), "deployment 1: .*far"),
        (text.replace("26.3531", "263.531", 1), "deployment 1: .*out of range"),
        (text.replace("2022-10-26", "26.10.2022"), r"26\.10\.2022"),
        ("", "no table"),
    ]:
        with pytest.raises(StoreError, match=words):
            plan_from_csv(content.encode())


@pytest.mark.parametrize("damage", ["NULL", "x'00'", "zeroblob(40)", "x'4750'", "x'4750000100000000'"])
def test_a_deployment_without_a_point_is_told(plan: Plan, tmp_path: Path, damage: str) -> None:
    statements = [
        *(f"DROP TRIGGER rtree_deployments_geom_update{number}" for number in (2, 4, 5, 6, 7)),
        f"UPDATE deployments SET geom = {damage}",  # noqa: S608 - literals above
    ]
    content = changed(plan_to_gpkg(plan), tmp_path / "x.gpkg", *statements)
    with pytest.raises(StoreError, match="layers of plans are damaged"):
        plan_from_gpkg(content)


def test_other_files_of_the_folder_stay(folder: Path, operation: Operation) -> None:
    (folder / "planted.json").write_text("{}", "utf-8")
    (folder / "photos").mkdir()
    (folder / "photos" / "a.txt").write_text("a", "utf-8")
    save_operation(replace(operation, plans=()), folder)
    assert (folder / "planted.json").read_text("utf-8") == "{}"
    assert (folder / "photos" / "a.txt").read_text("utf-8") == "a"
    assert load_operation(folder).plans == ()


def test_a_folder_of_something_else_is_not_replaced(operation: Operation, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("dear", "utf-8")
    with pytest.raises(StoreError, match="holds other files and no operation"):
        save_operation(operation, tmp_path / "letters")
    with pytest.raises(StoreError, match="is a file: choose a folder"):
        save_operation(operation, tmp_path / "letters" / "a.txt")
    assert (tmp_path / "letters" / "a.txt").read_text("utf-8") == "dear"


@pytest.mark.parametrize("name", ["kept", "kept.gpkg"])
def test_a_missing_folder_is_told(operation: Operation, tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match=r"cannot write .*No such file.*choose a folder that exists"):
        save_operation(operation, tmp_path / "nowhere" / name)


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="no folder here that nobody may write to")
@pytest.mark.parametrize("name", ["kept", "kept.gpkg"])
def test_a_folder_that_may_not_be_written_is_told(operation: Operation, name: str) -> None:
    with pytest.raises(StoreError, match=r"cannot write /sys/kept.* not permitted; choose a folder"):
        save_operation(operation, Path("/sys") / name)


@pytest.mark.parametrize("name", ["kept", "kept.gpkg"])
def test_text_that_would_be_cut_short_changes_nothing(
    operation: Operation, tmp_path: Path, name: str
) -> None:
    save_operation(operation, tmp_path / name)
    damaged = operation.results.assign(remarks="half\0other half")
    with pytest.raises(StoreError, match="column remarks: a text contains a NUL character"):
        save_operation(replace(operation, results=damaged), tmp_path / name)
    assert load_operation(tmp_path / name).results["remarks"].isna().all()
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_the_layout_is_written(folder: Path) -> None:
    assert json.loads((folder / "operation.json").read_text("utf-8"))["layout"] == 1
