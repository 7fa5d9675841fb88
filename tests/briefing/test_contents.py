"""What a briefing says of actions and plans small enough to be reckoned by hand."""

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import h3
import pandas as pd
import pypdfium2
import pytest
from drawing import texts
from small_action import (
    BLATO,
    DZEPISTE,
    ZUPCI,
    action,
    crossings,
    found_in,
    on_map,
    plan_of,
    planned,
    shift,
    told,
)

from geoanalysis.briefing import (
    FORMATS,
    Imprint,
    Material,
    PageForm,
    Part,
    Printing,
    Wishes,
    briefing,
    render,
)
from geoanalysis.briefing.composition import compose, leaves
from geoanalysis.briefing.document import (
    Document,
    Fact,
    MapWithPanel,
    Page,
    SideBySide,
    Summary,
    TableSheet,
    Timeline,
)
from geoanalysis.domain.errors import InputError, InsufficientDataError
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.compose import dossier_layers, dossier_scene
from geoanalysis.maps.scene import Layer
from geoanalysis.reference import data_folder, load_actions, load_borders, load_crossings
from geoanalysis.review import Disclosure, Dossier, dossier, without_window
from geoanalysis.store import load_operation

BODY = TypeVar("BODY")
AT_ZUPCI, AT_BLATO = {"lon": 18.45, "lat": 42.56}, {"lon": 20.5, "lat": 41.5}
SECOND_DAY = {"start_utc": "2022-03-02T06:00:00Z", "end_utc": "2022-03-02T14:00:00Z"}
LEAST = 5


@pytest.fixture(scope="module")
def operation() -> Operation:
    """Give 40 hits in 500 checks: 30 in 100 at Zupci, 5 in 100 at Blato, 5 in 300 at Džepište."""
    return action(
        [
            shift(ZUPCI, 100, 30),
            shift(BLATO, 100, 5, officers=4, **SECOND_DAY),
            shift(DZEPISTE, 300, 5, officers=10, officer_hours=80),
        ],
        [
            {"seizure_id": "A", **AT_ZUPCI, "crossing_id": ZUPCI},
            {
                "seizure_id": "A",
                "item": 2,
                **AT_ZUPCI,
                "crossing_id": ZUPCI,
                "crime_area": "firearms",
                "commodity": "firearm",
                "quantity": 3,
                "unit": "piece",
            },
            {"seizure_id": "B", **AT_BLATO, "crossing_id": BLATO, "quantity": 2.5, "unit": "kg"},
        ],
        [{"value": 7}],
    )


@pytest.fixture(scope="module")
def found(operation: Operation) -> Dossier:
    return found_in(operation)


def body_of(document: Document, kind: type[BODY], number: int = 0) -> BODY:
    bodies = [page.body for page in document.pages if isinstance(page.body, kind)]
    return bodies[number]


def test_the_summary_has_the_figures_and_the_clearest_places(found: Dossier) -> None:
    summary = body_of(told(found, Part.SUMMARY), Summary)
    assert [(figure.value, figure.words) for figure in summary.figures] == [
        ("500", "persons checked"),
        ("7", "arrests"),
        ("3", "firearms"),
        ("2", "seizures"),
        ("1", "hot-spot crossings"),
    ]
    assert summary.figures[-1].note == "of 3 with records"
    assert [interval.words for interval in summary.intervals] == [
        "Zupci – Sitnica",
        "Blato – Bllatë",
        "Džepište – Trebisht",
    ]
    first = summary.intervals[0]
    # expected 100 x 40/500 = 8; R: prop.test(30, 100, correct = FALSE) gives 0.2189489 to 0.3958485
    assert first.value == 30 / 8
    assert (first.low, first.high) == pytest.approx((0.2189489 / 0.08, 0.3958485 / 0.08), rel=1e-6)
    assert first.note == "hot spot, 30 hits in 100 checks, 8.0 expected"
    assert summary.findings[0].startswith(
        "Zupci – Sitnica: 30 hits in 100 checks, 3.8 times the expected rate"
    )


