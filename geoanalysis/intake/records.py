"""Outside files of seizures, check shifts and results as records, with a report of what was wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.crs import require_crs
from geoanalysis.domain.schemas import SCHEMAS, Column, Kind, Schema
from geoanalysis.intake.columns import matched, recognised
from geoanalysis.intake.crossings import resolved
from geoanalysis.intake.duplicates import probable_duplicates, repeated_counts, repeated_keys
from geoanalysis.intake.encodings import decoded
from geoanalysis.intake.numbers import parsed_numbers
from geoanalysis.intake.personal import masked
from geoanalysis.intake.places import located
from geoanalysis.intake.quantities import quantity_findings
from geoanalysis.intake.report import IntakeReport, found, found_once, left_out, merged, nothing_found
from geoanalysis.intake.rules import Rule
from geoanalysis.intake.shifts import shift_findings
from geoanalysis.intake.source import FileKind, Source, Upload, display_name, kind_of, opened
from geoanalysis.intake.tables import RawTable, read_csv
from geoanalysis.intake.texts import cleaned
from geoanalysis.intake.times import parsed_times
from geoanalysis.intake.vectors import read_vectors
from geoanalysis.intake.words import parsed_countries, parsed_words, unknown_words
from geoanalysis.intake.workbooks import read_xlsx

_TIMES: Final = frozenset({Kind.TIME, Kind.DATE})
_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.NUMBER})


@dataclass(frozen=True)
class _Draft:
    """Rows on their way: the clean texts, the values made of them, and what was found so far."""

    cells: pd.DataFrame
    typed: pd.DataFrame
    findings: tuple[pd.DataFrame, ...]

    def with_findings(self, findings: list[pd.DataFrame]) -> "_Draft":
        return _Draft(self.cells, self.typed, (*self.findings, *findings))

    def with_values(self, values: pd.DataFrame, findings: list[pd.DataFrame]) -> "_Draft":
        return _Draft(self.cells, values, (*self.findings, *findings))


_Check = Callable[[_Draft], _Draft]


def read_seizures(source: Source, *, crossings: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, IntakeReport]:
    """
    Read seizures from a CSV, XLSX, GeoJSON or GeoPackage file.

    Parameters
    ----------
    source
        A path, or the content of a file with its name.
    crossings
        The table of crossings (`crossing_id`, `name`, `name_local`, `mode`, point geometry in EPSG:4326).

    Returns
    -------
    tuple
        The accepted rows as records that conform to `schemas.SEIZURES`, and the report on all rows.

    Raises
    ------
    UnreadableFileError
        If the file cannot be read at all; the message says why and what to do.
    SchemaError
        If two of its columns mean the same.
    """

    def check(draft: _Draft) -> _Draft:
        placed = _at_places(draft, crossings)
        return placed.with_findings(
            [
                *quantity_findings(placed.typed, placed.cells),
                *repeated_keys(placed.typed, placed.cells, ("seizure_id", "item")),
                *probable_duplicates(placed.typed, placed.cells),
            ]
        )

    return _read(source, "seizures", check)


def read_check_shifts(
    source: Source, *, crossings: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, IntakeReport]:
    """
    Read check shifts from a CSV, XLSX, GeoJSON or GeoPackage file.

    Parameters, errors and what is returned are as for `read_seizures`; records conform to
    `schemas.CHECK_SHIFTS`.
    """

    def check(draft: _Draft) -> _Draft:
        placed = _at_places(draft, crossings)
        return placed.with_findings(
            [
                *shift_findings(placed.typed, placed.cells),
                *repeated_keys(placed.typed, placed.cells, ("shift_id",)),
            ]
        )

    return _read(source, "check-shifts", check)


def read_results(source: Source) -> tuple[pd.DataFrame, IntakeReport]:
    """
    Read results that are no seizures from a CSV, XLSX, GeoJSON or GeoPackage file.

    Errors and what is returned are as for `read_seizures`; records conform to `schemas.RESULTS`.
    """
    return _read(
        source, "results", lambda draft: draft.with_findings(repeated_counts(draft.typed, draft.cells))
    )


def _read(source: Source, kind: str, check: _Check) -> tuple[pd.DataFrame, IntakeReport]:
    upload = opened(source)
    schema = SCHEMAS[kind]
    table = _table(upload, schema)
    draft = check(_draft(table, schema, display_name(upload)))
    findings = merged([*table.findings, *draft.findings, _no_rows(table)])
    refused = left_out(findings, draft.typed.index)
    records = schema.conform(draft.typed[~draft.typed.index.isin(refused)])
    return records, IntakeReport(display_name(upload), kind, findings, len(draft.typed), len(refused))


def _table(upload: Upload, schema: Schema) -> RawTable:
    kind, name = kind_of(upload), display_name(upload)
    if kind is FileKind.CSV:
        text = decoded(upload.data, name=name)
        return read_csv(text, name=name, recognised=lambda headers: recognised(headers, schema))
    if kind is FileKind.XLSX:
        return read_xlsx(upload.data, schema, name=name)
    return read_vectors(upload.data, kind, schema, name=name)


def _draft(table: RawTable, schema: Schema, name: str) -> _Draft:
    """Give the cells of the schema's columns clean, and the values that each stands for by itself."""
    raw, absent, column_findings = matched(table, schema, name=name)
    cells, text_findings = cleaned(raw, schema)
    values, value_findings = _values(cells, schema)
    gaps = _gaps(cells, schema, absent)
    return _Draft(cells, values, (*column_findings, *text_findings, *value_findings, *gaps))


