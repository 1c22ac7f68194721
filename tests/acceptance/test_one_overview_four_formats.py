"""One paper, four formats: every word of it is read back from each file, in its place and order.

The paper is linearised twice, once from the `Overview` and once from what a reader of the file
gets, and each unit (a row, a sentence with its author, a figure with its cohort) must stand in the
file whole and after the unit before it. A swapped, changed or missing figure breaks the order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pypdf
import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.table import Table
from lxml import html as lxml_html

from lineofsight.overview.one_page import Column, Row
from lineofsight.overview.overview import (
    DatasetRow,
    Figure,
    Item,
    Kind,
    Overview,
    Sentence,
)
from lineofsight.publish import FORMATS
from tests.overview_examples import example_overview

LINEAR = ("html", "pdf", "docx")


def squeezed(*texts: object) -> str:
    return "".join("".join(str(text).split()) for text in texts)


def day(sentence_date: object) -> str:
    return f"{sentence_date:%d %B %Y}".lstrip("0")


# What the paper says, unit by unit, written out here without the help of `publish`.


def units(paper: Overview) -> Iterator[str]:
    yield from map(squeezed, (paper.authority, paper.title, paper.period))
    yield squeezed("Prepared on", day(paper.prepared_on))
    yield squeezed(paper.handling)
    yield from first_page_units(paper)
    for section in paper.sections:
        yield squeezed(section.title, section.introduction)
        for item in section.items:
            yield from item_units(item)
    yield from map(squeezed, paper.near_misses)
    yield from dataset_units(paper)
    yield from restated_units(paper)
    yield from (squeezed(line.name, line.reason, line.remedy) for line in paper.not_measured)
    for note in paper.notes:
        yield squeezed(note.title, *note.paragraphs)


def first_page_units(paper: Overview) -> Iterator[str]:
    page = paper.one_page
    yield squeezed("Summary", page.opening)
    yield squeezed(*(column.value for column in Column))
    for row in Row:
        cells = [page.grid.cell(row, column) for column in Column]
        yield squeezed(row.value, *(few_of(cell.names) or "None" for cell in cells))
    yield squeezed(page.grid.note)
    for area in page.areas:
        yield squeezed(area.title)
        for line in area.lines:
            figures = [squeezed(f.text, f.detail) for f in line.figures]
            yield squeezed(line.name, line.polarity, *figures, line.against, line.behind)
    yield squeezed(page.changed_said)
    for change in page.changed:
        yield squeezed(change.what, ":", *few_names(change.names))
    yield squeezed(page.promises_said)
    for promise in page.promises:
        said = promise.outcome or promise.unsaid
        made = squeezed(promise.text, "Promised in", promise.made_in)
        yield squeezed(made, promise.owner, promise.due, promise.state, said)


def few_of(names: tuple[str, ...]) -> str:
    return squeezed(len(names), *few_names(names)) if names else ""


def few_names(names: tuple[str, ...]) -> Iterator[str]:
    """Up to three names, or two and how many more."""
    yield "; ".join(names if len(names) <= 3 else (*names[:2], f"and {len(names) - 2} more"))


def spoken(sentence: Sentence) -> str:
    if sentence.kind in (Kind.COMMENT, Kind.OUTCOME):
        return squeezed(sentence.text, "—", sentence.author, ",", day(sentence.written_on))
    if sentence.kind is Kind.ACTION:
        owner, due = sentence.owner, day(sentence.due_on)
        return squeezed("Action", sentence.text, "Owner:", owner, ".Due:", due)
    return squeezed(sentence.text)


def item_units(item: Item) -> Iterator[str]:
    yield squeezed(item.number, ".", item.name, item.polarity)
    for figure in item.figures:
        yield squeezed(figure.label, figure.text, figure.detail, figure.basis)
    yield squeezed(item.chart.title)
    yield squeezed(item.chart.caption)
    yield from (spoken(s) for s in item.sentences if s.kind is Kind.COMPUTED)
    if item.comparators:
        yield squeezed("Compared with others:", item.compared)
    for line in item.comparators:
        name = line.area_name.removeprefix(line.area)
        yield squeezed(line.area, name, line.text, line.period, line.verdict)
    if not any(s.kind is Kind.COMMENT for s in item.sentences):
        yield squeezed("Officer's comment", "No comment was given.")
    yield from (spoken(s) for s in item.sentences if s.kind is Kind.COMMENT)
    yield from (spoken(s) for s in item.sentences if s.kind is Kind.OUTCOME)
    yield from (spoken(s) for s in item.sentences if s.kind is Kind.ACTION)
    yield squeezed("How it is counted.", item.definition)


def dataset_units(paper: Overview) -> Iterator[str]:
    rows = [row for chapter in paper.dataset for row in chapter.rows]
    bases = list(dict.fromkeys(f.basis for row in rows for f in row.figures if f.basis))
    areas = list(dict.fromkeys(line.area for row in rows for line in row.comparators))
    for chapter in paper.dataset:
        yield squeezed(chapter.title)
        yield from (row_unit(row, paper.figure_columns, bases, areas) for row in chapter.rows)
        for row in chapter.rows:
            yield from (spoken(sentence) for sentence in row.sentences)


def restated_units(paper: Overview) -> Iterator[str]:
    yield squeezed("Restated since they were published")
    for line in paper.restatements:
        before, after = line.before, line.after
        told = (before.text, before.detail, after.text, after.detail)
        yield squeezed(line.name, after.label, *told, line.since)
    yield squeezed(paper.restated_note)


def row_unit(row: DatasetRow, columns: tuple[str, ...], bases: list[str], areas: list[str]) -> str:
    parts = [row.name, row.polarity]
    for figure, column in zip(row.figures, columns, strict=True):
        parts.append(figure_cell(figure, column, bases))
    by_area = {line.area: line for line in row.comparators}
    for area in areas:
        line = by_area.get(area)
        parts.append(f"{line.text}{line.period}" if line else "–")
    return squeezed(*parts, row.verdict)


def figure_cell(figure: Figure, column: str, bases: list[str]) -> str:
    label = figure.label if figure.label != column else ""
    mark = f"({'abcdefgh'[bases.index(figure.basis)]})" if figure.basis else ""
    return f"{label}{figure.text}{figure.detail}{mark}"


# What a reader of each file gets.


def read_html(path: Path, paper: Overview) -> str:
    page = lxml_html.parse(str(path)).getroot()
    for picture in page.xpath("//*[local-name()='svg'] | //style | //details"):
        picture.drop_tree()
    # The dash before an author is drawn by the style sheet, so it is put back here.
    for by in page.find_class("by"):
        if {"comment", "outcome"} & set(by.getparent().get("class").split()):
            by.text = f"— {by.text}"
    return squeezed(page.text_content())


def read_pdf(path: Path, paper: Overview) -> str:
    reader = pypdf.PdfReader(path)
    count = len(reader.pages)
    return "".join(
        without_running_lines(squeezed(page.extract_text()), place, count, paper)
        for place, page in enumerate(reader.pages, start=1)
    )


def without_running_lines(text: str, place: int, count: int, paper: Overview) -> str:
    head = squeezed(paper.authority, ":", paper.title, paper.period)
    foot = squeezed(
        "Synthetic data. Every child, record and figure in this paper is made up.", paper.handling
    )
    number = squeezed(f"Page {place} of {count}")
    assert (head in text) == (place > 1)
    assert f"{foot}{number}" in text
    return text.replace(f"{foot}{number}", "", 1).replace(head, "", 1 if place > 1 else 0)


def read_docx(path: Path, paper: Overview) -> str:
    return squeezed(*word_texts(Document(str(path))))


def word_texts(document: WordDocument) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row.cells)
        else:
            yield block.text


READERS: dict[str, Callable[[Path, Overview], str]] = {
    "html": read_html,
    "pdf": read_pdf,
    "docx": read_docx,
}


def first_out_of_place(text: str, expected: Iterator[str]) -> str | None:
    """The first unit that is not found after the one before it; None if all are in their place."""
    at = 0
    for unit in expected:
        found = text.find(unit, at)
        if found < 0:
            return unit
        at = found + len(unit)
    return None


@pytest.fixture(scope="module")
def paper() -> Overview:
    return example_overview()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory, paper: Overview) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("paper")
    paths = {name: folder / f"overview.{name}" for name in FORMATS}
    for name, path in paths.items():
        FORMATS[name](paper, path)
    return paths


@pytest.mark.parametrize("name", LINEAR)
def test_every_word_of_the_paper_is_read_back_in_its_place(
    name: str, paper: Overview, drawn: dict[str, Path]
) -> None:
    text = READERS[name](drawn[name], paper)
    assert first_out_of_place(text, units(paper)) is None


def altered(paper: Overview) -> Overview:
    """The same paper, with one figure of one line of the dataset changed by one."""
    chapter = paper.dataset[2]
    figure = replace(chapter.rows[0].figures[1], text="12,345")
    row = replace(chapter.rows[0], figures=(chapter.rows[0].figures[0], figure))
    rows = (row, *chapter.rows[1:])
    changed = replace(chapter, rows=rows)
    return replace(paper, dataset=(*paper.dataset[:2], changed, *paper.dataset[3:]))


@pytest.mark.parametrize("name", LINEAR)
def test_a_single_figure_that_differs_is_found(
    name: str, paper: Overview, drawn: dict[str, Path]
) -> None:
    text = READERS[name](drawn[name], paper)
    wrong = first_out_of_place(text, units(altered(paper)))
    assert wrong is not None
    assert "12,345" in wrong


def table_of(path: Path, sheet: str) -> list[tuple[object, ...]]:
    """The rows of a sheet's table, under its header, as they are stored."""
    book = openpyxl.load_workbook(path)
    rows = list(book[sheet].iter_rows(min_row=4, values_only=True))
    return [tuple("" if value is None else value for value in row) for row in rows]


