"""Words of the vocabularies, and countries, however they are written."""

from enum import StrEnum

import pandas as pd

from geoanalysis.domain.schemas import Column
from geoanalysis.intake.countries import country_code
from geoanalysis.intake.distinct import by_distinct
from geoanalysis.intake.folding import folded
from geoanalysis.intake.report import found
from geoanalysis.intake.rules import Rule, Severity
from geoanalysis.intake.synonyms import SYNONYMS

WHOLE_ACTION = "ALL"
"""Stands for all countries together where results are reported."""


def parsed_words(cells: pd.Series, column: Column) -> tuple[pd.Series, list[pd.DataFrame]]:
    """
    Give the words of the column's vocabulary, missing where there are none, and what was found.

    A synonym is noted once. An unknown word is refused where one is required, and else left out with doubt.
    """
    vocabulary = column.vocabulary
    if vocabulary is None:
        raise TypeError(f"column {column.name} has no vocabulary")
    known = _known_words(vocabulary)
    words = by_distinct(cells, lambda text: known.get(folded(text))).astype("str")
    given = cells[cells != ""]
    read = words.notna() & (cells != "")
    synonyms = given[read & (cells.str.casefold() != words.str.casefold())]
    listed = ", ".join(word.value for word in vocabulary)
    severity: Severity = "refused" if column.required else "doubted"
    what = "correct it" if column.required else "it was left out and put in the remarks"
    return words, [
        found(synonyms.drop_duplicates(), Rule.VOCAB_SYNONYM, "note", words.map("read as {}".format)),
        found(given[~read], Rule.VOCAB, severity, f"the word is not known: {what}. Known: {listed}"),
    ]


def unknown_words(cells: pd.Series, words: pd.Series) -> pd.Series:
    """Give what stood in a column of words where none was known, to be kept in the remarks."""
    left_out = cells[(cells != "") & words.isna()]
    return f"{cells.name} reported: " + left_out


def parsed_countries(cells: pd.Series, *, whole_action: bool) -> tuple[pd.Series, list[pd.DataFrame]]:
    """Give alpha-2 codes, missing where there are none, and what was found; `whole_action` takes ALL too."""

    def code(text: str) -> str | None:
        return WHOLE_ACTION if whole_action and text.upper() == WHOLE_ACTION else country_code(text)

    codes = by_distinct(cells, code).astype("str")
    message = "this is no country code: write ISO 3166-1 alpha-2, such as BG (Kosovo*: XK, Greece: GR)"
    return codes, [found(cells[codes.isna() & (cells != "")], Rule.COUNTRY, "refused", message)]


def _known_words(vocabulary: type[StrEnum]) -> dict[str, str]:
    """Give the word for each folded spelling: its own and its synonyms."""
    spellings = {folded(word.value): word.value for word in vocabulary}
    synonyms = {
        folded(synonym): word.value
        for word in vocabulary
        for synonym in SYNONYMS.get(vocabulary, {}).get(word, "").split(",")
        if synonym.strip()
    }
    return {**synonyms, **spellings}