def test_the_table_of_places_has_counts_rates_and_expectations(found: Dossier) -> None:
    document = told(found, Part.PLACES)
    rows = body_of(document, TableSheet).table.rows
    assert [(*row[:8], row[9]) for row in rows] == [
        ("Zupci – Sitnica", "targeted", "100", "30", "30 %", "22–40 %", "8.0", "3.8", "yes"),
        ("Blato – Bllatë", "targeted", "100", "5", "5 %", "2.2–11 %", "8.0", "0.6", ""),
        ("Džepište – Trebisht", "targeted", "300", "5", "1.7 %", "0.71–3.8 %", "24.0", "0.2", ""),
    ]
    # R: 3 * pbinom(29, 40, 0.2, lower.tail = FALSE)
    assert float(rows[0][8]) == pytest.approx(3.2e-13, rel=0.05)
    assert document.pages[0].subtitle.startswith("3 of 3 crossings with records.")


def test_places_without_a_check_are_not_listed_and_all_hits_are_100_percent() -> None:
    found = found_in(action([shift(ZUPCI, 9, 9), shift(BLATO, 0, 0)]))
    rows = body_of(told(found, Part.PLACES), TableSheet).table.rows
    assert [(row[0], row[4]) for row in rows] == [("Zupci – Sitnica", "100 %")]


def test_the_timeline_adds_up_the_shifts_of_each_period(found: Dossier) -> None:
    body = body_of(told(found, Part.TIMELINE), Timeline)
    assert [bar.label for bar in body.bars.bars] == [
        "1 Mar 00:00",
        "1 Mar 08:00",
        "1 Mar 16:00",
        "2 Mar 00:00",
        "2 Mar 08:00",
    ]
    assert [bar.value for bar in body.bars.bars] == [0, 35, 0, 0, 5]
    assert [bar.expected for bar in body.bars.bars] == [0, 32, 0, 0, 8]
    assert body.bars.checked == (0, 400, 0, 0, 100)
    assert body.points[0].startswith("Most hits: 35 in 400 checks from 01 Mar 08:00 UTC, 32.0 expected")


def test_the_result_sheet_has_what_was_recorded(found: Dossier) -> None:
    rows = body_of(told(found, Part.RESULTS), TableSheet).table.rows
    assert rows == (
        ("Checked",),
        ("Persons", "500", "–", "–"),
        ("Locations", "3", "–", "–"),
        ("Arrests",),
        ("In all", "7", "–", "–"),
        ("Drug trafficking", "7", "–", "–"),
        ("Firearms",),
        ("Firearms", "3", "–", "–"),
        ("Drugs",),
        ("Heroin, kg", "2.5", "–", "–"),
    )


def test_a_plan_is_set_beside_what_was_done_on_its_day(operation: Operation) -> None:
    plan = plan_of(ZUPCI, BLATO, officers=6)
    document = told(found_in(operation, plan=plan), Part.PLAN, plan=planned(plan))
    assert body_of(document, MapWithPanel).facts == (
        Fact("Zupci – Sitnica", "6 · 06:00-14:00"),
        Fact("Blato – Bllatë", "6 · 06:00-14:00"),
    )
    rows = body_of(document, TableSheet).table.rows
    assert rows == (
        ("Zupci – Sitnica", "6", "06:00-14:00", "1", "–", "100", "30", "as planned"),
        ("Blato – Bllatë", "6", "06:00-14:00", "–", "–", "–", "–", "planned, nothing reported"),
        ("Džepište – Trebisht", "–", "", "1", "10.0", "300", "5", "reported, not planned"),
    )


def test_of_many_places_that_no_plan_had_the_most_productive_are_listed() -> None:
    ids, plan = crossings()["crossing_id"].head(30), plan_of(ZUPCI)
    busy = action([shift(one, 100, number) for number, one in enumerate(ids) if one != ZUPCI])
    notes, hits = {}, {}
    for least in (0, LEAST):
        document = told(found_in(busy, least=least, plan=plan), Part.PLAN, plan=planned(plan))
        body = body_of(document, TableSheet)
        notes[least], hits[least] = body.notes, {row[6] for row in body.table.rows[1:]}
    place = list(ids).index(ZUPCI)
    most = {str(number) for number in range(9, 30) if number != place}
    assert hits == {0: most, LEAST: {"some (not told)"}}
    assert notes[0] == ("Of 29 places reported without being planned, the 20 with the most hits.",)
    assert notes[LEAST] == ("Of 29 places reported without being planned, 20 by name.",)


