"""Detailed road networks: built from OpenStreetMap extracts, and checked."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from geoanalysis import network, reference, store
from geoanalysis.network import RoadNetwork
from geoanalysis.store.road_files import require_suffix

app = typer.Typer(
    name="roads",
    help="Build a detailed road network from OpenStreetMap extracts, and check how it hangs together.",
    epilog="Example: python -m geoanalysis roads build bulgaria.osm.pbf --out detailed.gpkg",
    no_args_is_help=True,
)
_ON: Final = datetime(2022, 10, 26)  # noqa: DTZ001 - a day, read by typer as naive

OnDate = Annotated[
    datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="Day that decides which crossings are open.")
]


@app.command(epilog="Example: python -m geoanalysis roads build bulgaria.osm.pbf --out detailed.gpkg")
def build(
    extracts: Annotated[list[Path], typer.Argument(help="Extracts, .osm.pbf; they may overlap.")],
    out: Annotated[Path, typer.Option(help="File to write: .gpkg; in data/roads the app finds it.")],
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="State of the data, if the extracts do not say."),
    ] = None,
    on: OnDate = _ON,
) -> None:
    """Build a road network, and say what of it does not hang together."""
    require_suffix(out)
    built = network.build_from_osm(extracts, report=_report)
    if as_of is not None:
        built = network.RoadNetwork(built.nodes, built.edges, name=built.name, as_of=as_of.date())
    network.save_network(built, out)
    _say(built, on.date())
    typer.echo(f"The {built.name} is written to {out}")


@app.command(epilog="Example: python -m geoanalysis roads check built.gpkg --out problems.geojson")
def check(
    file: Annotated[Path, typer.Argument(help="Road network, as `roads build` writes it.")],
    out: Annotated[
        Path | None, typer.Option(help="Write the problems as a map layer: .geojson or .gpkg.")
    ] = None,
    on: OnDate = _ON,
) -> None:
    """Say how a road network hangs together, and which crossings it does not reach."""
    report = _say(network.load_network(file), on.date())
    if out is not None:
        store.write_table(report.problems, out)
        typer.echo(f"{len(report.problems)} problems written to {out}")


def _say(net: RoadNetwork, on: date) -> network.Topology:
    report = network.topology(net, reference.load_crossings(on))
    for line in report.lines():
        typer.echo(line)
    return report


def _report(what: str, share: float) -> None:
    typer.echo(f"{share:4.0%} {what}", err=True)
