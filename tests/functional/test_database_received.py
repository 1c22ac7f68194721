"""The Standard Safeguarding Dataset straight from its database, on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from lineofsight.synthetic.lives import simulate
from lineofsight.synthetic.ssd import load_ssd, ssd_tables
from tests.functional.test_command_line import run
from tests.postgresql import OWNER, PASSWORD, Cluster, running

AS_AT = date(2020, 8, 31)
DAYS = ("--from", "2014-09-01", "--to", "2020-08-31", "--as-at", "2020-08-31")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running() as made:
        engine = made.made("social_care")
        load_ssd(ssd_tables(simulate(1_000, seed=3), AS_AT), engine)
        engine.dispose()
        yield made


def test_a_database_in_place_of_a_file(cluster: Cluster, tmp_path: Path) -> None:
    """Received, measured, and nothing of who signed in is shown, logged or kept."""
    store, log = tmp_path / "store", tmp_path / "log"
    address = cluster.address_on_network("social_care")
    done = run(store, "--log", str(log), "receive", address, *DAYS, "--authority", "Testshire")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(
        "PostgreSQL database 'social_care', schema 'public' was taken for Standard Safeguarding "
        "Dataset of Testshire, because it holds 30 of the tables whose names begin 'ssd_'. The "
        "data are synthetic.\nIt covers 1 September 2014 to 31 August 2020"
    )
    measured = run(store, "measure", "--month", "2020-08")
    assert measured.returncode == 0, measured.stderr
    assert "child_protection.icpc_timeliness" in measured.stdout
    kept = b"".join(path.read_bytes() for path in store.rglob("*") if path.is_file())
    told = (done.stdout + done.stderr + log.read_text(encoding="utf-8")).encode() + kept
    for secret in (PASSWORD, OWNER, "127.0.0.1", str(cluster.port)):
        assert secret.encode() not in told


def test_the_same_database_again_is_the_same_delivery(cluster: Cluster, tmp_path: Path) -> None:
    store, address = tmp_path / "store", cluster.address("social_care")
    assert run(store, "receive", address, *DAYS).returncode == 0
    again = run(store, "receive", address, *DAYS)
    assert again.returncode == 3
    assert "is in the store already" in again.stderr


def test_a_refusal_shows_no_secret(cluster: Cluster, tmp_path: Path) -> None:
    """Neither where the password is wrong nor where the days are not said."""
    wrong = cluster.address_on_network("social_care", "not-the-password")
    done = run(tmp_path / "store", "receive", wrong, *DAYS)
    assert (done.returncode, done.stdout) == (3, "")
    assert "not-the-password" not in done.stderr
    assert OWNER not in done.stderr
    silent = run(tmp_path / "store", "receive", cluster.address("social_care"))
    assert silent.returncode == 3
    assert "which suggests --from 2014-09-0" in silent.stderr
    assert "--as-at 2020-08-31" in silent.stderr


def test_only_the_datasets_tables_are_read_and_nothing_is_changed(
    cluster: Cluster, tmp_path: Path
) -> None:
    """An account that may only read the dataset's tables is enough, and a write would fail."""
    engine = sa.create_engine(cluster.address("social_care"))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE payroll (name varchar)"))
        connection.execute(sa.text("CREATE ROLE reader LOGIN"))
        names = sa.inspect(connection).get_table_names()
        for name in (name for name in names if name.startswith("ssd_")):
            connection.execute(sa.text(f"GRANT SELECT ON {name} TO reader"))
        connection.execute(sa.text("REVOKE ALL ON ssd_address FROM reader"))
        before = _counted(connection)
    address = cluster.address("social_care").replace(f"//{OWNER}@", "//reader@")
    done = run(tmp_path / "store", "receive", address, *DAYS)
    assert done.returncode == 0, done.stderr
    with engine.connect() as connection:
        assert _counted(connection) == before
    engine.dispose()


def _counted(connection: sa.Connection) -> dict[str, int]:
    names = sa.inspect(connection).get_table_names()
    return {
        name: connection.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar_one()
        for name in names
    }
