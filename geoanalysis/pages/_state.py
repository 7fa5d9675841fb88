"""The only door to the session: what this user has open, picked and looks at."""

from dataclasses import replace
from datetime import date
from typing import TypeAlias, TypeVar, cast

import streamlit as st

from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.domain.operation import Operation, Plan
from geoanalysis.pages import _data
from geoanalysis.pages._views import PlanView, ReviewView

View: TypeAlias = PlanView | ReviewView
V = TypeVar("V", PlanView, ReviewView)

_OPERATION = "open.operation"
_PLAN = "open.plan"
_UNDO = "open.undo"
_LAST = "open.last_view"
_UNDO_STEPS = 50


def operation() -> Operation:
    """Give the operation that is open: the bundled exercise until another is loaded."""
    return cast("Operation", st.session_state.get(_OPERATION) or _data.exercise())


def open_operation(opened: Operation | None) -> None:
    """Open an operation; None goes back to the bundled exercise."""
    st.session_state[_OPERATION] = opened


def plan() -> Plan:
    """Give the plan that is being made."""
    return cast("Plan", st.session_state.setdefault(_PLAN, Plan("plan-1", "New plan", date(2022, 10, 26))))


def change_plan(changed: Plan) -> None:
    """Replace the plan and keep the one before for `undo_plan`."""
    if changed != plan():
        st.session_state[_UNDO] = (*undo_steps(), plan())[-_UNDO_STEPS:]
        st.session_state[_PLAN] = changed


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
        st.session_state[key] = kind.from_query(st.query_params.to_dict())
    return cast("V", st.session_state[key])


def show(shown: View) -> None:
    """Remember what a page shows and put it in the address bar, ready to be copied."""
    linked = replace(shown, operation=fingerprint(operation()))
    if isinstance(linked, PlanView):
        linked = replace(linked, plan=fingerprint(plan()) if plan().deployments else "")
    st.session_state[f"open.{type(linked).__name__}"] = linked
    st.session_state[_LAST] = linked
    st.query_params.from_dict(linked.to_query())


def last_view() -> View | None:
    """Give what was looked at last on the Plan or Review page."""
    return cast("View | None", st.session_state.get(_LAST))
