"""One HTML file that shows a scene on any machine, from a stick, without a network."""

import base64
import mimetypes
import re
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from branca.element import Element, Figure

from geoanalysis.domain.marking import BOUNDARY_DISCLAIMER, KOSOVO_FOOTNOTE, handling_marking
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.browser_assets import require_assets
from geoanalysis.maps.folium_map import ASSET, folium_map
from geoanalysis.maps.scene import Scene
from geoanalysis.maps.text import esc

_SCRIPT = re.compile(rf'<script src="{ASSET}([^"]+)"></script>')
_STYLE = re.compile(rf'<link rel="stylesheet" href="{ASSET}([^"]+)"\s*/>')
_URL = re.compile(r"url\(['\"]?([^'\")]+)['\"]?\)")
_LEGEND = '<aside id="legend" class="bm-legend" aria-label="Legend"></aside>'
_PAGE_STYLE = """
<style>
body { display: flex; flex-direction: column; height: 100vh; margin: 0; color: #1d2b36;
       font: 15px/1.4 "Source Sans Pro", "Segoe UI", sans-serif; }
header, footer { padding: 8px 18px; }
h1 { font-size: 24px; margin: 0; }
.marking { color: #b3123c; font-weight: 700; text-align: center; }
.findings { margin: 4px 0 0; padding-left: 20px; }
main { display: flex; flex: 1; min-height: 0; }
#legend { align-content: start; overflow: auto; padding: 4px 14px; width: 270px; }
.folium-map { flex: 1; position: relative !important; height: auto !important; width: 100% !important; }
footer { color: #4a5760; font-size: 12px; }
</style>
"""


def standalone_html(scene: Scene, basemap: Basemap, *, marking: str = "", said: Sequence[str] = ()) -> str:
    """
    Give the scene as one HTML file with everything inside: scripts, styles, pictures, land and data.

    Parameters
    ----------
    scene
        What it shows; layers that are switched off are left out, not only hidden.
    basemap
        What lies under it.
    marking
        Words of the user that stand before the handling code.
    said
        What else must be said at the foot.

    Raises
    ------
    MissingAssetsError
        If the browser assets are not installed.
    """
    assets, scene = require_assets(), scene.shown()
    marked = _joined([marking, handling_marking(scene.handling)])
    figure = cast("Figure", folium_map(scene, basemap).get_root())
    figure.title = esc(scene.title)
    figure.header.add_child(Element(_PAGE_STYLE), name="page_style")
    html = figure.render()
    body = html.index("<body>") + len("<body>")
    map_end = html.index("</body>")
    drawn = f"<main>{html[body:map_end]}{_LEGEND}</main>"
    html = html[:body] + _header(scene, marked) + drawn + _footer(scene, marked, said) + html[map_end:]
    html = _SCRIPT.sub(lambda link: f"<script>{_script(assets / link[1])}</script>", html)
    return _STYLE.sub(lambda link: f"<style>{_style(assets / link[1])}</style>", html)


def _header(scene: Scene, marked: str) -> str:
    notices = "".join(f'<div class="marking">{esc(notice)}</div>' for notice in scene.notices)
    findings = "".join(f"<li>{esc(sentence)}</li>" for sentence in scene.parameters)
    return (
        f'<header><div class="marking">{marked}</div>{notices}'
        f"<h1>{esc(scene.title)}</h1><div>{esc(scene.subtitle)}</div>"
        f'<ul class="findings">{findings}</ul></header>'
    )


def _footer(scene: Scene, marked: str, more: Sequence[str]) -> str:
    as_of = f"Data as of {scene.data_as_of:%d %b %Y %H:%M} UTC" if scene.data_as_of else ""
    method = f"Method: {' '.join(scene.method)}" if scene.method else ""
    lines = (as_of, *more, *scene.sources, method, BOUNDARY_DISCLAIMER, KOSOVO_FOOTNOTE)
    return f'<footer>{_joined(lines)}<div class="marking">{marked}</div></footer>'


def _joined(lines: Sequence[str]) -> str:
    """Give sentences in a row, each by itself: one that is written from the right turns no other round."""
    return " · ".join(f"<bdi>{esc(line)}</bdi>" for line in lines if line)


def _script(path: Path) -> str:
    return path.read_text("utf-8").replace("</script", "<\\/script")


def _style(path: Path) -> str:
    return _URL.sub(lambda link: f"url({_data_uri(path.parent / link[1])})", path.read_text("utf-8"))


def _data_uri(path: Path) -> str:
    """Give a picture of a style sheet as a data address; one that was not installed becomes empty."""
    if not path.is_file():
        return "data:,"
    kind = mimetypes.guess_type(path.name)[0]
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
