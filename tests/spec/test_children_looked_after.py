"""Children looked after."""

from __future__ import annotations

from lineofsight.indicators import children_looked_after, health_in_care, homes_in_care
from lineofsight.journey.tables import (
    care_episodes,
    care_plans,
    children,
    health,
    health_assessments,
    involvements,
    looked_after_reviews,
    missing_episodes,
    periods_of_care,
    visits,
)

from .conftest import Spec

GIVEN = {
    periods_of_care: """
        child_id | started_on | ceased_on  | legal_status | is_unaccompanied
        A        | 2015-03-02 |            | C2           | no
        B        | 2020-08-31 |            | V2           | yes
        C        | 2020-08-03 | 2020-08-31 | V2           | no
        D        | 2020-01-06 |            | V4           | no
        E        | 2019-01-07 | 2020-07-01 | C1           | no
        A        | 2013-01-07 | 2014-01-06 | V2           | no
        F        | 2020-06-01 |            |              | no
    """,
    care_plans: """
        child_id | started_on | authorised_on | ended_on
        A        | 2013-01-08 | 2013-01-15    |
        A        | 2015-03-03 | 2015-03-20    | 2016-01-01
        B        | 2020-08-31 |               |
        E        | 2019-01-08 | 2019-02-01    |
        F        | 2020-06-02 | 2020-09-01    |
    """,
}


def test_started(spec: Spec) -> None:
    """B and C; a series of short breaks (D) is not counted."""
    spec(children_looked_after.started, given=GIVEN, numerator=2, twelve_months=(3, None))


def test_ceased(spec: Spec) -> None:
    """C left on 31 August, E in July."""
    spec(children_looked_after.ceased, given=GIVEN, numerator=1, twelve_months=(2, None))


def test_number(spec: Spec) -> None:
    """On 31 August A, B and F are looked after. A blank legal status is not a short break."""
    spec(
        children_looked_after.number,
        given=GIVEN,
        numerator=3,
        twelve_months=(12 + 1 + 10 + 3, None),
    )


def test_rate(spec: Spec) -> None:
    """The same three children for each 10,000 residents."""
    spec(
        children_looked_after.rate,
        given=GIVEN,
        numerator=3,
        denominator=309,
        twelve_months=(26, 12 * 309),
        population=309,
    )


def test_care_plan_authorised(spec: Spec) -> None:
    """A's plan of this period of care was authorised (that it was replaced since does not matter
    here); B has a draft; F's was authorised the day after the month-end. Over the twelve
    month-ends: A at all, E at the ten it was in care."""
    spec(
        children_looked_after.care_plan_authorised,
        given=GIVEN,
        numerator=1,
        denominator=3,
        twelve_months=(12 + 10, 26),
    )


def test_unaccompanied(spec: Spec) -> None:
    """B is the one of three."""
    spec(
        children_looked_after.unaccompanied,
        given=GIVEN,
        numerator=1,
        denominator=3,
        twelve_months=(1, 26),
    )


def test_starts_rate(spec: Spec) -> None:
    """Starts for each 10,000 residents: B and C in August, F in June."""
    spec(
        children_looked_after.starts_rate,
        given=GIVEN,
        numerator=2,
        denominator=309,
        twelve_months=(3, 309),
        population=309,
    )


def test_ends_rate(spec: Spec) -> None:
    """Ends for each 10,000 residents: C in August, E in July."""
    spec(
        children_looked_after.ends_rate,
        given=GIVEN,
        numerator=1,
        denominator=309,
        twelve_months=(2, 309),
        population=309,
    )


def test_unaccompanied_number(spec: Spec) -> None:
    """B, at one month-end of twelve."""
    spec(
        children_looked_after.unaccompanied_number,
        given=GIVEN,
        numerator=1,
        twelve_months=(1, None),
    )


