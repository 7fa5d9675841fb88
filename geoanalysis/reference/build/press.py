"""Seizures that were reported in public, as records of the project."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.crs import LONLAT, metric
from geoanalysis.domain.schemas import SEIZURES
from geoanalysis.domain.vocabularies import (
    CRIME_AREA_OF,
    Commodity,
    CrimeArea,
    Direction,
    Handling,
    SourceType,
    Unit,
)

_DAY_OR_MONTH: Final = r"\d{4}-\d{2}(-\d{2})?"
_DATED: Final = ("day", "report date", "month", "year inferred", "year from context")

_COMMODITIES: Final[Mapping[str, Commodity]] = MappingProxyType(
    {
        **{word.value: word for word in Commodity},
        "PVP (synthetic cathinone)": Commodity.SYNTHETIC_DRUG,
        "amphetamine": Commodity.SYNTHETIC_DRUG,
        "cannabis herb": Commodity.CANNABIS,
        "captagon": Commodity.SYNTHETIC_DRUG,
        "cigarettes": Commodity.TOBACCO,
        "firearm parts": Commodity.FIREARM_PART,
        "firearms": Commodity.FIREARM,
        "grenades": Commodity.EXPLOSIVE_ORDNANCE,
        "irregular migrants": Commodity.PERSONS,
        "methamphetamine": Commodity.SYNTHETIC_DRUG,
        "narcotics unspecified": Commodity.OTHER_DRUG,
        "synthetic cannabinoid": Commodity.SYNTHETIC_DRUG,
        "tablets unspecified": Commodity.OTHER_DRUG,
        "tobacco products": Commodity.TOBACCO,
    }
)
"""Whatever is not here is `Commodity.OTHER`; its word stays in the remarks."""

_UNITS: Final[Mapping[str, Unit]] = MappingProxyType(
    {
        "animals": Unit.PIECE,
        "kg": Unit.KG,
        "packs": Unit.PACK,
        "persons": Unit.PERSON,
        "pieces": Unit.PIECE,
        "rounds": Unit.CARTRIDGE,
        "tablets": Unit.TABLET,
    }
)
_UNITS_OF: Final[Mapping[tuple[str, str], Unit]] = MappingProxyType(
    {("cash", "EUR"): Unit.EUR, ("cigarettes", "pieces"): Unit.CIGARETTE}
)
_CRIME_AREAS: Final[Mapping[str, CrimeArea]] = MappingProxyType({"weapons": CrimeArea.FIREARMS})
_DIRECTIONS: Final[Mapping[str, Direction]] = MappingProxyType(
    {"inbound": Direction.ENTRY, "outbound": Direction.EXIT, "inland": Direction.INLAND}
)

_CROSSING_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "albita": "ro-md-albita-leuseni",
        "backi_breg": "rs-hu-backi-breg-hercegszanto",
        "batrovci": "rs-hr-batrovci-bajakovo",
        "bogorodica": "mk-gr-bogorodica-evzoni",
        "bozaj": "me-al-bozaj-hani-i-hotit",
        "calafat": "bg-ro-vidin-calafat",
        "danube_bridge_ruse": "bg-ro-ruse-giurgiu",
        "danube_bridge_vidin": "bg-ro-vidin-calafat",
        "debeli_brijeg": "hr-me-karasovici-debeli-brijeg",
        "dobova_rail": "hr-si-savski-marof-dobova-rail",
        "evzoni": "mk-gr-bogorodica-evzoni",
        "gradina": "rs-bg-gradina-kalotina",
        "gradiska": "hr-ba-stara-gradiska-gradiska",
        "gruskovje": "hr-si-macelj-gruskovje",
        "gyueshevo": "mk-bg-deve-bair-gyueshevo",
        "hamzabeyli": "bg-tr-lesovo-hamzabeyli",
        "horgos": "rs-hu-horgos-1-roszke",
        "kalotina": "rs-bg-gradina-kalotina",
        "kapikule": "bg-tr-kapitan-andreevo-kapikule",
        "kapitan_andreevo": "bg-tr-kapitan-andreevo-kapikule",
        "kelebija": "rs-hu-kelebija-tompa",
        "kjafasan": "mk-al-kjafasan-qafe-thane",
        "kulata": "bg-gr-kulata-promachonas",
        "lesovo": "bg-tr-lesovo-hamzabeyli",
        "leuseni": "ro-md-albita-leuseni",
        "malko_tarnovo": "bg-tr-malko-tarnovo-derekoy",
        "muriqan": "me-al-sukobin-muriqan",
        "obrezje": "hr-si-bregana-obrezje",
        "palanca": "md-ua-palanca-maiaky-udobne",
        "presevo": "rs-mk-presevo-tabanovce",
        "roszke": "rs-hu-horgos-1-roszke",
        "sculeni": "ro-md-sculeni-sculeni",
        "sid": "rs-hr-sid-tovarnik",
        "silistra": "bg-ro-silistra-ostrov",
        "stara_gradiska": "hr-ba-stara-gradiska-gradiska",
        "tabanovce": "rs-mk-presevo-tabanovce",
        "vatin": "rs-ro-vatin-moravita",
        "vermice": "xk-al-vermice-morine",
    }
)
"""The crossing that a report means; of several at one place the main road."""

_MODE_OF: Final[Mapping[str, str]] = MappingProxyType({"port": "sea", "airport": "air"})
_PORT_WITHIN_M: Final = 5000


def as_seizures(events: pd.DataFrame, crossings: pd.DataFrame) -> gpd.GeoDataFrame:
    """
    Give the reported events that have a day or a month and a position, as records (`SEIZURES`).

    Of a month the first day stands. A crossing that a report names gives the position; ports and airports go
    to the one of the table within 5 km. Quantities in units that the project does not use stay in the
    remarks.
    """
    whole_date = events["date"].str.fullmatch(_DAY_OR_MONTH).fillna(value=False).astype(bool)
    dated = events[whole_date & events["date_precision"].isin(_DATED)]
    placed = _placed(dated, crossings)
    located = placed[placed["lon"].notna()].sort_values("event_id")
    return SEIZURES.conform(pd.DataFrame([_record(row) for row in located.to_dict("records")]))


def _placed(events: pd.DataFrame, crossings: pd.DataFrame) -> pd.DataFrame:
    """Name the crossing of each event, and put the event there."""
    named = events["crossing_key"].map(_CROSSING_OF)
    known = events.assign(crossing_id=named.fillna(_ports(events, crossings)))
    at = (
        crossings.set_index("crossing_id")[["lon", "lat"]].reindex(known["crossing_id"]).set_axis(known.index)
    )
    return known.assign(lon=at["lon"].fillna(known["lon"]), lat=at["lat"].fillna(known["lat"]))


def _ports(events: pd.DataFrame, crossings: pd.DataFrame) -> pd.Series:
    """Give the port or airport within `_PORT_WITHIN_M` of each event at one."""
    found = [
        _points(events[(events["place_type"] == place_type) & events["lon"].notna()]).sjoin_nearest(
            _points(crossings[crossings["mode"] == mode])[["crossing_id", "geometry"]],
            max_distance=_PORT_WITHIN_M,
        )["crossing_id"]
        for place_type, mode in _MODE_OF.items()
    ]
    return pd.concat(found)


def _points(table: pd.DataFrame) -> gpd.GeoDataFrame:
    return metric(
        gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table["lon"], table["lat"]), crs=LONLAT)
    )


def _record(event: dict[str, Any]) -> dict[str, object]:
    word, amount, unit = event["commodity"], event["amount"], event["unit"]
    commodity = _COMMODITIES.get(word, Commodity.OTHER)
    known_unit = _UNITS_OF.get((word, unit)) or _UNITS.get(unit)
    counted = known_unit is not None and not pd.isna(amount)
    return {
        "seizure_id": event["event_id"],
        "item": 1,
        "occurred_utc": pd.Timestamp(event["date"], tz="UTC"),
        "country": event["country"],
        "crossing_id": event["crossing_id"],
        "place_name": event["place_as_given"],
        "lon": event["lon"],
        "lat": event["lat"],
        "crime_area": _CRIME_AREAS.get(word, CRIME_AREA_OF[commodity]).value,
        "commodity": commodity.value,
        "quantity": amount if counted else None,
        "unit": known_unit if counted else None,
        "direction": _DIRECTIONS.get(event["direction"], Direction.UNKNOWN).value,
        "transport_mode": event["transport"],
        "concealment": event["concealment"],
        "source_type": SourceType.MEDIA.value,
        "handling": Handling.H0.value,
        "remarks": _remarks(event, counted=counted),
    }


def _remarks(event: dict[str, Any], *, counted: bool) -> str:
    amount = "" if counted or pd.isna(event["amount"]) else f", {event['amount']:g} {event['unit']}"
    parts = [
        f"reported as {event['commodity']}{amount}",
        "" if event["date_precision"] == "day" else f"date: {event['date_precision']}",
        "" if pd.isna(event["note"]) else event["note"],
        event["source_url"],
    ]
    return "; ".join(part for part in parts if part)
