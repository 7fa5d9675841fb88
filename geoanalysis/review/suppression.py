"""
Results without small counts: statistical disclosure control of what leaves the room.

Each function gives a copy in which counts above zero and below `least` are withheld (NA), together with what
they could be computed from, and with further counts where one could else subtract what is told from a total
that is told. ``not_told`` of each row says in words how what is withheld is to be called. A `least` of 0 or 1
lets all be told. Results of different functions are not protected against each other except where this is
said: tell as few of them beside each other as the reader needs.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.small_counts import fewer_than, is_small, told
from geoanalysis.hotspots.cells import RESOLUTION, cell_ids
from geoanalysis.hotspots.summary import CROSSING
from geoanalysis.review.comparison import Comparison
from geoanalysis.review.withholding import gives_away, hide, withheld

_SPOTS: Final = {
    "hits": ("hit_rate", "hit_rate_low", "hit_rate_high", "ratio", "p_value", "q_value"),
    "checked": (
        *("targeted_share", "expected", "hit_rate", "hit_rate_low", "hit_rate_high"),
        *("ratio", "p_value", "q_value"),
    ),
    "seizures": (),
}
_OF_ALL_PLACES: Final = {"hits": "smoothed", "checked": "smoothed", "seizures": "gi_z"}
"""Statistics of a place that are made of the counts of all."""
_YIELDS: Final = {
    "checked": ("checks_per_100_h",),
    "hits": ("hits_per_100_h", "low", "high"),
    "seizures": ("seizures_per_100_h",),
}
_INTENSITY: Final = {"checked": ("check_share", "checks_per_officer_hour"), "hits": ()}
_COMPARED: Final = ("checked_before", "hits_before", "checked_after", "hits_after")
_RATIO: Final = ("ratio", "low", "high", "p_value", "q_value")
_COUNTED: Final = ("Deployed", "Checked", "Arrests", "Cases", "Persons", "Published too")
"""Groups of the result sheet that count persons and events; those of the other groups are quantities."""
_QUANTITIES: Final = r" (?:kg|eur|cigarettes|plants)$"
_PERSONS: Final = "person"


def suppressed_spots(spots: gpd.GeoDataFrame, least: int) -> gpd.GeoDataFrame:
    """
    Withhold small counts of a hot-spot summary.

    Parameters
    ----------
    spots
        As given by `hotspots.summarise`, whole.
    least
        Counts above zero and below this are withheld.

    Returns
    -------
    GeoDataFrame
        Where ``hits`` or ``checked`` are withheld, rates, ratio and p-values are too, and with ``checked``
        also ``expected``; ``smoothed`` and ``gi_z`` are withheld of all places of a kind as soon as one count
        of it is, because they rest on all. The ``hits`` and ``checked`` of the whole action in ``attrs`` are
        None where small, and so are small numbers in ``notes``.

    Notes
    -----
    Protected: a count against the total of its kind, and a crossing against the hexagon around it (the
    hexagon is withheld where it less the crossings told in it would be small or the one crossing withheld in
    it). Not protected: a hexagon withheld only for the sake of others against the crossings in it; what being
    a hot spot says (among few checks even a small count needs two or three hits); how q-values of other
    places rank a withheld p-value; the few checks of one selection where the place has many of another,
    against ``expected``; hits against seizures of a place, which are related but not equal.
    """
    masks = {column: _of_places(spots, column, least) for column in _SPOTS}
    shown = hide(spots, masks, _SPOTS, least, within=spots["kind"])
    for column, statistic in _OF_ALL_PLACES.items():
        any_of_kind = masks[column].groupby(spots["kind"]).transform("any")
        shown[statistic] = shown[statistic].mask(any_of_kind)
    few = is_small(spots["targeted_share"] * spots["checked"], least)
    few |= is_small((1 - spots["targeted_share"]) * spots["checked"], least)
    shown["targeted_share"] = shown["targeted_share"].mask(few)
    shown.attrs |= _of_the_action(spots, least)
    return shown


def suppressed_timeline(timeline: pd.DataFrame, least: int) -> pd.DataFrame:
    """
    Withhold small counts over time, of `hotspots.timeline`.

    ``expected`` goes with ``checked``. Protected against the total of all periods, which may be told.
    """
    return _parts(timeline, {"checked": ("expected",), "hits": ()}, least)


def suppressed_intensity(
    intensity: gpd.GeoDataFrame, least: int, *, also: Collection[str] = ()
) -> gpd.GeoDataFrame:
    """
    Withhold small counts of `check_intensity`; both measures go with ``checked``.

    `also` are places of which another result told beside this one withholds them.
    """
    named = intensity["place_id"].isin(list(also))
    masks = {column: withheld(intensity[column], least, also=named) for column in _INTENSITY}
    return hide(intensity, masks, _INTENSITY, least)


def suppressed_yields(table: pd.DataFrame, least: int) -> pd.DataFrame:
    """Withhold small counts of `yields`, with the rates of each; rows with any come last, by name."""
    return _last(_parts(table, _YIELDS, least))


def suppressed_totals(table: pd.DataFrame, least: int, *, also: Collection[str] = ()) -> pd.DataFrame:
    """
    Withhold small numbers of seizures of `totals`, with all quantities of their rows.

    `also` names countries, crime areas or commodities to withhold whatever their number: those whose total
    would tell of their places (``attrs["not_to_total"]`` of `counted_places`).

    Quantities of persons are counts and are withheld where small; kilograms, pieces, plants, cartridges,
    packs and money are not. Protected against the total of all rows. Totals by country are not protected
    against those by crime area where an event has several.
    """
    numbers = tuple(name for name in table.columns if pd.api.types.is_numeric_dtype(table[name]))
    named = table.iloc[:, 0].isin(also)
    masks = {"seizures": withheld(table["seizures"], least, also=named)}
    for name in numbers:
        if name.endswith(f"_{_PERSONS}"):
            masks[name] = withheld(table[name], least)
        elif name == "quantity":
            masks[name] = withheld(table[name].where(table["unit"] == _PERSONS, 0.0), least)
    quantities = tuple(name for name in numbers if name != "seizures")
    return hide(table, masks, {"seizures": quantities}, least)


def suppressed_sheet(sheet: pd.DataFrame, least: int) -> pd.DataFrame:
    """
    Withhold small counts of persons and events of a `result_sheet`.

    Of withheld figures ``value`` and ``difference`` are NaN; ``published`` is public and stays. Arrests by
    crime area are protected against all arrests. Counts are those deployed and checked, arrests, cases,
    persons, and what was published too without a unit of measure. Quantities stay, however small: firearms
    and their parts, ammunition, explosives, grenades, drugs, documents, vehicles, tobacco, cash.
    """
    counted = sheet["group"].isin(_COUNTED) & ~sheet["measure"].str.contains(_QUANTITIES, case=False)
    mask = pd.Series(is_small(sheet["value"], least), sheet.index) & counted
    mask |= _of_arrests(sheet, least)
    return hide(sheet, {"value": mask}, {"value": ("difference",)}, least, within=sheet["group"])


def suppressed_comparison(comparison: Comparison, least: int) -> Comparison:
    """
    Withhold small counts of a comparison, with the ratio of their row, and say so in its words.

    Rows with a withheld count come last, by name. Crossings, sections and countries are each protected
    against the total of their selection; not the selections against all together, and not a crossing against
    the section or the country that it lies in. What was published stays.
    """
    return replace(
        comparison,
        totals=_compared(comparison.totals, least, whole=True),
        crossings=_compared(comparison.crossings, least),
        sections=_compared(comparison.sections, least),
        countries=_compared(comparison.countries, least),
    )


def suppressed_planned(table: pd.DataFrame, least: int) -> pd.DataFrame:
    """
    Withhold small counts of `planned_against_done`: ``checked`` and ``hits``.

    Officers and their hours are told. Where nothing was reported counts are missing too, but ``not_told`` is
    empty.
    """
    return _parts(table, {"checked": (), "hits": ()}, least)


def _parts(table: pd.DataFrame, columns: dict[str, tuple[str, ...]], least: int) -> pd.DataFrame:
    return hide(table, {column: withheld(table[column], least) for column in columns}, columns, least)


def _last(table: pd.DataFrame) -> pd.DataFrame:
    """Put rows with withheld counts last, by name: their place would tell how large they are."""
    hidden = table["not_told"] != ""
    return pd.concat([table[~hidden], table[hidden].sort_values("name", kind="stable")], ignore_index=True)


def _of_places(spots: gpd.GeoDataFrame, column: str, least: int) -> pd.Series:
    """Choose among crossings, then among hexagons, some of which would tell of a crossing."""
    at_crossings = spots["kind"] == CROSSING
    crossings = withheld(spots.loc[at_crossings, column], least)
    telling = _telling_cells(spots, column, crossings, least)
    cells = withheld(spots.loc[~at_crossings, column], least, also=telling)
    return pd.concat([crossings, cells]).reindex(spots.index)


def _telling_cells(spots: gpd.GeoDataFrame, column: str, hidden: pd.Series, least: int) -> pd.Series:
    """Say from which hexagons a count could be read by subtracting the crossings told in them."""
    rows = spots.loc[hidden.index]
    resolution = spots.attrs.get("request", {}).get("resolution", RESOLUTION)
    inside = cell_ids(rows.geometry.x, rows.geometry.y, resolution=resolution).to_numpy()
    cells = spots[spots["kind"] != CROSSING]
    known, number = (
        cells["place_id"].map(values.groupby(inside).sum()).fillna(0)
        for values in (rows[column].where(~hidden, 0), hidden.astype(int))
    )
    left = cells[column] - known
    return (number == 1) | ((number > 0) & (left == number)) | is_small(left, least)


def _of_the_action(spots: gpd.GeoDataFrame, least: int) -> dict[str, object]:
    """Give what `summarise` says of the whole action, without small numbers."""
    totals = {name: spots.attrs[name] for name in ("hits", "checked") if name in spots.attrs}
    kept = {name: None if is_small([number], least)[0] else number for name, number in totals.items()}
    return kept | {"notes": tuple(_without_small(spots.attrs.get("notes", ()), least))}


def _without_small(notes: Iterable[str], least: int) -> Iterable[str]:
    for note in notes:
        found = re.search(r": (\d+)\.$", note)
        small = found is not None and bool(is_small([int(found[1])], least)[0])
        yield f"{note[: found.start()]}: {fewer_than(least)}." if found and small else note


def _of_arrests(sheet: pd.DataFrame, least: int) -> pd.Series:
    """Choose the arrests to withhold: parts, and all of them where no part is left to withhold."""
    arrests = sheet["group"] == "Arrests"
    whole = arrests & (sheet["measure"] == "In all")
    parts, value = arrests & ~whole, sheet["value"]
    if not (value[whole] >= max(least, 1)).any():
        return pd.Series(is_small(value, least), sheet.index) & arrests
    chosen = withheld(value[parts], least).reindex(sheet.index, fill_value=False)
    return chosen | (whole & gives_away(value[chosen].to_numpy(float), least))


def _compared(table: pd.DataFrame, least: int, *, whole: bool = False) -> pd.DataFrame:
    masks = {column: _by_selection(table, column, least, whole=whole) for column in _COMPARED}
    any_count = pd.Series(np.logical_or.reduce(list(masks.values())), table.index)
    shown = hide(table, masks, {}, least, within=table["selection"])
    shown[list(_RATIO)] = shown[list(_RATIO)].mask(any_count)
    words = [_in_words(row, least) for _, row in shown.iterrows()]
    shown["words"] = shown["words"].mask(any_count, pd.Series(words, shown.index, dtype="object"))
    return _last(shown).drop(columns="not_told")


def _by_selection(table: pd.DataFrame, column: str, least: int, *, whole: bool) -> pd.Series:
    if whole or table.empty:
        return pd.Series(is_small(table[column], least), table.index)
    parts = [withheld(part, least) for _, part in table.groupby("selection")[column]]
    return pd.concat(parts).reindex(table.index)


def _in_words(row: pd.Series, least: int) -> str:
    counts = {name: row["not_told"] if pd.isna(row[name]) else told(row[name], least) for name in _COMPARED}
    return "{hits_before} hits in {checked_before} checks, then {hits_after} in {checked_after}".format(
        **counts
    )
