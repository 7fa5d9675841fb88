"""
The tables of the project: their columns, units and vocabularies.

One `Schema` per entity. A frame *conforms* when it has exactly these columns, in this order, with these
dtypes. Times are UTC; positions are `LONLAT` points; countries are ISO 3166-1 alpha-2 plus ``XK``.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Final

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.errors import SchemaError
from geoanalysis.domain.vocabularies import (
    Commodity,
    CrimeArea,
    Direction,
    Handling,
    Selection,
    SourceType,
    Unit,
    UnitChecked,
)


class Kind(Enum):
    """What the values of a column are."""

    TEXT = auto()
    WORD = auto()
    """A member of the column's vocabulary, kept as text."""
    COUNTRY = auto()
    INTEGER = auto()
    NUMBER = auto()
    TIME = auto()
    DATE = auto()

    @property
    def dtype(self) -> str:
        """The pandas dtype of such a column."""
        return _DTYPES.get(self, "str")


_DTYPES: Final = {
    Kind.INTEGER: "Int64",
    Kind.NUMBER: "float64",
    Kind.TIME: "datetime64[us, UTC]",
    Kind.DATE: "datetime64[us]",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it holds, whether a record needs it, and what it means in words."""

    name: str
    kind: Kind
    words: str
    required: bool = False
    vocabulary: type[StrEnum] | None = None
    low: float | None = None
    high: float | None = None
    example: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    """A named table; with `located` it has a point geometry in `LONLAT` beside its columns."""

    name: str
    columns: tuple[Column, ...]
    located: bool
    key: str = ""

    @property
    def names(self) -> list[str]:
        """The column names, without the geometry."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """Give the column of that name."""
        return next(column for column in self.columns if column.name == name)

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """
        Give the frame with exactly this schema's columns, order and dtypes, and a fresh index.

        Optional columns that are absent are added empty; a located frame without geometry gets points from
        its `lon` and `lat`.

        Raises
        ------
        SchemaError
            If a required column is absent, or a column cannot hold its dtype.
        """
        missing = [c.name for c in self.columns if c.required and c.name not in frame.columns]
        if missing:
            raise SchemaError(f"{self.name}: required columns are missing: {', '.join(missing)}")
        table = pd.DataFrame({c.name: self._series(frame, c) for c in self.columns}).reset_index(drop=True)
        if not self.located:
            return table
        return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table["lon"], table["lat"]), crs=LONLAT)

    def empty(self) -> pd.DataFrame:
        """Give a frame without rows."""
        return self.conform(pd.DataFrame({c.name: pd.Series(dtype=c.kind.dtype) for c in self.columns}))

    def _series(self, frame: pd.DataFrame, column: Column) -> pd.Series:
        if column.name not in frame.columns:
            return pd.Series(None, index=frame.index, dtype=column.kind.dtype)
        try:
            return frame[column.name].astype(column.kind.dtype)
        except (TypeError, ValueError) as reason:
            raise SchemaError(
                f"{self.name}: column {column.name} cannot hold its values: {reason}"
            ) from reason


_LON = Column("lon", Kind.NUMBER, "longitude, degrees east (WGS 84)", low=-180, high=180, example="26.3531")
_LAT = Column("lat", Kind.NUMBER, "latitude, degrees north (WGS 84)", low=-90, high=90, example="41.7173")
_PLACE = (
    Column(
        "crossing_id",
        Kind.TEXT,
        "crossing of the table; its name is accepted on intake",
        example="bg-tr-kapitan-andreevo-kapikule",
    ),
    Column("place_name", Kind.TEXT, "name of the place, where it is no crossing", example="Kapitan Andreevo"),
    _LON,
    _LAT,
)
_HANDLING = Column(
    "handling", Kind.WORD, "Europol handling code", required=True, vocabulary=Handling, example="H1"
)
_REMARKS = Column("remarks", Kind.TEXT, "free text without personal data")

SEIZURES: Final = Schema(
    "seizures",
    (
        Column(
            "seizure_id",
            Kind.TEXT,
            "the event; repeated where it has several items",
            required=True,
            example="BG-0001",
        ),
        Column(
            "item", Kind.INTEGER, "number of the item within its seizure", required=True, low=1, example="1"
        ),
        Column("occurred_utc", Kind.TIME, "when, UTC", required=True, example="2022-10-26T08:30:00Z"),
        Column("country", Kind.COUNTRY, "reporting country", required=True, example="BG"),
        *_PLACE,
        Column("crime_area", Kind.WORD, "crime area", required=True, vocabulary=CrimeArea, example="drugs"),
        Column(
            "commodity", Kind.WORD, "what was seized", required=True, vocabulary=Commodity, example="heroin"
        ),
        Column("quantity", Kind.NUMBER, "how much, in `unit`", low=0, example="5.78"),
        Column("unit", Kind.WORD, "unit of the quantity", vocabulary=Unit, example="kg"),
        Column("shift_id", Kind.TEXT, "check shift that found it", example="S-0001"),
        Column("direction", Kind.WORD, "direction of travel", vocabulary=Direction, example="entry"),
        Column("transport_mode", Kind.TEXT, "means of transport", example="lorry"),
        Column("concealment", Kind.TEXT, "where it was hidden", example="vehicle battery"),
        Column("source_type", Kind.WORD, "who reports it", vocabulary=SourceType, example="official"),
        _HANDLING,
        _REMARKS,
    ),
    located=True,
    key="seizure_id",
)

CHECK_SHIFTS: Final = Schema(
    "check_shifts",
    (
        Column("shift_id", Kind.TEXT, "the shift", required=True, example="S-0001"),
        Column("country", Kind.COUNTRY, "reporting country", required=True, example="BG"),
        *_PLACE,
        Column("start_utc", Kind.TIME, "start, UTC", required=True, example="2022-10-26T06:00:00Z"),
        Column(
            "end_utc",
            Kind.TIME,
            "end, UTC, at most 24 h later",
            required=True,
            example="2022-10-26T14:00:00Z",
        ),
        Column(
            "unit_checked",
            Kind.WORD,
            "what one check looks at",
            required=True,
            vocabulary=UnitChecked,
            example="person",
        ),
        Column(
            "passed", Kind.INTEGER, "traffic in that time, same unit; empty if unknown", low=0, example="5200"
        ),
        Column("checked", Kind.INTEGER, "checks made", required=True, low=0, example="410"),
        Column("hits", Kind.INTEGER, "checks with a positive result", required=True, low=0, example="6"),
        Column(
            "selection",
            Kind.WORD,
            "how those checked were chosen",
            required=True,
            vocabulary=Selection,
            example="targeted",
        ),
        Column("officers", Kind.INTEGER, "officers on the shift", low=0, high=2000, example="12"),
        Column("officer_hours", Kind.NUMBER, "officer-hours, h", low=0, example="96"),
        Column("direction", Kind.WORD, "direction of travel", vocabulary=Direction, example="entry"),
        _HANDLING,
        _REMARKS,
    ),
    located=True,
    key="shift_id",
)

RESULTS: Final = Schema(
    "results",
    (
        Column(
            "country",
            Kind.COUNTRY,
            "reporting country, or ALL for the whole action",
            required=True,
            example="BG",
        ),
        Column("date", Kind.DATE, "day", required=True, example="2022-10-26"),
        Column("crime_area", Kind.WORD, "crime area", required=True, vocabulary=CrimeArea, example="drugs"),
        Column(
            "measure",
            Kind.TEXT,
            "what is counted (arrests, victims, officers ...)",
            required=True,
            example="arrests",
        ),
        Column("value", Kind.NUMBER, "the count or amount", required=True, low=0, example="4"),
        Column("unit", Kind.TEXT, "unit of the value", required=True, example="count"),
        _HANDLING,
        _REMARKS,
    ),
    located=False,
)

SCHEMAS: Final[dict[str, Schema]] = {"seizures": SEIZURES, "check-shifts": CHECK_SHIFTS, "results": RESULTS}
"""By the word that the command line and the Data page use."""
