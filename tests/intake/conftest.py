"""A few crossings, rows that are in order, and files made of rows."""

# ruff: noqa: RUF001 - letters of the region that look like others

import csv
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO, StringIO
from typing import Any

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest

from geoanalysis import intake
from geoanalysis.domain.schemas import SCHEMAS

Row = Mapping[str, Any]
Reading = tuple[pd.DataFrame, intake.IntakeReport]
Read = Callable[..., Reading]

_CROSSINGS = (
    (
        "bg-tr-kapitan-andreevo-kapikule",
        "Kapitan Andreevo – Kapıkule",
        "Капитан Андреево",
        "road",
        26.3531,
        41.7173,
    ),
    (
        "bg-tr-kapitan-andreevo-kapikule-rail",
        "Kapitan Andreevo – Kapıkule (rail)",
        "Svilengrad",
        "rail",
        26.34,
        41.72,
    ),
    ("rs-bg-gradina-kalotina", "Gradina – Kalotina", "Dragoman", "road", 22.8622, 42.9975),
    ("rs-hu-horgos-1-roszke", "Horgoš 1 – Röszke (motorway)", "Horgoš autoput", "road", 19.9788, 46.1746),
    ("rs-hu-horgos-2-roszke", "Horgoš 2 – Röszke (old road)", "Horgoš 2", "road", 19.9936, 46.1800),
    ("rs-hr-batrovci-bajakovo", "Batrovci – Bajakovo", "Lipovac", "road", 19.1063, 45.0475),
    ("rs-xk-merdare-merdare", "Merdare – Merdarë", "Merdarë", "road", 21.2502, 42.9792),
    ("gr-mk-evzoni-bogorodica", "Evzoni – Bogorodica", "Богородица; Εύζωνοι", "road", 22.5545, 41.1176),
    ("ro-md-galati-giurgiulesti", "Galați – Giurgiulești", "", "road", 28.1787, 45.4740),
    ("md-ua-giurgiulesti-reni", "Giurgiulești – Reni", "Рені", "road", 28.2198, 45.4713),
    ("al-sea-durres", "Port of Durrës", "", "sea", 19.4545, 41.3100),
)


@pytest.fixture(scope="session")
def crossings() -> gpd.GeoDataFrame:
    """Give a table of crossings with the columns of `reference.load_crossings`."""
    table = pd.DataFrame(_CROSSINGS, columns=["crossing_id", "name", "name_local", "mode", "lon", "lat"])
    country = table["crossing_id"].str.split("-")
    table = table.assign(
        country_a=country.str[0].str.upper(),
        country_b=country.str[1].str.upper().where(table["mode"] != "sea"),
        category="international",
        traffic_type="passenger+freight",
        e_road="",
        opening_hours="00-24",
        border_type="external",
        external=True,
        open=True,
        persons_per_year=np.nan,
        vehicles_per_year=np.nan,
        traffic_year=pd.array([pd.NA] * len(table), dtype="Int64"),
        traffic_source="",
        wait_min=np.nan,
        confidence="high",
        position_uncertainty_km=0.3,
    )
    sides = table[["country_a", "country_b"]]
    pair = sides.min(axis="columns") + "-" + sides.max(axis="columns")
    table["pair"] = pair.where(table["country_b"].notna(), "")
    return gpd.GeoDataFrame(
        table, geometry=gpd.points_from_xy(table.pop("lon"), table.pop("lat")), crs="EPSG:4326"
    )


@pytest.fixture(scope="session")
def read(crossings: gpd.GeoDataFrame) -> Read:
    """Read an upload of a kind, against the few crossings."""

    def read_kind(kind: str, name: str, data: bytes) -> Reading:
        upload = intake.Upload(name, data)
        if kind == "seizures":
            return intake.read_seizures(upload, crossings=crossings)
        if kind == "check-shifts":
            return intake.read_check_shifts(upload, crossings=crossings)
        return intake.read_results(upload)

    return read_kind


@pytest.fixture(scope="session")
def clean_row() -> Callable[..., dict[str, Any]]:
    """Give a row that is in order, with some cells changed; a `number` makes its id its own."""

    def row(kind: str, number: int = 1, **changes: Any) -> dict[str, Any]:
        schema = SCHEMAS[kind]
        cells = {column.name: column.example for column in schema.columns}
        own = {schema.key: f"BG-{number:04d}"} if schema.key else {"value": str(number)}
        return {**cells, **own, **changes}

    return row


@pytest.fixture(scope="session")
def csv_bytes() -> Callable[..., bytes]:
    """Write rows as CSV."""

    def write(rows: Iterable[Row], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
        rows = list(rows)
        text = StringIO(newline="")
        writer = csv.writer(text, delimiter=delimiter)
        writer.writerow(rows[0])
        writer.writerows(row.values() for row in rows)
        return text.getvalue().encode(encoding)

    return write


@pytest.fixture(scope="session")
def xlsx_bytes() -> Callable[..., bytes]:
    """Write rows as the only sheet of a workbook, with the types that the cells have."""

    def write(rows: Iterable[Row]) -> bytes:
        rows = list(rows)
        workbook = openpyxl.Workbook()
        workbook.active.append(list(rows[0]))
        for row in rows:
            workbook.active.append(list(row.values()))
        content = BytesIO()
        workbook.save(content)
        return content.getvalue()

    return write


@pytest.fixture(scope="session")
def read_rows(read: Read, csv_bytes: Callable[..., bytes]) -> Callable[..., Reading]:
    """Read rows as if they came as a CSV file; row 2 is the first."""

    def read_them(kind: str, rows: Iterable[Row]) -> Reading:
        return read(kind, "file.csv", csv_bytes(rows))

    return read_them
