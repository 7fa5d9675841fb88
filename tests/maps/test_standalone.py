import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from geoanalysis.domain.marking import BOUNDARY_DISCLAIMER, KOSOVO_FOOTNOTE, handling_marking
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.browser_assets import require_assets
from geoanalysis.maps.folium_map import folium_map
from geoanalysis.maps.scene import Scene
from geoanalysis.maps.standalone import standalone_html

MAP = "window[Object.keys(window).find((name) => name.startsWith('map_'))]"
LABELS = f"""() => {{
    const labels = [];
    {MAP}.eachLayer((item) => {{
        if (!item.featureId) return;
        item.openTooltip();
        labels.push(item.getTooltip().getElement().textContent);
        item.closeTooltip();
    }});
    return labels;
}}"""
NAMESPACE = "http://www.w3.org/2000/svg"

Make = Callable[[str], Scene]
Ground = Callable[[str], Basemap]
Open = Callable[[str], Page]


@pytest.fixture
def html(scene_with: Make, basemap_with: Ground) -> str:
    return standalone_html(scene_with("Kapitan Andreevo"), basemap_with("Land"))


def shown_text(page: Page, selector: str) -> str:
    return "\n".join(page.locator(selector).all_text_contents())


def test_a_map_links_only_installed_files(scene_with: Make, basemap_with: Ground) -> None:
    drawn = folium_map(scene_with("Kapitan Andreevo"), basemap_with("Land"))
    links = [address for _, address in (*drawn.default_js, *drawn.default_css)]
    assert all((require_assets() / link.removeprefix("asset:")).is_file() for link in links)
    assert re.findall(r"https?://", drawn.get_root().render()) == []


def test_the_file_names_no_address_of_its_own(html: str) -> None:
    for name in ("leaflet.js", "border_map.js", "leaflet.css"):
        ours = (require_assets() / name).read_text("utf-8")
        assert ours[:60] in html
    leaflet = (require_assets() / "leaflet.js").read_text("utf-8").replace("</script", "<\\/script")
    rest = html.replace(leaflet, "").replace(NAMESPACE, "")
    styles = re.findall(r"https?://\S*", re.sub(r"/\*.*?\*/", "", rest, flags=re.DOTALL))
    assert styles == []
    assert not re.search(r"""<(?:script|img|iframe)[^>]+src=|<link|@import""", rest)


def test_the_file_says_all_that_must_be_said(html: str, scene_with: Make) -> None:
    scene = scene_with("Kapitan Andreevo")
    marking = handling_marking(scene.handling).replace("'", "&#x27;")
    assert html.count(marking) == 2
    for said in ("Data as of 29 Oct 2022 18:00 UTC", BOUNDARY_DISCLAIMER, KOSOVO_FOOTNOTE):
        assert said in html


@pytest.mark.browser
def test_the_file_opens_without_a_network_and_shows_the_whole_scene(
    html: str, scene_with: Make, open_file: Open
) -> None:
    scene = scene_with("Kapitan Andreevo")
    page = open_file(html)
    page.wait_for_selector(".bm-legend-line")
    lines = page.locator(".bm-legend-line").all()
    drawn = [tuple(line.locator("span").all_text_contents()) for line in lines]
    entries = [entry for layer in scene.layers for entry in layer.legend]
    assert drawn == [(e.words, "" if e.count is None else f"{e.count:,}") for e in entries]
    assert page.evaluate(LABELS) == [label for layer in scene.layers for label in layer.features["label"]]
    assert shown_text(page, ".bm-notices") == "Kapitan Andreevo"
    assert shown_text(page, ".bm-sources") == "Kapitan Andreevo"
    assert re.fullmatch(r"\d+ k?m", shown_text(page, ".leaflet-control-scale-line"))


@pytest.mark.browser
def test_the_file_shows_the_frame_of_the_scene(html: str, scene_with: Make, open_file: Open) -> None:
    extent = scene_with("Kapitan Andreevo").extent
    page = open_file(html)
    west, south, east, north = map(float, page.evaluate(f"{MAP}.getBounds().toBBoxString()").split(","))
    assert west <= extent.west < extent.east <= east
    assert south <= extent.south < extent.north <= north


@pytest.mark.browser
def test_symbols_are_really_painted_and_land_is_below_them(html: str, open_file: Open) -> None:
    painted = """(pane) => [...document.querySelectorAll(pane + ' canvas')].map((canvas) =>
        canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte))"""
    page = open_file(html)
    page.wait_for_selector(".bm-legend-line")
    page.wait_for_function(f"({painted})('.leaflet-overlay-pane').every(Boolean)")
    assert page.evaluate(painted, ".leaflet-land-pane") == [True]
    assert page.evaluate(painted, ".leaflet-overlay-pane") == [True]


@pytest.mark.browser
def test_the_map_can_be_used_with_the_keyboard_and_is_named(html: str, open_file: Open) -> None:
    page = open_file(html)
    before = page.evaluate(f"{MAP}.getZoom()")
    page.get_by_role("button", name="Zoom in").press("Enter")
    page.wait_for_function(f"{MAP}.getZoom() > {before}")
    assert page.get_by_role("application", name=re.compile("Map")).count() == 1
    assert page.get_by_role("complementary", name="Legend").count() == 1
    assert page.get_by_role("note", name="Notices").count() == 1


@pytest.mark.browser
def test_pointing_at_a_place_shows_its_label_as_text(
    scene_with: Make, basemap_with: Ground, open_file: Open
) -> None:
    scene = scene_with("<b>${name}</b>")
    page = open_file(standalone_html(scene, basemap_with("Land")))
    page.wait_for_selector(".bm-legend-line")
    picked = scene.layers[-1].features.iloc[0]
    spot = f"{MAP}.latLngToContainerPoint([{picked.geometry.y}, {picked.geometry.x}])"
    x, y = page.evaluate(f"(({{x, y}}) => [x, y])({spot})")
    page.locator(".folium-map").hover(position={"x": x, "y": y})
    tip = page.locator(".bm-tip")
    tip.wait_for()
    assert tip.text_content() == picked["label"]
    assert tip.locator("b").count() == 0


@pytest.mark.browser
def test_no_text_of_a_record_is_ever_run(
    hostile: str, scene_with: Make, basemap_with: Ground, open_file: Open
) -> None:
    scene = scene_with(hostile)
    page = open_file(standalone_html(scene, basemap_with(hostile)))
    page.wait_for_selector(".bm-legend-line")
    assert page.evaluate(LABELS) == [label for layer in scene.layers for label in layer.features["label"]]
    assert page.locator("h1").text_content() == hostile
    assert shown_text(page, ".findings li") == hostile
    assert shown_text(page, ".bm-notices") == hostile
    assert set(page.locator(".bm-name span").all_text_contents()) == {hostile}
    assert page.title() == hostile
    assert page.evaluate("window.ran") is None
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("text", ["{{ 7*191 }}", "{{{ 7*191 }}}", "{# gone #}", "{% raw %}"])
def test_no_text_of_a_record_is_a_template_for_the_server(
    text: str, scene_with: Make, basemap_with: Ground
) -> None:
    html = standalone_html(scene_with(text), basemap_with(text))
    assert "1337" not in html
    (scene,) = re.findall(r"BorderMap\.show\(map_\w+, (.*)\);", html)
    drawn, end = json.JSONDecoder().raw_decode(scene)
    labels = [feature["label"] for layer in drawn["layers"] for feature in json.loads(layer["features"])]
    assert labels == [label for layer in scene_with(text).layers for label in layer.features["label"]]
    assert json.loads(scene[end:].lstrip(", "))["names"][0]["text"] == text
