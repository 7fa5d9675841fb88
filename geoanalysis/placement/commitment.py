"""Small games by their tables: what announcing a random choice is worth against one who answers it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import linprog

from geoanalysis.domain.errors import InputError
from geoanalysis.placement.problem import Floats

_TABLE: Final = 2


@dataclass(frozen=True, eq=False)
class Commitment:
    """The best mix to announce, what it is worth, and the answer it draws (a column)."""

    mix: Floats
    value: float
    answer: int


def commitment(leader: Floats, follower: Floats) -> Commitment:
    """
    Find the mix of rows that is best to announce, if the follower answers with his best column.

    A strong Stackelberg equilibrium by one linear programme per column (Conitzer and Sandholm 2006): ties are
    broken in the leader's favour. With ``follower = -leader`` it is the value of a zero-sum game.

    Parameters
    ----------
    leader, follower
        What each gets, rows for the leader's choices and columns for the follower's; of equal shape.

    Raises
    ------
    InputError
        If the tables are no two of equal shape with finite numbers.

    Examples
    --------
    >>> game = commitment([[2, 4], [1, 3]], [[1, 0], [0, 2]])
    >>> game.mix.round(4).tolist(), round(game.value, 4), game.answer
    ([0.6667, 0.3333], 3.6667, 1)
    """
    gains, answers = np.asarray(leader, "float64"), np.asarray(follower, "float64")
    if gains.ndim != _TABLE or gains.shape != answers.shape or not gains.size:
        raise InputError(
            f"leader and follower need tables of equal shape, not {gains.shape}, {answers.shape}"
        )
    if not (np.isfinite(gains).all() and np.isfinite(answers).all()):
        raise InputError("the tables of leader and follower must hold finite numbers")
    rows = gains.shape[0]
    best = Commitment(np.zeros(rows), -np.inf, 0)
    for column in range(gains.shape[1]):
        preferred = (answers - answers[:, [column]]).T  # no other column gives the follower more
        solved = linprog(
            -gains[:, column], preferred, np.zeros(len(preferred)), np.ones((1, rows)), [1.0], bounds=(0, 1)
        )
        if solved.success and -solved.fun > best.value:
            best = Commitment(solved.x, float(-solved.fun), column)
    return best