def test_trap_9_short_breaks_are_left_out_everywhere(spec: Spec) -> None:
    """Trap 9: a child looked after in a series of short breaks (V3 or V4) is in no number."""
    given = {
        periods_of_care: """
            child_id | started_on | ceased_on  | legal_status
            A        | 2020-08-03 |            | V3
            B        | 2020-08-03 | 2020-08-10 | V4
            C        | 2020-08-03 |            | V2
        """
    }
    spec(children_looked_after.number, given=given, numerator=1)
    spec(children_looked_after.started, given=given, numerator=1)
    spec(children_looked_after.ceased, given=given, numerator=0)


def test_trap_10_a_child_who_turns_18_on_the_month_end_is_no_longer_looked_after(
    spec: Spec,
) -> None:
    """Trap 10: A was born on 31 August 2002 and ceased to be looked after on turning 18, which is
    the day the month-end counts; B turns 18 the day after and is counted."""
    given = {
        children: """
            child_id | born_on
            A        | 2002-08-31
            B        | 2002-09-01
        """,
        periods_of_care: """
            child_id | started_on | ceased_on  | reason_ceased | legal_status
            A        | 2018-01-08 | 2020-08-31 | E5            | C2
            B        | 2018-01-08 | 2020-09-01 | E5            | C2
        """,
    }
    spec(children_looked_after.number, given=given, numerator=1)
    spec(children_looked_after.ceased, given=given, numerator=1)


WORKERS = {
    periods_of_care: """
        child_id | started_on | ceased_on  | legal_status
        A        | 2020-01-06 |            | C2
        B        | 2018-01-08 |            | C2
        C        | 2018-01-08 |            | C2
        D        | 2020-06-01 |            | V2
        E        | 2018-01-08 |            | V4
    """,
    involvements: """
        child_id | started_on | ended_on   | worker
        A        | 2020-01-06 | 2020-05-01 | W1
        A        | 2020-05-01 | 2020-08-31 | W2
        A        | 2020-08-31 |            | W3
        B        | 2018-01-08 | 2019-08-31 | W1
        B        | 2019-08-31 | 2020-05-01 | W2
        B        | 2020-05-01 |            | W3
        C        | 2018-01-08 | 2020-03-02 | W1
        C        | 2020-03-02 | 2020-05-04 | W2
        C        | 2020-05-04 |            | W1
        D        | 2019-01-07 | 2019-09-01 | W1
        D        | 2019-09-01 | 2020-06-01 | W2
        D        | 2020-06-01 |            | W3
        E        | 2019-01-07 | 2020-01-06 | W1
        E        | 2020-01-06 | 2020-06-01 | W2
        E        | 2020-06-01 |            | W3
    """,
}


def test_three_or_more_social_workers(spec: Spec) -> None:
    """A has the third since the month-end itself. Of B's the first left on 31 August 2019, the day
    before the twelve months begin; D's left a day later, and though D was not in care then, the
    worker counts. C had two, one of them twice. E is in short breaks."""
    spec(
        children_looked_after.three_or_more_social_workers,
        given=WORKERS,
        numerator=2,
        denominator=4,
    )


def test_care_plan_up_to_date(spec: Spec) -> None:
    """A's plan of 1 March is six months old the day after the month-end, B's of 29 February was on
    29 August; C's is a draft; D's belongs to an earlier period of care; E's was authorised again.
    """
    given = {
        periods_of_care: """
            child_id | started_on | ceased_on  | legal_status
            A        | 2019-01-07 |            | C2
            B        | 2019-01-07 |            | C2
            C        | 2019-01-07 |            | C2
            D        | 2020-06-01 |            | C2
            E        | 2019-01-07 |            | C2
            F        | 2019-01-07 |            | V4
        """,
        care_plans: """
            child_id | started_on | authorised_on
            A        | 2020-02-03 | 2020-03-01
            B        | 2020-02-03 | 2020-02-29
            C        | 2020-02-03 |
            D        | 2020-05-04 | 2020-05-05
            E        | 2019-02-03 | 2019-03-01
            E        | 2020-08-03 | 2020-08-31
            F        | 2020-08-03 | 2020-08-31
        """,
    }
    spec(children_looked_after.care_plan_up_to_date, given=given, numerator=2, denominator=5)


