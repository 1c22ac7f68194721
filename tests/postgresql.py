"""A throw-away PostgreSQL: Debian's programs and a cluster in a folder of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

OWNER, PASSWORD = "dataset_owner", "only-for-tests"
_ABSENT = (
    "PostgreSQL is absent: install Debian's package 'postgresql' to run what reads a database."
)


@dataclass(frozen=True)
class Cluster:
    """A running cluster: reached through its socket without a password, through its port with."""

    folder: Path
    port: int

    def address(self, database: str = "postgres") -> str:
        """Where a database is, through the socket."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}&port={self.port}"

    def address_on_network(self, database: str = "postgres", password: str = PASSWORD) -> str:
        """Where a database is, through the loopback, with a password."""
        return f"postgresql://{OWNER}:{password}@127.0.0.1:{self.port}/{database}"

    def made(self, database: str) -> sa.Engine:
        """Make an empty database and connect to it."""
        server = sa.create_engine(self.address(), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(sa.text(f'CREATE DATABASE "{database}"'))
        server.dispose()
        return sa.create_engine(self.address(database))


@contextlib.contextmanager
def running() -> Iterator[Cluster]:
    """Run a cluster while it is needed; skips the test with a sentence where there is none."""
    programs = _programs()
    if programs is None:
        pytest.skip(_ABSENT)
    # Not in pytest's own folder: another user, who runs the server, may not enter that.
    folder = Path(tempfile.mkdtemp(prefix="los-", dir="/tmp"))
    user = _user()
    try:
        password = folder / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        for path in (folder, password):
            if user:
                shutil.chown(path, user)
        cluster = _started(programs, folder, user)
        try:
            yield cluster
        finally:
            _run(programs, user, ["pg_ctl", "-D", str(folder / "data"), "-m", "fast", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(programs: Path, folder: Path, user: str | None) -> Cluster:
    data, port = str(folder / "data"), _free_port()
    made = ["initdb", "-D", data, "-U", OWNER, "-E", "UTF8", "--auth-local=trust", "--no-sync",
            "--auth-host=scram-sha-256", f"--pwfile={folder / 'password'}"]  # fmt: skip
    _run(programs, user, made)
    options = f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off"
    log = str(folder / "log")
    _run(programs, user, ["pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start"])
    return Cluster(folder, port)


def _programs() -> Path | None:
    """Find where initdb is: Debian keeps each version's programs in a folder of its own."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(
        versions, key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0
    )
    if newest:
        return newest[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def _user() -> str | None:
    """Say as whom the server runs, which will not run as root."""
    if os.geteuid() != 0:
        return None
    known = Path("/etc/passwd").read_text(encoding="utf-8").splitlines()
    return "postgres" if any(line.startswith("postgres:") for line in known) else "nobody"


def _run(programs: Path, user: str | None, words: Sequence[str]) -> None:
    program, *rest = words
    done = subprocess.run(
        [str(programs / program), *rest],
        user=user,
        cwd="/tmp",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert done.returncode == 0, words


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
