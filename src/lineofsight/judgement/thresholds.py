"""The constants of judgement, as data: what counts as different, unusual, marked or small.

Nothing else in this room holds a bare number; a council that wants another line changes it here,
in one place, and the tests drawn around it say what moves.
"""

from __future__ import annotations

from typing import Final

# Quantiles of the normal distribution for 95% and 99.8%, as the UKHSA public health methods use.
Z_95: Final = 1.959964
Z_998: Final = 3.090232

# Below this many events a rate has an exact interval, from it on Byar's (UKHSA, February 2018).
EXACT_BELOW_EVENTS: Final = 10

# XmR: 2.66 = 3 / 1.128 and 3.267 = D4 for pairs, rounded as NHSRplotthedots keeps them.
XMR_WIDTH: Final = 2.66
MOVING_RANGE_SCREEN: Final = 3.267
MOVING_RANGE_TO_SIGMA: Final = 1.128
# A chart whose months mostly repeat each other says nothing about its own noise.
LEAST_SHARE_OF_MOVES: Final = 0.5
NEAR_LIMIT: Final = 2 / 3
SHIFT_LENGTH: Final = 7
TREND_LENGTH: Final = 7
LEAST_POINTS: Final = 13
LEAST_TRIAL_POINTS: Final = 6
CHARTED_MONTHS: Final = 24
RECENT_MONTHS: Final = 3

# When a percentage needs limits that follow its denominators (Laney's P').
DENOMINATOR_SWING: Final = 0.25
CEILING: Final = 0.95
SMALL_EXPECTED: Final = 5.0
# The chance outside three standard deviations on one side, for exact limits near 0 and 100.
TAIL: Final = 0.00135

# A target is reached, or missed, consistently: so many of the newest values, or more.
MONTHS_LOOKED_AT: Final = 12
MONTHS_IN_AGREEMENT: Final = 10
YEARS_LOOKED_AT: Final = 3

# A neutral figure is far from its neighbours beyond this many times the gap usual among
# authorities. Twice flags a sixth of all authorities, this a tenth
# (docs/explanation/how-areas-are-chosen.md).
FAR_GAPS: Final = 2.5
# A figure on its wrong side by less than this share of the usual gap is no area for development,
# however many children make it sure.
SLIGHT_GAPS: Final = 0.5
# From this many usual gaps on it is named among the near misses.
NEAR_GAPS: Final = 2.0
# A figure published without its counts has no interval; it differs beyond so many usual gaps.
BARE_GAPS: Final = 2.0

STALE_MONTHS: Final = 12
SMALL_DENOMINATOR: Final = 30
FULL_YEAR: Final = 12
