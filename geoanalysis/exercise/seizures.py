"""
The seizures of an exercise: what was found, divided among the hits.

Totals that were published are kept exactly; what was not published for the whole action (ammunition, persons,
documents, tobacco, cash, vehicles, synthetic drugs) is invented in a likely size.
"""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.schemas import SEIZURES
from geoanalysis.domain.vocabularies import CRIME_AREA_OF, Commodity, CrimeArea, SourceType, Unit
from geoanalysis.exercise.apportion import skewed_parts
from geoanalysis.exercise.published import HOST, Published
from geoanalysis.exercise.shifts import SHIFT_H


@dataclass(frozen=True, slots=True)
class Find:
    """
    One line of the whole haul.

    It is found in `lots` of log-normal size that add up to the published `measure`, less `host_measure` found
    by the host, or else to `total`; a lot is a whole number of `unit` or of its `parts`. Where it `joins`
    another commodity, its lots are further items of that commodity's seizures.
    """

    commodity: Commodity
    unit: Unit
    lots: int
    measure: str = ""
    host_measure: str = ""
    total: int = 0
    parts: int = 1
    spread: float = 1.0
    joins: Commodity | None = None
    crime_area: CrimeArea | None = None
    remarks: str = ""

    def quantities(self, published: Published, scope: str, random: np.random.Generator) -> np.ndarray:
        """Draw the sizes of the lots, in `unit`."""
        total = published.value(self.measure, scope=scope) if self.measure else self.total
        if self.host_measure:
            total -= published.value(self.host_measure, scope=HOST)
        return skewed_parts(round(total * self.parts), self.lots, self.spread, random) / self.parts


_ORDNANCE: Final = Commodity.EXPLOSIVE_ORDNANCE
ELSEWHERE: Final = (
    Find(Commodity.FIREARM, Unit.PIECE, 31, "firearms", "weapons", spread=0.9),
    Find(_ORDNANCE, Unit.PIECE, 1, "antipersonnel_mines", remarks="antipersonnel_mines"),
    Find(_ORDNANCE, Unit.PIECE, 1, "air_defence_systems", remarks="air_defence_systems"),
    Find(_ORDNANCE, Unit.PIECE, 5, "grenades", remarks="grenades"),
    Find(_ORDNANCE, Unit.PIECE, 1, "antitank_missiles", remarks="antitank_missiles"),
    Find(Commodity.HEROIN, Unit.KG, 24, "heroin_kg", parts=100, spread=1.3),
    Find(Commodity.CANNABIS, Unit.KG, 62, "cannabis_kg", parts=100, spread=1.5),
    Find(Commodity.COCAINE, Unit.KG, 11, "cocaine_kg", parts=1000),
    Find(Commodity.SYNTHETIC_DRUG, Unit.TABLET, 14, total=4_200),
    Find(Commodity.PERSONS, Unit.PERSON, 66, total=420),
    Find(Commodity.PERSONS, Unit.PERSON, 3, total=5, crime_area=CrimeArea.HUMAN_TRAFFICKING),
    Find(Commodity.DOCUMENT, Unit.PIECE, 44, total=61, spread=0.3),
    Find(Commodity.TOBACCO, Unit.PACK, 34, total=21_000),
    Find(Commodity.CASH, Unit.EUR, 22, total=310_000),
    Find(Commodity.VEHICLE, Unit.PIECE, 12, total=12, remarks="stolen_vehicles"),
    Find(Commodity.AMMUNITION, Unit.CARTRIDGE, 20, total=5_400, joins=Commodity.FIREARM),
    Find(Commodity.VEHICLE, Unit.PIECE, 12, total=12, joins=Commodity.PERSONS, remarks="used for smuggling"),
)
"""What was found outside the host country."""
AT_HOST: Final = (
    Find(Commodity.FIREARM, Unit.PIECE, 5, "weapons", spread=0.9),
    Find(Commodity.AMMUNITION, Unit.CARTRIDGE, 2, "ammunition"),
    Find(Commodity.EXPLOSIVE, Unit.KG, 1, "explosives_kg", parts=10),
    Find(Commodity.DOCUMENT, Unit.PIECE, 2, "forged_documents", remarks="forged_documents"),
    Find(Commodity.VEHICLE, Unit.PIECE, 2, "stolen_vehicles", remarks="stolen_vehicles"),
)
"""What was found in the host country, all of it published; its weapons count as firearms of the action."""

