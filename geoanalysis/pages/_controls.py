"""The widgets that pages share: filters whose values live in the view and survive a change of page."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st


def choose_many(
    label: str,
    choices: Sequence[str],
    chosen: Sequence[str],
    *,
    key: str,
    words: Callable[[str], str] = str,
    empty: str = "all",
) -> tuple[str, ...]:
    """
    Let the user choose any of the choices; `empty` says what choosing none means.

    What has been put in the session under the key, as by a click on the map, goes before `chosen`.
    """
    kept = [value for value in chosen if value in choices]
    return tuple(
        st.multiselect(
            label,
            choices,
            None if key in st.session_state else kept,
            format_func=words,
            key=key,
            persist_state="session",
            placeholder=empty,
        )
    )


def choose_or_write(
    label: str, offered: Sequence[str], chosen: Sequence[str], *, key: str, most: int, words: str
) -> tuple[str, ...]:
    """Let the user choose at most so many of what is offered, or write more; as `choose_many` otherwise."""
    kept = list(chosen)[:most]
    return tuple(
        st.multiselect(
            label,
            list(dict.fromkeys([*kept, *offered])),
            None if key in st.session_state else kept,
            key=key,
            max_selections=most,
            accept_new_options=True,
            help=words,
            persist_state="session",
            placeholder="place, or lon,lat",
        )
    )


def choose_one(
    label: str,
    choices: Sequence[str],
    chosen: str,
    *,
    key: str,
    words: Callable[[str], str] = str,
    disabled: bool = False,
) -> str:
    """Let the user choose exactly one of the choices."""
    index = choices.index(chosen) if chosen in choices else 0
    return str(
        st.selectbox(
            label, choices, index, format_func=words, key=key, disabled=disabled, persist_state="session"
        )
    )


def switch(label: str, choices: Sequence[str], chosen: str, *, key: str) -> str:
    """Let the user choose exactly one of few choices, all in sight."""
    default = None if key in st.session_state else chosen if chosen in choices else choices[0]
    return str(
        st.segmented_control(label, choices, default=default, required=True, key=key, persist_state="session")
    )


def choose_day(label: str, chosen: date, *, key: str) -> date:
    """Let the user choose a day; what has been put in the session under the key goes before `chosen`."""
    given = "today" if key in st.session_state else chosen
    return st.date_input(label, given, key=key, persist_state="session")


def choose_number(
    label: str, chosen: float, *, low: float, high: float, step: float, key: str, words: str | None = None
) -> float:
    """Let the user set a number within bounds; `words` explain it."""
    bounded = float(min(max(chosen, low), high))
    return float(
        st.number_input(
            label,
            float(low),
            float(high),
            bounded,
            float(step),
            format="%g",
            key=key,
            help=words,
            persist_state="session",
        )
    )
