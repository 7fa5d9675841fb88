"""A briefing from a plan or an operation, for a nightly run."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, cast
from urllib.parse import urlencode

import geopandas as gpd
import typer

from geoanalysis import briefing, reference, review, store
from geoanalysis.domain.errors import InputError
from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.domain.marking import EXERCISE_NOTICE
from geoanalysis.domain.operation import Operation, Plan
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.compose import Display, dossier_layers, dossier_scene, plan_scene
from geoanalysis.maps.layers import borders_layer, crossings_layer
from geoanalysis.maps.scene import Scene

EPILOG: Final = (
    "Example: python -m geoanalysis brief --operation data/actions/exercise_2022 --out briefing.pdf"
)
_ONE_PAGE: Final = (".png", ".svg")

Paper = StrEnum("Paper", {paper: paper for paper in briefing.PAPERS})  # type: ignore[misc]
Template = StrEnum("Template", {name: name for name in briefing.TEMPLATES})  # type: ignore[misc]


class Atlas(StrEnum):
    """What gets pages of its own in an atlas."""

    HOT_SPOTS = "hot spots"
    CHECKPOINTS = "checkpoints"


@dataclass(frozen=True)
class _Subject:
    """What is briefed on: an action, a plan or both; maybe an earlier action."""

    operation: Operation | None
    plan: Plan | None
    before: Operation | None


def brief(  # noqa: PLR0913, PLR0917 - the options of a command
    out: Annotated[Path, typer.Option(help=f"File to write: {', '.join(briefing.FORMATS)}.")],
    operation: Annotated[
        Path | None, typer.Option(help="Folder or GeoPackage of the operation.", metavar="DIR|FILE")
    ] = None,
    plan: Annotated[Path | None, typer.Option(help="Plan as saved by the app: .csv, .gpkg or .json.")] = None,
    before: Annotated[
        Path | None, typer.Option(help="An earlier operation to compare it with.", metavar="DIR|FILE")
    ] = None,
    template: Annotated[Template | None, typer.Option(help="Contents; chosen by what is given.")] = None,
    marking: Annotated[str, typer.Option(help="Marking that stands before the handling code.")] = "",
    title: Annotated[str, typer.Option(help="Title; the name of the action or plan if not given.")] = "",
    headline: Annotated[str, typer.Option(help="Headline of the summary; proposed if not given.")] = "",
    reference_no: Annotated[
        str, typer.Option("--reference", help="Registration number; a hash of the content if not given.")
    ] = "",
    up_to: Annotated[
        Handling, typer.Option(help="Most restrictive handling code shown; records above it are left out.")
    ] = Handling.H1,
    least: Annotated[
        int, typer.Option(min=0, max=review.MOST_LEAST, help="Counts below this are not told; 0 tells all.")
    ] = 0,
    paper: Annotated[Paper, typer.Option(help="Size of the pages.")] = Paper("16:9"),  # noqa: B008
    portrait: Annotated[bool, typer.Option("--portrait", help="Pages that stand.")] = False,  # noqa: FBT002
    dark: Annotated[bool, typer.Option("--dark", help="Light on dark.")] = False,  # noqa: FBT002
    dpi: Annotated[int, typer.Option(min=50, max=600, help="Of a .png; 300 for print.")] = 144,
    page: Annotated[int, typer.Option(min=1, help="Page that a .png or .svg shows.")] = 1,
    atlas: Annotated[
        Atlas | None, typer.Option(help="What gets pages of its own; checkpoints if only a plan is given.")
    ] = None,
) -> None:
    """Make a briefing of an action or a plan: picture, document, slides, offline map, or data."""
    _require_target(out)
    subject = _read(operation, plan, before)
    kind = template or _usual(subject, out.suffix.lower())
    wishes = briefing.Wishes(
        _parts(kind, subject),
        title=title,
        headline=headline,
        marking=marking,
        atlas_of=(atlas or _usual_atlas(subject)).value,
    )
    rules = review.Disclosure(up_to, least)
    form = briefing.PageForm(paper.value, portrait=portrait, theme="dark" if dark else "light")
    material = _material(subject, rules)
    imprint = briefing.Imprint(reference_no, _link(subject, wishes, rules, form), datetime.now(UTC))
    document = briefing.identified(briefing.briefing(material, wishes, imprint))
    printing = briefing.Printing(form, page, dpi, _say_progress)
    store.write_bytes(briefing.render(document, Basemap.bundled(), out.suffix, printing), out)
    _say(document, out, form)


def _require_target(out: Path) -> None:
    """Refuse a file that cannot be written before anything is computed for it."""
    briefing.require_format(out.suffix)
    if not out.parent.is_dir():
        raise InputError(f"{out.parent} is no folder: make it, or choose another place for {out.name}")
    if out.is_dir():
        raise InputError(f"{out} is a folder: name a file in it")


def _read(operation: Path | None, plan: Path | None, before: Path | None) -> _Subject:
    if operation is None and plan is None:
        raise InputError("nothing to brief on: give --operation, --plan or both")
    if before is not None and operation is None:
        raise InputError("--before is compared with an action: give --operation too")
    return _Subject(
        None if operation is None else store.load_operation(operation),
        None if plan is None else store.load_plan(plan),
        None if before is None else store.load_operation(before),
    )


def _usual(subject: _Subject, suffix: str) -> str:
    if subject.before is not None:
        return "comparison"
    if subject.plan is not None:
        return "plan"
    return "map" if suffix in {*_ONE_PAGE, ".html"} else "briefing"


def _parts(kind: str, subject: _Subject) -> tuple[briefing.Part, ...]:
    """Give the parts of a template; where there is only a plan, its page has the only map there is."""
    parts = briefing.template(kind)
    alone = subject.operation is None and briefing.Part.PLAN in parts
    return tuple(part for part in parts if not (alone and part is briefing.Part.MAP))


def _usual_atlas(subject: _Subject) -> Atlas:
    return Atlas.CHECKPOINTS if subject.operation is None else Atlas.HOT_SPOTS


def _material(subject: _Subject, rules: review.Disclosure) -> briefing.Material:
    """Let the analysis rooms work, and put what they give on maps."""
    planned = None if subject.plan is None else _on_map(subject.plan, rules)
    if subject.operation is None:
        shown = cast("briefing.PlanOnMap", planned)
        crossings = reference.load_crossings(shown.plan.on)
        return briefing.Material(shown.scene, crossings, plan=planned, shows_plan=True)
    crossings = reference.load_crossings(subject.operation.starts)
    found = review.dossier(
        subject.operation,
        crossings,
        reference.load_actions(),
        disclosure=rules,
        plan=subject.plan,
        before=subject.before,
    )
    earlier = None if subject.before is None else _scene_of(subject.before, rules)
    return briefing.Material(_scene(found, crossings), crossings, found, planned, earlier)


def _scene_of(operation: Operation, rules: review.Disclosure) -> Scene:
    crossings = reference.load_crossings(operation.starts)
    return _scene(review.dossier(operation, crossings, reference.load_actions(), disclosure=rules), crossings)


def _scene(found: review.Dossier, crossings: gpd.GeoDataFrame) -> Scene:
    return dossier_scene(
        found, dossier_layers(found, reference.load_borders(found.operation.starts), crossings)
    )


def _on_map(plan: Plan, rules: review.Disclosure) -> briefing.PlanOnMap:
    review.require_releasable(plan, rules.up_to)
    layers = {
        "borders": [borders_layer(reference.load_borders(plan.on))],
        "crossings": [crossings_layer(reference.load_crossings(plan.on))],
    }
    return briefing.PlanOnMap(plan, plan_scene(None, plan, Display(tuple(layers)), layers))


def _link(
    subject: _Subject, wishes: briefing.Wishes, rules: review.Disclosure, form: briefing.PageForm
) -> str:
    """Give the link under which the app shows the same, where the same files are open."""
    how = {
        "contents": "~".join(wishes.parts),
        "paper": form.paper,
        "portrait": form.portrait,
        "theme": form.theme,
        "up_to": rules.up_to.value,
        "least": rules.least,
        "atlas_of": wishes.atlas_of,
    }
    return f"/brief?{urlencode(_shown(subject) | how, safe='~:')}"


def _shown(subject: _Subject) -> dict[str, object]:
    if subject.operation is not None:
        return {"page": "review", "operation": fingerprint(subject.operation)}
    plan = cast("Plan", subject.plan)
    return {"page": "plan", "on": plan.on.isoformat(), "plan": fingerprint(plan.deployments)}


def _say_progress(done: int, of: int) -> None:
    if of > 1 and done < of:
        typer.echo(f"page {done + 1} of {of}", err=True)


def _say(document: briefing.Document, out: Path, form: briefing.PageForm) -> None:
    count = len(briefing.leaves(document, form))
    if document.about.left_out:
        typer.echo(" ".join(document.about.left_out))
    if document.empty:
        typer.echo(f"Nothing to tell in: {', '.join(document.empty)}")
    if EXERCISE_NOTICE in document.notices:
        typer.echo(EXERCISE_NOTICE)
    more = f"; it shows one of {count} pages, choose with --page" if _is_one_of(count, out) else ""
    typer.echo(f"{out} written, {document.marking_words}, ref. {document.about.imprint.reference}{more}")


def _is_one_of(count: int, out: Path) -> bool:
    return count > 1 and out.suffix.lower() in _ONE_PAGE
