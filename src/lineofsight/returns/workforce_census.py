"""Reads the children's social work workforce census (XML, one file a year) into journey tables.

Of a worker only what caseload, turnover, agency use and absence need is kept: no date of birth,
sex, ethnicity, qualification or pay. The registration number stays in the row, never in a message.
Source: Department for Education, children's social work workforce census, XML schemas 2021 to 2025.
"""

from __future__ import annotations

from pathlib import Path

from lineofsight.errors import Fault, SubmissionRefused
from lineofsight.journey.tables import professionals, workforce_vacancies
from lineofsight.returns.conversion import cleaned
from lineofsight.returns.issue import ReadingIssue
from lineofsight.returns.layout import Sheet, column
from lineofsight.returns.reading import SheetCells
from lineofsight.returns.rows import SheetRows
from lineofsight.returns.xml_modules import Module, ModuleRows, missing_fields, sheet_rows
from lineofsight.returns.xml_reading import (
    CensusYear,
    Head,
    Records,
    XmlReading,
    local_name,
    peek,
    read_head,
    read_year,
    wrong_root,
)

WORKFORCE_CENSUS, _SLUG = "Children's social work workforce census", "workforce-census"
_COLLECTION = "CSWW"
_YEAR_ENDS = (9, 30)
_REFERENCE_DATE, _AUTHORITY = "ReferenceDate", "LEA"

VACANCIES = Module(
    Sheet(
        "LALevelVacancies",
        "Vacancies and agency workers of the authority",
        (workforce_vacancies,),
        (
            column(_AUTHORITY, workforce_vacancies.authority_code),
            column(_REFERENCE_DATE, workforce_vacancies.counted_on),
            column("NumberOfVacancies", workforce_vacancies.vacancies_fte),
            column("NoAgencyFTE", workforce_vacancies.agency_fte),
            column("NoAgencyHeadcount", workforce_vacancies.agency_headcount),
        ),
    ),
    given=(_AUTHORITY, _REFERENCE_DATE),
    passed=(
        "RecruitmentBonus",
        "RetentionBonus",
        "PerformanceAward",
        "CarAllowance",
        "RelocationPackage",
        "RegionalWeighting",
        "CostSWE",
        "CostDBS",
        "OtherAllowances",
    ),
)
WORKER = Module(
    Sheet(
        "CSWWWorker",
        "Children and family social workers",
        (professionals,),
        (
            column("SWENo", professionals.worker_id, also=("HCPCNo",)),
            column(_REFERENCE_DATE, professionals.counted_on),
            column("AgencyWorker", professionals.is_agency),
            column("OrgRole", professionals.role),
            column("RoleStartDate", professionals.role_started_on),
            column("RoleEndDate", professionals.role_ended_on),
            column("ReasonLeave", professionals.reason_left),
            column("FTE", professionals.fte),
            column("FTE30", professionals.fte_on_census_day),
            column("Cases30", professionals.cases),
            column("WorkingDaysLost", professionals.working_days_lost),
            column("Absat30Sept", professionals.is_absent),
            column("ReasonAbsence", professionals.absence_reason),
        ),
    ),
    given=(_REFERENCE_DATE,),
    passed=(
        "PersonBirthDate",
        "Sex",
        "GenderCurrent",
        "Ethnicity",
        "QualInst",
        "QualLevel",
        "StepUpGrad",
        "StartOrigin",
        "LeaverDestination",
        "ContractWeeks",
        "FrontlineGrad",
        "CFKSSstatus",
        "BaseSalary",
        "RRPayments",
        "OtherPayments",
    ),
    optional=("RoleEndDate", "ReasonLeave", "ReasonAbsence"),
)
# The header's texts, laid out as a row, so that both modules are given them.
_HEADER = Module(
    Sheet(
        "Message",
        "What the header says of every row",
        (workforce_vacancies,),
        (
            column(_AUTHORITY, workforce_vacancies.authority_code),
            column(_REFERENCE_DATE, workforce_vacancies.counted_on),
        ),
    ),
    inside=(VACANCIES, WORKER),
)


