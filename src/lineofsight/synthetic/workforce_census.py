"""Writes the children's social work workforce census in XML, a file a year, as at 30 September.

Elements and their order are those of the Department's schema of 2022, with the register of the
time: the HCPC's numbers to 2019, Social Work England's since. The numbers are longer than any real
one, so that they are nobody's.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from lineofsight.errors import Fault, UsageFault
from lineofsight.synthetic import steering
from lineofsight.synthetic.as_known import as_known
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.settings import CODE
from lineofsight.synthetic.workforce import Workforce, simulate_workforce
from lineofsight.synthetic.xml_text import DECLARATION, block, element, header, truth

# The census days, 30 September, of which the twelve months before lie in the history.
WORKFORCE_YEARS = tuple(range(steering.HISTORY_FROM.year + 1, steering.AS_AT.year))
_SOCIAL_WORK_ENGLAND_SINCE = 2020
_DEGREE, _NOT_KNOWN = "1", "9"


def write_workforce_census(lives: Lives, out: Path, year: int) -> Path:
    """Write the census as at 30 September of `year`, and give the file's path.

    Workers are those in post on the day and those who left in the twelve months before. Raises
    UsageFault for a year of which the history does not hold those months.
    """
    if year not in WORKFORCE_YEARS:
        raise _not_in_history(year)
    day, path = date(year, 9, 30), out / f"workforce-census-{year}.xml"
    workforce = simulate_workforce(as_known(lives, day))
    made_at = f"{year}-11-30T09:00:00"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{DECLARATION}<Message>\n")
        file.write(header("CSWW", year, day.isoformat(), authority=CODE, made_at=made_at))
        file.writelines(_vacancies(workforce, day))
        file.writelines(_workers(workforce, day))
        file.write("</Message>\n")
    return path


def write_workforce_censuses(lives: Lives, out: Path) -> tuple[Path, ...]:
    """Write the census of every 30 September before which the history holds a year."""
    return tuple(write_workforce_census(lives, out, year) for year in WORKFORCE_YEARS)


def _not_in_history(year: int) -> UsageFault:
    return UsageFault(
        Fault(
            f"There is no workforce census of 30 September {year}.",
            "The synthetic authority's known history is from "
            f"{steering.HISTORY_FROM} to {steering.AS_AT}.",
            f"Ask for a year from {WORKFORCE_YEARS[0]} to {WORKFORCE_YEARS[-1]}.",
        )
    )


def _vacancies(workforce: Workforce, day: date) -> pl.Series:
    counted = workforce.vacancies.filter(counted_on=day)
    return counted.select(
        block(
            "LALevelVacancies",
            element("NumberOfVacancies", _hundredths("vacancies_fte")),
            element("NoAgencyFTE", _hundredths("agency_fte")),
            element("NoAgencyHeadcount", "agency_headcount"),
        )
    ).to_series()


def _workers(workforce: Workforce, day: date) -> pl.Series:
    number = "SWENo" if day.year >= _SOCIAL_WORK_ENGLAND_SINCE else "HCPCNo"
    in_post = pl.col("role_ended_on").is_null()
    counted = workforce.workers.filter(counted_on=day)
    return counted.select(
        block(
            "CSWWWorker",
            truth("AgencyWorker", "is_agency"),
            element(number, "worker_id"),
            element("FTE", _hundredths("fte")),
            element("PersonBirthDate", "born_on"),
            element("GenderCurrent", "sex"),
            element("Ethnicity", "ethnicity"),
            element("QualLevel", pl.lit(_DEGREE)),
            truth("StepUpGrad", pl.lit(False)),
            element("OrgRole", "role"),
            element("RoleStartDate", "role_started_on"),
            element("StartOrigin", pl.lit(_NOT_KNOWN)),
            element("RoleEndDate", "role_ended_on"),
            element("LeaverDestination", pl.when(~in_post).then(pl.lit(_NOT_KNOWN))),
            element("ReasonLeave", "reason_left"),
            element("FTE30", _hundredths("fte_on_census_day")),
            element("Cases30", "cases"),
            element("WorkingDaysLost", _hundredths("working_days_lost")),
            truth("FrontlineGrad", pl.lit(False)),
            truth("Absat30Sept", pl.when(in_post).then("is_absent")),
            element("ReasonAbsence", "absence_reason"),
        )
    ).to_series()


def _hundredths(name: str) -> pl.Expr:
    """Write an amount with two decimals, as the census does."""
    cents = (pl.col(name) * 100).round().cast(pl.Int64)
    return pl.format("{}.{}", cents // 100, (cents % 100).cast(pl.String).str.zfill(2))
