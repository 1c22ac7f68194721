"""The rules that decide, in order: the first whose test holds gives the verdict.

Each rule is a block of data: what it decides, what it asks of the evidence, the sentence it is
explained by, and what is said would have changed it where no number of children would. Two kinds
of evidence are asked for before one unusual month lists an indicator: among a hundred quiet
indicators one or two have an unusual newest month every month.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lineofsight.comparators.comparator import Area
from lineofsight.judgement.finding import (
    Assurance,
    Direction,
    Evidence,
    Signal,
    Strength,
    Variation,
    Verdict,
)
from lineofsight.judgement.funnel import is_above, is_below
from lineofsight.judgement.thresholds import FAR_GAPS, LEAST_POINTS, SLIGHT_GAPS, YEARS_LOOKED_AT
from lineofsight.reference.polarity import Polarity

Test = Callable[[Evidence], bool]

POSITIVE, DEVELOPMENT = Verdict.POSITIVE, Verdict.DEVELOPMENT
IN_LINE, NOT_JUDGED = Verdict.IN_LINE, Verdict.NOT_JUDGED


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `test` is asked of the evidence, `because` is its sentence with {figures}.

    `otherwise` says what would have changed the verdict where the search over the number of
    children finds nothing. `briefly` is its sentence where the single months may not be told;
    without it `because` speaks of none. `asks` is the test in words, for who wants to know why.
    """

    id: str
    verdict: Verdict
    test: Test
    because: str
    otherwise: str = ""
    briefly: str = ""
    asks: str = ""


def is_polarised(e: Evidence) -> bool:
    """Whether one way is good."""
    return e.good is not Polarity.NEUTRAL


def is_worse_than_first(e: Evidence) -> bool:
    """Whether the 95% interval of the level lies wholly on the wrong side of the comparator."""
    return e.first is not None and e.first.is_worse


def is_slight(e: Evidence) -> bool:
    """Whether the gap to the comparator is less than half the gap usual among authorities."""
    return e.usual_gaps is not None and e.usual_gaps < SLIGHT_GAPS


def passes(e: Evidence) -> bool:
    """Whether the target is reached consistently."""
    return e.assurance is Assurance.CONSISTENT_PASS


def fails(e: Evidence) -> bool:
    """Whether the target is missed consistently."""
    return e.assurance is Assurance.CONSISTENT_FAIL


def is_confirmed_concern(e: Evidence) -> bool:
    """Whether an unusual month for the worse has a second kind of evidence beside it."""
    is_worse_year = e.change is not None and e.change.is_worse
    has_second = e.is_month_worse or is_worse_year or _is_run_without_interval(e)
    return e.variation.signal is Signal.CONCERN and has_second


def is_confirmed_improvement(e: Evidence) -> bool:
    """Whether an unusual month for the better has a second kind of evidence beside it."""
    is_better_year = e.change is not None and e.change.is_better
    has_second = e.is_month_better or is_better_year or _is_run_without_interval(e)
    return e.variation.signal is Signal.IMPROVEMENT and has_second


def is_far_from_first(e: Evidence) -> bool:
    """Whether a neutral level is surely apart from the comparator, by two and a half usual gaps."""
    is_sure = e.first is not None and e.first.strength is Strength.STRONG
    is_far = e.usual_gaps is not None and e.usual_gaps > FAR_GAPS
    return not is_polarised(e) and is_sure and is_far


def is_apart(e: Evidence) -> bool:
    """Whether a neutral level's 95% interval excludes the comparator."""
    return not is_polarised(e) and e.first is not None and e.first.strength is not Strength.NONE


def moving_with_gap(e: Evidence) -> tuple[Variation, ...]:
    """Give the unusual movements of the last three months that widen the gap."""
    if e.first is None or e.first.direction is Direction.SIMILAR:
        return ()
    is_higher = e.first.direction is Direction.HIGHER
    wanted = Signal.NEUTRAL_HIGH if is_higher else Signal.NEUTRAL_LOW
    return tuple(movement for movement in e.movements if movement.signal is wanted)


def stands_well(e: Evidence) -> bool:
    """Whether the level is better than or similar to the comparator, or passes the target.

    Without an interval nothing can be called similar: then the figure itself must be level or
    better.
    """
    if e.first is None:
        return passes(e)
    if e.interval is not None or e.first.is_better:
        return not e.first.is_worse
    toward_bad = e.first.gap if e.good is Polarity.LOW else -e.first.gap
    return toward_bad <= 0