REVIEWS = {
    periods_of_care: """
        child_id | started_on | ceased_on  | legal_status
        A        | 2020-08-03 |            | V2
        B        | 2020-07-20 |            | V2
        C        | 2020-07-20 |            | V2
        D        | 2020-01-06 |            | C2
        E        | 2019-10-07 |            | C2
        F        | 2020-07-20 | 2020-08-10 | V2
        G        | 2020-07-20 |            | V4
        H        | 2020-07-20 |            | V2
    """,
    looked_after_reviews: """
        child_id | held_on
        B        | 2020-08-17
        C        | 2020-08-18
        D        | 2020-02-03
        D        | 2020-05-01
        E        | 2019-11-01
        E        | 2020-01-31
        G        | 2020-08-17
    """,
}


def test_reviews_in_time(spec: Spec) -> None:
    """First reviews of 20 July were due on 17 August: B's was on the day, C's a day late, H's not
    held. F left care before it. A's is due on 1 September. E's third was due on 31 July, six months
    after the second. In the twelve months D's two and E's first two were in time."""
    spec(
        children_looked_after.reviews_in_time,
        given=REVIEWS,
        numerator=1,
        denominator=3,
        twelve_months=(5, 8),
    )


def test_reviews_up_to_date(spec: Spec) -> None:
    """Overdue on 31 August are E's third review and H's first; C's first was late but was held."""
    spec(children_looked_after.reviews_up_to_date, given=REVIEWS, numerator=4, denominator=6)


def test_trap_21_in_care_for_19_working_days_a_child_is_not_yet_due_a_review(spec: Spec) -> None:
    """Trap 21: on 31 August, a bank holiday, a child who entered on 3 August has been in care for
    19 working days: up to date, and among those due in September, not in August."""
    given = {
        periods_of_care: """
            child_id | started_on | legal_status
            A        | 2020-08-03 | V2
        """,
        looked_after_reviews: """
            child_id | held_on
        """,
    }
    up_to_date, in_time = (
        children_looked_after.reviews_up_to_date,
        children_looked_after.reviews_in_time,
    )
    spec(up_to_date, given=given, numerator=1, denominator=1)
    spec(in_time, given=given, numerator=0, denominator=0)
    spec(in_time, given=given, month="2020-09", numerator=0, denominator=1)


def test_participation(spec: Spec) -> None:
    """B was under four and is left out; C conveyed no views; D's code is blank."""
    given = {
        looked_after_reviews: """
            child_id | held_on    | participation
            A        | 2020-08-03 | PN1
            B        | 2020-08-03 | PN0
            C        | 2020-08-31 | PN7
            D        | 2020-08-03 |
            E        | 2020-08-03 | PN6
            F        | 2020-07-31 | PN5
        """
    }
    spec(
        children_looked_after.participation,
        given=given,
        numerator=2,
        denominator=4,
        twelve_months=(3, 5),
    )


VISITS = {
    periods_of_care: """
        child_id | started_on | legal_status
        A        | 2020-07-20 | V2
    """,
    care_episodes: """
        child_id | started_on | ended_on   | legal_status | placement_type | reason_started
        A        | 2020-07-20 | 2020-08-17 | V2           | U6             | S
        A        | 2020-08-17 |            | V2           | K2             | P
        B        | 2020-06-01 | 2020-07-01 | V2           | U6             | S
        B        | 2020-07-01 |            | C2           | U6             | L
        C        | 2020-06-01 |            | V4           | K2             | S
        D        | 2020-08-03 |            | V2           | U6             | S
    """,
    visits: """
        child_id | visited_on | kind
        A        | 2020-07-27 | L
        A        | 2020-08-25 | L
        B        | 2020-06-03 | L
        B        | 2020-07-15 | L
        B        | 2020-08-24 | N
        D        | 2020-08-10 | L
    """,
}


