"""What several returns tell between them: one leads, the others stand outside and fill its gaps."""

from __future__ import annotations

from datetime import date

from lineofsight.indicators import child_protection, front_door
from lineofsight.journey.tables import (
    assessments,
    care_plans,
    child_protection_plans,
    children,
    initial_conferences,
    linked_identifiers,
    referrals,
)
from lineofsight.returns.issue import Kind
from lineofsight.warehouse.journey import Span, read_journey
from lineofsight.warehouse.store import Store

from .test_known_journey import FIVE_YEARS, PLAN, SIX_MONTHS, deliver, in_month, known, store

__all__ = ["store"]  # the fixture

CENSUS, ANNEX_A = "Children in need census", "Annex A"
CENSUS_YEAR = ("2019-04-01", "2020-03-31")


def test_the_lists_of_the_month_lead_and_the_census_tells_what_lies_outside(store: Store) -> None:
    """Annex A covers March to August; the census year ends inside it, and was received last.

    C and D are told by both. B2 is only in the census, in the days of Annex A: it does not count.
    """
    deliver(store, SIX_MONTHS, {referrals: """
        child_id | referred_on
        C        | 2020-03-10
        D        | 2020-03-20
        E        | 2020-08-05
    """})  # fmt: skip
    deliver(
        store,
        CENSUS_YEAR,
        {referrals: """
            child_id | referred_on
            A        | 2019-04-01
            B        | 2020-02-29
            B2       | 2020-03-01
            C        | 2020-03-10
            D        | 2020-03-20
        """},
        as_at="2020-09-30",
        return_name=CENSUS,
    )  # fmt: skip
    journey = read_journey(store)
    assert known(journey, referrals, "child_id") == ["A", "B", "C", "D", "E"]
    # What only another return tells is no row gone: `reconcile` lists it.
    assert journey.reported == ()
    received = front_door.referrals_received
    assert [in_month(journey, received, m) for m in ("2020-02", "2020-03", "2020-08")] == [1, 2, 1]


def test_the_settings_can_let_another_return_lead(store: Store) -> None:
    """With the census leading, its own March counts, and its days end on the 31st."""
    march = "child_id | referred_on\n{} | 2020-03-10\n{} | 2020-04-02"
    deliver(store, SIX_MONTHS, {referrals: march.format("annex", "both")})
    census = "child_id | referred_on\ncensus | 2020-03-10"
    deliver(store, CENSUS_YEAR, {referrals: census}, return_name=CENSUS)
    assert known(read_journey(store), referrals, "child_id") == ["annex", "both"]
    led = read_journey(store, leading=(CENSUS,))
    assert known(led, referrals, "child_id") == ["both", "census"]


def test_a_plan_told_by_both_is_one_plan(store: Store) -> None:
    """Open at the end of the census year; the lists of August know that it ended in April."""
    deliver(
        store,
        CENSUS_YEAR,
        {child_protection_plans: """
            child_id | started_on | ended_on
            A        | 2019-05-01 |
            B        | 2019-06-01 | 2020-01-15
        """},
        return_name=CENSUS,
    )  # fmt: skip
    deliver(store, SIX_MONTHS, {child_protection_plans: """
        child_id | started_on | ended_on
        A        | 2019-05-01 | 2020-04-20
    """})  # fmt: skip
    assert known(read_journey(store), child_protection_plans, *PLAN) == [
        "A 2019-05-01 2020-04-20",
        "B 2019-06-01 2020-01-15",
    ]


REFERRED = "assessments.referred_on"


def test_a_field_that_annex_a_has_no_column_for_is_filled_from_the_census(store: Store) -> None:
    """Annex A does not say to which referral an assessment belongs. The census does.

    A and B are in the census; B had two assessments on one day there, so nobody can say which is
    meant; C is not in it although it covers the day; D began after its days.
    """
    deliver(
        store,
        ("2019-04-01", "2020-08-31"),
        {assessments: """
            child_id | started_on | authorised_on
            A        | 2020-01-06 | 2020-02-07
            B        | 2020-01-07 |
            C        | 2020-01-08 |
            D        | 2020-05-04 |
        """},
        without=(REFERRED,),
    )  # fmt: skip
    deliver(
        store,
        CENSUS_YEAR,
        {assessments: """
            child_id | started_on | authorised_on | referred_on
            A        | 2020-01-06 |               | 2020-01-02
            B        | 2020-01-07 |               | 2020-01-03
            B        | 2020-01-07 |               | 2019-12-30
        """},
        return_name=CENSUS,
    )  # fmt: skip
    journey = read_journey(store)
    assert known(journey, assessments, "child_id", "authorised_on", "referred_on") == [
        "A 2020-02-07 2020-01-02",
        "B open open",
        "C open open",
        "D open open",
    ]
    # For the days of the census the field is there; from April on nobody delivered it.
    assert journey.missing_fields == frozenset()
    assert journey.lacking == {REFERRED: (Span(date(2020, 4, 1), date(2020, 8, 31)),)}
    (unfilled,) = journey.reported
    assert (unfilled.kind, unfilled.count, unfilled.rows) == (Kind.UNFILLED, 2, (3, 4))
    assert str(unfilled) == (
        "'1.xlsx, assessments': 2 rows that another return, which fills what this one has no "
        "column for, does not have ('Children in need census'); rows 3 and 4. Other rows take "
        "'referred on' from it."
    )


