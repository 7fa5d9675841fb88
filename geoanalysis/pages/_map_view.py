"""
The map of a page: shows a scene, keeps the user's view between reruns, tells what was clicked and drawn.

Only layers whose content changed are drawn again. Everything that the browser needs comes from this app.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import streamlit as st
from streamlit.components.v1 import declare_component

from geoanalysis.maps.browser_assets import ASSETS, BASEMAP, SCRIPTS, STYLES, require_assets
from geoanalysis.maps.payload import layer_payload, scene_payload
from geoanalysis.maps.scene import Extent, Layer, Scene

_SCRIPT = Path(__file__).parent / "map_view.js"
_NAME = "browser_assets"
_HTML = """
<div class="border-map"></div>
<div class="bm-legend" role="group" aria-label="Legend"></div>
"""


@dataclass(frozen=True, slots=True)
class MapEvent:
    """What the user just did on the map; fields that are None did not happen."""

    clicked_id: str | None = None
    drawn: dict[str, object] | None = None
    extent: Extent | None = None


def map_view(
    scene: Scene,
    *,
    key: str,
    on_event: Callable[[MapEvent], None],
    fly_to: Extent | None = None,
    draw: bool = False,
    height: int = 620,
) -> None:
    """
    Draw the map.

    Parameters
    ----------
    scene
        What to show; its extent counts when the map is first drawn.
    key
        Names this map in the session.
    on_event
        Called before the next run of the page, once for each click, drawing or move.
    fly_to
        Frame to move to in this run.
    draw
        Whether polygons and rectangles can be drawn.
    height
        Height in pixels.
    """
    require_assets()
    data = {
        **scene_payload(scene, _payload_of),
        "assets": f"{_prefix()}/component/{__name__}.{_NAME}/",
        "scripts": SCRIPTS,
        "styles": STYLES,
        "basemap": BASEMAP,
        "draw": draw,
        "fly": _flight(key, fly_to),
        "height": height,
    }
    _component()(
        key=key,
        data=data,
        on_clicked_change=lambda: on_event(MapEvent(clicked_id=_value(key, "clicked")["id"])),
        on_drawn_change=lambda: on_event(MapEvent(drawn=_value(key, "drawn"))),
        on_extent_change=lambda: on_event(MapEvent(extent=Extent(*_value(key, "extent")))),
    )


def _payload_of(layer: Layer) -> dict[str, object]:
    return _kept_payload(layer.digest, layer)


@st.cache_resource(max_entries=128, show_spinner=False)
def _kept_payload(digest: str, _layer: Layer) -> dict[str, object]:  # noqa: ARG001 - the cache key
    return layer_payload(_layer)


def _component() -> Callable[..., Any]:
    """Register the component and the route of its files; doing so again changes nothing."""
    declare_component(_NAME, path=str(ASSETS))
    return cast(
        "Callable[..., Any]",
        st.components.v2.component(
            "border_map",
            html=_HTML,
            js=_SCRIPT.read_text("utf-8"),
            isolate_styles=False,
        ),
    )


def _prefix() -> str:
    """Give the path under which the app is served, which a proxy may have set."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def _flight(key: str, fly_to: Extent | None) -> dict[str, object]:
    """Give the last flight of a map with its number, so that the browser takes off once for each."""
    door = f"{key}.flight"
    if fly_to is not None:
        number = st.session_state.get(door, {"number": 0})["number"]
        extent = [fly_to.west, fly_to.south, fly_to.east, fly_to.north]
        st.session_state[door] = {"number": number + 1, "extent": extent}
    return cast("dict[str, object]", st.session_state.get(door, {"number": 0}))


def _value(key: str, name: str) -> Any:
    return st.session_state[key][name]
