"""Reference values kept with the tests."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array, diags_array
from scipy.spatial import cKDTree

from geoanalysis.hotspots.neighbours import binary_weights

FOLDER = Path(__file__).parents[1] / "cases"


def case(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def contiguity(neighbours: list[list[int]]) -> csr_array:
    """Give binary weights, without the places themselves."""
    rows = np.repeat(np.arange(len(neighbours)), [len(some) for some in neighbours])
    columns = np.concatenate([np.array(some, int) for some in neighbours])
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(neighbours),) * 2)


def band(points: np.ndarray, distance: float) -> csr_array:
    return binary_weights(cKDTree(points).query_pairs(distance, output_type="ndarray"), len(points))


def row_standardised(weights: csr_array) -> csr_array:
    """Make the weights of each row add up to 1."""
    return csr_array(diags_array(1 / weights.sum(axis=1)) @ weights)
