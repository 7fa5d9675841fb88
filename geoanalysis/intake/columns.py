"""Which column of a file is which of ours: by name, however it is spelt, or by a common synonym."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import pandas as pd

from geoanalysis.domain.errors import SchemaError, UnreadableFileError
from geoanalysis.domain.schemas import Schema
from geoanalysis.intake.folding import squeezed
from geoanalysis.intake.report import found_once, shown
from geoanalysis.intake.rules import Rule
from geoanalysis.intake.tables import RawTable

_SYNONYMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "seizure_id": "id, event id, seizure, seizure no, seizure number",
        "item": "item no, item number, item id, line, line no",
        "occurred_utc": "occurred, occurred at, date time, time, when, timestamp, time utc, event time",
        "country": "reporting country, country code, iso2, state, iso",
        "crossing_id": "crossing, crossing name, bcp, border crossing, border crossing point, checkpoint",
        "place_name": "place, location, location name",
        "lon": "longitude, lng, long, x, lon deg, point x, xcoord",
        "lat": "latitude, y, lat deg, point y, ycoord",
        "crime_area": "crime, crime type, area of crime",
        "commodity": "goods, commodity type, substance, item type",
        "quantity": "amount, qty",
        "unit": "unit of measure, uom, units, measure unit",
        "shift_id": "shift, check shift, shift no, shift number",
        "transport_mode": "transport, means of transport, conveyance",
        "concealment": "hidden in, concealed in, hiding place",
        "source_type": "source",
        "handling": "handling code",
        "remarks": "remark, comment, comments, note, notes",
        "start_utc": "start, starts, start time, from, begin",
        "end_utc": "end, ends, end time, to, until",
        "unit_checked": "checked unit, what was checked",
        "passed": "traffic, passed total",
        "checked": "checks, number checked",
        "hits": "hit, positive, positives",
        "selection": "selected, selection method",
        "officers": "number of officers, staff",
        "officer_hours": "officerhours, man hours, person hours",
        "direction": "direction of travel",
        "date": "day",
        "measure": "indicator, what",
        "value": "count, figure, amount",
    }
)


def recognised(headers: Sequence[str], schema: Schema) -> int:
    """Count the columns of the schema that the headers name."""
    return len({name for header in headers for name in [_name_of(header, schema)] if name})


def matched(
    table: RawTable, schema: Schema, *, name: str
) -> tuple[pd.DataFrame, frozenset[str], list[pd.DataFrame]]:
    """
    Give the cells under the names of the schema, which columns are absent (empty texts), and what was found.

    Raises
    ------
    UnreadableFileError
        If no column is recognised.
    SchemaError
        If two columns are the same one of the schema.
    """
    numbers = _numbers(table.headers, schema, name)
    if not numbers:
        raise UnreadableFileError(
            f"{name}: none of its column names is one of {schema.name} (it has: {_listed(table.headers)}): "
            "put the names of the template in the first row"
        )
    empty = pd.Series("", index=table.cells.index, dtype="str")
    cells = {
        column.name: table.cells[numbers[column.name]] if column.name in numbers else empty
        for column in schema.columns
    }
    absent = frozenset(schema.names) - set(numbers)
    findings = [*_unknown(table, set(numbers.values())), *_missing(table, schema, absent)]
    return pd.DataFrame(cells, index=table.cells.index), absent, findings


def _numbers(headers: Sequence[str], schema: Schema, name: str) -> dict[str, int]:
    """Give the place of each column of the schema; one with the very name goes before a synonym."""
    exact = {squeezed(known): known for known in schema.names}
    numbers: dict[str, int] = {}
    for number, header in enumerate(headers):
        known = exact.get(squeezed(header))
        if known:
            _require_new(numbers, known, headers, number, name)
            numbers[known] = number
    by_synonym: dict[str, int] = {}
    for number, header in enumerate(headers):
        known = _name_of(header, schema)
        if known and known not in numbers:
            _require_new(by_synonym, known, headers, number, name)
            by_synonym[known] = number
    return {**numbers, **by_synonym}


def _require_new(numbers: dict[str, int], known: str, headers: Sequence[str], number: int, name: str) -> None:
    header = headers[number]
    if known in numbers:
        raise SchemaError(
            f"{name}: the columns {shown(headers[numbers[known]])} and {shown(header)} both mean {known}: "
            "remove or rename one"
        )


def _name_of(header: str, schema: Schema) -> str | None:
    """Name the column of the schema that a header means, if any."""
    wanted = squeezed(header)
    for known in schema.names:
        if wanted and wanted in map(squeezed, (known, *_SYNONYMS.get(known, "").split(","))):
            return known
    return None


def _unknown(table: RawTable, used: set[int]) -> list[pd.DataFrame]:
    """Note each column that is ignored; one without a name and without cells is none."""
    return [
        found_once(
            table.header_row,
            header,
            header,
            Rule.COLUMN_UNKNOWN,
            "note",
            "the column is none of the template and was ignored; rename it if it holds one of them",
        )
        for number, header in enumerate(table.headers)
        if number not in used and (header or (table.cells[number] != "").any())
    ]


def _missing(table: RawTable, schema: Schema, absent: frozenset[str]) -> list[pd.DataFrame]:
    return [
        found_once(
            table.header_row,
            column.name,
            "",
            Rule.COLUMN_MISSING,
            "refused",
            f"no row is accepted without this column: add it ({column.words}; for example {column.example})",
        )
        for column in schema.columns
        if column.required and column.name in absent
    ]


def _listed(headers: Sequence[str]) -> str:
    return ", ".join(shown(header) for header in headers[:6] if header)
