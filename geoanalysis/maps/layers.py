"""
Results of the other rooms as layers of a scene.

Every function takes a documented frame in EPSG:4326 and returns layers whose labels are plain text: name
first, then counts with their units. Nothing is computed here but sizes and classes of colour.
"""

import warnings
from dataclasses import replace
from typing import Any

import geopandas as gpd
import mapclassify
import numpy as np
import pandas as pd

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.operation import Plan
from geoanalysis.domain.small_counts import NARROW_SPACE, NOT_TOLD
from geoanalysis.maps.features import features
from geoanalysis.maps.scene import Layer, LegendEntry
from geoanalysis.symbology import (
    BORDERS,
    CHOSEN,
    CRIME_AREAS,
    CROSSING,
    CROSSING_CLOSED,
    HOTSPOT,
    HOTSPOT_CROSSING,
    INTENSITY_RAMP,
    INTENSITY_UNKNOWN,
    NOT_HOTSPOT,
    NOT_TESTED,
    PICKED,
    SIZE,
    Symbol,
)

_MEASURES = {
    "check_share": ("share of traffic checked, %", 100.0),
    "checks_per_officer_hour": ("checks per officer-hour", 1.0),
}
_LARGEST_CROSSING_PX = 12.0
_SMALLEST_CROSSING_PX = 3.5
_LARGEST_CHECKED_PX = 11.0
_SMALLEST_CHECKED_PX = 4.0
_KEY_SHARES = (1.0, 0.4, 0.1)
"""Sizes of the key, as shares of the largest value; rounded down to 1, 2 or 5 times a power of ten."""


def borders_layer(borders: gpd.GeoDataFrame) -> Layer:
    """Show the border sections, the external border emphasised."""
    labels = [
        f"{row.name_a} – {row.name_b}\n{BORDERS[row.border_type].words}, {row.length_km:,.0f} km"
        for row in borders.itertuples()
    ]
    drawn = features(borders, ids=borders["pair"], labels=labels, styles=borders["border_type"])
    order = [kind.value for kind in BORDERS][::-1]
    ranked = drawn.sort_values("style", key=lambda style: style.map(order.index), kind="stable")
    return Layer("borders", "Borders", ranked, {kind.value: symbol for kind, symbol in BORDERS.items()})


def crossings_layer(crossings: gpd.GeoDataFrame) -> Layer:
    """Show the crossings; the size follows the travellers of a year where they are known."""
    persons = crossings["persons_per_year"]
    drawn = features(
        crossings,
        ids=crossings["crossing_id"],
        labels=[_crossing_label(row) for row in crossings.itertuples()],
        styles=np.where(crossings["open"], "open", "closed"),
        size_px=_by_area(persons, _SMALLEST_CROSSING_PX, _LARGEST_CROSSING_PX),
    )
    symbols = {"open": CROSSING, "closed": CROSSING_CLOSED}
    sizes = _size_key(persons, _SMALLEST_CROSSING_PX, _LARGEST_CROSSING_PX, "persons a year")
    title = "Crossings (size: persons a year)"
    return Layer("crossings", title, drawn, symbols, clickable=True, sizes=sizes)


def seizures_layer(seizures: gpd.GeoDataFrame) -> Layer:
    """Show one symbol per seizure and crime area; the label lists its items with their quantities."""
    located = seizures[np.isfinite(seizures.geometry.x)]  # a point of NaN is neither missing nor empty
    events = located.groupby(["seizure_id", "crime_area"], sort=False)
    first = events.head(1)
    items = located.assign(item_words=_item_words(located)).groupby(["seizure_id", "crime_area"], sort=False)
    labels = [
        f"{_place_words(row)}\n{_moment(row.occurred_utc)}\n{words}"
        for row, words in zip(first.itertuples(), items["item_words"].agg("\n".join), strict=True)
    ]
    ids = first["seizure_id"] + ":" + first["crime_area"]
    drawn = features(first, ids=ids, labels=labels, styles=first["crime_area"])
    symbols = {area.value: symbol for area, symbol in CRIME_AREAS.items()}
    return Layer("seizures", "Seizures, by crime area", drawn, symbols)


