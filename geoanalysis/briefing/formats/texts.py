"""Names that differ, and text that files can hold."""

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def distinct(
    names: Iterable[str], *, taken: Iterable[str] = (), longest: int = 255, joint: str = "_"
) -> list[str]:
    """
    Give the names, with a number at the end of those that are taken, whatever their case.

    Examples
    --------
    >>> distinct(["roads", "Roads", "about"], taken=["about"])
    ['roads', 'Roads_2', 'about_2']
    """
    known = {name.casefold() for name in taken}
    found = []
    for name in names:
        tries = (name[: longest - len(end)] + end for end in _endings(joint))
        free = next(name for name in tries if name.casefold() not in known)
        known.add(free.casefold())
        found.append(free)
    return found


def _endings(joint: str) -> Iterator[str]:
    yield ""
    yield from (f"{joint}{number}" for number in count(2))


def xml_text(text: str) -> str:
    """Show characters that XML 1.0 cannot hold, as control characters, as the replacement character."""
    return _NOT_IN_XML.sub("\ufffd", text)