def test_a_field_that_no_return_has_is_missing(store: Store) -> None:
    """The census of these days had no such column either."""
    drawing = "child_id | started_on | authorised_on\nA | 2020-01-06 |"
    for name, days in ((ANNEX_A, SIX_MONTHS), (CENSUS, CENSUS_YEAR)):
        deliver(store, days, {assessments: drawing}, return_name=name, without=(REFERRED,))
    journey = read_journey(store)
    assert journey.missing_fields == {REFERRED}
    assert journey.lacking[REFERRED] == (
        Span(date(2020, 3, 1), date(2020, 8, 31)),
        Span(date(2019, 4, 1), date(2020, 2, 29)),
    )


def test_a_conference_told_only_by_the_other_return_before_the_days_counts(store: Store) -> None:
    """No field is filled into it, and none is needed."""
    deliver(
        store,
        SIX_MONTHS,
        {initial_conferences: "child_id | strategy_discussion_on | held_on"},
        without=("initial_conferences.is_transfer_in",),
    )
    deliver(
        store,
        CENSUS_YEAR,
        {initial_conferences: """
            child_id | strategy_discussion_on | held_on    | is_transfer_in
            A        |                        | 2020-02-10 | yes
        """},
        return_name=CENSUS,
    )  # fmt: skip
    journey = read_journey(store)
    assert known(journey, initial_conferences, "child_id", "is_transfer_in") == ["A True"]
    assert in_month(journey, child_protection.conferences_held, "2020-02") == 1


def test_the_local_table_leads_for_care_plans(store: Store) -> None:
    """The dataset holds the plans and no authorisation: it leads for all but them.

    Its own plan of the same days, B, is not in the local table and so is none.
    """
    dataset = "Standard Safeguarding Dataset"
    deliver(
        store,
        FIVE_YEARS,
        {
            care_plans: "child_id | started_on | ended_on\nA | 2020-03-02 |\nB | 2020-03-03 |",
            referrals: "child_id | referred_on\ndataset | 2020-03-02",
        },
        without=("care_plans.authorised_on",),
        return_name=dataset,
    )
    deliver(
        store,
        FIVE_YEARS,
        {
            care_plans: """
                child_id | started_on | authorised_on | ended_on
                A        | 2020-03-02 | 2020-03-09    |
            """,
            referrals: "child_id | referred_on\nlocal | 2020-03-02",
        },
        return_name="Local tables",
    )
    journey = read_journey(store)
    assert known(journey, care_plans, "child_id", "authorised_on") == ["A 2020-03-09"]
    assert known(journey, referrals, "child_id") == ["dataset"]
    assert journey.missing_fields == frozenset()
    assert journey.lacking == {}


def test_one_child_under_two_identifiers_is_one_child(store: Store) -> None:
    """Trap 22: A was recorded again as B in May: that month's referral is a re-referral, no first.

    A's own description stands; what it leaves blank is taken from B's.
    """
    deliver(store, FIVE_YEARS, {
        children: """
            child_id | sex | ethnicity | born_on    | has_disability
            A        | F   |           | 2012-02-03 | no
            B        | M   | WBRI      | 2012-02-03 | yes
            C        | M   | WBRI      | 2010-10-10 | no
        """,
        referrals: """
            child_id | referred_on
            A        | 2020-02-03
            B        | 2020-05-04
            C        | 2020-05-05
        """,
    })  # fmt: skip
    again = front_door.re_referrals
    assert in_month(read_journey(store), again, "2020-05") == 0
    link = "child_id | also_known_as | linked_on\nA | B | 2020-08-10"
    deliver(store, FIVE_YEARS, {linked_identifiers: link}, return_name="Local tables")
    journey = read_journey(store)
    assert known(journey, referrals, "child_id", "referred_on") == [
        "A 2020-02-03",
        "A 2020-05-04",
        "C 2020-05-05",
    ]
    assert known(journey, children, "child_id", "sex", "ethnicity", "has_disability") == [
        "A F WBRI True",
        "C M WBRI False",
    ]
    assert in_month(journey, again, "2020-05") == 1
    assert in_month(read_journey(store, is_linked=False), again, "2020-05") == 0
    assert [(i.kind, i.count, i.value) for i in journey.reported] == [
        (Kind.LINKED, 1, "children"),
        (Kind.LINKED, 1, "referrals"),
    ]


def test_chains_are_followed_and_circles_are_not(store: Store) -> None:
    """C is B, and B is A: all three are A. X and Y are each other; Z is two children."""
    deliver(store, FIVE_YEARS, {
        referrals: """
            child_id | referred_on
            B        | 2020-02-03
            C        | 2020-05-04
            X        | 2020-05-05
            Z        | 2020-05-06
        """,
        linked_identifiers: """
            child_id | also_known_as
            A        | B
            B        | C
            X        | Y
            Y        | X
            P        | Z
            Q        | Z
        """,
    })  # fmt: skip
    journey = read_journey(store)
    assert known(journey, referrals, "child_id") == ["A", "A", "X", "Z"]
    unclear = [i for i in journey.reported if i.kind is Kind.LINK_UNCLEAR]
    assert [(i.count, i.rows) for i in unclear] == [(4, (4, 5, 6, 7))]
