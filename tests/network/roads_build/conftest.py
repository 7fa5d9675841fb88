"""Small OpenStreetMap extracts, written by the tests themselves."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import osmium
import pytest
from osmium.osm.mutable import Node, Way

Place = tuple[float, float]
Write = Callable[..., Path]


@pytest.fixture
def extract(tmp_path: Path) -> Write:
    """
    Give a function that writes an extract.

    It takes the positions of nodes by number, and ways by number as their nodes and tags.
    """

    def write(
        nodes: Mapping[int, Place],
        ways: Mapping[int, tuple[Sequence[int], Mapping[str, str]]],
        name: str = "small.osm.pbf",
        timestamp: str = "",
    ) -> Path:
        path = tmp_path / name
        header = osmium.io.Header()
        if timestamp:
            header.set("osmosis_replication_timestamp", timestamp)
        with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
            for number, place in sorted(nodes.items()):
                writer.add_node(Node(id=number, location=place))
            for number, (along, tags) in sorted(ways.items()):
                writer.add_way(Way(id=number, nodes=list(along), tags=dict(tags)))
        return path

    return write
