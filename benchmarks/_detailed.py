"""The detailed network that benchmarks run on: one given, else built from the extract among the instances."""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from geoanalysis.network import RoadNetwork, build_from_osm, save_network

SHARED: Final = Path(os.environ.get("GEOANALYSIS_SHARED", Path(__file__).parents[2] / "shared"))
EXTRACT: Final = SHARED / "data" / "read-only" / "roads-and-layers" / "see_roads_2021.osm.pbf"
AS_OF: Final = date(2021, 8, 6)


@contextmanager
def detailed_file(arguments: Sequence[str]) -> Iterator[Path]:
    """Give a file that `roads build` made: the one that the arguments name, or one built for the while."""
    if arguments:
        yield Path(arguments[0])
        return
    if not EXTRACT.is_file():
        sys.stdout.write("skipped: no detailed network is named, and its extract is not here\n")
        sys.exit(0)
    built = build_from_osm([EXTRACT])
    dated = RoadNetwork(built.nodes, built.edges, name=built.name, as_of=AS_OF)
    with tempfile.TemporaryDirectory() as folder:
        save_network(dated, Path(folder) / "detailed.gpkg")
        yield Path(folder) / "detailed.gpkg"
