"""An untidy authority: every fault made in its files is found where it was made.

Synthetic: every child is made up, and so is every fault.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from lineofsight.returns.arrivals import deliveries
from lineofsight.returns.issue import MOST_ROWS_NAMED
from lineofsight.returns.submission import Reading, read_files
from lineofsight.synthetic.authority import synthesise
from lineofsight.synthetic.mess import FAULTS_FILE, READ_AS_MEANT
from lineofsight.synthetic.mess_annex_a import ANNEX_A_FAULTS
from lineofsight.synthetic.mess_cin_census import CIN_CENSUS_FAULTS
from lineofsight.synthetic.mess_local import LOCAL_FAULTS
from lineofsight.synthetic.mess_ssda903 import SSDA903_FAULTS
from lineofsight.validation.validate import validate_reading

SIZE, SEED, SOME = 1_500, 11, 2
Place = tuple[str, str, int]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an untidy authority of 1,500 children."""
    out = tmp_path_factory.mktemp("untidy")
    synthesise(out, SIZE, SEED, returns="all", mess=SOME)
    return out


@pytest.fixture(scope="module")
def listed(made: Path) -> list[dict[str, str]]:
    """The faults that the list beside the files names."""
    text = (made / FAULTS_FILE).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture(scope="module")
def readings(made: Path) -> list[Reading]:
    """Every return in the folder, each taken whole."""
    # The dataset is written tidy, and the workforce censuses are.
    untidy = sorted(path for path in (made / "returns").iterdir() if path.name != "ssd")
    return [read_files(d) for d in deliveries([*sorted(made.glob("*.xlsx")), *untidy])]


def told(reading: Reading) -> Iterator[tuple[str, Place]]:
    """What reading and the rules reported, as (kind or code, place)."""
    said = reading.submission
    for issue in reading.issues:
        assert len(issue.rows) < MOST_ROWS_NAMED, "not every row is named any more"
        # A set of CSV files is one delivery: its tables have names of their own.
        yield from ((issue.kind.name, (said.id, issue.sheet, row)) for row in issue.rows)
    for result in validate_reading(reading).results:
        yield from (
            (result.rule.code, (said.id, place.sheet, place.row)) for place in result.broken
        )


def test_every_kind_of_fault_was_made(listed: list[dict[str, str]]) -> None:
    """The list holds each block of each return, and none is forgotten."""
    kinds = (*ANNEX_A_FAULTS, *LOCAL_FAULTS, *CIN_CENSUS_FAULTS, *SSDA903_FAULTS)
    names = Counter(fault["fault"] for fault in listed)
    assert {kind.name for kind in kinds} <= names.keys()
    assert len(listed) > 200


def test_every_fault_made_is_a_fault_found(
    listed: list[dict[str, str]], readings: list[Reading]
) -> None:
    """By its rule or its kind, in its file, on its sheet, in its row."""
    found = {(kind, place) for reading in readings for kind, place in told(reading)}
    of_file = {name: reading.submission.id for reading in readings for name in files_of(reading)}
    lost = [
        fault
        for fault in listed
        if fault["found_as"] != READ_AS_MEANT
        and (
            fault["found_as"],
            (of_file[fault["file"]], fault["sheet"], int(fault["row"])),
        )
        not in found
    ]
    assert lost == []


def files_of(reading: Reading) -> set[str]:
    """The names of the files that a delivery's rows came from."""
    return {name for frame in reading.frames.values() for name in frame["file"].unique()}


def test_what_was_meant_is_read_as_meant(
    listed: list[dict[str, str]], readings: list[Reading]
) -> None:
    """A code or a flag in another spelling is no matter to report."""
    of_file = {name: reading for reading in readings for name in files_of(reading)}
    meant = [fault for fault in listed if fault["found_as"] == READ_AS_MEANT]
    assert len(meant) > 10
    for fault in meant:
        reported = [
            str(issue)
            for issue in of_file[fault["file"]].issues
            if issue.sheet == fault["sheet"]
            and issue.field == fault["column"]
            and int(fault["row"]) in issue.rows
        ]
        assert reported == []


def test_the_same_seed_makes_the_same_faults(made: Path, tmp_path: Path) -> None:
    """To the byte, in the files and in the list."""
    again = synthesise(tmp_path / "again", SIZE, SEED, returns="all", mess=SOME)
    for path in (*again.annex_a, again.local_tables, tmp_path / "again" / FAULTS_FILE):
        assert path.read_bytes() == (made / path.name).read_bytes(), path.name
