"""The rules of the Children in Need census, drawn; how to read a drawing: `tests.drawn_rules`."""

from __future__ import annotations

import pytest

from lineofsight.validation.report import Status
from tests.drawn_rules import Drawing, drawings, result_of

CHILDREN = """
8520 children
..born_on
! 1 Sep
. 31 Aug
. -

8525Q children
..born_on  expected_on
! -        -
! 1 May    1 May
. 1 May    -
. -        1 Oct

8530Q children
..expected_on
! 31 Jul
. 1 Aug
. 31 May 2021
! 1 Jun 2021
. -

8535Q children
..born_on  died_on
! 2 May    1 May
. 1 May    1 May
. 1 May    -

8545Q children
..died_on
! 29 Feb
. 1 Mar
. 31 Aug
! 1 Sep
. -

8750 children
..born_on  expected_on  sex
! -        1 Oct        F
. -        1 Oct        U
. -        1 Oct        -
. 1 May    -            F
"""

# 280 days before 5 June 2020 is 30 August 2019; 28 February 2020 is the last working day before
# the lists begin.
REFERRALS = """
8606 referrals
..child_id  referred_on
! A         29 Aug 2019
. A         30 Aug 2019
! B         29 Aug 2019
. B         30 Aug 2019
. C         29 Aug 2019
with children
..child_id  born_on  expected_on
. A         5 Jun    -
. B         -        5 Jun

8555Q referrals
..child_id  referred_on
! A         6 Jun
. A         5 Jun
. B         6 Jun
with children
..child_id  died_on
. A         5 Jun
. B         -

8866 referrals
..referred_on  source
! 3 Aug        -
. 3 Aug        6
. 31 Mar 2013  -
! 1 Apr 2013   -

8569Q referrals
..referred_on  is_no_further_action
! 27 Feb       yes
. 28 Feb       yes
. 27 Feb       -

8831 referrals
..child_id  referred_on  is_no_further_action
! A         3 Aug        yes
. A         4 Aug        yes
! B         3 Aug        yes
! C         3 Aug        yes
. D         3 Aug        -
with assessments
..child_id  referred_on  started_on
. A         3 Aug        5 Aug
. D         3 Aug        5 Aug
with section_47_enquiries
..child_id  referred_on  strategy_discussion_on
. B         3 Aug        5 Aug
with initial_conferences
..child_id  referred_on  held_on
. C         3 Aug        5 Aug

8832 referrals
..child_id  referred_on  is_no_further_action
! A         3 Aug        yes
. A         4 Aug        yes
. B         3 Aug        -
with child_protection_plans
..child_id  referred_on  started_on
. A         3 Aug        5 Aug
. B         3 Aug        5 Aug

4000 referrals
..child_id  referred_on  is_no_further_action
! A         3 Aug        yes
. A         4 Aug        yes
. B         3 Aug        -
with cin_plans
..child_id  referred_on  started_on
. A         3 Aug        5 Aug
. B         3 Aug        5 Aug
"""

