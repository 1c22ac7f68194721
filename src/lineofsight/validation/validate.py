"""Runs the rules over a delivery's tables and says for every rule whether it ran.

A rule that finds nothing and a rule that could not look are told apart: a skipped rule says which
field or table it lacked, and a rule that fails says so and does not stop the others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from lineofsight.journey.fields import ORIGIN
from lineofsight.returns.issue import ReadingIssue
from lineofsight.returns.submission import Reading
from lineofsight.validation.cin_census import CENSUS_RULES
from lineofsight.validation.cin_protection import PROTECTION_RULES
from lineofsight.validation.journey import JOURNEY_RULES
from lineofsight.validation.local import LOCAL_RULES
from lineofsight.validation.looked_after import LOOKED_AFTER_RULES
from lineofsight.validation.report import Address, RuleResult, Status, ValidationReport
from lineofsight.validation.rule import CHILD, THEIRS, Lookup, Match, Rule
from lineofsight.validation.ssda903 import EPISODE_RULES
from lineofsight.validation.workforce import WORKFORCE_RULES

RULES: tuple[Rule, ...] = (
    *CENSUS_RULES,
    *PROTECTION_RULES,
    *EPISODE_RULES,
    *LOOKED_AFTER_RULES,
    *LOCAL_RULES,
    *WORKFORCE_RULES,
    *JOURNEY_RULES,
)
_PLACE = ("file", "sheet", "row")
_POSITION = "position"


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
    records = _Records(frames, as_at, first_day, frozenset(missing_fields))
    return ValidationReport(as_at, tuple(_result(rule, records) for rule in rules), tuple(issues))


def flag(
    frames: Mapping[str, pl.DataFrame],
    as_at: date,
    rules: Sequence[Rule],
    *,
    first_day: date | None = None,
    missing_fields: Collection[str] = (),
) -> pl.DataFrame:
    """Name the rows that break rules: 'rule' (its place among `rules`), then the row's origin.

    A rule that cannot run flags nothing.
    """
    records = _Records(frames, as_at, first_day, frozenset(missing_fields))
    schema = {"rule": pl.Int64(), **dict.fromkeys(ORIGIN, pl.String()), "row": pl.Int64()}
    found = [pl.DataFrame(schema=schema)]
    for number, rule in enumerate(rules):
        broken = _run(rule, records).broken
        if broken is not None and broken.height:
            rule_number = pl.lit(number, pl.Int64).alias("rule")
            found.append(broken.select(rule_number, *ORIGIN).cast(schema))  # type: ignore[arg-type]
    return pl.concat(found)


@dataclass(frozen=True)
class _Records:
    """What the rules look at; a table that was put in order stays in order for the next rule."""

    frames: Mapping[str, pl.DataFrame]
    as_at: date
    first_day: date | None
    missing_fields: frozenset[str]
    ordered: dict[tuple[str, str], pl.DataFrame] = field(default_factory=dict)

    def rows_for(self, rule: Rule) -> pl.DataFrame:
        """The rows of a rule's table, in its order, with the days of the delivery beside them."""
        table, by = rule.table.__name__, rule.in_order_of
        key = (table, "" if by is None else by.name)
        if key not in self.ordered:
            frame = self.frames[table]
            if by is not None:
                frame = frame.sort(CHILD, by.name, "row", maintain_order=True)
            self.ordered[key] = frame.with_columns(
                pl.lit(self.as_at, pl.Date).alias("as_at"),
                pl.lit(self.first_day, pl.Date).alias("first_day"),
            )
        return self.ordered[key]


@dataclass(frozen=True)
class _Outcome:
    """What became of a rule; `broken` are the rows that break it, if it ran."""

    status: Status
    because: str = ""
    checked: int = 0
    broken: pl.DataFrame | None = None


def _result(rule: Rule, records: _Records) -> RuleResult:
    outcome = _run(rule, records)
    if outcome.broken is None:
        return RuleResult(rule, outcome.status, outcome.because)
    rows = outcome.broken.select(_PLACE).sort(_PLACE).rows()
    places = tuple(map(Address._make, rows))
    return RuleResult(rule, outcome.status, "", outcome.checked, places)


def _run(rule: Rule, records: _Records) -> _Outcome:
    because = _lacking(rule, records) or _out_of_force(rule, records.as_at)
    if because:
        return _Outcome(Status.SKIPPED, because)
    try:
        rows = _looked_up(rule, records)
        return _Outcome(Status.RAN, "", rows.height, rows.filter(rule.broken))
    except Exception as problem:  # one rule's fault must not hide what the others find
        return _Outcome(Status.CRASHED, type(problem).__name__)


def _lacking(rule: Rule, records: _Records) -> str:
    absent = [name for name in rule.tables if name not in records.frames]
    if absent:
        return f"there is no list for {' and '.join(absent)}"
    blank = [name for name in rule.needed_fields if name in records.missing_fields]
    if blank and rule.needs_every_field:
        return f"there is no column for {' and '.join(blank)}"
    if "first_day" in rule.names and records.first_day is None:
        return "it is not known from which day the lists begin"
    return ""


def _out_of_force(rule: Rule, as_at: date) -> str:
    return "" if rule.applies_in(as_at.year) else f"it does not apply in {as_at.year}"


def _looked_up(rule: Rule, records: _Records) -> pl.DataFrame:
    frame = records.rows_for(rule)
    for lookup in rule.lookups:
        values = _values_by_child(lookup, records.frames[lookup.table])
        frame = frame.join(values, on=CHILD, how="left", maintain_order="left")
    for match in rule.matches:
        frame = frame.with_columns(_matched(frame, match, records.frames[match.table]))
    return frame


def _values_by_child(lookup: Lookup, frame: pl.DataFrame) -> pl.DataFrame:
    found = pl.col(lookup.field.name).drop_nulls().alias(lookup.name)
    return frame.group_by(CHILD).agg(found)


def _matched(frame: pl.DataFrame, match: Match, others: pl.DataFrame) -> pl.Series:
    """Tell of every row whether the other table has a row of the child that meets the match."""
    mine = frame.select(list(dict.fromkeys((CHILD, *match.own)))).with_row_index(_POSITION)
    there = others.select(CHILD, *(pl.col(name).alias(f"{THEIRS}{name}") for name in match.other))
    found = mine.join(there, on=CHILD).filter(match.when)[_POSITION]
    is_found = pl.int_range(frame.height, dtype=pl.UInt32, eager=True).is_in(found.implode())
    return is_found.alias(match.name)
