"""What the SSDA903 holds beside the episodes, drawn; how to read a drawing: `tests.drawn_rules`."""

from __future__ import annotations

import pytest

from lineofsight.validation.report import Status
from tests.drawn_rules import Drawing, drawings, result_of

REVIEWS = """
L37 looked_after_reviews
..child_id  held_on
! A         31 May
. A         1 Jun
. A         1 Jul
! A         2 Jul
. A         29 Feb
. B         2 Jul
! C         2 Jul
with periods_of_care
..child_id  started_on  ceased_on
. A         1 Jun       1 Jul
. B         1 Jun       -

167 looked_after_reviews
..held_on  participation
! 1 Jun    -
. 1 Jun    PN1

440 looked_after_reviews
..child_id  held_on  participation
! A         6 Jun    PN0
. A         5 Jun    PN0
. A         6 Jun    PN1
with children
..child_id  born_on
. A         5 Jun 2016

441 looked_after_reviews
..child_id  held_on  participation
! A         4 Jun    PN1
! A         4 Jun    PN7
. A         5 Jun    PN1
. A         4 Jun    PN0
. A         4 Jun    -
with children
..child_id  born_on
. A         5 Jun 2016
"""

ASYLUM = """
304 immigration_status
..child_id  ended_on
! A         6 Jun
. A         5 Jun
. A         -
with children
..child_id  born_on
. A         5 Jun 2002

L38 immigration_status
..child_id  recorded_on
! A         31 Mar
. B         31 Mar
. C         31 Mar
! D         31 Mar
! E         31 Mar
with periods_of_care
..child_id  started_on  ceased_on
. B         1 Jun 2018  -
. C         1 Jun 2018  1 Apr 2019
. D         1 Jun 2018  31 Mar 2019
. E         1 Apr       -
"""

# A whole year to 31 March 2020 begins on 1 April 2019.
HEALTH = """
185 health
..child_id  recorded_on  sdq_score
! A         31 Mar       12
. B         31 Mar       12
. A         31 Mar       -
! C         31 Mar       12
with periods_of_care
..child_id  started_on  ceased_on
. A         2 Apr 2019  -
. B         1 Apr 2019  -
. C         1 Apr 2019  31 Mar

190 health
..child_id  recorded_on  is_immunised
! A         31 Mar       yes
. B         31 Mar       yes
. A         31 Mar       -
with periods_of_care
..child_id  started_on  ceased_on
. A         2 Apr 2019  -
. B         1 Apr 2019  -

180 health
..sdq_score
! -1
. 0
. 40
! 41
. -

188 health
..child_id  recorded_on  sdq_score  sdq_reason
! A         31 Mar       12         -
! A         31 Mar       -          SDQ1
. A         31 Mar       -          -
. B         31 Mar       12         -
with children
..child_id  born_on
. A         1 Apr 2016
. B         31 Mar 2016

189 health
..child_id  recorded_on  sdq_score  sdq_reason
! A         31 Mar       12         -
! A         31 Mar       -          SDQ1
. A         31 Mar       -          -
. B         31 Mar       12         -
with children
..child_id  born_on
. A         31 Mar 2002
. B         1 Apr 2002

197a health
..sdq_score  sdq_reason
! 12         SDQ2
. 12         -
. -          SDQ2

193 health
..has_substance_misuse  has_received_intervention  is_offered_intervention
! -                     yes                        -
! -                     -                          yes
. yes                   yes                        -
. -                     -                          -

542 health
..child_id  recorded_on  is_convicted
! A         31 Mar       yes
. A         31 Mar       -
. B         31 Mar       yes
with children
..child_id  born_on
. A         1 Apr 2010
. B         31 Mar 2010

546 health
..child_id  recorded_on  is_health_checked
! A         31 Mar       yes
. A         31 Mar       -
. B         31 Mar       yes
with children
..child_id  born_on
. A         31 Mar 2015
. B         1 Apr 2015
"""

LEAVERS = """
391 care_leavers_at_birthday
..child_id  birthday_on
! A         5 Jun 2019
. B         5 Jun 2019
. C         5 Jun 2019
! D         5 Jun 2019
with children
..child_id  born_on
. A         5 Jun 2003
. B         5 Jun 2002
. C         5 Jun 1998
. D         5 Jun 1997

153 care_leavers_at_birthday
..in_touch  activity  accommodation
! YES       F2        -
! -         -         B1
. YES       F2        B1
. -         -         -

345 care_leavers_at_birthday
..in_touch  activity  accommodation
! YES       0         B1
! YES       F2        0
. YES       F2        B1
. NO        0         0

344 care_leavers_at_birthday
..in_touch  activity  accommodation
! DIED      F2        0
! RHOM      0         B1
. DIED      0         0
. YES       F2        B1
"""

