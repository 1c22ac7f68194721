"""PostgreSQL: a council's own server does the adding up, in tables that only our session sees.

The driver, psycopg, is LGPL and an optional part: it is named only inside the functions that use
it. Who signs in, and with what, is never shown: a fault names the server's kind and what to do.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import TracebackType
from typing import Any, Self

import polars as pl

from lineofsight.errors import Fault, UsageFault
from lineofsight.warehouse.engine import as_columns, plain

# Texts compare by their bytes, as they do in every other engine, not by a server's language.
_TEXT = 'TEXT COLLATE "C"'
_SECONDS_TO_CONNECT = 15
# What the columns of an answer are, by PostgreSQL's own numbers for its types; others are told
# from their values.
_ANSWERED: dict[int, pl.DataType] = {
    16: pl.Boolean(),
    **dict.fromkeys((20, 21, 23), pl.Int64()),
    **dict.fromkeys((700, 701), pl.Float64()),
    **dict.fromkeys((25, 1043), pl.String()),
    1082: pl.Date(),
    1114: pl.Datetime("us"),
}


class PostgreSQL:
    """A session on a PostgreSQL server with the frames of a journey as temporary tables.

    `address` is as in postgresql://server/database. The tables go when the session is closed.
    """

    name = "PostgreSQL"

    def __init__(self, frames: Mapping[str, pl.DataFrame], address: str) -> None:
        self._connection = _connected(address)
        # Compiling costs a small council's statement 2.9 of its 3.0 seconds (technology.md, 2).
        self._connection.execute("SET jit = off")
        for name, frame in frames.items():
            self.hold(name, frame)

    def hold(self, name: str, frame: pl.DataFrame) -> None:
        """Take a table in, or anew in place of the one of that name."""
        columns = ", ".join(f"{_quoted(n)} {_type(kind)}" for n, kind in frame.schema.items())
        table = f"pg_temp.{_quoted(name)}"
        self._connection.execute(f"DROP TABLE IF EXISTS {table}")
        self._connection.execute(f"CREATE TEMPORARY TABLE {_quoted(name)} ({columns})")
        # What is quoted is a value, what is not and is empty is none: no text is taken for a blank.
        with self._connection.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy:
            copy.write(frame.write_csv(include_header=False, quote_style="non_numeric"))
        self._connection.execute(f"ANALYZE {table}")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run the text and give all rows; numbers are whole or floating, never decimal."""
        return _plain_rows(self._connection.execute(sql))

    def columns(self, texts: Iterable[str]) -> Iterator[Mapping[str, Any]]:
        """Run texts and give the columns of each, arrays of numbers by name; blanks are NaN."""
        return (as_columns(self.frame(text)) for text in texts)

    def frame(self, sql: str) -> pl.DataFrame:
        """Run the text and give a frame."""
        answer = self._connection.execute(sql)
        schema = {column.name: _ANSWERED.get(column.type_code) for column in answer.description}
        rows = _plain_rows(answer)
        return plain(pl.DataFrame(rows, schema, orient="row", infer_schema_length=None))

    def close(self) -> None:
        """End the session; its tables go with it."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _connected(address: str) -> Any:
    if importlib.util.find_spec("psycopg") is None:
        raise UsageFault(_no_driver())
    import psycopg

    try:
        return psycopg.connect(
            address.replace("postgresql+psycopg:", "postgresql:", 1),
            autocommit=True,
            connect_timeout=_SECONDS_TO_CONNECT,
        )
    except psycopg.Error:
        # The driver's own words may name who signs in, and where.
        raise UsageFault(_no_session()) from None


def _plain_rows(answer: Any) -> list[tuple[Any, ...]]:
    return [tuple(map(_plain_number, row)) for row in answer.fetchall()]


def _plain_number(value: Any) -> Any:
    """The sum of whole numbers comes as a decimal without a fraction."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value.as_tuple().exponent == 0 else float(value)


def _no_driver() -> Fault:
    return Fault(
        "The driver for PostgreSQL is not installed.",
        "It is the Python package 'psycopg', an optional part.",
        "Install it with: uv sync --extra postgresql, or pip install 'lineofsight[postgresql]'.",
    )


def _no_session() -> Fault:
    return Fault(
        "The PostgreSQL server cannot be reached, or did not let us in.",
        "The address is not repeated here: it may hold a password.",
        "Check server, port, database and account, as in postgresql://server/database.",
    )


def _type(kind: pl.DataType) -> str:
    if kind.is_integer():
        return "BIGINT"
    if kind.is_numeric():
        return "DOUBLE PRECISION"
    if isinstance(kind, pl.Datetime):
        return "TIMESTAMP"
    return {pl.Boolean: "BOOLEAN", pl.Date: "DATE"}.get(kind.base_type(), _TEXT)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
