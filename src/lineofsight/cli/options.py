"""What several verbs are asked with: months, days, places, and where to write."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from lineofsight.reference.periods import Month
from lineofsight.returns.arrivals import Arrived, arrived_at


class MonthType(click.ParamType[Month]):
    """A month, written 2020-08."""

    name = "YYYY-MM"

    def convert(self, value: Any, param: Any, ctx: Any) -> Month:
        return value if isinstance(value, Month) else Month.parse(value)


class DayType(click.ParamType[date]):
    """A day, written 2020-08-31."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"'{value}' is not a day. Write it as 2020-08-31.", param, ctx)


class ArrivedType(click.ParamType[Arrived]):
    """A file, a folder, or the address of a database."""

    name = "FILE"

    def convert(self, value: Any, param: Any, ctx: Any) -> Arrived:
        # What the address holds may be a secret: no message of click's repeats it.
        return arrived_at(value) if isinstance(value, str) else value


FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
month_option = click.option("--month", type=MonthType(), required=True, help="The month, 2020-08.")
out_option = click.option("--out", type=FOLDER, default=Path("out"), show_default=True)
prepared_option = click.option(
    "--prepared-on",
    type=DayType(),
    default=date.today,
    show_default="today",
    help="The date of the paper: comparators published later are not used.",
)
hindsight_option = click.option(
    "--with-hindsight",
    is_flag=True,
    help="For the years published by the date of the paper use later releases too.",
)
