"""
Seconds and memory of a briefing: one page in every format, an atlas of 40 pages, against two other ways.

Run `python -m benchmarks.briefing` in the project folder. The peers make one picture of the same scene: the
map alone as geopandas plots it (no names, no legend, no marking), and a screenshot of the offline map by
Chromium, if that and playwright are installed.
"""

import io
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from geoanalysis import briefing, reference, review, store
from geoanalysis.domain.operation import Deployment, Plan
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.compose import Display, dossier_layers, dossier_scene, plan_scene
from geoanalysis.maps.layers import intensity_layer
from geoanalysis.maps.scene import Scene
from geoanalysis.maps.standalone import standalone_html

PAGES = 40
REPEATS = 3
MOST_S_A_PAGE = 3.0
MOST_S_AN_ATLAS = 60.0
MOST_MIB = 1024
EXERCISE = Path("actions", "exercise_2022")


def main() -> int:
    """Print the figures; give 1 if ours fall short of what is promised."""
    basemap, material = Basemap.bundled(), _material()
    page, atlas = (_document(material, name) for name in ("map", "atlas"))
    started = time.perf_counter()
    briefing.render(page, basemap, ".png")
    first_s = time.perf_counter() - started
    print(f"first page, with what is read once: {first_s:.2f} s")
    slowest = max([first_s, *_one_page(page, basemap)])
    longest = max(_atlas(atlas, basemap, suffix) for suffix in (".pdf", ".pptx"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB (at most {MOST_MIB} promised)")
    _peers(material.scene, basemap, page)
    return int(slowest > MOST_S_A_PAGE or longest > MOST_S_AN_ATLAS or peak > MOST_MIB)


def _material() -> briefing.Material:
    """Give the exercise, and a plan of the busiest crossings."""
    action = store.load_operation(reference.data_folder() / EXERCISE)
    crossings, borders = reference.load_crossings(action.starts), reference.load_borders(action.starts)
    found = review.dossier(action, crossings, reference.load_actions())
    measured = intensity_layer(review.check_intensity(action.check_shifts, crossings))
    layers = {**dossier_layers(found, borders, crossings), "intensity": [measured]}
    busiest = crossings[crossings["mode"] == "road"].nlargest(PAGES, "persons_per_year")
    manned = tuple(
        Deployment(row.crossing_id, row.name, row.geometry.x, row.geometry.y, 12)
        for row in busiest.itertuples(index=False)
    )
    plan = Plan("benchmark", "Busiest crossings", action.starts, manned)
    shown = plan_scene(action, plan, Display(("borders", "crossings", "intensity")), layers)
    return briefing.Material(dossier_scene(found, layers), crossings, found, briefing.PlanOnMap(plan, shown))


def _document(material: briefing.Material, template: str) -> briefing.Document:
    parts = (briefing.Part.ATLAS,) if template == "atlas" else briefing.template(template)
    wishes = briefing.Wishes(parts, atlas_of="checkpoints")
    return briefing.identified(briefing.briefing(material, wishes, briefing.Imprint("")))


def _one_page(document: briefing.Document, basemap: Basemap) -> list[float]:
    """Time one page in every format: the median of a few."""
    taken = []
    for suffix in briefing.FORMATS:
        seconds = _median(lambda suffix=suffix: briefing.render(document, basemap, suffix))
        print(f"one page as {suffix}: {seconds:.2f} s (at most {MOST_S_A_PAGE:g} promised)")
        taken.append(seconds)
    return taken


def _atlas(document: briefing.Document, basemap: Basemap, suffix: str) -> float:
    started = time.perf_counter()
    content = briefing.render(document, basemap, suffix)
    seconds = time.perf_counter() - started
    count = len(briefing.leaves(document, briefing.PageForm()))
    size = f"{len(content) / 1e6:.1f} MB"
    print(f"{count} pages as {suffix}: {seconds:.1f} s (at most {MOST_S_AN_ATLAS:g} promised), {size}")
    return seconds


def _peers(scene: Scene, basemap: Basemap, document: briefing.Document) -> None:
    ours = _median(lambda: briefing.render(document, basemap, ".png"))
    plotted = _median(lambda: _by_geopandas(scene, basemap))
    print(f"geopandas plots the bare map in {plotted:.2f} s: {plotted / ours:.2f} times our whole page")
    if find_spec("playwright") is None or which("chromium") is None:
        print("Chromium or playwright is not installed: no screenshot to compare with")
        return
    shot = _median(lambda: _by_chromium(scene, basemap))
    print(f"Chromium's screenshot takes {shot:.2f} s: {shot / ours:.2f} times our page")


def _by_geopandas(scene: Scene, basemap: Basemap) -> bytes:
    """Plot land and layers as their styles say, in the same projection and size."""
    figure = Figure(figsize=(960 / 72, 540 / 72), dpi=144)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    crs = "+proj=laea +lat_0=42 +lon_0=21.5 +datum=WGS84"
    basemap.countries.to_crs(crs).plot(ax=axes, color="#f6f4ef", edgecolor="#b4c1ca")
    for layer in scene.layers:
        for style, rows in layer.features.to_crs(crs).groupby("style"):
            rows.plot(ax=axes, color=layer.symbols[style].fill, markersize=20)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def _by_chromium(scene: Scene, basemap: Basemap) -> bytes:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not everybody who benchmarks has it

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "map.html"
        file.write_text(standalone_html(scene, basemap), "utf-8")
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(file.as_uri())
        page.wait_for_selector(".bm-legend-line")
        content = page.screenshot()
        browser.close()
    return content


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return sorted(taken)[REPEATS // 2]


if __name__ == "__main__":
    sys.exit(main())
