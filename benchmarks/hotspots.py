"""
CPU seconds of the hot-spot statistics, ours against peers in one run, and of a whole review.

Run `python -m benchmarks.hotspots` in the project folder. The peer of Gi* is `esda.G_Local`, if esda is
installed (binary weights, one thread, after its compilation); its scores have to agree with ours. The peer
of the exact test is `scipy.stats.binomtest`, place by place.
"""

import hashlib
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec

import geopandas as gpd
import h3
import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import binomtest

from geoanalysis import exercise, hotspots, reference, review
from geoanalysis.domain.operation import Operation
from geoanalysis.hotspots.cells import RESOLUTION, cell_neighbours
from geoanalysis.hotspots.exposure_test import excess_test
from geoanalysis.hotspots.rates import Floats

RINGS = {30_000: 99, 300_000: 316}
"""Around one hexagon: 29 701 and 300 517 of them."""
CROSSINGS = 400
SAMPLE = 2000
"""Places on which the slow peer of the exact test is timed."""
LEAST_RATIO = {30_000: 100.0, 300_000: 400.0}
MOST_CPU_S = {
    "Gi*, 300 000 cells": 0.05,
    "Gi*, 99 999 permutations and correction, 300 000 cells": 0.3,
    "exact test, 300 000 cells": 0.6,
    "scan of 300 places x 26 weeks, 999 replicates": 3.0,
    "density of 1 000 000 points on 1 000 x 1 000": 0.3,
    "whole review, 400 crossings, 5 000 seizures": 5.0,
    "review after a change of filter": 0.5,
    "importing the room": 1.0,
}
MOST_MIB = 2048


def main() -> int:
    """Print the figures; give 1 if ours fall short of what is promised."""
    taken: dict[str, float] = {"importing the room": _import_seconds()}
    ratios = {cells: _permutations(cells, taken) for cells in RINGS}
    taken |= _other_kernels() | _review()
    for name, most in MOST_CPU_S.items():
        print(f"{name}: {taken[name]:.3f} CPU s (at most {most:g} promised)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB (at most {MOST_MIB} promised)")
    slow = any(taken[name] > most for name, most in MOST_CPU_S.items()) or peak > MOST_MIB
    return int(slow or any(ratio is not None and ratio < LEAST_RATIO[n] for n, ratio in ratios.items()))


def _permutations(cells: int, taken: dict[str, float]) -> float | None:
    """Time Gi* with and without permutations beside the peer; give how many times faster ours is."""
    near = cell_neighbours(h3.grid_disk(h3.latlng_to_cell(44.0, 20.0, 6), RINGS[cells]))
    checked, hits = _action(near.shape[0])
    ours = _seconds(lambda: hotspots.local_g(hits, near, permutations=999))
    if cells == max(RINGS):
        taken["Gi*, 300 000 cells"] = _seconds(lambda: hotspots.local_g(hits, near))
        taken["Gi*, 99 999 permutations and correction, 300 000 cells"] = _seconds(
            lambda: hotspots.q_values(hotspots.local_g(hits, near, permutations=99_999)["p_sim"])
        )
        taken["exact test, 300 000 cells"] = _seconds(
            lambda: _exact_test(near @ hits, near @ checked, hits, checked)
        )
        print(f"exact test: scipy.stats.binomtest {_binomtest_seconds(hits, checked):.0f} CPU s")
    peer = _esda_seconds(hits, near)
    words = "peer not installed" if peer is None else f"esda {peer:.2f}, {peer / ours:.0f} times ours"
    print(f"Gi*, 999 conditional permutations, {near.shape[0]} cells: {ours:.4f} CPU s; {words}")
    return None if peer is None else peer / ours


def _other_kernels() -> dict[str, float]:
    random = np.random.default_rng(0)
    xy, exposure = random.uniform(0, 1000, (300, 2)), np.exp(random.normal(5, 1, (300, 26)))
    cases = random.poisson(exposure * 0.0026)
    points = random.normal(0.5, 0.2, (1_000_000, 2))
    return {
        "scan of 300 places x 26 weeks, 999 replicates": _seconds(
            lambda: hotspots.poisson_scan(cases, exposure, xy, times=range(26))
        ),
        "density of 1 000 000 points on 1 000 x 1 000": _seconds(
            lambda: hotspots.density_grid(points, bounds=(0, 0, 1, 1), shape=(1000, 1000), sigma=0.05)
        ),
    }


def _review() -> dict[str, float]:
    action, crossings = _large_action()
    known = action.check_shifts["crossing_id"].nunique(), action.seizures["seizure_id"].nunique()
    print(f"the reviewed action: {known[0]} crossings with shifts, {known[1]} seizures")
    cold = _seconds(lambda: _whole_review(action, crossings), times=1)
    half = replace(
        action,
        seizures=action.seizures.iloc[::2].reset_index(drop=True),
        check_shifts=action.check_shifts.iloc[::2].reset_index(drop=True),
    )
    changed = _seconds(lambda: _page_after_a_filter(half, crossings))
    digests = {_digest(_whole_review(half, crossings)) for _ in range(2)}
    print(f"same seed, same bytes: {len(digests) == 1}")
    return {"whole review, 400 crossings, 5 000 seizures": cold, "review after a change of filter": changed}


