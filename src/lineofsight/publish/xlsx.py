"""The paper as a workbook: one tidy table a sheet, marked up, nothing merged and nothing hidden.

It follows the Analysis Function, "Releasing statistics in spreadsheets": cover, contents, notes,
one table a sheet with one header row, no blank rows, symbols explained. What a reader sees as text
('73%', 'c') stays text; the values of trends, which are numbers in the paper, are numbers here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from lineofsight.overview.overview import ComparatorLine, DatasetRow, Item, Overview, Sentence
from lineofsight.publish import arrangement, standing_rows, summary_rows
from lineofsight.publish.style import INK, NAVY, OFFICE_FONT
from lineofsight.publish.writing import writable, write_whole

Value = str | float | None

_LINE_HEIGHT = 16.0
_TITLE_HEIGHT = 28.0

# XlsxWriter ships no types of its own.
Workbook = Any
Worksheet = Any
Format = Any


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the workbook: its sheet, its title, one line about it, headings and rows."""

    name: str
    title: str
    about: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def table_name(self) -> str:
        return self.name.replace(" ", "_")


def write(overview: Overview, path: Path) -> None:
    """Write the paper as one workbook; the same paper gives the same bytes.

    Raises UsageFault where the file cannot be written.
    """
    write_whole(path, render(overview))


