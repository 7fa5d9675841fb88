"""
Score the hot-spot analysis on exercises whose truth is known.

Run `python -m benchmarks.exercise_score` in the project folder (a minute for the hundred seeds). In each
exercise four crossings have three times the base hit rate and three others are merely checked six times more.
Beside the test of the project stands what a map of counts would say: Gi* on seizures, z turned into a
one-sided p-value, corrected the same way.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import geopandas as gpd
import h3
import pandas as pd
from scipy.stats import norm

from geoanalysis import exercise, hotspots, reference
from geoanalysis.hotspots.cells import RESOLUTION
from geoanalysis.hotspots.fdr import q_values

FDR = 0.05
LEAST_SENSITIVITY = 0.6
MOST_FALSE_ALARMS = 0.05
EXPOSURE_TEST, GI_STAR = "hits given checks", "Gi* on counts"


def score(seeds: Iterable[int]) -> pd.DataFrame:
    """
    Score exercises.

    Returns
    -------
    DataFrame
        One row per seed, method and kind of place: ``sensitivity`` (share of the planted places found),
        ``over_checked`` (whether a merely over-checked place is called a hot spot) and ``false_spots``
        (how many hot spots are neither planted nor, for cells, next to a planted one).
    """
    setting = exercise.bundled_setting()
    crossings = reference.load_crossings(date(2022, 10, 26))
    rows = (row for seed in seeds for row in _score_one(exercise.generate(seed, setting), crossings))
    return pd.DataFrame(rows)


def report(scores: pd.DataFrame) -> pd.DataFrame:
    """Give the mean figures per kind of place and method."""
    return scores.groupby(["kind", "method"], sort=False)[
        ["sensitivity", "over_checked", "false_spots"]
    ].mean()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; give 1 if the analysis falls short of what it promises."""
    parser = argparse.ArgumentParser(description="Score the hot-spot analysis on simulated actions.")
    parser.add_argument("--seeds", type=int, default=100, help="exercises 0 to this, exclusive")
    figures = report(score(range(parser.parse_args(arguments).seeds)))
    print(figures.to_string(float_format="{:.3f}".format))
    ours = figures.loc["crossing", EXPOSURE_TEST]
    print(f"planted crossings found: {ours['sensitivity']:.3f} (at least {LEAST_SENSITIVITY} promised)")
    print(
        f"exercises in which an over-checked crossing is called a hot spot: {ours['over_checked']:.3f} "
        f"(at most {MOST_FALSE_ALARMS} promised)"
    )
    kept = ours["sensitivity"] >= LEAST_SENSITIVITY and ours["over_checked"] <= MOST_FALSE_ALARMS
    return 0 if kept else 1


def _score_one(made: exercise.Exercise, crossings: gpd.GeoDataFrame) -> Iterator[dict[str, object]]:
    operation, planted = made.operation, made.planted
    summary = hotspots.summarise(operation.seizures, operation.check_shifts, crossings, fdr=FDR)
    cell = {
        row.place_id: h3.latlng_to_cell(row.lat, row.lon, RESOLUTION) for row in planted.places.itertuples()
    }
    for kind, rows in summary.groupby("kind", sort=False):
        name = cell.__getitem__ if kind == "cell" else str
        hot, decoys = [name(place) for place in planted.hot], [name(place) for place in planted.over_checked]
        around = {near for place in hot for near in h3.grid_disk(place, 1)} if kind == "cell" else set(hot)
        by_count = q_values(norm.sf(rows["gi_z"])) <= FDR
        for method, called in ((EXPOSURE_TEST, rows["hotspot"]), (GI_STAR, by_count)):
            found = set(rows.loc[called, "place_id"])
            yield {
                "seed": planted.seed,
                "kind": kind,
                "method": method,
                "sensitivity": len(found.intersection(hot)) / len(hot),
                "over_checked": not found.isdisjoint(decoys),
                "false_spots": len(found - around),
            }


if __name__ == "__main__":
    sys.exit(main())
