"""Reads the Standard Safeguarding Dataset from the database it stands in, without changing it.

Only the dataset's own tables are read, by name, in one read-only transaction, a chunk at a time.
PostgreSQL is run in the tests. SQL Server goes through the same SQLAlchemy code and has *not been
run*: nobody has given us one. Who signs in, and with what, is never shown, logged or kept.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from lineofsight.errors import Fault, SubmissionRefused, UsageFault
from lineofsight.returns.layout import header_key
from lineofsight.returns.ssd_layout import (
    BY_TABLE_NAME,
    PREFIX,
    VERSION_LOG,
    field_types,
    table_named,
)
from lineofsight.returns.ssd_opening import opened
from lineofsight.returns.ssd_rows import Opened

_ROWS_AT_ONCE = 20_000
_SECONDS_TO_CONNECT = 15
_ADDRESS = re.compile(r"(postgres(?:ql)?|mssql)(\+\w+)?:/", re.IGNORECASE)
_ANY_ADDRESS = re.compile(r"[a-z][a-z0-9+]+://", re.IGNORECASE)
_EXAMPLE = "postgresql://server/database"
_NAMES = {"postgresql": "PostgreSQL", "mssql": "SQL Server"}
# What the programs that talk to the databases are called: (to import, to name, the extra).
_DRIVERS = {
    "postgresql": ("psycopg", "psycopg", "postgresql"),
    "mssql": ("mssqlpython", "mssql_python", "sqlserver"),
}
# Fields of the tables read that nothing is made of, and that say who somebody is.
_PRIVATE = frozenset(("pers_forename", "pers_surname", "pers_common_child_id", "pers_nationality"))
_SIGN_IN_WORDS = ("password", "authentication", "login failed", "role ")
_UNREACHED_WORDS = ("connection", "resolve", "translate host", "timeout", "timed out", "network")


@dataclass(frozen=True)
class Database:
    """Where a database is; shown only by its kind and its own name, never by who signs in."""

    url: sa.URL = field(repr=False)
    schema: str | None = None

    @property
    def name(self) -> str:
        """How messages, submissions and progress name it."""
        within = f", schema '{self.schema}'" if self.schema else ""
        return f"{_NAMES[self.url.get_backend_name()]} database '{self.url.database}'{within}"

    def __str__(self) -> str:
        return self.name


def is_address(text: str) -> bool:
    """Tell whether a word of a command is a database's address and no file's name."""
    return _ANY_ADDRESS.match(text) is not None


def database_at(address: str) -> Database:
    """Read an address, as in postgresql://server/database?schema=ssd.

    Raises UsageFault if it is none, of another kind of database, or its driver is not installed.
    """
    try:
        url = sa.make_url(address)
        backend = "postgresql" if url.get_backend_name() == "postgres" else url.get_backend_name()
    except (sa.exc.ArgumentError, ValueError):
        raise UsageFault(_no_address()) from None
    if backend not in _DRIVERS or not _ADDRESS.match(address):
        raise UsageFault(_other_kind(backend))
    if not url.database:
        raise UsageFault(_no_database(backend))
    driver, module, extra = _DRIVERS[backend]
    own = url.drivername.partition("+")[2]
    schema = url.query.get("schema")
    url = url.set(drivername=f"{backend}+{own or driver}").difference_update_query(["schema"])
    _demand_driver(own or module, backend, extra)
    return Database(url, schema if isinstance(schema, str) else None)


def _demand_driver(module: str, backend: str, extra: str) -> None:
    if importlib.util.find_spec(module) is None:
        raise UsageFault(
            Fault(
                f"The driver for {_NAMES[backend]} is not installed.",
                f"It is the Python package '{module.replace('_', '-')}', an optional part.",
                f"Install it with: uv sync --extra {extra}, or pip install 'lineofsight[{extra}]'.",
            )
        )


def _no_address() -> Fault:
    return Fault(
        "The address of the database cannot be read.",
        "It was given in place of a file, and is not repeated here: it may hold a password.",
        f"Write it as {_EXAMPLE}, with the password in the driver's own place.",
    )


def _other_kind(backend: str) -> Fault:
    return Fault(
        f"A database of the kind '{backend}' is not read.",
        "It was given in place of a file.",
        f"Give PostgreSQL or SQL Server, as in {_EXAMPLE}, or deliver CSV or Parquet files.",
    )


def _no_database(backend: str) -> Fault:
    return Fault(
        "The address does not say which database is meant.",
        f"It names a {_NAMES[backend]} server only.",
        f"Add the name of the database after a slash, as in {_EXAMPLE}.",
    )


@dataclass(frozen=True)
class DatabaseTables:
    """What stood in a database: the tables taken, all that were found, and their signature."""

    opened: tuple[Opened, ...]
    found: tuple[str, ...]
    file: str
    sha256: str
    versions: pl.DataFrame | None


def read_tables(database: Database) -> DatabaseTables:
    """Read the dataset's tables; raises SubmissionRefused with everything that was found.

    All tables are read as they were at one moment.
    """
    engine = sa.create_engine(database.url, connect_args=_timeout(database))
    try:
        with engine.connect() as connection:
            frozen = connection.execution_options(**_as_one_moment(database))
            return _read(frozen, database)
    except sa.exc.SQLAlchemyError as problem:
        raise SubmissionRefused(_refusal(problem, database)) from None
    finally:
        engine.dispose()


def _timeout(database: Database) -> dict[str, Any]:
    if database.url.get_backend_name() == "postgresql":
        return {"connect_timeout": _SECONDS_TO_CONNECT}
    return {}


def _as_one_moment(database: Database) -> dict[str, Any]:
    """Ask for one read-only moment. SQL Server has no read-only transaction: it is only read."""
    if database.url.get_backend_name() == "postgresql":
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return {}


def _read(connection: sa.Connection, database: Database) -> DatabaseTables:
    schema, names = _tables(connection, database)
    found = Database(database.url, schema)
    signature = hashlib.sha256()
    taken: list[Opened] = []
    versions: pl.DataFrame | None = None
    for stands_as, name in sorted(names.items(), key=lambda pair: pair[1]):
        table = BY_TABLE_NAME.get(name)
        if table is None and name != VERSION_LOG:
            continue
        columns = [c["name"] for c in sa.inspect(connection).get_columns(stands_as, schema)]
        rows = _rows(connection, statement(columns, schema, stands_as, name))
        signature.update(f"{name}\n{rows.write_csv()}".encode())
        if table is None:
            versions = rows
        else:
            taken.append(opened(table, found.name, rows))
    return DatabaseTables(
        tuple(taken), tuple(names.values()), found.name, signature.hexdigest(), versions
    )


def _tables(connection: sa.Connection, database: Database) -> tuple[str, dict[str, str]]:
    """Find the schema the dataset stands in, and its tables and views: as called, as meant."""
    inspector = sa.inspect(connection)
    default = inspector.default_schema_name or ""
    if database.schema is not None:
        schemas = [s for s in inspector.get_schema_names() if s == database.schema]
        if not schemas:
            raise SubmissionRefused(_no_schema(database, inspector.get_schema_names()))
    else:
        schemas = sorted(inspector.get_schema_names(), key=lambda name: name != default)
    holding = {name: tables for name in schemas if (tables := _ssd_tables(inspector, name))}
    if not holding:
        raise SubmissionRefused(_no_tables(database))
    if len(holding) > 1 and default not in holding:
        raise SubmissionRefused(_several(database, sorted(holding)))
    schema = default if default in holding else next(iter(holding))
    return schema, _once_each(holding[schema], database)


def _ssd_tables(inspector: sa.Inspector, schema: str) -> dict[str, str]:
    every = [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]
    own = [name for name in every if header_key(name).startswith(header_key(PREFIX))]
    return {name: table for name in own if (table := table_named(name))}


def _once_each(names: dict[str, str], database: Database) -> dict[str, str]:
    """Prefer a table to the view of it; two others that mean one table cannot both be right."""
    exact = {name: table for name, table in names.items() if name.casefold() == table}
    others = {n: t for n, t in names.items() if t not in exact.values()}
    doubled = [t for t in others.values() if list(others.values()).count(t) > 1]
    if doubled:
        raise SubmissionRefused(
            [
                Fault(
                    f"Several tables could be '{table}'.",
                    f"{database.name}: {', '.join(n for n, t in others.items() if t == table)}.",
                    f"Call the one that counts '{table}'.",
                )
                for table in dict.fromkeys(doubled)
            ]
        )
    return exact | others


def statement(columns: Sequence[str], schema: str, stands_as: str, name: str) -> sa.Select[Any]:
    """Ask a table for all but what never leaves the database, in the order of its primary key.

    `stands_as` is what the table or view is called there, `name` which of the dataset's it is.
    """
    table = sa.table(stands_as, *map(sa.column, columns), schema=schema)
    kept = [column for column in table.columns if column.name.casefold() not in _PRIVATE]
    known = BY_TABLE_NAME.get(name)
    key = {header_key(field) for field in known.key} if known else set()
    return sa.select(*kept).order_by(*(c for c in kept if header_key(c.name) in key))


def _rows(connection: sa.Connection, statement: sa.Select[Any]) -> pl.DataFrame:
    result = connection.execution_options(stream_results=True, yield_per=_ROWS_AT_ONCE).execute(
        statement
    )
    names = list(result.keys())
    empty = pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    chunks = [_chunk(names, chunk) for chunk in result.partitions()]
    return pl.concat([empty, *chunks])


def _chunk(names: Sequence[str], rows: Sequence[Any]) -> pl.DataFrame:
    columns = zip(*rows, strict=True)
    return pl.DataFrame(
        [
            pl.Series(name, list(_texts(values)), pl.String)
            for name, values in zip(names, columns, strict=True)
        ]
    )


def _texts(values: Sequence[Any]) -> Iterator[str | None]:
    for value in values:
        if value is None or isinstance(value, str):
            yield value
        elif isinstance(value, bool):
            yield "Y" if value else "N"
        elif isinstance(value, datetime):
            yield value.isoformat(" ", "seconds")
        elif isinstance(value, date):
            yield value.isoformat()
        else:
            yield str(value)


def _refusal(problem: sa.exc.SQLAlchemyError, database: Database) -> Fault:
    """Say what went wrong in our own words: the driver's may name who signs in, and where."""
    text = str(problem).casefold()
    if any(word in text for word in _SIGN_IN_WORDS) and isinstance(problem, sa.exc.DBAPIError):
        what = "The database did not let us in: the name or the password is not accepted."
        remedy = "Give an account that may read the dataset's tables."
    elif "does not exist" in text or "cannot open database" in text:
        what = "There is no such database on the server."
        remedy = "Check the name after the last slash of the address."
    elif any(word in text for word in _UNREACHED_WORDS):
        what = "The database cannot be reached."
        remedy = "Check server and port, and that this machine may connect to it."
    elif "permission" in text or "denied" in text:
        what = "The account may not read one of the dataset's tables."
        remedy = f"Let it SELECT from every table whose name begins '{PREFIX}'."
    else:
        what = f"The database broke off ({type(problem).__name__})."
        remedy = "Try again; if it goes on, deliver the tables as CSV or Parquet files."
    return Fault(what, f"{database.name}.", remedy)


def _no_schema(database: Database, known: Sequence[str]) -> Fault:
    listed = ", ".join(f"'{name}'" for name in sorted(known)[:15])
    return Fault(
        f"There is no schema '{database.schema}'.",
        f"{database.name}. It has {listed}.",
        "Give one of them after '?schema='.",
    )


def _no_tables(database: Database) -> Fault:
    return Fault(
        "The database holds no table of the Standard Safeguarding Dataset.",
        f"{database.name}: no table or view there that we may see begins '{PREFIX}' and goes on "
        f"as one of the {len(field_types())} do.",
        "Check the name of the database, and that the account may see the tables.",
    )


def _several(database: Database, schemas: Sequence[str]) -> Fault:
    listed = " and ".join(f"'{name}'" for name in schemas)
    return Fault(
        "The dataset stands in several schemas.",
        f"{database.name}: {listed}.",
        f"Say which with '?schema={schemas[0]}' at the end of the address.",
    )
