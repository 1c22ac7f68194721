"""A page an indicator: its figures, why it is called what it is called, its groups, its definition.

What the paper says of an indicator in a line or an item is said here with all that is behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lineofsight.judgement.finding import Finding, Verdict
from lineofsight.judgement.rules import RULES
from lineofsight.measurement.grouped import NOT_GROUPED, Grouped
from lineofsight.measurement.measurement import Measurement, Value
from lineofsight.overview.commentary import Commentary
from lineofsight.overview.dataset import chapter_title
from lineofsight.overview.divisions import divisions_of
from lineofsight.overview.figures import (
    Frame,
    brief_name,
    comparator_lines,
    compared_figure,
    detail_of,
    figure_of,
    figures_of,
    level_text,
    polarity_of,
    value_text,
    verdict_words,
)
from lineofsight.overview.numerals import capital, months_in_words, sentence
from lineofsight.overview.overview import Chart, Figure, IndicatorPage, Restatement, Told
from lineofsight.overview.wording import evidence_told
from lineofsight.reference.periods import Month, Period

_HEADINGS = {
    Verdict.POSITIVE: "Why it is called a positive area",
    Verdict.DEVELOPMENT: "Why it is called an area for development",
    Verdict.IN_LINE: "Why it is called in line",
    Verdict.NOT_JUDGED: "Why it is not judged",
}
_RULES = {rule.id: rule.asks for rule in RULES}
_NOTHING_FOUND = "No rule that bears on it found fault with the records behind this figure."
_YEAR = re.compile(r" \d{4} to ")

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Behind:
    """What pages need and findings do not hold, by an indicator's identity.

    `grouped` are its groups and further periods, `exactly` its definition in the fields of the
    records.
    """

    grouped: Mapping[str, Grouped]
    exactly: Mapping[str, Pairs]


NOTHING_BEHIND = Behind({}, {})


@dataclass(frozen=True, slots=True)
class PageMaterial:
    """What all pages of one paper are made with; `chart` draws up the chart of a finding."""

    frame: Frame
    behind: Behind
    commentary: Commentary
    rankings: Mapping[str, str]
    restatements: Sequence[Restatement]
    chart: Callable[[Finding], Chart]


def pages_of(findings: Sequence[Finding], material: PageMaterial) -> tuple[IndicatorPage, ...]:
    """Give the page of each measured indicator, in the given order."""
    return tuple(_page(f, material) for f in findings if f.measurement.unmeasurable is None)


def _page(finding: Finding, material: PageMaterial) -> IndicatorPage:
    measurement, frame, identity = finding.measurement, material.frame, finding.indicator_id
    grouped = material.behind.grouped.get(identity, NOT_GROUPED)
    return IndicatorPage(
        indicator_id=identity,
        name=measurement.indicator.name,
        brief=brief_name(measurement),
        chapter=chapter_title(measurement.indicator.chapter),
        polarity=polarity_of(measurement),
        verdict=verdict_words(finding),
        figures=figures_of(measurement, frame),
        further=tuple(_further(measurement, frame, grouped)),
        chart=material.chart(finding),
        heading=_HEADINGS[finding.verdict],
        why=tuple(_why(finding, material)),
        comparators=comparator_lines(finding, frame),
        compared=compared_figure(finding),
        divisions=divisions_of(measurement, grouped),
        definition=tuple(_definition(finding)),
        exactly=tuple(Told(*pair) for pair in material.behind.exactly.get(identity, ())),
        quality=tuple(_quality(measurement, frame)),
        restatements=tuple(r for r in material.restatements if r.indicator_id == identity),
        sentences=material.commentary.on(identity),
    )


def _further(measurement: Measurement, frame: Frame, grouped: Grouped) -> Iterator[Figure]:
    """The month before, the same month and twelve months a year ago, quarter and year to date.

    Where small numbers are withheld, it was decided for the newest figures and the charts alone:
    the numbers behind any other would give some away.
    """
    month = frame.month
    if month is None or frame.is_suppressed:
        return
    for back in (1, 12):
        before = month - back
        if (value := measurement.at(before)) is not None:
            yield figure_of(measurement, value, before.name)
    if (twelve := _ending(measurement.rolling, month - 12)) is not None:
        yield figure_of(measurement, twelve, f"12 months to {(month - 12).name}")
    if grouped.quarter is not None:
        is_end = measurement.indicator.is_snapshot
        what = "End of the newest quarter" if is_end else "Newest whole quarter"
        yield _spanning(measurement, grouped.quarter, what)
    if grouped.year_to_date is not None:
        yield _spanning(measurement, grouped.year_to_date, "Year to date")


def _ending(values: Sequence[Value], month: Month) -> Value | None:
    return next((v for v in values if v.period.last_day == month.last_day), None)


def _spanning(measurement: Measurement, value: Value, what: str) -> Figure:
    label = f"{what}, {_span(value.period)}"
    return Figure(label, value_text(measurement, value), detail_of(measurement, value), "")


def _span(period: Period) -> str:
    """Write a span with its year once: 'April to June 2020'."""
    is_one_year = period.first_day.year == period.last_day.year
    return _YEAR.sub(" to ", period.label) if is_one_year else period.label


def _why(finding: Finding, material: PageMaterial) -> Iterator[Told]:
    if asked := _RULES.get(finding.rule):
        yield Told("The rule that fired", f"{finding.rule}. {asked}")
    if finding.because:
        yield Told("What it rests on", sentence(finding.because))
    if compared := compared_figure(finding):
        yield Told("The figure with its interval", sentence(compared))
    for label, text in evidence_told(finding, material.frame):
        yield Told(label, text)
    if ranking := material.rankings.get(finding.indicator_id):
        yield Told("Among all authorities", ranking)


def _definition(finding: Finding) -> Iterator[Told]:
    measurement, target = finding.measurement, finding.evidence.target
    indicator = measurement.indicator
    told = [
        ("What it says", indicator.note),
        ("What is counted", capital(indicator.counted)),
        ("Blanks", indicator.blanks),
        ("Source", indicator.source),
        ("Published as", indicator.published),
    ]
    if measurement.population is not None:
        told.append(("Divided by", _population(measurement)))
    if target is not None and target.reason:
        told.append((f"Target of {level_text(measurement, target.value)}", target.reason))
    return (Told(label, sentence(text)) for label, text in told if text)


def _population(measurement: Measurement) -> str:
    people = measurement.population
    assert people is not None
    implied = "an implied " if people.is_implied else ""
    return f"{implied}{people.estimate:,} residents aged 0 to 17 in the middle of {people.mid_year}"


def _quality(measurement: Measurement, frame: Frame) -> Iterator[str]:
    values = measurement.series
    if measurement.is_annual:
        first, last = (value.period.last_day.year for value in (values[0], values[-1]))
        yield f"Published figures reach from {first} to {last}."
        yield from map(sentence, measurement.notes)
        return
    if values:
        first_month, last_month = (
            Month.of(v.period.last_day).name for v in (values[0], values[-1])
        )
        span = months_in_words(len(values))
        yield f"Records reach over {span}, from {first_month} to {last_month}."
    if frame.is_suppressed:
        # What would tell of few was taken out before, so that nothing follows from silence.
        yield from map(sentence, measurement.notes)
        return
    if empty := sum(value.exact is None for value in values):
        yield f"In {months_in_words(empty)} of them there was nothing to count."
    yield from map(sentence, measurement.notes or (_NOTHING_FOUND,))