def test_the_workbook_holds_the_dataset_line_by_line(
    paper: Overview, drawn: dict[str, Path]
) -> None:
    expected = [
        (
            chapter.title,
            row.name,
            row.polarity,
            *workbook_figures(row, paper.figure_columns),
            row.verdict,
            row.trend_description,
        )
        for chapter in paper.dataset
        for row in chapter.rows
    ]
    assert table_of(drawn["xlsx"], "Dataset") == expected


def workbook_figures(row: DatasetRow, columns: tuple[str, ...]) -> Iterator[str]:
    for figure, column in zip(row.figures, columns, strict=True):
        is_own = figure.label != column
        basis = f"{figure.label}; {figure.basis}" if is_own else figure.basis
        yield from (figure.text, figure.detail, basis)


def test_the_workbook_holds_the_whole_first_page(paper: Overview, drawn: dict[str, Path]) -> None:
    """Every indicator of the grid and every promise: nothing is left out as on the page."""
    rows = table_of(drawn["xlsx"], "Summary")
    page = paper.one_page
    grid = [(row[1], row[2]) for row in rows if row[0] == "Variation and assurance"]
    named = [
        (name, f"{cell.row.value}; {cell.column.value[0].lower()}{cell.column.value[1:]}")
        for cell in page.grid.cells
        for name in cell.names
    ]
    assert grid == [*named, ("", page.grid.note)]
    for area in page.areas:
        lines = [row for row in rows if row[0] == area.title]
        assert [(row[1], row[3], row[5], row[7], *row[8:10]) for row in lines] == [
            (x.name, x.polarity, *(f.detail for f in x.figures), x.against, x.behind)
            for x in area.lines
        ]
    promised = [row for row in rows if row[0] == "What was promised, and what became of it"]
    assert [(row[2], *row[10:]) for row in promised[1:]] == [
        (x.state, x.owner, x.due, x.made_in, x.outcome or x.unsaid) for x in page.promises
    ]


