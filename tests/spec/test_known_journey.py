"""What is known from several deliveries: the newest wins inside the dates it covers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from lineofsight.indicators import child_protection, children_looked_after, front_door
from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.fields import Events
from lineofsight.journey.tables import (
    adoptions,
    care_leavers,
    care_plans,
    child_protection_plans,
    children,
    initial_conferences,
    periods_of_care,
    referrals,
    section_47_enquiries,
)
from lineofsight.measurement.measure import Question, measure
from lineofsight.measurement.measurement import Measurement
from lineofsight.reference.periods import Month
from lineofsight.returns.issue import Kind
from lineofsight.returns.submission import Reading, Submission
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.journey import Journey, Span, read_journey
from lineofsight.warehouse.store import Store

from .conftest import drawn

FIVE_YEARS = ("2015-08-01", "2020-07-31")
SIX_MONTHS = ("2020-03-01", "2020-08-31")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "store")


def deliver(
    store: Store,
    days: tuple[str, str],
    given: Mapping[type[Events], str],
    *,
    as_at: str = "",
    received: str = "",
    without: tuple[str, ...] = (),
    return_name: str = "Annex A",
) -> Submission:
    """Take drawn tables into the store; made and received on the last day unless said."""
    first, last = map(date.fromisoformat, days)
    made = as_at or days[1]
    number = len(store.submissions()) + 1
    identity = f"annex-a-{made}-{number:08x}"
    frames = {
        events.__name__: drawn(events, drawing).with_columns(
            submission=pl.lit(identity), file=pl.lit(f"{number}.xlsx")
        )
        for events, drawing in given.items()
    }
    submission = Submission(
        id=identity,
        return_name=return_name,
        authority="Drawn",
        authority_code="",
        file_name=f"{number}.xlsx",
        sha256=f"{number:064x}",
        first_day=first,
        last_day=last,
        as_at=date.fromisoformat(made),
        received_at=datetime.fromisoformat(received or days[1]).replace(tzinfo=UTC),
        is_synthetic=True,
        rows=tuple((name, frame.height) for name, frame in frames.items()),
        missing_fields=without,
    )
    return store.add(Reading(submission, frames, (), ()))


def known(journey: Journey, events: type[Events], *fields: str) -> list[str]:
    """The rows of a table, as words, sorted."""
    rows = journey.frames[events.__name__].select(fields).rows()
    return sorted(" ".join("open" if cell is None else str(cell) for cell in row) for row in rows)


def figure(journey: Journey, indicator: Indicator, month: str) -> Measurement:
    """Measure one indicator of a journey for a month."""
    at = Month.parse(month)
    engine = DuckDB(journey.frames)
    return measure([indicator], Question(journey, engine, at, "Drawn", None))[0]


def in_month(journey: Journey, indicator: Indicator, month: str) -> float:
    """The numerator of one month."""
    latest = figure(journey, indicator, month).latest
    assert latest is not None
    return latest.numerator


PLAN = ("child_id", "started_on", "ended_on")


def test_six_months_do_not_wipe_out_five_years(store: Store) -> None:
    """Old referrals stand outside the new dates, the new ones inside; both ends are included."""
    deliver(store, FIVE_YEARS, {referrals: """
        child_id | referred_on
        A        | 2016-01-05
        B        | 2020-02-29
        C        | 2020-03-01
        D        | 2020-07-31
    """})  # fmt: skip
    deliver(store, SIX_MONTHS, {referrals: """
        child_id | referred_on
        C2       | 2020-03-01
        E        | 2020-08-31
    """})  # fmt: skip
    assert known(read_journey(store), referrals, "child_id") == ["A", "B", "C2", "E"]


def test_the_newest_is_the_one_made_last_not_received_last(store: Store) -> None:
    """A file of five years, handed in after the month's own file, does not overrule it."""
    deliver(store, SIX_MONTHS, {referrals: "child_id | referred_on\nnew | 2020-04-01"})
    deliver(
        store,
        FIVE_YEARS,
        {referrals: "child_id | referred_on\nold | 2020-04-01\nold | 2019-04-01"},
        received="2020-09-20",
    )
    journey = read_journey(store)
    assert known(journey, referrals, "child_id", "referred_on") == [
        "new 2020-04-01",
        "old 2019-04-01",
    ]


