"""The review of an action as a folder of tables, with all that was assumed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import pandas as pd
import typer

from geoanalysis import hotspots, reference, review, store
from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.domain.marking import EXERCISE_NOTICE
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.vocabularies import UnitChecked
from geoanalysis.hotspots.cells import RESOLUTION

EPILOG: Final = "Example: python -m geoanalysis review --operation data/actions/exercise_2022 --out review"
_RATES: Final = ("crossing_id", "section", "country")
_TOTALS: Final = ("country", "crime_area", "commodity", "unit")


def review_command(
    operation: Annotated[
        Path, typer.Option(help="Folder or GeoPackage of the operation.", metavar="DIR|FILE")
    ],
    out: Annotated[Path, typer.Option(help="Folder for the tables; made if it is not there.")],
    before: Annotated[
        Path | None, typer.Option(help="An earlier operation to compare it with.", metavar="DIR|FILE")
    ] = None,
    period_h: Annotated[float, typer.Option(help="Length of a period of the scan, hours.")] = 8.0,
    replicates: Annotated[int, typer.Option(help="Of the scan.")] = 999,
    seed: Annotated[int, typer.Option(help="Equal seeds give equal p-values.")] = 0,
) -> None:
    """Write the result sheet, hit rates, hot spots, clusters, yields and totals of an action."""
    action = store.load_operation(operation)
    request = hotspots.ScanRequest(replicates=replicates, seed=seed)
    tables = list(_tables(action, period_h, request))
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in tables:
        if isinstance(table, str):
            typer.echo(f"{name}: left out: {table}")
            continue
        marked = table.assign(notice=EXERCISE_NOTICE) if action.exercise else table
        store.write_table(marked, out / f"{name}.csv")
        written.append(name)
    if before is not None:
        written += _write_changes(store.load_operation(before), action, out)
    if action.exercise:
        typer.echo(EXERCISE_NOTICE)
    typer.echo(f"{len(written)} tables written to {out}: {', '.join(written)}")


def _tables(
    action: Operation, period_h: float, request: hotspots.ScanRequest
) -> Iterator[tuple[str, pd.DataFrame | str]]:
    """Give each table, or the reason why there is none."""
    crossings = reference.load_crossings(action.starts)
    reports = hotspots.gather(
        action.seizures,
        action.check_shifts,
        crossings,
        unit_checked=UnitChecked.PERSON.value,
        resolution=RESOLUTION,
    )
    yield "result_sheet", review.result_sheet(action, reference.load_actions())
    yield from ((f"totals_by_{by}", review.totals(action, by)) for by in _TOTALS)
    yield from ((f"hit_rates_by_{by.removesuffix('_id')}", hotspots.hit_rates(reports, by)) for by in _RATES)
    seizures = hotspots.hit_rates(reports, "crime_area").drop(columns=["expected", "ratio", "few"])
    yield (
        "seizures_by_crime_area_and_checks",
        seizures.rename(columns={"hits": "seizures", "hit_rate": "per_check"}),
    )
    yield "yields", review.yields(action, crossings)
    try:
        yield "hot_spots", hotspots.summarise(action.seizures, action.check_shifts, crossings)
    except InsufficientDataError as reason:
        yield "hot_spots", str(reason)
    try:
        periods = hotspots.per_period(reports, "crossing_id", period_h=period_h)
        places = crossings.rename(columns={"crossing_id": "place_id"})
        yield "clusters", hotspots.scan_action(periods, places, request)
    except InsufficientDataError as reason:
        yield "clusters", str(reason)


def _write_changes(before: Operation, after: Operation, out: Path) -> list[str]:
    found = review.compare(before, after)
    tables = {
        "changes": found.totals,
        "changes_by_crossing": found.crossings,
        "changes_by_section": found.sections,
        "changes_by_country": found.countries,
        "changes_published": found.published,
    }
    exercise = before.exercise or after.exercise
    for name, table in tables.items():
        table = table.replace([np.inf, -np.inf], np.nan)  # noqa: PLW2901 - a ratio to nothing is no number
        store.write_table(table.assign(notice=EXERCISE_NOTICE) if exercise else table, out / f"{name}.csv")
    return list(tables)
