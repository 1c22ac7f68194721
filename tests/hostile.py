"""Small synthetic returns, and everything that can go wrong with them on their way.

A `Table` is mutated as cells, then written in some encoding, then damaged as bytes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import xlsxwriter
from hypothesis import strategies as st

from lineofsight.returns.annex_a_layout import LISTS
from tests.deliveries import COVER

# Whom the files are about: nothing that is said of a file may hold one of these.
CHILDREN = ("SYN-QX70481", "SYN-QX70482", "SYN-QX70483", "SYN-QX70484")
BORN = ("13/07/2009", "27/02/2012", "05/11/2015", "30/09/2018")
SECRETS = (*CHILDREN, *BORN, "2009-07-13", "2012-02-27", "2015-11-05", "2018-09-30",
           "13 July 2009", "27 February 2012", "5 November 2015", "30 September 2018")  # fmt: skip
ABSURD_DAYS = (
    "31/02/2020", "00/00/0000", "29/02/2019", "01/01/0001", "31/12/9999", "1899-12-31", "99/99/99",
    "44046", "44046.75", "-1", "1e300", "2958466", "99999999999999999999", "2020-08-03T25:61:00",
    "12/31/2020", "03/08/20", "3rd August", "NaT", "44046.9999999999", "20200803", "0",
)  # fmt: skip
HOSTILE_TEXTS = (
    "", " ", "\u00a0\u200b", "#REF!", "#N/A", "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", '"', "''",
    "a\nb", "a\r\nb", "\u202eelbairav", "\U0001f600", "é€–", "NULL", "nan", "Y", "N", "y/n",
    "a) Yes", "x" * 300, "<b>&amp;</b>", "0", "-", "1" * 400, "1e999", "-9" * 30, "\ufeff", "true",
    "--", "\\N",
)  # fmt: skip
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Table:
    """A table as cells: rows above the header, the header, and the rows under it.

    `formulas` are (row, column) of cells under the header that a formula without result fills.
    """

    header: tuple[str, ...]
    rows: Rows
    above: Rows = ()
    formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    @property
    def lines(self) -> Rows:
        """All rows, as they stand in the file."""
        return (*self.above, self.header, *self.rows)

    @property
    def filled(self) -> int:
        """How many rows under the header hold anything but blanks."""
        return sum(self._is_filled(n, row) for n, row in enumerate(self.rows))

    def _is_filled(self, number: int, row: tuple[str, ...]) -> bool:
        cells = (text for n, text in enumerate(row) if (number, n) not in self.formulas)
        return any(text.strip(" \t\r\n\u00a0\u200b\ufeff\x1f\x85\u2028\u2029") for text in cells)


Mutation = Callable[[Table, int, int], Table]


def _on_columns(change: Callable[[list[str], int, int], list[str]]) -> Mutation:
    def mutate(table: Table, a: int, b: int) -> Table:
        if not table.header:
            return table
        width = len(table.header)
        turned = (tuple(change(_wide(row, width), a % width, b % width)) for row in table.rows)
        header = tuple(change(list(table.header), a % width, b % width))
        return Table(header, tuple(turned), table.above)

    return mutate


def _wide(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]


def _swapped(cells: list[str], a: int, b: int) -> list[str]:
    cells[a], cells[b] = cells[b], cells[a]
    return cells


def _on_rows(change: Callable[[list[tuple[str, ...]], int, int], None]) -> Mutation:
    def mutate(table: Table, a: int, b: int) -> Table:
        rows = list(table.rows)
        if rows:
            change(rows, a % len(rows), b % len(rows))
        return replace(table, rows=tuple(rows), formulas=frozenset())

    return mutate


def _swap_rows(rows: list[tuple[str, ...]], a: int, b: int) -> None:
    rows[a], rows[b] = rows[b], rows[a]


def _on_cell(texts: Sequence[str]) -> Mutation:
    def mutate(table: Table, a: int, b: int) -> Table:
        if not table.rows or not table.header:
            return table
        text, column = texts[(a + b) % len(texts)], b % len(table.header)
        rows = [_wide(row, len(table.header)) for row in table.rows]
        rows[a % len(rows)][column] = text
        return replace(table, rows=tuple(map(tuple, rows)))

    return mutate


def _in_a_whole_column(texts: Sequence[str]) -> Mutation:
    def mutate(table: Table, a: int, b: int) -> Table:
        if not table.header:
            return table
        column = b % len(table.header)
        rows = [_wide(row, len(table.header)) for row in table.rows]
        for row in rows:
            row[column] = texts[a % len(texts)]
        return replace(table, rows=tuple(map(tuple, rows)), formulas=frozenset())

    return mutate


def _swap_headers(table: Table, a: int, b: int) -> Table:
    width = max(1, len(table.header))
    return replace(table, header=tuple(_swapped(list(table.header), a % width, b % width)))


def _shift_a_column_up(table: Table, a: int, b: int) -> Table:
    """Lose a header cell, so that the column's first value stands where it stood."""
    if not table.header or not table.rows:
        return table
    column, width = a % len(table.header), len(table.header)
    lines = [_wide(row, width) for row in (table.header, *table.rows)]
    for above, below in itertools.pairwise(lines):
        above[column] = below[column]
    lines[-1][column] = ""
    header, *rows = map(tuple, lines)
    return Table(header, tuple(rows), table.above)