NEED = """
8630 need_episodes
..started_on  ended_on
! 3 Aug       2 Aug
. 3 Aug       3 Aug
. 3 Aug       -

8620 need_episodes
..started_on  ended_on
! 3 Jan       29 Feb
. 3 Jan       1 Mar
. 3 Jan       31 Aug
! 3 Jan       1 Sep
. 3 Jan       -

8805 need_episodes
..ended_on  closure_reason
! 31 Aug    -
. 31 Aug    RC7
. -         -

8810 need_episodes
..ended_on  closure_reason
! -         RC7
. 31 Aug    RC7
. -         -

8815 need_episodes
..child_id  started_on  ended_on
. A         1 Jun       -
! A         1 Jul       -
. B         1 Jul       -
. C         1 Jun       2 Jun
. C         1 Jul       -

8816 need_episodes
..child_id  started_on  ended_on
! A         1 Jun       -
. A         1 Jul       1 Aug
. B         1 Jun       1 Jul
. B         1 Jul       -

8820 need_episodes
..child_id  started_on  ended_on
. A         1 Jan       1 Jul
! A         1 Feb       1 Mar
! A         1 Jun       -
. B         1 Jan       1 Feb
. B         1 Feb       -

8610 need_episodes
..started_on  primary_need
! 3 Aug       -
. 3 Aug       N1

8585Q need_episodes
..child_id  started_on  closure_reason
! A         3 Aug       RC2
. B         3 Aug       RC2
. A         3 Aug       RC7
. A         3 Aug       -
with children
..child_id  died_on
. A         -
. B         5 Aug

8775Q need_episodes
..child_id  started_on  ended_on
! A         1 Jan       -
! A         1 Jan       1 Jul
. A         1 Jan       30 Jun
. B         1 Jan       -
with children
..child_id  born_on
. A         30 Jun 1995
. B         31 Aug 1995

8825Q need_episodes
..child_id  started_on  closure_reason
! A         3 Aug       RC8
! B         3 Aug       RC9
. C         3 Aug       RC8
. A         3 Aug       RC7
with assessments
..child_id  referred_on  started_on
. B         2 Aug        4 Aug
. C         3 Aug        4 Aug
"""

# 26 June is 45 working days before Monday 31 August, a bank holiday; 25 June is 46.
ASSESSMENTS = """
1103 assessments
..started_on  referred_on
! 2 Aug       3 Aug
. 3 Aug       3 Aug
. 2 Aug       -

8608 assessments
..started_on  authorised_on
! 3 Aug       2 Aug
. 3 Aug       3 Aug
. 3 Aug       -

8670Q assessments
..child_id  started_on  authorised_on
. A         26 Jun      -
! B         25 Jun      -
. C         25 Jun      28 Aug

8696 assessments
..started_on  authorised_on
! 3 Jan       29 Feb
. 3 Jan       1 Mar
! 3 Jan       1 Sep
. 3 Jan       -

8863Q assessments
..child_id  started_on  authorised_on
. A         1 Jun       10 Jun
! A         9 Jun       20 Jun
! A         20 Jun      22 Jun
. A         23 Jun      -
. B         5 Jun       6 Jun

8896 assessments
..child_id  referred_on  started_on  authorised_on
. A         1 Jun        2 Jun       -
! A         1 Jun        3 Jun       -
. B         1 Jun        2 Jun       -
. B         2 Jun        3 Jun       -
. C         1 Jun        2 Jun       3 Jun
. C         1 Jun        3 Jun       -

8867 assessments
..child_id  referred_on  started_on  authorised_on
! A         1 Jun        2 Jun       -
. A         1 Jun        2 Jun       9 Jun
. A         5 Jun        6 Jun       -
. B         1 Jun        2 Jun       -
with need_episodes
..child_id  started_on  ended_on
. A         1 Jun       1 Jul
. B         1 Jun       -

8897Q assessments
..child_id  started_on  authorised_on
! A         2 Jun       9 Jun
. A         3 Jun       9 Jun
. A         4 Jun       -
. A         5 Feb       29 Feb
! A         5 Feb       1 Mar
with assessment_factors
..child_id  assessment_started_on  factor
. A         3 Jun                  16A
. B         2 Jun                  16A

8614 assessment_factors
..child_id  assessment_started_on  factor
! A         2 Jun                  16A
. A         3 Jun                  16A
. B         2 Jun                  16A
with assessments
..child_id  started_on  authorised_on
. A         2 Jun       -
. A         3 Jun       9 Jun

8869 assessment_factors
..child_id  assessment_started_on  factor
! A         2 Jun                  21
. A         2 Jun                  16A
. A         3 Jun                  21
. B         2 Jun                  21
"""

