"""Brief: the view you came from, page by page as it will be printed, in every format."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, cast
from urllib.parse import urlencode

import streamlit as st

from geoanalysis import briefing, review
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
_NOT_SHOWN: Final = "the records that may be shown do not tell it"
_EMPTY: Final = {
    Part.PLAN: "pick checkpoints on Plan",
    Part.COMPARISON: "keep an action on Review (Compare), or a plan on Checkpoints, then open another one",
    Part.ATLAS: "there is no hot spot, or no checkpoint; choose which of them get a page",
}
_LONGEST_TITLE: Final = 90
_MANY_FINDINGS: Final = 8


def page() -> None:
    """Draw the page."""
    st.title("Brief")
    view = _view()
    _state.say_what_is_missing()
    left, right = st.columns([0.3, 0.7], gap="medium")
    with left:
        wanted = _form(_usual(_state.brief_view(_kind(view)), view), _kind(view))
    _state.remember_brief(wanted, _kind(view))
    shown = _state.link(view, page=_kind(view), **wanted.to_query())
    try:
        material = _briefs.material(shown, wanted)
        with left:
            wishes = _wishes(material, wanted, shown)
        imprint = briefing.Imprint(_registration(left, _subject(shown)), _address(), _briefs.minute())
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


def _kind(view: _state.View) -> str:
    """Name the page that a view is of: contents are chosen for each."""
    return _CAME_FROM[type(view)]


def _subject(view: _state.View) -> str:
    """Name what is briefed on: words that were edited belong to it."""
    if isinstance(view, ReviewView):
        return f"{_state.operation().operation_id}.{_state.operation().name}"
    return _state.plan().plan_id


def _usual(wanted: BriefView, view: _state.View) -> BriefView:
    """Give a plan its template and an atlas of its checkpoints, an action one of hot spots, at first."""
    if isinstance(view, ReviewView):
        return replace(wanted, atlas_of=wanted.atlas_of or "hot spots")
    fresh = wanted == BriefView() and bool(_state.plan().deployments)
    contents = briefing.template("plan") if fresh else wanted.contents
    return replace(wanted, contents=contents, atlas_of=wanted.atlas_of or "checkpoints")


def _form(wanted: BriefView, kind: str) -> BriefView:
    """Ask for contents, page and what may be told."""
    wanted = replace(wanted, contents=_contents(wanted, kind))
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
    return _disclosure(wanted, kind)


def _contents(wanted: BriefView, kind: str) -> tuple[str, ...]:
    st.segmented_control(
        "Template",
        list(briefing.TEMPLATES),
        key=f"brief.template.{kind}",
        format_func=str.capitalize,
        default=_template_of(wanted.contents),
        on_change=_take_template,
        args=(kind,),
        help="The usual contents of a briefing; choose single ones below.",
    )
    known = [part.value for part in Part]
    chosen = choose_many(
        "Contents",
        known,
        wanted.contents,
        key=f"brief.contents.{kind}",
        words=lambda key: _PARTS[Part(key)],
        empty=_PARTS[Part.MAP],
    )
    return tuple(part for part in known if part in chosen) or (Part.MAP.value,)


def _template_of(contents: tuple[str, ...]) -> str | None:
    return next((name for name, parts in briefing.TEMPLATES.items() if parts == contents), None)


def _take_template(kind: str) -> None:
    name = st.session_state[f"brief.template.{kind}"]
    if name is not None:
        st.session_state[f"brief.contents.{kind}"] = [part.value for part in briefing.template(name)]


def _disclosure(wanted: BriefView, kind: str) -> BriefView:
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
        review.MOST_LEAST,
        min(max(int(wanted.least), 0), review.MOST_LEAST),
        key="brief.least",
        help="0 tells all. What gives a small count away is not told either.",
    )
    atlas_of = wanted.atlas_of
    if Part.ATLAS in wanted.contents:
        atlas_of = choose_one(
            "One page for each of the",
            ["hot spots", "checkpoints"],
            wanted.atlas_of,
            key=f"brief.atlas_of.{kind}",
        )
    return replace(wanted, up_to=up_to, least=float(least), atlas_of=atlas_of)


def _wishes(material: briefing.Material, wanted: BriefView, view: _state.View) -> briefing.Wishes:
    """Ask for the words: marking, title, headline and findings, as proposed until they are edited."""
    marking = st.text_input(
        "Marking before the handling code",
        max_chars=briefing.LONGEST_MARKING,
        key="brief.marking",
        persist_state="session",
        help="For example LIMITED. This tool is not accredited for EU classified information.",
    )
    subject = _subject(view)
    title = _proposed("Title", material.scene.title, subject, st.text_input, max_chars=_LONGEST_TITLE)
    headline = ""
    if Part.SUMMARY in wanted.contents:
        proposed = briefing.proposed_headline(material)
        headline = _proposed("Headline", proposed, subject, st.text_input, max_chars=_LONGEST_TITLE)
    lines = "\n".join(briefing.proposed_findings(material))
    findings = _proposed("Findings, one a line", lines, subject, st.text_area, height=200)
    if len(findings.splitlines()) > _MANY_FINDINGS:
        st.caption("What has no room on a page is counted there: ... and n more.")
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
    why = _NOT_SHOWN if document.about.left_out else _NO_ACTION
    for part in map(Part, document.empty):
        st.caption(f"*{_PARTS[part]}* has nothing to show: {_EMPTY.get(part, why)}.")


def _proposed(label: str, proposal: str, subject: str, ask: Callable[..., str | None], **how: int) -> str:
    """Let the user edit a proposal: another one takes its place, but never that of edited words."""
    key = f"brief.{label}.{subject}"
    seen = f"{key}.proposal"
    edited = st.session_state.get(key) not in {None, st.session_state.get(seen)}
    if not edited:
        st.session_state[key] = st.session_state[seen] = proposal
    words = ask(label, key=key, persist_state="session", **how) or ""
    if edited and st.session_state[seen] != proposal:
        st.caption("These are your words. The figures have changed since: other words are proposed now.")
        st.button("Take the proposal", on_click=_take, args=(key, seen, proposal), key=f"{key}.take")
    return words


def _take(key: str, seen: str, proposal: str) -> None:
    st.session_state[key] = st.session_state[seen] = proposal


def _registration(place: st.delta_generator.DeltaGenerator, subject: str) -> str:
    return place.text_input(
        "Registration number",
        max_chars=briefing.LONGEST_MARKING,
        key=f"brief.registration.{subject}",
        persist_state="session",
        placeholder="a hash of the content",
        help="The link at the foot of a page reopens view and contents; words typed here are not in it.",
    )


def _address() -> str:
    """Give the address of this page, without the machine: it opens the same view where the data is open."""
    return f"/brief?{urlencode(st.query_params.to_dict(), safe='~:,')}"


def _sentence(problem: Exception) -> str:
    words = str(problem)
    return f"{words[:1].upper()}{words[1:]}."
