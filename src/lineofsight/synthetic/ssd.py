"""Writes the Standard Safeguarding Dataset of the synthetic authority: CSV, Parquet or a database.

`ssd_tables.py` and `ssd_care.py` make the tables; here every field of a table is laid out in the
dataset's order and type. The log of versions says that every child is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import polars as pl
import sqlalchemy as sa

from lineofsight.returns.ssd_layout import VERSION_LOG, field_types
from lineofsight.synthetic.as_known import as_known
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.ssd_care import care
from lineofsight.synthetic.ssd_tables import Staff, front_door, people, protection
from lineofsight.synthetic.window import Window

YEARS = 6
Form = Literal["csv", "parquet"]
_TYPES: dict[str, Any] = {"datetime": pl.Datetime("ms"), "int": pl.Int64, "float": pl.Float64,
                          "bit": pl.Boolean}  # fmt: skip
_COLUMNS: dict[str, type[sa.types.TypeEngine[Any]] | sa.types.TypeEngine[Any]] = {
    "datetime": sa.DateTime,
    "int": sa.Integer,
    "float": sa.Double,
    "bit": sa.Boolean,
    "nchar": sa.CHAR(1),
}
_ROWS_AT_ONCE = 5_000


def six_years_to(as_at: date) -> Window:
    """Give the days that the dataset covers by default: the six years that end with a day."""
    before = Window(as_at, as_at).months_ago(12 * YEARS)
    return Window(before + timedelta(days=1), as_at)


def ssd_tables(lives: Lives, as_at: date) -> dict[str, pl.DataFrame]:
    """Give the dataset's tables by name as known on a day, every field in its order and type.

    Events of the six years before that day, and spans that were open in them. Tables of which the
    lives know nothing are left out.
    """
    known, window = as_known(lives, as_at), six_years_to(as_at)
    staff = Staff(known)
    tables = people(known, as_at) | staff.tables(known, as_at)
    tables |= front_door(known, window, staff) | protection(known, window, staff)
    tables |= care(known, window, staff) | {VERSION_LOG: _versions(as_at)}
    return {name: _laid_out(name, rows) for name, rows in tables.items()}


def _versions(as_at: date) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "version_number": ["1.4"],
            "description": ["Synthetic authority: every child is made up."],
            "is_current": [True],
            "created_at": [as_at],
        }
    )


def _laid_out(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    types = {field: _TYPES.get(kind, pl.String) for field, kind in field_types()[name].items()}
    return rows.select(
        (pl.col(field) if field in rows.columns else pl.lit(None)).cast(type_).alias(field)
        for field, type_ in types.items()
    )


def write_ssd(lives: Lives, out: Path, as_at: date, form: Form = "csv") -> tuple[Path, ...]:
    """Write the tables into a folder, one file each, and give the files in order of their names.

    In CSV a blank is the word NULL and a date has its midnight, as SQL Server exports them.
    """
    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, rows in sorted(ssd_tables(lives, as_at).items()):
        path = out / f"{name}.{form}"
        if form == "csv":
            rows.write_csv(path, null_value="NULL", datetime_format="%Y-%m-%d %H:%M:%S.%3f")
        else:
            rows.write_parquet(path)
        written.append(path)
    return tuple(written)


def load_ssd(
    tables: Mapping[str, pl.DataFrame], engine: sa.Engine, schema: str | None = None
) -> None:
    """Create the tables in a database with the dataset's own types, and fill them.

    For tests and demonstrations: tables of those names must not be there.
    """
    metadata = sa.MetaData(schema=schema)
    with engine.begin() as connection:
        if schema:
            connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
        for name, rows in tables.items():
            table = sa.Table(name, metadata, *_columns(name))
            table.create(connection)
            for part in rows.iter_slices(_ROWS_AT_ONCE):
                connection.execute(sa.insert(table), part.to_dicts())


def _columns(name: str) -> list[sa.Column[Any]]:
    types = field_types()[name]
    return [sa.Column(field, _COLUMNS.get(kind, sa.String)) for field, kind in types.items()]
