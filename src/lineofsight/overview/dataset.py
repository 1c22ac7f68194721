"""The whole dataset by chapter along the child's journey, and what could not be measured."""

from __future__ import annotations

from collections.abc import Sequence

from lineofsight.judgement.finding import Finding, Verdict
from lineofsight.overview.chart_data import trend_of, trend_periods, trend_words
from lineofsight.overview.commentary import Commentary
from lineofsight.overview.figures import (
    Frame,
    comparator_lines,
    figures_of,
    polarity_of,
    verdict_words,
)
from lineofsight.overview.numerals import capital
from lineofsight.overview.overview import DatasetChapter, DatasetRow, Kind, NotMeasured, Sentence
from lineofsight.overview.wording import about_the_data

_WITH_AN_ITEM = (Verdict.POSITIVE, Verdict.DEVELOPMENT)
_CHAPTERS = {
    "front_door": "Front door",
    "early_help": "Early help",
    "assessments": "Assessments",
    "children_in_need": "Children in need",
    "child_protection": "Child protection",
    "children_looked_after": "Children looked after",
    "permanence": "Permanence",
    "care_leavers": "Care leavers",
    "workforce": "Workforce",
    "quality": "Quality of practice",
}


def dataset_of(
    findings: Sequence[Finding], frame: Frame, commentary: Commentary
) -> tuple[DatasetChapter, ...]:
    """Give every measured indicator in its chapter; comments that have no item stand at the row."""
    measured = [f for f in findings if f.measurement.unmeasurable is None]
    present = {f.measurement.indicator.chapter: None for f in measured}
    ordered = [c for c in _CHAPTERS if c in present] + [c for c in present if c not in _CHAPTERS]
    return tuple(
        DatasetChapter(
            chapter_title(chapter),
            tuple(
                _row(finding, frame, commentary)
                for finding in measured
                if finding.measurement.indicator.chapter == chapter
            ),
        )
        for chapter in ordered
    )


def not_measured(findings: Sequence[Finding]) -> tuple[NotMeasured, ...]:
    """List the indicators that have no value this time, why, and what would supply it."""
    return tuple(
        NotMeasured(f.measurement.indicator.name, missing.reason, missing.remedy)
        for f in findings
        if (missing := f.measurement.unmeasurable) is not None
    )


def chapter_title(chapter: str) -> str:
    """Give a chapter's title from the first part of an indicator's identity."""
    return _CHAPTERS.get(chapter, capital(chapter.replace("_", " ")))


def _row(finding: Finding, frame: Frame, commentary: Commentary) -> DatasetRow:
    return DatasetRow(
        indicator_id=finding.indicator_id,
        name=finding.measurement.indicator.name,
        polarity=polarity_of(finding.measurement),
        figures=figures_of(finding.measurement, frame),
        comparators=comparator_lines(finding, frame),
        verdict=verdict_words(finding),
        trend=trend_of(finding.measurement, frame),
        trend_description=trend_words(finding, frame),
        sentences=(*_about_the_data(finding, frame), *commentary.unplaced(finding)),
        trend_periods=trend_periods(finding.measurement, frame),
    )


def _about_the_data(finding: Finding, frame: Frame) -> tuple[Sentence, ...]:
    """Say beside a row what is the matter with its records, where no item of its own says it.

    An annual paper says of published figures in its notes what was left out of them.
    """
    if finding.verdict in _WITH_AN_ITEM or frame.month is None:
        return ()
    text = about_the_data(finding)
    return (Sentence(Kind.COMPUTED, text),) if text else ()