def _values(cells: pd.DataFrame, schema: Schema) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    values, findings = parsed_times(cells, [column for column in schema.columns if column.kind in _TIMES])
    for column in schema.columns:
        if column.name not in values:
            values[column.name], found_here = _parsed(cells[column.name], column, schema)
            findings += found_here
    table = pd.DataFrame(values, index=cells.index)
    return table.assign(remarks=_remarks(cells, table, schema)), findings


def _parsed(texts: pd.Series, column: Column, schema: Schema) -> tuple[pd.Series, list[pd.DataFrame]]:
    if column.kind in _NUMBERS:
        return parsed_numbers(texts, column)
    if column.kind is Kind.COUNTRY:
        return parsed_countries(texts, whole_action=not schema.located)
    if column.kind is Kind.WORD:
        return parsed_words(texts, column)
    return texts.mask(texts == ""), []


def _remarks(cells: pd.DataFrame, values: pd.DataFrame, schema: Schema) -> pd.Series:
    """Give the remarks with the words that were not known and not needed, less what looks personal."""
    remarks = cells["remarks"]
    for column in schema.columns:
        if column.kind is Kind.WORD and not column.required:
            left_out = masked(unknown_words(cells[column.name], values[column.name]))
            parts = remarks[left_out.index]
            remarks = remarks.mask(
                remarks.index.isin(left_out.index),
                parts.where(parts == "", parts + "; ").add(left_out).reindex(remarks.index),
            )
    return remarks.mask(remarks == "")


def _gaps(cells: pd.DataFrame, schema: Schema, absent: frozenset[str]) -> list[pd.DataFrame]:
    """Refuse rows without a value that a record needs, in columns that the file has."""
    needed = [column for column in schema.columns if column.required and column.name not in absent]
    return [
        found(
            cells[column.name][cells[column.name] == ""],
            Rule.HANDLING_MISSING if column.name == "handling" else Rule.VALUE_MISSING,
            "refused",
            f"a record needs it ({column.words}): add it, for example {column.example}",
        )
        for column in needed
    ]


def _no_rows(table: RawTable) -> pd.DataFrame:
    if len(table.cells):
        return nothing_found()
    message = "the file has column names but no rows: was the right sheet or layer exported?"
    return found_once(table.header_row, "", "", Rule.NO_ROWS, "note", message)


def _at_places(draft: _Draft, crossings: gpd.GeoDataFrame) -> _Draft:
    """Tell the crossings by id or name, and hold positions to what they can be."""
    require_crs(crossings, what="the table of crossings")
    ids, crossing_findings = resolved(draft.cells["crossing_id"], crossings)
    values, place_findings = located(draft.typed.assign(crossing_id=ids), draft.cells, crossings)
    return draft.with_values(values, [*crossing_findings, *place_findings])
