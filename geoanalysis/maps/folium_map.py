"""Scenes as folium maps that ask nothing of any network."""

import json
import re
from typing import Final

import folium
from branca.element import MacroElement
from folium.template import Template

from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.payload import scene_payload
from geoanalysis.maps.scene import Scene

ASSET = "asset:"
"""Prefix of the names of browser assets in a map's links; whoever serves or inlines the map replaces it."""

_TEMPLATE_MARK: Final = re.compile(r"\{(?=[{%#])")


class SceneElement(MacroElement):
    """Draws a scene on the folium map that it is added to."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        BorderMap.show({{ this._parent.get_name() }}, {{ this.scene }}, {{ this.basemap }});
        {% endmacro %}
    """)

    def __init__(self, scene: Scene, basemap: Basemap) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Scene"
        self.scene = _for_script(json.dumps(scene_payload(scene), ensure_ascii=False))
        self.basemap = _for_script(basemap.to_json())


def folium_map(scene: Scene, basemap: Basemap) -> folium.Map:
    """
    Give a folium map of the scene.

    Its scripts and styles are named ``asset:FILE`` after the browser assets; nothing else is linked.
    """
    drawn = folium.Map(
        tiles=None, zoom_control=True, attributionControl=False, maxZoom=14, minZoom=3.5, zoomSnap=0.25
    )
    drawn.default_js = [(name, ASSET + name) for name in ("leaflet.js", "border_map.js")]
    drawn.default_css = [(name, ASSET + name) for name in ("leaflet.css", "border_map.css")]
    SceneElement(scene, basemap).add_to(drawn)
    return drawn


def _for_script(text: str) -> str:
    """
    Make JSON safe inside a script element: no tag can end it, no line separator can break it.

    branca compiles the finished script once more as a Jinja template, where the text of a record would run on
    the server. The marks that open an expression, statement or comment stand in JSON only inside text.
    """
    text = _TEMPLATE_MARK.sub(r"\\u007b", text)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
