"""Takes the rows of one table of the Standard Safeguarding Dataset, every one taken or reported."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl

from lineofsight.journey.fields import Events
from lineofsight.returns.header import Header
from lineofsight.returns.issue import Kind, ReadingIssue
from lineofsight.returns.layout import Column
from lineofsight.returns.reading import ROW, SheetCells
from lineofsight.returns.rows import take_rows
from lineofsight.returns.ssd_cells import districts, in_standard_form, rows_issue
from lineofsight.returns.ssd_layout import SsdTable

_REPEATED = "A row that is the same as an earlier one is taken once."
_SAME_KEY = (
    "Of rows with the same key '{}' that say different things the first is taken: a key is meant "
    "to be of one row."
)
_POSTCODE = "_postcode"
# A rule by which a row is set aside: which rows, and the sentence that says so.
Aside = tuple[pl.Expr, str]


@dataclass(frozen=True)
class Opened:
    """One table of a delivery as text: its rows under the dataset's own field names.

    `texts` has the column 'row' (its place where it came from) and one column a field that was
    delivered. `issues` tells of columns and cells that belong to no field.
    """

    table: SsdTable
    file: str
    texts: pl.DataFrame
    issues: tuple[ReadingIssue, ...] = ()


@dataclass(frozen=True)
class Taken:
    """One table taken: journey rows by journey table, and the rows' texts for what links them.

    `rows_in` counts rows that hold anything; those between it and `rows_taken` are the issues of
    kinds NOT_TAKEN and SET_ASIDE.
    """

    table: SsdTable
    file: str
    texts: pl.DataFrame
    rows_in: int
    rows_taken: int
    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    described: pl.DataFrame | None = None
    issues: tuple[ReadingIssue, ...] = ()

    def frame(self, table: type[Events]) -> pl.DataFrame:
        """Give the rows of a journey table."""
        return self.frames[table.__name__]

    def text(self, **names: str) -> pl.DataFrame:
        """Give 'row' and the texts of some fields under new names, blank where not delivered."""
        shown = [
            pl.col(name).alias(new) if name in self.texts.columns else _blank(new)
            for new, name in names.items()
        ]
        return self.texts.select(ROW, *shown)

    def beside(self, table: type[Events], **names: str) -> pl.DataFrame:
        """Give the rows of a journey table with the texts of some fields beside them."""
        return self.frame(table).join(self.text(**names), on=ROW, how="left", maintain_order="left")

    def with_frame(self, table: type[Events], rows: pl.DataFrame, *issues: ReadingIssue) -> Taken:
        """Replace the rows of a journey table by rows that know more."""
        columns = self.frame(table).columns
        frames = {**self.frames, table.__name__: rows.select(columns)}
        return dataclasses.replace(self, frames=frames, issues=(*self.issues, *issues))


def _blank(name: str) -> pl.Expr:
    return pl.lit(None, pl.String).alias(name)


def take(
    opened: Opened,
    prepare: Callable[[pl.DataFrame], pl.DataFrame] = lambda texts: texts,
    asides: Sequence[Aside] = (),
) -> Taken:
    """Take the rows of a table.

    `prepare` may put columns beside the texts once they are in standard form; `asides` set rows
    aside by rules, in order.
    """
    table = opened.table
    texts, issues = in_standard_form(table, _with_every_name(opened.texts))
    texts = texts.filter(pl.any_horizontal(pl.exclude(ROW).is_not_null(), False))
    rows_in = texts.height
    texts, repeats = _without_repeats(table, texts)
    texts = prepare(texts)
    texts, aside = _without(table, texts, asides)
    issues = [*opened.issues, *issues, *repeats, *aside]
    taken = Taken(table, opened.file, texts, rows_in, texts.height, issues=tuple(issues))
    return _with_journey_rows(taken) if table.sheet.tables else _with_needed(taken)


def _with_every_name(texts: pl.DataFrame) -> pl.DataFrame:
    return texts.cast({name: pl.String for name in texts.columns if name != ROW})


def _without_repeats(
    table: SsdTable, texts: pl.DataFrame
) -> tuple[pl.DataFrame, list[ReadingIssue]]:
    key = [name for name in table.key if name in texts.columns]
    if len(key) < len(table.key):
        return texts, []
    has_key = pl.all_horizontal(pl.col(key).is_not_null())
    is_again = has_key & ~pl.struct(key).is_first_distinct()
    again = texts.filter(is_again)
    if again.is_empty():
        return texts, []
    fields = [name for name in texts.columns if name != ROW]
    same = texts.filter(~pl.struct(fields).is_first_distinct())[ROW]
    is_same = again[ROW].is_in(same.implode())
    shown = "', '".join(key)
    issues = [
        *rows_issue(table.name, "", Kind.SET_ASIDE, again[ROW].filter(is_same), _REPEATED),
        *rows_issue(
            table.name, "", Kind.SET_ASIDE, again[ROW].filter(~is_same), _SAME_KEY.format(shown)
        ),
    ]
    return texts.filter(~is_again), issues


def _without(
    table: SsdTable, texts: pl.DataFrame, asides: Sequence[Aside]
) -> tuple[pl.DataFrame, list[ReadingIssue]]:
    issues: list[ReadingIssue] = []
    for which, sentence in asides:
        is_aside = which.fill_null(False)
        issues += rows_issue(table.name, "", Kind.SET_ASIDE, texts.filter(is_aside)[ROW], sentence)
        texts = texts.filter(~is_aside)
    return texts, issues


def _with_needed(taken: Taken) -> Taken:
    """Of a table that only helps to read others, keep the rows that have what is needed."""
    texts, issues = taken.texts, list(taken.issues)
    for name in (column.header for column in taken.table.sheet.columns if column.is_needed):
        absent = texts.filter(pl.col(name).is_null())[ROW]
        issues += rows_issue(taken.table.name, name, Kind.NOT_TAKEN, absent)
        texts = texts.filter(pl.col(name).is_not_null())
    return dataclasses.replace(taken, texts=texts, rows_taken=texts.height, issues=tuple(issues))


def _with_journey_rows(taken: Taken) -> Taken:
    table, texts = taken.table, taken.texts
    columns = [column for column in table.sheet.columns if column.header in texts.columns]
    places = {column.header: str(place) for place, column in enumerate(columns, start=1)}
    cells, unreadable = _cut(texts, columns, places)
    header = Header(0, tuple((column, places[column.header]) for column in columns))
    rows = take_rows(table.sheet, header, SheetCells(table.name, cells, unreadable), taken.file)
    main = table.sheet.tables[0].__name__
    frames, lacking = _with_what_they_need(table, rows.frames, main)
    return dataclasses.replace(
        taken,
        rows_taken=frames[main].height,
        frames=frames,
        described=rows.described,
        issues=(*taken.issues, *rows.issues, *lacking),
    )


def _cut(
    texts: pl.DataFrame, columns: Sequence[Column], places: dict[str, str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Put the texts into numbered cells, of a postcode only its first half."""
    cells, failed = [texts[ROW]], [pl.DataFrame(schema={ROW: pl.Int64, "column": pl.Int64})]
    for column in columns:
        values = texts[column.header]
        if column.header.endswith(_POSTCODE) and column.fields:
            values, is_none = districts(values)
            rows = texts[ROW].filter(is_none)
            place = pl.Series("column", [int(places[column.header])] * len(rows), pl.Int64)
            failed.append(pl.DataFrame([rows, place]))
        cells.append(values.alias(places[column.header]))
    return pl.DataFrame(cells), pl.concat(failed)


def _with_what_they_need(
    table: SsdTable, frames: dict[str, pl.DataFrame], main: str
) -> tuple[dict[str, pl.DataFrame], list[ReadingIssue]]:
    issues: list[ReadingIssue] = []
    kept = frames[main]
    for name in table.needs:
        header = next(
            c.header for c in table.sheet.columns if any(f.name == name for f in c.fields)
        )
        absent = kept.filter(pl.col(name).is_null())[ROW]
        issues += rows_issue(table.name, header, Kind.NOT_TAKEN, absent)
        kept = kept.filter(pl.col(name).is_not_null())
    return {**frames, main: kept}, issues
