"""The children's social work workforce census: the exact rows it becomes, and what is not kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lineofsight.journey.tables import BY_NAME
from lineofsight.returns.cin_census import is_cin_census
from lineofsight.returns.issue import Kind
from lineofsight.returns.rows import delivered_fields
from lineofsight.returns.workforce_census import is_workforce_census, read_workforce_census
from lineofsight.returns.xml_reading import XmlReading
from tests.censuses import cin, header, written

DAY = date(2024, 9, 30)
VACANCIES = """<LALevelVacancies>
<NumberOfVacancies>12.50</NumberOfVacancies>
<NoAgencyFTE>7.25</NoAgencyFTE>
<NoAgencyHeadcount>8</NoAgencyHeadcount>
<CarAllowance>1</CarAllowance>
</LALevelVacancies>
"""
CASE_HOLDER = """<CSWWWorker>
<AgencyWorker>0</AgencyWorker>
<SWENo>SW123456</SWENo>
<FTE>0.800000</FTE>
<PersonBirthDate>1980-02-03</PersonBirthDate>
<Sex>F</Sex>
<Ethnicity>WBRI</Ethnicity>
<QualLevel>2</QualLevel>
<StepUpGrad>0</StepUpGrad>
<OrgRole>5</OrgRole>
<RoleStartDate>2019-01-07</RoleStartDate>
<StartOrigin>1</StartOrigin>
<FTE30>0.800000</FTE30>
<Cases30>17</Cases30>
<WorkingDaysLost>4.50</WorkingDaysLost>
<FrontlineGrad>0</FrontlineGrad>
<Absat30Sept>1</Absat30Sept>
<ReasonAbsence>SIC</ReasonAbsence>
<BaseSalary>39000.00</BaseSalary>
</CSWWWorker>
"""
LEAVER = """<CSWWWorker>
<AgencyWorker>1</AgencyWorker>
<SWENo>SW654321</SWENo>
<FTE>1.000000</FTE>
<OrgRole>4</OrgRole>
<RoleStartDate>2023-11-01</RoleStartDate>
<RoleEndDate>2024-05-31</RoleEndDate>
<LeaverDestination>3</LeaverDestination>
<ReasonLeave>1</ReasonLeave>
</CSWWWorker>
"""


def census(*inside: str, year: str = "2024", reference: str = "2024-09-30") -> str:
    head = header(collection="CSWW", year=year, reference=reference)
    return f"<Message>\n{head}{''.join(inside)}</Message>\n"


def read(tmp_path: Path, text: str) -> XmlReading:
    return read_workforce_census(written(tmp_path / "csww.xml", text))


def test_workers_and_vacancies(tmp_path: Path) -> None:
    reading = read(tmp_path, census(VACANCIES, CASE_HOLDER, LEAVER))
    assert {name: frame.drop("file", "sheet").rows() for name, frame in reading.frames.items()} == {
        "professionals": [
            ("SW123456", DAY, False, "5", date(2019, 1, 7), None, None, 0.8, 0.8, 17, 4.5, True,
             "SIC", 16),
            ("SW654321", DAY, True, "4", date(2023, 11, 1), date(2024, 5, 31), "1", 1.0, None,
             None, None, False, None, 36),
        ],
        "workforce_vacancies": [("201", DAY, 12.5, 7.25, 8, 10)],
    }  # fmt: skip
    assert reading.sheets == (("LALevelVacancies", 1, 1), ("CSWWWorker", 2, 2))
    # A leaver is not absent on the census day, and the census does not ask.
    assert reading.issues == ()
    assert (reading.authority, reading.authority_code) == ("City of London", "201")
    assert (reading.first_day, reading.last_day, reading.as_at) == (date(2023, 10, 1), DAY, DAY)
    assert (reading.missing_fields, reading.missing_tables, reading.remarks) == ((), (), ())


def test_what_is_not_needed_of_a_person_is_not_kept(tmp_path: Path) -> None:
    reading = read(tmp_path, census(VACANCIES, CASE_HOLDER))
    for name, frame in reading.frames.items():
        assert set(frame.columns) == {*delivered_fields(BY_NAME[name]), "file", "sheet", "row"}
        assert date(1980, 2, 3) not in frame.rows()[0]
        assert "39000.00" not in map(str, frame.rows()[0])


def test_a_worker_in_post_of_whom_nobody_says_whether_absent_is_reported(tmp_path: Path) -> None:
    silent = CASE_HOLDER.replace("<Absat30Sept>1</Absat30Sept>", "")
    reading = read(tmp_path, census(VACANCIES, CASE_HOLDER, silent, LEAVER))
    assert [(i.field, i.kind, i.rows) for i in reading.issues] == [
        ("Absat30Sept", Kind.BLANK_FLAG, (36,))
    ]


def test_a_registration_number_is_in_no_message(tmp_path: Path) -> None:
    shifted = CASE_HOLDER.replace("<OrgRole>5", "<OrgRole>SW123456").replace(
        "<Absat30Sept>1", "<Absat30Sept>SW123456"
    )
    reading = read(tmp_path, census(shifted, shifted, shifted))
    assert {i.field for i in reading.issues} == {"OrgRole", "Absat30Sept"}
    assert "SW123456" not in " ".join(str(issue) for issue in reading.issues)


def test_every_worker_is_taken_or_reported(tmp_path: Path) -> None:
    nameless = CASE_HOLDER.replace("SW123456", " ")
    reading = read(tmp_path, census(VACANCIES, nameless, LEAVER))
    assert reading.sheets[1] == ("CSWWWorker", 2, 1)
    lost = [(i.field, i.count, i.rows) for i in reading.issues if i.kind is Kind.NOT_TAKEN]
    assert lost == [("SWENo", 1, (16,))]


def test_a_worker_under_the_older_register(tmp_path: Path) -> None:
    reading = read(tmp_path, census(VACANCIES, CASE_HOLDER.replace("SWENo", "HCPCNo")))
    assert reading.frames["professionals"]["worker_id"].to_list() == ["SW123456"]


def test_what_may_repeat_is_read_once_and_reported(tmp_path: Path) -> None:
    twice = CASE_HOLDER.replace(
        "</Absat30Sept>", "</Absat30Sept><Absat30Sept>0</Absat30Sept><Mood>low</Mood>"
    )
    reading = read(tmp_path, census(VACANCIES, twice))
    assert reading.frames["professionals"]["is_absent"].to_list() == [True]
    assert [(i.sheet, i.field, i.kind, i.count) for i in reading.issues] == [
        ("CSWWWorker", "Mood", Kind.HEADER_UNKNOWN, 1),
        ("CSWWWorker", "Absat30Sept", Kind.HEADER_TWICE, 1),
    ]


def test_a_census_without_vacancies_lacks_the_table(tmp_path: Path) -> None:
    reading = read(tmp_path, census(CASE_HOLDER))
    assert list(reading.frames) == ["professionals"]
    assert reading.missing_tables == ("workforce_vacancies",)


def test_a_file_without_line_breaks_numbers_its_workers(tmp_path: Path) -> None:
    reading = read(tmp_path, census(VACANCIES, CASE_HOLDER, LEAVER).replace("\n", ""))
    assert reading.frames["professionals"]["row"].to_list() == [1, 2]
    assert reading.remarks == (
        "Elements of the file share lines, so a row's number is the element's own: the first "
        "<CSWWWorker> of the file is row 1.",
    )


@pytest.mark.parametrize(
    ("year", "reference", "first", "last"),
    [
        ("2024", "", date(2023, 10, 1), date(2024, 9, 30)),
        ("", "2021-09-30", date(2020, 10, 1), date(2021, 9, 30)),
    ],
)
def test_the_days_it_covers(
    tmp_path: Path, year: str, reference: str, first: date, last: date
) -> None:
    reading = read(tmp_path, census(VACANCIES, CASE_HOLDER, year=year, reference=reference))
    assert (reading.first_day, reading.last_day) == (first, last)
    assert reading.frames["professionals"]["counted_on"].to_list() == [last]


def test_which_files_are_a_workforce_census(tmp_path: Path) -> None:
    workers = written(tmp_path / "csww.xml", census(VACANCIES, CASE_HOLDER))
    assert is_workforce_census(workers) == "its header names the collection 'CSWW'"
    assert is_cin_census(workers) is None
    children = written(tmp_path / "cin.xml", cin())
    assert is_workforce_census(children) is None
    headless = written(tmp_path / "bare.xml", f"<Message>{VACANCIES}</Message>")
    assert is_workforce_census(headless) == (
        "its outermost element 'Message' holds 'LALevelVacancies'"
    )
