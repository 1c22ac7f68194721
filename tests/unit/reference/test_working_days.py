"""Working days against two unrelated references, and on the days people get wrong."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineofsight.reference.working_days import (
    FIRST_DAY,
    LAST_DAY,
    bank_holidays,
    calendar,
    is_working_day,
    working_day_after,
    working_days_after,
    working_days_between,
)

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


def test_the_bank_holidays_are_those_another_library_knows() -> None:
    """Every year of the calendar, one-off days included."""
    england = holidays.country_holidays("GB", subdiv="ENG", years=range(1985, 2046))
    assert bank_holidays() == frozenset(england)


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2020, 5, 4), True),  # the holiday was moved from here
        (date(2020, 5, 8), False),  # to here
        (date(2020, 8, 31), False),
        (date(2022, 6, 2), False),
        (date(2022, 6, 3), False),
        (date(2022, 9, 19), False),
        (date(2023, 5, 8), False),
        (date(2020, 12, 28), False),  # Boxing Day fell on a Saturday
        (date(2020, 8, 29), False),  # a Saturday
        (date(2020, 12, 24), True),
    ],
)
def test_days_that_are_easily_got_wrong(day: date, is_worked: bool) -> None:
    """One-off holidays and substitutes, as GOV.UK published them."""
    assert is_working_day(day) == is_worked


@given(DAYS, DAYS)
def test_durations_agree_with_numpy(start: date, end: date) -> None:
    """Days after the start day, up to and including the end: numpy's count, moved by a day."""
    start, end = sorted((start, end))
    one = timedelta(days=1)
    off = np.array(sorted(bank_holidays()), dtype="datetime64[D]")
    counted = np.busday_count(start + one, end + one, holidays=off)
    assert working_days_between(start, end) == counted


@given(DAYS, st.integers(1, 60))
def test_a_deadline_is_the_first_day_that_reaches_the_count(start: date, count: int) -> None:
    """The deadline is a working day, and the day before falls short."""
    due = working_day_after(start, count)
    assert is_working_day(due)
    assert working_days_between(start, due) == count
    assert working_days_between(start, due - timedelta(days=1)) == count - 1


def test_deadlines_of_many_days_are_those_of_each() -> None:
    """By hand: Maundy Thursday, a Saturday, the last days of the calendar, and a blank."""
    starts = np.array(["2020-04-09", "2020-08-29", "2045-12-29", "NaT"], "datetime64[D]")

    due = working_days_after(starts, 1)

    assert due.astype(str).tolist() == ["2020-04-14", "2020-09-01", "2046-01-01", "NaT"]


def test_the_calendar_holds_every_day_once_with_its_integers() -> None:
    """No gap: a date beyond the calendar would silently vanish from a figure."""
    days = calendar()
    assert (days.date[0], days.date[-1]) == (np.datetime64(FIRST_DAY), np.datetime64(LAST_DAY))
    assert len(days.date) == len(days.month) == (LAST_DAY - FIRST_DAY).days + 1
    august = int(np.flatnonzero(days.date == np.datetime64("2020-08-31"))[0])
    assert days.month[august] == 2020 * 12 + 7
    assert days.month_day[august] == (2020 * 12 + 7) * 32 + 31
    assert days.day[august] == date(2020, 8, 31).toordinal()
    assert (
        np.diff(days.working_day) == [is_working_day(day) for day in days.date[1:].tolist()]
    ).all()