def _large_action() -> tuple[Operation, pd.DataFrame]:
    """Give an action of 400 crossings and 5 000 seizures: some road points become crossings."""
    action = exercise.generate(1).operation
    crossings = reference.load_crossings(action.starts)
    shifts = action.check_shifts
    wanted = CROSSINGS - shifts["crossing_id"].nunique()
    points = shifts[shifts["crossing_id"].isna()].drop_duplicates("place_name").head(wanted)
    new = gpd.GeoDataFrame(
        {"crossing_id": points["place_name"], "name": points["place_name"], "pair": ""},
        geometry=points.geometry,
        crs=crossings.crs,
    )
    named = shifts["place_name"].where(shifts["place_name"].isin(points["place_name"]))
    times = -(-5000 // action.seizures["seizure_id"].nunique())
    copies = [
        action.seizures.assign(seizure_id=action.seizures["seizure_id"] + f"-{copy}") for copy in range(times)
    ]
    larger = replace(
        action,
        seizures=pd.concat(copies, ignore_index=True),
        check_shifts=shifts.assign(crossing_id=shifts["crossing_id"].fillna(named)),
    )
    return larger, pd.concat([crossings, new], ignore_index=True)


def _page_after_a_filter(action: Operation, crossings: pd.DataFrame) -> list[pd.DataFrame]:
    """Do what the Review page does when a filter changes: findings, intensity, funnel, timeline."""
    spots = hotspots.summarise(action.seizures, action.check_shifts, crossings)
    hotspots.findings(spots)
    reports = _reports(action, crossings)
    line = hotspots.timeline(hotspots.per_period(reports, "crossing_id"))
    return [spots, review.check_intensity(action.check_shifts, crossings), line]


def _whole_review(action: Operation, crossings: pd.DataFrame) -> list[pd.DataFrame]:
    reports = _reports(action, crossings)
    periods = hotspots.per_period(reports, "crossing_id")
    places = crossings.rename(columns={"crossing_id": "place_id"})
    spots = hotspots.summarise(action.seizures, action.check_shifts, crossings)
    rows = spots[spots["kind"] == "crossing"].reset_index(drop=True)
    around = hotspots.surroundings(rows, "band")
    located = rows.set_index("place_id", drop=False).loc[list(periods.place_ids)].reset_index(drop=True)
    return [
        *_page_after_a_filter(action, crossings),
        *(
            hotspots.hit_rates(reports, by)
            for by in ("crossing_id", "section", "cell", "country", "crime_area")
        ),
        hotspots.local_statistics(rows, around, permutations=99_999),
        hotspots.scan_action(periods, places),
        hotspots.emerging_places(periods, hotspots.surroundings(located, "band").weights),
        pd.DataFrame(hotspots.change_points(hotspots.timeline(periods)["hits"])),
        hotspots.crime_areas_together(reports, "firearms", "drugs").places,
        review.concentration(rows["hits"], rows["checked"]).curve,
        review.yields(action, crossings),
        *(review.totals(action, by) for by in ("country", "crime_area", "commodity", "unit")),
        review.result_sheet(action, reference.load_actions()),
    ]


def _reports(action: Operation, crossings: pd.DataFrame) -> hotspots.Reports:
    return hotspots.gather(
        action.seizures, action.check_shifts, crossings, unit_checked="person", resolution=RESOLUTION
    )


def _digest(tables: list[pd.DataFrame]) -> str:
    return hashlib.sha256("".join(table.to_csv() for table in tables).encode()).hexdigest()


def _action(places: int) -> tuple[Floats, Floats]:
    """Draw checks that differ a hundredfold, and hits at one rate."""
    random = np.random.default_rng(1)
    checked = np.exp(random.normal(np.log(300), 1, places)).round() + 20
    return checked, random.poisson(checked * 0.002).astype(float)


def _exact_test(hits_near: Floats, checked_near: Floats, hits: Floats, checked: Floats) -> Floats:
    return excess_test(hits_near, checked_near[:, None], [hits.sum()], [checked.sum()]).p_value


def _seconds(job: Callable[[], object], *, times: int = 3) -> float:
    """Give the CPU seconds of the best of some runs."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        job()
        taken.append(time.process_time() - begun)
    return min(taken)


def _import_seconds() -> float:
    """Give the CPU seconds of importing the room in a fresh process, after Python itself has started."""
    script = (
        "import time; t = time.process_time(); import geoanalysis.hotspots; print(time.process_time() - t)"
    )
    runs = [subprocess.run([sys.executable, "-c", script], capture_output=True, check=True) for _ in range(3)]  # noqa: S603
    return min(float(run.stdout) for run in runs)


def _binomtest_seconds(hits: Floats, checked: Floats) -> float:
    total, share = int(hits.sum()), checked / checked.sum()
    sample = range(SAMPLE)
    taken = _seconds(
        lambda: [binomtest(int(hits[i]), total, share[i], alternative="greater") for i in sample], times=1
    )
    return taken * len(hits) / SAMPLE


def _esda_seconds(values: Floats, near: csr_array) -> float | None:
    """Time the peer once it is compiled, and require that its scores agree with ours."""
    if find_spec("esda") is None:
        return None
    from esda import G_Local  # noqa: PLC0415 - an optional peer
    from libpysal.weights import WSP  # noqa: PLC0415

    how = {"transform": "B", "star": True, "n_jobs": 1, "keep_simulations": False}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        few = WSP(near[:100, :100]).to_W(silence_warnings=True)
        G_Local(values[:100], few, permutations=99, **how)
        weights = WSP(near).to_W(silence_warnings=True)
        scores = G_Local(values, weights, permutations=0, **how).Zs
        np.testing.assert_allclose(hotspots.local_g(values, near)["z"], scores, atol=1e-8)
        return _seconds(lambda: G_Local(values, weights, permutations=999, **how), times=1)


if __name__ == "__main__":
    sys.exit(main())
