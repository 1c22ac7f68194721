"""Which rows a figure counts, and which of them meet its condition, as conditions on a row.

`statement` asks the same of all months at once; this asks it of one span of months, to follow a
figure down to rows or to say what is the matter with them.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from lineofsight.indicators.indicator import (
    Average,
    During,
    Indicator,
    OpenAtEnd,
    Percentage,
    Since,
)
from lineofsight.journey.fields import part_of
from lineofsight.reference.periods import Month


def is_counted(indicator: Indicator, first: Month, last: Month) -> sa.ColumnElement[bool]:
    """Whether a row counts in the months from `first` to `last`; a stock at the end of `last`."""
    when = indicator.when
    if isinstance(when, During):
        month = part_of(when.date, "month")
        known = indicator.is_known if isinstance(indicator, Average) else sa.true()
        return sa.and_(month >= first.index, month <= last.index, indicator.of, known)
    assert isinstance(when, OpenAtEnd)
    last_day = last.last_day.toordinal()
    end = part_of(when.end, "day")
    is_open = sa.or_(end.is_(None), end > last_day)
    return sa.and_(part_of(when.start, "day") <= last_day, is_open, indicator.of)


def is_met(indicator: Percentage, last: Month) -> sa.ColumnElement[Any]:
    """Whether a row that counts meets the condition at the end of `last`; blank: undecided."""
    if isinstance(indicator.met, Since):
        last_day = last.last_day.toordinal()
        begun = part_of(indicator.met.date, "day") <= last_day
        if indicator.met.until is None:
            return begun
        until = part_of(indicator.met.until, "day")
        return sa.and_(begun, sa.or_(until.is_(None), until > last_day))
    return indicator.met
