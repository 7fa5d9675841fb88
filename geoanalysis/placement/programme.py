"""Linear programmes that grow by rows, solved by HiGHS on one thread: equal questions get equal answers."""

from dataclasses import dataclass
from typing import Any, Final, Literal, Self

import highspy
import numpy as np
from scipy.sparse import csr_array

from geoanalysis.domain.errors import GeoanalysisError
from geoanalysis.placement.problem import Floats, Ints

Status = Literal["optimal", "within gap", "time limit", "infeasible"]
_STATUS: Final[dict[highspy.HighsModelStatus, Status]] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kModelEmpty: "optimal",
    highspy.HighsModelStatus.kTimeLimit: "time limit",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
}
_EXACT: Final = 1e-9
_OPTIONS: Final[dict[str, Any]] = {
    "log_to_console": False,
    "output_flag": False,
    "threads": 1,
    "primal_feasibility_tolerance": _EXACT,
    "dual_feasibility_tolerance": _EXACT,
    "mip_feasibility_tolerance": _EXACT,
    "mip_abs_gap": _EXACT,
}


class SolverError(GeoanalysisError, RuntimeError):
    """The solver gave up."""


@dataclass(frozen=True, eq=False)
class Solved:
    """
    What a programme gave.

    `value` is of the best found, `bound` what no solution is below; `columns` are its values, empty where
    nothing was found.
    """

    status: Status
    value: float
    bound: float
    columns: Floats


@dataclass(eq=False)
class Programme:
    """Minimise ``cost @ x`` within bounds and rows; `highs` keeps it between solves, so that these go on."""

    highs: highspy.Highs

    @classmethod
    def of(cls, cost: Floats, lower: Floats, upper: Floats) -> Self:
        """Start without rows."""
        highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in _OPTIONS.items():
            highs.setOptionValue(option, value)
        count = len(cost)
        highs.addVars(count, lower, upper)
        highs.changeColsCost(count, np.arange(count, dtype="int32"), cost)
        return cls(highs)

    @property
    def columns(self) -> int:
        """How many there are."""
        return int(self.highs.getNumCol())

    def add_rows(self, matrix: csr_array, lower: Floats, upper: Floats) -> None:
        """Demand ``lower <= matrix @ x <= upper`` too."""
        starts, indices = matrix.indptr[:-1].astype("int32"), matrix.indices.astype("int32")
        self.highs.addRows(matrix.shape[0], lower, upper, matrix.nnz, starts, indices, matrix.data)

    def set_bounds(self, columns: Ints, lower: Floats, upper: Floats) -> None:
        """Change the bounds of some columns."""
        self.highs.changeColsBounds(len(columns), columns.astype("int32"), lower, upper)

    def change_entry(self, row: int, column: int, value: float) -> None:
        """Change one entry of a row."""
        self.highs.changeCoeff(row, column, value)

    def solve(self) -> Solved:
        """Solve it as it stands, from where the last solve ended."""
        solved = self._run(np.inf)
        return Solved(solved.status, solved.value, solved.value, solved.columns)

    def solve_integer(
        self, whole: Ints, *, start: Floats | None = None, gap: float = 0.0, time_limit_s: float = np.inf
    ) -> Solved:
        """
        Solve it with whole numbers in some columns; afterwards these may be any numbers again.

        Parameters
        ----------
        whole
            The columns.
        start
            A solution to begin with, all columns.
        gap
            How far the value may be above the bound, as a share of it.
        time_limit_s
            After which the best found so far is given.
        """
        self._integrality(whole, highspy.HighsVarType.kInteger)
        self.highs.setOptionValue("mip_rel_gap", max(gap, _EXACT))
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = start.tolist()
            self.highs.setSolution(solution)
        solved = self._run(time_limit_s)
        self._integrality(whole, highspy.HighsVarType.kContinuous)
        return solved

    def _integrality(self, columns: Ints, kind: highspy.HighsVarType) -> None:
        kinds = np.full(len(columns), int(kind), dtype="uint8")
        self.highs.changeColsIntegrality(len(columns), columns.astype("int32"), kinds)

    def _run(self, time_limit_s: float) -> Solved:
        self.highs.setOptionValue("time_limit", float(self.highs.getRunTime() + max(time_limit_s, 0.0)))
        self.highs.run()
        status = self.highs.getModelStatus()
        if status not in _STATUS:
            raise SolverError(f"HiGHS gave up: {self.highs.modelStatusToString(status)}")
        info = self.highs.getInfo()
        if not self.columns:
            return Solved("optimal", 0.0, 0.0, np.zeros(0))
        found = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
        columns = np.array(self.highs.getSolution().col_value) if found else np.zeros(0)
        value = float(info.objective_function_value) if found else np.inf
        return Solved(_STATUS[status], value, float(info.mip_dual_bound), columns)
