"""Brief: the view you came from, as the page that will be printed and as one file that opens offline."""

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from geoanalysis.briefing import snapshot_png
from geoanalysis.maps.scene import Scene
from geoanalysis.maps.standalone import standalone_html
from geoanalysis.pages import _data, _scenes, _state
from geoanalysis.pages._views import PlaceView, PlanView, ReviewView

_CAME_FROM: dict[type[_state.View], str] = {PlanView: "plan", PlaceView: "checkpoints", ReviewView: "review"}
_PAGES = {"16:9": "Slide (16:9)", "A4": "A4 landscape"}


def page() -> None:
    """Draw the page."""
    st.title("Brief")
    view = _view()
    _state.link(view, page=_CAME_FROM[type(view)])
    _state.say_what_is_missing()
    scene = _with_words(_scenes.scene_of(view))
    form = st.segmented_control(
        "Page", list(_PAGES), format_func=_PAGES.__getitem__, default="16:9", required=True, key="brief.page"
    )
    png = snapshot_png(scene, _data.basemap(), page=form)
    _state.say(scene.notices)
    _downloads(scene, png)
    st.image(png, alt=f"Preview: {scene.title}. {'; '.join(_legend(scene))}")
    st.caption("Legend of this page: " + " · ".join(_legend(scene)))


def _view() -> _state.View:
    """Give the view looked at last, or in a fresh session the one that the link names."""
    linked = st.query_params.get("page")
    if _state.last_view() is not None or linked is None:
        return _state.last_view() or _state.view(ReviewView)
    if linked == _CAME_FROM[PlaceView]:
        return _state.view(PlaceView)
    return _state.view(PlanView) if linked == _CAME_FROM[PlanView] else _state.view(ReviewView)


def _with_words(scene: Scene) -> Scene:
    title = st.text_input("Title", scene.title, max_chars=90, key=f"brief.title.{scene.title}")
    return replace(scene, title=title or scene.title)


def _downloads(scene: Scene, png: bytes) -> None:
    row = st.container(horizontal=True)
    name = f"briefing_{datetime.now(UTC):%Y%m%d_%H%M}_{scene.handling}"
    row.download_button(
        "Download the picture (PNG)", png, f"{name}.png", "image/png", on_click="ignore", type="primary"
    )
    row.download_button(
        "Download one offline file (HTML)",
        lambda: standalone_html(scene, _data.basemap()),
        f"{name}.html",
        "text/html",
        on_click="ignore",
    )


def _legend(scene: Scene) -> list[str]:
    entries = [entry for layer in scene.layers for entry in layer.legend]
    return [entry.words if entry.count is None else f"{entry.words} ({entry.count})" for entry in entries]