def is_workforce_census(path: Path) -> str | None:
    """Say why a file is a workforce census, from its first elements; None if it is not."""
    head = peek(path)
    return _reason(head) if head.root == _HEADER.name else None


def _reason(head: Head) -> str | None:
    if head.texts.get("Collection", "").upper() == _COLLECTION:
        return f"its header names the collection '{_COLLECTION}'"
    if head.follows in (VACANCIES.name, WORKER.name) and "Collection" not in head.texts:
        return f"its outermost element '{head.root}' holds '{head.follows}'"
    return None


def read_workforce_census(path: Path) -> XmlReading:
    """Read a workforce census into `professionals` and `workforce_vacancies`.

    Raises SubmissionRefused if the file is no safe, whole census, or does not say of which year.
    """
    head = read_head(path)
    if _reason(head) is None:
        raise wrong_root(path, head.root, "children's social work workforce census")
    year = read_year(head, path, ends=_YEAR_ENDS)
    rows, strangers = _streamed(path, year)
    is_numbered = rows.inside(WORKER.name).shares_lines
    modules = [rows.inside(module.name) for module in _HEADER.inside]
    reported = [issue for module in modules for issue in module.issues()]
    taken = [
        sheet_rows(
            part.module, _answered(part.module, part.cells(is_numbered=is_numbered)), path.name
        )
        for part in modules
    ]
    return _reading(taken, year, [*strangers, *reported], is_numbered=is_numbered)


def _streamed(path: Path, year: CensusYear) -> tuple[ModuleRows, list[ReadingIssue]]:
    rows, records = ModuleRows(_HEADER), Records(path, (VACANCIES.name, WORKER.name))
    header = [0, year.authority_code or None, year.last_day.isoformat()]
    workers = 0
    for record in records:
        name = local_name(record.tag)
        workers += name == WORKER.name
        rows.inside(name).take(record, header)
    if not workers:
        raise _no_workers(path)
    return rows, records.issues()


def _answered(module: Module, cells: SheetCells) -> SheetCells:
    """Let a leaver be not absent on the census day: nobody is asked, so nothing is blank."""
    if module is not WORKER:
        return cells
    places = {column.header: str(n) for n, column in enumerate(module.sheet.columns, start=1)}
    absent = places["Absat30Sept"]
    has_left = cleaned(cells.rows[places["RoleEndDate"]]).is_not_null()
    is_silent = has_left & cells.rows[absent].is_null()
    texts = cells.rows[absent].set(is_silent, "0")
    return SheetCells(cells.name, cells.rows.with_columns(texts), cells.unreadable)


def _no_workers(path: Path) -> SubmissionRefused:
    return SubmissionRefused(
        Fault(
            "The census holds no workers.",
            f"File: {path.name}, {_HEADER.name}, {WORKER.name}.",
            "Export the census again, with the workers of the whole year.",
        )
    )


def _reading(
    taken: list[SheetRows], year: CensusYear, reported: list[ReadingIssue], *, is_numbered: bool
) -> XmlReading:
    kept = [rows for rows in taken if rows.rows_in or rows.layout is WORKER.sheet]
    numbered = (
        f"Elements of the file share lines, so a row's number is the element's own: the first "
        f"<{WORKER.name}> of the file is row 1."
    )
    frames = {name: frame for rows in kept for name, frame in rows.frames.items()}
    return XmlReading(
        return_name=WORKFORCE_CENSUS,
        slug=_SLUG,
        frames=frames,
        issues=(*(issue for rows in kept for issue in rows.issues), *reported),
        sheets=tuple((rows.sheet, rows.rows_in, rows.rows_taken) for rows in kept),
        authority=year.authority,
        authority_code=year.authority_code,
        first_day=year.first_day,
        last_day=year.last_day,
        as_at=year.last_day,
        missing_fields=missing_fields(kept, ()),
        missing_tables=tuple(name for rows in taken for name in rows.frames if name not in frames),
        remarks=(*year.remarks, *((numbered,) if is_numbered else ())),
        is_synthetic=year.is_synthetic,
    )
