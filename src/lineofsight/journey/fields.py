"""How a table of the journey is declared: fields with a type, a description and a blank rule.

A table is a class; its fields are SQLAlchemy columns, so a definition is written with them
(`initial_conferences.held_on`) and a wrong name fails when the program starts, with the nearest
right one. Beside every date the store keeps integers, so that no engine needs date arithmetic:

    <date>_month        months since the year 0
    <date>_day          proleptic Gregorian ordinal (`date.toordinal()`)
    <date>_working_day  number of the working day, see `reference.working_days`
    <date>_month_day    month * 32 + day of the month: adding 32 * n adds n calendar months
    <moment>_minute     minutes since 1970 in UTC, only beside a moment (a date with a time)
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import sqlalchemy as sa

from lineofsight.errors import DefinitionFault, Fault, UnknownName

T = TypeVar("T")

if TYPE_CHECKING:

    class Field(sa.Column[T]):
        """A column as the class of its table gives it; SQLAlchemy types that as never possible."""

        def __get__(self, instance: object, owner: Any) -> Field[T]: ...  # type: ignore[override]
else:
    Field = sa.Column

METADATA = sa.MetaData()
DAY_PARTS = ("month", "day", "working_day", "month_day")
MOMENT_PARTS = (*DAY_PARTS, "minute")
# Where a row came from: every row of the journey can be followed to the record as delivered.
ORIGIN = ("submission", "file", "sheet", "row")


class Flag(sa.types.TypeDecorator[bool]):
    """A two-valued truth; comparing it with anything but a truth is refused."""

    impl = sa.Boolean
    cache_ok = True

    class Comparator(sa.types.TypeDecorator.Comparator[bool]):
        """Refuses `is_transfer_in > 3`, which an engine would quietly accept."""

        def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
            if any(
                isinstance(value, (int, float, str)) and not isinstance(value, bool)
                for value in other
            ):
                raise DefinitionFault(
                    Fault(
                        f"A flag is true or false and cannot be compared with {other[0]!r}.",
                        f"The flag is '{getattr(self.expr, 'name', self.expr)}'.",
                        "Use the flag itself, or ~flag for 'not'.",
                    )
                )
            return super().operate(op, *other, **kwargs)

    comparator_factory = Comparator


def text(description: str, *, required: bool = False) -> Field[str]:
    """A field of free text or an identifier."""
    return _column(sa.String(), description, required=required, kind="text")


def code(description: str, code_set: str, *, required: bool = False) -> Field[str]:
    """A field whose values come from a code set of `reference.codes`."""
    return _column(sa.String(), description, required=required, kind="code", code_set=code_set)


def day(description: str, *, required: bool = False) -> Field[date]:
    """A date; its integers are stored beside it."""
    return _column(sa.Date(), description, required=required, kind="day")


def moment(description: str, *, required: bool = False) -> Field[datetime]:
    """A date with a time in Europe/London; its integers are stored beside it."""
    return _column(sa.DateTime(), description, required=required, kind="moment")


def flag(description: str, *, no_unless_told: bool = False) -> Field[bool]:
    """Yes or no; a blank or unknown is stored as no and reported when the record is read.

    `no_unless_told` says that a return without the column holds no row of which it is true, so
    that nothing is missing where nobody delivers it.
    """
    return _column(Flag(), description, required=True, kind="flag", no_unless_told=no_unless_told)


def whole(description: str, *, required: bool = False) -> Field[int]:
    """A whole number."""
    return _column(sa.Integer(), description, required=required, kind="whole")


def amount(description: str, *, required: bool = False) -> Field[float]:
    """A number with a fraction: full-time equivalents."""
    return _column(sa.Float(), description, required=required, kind="amount")


def clock(description: str) -> Field[int]:
    """A duration worked out in `journey.clocks`, in the unit its name says."""
    return _column(sa.Integer(), description, required=False, kind="clock")


def clock_flag(description: str) -> Field[bool]:
    """A truth worked out in `journey.clocks`; never blank."""
    return _column(Flag(), description, required=False, kind="clock_flag")


def clock_day(description: str) -> Field[date]:
    """A date worked out in `journey.clocks`: when something fell due or came true."""
    return _column(sa.Date(), description, required=False, kind="clock_day")


def _column(type_: Any, description: str, *, required: bool, kind: str, **info: Any) -> Field[Any]:
    details = {"description": description, "kind": kind, "required": required, **info}
    return Field(None, type_, nullable=not required, info=details)


class _Declared(type):
    """Turns the class body into a SQLAlchemy table, and answers wrong names with near ones."""

    table: sa.Table

    def __new__(
        mcs, name: str, bases: tuple[type, ...], body: dict[str, Any], is_pattern: bool = False
    ) -> _Declared:
        columns = _repeated(bases) | {k: v for k, v in body.items() if isinstance(v, sa.Column)}
        # What a pattern holds comes first: the first field of a table says whom a row is about.
        ordered = columns | {key: value for key, value in body.items() if key not in columns}
        declared = super().__new__(mcs, name, bases, ordered)
        if columns and not is_pattern:
            _add_parts(columns)
            for key, column in columns.items():
                column.name = column.key = key
            declared.table = sa.Table(name, METADATA, *columns.values(), *_origin_columns())
        return declared

    def __init__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any], is_pattern: bool = False
    ) -> None:
        super().__init__(name, bases, body)

    def __getattr__(cls, field: str) -> NoReturn:
        if field.startswith("__"):
            raise AttributeError(field)
        known = [name for name, column in vars(cls).items() if isinstance(column, sa.Column)]
        error = UnknownName.among("field", field, known, f"The table is '{cls.__name__}'.")
        raise DefinitionFault(error.faults)


def _repeated(patterns: tuple[type, ...]) -> dict[str, Any]:
    """The fields of a pattern, made anew: a column belongs to one table."""
    return {
        name: Field(None, field.type, nullable=field.nullable, info=dict(field.info))
        for pattern in patterns
        for name, field in vars(pattern).items()
        if isinstance(field, sa.Column)
    }


def _add_parts(columns: dict[str, Any]) -> None:
    for key, column in list(columns.items()):
        kind = column.info["kind"]
        parts = MOMENT_PARTS if kind == "moment" else DAY_PARTS if kind.endswith("day") else ()
        for part in parts:
            info = {"kind": "part", "of": key, "required": False, "description": ""}
            columns[f"{key}_{part}"] = sa.Column(None, sa.Integer(), info=info)


def _origin_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column(name, sa.Integer() if name == "row" else sa.String(), info={"kind": "origin"})
        for name in ORIGIN
    ]


class Events(metaclass=_Declared):
    """A table of the journey; subclass it and declare its fields.

    A subclass with `is_pattern=True` is no table: it holds fields that its own subclasses share.
    """


def fields_of(events: type[Events]) -> dict[str, sa.Column[Any]]:
    """Give the declared fields of a table by name, without integers and origin, in order."""
    hidden = {"part", "origin"}
    return {c.name: c for c in events.table.columns if c.info["kind"] not in hidden}


def part_of(column: sa.Column[Any], part: str) -> sa.Column[int]:
    """Give the integer stored beside a date: `part_of(held_on, 'month')`."""
    return column.table.columns[f"{column.name}_{part}"]
