"""What is true of the files themselves: whole, repeatable, accessible in structure, unharmed."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import openpyxl
import pikepdf
import pypdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from lxml import html as lxml_html

from lineofsight.errors import UsageFault
from lineofsight.overview.one_page import ChangeLine, Column, Grid, GridCell, Row
from lineofsight.overview.overview import DatasetChapter, Item, Kind, Overview, Sentence
from lineofsight.publish import FORMATS, html, pdf
from lineofsight.publish.writing import write_whole
from tests.overview_examples import example_overview

HOSTILE = (
    "<script>alert('html')</script> #panic(\"typst\") $x^2$ *bold* `code` @label \\ "
    "{{ 7 * 7 }} =1+1 \x0b & ]]> end"
)


@pytest.fixture(scope="module")
def paper() -> Overview:
    return example_overview()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory, paper: Overview) -> dict[str, Path]:
    return _drawn(paper, tmp_path_factory.mktemp("paper"))


def _drawn(paper: Overview, folder: Path) -> dict[str, Path]:
    paths = {name: folder / f"overview.{name}" for name in FORMATS}
    for name, path in paths.items():
        FORMATS[name](paper, path)
    return paths


# Writing


def test_the_formats_are_these_four() -> None:
    assert list(FORMATS) == ["html", "pdf", "docx", "xlsx"]


def test_the_same_paper_gives_the_same_bytes(
    paper: Overview, drawn: dict[str, Path], tmp_path: Path
) -> None:
    time.sleep(2.1)  # a clock in a file would show: zip archives keep time in steps of two seconds
    again = _drawn(paper, tmp_path)
    differing = [name for name in FORMATS if drawn[name].read_bytes() != again[name].read_bytes()]
    assert differing == []


def test_a_paper_that_cannot_be_written_is_refused_in_three_sentences(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "overview.html"
    with pytest.raises(UsageFault) as refused:
        write_whole(path, b"paper")
    assert str(refused.value) == (
        "The paper cannot be written: No such file or directory.\n"
        f"  The file is {path}.\n"
        "  Give a folder that exists and that you may write to, and close the file if it is open."
    )


def test_a_failed_write_leaves_the_old_paper_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "overview.html"
    write_whole(path, b"the old paper")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UsageFault):
        write_whole(path, b"the new paper")
    assert path.read_bytes() == b"the old paper"
    assert list(tmp_path.iterdir()) == [path]


def test_a_large_paper_is_drawn_in_all_formats_within_five_seconds(
    paper: Overview, tmp_path: Path
) -> None:
    rows = [row for chapter in paper.dataset for row in chapter.rows]
    many = tuple(DatasetChapter(f"Chapter {place}", tuple(rows[:10])) for place in range(1, 7))
    large = replace(paper, dataset=many)
    assert sum(len(chapter.rows) for chapter in large.dataset) == 60
    started = time.process_time()  # what others run on the machine is not counted
    _drawn(large, tmp_path)
    assert time.process_time() - started < 5


def test_an_empty_paper_is_still_a_paper(tmp_path: Path) -> None:
    bare = Overview(
        title="Performance Overview",
        authority="Anyshire",
        period="August 2020",
        prepared_on=date(2020, 9, 14),
        is_synthetic=False,
        summary=(),
        headlines=(),
        sections=(),
        figure_columns=("August 2020",),
        dataset=(),
    )
    drawn = _drawn(bare, tmp_path)
    assert "Anyshire" in pypdf.PdfReader(drawn["pdf"]).pages[0].extract_text()
    assert "Synthetic" not in drawn["html"].read_text("utf-8").split("</style>")[1]


# Words that try to be code


def _hostile(paper: Overview) -> Overview:
    comment = Sentence(Kind.COMMENT, HOSTILE, author=HOSTILE, written_on=date(2020, 9, 1))
    section = paper.sections[0]
    item = replace(section.items[0], name=HOSTILE, sentences=(comment,))
    return replace(
        paper,
        headlines=(HOSTILE,),
        sections=(replace(section, items=(item, *section.items[1:])), *paper.sections[1:]),
    )


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, paper: Overview) -> dict[str, Path]:
    return _drawn(_hostile(paper), tmp_path_factory.mktemp("hostile"))


def _squeezed(text: str) -> str:
    return "".join(text.replace("\x0b", " ").split())


def test_hostile_words_stay_words_in_html(attacked: dict[str, Path]) -> None:
    page = lxml_html.parse(str(attacked["html"])).getroot()
    assert page.findall(".//script") == []
    comments = page.xpath("//div[contains(@class, 'comment')]/p[@class='text']")
    assert _squeezed(HOSTILE) in [_squeezed(comment.text_content()) for comment in comments]


def test_hostile_words_stay_words_in_pdf(attacked: dict[str, Path]) -> None:
    pages = pypdf.PdfReader(attacked["pdf"]).pages
    text = _squeezed("".join(page.extract_text() for page in pages))
    assert text.count(_squeezed(HOSTILE)) >= 3


def test_hostile_words_stay_words_in_word_and_in_the_workbook(attacked: dict[str, Path]) -> None:
    paragraphs = [_squeezed(p.text) for p in Document(str(attacked["docx"])).paragraphs]
    assert _squeezed(HOSTILE) in paragraphs
    cell = openpyxl.load_workbook(attacked["xlsx"])["Headlines"]["B4"]
    assert cell.data_type == "s"
    assert _squeezed(str(cell.value)) == _squeezed(HOSTILE)


# HTML


def _page(path: Path) -> etree._Element:
    return lxml_html.parse(str(path)).getroot()


def test_the_page_asks_nothing_of_anyone_and_runs_nothing(drawn: dict[str, Path]) -> None:
    page = _page(drawn["html"])
    assert page.xpath("//script | //link | //iframe | //img | //@onclick | //@onload") == []
    outside = [a for a in page.xpath("//@href | //@src") if not a.startswith("#")]
    assert {address.partition("/")[0] for address in outside} == {"overview-pages"}
    style = "".join(page.xpath("//style/text()"))
    assert style.count("url(") == style.count("url(data:font/woff2")


def test_the_page_has_language_title_one_main_and_headings_in_order(
    drawn: dict[str, Path],
) -> None:
    page = _page(drawn["html"])
    assert page.get("lang") == "en-GB"
    assert "Southampton" in page.findtext(".//title")
    assert len(page.findall(".//main")) == 1
    levels = [int(h.tag[1]) for h in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_every_link_inside_the_page_leads_somewhere(drawn: dict[str, Path]) -> None:
    page = _page(drawn["html"])
    identities = page.xpath("//@id")
    assert len(identities) == len(set(identities))
    targets = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
    assert targets <= set(identities)
    labelled = {part for ids in page.xpath("//@aria-labelledby") for part in ids.split()}
    assert labelled <= set(identities)


def test_every_table_has_a_caption_and_scoped_headers(drawn: dict[str, Path]) -> None:
    tables = _page(drawn["html"]).findall(".//table")
    assert len(tables) > 10
    assert all(table.findtext("caption") for table in tables)
    assert all(th.get("scope") for table in tables for th in table.iter("th"))


def test_the_four_kinds_of_sentence_are_named_and_ruled_apart(drawn: dict[str, Path]) -> None:
    page = _page(drawn["html"])
    for kind in Kind:
        blocks = page.find_class(kind.name.lower())
        assert blocks
        assert {block.findtext("p") for block in blocks} == {kind.value}


def crowded(paper: Overview) -> Overview:
    """The same paper with a full grid, long lists, and as many changes and promises again."""
    page = paper.one_page
    names = tuple(f"Conferences held within {n} working days of the discussion" for n in range(20))
    cells = tuple(GridCell(row, column, names, names) for row in Row for column in Column)
    changes = tuple(ChangeLine(f"Kind {n}", names) for n in range(9))
    whole = replace(
        page,
        grid=Grid(cells, page.grid.note),
        areas=tuple(replace(area, lines=area.lines * 4) for area in page.areas),
        changed=changes,
        promises=page.promises * 4,
    )
    return replace(paper, one_page=whole)


def test_a_crowded_first_page_still_stands_on_one_side_and_says_what_is_elsewhere(
    paper: Overview,
) -> None:
    """As much of it as fits: names give way first, and all promises follow the contents."""
    pages = pypdf.PdfReader(BytesIO(pdf.render(crowded(paper)))).pages
    first, second, third = (" ".join(page.extract_text().split()) for page in pages[:3])
    assert "Their names are in the workbook, on the sheet Summary." in first
    assert "And 9 more. They follow in the list of contents." in first
    assert "The whole list follows the contents." in first
    assert "Contents" in second
    assert (second + third).count("Fill the vacant posts of two teams") == 4


def test_a_first_page_with_room_for_all_repeats_nothing(paper: Overview) -> None:
    pages = pypdf.PdfReader(BytesIO(pdf.render(paper))).pages
    first, second = (" ".join(page.extract_text().split()) for page in pages[:2])
    assert first.count("Fill the vacant posts of two teams") == 1
    assert "Fill the vacant posts of two teams" not in second
    assert "more." not in first.split("Variation and assurance")[1]


def test_an_item_without_a_comment_has_a_space_for_one(paper: Overview) -> None:
    page = lxml_html.fromstring(html.render(paper))
    without = [
        item.name
        for section in paper.sections
        for item in section.items
        if not any(s.kind is Kind.COMMENT for s in item.sentences)
    ]
    spaces = page.find_class("space")
    named = [space.getparent().findtext("h3").split(". ", 1)[1] for space in spaces]
    assert named == without
    assert without


def test_synthetic_data_are_announced_first(paper: Overview) -> None:
    page = lxml_html.fromstring(html.render(paper))
    assert page.find(".//header/p").text.startswith("Synthetic data.")
    real = lxml_html.fromstring(html.render(replace(paper, is_synthetic=False)))
    assert real.find_class("synthetic") == []


# PDF


@pytest.fixture(scope="module")
def opened(drawn: dict[str, Path]) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(drawn["pdf"]) as document:
        yield document


def _elements(node: object) -> Iterator[pikepdf.Dictionary]:
    """Every structure element under a node, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node.K)


