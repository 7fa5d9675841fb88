"""What is named on the map: marked places, countries and cities."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from geoanalysis.briefing.cartography.frame import Floats, MapView
from geoanalysis.briefing.cartography.labels import Anchor, Ground, Label, beside
from geoanalysis.briefing.cartography.marks import Marks
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.text import Style, Typesetter, Weight

_POINT: Final = Style(8.0, Weight.SEMIBOLD)
_POINT_DISTANCES_PT: Final = (2.0, 9.0, 18.0)
_MOST_POINTS: Final = 40

CITY_INK: Final = "#4b5962"
_CITY: Final = Style(6.8, colour=CITY_INK)
_CITY_SPACING_PT: Final = 44.0
_MOST_CITIES: Final = 28
_CITIES_TRIED: Final = 400
CITY_DOT_PT: Final = 1.4

_COUNTRY: Final = Style(7.8, Weight.SEMIBOLD, "#66727b")
_COUNTRY_SIZES: Final = (7.8, 6.8, 6.0)
_LEAST_COUNTRY_PT2: Final = 300.0
_DETAIL_PT: Final = 0.5
_SAMPLES: Final = (9, 3)
_GRID: Final = 15


def point_labels(marks: Marks, ground: Ground, setter: Typesetter) -> list[Label]:
    """Name the selected place, then hot spots and picked checkpoints, as many as find room."""
    alerts = sorted((mark for mark in marks if mark.is_alert), key=lambda mark: -mark.radius)
    named: dict[str, Anchor] = {}
    for mark in [*([marks.selected] if marks.selected else []), *alerts]:
        named.setdefault(mark.label, Anchor(mark.label, mark.x, mark.y, mark.radius))
    labels = (
        beside(anchor, _POINT, ground, setter, distances=_POINT_DISTANCES_PT)
        for anchor in islice(named.values(), _MOST_POINTS)
    )
    return [label for label in labels if label is not None]


def city_labels(
    places: gpd.GeoDataFrame, view: MapView, ground: Ground, setter: Typesetter
) -> list[tuple[Label, tuple[float, float]]]:
    """Name the most populous cities in the view, none close to another; give each with its place."""
    named: list[tuple[Label, tuple[float, float]]] = []
    for name, x, y in _largest(places, view):
        dot = Box.around(x, y, CITY_DOT_PT)
        is_near = any(np.hypot(x - other[0], y - other[1]) < _CITY_SPACING_PT for _, other in named)
        if len(named) == _MOST_CITIES or is_near or not ground.is_free(dot):
            continue
        anchor = Anchor(name, x, y, CITY_DOT_PT)
        label = beside(anchor, _CITY, ground, setter, distances=(1.5,), most_hidden=10)
        if label is not None:
            ground.take(dot)
            named.append((label, (x, y)))
    return named


def _largest(places: gpd.GeoDataFrame, view: MapView) -> Iterator[tuple[str, float, float]]:
    west, south, east, north = view.frame.outline().to_crs(places.crs).total_bounds
    near = places.cx[west:east, south:north].nlargest(_CITIES_TRIED, "population")
    names = near["name"].fillna("").astype("str")
    for name, (x, y) in zip(names, view.to_page(near.geometry).tolist(), strict=True):
        yield name, x, y


def country_labels(
    countries: gpd.GeoDataFrame, view: MapView, ground: Ground, setter: Typesetter
) -> list[Label]:
    """
    Name the countries of the view, the smallest first because they leave the least choice.

    `countries` are in the frame's projection, cut to the frame.
    """
    shapes = [_on_page(geometry, view) for geometry in countries.geometry]
    named = sorted(zip(countries["name"], shapes, strict=True), key=lambda pair: float(pair[1].area))
    labels = (
        _within(name.upper(), shape, ground, setter)
        for name, shape in named
        if shape.area >= _LEAST_COUNTRY_PT2
    )
    return [label for label in labels if label is not None]


def _on_page(geometry: shapely.Geometry, view: MapView) -> shapely.Geometry:
    """Give the largest part of a country in points on the page, ready for many questions."""
    parts = shapely.get_parts(geometry)
    largest = parts[np.argmax(shapely.area(parts))]
    origin = np.array(view.frame.bounds_m[:2])
    corner = np.array([view.box.left, view.box.bottom])
    shape = shapely.transform(largest, lambda xy: corner + (xy - origin) / view.metres_per_point)
    shape = shapely.simplify(shape, _DETAIL_PT)
    shapely.prepare(shape)
    return shape


def _within(words: str, shape: shapely.Geometry, ground: Ground, setter: Typesetter) -> Label | None:
    """Write a name inside its country: in full size and free of symbols if it can be, or else nearly so."""
    centres = _grid(shape)
    for least_inside, most_hidden in ((1.0, 8.0), (0.85, 8.0), (0.5, 8.0), (0.5, 30.0), (0.4, 70.0)):
        for size in _COUNTRY_SIZES:
            for lines in _breaks(setter.printable(words, _COUNTRY)):
                style = _COUNTRY.sized(size)
                boxes = _boxes(centres, lines, style, setter)
                options = [box for box, share in _shares_inside(boxes, shape) if share >= least_inside]
                choice = ground.choose(options, most_hidden=most_hidden)
                if choice is not None:
                    return Label(lines, style, options[choice], "center")
    return None


def _breaks(words: str) -> Iterator[tuple[str, ...]]:
    """Give a name on one line, and on two if it has a space."""
    yield (words,)
    spaces = [k for k, letter in enumerate(words) if letter == " "]
    if spaces:
        middle = min(spaces, key=lambda k: abs(2 * k - len(words)))
        yield words[:middle], words[middle + 1 :]


def _grid(shape: shapely.Geometry) -> Floats:
    """Give positions inside a shape, those far from its edge first."""
    west, south, east, north = shape.bounds
    xs, ys = np.meshgrid(np.linspace(west, east, _GRID), np.linspace(south, north, _GRID))
    points = shapely.points(xs.ravel(), ys.ravel())
    points = points[shapely.contains(shape, points)]
    depth = shapely.distance(points, shape.boundary)
    return np.asarray(shapely.get_coordinates(points[np.argsort(-depth, kind="stable")]))


def _boxes(centres: Floats, lines: Sequence[str], style: Style, setter: Typesetter) -> list[Box]:
    half_width = max(setter.width(line, style) for line in lines) / 2 + 1
    half_height = setter.height(len(lines), style) / 2
    return [
        Box(x - half_width, y - half_height, x + half_width, y + half_height) for x, y in centres.tolist()
    ]


def _shares_inside(boxes: Sequence[Box], shape: shapely.Geometry) -> Iterator[tuple[Box, float]]:
    """Give each box with the share of it that lies inside a shape, from a grid of samples."""
    across, up = np.meshgrid(np.linspace(0, 1, _SAMPLES[0]), np.linspace(0, 1, _SAMPLES[1]))
    corners = np.array([(box.left, box.bottom, box.width, box.height) for box in boxes]).reshape(-1, 4)
    xs = corners[:, :1] + corners[:, 2:3] * across.ravel()
    ys = corners[:, 1:2] + corners[:, 3:] * up.ravel()
    shares = shapely.contains_xy(shape, xs, ys).mean(axis=1)
    return zip(boxes, shares.tolist(), strict=True)
