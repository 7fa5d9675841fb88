"""
Kill a process that overwrites an operation again and again, and see what is left; one word per trial.

Run as ``python crash_trials.py PATH TRIALS SEED``. It writes ``old``, ``new`` or what went wrong for each.
Every save and every look happens in a forked child, so that no thread of a library outlives a fork.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from geoanalysis.domain.errors import StoreError
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SEIZURES
from geoanalysis.store import load_operation, save_operation

ROWS = 2000


def operation(name: str) -> Operation:
    results = pd.DataFrame(
        {
            "country": "BG",
            "date": pd.Timestamp(2022, 10, 26),
            "crime_area": "drugs",
            "measure": name,
            "value": range(ROWS),
            "unit": "count",
            "handling": "H1",
        }
    )
    day = date(2022, 10, 26)
    return Operation("o", name, day, day, SEIZURES.empty(), CHECK_SHIFTS.empty(), RESULTS.conform(results))


def forked(task: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            task()
        except StoreError as error:
            say(str(error))
        finally:
            os._exit(0)
    return child


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def overwrite(path: Path) -> None:
    while True:
        for name in ("new", "old"):
            save_operation(operation(name), path)


def look(path: Path) -> None:
    found = load_operation(path)
    whole = len(found.results) == ROWS and set(found.results["measure"]) == {found.name}
    say(found.name if whole else f"a mixture under the name {found.name}")


def main(path: Path, trials: int, chance: np.random.Generator) -> None:
    os.waitpid(forked(lambda: save_operation(operation("old"), path)), 0)
    for _ in range(trials):
        child = forked(lambda: overwrite(path))
        time.sleep(chance.uniform(0.02, 0.5))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.waitpid(forked(lambda: look(path)), 0)


main(Path(sys.argv[1]), int(sys.argv[2]), np.random.default_rng(int(sys.argv[3])))
