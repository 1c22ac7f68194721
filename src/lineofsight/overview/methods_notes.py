"""The notes at the back: how figures are made, what they are compared with, what cannot be said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from lineofsight.comparators.comparator import MEAN_OF_MEMBERS, Comparator
from lineofsight.judgement.finding import Finding, Signal
from lineofsight.measurement.measurement import Measurement, round_half_up
from lineofsight.overview.figures import Frame, brief_name
from lineofsight.overview.numerals import listed, sentence, spoken
from lineofsight.overview.overview import Note
from lineofsight.reference.periods import day_name
from lineofsight.reference.places import Population

# Share of quiet 24-month XmR charts whose newest point is flagged all the same, by simulation.
_FALSE_ALARMS = Decimal("0.016")


def notes_on(
    findings: Sequence[Finding], frame: Frame, sources: Sequence[Note]
) -> tuple[Note, ...]:
    """Write the notes of a paper, then the `sources` as they were given."""
    return (
        *([_MADE_UP] if frame.is_synthetic else []),
        _how_figures_are_made(frame),
        _how_areas_are_chosen(),
        *_comparators(findings, frame),
        *_population(findings),
        *_data_quality(findings),
        _what_cannot_be_said(findings),
        *sources,
    )


_MADE_UP = Note(
    "Synthetic data",
    (
        "Every child in this paper is made up. The figures come from an invented authority and "
        "say nothing of any real child, family or council.",
    ),
)


def _how_figures_are_made(frame: Frame) -> Note:
    return Note(
        "How the figures are made",
        (*(_MONTHLY if frame.month is not None else _ANNUAL), *_ALWAYS),
    )


_MONTHLY = (
    "A figure for a month counts what happened in that month: a conference counts in the month "
    "it was held. A figure at the end of the month counts who was open on its last day.",
    "A twelve-month figure of things that happen adds all twelve months together before it "
    "divides, so that busy months weigh more. For a figure at the end of the month it is the "
    "mean of the month-ends, and is labelled so.",
)
_ANNUAL = (
    "The figures of this paper are those the Department for Education has published, for the "
    "year that ends on 31 March or for that day. They were not counted again from records.",
)
_ALWAYS = (
    "Figures are rounded once, half up, when they are printed: 14.5 becomes 15. They are "
    "compared and judged before rounding.",
    "A working day is Monday to Friday without the bank holidays of England. The day on which "
    "a clock starts is day 0.",
)


def _how_areas_are_chosen() -> Note:
    return Note(
        "How areas are chosen",
        (
            "An indicator is a positive area or an area for development only by a written rule, "
            "the same for every indicator and every month; each item says what it rests on and "
            "what would have changed it.",
            "Each verdict is asked again without each month or year in turn and against other "
            "comparators where there are any; what it hangs on is named. This decides nothing.",
            "'Higher than' and 'lower than' are used only where the 95% interval of the figure "
            "excludes the comparator; otherwise the paper says 'similar to' or 'like'. 'Outlier' "
            "is used only for a figure that lies beyond where nearly all authorities lie around "
            "England; 'far higher' or 'far lower' for one much further from its neighbours than "
            "authorities usually are from theirs. Both need explaining; being one "
            "does not show by itself that practice is right or wrong, and where neither high nor "
            "low is good in itself it is not called better or worse.",
            "A sentence marked as computed names no cause. Causes stand in officers' comments, "
            "with an author and a date.",
        ),
    )


def _comparators(findings: Sequence[Finding], frame: Frame) -> Iterator[Note]:
    used = [(f.measurement, c.comparator) for f in findings for c in f.evidence.comparisons]
    if not used:
        return
    kinds = (
        "The figure for statistical neighbours is the plain mean of the neighbours that have a "
        "value; the region and England are as published. Each is printed with its period."
    )
    older = ("Published figures are older than the council's own records.",) if frame.month else ()
    groups = dict.fromkeys(c.group_version for _, c in used if c.group_version)
    named = (f"List of statistical neighbours: {listed(list(groups))}.",) if groups else ()
    yield Note("Comparators", (kinds, *older, *named, *_sources(used)))


def _sources(used: Sequence[tuple[Measurement, Comparator]]) -> Iterator[str]:
    """Name each source once, with the indicators that are held against it."""
    held: dict[str, dict[str, None]] = {}
    for measurement, comparator in used:
        held.setdefault(_vintage(comparator), {})[brief_name(measurement)] = None
    for source, names in held.items():
        whose = "Source of every comparator" if len(held) == 1 else listed(list(names), "; ")
        yield sentence(f"{whose}: {source}")


def _vintage(comparator: Comparator) -> str:
    source = comparator.source.removeprefix(MEAN_OF_MEMBERS).rstrip(".")
    published, vintage = comparator.published_on, comparator.vintage
    is_told = vintage.casefold() in source.casefold()
    parts = [
        source,
        f"published {day_name(published)}" if published else "",
        "" if is_told else f"vintage {vintage}",
    ]
    return "; ".join(part for part in parts if part)


def _population(findings: Sequence[Finding]) -> Iterator[Note]:
    found = (f.measurement.population for f in findings if f.measurement.indicator.scale == 10_000)
    used = dict.fromkeys(population for population in found if population is not None)
    if used:
        yield Note("Population", tuple(_population_line(population) for population in used))


def _population_line(population: Population) -> str:
    base = f"Rates are for each 10,000 of {population.estimate:,} residents aged 0–17"
    if population.is_implied:
        source = population.source.rstrip(".")
        return (
            f"{base}. This number is implied: it was worked back from a published rate and is not "
            f"an estimate of the Office for National Statistics. Source: {source}."
        )
    vintage = f", {population.vintage}" if population.vintage else ""
    return f"{base}, mid-year estimate for {population.mid_year}{vintage} ({population.source})."


def _data_quality(findings: Sequence[Finding]) -> Iterator[Note]:
    lines = [
        sentence(f"{brief_name(finding.measurement)}: {note}")
        for finding in findings
        for note in dict.fromkeys((*finding.evidence.quality_notes, *finding.measurement.notes))
    ]
    if lines:
        yield Note("Data quality", tuple(dict.fromkeys(lines)))


def _what_cannot_be_said(findings: Sequence[Finding]) -> Note:
    charted = sum(f.evidence.variation.signal is not Signal.NOT_CHARTED for f in findings)
    alarms = (_alarms(charted),) if charted else ()
    return Note("What this paper cannot say", (*alarms, *_LIMITS_OF_COUNTING))


def _alarms(charted: int) -> str:
    expected = int(round_half_up(charted * _FALSE_ALARMS, 0))
    number = spoken(expected, "points") if expected else "fewer than one"
    return (
        f"Variation charts were drawn for {spoken(charted, 'indicators')}. Where nothing has "
        f"happened, between one and two in every 100 newest points are flagged all the same: "
        f"{number} would be expected in this paper."
    )


_LIMITS_OF_COUNTING = (
    "Timeliness counts what is finished. Work that is late and still open is in no percentage "
    "here until it is done.",
    "A difference from other authorities does not say whether the right children are helped. "
    "Children who share a family are not independent, and intervals were widened for that only "
    "where the records say who shares one.",
    "Authorities record differently, and a comparator may follow a slightly different definition.",
)
