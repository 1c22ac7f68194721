"""Censuses and returns of the Department's collections, from the file to the figure."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lineofsight.warehouse.journey import read_journey
from lineofsight.warehouse.store import Store
from tests.censuses import child, cin, header, identified, written
from tests.deliveries import COVER, write_workbook
from tests.functional.test_command_line import SHARED, run
from tests.functional.test_stopped_and_refused import REFERRAL
from tests.unit.returns.test_ssda903 import ONE_CHILD, deliver

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


LOOKED_AFTER = {
    **ONE_CHILD,
    "episodes": """
        A1,01/05/2022,S,V2,N1,U6,PR1,01/06/2023,X1,CARPL,SO14 1AA,SO15 2BB,7
        A1,01/06/2023,B,C2,N1,K2,PR4,,,,SO14 1AA,so163cc,8
        A1,01/06/2023,B,C2,N1,K2,PR4,,,,SO14 1AA,so163cc,8
        """,
}
AS_ONE = "SSDA903, 2 files was taken for SSDA903 of Testshire, because each of "


def test_the_files_of_a_903_are_one_submission(tmp_path: Path) -> None:
    """One signature in any order; a repair is told on receipt and in the validation report."""
    files = [str(path) for path in deliver(tmp_path, LOOKED_AFTER)]
    store = tmp_path / "store"
    done = run(store, "receive", *files, "--authority", "Testshire")
    assert done.returncode == 0, done.stderr
    assert AS_ONE in done.stdout
    assert "periods_of_care gained 1 row.\n" in done.stdout
    (repair,) = (line for line in done.stdout.splitlines() if "by a rule; row" in line)
    assert repair.startswith("Reported: 'episodes': 1 row ")
    report = run(store, "validate", "--out", str(tmp_path / "out"))
    assert report.returncode == 0, report.stderr
    written_out = (tmp_path / "out" / "validation.csv").read_text(encoding="utf-8")
    assert repair.removeprefix("Reported: ").split(". ")[1][:40] in written_out
    again = run(store, "receive", *reversed(files))
    assert again.returncode == 3
    assert "The same file is in the store already." in again.stderr


def test_a_folder_is_received_file_by_file(tmp_path: Path) -> None:
    """Two censuses alike, a set, a letter and a table of nothing known: two of them are taken.

    Handed over again, the folder has nothing new in it.
    """
    folder = tmp_path / "delivered"
    (folder / "older").mkdir(parents=True)
    deliver(folder, LOOKED_AFTER)
    written(folder / "cin.xml", TWO_CHILDREN)
    written(folder / "older" / "cin-again.xml", TWO_CHILDREN)
    written(folder / ".hidden", "nothing")
    written(folder / "letter.txt", "To whom it may concern")
    written(folder / "older" / "lunch.csv", "Day,Dish\nMonday,Soup\n")
    for round_ in ("first", "second"):
        done = run(tmp_path / "store", "receive", str(folder))
        assert done.returncode == 3
        *_, aside, counts = done.stdout.splitlines()
        assert aside == "Left aside, as no return comes in such a file: letter.txt."
        assert done.stderr == (
            "The file is no return that is known.\n"
            "  File: lunch.csv. Its sheets are 'lunch'.\n"
            "  Name the sheets as in Annex A ('List 1', …) or Local tables ('MASH decisions', …).\n"
        )
        taken = 2 if round_ == "first" else 0
        assert done.stdout.count("Kept as submission") == taken
        assert counts == (
            f"4 deliveries: {taken} taken, {3 - taken} in the store already, 1 refused."
        )
        if round_ == "first":
            assert "SSDA903, 2 files was taken for SSDA903 of " in done.stdout
            assert "cin.xml was taken for Children in need census of City of London" in done.stdout


def test_an_empty_folder_is_refused_by_name(tmp_path: Path) -> None:
    """Nothing is passed over in silence."""
    (tmp_path / "delivered").mkdir()
    done = run(tmp_path / "store", "receive", str(tmp_path / "delivered"))
    assert done.returncode == 3
    assert "File: delivered." in done.stderr


def test_days_given_beside_a_folder_are_for_files_that_do_not_say_their_own(
    tmp_path: Path,
) -> None:
    """The census says its year and the workbook its days; the table in CSV says nothing."""
    folder = tmp_path / "delivered"
    folder.mkdir()
    written(folder / "cin.xml", TWO_CHILDREN)
    cover = {**COVER, "Authority": "City of London"}
    write_workbook(folder / "annex-a.xlsx", {"List 3": [REFERRAL]}, cover=cover)
    audits = "Child,Audited on,Theme,Grade,Auditor satisfied\nA1,02/09/2020,Assessment,Good,Yes\n"
    written(folder / "Audits.csv", audits)
    days = ("--from", "2020-08-01", "--to", "2020-09-07", "--as-at", "2020-09-07")
    done = run(tmp_path / "store", "receive", str(folder), *days)
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stdout.splitlines() if line.startswith("It covers")]
    assert told == [
        "It covers 1 August 2020 to 7 September 2020, as at 7 September 2020.",
        "It covers 1 March 2020 to 31 August 2020, as at 31 August 2020.",
        "It covers 1 April 2023 to 31 March 2024, as at 31 March 2024.",
    ]
    assert done.stdout.endswith("3 deliveries: 3 taken, 0 in the store already, 0 refused.\n")
    # One file by itself is meant, and must not be contradicted.
    alone = run(tmp_path / "other", "receive", str(folder / "annex-a.xlsx"), *days)
    assert alone.returncode == 3
    assert "The cover's 'As at' is 31 August 2020, but --as-at is 7 September 2020." in alone.stderr


def test_a_made_up_903_stays_labelled(tmp_path: Path) -> None:
    """By the name of its files or of its authority: the return itself cannot say so."""
    told = []
    for number, (name, authority) in enumerate(
        [("903", "Testshire"), ("synthetic_903", "Testshire"), ("903", "Testshire (synthetic)")]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        files = deliver(folder, LOOKED_AFTER)
        renamed = [path.rename(folder / f"{name}_{path.name}") for path in files]
        done = run(folder / "store", "receive", *map(str, renamed), "--authority", authority)
        assert done.returncode == 0, done.stderr
        told.append("The data are synthetic." in done.stdout)
    assert told == [False, True, True]


def test_two_years_of_903_in_one_folder_are_two_deliveries(tmp_path: Path) -> None:
    """The child entered in the first and left in the second: one period of care."""
    folder = tmp_path / "delivered"
    years = {
        "2022-23": "A1,01/05/2022,S,V2,N1,U6,PR1,01/02/2023,X1,CARPL,,,\n"
        "A1,01/02/2023,P,V2,N1,U6,PR1,,,,,,",
        "2023-24": "A1,01/02/2023,P,V2,N1,U6,PR1,01/06/2023,E4A,,,,",
    }
    for year, episodes in years.items():
        (folder / year).mkdir(parents=True)
        for path in deliver(folder / year, {**LOOKED_AFTER, "episodes": episodes}):
            path.rename(folder / f"{path.stem} {year}.csv")
        (folder / year).rmdir()
    store = tmp_path / "store"
    done = run(store, "receive", str(folder), "--authority", "Testshire")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Kept as submission") == 2
    journey = read_journey(Store(store))
    period = journey.frames["periods_of_care"].select("started_on", "ceased_on", "reason_ceased")
    assert period.rows() == [(date(2022, 5, 1), date(2023, 6, 1), "E4A")]
    assert journey.reported == ()
