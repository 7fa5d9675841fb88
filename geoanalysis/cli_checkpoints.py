"""Checkpoints against smugglers who re-route, as a file, with all that was assumed."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import pandas as pd
import typer

from geoanalysis import network, placement, reference, store
from geoanalysis.cli_corridor import ACTION, Day, Roads, ends_of
from geoanalysis.domain.errors import InputError
from geoanalysis.domain.marking import ATTRIBUTION
from geoanalysis.placement import CheckModel, CheckpointProblem

EPILOG: Final = (
    "Example: python -m geoanalysis checkpoints "
    '"Istanbul; Durrës" "Vienna; Budapest" --teams 10 --out plan.csv'
)


def checkpoints(  # noqa: PLR0913 - the options of a command
    *,
    origins: Annotated[str, typer.Argument(help="Places, as for `corridor`; separate several by ;.")],
    destinations: Annotated[str, typer.Argument(help="The same.")],
    out: Annotated[Path, typer.Option(help="Table to write: .csv, .xlsx, .geojson or .gpkg.")],
    teams: Annotated[int, typer.Option(help="How many checkpoints can be manned at a time.")] = 10,
    fixed: Annotated[bool, typer.Option(help="The same places all the time, instead of a roster.")] = False,
    shifts: Annotated[int, typer.Option(help="Of the roster.")] = 12,
    seconds: Annotated[float, typer.Option(help="For the proof of a fixed plan.")] = 10.0,
    seed: Annotated[int, typer.Option(help="For the roster: equal seeds give equal rosters.")] = 1,
    level: Annotated[int, typer.Option(help="Intensity of a checkpoint, 1 to 3.")] = 2,
    on: Day = ACTION,
    roads: Roads = None,
) -> None:
    """Choose which crossings to man: a roster drawn at random, or fixed checkpoints."""
    crossings = reference.load_crossings(on.date())
    made, name = _made(origins, destinations, on, roads)
    problem = made.problem.at_level(level)
    if fixed:
        plan = placement.interdict(problem, teams, gap=0.01, time_limit_s=seconds)
        table = pd.DataFrame({"place_id": made.places(plan.chosen), "manned": 1.0})
        found = placement.evaluate(problem, plan.chosen)
        figures = f"{found.planned:.1%} if routes stayed, {plan.evasion:.1%} after re-routing"
        proof = f"no plan below {plan.bound:.1%}, {plan.status}"
    else:
        drawn = placement.roster(problem, teams, shifts=shifts, seed=seed)
        table = _rota(made, drawn)
        found = placement.evaluate(problem, [])
        figures = f"at most {drawn.guarantee:.1%} after re-routing"
        proof = f"no roster below {drawn.lower_bound:.1%}, seed {seed}"
    words = f"{name}: evasion {found.unchecked:.1%} unchecked, {figures} ({proof}); {made.model.in_words()}"
    columns = crossings.set_index("crossing_id")[["name", "geometry"]]
    located = columns.loc[table["place_id"]].reset_index(drop=True)
    rows = located.assign(**{column: table[column].to_numpy() for column in table}, made_by=words)
    store.write_table(rows, out)
    typer.echo(words)
    for pair in made.unreachable:
        typer.echo(f"no road joins {' and '.join(pair)}: left out")
    typer.echo(f"{len(rows)} rows written to {out}. {ATTRIBUTION}")


def _rota(made: CheckpointProblem, drawn: placement.Roster) -> pd.DataFrame:
    """Give a row per shift and team."""
    shift, _ = np.indices(drawn.schedule.shape)
    arcs = drawn.schedule.ravel()
    columns = {"shift": shift.ravel() + 1, "team": drawn.crew.ravel() + 1, "manned": drawn.probability[arcs]}
    return pd.DataFrame({"place_id": made.places(arcs), **columns})


def _made(origins: str, destinations: str, on: datetime, roads: Path | None) -> tuple[CheckpointProblem, str]:
    crossings = reference.load_crossings(on.date())
    starts, ends = (ends_of(texts, crossings) for texts in (origins, destinations))
    if not starts or not ends:
        raise InputError("name at least one origin and one destination")
    net = network.schematic_network(on.date()) if roads is None else network.load_network(roads)
    ready = network.with_borders(net, crossings, network.Travel(on.date()))
    weights = np.outer([one.weight for one in starts], [one.weight for one in ends])
    graph = network.CrossingGraph.build(ready, starts, ends)
    return placement.checkpoint_problem(graph, weights, CheckModel()), net.name
