"""The accepted words, each with the source that it follows."""

from enum import StrEnum


class CrimeArea(StrEnum):
    """Priorities of the joint action days (EMPACT 2022-2025), and the rest."""

    FIREARMS = "firearms"
    DRUGS = "drugs"
    MIGRANT_SMUGGLING = "migrant_smuggling"
    HUMAN_TRAFFICKING = "human_trafficking"
    DOCUMENT_FRAUD = "document_fraud"
    OTHER = "other"


class Commodity(StrEnum):
    """What is seized, in the categories of published result sheets and of UNODC."""

    FIREARM = "firearm"
    FIREARM_PART = "firearm_part"
    AMMUNITION = "ammunition"
    EXPLOSIVE = "explosive"
    EXPLOSIVE_ORDNANCE = "explosive_ordnance"
    HEROIN = "heroin"
    COCAINE = "cocaine"
    CANNABIS = "cannabis"
    SYNTHETIC_DRUG = "synthetic_drug"
    OPIUM = "opium"
    OTHER_DRUG = "other_drug"
    TOBACCO = "tobacco"
    CASH = "cash"
    VEHICLE = "vehicle"
    DOCUMENT = "document"
    PERSONS = "persons"
    OTHER = "other"


class Unit(StrEnum):
    """Units of seized quantities."""

    KG = "kg"
    G = "g"
    LITRE = "l"
    PIECE = "piece"
    TABLET = "tablet"
    PLANT = "plant"
    CARTRIDGE = "cartridge"
    CIGARETTE = "cigarette"
    PACK = "pack"
    PERSON = "person"
    EUR = "eur"


class Selection(StrEnum):
    """How those checked were chosen; hit rates of different selections are never pooled silently."""

    RANDOM = "random"
    TARGETED = "targeted"
    UNKNOWN = "unknown"


class UnitChecked(StrEnum):
    """What one check looks at (published sheets count persons, vehicles, parcels and premises apart)."""

    PERSON = "person"
    VEHICLE = "vehicle"
    PARCEL = "parcel"
    PREMISES = "premises"
    DOCUMENT = "document"


class Direction(StrEnum):
    """Direction of travel seen from the reporting country (EUROSUR, Reg. (EU) 2021/581)."""

    ENTRY = "entry"
    EXIT = "exit"
    TRANSIT = "transit"
    INLAND = "inland"
    UNKNOWN = "unknown"


class CrossingMode(StrEnum):
    """How a crossing is crossed."""

    ROAD = "road"
    RAIL = "rail"
    FERRY = "ferry"
    RIVER = "river"
    SEA = "sea"
    AIR = "air"


class BorderType(StrEnum):
    """What a border between two countries is on a given date."""

    EXTERNAL = "external"
    """Exactly one side is in the EU or an associated Schengen state: the line the joint action days watch."""
    INTERNAL_CHECKED = "internal_checked"
    """Both sides are in the EU, not both in Schengen: persons are still checked."""
    SCHENGEN_INTERNAL = "schengen_internal"
    """Both sides are in Schengen: crossed freely anywhere."""
    NON_EU = "non_eu"
    """Neither side is in the EU or Schengen."""
    OPEN = "open"
    """A microstate or a common travel area without border checks."""


class Handling(StrEnum):
    """Europol handling codes, from least to most restrictive."""

    H0 = "H0"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"


class SourceType(StrEnum):
    """Who says so; media reports are never mixed into a rate."""

    OFFICIAL = "official"
    PARTNER = "partner"
    MEDIA = "media"


CRIME_AREA_OF: dict[Commodity, CrimeArea] = {
    Commodity.FIREARM: CrimeArea.FIREARMS,
    Commodity.FIREARM_PART: CrimeArea.FIREARMS,
    Commodity.AMMUNITION: CrimeArea.FIREARMS,
    Commodity.EXPLOSIVE: CrimeArea.FIREARMS,
    Commodity.EXPLOSIVE_ORDNANCE: CrimeArea.FIREARMS,
    Commodity.HEROIN: CrimeArea.DRUGS,
    Commodity.COCAINE: CrimeArea.DRUGS,
    Commodity.CANNABIS: CrimeArea.DRUGS,
    Commodity.SYNTHETIC_DRUG: CrimeArea.DRUGS,
    Commodity.OPIUM: CrimeArea.DRUGS,
    Commodity.OTHER_DRUG: CrimeArea.DRUGS,
    Commodity.DOCUMENT: CrimeArea.DOCUMENT_FRAUD,
    Commodity.PERSONS: CrimeArea.MIGRANT_SMUGGLING,
    Commodity.TOBACCO: CrimeArea.OTHER,
    Commodity.CASH: CrimeArea.OTHER,
    Commodity.VEHICLE: CrimeArea.OTHER,
    Commodity.OTHER: CrimeArea.OTHER,
}
"""The crime area of a commodity where a record names none."""
