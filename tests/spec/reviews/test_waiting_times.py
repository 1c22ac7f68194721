"""Waiting times by hand: Kaplan and Meier, Aalen and Johansen, ties, and which waits count.

A drawn wait is a number of working days and what it came to: h held, e ended without, w waiting.
"""

from __future__ import annotations

from datetime import date
from math import sqrt

import numpy as np
import polars as pl
import pytest

from lineofsight.journey.tables import (
    assessments,
    conference_requests,
    initial_conferences,
    need_episodes,
    section_47_enquiries,
)
from lineofsight.reviews.clocks_reviewed import CLOCKS_REVIEWED, limit_of
from lineofsight.reviews.conference_waits import conference_waits
from lineofsight.reviews.incidence import Incidence, cumulative_incidence
from lineofsight.reviews.recorded_waits import assessment_waits
from lineofsight.reviews.waits import ENDED, NOTHING_ASIDE, REACHED, WAITING, Waits

from ..conftest import journey_of

AS_AT = date(2020, 8, 31)
OUTCOMES = {"h": REACHED, "e": ENDED, "w": WAITING}


def waits(drawing: str, families: str = "") -> Waits:
    """Waits drawn as '5h 5h 9w'; families as letters, one of its own where none is drawn."""
    drawn = [(int(word[:-1]), OUTCOMES[word[-1]]) for word in drawing.split()]
    family = families.split() or [str(n) for n in range(len(drawn))]
    rows = pl.DataFrame(
        {
            "days": [days for days, _ in drawn],
            "outcome": [outcome for _, outcome in drawn],
            "family_id": family,
        }
    )
    return Waits(rows, AS_AT, NOTHING_ASIDE)


def shares(incidence: Incidence) -> list[float]:
    """What had been held by each day."""
    return [round(float(value), 6) for value in incidence.reached]


def test_kaplan_and_meier_without_a_competing_end() -> None:
    """Ten enquiries, waits that go on among them: the share waiting is the product of the days.

    day 2: 10 at risk, 2 held: 8/10. Day 3: 8 at risk, one leaves the records. Day 5: 7 at risk,
    3 held (a tie) and one more leaves on the same day, at risk until its end: 8/10 x 4/7. Day 8:
    3 at risk, 1 held: x 2/3.
    """
    found = cumulative_incidence(waits("2h 2h 3w 5h 5h 5h 5w 8h 9w 9w"), 9)
    assert found.at_risk.tolist() == [10, 10, 10, 8, 7, 7, 3, 3, 3, 2]
    left = [1, 1, 0.8, 0.8, 0.8, 0.8 * 4 / 7, 0.8 * 4 / 7, 0.8 * 4 / 7, 0.8 * 8 / 21, 0.8 * 8 / 21]
    assert np.allclose(found.waiting, left)
    assert np.allclose(found.reached, [1 - share for share in left])


def test_aalen_and_johansen_with_a_competing_end() -> None:
    """Ten enquiries, two of them ended without a conference, which are not still to come.

    Day 4: 10 at risk, 2 held, 1 ended: F = .2, S = .7. Day 6: one goes on to here (7 at risk).
    Day 10: 6 at risk, 3 held, 1 ended: F = .2 + .7 x 3/6 = .55, S = .7 x 2/6. Taken for censored,
    those two would have made it 1 - 8/10 x 3/6 = .6.
    """
    found = cumulative_incidence(waits("4h 4h 4e 6w 10h 10h 10h 10e 20w 20w"), 15)
    assert shares(found)[4] == 0.2
    assert shares(found)[10] == shares(found)[15] == 0.55
    assert float(found.ended[15]) == pytest.approx(0.1 + 0.7 / 6)
    assert float(found.waiting[15]) == pytest.approx(0.7 * 2 / 6)
    everything = found.reached + found.ended + found.waiting
    assert np.allclose(everything, 1)


def test_a_conference_on_the_day_of_its_discussion_counts_on_day_0() -> None:
    """Some libraries lose events at time 0."""
    assert shares(cumulative_incidence(waits("0h 0h 3h 3w"), 3)) == [0.5, 0.5, 0.5, 0.75]


def test_nothing_is_said_of_days_nobody_was_followed_to() -> None:
    """The longest wait that goes on is of four days: day 5 is not known."""
    found = cumulative_incidence(waits("2h 4w"), 6)
    assert found.by(4) is not None
    assert found.by(5) is None
    ended = cumulative_incidence(waits("2h 4h"), 6)
    assert ended.by(6) is not None, "where all are over it is known for good"


def test_without_censoring_the_interval_is_that_of_a_share() -> None:
    """6 of 10 in time: Wilson's interval of 6/10 is 31% to 83%."""
    share = cumulative_incidence(waits("5h 5h 5h 5h 5h 5h 20h 20h 20e 20e"), 15).by(15)
    assert share is not None
    assert (round(share.low, 4), round(share.high, 4)) == (0.3127, 0.8318)


def test_siblings_count_once_in_the_interval() -> None:
    """Five families of two with one conference each say as much as five children."""
    siblings = cumulative_incidence(
        waits("5h 5h 5h 5h 5h 5h 20h 20h 20h 20h", "a a b b c c d d e e"), 15
    ).by(15)
    alone = cumulative_incidence(waits("5h 5h 5h 20h 20h"), 15).by(15)
    assert siblings == alone


