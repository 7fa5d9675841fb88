"""Key figures, intervals, timelines and facts in words."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from geoanalysis.briefing.contents.tables import amount, count_words, interval, number, percent
from geoanalysis.briefing.document import Bar, Bars, Fact, Interval, KeyFigure
from geoanalysis.domain.operation import Deployment
from geoanalysis.domain.small_counts import told
from geoanalysis.hotspots import ratio_interval
from geoanalysis.hotspots.summary import CROSSING
from geoanalysis.review import Dossier

_SHEET_FIGURES: Final = (
    ("Checked", "Persons", "persons checked"),
    ("Arrests", "In all", "arrests"),
    ("Firearms", "Firearms", "firearms"),
    ("Cases", "Investigations opened", "investigations opened"),
)
AS_ENTERED: Final = "Officers and shifts as entered in the plan."
_MOST_INTERVALS: Final = 7
_LABELS: Final = "%d %b %H:%M"


def key_figures(found: Dossier) -> tuple[KeyFigure, ...]:
    """
    Give the figures of an action that a reader asks for first, as far as they are known.

    Where filters leave a part of it, they are of that part: the sheet is of the whole.
    """
    first = _selected(found) if found.selection else _from_sheet(found.sheet)
    return (*first, *_seizures(found), *_hot_spots(found))


def _selected(found: Dossier) -> Iterator[KeyFigure]:
    """Give what was checked and hit, of the records that pass the filters."""
    spots = found.spots
    for name, words in (("checked", "persons checked"), ("hits", "hits")):
        count = None if spots is None else spots.attrs.get(name)
        if count is not None:
            yield KeyFigure(amount(count), words, "of the records chosen")


def _from_sheet(sheet: pd.DataFrame) -> Iterator[KeyFigure]:
    for group, measure, words in _SHEET_FIGURES:
        rows = sheet[(sheet["group"] == group) & (sheet["measure"] == measure)]
        for _, row in rows.iterrows():
            value = count_words(row["value"], row)
            if pd.notna(row["value"]) or row.get("not_told"):
                note = "" if pd.isna(row["published"]) else f"published: {amount(row['published'])}"
                yield KeyFigure(value, words, note)


def _seizures(found: Dossier) -> Iterator[KeyFigure]:
    if found.events is not None and (found.events or not found.left_out):
        note = "each drawn in all of its crime areas"
        yield KeyFigure(told(found.events, found.disclosure.least), "seizures", note)


def _hot_spots(found: Dossier) -> Iterator[KeyFigure]:
    if found.spots is not None:
        crossings = found.spots[found.spots["kind"] == CROSSING]
        hot = int(crossings["hotspot"].sum())
        yield KeyFigure(str(hot), "hot-spot crossings", f"of {len(crossings)} with records")


def intervals(spots: pd.DataFrame) -> tuple[Interval, ...]:
    """Give hits over expected hits of the clearest crossings, with their intervals, hot spots first."""
    crossings = spots[(spots["kind"] == CROSSING) & spots["ratio"].notna() & spots["p_value"].notna()]
    clearest = crossings.sort_values(["hotspot", "p_value"], ascending=[False, True], kind="stable")
    return tuple(_ratio_interval(row) for _, row in clearest.head(_MOST_INTERVALS).iterrows())


def _ratio_interval(row: pd.Series) -> Interval:
    low, high = ratio_interval(row)
    hot = "hot spot, " if row["hotspot"] else ""
    note = (
        f"{hot}{amount(row['hits'])} hits in {amount(row['checked'])} checks, {row['expected']:.1f} expected"
    )
    return Interval(str(row["name"]), float(row["ratio"]), low, high, note, stands_out=bool(row["hotspot"]))


def bars_of(timeline: pd.DataFrame) -> Bars:
    """Give a timeline as bars of hits with what is expected, and the checks below."""
    period_h = (timeline["ends"].iloc[0] - timeline["starts"].iloc[0]).total_seconds() / 3600
    hits, expected, checked = (_known(timeline[name]) for name in ("hits", "expected", "checked"))
    labels = [moment.strftime(_LABELS).lstrip("0") for moment in timeline["starts"]]
    hidden = " Periods without a bar may have small counts that are not told." if None in hits else ""
    words = (
        f"Hits per {period_h:g} h, UTC (bars), hits that the checks lead one to expect (ticks), "
        f"checks (grey).{hidden}"
    )
    return Bars(words, tuple(Bar(*bar) for bar in zip(labels, hits, expected, strict=True)), tuple(checked))


def _known(values: pd.Series) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in values]


def place_facts(row: pd.Series) -> tuple[Fact, ...]:
    """Give the counts of a place of a hot-spot summary, with rates, intervals and test."""
    rate = percent(row["hit_rate"])
    if pd.notna(row["hit_rate_low"]):
        rate += f" (95 % {interval(row['hit_rate_low'], row['hit_rate_high'], percent).removesuffix(' %')})"
    seizures = (Fact("Seizures", amount(row["seizures"])),) if pd.notna(row["seizures"]) else ()
    return (
        Fact("Hits", count_words(row["hits"], row)),
        Fact("Persons checked", count_words(row["checked"], row)),
        Fact("Hit rate", rate),
        Fact("Expected hits", number(row["expected"], "{:.1f}")),
        Fact("Times expected", _times_expected(row)),
        Fact(
            "p, and q for all places",
            f"{number(row['p_value'], '{:.2g}')}, {number(row['q_value'], '{:.2g}')}",
        ),
        Fact("Selection", _selection(row)),
        *seizures,
    )


def _selection(row: pd.Series) -> str:
    share = row["targeted_share"]
    return str(row["selection"]) + (f", {share:.0%} targeted".replace("%", " %") if 0 < share < 1 else "")


def _times_expected(row: pd.Series) -> str:
    if pd.isna(row["ratio"]) or not row["expected"] > 0:
        return number(row["ratio"], "{:.1f}")
    low, high = ratio_interval(row)
    return f"{row['ratio']:.1f} (95 % {low:.1f}–{high:.1f})"


def peaks(timeline: pd.DataFrame) -> tuple[str, ...]:
    """Say when there were most hits, and when most above what the checks lead one to expect."""
    known = timeline[timeline["hits"].notna() & timeline["expected"].notna() & (timeline["hits"] > 0)]
    if known.empty:
        return ()
    most = known.loc[known["hits"].astype(float).idxmax()]
    said = [f"Most hits: {_period(most)}."]
    above = known.loc[(known["hits"].astype(float) / known["expected"]).idxmax()]
    if above["hits"] > above["expected"]:
        said.append(f"Most above what the checks lead one to expect: {_period(above)}.")
    return tuple(said)


def _period(row: pd.Series) -> str:
    return (
        f"{amount(row['hits'])} in {amount(row['checked'])} checks from {row['starts']:{_LABELS}} UTC, "
        f"{row['expected']:.1f} expected"
    )


def checkpoint_line(deployment: Deployment) -> Fact:
    """Give a checkpoint in one line: its officers and its shift."""
    officers = f"{deployment.officers} · " if deployment.officers else ""
    return Fact(deployment.name, f"{officers}{deployment.shift}")


def checkpoint_facts(deployment: Deployment) -> tuple[Fact, ...]:
    """Give what a plan says of a checkpoint."""
    facts = [Fact("Shift", deployment.shift)]
    if deployment.officers:
        facts.insert(0, Fact("Officers", str(deployment.officers)))
    if deployment.remarks:
        facts.append(Fact("Remarks", deployment.remarks))
    facts.append(Fact("Position", f"{deployment.lat:.4f}° N, {deployment.lon:.4f}° E"))
    return tuple(facts)


def crossing_facts(crossing: pd.Series) -> tuple[Fact, ...]:
    """Give what the crossings table knows of a crossing."""
    facts = [
        Fact(
            "Border",
            f"{crossing['country_a']} – {crossing['country_b']}, {crossing['border_type'].replace('_', ' ')}",
        ),
        Fact("Category", f"{crossing['category']}, {crossing['traffic_type'].replace('+', ' and ')}"),
    ]
    if crossing["opening_hours"]:
        facts.append(Fact("Opening hours", str(crossing["opening_hours"])))
    if pd.notna(crossing["persons_per_year"]):
        year = f" ({crossing['traffic_year']:.0f})" if pd.notna(crossing["traffic_year"]) else ""
        facts.append(Fact("Persons a year", amount(crossing["persons_per_year"]) + year))
    return tuple(facts)