def _slip_a_row(table: Table, a: int, b: int) -> Table:
    """Push the cells of a row to the right, as a comma too many does."""
    if not table.rows:
        return table
    rows = list(table.rows)
    row = rows[a % len(rows)]
    at = b % (len(row) + 1)
    rows[a % len(rows)] = (*row[:at], "", *row[at:])
    return replace(table, rows=tuple(rows), formulas=frozenset())


def _put_a_title_above(table: Table, a: int, b: int) -> Table:
    titles = (("Extract of the case system (synthetic)",), (), ("Run on", "01/09/2020"))
    return replace(table, above=(*table.above, *titles[: 1 + a % 3]))


def _repeat_the_header(table: Table, a: int, b: int) -> Table:
    at = a % (len(table.rows) + 1)
    return Table(table.header, (*table.rows[:at], table.header, *table.rows[at:]), table.above)


def _forget_a_result(table: Table, a: int, b: int) -> Table:
    if not table.rows or not table.header:
        return table
    place = (a % len(table.rows), b % len(table.header))
    return replace(table, formulas=table.formulas | {place})


MUTATIONS: dict[str, Mutation] = {
    "drop a column": _on_columns(lambda cells, a, b: cells[:a] + cells[a + 1 :]),
    "swap two columns": _on_columns(_swapped),
    "blank a column": _in_a_whole_column([""]),
    "duplicate a column": _on_columns(lambda cells, a, b: [*cells[:b], cells[a], *cells[b:]]),
    "swap two headers": _swap_headers,
    "shift a column up": _shift_a_column_up,
    "drop a row": _on_rows(lambda rows, a, b: rows.pop(a) and None),
    "duplicate a row": _on_rows(lambda rows, a, b: rows.insert(b, rows[a])),
    "blank a row": _on_rows(lambda rows, a, b: rows.__setitem__(a, ())),
    "swap two rows": _on_rows(_swap_rows),
    "slip a row": _slip_a_row,
    "put a title above": _put_a_title_above,
    "repeat the header": _repeat_the_header,
    "absurd date": _on_cell(ABSURD_DAYS),
    "hostile text": _on_cell(HOSTILE_TEXTS),
    "a child's identifier": _on_cell(CHILDREN),
    "a date of birth": _on_cell(BORN),
    "enormous cell": _on_cell(["z" * 32_767, "9" * 32_767, "01/08/2020 " * 2_900]),
    "a column of one child": _in_a_whole_column([*CHILDREN, *BORN]),
    "forget a result": _forget_a_result,
}

_numbers = st.integers(0, 10_000)
mutations = st.lists(st.tuples(st.sampled_from(sorted(MUTATIONS)), _numbers, _numbers), max_size=4)
Steps = list[tuple[str, int, int]]


def mutated(table: Table, steps: Steps) -> Table:
    """Do one mutation after the other."""
    for name, a, b in steps:
        table = MUTATIONS[name](table, a, b)
    return table


def tables_of_annex_a() -> dict[str, Table]:
    """Give every list of Annex A for a few synthetic children, all cells as text."""
    return {
        sheet.title: Table(
            tuple(column.header for column in sheet.columns),
            tuple(
                tuple(_cell_for(column.header, child) for column in sheet.columns)
                for child in range(len(CHILDREN))
            ),
        )
        for sheet in LISTS
    }


def _cell_for(header: str, child: int) -> str:
    words = header.casefold()
    if "unique id" in words or "identifier" in words:
        return CHILDREN[child]
    if "birth" in words:
        return BORN[child]
    if "date" in words:
        return f"{3 + child:02}/08/2020"
    if "gender" in words:
        return "b) Female" if child % 2 else "a) Male"
    if "y/n" in words or "?" in words:
        return "a) Yes" if child % 2 else "b) No"
    return ""


