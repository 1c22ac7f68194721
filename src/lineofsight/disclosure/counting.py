"""What of an indicator counts children, and which indicators count the same ones.

All of it is read from the definitions: two indicators with the same rows in the same months have
the same number behind them, and a share whose numerator's rows are another indicator's rows tells
it.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import sqlalchemy as sa

from lineofsight.disclosure.series import Kind
from lineofsight.indicators.indicator import Average, Indicator, Percentage, Quantile, Since
from lineofsight.measurement.measurement import is_about_children


def kind_of(indicator: Indicator) -> Kind | None:
    """What of an indicator counts children; None where nothing does."""
    if not is_about_children(indicator):
        return None
    if isinstance(indicator, Percentage):
        return Kind.SHARE
    if isinstance(indicator, Quantile) or is_mean_of_children(indicator):
        return Kind.MEAN
    return Kind.COUNT


def is_mean_of_children(indicator: Indicator) -> bool:
    """Whether the denominator of an average counts rows: 'days for each child'."""
    if not isinstance(indicator, Average):
        return False
    per = indicator.per
    return isinstance(per, sa.BindParameter) and per.value == 1


def family_of(indicator: Indicator) -> Hashable:
    """What is the same for indicators that count the same rows in the same months."""
    if isinstance(indicator, Average) and not is_mean_of_children(indicator):
        # The sum of a field is no number of rows.
        return indicator.id
    return (*_way(indicator), _conditions(_rows(indicator)))


def numerator_family_of(indicator: Indicator) -> Hashable:
    """The family of whatever counts the numerator's rows of a share; None where none can."""
    if not isinstance(indicator, Percentage) or isinstance(indicator.met, Since):
        return None
    return (*_way(indicator), _conditions(indicator.of) | _conditions(indicator.met))


def _rows(indicator: Indicator) -> Any:
    if isinstance(indicator, Average):
        return sa.and_(indicator.of, indicator.total.is_not(None))
    if isinstance(indicator, Quantile):
        return sa.and_(indicator.of, indicator.value.is_not(None))
    return indicator.of


def _way(indicator: Indicator) -> tuple[str, str]:
    return repr(indicator.when), str(indicator.each)


def _conditions(expression: Any) -> frozenset[str]:
    """The conditions that a row must all meet, as text."""
    if isinstance(expression, sa.sql.elements.True_):
        return frozenset()
    if isinstance(expression, sa.sql.elements.Grouping):
        return _conditions(expression.element)
    is_list = isinstance(expression, sa.sql.elements.BooleanClauseList)
    if is_list and expression.operator is sa.sql.operators.and_:
        return frozenset().union(*map(_conditions, expression.clauses))
    return frozenset({str(expression.compile(compile_kwargs={"literal_binds": True}))})