def test_visits_in_time(spec: Spec) -> None:
    """D's first visit came on the seventh day. A moved on 17 August and was visited on the eighth
    day after; B's was due six weeks after 15 July and nobody came but a visitor for another reason.
    A new legal status (B, 1 July) is no move. C is in short breaks."""
    spec(
        children_looked_after.visits_in_time,
        given=VISITS,
        numerator=1,
        denominator=3,
        twelve_months=(1 + 3, 3 + 3),  # in time in June and July: A's first, B's first two
    )


def test_visits_up_to_date(spec: Spec) -> None:
    """On 31 August only B's visit is overdue."""
    spec(children_looked_after.visits_up_to_date, given=VISITS, numerator=2, denominator=3)


HOMES = {
    periods_of_care: """
        child_id | started_on | ceased_on | legal_status | is_placed_outside
        A        | 2019-01-07 |           | C2           | yes
        B        | 2019-01-07 |           | C2           | no
        C        | 2019-01-07 |           | C2           |
        G        | 2019-01-07 |           | V4           | yes
    """,
    care_episodes: """
        child_id | started_on | ended_on   | legal_status | placement_type | placement_provider | \
distance_miles | is_placed_outside
        A | 2019-01-07 | 2020-08-31 | C2 | U6 | PR4 | 3    | no
        A | 2020-08-31 |            | C2 | K2 | PR4 | 20.1 | yes
        B | 2019-01-07 |            | C2 | U1 | PR1 | 20   | yes
        C | 2019-01-07 |            | C2 | P1 | PR0 | 44   | no
        D | 2019-01-07 |            | C2 | H5 | PR5 |      | yes
        E | 2019-01-07 |            |    | U4 | PR1 | 2    | no
        F | 2019-01-07 |            | C2 |    |     | 30   | yes
        G | 2019-01-07 |            | V4 | K2 | PR1 | 30   | yes
    """,
}


def test_in_foster_care(spec: Spec) -> None:
    """B and E of six; A moved to a home on the month-end; G is in short breaks. At the eleven
    month-ends before A was fostered too."""
    spec(
        homes_in_care.in_foster_care,
        given=HOMES,
        numerator=2,
        denominator=6,
        twelve_months=(2 * 12 + 11, 72),
    )


def test_with_relatives_or_friends(spec: Spec) -> None:
    """B."""
    spec(homes_in_care.with_relatives_or_friends, given=HOMES, numerator=1, denominator=6)


def test_with_parents(spec: Spec) -> None:
    """C."""
    spec(homes_in_care.with_parents, given=HOMES, numerator=1, denominator=6)


def test_in_childrens_homes(spec: Spec) -> None:
    """A, since the month-end itself."""
    spec(
        homes_in_care.in_childrens_homes,
        given=HOMES,
        numerator=1,
        denominator=6,
        twelve_months=(1, 72),
    )


def test_in_semi_independent_homes(spec: Spec) -> None:
    """D."""
    spec(homes_in_care.in_semi_independent_homes, given=HOMES, numerator=1, denominator=6)


def test_own_provision(spec: Spec) -> None:
    """B and E; F's provider is not known and counts as another's."""
    spec(homes_in_care.own_provision, given=HOMES, numerator=2, denominator=6)


def test_placed_outside(spec: Spec) -> None:
    """A; C's blank counts as inside."""
    spec(homes_in_care.placed_outside, given=HOMES, numerator=1, denominator=3)


def test_placed_over_20_miles(spec: Spec) -> None:
    """A and F. B is at 20 miles and not over; C is far away but inside the authority; D's distance
    is not known and counts as not over 20 miles."""
    spec(homes_in_care.placed_over_20_miles, given=HOMES, numerator=2, denominator=6)


