"""Each rule on drawn rows: which of them break it. Lists as at Monday 31 August 2020."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from lineofsight.errors import DefinitionFault
from lineofsight.journey.tables import BY_NAME, assessments, child_protection_plans
from lineofsight.returns.conversion import POLARS_TYPES
from lineofsight.returns.rows import delivered_fields
from lineofsight.validation.report import Status
from lineofsight.validation.rule import ERROR, Lookup, Rule, value
from lineofsight.validation.validate import RULES, validate

AS_AT, FIRST_DAY = date(2020, 8, 31), date(2020, 3, 1)
Rows = Sequence[Mapping[str, Any]]


def _day(text: str) -> date | None:
    """'3 Aug' is of 2020; '3 Aug 2019' says its year; '' is blank."""
    if not text:
        return None
    return datetime.strptime(text if text[-4:].isdigit() else f"{text} 2020", "%d %b %Y").date()


def _frame(table: str, rows: Rows) -> pl.DataFrame:
    fields = delivered_fields(BY_NAME[table])
    schema = {name: POLARS_TYPES[field.info["kind"]] for name, field in fields.items()}
    for number, row in enumerate(rows):
        unknown = set(row) - set(schema)
        assert not unknown, (number, unknown)
    filled = [{**dict.fromkeys(schema), "child_id": "A", **row} for row in rows]
    frame = pl.DataFrame(filled, schema=schema)
    flags = [name for name, field in fields.items() if field.info["kind"] == "flag"]
    places = [pl.lit("a.xlsx").alias("file"), pl.lit("List").alias("sheet")]
    numbered = frame.with_columns(pl.col(flags).fill_null(False), *places)
    return numbered.with_columns(pl.int_range(1, pl.len() + 1).alias("row"))


def _spans(start: str, end: str, *spans: tuple[str, str, str]) -> list[dict[str, Any]]:
    return [{"child_id": c, start: _day(s), end: _day(e)} for c, s, e in spans]


def _plans(*spans: tuple[str, str, str]) -> list[dict[str, Any]]:
    return _spans("started_on", "ended_on", *spans)


def _care(*spans: tuple[str, str, str]) -> list[dict[str, Any]]:
    return _spans("started_on", "ceased_on", *spans)


def _assessed(*spans: tuple[str, str, str]) -> list[dict[str, Any]]:
    return _spans("started_on", "authorised_on", *spans)


def _enquiry(start: str, conference: str, unnecessary: bool = False) -> dict[str, Any]:
    return {
        "strategy_discussion_on": _day(start),
        "conference_on": _day(conference),
        "is_conference_unnecessary": unnecessary,
    }


# code, table, its rows, the numbers of the rows that break the rule
DRAWN: list[tuple[str, str, Rows, list[int]]] = [
    ("8520", "children", [{"born_on": AS_AT}, {"born_on": date(2020, 9, 1)}, {}], [2]),
    ("8608", "assessments", _assessed(("A", "3 Aug", "2 Aug"), ("A", "3 Aug", "3 Aug"),
                                      ("A", "3 Aug", "")), [1]),
    # 26 June is 45 working days before Monday 31 August, a bank holiday; 25 June is 46.
    ("8670Q", "assessments", _assessed(("A", "26 Jun", ""), ("B", "25 Jun", ""),
                                       ("C", "25 Jun", "28 Aug")), [2]),
    ("8863Q", "assessments", _assessed(("A", "1 Jun", "10 Jun"), ("A", "9 Jun", "20 Jun"),
                                       ("A", "20 Jun", ""), ("B", "5 Jun", "6 Jun")), [2]),
    ("8615", "section_47_enquiries", [_enquiry("4 Aug", "3 Aug"), _enquiry("3 Aug", "3 Aug"),
                                      _enquiry("3 Aug", "")], [1]),
    # 7 August is 15 working days before 31 August; 6 August is 16.
    ("8675Q", "section_47_enquiries", [_enquiry("7 Aug", ""), _enquiry("6 Aug", ""),
                                       _enquiry("6 Aug", "", unnecessary=True),
                                       _enquiry("6 Aug", "20 Aug")], [2]),
    ("8740", "section_47_enquiries", [_enquiry("3 Aug", "10 Aug", unnecessary=True),
                                      _enquiry("3 Aug", "10 Aug")], [1]),
    # A Friday; a Saturday; VE day, moved from the 4th of May; the Monday it was moved from.
    ("8875", "initial_conferences", [{"held_on": _day(d)} for d in
                                     ("7 Aug", "8 Aug", "8 May", "4 May")], [2, 3]),
    ("8630", "need_episodes", _plans(("A", "3 Aug", "2 Aug"), ("A", "3 Aug", "3 Aug")), [1]),
    ("8805", "need_episodes", [{"ended_on": AS_AT}, {"ended_on": AS_AT, "closure_reason": "RC7"},
                               {}], [1]),
    ("8810", "need_episodes", [{"closure_reason": "RC7"},
                               {"ended_on": AS_AT, "closure_reason": "RC7"}], [1]),
    ("8815", "need_episodes", _plans(("A", "1 Jun", ""), ("A", "1 Jul", ""), ("B", "1 Jul", ""),
                                     ("C", "1 Jun", "2 Jun"), ("C", "1 Jul", "")), [2]),
    ("8820", "need_episodes", _plans(("A", "1 Jan", "1 Jul"), ("A", "1 Feb", "1 Mar"),
                                     ("A", "1 Jun", ""), ("B", "1 Jan", "1 Feb"),
                                     ("B", "1 Feb", "")), [2, 3]),
    ("8840", "child_protection_plans", _plans(("A", "3 Aug", "3 Aug"), ("A", "3 Aug", "4 Aug"),
                                              ("A", "3 Aug", "")), [1]),
    ("8841", "child_protection_plans", [{"started_on": _day("3 Aug"), "latest_review_on": _day(d)}
                                        for d in ("2 Aug", "3 Aug", "4 Aug", "")], [1, 2]),
    ("8925", "child_protection_plans", _plans(("A", "3 Aug", "2 Aug"), ("A", "3 Aug", "3 Aug")),
     [1]),
    ("8935", "child_protection_plans", _plans(("A", "1 Jul", ""), ("A", "1 Jun", ""),
                                              ("B", "1 Jun", "")), [1]),
    ("8940", "child_protection_plans", _plans(("A", "1 Jan", "1 Jul"), ("A", "1 Jun", ""),
                                              ("A", "1 Jul 2019", "1 Jan")), [2]),
    ("L01", "contacts", [{"contacted_on": AS_AT}, {"contacted_on": date(2020, 9, 1)}], [2]),
    ("L01", "conference_requests", [{"first_booked_for_on": date(2020, 9, 9)},
                                    {"held_on": date(2020, 9, 9)}], [2]),
    ("L02", "referrals", [{"referred_on": date(1984, 12, 31)}, {"referred_on": date(1985, 1, 1)},
                          {"referred_on": date(2046, 1, 1)}], [1, 3]),
    ("L03", "contacts", [{"contacted_on": AS_AT}, {"contacted_on": AS_AT, "source": "6"},
                         {"contacted_on": AS_AT}], [1, 3]),
    ("L04", "children", [{"child_id": "A"}, {"child_id": "B"}, {"child_id": "A"}], [1, 3]),
    ("L10", "early_help_assessments", _spans("started_on", "completed_on",
                                             ("A", "3 Aug", "2 Aug"), ("A", "3 Aug", "")), [1]),
    ("L11", "mash_decisions", [{"received_at": datetime(2020, 8, 3, 12),
                                "decided_at": datetime(2020, 8, 3, hour)} for hour in (11, 12)],
     [1]),
    ("L12", "conference_requests", [{"requested_on": _day("3 Aug"), "held_on": _day(d)}
                                    for d in ("2 Aug", "3 Aug", "")], [1]),
    ("L30", "periods_of_care", _care(("A", "3 Aug", "2 Aug"), ("A", "3 Aug", "")), [1]),
    ("L31", "periods_of_care", _care(("A", "1 Jan", "1 Jul"), ("A", "30 Jun", "")), [2]),
    ("L32", "periods_of_care", _care(("A", "1 Jan", ""), ("A", "1 Jun", "")), [2]),
    ("L35", "periods_of_care", [{"ceased_on": AS_AT}, {"reason_ceased": "E8"}, {},
                                {"ceased_on": AS_AT, "reason_ceased": "E8"}], [1, 2]),
    ("L36", "care_plans", [{"started_on": _day("3 Aug"), "authorised_on": _day(d)}
                           for d in ("2 Aug", "3 Aug", "")], [1]),
    ("L40", "adoptions", [{"decided_on": _day("3 Aug"), "placed_on": _day("2 Aug")},
                          {"placed_on": _day("3 Aug"), "ordered_on": _day("2 Aug")},
                          {"decided_on": _day("1 Aug"), "placed_on": _day("2 Aug"),
                           "ordered_on": _day("3 Aug")}, {}], [1, 2]),
]  # fmt: skip


def _broken(code: str, table: str, frames: Mapping[str, pl.DataFrame]) -> list[int]:
    rules = [rule for rule in RULES if rule.code == code and rule.table.__name__ == table]
    report = validate(frames, AS_AT, first_day=FIRST_DAY, rules=rules)
    assert [result.status for result in report.results] == [Status.RAN]
    return [place.row for place in report.results[0].broken]


@pytest.mark.parametrize(("code", "table", "rows", "broken"), DRAWN)
def test_a_rule_finds_the_rows_that_break_it(
    code: str, table: str, rows: Rows, broken: list[int]
) -> None:
    assert sorted(_broken(code, table, {table: _frame(table, rows)})) == broken


# The child was born on 31 August 2002 (A: 18 on the day), 1 September 2002 (B), 5 June 2020 (C).
BORN = {"A": date(2002, 8, 31), "B": date(2002, 9, 1), "C": date(2020, 6, 5)}
CHILDREN = _frame("children", [{"child_id": c, "born_on": day} for c, day in BORN.items()])
DRAWN_WITH_CHILDREN: list[tuple[str, str, Rows, list[int]]] = [
    ("L33", "periods_of_care", _care(("A", "1 Jan", ""), ("B", "1 Jan", ""),
                                     ("A", "1 Jan", "1 Aug"), ("D", "1 Jan", "")), [1]),
    ("L20", "child_protection_plans", _plans(("A", "1 Jan", ""), ("B", "1 Jan", "")), [1]),
    ("L34", "periods_of_care", _care(("C", "4 Jun", ""), ("C", "5 Jun", "")), [1]),
    # 280 days before 5 June 2020 is 30 August 2019.
    ("8606", "referrals", [{"child_id": "C", "referred_on": _day(d)}
                           for d in ("29 Aug 2019", "30 Aug 2019")], [1]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "table", "rows", "broken"), DRAWN_WITH_CHILDREN)
def test_a_rule_looks_up_the_child(code: str, table: str, rows: Rows, broken: list[int]) -> None:
    frames = {table: _frame(table, rows), "children": CHILDREN}
    assert _broken(code, table, frames) == broken


def test_a_plan_starts_on_the_day_of_a_conference() -> None:
    plans = _plans(("A", "3 Aug", ""), ("B", "3 Aug", ""), ("C", "3 Aug", ""), ("D", "28 Feb", ""))
    held = [("A", "3 Aug"), ("A", "1 Jun"), ("B", "4 Aug")]
    conferences = [{"child_id": child, "held_on": _day(day)} for child, day in held]
    frames = {
        "child_protection_plans": _frame("child_protection_plans", plans),
        "initial_conferences": _frame("initial_conferences", conferences),
    }
    # D's plan began before the lists do, so its conference cannot be in them.
    assert _broken("2885", "child_protection_plans", frames) == [2, 3]


def test_every_rule_has_its_drawing() -> None:
    drawn = {code for code, *_ in [*DRAWN, *DRAWN_WITH_CHILDREN]} | {"2885"}
    assert {rule.code for rule in RULES} == drawn


def test_a_rule_without_its_table_or_column_is_skipped_and_says_why() -> None:
    rules = [rule for rule in RULES if rule.code in ("8608", "2885", "8520")]
    frames = {
        "assessments": _frame("assessments", _assessed(("A", "3 Aug", "2 Aug"))),
        "child_protection_plans": _frame("child_protection_plans", []),
        "initial_conferences": _frame("initial_conferences", []),
    }
    report = validate(frames, AS_AT, missing_fields=["assessments.authorised_on"], rules=rules)
    assert {r.rule.code: (r.status, r.because) for r in report.results} == {
        "8520": (Status.SKIPPED, "there is no list for children"),
        "8608": (Status.SKIPPED, "there is no column for assessments.authorised_on"),
        "2885": (Status.SKIPPED, "it is not known from which day the lists begin"),
    }


def test_a_rule_that_crashes_says_so_and_the_others_run() -> None:
    sums_text = Rule(
        "L99", ERROR, "A rule that adds a text.", assessments, value(assessments.team) + 1 > AS_AT
    )
    good = next(rule for rule in RULES if rule.code == "8608")
    frames = {"assessments": _frame("assessments", _assessed(("A", "3 Aug", "2 Aug")))}
    report = validate(frames, AS_AT, rules=[sums_text, good])
    assert [result.status for result in report.results] == [Status.CRASHED, Status.RAN]
    assert len(report.results[1].broken) == 1


def test_a_rule_of_other_years_is_skipped() -> None:
    good = next(rule for rule in RULES if rule.code == "8608")
    later = Rule(**{**vars(good), "since": 2022})
    frames = {"assessments": _frame("assessments", [])}
    report = validate(frames, AS_AT, rules=[later])
    assert report.results[0].because == "it does not apply in 2020"


def test_a_rule_with_a_wrong_field_is_found_when_it_is_written() -> None:
    with pytest.raises(DefinitionFault) as wrong:
        Rule("L98", ERROR, "No such field.", assessments, pl.col("authorized_on").is_null())
    assert str(wrong.value) == (
        "There is no field 'authorized_on'.\n"
        "  Rule L98, table 'assessments'.\n"
        "  Did you mean 'authorised_on' or 'started_on'?"
    )


def test_a_lookup_tells_which_field_it_needs() -> None:
    lookup = Lookup("plan_starts", child_protection_plans.started_on)
    rule = Rule(
        "L97", ERROR, "x", assessments, pl.col("plan_starts").list.len() > 1, lookups=(lookup,)
    )
    assert rule.fields == ("child_protection_plans.started_on",)
