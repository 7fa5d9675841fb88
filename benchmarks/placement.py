"""
Time the placement of checkpoints against the plain formulation, and on a detailed network.

Run `python -m benchmarks.placement [DETAILED] [--seconds N]` in the project folder, where DETAILED is a
network that `python -m geoanalysis roads build` made; without it one is built from the extract of South-East
Europe. The published interdiction instances are read from the shared folder; both need it.

The baseline is the compact formulation handed to HiGHS as it is, one thread: a block of chances per
destination, `x_tail >= r x_head - (r - q) psi_head z` (Morton, Pan and Saeger 2007). It gets N seconds per
instance (120 if not given); the ratio is over the instances that it finishes. Seconds are of CPU, with all
that is done to the arrays.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks._detailed import SHARED, detailed_file
from benchmarks.corridors import ACTION, ends
from geoanalysis.network import CrossingGraph, RoadNetwork, Travel, load_network, with_borders
from geoanalysis.placement import (
    CheckModel,
    InterdictionProblem,
    capture,
    checkpoint_problem,
    evaluate,
    interdict,
    roster,
)
from geoanalysis.placement.programme import Programme
from geoanalysis.reference import load_crossings

CASES: Final = SHARED / "data" / "cases" / "network"
LONG: Final = 300.0
TO: Final = 1e-6
APART_M: Final = 3000.0


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("detailed", nargs="*")
    parser.add_argument("--seconds", type=float, default=120.0)
    asked = parser.parse_args()
    if (CASES / "snip").is_dir():
        published(asked.seconds)
    else:
        sys.stdout.write("skipped: the published instances are not here\n")
    with detailed_file(asked.detailed) as path:
        detailed(path)


def published(seconds: float) -> None:
    """Solve every published instance that has been proven, and those that the baseline does not finish."""
    known = json.loads((CASES / "expected.json").read_text())["snip"]
    proven = [(case["inst"], case["snipno"], case["budget"], case["obj"]) for case in known if _proven(case)]
    ratios = []
    for instance, kind, budget, value in proven:
        problem = snip(instance, kind)
        plan, ours_s = timed(lambda p=problem, b=budget: interdict(p, b))
        (theirs, done), theirs_s = timed(lambda p=problem, b=budget: compact(p, b, seconds))
        assert plan.status == "optimal"
        assert abs(plan.evasion - value) < TO
        assert not done or abs(theirs - value) < 10 * TO
        ratios += [theirs_s / ours_s] if done else []
        says = f"{theirs_s:7.2f} s, {theirs_s / ours_s:6.1f} times ours" if done else "not finished"
        case = f"instance {instance} kind {kind} budget {budget:2}: {plan.evasion:.9f}"
        sys.stdout.write(f"{case} ours {ours_s:6.2f} s, compact {says}\n")
        sys.stdout.flush()
    mean = float(np.exp(np.mean(np.log(ratios))))
    sys.stdout.write(f"geometric mean over {len(ratios)} instances: {mean:.1f} times faster (5 promised)\n")
    for budget in (60, 90):
        plan, ours_s = timed(lambda b=budget: interdict(snip(0, 3), b, time_limit_s=LONG))
        sys.stdout.write(
            f"q = r/10, budget {budget}: {plan.evasion:.9f}, bound {plan.bound:.9f}, {plan.status} "
            f"in {ours_s:.1f} s ({LONG:.0f} promised)\n"
        )


def detailed(path: Path) -> None:
    """Place checkpoints on a detailed network, every border guarded, for 20 x 20 pairs."""
    network = load_network(path)
    at_border = network.nodes["pair"] != ""
    number = at_border.cumsum().astype(str)
    ids = network.nodes["crossing_id"].where(network.nodes["crossing_id"] != "", "border " + number)
    nodes = network.nodes.assign(crossing_id=ids.where(at_border, ""))
    crossings = load_crossings(ACTION)
    ready = with_borders(type(network)(nodes, network.edges, name=network.name), crossings, Travel(ACTION))
    guarded = ready.nodes.assign(delay_min=np.where(at_border, 10.0, 0.0), guarded=at_border)
    everywhere = type(network)(guarded, ready.edges, name=network.name)
    graph = CrossingGraph.build(everywhere, *ends())
    made = checkpoint_problem(graph, np.ones((20, 20)), CheckModel(officers=(10,), detection=(0.6,)))
    problem = made.problem
    sys.stdout.write(f"{problem.sites} crossings, {len(problem.tail)} arcs, {len(problem.weight)} pairs\n")
    for line in _on_detailed(problem, ready):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _on_detailed(problem: InterdictionProblem, network: RoadNetwork) -> Iterator[str]:
    _, evaluated_s = timed(lambda: evaluate(problem, problem.first_arc[:10]))
    yield f"evaluation {evaluated_s:.3f} s (0.05 promised)"
    drawn, drawn_s = timed(lambda: roster(problem, 10, shifts=12))
    yield f"roster of 10 teams: {drawn.guarantee:.5f}, gap {drawn.gap:.2%} (2 %) in {drawn_s:.2f} s (3 s)"
    quick, quick_s = timed(lambda: interdict(problem, 10, gap=0.2, time_limit_s=5))
    yield f"fixed plan of 10: {quick.evasion:.5f}, gap {quick.gap:.1%} in {quick_s:.2f} s (5 s)"
    plan, plan_s = timed(lambda: interdict(problem, 10, gap=0.05, time_limit_s=120))
    yield f"fixed plan of 10: {plan.evasion:.5f}, gap {plan.gap:.2%} (5 %) in {plan_s:.1f} s (120 s)"
    paths, flows = flows_over(network, 300, 50_000)
    caught, caught_s = timed(lambda: capture(paths, flows, 10))
    share = caught.captured / flows.sum()
    yield f"capture 10 of 300 over 50 000 paths: {share:.6f} {caught.status} in {caught_s:.2f} s (5 s)"
    yield f"peak memory {_peak_mb():.0f} MB (1 000 MB)"


def compact(problem: InterdictionProblem, budget: float, seconds: float) -> tuple[float, bool]:
    """Hand the plain formulation to HiGHS; give its value, and whether it is proven."""
    graph, sites = problem.graph, problem.sites
    unmanned = np.exp(-graph.trees(problem.cost[0]))
    tail, head = (
        np.searchsorted(np.unique([*problem.tail, *problem.head]), one)
        for one in (problem.tail, problem.head)
    )
    manned = problem.arc_site >= 0
    rows: list[Any] = []
    count, first = graph.count, 0
    for block, end in enumerate(graph.ends):
        offset = sites + block * count
        for arcs, chance in ((~manned, problem.evade), (manned, problem.evade_checked[0])):
            which = np.flatnonzero(arcs & (chance > 0) & (tail != head) & (tail != end))
            rows.append(_pairs(first, offset, tail[which], head[which], chance[which]))
            first += len(which)
        which = np.flatnonzero(manned & (tail != end))
        rows.append(_pairs(first, offset, tail[which], head[which], problem.evade[which]))
        lost = (problem.evade - problem.evade_checked[0])[which] * unmanned[block, head[which]]
        rows.append((lost, np.arange(len(which)) + first, problem.arc_site[which]))
        first += len(which)
    values, row, column = (np.concatenate(part) for part in zip(*rows, strict=True))
    size = sites + len(graph.ends) * count
    cost, lower = np.zeros(size), np.zeros(size)
    np.add.at(cost, sites + graph.end_of * count + graph.origin, problem.weight)
    lower[sites + np.arange(len(graph.ends)) * count + graph.ends] = 1.0
    programme = Programme.of(cost, lower, np.ones(size))
    programme.add_rows(
        csr_array(coo_array((values, (row, column)), shape=(first, size))),
        np.zeros(first),
        np.full(first, np.inf),
    )
    everything = np.concatenate([np.ones(sites), np.zeros(size - sites)])[None, :]
    programme.add_rows(csr_array(everything), np.array([-np.inf]), np.array([float(budget)]))
    solved = programme.solve_integer(np.arange(sites), gap=1e-6, time_limit_s=seconds)
    return solved.value, solved.status == "optimal"


def _pairs(first: int, offset: int, tail: Any, head: Any, chance: Any) -> tuple[Any, Any, Any]:
    row = np.arange(len(tail)) + first
    ones = np.ones(len(tail))
    return np.concatenate([ones, -chance]), np.tile(row, 2), offset + np.concatenate([tail, head])


def flows_over(network: RoadNetwork, candidates: int, paths: int) -> tuple[list[Any], Any]:
    """Give quickest paths between random nodes, as the candidates on them: the busiest, 3 km apart."""
    rng = np.random.default_rng(0)
    graph, metres = network.graph, network.positions.metres
    usable = np.flatnonzero(network.well_connected)
    size = int(np.ceil(np.sqrt(paths)))
    starts, ends = rng.choice(usable, size, replace=False), rng.choice(usable, size, replace=False)
    drawn, flows = [], []
    for start in starts:
        minutes, before = dijkstra(graph.matrix(), indices=start, return_predecessors=True)
        joined = ends[np.isfinite(minutes[ends]) & (ends != start)][: paths - len(drawn)]
        drawn += [_walked(before, end) for end in joined]
        flows += (rng.lognormal(size=len(joined)) / np.maximum(minutes[joined], 5.0)).tolist()
    busy = np.bincount(np.concatenate(drawn), np.repeat(flows, [len(path) for path in drawn]), len(metres))
    number = np.full(len(metres), -1)
    chosen: list[int] = []
    for node in np.argsort(-busy, kind="stable"):
        if len(chosen) == candidates:
            break
        if not chosen or np.hypot(*(metres[chosen] - metres[node]).T).min() > APART_M:
            number[node] = len(chosen)
            chosen.append(int(node))
    return [np.unique(number[path][number[path] >= 0]) for path in drawn], np.array(flows)


def _walked(before: Any, end: int) -> Any:
    path = [end]
    while before[path[-1]] >= 0:
        path.append(before[path[-1]])
    return np.array(path, dtype="int32")


def snip(instance: int, kind: int) -> InterdictionProblem:
    """Read an instance of Pan, Charlton and Morton; kinds 2, 3, 4 replace the chances at manned arcs."""
    folder = CASES / "snip"
    plain, sensors = (
        np.loadtxt(folder / f"arcgain{instance}.txt"),
        np.loadtxt(folder / f"intd_arc{instance}.txt"),
    )
    origin, destination, weight = np.loadtxt(folder / "Scenarios.txt").T
    manned = {2: sensors[:, 2] / 2, 3: sensors[:, 2] / 10, 4: sensors[:, 2] * 0}.get(kind, sensors[:, 3])
    evade = np.concatenate([plain[:, 2], sensors[:, 2]])
    tail, head = np.vstack([plain[:, :2], sensors[:, :2]]).astype("int64").T
    checked = np.concatenate([plain[:, 2], manned])
    return InterdictionProblem(
        tail,
        head,
        evade,
        checked,
        np.arange(len(evade)) >= len(plain),
        origin.astype("int64"),
        destination.astype("int64"),
        weight,
    )


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Do some work once; give what it gives, and the seconds of CPU."""
    began = time.process_time()
    return work(), time.process_time() - began


def _proven(case: dict[str, Any]) -> bool:
    return bool(case["status"] == "Optimal")


def _peak_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return float(peak.split()[1]) / 1024


if __name__ == "__main__":
    main()
