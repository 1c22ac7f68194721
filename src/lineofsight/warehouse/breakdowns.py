"""Give every row the groups it is counted in, and cut spans where a child changes its group.

Groups are numbers, 0 for what is not recorded, so that engines group by small integers; their words
stand beside. What a child was on a day is looked up in a *timeline*: the days on which it changed,
sorted, with child and day in one number so that one binary search serves all rows at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from lineofsight.journey.breakdowns import NOT_RECORDED, Breakdown
from lineofsight.journey.derived import EVERY
from lineofsight.reference.codes import code_sets
from lineofsight.reference.periods import MONTH_END, Closing
from lineofsight.reference.working_days import calendar

Whole = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
Frames = Mapping[str, pl.DataFrame]
# Days since the year 1 need 20 bits until the year 2870.
DAY = 1 << 20
# The tables that say what a child was on a day.
GROUPING_TABLES = frozenset(
    ("children", "residences", "need_episodes", "care_episodes", "periods_of_care")
)
AGES = (
    (0, "Under 1"),
    (1, "1 to 4"),
    (5, "5 to 9"),
    (10, "10 to 15"),
    (16, "16 and 17"),
    (18, "18 and over"),
)
UNBORN = "Unborn"
DISABLED, NOT_DISABLED = "Disabled", "No disability recorded"
ETHNIC_GROUPS = {
    "W": "White",
    "M": "Mixed or multiple",
    "A": "Asian or Asian British",
    "C": "Asian or Asian British",
    "B": "Black or Black British",
    "O": "Other ethnic group",
}
_EXCEPTIONS = {"BOTH": "Black or Black British"}
A_YEAR = 12 * 32  # on the month_day scale


@dataclass(frozen=True)
class Wanted:
    """What is asked of one table.

    `dates` are the fields as of which events are grouped; `spans` the (start, end) fields of its
    stocks; `columns` what statements read of it, integers of dates included.
    """

    table: str
    dates: frozenset[str]
    spans: frozenset[tuple[str, str]]
    columns: frozenset[str]


@dataclass(frozen=True)
class BrokenDown:
    """Tables for an engine with a column of numbers for each group, and the numbers' words."""

    tables: Mapping[str, pl.DataFrame]
    words: Mapping[str, tuple[str, ...]]


def column_at(breakdown: str, date: str) -> str:
    """The column that holds the groups of a breakdown as of a date."""
    return f"by_{breakdown}_at_{date}"


def broken_down(
    frames: Frames,
    wanted: Sequence[Wanted],
    breakdowns: Sequence[Breakdown],
    last_day: date,
    closing: Closing = MONTH_END,
) -> BrokenDown:
    """Prepare tables for statements that group: events as they are, stocks as `<table>_cut`.

    Changes after `last_day` need no cut; months are those that close on the closing day.
    """
    groups = _Groups(frames, breakdowns)
    tables: dict[str, pl.DataFrame] = {}
    for one in wanted:
        frame = frames[one.table]
        if one.dates:
            tables[one.table] = _with_events(one, frame, groups)
        if one.spans:
            stretches = _cut(one, frame, last_day.toordinal(), groups)
            tables[f"{one.table}_cut"] = _stretches(one, stretches, groups, closing)
    return BrokenDown(tables, {name: tuple(words) for name, words in groups.words.items()})