def test_a_plan_alone_is_a_map_and_its_table() -> None:
    plan = plan_of(ZUPCI, officers=0)
    shown = planned(plan)
    document = briefing(Material(shown.scene, crossings(), plan=shown), Wishes((Part.PLAN,)), Imprint("R"))
    assert [type(page.body) for page in document.pages] == [MapWithPanel, TableSheet]
    assert body_of(document, TableSheet).table.rows == (("Zupci – Sitnica", "–", "06:00-14:00", ""),)
    assert list(document.tables) == ["plan"]


def test_two_actions_are_compared_by_rates(operation: Operation) -> None:
    before = action([shift(ZUPCI, 100, 10), shift(BLATO, 50, 5)], name="Before")
    earlier = on_map(found_in(before))
    document = told(found_in(operation, before=before), Part.COMPARISON, earlier=earlier)
    maps, changes = body_of(document, SideBySide), body_of(document, TableSheet)
    assert (maps.left.title, maps.right.title) == ("Before: Before", "After: Small action")
    assert maps.facts == (Fact("Hits, targeted", "15 → 40"), Fact("Checks, targeted", "150 → 500"))
    # (40/500)/(15/150) = 0.8
    assert maps.points[0].startswith("Targeted checks: hit rate × 0.80 (95 % ")
    # R: poisson.test(c(30, 10), c(100, 100)) gives 3, 1.427896 to 6.879864
    assert changes.table.rows[0][:6] == (
        "Zupci – Sitnica",
        "targeted",
        "10 / 100",
        "30 / 100",
        "3.00",
        "1.43–6.88",
    )
    assert changes.table.rows[2][:5] == ("Džepište – Trebisht", "targeted", "0 / 0", "5 / 300", "–")


def test_a_rate_that_was_nought_before_has_no_ratio() -> None:
    before = action([shift(ZUPCI, 100, 0)], name="Before")
    after = found_in(action([shift(ZUPCI, 100, 9)]), before=before)
    document = told(after, Part.COMPARISON, earlier=on_map(found_in(before)))
    assert "so no ratio" in body_of(document, SideBySide).points[0]
    assert not re.search(r"\binf\b", " ".join(words_in(document.pages)))


def test_two_plans_are_compared_by_their_places() -> None:
    one, other = (
        plan_of(BLATO, DZEPISTE, name="One", officers=3),
        plan_of(ZUPCI, BLATO, name="Other", officers=6),
    )
    shown = planned(other)
    material = Material(shown.scene, crossings(), plan=shown, other_plan=planned(one))
    body = body_of(briefing(material, Wishes((Part.COMPARISON,)), Imprint("R")), SideBySide)
    assert {fact.words: fact.value for fact in body.facts} == {
        "Checkpoints": "2 → 2",
        "Officers": "6 → 12",
        "In both": "1",
        "Only in One": "1",
        "Only in Other": "1",
    }
    assert body.points == ("Added: Zupci – Sitnica.", "Given up: Džepište – Trebisht.")


def test_many_places_are_not_all_named_in_a_sentence() -> None:
    ids = crossings()["crossing_id"].head(12)
    other = planned(plan_of(*ids, name="Other"))
    material = Material(other.scene, crossings(), plan=other, other_plan=planned(plan_of(name="One")))
    body = body_of(briefing(material, Wishes((Part.COMPARISON,)), Imprint("R")), SideBySide)
    assert re.search(r"and \d more\.$", body.points[0])
    assert body.points[0].count("Airport") < ids.str.contains("-air-").sum()


def test_an_atlas_has_a_page_for_each_hot_spot(found: Dossier) -> None:
    document = told(found, Part.ATLAS)
    hot = found.spots[found.spots["hotspot"]]
    assert hot["name"].tolist() == ["Zupci – Sitnica", "around Zupci – Sitnica"]
    assert [page.title for page in document.pages] == ["Hot spot: Zupci – Sitnica"]  # in that hexagon
    body = body_of(document, MapWithPanel)
    facts = {fact.words: fact.value for fact in body.facts}
    assert (facts["Hits"], facts["Persons checked"], facts["Seizures"]) == ("30", "100", "1")
    assert facts["Hit rate"] == "30 % (95 % 22–40)"
    assert facts["Times expected"] == "3.8 (95 % 2.7–4.9)"
    assert facts["Border"] == "BA – ME, non eu"
    assert facts["Persons a year"] == "989\u202f000 (2021)"
    assert body.bars is not None
    assert [bar.value for bar in body.bars.bars] == [0, 30, 0, 0, 0]
    x, y = crossings().set_index("crossing_id").geometry[ZUPCI].coords[0]
    assert body.scene.extent.west < x < body.scene.extent.east
    assert body.scene.extent.south < y < body.scene.extent.north
    assert body.scene.extent.north - body.scene.extent.south == pytest.approx(80 / 111, rel=0.02)