def is_steady(e: Evidence) -> bool:
    """Whether neither the newest month nor the newest year is surely worse."""
    is_worse_year = e.change is not None and e.change.is_worse
    return e.variation.signal is not Signal.CONCERN and not is_worse_year


def _is_run_without_interval(e: Evidence) -> bool:
    return e.latest_interval is None and e.variation.is_sustained


def _has_nothing_to_stand_on(e: Evidence) -> bool:
    return e.points < LEAST_POINTS and not e.comparisons and e.target is None


def has_marked_gain(e: Evidence) -> bool:
    """Whether a yearly figure is surely better than the year before, by more than is usual."""
    return e.is_annual and e.change is not None and e.change.is_marked and e.change.is_better


def _is_sure_of_england(e: Evidence) -> bool:
    """Whether a neutral level's own 99.8% interval excludes England.

    The funnel's logarithms take few events for surer than they are: none where three were expected.
    """
    england = (c for c in e.comparisons if c.comparator.area is Area.ENGLAND)
    return not is_polarised(e) and any(c.strength is Strength.STRONG for c in england)


def _is_long_better(e: Evidence) -> bool:
    """A year's figure surely better than the comparator by a usual gap, and not for the first time.

    Years have no variation chart: without this, what has long been good would never be listed.
    """
    is_sure = e.first is not None and e.first.is_better and e.first.strength is Strength.STRONG
    is_wide = e.usual_gaps is not None and e.usual_gaps > 1
    return e.is_annual and is_sure and is_wide and e.months_held >= YEARS_LOOKED_AT


def _is_alone(e: Evidence) -> bool:
    return is_polarised(e) and not e.comparisons and e.target is None


_OUTLIER = (
    "{level} {when} is an outlier that needs explaining: it lies {side} the 99.8% limits around"
    " {england}, with the usual differences between authorities allowed for."
)

