"""Deliveries of the Standard Safeguarding Dataset with something wrong, and the whole message."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from lineofsight.errors import LineOfSightError, SubmissionRefused, UsageFault
from lineofsight.returns.arrivals import arrived_at, deliveries
from lineofsight.returns.submission import read_files
from tests.postgresql import OWNER, Cluster, running
from tests.safeguarding import FIRST, LAST, care, person, read_dataset, referral, write_table

CONTACT = {"cont_contact_id": "1", "cont_person_id": "1", "cont_contact_date": "2023-05-02"}


def refusal(*files: Any) -> str:
    with pytest.raises(SubmissionRefused) as refused:
        read_dataset(files)
    return str(refused.value)


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    return write_table(tmp_path / "ssd_contacts.csv", [CONTACT])


def test_nobody_has_said_which_days_it_covers(tmp_path: Path, contacts: Path) -> None:
    """The rows suggest them; what is dated after today suggests nothing."""
    needs = [referral("1", "1", "2019-04-02"), referral("2", "1", "2044-04-02")]
    episodes = [care("1", "1", "2024-03-30")]
    files = [
        contacts,
        write_table(tmp_path / "ssd_cin_episodes.csv", needs),
        write_table(tmp_path / "ssd_cla_episodes.csv", episodes),
    ]
    with pytest.raises(SubmissionRefused) as refused:
        read_files(files, as_at=date(2024, 3, 31))
    assert str(refused.value) == (
        "Nobody has said which days the dataset covers and as at which day it was made.\n"
        "  Standard Safeguarding Dataset, 3 files. The dataset holds no such day; --from and --to "
        "would say it.\n"
        "  Give --from DATE --to DATE. The earliest contact is of 2 May 2023 and the latest event "
        "of 30 March 2024, which suggests --from 2023-05-02 --to 2024-03-30 --as-at 2024-03-30."
    )


def test_without_contacts_the_first_case_closed_suggests_the_first_day(tmp_path: Path) -> None:
    """A case that is open may be far older than the dataset."""
    needs = [
        referral("1", "1", "2009-04-02"),
        referral("2", "1", "2017-04-02", cine_close_date="2018-06-01"),
        referral("3", "1", "2020-04-02"),
    ]
    path = write_table(tmp_path / "ssd_cin_episodes.csv", needs)
    with pytest.raises(SubmissionRefused) as refused:
        read_files([path])
    assert refused.value.faults[0].remedy == (
        "Give --from DATE --to DATE --as-at DATE. The earliest case to be closed was on 1 June "
        "2018 and the latest event of 2 April 2020, which suggests --from 2018-06-01 --to "
        "2020-04-02 --as-at 2020-04-02."
    )


def test_days_that_do_not_follow_one_another(contacts: Path) -> None:
    with pytest.raises(SubmissionRefused) as refused:
        read_files([contacts], first_day=FIRST, last_day=LAST, as_at=date(2024, 3, 1))
    assert str(refused.value) == (
        "The days do not follow one another: from 1 April 2018 to 31 March 2024, as at "
        "1 March 2024.\n"
        "  File: ssd_contacts.csv.\n"
        "  The first day comes before the last, and the lists are made on the last day or later."
    )


def test_a_needed_column_under_another_name(tmp_path: Path) -> None:
    row = {"cont_contact_id": "1", "cont_person_id": "1", "cont_contact_dated": "2023-05-02"}
    path = write_table(tmp_path / "ssd_contacts.csv", [row])
    assert refusal(path) == (
        "The column 'cont_contact_date' is missing.\n"
        "  File: ssd_contacts.csv, sheet 'ssd_contacts', row 1.\n"
        "  Is it the column headed 'cont_contact_dated'? Then change that header to "
        "'cont_contact_date'."
    )


def test_two_files_of_one_table_and_a_file_of_none_are_said_together(
    tmp_path: Path, contacts: Path
) -> None:
    again = write_table(tmp_path / "contacts 2.csv", [CONTACT])
    other = write_table(tmp_path / "ssd_person.csv", [{"pers_persn_id": "1", "Name": "Anon"}])
    assert refusal(contacts, again, other) == (
        "2 files are the table 'ssd_contacts'.\n"
        "  Files: ssd_contacts.csv, contacts 2.csv.\n"
        "  Deliver the one that counts and leave out the other.\n"
        "No row in the first 30 looks like the header of ssd_person.\n"
        "  File: ssd_person.csv, sheet 'ssd_person'.\n"
        "  Put the headers, 'pers_person_id' among them, in one row."
    )


def test_a_file_that_is_empty(tmp_path: Path, contacts: Path) -> None:
    """By its name it belongs to the set, so that the set is refused and not taken without it."""
    empty = tmp_path / "ssd_person.csv"
    empty.write_bytes(b"\r\n")
    assert deliveries([contacts, empty]) == [(contacts, empty)]
    assert refusal(contacts, empty) == (
        "The file is empty: it has not even a header row.\n"
        "  File: ssd_person.csv.\n"
        "  Give it the header row of its table; it may hold no rows."
    )


def test_damaged_parquet(tmp_path: Path, contacts: Path) -> None:
    path = tmp_path / "ssd_person.parquet"
    pl.DataFrame([person("1")]).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-20])
    assert refusal(contacts, path) == (
        "The Parquet file is damaged or was cut short.\n"
        "  File: ssd_person.parquet.\n"
        "  Write or copy it again, and deliver that file."
    )


def test_a_table_of_which_no_row_can_be_taken(tmp_path: Path) -> None:
    """Taken as empty it would wipe out what is known; nothing of the values is shown."""
    slipped = [
        CONTACT | {"cont_contact_id": n, "cont_contact_date": "Anon Child"} for n in range(12)
    ]
    path = write_table(tmp_path / "ssd_contacts.csv", slipped)
    assert refusal(path) == (
        "No row of 'ssd_contacts' could be taken; it holds 12.\n"
        "  File: ssd_contacts.csv, 'ssd_contacts'.\n"
        "  Look whether whom and when each row is about stands in it, and export again."
    )


# --- Addresses -------------------------------------------------------------------------------


def complaint(address: str) -> str:
    with pytest.raises(UsageFault) as fault:
        arrived_at(address)
    return str(fault.value)


def test_an_address_of_another_kind_of_database() -> None:
    assert complaint("mysql://clerk:secret@server/records") == (
        "A database of the kind 'mysql' is not read.\n"
        "  It was given in place of a file.\n"
        "  Give PostgreSQL or SQL Server, as in postgresql://server/database, or deliver CSV or "
        "Parquet files."
    )


def test_an_address_that_cannot_be_read_is_not_repeated() -> None:
    assert complaint("postgresql://clerk:secret@server:port/records") == (
        "The address of the database cannot be read.\n"
        "  It was given in place of a file, and is not repeated here: it may hold a password.\n"
        "  Write it as postgresql://server/database, with the password in the driver's own place."
    )


def test_an_address_of_a_server_only() -> None:
    assert complaint("postgresql://clerk:secret@server") == (
        "The address does not say which database is meant.\n"
        "  It names a PostgreSQL server only.\n"
        "  Add the name of the database after a slash, as in postgresql://server/database."
    )


def test_a_driver_that_is_not_installed() -> None:
    if importlib.util.find_spec("mssql_python") is not None:
        pytest.skip("The driver of SQL Server is installed here: take it out to see its absence.")
    assert complaint("mssql://server/records") == (
        "The driver for SQL Server is not installed.\n"
        "  It is the Python package 'mssql-python', an optional part.\n"
        "  Install it with: uv sync --extra sqlserver, or pip install 'lineofsight[sqlserver]'."
    )


# --- Databases -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running() as made:
        yield made


def from_database(address: str) -> str:
    with pytest.raises(LineOfSightError) as refused:
        read_dataset([arrived_at(address)])
    assert refused.value.exit_code == 3
    return str(refused.value)


def _filled(cluster: Cluster, name: str, *schemas: str) -> None:
    engine = cluster.made(name)
    with engine.begin() as connection:
        for schema in schemas:
            connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
            connection.execute(
                sa.text(
                    f"CREATE TABLE {schema}.ssd_contacts (cont_contact_id varchar, "
                    "cont_person_id varchar, cont_contact_date timestamp)"
                )
            )
    engine.dispose()


def test_a_password_that_is_not_accepted(cluster: Cluster) -> None:
    assert from_database(cluster.address_on_network("postgres", "wrong-secret")) == (
        "The database did not let us in: the name or the password is not accepted.\n"
        "  PostgreSQL database 'postgres'.\n"
        "  Give an account that may read the dataset's tables."
    )


def test_a_database_that_is_not_there(cluster: Cluster) -> None:
    assert from_database(cluster.address("nowhere")) == (
        "There is no such database on the server.\n"
        "  PostgreSQL database 'nowhere'.\n"
        "  Check the name after the last slash of the address."
    )


def test_a_server_that_is_not_there() -> None:
    assert from_database("postgresql://clerk:secret@127.0.0.1:1/records") == (
        "The database cannot be reached.\n"
        "  PostgreSQL database 'records'.\n"
        "  Check server and port, and that this machine may connect to it."
    )


def test_a_database_without_the_dataset(cluster: Cluster) -> None:
    assert from_database(cluster.address("postgres")) == (
        "The database holds no table of the Standard Safeguarding Dataset.\n"
        "  PostgreSQL database 'postgres': no table or view there that we may see begins 'ssd_' "
        "and goes on as one of the 48 do.\n"
        "  Check the name of the database, and that the account may see the tables."
    )


def test_a_dataset_in_several_schemas(cluster: Cluster) -> None:
    _filled(cluster, "doubled", "ssd_live", "ssd_test")
    assert from_database(cluster.address("doubled")) == (
        "The dataset stands in several schemas.\n"
        "  PostgreSQL database 'doubled': 'ssd_live' and 'ssd_test'.\n"
        "  Say which with '?schema=ssd_live' at the end of the address."
    )
    reading = read_dataset([arrived_at(f"{cluster.address('doubled')}&schema=ssd_test")])
    assert reading.submission.file_name == "PostgreSQL database 'doubled', schema 'ssd_test'"


def test_a_schema_that_is_not_there(cluster: Cluster) -> None:
    _filled(cluster, "single", "ssd_live")
    assert from_database(f"{cluster.address('single')}&schema=ssd") == (
        "There is no schema 'ssd'.\n"
        "  PostgreSQL database 'single', schema 'ssd'. It has 'information_schema', 'public', "
        "'ssd_live'.\n"
        "  Give one of them after '?schema='."
    )


def test_a_table_that_the_account_may_not_read(cluster: Cluster) -> None:
    _filled(cluster, "closed", "public")
    engine = sa.create_engine(cluster.address("closed"))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE ROLE outsider LOGIN"))
    engine.dispose()
    address = cluster.address("closed").replace(f"//{OWNER}@", "//outsider@")
    assert from_database(address) == (
        "The account may not read one of the dataset's tables.\n"
        "  PostgreSQL database 'closed'.\n"
        "  Let it SELECT from every table whose name begins 'ssd_'."
    )


def test_a_column_that_a_databases_table_lacks(cluster: Cluster) -> None:
    engine = cluster.made("short")
    with engine.begin() as connection:
        connection.execute(
            sa.text("CREATE TABLE ssd_contacts (cont_contact_id varchar, cont_person_id varchar)")
        )
    engine.dispose()
    assert from_database(cluster.address("short")) == (
        "The column 'cont_contact_date' is missing.\n"
        "  File: PostgreSQL database 'short', schema 'public', sheet 'ssd_contacts', row 1.\n"
        "  Add the column, with the header 'cont_contact_date'."
    )
