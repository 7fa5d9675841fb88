"""Seized quantities: in a unit that the commodity can have, whole where counted, and not absurd."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd

from geoanalysis.domain.vocabularies import Commodity, Unit
from geoanalysis.intake.report import found
from geoanalysis.intake.rules import Rule

OUTLIER: Final = 1000
"""So many times the median of its commodity and unit, and a quantity is doubted."""

_MASS: Final = frozenset({Unit.KG, Unit.G})
_DRUG: Final = _MASS | {Unit.LITRE, Unit.TABLET, Unit.PLANT, Unit.PIECE}
_COUNTED: Final = frozenset({Unit.PIECE})
_UNITS: Final[Mapping[str, frozenset[Unit]]] = MappingProxyType(
    {
        Commodity.FIREARM: _COUNTED,
        Commodity.FIREARM_PART: _COUNTED | _MASS,
        Commodity.AMMUNITION: _COUNTED | _MASS | {Unit.CARTRIDGE, Unit.PACK},
        Commodity.EXPLOSIVE: _COUNTED | _MASS | {Unit.LITRE},
        Commodity.EXPLOSIVE_ORDNANCE: _COUNTED,
        Commodity.HEROIN: _DRUG,
        Commodity.COCAINE: _DRUG,
        Commodity.CANNABIS: _DRUG,
        Commodity.SYNTHETIC_DRUG: _DRUG,
        Commodity.OPIUM: _DRUG,
        Commodity.OTHER_DRUG: _DRUG,
        Commodity.TOBACCO: _COUNTED | _MASS | {Unit.CIGARETTE, Unit.PACK},
        Commodity.CASH: frozenset({Unit.EUR}),
        Commodity.VEHICLE: _COUNTED,
        Commodity.DOCUMENT: _COUNTED,
        Commodity.PERSONS: frozenset({Unit.PERSON}),
        Commodity.OTHER: frozenset(Unit),
    }
)
_WHOLE_UNITS: Final = frozenset(
    {Unit.PIECE, Unit.PERSON, Unit.TABLET, Unit.PLANT, Unit.CARTRIDGE, Unit.CIGARETTE, Unit.PACK}
)
_WHOLE_COMMODITIES: Final = frozenset({Commodity.FIREARM, Commodity.PERSONS, Commodity.VEHICLE})
_DRUGS: Final = frozenset(commodity for commodity, units in _UNITS.items() if units is _DRUG)
_MOST: Final[Mapping[str, float]] = MappingProxyType(
    {
        **dict.fromkeys(_DRUGS, 10_000.0),
        Commodity.FIREARM: 5_000.0,
        Commodity.AMMUNITION: 1e6,
        Commodity.CASH: 1e8,
    }
)
"""Kilograms (litres) of drugs, pieces, cartridges, euro: more is doubted, a hundred times as much refused."""
_KG_PER_UNIT: Final[Mapping[str, float]] = MappingProxyType({Unit.KG: 1.0, Unit.LITRE: 1.0, Unit.G: 0.001})
_FEW: Final = 5


def quantity_findings(values: pd.DataFrame, cells: pd.DataFrame) -> list[pd.DataFrame]:
    """Tell what is wrong with the quantities of seizures (columns `commodity`, `quantity`, `unit`)."""
    quantity, unit, commodity = values["quantity"], values["unit"], values["commodity"]
    texts, given = cells["quantity"], values["quantity"].notna()
    whole = unit.isin(_WHOLE_UNITS) | commodity.isin(_WHOLE_COMMODITIES)
    return [
        found(
            texts[given & (quantity == 0)], Rule.QTY_ZERO, "doubted", "nothing was seized? check the quantity"
        ),
        found(
            texts[given & whole & (quantity % 1 != 0)],
            Rule.QTY_INTEGER,
            "refused",
            "it is counted in whole numbers: correct the quantity or the unit",
        ),
        *_unit_findings(values, cells),
        *_absurd(values, texts),
        _outliers(values, texts),
    ]


def _unit_findings(values: pd.DataFrame, cells: pd.DataFrame) -> list[pd.DataFrame]:
    pairs = values["commodity"] + " " + values["unit"]
    possible = {f"{commodity} {unit}" for commodity, units in _UNITS.items() for unit in units}
    bare = values["quantity"].notna() & (cells["unit"] == "")
    accepted = values["commodity"].map({name: ", ".join(sorted(units)) for name, units in _UNITS.items()})
    return [
        found(
            cells["unit"][pairs.notna() & ~pairs.isin(possible)],
            Rule.QTY_UNIT,
            "refused",
            values["commodity"] + " is not measured so: write one of " + accepted,
        ),
        found(
            cells["quantity"][bare].rename("unit"),
            Rule.QTY_UNIT,
            "doubted",
            "a quantity of what? Add its unit",
        ),
    ]


def _absurd(values: pd.DataFrame, texts: pd.Series) -> list[pd.DataFrame]:
    in_kg = values["unit"].map(_KG_PER_UNIT).astype("float64").where(values["commodity"].isin(_DRUGS), 1.0)
    times = values["quantity"] * in_kg / values["commodity"].map(_MOST).astype("float64")
    most = 100
    return [
        found(
            texts[times > most],
            Rule.QTY_ABSURD,
            "refused",
            "no seizure is so large: correct quantity or unit",
        ),
        found(
            texts[(times > 1) & (times <= most)],
            Rule.QTY_ABSURD,
            "doubted",
            "larger than nearly any seizure: check quantity and unit",
        ),
    ]


def _outliers(values: pd.DataFrame, texts: pd.Series) -> pd.DataFrame:
    groups = values[values["quantity"] > 0].groupby(["commodity", "unit"])["quantity"]
    median, count = groups.transform("median"), groups.transform("size")
    large = (values["quantity"].reindex(median.index) >= OUTLIER * median) & (count >= _FEW)
    message = f"{OUTLIER} times what such seizures of this file usually are: check the unit"
    return found(texts[large.index[large]], Rule.QTY_OUTLIER, "doubted", message)
