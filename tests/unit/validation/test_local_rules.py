"""Local tables and workforce census, drawn; how to read a drawing: `tests.drawn_rules`."""

from __future__ import annotations

import pytest

from lineofsight.validation.report import Status
from tests.drawn_rules import Drawing, drawings, result_of

# 24 August 2020 is a Monday, four working days before 31 August (a bank holiday); the 21st is five
# before it, and the 20th six.
HUB = """
L11 mash_decisions
..received_at  decided_at
! 3 Aug 12:00  3 Aug 11:59
. 3 Aug 12:00  3 Aug 12:00
. 3 Aug 12:00  -

L50 mash_decisions
..received_at  decided_at
! 3 Aug 00:00  3 Aug 12:00
! 3 Aug 12:00  4 Aug 00:00
. 3 Aug 12:00  3 Aug 12:01
. 3 Aug 00:01  -

L51 mash_decisions
..received_at   decided_at
. 21 Aug 12:00  -
! 20 Aug 12:00  -
. 20 Aug 12:00  21 Aug 12:00

L52 mash_decisions
..received_at  decided_at   outcome
! 3 Aug 12:00  3 Aug 13:00  -
. 3 Aug 12:00  3 Aug 13:00  Referral
. 3 Aug 12:00  -            -
"""

# 14 August is ten working days before 31 August; 13 August is eleven.
CARE_PLANS = """
L36 care_plans
..started_on  authorised_on
! 3 Aug       2 Aug
. 3 Aug       3 Aug
. 3 Aug       -

L53 care_plans
..started_on  ended_on
! 3 Aug       2 Aug
. 3 Aug       3 Aug
. 3 Aug       -

L54 care_plans
..started_on  authorised_on  ended_on
! 3 Aug       6 Aug          5 Aug
. 3 Aug       5 Aug          5 Aug
. 3 Aug       6 Aug          -

L55 care_plans
..child_id  started_on
! A         2 Jul
. A         1 Jul
. A         29 Feb
. B         2 Jul
! C         2 Jul
with periods_of_care
..child_id  started_on  ceased_on
. A         1 Jun       1 Jul
. B         1 Aug       -

L56 care_plans
..started_on  authorised_on  ended_on
. 14 Aug      -              -
! 13 Aug      -              -
. 13 Aug      14 Aug         -
. 13 Aug      -              20 Aug
"""

# 7 August is 15 working days before 31 August; 6 August is 16. 8 May 2020 was a bank holiday, moved
# from the 4th.
REQUESTS = """
L12 conference_requests
..requested_on  held_on
! 3 Aug         2 Aug
. 3 Aug         3 Aug
. 3 Aug         -

L57 conference_requests
..strategy_discussion_on  requested_on
! 3 Aug                   2 Aug
. 3 Aug                   3 Aug
. 3 Aug                   -

L58 conference_requests
..requested_on  first_booked_for_on
! 3 Aug         2 Aug
. 3 Aug         3 Aug
. 3 Aug         -

L59 conference_requests
..first_booked_for_on
. 7 Aug
! 8 Aug
! 8 May
. 4 May
. -

L60 conference_requests
..first_booked_for_on  held_on  postponements
! 3 Aug                3 Aug    1
! 3 Aug                4 Aug    0
. 3 Aug                4 Aug    1
. 3 Aug                3 Aug    0
. 3 Aug                -        1

L61 conference_requests
..strategy_discussion_on  held_on  delay_reason
! 6 Aug                   28 Aug   -
. 7 Aug                   28 Aug   -
. 6 Aug                   28 Aug   Chair unwell
. 6 Aug                   -        -

L62 conference_requests
..strategy_discussion_on  held_on
. 7 Aug                   -
! 6 Aug                   -
. 6 Aug                   28 Aug

L63 conference_requests
..child_id  held_on
! A         3 Aug
. A         4 Aug
. A         28 Feb
! B         4 Aug
. B         -
with initial_conferences
..child_id  held_on
. A         4 Aug

L64 conference_requests
..child_id  family_id  strategy_discussion_on  held_on
! A         F1         3 Aug                   10 Aug
! B         F1         3 Aug                   11 Aug
. C         F1         4 Aug                   12 Aug
. D         F2         3 Aug                   10 Aug
. E         F2         3 Aug                   10 Aug
. F         -          3 Aug                   10 Aug
. G         F2         3 Aug                   -
"""

STAFF = """
L70 staffing
..team  counted_on
! East  31 Jul
! East  31 Jul
. East  30 Jun
. West  31 Jul

L71 staffing
..team  counted_on
! East  30 Jul
. East  31 Jul
. East  29 Feb

L72 staffing
..team  posts_fte  in_post_fte  agency_fte  case_holders_fte  cases
! East  -1         -            -           -                 -
! East  9          8            1           7                 -2
. East  9          8            0           0                 0
. East  -          -            -           -                 -

L73 staffing
..team  case_holders_fte  cases
! East  0                 12
! East  -                 12
. East  1                 12
. East  0                 0
. East  0                 -

L74 staffing
..team  in_post_fte  agency_fte  case_holders_fte
! East  8            1           9.5
. East  8            1           9
. East  8            -           9.5

L75 staffing
..team  posts_fte  in_post_fte
! East  8          8.5
. East  8          8
. East  -          8.5

L76 staffing
..team  case_holders_fte  cases
! East  1                 61
. East  1                 60
. East  0                 61
. East  -                 61
"""

