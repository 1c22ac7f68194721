"""How stable a verdict is: the rules asked again with one month less, or another comparator.

A verdict that turns when a single month is left out rests on that month; one that turns with
another list of neighbours rests on that list. Neither makes it wrong, and both are said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from lineofsight.comparators.comparator import Area, Comparator
from lineofsight.judgement.evidence import Case, evidence_on, with_a_year_less
from lineofsight.judgement.finding import VERDICT_WORDS, Check, Evidence, Otherwise, Verdict
from lineofsight.judgement.leaving_out import each_left_out, without_month
from lineofsight.judgement.rules import decide
from lineofsight.measurement.measurement import Measurement, Value

_NUMBERS: Final = (
    *("two", "three", "four", "five", "six", "seven"),
    *("eight", "nine", "ten", "eleven", "twelve"),
)
# So many months are named; of more only their number is said.
_MOST_NAMED: Final = 3


def checks_of(
    case: Case, evidence: Evidence, verdict: Verdict, others: Sequence[Comparator] = ()
) -> tuple[Check, ...]:
    """Give how often the verdict on a case is the same when something else might have been.

    `others` are comparators of the indicator, of other vintages than the deciding ones. What
    cannot be tried is left out: there is no check where nothing else might have been.
    """
    if verdict is Verdict.NOT_JUDGED:
        return ()
    found = (
        _of_periods(case, evidence, verdict),
        _of_limits(case, verdict),
        _of_comparators(case, verdict, others),
    )
    return tuple(check for check in found if check is not None)


def _verdict(case: Case) -> Verdict | None:
    """Give the verdict on another case; None where it has no value to judge."""
    level = case.measurement.level
    if level is None or level.exact is None:
        return None
    _, evidence = evidence_on(case)
    return decide(evidence).verdict


def _of_periods(case: Case, evidence: Evidence, verdict: Verdict) -> Check | None:
    tried: dict[str, Verdict | None] = {}
    for left_out, rest in each_left_out(case.measurement):
        other = _case_without(case, left_out, rest)
        is_annual = case.measurement.is_annual
        found = decide(with_a_year_less(other, evidence)).verdict if is_annual else _verdict(other)
        tried[left_out.period.label] = found
    check = _check("period left out", tried, verdict)
    return check and replace(check, words=_words_of_periods(case.measurement, check, list(tried)))


def _case_without(case: Case, left_out: Value, rest: Measurement) -> Case:
    moved_by = {flow.id for flow in getattr(rest.indicator, "moved_by", ())}
    flows = {i: without_month(m, left_out) for i, m in case.known.items() if i in moved_by}
    return replace(case, measurement=rest, known=flows)


def _check(of: str, tried: Mapping[str, Verdict | None], verdict: Verdict) -> Check | None:
    known = {way: found for way, found in tried.items() if found is not None}
    turned = tuple(Otherwise(way, found) for way, found in known.items() if found is not verdict)
    return Check(of, len(known), len(known) - len(turned), turned) if known else None


def _words_of_periods(measurement: Measurement, check: Check, tried: Sequence[str]) -> str:
    if not check.otherwise:
        if check.tried == 1:
            return f"The verdict is the same without {_period_words(tried[0])}."
        return f"The verdict is the same whichever of the {_all(measurement, check)} is left out."
    said = []
    for verdict, ways in _by_verdict(check):
        would = f"it would be {VERDICT_WORDS[verdict]}"
        if len(ways) <= _MOST_NAMED:
            named = " or without ".join(_period_words(way) for way in ways)
            said.append(f"Without {named} {would}.")
        else:
            said.append(
                f"Without any one of {len(ways)} of the {_all(measurement, check)} {would}."
            )
    return " ".join(said)


def _all(measurement: Measurement, check: Check) -> str:
    unit = "earlier years" if measurement.is_annual else "months"
    if measurement.indicator.is_snapshot and not measurement.is_annual:
        unit = "month-ends"
    is_word = 2 <= check.tried <= len(_NUMBERS) + 1
    return f"{_NUMBERS[check.tried - 2] if is_word else check.tried} {unit}"


def _period_words(label: str) -> str:
    if label.startswith("year"):
        return f"the {label}"
    # A day, as '31 March 2020', is the day a figure is counted on.
    return f"the figure of {label}" if label[:1].isdigit() else label


def _by_verdict(check: Check) -> list[tuple[Verdict, list[str]]]:
    found: dict[Verdict, list[str]] = {}
    for one in check.otherwise:
        found.setdefault(one.verdict, []).append(one.way)
    return list(found.items())


def _of_limits(case: Case, verdict: Verdict) -> Check | None:
    """Count the figure at each of its other limits; what it is held against stays as it is."""
    cases = {
        other.words: replace(
            case,
            measurement=replace(case.measurement, series=other.series, rolling=other.rolling),
        )
        for other in case.measurement.at_limits
    }
    check = _check("limits", {way: _verdict(other) for way, other in cases.items()}, verdict)
    return check and replace(check, words=_words_of_limits(cases, check))


def _words_of_limits(cases: Mapping[str, Case], check: Check) -> str:
    turned = {one.way: one.verdict for one in check.otherwise}
    said = []
    for way, case in cases.items():
        measurement = case.measurement
        level, indicator = measurement.level, measurement.indicator
        number = None if level is None else level.rounded(indicator.decimals)
        would = f" and would be {VERDICT_WORDS[turned[way]]}" if way in turned else ""
        if number is not None:
            said.append(f"{way} it is {number:,f}{indicator.unit}{would}")
    same = "" if turned else ": the verdict is the same"
    return f"Counted {', '.join(said)}{same}."


def _of_comparators(case: Case, verdict: Verdict, others: Sequence[Comparator]) -> Check | None:
    tried = {way: _verdict(other) for way, other in _with_other_comparators(case, others)}
    found = _check("comparators", tried, verdict)
    return found and replace(found, words=_words_of_comparators(found, list(tried)))


def _with_other_comparators(case: Case, others: Sequence[Comparator]) -> Iterator[tuple[str, Case]]:
    """Give the case held against each other vintage; areas it lacks keep their comparator."""
    deciding = {comparator.area: comparator for comparator in case.comparators}
    vintages: dict[str, dict[Area, Comparator]] = {}
    for other in others:
        mine = deciding.get(other.area)
        if mine is not None and (way := _differing(other, mine)):
            vintages.setdefault(way, {})[other.area] = other
    for way, changed in vintages.items():
        comparators = tuple(changed.get(area, mine) for area, mine in deciding.items())
        yield way, replace(case, comparators=comparators)


def _differing(other: Comparator, mine: Comparator) -> str:
    """Say in which way a comparator is another than the deciding one; empty where it is the same.

    One thing is said: that it is of another year, else by another list of neighbours, else as
    published in another release.
    """
    if other.period_ends_on != mine.period_ends_on:
        is_year = other.period.startswith("year")
        return f"against the comparators for {'the ' if is_year else ''}{other.period}"
    if other.group_version != mine.group_version:
        return f"against the neighbours by the list of {other.group_version}"
    if other.vintage != mine.vintage:
        return f"against the comparators as in '{other.vintage}'"
    return ""


def _words_of_comparators(check: Check, ways: Sequence[str]) -> str:
    if not check.otherwise:
        return f"It is the same {' and '.join(ways)}."
    said = []
    for verdict, turning in _by_verdict(check):
        named = " or ".join(turning)
        said.append(f"{named[0].upper()}{named[1:]} it would be {VERDICT_WORDS[verdict]}.")
    return " ".join(said)