MOVES = {
    periods_of_care: """
        child_id | started_on | legal_status
        A        | 2019-01-07 | C2
        B        | 2019-01-07 | C2
        C        | 2019-01-07 | C2
        D        | 2019-01-07 | C2
        E        | 2019-01-07 | C2
        F        | 2019-01-07 | C2
        G        | 2019-01-07 | C2
        H        | 2019-01-07 | V3
    """,
    care_episodes: """
        child_id | started_on | ended_on   | legal_status | placement_type | reason_started
        A        | 2019-01-07 | 2020-05-04 | C2           | U6             | S
        A        | 2020-05-04 | 2020-08-30 | C2           | K2             | P
        A        | 2020-08-30 |            | C2           | U6             | P
        B        | 2019-01-07 | 2019-08-31 | C2           | U6             | S
        B        | 2019-08-31 | 2020-05-04 | C2           | K2             | P
        B        | 2020-05-04 |            | C2           | U6             | P
        C        | 2019-01-07 | 2019-09-01 | C2           | U6             | S
        C        | 2019-09-01 | 2020-05-04 | C2           | K2             | P
        C        | 2020-05-04 |            | C2           | U6             | P
        D        | 2019-01-07 | 2020-05-04 | C2           | U6             | S
        D        | 2020-05-04 | 2020-05-04 | C2           | K2             | P
        D        | 2020-05-04 |            | C2           | U6             | P
        E        | 2019-01-07 | 2020-05-04 | C2           | U6             | S
        E        | 2020-05-04 | 2020-06-01 | C2           | U5             | P
        E        | 2020-06-01 |            | E1           | A5             | U
        F        | 2019-01-07 | 2020-05-04 | C2           | U6             | S
        F        | 2020-05-04 | 2020-05-06 | C2           | T1             | P
        F        | 2020-05-06 | 2020-07-06 | C2           | U6             | P
        F        | 2020-07-06 |            | C2           | K2             | P
        G        | 2019-01-07 | 2020-05-04 | C1           | U6             | S
        G        | 2020-05-04 | 2020-06-01 | C2           | U6             | L
        G        | 2020-06-01 |            | C2           | U4             | T
        H        | 2020-05-04 | 2020-05-11 | V3           | K2             | S
        H        | 2020-06-01 | 2020-06-08 | V3           | K2             | S
        H        | 2020-07-06 | 2020-07-13 | V3           | K2             | S
    """,
}


def test_three_or_more_placements(spec: Spec) -> None:
    """A moved twice. B's first placement ended the day before the twelve months begin, C's on their
    first day, so that C had three. D's second lasted less than a day. E was adopted by the carers
    (second placement). F was in hospital and back, then moved: two. G only changed legal status and
    kind of placement with the same carer. H is in short breaks."""
    spec(homes_in_care.three_or_more_placements, given=MOVES, numerator=2, denominator=7)


def test_placement_stability(spec: Spec) -> None:
    """A has lived there for two years on the month-end, B for a day less. C has been looked after
    for two and a half years only tomorrow, D since three days ago. E turned 16 on the day. F was
    placed for adoption and the placement before counts too; G moved otherwise. H is in short
    breaks."""
    given = {
        children: """
            child_id | born_on
            A        | 2010-01-01
            B        | 2010-01-01
            C        | 2010-01-01
            D        | 2010-01-01
            E        | 2004-08-31
            F        | 2016-01-01
            G        | 2010-01-01
            H        | 2010-01-01
        """,
        periods_of_care: """
            child_id | started_on | legal_status
            A        | 2017-01-09 | C2
            B        | 2017-01-09 | C2
            C        | 2018-03-01 | C2
            D        | 2018-02-28 | C2
            E        | 2017-01-09 | C2
            F        | 2017-01-09 | E1
            G        | 2017-01-09 | C2
            H        | 2017-01-09 | V4
        """,
        care_episodes: """
            child_id | started_on | ended_on   | legal_status | placement_type | reason_started
            A        | 2017-01-09 | 2018-08-31 | C2           | U6             | S
            A        | 2018-08-31 |            | C2           | U4             | P
            B        | 2017-01-09 | 2018-09-01 | C2           | U6             | S
            B        | 2018-09-01 |            | C2           | U4             | P
            C        | 2018-03-01 |            | C2           | U4             | S
            D        | 2018-02-28 |            | C2           | U4             | S
            E        | 2017-01-09 |            | C2           | U4             | S
            F        | 2017-01-09 | 2018-06-01 | C2           | U6             | S
            F        | 2018-06-01 | 2020-06-01 | C2           | U6             | P
            F        | 2020-06-01 |            | E1           | A6             | B
            G        | 2017-01-09 | 2020-06-01 | C2           | U6             | S
            G        | 2020-06-01 |            | C2           | U4             | P
            H        | 2017-01-09 |            | V4           | K2             | S
        """,
    }
    spec(homes_in_care.placement_stability, given=given, numerator=3, denominator=5)