def test_an_atlas_of_checkpoints_says_what_was_found_there(found: Dossier) -> None:
    plan = plan_of(DZEPISTE, officers=6)
    document = told(found, Part.ATLAS, atlas_of="checkpoints", plan=planned(plan))
    (page,) = document.pages
    assert (page.title, page.subtitle) == ("Checkpoint: Džepište – Trebisht", "1 of 1 · Plan")
    facts = {fact.words: fact.value for fact in body_of(document, MapWithPanel).facts}
    assert (facts["Officers"], facts["Shift"], facts["Hits"]) == ("6", "06:00-14:00", "5")


@pytest.mark.parametrize(
    ("hits", "headline"),
    [
        ((5, 5, 5), "No crossing has clearly more hits than its checks explain"),
        ((30, 5, 5), "Zupci – Sitnica has more hits than its checks explain"),
        ((60, 60, 5), "2 crossings have more hits than their checks explain"),
    ],
)
def test_the_headline_says_how_many_hot_spots_there_are(hits: tuple[int, int, int], headline: str) -> None:
    checked = (100, 100, 300)
    shifts = [shift(*place) for place in zip((ZUPCI, BLATO, DZEPISTE), checked, hits, strict=True)]
    assert told(found_in(action(shifts)), Part.SUMMARY).title == headline


def test_words_of_the_user_stand_in_the_place_of_those_proposed(found: Dossier) -> None:
    wishes = Wishes((Part.SUMMARY, Part.MAP), "T", "H", ("F",), "EU RESTRICTED", left_out=("Left.",))
    document = briefing(Material(on_map(found), crossings(), found), wishes, Imprint("R"))
    assert [page.title for page in document.pages] == ["H", "T"]
    assert body_of(document, Summary).findings == body_of(document, MapWithPanel).points == ("F",)
    assert document.marking.startswith("EU RESTRICTED · Handling code H1")
    assert document.about.left_out == ("Left.",)


def test_parts_without_anything_to_tell_are_left_out() -> None:
    nothing = found_in(action())
    document = told(nothing, *Part)
    assert [page.title for page in document.pages] == ["Small action", "Small action"]
    assert [type(page.body) for page in document.pages] == [Summary, MapWithPanel]
    assert set(document.empty) == {"places", "timeline", "results", "plan", "comparison", "atlas"}
    with pytest.raises(
        InsufficientDataError, match=r"nothing to tell in results, atlas: choose other contents"
    ):
        told(nothing, Part.RESULTS, Part.ATLAS)


LITTLE = {
    "nothing": action(),
    "no seizures": action([shift(ZUPCI, 100, 3)], (), [{"value": 2}]),
    "no checks": action((), [AT_ZUPCI], [{"value": 2}]),
    "no results": action([shift(ZUPCI, 100, 0)], [AT_ZUPCI]),
    "no positions": action([shift(None, 100, 3)], [{}], [{"value": 2}]),
    "unknown crossing": action([shift("nowhere", 100, 3)], [{"crossing_id": "nowhere"}]),
    "other units": action([shift(ZUPCI, 20, 3, unit_checked="vehicle")]),
}


@pytest.mark.parametrize("least", [0, LEAST])
@pytest.mark.parametrize("name", LITTLE)
def test_little_is_no_reason_to_fail(name: str, least: int, basemap: Basemap) -> None:
    operation, plan = LITTLE[name], plan_of(ZUPCI)
    found = found_in(operation, least=least, plan=plan, before=operation)
    maps = {"plan": planned(plan), "earlier": on_map(found), "other_plan": planned(plan_of(name="None"))}
    document = told(found, *Part, **maps)
    assert len(leaves(document, PageForm())) >= len(document.pages) > 0
    for suffix in (".gpkg", ".xlsx", ".zip", *((".html",) if name == "nothing" else ())):
        assert render(document, basemap, suffix)