def test_of_two_files_made_on_one_day_the_one_received_last_wins(store: Store) -> None:
    """A corrected file for the same days."""
    for child, received in (("wrong", "2020-09-01"), ("right", "2020-09-02")):
        drawing = f"child_id | referred_on\n{child} | 2020-04-01"
        deliver(store, SIX_MONTHS, {referrals: drawing}, received=received)
    assert known(read_journey(store), referrals, "child_id") == ["right"]


def test_a_plan_open_in_the_old_file_and_ended_in_the_new_one_is_one_plan(store: Store) -> None:
    """Its start lies before the new dates; the old row gives way all the same."""
    deliver(store, FIVE_YEARS, {child_protection_plans: """
        child_id | started_on | ended_on
        A        | 2019-05-01 |
        B        | 2019-06-01 | 2020-02-28
        C        | 2019-07-01 | 2020-06-15
    """})  # fmt: skip
    deliver(store, SIX_MONTHS, {child_protection_plans: """
        child_id | started_on | ended_on
        A        | 2019-05-01 | 2020-08-10
        C        | 2019-07-01 | 2020-06-15
    """})  # fmt: skip
    journey = read_journey(store)
    assert known(journey, child_protection_plans, *PLAN) == [
        "A 2019-05-01 2020-08-10",
        "B 2019-06-01 2020-02-28",
        "C 2019-07-01 2020-06-15",
    ]
    ended = child_protection.plans_ended
    assert [in_month(journey, ended, m) for m in ("2020-02", "2020-06", "2020-08")] == [1, 1, 1]
    assert journey.reported == ()


def test_an_end_that_was_corrected_does_not_make_two_plans(store: Store) -> None:
    """Ended in February, said July; the new file, from March on, says it ended in April."""
    deliver(store, FIVE_YEARS, {child_protection_plans: """
        child_id | started_on | ended_on
        A        | 2019-05-01 | 2020-02-10
    """})  # fmt: skip
    deliver(store, SIX_MONTHS, {child_protection_plans: """
        child_id | started_on | ended_on
        A        | 2019-05-01 | 2020-04-02
    """})  # fmt: skip
    journey = read_journey(store)
    assert known(journey, child_protection_plans, *PLAN) == ["A 2019-05-01 2020-04-02"]
    assert in_month(journey, child_protection.plans_started, "2019-05") == 1


def test_a_plan_open_in_the_old_file_and_absent_from_the_new_is_left_out_and_reported(
    store: Store,
) -> None:
    """The newest delivery says that there was no such plan in its days; the report names the row.

    The second plan's row stands in row 3 of the old file.
    """
    deliver(store, FIVE_YEARS, {child_protection_plans: """
        child_id | started_on | ended_on
        A        | 2019-05-01 |
        B        | 2019-05-02 |
    """})  # fmt: skip
    deliver(store, SIX_MONTHS, {child_protection_plans: """
        child_id | started_on | ended_on
        A        | 2019-05-01 |
    """})  # fmt: skip
    journey = read_journey(store)
    assert known(journey, child_protection_plans, "child_id") == ["A"]
    (gone,) = journey.reported
    assert gone.kind is Kind.GONE
    assert gone.kind.is_loss
    assert str(gone) == (
        "'1.xlsx, child_protection_plans': 1 row that a newer delivery for the same days no "
        "longer has: not counted ('child protection plans'); row 3."
    )


def test_a_july_event_entered_late_counts_in_july(store: Store) -> None:
    """July as known at its end, and July as known a month later."""
    deliver(store, FIVE_YEARS, {referrals: "child_id | referred_on\nA | 2020-07-14"})
    deliver(store, SIX_MONTHS, {referrals: """
        child_id | referred_on
        A        | 2020-07-14
        late     | 2020-07-30
    """})  # fmt: skip
    then = read_journey(store, known_on=date(2020, 8, 30))
    now = read_journey(store, known_on=date(2020, 8, 31))
    received = front_door.referrals_received
    assert (in_month(then, received, "2020-07"), in_month(now, received, "2020-07")) == (1, 2)


