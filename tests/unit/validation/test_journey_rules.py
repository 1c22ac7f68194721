"""What any journey keeps, drawn; how to read a drawing: `tests.drawn_rules`."""

from __future__ import annotations

import pytest

from lineofsight.validation.report import Status
from tests.drawn_rules import Drawing, drawings, result_of

EVERY_TABLE = """
L01 contacts
..contacted_on
! 1 Sep
. 31 Aug

L01 conference_requests
..first_booked_for_on  held_on
. 9 Sep                -
! -                    9 Sep

L01 children
..born_on  expected_on
. -        9 Sep
! 1 Sep    -

L02 referrals
..referred_on
! 31 Dec 1984
. 1 Jan 1985
! 1 Jan 2046

L03 contacts
..contacted_on  source
! 31 Aug        -
. 31 Aug        6
! 31 Aug        -

L04 children
..child_id
! A
. B
! A

L05 children
..born_on  expected_on
! -        -
. 1 Jun    -
. -        9 Sep
"""

TWICE = """
L06 contacts
..child_id  contacted_on  source
! A         3 Aug         6
! A         3 Aug         6
. A         3 Aug         2A
. B         3 Aug         6
. A         4 Aug         6

L07 referrals
..child_id  referred_on
! A         3 Aug
! A         3 Aug
. A         4 Aug
. B         3 Aug

L08 assessments
..child_id  started_on
! A         3 Aug
! A         3 Aug
. A         4 Aug
. B         3 Aug

L09 section_47_enquiries
..child_id  strategy_discussion_on
! A         3 Aug
! A         3 Aug
. A         4 Aug
. B         3 Aug

L19 initial_conferences
..child_id  held_on
! A         3 Aug
! A         3 Aug
. A         4 Aug
. B         3 Aug
"""

# 31 August is a bank holiday in England; 8 August is a Saturday; 8 May is the day to which the bank
# holiday of the 4th was moved.
PROTECTION = """
L10 early_help_assessments
..started_on  completed_on
! 3 Aug       2 Aug
. 3 Aug       3 Aug
. 3 Aug       -

L13 initial_conferences
..held_on  strategy_discussion_on  is_transfer_in
! 3 Aug    -                       -
. 3 Aug    -                       yes
. 3 Aug    20 Jul                  -

L14 initial_conferences
..held_on
! 31 Aug
! 8 May
. 4 May
. 8 Aug

L15 initial_conferences
..held_on  strategy_discussion_on
! 3 Aug    4 Aug
. 3 Aug    3 Aug
. 3 Aug    -

L16 section_47_enquiries
..strategy_discussion_on  conference_on  is_conference_unnecessary
! 3 Aug                   10 Aug         yes
. 3 Aug                   10 Aug         -
. 3 Aug                   -              yes

L17 initial_conferences
..child_id  held_on  is_plan_made
. A         3 Aug    yes
. A         1 Jun    yes
! A         4 Aug    yes
. A         4 Aug    -
! B         3 Aug    yes
with child_protection_plans
..child_id  started_on
. A         3 Aug

L18 initial_conferences
..child_id  held_on  is_plan_made
! A         3 Aug    -
. A         3 Aug    yes
. A         4 Aug    -
. B         3 Aug    -
with child_protection_plans
..child_id  started_on
. A         3 Aug

L20 child_protection_plans
..child_id  started_on  ended_on
! A         1 Jan       -
. A         1 Jan       1 Aug
. B         1 Jan       -
. C         1 Jan       -
with children
..child_id  born_on
. A         31 Aug 2002
. B         1 Sep 2002

L21 child_protection_plans
..child_id  started_on  previous_plans
. A         1 Jan 2018  0
! A         1 Jan 2019  0
! A         1 Jan 2020  1
. B         1 Jan 2018  2
. B         1 Jan 2019  3
. C         1 Jan 2018  0
. C         1 Jan 2019  -

L22 child_protection_plans
..child_id  started_on  ended_on
! A         1 Jan       -
. A         1 Jan       1 Feb
. B         1 Jan       -
! C         1 Jan       -
with need_episodes
..child_id  started_on  ended_on
. A         1 Jan       1 Aug
. B         1 Jan       -
"""

NEED_AND_CARE = """
L23 periods_of_care
..child_id  started_on  ceased_on
! A         1 Jan       -
. A         1 Jan       1 Feb
. B         1 Jan       -
with need_episodes
..child_id  started_on  ended_on
. A         1 Jan       1 Aug
. B         1 Jan       -

L24 need_episodes
..ended_on  status
! -         closed
. 1 Aug     closed
. -         open assessment
. -         -

L25 need_episodes
..ended_on  status
! 1 Aug     open assessment
! 31 Aug    looked after
. 1 Aug     closed
. -         looked after
. 1 Aug     -

L26 need_episodes
..child_id  status
! A         child protection plan
. B         child protection plan
. A         looked after
with child_protection_plans
..child_id  started_on  ended_on
. A         1 Jan       1 Aug
. B         1 Jan       -

L27 need_episodes
..child_id  status
! A         looked after
. B         looked after
. A         closed
with periods_of_care
..child_id  started_on  ceased_on
. A         1 Jan       1 Aug
. B         1 Jan       -

L30 periods_of_care
..started_on  ceased_on
! 3 Aug       2 Aug
. 3 Aug       3 Aug
. 3 Aug       -

L31 periods_of_care
..child_id  started_on  ceased_on
. A         1 Jan       1 Jul
! A         30 Jun      1 Aug
. A         1 Aug       -
. B         1 Jan       -

L32 periods_of_care
..child_id  started_on  ceased_on
. A         1 Jan       -
! A         1 Jun       -
. B         1 Jan       -
. B         1 Jun       1 Jul

L33 periods_of_care
..child_id  started_on  ceased_on
! A         1 Jan       -
. B         1 Jan       -
. A         1 Jan       1 Aug
. D         1 Jan       -
with children
..child_id  born_on
. A         31 Aug 2002
. B         1 Sep 2002

L34 periods_of_care
..child_id  started_on
! A         4 Jun
. A         5 Jun
. B         4 Jun
with children
..child_id  born_on
. A         5 Jun
. B         -

L35 periods_of_care
..ceased_on  reason_ceased
! 31 Aug     -
! -          E8
. -          -
. 31 Aug     E8

L41 periods_of_care
..started_on  legal_status
! 3 Aug       -
. 3 Aug       C2

L42 periods_of_care
..started_on  latest_review_on
! 3 Aug       2 Aug
. 3 Aug       3 Aug
. 3 Aug       -

L43 periods_of_care
..is_unaccompanied  placement_type
! yes               P1
. yes               U4
. -                 P1
. yes               -
"""

DRAWN = [
    drawing
    for text in (EVERY_TABLE, TWICE, PROTECTION, NEED_AND_CARE)
    for drawing in drawings(text)
]  # fmt: skip


@pytest.mark.parametrize("drawing", DRAWN, ids=str)
def test_a_rule_finds_the_rows_that_break_it(drawing: Drawing) -> None:
    result = result_of(drawing)
    assert result.status is Status.RAN, result.because
    assert tuple(place.row for place in result.broken) == drawing.broken
