"""The map of a page, from the land up to the names."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import geopandas as gpd

from geoanalysis.briefing.cartography.draw import draw_marks, draw_shapes
from geoanalysis.briefing.cartography.frame import MapView
from geoanalysis.briefing.cartography.furniture import Furniture, arrange, draw_furniture, needs_locator
from geoanalysis.briefing.cartography.graticule import draw_graticule
from geoanalysis.briefing.cartography.labels import Ground, draw_labels
from geoanalysis.briefing.cartography.land import draw_land
from geoanalysis.briefing.cartography.marks import Marks, marks_of
from geoanalysis.briefing.cartography.names import (
    CITY_DOT_PT,
    CITY_INK,
    city_labels,
    country_labels,
    point_labels,
)
from geoanalysis.briefing.typesetting.sheet import Sheet
from geoanalysis.domain.membership import is_eu
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.scene import Scene
from geoanalysis.symbology import INK

_CORNER: Final = 0.25
"""Labels may reach into the corners of the square around a symbol: so much of its radius."""
_COUNTRY_ZORDER: Final = 1.0
_CITY_ZORDER: Final = 1.2
_POINT_ZORDER: Final = 4.5
_FRAME_ZORDER: Final = 6.0


@dataclass(frozen=True, slots=True)
class Picture:
    """What a drawn map shows and where; `countries` are in the frame's projection, cut to it."""

    view: MapView
    marks: Marks
    furniture: Furniture
    countries: gpd.GeoDataFrame

    def shows(self, country: str) -> bool:
        """Tell whether any of a country lies in the frame."""
        return bool((self.countries["country"] == country).any())

    def shows_eu(self, on: date) -> bool:
        """Tell whether any land that is in the EU on that day lies in the frame."""
        return any(is_eu(country, on) for country in self.countries["country"])


def draw_picture(sheet: Sheet, scene: Scene, basemap: Basemap, view: MapView) -> Picture:
    """Draw the map of a scene into its box on the page."""
    axes = sheet.inset(view.box, zorder=0)
    west, south, east, north = view.frame.bounds_m
    axes.set(xlim=(west, east), ylim=(south, north))
    countries = draw_land(axes, basemap, view, scene.on, sheet.theme)
    draw_shapes(axes, scene.layers, view, sheet.theme)
    marks = marks_of(scene, view)
    draw_marks(sheet, marks, view.box)
    located = needs_locator(view.frame, basemap.countries)
    symbols = [mark.box for mark in marks]
    furniture = arrange(view, scene.notices, symbols, sheet.type, located=located)
    draw_furniture(sheet, furniture, view, basemap)
    picture = Picture(view, marks, furniture, countries)
    _draw_names(sheet, picture, basemap.places)
    draw_graticule(sheet, view)
    sheet.rectangle(view.box, fill="none", stroke=INK, zorder=_FRAME_ZORDER)
    return picture


def _draw_names(sheet: Sheet, picture: Picture, places: gpd.GeoDataFrame) -> None:
    """Name marked places first, then countries, then cities where there is still room."""
    view, marks = picture.view, picture.marks
    alerts = [mark.box.padded(-_CORNER * mark.radius) for mark in marks if mark.is_alert]
    ground = Ground(view.box, taken=[*picture.furniture.boxes, *alerts], symbols=[mark.box for mark in marks])
    points = point_labels(marks, ground, sheet.type)
    countries = country_labels(picture.countries, view, ground, sheet.type)
    cities = city_labels(places, view, ground, sheet.type)
    draw_labels(sheet, countries, part="country", zorder=_COUNTRY_ZORDER)
    draw_labels(sheet, [label for label, _ in cities], part="city", zorder=_CITY_ZORDER)
    sheet.dots([place for _, place in cities], radius=CITY_DOT_PT, colour=CITY_INK, zorder=_CITY_ZORDER)
    draw_labels(sheet, points, part="point", zorder=_POINT_ZORDER)