def test_pages_without_a_map_have_every_format_but_one(basemap: Basemap) -> None:
    document = told(found_in(LITTLE["no positions"], least=LEAST), Part.SUMMARY, Part.TIMELINE, Part.RESULTS)
    assert document.handling == Handling.H1
    for suffix in FORMATS:
        if suffix != ".html":
            assert render(document, basemap, suffix, Printing(dpi=50))
    with pytest.raises(InputError, match="no map"):
        render(document, basemap, ".html")


def test_the_most_restrictive_code_of_anything_shown_marks_all(operation: Operation) -> None:
    code = Handling
    free = action([shift(ZUPCI, 100, 30, handling="H0")])
    assert told(found_in(free, code.H3), Part.MAP).handling == code.H0
    coded = action([shift(ZUPCI, 100, 30, handling="H0"), shift(BLATO, 9, 5, handling="H2")])
    assert told(found_in(coded, code.H2), Part.MAP).handling == code.H2
    assert told(found_in(coded, code.H1), Part.MAP).handling == code.H0
    plan = planned(plan_of(ZUPCI, handling=code.H2))
    assert told(found_in(free), Part.PLAN, plan=plan).handling == code.H2
    earlier = on_map(found_in(coded, code.H2))
    compared = told(found_in(free, code.H2, before=coded), Part.COMPARISON, earlier=earlier)
    assert compared.handling == code.H2
    assert told(found_in(operation), Part.SUMMARY).handling == code.H1


def test_changes_are_no_table_without_the_map_that_brings_their_code(operation: Operation) -> None:
    before = action([shift(ZUPCI, 100, 10, handling="H1")], name="Before")
    document = told(found_in(operation, before=before), Part.MAP, Part.COMPARISON)
    assert list(document.tables) == []


MARK = "QZX"


@pytest.fixture(scope="module")
def guarded() -> Operation:
    """Give the action with records of code H2 and H3 whose every text says a word of their own."""
    marks = {"place_name": f"{MARK}place", "remarks": f"{MARK}remarks", "handling": "H2"}
    hidden_shift = shift(DZEPISTE, 300, 50, shift_id=f"{MARK}shift", **marks)
    return action(
        [
            shift(ZUPCI, 100, 30),
            shift(BLATO, 100, 5),
            hidden_shift,
            shift(None, 90, 50, lon=21, lat=42, **marks),
        ],
        [
            {**AT_ZUPCI},
            {**AT_BLATO, "seizure_id": f"{MARK}id", **marks},
            {**AT_BLATO, "seizure_id": f"{MARK}other", **marks, "handling": "H3"},
        ],
        [{"value": 7}, {"value": 1234, "remarks": f"{MARK}result", "handling": "H2"}],
    )


def contents_of(content: bytes, suffix: str) -> str:
    """Give all text in a file, packed or not."""
    if suffix == ".pdf":
        with closing(pypdfium2.PdfDocument(content)) as opened:
            pages = [page.get_textpage().get_text_bounded() for page in opened]
        return "\n".join([*pages, content.decode("latin-1")])
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8", "replace")


LEFT_OUT = "Seizures, check shifts and results of handling code H2 are left out: not to be passed on"


def test_what_may_not_be_told_is_on_no_page(guarded: Operation, basemap: Basemap) -> None:
    document = told(found_in(guarded), Part.SUMMARY, Part.MAP, Part.PLACES, Part.RESULTS)
    for suffix in (".svg", ".pdf", ".pptx"):
        text = contents_of(render(document, basemap, suffix, Printing(page=2)), suffix)
        assert MARK not in text
        assert "Džepište" not in text
        assert LEFT_OUT in re.sub(r"\s+", " ", text) or suffix == ".svg"  # where it goes on on another line
    with closing(pypdfium2.PdfDocument(render(document, basemap, ".pdf"))) as opened:
        pages = [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in opened]
    assert len(pages) == 4
    assert all(LEFT_OUT in page for page in pages)


def test_what_may_not_be_told_is_in_no_file(guarded: Operation, basemap: Basemap) -> None:
    plan = plan_of(ZUPCI)
    found = found_in(guarded, plan=plan, before=replace(guarded, name="Before"))
    document = told(found, *Part, plan=planned(plan), earlier=on_map(found))
    assert not [words for words in words_in(document) if MARK in words]
    assert not [words for words in words_in(document.tables) if "Džepište" in words]
    for suffix in (".html", ".gpkg", ".xlsx", ".zip"):
        text = contents_of(render(document, basemap, suffix), suffix)
        assert MARK not in text
        assert LEFT_OUT in text
    assert document.about.left_out[1:] == (
        "Seizures of handling code H3 are left out: other restrictions of the provider apply.",
    )