def intensity_layer(intensity: gpd.GeoDataFrame, measure: str = "check_share") -> Layer:
    """
    Show how intensively places were checked, in at most five classes of colour.

    Parameters
    ----------
    intensity
        As given by `review.check_intensity`.
    measure
        ``check_share`` (checked / passed) or ``checks_per_officer_hour``. Where it is not known the place is
        shown as unknown, never as zero.
    """
    words, factor = _MEASURES[measure]
    values = intensity[measure] * factor
    styles, symbols = _classes(values)
    labels = [_intensity_label(row, measure, words, factor) for row in intensity.itertuples()]
    drawn = features(
        intensity,
        ids=intensity["place_id"],
        labels=labels,
        styles=styles,
        size_px=_by_area(intensity["checked"], _SMALLEST_CHECKED_PX, _LARGEST_CHECKED_PX),
    )
    return Layer(
        "intensity",
        f"Check intensity: {words} (size: checks)",
        drawn,
        symbols,
        clickable=True,
        unit=words,
        sizes=_size_key(intensity["checked"], _SMALLEST_CHECKED_PX, _LARGEST_CHECKED_PX, "checks"),
    )


def hot_cells_layer(hotspots: gpd.GeoDataFrame) -> Layer:
    """Show the hexagons with records, those with more hits than checks explain emphasised."""
    cells = hotspots[hotspots["kind"] == "cell"].sort_values("hotspot")
    symbols = {
        "hot": replace(HOTSPOT, words="more hits than checks explain"),
        "not": NOT_HOTSPOT,
        "untested": NOT_TESTED,
        "untold": replace(NOT_TESTED, words="counts not told"),
    }
    return _hotspot_layer("hotspot_cells", "Hits given checks, hexagons", cells, symbols)


def hot_crossings_layer(hotspots: gpd.GeoDataFrame) -> Layer:
    """Show the crossings with more hits than checks explain."""
    hot = hotspots[(hotspots["kind"] == "crossing") & hotspots["hotspot"]]
    return _hotspot_layer("hotspot_crossings", "Hits given checks, crossings", hot, {"hot": HOTSPOT_CROSSING})


def chosen_layer(hotspots: gpd.GeoDataFrame) -> Layer:
    """Show places of a hot-spot summary that were chosen, whatever was found there."""
    drawn = features(
        hotspots,
        ids=hotspots["place_id"],
        labels=[_hotspot_label(row) for row in hotspots.itertuples()],
        styles=["chosen"] * len(hotspots),
    )
    return Layer("chosen", "Chosen", drawn, {"chosen": CHOSEN}, clickable=True)


def checkpoints_layer(plan: Plan) -> Layer:
    """Show the places that the plan mans."""
    rows = pd.DataFrame(
        plan.deployments, columns=["place_id", "name", "lon", "lat", "officers", "shift", "remarks"]
    )
    points = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(rows["lon"], rows["lat"]), crs=LONLAT)
    labels = [f"{row.name}\nin the plan: {row.officers} officers, {row.shift}" for row in rows.itertuples()]
    drawn = features(points, ids=points["place_id"], labels=labels, styles=["picked"] * len(points))
    return Layer("checkpoints", "Plan", drawn, {"picked": PICKED}, clickable=True)


def _by_area(values: pd.Series, smallest_px: float, largest_px: float) -> pd.Series:
    """Give radii so that areas are proportional to values; what is unknown is drawn smallest."""
    numbers = values.astype("float64").fillna(0)
    most = numbers.max() if len(numbers) else 0
    return (np.sqrt(numbers / most) * largest_px).clip(lower=smallest_px) if most else numbers + smallest_px


def _size_key(values: pd.Series, smallest_px: float, largest_px: float, unit: str) -> tuple[LegendEntry, ...]:
    """Give circles of round values, the largest first, none as small as what is drawn of unknown values."""
    most = values.astype("float64").max()
    if not most > 0:
        return ()
    wanted = dict.fromkeys(_round_down(share * most) for share in _KEY_SHARES)
    radii = {value: float(np.sqrt(value / most)) * largest_px for value in wanted}
    return tuple(
        LegendEntry(replace(SIZE, size_px=radius), f"{value:,.0f} {unit}".replace(",", NARROW_SPACE))
        for value, radius in radii.items()
        if radius > smallest_px
    )


def _round_down(value: float) -> float:
    power = 10.0 ** np.floor(np.log10(value))
    return float(max(step * power for step in (1, 2, 5) if step * power <= value * (1 + 1e-9)))


