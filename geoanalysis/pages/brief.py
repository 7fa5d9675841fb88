"""Brief: the view you came from, page by page as it will be printed, in every format."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, cast
from urllib.parse import urlencode

import streamlit as st

from geoanalysis import briefing
from geoanalysis.briefing import Part
from geoanalysis.domain.errors import GeoanalysisError
from geoanalysis.domain.marking import handling_words
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.pages import _brief_files, _briefs, _state
from geoanalysis.pages._controls import choose_many, choose_one
from geoanalysis.pages._views import BriefView, PlaceView, PlanView, ReviewView

_CAME_FROM: Final[dict[type[_state.View], str]] = {
    PlanView: "plan",
    PlaceView: "checkpoints",
    ReviewView: "review",
}
_PARTS: Final = {
    Part.SUMMARY: "Headline",
    Part.MAP: "Map",
    Part.PLACES: "Top table",
    Part.TIMELINE: "Timeline",
    Part.RESULTS: "Result sheet",
    Part.PLAN: "Plan",
    Part.COMPARISON: "Comparison",
    Part.ATLAS: "Atlas",
}
_NO_ACTION: Final = "too little is reported in the open action, or in what the filters of Review leave of it"
_EMPTY: Final = {
    Part.PLAN: "pick checkpoints on Plan",
    Part.COMPARISON: "keep an action on Review (Compare), or a plan on Checkpoints, then open another one",
    Part.ATLAS: "there is no hot spot, or no checkpoint; choose which of them get a page",
}
_CONTENTS: Final = "brief.contents"
_TEMPLATE: Final = "brief.template"
_LONGEST_TITLE: Final = 90
_LONGEST_MARKING: Final = 80
_MOST_LEAST: Final = 100


def page() -> None:
    """Draw the page."""
    st.title("Brief")
    view = _view()
    _state.say_what_is_missing()
    left, right = st.columns([0.3, 0.7], gap="medium")
    with left:
        wanted = _form(_usual(_state.brief_view(), view))
    _state.remember_brief(wanted)
    shown = _state.link(view, page=_CAME_FROM[type(view)], **wanted.to_query())
    try:
        material = _briefs.material(shown, wanted)
        with left:
            wishes = _wishes(material, wanted, shown)
        imprint = briefing.Imprint(_registration(left), _address(), _briefs.minute())
        document = briefing.identified(briefing.briefing(material, wishes, imprint))
    except GeoanalysisError as problem:
        right.error(_sentence(problem))
        return
    with right:
        _state.say(document.notices)
        _say_what_is_empty(document)
        _brief_files.show(document, briefing.PageForm(wanted.paper, wanted.portrait, wanted.theme))


def _view() -> _state.View:
    """Give the view looked at last, or in a fresh session the one that the link names."""
    linked = st.query_params.get("page")
    if _state.last_view() is not None or linked is None:
        return _state.last_view() or _state.view(ReviewView)
    if linked == _CAME_FROM[PlaceView]:
        return _state.view(PlaceView)
    return _state.view(PlanView) if linked == _CAME_FROM[PlanView] else _state.view(ReviewView)


def _usual(wanted: BriefView, view: _state.View) -> BriefView:
    """Give a plan an atlas of its checkpoints, an action one of its hot spots, until the user chooses."""
    of = "hot spots" if isinstance(view, ReviewView) else "checkpoints"
    return replace(wanted, atlas_of=wanted.atlas_of or of)


def _form(wanted: BriefView) -> BriefView:
    """Ask for contents, page and what may be told."""
    wanted = replace(wanted, contents=_contents(wanted))
    paper, turned, theme = st.columns(3)
    with paper:
        wanted = replace(
            wanted, paper=choose_one("Page", list(briefing.PAPERS), wanted.paper, key="brief.paper")
        )
    with turned:
        ways = ["landscape", "portrait"]
        way = choose_one("Turned", ways, ways[wanted.portrait], key="brief.turned")
        wanted = replace(wanted, portrait=way == "portrait")
    with theme:
        wanted = replace(
            wanted, theme=choose_one("Colours", list(briefing.THEMES), wanted.theme, key="brief.theme")
        )
    return _disclosure(wanted)


def _contents(wanted: BriefView) -> tuple[str, ...]:
    st.segmented_control(
        "Template",
        list(briefing.TEMPLATES),
        key=_TEMPLATE,
        format_func=str.capitalize,
        default=_template_of(wanted.contents),
        on_change=_take_template,
        help="The usual contents of a briefing; choose single ones below.",
    )
    known = [part.value for part in Part]
    chosen = choose_many(
        "Contents",
        known,
        wanted.contents,
        key=_CONTENTS,
        words=lambda key: _PARTS[Part(key)],
        empty=_PARTS[Part.MAP],
    )
    return tuple(part for part in known if part in chosen) or (Part.MAP.value,)


def _template_of(contents: tuple[str, ...]) -> str | None:
    return next((name for name, parts in briefing.TEMPLATES.items() if parts == contents), None)


def _take_template() -> None:
    name = st.session_state[_TEMPLATE]
    if name is not None:
        st.session_state[_CONTENTS] = [part.value for part in briefing.template(name)]


def _disclosure(wanted: BriefView) -> BriefView:
    """Ask up to which handling code records are shown, and how small a count may be told."""
    codes = [code.value for code in Handling]
    up_to = choose_one(
        "Show records up to handling code",
        codes,
        wanted.up_to,
        key="brief.up_to",
        words=lambda code: f"{code}: {handling_words(Handling(code))}",
    )
    least = st.number_input(
        "Do not tell counts below",
        0,
        _MOST_LEAST,
        int(wanted.least),
        key="brief.least",
        help="0 tells all. What gives a small count away is not told either.",
    )
    atlas_of = wanted.atlas_of
    if Part.ATLAS in wanted.contents:
        atlas_of = choose_one(
            "One page for each of the", ["hot spots", "checkpoints"], wanted.atlas_of, key="brief.atlas_of"
        )
    return replace(wanted, up_to=up_to, least=float(least), atlas_of=atlas_of)


def _wishes(material: briefing.Material, wanted: BriefView, view: _state.View) -> briefing.Wishes:
    """Ask for the words: marking, title, headline and findings, as proposed until they are edited."""
    marking = st.text_input(
        "Marking before the handling code",
        max_chars=_LONGEST_MARKING,
        key="brief.marking",
        persist_state="session",
        help="For example LIMITED. This tool is not accredited for EU classified information.",
    )
    title = _proposed("Title", material.scene.title, st.text_input, max_chars=_LONGEST_TITLE)
    headline = ""
    if Part.SUMMARY in wanted.contents:
        headline = _proposed(
            "Headline", briefing.proposed_headline(material), st.text_input, max_chars=_LONGEST_TITLE
        )
    proposed = briefing.proposed_findings(material)
    findings = _proposed("Findings, one a line", "\n".join(proposed), st.text_area, height=200)
    return briefing.Wishes(
        tuple(Part(part) for part in wanted.contents),
        title,
        headline,
        tuple(line.strip() for line in findings.splitlines() if line.strip()),
        marking,
        cast("briefing.AtlasOf", wanted.atlas_of),
        _briefs.left_out(view, wanted),
    )


def _say_what_is_empty(document: briefing.Document) -> None:
    """Say which contents have nothing to show, and what would change that."""
    for part in document.empty:
        st.caption(f"*{_PARTS[Part(part)]}* has nothing to show: {_EMPTY.get(Part(part), _NO_ACTION)}.")


def _proposed(label: str, proposal: str, ask: Callable[..., str | None], **how: int) -> str:
    """Let the user edit a proposal; another proposal makes a new field."""
    return ask(label, proposal, key=f"brief.{label}.{proposal}", persist_state="session", **how) or ""


def _registration(place: st.delta_generator.DeltaGenerator) -> str:
    return place.text_input(
        "Registration number",
        max_chars=_LONGEST_MARKING,
        key="brief.registration",
        persist_state="session",
        placeholder="a hash of the content",
    )


def _address() -> str:
    """Give the address of this page, without the machine: it opens the same view where the data is open."""
    return f"/brief?{urlencode(st.query_params.to_dict(), safe='~:,')}"


def _sentence(problem: Exception) -> str:
    words = str(problem)
    return f"{words[:1].upper()}{words[1:]}."