PLANS_OF_NEED = """
4015 cin_plans
..started_on  referred_on
! 2 Aug       3 Aug
. 3 Aug       3 Aug
. 2 Aug       -

4011 cin_plans
..started_on  ended_on
! 3 Aug       2 Aug
. 3 Aug       3 Aug
. 3 Aug       -

4012Q cin_plans
..started_on  ended_on
! 3 Aug       3 Aug
. 3 Aug       4 Aug
. 3 Aug       -

4013 cin_plans
..started_on  ended_on
! 3 Jan       29 Feb
. 3 Jan       1 Mar
! 3 Jan       1 Sep
. 3 Jan       -

4004 cin_plans
..child_id  started_on  ended_on
. A         1 Jun       -
! A         1 Jul       -
. B         1 Jun       -

4014 cin_plans
..child_id  started_on  ended_on
. A         1 Jan       1 Feb
! A         1 Feb       1 Mar
. A         2 Mar       -
. B         1 Feb       -

4008 cin_plans
..child_id  started_on
! A         6 Jun
. A         5 Jun
. B         6 Jun
with children
..child_id  died_on
. A         5 Jun
. B         -

4009Q cin_plans
..child_id  started_on  ended_on
! A         1 Jun       6 Jun
. A         1 Jun       5 Jun
. A         1 Jun       -
. B         1 Jun       6 Jun
with children
..child_id  died_on
. A         5 Jun
. B         -

4001 cin_plans
..child_id  referred_on  started_on  ended_on
! A         1 Jun        2 Jun       -
. A         1 Jun        2 Jun       9 Jun
. A         5 Jun        6 Jun       -
. B         1 Jun        2 Jun       -
with child_protection_plans
..child_id  referred_on  started_on  ended_on
. A         1 Jun        9 Jun       -
. B         1 Jun        9 Jun       1 Jul

4016 cin_plans
..child_id  started_on
! A         1 Jun
. A         31 May
! A         30 Jun
. A         1 Jul
! B         2 Aug
with child_protection_plans
..child_id  started_on  ended_on
. A         1 Jun       1 Jul
. B         1 Jun       -

4017 child_protection_plans
..child_id  started_on
! A         1 Jun
. A         31 May
! A         30 Jun
. A         1 Jul
! B         2 Aug
with cin_plans
..child_id  started_on  ended_on
. A         1 Jun       1 Jul
. B         1 Jun       -
"""

