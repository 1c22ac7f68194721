"""Linear and integer programs, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import highspy
import numpy as np
from highspy import _Highs  # type: ignore[attr-defined]
from numpy.typing import NDArray

from lineofsight.disclosure.knowledge import matrix

_PRIMAL = 4
Weights = Mapping[int, float]
Floats = NDArray[np.float64]


def least_cost_cover(rows: Sequence[Weights], costs: Floats) -> list[int]:
    """Choose the columns of least cost of which every row has one at least."""
    solver = _silent_solver()
    model = _model(rows, len(costs))
    model.col_cost_, model.col_upper_ = costs, np.ones(len(costs))
    model.row_lower_ = np.ones(len(rows))
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    solver.passModel(model)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise AssertionError(f"The cover ended {solver.getModelStatus()}.")
    chosen = np.array(solver.getSolution().col_value) > 0.5
    return [int(at) for at in np.flatnonzero(chosen)]


def _silent_solver() -> Any:
    solver = _Highs()  # its public face greets on standard output
    solver.setOptionValue("output_flag", False)
    return solver


class Programs:
    """The linear programs of one attack, as one model whose bounds and aim are changed.

    After the rows comes a cap for each secret, set while it is asked about: one that can be
    `enough` is not followed further. Solving goes on from where the last program ended.
    """

    def __init__(
        self, rows: Sequence[Weights], secrets: Sequence[Weights], size: int, enough: int
    ) -> None:
        self._secrets, self._enough = secrets, float(enough)
        self._count = len(rows) + len(secrets)
        self._first_cap = len(rows)
        self._solver = _silent_solver()
        # Only the aim and some bounds change: going on from the last end is quickest this way.
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("simplex_strategy", _PRIMAL)
        self._solver.passModel(_model([*rows, *secrets], size))
        self._aim: list[int] = []

    def show(self, low: Floats, high: Floats) -> None:
        """Set which rows a reader has, by their bounds."""
        none = np.full(len(self._secrets), np.inf)
        places = np.arange(self._count, dtype=np.int32)
        ends = np.concatenate([low, -none]), np.concatenate([high, none])
        self._solver.changeRowsBounds(self._count, places, *ends)

    def _is_solved(self) -> bool:
        self._solver.run()
        return bool(self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def solve(self, at: int, sign: int) -> tuple[Floats, Floats]:
        """Give possible numbers with a secret least or greatest, and the rows' multipliers."""
        weights, cap = self._secrets[at], self._first_cap + at
        for column in self._aim:
            self._solver.changeColCost(column, 0.0)
        self._aim = list(weights)
        for column, weight in weights.items():
            self._solver.changeColCost(column, sign * weight)
        self._solver.changeRowBounds(cap, -np.inf, self._enough)
        if not self._is_solved():
            self._solver.clearSolver()  # where it went on from was not good: begin afresh
            # What is shown is true, so that there are numbers that agree with it.
            assert self._is_solved(), self._solver.getModelStatus()
        found = self._solver.getSolution()
        self._solver.changeRowBounds(cap, -np.inf, np.inf)
        duals = np.array(found.row_dual)[: self._first_cap]
        return np.array(found.col_value), duals


def _model(rows: Sequence[Weights], size: int) -> Any:
    laid = matrix(rows, size)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = size, len(rows)
    model.col_cost_ = np.zeros(size)
    model.col_lower_, model.col_upper_ = np.zeros(size), np.full(size, np.inf)
    model.row_lower_, model.row_upper_ = np.full(len(rows), -np.inf), np.full(len(rows), np.inf)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = laid.indptr.astype(np.int32)
    model.a_matrix_.index_ = laid.indices.astype(np.int32)
    model.a_matrix_.value_ = laid.data.astype(float)
    return model