def render(overview: Overview) -> bytes:
    """The paper as the bytes of a workbook."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_numbers": False}) as book:
        _describe(book, overview)
        formats = _Formats(book)
        _cover(book, overview, formats)
        tables = [sheet for sheet in sheets(overview) if sheet.rows]
        _contents(book, tables, formats)
        for sheet in tables:
            _table(book, sheet, formats)
    return made.getvalue()


def sheets(overview: Overview) -> tuple[Sheet, ...]:
    """Every table of the workbook, as data; a table without rows gets no sheet."""
    return (
        _summary(overview),
        _notes(overview),
        _headlines(overview),
        _findings(overview),
        _sentences(overview),
        _dataset(overview),
        _comparators(overview),
        _trends(overview),
        _charted(overview),
        _near_misses(overview),
        _way(overview),
        _standings(overview),
        _funnels(overview),
        _restated(overview),
        _not_measured(overview),
    )


def _summary(overview: Overview) -> Sheet:
    name, about = arrangement.SUMMARY, "All that the first page of the paper says, a row a line."
    rows = summary_rows.rows(overview)
    return Sheet(name, name, about, summary_rows.HEADINGS, summary_rows.WIDTHS, rows)


def _notes(overview: Overview) -> Sheet:
    rows: list[tuple[Value, ...]] = [
        (note.title, paragraph) for note in overview.notes for paragraph in note.paragraphs
    ]
    rows += arrangement.glossary(overview)
    rows += [("Symbols", f"{arrangement.BLANK}: there is no figure.")]
    rows += [(section.title, section.introduction) for section in overview.sections]
    if arrangement.has_restated(overview):
        rows += [(arrangement.RESTATED, overview.restated_note)]
    about, headings = "Method, sources and symbols.", ("Subject", "Note")
    return Sheet("Notes", "Notes", about, headings, (28, 100), tuple(rows))


def _headlines(overview: Overview) -> Sheet:
    rows = tuple((float(i), line) for i, line in enumerate(overview.headlines, start=1))
    return Sheet(
        "Headlines", "Headlines", "One line a figure.", ("Number", "Headline"), (10, 110), rows
    )


def _items(overview: Overview) -> Iterable[tuple[str, Item]]:
    return ((section.title, item) for section in overview.sections for item in section.items)


def _findings(overview: Overview) -> Sheet:
    rows = tuple(
        (
            place,
            float(item.number),
            item.name,
            item.polarity,
            f.label,
            f.text,
            f.detail,
            f.basis,
            item.definition,
        )
        for place, item in _items(overview)
        for f in item.figures
    )
    headings = (
        "Section",
        "Number",
        "Indicator",
        "Which way is good",
        "Period",
        "Figure",
        "Of how many",
        "How it is formed",
        "How it is counted",
    )
    return Sheet(
        "Findings",
        "Positive areas and areas for development: the figures",
        "One row for each figure of each numbered indicator.",
        headings,
        (24, 9, 60, 26, 26, 14, 30, 36, 80),
        rows,
    )


def _sentences(overview: Overview) -> Sheet:
    rows = [_said("Summary", "", sentence) for sentence in overview.summary]
    rows += [_said(place, i.name, s) for place, i in _items(overview) for s in i.sentences]
    rows += [
        _said(chapter.title, row.name, sentence)
        for chapter in overview.dataset
        for row in chapter.rows
        for sentence in row.sentences
    ]
    headings = ("Section", "Indicator", "Kind of sentence", "Text", "Attribution")
    return Sheet(
        "Sentences",
        "What is said, and who says it",
        "Computed from the figures, an officer's comment, or an action.",
        headings,
        (24, 50, 26, 100, 50),
        tuple(rows),
    )


def _said(section: str, indicator: str, sentence: Sentence) -> tuple[Value, ...]:
    by = arrangement.attribution(sentence)
    return (section, indicator, sentence.kind.value, sentence.text, by)


def _dataset(overview: Overview) -> Sheet:
    columns = arrangement.columns(overview)
    parts = tuple(
        f"{column}: {part}"
        for column in columns
        for part in ("figure", "of how many", "how it is formed")
    )
    headings = ("Chapter", "Indicator", "Which way is good", *parts, "Finding", "Trend in words")
    rows = tuple(
        (
            chapter.title,
            row.name,
            row.polarity,
            *_figures(overview, row),
            row.verdict,
            row.trend_description,
        )
        for chapter in overview.dataset
        for row in chapter.rows
    )
    widths = (22, 60, 26, *(18, 28, 32) * len(columns), 22, 80)
    return Sheet(
        "Dataset", arrangement.DATASET, "One row for each indicator.", headings, widths, rows
    )


def _figures(overview: Overview, row: DatasetRow) -> Iterable[Value]:
    for cell in arrangement.figure_cells(overview, row):
        if cell is None:
            yield from (arrangement.BLANK, "", "")
        else:
            basis = f"{cell.label}; {cell.figure.basis}" if cell.label else cell.figure.basis
            yield from (cell.figure.text, cell.figure.detail, basis)


def _comparators(overview: Overview) -> Sheet:
    rows = [
        _compared(place, i.name, line) for place, i in _items(overview) for line in i.comparators
    ]
    rows += [
        _compared(chapter.title, row.name, line)
        for chapter in overview.dataset
        for row in chapter.rows
        for line in row.comparators
    ]
    headings = (
        "Section",
        "Indicator",
        "Area",
        "Area name",
        "Figure",
        "Period",
        "Comparison",
        "Source",
    )
    return Sheet(
        "Comparators",
        "Published figures to compare with",
        "One row for each comparator of each indicator.",
        headings,
        (24, 60, 24, 32, 14, 24, 40, 70),
        tuple(rows),
    )


def _compared(section: str, name: str, line: ComparatorLine) -> tuple[Value, ...]:
    return (
        section,
        name,
        line.area,
        line.area_name,
        line.text,
        line.period,
        line.verdict,
        line.source,
    )


def _trends(overview: Overview) -> Sheet:
    rows = tuple(
        (chapter.title, row.name, period, value)
        for chapter in overview.dataset
        for row in chapter.rows
        for period, value in zip(_trend_periods(row), row.trend, strict=True)
        if value is not None
    )
    return Sheet(
        "Trend data",
        "The values behind the small trend lines",
        "One row for each value; a period without a value has no row. A number alone counts "
        "periods back from the newest, which is 0.",
        ("Chapter", "Indicator", "Period", "Value"),
        (22, 60, 14, 14),
        rows,
    )


def _trend_periods(row: DatasetRow) -> tuple[Value, ...]:
    return row.trend_periods or tuple(float(i + 1 - len(row.trend)) for i in range(len(row.trend)))


def _charted(overview: Overview) -> Sheet:
    rows = tuple(
        (item.name, series.label, label, value, series.texts[i] if series.texts else "")
        for _, item in _items(overview)
        for series in item.chart.series
        for i, (label, value) in enumerate(zip(item.chart.labels, series.values, strict=True))
        if value is not None
    )
    return Sheet(
        "Chart data",
        "The values behind the charts",
        "One row for each point of each line; a period without a value has no row.",
        ("Indicator", "Line", "Period", "Value", "As displayed"),
        (60, 30, 20, 14, 20),
        rows,
    )


def _near_misses(overview: Overview) -> Sheet:
    rows = tuple((line,) for line in overview.near_misses)
    about = arrangement.NEAR_MISSES_INTRODUCTION
    return Sheet("Near misses", arrangement.NEAR_MISSES, about, ("Near miss",), (120,), rows)


def _way(overview: Overview) -> Sheet:
    rows: list[tuple[Value, ...]] = [
        (
            part.their_heading,
            step.name,
            step.own_text,
            step.their_text,
            step.times,
            step.lower,
            step.upper,
            step.adds,
            step.place or arrangement.BLANK,
        )
        for part in overview.way_to_a_plan.parts
        for step in (*part.steps, part.whole)
    ]
    return Sheet(
        "Steps to a plan",
        arrangement.WAY_TO_A_PLAN,
        "One row for each step and area compared with; shares of the gap add up to 1.",
        (
            "Against",
            "Step",
            overview.authority,
            "Theirs",
            "Times as many",
            "95% lower",
            "95% upper",
            "Share of the gap",
            "Among all authorities",
        ),
        (26, 66, 14, 14, 14, 12, 12, 16, 44),
        tuple(rows),
    )


def _standings(overview: Overview) -> Sheet:
    return Sheet(
        "Standings",
        arrangement.STANDINGS,
        "One row for each indicator; the spread between authorities is on the scale of the funnel.",
        standing_rows.STANDING_HEADINGS,
        (60, 26, 90, 90, 60, 14, 14),
        standing_rows.standings(overview),
    )


def _funnels(overview: Overview) -> Sheet:
    return Sheet(
        "Funnel data",
        "The authorities behind the funnel charts",
        "One row for each authority of each funnel; one without a figure has no row.",
        standing_rows.FUNNEL_HEADINGS,
        (60, 36, 24, 44, 14, 14, 20, 28),
        standing_rows.authorities(overview),
    )


def _restated(overview: Overview) -> Sheet:
    rows: list[tuple[Value, ...]] = [
        (
            line.name,
            line.after.label,
            line.before.text,
            line.before.detail,
            line.after.text,
            line.after.detail,
            line.since,
        )
        for line in overview.restatements
    ]
    name, period, before, after, since = arrangement.RESTATED_HEADINGS
    parts = [f"{when}: {part}" for when in (before, after) for part in ("figure", "of how many")]
    about = f"{arrangement.RESTATED_INTRODUCTION} {overview.restated_note}".rstrip()
    headings = (name, period, *parts, since)
    widths = (60, 28, 18, 30, 18, 30, 22)
    return Sheet("Restated", arrangement.RESTATED, about, headings, widths, tuple(rows))


def _not_measured(overview: Overview) -> Sheet:
    rows = tuple((line.name, line.reason, line.remedy) for line in overview.not_measured)
    headings = ("Indicator", "Why", "What would supply it")
    about = "One row for each indicator without a figure."
    return Sheet("Not measured", arrangement.NOT_MEASURED, about, headings, (60, 60, 60), rows)


class _Formats:
    """The few looks of the workbook."""

    def __init__(self, book: Workbook) -> None:
        self.text = self._made(book, text_wrap=True)
        self.plain = self._made(book)
        self.number = self._made(book, num_format="0.0", align="left")
        self.count = self._made(book, num_format="0", align="left")
        self.title = self._made(book, bold=True, font_size=18, font_color=NAVY)
        self.strong = self._made(book, bold=True, text_wrap=True)
        self.head = self._made(book, bold=True, text_wrap=True, bottom=2, bottom_color=INK)
        self.link = self._made(book, font_color=NAVY, underline=1)

    @staticmethod
    def _made(book: Workbook, **look: object) -> Format:
        shared = {"font_name": OFFICE_FONT, "font_size": 12, "font_color": INK, "valign": "top"}
        return book.add_format(shared | look)


def _describe(book: Workbook, overview: Overview) -> None:
    book.set_properties(
        {
            "title": f"{overview.title} – {overview.authority}, {overview.period}",
            "author": overview.authority,
            "created": datetime.combine(overview.prepared_on, time()),
        }
    )
    book.set_custom_property("Language", overview.language)


def _cover(book: Workbook, overview: Overview, formats: _Formats) -> None:
    sheet = book.add_worksheet("Cover")
    _print_set(sheet)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 100)
    sheet.set_row(0, _TITLE_HEIGHT)
    sheet.write_string(0, 0, overview.title, formats.title)
    lines = [overview.authority, overview.period, arrangement.prepared(overview)]
    lines += [overview.handling] if overview.handling else []
    lines += [arrangement.SYNTHETIC] if overview.is_synthetic else []
    lines += [sentence.text for sentence in overview.summary]
    for row, line in enumerate(lines, start=1):
        is_banner = line in (arrangement.SYNTHETIC, overview.handling)
        sheet.set_row(row, _height((line,), (100,)))
        sheet.write_string(row, 0, line, formats.strong if is_banner else formats.text)


def _contents(book: Workbook, tables: Sequence[Sheet], formats: _Formats) -> None:
    sheet = book.add_worksheet("Contents")
    _print_set(sheet)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    sheet.set_row(0, _TITLE_HEIGHT)
    sheet.write_string(0, 0, "Contents", formats.title)
    for column, heading in enumerate(("Sheet", "What is in it")):
        sheet.write_string(1, column, heading, formats.head)
    for row, table in enumerate(tables, start=2):
        sheet.write_url(row, 0, f"internal:'{table.name}'!A1", formats.link, table.name)
        sheet.write_string(row, 1, table.title, formats.text)


def _table(book: Workbook, table: Sheet, formats: _Formats) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.hide_gridlines(2)
    sheet.set_row(0, _TITLE_HEIGHT)
    sheet.write_string(0, 0, table.title, formats.title)
    sheet.write_string(1, 0, table.about, formats.plain)
    last_row, last_column = 2 + len(table.rows), len(table.headings) - 1
    columns = [{"header": heading, "header_format": formats.head} for heading in table.headings]
    look = {"name": table.table_name, "columns": columns, "style": None, "autofilter": True}
    sheet.add_table(2, 0, last_row, last_column, look)
    for column, width in enumerate(table.widths):
        sheet.set_column(column, column, width)
    sheet.set_row(2, _height(table.headings, table.widths))
    for row, values in enumerate(table.rows, start=3):
        sheet.set_row(row, _height(values, table.widths))
        _row(sheet, row, values, formats)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    _print_set(sheet)


def _row(sheet: Worksheet, row: int, values: Sequence[Value], formats: _Formats) -> None:
    for column, value in enumerate(values):
        if isinstance(value, str):
            sheet.write_string(row, column, writable(value), formats.text)
        elif value is not None:
            look = formats.count if value == int(value) else formats.number
            sheet.write_number(row, column, value, look)


def _height(values: Sequence[Value], widths: Sequence[int]) -> float:
    """Height of a row in points, so that wrapped text is seen whole in every program."""
    texts = ((value, width) for value, width in zip(values, widths, strict=True))
    lines = (math.ceil(len(str(value)) * 1.08 / width) for value, width in texts)
    return _LINE_HEIGHT * max(1, *lines) + 3


def _print_set(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