_TRANSPORT: Final = {
    "road": ("car", "car", "van", "lorry", "bus"),
    "rail": ("train",),
    "air": ("aircraft",),
    "sea": ("lorry", "car", "vessel"),
    "ferry": ("lorry", "car"),
    "river": ("vessel",),
}
_CONCEALMENT: Final = {
    Commodity.PERSONS: ("load", "vehicle structure", "none"),
    Commodity.VEHICLE: ("none",),
    Commodity.DOCUMENT: ("luggage", "body", "none"),
}
_HIDDEN_IN: Final = ("luggage", "load", "vehicle structure", "body", "none")


def draw_seizures(
    shifts: gpd.GeoDataFrame, modes: pd.Series, published: Published, random: np.random.Generator
) -> gpd.GeoDataFrame:
    """
    Draw the seizures made at shifts from `draw_shifts`; conforms to `schemas.SEIZURES`.

    Every seizure is one of the hits of a shift, drawn from all hits alike: places have seizures in proportion
    to their hits, and no shift has more seizures than hits. `modes` gives the mode of each crossing id.
    """
    hits = shifts.index.repeat(shifts["hits"])
    at_host = (shifts.loc[hits, "country"] == HOST).to_numpy()
    elsewhere = _lots(ELSEWHERE, published, "ALL", random)
    count = int((elsewhere["joins"] == "").sum())
    host_count = max(1, round(count * at_host.sum() / (~at_host).sum()))
    hauls = [
        _found_at(elsewhere, random.choice(hits[~at_host], count, replace=False), random),
        _found_at(
            _lots(AT_HOST, published, HOST, random),
            random.choice(hits[at_host], host_count, replace=False),
            random,
        ),
    ]
    items = pd.concat(hauls, keys=["elsewhere", "host"], names=["haul"]).reset_index("haul")
    return SEIZURES.conform(_described(_numbered(items, shifts, random), modes, random))


def _lots(
    finds: tuple[Find, ...], published: Published, scope: str, random: np.random.Generator
) -> pd.DataFrame:
    """Give one row per lot of every find."""
    tables = [
        pd.DataFrame(
            {
                "commodity": find.commodity.value,
                "crime_area": (find.crime_area or CRIME_AREA_OF[find.commodity]).value,
                "unit": find.unit.value,
                "quantity": find.quantities(published, scope, random),
                "joins": find.joins.value if find.joins else "",
                "remarks": find.remarks or None,
            }
        )
        for find in finds
    ]
    return pd.concat(tables, ignore_index=True)


def _found_at(lots: pd.DataFrame, shift_of_event: np.ndarray, random: np.random.Generator) -> pd.DataFrame:
    """Give each lot a seizure (`event`) and its shift: its own while they last, or the one that it joins."""
    own = np.flatnonzero(lots["joins"] == "")
    event = np.empty(len(lots), np.int64)
    event[own] = random.permutation(own.size) % len(shift_of_event)
    for joined in sorted(set(lots["joins"]) - {""}):
        guests = np.flatnonzero(lots["joins"] == joined)
        joinable = own[(lots["commodity"] == joined).to_numpy()[own]]
        event[guests] = event[random.choice(joinable, guests.size, replace=False)]
    return lots.assign(event=event, shift=np.asarray(shift_of_event)[event])


def _numbered(items: pd.DataFrame, shifts: gpd.GeoDataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Give the seizures a time within their shift and a number by country, and their items a number each."""
    events = items.drop_duplicates(["haul", "event"])[["haul", "event", "shift"]].join(
        shifts.drop(columns=["geometry", "remarks"]), on="shift"
    )
    minutes = random.integers(0, SHIFT_H * 60, len(events))
    events["occurred_utc"] = events["start_utc"] + pd.to_timedelta(minutes, unit="min")
    events = events.sort_values(["occurred_utc", "shift", "event"])
    number = events.groupby("country").cumcount() + 1
    events["seizure_id"] = events["country"] + number.map("-{:04d}".format)
    table = events.merge(items.drop(columns="shift"), on=["haul", "event"])
    return table.assign(item=table.groupby("seizure_id").cumcount() + 1)


def _described(items: pd.DataFrame, modes: pd.Series, random: np.random.Generator) -> pd.DataFrame:
    """Add how it was carried, the same for all items of a seizure, and where each was hidden."""
    mode = items["crossing_id"].map(modes).fillna("road")
    first = items["item"] == 1
    carried = pd.Series([random.choice(_TRANSPORT[way]) for way in mode[first]], items["seizure_id"][first])
    hidden = [random.choice(_CONCEALMENT.get(Commodity(what), _HIDDEN_IN)) for what in items["commodity"]]
    return items.assign(
        transport_mode=items["seizure_id"].map(carried),
        concealment=hidden,
        source_type=SourceType.OFFICIAL.value,
    )