# 7 August is 15 working days before 31 August, a bank holiday; 6 August is 16.
ENQUIRIES = """
2889 section_47_enquiries
..strategy_discussion_on  referred_on
! 2 Aug                   3 Aug
. 3 Aug                   3 Aug
. 2 Aug                   -

1104 section_47_enquiries
..strategy_discussion_on  conference_on  referred_on
! 3 Aug                   2 Aug          3 Aug
. 3 Aug                   3 Aug          3 Aug
. 3 Aug                   -              3 Aug

2991Q section_47_enquiries
..child_id  referred_on  strategy_discussion_on
! A         1 Jun        2 Jun
. B         1 Jun        2 Jun
. A         -            2 Jun
with assessments
..child_id  referred_on  started_on
. A         5 Jun        6 Jun
. B         1 Jun        6 Jun

8615 section_47_enquiries
..strategy_discussion_on  conference_on
! 4 Aug                   3 Aug
. 3 Aug                   3 Aug
. 3 Aug                   -

8675Q section_47_enquiries
..strategy_discussion_on  conference_on  is_conference_unnecessary
. 7 Aug                   -              -
! 6 Aug                   -              -
. 6 Aug                   -              yes
. 6 Aug                   20 Aug         -

8740 section_47_enquiries
..strategy_discussion_on  conference_on  is_conference_unnecessary
! 29 Feb                  -              -
. 1 Mar                   -              -
! 1 Sep                   -              -
. 29 Feb                  -              yes
. 29 Feb                  9 Mar          -

8839 section_47_enquiries
..child_id  referred_on  strategy_discussion_on  conference_on  is_conference_unnecessary
! A         1 Jun        2 Jun                   -              -
! A         1 Jun        3 Jun                   -              -
. A         1 Jun        4 Jun                   -              yes
. A         5 Jun        6 Jun                   -              -
. B         1 Jun        2 Jun                   9 Jun          -
. B         1 Jun        9 Jun                   -              -
. C         -            2 Jun                   -              -
. C         -            3 Jun                   -              -

8890 section_47_enquiries
..child_id  referred_on  strategy_discussion_on  conference_on  is_conference_unnecessary
. A         1 Jun        2 Jun                   9 Jun          -
! A         1 Jun        9 Jun                   20 Jun         -
. A         1 Jun        21 Jun                  -              -
! A         1 Jun        1 Jul                   -              -
. B         1 Jun        2 Jun                   -              yes
. B         1 Jun        3 Jun                   -              -
. B         2 Jul        3 Jul                   -              -
. C         1 Jun        2 Jun                   -              -
. C         1 Jun        3 Jun                   -              yes
! C         1 Jun        4 Jun                   -              -

8868 section_47_enquiries
..child_id  referred_on  strategy_discussion_on  conference_on  is_conference_unnecessary
! A         1 Jun        2 Jun                   -              -
. A         1 Jun        2 Jun                   9 Jun          -
. A         1 Jun        2 Jun                   -              yes
. A         5 Jun        6 Jun                   -              -
. B         1 Jun        2 Jun                   -              -
with need_episodes
..child_id  started_on  ended_on
. A         1 Jun       1 Jul
. B         1 Jun       -

2990 section_47_enquiries
..child_id  referred_on  strategy_discussion_on
! A         1 Jun        2 Jun
. A         5 Jun        6 Jun
! B         1 Jun        2 Jun
. C         1 Jun        2 Jun
with need_episodes
..child_id  started_on  closure_reason
. A         1 Jun       RC8
. B         1 Jun       RC9
. C         1 Jun       RC7

8565 section_47_enquiries
..child_id  referred_on  strategy_discussion_on
! A         1 Jun        2 Jul
. A         1 Jun        1 Jul
. A         5 Jun        2 Jul
. B         1 Jun        2 Jul
with need_episodes
..child_id  started_on  ended_on
. A         1 Jun       1 Jul
. B         1 Jun       -
"""

# 7 August 2020 is a Friday.
CONFERENCES = """
8875 initial_conferences
..held_on
. 7 Aug
! 8 Aug
! 9 Aug
. 10 Aug

8715 initial_conferences
..held_on
! 29 Feb
. 1 Mar
. 31 Aug
! 1 Sep

2990 initial_conferences
..child_id  referred_on  held_on
! A         1 Jun        2 Jun
. A         5 Jun        6 Jun
. B         1 Jun        2 Jun
with need_episodes
..child_id  started_on  closure_reason
. A         1 Jun       RC8
. B         1 Jun       -

8565 initial_conferences
..child_id  referred_on  held_on
! A         1 Jun        2 Jul
. A         1 Jun        1 Jul
. B         1 Jun        2 Jul
with need_episodes
..child_id  started_on  ended_on
. A         1 Jun       1 Jul
. B         1 Jun       -

8565 assessments
..child_id  referred_on  started_on  authorised_on
! A         1 Jun        2 Jul       -
! A         1 Jun        1 Jul       2 Jul
. A         1 Jun        1 Jul       1 Jul
. B         1 Jun        2 Jul       3 Jul
with need_episodes
..child_id  started_on  ended_on
. A         1 Jun       1 Jul
. B         1 Jun       -
"""

