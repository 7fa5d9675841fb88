"""Make the bundled data anew: ``python -m geoanalysis.reference.build --help``."""

import typer

from geoanalysis.reference.build.actions import build_actions
from geoanalysis.reference.build.borders import build_borders
from geoanalysis.reference.build.checkpoints import build_checkpoints
from geoanalysis.reference.build.places import build_places
from geoanalysis.reference.build.roads import build_roads

app = typer.Typer(
    name="build",
    help="Make a folder of the bundled data anew from its sources (named in the SOURCES.md beside the data).",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("actions")(build_actions)
app.command("borders")(build_borders)
app.command("roads")(build_roads)
app.command("checkpoints")(build_checkpoints)
app.command("places")(build_places)


@app.callback()
def main() -> None:
    """Make the bundled data anew."""


if __name__ == "__main__":
    app()
