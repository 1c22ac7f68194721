"""The rules of the SSDA903 about episodes, drawn; how to read a drawing: `tests.drawn_rules`."""

from __future__ import annotations

import pytest

from lineofsight.validation.report import Status
from tests.drawn_rules import Drawing, drawings, result_of

WHOLE = """
142 care_episodes
..child_id  started_on  ended_on  reason_ended
! A         1 Jun       -         -
! A         1 Jul       1 Aug     -
. A         1 Aug       -         -
. B         1 Jun       1 Jul     X1
. B         1 Jul       -         -

143 care_episodes
..started_on  reason_started
! 1 Jun       -
. 1 Jun       S

144 care_episodes
..started_on  legal_status
! 1 Jun       -
. 1 Jun       C2

145 care_episodes
..started_on  primary_need
! 1 Jun       -
. 1 Jun       N1

146 care_episodes
..started_on  placement_type
! 1 Jun       -
. 1 Jun       U4

148 care_episodes
..ended_on  reason_ended
! 1 Jun     -
! -         E8
. 1 Jun     E8
. -         -

302 care_episodes
..child_id  started_on
! A         4 Jun
. A         4 Jul
. B         5 Jun
. C         4 Jun
with children
..child_id  born_on
. A         5 Jun
. B         5 Jun

352 care_episodes
..child_id  started_on  reason_started
! A         5 Jun       S
. A         4 Jun       S
. A         5 Jun       P
. B         5 Jun       S
with children
..child_id  born_on
. A         5 Jun 2002
. B         6 Jun 2002

353 care_episodes
..started_on
! 13 Oct 1991
. 14 Oct 1991

355 care_episodes
..started_on  ended_on
! 1 Jun       1 Jun
. 1 Jun       2 Jun
. 1 Jun       -

356 care_episodes
..started_on  ended_on
! 2 Jun       1 Jun
. 1 Jun       1 Jun
. 1 Jun       -

357 care_episodes
..child_id  started_on  reason_started
! A         1 Jun       P
. A         2 Jun       P
. B         1 Jun       S
. C         29 Feb      P
! D         1 Mar       -
"""

AGES = """
358 care_episodes
..child_id  started_on  legal_status
! A         5 Jun       J1
. A         6 Jun       J1
. A         5 Jun       C2
! A         5 Jun       J3
with children
..child_id  born_on
. A         5 Jun 2010

371 care_episodes
..child_id  started_on  placement_type
! A         4 Jun       H5
. A         5 Jun       H5
. A         4 Jun       U4
with children
..child_id  born_on
. A         5 Jun 2006

372 care_episodes
..child_id  started_on  placement_type
! A         4 Jun       R5
. A         5 Jun       R5
. A         4 Jun       U4
with children
..child_id  born_on
. A         5 Jun 2010

373 care_episodes
..child_id  started_on  placement_type
! A         4 Jun       S1
. A         5 Jun       S1
. A         4 Jun       U4
with children
..child_id  born_on
. A         5 Jun 2016

386 care_episodes
..child_id  started_on  ended_on  reason_ended
! A         1 Jun       5 Jun     E11
! A         1 Jun       5 Jun     E12
. A         1 Jun       4 Jun     E11
. A         1 Jun       5 Jun     E8
with children
..child_id  born_on
. A         5 Jun 2002

387 care_episodes
..child_id  started_on  ended_on  reason_ended
! A         1 Jun       4 Jun     E5
! A         1 Jun       4 Jun     E6
. A         1 Jun       5 Jun     E5
. A         1 Jun       4 Jun     E8
with children
..child_id  born_on
. A         5 Jun 2006

389 care_episodes
..child_id  started_on  ended_on  reason_ended
! A         1 Jun       4 Jun     E7
. A         1 Jun       5 Jun     E7
. A         1 Jun       4 Jun     E8
with children
..child_id  born_on
. A         5 Jun 2004

407 care_episodes
..child_id  started_on  ended_on  reason_ended
! A         1 Jun       6 Jun     E45
! A         1 Jun       6 Jun     E48
. A         1 Jun       5 Jun     E45
. A         1 Jun       6 Jun     E8
with children
..child_id  born_on
. A         5 Jun 2002

460 care_episodes
..child_id  started_on  ended_on  reason_ended
! A         1 Jun       4 Jun     E17
. A         1 Jun       5 Jun     E17
. A         1 Jun       4 Jun     E8
with children
..child_id  born_on
. A         5 Jun 2002
"""

# 28 August is three days before the day of the lists.
LENGTHS = """
361 care_episodes
..started_on  ended_on  legal_status
! 1 Jun       5 Jun     L1
. 1 Jun       4 Jun     L1
. 1 Jun       5 Jun     C2
. 28 Aug      -         L1
! 27 Aug      -         L1

362 care_episodes
..started_on  ended_on  legal_status
! 1 Jun       23 Jun    L2
. 1 Jun       22 Jun    L2
. 1 Jun       23 Jun    C2

363 care_episodes
..started_on  ended_on  legal_status
! 1 Jun       9 Jun     L3
. 1 Jun       8 Jun     L3
. 1 Jun       9 Jun     C2

365 care_episodes
..started_on  ended_on  legal_status
! 1 Jun       19 Jun    V3
. 1 Jun       18 Jun    V3
. 1 Jun       19 Jun    V4
. 1 Jun       -         V3

375 care_episodes
..started_on  ended_on  placement_type
! 1 Jun       14 Jul    T1
. 1 Jun       13 Jul    T1
. 1 Jun       14 Jul    U4

379 care_episodes
..started_on  ended_on  placement_type
! 1 Jun       9 Jun     T4
. 1 Jun       8 Jun     T4
. 1 Jun       9 Jun     U4
"""

