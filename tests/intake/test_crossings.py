"""Crossings are told by name only where one alone fits."""

# ruff: noqa: RUF001 - letters of the region that look like others

import geopandas as gpd
import pandas as pd
import pytest

from geoanalysis.intake.crossings import resolved
from geoanalysis.intake.report import merged


def told(name: str, crossings: gpd.GeoDataFrame) -> tuple[str | None, str]:
    ids, findings = resolved(pd.Series([name], index=[2], dtype="str", name="crossing_id"), crossings)
    report = merged(findings)
    return (None if pd.isna(ids[2]) else ids[2]), "" if report.empty else report["severity"].item()


@pytest.mark.parametrize(
    ("name", "crossing_id", "severity"),
    [
        ("rs-bg-gradina-kalotina", "rs-bg-gradina-kalotina", ""),
        ("Gradina – Kalotina", "rs-bg-gradina-kalotina", "note"),
        ("Kalotina / Gradina", "rs-bg-gradina-kalotina", "note"),
        ("ГРАДИНА - КАЛОТИНА", "rs-bg-gradina-kalotina", "note"),
        ("Kalotina", "rs-bg-gradina-kalotina", "doubted"),
        ("Калотина", "rs-bg-gradina-kalotina", "doubted"),
        ("Kalotinna", "rs-bg-gradina-kalotina", "doubted"),
        ("Kapikule", "bg-tr-kapitan-andreevo-kapikule", "doubted"),
        ("Kapikule rail", "bg-tr-kapitan-andreevo-kapikule-rail", "doubted"),
        ("Kapitan Andreevo – Kapıkule (rail)", "bg-tr-kapitan-andreevo-kapikule-rail", "note"),
        ("Horgoš 2", "rs-hu-horgos-2-roszke", "doubted"),
        ("Εύζωνοι", "gr-mk-evzoni-bogorodica", "doubted"),
        ("Калотина (Kalotina)", "rs-bg-gradina-kalotina", "doubted"),
        ("Kalotina (closed at night)", "rs-bg-gradina-kalotina", "doubted"),
        ("Durres", None, "refused"),
        ("Port of Durres", "al-sea-durres", "note"),
        ("Horgoš", None, "refused"),
        ("Röszke", None, "refused"),
        ("Giurgiulești", None, "refused"),
        ("Kapi", None, "refused"),
        ("-", None, "refused"),
        ("", None, ""),
    ],
)
def test_names(name: str, crossing_id: str | None, severity: str, crossings: gpd.GeoDataFrame) -> None:
    assert told(name, crossings) == (crossing_id, severity)


def test_a_refusal_proposes_the_nearest_names(crossings: gpd.GeoDataFrame) -> None:
    _, findings = resolved(pd.Series(["Horgos"], index=[2], dtype="str", name="crossing_id"), crossings)
    message = merged(findings)["message"].item()
    assert "Horgoš 1 – Röszke (motorway)" in message
    assert "Horgoš 2 – Röszke (old road)" in message


def test_without_crossings_every_name_is_refused(crossings: gpd.GeoDataFrame) -> None:
    assert told("Kalotina", crossings.head(0)) == (None, "refused")
