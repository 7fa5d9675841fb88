"""Brief: the view you came from, as the page that will be printed and as one file that opens offline."""

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from geoanalysis.briefing import snapshot_png
from geoanalysis.maps.scene import Scene
from geoanalysis.maps.standalone import standalone_html
from geoanalysis.pages import _data, _scenes, _state
from geoanalysis.pages._views import PlanView, ReviewView

_PAGES = {"16:9": "Slide (16:9)", "A4": "A4 landscape"}


def page() -> None:
    """Draw the page."""
    st.title("Brief")
    view = _view()
    scene = _with_words(_scenes.scene_of(view))
    form = st.segmented_control(
        "Page", list(_PAGES), format_func=_PAGES.__getitem__, default="16:9", required=True, key="brief.page"
    )
    png = snapshot_png(scene, _data.basemap(), page=form)
    _downloads(scene, png)
    st.image(png, alt=f"Preview: {scene.title}. {'; '.join(_legend(scene))}")
    st.caption("Legend of this page: " + " · ".join(_legend(scene)))


def _view() -> _state.View:
    """Give the view that the link names, or else the one looked at last."""
    query = st.query_params.to_dict()
    if query.get("page") == "plan":
        return PlanView.from_query(query)
    if query.get("page") == "review":
        return ReviewView.from_query(query)
    return _state.last_view() or _state.view(ReviewView)


def _with_words(scene: Scene) -> Scene:
    title = st.text_input("Title", scene.title, max_chars=90, key=f"brief.title.{scene.title}")
    return replace(scene, title=title or scene.title)


def _downloads(scene: Scene, png: bytes) -> None:
    columns = st.columns(2)
    name = f"briefing_{datetime.now(UTC):%Y%m%d_%H%M}_{scene.handling}"
    columns[0].download_button(
        "Download the picture (PNG)", png, f"{name}.png", "image/png", on_click="ignore", type="primary"
    )
    columns[1].download_button(
        "Download one offline file (HTML)",
        lambda: standalone_html(scene, _data.basemap()),
        f"{name}.html",
        "text/html",
        on_click="ignore",
    )


def _legend(scene: Scene) -> list[str]:
    return [f"{entry.words} ({entry.count})" for layer in scene.layers for entry in layer.legend]