def test_an_enquiry_before_the_new_dates_is_one_enquiry(store: Store) -> None:
    """List 5 of March to August holds the enquiry of February whose conference was in March."""
    deliver(store, ("2015-08-01", "2020-02-29"), {
        section_47_enquiries: """
            child_id | strategy_discussion_on | conference_on
            A        | 2020-02-20             |
        """,
        initial_conferences: "child_id | strategy_discussion_on | held_on",
    })  # fmt: skip
    deliver(store, SIX_MONTHS, {
        section_47_enquiries: """
            child_id | strategy_discussion_on | conference_on
            A        | 2020-02-20             | 2020-03-06
        """,
        initial_conferences: """
            child_id | strategy_discussion_on | held_on
            A        | 2020-02-20             | 2020-03-06
        """,
    })  # fmt: skip
    journey = read_journey(store)
    enquiries = child_protection.section_47_enquiries_started
    assert in_month(journey, enquiries, "2020-02") == 1
    assert in_month(journey, child_protection.conferences_held, "2020-03") == 1
    assert known(journey, section_47_enquiries, "conference_on") == ["2020-03-06"]


def test_two_contacts_of_one_child_on_one_day_in_one_file_are_two(store: Store) -> None:
    """Only what two deliveries both tell is told once."""
    twice = "child_id | referred_on\nA | 2020-04-01\nA | 2020-04-01"
    deliver(store, FIVE_YEARS, {referrals: twice})
    deliver(store, SIX_MONTHS, {referrals: twice})
    assert in_month(read_journey(store), front_door.referrals_received, "2020-04") == 2


def test_an_adoption_told_in_two_lists_is_one_adoption(store: Store) -> None:
    """List 10 holds children who entered care long before its dates."""
    for days in (FIVE_YEARS, SIX_MONTHS):
        told = "child_id | entered_care_on\nA | 2014-02-03"
        deliver(store, days, {adoptions: told})
    assert known(read_journey(store), adoptions, "child_id") == ["A"]


def test_the_newest_description_of_a_child_stands_and_old_ones_stay(store: Store) -> None:
    """A care leaver who is not on the newest list has left it; a child is not forgotten."""
    deliver(store, FIVE_YEARS, {
        children: "child_id | sex\nA | F\nB | M",
        care_leavers: "child_id | eligibility\nX | relevant\nY | relevant",
    })  # fmt: skip
    deliver(store, SIX_MONTHS, {
        children: "child_id | sex\nA | M",
        care_leavers: "child_id | eligibility\nY | former relevant",
    })  # fmt: skip
    journey = read_journey(store)
    assert known(journey, children, "child_id", "sex") == ["A M", "B M"]
    assert known(journey, care_leavers, "child_id", "eligibility") == ["Y former relevant"]


def test_what_is_covered_says_gaps_and_half_months() -> None:
    """Every day of the span must be delivered, by one delivery or by several that meet."""
    spans = (
        Span(date(2020, 1, 1), date(2020, 3, 15)),
        Span(date(2020, 3, 16), date(2020, 4, 30)),
        Span(date(2020, 2, 1), date(2020, 2, 10)),
        Span(date(2020, 6, 1), date(2020, 6, 20)),
    )
    journey = Journey({}, {"referrals": spans}, frozenset(), ())
    covered = {
        month: journey.covers("referrals", at.first_day, at.last_day)
        for month in ("2019-12", "2020-01", "2020-03", "2020-04", "2020-05", "2020-06")
        for at in [Month.parse(month)]
    }
    assert covered == {
        "2019-12": False,
        "2020-01": True,
        "2020-03": True,
        "2020-04": True,
        "2020-05": False,
        "2020-06": False,
    }
    assert journey.covers("referrals", date(2020, 1, 1), date(2020, 4, 30))
    assert not journey.covers("referrals", date(2020, 1, 1), date(2020, 6, 1))
    assert not journey.covers("contacts", date(2020, 1, 1), date(2020, 1, 1))


