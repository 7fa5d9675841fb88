"""The only door to the session: what this user has open, picked and looks at."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypeAlias, TypeVar, cast

import streamlit as st

from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.domain.marking import EXERCISE_NOTICE
from geoanalysis.domain.operation import Operation, Plan
from geoanalysis.pages import _data
from geoanalysis.pages._views import BriefView, PlaceView, PlanView, ReviewView

View: TypeAlias = PlanView | PlaceView | ReviewView
V = TypeVar("V", PlanView, PlaceView, ReviewView)

_OPERATION = "open.operation"
_PLAN = "open.plan"
_OPENED = "open.opened_plan"
_KEPT = "open.kept_plans"
_KEPT_OPERATION = "open.kept_operation"
_UNDO = "open.undo"
_LAST = "open.last_view"
_WANTED = "open.wanted_by_link"
_BRIEF = "open.BriefView"
_UNDO_STEPS = 50


def operation() -> Operation:
    """Give the operation that is open: the bundled exercise until another is loaded."""
    return cast("Operation", st.session_state.get(_OPERATION) or _data.exercise())


def say_if_exercise() -> None:
    """Say it on the page where the open operation is an exercise."""
    say((EXERCISE_NOTICE,) * operation().exercise)


def say(notices: Iterable[str]) -> None:
    """Show notices that no reader may miss."""
    for notice in notices:
        st.markdown(f":red-badge[{notice}]")


def open_operation(opened: Operation | None) -> None:
    """Open an operation; None goes back to the bundled exercise."""
    st.session_state[_OPERATION] = opened


def keep_operation() -> None:
    """Put the open operation on the shelf, to be compared with another one."""
    st.session_state[_KEPT_OPERATION] = operation()


def kept_operation() -> Operation | None:
    """Give the operation on the shelf, if there is one."""
    return cast("Operation | None", st.session_state.get(_KEPT_OPERATION))


def plan() -> Plan:
    """Give the plan that is being made."""
    return cast("Plan", st.session_state.setdefault(_PLAN, Plan("plan-1", "New plan", date(2022, 10, 26))))


def plan_hash() -> str:
    """Give the hash by which links and file names tell plans apart; nothing while nothing is picked."""
    return fingerprint(plan().deployments) if plan().deployments else ""


def change_plan(changed: Plan) -> None:
    """Replace the plan and keep the one before for `undo_plan`."""
    if changed != plan():
        st.session_state[_UNDO] = (*undo_steps(), plan())[-_UNDO_STEPS:]
        st.session_state[_PLAN] = changed


def open_plan(opened: Plan) -> None:
    """Open a plan from a file, from the next run of the page on: widgets cannot be changed once drawn."""
    st.session_state[_OPENED] = opened


def take_opened_plan() -> None:
    """Take over a plan that has been opened; the widgets drawn after this show its name and day."""
    opened = cast("Plan | None", st.session_state.pop(_OPENED, None))
    if opened is not None:
        change_plan(opened)
        st.session_state["plan.on"] = opened.on
        st.session_state[f"plan.name.{opened.plan_id}"] = opened.name
        remember(replace(view(PlanView), on=opened.on))


def keep_plan() -> None:
    """Put the plan on the shelf, to be compared; one of the same name is replaced."""
    others = tuple(kept for kept in kept_plans() if kept.name != plan().name)
    st.session_state[_KEPT] = (*others, plan())


def kept_plans() -> tuple[Plan, ...]:
    """Give the plans on the shelf."""
    return cast("tuple[Plan, ...]", st.session_state.get(_KEPT, ()))


def undo_steps() -> tuple[Plan, ...]:
    """Give the plans before, the latest last."""
    return cast("tuple[Plan, ...]", st.session_state.get(_UNDO, ()))


def undo_plan() -> None:
    """Go back to the plan before."""
    *earlier, before = undo_steps()
    st.session_state[_UNDO], st.session_state[_PLAN] = tuple(earlier), before


def view(kind: type[V]) -> V:
    """Give what a page of that kind showed last; at first, what the link asks for."""
    key = f"open.{kind.__name__}"
    if key not in st.session_state:
        linked = kind.from_query(st.query_params.to_dict())
        st.session_state[_WANTED] = (getattr(linked, "plan", ""), linked.operation)
        st.session_state[key] = linked
    return cast("V", st.session_state[key])


def remember(shown: View) -> None:
    """Keep what a page shows, for its next run and for the Brief page."""
    st.session_state[f"open.{type(shown).__name__}"] = shown
    st.session_state[_LAST] = shown


def show(shown: View) -> None:
    """Remember what a page shows and put it in the address bar, ready to be copied."""
    remember(link(shown))


def link(shown: View, **more: str) -> View:
    """Put a view in the address bar, with the hashes of what it shows; give it with them."""
    linked: View = replace(shown, operation=fingerprint(operation()))
    if isinstance(linked, PlanView | PlaceView):
        linked = replace(linked, plan=plan_hash())
    st.query_params.from_dict({**more, **linked.to_query()})
    return linked


def last_view() -> View | None:
    """Give what was looked at last on the Plan, Checkpoints or Review page."""
    return cast("View | None", st.session_state.get(_LAST))


def say_what_is_missing() -> None:
    """Say which plan or operation a link shows that is not open here, and what to do."""
    open_here = (plan_hash(), fingerprint(operation()))
    wanted = st.session_state.get(_WANTED, ("", ""))
    missing = tuple("" if hash_ in open_here else hash_ for hash_ in wanted)
    st.session_state[_WANTED] = missing
    doors = ("plan", "under *Open a plan* on the Plan page"), ("operation", "on the Data page")
    for hash_, (kind, door) in zip(missing, doors, strict=True):
        if hash_:
            st.warning(
                f"This link shows {kind} {hash_}, which is not open here: "
                f"open the file that has {hash_} in its name {door}."
            )


def brief_view(kind: str) -> BriefView:
    """Give how the Brief page printed views of a page last; at first, as the link asks."""
    key = f"{_BRIEF}.{kind}"
    if key not in st.session_state:
        st.session_state[key] = BriefView.from_query(st.query_params.to_dict())
    return cast("BriefView", st.session_state[key])


def remember_brief(shown: BriefView, kind: str) -> None:
    """Keep how the Brief page prints views of a page."""
    st.session_state[f"{_BRIEF}.{kind}"] = shown


def take_once(door: str, content: bytes) -> bool:
    """Tell whether this content comes through that door for the first time; an upload stays in its widget."""
    key, digest = f"open.taken.{door}", fingerprint(content)
    if st.session_state.get(key) == digest:
        return False
    st.session_state[key] = digest
    return True
