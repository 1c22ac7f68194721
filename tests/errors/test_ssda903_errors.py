"""SSDA903 returns with something wrong, and the whole message each is answered with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lineofsight.errors import SubmissionRefused
from lineofsight.returns.ssda903 import is_ssda903, read_ssda903

EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
)
ENDED = "A1,01/05/2022,S,V2,N1,U6,PR1,01/06/2023,E4A,,,,"
OPEN = "A1,01/05/2022,S,V2,N1,U6,PR1,,,,,,"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE"


def _write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


@pytest.fixture
def episodes(tmp_path: Path) -> Path:
    return _write(tmp_path / "episodes.csv", EPISODES, ENDED)


def _refusal(*paths: Path, year: int | None = None, as_at: date | None = None) -> str:
    with pytest.raises(SubmissionRefused) as refused:
        read_ssda903(paths, year, as_at)
    assert refused.value.exit_code == 3
    return str(refused.value)


def test_a_file_that_is_not_there(tmp_path: Path, episodes: Path) -> None:
    assert _refusal(episodes, tmp_path / "header.csv") == (
        "The file cannot be opened: No such file or directory.\n"
        "  File: header.csv.\n"
        "  Check the name and that you may read the file."
    )
    assert is_ssda903(tmp_path / "header.csv") is None


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file(tmp_path: Path, episodes: Path, content: bytes) -> None:
    path = tmp_path / "reviews.csv"
    path.write_bytes(content)
    assert _refusal(episodes, path) == (
        "The file is empty: it has not even a header row.\n"
        "  File: reviews.csv.\n"
        "  Give it the header row of its table; it may hold no rows."
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04rest", "an Excel workbook or a zip archive"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a workbook of the old .xls kind, or one with a password"),
        (b"CHILD,DOB\x00\x01\x02", "no text at all"),
    ],
)
def test_another_kind_of_file(tmp_path: Path, episodes: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "reviews.csv"
    path.write_bytes(content)
    assert _refusal(episodes, path) == (
        f"The file is not a CSV file; it is {kind}.\n"
        "  File: reviews.csv.\n"
        "  Save the table as 'CSV UTF-8 (comma delimited)' and deliver that file."
    )
    assert is_ssda903(path) is None


def test_unicode_text_of_excel(tmp_path: Path, episodes: Path) -> None:
    path = _write(tmp_path / "reviews.csv", REVIEWS, encoding="utf-16")
    assert _refusal(episodes, path) == (
        "The text is in the encoding UTF-16, which Excel calls 'Unicode Text'.\n"
        "  File: reviews.csv.\n"
        "  Save the table as 'CSV UTF-8 (comma delimited)' and deliver that file."
    )


def test_an_encoding_nobody_knows(tmp_path: Path, episodes: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_bytes(REVIEWS.encode() + b"\nA1,01/05/2010,01/03/2024,PN1\nA\x81\x8d,,,\n")
    assert _refusal(episodes, path) == (
        "The text is in an encoding that is neither UTF-8 nor Windows-1252.\n"
        "  File: reviews.csv, line 3.\n"
        "  Save the table as 'CSV UTF-8 (comma delimited)' and deliver that file."
    )


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path, episodes: Path) -> None:
    path = _write(tmp_path / "reviews.csv", REVIEWS, 'A1,01/05/2010,"01/03/2024,PN1', "A2,,,")
    assert _refusal(episodes, path) == (
        "A quotation mark is opened and never closed, so that cells run into each other.\n"
        "  File: reviews.csv.\n"
        "  Find the line with a single quotation mark and take it out."
    )


def test_columns_of_no_table(tmp_path: Path, episodes: Path) -> None:
    path = _write(tmp_path / "other.csv", "CHILD,DOB,REVUE,ETHNICS", "A1,01/05/2010,x,y")
    assert _refusal(episodes, path) == (
        "The columns are those of no table of the SSDA903.\n"
        "  File: other.csv. Its first row has 'CHILD', 'DOB', 'REVUE', 'ETHNICS'.\n"
        "  Should it be 'REVIEW' for 'REVUE' and 'ETHNIC' for 'ETHNICS'? Then change that header."
    )
    assert is_ssda903(path) is None


def test_a_file_without_a_header_shows_no_child(tmp_path: Path, episodes: Path) -> None:
    path = _write(tmp_path / "other.csv", "1234567,Anon Child,01/05/2010,x", "2,b,c,d")
    assert _refusal(episodes, path) == (
        "The columns are those of no table of the SSDA903.\n"
        "  File: other.csv. Its first row has no column names.\n"
        "  Give it a header row with the column names of the SSDA903 guide, as in 'DECOM'."
    )


def test_a_needed_column_under_another_name(tmp_path: Path, episodes: Path) -> None:
    path = _write(tmp_path / "reviews.csv", "CHILD,DOB,REVIEWS,REVIEW_CODE", "A1,,01/03/2024,PN1")
    assert _refusal(episodes, path) == (
        "The column 'REVIEW' is missing.\n"
        "  File: reviews.csv, sheet 'reviews', row 1.\n"
        "  Is it the column headed 'REVIEWS'? Then change that header to 'REVIEW'."
    )


def test_two_files_of_one_table_and_none_of_another_are_said_together(tmp_path: Path) -> None:
    paths = [_write(tmp_path / f"reviews {n}.csv", REVIEWS, "A1,,01/03/2024,PN1") for n in (1, 2)]
    broken = _write(tmp_path / "ad1.csv", "CHILD,DOB,DATE_MATCH,NB_ADOPTR", "A1,,01/03/2024,2")
    assert _refusal(*paths, broken) == (
        "There is no file of the table 'episodes', the episodes of care.\n"
        "  Files: reviews 1.csv, reviews 2.csv, ad1.csv.\n"
        "  Add the file, with the columns 'CHILD', 'DECOM', 'DEC', 'REC'; it may hold no rows.\n"
        "2 files are the table 'reviews', the statutory reviews.\n"
        "  Files: reviews 1.csv, reviews 2.csv.\n"
        "  Deliver the one that counts and leave out the others.\n"
        "The column 'DATE_INT' is missing.\n"
        "  File: ad1.csv, sheet 'ad1', row 1.\n"
        "  Add the column, with the header 'DATE_INT'."
    )


def test_nothing_delivered() -> None:
    assert _refusal() == (
        "There is no file of the table 'episodes', the episodes of care.\n"
        "  Files: none.\n"
        "  Add the file, with the columns 'CHILD', 'DECOM', 'DEC', 'REC'; it may hold no rows."
    )


def test_a_header_alone_says_no_year(tmp_path: Path) -> None:
    path = _write(tmp_path / "episodes.csv", EPISODES)
    assert _refusal(path) == (
        "The collection year cannot be told from the dates.\n"
        "  Files: episodes.csv. No episode has ended.\n"
        "  Give the year by its end: 2024 for 1 April 2023 to 31 March 2024."
    )
    reading = read_ssda903([path], 2024)
    assert reading.sheets == (("episodes", 0, 0),)
    assert reading.frames["periods_of_care"].height == 0


def test_dates_that_do_not_agree_on_a_year(tmp_path: Path) -> None:
    other = ENDED.replace("01/06/2023", "01/06/2022").replace("A1", "B2")
    path = _write(tmp_path / "episodes.csv", EPISODES, ENDED, other, OPEN.replace("A1", "C3"))
    assert _refusal(path) == (
        "The collection year cannot be told from the dates.\n"
        "  Files: episodes.csv. Of the episodes that ended, there are 1 in the year to 31 March "
        "2024, 1 in the year to 31 March 2023.\n"
        "  Give the year by its end: 2024 for 1 April 2023 to 31 March 2024."
    )


def test_a_year_that_the_dates_deny(episodes: Path) -> None:
    assert _refusal(episodes, year=2019) == (
        "The return is not for the year to 31 March 2019: none of its episodes that ended falls "
        "in it.\n"
        "  Files: episodes.csv. Most of them, 1, fall in the year to 31 March 2024.\n"
        "  Give the year 2024, or deliver the files of 2019."
    )


def test_a_day_outside_the_year(episodes: Path) -> None:
    assert _refusal(episodes, year=2024, as_at=date(2023, 2, 1)) == (
        "The return cannot be for the year to 31 March 2024 and as at 1 February 2023.\n"
        "  Files: episodes.csv.\n"
        "  Give a day from 1 April 2023 to 31 March 2024, or the year 2023."
    )


def test_xml_cut_short(tmp_path: Path) -> None:
    path = _write(tmp_path / "return.xml", "<EXPSSDA903>", "<CHILD><HEADER><CHILDID>A1</CHILDID>")
    assert _refusal(path) == (
        "The XML document is damaged or was cut short at line 3.\n"
        "  File: return.xml.\n"
        "  Export or copy it again, and check that a browser can open it.\n"
        "There is no file of the table 'episodes', the episodes of care.\n"
        "  Files: return.xml.\n"
        "  Add the file, with the columns 'CHILD', 'DECOM', 'DEC', 'REC'; it may hold no rows."
    )


def test_xml_of_another_return(tmp_path: Path, episodes: Path) -> None:
    path = _write(tmp_path / "cin.xml", "<?xml version='1.0'?>", "<Message><Header/></Message>")
    assert _refusal(episodes, path) == (
        "The XML document is no SSDA903: its outermost element is 'Message', not 'EXPSSDA903'.\n"
        "  File: cin.xml.\n"
        "  Export the return again as SSDA903, or deliver its CSV files."
    )
    assert is_ssda903(path) is None


def test_no_outside_entity_is_followed(tmp_path: Path) -> None:
    secret = _write(tmp_path / "secret.txt", "never to be read")
    path = _write(
        tmp_path / "return.xml",
        f'<!DOCTYPE EXPSSDA903 [<!ENTITY out SYSTEM "{secret.as_uri()}">]>',
        "<EXPSSDA903><CHILD><HEADER><CHILDID>A1</CHILDID><SEX>&out;</SEX></HEADER>",
        "<EPISODE><DECOM>01/05/2022</DECOM><DEC>01/06/2023</DEC><REC>E4A</REC></EPISODE>",
        "</CHILD></EXPSSDA903>",
    )
    path.write_text("<?xml version='1.0'?>\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    reading = read_ssda903([path])
    assert reading.frames["children"]["sex"].to_list() == [None]
    assert "never" not in str(reading)