RULES: tuple[Rule, ...] = (
    Rule(
        "R1a",
        NOT_JUDGED,
        lambda e: bool(e.why_not),
        "{why_not}",
        "It will be judged once it can be measured.",
        asks="There is no figure that could be judged.",
    ),
    Rule(
        "R1b",
        NOT_JUDGED,
        _has_nothing_to_stand_on,
        "There is nothing to judge {level} {when} by: {points} in the record, fewer than thirteen,"
        " no comparator and no target.",
        "It will be judged with thirteen months, a comparator or a target.",
        asks="There are fewer than 13 points, no comparator and no target.",
    ),
    Rule(
        "R1c",
        NOT_JUDGED,
        lambda e: not is_polarised(e) and not e.comparisons,
        "Neither a high nor a low figure is good in itself, and there is no comparator to hold"
        " {level} {when} against.",
        "It will be judged with a comparator.",
        asks="Neither high nor low is good in itself, and there is no comparator.",
    ),
    Rule(
        "R2a",
        DEVELOPMENT,
        lambda e: is_worse_than_first(e) and not is_slight(e),
        "{level} {when} is {side} {first}: {apart}.",
        asks="The figure is surely on the wrong side of the first comparator, by at least half"
        " the gap that is usual among authorities.",
    ),
    Rule(
        "R2b",
        DEVELOPMENT,
        lambda e: is_polarised(e) and fails(e),
        "{level} {when} misses {target} consistently: {agreeing}.",
        "It would not be listed if its months reached the target now and then.",
        "{level} {when} misses {target} consistently.",
        asks="The target is missed consistently, month after month.",
    ),
    Rule(
        "R2c",
        DEVELOPMENT,
        is_confirmed_concern,
        "{latest} is worse than its usual variation explains ({rule}), and {second_worse}.",
        "It would not be listed if the newest month lay within its usual variation.",
        "The newest month is worse than its usual variation explains.",
        asks="The newest month is unusual for the worse, and a second fact says the same.",
    ),
    Rule(
        "R3a",
        DEVELOPMENT,
        lambda e: is_above(e.funnel_z) and _is_sure_of_england(e),
        _OUTLIER.replace("{side}", "above"),
        asks="Neither high nor low is good in itself, and the figure lies above the 99.8% funnel"
        " limits around England, the usual differences allowed for: an outlier.",
    ),
    Rule(
        "R3b",
        DEVELOPMENT,
        lambda e: is_below(e.funnel_z) and _is_sure_of_england(e),
        _OUTLIER.replace("{side}", "below"),
        asks="Neither high nor low is good in itself, and the figure lies below the 99.8% funnel"
        " limits around England, the usual differences allowed for: an outlier.",
    ),
    Rule(
        "R3c",
        DEVELOPMENT,
        is_far_from_first,
        "{level} {when} is far {side} {first} and needs explaining: the gap is {gaps} times the"
        " one usual among authorities, and {apart}.",
        asks="Neither high nor low is good in itself, and the figure is surely further from the"
        " first comparator than two and a half times the gap usual among authorities.",
    ),
    Rule(
        "R4",
        DEVELOPMENT,
        lambda e: is_apart(e) and bool(moving_with_gap(e)),
        "{level} {when} is {side} {first}: {apart}; and {movement}.",
        "It would be in line without the unusual months in what moves it.",
        asks="Neither high nor low is good in itself, the figure is surely apart from the first"
        " comparator, and what moves it was unusual in the last three months in the same"
        " direction.",
    ),
    Rule(
        "R5a",
        POSITIVE,
        lambda e: is_polarised(e) and stands_well(e) and is_confirmed_improvement(e),
        "{level} {when} {standing}, and {latest} is better than its usual variation explains"
        " ({rule}).",
        "It would be in line if the newest month lay within its usual variation.",
        "{level} {when} {standing}, and the newest month is better than its usual variation"
        " explains.",
        asks="The figure is not surely worse than the first comparator, and the newest month is"
        " unusual for the better with a second fact that says the same.",
    ),
    Rule(
        "R5b",
        POSITIVE,
        lambda e: is_polarised(e) and stands_well(e) and passes(e) and is_steady(e),
        "{level} {when} reaches {target} consistently: {agreeing}, and nothing is surely worse"
        " than before.",
        "It would be in line if its months missed the target now and then.",
        "{level} {when} reaches {target} consistently, and nothing is surely worse than before.",
        asks="The target is reached consistently and nothing is surely worse.",
    ),
    Rule(
        "R5c",
        POSITIVE,
        lambda e: is_polarised(e) and stands_well(e) and has_marked_gain(e),
        "{level} {when} {standing}, after {change}.",
        "It would be in line with a change no larger than usual.",
        asks="The figure is not surely worse than the first comparator, after a sure gain in a"
        " year that is larger than the usual change.",
    ),
    Rule(
        "R5d",
        POSITIVE,
        lambda e: _is_long_better(e) and is_steady(e),
        "{level} {when} {standing}: {apart}; it was at least as good in each of the last {held},"
        " and nothing is surely worse than before.",
        asks="The figure is surely better than the first comparator by more than the gap usual"
        " among authorities, was at least as good in each of three years, and is not surely"
        " worse than the year before.",
    ),
    Rule(
        "R6a",
        NOT_JUDGED,
        _is_alone,
        "There is no comparator and no target to hold {level} {when} against{quiet}.",
        "It will be judged with a comparator or a target.",
        asks="There is no comparator and no target to hold the figure against.",
    ),
    Rule(
        "R6b",
        IN_LINE,
        lambda e: True,
        "{level} {when} {standing}{quiet}.",
        "",
        asks="None of the rules for a positive area or an area for development holds.",
    ),
)


def decide(evidence: Evidence) -> Rule:
    """Give the first rule whose test holds; the last one holds always."""
    return next(rule for rule in RULES if rule.test(evidence))


def strength_of(rule: Rule, evidence: Evidence) -> Strength:
    """Say how sure a listed finding is; unlisted findings have none."""
    if rule.verdict not in (POSITIVE, DEVELOPMENT):
        return Strength.NONE
    first = evidence.first.strength if evidence.first else Strength.NONE
    if rule.id in ("R2a", "R4"):
        return first
    if rule.id in ("R2b", "R3a", "R3b", "R3c", "R5b") or passes(evidence):
        return Strength.STRONG
    is_sure = rule.verdict is POSITIVE and evidence.first is not None and evidence.first.is_better
    return first if is_sure else Strength.WEAK
