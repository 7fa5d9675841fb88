"""
Symbols of the scene as QML, the XML in which QGIS keeps how a layer is drawn.

Lengths are in points, 3/4 of a CSS pixel, so that the map has the same look on paper as on the screen. Only
the properties that matter are written: QGIS has defaults for the rest.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from geoanalysis.briefing.formats.texts import xml_text
from geoanalysis.symbology import Shape, Symbol

Drawn = Literal["points", "lines", "areas"]
"""What a layer of QGIS holds: it draws one kind of geometry only."""

_PT_PER_PX: Final = 0.75
_DASHES_PX: Final = (5, 3)
_KINDS: Final[Mapping[Drawn, str]] = MappingProxyType({"points": "marker", "lines": "line", "areas": "fill"})
_MARKERS: Final[Mapping[Shape, tuple[str, float]]] = MappingProxyType(
    {
        "circle": ("circle", 1.0),
        "square": ("square", 0.9),
        "triangle": ("triangle", 1.1),
        "diamond": ("diamond", 1.25),
        "cross": ("cross_fill", 1.4),
    }
)
"""
Shapes of QGIS, and how far they reach in radii: with corners beyond the radius all look alike in size.

The cross of QGIS has thinner arms than ours; it reaches further, so that it is as much ink.
"""

Properties = dict[str, str]


def categorized_qml(symbols: Mapping[str, Symbol], drawn: Drawn, *, sized: bool = False) -> str:
    """
    Give the style of a layer whose column `style` says which of the symbols a feature has.

    Parameters
    ----------
    symbols
        By the values of `style`, in the order of the legend.
    drawn
        What geometries the layer has. As on paper, areas with a symbol for lines have an outline only, and
        points with a symbol for lines or areas are circles.
    sized
        Whether the layer has a column `size_px` with the radius of each point; a missing one means the
        symbol's own.
    """
    qgis = Element("qgis", version="3.22.0", styleCategories="Symbology", labelsEnabled="0")
    renderer = SubElement(
        qgis, "renderer-v2", type="categorizedSymbol", attr="style", symbollevels="0", enableorderby="1"
    )
    categories, drawings = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for number, (style, symbol) in enumerate(symbols.items()):
        _add_category(categories, str(number), style, symbol)
        drawing = SubElement(drawings, "symbol", name=str(number), type=_KINDS[drawn], alpha="1")
        _add_layers(drawing, symbol, drawn, sized=sized)
    _keep_order(renderer)
    SubElement(qgis, "layerOpacity").text = "1"
    indent(qgis, " ")
    return tostring(qgis, encoding="unicode")


def _add_category(categories: Element, number: str, style: str, symbol: Symbol) -> None:
    SubElement(
        categories,
        "category",
        symbol=number,
        value=xml_text(style),
        type="string",
        label=xml_text(symbol.words),
        render="true",
    )


def _keep_order(renderer: Element) -> None:
    """Draw features in the order of their rows, which an index of positions would change."""
    order = SubElement(renderer, "orderby")
    SubElement(order, "orderByClause", asc="1", nullsFirst="0").text = "$id"


def _add_layers(drawing: Element, symbol: Symbol, drawn: Drawn, *, sized: bool) -> None:
    if drawn == "points":
        marker = _add_layer(drawing, "SimpleMarker", _marker(symbol))
        if sized:
            _size_by_column(marker, symbol)
    elif drawn == "lines" or symbol.shape == "line":
        colour = _colour(symbol.fill, symbol.fill_opacity)
        _add_layer(drawing, "SimpleLine", _line(symbol, colour, symbol.size_px))
    else:
        _add_area(drawing, symbol)


def _add_area(drawing: Element, symbol: Symbol) -> None:
    """Add the fill, and the outline as a line: only a line has dashes of its own."""
    fill = {"color": _colour(symbol.fill, symbol.fill_opacity), "style": "solid", "outline_style": "no"}
    _add_layer(drawing, "SimpleFill", fill)
    if symbol.stroke:
        _add_layer(drawing, "SimpleLine", _line(symbol, _colour(symbol.stroke), symbol.stroke_px))


def _marker(symbol: Symbol) -> Properties:
    name, reach = _marker_shape(symbol)
    dashes = "dash" if symbol.dashed else "solid"
    return {
        "name": name,
        "size": _points(2 * reach * symbol.size_px),
        "size_unit": "Point",
        "scale_method": "diameter",
        "color": _colour(symbol.fill, symbol.fill_opacity),
        "outline_color": _colour(symbol.stroke or symbol.fill),
        "outline_style": dashes if symbol.stroke else "no",
        "outline_width": _points(symbol.stroke_px),
        "outline_width_unit": "Point",
        "joinstyle": "miter",
    }


def _line(symbol: Symbol, colour: str, width_px: float) -> Properties:
    return {
        "line_color": colour,
        "line_style": "solid",
        "line_width": _points(width_px),
        "line_width_unit": "Point",
        "joinstyle": "round",
        "capstyle": "flat" if symbol.dashed else "round",
        "use_custom_dash": str(int(symbol.dashed)),
        "customdash": ";".join(_points(length) for length in _DASHES_PX),
        "customdash_unit": "Point",
    }


def _marker_shape(symbol: Symbol) -> tuple[str, float]:
    return _MARKERS.get(symbol.shape, _MARKERS["circle"])


def _size_by_column(marker: Element, symbol: Symbol) -> None:
    _, reach = _marker_shape(symbol)
    expression = f'coalesce("size_px", {symbol.size_px:g}) * {_points(2 * reach)}'
    collection = SubElement(SubElement(marker, "data_defined_properties"), "Option", type="Map")
    properties = SubElement(collection, "Option", name="properties", type="Map")
    size = SubElement(properties, "Option", name="size", type="Map")
    SubElement(size, "Option", name="active", type="bool", value="true")
    SubElement(size, "Option", name="expression", type="QString", value=expression)
    SubElement(size, "Option", name="type", type="int", value="3")
    SubElement(collection, "Option", name="name", type="QString", value="")
    SubElement(collection, "Option", name="type", type="QString", value="collection")


def _add_layer(drawing: Element, kind: str, properties: Properties) -> Element:
    layer = SubElement(drawing, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
    options = SubElement(layer, "Option", type="Map")
    for name, value in properties.items():
        SubElement(options, "Option", name=name, type="QString", value=value)
    return layer


def _points(length_px: float) -> str:
    return f"{length_px * _PT_PER_PX:g}"


def _colour(hex_colour: str, opacity: float = 1.0) -> str:
    """Give red, green, blue and opacity, each from 0 to 255."""
    channels = [int(hex_colour[start : start + 2], 16) for start in (1, 3, 5)]
    return ",".join(str(part) for part in (*channels, round(opacity * 255)))
