"""The styles of the Word document: named, so that whoever edits it can keep the look."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any, cast

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from lineofsight.overview.overview import Kind, Overview
from lineofsight.publish.style import INK, NAVY, OFFICE_FONT, QUIET, RULE

STATEMENTS = {
    Kind.COMPUTED: "Computed",
    Kind.COMMENT: "Comment",
    Kind.ACTION: "Action",
    Kind.OUTCOME: "Outcome",
}
BOX_INDENT = Mm(4)

_Look = tuple[float, str, bool, float, float]  # size, colour, bold, space before, space after
_LOOKS: dict[str, _Look] = {
    "Normal": (11, INK, False, 0, 6),
    "Title": (26, NAVY, True, 0, 4),
    "Subtitle": (15, INK, False, 0, 2),
    "Heading 1": (20, NAVY, True, 16, 8),
    "Heading 2": (14, INK, True, 14, 3),
    "Heading 3": (11, INK, True, 8, 3),
    "List Bullet": (11, INK, False, 0, 4),
    "Authority": (13, INK, True, 14, 6),
    "Synthetic": (11, INK, True, 0, 0),
    "Quiet": (10, QUIET, False, 0, 4),
    "Picture": (11, INK, False, 0, 2),
    "Computed": (11, INK, False, 0, 3),
    "Comment": (11, INK, False, 0, 3),
    "Action": (11, INK, False, 0, 2),
    "Outcome": (11, INK, False, 0, 3),
    "Ruled space": (11, INK, False, 0, 0),
    "Table text": (10, INK, False, 1, 1),
    "Small": (9, INK, False, 1, 1),
    "After table": (4, INK, False, 0, 2),
    "Running": (9, QUIET, False, 0, 0),
}
_BORDERS = {
    "Title": {},
    "Heading 1": {"top": ("single", 16, NAVY, 8)},
    "Synthetic": dict.fromkeys(("top", "left", "bottom", "right"), ("single", 10, INK, 6)),
    "Computed": {"left": ("single", 8, RULE, 10)},
    "Comment": {"left": ("double", 8, NAVY, 10)},
    "Action": dict.fromkeys(("top", "left", "bottom", "right"), ("single", 12, INK, 8)),
    "Outcome": {"left": ("dotted", 24, INK, 10)},
    "Ruled space": {
        "left": ("double", 8, NAVY, 10),
        "bottom": ("single", 4, RULE, 1),
        "between": ("single", 4, RULE, 1),
    },
}
_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="PaperTable">
  <w:name w:val="Paper table"/><w:basedOn w:val="TableNormal"/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="4" w:color="{RULE[1:]}"/>
      <w:bottom w:val="single" w:sz="4" w:color="{RULE[1:]}"/>
      <w:insideH w:val="single" w:sz="4" w:color="{RULE[1:]}"/>
    </w:tblBorders>
    <w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:tcPr><w:tcBorders>
      <w:bottom w:val="single" w:sz="12" w:color="{INK[1:]}"/>
    </w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>
"""


def dress(document: WordDocument, overview: Overview) -> None:
    """Set page, styles, language and properties before anything is written."""
    for name, look in _LOOKS.items():
        _set(_style(document, name), look)
    for name, sides in _BORDERS.items():
        _border(_style(document, name), sides)
    for name in (*STATEMENTS.values(), "Ruled space"):
        _style(document, name).paragraph_format.left_indent = Mm(5)
    for name in ("Action", "Synthetic"):
        _style(document, name).paragraph_format.left_indent = BOX_INDENT
        _style(document, name).paragraph_format.right_indent = BOX_INDENT
    for name in ("Action", "Heading 3", "Picture"):
        _style(document, name).paragraph_format.keep_together = True
    _style(document, "Picture").paragraph_format.keep_with_next = True
    _style(document, "Ruled space").paragraph_format.line_spacing = Mm(9)
    document.styles.element.append(parse_xml(_TABLE_STYLE))
    _page(document)
    _speak(document, overview.language)
    _properties(document, overview)


def _style(document: WordDocument, name: str) -> ParagraphStyle:
    styles = document.styles
    is_known = name in [known.name for known in styles]
    found = styles[name] if is_known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    return cast(ParagraphStyle, found)


def _set(style: ParagraphStyle, look: _Look) -> None:
    size, colour, is_bold, before, after = look
    font, spacing = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = OFFICE_FONT, Pt(size), is_bold, False
    font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
    spacing.space_before, spacing.space_after = Pt(before), Pt(after)
    spacing.line_spacing = 1.08
    spacing.widow_control = True
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _border(style: ParagraphStyle, sides: dict[str, tuple[str, int, str, int]]) -> None:
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    drawn = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right", "between"):
        if side in sides:
            drawn.append(_side(side, *sides[side]))
    properties.insert_element_before(drawn, *_AFTER_BORDERS)


# Elements that must follow the borders of a paragraph (ECMA-376, 17.3.1.26 and its schema).
_AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:spacing",
    "w:ind",
    "w:jc",
    "w:outlineLvl",
)


def _side(name: str, line: str, weight: int, colour: str, gap: int) -> Any:
    side = OxmlElement(f"w:{name}")
    for key, value in (("val", line), ("sz", weight), ("space", gap), ("color", colour[1:])):
        side.set(qn(f"w:{key}"), str(value))
    return side


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)


def _speak(document: WordDocument, language: str) -> None:
    for properties in document.styles.element.iter(qn("w:rPrDefault")):
        for spoken in properties.iter(qn("w:lang")):
            spoken.set(qn("w:val"), language)


def _properties(document: WordDocument, overview: Overview) -> None:
    core = document.core_properties
    made = datetime.combine(overview.prepared_on, time(), UTC)
    core.title = f"{overview.title} – {overview.authority}, {overview.period}"
    core.author = core.last_modified_by = overview.authority
    core.language = overview.language
    core.created = core.modified = made
    core.comments = ""