def test_what_may_be_told_is_told(guarded: Operation, basemap: Basemap) -> None:
    document = told(found_in(guarded, Handling.H3), Part.MAP, Part.PLACES)
    assert document.handling == Handling.H3
    assert f"{MARK}place" in contents_of(render(document, basemap, ".gpkg"), ".gpkg")
    assert "Džepište – Trebisht" in [row[0] for row in body_of(document, TableSheet).table.rows]


# -- small counts: the whole exercise, every part, beside a plan and an earlier action ---------------------


@pytest.fixture(scope="module")
def exercise() -> Operation:
    return load_operation(data_folder() / "actions" / "exercise_2022")


@pytest.fixture(scope="module")
def full(exercise: Operation) -> Document:
    table = load_crossings(exercise.starts)
    busy = exercise.check_shifts.groupby("crossing_id")["checked"].sum().nlargest(20).index
    plan = replace(plan_of(*busy), on=exercise.starts)
    last_days = datetime(2022, 10, 28, tzinfo=UTC), datetime(2022, 10, 31, tzinfo=UTC)
    before = replace(without_window(exercise, *last_days), name="Before")
    rules, borders = Disclosure(least=LEAST), load_borders(exercise.starts)
    found, first = (
        dossier(one, table, load_actions(), disclosure=rules, plan=plan, before=before)
        for one in (exercise, before)
    )
    scene, earlier = (dossier_scene(one, dossier_layers(one, borders, table)) for one in (found, first))
    material = Material(scene, table, found, planned(plan), earlier)
    spots = briefing(material, Wishes(tuple(Part)), Imprint("R"))
    posts = briefing(material, Wishes((Part.ATLAS,), atlas_of="checkpoints"), Imprint("R"))
    return replace(spots, pages=(*spots.pages, *posts.pages))


