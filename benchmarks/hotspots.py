"""
CPU seconds of the hot-spot kernels on 300 000 hexagons, ours against peers in one run.

Run `python -m benchmarks.hotspots` in the project folder. The peer of the exact test is
`scipy.stats.binomtest`, place by place; that of Gi* is `esda.G_Local` (binary weights, analytic), if esda is
installed.
"""

import sys
import time
import warnings
from collections.abc import Callable
from importlib.util import find_spec

import h3
import numpy as np
from scipy.sparse import csr_array
from scipy.stats import binomtest

from geoanalysis.hotspots.cells import cell_neighbours
from geoanalysis.hotspots.exposure_test import excess_test
from geoanalysis.hotspots.gi_star import gi_star
from geoanalysis.hotspots.rates import Floats

RINGS = 316
"""Around one hexagon: 300 517 of them."""
SAMPLE = 2000
"""Places on which the slow peer of the exact test is timed."""
MOST_CPU_S = {"exact test": 0.6, "Gi*": 0.05}


def main() -> int:
    """Print the figures; give 1 if ours are slower than promised."""
    cells = h3.grid_disk(h3.latlng_to_cell(44.0, 20.0, 6), RINGS)
    near = cell_neighbours(cells)
    checked, hits = _action(len(cells))
    print(f"{len(cells)} hexagons, {int(checked.sum())} checks, {int(hits.sum())} hits; CPU seconds")
    ours = {
        "exact test": _seconds(lambda: _exact_test(near @ hits, near @ checked, hits, checked)),
        "Gi*": _seconds(lambda: gi_star(hits, near)),
    }
    peers = {"exact test": _binomtest_seconds(hits, checked), "Gi*": _esda_seconds(hits, near)}
    for name, seconds in ours.items():
        peer = peers[name]
        beside = "peer not installed" if peer is None else f"peer {peer:.2f}, {peer / seconds:.0f} times ours"
        print(f"{name}: {seconds:.3f} (at most {MOST_CPU_S[name]} promised); {beside}")
    return int(any(ours[name] > most for name, most in MOST_CPU_S.items()))


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


def _binomtest_seconds(hits: Floats, checked: Floats) -> float:
    total, share = int(hits.sum()), checked / checked.sum()
    sample = range(SAMPLE)
    taken = _seconds(
        lambda: [binomtest(int(hits[i]), total, share[i], alternative="greater") for i in sample], times=1
    )
    return taken * len(hits) / SAMPLE


def _esda_seconds(values: Floats, near: csr_array) -> float | None:
    if find_spec("esda") is None:
        return None
    from esda import G_Local  # noqa: PLC0415 - an optional peer
    from libpysal.weights import WSP  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        weights = WSP(near).to_W(silence_warnings=True)
        return _seconds(lambda: G_Local(values, weights, transform="B", star=True, permutations=0), times=1)


if __name__ == "__main__":
    sys.exit(main())
