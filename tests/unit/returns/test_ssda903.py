"""SSDA903 returns read whole: drawn ones with known answers, and the samples of two open peers."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from lineofsight.journey.fields import fields_of
from lineofsight.journey.tables import BY_NAME, WHEN
from lineofsight.returns.issue import Kind
from lineofsight.returns.looked_after_facts import day_after_a_year_before
from lineofsight.returns.ssda903 import Ssda903Reading, is_ssda903, read_ssda903
from lineofsight.returns.ssda903_layout import TABLES_903

SHARED = Path(
    os.environ.get("LINEOFSIGHT_SHARED", Path(__file__).resolve().parents[3] / ".." / "shared")
)
PEER = SHARED / "fixtures" / "csc-validator-be-903"
LIIA = SHARED / "fixtures" / "liia-tools" / "SSDA903_2020_episodes.csv"
needs_peer = pytest.mark.skipif(
    not PEER.is_dir(), reason="Put the sample return of csc-validator-be-903 into ../shared."
)
HEADERS = {sheet.title: [c.header for c in sheet.columns] for sheet in TABLES_903}


def deliver(
    folder: Path, tables: Mapping[str, str], *, delimiter: str = ",", encoding: str = "utf-8"
) -> list[Path]:
    """Write the tables of a return, each from lines of cells in the order of the layout."""
    paths = []
    for title, lines in tables.items():
        rows = [HEADERS[title], *(line.strip().split(",") for line in lines.strip().splitlines())]
        path = folder / f"{title}.csv"
        path.write_text("\n".join(delimiter.join(row) for row in rows) + "\n", encoding=encoding)
        paths.append(path)
    return paths


ONE_CHILD = {
    "header": "A1,F,01/05/2010,WBRI,X1,,",
    "episodes": """
        A1,01/05/2022,S,V2,N1,U6,PR1,01/06/2023,X1,CARPL,SO14 1AA,SO15 2BB,7
        A1,01/06/2023,B,C2,N1,K2,PR4,,,,SO14 1AA,so163cc,8
        """,
}
CLOSED = "B2,01/04/2023,S,V2,N1,U6,PR1,01/03/2024,E4A,,,,"


def only(reading: Ssda903Reading, table: str) -> dict[str, Any]:
    (row,) = reading.frames[table].to_dicts()
    return row


def columns(reading: Ssda903Reading, table: str, *names: str) -> list[tuple[Any, ...]]:
    return reading.frames[table].select(names).rows()


def test_a_child_with_a_chain_of_two_episodes(tmp_path: Path) -> None:
    reading = read_ssda903(deliver(tmp_path, ONE_CHILD))
    period = only(reading, "periods_of_care")
    assert (period["started_on"], period["ceased_on"]) == (date(2022, 5, 1), None)
    assert (period["legal_status"], period["placement_type"]) == ("C2", "K2")
    assert (period["file"], period["sheet"], period["row"]) == ("episodes.csv", "episodes", 2)
    child = only(reading, "children")
    assert (child["sex"], child["ethnicity"], child["born_on"]) == ("F", "WBRI", date(2010, 5, 1))
    assert (reading.first_day, reading.last_day) == (date(2023, 4, 1), date(2024, 3, 31))
    assert reading.sheets == (("header", 1, 1), ("episodes", 2, 2))
    assert reading.repairs == ()
    assert reading.issues == ()


def test_only_the_first_half_of_a_postcode_is_kept(tmp_path: Path) -> None:
    tables = dict(ONE_CHILD)
    tables["episodes"] += "A1,01/01/2021,S,V2,N1,U6,PR1,01/02/2021,E4A,,nope,SO15 2BBB,7\n"
    reading = read_ssda903(deliver(tmp_path, tables), 2024)
    districts = columns(reading, "care_episodes", "home_district", "placement_district")
    assert districts == [("SO14", "SO15"), ("SO14", "SO16"), (None, None)]
    told = [(i.field, i.kind, i.rows) for i in reading.issues]
    assert told == [("HOME_POST", Kind.UNREADABLE, (4,)), ("PL_POST", Kind.UNREADABLE, (4,))]


@pytest.mark.parametrize(("text", "code"), [("1", "M"), ("2", "F"), ("M", "M"), ("U", "U")])
def test_sex_is_read_as_every_year_has_written_it(tmp_path: Path, text: str, code: str) -> None:
    header = f"A1,{text},01/05/2010,WBRI,X1,,"
    reading = read_ssda903(deliver(tmp_path, {**ONE_CHILD, "header": header}))
    assert only(reading, "children")["sex"] == code


@pytest.mark.parametrize(("year", "code"), [(2018, "E43"), (2018, "E44"), (2024, "E45")])
def test_special_guardians_are_read_as_every_year_has_written_them(
    tmp_path: Path, year: int, code: str
) -> None:
    """Until 2017/18 the list told former foster carers (E43) from others (E44) and no more."""
    episode = f"A1,01/05/{year - 1},S,V2,N1,U6,PR1,01/06/{year - 1},{code},,,,"
    reading = read_ssda903(deliver(tmp_path, {**ONE_CHILD, "episodes": episode}))
    assert only(reading, "periods_of_care")["reason_ceased"] == code
    assert reading.issues == ()


def test_dates_in_iso_are_read_without_a_word(tmp_path: Path) -> None:
    tables = {**ONE_CHILD, "episodes": "A1,2022-05-01,S,V2,N1,U6,PR1,2023-06-01,E4A,,,,"}
    reading = read_ssda903(deliver(tmp_path, tables))
    assert columns(reading, "periods_of_care", "started_on", "ceased_on") == [
        (date(2022, 5, 1), date(2023, 6, 1))
    ]
    assert reading.issues == ()


def test_a_day_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    tables = {**ONE_CHILD, "reviews": "A1,01/05/2010,31/02/2024,PN1\nA1,01/05/2010,1/3/2024,PN9"}
    reading = read_ssda903(deliver(tmp_path, tables))
    assert [str(issue) for issue in reading.issues] == [
        "'reviews': 1 row without a value here, which every row needs: not taken; row 2.".replace(
            "'reviews'", "'reviews', column 'REVIEW'"
        ),
        "'reviews', column 'REVIEW': 1 cell that cannot be read: left blank; row 2.",
        "'reviews', column 'REVIEW': 1 cell with a date written as text: read as day, month, "
        "year; row 3.",
        "'reviews', column 'REVIEW_CODE': 1 cell with a value that is not in the code list: left "
        "blank ('PN9'); row 3.",
    ]
    assert reading.sheets[-1] == ("reviews", 2, 1)


@pytest.mark.parametrize(
    ("delimiter", "encoding", "said"),
    [
        (",", "utf-8-sig", "in UTF-8, its cells separated by commas."),
        (";", "utf-8", "in UTF-8, its cells separated by semicolons."),
        ("\t", "cp1252", "in Windows-1252, its cells separated by tabs."),
    ],
)
def test_how_a_file_was_written_is_found_and_said(
    tmp_path: Path, delimiter: str, encoding: str, said: str
) -> None:
    tables = {**ONE_CHILD, "sw_episodes": "A1,01/05/2010,Zoë,01/04/2023,,MANAGE"}
    reading = read_ssda903(deliver(tmp_path, tables, delimiter=delimiter, encoding=encoding))
    assert reading.said[-1] == (
        "sw_episodes.csv was taken for the table 'sw_episodes', because of its columns 'SW_ID', "
        f"'SW_DECOM', 'SW_DEC' and 1 more; it is {said}"
    )
    assert only(reading, "involvements")["worker"] == "Zoë"


def test_quoted_cells_are_read_as_plain_ones_are(tmp_path: Path) -> None:
    plain, quoted = tmp_path / "plain", tmp_path / "quoted"
    plain.mkdir()
    quoted.mkdir()
    paths = deliver(plain, ONE_CHILD)
    for path in paths:
        lines = path.read_text(encoding="utf-8").splitlines()
        cells = ['"' + '","'.join(line.split(",")) + '"' for line in lines]
        (quoted / path.name).write_text("\r\n".join(cells), encoding="utf-8")
    first = read_ssda903(paths)
    second = read_ssda903([quoted / path.name for path in paths])
    for name, frame in first.frames.items():
        assert frame.equals(second.frames[name]), name


def test_lines_too_long_and_too_short_are_reported(tmp_path: Path) -> None:
    paths = deliver(tmp_path, {**ONE_CHILD, "reviews": "A1,01/05/2010,01/03/2024,PN1,x,y"})
    with paths[2].open("a", encoding="utf-8") as file:
        file.write("\nA1,01/05/2010,02/03/2024\n")
    reading = read_ssda903(paths)
    assert [str(issue) for issue in reading.issues] == [
        "'reviews': 2 values far outside the table: not read; row 2."
    ]
    assert [str(repair) for repair in reading.repairs] == [
        "'reviews': 1 row (row 4). A line with fewer cells than the header has is read with "
        "blanks for the others."
    ]
    assert columns(reading, "looked_after_reviews", "row", "participation") == [
        (2, "PN1"), (4, None)
    ]  # fmt: skip


def test_files_and_columns_may_have_any_name_and_case(tmp_path: Path) -> None:
    paths = deliver(tmp_path, ONE_CHILD)
    for number, path in enumerate(paths):
        lines = path.read_text(encoding="utf-8").splitlines()
        text = "\n".join([lines[0].lower().replace("_", " "), *lines[1:]])
        path.rename(tmp_path / f"export {number}.txt").write_text(text, encoding="utf-8")
    renamed = sorted(tmp_path.glob("*.txt"))
    reading = read_ssda903(renamed)
    assert [title for _, title, _ in reading.files] == ["header", "episodes"]
    assert only(reading, "periods_of_care")["placement_provider"] == "PR4"


def test_a_title_above_the_header_is_no_matter(tmp_path: Path) -> None:
    paths = deliver(tmp_path, ONE_CHILD)
    text = paths[1].read_text(encoding="utf-8")
    paths[1].write_text(f"Episodes of the year\n\n{text}", encoding="utf-8")
    assert only(read_ssda903(paths), "periods_of_care")["row"] == 4


def test_what_other_tables_say_of_a_period(tmp_path: Path) -> None:
    tables = {
        **ONE_CHILD,
        "reviews": "A1,01/05/2010,03/07/2023,PN1\nA1,01/05/2010,08/01/2024,PN1\n"
        "A1,01/05/2010,08/04/2024,PN1",
        "missing": "A1,01/05/2010,M,01/04/2023,02/04/2023\nA1,01/05/2010,A,03/05/2023,\n"
        "A1,01/05/2010,M,31/03/2023,31/03/2023",
        "uasc": "A1,F,01/05/2010,01/05/2028",
    }
    period = only(read_ssda903(deliver(tmp_path, tables)), "periods_of_care")
    assert period["latest_review_on"] == date(2024, 1, 8)
    assert period["missing_in_12_months"] == 1
    assert period["is_unaccompanied"]
    assert period["placements_in_12_months"] == 2


PLACEMENTS = [
    ("a change of legal status is no new placement", ["S U6 1", "L U6 1"], 1),
    ("a change of status with the same carer is none", ["S U6 1", "U U4 1"], 1),
    ("a change of carer is one", ["S U6 1", "P U6 1"], 2),
    ("a holiday and back is none", ["S U6 1", "P T2 2", "P U6 1"], 1),
    ("a holiday and on to another carer is one", ["S U6 1", "P T2 2", "P U6 3"], 2),
]


@pytest.mark.parametrize(("_", "stays", "count"), PLACEMENTS, ids=[p[0] for p in PLACEMENTS])
def test_placements_of_a_year(tmp_path: Path, _: str, stays: Sequence[str], count: int) -> None:
    lines = []
    for number, (began, place, urn) in enumerate(stay.split() for stay in stays):
        end = f"01/{6 + number:02}/2023" if number < len(stays) - 1 else ""
        reason = "X1" if end else ""
        lines.append(
            f"A1,01/{5 + number:02}/2023,{began},C2,N1,{place},PR1,{end},{reason},,,,{urn}"
        )
    tables = {"episodes": "\n".join([*lines, CLOSED])}
    reading = read_ssda903(deliver(tmp_path, tables), 2024)
    found = dict(columns(reading, "periods_of_care", "child_id", "placements_in_12_months"))
    assert found == {"A1": count, "B2": 1}


def test_an_adoption_is_put_together(tmp_path: Path) -> None:
    tables = {
        "episodes": """
        A1,01/05/2022,S,C2,N1,U6,PR1,01/09/2022,X1,,,,
        A1,01/09/2022,L,E1,N1,U6,PR1,01/06/2023,X1,,,,
        A1,01/06/2023,P,E1,N1,A6,PR1,01/02/2024,E12,,,,
        """,
        "placed_for_adoption": "A1,01/05/2021,01/08/2022,,\nB2,01/05/2021,01/08/2022,,RD3",
        "ad1": "A1,01/05/2021,01/08/2022,05/05/2023,0,2,MF,L11",
    }
    reading = read_ssda903(deliver(tmp_path, tables), 2024)
    adoption = only(reading, "adoptions")
    days = ("entered_care_on", "decided_on", "placement_order_on", "matched_on", "placed_on")
    assert [adoption[name].isoformat() for name in (*days, "ordered_on")] == [
        "2022-05-01", "2022-08-01", "2022-09-01", "2023-05-05", "2023-06-01", "2024-02-01"
    ]  # fmt: skip
    assert reading.frames["adoption_decisions"].height == 2
    assert [str(repair) for repair in reading.repairs] == [
        "'placed_for_adoption': 1 row (row 3). An adoption of a child without a period of care is "
        "not in the table of adoptions."
    ]


def test_care_leavers_get_the_birthday_of_the_year(tmp_path: Path) -> None:
    tables = {
        "episodes": "B2,01/05/2022,S,V2,N1,U6,PR1,01/03/2023,E4A,,,,",
        "oc3": "A1,29/02/2004,YES,F1,B1\nA2,01/04/2005,NO,0,0\nA3,zz,YES,F1,U2",
    }
    reading = read_ssda903(deliver(tmp_path, tables))
    assert columns(reading, "care_leavers_at_birthday", "child_id", "birthday_on") == [
        ("A1", date(2023, 3, 1)), ("A2", date(2022, 4, 1))
    ]  # fmt: skip
    assert reading.sheets[-1] == ("oc3", 3, 2)
    not_taken = [i for i in reading.issues if i.kind is Kind.NOT_TAKEN]
    assert [(i.field, i.count, i.rows) for i in not_taken] == [("DOB", 1, (4,))]


def test_the_year_is_told_from_the_ends_of_episodes_or_given(tmp_path: Path) -> None:
    paths = deliver(tmp_path, ONE_CHILD)
    assert read_ssda903(paths).said[:2] == (
        "The return is taken to be for 1 April 2023 to 31 March 2024: 1 of 1 episodes that ended "
        "fall in it.",
        "Nothing in the return is later than 1 June 2023: if it was drawn before 31 March 2024, "
        "say as at which day.",
    )
    given = read_ssda903(paths, as_at=date(2023, 6, 15))
    assert (given.first_day, given.as_at) == (date(2023, 4, 1), date(2023, 6, 15))
    assert given.said[0] == (
        "The return is for 1 April 2023 to 31 March 2024, as given, and is complete to "
        "15 June 2023."
    )


def test_what_no_column_told_is_named(tmp_path: Path) -> None:
    reading = read_ssda903(deliver(tmp_path, ONE_CHILD))
    assert "periods_of_care.latest_review_on" in reading.missing_fields
    assert "periods_of_care.legal_status" not in reading.missing_fields
    assert "children.has_disability" in reading.missing_fields
    assert reading.missing_tables == (
        "looked_after_reviews", "immigration_status", "health", "care_leavers_at_birthday",
        "adopted_children", "adoption_decisions", "previous_permanence", "missing_episodes",
        "involvements", "deprivations_of_liberty", "adoptions",
    )  # fmt: skip


XML = """<?xml version="1.0" encoding="UTF-8"?>
<EXPSSDA903>
  <CHILD>
    <HEADER>
      <CHILDID>A1</CHILDID><SEX>2</SEX><DOB>01/05/2004</DOB><ETHNIC>WBRI</ETHNIC><UPN>X1</UPN>
      <UASC>1</UASC><DUC>01/05/2022</DUC>
      <AREVIEW><REVIEW>03/07/2017</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
      <AREVIEW><REVIEW>03/01/2018</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
      <AMISSING><MISSING>M</MISSING><MIS_START>01/05/2017</MIS_START></AMISSING>
      <PERMANENCE><PREV_PERM>Z1</PREV_PERM></PERMANENCE>
      <OC2><SDQ_SCORE>12</SDQ_SCORE><CONVICTED>0</CONVICTED></OC2>
    </HEADER>
    <EPISODE><DECOM>01/05/2016</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL>
      <PL_POST>SO15 2BB</PL_POST><DEC>01/06/2017</DEC><REC>X1</REC></EPISODE>
    <EPISODE><DECOM>01/06/2017</DECOM><RNE>P</RNE><LS>C2</LS><PL>K2</PL><NOVEL>q</NOVEL></EPISODE>
  </CHILD>
  <CHILD>
    <HEADER><CHILDID>B2</CHILDID><SEX>1</SEX><DOB>01/05/1999</DOB>
      <IN_TOUCH>YES</IN_TOUCH><ACTIV>F1</ACTIV><ACCOM>B1</ACCOM></HEADER>
  </CHILD>