# 31 July 2020: A is looked after, B has left, C comes a day later.
AUDITS_AND_PANEL = """
L77 audits
..audited_on  theme
! 3 Aug       -
. 3 Aug       Assessment

L78 audits
..audited_on  grade
! 3 Aug       -
. 3 Aug       good

L79 audits
..grade       is_assured
! inadequate  yes
. inadequate  -
. good        yes
. -           yes

L80 audits
..child_id  audited_on  theme
! A         3 Aug       Assessment
! A         3 Aug       Assessment
. A         3 Aug       Case file
. B         3 Aug       Assessment

L81 care_panel_decisions
..heard_on  decision
! 3 Aug     -
. 3 Aug     Agreed

L82 care_panel_decisions
..child_id  heard_on  is_emergency
. A         31 Jul    yes
! B         31 Jul    yes
! C         31 Jul    yes
. C         31 Jul    -
with periods_of_care
..child_id  started_on  ceased_on
. A         31 Jul      -
. B         1 Jun       31 Jul
. C         1 Aug       -

L83 care_panel_decisions
..child_id  heard_on  is_emergency
! A         31 Jul    -
. A         31 Jul    yes
. B         31 Jul    -
. C         31 Jul    -
with periods_of_care
..child_id  started_on  ceased_on
. A         31 Jul      -
. B         1 Jun       31 Jul
. C         1 Aug       -
"""

OTHERS = """
L84 visits
..visited_on  is_seen  is_seen_alone
! 3 Aug       -        yes
. 3 Aug       yes      yes
. 3 Aug       -        -

L85 visits
..child_id  visited_on  kind
! A         31 May      P
. A         1 Jun       P
. A         1 Jul       P
! A         2 Jul       P
. A         2 Jul       L
. A         29 Feb      P
. B         2 Jul       P
with child_protection_plans
..child_id  started_on  ended_on
. A         1 Jun       1 Jul
. B         1 Jun       -

L86 visits
..child_id  visited_on  kind
! A         31 May      L
. A         1 Jun       L
. A         1 Jul       L
! A         2 Jul       L
. A         2 Jul       P
. A         29 Feb      L
. B         2 Jul       L
with periods_of_care
..child_id  started_on  ceased_on
. A         1 Jun       1 Jul
. B         1 Jun       -

L90 linked_identifiers
..child_id  also_known_as
! A         A
. A         B

L91 linked_identifiers
..child_id  also_known_as
! A         X
! B         X
. A         Y

L92 linked_identifiers
..child_id  also_known_as
! B         C
. A         B
. D         E
. F         F

L93 prospective_adopters
..enquired_on  approved_on  matched_on
! 3 Aug        2 Aug        -
! 3 Aug        5 Aug        4 Aug
. 3 Aug        3 Aug        3 Aug
. 3 Aug        -            -
"""

WORKFORCE = """
L100 professionals
..role_started_on  role_ended_on
! 3 Aug            2 Aug
. 3 Aug            3 Aug
. 3 Aug            -

L101 professionals
..role_ended_on  reason_left
! 3 Aug          -
! -              1
. 3 Aug          1
. -              -

L102 professionals
..fte   fte_on_census_day
! 1.1   1
! 1     -0.2
. 1     1
. 0     0
. -     -

L103 professionals
..worker_id  counted_on   role_ended_on
! SW1        30 Sep 2019  -
! SW1        30 Sep 2019  -
. SW1        30 Sep 2019  1 Sep 2019
. SW1        30 Sep 2018  -
. SW2        30 Sep 2019  -

L104 professionals
..counted_on   role_ended_on  cases
! 30 Sep 2019  30 Sep 2019    3
. 30 Sep 2019  1 Oct 2019     3
. 30 Sep 2019  30 Sep 2019    0
. 30 Sep 2019  -              3

L105 professionals
..is_absent  absence_reason
! yes        -
! -          SIC
. yes        SIC
. -          -

L106 professionals
..fte_on_census_day  cases
! 0                  3
. 0.2                3
. 0                  0

L107 workforce_vacancies
..vacancies_fte  agency_fte  agency_headcount
! -1             2           2
! 1              -2          2
! 1              2           -2
. 0              0           0
. -              -           -

L108 workforce_vacancies
..agency_fte  agency_headcount
! 2.5         2
. 2           2
. 1.5         2
. -           2
"""

DRAWN = [
    drawing
    for text in (HUB, CARE_PLANS, REQUESTS, STAFF, AUDITS_AND_PANEL, OTHERS, WORKFORCE)
    for drawing in drawings(text)
]  # fmt: skip


@pytest.mark.parametrize("drawing", DRAWN, ids=str)
def test_a_rule_finds_the_rows_that_break_it(drawing: Drawing) -> None:
    result = result_of(drawing)
    assert result.status is Status.RAN, result.because
    assert tuple(place.row for place in result.broken) == drawing.broken
