import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from cases import FOLDER, case
from scipy.stats import poisson

from geoanalysis.domain.errors import InsufficientDataError, SchemaError
from geoanalysis.hotspots import knox


@pytest.fixture(scope="module")
def burkitt() -> np.ndarray:
    return np.loadtxt(FOLDER / "burkitt.csv", delimiter=",", skiprows=1)


def test_burkitt_lymphoma(burkitt: np.ndarray) -> None:
    published = case("knox_burkitt")
    found = knox(burkitt[:, :2], burkitt[:, 2], distances=20, delays=5, permutations=9999)
    assert found.observed.T.tolist() == published["table"]
    assert found.observed[0].sum() == published["close_space"] == 3429
    assert found.observed[:, 0].sum() == published["close_time"] == 52
    assert found.expected[0, 0] == pytest.approx(10.14382, abs=5e-6)
    assert poisson.sf(13, found.expected[0, 0]) == pytest.approx(0.1462, abs=5e-5)
    assert found.p_values[0, 0] == pytest.approx(published["perm_p_R_9999"], abs=0.02)


def test_the_times_passed_in_stay_as_they_are(burkitt: np.ndarray) -> None:
    """D5: a peer shuffles them, so that its second call counts 12 pairs instead of 13."""
    times = burkitt[:, 2].copy()
    results = [
        knox(burkitt[:, :2], times, distances=20, delays=5, permutations=9).observed[0, 0] for _ in range(2)
    ]
    np.testing.assert_array_equal(times, burkitt[:, 2])
    assert results == [13, 13]


def test_arson_in_chicago(shared_data: Path) -> None:
    """D6: the peer prints these pairs under the labels of other bands; ours are those that were counted."""
    folder = shared_data / "cases/hotspots/near_repeat"
    arson = pd.read_csv(folder / "chicago_arson.csv", header=None)
    wanted = json.loads((folder / "expected.json").read_text("utf-8"))["arson"]
    found = knox(
        arson[[0, 1]],
        pd.to_datetime(arson[2]),
        distances=wanted["sds"],
        delays=wanted["tds"],
        metric="manhattan",
    )
    assert found.observed.tolist() == wanted["observed"]
    assert found.delays == ("0 to under 1", "1 to under 2", "2 to under 3", "3 and over")
    assert (found.p_values[1, 0], found.p_values[0, 1]) == (0.001, 0.001)


def test_pairs_on_an_edge_are_where_the_label_says() -> None:
    found = knox(
        [(0, 0), (200, 0), (0, 0)], [0, 1, 1], distances=[0, 1, 200, 400], delays=[0, 1, 2], permutations=9
    )
    table = pd.DataFrame(found.observed, found.distances, found.delays)
    assert table.loc["200 to under 400", "1 to under 2"] == 1
    assert table.loc["200 to under 400", "0 to under 1"] == 1
    assert table.loc["0 to under 1", "1 to under 2"] == 1
    assert table.to_numpy().sum() == 3


def test_distances_may_be_those_along_roads() -> None:
    table = np.array([[0, 1, 50], [1, 0, 50], [50, 50, 0]], float)
    found = knox([(0, 0)] * 3, [0, 0, 0], distances=10, delays=1, metric=table, permutations=9)
    assert found.observed[:, 0].tolist() == [1, 2]


def test_bad_input_is_refused_in_words() -> None:
    endless = knox([(0, 0)] * 2, [1, 2], distances=[0, np.inf], delays=1, permutations=9)
    assert endless.observed.tolist() == [[1, 0]]
    with pytest.raises(InsufficientDataError, match="two events"):
        knox([(0, 0)], [1], distances=1, delays=1)
    with pytest.raises(SchemaError, match="have to rise"):
        knox([(0, 0)] * 2, [1, 2], distances=[5, 1], delays=1)
    with pytest.raises(SchemaError, match="1 of 2 times are missing"):
        knox([(0, 0)] * 2, [1, np.nan], distances=1, delays=1)
