"""Several years' SSDA903 in one go: one delivery a year, told by names, folders or dates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from lineofsight.returns.arrivals import deliveries
from lineofsight.returns.collection_year import year_in_name
from lineofsight.returns.yearly_files import by_collection_year
from tests.unit.returns.test_ssda903 import HEADERS

HEADER = "A1,F,01/05/2010,WBRI,X1,,"
EPISODES = {
    2019: "A1,01/05/2018,S,V2,N1,U6,PR1,01/06/2018,E4A,,,,",
    2020: "A1,01/05/2019,S,V2,N1,U6,PR1,01/06/2019,E4A,,,,",
}
REVIEWS = {2019: "A1,01/05/2010,30/05/2018,PN1", 2020: "A1,01/05/2010,30/05/2019,PN1"}


def laid(folder: Path, files: Mapping[str, tuple[str, str]]) -> list[Path]:
    """Write files by name, each a table and its one line."""
    paths = []
    for name, (title, line) in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{','.join(HEADERS[title])}\n{line}\n", encoding="utf-8")
        paths.append(path)
    return paths


def names(groups: list[tuple[Path, ...]], folder: Path) -> list[list[str]]:
    return [[path.relative_to(folder).as_posix() for path in group] for group in groups]


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("SSDA903_2020_episodes", 2020),
        ("episodes 2018-19", 2019),
        ("episodes_2018_2019", 2019),
        ("903-201819-header", 2019),
        ("header_2020-06-30", 2020),
        ("header_20200630", None),  # a day's stamp is no year
        ("header_2017_to_2020", None),  # which of the two?
        ("903_header", None),
        ("1999 header", None),
    ],
)
def test_a_year_in_a_name(name: str, year: int | None) -> None:
    assert year_in_name(name) == year


def test_one_return_is_one_delivery_whatever_its_files_are_called(tmp_path: Path) -> None:
    """Also where only one of the names tells a year, or they lie in two folders."""
    files = {
        "a/header.csv": ("header", HEADER),
        "b/SSDA903_2020_episodes.csv": ("episodes", EPISODES[2019]),
        "b/reviews (final).csv": ("reviews", REVIEWS[2019]),
    }
    paths = laid(tmp_path, files)
    assert by_collection_year(paths) == [tuple(paths)]


def test_two_years_in_one_folder_are_told_by_their_names(tmp_path: Path) -> None:
    """The names decide, also where the dates would tell otherwise."""
    files = {
        "2019_episodes.csv": ("episodes", EPISODES[2019]),
        "2019_header.csv": ("header", HEADER),
        "2020_episodes.csv": ("episodes", EPISODES[2020]),
        "2020_header.csv": ("header", HEADER),
        "2020_reviews.csv": ("reviews", REVIEWS[2019]),
    }
    laid(tmp_path, files)
    assert names(deliveries([tmp_path]), tmp_path) == [
        ["2019_episodes.csv", "2019_header.csv"],
        ["2020_episodes.csv", "2020_header.csv", "2020_reviews.csv"],
    ]


def test_a_folder_a_year_is_a_delivery_a_year(tmp_path: Path) -> None:
    """The files of each folder belong together, whether or not its name tells a year."""
    table = {"header.csv": ("header", HEADER), "episodes.csv": ("episodes", EPISODES[2019])}
    for folder in ("older", "newer"):
        laid(tmp_path / folder, table)
    assert names(deliveries([tmp_path / "newer", tmp_path / "older"]), tmp_path) == [
        ["newer/episodes.csv", "newer/header.csv"],
        ["older/episodes.csv", "older/header.csv"],
    ]


def test_names_that_tell_nothing_leave_it_to_the_dates(tmp_path: Path) -> None:
    """Episodes and reviews tell their year by their dates; a header has none and stays behind."""
    files = {
        "episodes.csv": ("episodes", EPISODES[2020]),
        "episodes (1).csv": ("episodes", EPISODES[2019]),
        "reviews.csv": ("reviews", REVIEWS[2020]),
        "header.csv": ("header", HEADER),
    }
    paths = laid(tmp_path, files)
    assert names(by_collection_year(paths), tmp_path) == [
        ["episodes.csv", "reviews.csv"],
        ["episodes (1).csv"],
        ["header.csv"],
    ]


def test_the_same_table_twice_in_a_year_stays_one_delivery(tmp_path: Path) -> None:
    """So that it is refused in a sentence that names both files."""
    files = {
        "episodes 2019.csv": ("episodes", EPISODES[2019]),
        "episodes 2019 (1).csv": ("episodes", EPISODES[2019]),
    }
    paths = laid(tmp_path, files)
    assert by_collection_year(paths) == [tuple(paths)]


def test_a_year_in_xml_beside_another_in_csv(tmp_path: Path) -> None:
    """The XML form is a whole return; the file of social workers, which it lacks, may join it."""
    (tmp_path / "903.xml").write_text(
        "<EXPSSDA903><CHILD><HEADER><CHILDID>A1</CHILDID></HEADER><EPISODE><DECOM>01/05/2018"
        "</DECOM><DEC>01/06/2018</DEC><REC>E4A</REC></EPISODE></CHILD></EXPSSDA903>",
        encoding="utf-8",
    )
    workers = {"sw.csv": ("sw_episodes", "A1,01/05/2010,SW1,01/05/2018,,FCONTA")}
    (beside,) = laid(tmp_path, workers)
    xml = tmp_path / "903.xml"
    assert by_collection_year([xml, beside]) == [(xml, beside)]
    (episodes,) = laid(tmp_path, {"episodes.csv": ("episodes", EPISODES[2020])})
    assert by_collection_year([xml, episodes]) == [(xml,), (episodes,)]


def test_other_files_stand_where_they_came(tmp_path: Path) -> None:
    """A delivery stands in the place of its first file."""
    letter = tmp_path / "a letter.txt"
    letter.write_text("To whom it may concern", encoding="utf-8")
    paths = laid(tmp_path, {"header.csv": ("header", HEADER)})
    last = tmp_path / "z letter.txt"
    last.write_text("To whom it may concern", encoding="utf-8")
    assert deliveries([letter, *paths, last]) == [(letter,), tuple(paths), (last,)]
    assert deliveries([]) == []