TOGETHER = """
378 care_episodes
..legal_status  placement_type
! V2            P1
. C2            P1
. V2            U4
. -             P1

380 care_episodes
..reason_started  placement_type
! S               T1
! -               T4
. P               T1
. B               T1
. S               U4

381 care_episodes
..ended_on  reason_ended  placement_type
! 1 Jun     E8            T1
. 1 Jun     X1            T1
. 1 Jun     E8            U4
. -         -             T1

382 care_episodes
..legal_status  placement_type
! V3            T1
! V4            T4
. C2            T1
. V3            U5

384 care_episodes
..legal_status  placement_type
! V3            U1
! V4            U4
. V4            U5
. C2            U4

390 care_episodes
..reason_ended  placement_type
! E11           U4
! E12           H5
. E11           A3
. E12           A6
. E8            U4

408 care_episodes
..legal_status  placement_type
! C2            A5
! V2            A6
. E1            A5
. C2            A3

426 care_episodes
..child_id  started_on  legal_status
! A         1 Jun       V3
! A         1 Jul       V4
. A         1 Aug       C2
. B         1 Jun       V3
. C         1 Jun       V4

516 care_episodes
..reason_ended  placement_type
! E45           H5
! E46           A3
. E45           U1
. E47           H5
. E8            H5

526 care_episodes
..placement_type  placement_provider
! U4              -
. U4              PR1
. T0              -
. Z1              -

550 care_episodes
..placement_type  placement_provider
! U4              PR0
. P1              PR0
. U4              PR1
. U4              -
"""

CHAINS = """
388 care_episodes
..child_id  started_on  ended_on  reason_ended
. A         1 Jun       1 Jul     X1
! A         1 Jul       1 Aug     X1
. A         2 Aug       3 Aug     E8
! B         1 Jun       1 Jul     X1
. C         1 Jun       -         X1

431 care_episodes
..child_id  started_on  ended_on  reason_started
. A         1 Jun       1 Jul     S
! A         1 Jul       1 Aug     S
. A         2 Aug       -         S
. B         1 Jun       1 Jul     S
. B         1 Jul       -         P

432 care_episodes
..child_id  started_on  ended_on  reason_ended  reason_started
. A         1 Jun       1 Jul     E8            S
! A         9 Jul       1 Aug     X1            P
. A         1 Aug       3 Aug     E4A           L
. A         9 Aug       -         -             S
. B         1 Jun       1 Jul     E8            S

433 care_episodes
..child_id  started_on  ended_on  reason_started
. A         1 Jun       1 Jul     P
. A         1 Jul       1 Aug     L
! A         2 Aug       -         T
! A         9 Aug       -         U
. A         20 Aug      -         S

434 care_episodes
..child_id  started_on  reason_started  legal_status  placement_type  placement_provider
. A         1 Jun       S               C1            U4              PR1
. A         2 Jun       L               C2            U4              PR1
! A         3 Jun       L               C2            U4              PR1
! A         4 Jun       L               E1            U5              PR1
! A         5 Jun       L               C2            U5              PR4
. A         6 Jun       P               C2            U4              PR4
. B         1 Jun       L               C2            U4              PR1

435 care_episodes
..child_id  started_on  reason_started  legal_status
. A         1 Jun       S               C1
. A         2 Jun       P               C1
! A         3 Jun       P               C2
! A         4 Jun       T               E1
. A         5 Jun       L               C2
. B         1 Jun       P               C2

436 care_episodes
..child_id  started_on  reason_started  legal_status
. A         1 Jun       S               C1
. A         2 Jun       B               C2
! A         3 Jun       B               C2
! A         4 Jun       U               C2
. A         5 Jun       P               C2
. B         1 Jun       U               C2

437 care_episodes
..child_id  started_on  ended_on  reason_ended
! A         1 Jun       1 Jul     E2
! A         9 Jul       1 Aug     E15
. A         9 Aug       -         -
. B         1 Jun       1 Jul     E2
. C         1 Jun       1 Jul     E8
. C         9 Jul       -         -

501 care_episodes
..child_id  started_on  ended_on
. A         1 Jun       1 Jul
! A         30 Jun      1 Aug
. A         1 Aug       -
. B         1 Jul       -

504 care_episodes
..child_id  started_on  ended_on  reason_ended  primary_need
. A         1 Jun       1 Jul     X1            N1
! A         1 Jul       1 Aug     X1            N2
. A         1 Aug       2 Aug     E8            N2
. A         9 Aug       -         -             N4
. B         1 Jul       -         -             N4
"""

DRAWN = [
    drawing
    for text in (WHOLE, AGES, LENGTHS, TOGETHER, CHAINS)
    for drawing in drawings(text)
]  # fmt: skip


@pytest.mark.parametrize("drawing", DRAWN, ids=str)
def test_a_rule_finds_the_rows_that_break_it(drawing: Drawing) -> None:
    result = result_of(drawing)
    assert result.status is Status.RAN, result.because
    assert tuple(place.row for place in result.broken) == drawing.broken