def _classes(values: pd.Series) -> tuple[list[str], dict[str, Symbol]]:
    """Classify into the ramp by quantiles, each class about as full; NaN is a class of its own."""
    known = values.dropna()
    symbols = {"unknown": INTENSITY_UNKNOWN}
    if known.empty:
        return ["unknown"] * len(values), symbols
    breaks = _breaks(known)
    lows = [known.min(), *breaks[:-1]]
    ramp = INTENSITY_RAMP[-len(breaks) :]
    for number, (low, high, colour) in enumerate(zip(lows, breaks, ramp, strict=True)):
        words = " to ".join(dict.fromkeys([_number(low), _number(high)]))
        symbols[f"class{number}"] = Symbol(words, "circle", colour, stroke="#5a2d0c")
    places = np.searchsorted(breaks, known).clip(max=len(breaks) - 1)
    styles = pd.Series("unknown", index=values.index)
    styles[known.index] = [f"class{place}" for place in places]
    return styles.tolist(), dict(reversed(symbols.items()))


def _breaks(known: pd.Series) -> list[float]:
    """Give the upper bounds of at most as many classes as the ramp has colours; ties leave fewer."""
    if known.min() == known.max():
        return [float(known.max())]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Not enough unique values", UserWarning)
        bins = mapclassify.Quantiles(known, k=min(len(INTENSITY_RAMP), known.nunique())).bins
    return sorted({float(bound) for bound in bins})


def _number(value: float, digits: int = 3) -> str:
    """Give so many digits, and no exponent where the whole part is longer."""
    return f"{value:,.0f}" if value >= 10 ** (digits - 1) else f"{value:,.{digits}g}"


def _crossing_label(row: Any) -> str:
    lines = [row.name, f"{row.mode}, {row.category}, {row.traffic_type.replace('+', ' and ')}"]
    if not row.open:
        lines.append("closed")
    if pd.notna(row.persons_per_year):
        year = f"in {row.traffic_year}" if pd.notna(row.traffic_year) else "a year"
        lines.append(f"{row.persons_per_year:,.0f} persons {year}")
    return "\n".join(lines)


def _moment(at: pd.Timestamp) -> str:
    """Give day and time; midnight stands for a day without a time."""
    return f"{at:%d %b %Y}" if at == at.normalize() else f"{at:%d %b %Y %H:%M} UTC"


def _item_words(items: gpd.GeoDataFrame) -> list[str]:
    return [row.commodity.replace("_", " ") + _amount(row) for row in items.itertuples()]


def _amount(row: Any) -> str:
    if pd.isna(row.quantity):
        return ""
    unit = f" {row.unit}" if pd.notna(row.unit) else ""
    return f": {_number(row.quantity, 6)}{unit}"


def _place_words(row: Any) -> str:
    return str(row.place_name) if pd.notna(row.place_name) else str(row.country)


def _intensity_label(row: Any, measure: str, words: str, factor: float) -> str:
    value = getattr(row, measure)
    known = _number(value * factor) if pd.notna(value) else "unknown"
    return f"{row.name}\n{words}: {known}\n{_count(row, row.checked)} checked"


def _hotspot_layer(key: str, title: str, rows: gpd.GeoDataFrame, symbols: dict[str, Symbol]) -> Layer:
    untold = rows["hits"].isna() | rows["checked"].isna()
    kinds = [rows["hotspot"], untold, rows["q_value"].isna()]
    drawn = features(
        rows,
        ids=rows["place_id"],
        labels=[_hotspot_label(row) for row in rows.itertuples()],
        styles=np.select(kinds, ["hot", "untold", "untested"], "not"),
    )
    return Layer(key, title, drawn, symbols, clickable=True)


def _hotspot_label(row: Any) -> str:
    lines = [row.name, f"{_count(row, row.hits)} hits in {_count(row, row.checked)} checks"]
    if pd.notna(row.expected):
        lines.append(_expectation(row))
    return "\n".join(lines)


def _expectation(row: Any) -> str:
    if pd.notna(row.q_value):
        return f"{row.expected:.1f} expected, q = {row.q_value:.3g}"
    return f"{row.expected:.1f} expected" if pd.isna(row.hits) else "too few checks"


def _count(row: Any, number: Any) -> str:
    """Give a count, or the words that its row has for those withheld."""
    return (getattr(row, "not_told", "") or NOT_TOLD) if pd.isna(number) else f"{number:,}"
