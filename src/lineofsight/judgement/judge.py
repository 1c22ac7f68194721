"""Judging: measurements in, findings out, in the order given and ranked within each verdict.

`judge` gathers the evidence on each measurement, lets the rules decide (rules.py), writes down
why (reasons.py), and asks the rules again with other numbers of children until the verdict turns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from lineofsight.comparators.comparator import Comparator, Spread, admissible
from lineofsight.judgement.evidence import Case, empty, evidence_on
from lineofsight.judgement.finding import Evidence, Finding, Strength, Verdict
from lineofsight.judgement.level import PERCENT, chosen, counts_of
from lineofsight.judgement.reasons import Speaker, near_misses, tensions_of
from lineofsight.judgement.rules import decide, strength_of
from lineofsight.judgement.stability import checks_of
from lineofsight.judgement.turning import would_change
from lineofsight.judgement.variation import AS_USUAL
from lineofsight.measurement.measurement import (
    Measurement,
    Value,
    is_about_children,
    round_half_up,
)
from lineofsight.reference.authority import Charting, Target

__all__ = ["judge", "near_misses"]

_WEIGHT = {Strength.STRONG: 2, Strength.WEAK: 1, Strength.NONE: 0}


def judge(
    measurements: Sequence[Measurement],
    comparators: Sequence[Comparator],
    spreads: Sequence[Spread],
    targets: Mapping[str, Target],
    as_at: date,
    other_comparators: Sequence[Comparator] = (),
    charting: Charting = AS_USUAL,
) -> tuple[Finding, ...]:
    """Give the finding on each measurement, in the order given, ranked within its verdict.

    `comparators` are those of the authority; one published after `as_at` is not used. `targets`
    are keyed by indicator. Areas for development rank by the children behind the gap, doubled
    where the 99.8% interval agrees; positive areas by strength, then by how many months in a row
    reached what they are held against; equals by indicator. Where nothing can be measured or
    compared the verdict is 'not judged', never an error.

    `other_comparators` decide nothing: they are of other years, vintages or lists of neighbours,
    and each finding says whether they would give the same verdict. Those among `comparators` that
    a newer one stands before are tried likewise. `charting` says where limits start anew and which
    rules flag a month.
    """
    measurements = [measurement.as_judged for measurement in measurements]
    known: dict[str, dict[str, Measurement]] = {}
    for measurement in measurements:
        known.setdefault(measurement.authority, {})[measurement.indicator.id] = measurement
    by_indicator = {spread.indicator: spread for spread in spreads}
    cases = [
        Case(
            measurement,
            chosen(comparators, measurement, as_at),
            by_indicator.get(measurement.indicator.id),
            targets.get(measurement.indicator.id),
            known[measurement.authority],
            charting,
        )
        for measurement in measurements
    ]
    pool = _by_indicator(admissible((*comparators, *other_comparators), as_at))
    return _ranked([_find(case, pool.get(case.measurement.indicator.id, ())) for case in cases])


def _by_indicator(comparators: Sequence[Comparator]) -> Mapping[str, Sequence[Comparator]]:
    found: dict[str, list[Comparator]] = {}
    for comparator in comparators:
        found.setdefault(comparator.indicator, []).append(comparator)
    return found


def _find(case: Case, pool: Sequence[Comparator]) -> Finding:
    measurement = case.measurement
    why_not = _why_not(measurement)
    if why_not:
        return _finding(case, empty(measurement, why_not), "")
    chart, evidence = evidence_on(case)
    found = _finding(case, evidence, would_change(case, chart, evidence))
    return replace(found, stability=checks_of(case, evidence, found.verdict, pool))


def _finding(case: Case, evidence: Evidence, turning: str) -> Finding:
    rule = decide(evidence)
    speaker = Speaker(case.measurement, evidence)
    return Finding(
        measurement=case.measurement,
        verdict=rule.verdict,
        evidence=evidence,
        rule=rule.id,
        because=_capital(rule.because.format(**speaker.facts())),
        tensions=tensions_of(rule.verdict, case.measurement, evidence),
        would_change=turning or rule.otherwise,
        strength=strength_of(rule, evidence),
    )


def _why_not(measurement: Measurement) -> str:
    if measurement.unmeasurable is not None:
        return f"It cannot be measured. {_capital(measurement.unmeasurable.reason)}"
    level = measurement.level
    if level is None:
        return "There is no value for any period."
    if level.exact is None:
        return f"Nothing was there to count in {level.period.label}: the denominator is nought."
    if level.numerator < 0 or _is_over_full(level):
        return f"The counts for {level.period.label} cannot be true: the part exceeds the whole."
    return ""


def _is_over_full(value: Value) -> bool:
    has_whole = value.denominator is not None and value.scale == PERCENT
    return has_whole and value.numerator > (value.denominator or 0)


def _ranked(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    ranks: dict[int, int] = {}
    for verdict in Verdict:
        of_verdict = [place for place, f in enumerate(findings) if f.verdict is verdict]
        ordered = sorted(of_verdict, key=lambda place: _standing(findings[place], place))
        ranks |= {place: rank for rank, place in enumerate(ordered, start=1)}
    return tuple(replace(finding, rank=ranks[place]) for place, finding in enumerate(findings))


def _standing(finding: Finding, place: int) -> tuple[int, int, str]:
    weight, e = _WEIGHT[finding.strength], finding.evidence
    if finding.verdict is Verdict.DEVELOPMENT:
        return -weight * _children(finding), -weight, finding.indicator_id
    if finding.verdict is Verdict.POSITIVE:
        return -weight, -e.months_held, finding.indicator_id
    return place, 0, finding.indicator_id


def _children(finding: Finding) -> int:
    """Children behind the gap; where there is no comparator, behind the target."""
    e, level = finding.evidence, finding.measurement.level
    # What is not about children comes after what is, however large its numbers.
    if not is_about_children(finding.measurement.indicator):
        return 0
    if e.children_behind_gap is not None or level is None or e.level is None:
        return e.children_behind_gap or 0
    counts = counts_of(level)
    if counts is None or e.held_against is None:
        return 0
    gap = abs(e.level - e.held_against) * Decimal(repr(counts[1])) / level.scale
    return int(round_half_up(gap, 0))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
