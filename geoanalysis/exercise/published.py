"""What was published of the action that the exercise is set in."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from geoanalysis.domain.errors import InputError

ACTION_ID: Final = "JAD_SEE_2022"
STARTS: Final = date(2022, 10, 26)
ENDS: Final = date(2022, 10, 29)
HOST: Final = "ME"
"""The one country whose own figures were published."""


@dataclass(frozen=True)
class Published:
    """The published figures of `ACTION_ID`, by scope (ALL or a country), measure and qualifier."""

    figures: dict[tuple[str, str, str], float]

    @classmethod
    def of(cls, actions: pd.DataFrame) -> "Published":
        """Pick the action out of the table of past actions."""
        rows = actions[actions["action_id"] == ACTION_ID].fillna({"qualifier": ""})
        keys = zip(rows["scope"], rows["measure"], rows["qualifier"], strict=True)
        return cls(dict(zip(keys, rows["value"].astype(float), strict=True)))

    def value(self, measure: str, *, scope: str = "ALL", qualifier: str = "") -> float:
        """
        Give one figure.

        Raises
        ------
        InputError
            If it is not in the table of past actions.
        """
        try:
            return self.figures[scope, measure, qualifier]
        except KeyError as reason:
            raise InputError(
                f"the table of past actions has no {measure} {qualifier} of {ACTION_ID} for {scope}: "
                "restore data/actions/joint_actions.csv"
            ) from reason

    def count(self, measure: str, *, scope: str = "ALL", qualifier: str = "") -> int:
        """Give one figure that is a whole number."""
        return round(self.value(measure, scope=scope, qualifier=qualifier))