</EXPSSDA903>
"""


def test_the_xml_form_is_the_same_return(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    path.write_text(XML, encoding="utf-8")
    assert is_ssda903(path) == "SSDA903 in XML, because its outermost element is EXPSSDA903"
    reading = read_ssda903([path])
    period = only(reading, "periods_of_care")
    assert (period["started_on"], period["placement_type"]) == (date(2016, 5, 1), "K2")
    assert (period["is_unaccompanied"], period["latest_review_on"]) == (True, date(2018, 1, 3))
    counts = {title: (rows_in, taken) for title, rows_in, taken in reading.sheets}
    assert counts == {
        "header": (2, 2), "episodes": (2, 2), "reviews": (2, 2), "uasc": (1, 1), "oc2": (1, 1),
        "oc3": (1, 1), "ad1": (0, 0), "placed_for_adoption": (0, 0),
        "previous_permanence": (1, 1), "missing": (1, 1),
    }  # fmt: skip
    unknown = [i for i in reading.issues if i.kind is Kind.HEADER_UNKNOWN]
    assert [(i.sheet, i.field, i.count) for i in unknown] == [("episodes", "NOVEL", 1)]
    assert only(reading, "health")["sdq_score"] == 12


def test_frames_are_as_the_journey_declares_them(tmp_path: Path) -> None:
    tables = dict.fromkeys(HEADERS, "")
    reading = read_ssda903(deliver(tmp_path, {**tables, "episodes": CLOSED}))
    assert set(reading.frames) <= set(BY_NAME)
    for name, frame in reading.frames.items():
        fields = fields_of(BY_NAME[name]).items()
        expected = [n for n, f in fields if not f.info["kind"].startswith("clock")]
        assert frame.columns == [*expected, "file", "sheet", "row"], name
        assert not any(dtype == pl.Null for dtype in frame.dtypes), name


def test_a_year_before_a_leap_day() -> None:
    assert day_after_a_year_before(date(2024, 2, 29)) == date(2023, 3, 1)


# --- The samples of two open peers ------------------------------------------------------------


@pytest.fixture(scope="module")
def sample() -> Ssda903Reading:
    return read_ssda903(sorted(PEER.glob("*.csv")))


@needs_peer
def test_every_row_of_the_sample_is_accounted_for(sample: Ssda903Reading) -> None:
    assert len(sample.sheets) == len(sample.files) == 12
    for file, title, _ in sample.files:
        with (PEER / file).open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        found = next((taken, came) for name, came, taken in sample.sheets if name == title)
        assert found == (len(rows), len(rows)), title
    told = {(i.sheet, i.field, i.kind): i.count for i in sample.issues}
    assert told == {
        ("oc3", "ACCOM", Kind.UNKNOWN): 2,
        ("placed_for_adoption", "REASON_PLACED_CEASED", Kind.UNKNOWN): 29,
        ("sw_episodes", "SW_REASON", Kind.UNKNOWN): 1,
    }


@needs_peer
def test_every_cell_of_the_sample_stands_in_the_journey_or_is_reported(
    sample: Ssda903Reading,
) -> None:
    """Counts filled cells column by column; only those that an issue names are lost."""
    lost = {(issue.sheet, issue.field): issue.count for issue in sample.issues}
    for file, title, _ in sample.files:
        layout = next(sheet for sheet in TABLES_903 if sheet.title == title)
        frame = sample.frames[layout.tables[0].__name__]
        with (PEER / file).open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        for column in layout.columns:
            own = [f.name for f in column.fields if f.table is layout.tables[0].table]
            for name in own:
                filled = sum(bool(row[column.header].strip()) for row in rows)
                kept = filled - lost.get((title, column.header), 0)
                in_frame = frame.filter(pl.col("sheet") == title)[name].drop_nulls().len()
                assert in_frame == kept or title == "header", (title, column.header)


def _raw_episodes() -> list[dict[str, Any]]:
    def day(text: str) -> date | None:
        return datetime.strptime(text, "%d/%m/%Y").date() if text else None

    with (PEER / "episodes.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        {"row": n, "child": r["CHILD"], "care": r["LS"] not in ("V3", "V4"),
         "start": day(r["DECOM"]), "end": day(r["DEC"])}
        for n, r in enumerate(rows, start=2)
    ]  # fmt: skip


def _looked_after(sample: Ssda903Reading, on: date) -> set[str]:
    care = sample.frames["periods_of_care"].filter(
        ~pl.col("legal_status").is_in(["V3", "V4"])
        & (pl.col("started_on") <= on)
        & (pl.col("ceased_on").is_null() | (pl.col("ceased_on") > on))
    )
    return set(care["child_id"])


def _by_hand(on: date, *, mended: bool) -> set[str]:
    """Children with an episode that lasts on a day; `mended` ends an open one at a later start."""
    raw = [episode for episode in _raw_episodes() if episode["care"]]
    starts: dict[str, list[date]] = {}
    for episode in raw:
        starts.setdefault(episode["child"], []).append(episode["start"])

    def end(episode: dict[str, Any]) -> date:
        later = [day for day in starts[episode["child"]] if day > episode["start"]]
        return episode["end"] or min(later if mended else [], default=None) or date.max

    return {e["child"] for e in raw if e["start"] <= on < end(e)}


@needs_peer
@pytest.mark.parametrize("on", [date(2017, 4, 1), date(2017, 10, 31), date(2018, 3, 31)])
def test_the_number_looked_after_is_that_of_the_raw_file(sample: Ssda903Reading, on: date) -> None:
    assert _looked_after(sample, on) == _by_hand(on, mended=True)


@needs_peer
def test_every_child_the_raw_file_alone_would_count_is_named_by_a_repair(
    sample: Ssda903Reading,
) -> None:
    """1,201 children by the file as it stands; five are open in a row that a later one closes."""
    last = date(2018, 3, 31)
    rows = next(r.rows for r in sample.repairs if r.rule == "missing_end")
    named = {e["child"] for e in _raw_episodes() if e["row"] in rows}
    more = _by_hand(last, mended=False) - _looked_after(sample, last)
    assert _looked_after(sample, last) <= _by_hand(last, mended=False)
    assert len(more) == 5
    assert more <= named


@needs_peer
def test_a_period_s_first_and_last_day_are_days_of_its_episodes(sample: Ssda903Reading) -> None:
    starts = {(e["child"], e["start"]) for e in _raw_episodes()}
    ends = {(e["child"], e["end"]) for e in _raw_episodes()} | starts
    periods = columns(sample, "periods_of_care", "child_id", "started_on", "ceased_on")
    assert all((child, start) in starts for child, start, _ in periods)
    assert all(end is None or (child, end) in ends for child, _, end in periods)


@needs_peer
def test_files_of_the_sample_are_told_by_their_columns() -> None:
    known = {path.name: is_ssda903(path) for path in sorted(PEER.iterdir())}
    assert known["ch_fake.xlsx"] is None
    assert known["scp_fake.xlsx"] is None
    assert known["uasc.csv"] == "SSDA903 table 'uasc', because of its column 'DUC'"
    assert sum(reason is not None for reason in known.values()) == 12


@pytest.mark.skipif(not LIIA.is_file(), reason="Put the sample of liia-tools into ../shared.")
def test_the_sample_of_the_regional_peer() -> None:
    reading = read_ssda903([LIIA])
    assert reading.first_day == date(2019, 4, 1)
    found = columns(reading, "periods_of_care", "child_id", "started_on", "ceased_on")
    assert sorted(found) == [
        ("249901", date(2019, 3, 30), date(2019, 4, 10)),
        ("249901", date(2019, 4, 10), date(2019, 6, 24)),
        ("689661", date(2018, 12, 2), date(2019, 9, 26)),
        ("689661", date(2018, 12, 11), date(2019, 7, 18)),
    ]


def test_every_new_table_says_when() -> None:
    tables = {sheet.tables[0].__name__ for sheet in TABLES_903} - {"children"}
    assert tables <= set(WHEN)
