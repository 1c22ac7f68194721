"""What a reader gets first: the paragraph at the top, and at most six headlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from lineofsight.comparators.comparator import Area
from lineofsight.judgement.finding import Comparison, Direction, Finding, Verdict
from lineofsight.measurement.measurement import Basis
from lineofsight.overview.figures import (
    Frame,
    area_words,
    bare_text,
    brief_name,
    comparator_text,
    is_outlier,
    level_text,
    target_verb,
    time_of,
    value_text,
    way_of,
)
from lineofsight.overview.numerals import (
    capital,
    listed,
    months_in_words,
    sentence,
    spoken,
)
from lineofsight.overview.overview import Kind, Sentence

_MOST_HEADLINES = 6
_DEVELOPMENTS = "areas for development"


def summary_of(
    findings: Sequence[Finding],
    positive: Sequence[Finding],
    development: Sequence[Finding],
    frame: Frame,
) -> tuple[Sentence, ...]:
    """Write the computed paragraph at the top: how many were judged, and which stand out."""
    texts = [*_coverage(findings, frame), *_areas(positive, development)]
    return (Sentence(Kind.COMPUTED, " ".join(sentence(text) for text in texts)),)


def coverage_of(findings: Sequence[Finding], frame: Frame) -> str:
    """Say how many indicators were measured and judged: the opening of the first page."""
    return " ".join(sentence(text) for text in _coverage(findings, frame))


def headlines_of(
    positive: Sequence[Finding], development: Sequence[Finding], frame: Frame
) -> tuple[str, ...]:
    """Write one line for each item, six at most, the first of each section before the second."""
    turns = zip_longest(positive, development)
    fair = [finding for turn in turns for finding in turn if finding is not None]
    chosen = {finding.indicator_id for finding in fair[:_MOST_HEADLINES]}
    ordered = (f for f in (*positive, *development) if f.indicator_id in chosen)
    return tuple(headline_of(finding, frame) for finding in ordered)


def headline_of(finding: Finding, frame: Frame) -> str:
    """Write one line on one finding: name, figures with their time, what it is held against."""
    figures = ", ".join(_figures(finding, frame)) or _without_figure(finding)
    return f"{brief_name(finding.measurement)}: {figures}{_standing(finding, frame)}."


def introduction_to(verdict: Verdict, items: int, frame: Frame) -> str:
    """Say under a section's title how many items it has, and in which order."""
    if verdict is Verdict.POSITIVE:
        area, order = "a positive area", "surest first"
    else:
        area, order = "an area for development", "by the children behind the gap and how sure it is"
    if not items:
        return f"No indicator met the rule for {area} this {'month' if frame.month else 'year'}."
    verb = "meets" if items == 1 else "meet"
    ordered = f", {order}" if items > 1 else ""
    return f"{capital(spoken(items, 'indicators'))} {verb} the rule for {area}{ordered}."


def _coverage(findings: Sequence[Finding], frame: Frame) -> Iterator[str]:
    measured = [f for f in findings if f.measurement.unmeasurable is None]
    judged = sum(f.verdict is not Verdict.NOT_JUDGED for f in measured)
    verb = "was" if len(measured) == 1 else "were"
    total = f"{spoken(len(findings), 'indicators')} in the dataset"
    is_whole = len(measured) == len(findings) > 1
    opening = f"All {total}" if is_whole else f"Of {total}, {_bare(len(measured))}"
    yield (
        f"{opening} {verb} measured for {frame.period_words} and {_bare(judged)} could be judged"
    )
    quiet = sum(f.verdict is Verdict.IN_LINE for f in measured)
    if quiet:
        yield f"For {_bare(quiet)} nothing stands out"


def _areas(positive: Sequence[Finding], development: Sequence[Finding]) -> Iterator[str]:
    for findings, none, one, many in (
        (positive, "no positive area", "a positive area", "positive areas"),
        (development, "no area for development", "an area for development", _DEVELOPMENTS),
    ):
        names = listed([brief_name(f.measurement) for f in findings], "; ")
        if not findings:
            yield f"There is {none}"
        elif len(findings) == 1:
            yield f"One is {one}: {names}"
        else:
            yield f"{_bare(len(findings))} are {many}: {names}"


def _bare(count: int) -> str:
    """Write a count that stands alone: 'none', 'three', '12'."""
    return "none" if count == 0 else spoken(count, "").strip()


def _without_figure(finding: Finding) -> str:
    level = finding.measurement.level
    return "not shown" if level is not None and level.is_withheld else "no figure"


def _figures(finding: Finding, frame: Frame) -> Iterator[str]:
    now, other = frame.pair(finding.measurement)
    if now is not None and now.exact is not None:
        yield f"{value_text(finding.measurement, now)} {time_of(now)}"
    if other is None or other.exact is None:
        return
    text = bare_text(finding.measurement, other.exact)
    if frame.month is None:
        yield f"{text} a year before"
    elif other.basis is Basis.MEAN_OF_MONTH_ENDS:
        yield f"{text} as the mean of {months_in_words(other.period.months)}"
    else:
        yield f"{text} over {months_in_words(other.period.months)}"


def _standing(finding: Finding, frame: Frame) -> str:
    first, target = finding.evidence.first, finding.evidence.target
    if first is not None:
        return _against(finding, first, frame)
    verb = target_verb(finding)
    if target is None or not verb:
        return ""
    return f"; {verb} the target of {level_text(finding.measurement, target.value)}"


def _against(finding: Finding, comparison: Comparison, frame: Frame) -> str:
    comparator, way = comparison.comparator, way_of(comparison)
    words = "like" if way is Direction.SIMILAR else f"{way.value} than"
    if is_outlier(finding):
        words = f"an outlier, {'though ' if way is Direction.SIMILAR else ''}{words}"
    is_group = comparator.area is Area.STATISTICAL_NEIGHBOURS
    area = f"{'the ' if is_group else ''}{area_words(comparator, frame)}"
    text = comparator_text(finding.measurement, comparator)
    bare = text.removesuffix(finding.measurement.indicator.unit.replace("%", ""))
    return f"; {words} {area} ({bare}, {comparator.period})"
