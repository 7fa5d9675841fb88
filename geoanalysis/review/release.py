"""What of an action may be disseminated under its handling codes."""

from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from geoanalysis.domain.errors import InputError
from geoanalysis.domain.marking import handling_words
from geoanalysis.domain.operation import Operation, Plan
from geoanalysis.domain.vocabularies import Handling

_CODES: Final = tuple(code.value for code in Handling)
_EVENT: Final = ["country", "seizure_id"]


@dataclass(frozen=True)
class Release:
    """An action without what may not be disseminated, and a sentence per handling code left out."""

    operation: Operation
    left_out: tuple[str, ...]


def releasable(operation: Operation, up_to: Handling = Handling.H1) -> Release:
    """
    Leave out what is handled more restrictively than `up_to`.

    A record without a handling code, or with one that is not known, counts as the most restrictive. A seizure
    with several items goes whole if one of them may not be told, since its other items tell of it.

    Parameters
    ----------
    operation
        All records and plans.
    up_to
        The most restrictive handling code that may leave the room.

    Returns
    -------
    Release
        The sentences name kinds of records and not how many, because that would disclose some of it. Counts
        are as reported: the hits of a check shift that may be told may include a seizure that is left out.
    """
    codes = {
        "seizures": _codes_of_events(operation.seizures),
        "check shifts": _codes(operation.check_shifts),
        "results": _codes(operation.results),
        "plans": pd.Series([plan.handling.value for plan in operation.plans], dtype="str"),
    }
    kept = {kind: of_kind <= up_to.value for kind, of_kind in codes.items()}
    released = replace(
        operation,
        seizures=_coded(operation.seizures)[kept["seizures"]].reset_index(drop=True),
        check_shifts=_coded(operation.check_shifts)[kept["check shifts"]].reset_index(drop=True),
        results=_coded(operation.results)[kept["results"]].reset_index(drop=True),
        plans=tuple(plan for plan, keep in zip(operation.plans, kept["plans"], strict=True) if keep),
    )
    return Release(released, _sentences(codes, up_to))


def require_releasable(plan: Plan, up_to: Handling) -> None:
    """
    Refuse a plan that may not be disseminated: without it nothing would be left to show.

    Raises
    ------
    InputError
        If its handling code is more restrictive than `up_to`.
    """
    if plan.handling.value > up_to.value:
        raise InputError(
            f"the plan {plan.name!r} has handling code {plan.handling}, {handling_words(plan.handling)}: "
            f"only up to {up_to} may be shown here; allow {plan.handling} if its provider does, or choose "
            "another plan"
        )


def _codes(records: pd.DataFrame) -> pd.Series:
    handling = records["handling"].astype("object")
    return handling.where(handling.isin(_CODES), Handling.H3.value)


def _coded(records: pd.DataFrame) -> pd.DataFrame:
    """Give the records with the codes that they count as, so that a marking made of them says so too."""
    return records.assign(handling=_codes(records).astype("str"))


def _codes_of_events(seizures: pd.DataFrame) -> pd.Series:
    """Give each item the most restrictive code of all items of its seizure."""
    coded = pd.DataFrame(seizures[_EVENT]).assign(code=_codes(seizures).map(_CODES.index))
    most = coded.groupby(_EVENT, dropna=False)["code"].transform("max")
    return most.map(lambda number: _CODES[int(number)]).astype("object")


def _sentences(codes: dict[str, pd.Series], up_to: Handling) -> tuple[str, ...]:
    said = []
    for code in Handling:
        kinds = [kind for kind, of_kind in codes.items() if (of_kind == code.value).any()]
        if code > up_to and kinds:
            words = _listed(kinds).capitalize()
            said.append(f"{words} of handling code {code} are left out: {handling_words(code)}.")
    return tuple(said)


def _listed(kinds: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(kinds[:-1]), kinds[-1]]))
