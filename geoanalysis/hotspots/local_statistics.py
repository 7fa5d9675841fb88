"""The familiar local statistics beside the default one, for those who ask for them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.hotspots.cells import cell_neighbours
from geoanalysis.hotspots.colocation import Colocation, colocation_quotient
from geoanalysis.hotspots.counts import Reports
from geoanalysis.hotspots.empirical_bayes import smoothed_rates
from geoanalysis.hotspots.fdr import q_values
from geoanalysis.hotspots.local_g import MIN_PLACES, local_g
from geoanalysis.hotspots.moran import local_moran
from geoanalysis.hotspots.neighbours import distance_band, nearest, within
from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.road_neighbours import road_distances_km

if TYPE_CHECKING:
    from geoanalysis.network import RoadNetwork

Neighbourhood: TypeAlias = Literal["contiguity", "band", "nearest", "roads"]
COLUMNS: Final = (
    *("place_id", "name", "neighbours", "gi_counts_z", "gi_counts_q", "gi_rate_z", "gi_rate_q"),
    *("moran_rate", "moran_quadrant", "moran_q"),
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Who is near whom, in the order of the rows it was made for, and how that was decided."""

    weights: csr_array
    words: str


def surroundings(
    spots: gpd.GeoDataFrame,
    neighbourhood: Neighbourhood,
    *,
    band_km: float = 50.0,
    count: int = 6,
    network: "RoadNetwork | None" = None,
) -> Surroundings:
    """
    Decide who is near whom among the rows of one kind of a summary.

    Parameters
    ----------
    spots
        Rows of one kind, as given by `summarise`.
    neighbourhood
        ``contiguity``: hexagons that share an edge; ``band``: at most `band_km` apart in a straight line;
        ``nearest``: the `count` nearest; ``roads``: at most `band_km` apart along the roads of `network`.

    Raises
    ------
    InsufficientDataError
        If crossings are asked for by contiguity, or roads without a network.
    """
    if neighbourhood == "contiguity":
        if (spots["kind"] != "cell").any():
            raise InsufficientDataError(
                "only hexagons share edges: choose another neighbourhood for crossings"
            )
        return Surroundings(cell_neighbours(list(spots["place_id"])), "hexagons that share an edge")
    points = spots[["place_id", "geometry"]].copy()
    if (spots["kind"] == "cell").any():
        points["geometry"] = spots.geometry.representative_point()
    if neighbourhood == "band":
        return Surroundings(distance_band(points, band_km=band_km), f"at most {band_km:g} km apart")
    if neighbourhood == "nearest":
        return Surroundings(nearest(points, count=count), f"the {count} nearest")
    if network is None:
        raise InsufficientDataError("neighbours along roads need a road network")
    near = within(road_distances_km(network, points, most_km=band_km), band_km)
    return Surroundings(near, f"at most {band_km:g} km apart along roads ({network.name})")


def local_statistics(
    spots: gpd.GeoDataFrame, around: Surroundings, *, permutations: int = 0, seed: int = 0
) -> pd.DataFrame:
    """
    Give Gi* of counts and of hit rates and local Moran's I of hit rates, corrected for their number.

    Parameters
    ----------
    spots
        Rows of one kind, as given by `summarise`: one family of tests.
    around
        Who is near whom, for the same rows.
    permutations
        Draws of the conditional permutation; 0 for the normal approximation.
    seed
        Of the draws.

    Returns
    -------
    DataFrame
        `COLUMNS`, one row per place. Counts are seizures: activity, not risk. Rates are empirical-Bayes hits
        over the hits expected at the rates of the selections, so that places which select otherwise can be
        compared; places that expect none take no part in them (NaN). ``neighbours`` does not count the place.

    Raises
    ------
    InsufficientDataError
        With fewer than `MIN_PLACES` places.
    """
    if len(spots) < MIN_PLACES:
        raise InsufficientDataError(
            f"local statistics need {MIN_PLACES} places; there are {len(spots)}: widen the filters"
        )
    columns = {
        "place_id": spots["place_id"].to_numpy(),
        "name": spots["name"].to_numpy(),
        "neighbours": np.diff(around.weights.indptr) - 1,
    }
    counts = local_g(spots["seizures"], around.weights, permutations=permutations, seed=seed)
    columns |= {"gi_counts_z": counts["z"], "gi_counts_q": _q(counts)}
    there = spots["expected"].to_numpy() > 0
    if there.sum() >= MIN_PLACES:
        columns |= _of_rates(spots[there], around.weights[there][:, there], there, permutations, seed)
    return pd.DataFrame(columns).reindex(columns=list(COLUMNS))


