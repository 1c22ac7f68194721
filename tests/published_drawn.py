"""Published tables drawn as files: the columns every table has, and rows of areas."""

from __future__ import annotations

from pathlib import Path

AREA = (
    "time_period,time_identifier,geographic_level,country_code,country_name,"
    "region_code,region_name,old_la_code,new_la_code,la_name"
)
PLANS = "CPP_start,CPP_start_rate,CPP_end,CPP_end_rate,CPP_At31,CPP_At31_rate"
PEOPLE = "age_group,population_estimate"
TEN = ",".join(f"{code},Close" for code in range(301, 311))
LIST_HEADER = "old_la_code,la_name,region_ind,region_name," + ",".join(
    f"SN_{rank},SN_{rank}P" for rank in range(1, 11)
)


def local(code: str, year: int, name: str = "") -> str:
    """The area columns of an authority of the South East."""
    start = f"{year},Reporting year,Local authority,E92000001,England,E12000008,South East"
    return f"{start},{code},,{name or f'Place {code}'}"


def south_east(year: int) -> str:
    """The area columns of the region."""
    return f"{year},Reporting year,Regional,E92000001,England,E12000008,South East,,,"


def england(year: int) -> str:
    """The area columns of the country."""
    return f"{year},Reporting year,National,E92000001,England,,,,,"


def table(columns: str, *rows: str) -> bytes:
    """The content of a table with these columns beside those of the area."""
    return "\n".join((f"{AREA},{columns}", *rows, "")).encode()


def draw(folder: Path, name: str, columns: str, *rows: str) -> Path:
    """Write a table into a folder."""
    path = folder / name
    path.write_bytes(table(columns, *rows))
    return path


def on_plans(at_31: str, rate: str) -> str:
    """A row of the table of plans, of which only those open on 31 March matter."""
    return f"50,50.0,40,40.0,{at_31},{rate}"
