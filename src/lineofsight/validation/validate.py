"""Runs the rules over a delivery's tables and says for every rule whether it ran.

A rule that finds nothing and a rule that could not look are told apart: a skipped rule says which
field or table it lacked, and a rule that fails says so and does not stop the others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import polars as pl

from lineofsight.returns.issue import ReadingIssue
from lineofsight.returns.submission import Reading
from lineofsight.validation.annex_a import ANNEX_A_RULES
from lineofsight.validation.journey import JOURNEY_RULES
from lineofsight.validation.report import Address, RuleResult, Status, ValidationReport
from lineofsight.validation.rule import CHILD, Lookup, Rule

RULES: tuple[Rule, ...] = (*ANNEX_A_RULES, *JOURNEY_RULES)
_PLACE = ("file", "sheet", "row")


def validate_reading(reading: Reading, rules: Sequence[Rule] = RULES) -> ValidationReport:
    """Check a delivery as it was read; its reading issues become part of the report."""
    said = reading.submission
    return validate(
        reading.frames,
        said.as_at,
        reading.issues,
        first_day=said.first_day,
        missing_fields=said.missing_fields,
        rules=rules,
    )


def validate(
    frames: Mapping[str, pl.DataFrame],
    as_at: date,
    issues: Sequence[ReadingIssue] = (),
    *,
    first_day: date | None = None,
    missing_fields: Collection[str] = (),
    rules: Sequence[Rule] = RULES,
) -> ValidationReport:
    """Run the rules over journey tables, each with the columns file, sheet and row.

    `missing_fields` names 'table.field's that the delivery had no column for: what needs them is
    skipped, for a blank that nobody could fill breaks no rule.
    """
    results = [_result(rule, frames, as_at, first_day, missing_fields) for rule in rules]
    return ValidationReport(as_at, tuple(results), tuple(issues))


def _result(
    rule: Rule,
    frames: Mapping[str, pl.DataFrame],
    as_at: date,
    first_day: date | None,
    missing_fields: Collection[str],
) -> RuleResult:
    because = _lacking(rule, frames, first_day, missing_fields) or _out_of_force(rule, as_at)
    if because:
        return RuleResult(rule, Status.SKIPPED, because)
    frame = frames[rule.table.__name__]
    try:
        broken = _looked_up(rule, frames, as_at, first_day).filter(rule.broken)
    except Exception as problem:  # one rule's fault must not hide what the others find
        return RuleResult(rule, Status.CRASHED, type(problem).__name__)
    places = tuple(Address(*place) for place in broken.select(_PLACE).rows())
    return RuleResult(rule, Status.RAN, "", frame.height, places)


def _lacking(
    rule: Rule,
    frames: Mapping[str, pl.DataFrame],
    first_day: date | None,
    missing_fields: Collection[str],
) -> str:
    tables = [rule.table.__name__, *(lookup.table for lookup in rule.lookups)]
    absent = [name for name in tables if name not in frames]
    if absent:
        return f"there is no list for {' and '.join(absent)}"
    blank = [name for name in rule.fields if name in missing_fields]
    if blank and rule.needs_every_field:
        return f"there is no column for {' and '.join(blank)}"
    if "first_day" in rule.names and first_day is None:
        return "it is not known from which day the lists begin"
    return ""


def _out_of_force(rule: Rule, as_at: date) -> str:
    return "" if rule.applies_in(as_at.year) else f"it does not apply in {as_at.year}"


def _looked_up(
    rule: Rule, frames: Mapping[str, pl.DataFrame], as_at: date, first_day: date | None
) -> pl.DataFrame:
    days = [
        pl.lit(as_at, pl.Date).alias("as_at"),
        pl.lit(first_day, pl.Date).alias("first_day"),
    ]
    frame = frames[rule.table.__name__].with_columns(days)
    for lookup in rule.lookups:
        values = _values_by_child(lookup, frames[lookup.table])
        frame = frame.join(values, on=CHILD, how="left", maintain_order="left")
    return frame


def _values_by_child(lookup: Lookup, frame: pl.DataFrame) -> pl.DataFrame:
    found = pl.col(lookup.field.name).drop_nulls().alias(lookup.name)
    return frame.group_by(CHILD).agg(found)
