"""The widgets that pages share: filters whose values live in the view and survive a change of page."""

from collections.abc import Callable, Sequence

import streamlit as st


def choose_many(
    label: str,
    choices: Sequence[str],
    chosen: Sequence[str],
    *,
    key: str,
    words: Callable[[str], str] = str,
    most: int | None = None,
    open_list: bool = False,
    help_words: str | None = None,
) -> tuple[str, ...]:
    """Let the user choose any of the choices; with `open_list` also words of their own."""
    kept = [value for value in chosen if open_list or value in choices][:most]
    return tuple(
        st.multiselect(
            label,
            list(dict.fromkeys([*kept, *choices])) if open_list else choices,
            kept,
            format_func=words,
            key=key,
            max_selections=most,
            accept_new_options=open_list,
            help=help_words,
            persist_state="session",
            placeholder="all" if not open_list else "place, or lon,lat",
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


def choose_number(
    label: str, chosen: float, *, low: float, high: float, step: float, key: str, words: str | None = None
) -> float:
    """Let the user set a number within bounds; `words` explain it."""
    bounded = min(max(chosen, low), high)
    return float(
        st.number_input(
            label, low, high, bounded, step, format="%g", key=key, help=words, persist_state="session"
        )
    )