# D's plan began before the lists do, so its conference cannot be in them; E's is another
# authority's.
PLANS = """
1105 child_protection_plans
..started_on  referred_on
! 2 Aug       3 Aug
. 3 Aug       3 Aug
. 2 Aug       -

2885 child_protection_plans
..child_id  started_on  is_other_authority
. A         3 Aug       -
! B         3 Aug       -
! C         3 Aug       -
. D         28 Feb      -
! D         1 Mar       -
. E         3 Aug       yes
with initial_conferences
..child_id  held_on
. A         3 Aug
. A         1 Jun
. B         4 Aug

8840 child_protection_plans
..started_on  ended_on
! 3 Aug       3 Aug
. 3 Aug       4 Aug
. 3 Aug       -

8841 child_protection_plans
..started_on  latest_review_on
! 3 Aug       2 Aug
! 3 Aug       3 Aug
. 3 Aug       4 Aug
. 3 Aug       -

8841 child_protection_reviews
..plan_started_on  held_on
! 3 Aug            2 Aug
! 3 Aug            3 Aug
. 3 Aug            4 Aug
. -                4 Aug

8925 child_protection_plans
..started_on  ended_on
! 3 Aug       2 Aug
. 3 Aug       3 Aug
. 3 Aug       -

8930 child_protection_plans
..started_on  ended_on
! 3 Jan       29 Feb
. 3 Jan       1 Mar
! 3 Jan       1 Sep
. 3 Jan       -

8935 child_protection_plans
..child_id  started_on  ended_on
! A         1 Jul       -
. A         1 Jun       -
. B         1 Jun       -

8940 child_protection_plans
..child_id  started_on  ended_on
! A         1 Jan       1 Jul
! A         1 Jun       -
. A         1 Jul 2019  1 Jan
. B         1 Jan       1 Feb
. B         2 Feb       -

8905 child_protection_plans
..started_on  initial_category
! 3 Aug       -
. 3 Aug       NEG

8910 child_protection_plans
..started_on  latest_category
! 3 Aug       -
. 3 Aug       NEG

8730 child_protection_plans
..started_on  previous_plans
! 3 Aug       -
! 3 Aug       -1
. 3 Aug       0
. 3 Aug       2

8915 child_protection_plans
..child_id  started_on
! A         6 Jun
. A         5 Jun
. B         6 Jun
with children
..child_id  died_on
. A         5 Jun
. B         -

8920 child_protection_plans
..child_id  started_on  ended_on
! A         1 Jun       6 Jun
. A         1 Jun       5 Jun
. A         1 Jun       -
. B         1 Jun       6 Jun
with children
..child_id  died_on
. A         5 Jun
. B         -

2990 child_protection_plans
..child_id  referred_on  started_on
! A         1 Jun        2 Jun
. A         5 Jun        6 Jun
. B         1 Jun        2 Jun
with need_episodes
..child_id  started_on  closure_reason
. A         1 Jun       RC9
. B         1 Jun       RC1

2990 cin_plans
..child_id  referred_on  started_on
! A         1 Jun        2 Jun
. A         5 Jun        6 Jun
. B         1 Jun        2 Jun
with need_episodes
..child_id  started_on  closure_reason
. A         1 Jun       RC8
. B         1 Jun       RC1

8565 child_protection_plans
..child_id  referred_on  started_on  ended_on
! A         1 Jun        2 Jun       2 Jul
. A         1 Jun        2 Jun       1 Jul
. A         1 Jun        2 Jun       -
. B         1 Jun        2 Jun       2 Jul
with need_episodes
..child_id  started_on  ended_on
. A         1 Jun       1 Jul
. B         1 Jun       -

8565 cin_plans
..child_id  referred_on  started_on  ended_on
! A         1 Jun        2 Jul       -
! A         1 Jun        2 Jun       2 Jul
. A         1 Jun        2 Jun       1 Jul
. B         1 Jun        2 Jul       -
with need_episodes
..child_id  started_on  ended_on
. A         1 Jun       1 Jul
. B         1 Jun       -
"""

DRAWN = [
    drawing
    for text in (
        CHILDREN, REFERRALS, NEED, ASSESSMENTS, PLANS_OF_NEED, ENQUIRIES, CONFERENCES, PLANS
    )
    for drawing in drawings(text)
]  # fmt: skip


@pytest.mark.parametrize("drawing", DRAWN, ids=str)
def test_a_rule_finds_the_rows_that_break_it(drawing: Drawing) -> None:
    result = result_of(drawing)
    assert result.status is Status.RAN, result.because
    assert tuple(place.row for place in result.broken) == drawing.broken
