"""The version of what is kept: every JSON file and every GeoPackage of ours names its layout."""

import json
from typing import Any, Final

from geoanalysis.domain.errors import StoreError

LAYOUT: Final = 1


def read_json(text: str, *, where: str) -> dict[str, Any]:
    """
    Read a JSON object of a layout that this version knows.

    Raises
    ------
    StoreError
        If it is damaged, no object, or of another layout; `where` names the file in the message.
    """
    try:
        content = json.loads(text)
    except (RecursionError, ValueError) as reason:
        raise StoreError(f"{where} is damaged: {reason}; restore it from a copy") from reason
    if not isinstance(content, dict):
        raise StoreError(f"{where} holds no JSON object; restore it from a copy")
    require_layout(content.get("layout"), where=where)
    return content


def require_layout(found: object, *, where: str) -> None:
    """
    Refuse what another version wrote.

    Raises
    ------
    StoreError
        If `found` is not the one that this version reads.
    """
    if found != LAYOUT:
        raise StoreError(
            f"{where} has layout {found!r}, this version reads {LAYOUT}: use the version that wrote it"
        )
