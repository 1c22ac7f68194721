"""Months and the spans that figures speak of."""

from __future__ import annotations

from datetime import date

import pytest

from lineofsight.errors import UsageFault
from lineofsight.reference.periods import Month, Period


def test_months_subtract_over_the_turn_of_the_year() -> None:
    """Eleven months before August 2020 is September 2019."""
    assert str(Month.parse("2020-08") - 11) == "2019-09"
    assert Month.of(date(2020, 2, 29)).last_day == date(2020, 2, 29)


@pytest.mark.parametrize("text", ["2020-13", "2020-00", "2020-8", "August 2020", "", "2020-08-01"])
def test_what_is_not_a_month_is_refused(text: str) -> None:
    """The value is said, and what to write instead."""
    with pytest.raises(UsageFault, match="is not a month") as refusal:
        Month.parse(text)
    assert "2020-08" in str(refusal.value)


def test_periods_are_labelled_as_a_paper_says_them() -> None:
    """A month, a month-end, twelve months, a census year."""
    august = Month.parse("2020-08")
    assert Period.month(august).label == "August 2020"
    assert Period.month_end(august).label == "31 August 2020"
    assert Period.twelve_months(august).label == "September 2019 to August 2020"
    assert Period.twelve_months(august, 5).months == 5
    assert Period.census_year(2020).first_day == date(2019, 4, 1)