@dataclass(frozen=True)
class _Timeline:
    """On which days children passed into which group: sorted keys of child and day."""

    keys: Whole
    groups: Whole

    @classmethod
    def of(cls, children: Whole, days: Whole, groups: Whole) -> _Timeline:
        """Of several changes on one day the last one given stands."""
        keys = children * DAY + days
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], groups[order])

    def at(self, children: Whole, days: Whole) -> Whole:
        """The groups of children on days; 0 before the first change and where a day is blank."""
        if not len(self.keys):
            return np.zeros(len(children), np.int64)
        position = np.searchsorted(self.keys, children * DAY + days, side="right") - 1
        found = np.where(self.keys[position] // DAY == children, self.groups[position], 0)
        return np.where((position >= 0) & (children >= 0), found, 0)


class _Groups:
    """The groups of all breakdowns asked for, worked out once for all tables."""

    def __init__(self, frames: Frames, breakdowns: Sequence[Breakdown]) -> None:
        self.breakdowns = tuple(breakdowns)
        self.words: dict[str, list[str]] = {}
        self._numbers: dict[str, dict[str, int]] = {}
        people = frames["children"].unique("child_id", keep="first", maintain_order=True)
        self._people = people.select("child_id").with_row_index("child")
        for one in breakdowns:
            self._begin(one)
        names = {one.name for one in breakdowns}
        fixed = names & {"sex", "ethnicity", "disability"}
        self._fixed = {name: self._of_child(name, people) for name in sorted(fixed)}
        makers: dict[str, Callable[[], _Timeline]] = {
            "age_band": lambda: self._ages(people),
            "ward": lambda: self._spans("ward", frames["residences"], "ward"),
            "locality": lambda: self._spans("locality", frames["residences"], "locality"),
            "need": lambda: self._spans("need", frames["need_episodes"], "primary_need"),
            "legal_status": lambda: self._in_care(frames, "legal_status", "legal_status"),
            "placement": lambda: self._in_care(frames, "placement", "placement_type"),
        }
        self._changing = {name: make() for name, make in makers.items() if name in names}
        self._all_changes = cache(self._find_changes)

    def _begin(self, one: Breakdown) -> None:
        """Number the words known beforehand, so that they are numbered alike everywhere."""
        self.words[one.name], self._numbers[one.name] = [NOT_RECORDED], {NOT_RECORDED: 0}
        known = {
            "age_band": (UNBORN, *(word for _, word in AGES)),
            "ethnicity": tuple(ETHNIC_GROUPS.values()),
            "disability": (DISABLED, NOT_DISABLED),
        }.get(one.name, tuple(_words_of(one.code_set).values()) if one.code_set else ())
        for word in known:
            self._number(one.name, word)

    def of(self, table: str) -> tuple[Breakdown, ...]:
        return tuple(one for one in self.breakdowns if one.applies_to(table))

    def children(self, frame: pl.DataFrame) -> Whole:
        """The number of each row's child; -1 for a child without a record, or for no child."""
        if "child_id" not in frame.columns:
            return np.full(frame.height, -1, np.int64)
        joined = frame.select("child_id").join(
            self._people, on="child_id", how="left", maintain_order="left"
        )
        return joined["child"].cast(pl.Int64).fill_null(-1).to_numpy()

    def at(self, one: Breakdown, frame: pl.DataFrame, children: Whole, days: Whole) -> Whole:
        """The groups of a table's rows as of days."""
        if one.own and one.own in frame.columns:
            return self._numbered(one.name, frame[one.own])
        if one.name in self._fixed:
            # The child number -1, of nobody known, is the place after the last.
            return np.append(self._fixed[one.name], 0)[children]
        return self._changing[one.name].at(children, days)

    def changes(self, table: str) -> Whole:
        """All days on which a child of a table passes from one group to another, as sorted keys."""
        columns = EVERY[table].table.columns
        names = {one.name for one in self.of(table) if one.own not in columns}
        return self._all_changes(frozenset(names & self._changing.keys()))

    def _find_changes(self, names: frozenset[str]) -> Whole:
        keys = [np.zeros(0, np.int64), *(self._changing[name].keys for name in sorted(names))]
        # A sort of what is sorted in parts; numpy's own way to different values is a hash.
        found = np.sort(np.concatenate(keys), kind="stable")
        return found[np.append(True, found[1:] != found[:-1])] if len(found) else found

    def _numbered(self, name: str, values: pl.Series) -> Whole:
        """Number a column's different words, the same word alike in every table."""
        different = values.unique().drop_nulls().sort()
        known = [self._number(name, self._worded(name, value)) for value in different]
        replaced = values.replace_strict(
            different, pl.Series(known, dtype=pl.Int64), default=0, return_dtype=pl.Int64
        )
        return replaced.fill_null(0).to_numpy()

    def _number(self, name: str, word: str) -> int:
        numbers = self._numbers[name]
        if word not in numbers:
            numbers[word] = len(self.words[name])
            self.words[name].append(word)
        return numbers[word]

    def _worded(self, name: str, value: str) -> str:
        if name == "ethnicity":
            return _EXCEPTIONS.get(value, ETHNIC_GROUPS.get(value[:1], NOT_RECORDED))
        breakdown = next((b for b in self.breakdowns if b.name == name), None)
        if breakdown is None or not breakdown.code_set:
            return value
        return _words_of(breakdown.code_set).get(value, value)

    def _of_child(self, name: str, people: pl.DataFrame) -> Whole:
        if name == "disability":
            said = pl.when("has_disability").then(pl.lit(DISABLED)).otherwise(pl.lit(NOT_DISABLED))
            return self._numbered(name, people.select(said.alias(name))[name])
        return self._numbered(name, people[name])

    def _ages(self, people: pl.DataFrame) -> _Timeline:
        """Birthdays on which a child passes into an age band, and the time before birth."""
        numbers = self._numbers["age_band"]
        known = people.with_row_index("child").filter(
            pl.col("born_on").is_not_null() | pl.col("expected_on").is_not_null()
        )
        children = known["child"].cast(pl.Int64).to_numpy()
        lines = [(children, np.ones(len(children), np.int64), numbers[UNBORN])]
        born = known.filter(pl.col("born_on").is_not_null())
        who = born["child"].cast(pl.Int64).to_numpy()
        on = born["born_on_month_day"].to_numpy()
        lines += [(who, _first_day_of(on + A_YEAR * age), numbers[word]) for age, word in AGES]
        return _Timeline.of(
            np.concatenate([who for who, _, _ in lines]),
            np.concatenate([days for _, days, _ in lines]),
            np.concatenate([np.full(len(who), number) for who, _, number in lines]),
        )

    def _in_care(self, frames: Frames, name: str, field: str) -> _Timeline:
        """Of episodes where they were delivered, else of whole periods by their latest state."""
        episodes = frames["care_episodes"]
        if episodes.height:
            return self._spans(name, episodes, field)
        periods = frames["periods_of_care"].with_columns(ended_on_day=pl.col("ceased_on_day"))
        return self._spans(name, periods, field)

    def _spans(self, name: str, frame: pl.DataFrame, field: str) -> _Timeline:
        """Spans in a group: into it when one starts, into none when it ends and no other starts."""
        spans = frame.filter(pl.col("started_on_day").is_not_null()).sort(
            "started_on_day", maintain_order=True
        )
        children = self.children(spans)
        groups = self._numbered(name, spans[field])
        ended = spans["ended_on_day"].is_not_null().to_numpy()
        ends = spans["ended_on_day"].drop_nulls().to_numpy()
        # Ends come first, so that what starts on the day another ends stands.
        return _Timeline.of(
            np.concatenate([children[ended], children]),
            np.concatenate([ends, spans["started_on_day"].to_numpy()]),
            np.concatenate([np.zeros(len(ends), np.int64), groups]),
        )


def _words_of(name: str) -> dict[str, str]:
    return {code.code: code.label for code in code_sets()[name].codes}


def _first_day_of(month_days: Whole) -> Whole:
    """The first day whose number is reached: 1 March for a birthday on 29 February."""
    days = calendar()
    position = np.searchsorted(days.month_day, month_days)
    return days.day[np.minimum(position, len(days.day) - 1)]


def _with_events(one: Wanted, frame: pl.DataFrame, groups: _Groups) -> pl.DataFrame:
    children = groups.children(frame)
    columns = []
    for dated in sorted(one.dates):
        days = frame[f"{dated}_day"].fill_null(0).to_numpy()
        for breakdown in groups.of(one.table):
            numbers = groups.at(breakdown, frame, children, days)
            name = column_at(breakdown.name, dated)
            columns.append(pl.Series(name, numbers.astype(np.int16)))
    return frame.select(sorted(one.columns)).with_columns(columns)


@dataclass(frozen=True)
class _Stretches:
    """Rows repeated for every stretch: the row, its child, its first day, whether the last one."""

    rows: pl.DataFrame
    children: Whole
    from_day: Whole
    is_first: Truths
    is_last: Truths


def _cut(one: Wanted, frame: pl.DataFrame, last_day: int, groups: _Groups) -> _Stretches:
    """Each row once for every stretch between two changes of its child."""
    starts = pl.min_horizontal(f"{start}_day" for start, _ in one.spans)
    ends = pl.min_horizontal(
        pl.max_horizontal(pl.col(f"{end}_day").fill_null(last_day) for _, end in one.spans),
        pl.lit(last_day),
    )
    rows = frame.with_columns(first_day=starts, end_day=ends).drop_nulls("first_day")
    children, keys = groups.children(rows), groups.changes(one.table)
    first = rows["first_day"].to_numpy()
    low = np.searchsorted(keys, children * DAY + first, side="right")
    high = np.searchsorted(keys, children * DAY + rows["end_day"].to_numpy(), side="right")
    count = np.where(children >= 0, np.maximum(high - low, 0), 0) + 1
    row = np.repeat(np.arange(len(first)), count)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    from_day = first[row]
    from_day[nth > 0] = keys[(low[row] + nth - 1)[nth > 0]] % DAY
    return _Stretches(rows[row], children[row], from_day, nth == 0, nth == count[row] - 1)


def _stretches(one: Wanted, cut: _Stretches, groups: _Groups, closing: Closing) -> pl.DataFrame:
    """The columns that statements read, the groups, and the months each stretch holds between."""
    months = _months_of(cut.from_day, closing)
    by = [
        pl.Series(f"by_{each.name}", groups.at(each, cut.rows, cut.children, cut.from_day))
        for each in groups.of(one.table)
    ]
    never = pl.lit(None, pl.Int64())
    following = pl.Series(np.append(months[1:], 0))
    return cut.rows.select(sorted(one.columns)).with_columns(
        *(numbers.cast(pl.Int16()) for numbers in by),
        cut_opens_month=pl.Series(np.where(cut.is_first, 0, months)),
        cut_closes_month=pl.when(pl.Series(cut.is_last)).then(never).otherwise(following),
    )


def _months_of(days: Whole, closing: Closing) -> Whole:
    known = calendar()
    position = np.clip(days - known.day[0], 0, len(known.day) - 1)
    months: Whole = (known.month_day[position] + 31 - closing.day) // 32
    return months
