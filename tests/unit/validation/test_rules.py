"""How rules run: skipped with a reason, crashed and said so, refused with a wrong field."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from lineofsight.errors import DefinitionFault
from lineofsight.journey.tables import (
    BY_NAME,
    assessments,
    child_protection_plans,
    need_episodes,
)
from lineofsight.returns.rows import delivered_fields
from lineofsight.validation.report import Status
from lineofsight.validation.rule import ERROR, Line, Lookup, Match, Rule, theirs, value
from lineofsight.validation.validate import RULES, flag, validate
from tests.drawn_rules import AS_AT, FIRST_DAY, day, frame_of
from tests.unit.validation import (
    test_census_rules,
    test_episode_rules,
    test_journey_rules,
    test_local_rules,
    test_looked_after_rules,
)

DRAWN = [
    drawing
    for module in (
        test_census_rules,
        test_episode_rules,
        test_journey_rules,
        test_local_rules,
        test_looked_after_rules,
    )
    for drawing in module.DRAWN
]
# Rules that are the same for every table are drawn on some.
FOR_EVERY_TABLE = {"L01", "L02", "L03"}


def _assessed(started: str, authorised: str) -> list[dict[str, Any]]:
    return [{"started_on": day(started), "authorised_on": day(authorised)}]


def _rules(*codes: str) -> list[Rule]:
    return [rule for rule in RULES if rule.code in codes]


def test_every_rule_has_its_drawing_with_rows_that_break_it_and_rows_that_do_not() -> None:
    drawn = {(drawing.code, drawing.table) for drawing in DRAWN}
    rules = {(rule.code, rule.table.__name__) for rule in RULES}
    assert {pair for pair in rules if pair[0] not in FOR_EVERY_TABLE} - drawn == set()
    assert {code for code, _ in drawn} >= FOR_EVERY_TABLE


def test_a_code_stands_once_for_each_table() -> None:
    pairs = [(rule.code, rule.table.__name__) for rule in RULES]
    assert len(pairs) == len(set(pairs))


def test_lines_can_be_said_of_one_row_and_of_several() -> None:
    """'2 plans are open though its case is closed' is no English."""
    lines = [rule.line.of(2) for rule in RULES if rule.line]
    assert [line for line in lines if set(line.split()) & {"it", "its", "was", "is"}] == []


def test_rules_look_only_at_what_a_delivery_can_hold() -> None:
    held = {f"{name}.{field}" for name in BY_NAME for field in delivered_fields(BY_NAME[name])}
    assert {field for rule in RULES for field in rule.fields} - held == set()


def test_a_rule_without_its_table_or_column_is_skipped_and_says_why() -> None:
    frames = {
        "assessments": frame_of("assessments", _assessed("3 Aug", "2 Aug")),
        "child_protection_plans": frame_of("child_protection_plans", []),
        "initial_conferences": frame_of("initial_conferences", []),
    }
    missing = ["assessments.authorised_on"]
    rules = _rules("8608", "2885", "8520")
    report = validate(frames, AS_AT, missing_fields=missing, rules=rules)
    assert {r.rule.code: (r.status, r.because) for r in report.results} == {
        "8520": (Status.SKIPPED, "there is no list for children"),
        "8608": (Status.SKIPPED, "there is no column for assessments.authorised_on"),
        "2885": (Status.SKIPPED, "it is not known from which day the lists begin"),
    }


def test_a_rule_that_crashes_says_so_and_the_others_run() -> None:
    sums_text = Rule(
        "L99", ERROR, "A rule that adds a text.", assessments, value(assessments.team) + 1 > AS_AT
    )
    good = _rules("8608")[0]
    frames = {"assessments": frame_of("assessments", _assessed("3 Aug", "2 Aug"))}
    report = validate(frames, AS_AT, rules=[sums_text, good])
    assert [result.status for result in report.results] == [Status.CRASHED, Status.RAN]
    assert len(report.results[1].broken) == 1


def test_a_rule_of_other_years_is_skipped() -> None:
    good = _rules("8608")[0]
    later = Rule(**{**vars(good), "since": 2022})
    frames = {"assessments": frame_of("assessments", [])}
    report = validate(frames, AS_AT, rules=[later])
    assert report.results[0].because == "it does not apply in 2020"


def test_a_rule_with_a_wrong_field_is_found_when_it_is_written() -> None:
    with pytest.raises(DefinitionFault) as wrong:
        Rule("L98", ERROR, "No such field.", assessments, pl.col("authorized_on").is_null())
    assert str(wrong.value) == (
        "There is no field 'authorized_on'.\n"
        "  Rule L98, table 'assessments'.\n"
        "  Did you mean 'authorised_on' or 'started_on' or 'referred_on'?"
    )


def test_a_lookup_tells_which_field_it_needs() -> None:
    lookup = Lookup("plan_starts", child_protection_plans.started_on)
    rule = Rule(
        "L97", ERROR, "x", assessments, pl.col("plan_starts").list.len() > 1, lookups=(lookup,)
    )
    assert rule.fields == ("child_protection_plans.started_on",)


def test_an_optional_field_without_a_column_does_not_stop_a_rule() -> None:
    frames = {"initial_conferences": frame_of("initial_conferences", [{"held_on": day("3 Aug")}])}
    missing = ["initial_conferences.is_transfer_in"]
    report = validate(frames, AS_AT, missing_fields=missing, rules=_rules("L13"))
    assert [len(result.broken) for result in report.results] == [1]


def test_a_match_tells_which_fields_it_needs_on_both_sides() -> None:
    case = Match(
        "is_closed", need_episodes, theirs(need_episodes.ended_on) < value(assessments.started_on)
    )
    rule = Rule("L96", ERROR, "x", assessments, case.found, matches=(case,))
    assert rule.fields == ("assessments.started_on", "need_episodes.ended_on")
    assert rule.tables == ("assessments", "need_episodes")


def test_a_match_with_wrong_fields_is_found_when_it_is_written() -> None:
    case = Match("is_closed", need_episodes, pl.col("their_closed_on") < pl.col("begun_on"))
    with pytest.raises(DefinitionFault) as wrong:
        Rule("L95", ERROR, "x", assessments, case.found, matches=(case,))
    assert str(wrong.value) == (
        "There is no field 'begun_on'.\n"
        "  Rule L95, table 'assessments'.\n"
        "  Look it up in journey/tables.py.\n"
        "There is no field 'closed_on'.\n"
        "  Rule L95, table 'need_episodes'.\n"
        "  Did you mean 'closure_reason' or 'started_on' or 'ended_on'?"
    )


def test_a_line_that_cannot_be_said_or_stands_beside_a_stranger_is_refused() -> None:
    line = Line("starts too late", (assessments.authorised_on,))
    with pytest.raises(DefinitionFault) as wrong:
        Rule("L94", ERROR, "x", assessments, value(assessments.started_on).is_null(), line=line)
    assert str(wrong.value) == (
        "The line 'starts too late' cannot be said of several rows.\n"
        "  Rule L94, table 'assessments'.\n"
        "  Begin it with one of 'has', 'is', 'was'.\n"
        "The line stands beside assessments.authorised_on, which the rule does not use.\n"
        "  Rule L94, table 'assessments'.\n"
        "  Name fields of the rule's own expression."
    )


def test_flags_name_the_rows_that_break_each_rule_and_skip_what_cannot_run() -> None:
    frames = {"assessments": frame_of("assessments", _assessed("3 Aug", "2 Aug"))}
    flagged = flag(frames, AS_AT, _rules("8608", "1103", "8867"), first_day=FIRST_DAY)
    assert flagged.rows() == [(1, "drawn", "a.xlsx", "List", 1)]
    assert [rule.code for rule in _rules("8608", "1103", "8867")][1] == "8608"
