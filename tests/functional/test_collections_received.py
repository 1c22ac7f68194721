"""Censuses and returns of the Department's collections, from the file to the figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.censuses import child, cin, header, identified, written
from tests.functional.test_command_line import SHARED, run

ASSESSED_AND_PLANNED = """
<CINreferralDate>2023-05-02</CINreferralDate>
<ReferralNFA>0</ReferralNFA>
<Assessments>
<AssessmentActualStartDate>2023-05-03</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2023-06-30</AssessmentAuthorisationDate>
</Assessments>
<Section47>
<S47ActualStartDate>2023-05-10</S47ActualStartDate>
<DateOfInitialCPC>2023-05-30</DateOfInitialCPC>
<ICPCnotRequired>0</ICPCnotRequired>
</Section47>
<ChildProtectionPlans>
<CPPstartDate>2023-05-30</CPPstartDate>
<InitialCategoryOfAbuse>EMO</InitialCategoryOfAbuse>
</ChildProtectionPlans>
"""
ASSESSED_LATE = """
<CINreferralDate>2023-05-02</CINreferralDate>
<ReferralNFA>0</ReferralNFA>
<Assessments>
<AssessmentActualStartDate>2023-04-03</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2023-06-29</AssessmentAuthorisationDate>
</Assessments>
"""
TWO_CHILDREN = cin(
    child(ASSESSED_AND_PLANNED), child(ASSESSED_LATE, identity=identified("B2"))
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds a census of two children."""
    folder = tmp_path_factory.mktemp("census")
    done = run(folder / "store", "receive", str(written(folder / "cin.xml", TWO_CHILDREN)))
    assert done.returncode == 0, done.stderr
    assert (
        "cin.xml was taken for Children in need census of City of London, because its header "
        "names the collection 'CIN'.\n"
        "It covers 1 April 2023 to 31 March 2024, as at 31 March 2024.\n"
    ) in done.stdout
    assert "referrals gained 2 rows.\n" in done.stdout
    assert "it counts as having decided on a plan where" in done.stdout
    return folder / "store"


def _figure(lines: str, indicator: str) -> str:
    (line,) = (line for line in lines.splitlines() if line.startswith(indicator + " "))
    return line


def test_a_census_feeds_the_figures(store: Path) -> None:
    """Two referrals; 40 and more than 45 working days; 13 working days to the conference."""
    may = run(store, "measure", "--month", "2023-05").stdout
    june = run(store, "measure", "--month", "2023-06").stdout
    assert "(1/2)" in _figure(june, "assessments.timeliness")
    assert "(1/1)" in _figure(may, "child_protection.icpc_timeliness")


def test_a_census_is_validated(store: Path, tmp_path: Path) -> None:
    """The rules run over its tables, and no child's number is written."""
    done = run(store, "validate", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "B2" not in (tmp_path / "validation.csv").read_text(encoding="utf-8")


def test_the_same_census_twice_and_another_authoritys(store: Path, tmp_path: Path) -> None:
    """Both are refused as a workbook would be, and what is kept stays."""
    again = run(store, "receive", str(written(tmp_path / "again.xml", TWO_CHILDREN)))
    assert again.returncode == 3
    assert "The same file is in the store already." in again.stderr
    elsewhere = TWO_CHILDREN.replace("<LEA>201</LEA>", "<LEA>202</LEA>")
    other = run(store, "receive", str(written(tmp_path / "other.xml", elsewhere)))
    assert other.returncode == 3
    assert "The store holds the records of 'City of London' (code 201)" in other.stderr
    assert len(list((store / "submissions").iterdir())) == 1


def test_a_workforce_census_is_taken(tmp_path: Path) -> None:
    """Recognised by its header; its year ends in September."""
    worker = "<CSWWWorker><SWENo>SW1</SWENo><AgencyWorker>0</AgencyWorker></CSWWWorker>"
    text = f"<Message>{header('CSWW', '2024', '2024-09-30')}{worker}</Message>"
    done = run(tmp_path / "store", "receive", str(written(tmp_path / "csww.xml", text)))
    assert done.returncode == 0, done.stderr
    assert "because its header names the collection 'CSWW'." in done.stdout
    assert "It covers 1 October 2023 to 30 September 2024" in done.stdout
    assert "professionals gained 1 row.\n" in done.stdout


SAMPLE = SHARED / "fixtures" / "csc-validator-be-cin" / "CIN_Census_2024.xml"


@pytest.mark.skipif(not SAMPLE.exists(), reason="put the folder shared beside the project")
def test_the_sectors_sample_census(tmp_path: Path) -> None:
    """Two children of a made-up census, whose header gives two years."""
    done = run(tmp_path / "store", "receive", str(SAMPLE))
    assert done.returncode == 0, done.stderr
    assert "assessments gained 2 rows.\n" in done.stdout
    assert "The header gives the year 2023 but the reference date 31 March 2024" in done.stdout