def words_in(thing: Any) -> Iterator[str]:
    """Give every text of a document: of its pages, tables, maps, labels and legends."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Layer):
        yield from (thing.title, *thing.features["label"])
        yield from (f"{entry.words}: {entry.count}" for entry in thing.legend)
    elif isinstance(thing, pd.DataFrame):
        yield from thing.to_csv(index=False).splitlines()
    elif is_dataclass(thing):
        yield from (words for part in fields(thing) for words in words_in(getattr(thing, part.name)))
    elif isinstance(thing, tuple | list):
        yield from (words for part in thing for words in words_in(part))
    elif isinstance(thing, dict):
        yield from words_in(tuple(thing.values()))


SMALL = re.compile(r"(?<![\d.,\u202f–-])[1-4] (?:hits?|checks?|checked|seizures?|arrests?|events?)\b")
NAMED = re.compile(r"^(?:firearms|drugs|migrant smuggling|document fraud|other|trafficking.*): [1-4]$")


def test_no_sentence_or_label_tells_a_small_count(full: Document) -> None:
    said = list(words_in(full))
    assert len(said) > 2000
    assert [words for words in said if SMALL.search(words)] == []
    lines = [line for words in said for line in words.splitlines()]
    assert [line for line in lines if NAMED.match(line)] == []


def test_no_table_or_fact_tells_a_small_count(full: Document) -> None:
    small = {"1", "2", "3", "4"}
    for page in full.pages:
        if isinstance(page.body, TableSheet):
            titles = [column.title for column in page.body.table.columns]
            counted = [number for number, title in enumerate(titles) if title in {"Checked", "Hits"}]
            for row in page.body.table.rows:
                assert small.isdisjoint(row[number] for number in counted if len(row) > 1)
        if isinstance(page.body, MapWithPanel | SideBySide):
            counts = [
                f.value
                for f in page.body.facts
                if f.words.split(",")[0] in {"Hits", "Persons checked", "Checks"}
            ]
            assert small.isdisjoint(part for value in counts for part in value.split(" → "))
            assert "Seizures" not in [fact.words for fact in page.body.facts]
        if isinstance(page.body, Summary):
            values = {figure.words: figure.value for figure in page.body.figures}
            assert small.isdisjoint(values[words] for words in ("persons checked", "arrests"))
            assert "seizures" not in values  # less those told by crime area, they would tell of the others
    for name, table in full.tables.items():
        for column in {"checked", "hits", "seizures", "hits_before", "hits_after"}.intersection(table):
            assert not table[column].between(1, LEAST - 1).fillna(value=False).any(), (name, column)


def test_no_small_count_can_be_reckoned(full: Document, exercise: Operation) -> None:
    spots = full.tables["places"]
    at_crossings, cells = (spots[spots["kind"] == kind] for kind in ("crossing", "cell"))
    persons = exercise.check_shifts[exercise.check_shifts["unit_checked"] == "person"]
    for column in ("checked", "hits"):
        for rows in (at_crossings, cells):
            hidden = rows[column].isna()
            left = int(persons[column].sum()) - int(rows[column].sum())
            assert not hidden.any() or (hidden.sum() > 1 and left != hidden.sum())
        inside = [h3.latlng_to_cell(p.y, p.x, 4) for p in at_crossings.geometry]
        lone = at_crossings[column].isna().groupby(inside).sum()
        known = at_crossings[column].fillna(0).groupby(inside).sum()
        for cell, count in cells.set_index("place_id")[column].dropna().items():
            rest = count - known.get(cell, 0)
            assert lone.get(cell, 0) != 1
            assert not 0 < rest < LEAST
    done = full.tables["planned_and_done"].set_index("place_id")["checked"].dropna()
    other_days = at_crossings.set_index("place_id")["checked"].reindex(done.index).dropna() - done
    assert not other_days.between(1, LEAST - 1).any()
    assert spots["seizures"].isna().all()  # of all areas, beside those of each on the map
    assert {"changes_by_section", "changes_by_country"}.isdisjoint(full.tables)
    assert [
        page.body.bars for page in full.pages if isinstance(page.body, MapWithPanel) and page.body.bars
    ] == []


def test_no_file_has_a_seizure_by_itself_or_a_small_count(
    full: Document, exercise: Operation, basemap: Basemap, tmp_path: Path
) -> None:
    ids = [f"{name}:" for name in exercise.seizures["seizure_id"].unique()]
    assert len(ids) > 300
    for suffix in (".html", ".gpkg", ".xlsx", ".zip"):
        content = render(full, basemap, suffix)
        text = contents_of(content, suffix)
        assert not [name for name in ids if name in text]
        if suffix == ".gpkg":
            (tmp_path / "b.gpkg").write_bytes(content)
        if suffix == ".html":
            (shown,) = re.findall(r"BorderMap\.show\(map_\w+, (.*)\);", text)
            layers = json.JSONDecoder().raw_decode(shown)[0]["layers"]
            labels = [feature["label"] for layer in layers for feature in json.loads(layer["features"])]
            assert not [label for label in labels if SMALL.search(label)]
            assert any("fewer than 5" in label for label in labels)
            (seizures,) = (layer for layer in layers if layer["key"] == "seizures")
            assert not [e for e in seizures["legend"] if e["count"] is not None and 0 < e["count"] < LEAST]
    with closing(sqlite3.connect(tmp_path / "b.gpkg")) as opened:
        told_of = list(opened.execute("SELECT count, label FROM seizures"))
    assert not [count for count, _ in told_of if count is not None and count < LEAST]
    assert 0 < len(told_of) < len(ids)


def test_no_small_count_is_drawn(basemap: Basemap) -> None:
    def counts(least: int) -> set[str]:
        many = [{**AT_ZUPCI, "seizure_id": f"Z{number}"} for number in range(7)]
        few = [{**AT_BLATO, "crime_area": area} for area in ("drugs", "drugs", "firearms", "firearms")]
        document = told(found_in(action((), [*many, *few]), least=least), Part.MAP)
        (leaf,) = leaves(document, PageForm())
        drawn = compose(document, leaf, basemap, PageForm(), dpi=72)
        return {text.get_text() for text in texts(drawn) if text.get_gid() == "count"}

    assert {"7", "2"} <= counts(0)
    assert {"1", "2", "3", "4"}.isdisjoint(counts(LEAST))


def test_every_page_says_that_small_counts_are_not_told(full: Document) -> None:
    assert full.about.left_out == ("Counts of fewer than 5 and what gives them away are not told.",)
    assert isinstance(full.pages[0], Page)
    assert full.about.on == date(2022, 10, 26)
