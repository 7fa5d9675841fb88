"""The most that checkpoints intercept while routes stay: a baseline, for smugglers who do not react."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack, identity

from geoanalysis.domain.errors import InputError
from geoanalysis.placement.constraints import PlanConstraints, Rules, add_rules, refuse_clashes
from geoanalysis.placement.problem import Floats, Ints, Places
from geoanalysis.placement.programme import Programme, Status
from geoanalysis.placement.way_pool import HALF


@dataclass(frozen=True, eq=False)
class CapturePlan:
    """
    Candidates chosen by what they intercept if nobody re-routes: never to be shown alone.

    Attributes
    ----------
    chosen
        Candidates, ascending.
    captured
        Flow on paths over at least one of them.
    bound
        No choice captures more.
    status
        "optimal" where that is proven, "greedy" where it is not, or "time limit".
    """

    chosen: Ints
    captured: float
    bound: float
    status: Status | str


def capture(
    paths: Sequence[Collection[int]],
    flows: Sequence[float],
    p: int,
    *,
    exact: bool = True,
    constraints: PlanConstraints | None = None,
    time_limit_s: float | None = None,
) -> CapturePlan:
    """
    Choose p candidates that intercept most of the flow while it stays on its paths.

    Maximal covering of flows (Hodgson 1990; Berman, Larson and Fouska 1992). Paths over the same candidates
    are one. Greedy choice captures at least 1 - 1/e of the most; its `bound` adds the p largest gains left to
    what it captured, which no choice can exceed.

    Parameters
    ----------
    paths
        The candidates on each path, counted from 0; a path may have none.
    flows
        Of each path, not negative.
    p
        How many candidates to choose, or what they may cost.
    exact
        Prove the optimum by HiGHS; else greedy, at once. With constraints it is always proven.
    constraints
        What else the plan must keep to; its arcs are the candidates.
    time_limit_s
        Stop the proof after so many seconds.

    Raises
    ------
    InputError
        If lengths differ, a flow is negative, or p is.
    ClashError
        If no choice keeps to all constraints.
    """
    flow, member = _aggregated(paths, flows)
    if p < 0:
        raise InputError(f"p must not be negative, not {p}")
    greedy = _greedy(flow, member, int(p))
    if not exact and constraints is None:
        return greedy
    return _proven(flow, member, p, constraints, greedy, np.inf if time_limit_s is None else time_limit_s)


def _aggregated(paths: Sequence[Collection[int]], flows: Sequence[float]) -> tuple[Floats, csc_array]:
    """Give the flow over each set of candidates, and the sets: a row each, a column per candidate."""
    flow = np.asarray(flows, dtype="float64")
    if len(paths) != len(flow):
        raise InputError(f"there are {len(flow)} flows for {len(paths)} paths")
    if not (np.isfinite(flow) & (flow >= 0)).all():
        raise InputError("flows must be finite numbers, not negative")
    sets: dict[bytes, int] = {}
    row = [_number(np.unique(np.fromiter(path, "int64")), sets) for path in paths]
    members = [np.frombuffer(content, "int64") for content in sets]
    if any(len(one) and one[0] < 0 for one in members):
        raise InputError("candidates are counted from 0")
    lengths = [len(one) for one in members]
    column = np.concatenate([*members, np.zeros(0, "int64")]).astype("int64")
    width = int(column.max(initial=-1)) + 1
    entries = (np.ones(len(column)), (np.repeat(np.arange(len(members)), lengths), column))
    member = csc_array(entries, shape=(len(members), width))
    total = np.bincount(np.array(row, dtype="int64"), flow, minlength=len(members))
    return total.astype("float64"), member


def _number(path: Ints, sets: dict[bytes, int]) -> int:
    return sets.setdefault(path.tobytes(), len(sets))


def _greedy(flow: Floats, member: csc_array, p: int) -> CapturePlan:
    left, chosen, captured = flow.copy(), [], 0.0
    for _ in range(min(p, member.shape[1])):
        gain = left @ member
        best = int(gain.argmax())
        if gain[best] <= 0:
            break
        chosen.append(best)
        captured += float(gain[best])
        left[member.indices[member.indptr[best] : member.indptr[best + 1]]] = 0.0
    gain = np.sort(left @ member)[::-1]
    bound = min(captured + float(gain[:p].sum()), float(flow[np.diff(member.tocsr().indptr) > 0].sum()))
    status = "optimal" if bound <= captured else "greedy"
    return CapturePlan(np.sort(np.array(chosen, dtype="int64")), captured, bound, status)


def _proven(
    flow: Floats,
    member: csc_array,
    p: float,
    constraints: PlanConstraints | None,
    greedy: CapturePlan,
    time_limit_s: float,
) -> CapturePlan:
    sets, candidates = member.shape
    everything = np.arange(candidates)
    rules = Rules.of(Places(everything, everything, (1,), candidates), p, constraints)
    refuse_clashes(rules, 1)
    total = flow.sum() or 1.0
    cost = np.concatenate([np.zeros(candidates), -flow / total])
    programme = Programme.of(cost, np.zeros(len(cost)), np.ones(len(cost)))
    add_rules(programme, rules, 1)
    rows = csr_array(hstack([member, -identity(sets)], format="csr"))
    programme.add_rows(rows, np.zeros(sets), np.full(sets, np.inf))
    start = np.zeros(len(cost))
    start[greedy.chosen] = 1.0
    start[candidates:] = member @ start[:candidates] > 0
    solved = programme.solve_integer(
        everything, start=start if constraints is None else None, time_limit_s=time_limit_s
    )
    chosen = np.flatnonzero(solved.columns[:candidates] > HALF) if len(solved.columns) else greedy.chosen
    covered = member[:, chosen].sum(axis=1) > 0
    captured = float(flow[covered].sum())
    return CapturePlan(chosen, captured, max(-solved.bound * total, captured), solved.status)