def test_the_pdf_is_tagged_and_claims_universal_access(opened: pikepdf.Pdf) -> None:
    assert bool(opened.Root.MarkInfo.Marked)
    assert str(opened.Root.Lang) == "en-GB"
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert "Southampton, August 2020" in str(metadata["dc:title"])
        assert metadata["dc:creator"] == ["Southampton"]


def test_the_pdf_is_structured_as_it_reads(opened: pikepdf.Pdf, paper: Overview) -> None:
    kinds = [str(element.S) for element in _elements(opened.Root.StructTreeRoot.K)]
    assert kinds.count("/H1") >= 5
    assert kinds.count("/H2") >= sum(len(section.items) for section in paper.sections)
    assert kinds.count("/Table") >= len(paper.dataset)
    assert kinds.count("/TH") >= 7 * len(paper.dataset)
    levels = [int(kind[2]) for kind in kinds if kind in ("/H1", "/H2", "/H3")]
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_every_figure_of_the_pdf_has_an_alternative(opened: pikepdf.Pdf, paper: Overview) -> None:
    elements = _elements(opened.Root.StructTreeRoot.K)
    figures = [element for element in elements if str(element.S) == "/Figure"]
    charts = sum(len(section.items) for section in paper.sections)
    trends = sum(len(chapter.rows) for chapter in paper.dataset)
    assert len(figures) == charts + trends + len(paper.pages)
    assert all(str(figure.Alt) for figure in figures)


