"""The story the synthetic authority tells: how many a month, and what share is in time.

The simulation reads these paths and decides *which* made-up children are referred, wait, enter
care or step down, so that the records measure out at the story. Nothing outside this room may
read them: a figure in a paper comes from the records, never from here. Counts are those of the
default size and are scaled for any other. A path gives a level for the months before the story
and one value for each of its last 24 months, September 2018 to August 2020.

The volumes follow what the Department published for a unitary authority of this size in the
year to 31 March 2020; the six told indicators follow a performance overview of August 2020.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from lineofsight.reference.periods import Month

DEFAULT_SIZE = 30_000
FIRST_MONTH = Month.parse("2012-09")  # three years of burn-in, so that no stock starts empty
HISTORY_FROM = date(2015, 9, 1)
AS_AT = date(2020, 8, 31)
LAST_MONTH = Month.of(AS_AT)
MONTHS = range(FIRST_MONTH.index, LAST_MONTH.index + 1)

Path = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Told:
    """One path of the story: a level with its usual wobble, then the months that are told."""

    level: float
    wobble: float
    months: tuple[float, ...]

    def path(self, rng: np.random.Generator) -> Path:
        """One value for each month from FIRST_MONTH to LAST_MONTH."""
        before = len(MONTHS) - len(self.months)
        return np.concatenate([self.level + alternating(rng, before, self.wobble), self.months])


def alternating(rng: np.random.Generator, months: int, spread: float) -> Path:
    """Wobble that cancels in pairs of months, so that a calm series has no run or trend."""
    pairs = rng.uniform(0.3, 1.0, (months + 1) // 2) * rng.choice([-1.0, 1.0], (months + 1) // 2)
    return spread * np.column_stack([pairs, -pairs]).reshape(-1)[:months]


# The lockdown of spring 2020: fewer referrals from late March to May, then recovery.
REFERRALS = Told(390, 12, (
    385, 398, 392, 381, 396, 388, 400, 384, 393, 379, 399, 386,
    394, 383, 401, 380, 397, 387, 362, 296, 327, 384, 398, 385,
))  # fmt: skip
REFERRED_AGAIN = Told(0.22, 0.01, (
    .216, .224, .221, .214, .226, .219, .212, .225, .220, .213, .227, .218,
    .222, .215, .228, .217, .223, .214, .221, .226, .215, .224, .217, .221,
))  # fmt: skip
NO_FURTHER_ACTION = 0.10
TURNED_AWAY = Told(NO_FURTHER_ACTION, 0.008, (
    .104, .096, .107, .099, .092, .105, .098, .108, .094, .103, .097, .093,
    .106, .098, .094, .105, .101, .093, .107, .096, .102, .099, .105, .097,
))  # fmt: skip
CONTACTS_PER_REFERRAL = 2.75
# How the contacts that lead nowhere stray about their usual number.
IDLE_CONTACTS = Told(1.0, 0.06, (
    .94, 1.05, 1.03, .93, 1.06, .95, 1.05, .94, 1.04, .93, 1.06, .95,
    1.04, .94, 1.05, .93, 1.05, .95, 1.00, .98, 1.00, .97, 1.05, .96,
))  # fmt: skip
DECIDED_IN_A_DAY = Told(0.966, 0.008, (
    .962, .974, .958, .969, .971, .957, .973, .963, .968, .955, .972, .966,
    .976, .958, .972, .963, .978, .961, .973, .965, .979, .962, .974, .990,
))  # fmt: skip

# Assessments recover from about March 2020; more staff came in June.
ASSESSED_IN_TIME = Told(0.67, 0.03, (
    .690, .645, .702, .660, .688, .640, .705, .658, .641, .697, .650, .684,
    .638, .700, .644, .688, .662, .752, .795, .778, .848, .842, .898, .892,
))  # fmt: skip
# How much of its usual work the assessment service gets done in a month.
ASSESSMENT_PACE = Told(1.0, 0.06, (
    1.04, .95, 1.05, .97, 1.03, .94, 1.05, .96, .93, 1.05, .96, 1.03,
    .95, 1.05, .93, 1.04, .96, 1.03, .95, 1.04, .97, .95, 1.05, 1.0,
))  # fmt: skip
SUPPORT_NEEDED = 0.16
CHILD_SEEN = 0.976

ENQUIRIES = Told(172, 7, (
    168, 176, 171, 165, 178, 170, 174, 166, 177, 169, 175, 167,
    173, 179, 166, 172, 178, 168, 174, 167, 175, 170, 177, 171,
))  # fmt: skip
CONFERENCES = Told(58, 2.5, (
    56, 60, 58, 55, 61, 57, 60, 56, 59, 61, 55, 58,
    57, 60, 58, 59, 55, 61, 58, 60, 57, 59, 61, 60,
))  # fmt: skip
CONFERENCES_IN_TIME = Told(0.60, 0.045, (
    .57, .64, .59, .65, .55, .62, .58, .64, .56, .63, .60, .59,
    .60, .65, .57, .63, .58, .67, .57, .65, .59, .66, .61, .733,
))  # fmt: skip
CONFERENCES_TO_PLANS = Told(0.86, 0.03, (
    .88, .84, .89, .83, .86, .88, .83, .87, .89, .84, .88, .85,
    .84, .88, .86, .83, .89, .85, .88, .84, .87, .83, .88, .86,
))  # fmt: skip
PLANNED_BEFORE = 0.24
PLANS_OF_TWO_YEARS = 0.034

# Step-down slows from March 2020: plans last longer and their number rises.
PLANS_OPEN = Told(322, 4, (
    324, 327, 322, 326, 329, 325, 328, 331, 327, 330, 334, 331,
    334, 337, 333, 336, 340, 338, 345, 357, 370, 384, 399, 413,
))  # fmt: skip

# One month of many entries to care, July 2020; the next month a few more leave than usual.
CARE_ENTRIES = Told(16.4, 2.2, (
    17, 14, 18, 15, 17, 14, 18, 16, 15, 18, 14, 17,
    15, 18, 14, 17, 16, 18, 14, 17, 15, 18, 30, 14,
))  # fmt: skip
CARE_OPEN = Told(483, 3, (
    485, 481, 484, 480, 484, 479, 483, 482, 480, 479, 481, 482,
    483, 482, 481, 480, 483, 481, 480, 484, 481, 485, 497, 488,
))  # fmt: skip
CARE_PLAN_AUTHORISED = Told(0.93, 0.005, (
    .928, .934, .931, .937, .930, .935, .938, .932, .936, .940, .934, .939,
    .945, .941, .949, .944, .951, .947, .953, .948, .954, .950, .955, .960,
))  # fmt: skip
ALONE_FROM_ABROAD = 1.0  # unaccompanied asylum-seeking children a month

SHORT_BREAKS = 24
EARLY_HELP = Told(96, 6, (
    94, 99, 97, 91, 100, 95, 98, 92, 99, 94, 97, 93,
    98, 92, 99, 95, 97, 91, 90, 84, 88, 94, 98, 95,
))  # fmt: skip
AUDITS = Told(42, 4, ())
PANEL_FROM = date(2020, 8, 5)
EXTRA_STAFF_FROM = date(2020, 6, 1)
POPULATION = 50_310  # 488 children at 97 per 10,000
