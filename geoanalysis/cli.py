"""
The same jobs without a browser.

Every command reads bundled data unless told otherwise, writes whole files or none, and ends with exit code 1
and one sentence on standard error when it cannot do what was asked.
"""

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from geoanalysis import (
    briefing,
    cli_brief,
    cli_checkpoints,
    cli_corridor,
    cli_review,
    cli_roads,
    hotspots,
    intake,
    reference,
    review,
    store,
)
from geoanalysis import exercise as generator
from geoanalysis.domain.errors import GeoanalysisError, InputError
from geoanalysis.domain.marking import EXERCISE_NOTICE
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.launch import run_app
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.compose import dossier_layers, dossier_scene

app = typer.Typer(
    name="geoanalysis",
    help="Plan, run, review and brief joint border-check actions, without a network.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.command("brief", epilog=cli_brief.EPILOG)(cli_brief.brief)
app.command("checkpoints", epilog=cli_checkpoints.EPILOG)(cli_checkpoints.checkpoints)
app.command("corridor", epilog=cli_corridor.EPILOG)(cli_corridor.corridor)
app.command("review", epilog=cli_review.EPILOG)(cli_review.review_command)
app.add_typer(cli_roads.app)

_EXERCISE = "data/actions/exercise_2022"

OperationPath = Annotated[
    Path, typer.Option("--operation", help="Folder or GeoPackage of the operation.", metavar="DIR|FILE")
]
OnDate = Annotated[
    datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="Day that decides which borders are external.")
]


class KindOfRecords(StrEnum):
    """What a file holds."""

    SEIZURES = "seizures"
    CHECK_SHIFTS = "check-shifts"
    RESULTS = "results"


def main() -> None:
    """Run the command line; errors of ours become one sentence and exit code 1."""
    try:
        app()
    except GeoanalysisError as error:
        typer.echo(f"geoanalysis: {error}", err=True)
        sys.exit(1)


@app.command(
    "hotspots",
    epilog=f"Example: python -m geoanalysis hotspots --operation {_EXERCISE} --out hotspots.csv",
)
def hotspots_command(
    operation: OperationPath,
    out: Annotated[Path, typer.Option(help="File to write: .csv or .gpkg.")],
) -> None:
    """Tell the places where hits exceed what the checks explain, one row per crossing and per hexagon."""
    action = store.load_operation(operation)
    summary = hotspots.summarise(
        action.seizures, action.check_shifts, reference.load_crossings(action.starts)
    )
    store.write_table(summary.assign(notice=EXERCISE_NOTICE) if action.exercise else summary, out)
    _say_if_exercise(action)
    typer.echo(f"{int(summary['hotspot'].sum())} hot spots among {len(summary)} places written to {out}")


@app.command(
    epilog=f"Example: python -m geoanalysis snapshot --operation {_EXERCISE} --out snapshot.png",
)
def snapshot(
    operation: OperationPath,
    out: Annotated[Path, typer.Option(help="File to write: .png or .html.")],
) -> None:
    """Draw the action on a map: a briefing picture, or one HTML file that opens offline."""
    if out.suffix not in {".png", ".html"}:
        raise InputError(
            f"{out}: a snapshot is a .png or an .html file, not {out.suffix or 'a file without suffix'}"
        )
    action = store.load_operation(operation)
    document = _map_of(action)
    content = briefing.render(document, Basemap.bundled(), out.suffix)
    store.write_bytes(content, out)
    _say_if_exercise(action)
    typer.echo(f"{out} written")


@app.command(
    epilog=f"Example: python -m geoanalysis check {_EXERCISE}/seizures.csv --kind seizures",
)
def check(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, GeoJSON or GeoPackage file.")],
    kind: Annotated[KindOfRecords, typer.Option(help="What the file holds.")],
    report: Annotated[Path | None, typer.Option(help="Write the findings to this .csv file too.")] = None,
    on: OnDate = datetime(2022, 10, 26),  # noqa: DTZ001 - a day, read by typer as naive
) -> None:
    """Check a file as the Data page would: print what is refused or doubted; exit 1 if rows were refused."""
    crossings = reference.load_crossings(on.date())
    readers = {
        KindOfRecords.SEIZURES: lambda: intake.read_seizures(file, crossings=crossings),
        KindOfRecords.CHECK_SHIFTS: lambda: intake.read_check_shifts(file, crossings=crossings),
        KindOfRecords.RESULTS: lambda: intake.read_results(file),
    }
    _, findings = readers[kind]()
    if report is not None:
        store.write_table(findings.findings, report)
    for row in findings.findings.itertuples():
        typer.echo(f"row {row.row}, {row.column}: {row.severity}: {row.message}")
    typer.echo(
        f"{findings.rows_accepted} of {findings.rows_read} rows accepted, {findings.rows_refused} refused"
    )
    if not findings.ok:
        raise typer.Exit(1)


@app.command(
    epilog="Example: python -m geoanalysis exercise --seed 7 --out exercise_7",
)
def exercise(
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same exercise.")],
    out: Annotated[Path, typer.Option(help="Folder to write.")],
) -> None:
    """Make an exercise in the frame of the action of October 2022, with its hidden hot spots beside it."""
    generator.write_exercise(generator.generate(seed), out)
    typer.echo(f"Exercise {seed} written to {out}; the hidden places are in {out / 'planted.json'}")


@app.command(epilog="Example: python -m geoanalysis run --port 8501")
def run(
    port: Annotated[int, typer.Option(help="First port to try; the next free one is taken.")] = 8501,
) -> None:
    """Start the app on this machine and open the browser where there is one."""
    raise typer.Exit(run_app(port))


def _say_if_exercise(action: Operation) -> None:
    if action.exercise:
        typer.echo(EXERCISE_NOTICE)


def _map_of(action: Operation) -> briefing.Document:
    """Give the page of a map of all records, as inside the room: nothing is left out."""
    crossings, borders = reference.load_crossings(action.starts), reference.load_borders(action.starts)
    all_told = review.Disclosure(Handling.H3)
    found = review.dossier(action, crossings, reference.load_actions(), disclosure=all_told)
    scene = dossier_scene(found, dossier_layers(found, borders, crossings))
    material = briefing.Material(scene, crossings, found)
    return briefing.identified(briefing.briefing(material, briefing.Wishes(), briefing.Imprint("")))