def write_tables(path: Path, tables: dict[str, Table]) -> Path:
    """Write tables as the sheets of a workbook, with the cover of the synthetic Testshire."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False})
    for title, table in tables.items():
        page = book.add_worksheet(title)
        offset = len(table.above) + 1
        for number, row in enumerate(table.lines):
            for column, text in enumerate(row):
                if (number - offset, column) in table.formulas:
                    page.write_formula(number, column, "=A1", None, "")
                elif text:
                    page.write_string(number, column, text)
    page = book.add_worksheet("Cover")
    for number, (label, value) in enumerate(COVER.items()):
        page.write_string(number, 0, label)
        page.write_string(number, 1, str(value))
    book.close()
    return path


def tables_of_ssda903() -> dict[str, Table]:
    """Give five tables of an SSDA903 return for the same synthetic children."""
    header = ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
    episodes = ("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC",
                "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN")  # fmt: skip
    ids = list(zip(CHILDREN, BORN, strict=True))
    spells = [
        (child, f"{10 + n}/05/2019", "S", "C2", "N1", "U4", "PR1", f"{10 + n}/09/2019", "X1",
         "CARPL", "ZZ9 9ZZ", "ZZ9 9ZY", "999001")
        for n, child in enumerate(CHILDREN)
    ]  # fmt: skip
    follow = [
        (child, f"{10 + n}/09/2019", "P", "C2", "N1", "U6", "PR1", "", "", "", "ZZ9 9ZZ", "", "")
        for n, child in enumerate(CHILDREN)
    ]
    return {
        "header": Table(header, tuple((c, "1", b, "WBRI", "UN1", "", "") for c, b in ids)),
        "episodes": Table(episodes, (*spells, *follow)),
        "reviews": Table(
            ("CHILD", "DOB", "REVIEW", "REVIEW_CODE"),
            tuple((c, b, "12/12/2019", "PN1") for c, b in ids),
        ),
        "missing": Table(
            ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"),
            tuple((c, b, "M", "01/02/2020", "02/02/2020") for c, b in ids[:2]),
        ),
    }


def care_plans() -> Table:
    """Give a local table of care plans."""
    rows = tuple((child, f"{3 + n:02}/08/2020", "10/08/2020") for n, child in enumerate(CHILDREN))
    return Table(("Child", "Written on", "Authorised on"), rows)


@dataclass(frozen=True)
class Writing:
    """How a CSV file is written: encoding, delimiter, line ending, whether all is quoted."""

    encoding: str = "utf-8"
    delimiter: str = ","
    ending: str = "\n"
    is_quoted: bool = False

    def bytes_of(self, table: Table) -> bytes:
        """Write a table; what the encoding lacks becomes a question mark."""
        lines = (self.delimiter.join(map(self._cell, row)) for row in table.lines)
        return "".join(line + self.ending for line in lines).encode(self.encoding, "replace")

    def _cell(self, text: str) -> str:
        if self.is_quoted or any(sign in text for sign in (self.delimiter, '"', "\n", "\r")):
            return '"' + text.replace('"', '""') + '"'
        return text


writings = st.builds(
    Writing,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be", "cp037"]),
    delimiter=st.sampled_from([",", ";", "\t", "|", ":"]),
    ending=st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
    is_quoted=st.booleans(),
)
PLAIN = Writing()


@dataclass(frozen=True)
class Damage:
    """What happens to the bytes of a file: cut at a place, or something put into it."""

    kind: str
    at: int
    bytes_put: bytes = b""

    def of(self, content: bytes) -> bytes:
        """Do it; the place counts from the start and wraps round."""
        at = self.at % (len(content) + 1)
        if self.kind == "cut":
            return content[:at]
        if self.kind == "put":
            return content[:at] + self.bytes_put + content[at:]
        if self.kind == "overwrite":
            return content[:at] + self.bytes_put + content[at + len(self.bytes_put) :]
        return content[at:]


_STRAY = (
    b"\x00", b"\xff", b"\x81", b"\xef\xbb\xbf", b'"', b"\r", b"\n\n\n", b"<", b"&", b"\x1a", b"]]>",
    b",,,,,,,,,,,,,,,,", b"\xc3", b"'", b"<!--", b"PK\x03\x04", b"\x00" * 5000,
)  # fmt: skip
damages = st.builds(
    Damage,
    kind=st.sampled_from(["cut", "put", "overwrite", "behead"]),
    at=st.integers(0, 10_000_000),
    bytes_put=st.sampled_from(_STRAY),
)
