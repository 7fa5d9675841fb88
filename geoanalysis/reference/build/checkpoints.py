"""The table of border crossing points, from the compiled list and the published traffic figures."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd

from geoanalysis.domain.errors import InputError
from geoanalysis.reference.build.manifest import Entry, record
from geoanalysis.reference.build.options import PROJECT_DATA, DataFolder, SourceFolder
from geoanalysis.reference.build.tables import read_table, write_table

_RENAMED: Final[Mapping[str, str]] = MappingProxyType(
    {"id": "crossing_id", "pos_uncertainty_km": "position_uncertainty_km"}
)
_COLUMNS: Final = (
    *("crossing_id", "name", "name_local", "country_a", "country_b", "lon", "lat", "mode", "category"),
    *("traffic_type", "e_road", "opening_hours", "closed_from", "closed_until"),
    *("persons_per_year", "vehicles_per_year", "traffic_year", "traffic_source", "wait_min", "wait_source"),
    *("confidence", "position_uncertainty_km", "coord_method", "sources", "n_sources"),
    *("max_disagreement_km", "border_dist_km", "name_sources", "notes"),
)

_CLOSED: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "bg-ro-kaynardzha-lipnita": ("2020-03-01", "2025-01-01"),
        "bg-ro-krushari-dobromir": ("2020-03-01", "2025-01-01"),
        "hr-ba-gornji-varos-gradiska": ("", "2026-01-01"),
        "hu-ua-nagyhodos-velyka-palad": ("", "2026-01-01"),
        "md-ua-goianul-nou-platonove": ("2022-02-24", ""),
        "md-ua-pervomaisc-kuchurhan": ("2022-02-24", ""),
        "pl-by-kuznica-bruzgi": ("2021-11-01", ""),
        "pl-by-slawatycze-domachevo": ("2021-01-01", ""),
        "pl-ua-malhowice-nyzhankovychi": ("", "2023-01-01"),
        "ro-md-bumbata-leova": ("", "2023-01-01"),
        "ro-ua-vicovu-de-sus-krasnoilsk": ("", "2023-01-01"),
        "rs-hu-horgos-roszke-rail": ("2015-01-01", "2023-11-01"),
    }
)
"""First day closed (empty: never open before), first day open again (empty: not known), as the notes say."""

_FULL_YEAR: Final = ("-01-01", "-12-31")
_TRAFFIC: Final = ("persons", "vehicles")


def build_checkpoints(source: SourceFolder, out: DataFolder = PROJECT_DATA) -> None:
    """Make the table of crossings from border_crossings.csv and traffic_observations.csv."""
    listed = read_table(source / "border_crossings.csv").rename(columns=dict(_RENAMED))
    observed = read_table(source / "traffic_observations.csv")
    closed = _closures(listed)
    waits = listed[["wait_typical_out_min", "wait_typical_in_min"]].max(axis="columns")
    known = listed.drop(columns="traffic_source").assign(wait_min=waits)
    table = known.join(closed, on="crossing_id").join(_yearly_traffic(observed), on="crossing_id")
    folder = out / "checkpoints"
    write_table(table[list(_COLUMNS)].sort_values("crossing_id"), folder / "crossings.csv")
    record(folder, _entry(len(table)))


def _entry(rows: int) -> Entry:
    return Entry(
        "crossings.csv",
        "border crossing points: two-sided crossings, ports and airports",
        "public lists, named row by row; positions partly OpenStreetMap of August 2021; GeoNames",
        "ODbL 1.0, © OpenStreetMap contributors; GeoNames CC BY 4.0",
        "2021-08 to 2026-08",
        rows,
    )


def _closures(listed: pd.DataFrame) -> pd.DataFrame:
    """
    Give when crossings were closed.

    Raises
    ------
    InputError
        If the list has a crossing as closed in October 2022 that `_CLOSED` does not know.
    """
    closed = set(listed.loc[listed["open_oct_2022"] == 0, "crossing_id"])
    if unknown := closed ^ set(_CLOSED):
        raise InputError(
            f"border_crossings.csv and the periods of closure disagree on {', '.join(sorted(unknown))}: "
            "read the notes there and correct the periods in this module"
        )
    return pd.DataFrame.from_dict(dict(_CLOSED), orient="index", columns=["closed_from", "closed_until"])


def _yearly_traffic(observed: pd.DataFrame) -> pd.DataFrame:
    """
    Give the traffic of one full year per crossing, both directions, with its year and source.

    Persons and vehicles are of the same year: the latest that has both, else the latest that has one.
    """
    years = observed["period_start"].str[:4]
    whole = (observed["period_start"] == years + _FULL_YEAR[0]) & (
        observed["period_end"] == years + _FULL_YEAR[1]
    )
    wanted = whole & observed["crossing_id"].notna() & (observed["direction"] == "both")
    chosen = observed[wanted & observed["metric"].isin(_TRAFFIC)].assign(traffic_year=years)
    by_year = chosen.pivot_table(index=["crossing_id", "traffic_year"], columns="metric", values="value")
    by_year["traffic_source"] = chosen.groupby(["crossing_id", "traffic_year"])["source"].first()
    by_year["measures"] = by_year[list(_TRAFFIC)].notna().sum(axis="columns")
    best = by_year.reset_index().sort_values(["measures", "traffic_year"]).groupby("crossing_id").last()
    return best.rename(columns={metric: f"{metric}_per_year" for metric in _TRAFFIC})
