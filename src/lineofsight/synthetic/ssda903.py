"""Writes the SSDA903 return of the synthetic authority, year by year, as CSV files or as XML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl

from lineofsight.errors import Fault, UsageFault
from lineofsight.synthetic import steering
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.messy_files import Mess
from lineofsight.synthetic.ssda903_codes import FIRST_SCHEMA, LAST_SCHEMA
from lineofsight.synthetic.ssda903_tables import ssda903_tables
from lineofsight.synthetic.ssda903_xml import write_ssda903_xml

Form = Literal["csv", "xml"]


def collection_years(lives: Lives) -> range:
    """Give the collection years, named by their ends, that lie whole in the history."""
    opened, closed = steering.HISTORY_FROM, lives.as_at
    first = opened.year + 1 + (opened > date(opened.year, 4, 1))
    last = closed.year - (closed < date(closed.year, 3, 31))
    return range(first, last + 1)


def write_ssda903(
    lives: Lives,
    out: Path,
    year: int,
    form: Form = "csv",
    schema_year: int | None = None,
    mess: Mess | None = None,
) -> tuple[Path, ...]:
    """Write the return for the year to 31 March of `year` into the folder `out`; give its files.

    `schema_year` writes it with the columns and codes of another year, from 2017 to 2027; a `mess`
    makes faults in the CSV files. The same lives give the same bytes. Raises UsageFault for a year
    that the history does not hold whole, or a schema that is not known.
    """
    schema = schema_year or year
    _check(lives, year, schema)
    tables: Mapping[str, pl.DataFrame] = ssda903_tables(lives, year, schema)
    out.mkdir(parents=True, exist_ok=True)
    # Nothing in the return itself says that the children are made up: its name does.
    name = f"synthetic_ssda903_{year}"
    if form == "xml":
        return (write_ssda903_xml(out / f"{name}.xml", tables),)
    if mess:
        tables = mess.ssda903(tables, name)
    paths = {title: out / f"{name}_{title}.csv" for title in tables}
    for title, path in paths.items():
        tables[title].write_csv(path)
    return tuple(paths.values())


def _check(lives: Lives, year: int, schema_year: int) -> None:
    years = collection_years(lives)
    faults = []
    if year not in years:
        faults.append(
            Fault(
                f"The history does not hold the whole year to 31 March {year}.",
                "The year of the SSDA903 return was asked for.",
                f"Ask for a year from {years[0]} to {years[-1]}.",
            )
        )
    if not FIRST_SCHEMA <= schema_year <= LAST_SCHEMA:
        faults.append(
            Fault(
                f"How the SSDA903 of {schema_year} was written is not known.",
                "The schema year of the return was asked for.",
                f"Ask for one from {FIRST_SCHEMA} to {LAST_SCHEMA}.",
            )
        )
    if faults:
        raise UsageFault(faults)


def write_ssda903_years(lives: Lives, out: Path, mess: Mess | None = None) -> tuple[Path, ...]:
    """Write the return of every whole collection year as CSV, each into a folder of its own.

    Gives the folders, in the order of the years.
    """
    folders = []
    for year in collection_years(lives):
        folder = out / f"ssda903-{year}"
        write_ssda903(lives, folder, year, mess=mess)
        folders.append(folder)
    return tuple(folders)