def test_the_workbook_holds_every_figure_comparator_and_sentence_of_the_items(
    paper: Overview, drawn: dict[str, Path]
) -> None:
    items = [(section.title, item) for section in paper.sections for item in section.items]
    figures = [
        (place, i.number, i.name, i.polarity, f.label, f.text, f.detail, f.basis, i.definition)
        for place, i in items
        for f in i.figures
    ]
    assert table_of(drawn["xlsx"], "Findings") == figures
    lines = [(place, i.name, line) for place, i in items for line in i.comparators]
    lines += [
        (c.title, r.name, line) for c in paper.dataset for r in c.rows for line in r.comparators
    ]
    compared = [
        (place, name, x.area, x.area_name, x.text, x.period, x.verdict, x.source)
        for place, name, x in lines
    ]
    assert table_of(drawn["xlsx"], "Comparators") == compared
    sentences = [("Summary", s.text) for s in paper.summary]
    sentences += [(place, s.text) for place, item in items for s in item.sentences]
    sentences += [(c.title, s.text) for c in paper.dataset for r in c.rows for s in r.sentences]
    assert [(row[0], row[3]) for row in table_of(drawn["xlsx"], "Sentences")] == sentences


def test_the_workbook_holds_headlines_near_misses_gaps_and_notes(
    paper: Overview, drawn: dict[str, Path]
) -> None:
    path = drawn["xlsx"]
    assert tuple(row[1] for row in table_of(path, "Headlines")) == paper.headlines
    assert tuple(row[0] for row in table_of(path, "Near misses")) == paper.near_misses
    assert table_of(path, "Restated") == [
        (x.name, x.after.label, x.before.text, x.before.detail, x.after.text, x.after.detail,
         x.since)
        for x in paper.restatements
    ]  # fmt: skip
    gaps = [(line.name, line.reason, line.remedy) for line in paper.not_measured]
    assert table_of(path, "Not measured") == gaps
    notes = [(note.title, text) for note in paper.notes for text in note.paragraphs]
    assert table_of(path, "Notes")[: len(notes)] == notes