def test_only_the_shipped_font_is_used_and_it_is_inside(opened: pikepdf.Pdf) -> None:
    fonts = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and "/FontName" in o]
    assert {str(font.FontName).split("+")[1].split("-")[0] for font in fonts} == {"SourceSans3"}
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_nothing_invisible_is_copied_with_a_figure(drawn: dict[str, Path]) -> None:
    text = "".join(page.extract_text() for page in pypdf.PdfReader(drawn["pdf"]).pages)
    assert not {c for c in text if ord(c) in (0xAD, 0x200B, 0x2060, 0xFEFF)}


def test_an_item_keeps_its_heading_figures_and_chart_on_one_page(
    drawn: dict[str, Path], paper: Overview
) -> None:
    pages = [_squeezed(page.extract_text()) for page in pypdf.PdfReader(drawn["pdf"]).pages]
    whole = 0
    for item in (item for section in paper.sections for item in section.items):
        heading = _squeezed(f"{item.number}. {item.name}{item.polarity}")
        (page,) = (page for page in pages if heading in page)
        assert _squeezed(item.figures[1].text + item.figures[1].detail) in page
        assert _squeezed(item.chart.title) in page
        assert _squeezed(item.chart.caption) in page
        whole += _squeezed(item.definition) in page
    assert whole >= 5
    assert len(pages) <= 15


def test_a_section_without_items_takes_no_page_and_says_so_once(paper: Overview) -> None:
    told = "No indicator met the rule for a positive area this month."
    empty = replace(paper.sections[0], introduction=told, items=())
    bare = replace(paper, sections=(empty, *paper.sections[1:]))
    pages = pypdf.PdfReader(BytesIO(pdf.render(bare))).pages
    texts = [_squeezed(page.extract_text()) for page in pages]
    (page,) = (text for text in texts if _squeezed(told) in text)
    assert _squeezed(paper.sections[1].items[0].chart.title) in page
    assert "No indicator is in this list" not in html.render(bare)
    silent = replace(bare, sections=(replace(empty, introduction=""), *paper.sections[1:]))
    assert "No indicator is in this list this time." in html.render(silent)


