"""Checking what was received: the journey and each submission, and the figures rules bear on.

Rules and indicators know nothing of each other; here they meet, by the names of their fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from lineofsight.indicators import ALL
from lineofsight.journey.clocks import records_behind
from lineofsight.measurement.data_quality import FLAGGED, Flag
from lineofsight.reference.periods import Month
from lineofsight.returns.issue import ReadingIssue
from lineofsight.returns.submission import Submission
from lineofsight.validation.bearing import Bearing, bearing
from lineofsight.validation.catalogue import rules_page
from lineofsight.validation.report import ValidationReport
from lineofsight.validation.rule import ERROR, Rule
from lineofsight.validation.validate import RULES, flag, validate
from lineofsight.warehouse.journey import Journey
from lineofsight.warehouse.store import Store


@dataclass(frozen=True)
class Checked:
    """A report with what it is about; `submission` is empty where it is about all records."""

    report: ValidationReport
    title: str
    submission: str = ""


@cache
def figures_of_rules() -> Bearing:
    """Give the names of the figures that each rule bears on, by the rule's code and table."""
    figures = {i.brief or i.name: records_behind(i.fields()) for i in ALL}
    return bearing(RULES, figures)


def page_of_rules() -> str:
    """Write the documentation's list of all rules with the figures they bear on."""
    return rules_page(RULES, figures_of_rules())


def check_journey(journey: Journey, store: Store) -> ValidationReport:
    """Check the journey as it stands; what reading its deliveries reported is part of it."""
    return validate(
        _delivered(journey),
        max(s.as_at for s in journey.submissions),
        [*journey.reported, *_reading_issues(store, journey.submissions)],
        first_day=min(s.first_day for s in journey.submissions),
        missing_fields=journey.missing_fields,
    )


def check_submission(store: Store, submission: Submission) -> Checked:
    """Check one delivery by itself, as it came."""
    scans = {name: store.table(submission, name) for name, _ in submission.rows}
    report = validate(
        {name: scan.collect() for name, scan in scans.items() if scan is not None},
        submission.as_at,
        store.issues(submission),
        first_day=submission.first_day,
        missing_fields=submission.missing_fields,
    )
    title = f"{submission.return_name}, {submission.file_name}"
    return Checked(report, title, submission.id)


def tables_to_measure(journey: Journey, last: Month) -> tuple[tuple[Flag, ...], Mapping[str, Any]]:
    """Give the journey's tables with the months and the rows that figures suffer from.

    The flags tell which rule each of the flagged rows breaks.
    """
    rules = [rule for rule in RULES if rule.line is not None]
    flagged = flag(
        _delivered(journey),
        max(s.as_at for s in journey.submissions),
        rules,
        first_day=min(s.first_day for s in journey.submissions),
        missing_fields=journey.missing_fields,
    )
    return _flags(rules), {**journey.frames, FLAGGED: flagged}


def _flags(rules: Sequence[Rule]) -> tuple[Flag, ...]:
    return tuple(
        Flag(
            number,
            rule.table.__name__,
            rule.line.fields,
            rule.severity is ERROR,
            (rule.line.of(1), rule.line.of(2)),
        )
        for number, rule in enumerate(rules)
        if rule.line is not None
    )


def _delivered(journey: Journey) -> Mapping[str, Any]:
    return {name: frame for name, frame in journey.frames.items() if journey.covered.get(name)}


def _reading_issues(store: Store, submissions: Sequence[Submission]) -> Iterator[ReadingIssue]:
    """What reading reported, with the file's name where a list was delivered more than once."""
    for submission in submissions:
        for issue in store.issues(submission):
            named = f"{submission.file_name}, {issue.sheet}"
            yield issue if len(submissions) == 1 else replace(issue, sheet=named)