def test_a_month_between_two_deliveries_is_no_month_of_zero(store: Store) -> None:
    """After a gap the series begins anew, and twelve months are as many as there are."""
    one = "child_id | referred_on\nA | {}"
    deliver(store, ("2019-01-01", "2020-04-30"), {referrals: one.format("2020-04-02")})
    deliver(store, ("2020-06-01", "2020-08-31"), {referrals: one.format("2020-07-02")})
    found = figure(read_journey(store), front_door.referrals_received, "2020-08")
    assert [value.period.label for value in found.series] == [
        "June 2020",
        "July 2020",
        "August 2020",
    ]
    assert found.latest_rolling is not None
    assert (found.latest_rolling.numerator, found.latest_rolling.period.months) == (1, 3)


def test_half_a_month_has_no_flow_and_no_month_end(store: Store) -> None:
    """Records up to 20 August cannot say what August was."""
    plans = "child_id | started_on | ended_on\nA | 2020-08-05 |"
    deliver(store, ("2020-01-01", "2020-08-20"), {child_protection_plans: plans})
    for indicator in (child_protection.plans_started, child_protection.two_years_or_more):
        problem = figure(read_journey(store), indicator, "2020-08").unmeasurable
        assert problem is not None
        assert problem.reason == (
            "The records do not reach far enough for August 2020; they cover 1 January 2020 to "
            "20 August 2020."
        )


def test_local_tables_of_other_days_bound_only_what_rests_on_them(store: Store) -> None:
    """Care plans are known from 2020 on: the percentage begins there, the number long before."""
    deliver(store, FIVE_YEARS, {periods_of_care: """
        child_id | started_on | ceased_on | legal_status
        A        | 2017-03-01 |           | C2
        B        | 2020-02-01 |           | C2
    """})  # fmt: skip
    deliver(store, ("2020-01-01", "2020-07-31"), {care_plans: """
        child_id | started_on | authorised_on
        A        | 2017-03-05 | 2017-03-20
        B        | 2020-03-01 | 2020-03-02
    """})  # fmt: skip
    journey = read_journey(store)
    plans = figure(journey, children_looked_after.care_plan_authorised, "2020-07")
    shares = [(value.numerator, value.denominator) for value in plans.series]
    assert shares == [(1, 1), (1, 2), (2, 2), (2, 2), (2, 2), (2, 2), (2, 2)]
    number = figure(journey, children_looked_after.number, "2020-07")
    assert number.series[0].period.label == "31 August 2015"


def test_a_column_that_an_old_delivery_lacks_is_not_a_column_of_noes(store: Store) -> None:
    """The outcome of conferences is known from March 2020 on: before, there is no percentage."""
    field = "initial_conferences.is_plan_made"
    deliver(
        store,
        FIVE_YEARS,
        {initial_conferences: """
            child_id | strategy_discussion_on | held_on
            A        | 2020-02-03             | 2020-02-10
        """},
        without=(field,),
    )  # fmt: skip
    deliver(store, SIX_MONTHS, {initial_conferences: """
        child_id | strategy_discussion_on | held_on    | is_plan_made
        B        | 2020-03-03             | 2020-03-10 | yes
    """})  # fmt: skip
    journey = read_journey(store)
    assert journey.lacking == {field: (Span(date(2015, 8, 1), date(2020, 2, 29)),)}
    found = figure(journey, child_protection.conferences_to_plan, "2020-08")
    assert found.series[0].period.label == "March 2020"
    assert found.latest_rolling is not None
    assert (found.latest_rolling.numerator, found.latest_rolling.denominator) == (1, 1)
    # The number of conferences does not need the column.
    assert in_month(journey, child_protection.conferences_held, "2020-02") == 1
    problem = figure(journey, child_protection.conferences_to_plan, "2020-02").unmeasurable
    assert problem is not None
    assert problem.reason.startswith("The records received do not have 'The conference decided")
