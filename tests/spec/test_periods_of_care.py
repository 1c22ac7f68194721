"""The rules by which episodes become periods of care, a drawn table each."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from lineofsight.journey.tables import care_episodes
from lineofsight.returns.conversion import POLARS_TYPES
from lineofsight.returns.periods_of_care import RULES, Rebuilt, rebuild
from lineofsight.returns.rows import delivered_fields

SCHEMA = {n: POLARS_TYPES[f.info["kind"]] for n, f in delivered_fields(care_episodes).items()}
COLUMNS = ("child_id", "reason_started", "started_on", "ended_on", "reason_ended")


def day(text: str) -> date | None:
    """Read '1/4' as 1 April 2020; '-' is a blank."""
    if text == "-":
        return None
    number, month = text.split("/")
    return date(2020, int(month), int(number))


def drawn(table: str, **same: Any) -> pl.DataFrame:
    """Draw episodes: child, reason for the start, start, end, reason for the end, legal status."""
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(table.strip().splitlines(), start=2):
        child, began, start, end, ceased, *status = line.split()
        cells = (child, None if began == "-" else began, day(start), day(end))
        row = dict(zip(COLUMNS, (*cells, None if ceased == "-" else ceased), strict=True))
        rows.append({**row, "legal_status": status[0] if status else "C2", "row": number, **same})
    schema = {**SCHEMA, "file": pl.String(), "sheet": pl.String(), "row": pl.Int64()}
    return pl.DataFrame(rows, schema=schema)


def told(day: date | None) -> str:
    return f"{day.day}/{day.month}" if day else "-"


def periods(rebuilt: Rebuilt) -> list[str]:
    """Write the periods as drawn: child, start, end, reason."""
    fields = ("child_id", "started_on", "ceased_on", "reason_ceased")
    return [
        f"{child} {told(start)} {told(end)} {reason or '-'}"
        for child, start, end, reason in rebuilt.periods.select(fields).rows()
    ]


def repairs(rebuilt: Rebuilt) -> dict[str, tuple[int, ...]]:
    """The rows that each rule touched."""
    return {repair.rule: repair.rows for repair in rebuilt.repairs}


CASES: dict[str, tuple[str, list[str], dict[str, tuple[int, ...]]]] = {
    "a chain joined by X1 is one period": (
        """
        A S 1/4 1/5 X1
        A P 1/5 1/6 X1
        A L 1/6 1/7 E4A
        """,
        ["A 1/4 1/7 E4A"],
        {},
    ),
    "an open end is still in care": ("A S 1/4 - -", ["A 1/4 - -"], {}),
    "rows in any order are the same chain": (
        """
        A L 1/6 - -
        B S 2/4 - -
        A S 1/4 1/6 X1
        """,
        ["A 1/4 - -", "B 2/4 - -"],
        {},
    ),
    "leaving and starting again on the same day are two periods": (
        """
        A S 1/4 1/5 E4B
        A S 1/5 - -
        """,
        ["A 1/4 1/5 E4B", "A 1/5 - -"],
        {},
    ),
    "leaving and starting again the next day are two periods": (
        """
        A S 1/4 1/5 E4B
        A S 2/5 - -
        """,
        ["A 1/4 1/5 E4B", "A 2/5 - -"],
        {},
    ),
    "exact_duplicate": (
        """
        A S 1/4 1/5 E4A
        A S 1/4 1/5 E4A
        """,
        ["A 1/4 1/5 E4A"],
        {"exact_duplicate": (3,)},
    ),
    "ends_before_it_starts": (
        """
        A S 1/5 1/4 E4A
        A S 1/6 - -
        """,
        ["A 1/6 - -"],
        {"ends_before_it_starts": (2,)},
    ),
    "same_start": (
        """
        A S 1/4 1/6 E4A
        A S 1/4 1/5 E3
        B S 1/4 1/5 E3
        B S 1/4 1/5 E4A
        C S 1/4 - -
        C S 1/4 1/5 E3
        """,
        ["A 1/4 1/6 E4A", "B 1/4 1/5 E4A", "C 1/4 - -"],
        {"same_start": (3, 4, 7)},
    ),
    "an open one of two starts lasts to the next start, which may be the shorter": (
        """
        A S 1/4 1/7 E4A
        A S 1/4 - -
        A P 1/5 1/6 E3
        """,
        ["A 1/4 1/7 E4A"],
        {"same_start": (3,), "overlap": (4,)},
    ),
    "short_breaks_apart": (
        """
        A S 1/4 3/4 E8 V3
        A S 8/4 10/4 E8 V3
        A S 9/4 - - C2
        B S 1/4 3/4 E8 V4
        B S 8/4 10/4 X1 V4
        B L 10/4 12/4 E8 V3
        """,
        ["A 9/4 - -", "A 1/4 3/4 E8", "A 8/4 10/4 E8", "B 1/4 3/4 E8", "B 8/4 12/4 E8"],
        {"short_breaks_apart": (2, 3)},
    ),
    "missing_end": (
        """
        A S 1/4 - -
        A P 1/5 - -
        A S 1/6 - -
        """,
        ["A 1/4 1/6 -", "A 1/6 - -"],
        {"missing_end": (2, 3)},
    ),
    "missing_end with a reason": (
        """
        A S 1/4 - E4A
        A S 1/6 - -
        """,
        ["A 1/4 1/6 E4A", "A 1/6 - -"],
        {"missing_end": (2,)},
    ),
    "returns_before_leaving": (
        """
        A S 1/4 5/5 E4A
        A S 1/5 1/6 E3
        """,
        ["A 1/4 1/5 E4A", "A 1/5 1/6 E3"],
        {"returns_before_leaving": (2,)},
    ),
    "a return that ends before the leaving is no return": (
        """
        A S 1/4 1/7 E4A
        A S 1/5 1/6 E3
        """,
        ["A 1/4 1/7 E4A"],
        {"overlap": (3,)},
    ),
    "overlap": (
        """
        A S 1/4 5/5 X1
        A P 1/5 1/6 E4A
        B S 1/4 1/9 X1
        B P 1/5 1/6 X1
        B P 1/8 1/10 E3
        """,
        ["A 1/4 1/6 E4A", "B 1/4 1/10 E3"],
        {"overlap": (3, 5, 6)},
    ),
    "gap_of_a_day": (
        """
        A S 1/4 30/4 X1
        A P 1/5 1/6 E4A
        """,
        ["A 1/4 1/6 E4A"],
        {"gap_of_a_day": (3,)},
    ),
    "longer_gap": (
        """
        A S 1/4 29/4 X1
        A P 1/5 1/6 E4A
        B S 1/4 30/4 X1
        B S 1/5 1/6 E4A
        """,
        ["A 1/4 29/4 X1", "A 1/5 1/6 E4A", "B 1/4 30/4 X1", "B 1/5 1/6 E4A"],
        {"longer_gap": (3, 5)},
    ),
    "start_within_care": (
        """
        A S 1/4 1/5 X1
        A S 1/5 1/6 E4A
        """,
        ["A 1/4 1/6 E4A"],
        {"start_within_care": (3,)},
    ),
    "continues_after_leaving": (
        """
        A S 1/4 1/5 E4A
        A P 1/5 1/6 E3
        B S 1/4 1/5 E4A
        B P 2/5 1/6 E3
        """,
        ["A 1/4 1/5 E4A", "A 1/5 1/6 E3", "B 1/4 1/5 E4A", "B 2/5 1/6 E3"],
        {"continues_after_leaving": (3, 5)},
    ),
    "continued_by_nothing": (
        "A S 1/4 1/5 X1",
        ["A 1/4 1/5 X1"],
        {"continued_by_nothing": (2,)},
    ),
    "end_without_reason": (
        """
        A S 1/4 1/5 -
        A P 1/5 1/6 E4A
        B S 1/4 1/5 -
        B S 1/5 1/6 E4A
        C S 1/4 1/5 -
        """,
        ["A 1/4 1/6 E4A", "B 1/4 1/5 -", "B 1/5 1/6 E4A", "C 1/4 1/5 -"],
        {"end_without_reason": (2, 4, 6)},
    ),
    "reason_without_end": (
        "A S 1/4 - E4A",
        ["A 1/4 - -"],
        {"reason_without_end": (2,)},
    ),
    "start_not_delivered": (
        """
        A L 1/4 1/5 X1
        A P 1/5 - -
        B - 1/4 - -
        """,
        ["A 1/4 - -", "B 1/4 - -"],
        {"start_not_delivered": (2, 4)},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_rule(name: str) -> None:
    table, expected, touched = CASES[name]
    rebuilt = rebuild(drawn(table))
    assert periods(rebuilt) == expected
    assert repairs(rebuilt) == touched


def test_every_rule_has_a_drawn_table_of_its_name() -> None:
    assert [rule.name for rule in RULES if rule.name not in CASES] == []


def test_a_period_says_what_its_last_episode_says_and_comes_from_its_first() -> None:
    episodes = drawn("A S 1/4 1/5 X1 V2\nA L 1/5 1/6 E4A C1").with_columns(
        placement_type=pl.Series(["K2", "U4"]), placement_provider=pl.Series(["PR4", "PR1"])
    )
    (period,) = rebuild(episodes).periods.to_dicts()
    assert (period["legal_status"], period["placement_type"]) == ("C1", "U4")
    assert (period["placement_provider"], period["row"]) == ("PR1", 2)


def test_no_episodes_are_no_periods() -> None:
    rebuilt = rebuild(drawn(""))
    assert (rebuilt.periods.height, rebuilt.repairs) == (0, ())


def test_a_repair_reads_aloud() -> None:
    (repair,) = rebuild(drawn("A S 1/4 1/5 E4A\nA S 1/4 1/5 E4A")).repairs
    assert str(repair) == (
        "'episodes': 1 row (row 3). An episode that is the same as an earlier row in every "
        "field is counted once."
    )


def _wild_episodes(draw: random.Random) -> pl.DataFrame:
    lines = []
    for _ in range(draw.randint(1, 7)):
        start = date(2020, 4, 1) + timedelta(draw.randint(0, 40))
        end = start + timedelta(draw.choice([0, 1, 2, 10, 40, -3]))
        end_word = draw.choice([told(end), told(end), "-"])
        began, ceased = draw.choice("SPLB-"), draw.choice(["X1", "E4A", "-"])
        status = draw.choice(["C2", "C2", "C2", "V3"])
        lines.append(f"{draw.choice('AB')} {began} {told(start)} {end_word} {ceased} {status}")
    return drawn("\n".join(lines))


def _days(rows: list[tuple[str, date, date | None]]) -> set[tuple[str, date]]:
    """Every day in care of every child, up to the end of a window that no drawn date leaves."""
    last = date(2020, 12, 31)
    return {
        (child, start + timedelta(n))
        for child, start, end in rows
        for n in range(((end or last) - start).days)
    }


def _by_hand(episodes: pl.DataFrame) -> list[tuple[str, date, date | None]]:
    """What the rules leave of each episode, one at a time in plain Python."""
    rows = [
        r for r in episodes.to_dicts() if not (r["ended_on"] and r["ended_on"] < r["started_on"])
    ]
    spans = []
    for row in rows:
        same = [
            other["started_on"]
            for other in rows
            if other["child_id"] == row["child_id"]
            and (other["legal_status"] == "V3") == (row["legal_status"] == "V3")
            and other["started_on"] > row["started_on"]
        ]
        end = row["ended_on"] or min(same, default=None)
        spans.append((row["child_id"], row["started_on"], end))
    return spans


@pytest.mark.parametrize("seed", range(300))
def test_no_day_in_care_is_lost_and_only_single_days_are_added(seed: int) -> None:
    episodes = _wild_episodes(random.Random(seed))
    rebuilt = rebuild(episodes)
    kept = rebuilt.periods.select("child_id", "started_on", "ceased_on").rows()
    delivered, covered = _days(_by_hand(episodes)), _days(kept)
    assert delivered - covered == set()
    joined = rebuilt.repairs and repairs(rebuilt).get("gap_of_a_day", ())
    assert len(covered - delivered) <= len(joined or ())
