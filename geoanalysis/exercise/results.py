"""The results of an exercise that are no seizures: arrests, officers, new investigations and the like."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.schemas import RESULTS
from geoanalysis.domain.vocabularies import CrimeArea, Handling
from geoanalysis.exercise.apportion import apportion
from geoanalysis.exercise.published import HOST, STARTS, Published

_ARREST_AREAS: Final = {
    "migrant_smuggling": CrimeArea.MIGRANT_SMUGGLING,
    "drug_trafficking": CrimeArea.DRUGS,
    "firearms": CrimeArea.FIREARMS,
    "human_trafficking": CrimeArea.HUMAN_TRAFFICKING,
}
"""The qualifiers under which arrests were published by crime area; the rest of the total is ``other``."""
_NO_AREA: Final = "crime area not published"
_AT_HOST: Final = {
    "vehicles_checked": CrimeArea.OTHER,
    "vessels_checked": CrimeArea.OTHER,
    "prevented_entry": CrimeArea.MIGRANT_SMUGGLING,
    "refused_entry": CrimeArea.MIGRANT_SMUGGLING,
}
"""Published for the host alone, and no seizures."""


def draw_results(shifts: gpd.GeoDataFrame, published: Published, random: np.random.Generator) -> pd.DataFrame:
    """
    Divide the published results among countries and days as the hits are; conforms to `schemas.RESULTS`.

    Officers are counted once, on the first day, and divided as the checks are.
    """
    hits = shifts.assign(date=shifts["start_utc"].dt.tz_localize(None).dt.normalize()).pivot_table(
        index=["country", "date"], values="hits", aggfunc="sum"
    )["hits"]
    tables = [
        *_arrests(hits, published, random),
        _divided("investigations_opened", published.count("investigations_opened"), hits, random).assign(
            crime_area=CrimeArea.OTHER.value, remarks=_NO_AREA
        ),
        _divided("illegal_entries", published.count("illegal_entries"), hits, random).assign(
            crime_area=CrimeArea.MIGRANT_SMUGGLING.value
        ),
        *_host_results(hits, published, random),
        _officers(shifts, published),
    ]
    table = pd.concat(tables, ignore_index=True)
    table = table.assign(unit="count", handling=Handling.H1.value)
    return RESULTS.conform(table.sort_values(["date", "country", "measure", "crime_area"], ignore_index=True))


def _arrests(hits: pd.Series, published: Published, random: np.random.Generator) -> list[pd.DataFrame]:
    by_area = {
        area: published.count("arrests", qualifier=qualifier) for qualifier, area in _ARREST_AREAS.items()
    }
    by_area[CrimeArea.OTHER] = published.count("arrests") - sum(by_area.values())
    return [
        _divided("arrests", count, hits, random).assign(crime_area=area.value)
        for area, count in by_area.items()
    ]


def _host_results(hits: pd.Series, published: Published, random: np.random.Generator) -> list[pd.DataFrame]:
    at_host = hits.loc[[HOST]]
    return [
        _divided(measure, published.count(measure, scope=HOST), at_host, random).assign(crime_area=area.value)
        for measure, area in _AT_HOST.items()
    ]


def _divided(measure: str, total: int, hits: pd.Series, random: np.random.Generator) -> pd.DataFrame:
    """Divide a total at random among countries and days, in proportion to their hits."""
    parts = pd.Series(random.multinomial(total, hits / hits.sum()), index=hits.index, name="value")
    return parts[parts > 0].reset_index().assign(measure=measure)


def _officers(shifts: gpd.GeoDataFrame, published: Published) -> pd.DataFrame:
    checked = shifts.groupby("country")["checked"].sum()
    others = checked[checked.index != HOST]
    host = published.count("officers", scope=HOST)
    officers = pd.Series(apportion(published.count("officers") - host, others), index=others.index)
    officers[HOST] = host
    return (
        officers.rename_axis("country")
        .reset_index(name="value")
        .assign(
            date=pd.Timestamp(STARTS),
            measure="officers",
            crime_area=CrimeArea.OTHER.value,
            remarks="who took part, counted once",
        )
    )
