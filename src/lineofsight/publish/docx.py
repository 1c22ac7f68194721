"""The paper as a Word document that can be edited: real headings, real tables, real language.

python-docx has no word for alternative text, repeated header rows or the language of a document;
these are set in the XML (ECMA-376, 17.4.49 `tblHeader`, 17.3.2.20 `lang`, 20.4.2.5 `docPr`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.shared import Emu, Mm, Pt, Twips
from docx.text.paragraph import Paragraph

from lineofsight.overview.overview import (
    Chart,
    ComparatorLine,
    DatasetChapter,
    DatasetRow,
    Figure,
    Item,
    Kind,
    Overview,
)
from lineofsight.publish import arrangement, charts, word_styles
from lineofsight.publish.arrangement import Statement
from lineofsight.publish.typesetting import pictures_of
from lineofsight.publish.word_opening import add_opening
from lineofsight.publish.word_parts import (
    Text,
    describe_picture,
    packed,
    paragraph,
    running_feet,
    table,
)
from lineofsight.publish.word_standings import add_standings
from lineofsight.publish.word_way import add_way
from lineofsight.publish.writing import write_whole

_CHART_WIDTH = Mm(170)
_PLOT_HEIGHT = 170.0
_TREND_WIDTH = Mm(24)


def write(overview: Overview, path: Path) -> None:
    """Write the paper as one Word document; the same paper gives the same bytes.

    Raises UsageFault where the file cannot be written.
    """
    write_whole(path, render(overview))


def render(overview: Overview) -> bytes:
    """The paper as the bytes of a Word document."""
    document = Document()
    word_styles.dress(document, overview)
    pictures = _pictures(overview)
    _opening(document, overview)
    _sections(document, overview, pictures)
    _near_misses(document, overview)
    add_way(document, overview)
    add_standings(document, overview)
    _dataset(document, overview, pictures)
    _closing(document, overview)
    running_feet(document, overview)
    return packed(document)


def _pictures(overview: Overview) -> Iterator[bytes]:
    """Every drawing of the paper as PNG, in the order in which the paper shows them."""
    items = [item for section in overview.sections for item in section.items]
    drawn = [charts.draw(item.chart, plot_height=_PLOT_HEIGHT) for item in items]
    trends = [charts.sparkline(r.trend, r.trend_description) for r in arrangement.rows(overview)]
    return iter((*pictures_of(drawn, _CHART_WIDTH.pt), *pictures_of(trends, _TREND_WIDTH.pt)))


def _opening(document: WordDocument, overview: Overview) -> None:
    if overview.is_synthetic:
        paragraph(document, "Synthetic", arrangement.SYNTHETIC)
    paragraph(document, "Authority", overview.authority)
    paragraph(document, "Title", overview.title)
    paragraph(document, "Subtitle", overview.period)
    paragraph(document, "Quiet", arrangement.prepared(overview))
    if overview.handling:
        paragraph(document, "Normal", Text(overview.handling, is_bold=True))
    add_opening(document, overview)


def _sections(document: WordDocument, overview: Overview, pictures: Iterator[bytes]) -> None:
    is_page_full = True
    for section in overview.sections:
        heading = paragraph(document, "Heading 1", section.title)
        # A section without items leaves its page to the next one.
        heading.paragraph_format.page_break_before = is_page_full
        is_page_full = bool(section.items)
        if section.introduction:
            paragraph(document, "Normal", section.introduction)
        elif not section.items:
            paragraph(document, "Normal", arrangement.NOTHING_HERE)
        for item in section.items:
            _item(document, item, next(pictures))


def _item(document: WordDocument, item: Item, picture: bytes) -> None:
    paragraph(document, "Heading 2", f"{item.number}. {arrangement.headed(item)}")
    paragraph(document, "Quiet", arrangement.beneath(item), is_kept=True)
    _figures(document, item.figures)
    _chart(document, item.chart, picture)
    _say(document, arrangement.computed(item))
    if item.comparators:
        _compared(document, item)
    if not arrangement.has_comment(item):
        _space_for_a_comment(document)
    _say(document, arrangement.said(item))
    paragraph(document, "Quiet", Text("How it is counted. ", is_bold=True), item.definition)


def _named(row: DatasetRow) -> tuple[Text, Text]:
    beneath = Text(arrangement.beneath(row), is_quiet=True, is_below=True)
    return Text(arrangement.headed(row), is_bold=True), beneath


def _say(document: WordDocument, statements: Iterable[Statement]) -> None:
    for place, statement in enumerate(statements):
        is_comment = statement.kind in (Kind.COMMENT, Kind.OUTCOME)
        is_action = statement.kind is Kind.ACTION
        texts = [Text(statement.kind.value, is_label=True)]
        texts += [Text(t, is_bold=is_action, is_italic=is_comment) for t in statement.texts]
        texts += [Text(f"— {statement.by}" if is_comment else statement.by)] if statement.by else []
        style = word_styles.STATEMENTS[statement.kind]
        indent = word_styles.BOX_INDENT if is_action else Mm(0)
        # Word draws neighbours with the same borders and indents as one box: a twip parts them.
        _set_apart(
            [paragraph(document, style, text) for text in texts],
            Emu(indent + Twips(place % 2)),
        )


def _set_apart(block: Sequence[Paragraph], right_indent: Emu) -> None:
    """Hold the paragraphs of one statement together, and apart from its neighbours."""
    for line in block:
        line.paragraph_format.right_indent = right_indent
    block[0].paragraph_format.keep_with_next = True
    block[0].paragraph_format.space_before = Pt(6)
    block[-1].paragraph_format.space_after = Pt(9)


def _space_for_a_comment(document: WordDocument) -> None:
    style = word_styles.STATEMENTS[Kind.COMMENT]
    paragraph(document, style, Text(Kind.COMMENT.value, is_label=True), is_kept=True)
    told = paragraph(document, style, arrangement.NO_COMMENT, is_kept=True)
    told.paragraph_format.space_after = Pt(0)
    paragraph(document, "Ruled space", is_kept=True)
    paragraph(document, "Ruled space").paragraph_format.space_after = Pt(14)


def _figures(document: WordDocument, figures: tuple[Figure, ...]) -> None:
    rows = [
        (
            (Text(figure.label, is_bold=True),),
            (Text(figure.text, size=16, is_bold=True, is_navy=True),),
            (Text(figure.detail),),
            (Text(figure.basis, is_quiet=True),),
        )
        for figure in figures
    ]
    table(
        document,
        ("Period", "Figure", "Of how many", "How it is formed"),
        rows,
        (40, 42, 44, 44),
        is_kept=True,
    )


def _chart(document: WordDocument, chart: Chart, picture: bytes) -> None:
    paragraph(document, "Heading 3", chart.title)
    holder = document.add_paragraph(style="Picture")
    shape = holder.add_run().add_picture(BytesIO(picture), width=_CHART_WIDTH)
    describe_picture(shape, chart.title, chart.alternative)
    paragraph(document, "Quiet", chart.caption)


def _compared(document: WordDocument, item: Item) -> None:
    paragraph(document, "Heading 3", arrangement.compared_heading(item))
    rows = [
        (
            tuple(_area(line)),
            (Text(line.text, is_bold=True),),
            (Text(line.period),),
            (Text(line.verdict),),
        )
        for line in item.comparators
    ]
    table(
        document, ("Area", "Figure", "Period", "Comparison"), rows, (52, 28, 38, 52), is_kept=True
    )


def _area(line: ComparatorLine) -> Iterator[Text]:
    area, rest = arrangement.area_parts(line)
    yield Text(area, is_bold=True)
    if rest:
        yield Text(f" {rest}", is_quiet=True)


def _near_misses(document: WordDocument, overview: Overview) -> None:
    if not overview.near_misses:
        return
    paragraph(document, "Heading 1", arrangement.NEAR_MISSES)
    paragraph(document, "Normal", arrangement.NEAR_MISSES_INTRODUCTION)
    for line in overview.near_misses:
        paragraph(document, "List Bullet", line)


def _dataset(document: WordDocument, overview: Overview, pictures: Iterator[bytes]) -> None:
    _turn(document, WD_ORIENT.LANDSCAPE)
    paragraph(document, "Heading 1", arrangement.DATASET)
    notes = "; ".join(f"({letter}) {basis}" for letter, basis in arrangement.basis_notes(overview))
    if notes:
        paragraph(document, "Quiet", Text(f"{arrangement.BASES}. ", is_bold=True), f"{notes}.")
    for chapter in overview.dataset:
        _chapter(document, overview, chapter, pictures)


def _chapter(
    document: WordDocument, overview: Overview, chapter: DatasetChapter, pictures: Iterator[bytes]
) -> None:
    paragraph(document, "Heading 2", chapter.title)
    areas = arrangement.areas(overview)
    named = [arrangement.area_heading(overview, area) for area in areas]
    figures = arrangement.columns(overview)
    headings = ("Indicator", *figures, *named, "Finding", "Trend")
    share = (263 - 60 - 26 - 27) / max(1, 2 * len(figures) + len(areas))
    widths = (60, *(2 * share for _ in figures), *(share for _ in areas), 26, 27)
    rows = [_row(overview, row) for row in chapter.rows]
    drawn = table(document, headings, rows, widths, style_of_text="Small")
    for row, line in zip(chapter.rows, drawn.rows[1:], strict=True):
        run = line.cells[-1].paragraphs[0].add_run()
        shape = run.add_picture(BytesIO(next(pictures)), width=_TREND_WIDTH)
        describe_picture(shape, f"Trend of {row.name}", row.trend_description)
    for row in arrangement.written_on_rows(chapter):
        paragraph(document, "Heading 3", row.name)
        _say(document, arrangement.statements(row.sentences))


def _row(overview: Overview, row: DatasetRow) -> tuple[tuple[Text, ...], ...]:
    return (
        _named(row),
        *(_figure_cell(cell) for cell in arrangement.figure_cells(overview, row)),
        *(
            (Text(line.text, is_bold=True), Text(line.period, is_quiet=True, is_below=True))
            if line
            else (Text(arrangement.BLANK),)
            for line in arrangement.comparator_cells(overview, row)
        ),
        (Text(row.verdict),),
        (),
    )


def _figure_cell(cell: arrangement.Cell | None) -> tuple[Text, ...]:
    if cell is None:
        return (Text(arrangement.BLANK),)
    label = (Text(cell.label, is_quiet=True),) if cell.label else ()
    detail = f"{cell.figure.detail} ({cell.mark})" if cell.mark else cell.figure.detail
    text = Text(cell.figure.text, is_bold=True, is_below=bool(label))
    return (*label, text, Text(detail, is_quiet=True, is_below=True))


def _restated(document: WordDocument, overview: Overview) -> None:
    paragraph(document, "Heading 1", arrangement.RESTATED)
    paragraph(document, "Normal", arrangement.RESTATED_INTRODUCTION)
    lines = [
        (
            (Text(line.name, is_bold=True),),
            (Text(line.after.label),),
            *(
                (Text(one.text, is_bold=True), Text(one.detail, is_quiet=True, is_below=True))
                for one in (line.before, line.after)
            ),
            (Text(line.since),),
        )
        for line in overview.restatements
    ]
    if lines:
        table(document, arrangement.RESTATED_HEADINGS, lines, (56, 32, 32, 32, 18))
    if overview.restated_note:
        paragraph(document, "Normal", overview.restated_note)


def _closing(document: WordDocument, overview: Overview) -> None:
    is_restated = arrangement.has_restated(overview)
    if not (is_restated or overview.not_measured or overview.glossary or overview.notes):
        return
    _turn(document, WD_ORIENT.PORTRAIT)
    if is_restated:
        _restated(document, overview)
    if overview.not_measured:
        paragraph(document, "Heading 1", arrangement.NOT_MEASURED)
        lines = [
            ((Text(line.name, is_bold=True),), (Text(line.reason),), (Text(line.remedy),))
            for line in overview.not_measured
        ]
        table(document, ("Indicator", "Why", "What would supply it"), lines, (56, 57, 57))
    if overview.glossary:
        paragraph(document, "Heading 1", arrangement.GLOSSARY)
    for term, said in arrangement.glossary(overview):
        paragraph(document, "Normal", Text(f"{term}. ", is_bold=True), said)
    if overview.notes:
        paragraph(document, "Heading 1", arrangement.NOTES)
    for note in overview.notes:
        paragraph(document, "Heading 2", note.title)
        for text in note.paragraphs:
            paragraph(document, "Normal", text)


def _turn(document: WordDocument, orientation: WD_ORIENT) -> None:
    section = document.add_section()
    section.orientation = orientation
    long, short = Mm(297), Mm(210)
    is_wide = orientation is WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (long, short) if is_wide else (short, long)
    section.left_margin = section.right_margin = Mm(17) if is_wide else Mm(20)