def test_the_workbook_holds_trends_and_charts_as_numbers(
    paper: Overview, drawn: dict[str, Path]
) -> None:
    trends = [
        (chapter.title, row.name, value)
        for chapter in paper.dataset
        for row in chapter.rows
        for value in row.trend
        if value is not None
    ]
    stored = table_of(drawn["xlsx"], "Trend data")
    assert [(row[0], row[1]) for row in stored] == [line[:2] for line in trends]
    assert [row[3] for row in stored] == as_stored(line[2] for line in trends)
    points = [
        (item.name, series.label, label, value, text)
        for section in paper.sections
        for item in section.items
        for series in item.chart.series
        for label, value, text in zip(item.chart.labels, series.values, series.texts, strict=True)
        if value is not None
    ]
    charted = table_of(drawn["xlsx"], "Chart data")
    assert [(*row[:3], row[4]) for row in charted] == [(*row[:3], row[4]) for row in points]
    assert [row[3] for row in charted] == as_stored(row[3] for row in points)


def as_stored(values: Iterable[float]) -> object:
    """Numbers as a workbook keeps them: to 16 figures."""
    return pytest.approx(list(values), rel=1e-14, abs=0)


def test_every_chart_and_trend_is_told_in_words_in_html_pdf_and_word(
    paper: Overview, drawn: dict[str, Path]
) -> None:
    charts = [item.chart.alternative for section in paper.sections for item in section.items]
    trends = [row.trend_description for chapter in paper.dataset for row in chapter.rows]
    page = lxml_html.parse(str(drawn["html"])).getroot()
    assert [desc.text_content() for desc in page.iter("desc")] == charts
    lines = page.xpath("//*[local-name()='svg'][@class='sparkline']/@aria-label")
    assert lines == trends
    document = Document(str(drawn["docx"]))
    pictures = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    signs = len(Row) + len(Column)  # the words stand beside each: they are marked as decoration
    assert pictures == [""] * signs + charts + trends
    small = [one.chart.alternative for one in paper.pages]
    assert alternatives_in_pdf(drawn["pdf"]) == charts + trends + small


def alternatives_in_pdf(path: Path) -> list[str]:
    tree = pypdf.PdfReader(path).trailer["/Root"]["/StructTreeRoot"]
    return list(alternatives_under(tree))


def alternatives_under(node: object) -> Iterator[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from alternatives_under(child)
    elif isinstance(node, dict):
        if "/Alt" in node:
            yield str(node["/Alt"])
        yield from alternatives_under(node.get("/K", []))
