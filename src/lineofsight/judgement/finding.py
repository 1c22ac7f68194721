"""What judging gives: a verdict, the rule that fired, and everything it rested on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from lineofsight.comparators.comparator import Area, Comparator
from lineofsight.measurement.measurement import Measurement
from lineofsight.reference.authority import Rebase, Target
from lineofsight.reference.polarity import Polarity

DECIDING_ORDER = (Area.STATISTICAL_NEIGHBOURS, Area.ENGLAND, Area.REGION)


class Verdict(Enum):
    """Where an indicator stands in the paper."""

    POSITIVE = "positive area"
    DEVELOPMENT = "area for development"
    IN_LINE = "in line"
    NOT_JUDGED = "not judged"


# A verdict as a sentence says it: "it would be ...".
VERDICT_WORDS = {
    Verdict.POSITIVE: "a positive area",
    Verdict.DEVELOPMENT: "an area for development",
    Verdict.IN_LINE: "in line",
    Verdict.NOT_JUDGED: "not judged",
}


class Strength(Enum):
    """How sure a difference is: outside the 99.8% interval, only outside the 95%, or within."""

    STRONG = "strong"
    WEAK = "weak"
    NONE = "none"


class Direction(Enum):
    """Which side of a comparator a level lies on, said without judging it."""

    HIGHER = "higher"
    LOWER = "lower"
    SIMILAR = "similar"


class Signal(Enum):
    """What the variation chart says of the newest point."""

    IMPROVEMENT = "special cause improvement"
    CONCERN = "special cause concern"
    NEUTRAL_HIGH = "unusually high"
    NEUTRAL_LOW = "unusually low"
    COMMON_CAUSE = "common cause"
    NOT_CHARTED = "not charted"


class Assurance(Enum):
    """Whether the process will reach its target as it stands."""

    CONSISTENT_PASS = "consistent pass"
    CONSISTENT_FAIL = "consistent fail"
    HIT_AND_MISS = "hit and miss"
    NO_TARGET = "no target"


@dataclass(frozen=True, slots=True)
class Limits:
    """Centre line and process limits of a variation chart, in display units, one entry a point."""

    chart: str
    centre: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    points: int
    is_trial: bool


@dataclass(frozen=True, slots=True)
class Variation:
    """The newest point against its own history.

    `of` names the series that was charted (for a stock: its starts, or its net change), `rule`
    which special-cause rule fired and `label` the month it fired for; `is_sustained` says whether
    seven months carry the signal, whatever other rule came first; `rebases` are the recorded
    decisions by which its limits start anew within the months charted, or before them.
    """

    signal: Signal
    of: str = ""
    rule: str = ""
    label: str = ""
    limits: Limits | None = None
    is_sustained: bool = False
    rebases: tuple[Rebase, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A level against one comparator, with the interval the difference was tested by."""

    comparator: Comparator
    direction: Direction
    strength: Strength
    is_worse: bool
    is_better: bool
    gap: Decimal
    age_months: int


@dataclass(frozen=True, slots=True)
class Change:
    """The newest twelve months against the twelve before (or a year against the year before)."""

    before: Decimal
    after: Decimal
    difference: Decimal
    lower: Decimal
    upper: Decimal
    is_real: bool
    is_marked: bool
    label: str
    is_better: bool = False
    is_worse: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a verdict rested on; all of it is stored and can be shown.

    `interval` is the 95% interval of the level in display units, `interval_wide` the 99.8% one,
    `children_behind_gap` how many children would have to be served differently to close the gap to
    the first comparator (None where there is none).

    `good` is the polarity. `latest` is the newest month (or year) itself. `held_against` is what
    the first comparator, or failing that the target, says; `is_month_worse` and `is_month_better`
    whether the newest month's own 95% interval lies wholly on its wrong or good side, and
    `months_held` how many of the newest months in a row reached it. `movements` are the special
    causes of the last three months in the flows that move a stock. `usual_gaps` is the gap to the
    first comparator in units of the gap usual among authorities, `funnel_z` the distance from
    England allowing for overdispersion; the word outlier is for a neutral figure beyond the
    99.8% limits of the latter. `points` counts the months (or years) with a value,
    `months_agreeing` how many of the newest `months_looked_at` reached the target.
    `why_not` says why an indicator cannot be judged, and is empty otherwise.
    """

    level: Decimal | None
    interval: tuple[Decimal, Decimal] | None
    interval_wide: tuple[Decimal, Decimal] | None
    comparisons: tuple[Comparison, ...]
    variation: Variation
    assurance: Assurance
    target: Target | None
    change: Change | None
    children_behind_gap: int | None
    quality_notes: tuple[str, ...] = ()
    good: Polarity = Polarity.NEUTRAL
    latest: Decimal | None = None
    latest_interval: tuple[Decimal, Decimal] | None = None
    held_against: Decimal | None = None
    is_month_worse: bool = False
    is_month_better: bool = False
    months_held: int = 0
    movements: tuple[Variation, ...] = ()
    usual_gaps: float | None = None
    funnel_z: float | None = None
    points: int = 0
    months_looked_at: int = 0
    months_agreeing: int = 0
    is_annual: bool = False
    is_snapshot: bool = False
    why_not: str = ""

    @property
    def first(self) -> Comparison | None:
        """The comparison that decides: the neighbours, else England, else the region."""
        for area in DECIDING_ORDER:
            for comparison in self.comparisons:
                if comparison.comparator.area is area:
                    return comparison
        return None


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What would give another verdict, as 'May 2020' left out, and which."""

    way: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Check:
    """How stable a verdict is in one respect.

    `of` names the respect ('period left out', 'comparators', 'limits'), `tried` how many ways
    were tried and `same` how many of them give the same verdict; `otherwise` are the others, and
    `words` the sentence that a reader is shown.
    """

    of: str
    tried: int
    same: int
    otherwise: tuple[Otherwise, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one indicator.

    `rule` is the identity of the rule that fired and `because` its sentence with this indicator's
    figures; `tensions` are facts that pull the other way and are printed with it; `would_change`
    says what would have changed the verdict; `rank` orders findings of one verdict, 1 first;
    `stability` says how often it is the same with a month less or another comparator.
    """

    measurement: Measurement
    verdict: Verdict
    evidence: Evidence
    rule: str
    because: str
    tensions: tuple[str, ...] = ()
    would_change: str = ""
    strength: Strength = Strength.NONE
    rank: int = 0
    stability: tuple[Check, ...] = ()

    @property
    def indicator_id(self) -> str:
        return self.measurement.indicator.id