def test_the_variance_is_greenwoods_where_there_is_no_competing_end() -> None:
    """The infinitesimal jackknife against Greenwood's formula, with n for n - 1, on ties.

    S = 8/10 x 4/7; Greenwood: S squared x (2/(10 x 8) + 3/(7 x 4)).
    """
    found = cumulative_incidence(waits("2h 2h 3w 5h 5h 5h 5w 8h 9w 9w"), 7)
    left = 8 / 10 * 4 / 7
    assert sqrt(found.variance[7]) == pytest.approx(left * sqrt(2 / 80 + 3 / 28))


ENQUIRIES = """
    child_id | strategy_discussion_on | is_conference_unnecessary | conference_on | team
    held     | 2020-08-03             | no                        | 2020-08-24    | One
    ended    | 2020-08-03             | no                        |               | One
    open     | 2020-08-03             | no                        |               | Two
    needless | 2020-08-03             | yes                       |               | Two
    unasked  | 2020-08-03             | no                        |               | Two
    """
CONFERENCES = """
    child_id  | strategy_discussion_on | held_on    | is_transfer_in
    held      | 2020-08-03             | 2020-08-24 | no
    same day  | 2020-08-05             | 2020-08-05 | no
    backwards | 2020-08-12             | 2020-08-07 | no
    undated   |                        | 2020-08-07 | no
    moved in  | 2020-08-03             | 2020-08-17 | yes
    later     | 2020-08-20             | 2020-09-04 | no
    """
REQUESTS = """
    child_id | family_id | strategy_discussion_on | requested_on | held_on | stood_down_on
    held     | F1        | 2020-08-03             | 2020-08-05   | 2020-08-24 |
    ended    | F2        | 2020-08-03             | 2020-08-05   |         | 2020-08-14
    open     | F1        | 2020-08-03             |              |         |
    """
GIVEN = {
    section_47_enquiries: ENQUIRIES,
    initial_conferences: CONFERENCES,
    conference_requests: REQUESTS,
}


def drawn_waits() -> dict[str, tuple[int, int]]:
    """Each drawn child's outcome and working days."""
    found = conference_waits(journey_of(GIVEN), AS_AT)
    columns = found.rows.select("child_id", "outcome", "days").iter_rows()
    return {child: (outcome, days) for child, outcome, days in columns}


def test_which_children_wait_for_a_conference() -> None:
    """Held, ended and open ones; not those nobody asked for a conference for.

    3 August 2020 was a Monday: the 24th is 15 working days later, the 14th is 9, the 31st is a bank
    holiday and so the 19th working day, as the 28th is. Who is held in September is waiting still.
    """
    assert drawn_waits() == {
        "held": (REACHED, 15),
        "same day": (REACHED, 0),
        "ended": (ENDED, 9),
        "open": (WAITING, 19),
        "later": (WAITING, 6),
    }


def test_conferences_without_a_length_are_set_aside_by_the_reason() -> None:
    """They stand in the published figure: the review says how many it does not follow."""
    found = conference_waits(journey_of(GIVEN), AS_AT)
    assert sorted(found.aside["reason"]) == [
        "dated before their strategy discussion",
        "held for a child who moved in on another authority's plan",
        "without a strategy discussion date",
    ]
    assert found.remarks == (
        "1 enquiries of all months are neither marked as needing no conference nor followed by a "
        "request: they are not counted as waiting.",
    )


def test_a_family_is_known_from_the_requests_and_a_team_from_the_enquiry() -> None:
    """Neither depends on whether there was a conference."""
    rows = conference_waits(journey_of(GIVEN), AS_AT).rows
    told = {r["child_id"]: (r["family_id"], r["team"]) for r in rows.iter_rows(named=True)}
    assert told["held"] == ("F1", "One")
    assert told["open"] == ("F1", "Two")
    assert told["same day"] == ("child same day", None)


def test_without_requests_every_enquiry_not_ruled_out_waits() -> None:
    """And the review says so."""
    given = {table: drawing for table, drawing in GIVEN.items() if table is not conference_requests}
    found = conference_waits(journey_of(given), AS_AT)
    assert sorted(found.rows["child_id"]) == [
        "ended", "held", "later", "open", "same day", "unasked",
    ]  # fmt: skip
    assert "every enquiry that is not marked" in found.remarks[0]


def test_an_assessment_ends_without_authorisation_when_the_case_is_closed() -> None:
    """Of the episode of need it lies in, not of an earlier one."""
    given = {
        assessments: """
        child_id | started_on | authorised_on
        done     | 2020-08-03 | 2020-08-10
        closed   | 2020-08-03 |
        open     | 2020-08-03 |
        """,
        need_episodes: """
        child_id | started_on | ended_on
        closed   | 2020-08-01 | 2020-08-12
        open     | 2020-06-01 | 2020-07-01
        open     | 2020-08-01 |
        """,
    }
    rows = assessment_waits(journey_of(given), AS_AT).rows.sort("child_id")
    assert rows["outcome"].to_list() == [ENDED, REACHED, WAITING]
    assert rows["days"].to_list() == [7, 5, 19]


def test_limits_are_those_of_the_indicators() -> None:
    """15 for conferences, 45 for assessments, 10 for core groups: nobody writes them twice."""
    assert [limit_of(clock.indicator) for clock in CLOCKS_REVIEWED] == [15, 45, 10]