def crime_areas_together(
    reports: Reports,
    first: str,
    second: str,
    *,
    resolution_of: str = "cell",
    permutations: int = 999,
    seed: int = 0,
) -> Colocation:
    """
    Tell whether seizures of a second crime area lie around those of a first, in hexagons and those around.

    A seizure of several areas counts once for each. The labels are dealt out among all seizures, so it does
    not count that all lie where most was checked.

    Raises
    ------
    InsufficientDataError
        If there are no seizures with a place, or none of either area, or both are the same.
    """
    if first == second:
        raise InsufficientDataError("a crime area is not compared with itself: choose two")
    found = reports.seizures.dropna(subset=resolution_of).drop_duplicates(["seizure_id", "crime_area"])
    if found.empty:
        raise InsufficientDataError("no seizure has a place: colocation cannot be told")
    cells, cell = np.unique(found[resolution_of].to_numpy(str), return_inverse=True)
    a, b, everything = (
        np.bincount(cell[chosen], minlength=len(cells))
        for chosen in (found["crime_area"] == first, found["crime_area"] == second, np.ones(len(found), bool))
    )
    together = colocation_quotient(
        a, b, everything, cell_neighbours(list(cells)), permutations=permutations, seed=seed
    )
    together.places["place"] = cells[together.places["place"]]
    return together


def bivariate_moran(
    reports: Reports,
    spots: gpd.GeoDataFrame,
    around: Surroundings,
    first: str,
    second: str,
    *,
    permutations: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """
    Tell around which crossings with many seizures of one crime area there are many of another, given checks.

    Parameters
    ----------
    reports
        As given by `gather`.
    spots
        The rows of crossings of a summary; those without checks are left out.
    around
        Who is near whom, for the same rows.
    first, second
        Crime areas.
    permutations, seed
        Of the conditional permutation.

    Returns
    -------
    DataFrame
        ``place_id``, ``name``, ``first_rate``, ``second_rate`` (empirical-Bayes seizures per expected hit),
        ``i``, ``quadrant`` and ``q_value``.

    Raises
    ------
    InsufficientDataError
        With fewer than `MIN_PLACES` crossings with checks.
    """
    there = spots["expected"].to_numpy() > 0
    if there.sum() < MIN_PLACES:
        raise InsufficientDataError(
            f"local statistics need {MIN_PLACES} places with checks; there are {int(there.sum())}"
        )
    rows, weights = spots[there], around.weights[there][:, there]
    events = reports.seizures.drop_duplicates(["seizure_id", "crime_area"])
    rates = []
    for area in (first, second):
        found = events.loc[events["crime_area"] == area, "crossing_id"].value_counts()
        counts = found.reindex(rows["place_id"]).fillna(0).to_numpy(float)
        rates.append(smoothed_rates(counts, rows["expected"].to_numpy(float))["smoothed"])
    local = local_moran(rates[0], weights, other=rates[1], permutations=permutations, seed=seed)
    return pd.DataFrame(
        {
            "place_id": rows["place_id"].to_numpy(),
            "name": rows["name"].to_numpy(),
            "first_rate": rates[0],
            "second_rate": rates[1],
            "i": local["i"],
            "quadrant": local["quadrant"].where(local["i"].notna()),
            "q_value": _q(local),
        }
    )


def _of_rates(
    spots: gpd.GeoDataFrame, weights: csr_array, there: np.ndarray, permutations: int, seed: int
) -> dict[str, Floats | list[str]]:
    rates = smoothed_rates(spots["hits"].to_numpy(float), spots["expected"].to_numpy(float))["smoothed"]
    gi = local_g(rates, weights, permutations=permutations, seed=seed)
    moran = local_moran(rates, weights, permutations=permutations, seed=seed)
    parts = {
        "gi_rate_z": gi["z"],
        "gi_rate_q": _q(gi),
        "moran_rate": moran["i"],
        "moran_quadrant": moran["quadrant"].where(moran["i"].notna()),
        "moran_q": _q(moran),
    }
    places = np.flatnonzero(there)
    return {
        name: pd.Series(values.to_numpy(), places).reindex(range(len(there)))
        for name, values in parts.items()
    }


def _q(tested: pd.DataFrame) -> pd.Series:
    return pd.Series(q_values(tested["p_sim" if "p_sim" in tested else "p_value"]), name="q")