def test_a_paper_says_at_its_top_and_at_every_foot_who_may_have_it(
    drawn: dict[str, Path], paper: Overview
) -> None:
    pages = pypdf.PdfReader(drawn["pdf"]).pages
    counts = [_squeezed(page.extract_text()).count(_squeezed(paper.handling)) for page in pages]
    assert counts == [2] + [1] * (len(pages) - 1)
    with zipfile.ZipFile(drawn["docx"]) as parts:
        feet = [parts.read(n) for n in parts.namelist() if "footer" in n and n.endswith(".xml")]
    assert all(paper.handling.encode() in foot for foot in feet)
    cover = openpyxl.load_workbook(drawn["xlsx"])["Cover"]
    assert paper.handling in [row[0] for row in cover.iter_rows(values_only=True)]


def test_a_source_stands_in_the_notes_and_the_workbook_and_in_no_item(
    drawn: dict[str, Path], paper: Overview
) -> None:
    source = _squeezed(paper.sections[1].items[0].comparators[0].source)
    page = lxml_html.parse(str(drawn["html"])).getroot()
    assert source not in _squeezed("".join(page.xpath("//article//text()")))
    rows = openpyxl.load_workbook(drawn["xlsx"])["Comparators"].iter_rows(values_only=True)
    assert source in [_squeezed(str(row[7])) for row in rows]


def test_a_chart_without_an_alternative_stops_the_pdf(paper: Overview) -> None:
    section = paper.sections[0]
    item: Item = section.items[0]
    mute = replace(item, chart=replace(item.chart, alternative=""))
    silent = replace(paper, sections=(replace(section, items=(mute,)),))
    with pytest.raises(Exception, match=r"missing alt"):
        pdf.render(silent)


# Word


def test_the_word_document_knows_its_title_language_and_date(drawn: dict[str, Path]) -> None:
    document = Document(str(drawn["docx"]))
    assert document.core_properties.title.endswith("Southampton, August 2020")
    assert document.core_properties.language == "en-GB"
    languages = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_word_headings_are_real_and_in_order(drawn: dict[str, Path]) -> None:
    names = [p.style.name for p in Document(str(drawn["docx"])).paragraphs]
    levels = [int(name[-1]) for name in names if name.startswith("Heading ")]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert names.count("Title") == 1


def test_every_word_table_repeats_its_header_and_every_picture_speaks(
    drawn: dict[str, Path],
) -> None:
    document = Document(str(drawn["docx"]))
    headers = [table.rows[0]._tr.trPr.find(qn("w:tblHeader")) for table in document.tables]
    assert len(headers) > 10
    assert None not in headers
    silent = [s for s in document.inline_shapes if not s._inline.docPr.get("descr")]
    # Only the signs of the first page, whose words stand beside them.
    assert all(b"decorative" in etree.tostring(shape._inline.docPr) for shape in silent)
    assert len(silent) == len(Row) + len(Column)


def test_word_pages_are_numbered(drawn: dict[str, Path]) -> None:
    with zipfile.ZipFile(drawn["docx"]) as parts:
        feet = [parts.read(n) for n in parts.namelist() if "footer" in n and n.endswith(".xml")]
    assert feet
    assert all(b'w:instr="PAGE"' in foot and b'w:instr="NUMPAGES"' in foot for foot in feet)


# The workbook


def test_the_workbook_opens_with_cover_and_contents_then_a_table_a_sheet(
    drawn: dict[str, Path],
) -> None:
    book = openpyxl.load_workbook(drawn["xlsx"])
    assert book.sheetnames[:3] == ["Cover", "Contents", "Summary"]
    for sheet in book.worksheets[2:]:
        assert len(sheet.tables) == 1
        assert sheet.freeze_panes == "A4"
        assert not sheet.merged_cells.ranges
    assert all(sheet.sheet_state == "visible" for sheet in book.worksheets)
    assert book.properties.title.endswith("Southampton, August 2020")


def test_no_table_of_the_workbook_has_a_blank_row(drawn: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(drawn["xlsx"])
    for sheet in book.worksheets[2:]:
        rows = list(sheet.iter_rows(min_row=3, values_only=True))
        assert len(rows) > 1
        assert all(any(value not in (None, "") for value in row) for row in rows)


def test_every_sheet_is_listed_in_the_contents(drawn: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(drawn["xlsx"])
    listed = [row[0] for row in book["Contents"].iter_rows(min_row=3, values_only=True)]
    assert listed == book.sheetnames[2:]