def test_initial_health_in_time(spec: Spec) -> None:
    """20 working days from 20 July end on 17 August: A was assessed that day, B never; C left
    before it. D is not due until September; E is in short breaks."""
    given = {
        periods_of_care: """
            child_id | started_on | ceased_on  | legal_status
            A        | 2020-07-20 |            | V2
            B        | 2020-07-20 |            | V2
            C        | 2020-07-20 | 2020-08-14 | V2
            D        | 2020-08-03 |            | V2
            E        | 2020-07-20 |            | V4
        """,
        health_assessments: """
            child_id | held_on    | kind
            A        | 2020-08-17 | initial
        """,
    }
    spec(health_in_care.initial_health_in_time, given=given, numerator=1, denominator=2)


HEALTH = {
    children: """
        child_id | born_on
        A        | 2012-01-01
        B        | 2012-01-01
        C        | 2015-09-01
        D        | 2017-01-01
        E        | 2015-08-31
        F        | 2012-01-01
        G        | 2012-01-01
    """,
    periods_of_care: """
        child_id | started_on | legal_status
        A        | 2019-08-31 | C2
        B        | 2019-09-01 | C2
        C        | 2019-01-07 | C2
        D        | 2019-01-07 | C2
        E        | 2019-01-07 | C2
        F        | 2019-01-07 | C2
        G        | 2019-01-07 | V4
    """,
    health_assessments: """
        child_id | held_on    | kind
        A        | 2019-09-20 | initial
        A        | 2020-02-03 | dental
        B        | 2020-02-03 | review
        C        | 2020-02-03 | review
        D        | 2019-09-02 | review
        D        | 2020-03-02 | review
        E        | 2020-02-03 | review
        F        | 2019-08-31 | review
        F        | 2019-09-01 | dental
        G        | 2020-02-03 | review
    """,
}


def test_health_assessment(spec: Spec) -> None:
    """Of the five looked after for twelve months (A since the day itself, B not yet) A, D and E:
    F's assessment was a year ago on the day, and C needs two."""
    spec(health_in_care.health_assessment, given=HEALTH, numerator=3, denominator=5)


def test_trap_20_a_child_under_five_needs_two_health_assessments(spec: Spec) -> None:
    """Trap 20: with one in the year C, who turns five the day after the month-end, is not up to
    date; a child who turns five on the month-end itself is."""
    only_c = {
        children: "child_id | born_on\nC | 2015-09-01\nE | 2015-08-31",
        periods_of_care: """
            child_id | started_on | legal_status
            C        | 2019-01-07 | C2
            E        | 2019-01-07 | C2
        """,
        health_assessments: """
            child_id | held_on    | kind
            C        | 2020-02-03 | review
            E        | 2020-02-03 | review
        """,
    }
    spec(health_in_care.health_assessment, given=only_c, numerator=1, denominator=2)
    spec(
        health_in_care.health_assessment, given=only_c, month="2020-09", numerator=2, denominator=2
    )


def test_dental_check(spec: Spec) -> None:
    """A, and F on the first of the twelve months."""
    spec(health_in_care.dental_check, given=HEALTH, numerator=2, denominator=5)