ADOPTION = """
522 adoption_decisions
..decided_on  reversed_on
! 3 Aug       2 Aug
. 3 Aug       3 Aug
. 3 Aug       -

119 adoption_decisions
..decided_on  reversed_on  reversal_reason
! 1 Jun       3 Aug        -
! 1 Jun       -            RD1
. 1 Jun       3 Aug        RD1
. 1 Jun       -            -

184 adoption_decisions
..child_id  decided_on
! A         4 Jun
. A         5 Jun
. B         4 Jun
with children
..child_id  born_on
. A         5 Jun
. B         -

579 adoption_decisions
..child_id  decided_on  reversed_on
. A         1 Jun       1 Jul
! A         30 Jun      9 Jul
. A         9 Jul       -
! A         1 Aug       -
. B         1 Aug       -

525 adopted_children
..child_id  decided_on
! A         1 Jun
. B         1 Jun
. C         1 Jun
with adoption_decisions
..child_id  decided_on  reversed_on
. A         1 Jun       1 Jul
. B         1 Jun       -
. C         1 Jan       1 Feb
. C         1 Jun       -

333 adopted_children
..decided_on  matched_on
! 3 Aug       2 Aug
. 3 Aug       3 Aug
. 3 Aug       -

1003 adoptions
..entered_care_on  decided_on
! 3 Aug            2 Aug
. 3 Aug            3 Aug
. 3 Aug            -

331 adoptions
..matched_on  placed_on  ordered_on
! 3 Aug       2 Aug      9 Aug
. 3 Aug       3 Aug      9 Aug
. 3 Aug       2 Aug      -

552 adoptions
..decided_on  placed_on
! 3 Aug       2 Aug
. 3 Aug       3 Aug
. -           2 Aug

554 adoptions
..decided_on  placement_order_on
! 3 Aug       2 Aug
. 3 Aug       3 Aug
. 3 Aug       -

L40 adoptions
..placed_on  ordered_on
! 3 Aug      2 Aug
. 3 Aug      3 Aug
. 3 Aug      -
"""

OTHERS = """
567 missing_episodes
..started_on  ended_on
! 3 Aug       2 Aug
. 3 Aug       3 Aug
. 3 Aug       -

565 missing_episodes
..started_on  kind
! 3 Aug       -
. 3 Aug       M

574 missing_episodes
..child_id  started_on  ended_on
. A         1 Jun       3 Jun
! A         2 Jun       5 Jun
. A         5 Jun       -
! A         9 Jun       -
. B         9 Jun       -

586 missing_episodes
..child_id  started_on
! A         4 Jun
. A         5 Jun
. B         4 Jun
with children
..child_id  born_on
. A         5 Jun
. B         -

578 missing_episodes
..child_id  started_on
! A         31 May
. A         1 Jun
. A         1 Jul
! A         2 Jul
. A         29 Feb
. B         2 Jul
with periods_of_care
..child_id  started_on  ceased_on
. A         1 Jun       1 Jul
. B         1 Jun       -

577 missing_episodes
..child_id  started_on  ended_on
! A         9 Jun       -
. A         9 Jun       10 Jun
. B         9 Jun       -
with periods_of_care
..child_id  started_on  ceased_on
. A         1 Jun       1 Jul
. B         1 Jan       1 Feb
. B         1 Jun       -

635 previous_permanence
..option  arranged_by  ordered_on
! Z1      852          -
! Z1      -            1 Jun 2015
. Z1      -            -
. P1      852          1 Jun 2015

SW18STG2 involvements
..started_on  ended_on
! 3 Aug       2 Aug
! 3 Aug       3 Aug
. 3 Aug       4 Aug
. 3 Aug       -

702 deprivations_of_liberty
..started_on  ended_on
! 3 Aug       2 Aug
! 3 Aug       3 Aug
. 3 Aug       4 Aug
. 3 Aug       -

705 deprivations_of_liberty
..child_id  started_on  ended_on
. A         1 Jun       3 Jun
! A         2 Jun       5 Jun
. A         5 Jun       -
! A         9 Jun       -
. B         9 Jun       -
"""

DRAWN = [
    drawing
    for text in (REVIEWS, ASYLUM, HEALTH, LEAVERS, ADOPTION, OTHERS)
    for drawing in drawings(text)
]  # fmt: skip


@pytest.mark.parametrize("drawing", DRAWN, ids=str)
def test_a_rule_finds_the_rows_that_break_it(drawing: Drawing) -> None:
    result = result_of(drawing)
    assert result.status is Status.RAN, result.because
    assert tuple(place.row for place in result.broken) == drawing.broken
