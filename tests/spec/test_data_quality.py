"""The line beside a figure: how many of its rows break a rule, and what became of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from lineofsight.checking import tables_to_measure
from lineofsight.indicators import child_protection, children_looked_after, front_door
from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.tables import (
    child_protection_plans,
    initial_conferences,
    mash_decisions,
    periods_of_care,
)
from lineofsight.measurement.measure import Question, measure
from lineofsight.reference.periods import Month
from lineofsight.reference.places import Population
from lineofsight.returns.submission import Submission
from lineofsight.warehouse.journey import Journey
from tests.spec.conftest import ENGINES, journey_of

AUGUST = Month.parse("2020-08")
DELIVERY = Submission(
    id="drawn",
    return_name="Annex A",
    authority="Drawn",
    authority_code="",
    file_name="drawn.xlsx",
    sha256="",
    first_day=date(2015, 1, 1),
    last_day=date(2021, 12, 31),
    as_at=date(2021, 12, 31),
    received_at=datetime(2022, 1, 1, tzinfo=UTC),
    is_synthetic=True,
)


def notes_on(indicator: Indicator, journey: Journey) -> tuple[str, ...]:
    """Measure August 2020 on every engine; both must say the same."""
    delivered = replace(journey, submissions=(DELIVERY,))
    flags, tables = tables_to_measure(delivered, AUGUST)
    people = Population(10_000, 2019, "drawn", "drawn")
    said = {
        measure([indicator], Question(delivered, engine(tables), AUGUST, "Drawn", people, flags))[
            0
        ].notes
        for engine in ENGINES
    }
    assert len(said) == 1
    return said.pop()


# 8 August 2020 is a Saturday; the twelve months begin on 1 September 2019. E moved in from another
# authority, so that no strategy discussion is missing.
CONFERENCES = """
child_id | held_on    | strategy_discussion_on | is_transfer_in
A        | 2020-08-03 |                        | no
B        | 2020-07-01 | 2020-07-10             | no
C        | 2020-08-08 | 2020-07-27             | no
D        | 2020-08-05 | 2020-07-20             | no
E        | 2020-06-01 |                        | yes
F        | 2019-08-05 |                        | no
G        | 2019-09-02 |                        | no
"""


def test_conferences_without_strategy_discussion_are_counted_late() -> None:
    journey = journey_of({initial_conferences: CONFERENCES})
    assert notes_on(child_protection.icpc_timeliness, journey) == (
        "2 conferences of the twelve months have no strategy discussion date: counted late.",
        "1 conference of the twelve months is dated on a weekend: counted in time.",
        "1 conference of the twelve months is dated before the strategy discussion: counted late.",
        "3 records lack a value that the figure needs. A conference without a strategy discussion "
        "date, or held before it, is counted, and counted as late.",
    )


def test_a_figure_that_does_not_use_the_field_says_nothing_of_it() -> None:
    journey = journey_of({initial_conferences: CONFERENCES})
    assert notes_on(child_protection.conferences_held, journey) == (
        "1 conference of the twelve months is dated on a weekend: counted.",
    )


def test_what_a_rule_has_told_is_not_said_again() -> None:
    kept = [line for line in CONFERENCES.split("\n") if not line.startswith("E")]
    without_transfer = "\n".join(kept)
    journey = journey_of({initial_conferences: without_transfer})
    told = notes_on(child_protection.icpc_timeliness, journey)
    assert [line.split()[0] for line in told] == ["2", "1", "1"]


def test_of_rows_that_part_ways_it_says_how_many_went_where() -> None:
    hub = """
    received_at         | decided_at          | child_id
    2020-08-03T00:00:00 | 2020-08-03T10:00:00 | A
    2020-08-03T00:00:00 | 2020-08-10T10:00:00 | B
    2020-08-03T00:00:00 | 2020-08-11T10:00:00 | C
    2020-08-03T09:00:00 | 2020-08-03T10:00:00 | D
    """
    assert notes_on(front_door.mash_timeliness, journey_of({mash_decisions: hub})) == (
        "3 referrals of the twelve months have no time of day: 1 counted in time, 2 late.",
    )


# On 31 August 2020 A has two open plans; B's ended that day, C's ended before it started.
PLANS = """
child_id | started_on | ended_on   | previous_plans
A        | 2020-06-01 |            |
A        | 2020-07-01 | 2020-09-01 | 1
A        | 2020-08-01 |            | 1
B        | 2020-06-01 | 2020-08-31 |
C        | 2020-06-01 | 2020-05-01 | 0
"""


def test_a_stock_is_looked_at_on_the_last_day() -> None:
    journey = journey_of({child_protection_plans: PLANS})
    beside = notes_on(child_protection.plan_rate, journey)
    assert beside == ("1 plan is open beside another of the same child: counted.",)


def test_a_share_without_words_of_its_own_says_yes_or_no() -> None:
    journey = journey_of({child_protection_plans: PLANS})
    told = notes_on(child_protection.repeat_plans, journey)
    assert told == (
        "2 plans of the twelve months have no number of earlier plans: counted as no.",
        "1 plan of the twelve months has fewer earlier plans than the records hold: "
        "counted as yes.",
    )


def test_no_more_than_three_lines_stand_beside_a_figure() -> None:
    care = """
    child_id | started_on | ceased_on  | legal_status
    A        | 2020-01-01 |            |
    A        | 2020-02-01 |            |
    B        | 2020-01-01 | 2021-07-01 |
    B        | 2020-03-01 | 2021-08-01 |
    """
    told = notes_on(children_looked_after.number, journey_of({periods_of_care: care}))
    assert told == (
        "4 periods of care have no legal status: counted.",
        "2 periods of care are overlapping an earlier one of the same child: counted.",
        "1 period of care is open beside another of the same child: counted.",
    )


def test_what_is_in_order_has_no_line() -> None:
    tidy = CONFERENCES.split("\n")
    journey = journey_of({initial_conferences: "\n".join([tidy[1], tidy[5]])})
    assert notes_on(child_protection.icpc_timeliness, journey) == ()