OUTCOMES = {
    health: """
        child_id | recorded_on | sdq_score | sdq_reason | is_immunised
        A        | 2020-03-31  | 13        |            | yes
        B        | 2020-03-31  | 17        |            | no
        C        | 2020-03-31  |           | SDQ1       | yes
        D        | 2020-03-31  |           | SDQ2       |
        E        | 2020-03-31  |           |            | yes
        F        | 2020-03-31  | 40        |            | no
        A        | 2019-03-31  | 12        |            | yes
    """
}


def test_immunised(spec: Spec) -> None:
    """Three of the six in March, the month with which their year ends; in August nobody."""
    spec(health_in_care.immunised, given=OUTCOMES, month="2020-03", numerator=3, denominator=6)
    spec(health_in_care.immunised, given=OUTCOMES, numerator=0, denominator=0, twelve_months=(3, 6))


def test_questionnaires_scored(spec: Spec) -> None:
    """C is too young or too old; D and E have no score."""
    spec(
        health_in_care.questionnaires_scored,
        given=OUTCOMES,
        month="2020-03",
        numerator=3,
        denominator=5,
    )


def test_questionnaire_average(spec: Spec) -> None:
    """13, 17 and 40 over three children; those without a score lend nothing."""
    spec(
        health_in_care.questionnaire_average,
        given=OUTCOMES,
        month="2020-03",
        numerator=70,
        denominator=3,
    )


def test_questionnaire_concern(spec: Spec) -> None:
    """17 is the first score that is a cause for concern: B and F."""
    spec(
        health_in_care.questionnaire_concern,
        given=OUTCOMES,
        month="2020-03",
        numerator=2,
        denominator=3,
    )


MISSING = {
    missing_episodes: """
        child_id | started_on | ended_on   | kind | is_interview_offered | is_interview_accepted | \
interviewed_on
        A | 2020-08-01 | 2020-08-03 | M | yes | yes | 2020-08-06
        A | 2020-08-10 | 2020-08-11 | M | yes | no  |
        B | 2020-08-20 | 2020-08-20 | A | yes | yes | 2020-08-21
        C | 2020-08-27 | 2020-08-29 | M | yes | yes | 2020-08-30
        D | 2020-08-31 |            | M | no  | no  |
        A | 2020-01-06 | 2020-01-07 | M | no  | no  |
        E | 2020-01-06 | 2020-01-07 | M | yes | yes | 2020-01-11
        F | 2019-08-31 | 2019-09-02 | M | yes | yes | 2019-09-02
    """,
}


def test_missing_children(spec: Spec) -> None:
    """A went twice and counts once, in the month and in the twelve months; B was away."""
    spec(health_in_care.missing_children, given=MISSING, numerator=3, twelve_months=(4, None))


def test_times_missing(spec: Spec) -> None:
    """Each time counts in the month it began; F's began in August 2019."""
    spec(health_in_care.times_missing, given=MISSING, numerator=4, twelve_months=(6, None))


def test_times_away(spec: Spec) -> None:
    """B."""
    spec(health_in_care.times_away, given=MISSING, numerator=1, twelve_months=(1, None))


def test_return_interviews_offered(spec: Spec) -> None:
    """By the day of the return: three in August, all offered; D is not back."""
    spec(
        health_in_care.return_interviews_offered,
        given=MISSING,
        numerator=3,
        denominator=3,
        twelve_months=(5, 6),
    )


def test_return_interviews_accepted(spec: Spec) -> None:
    """Of the three offers A declined one."""
    spec(
        health_in_care.return_interviews_accepted,
        given=MISSING,
        numerator=2,
        denominator=3,
        twelve_months=(4, 5),
    )


def test_return_interviews_in_time(spec: Spec) -> None:
    """A's first was interviewed on the third day, A's second not at all; C's third day is in
    September. E's came on the fourth day."""
    spec(
        health_in_care.return_interviews_in_time,
        given=MISSING,
        numerator=1,
        denominator=2,
        twelve_months=(2, 5),
    )
    spec(
        health_in_care.return_interviews_in_time,
        given=MISSING,
        month="2020-09",
        numerator=1,
        denominator=1,
    )
