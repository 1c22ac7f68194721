"""Runs a piece of code in a process of its own and says what it used, whole and beyond loading."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_PROGRAM = """
import json, resource, sys, warnings
warnings.simplefilter("ignore")
ARGUMENTS, said, at = sys.argv[2:], "", [0.0, 0]
def used():
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in both), max(u.ru_maxrss for u in both)
def loaded():
    at[:] = used()
loaded()
{code}
end = used()
with open(sys.argv[1], "w") as result:
    json.dump([end[0] - at[0], end[1] - at[1], str(said)], result)
"""


@dataclass(frozen=True)
class Used:
    """What a process used: CPU seconds of it and its children, and its peak memory in MB.

    `cpu_beyond` and `mb_beyond` leave out what loading its libraries took; `said` is its own words.
    """

    cpu: float
    mb: float
    cpu_beyond: float
    mb_beyond: float
    said: str


def measured(code: str, *arguments: object, python: str = sys.executable, times: int = 1) -> Used:
    """Run the code so many times and give the run with the least CPU.

    The code finds its `ARGUMENTS`, calls `loaded()` after its imports and may set `said`.
    """
    return min((_run(code, arguments, python) for _ in range(times)), key=lambda used: used.cpu)


def _run(code: str, arguments: Sequence[object], python: str) -> Used:
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        command = [python, "-c", _PROGRAM.replace("{code}", code), result, *arguments]
        # Bytecode is written as on any ordinary machine, so that no start compiles the program.
        settings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        with tempfile.TemporaryFile() as shown:
            process = subprocess.Popen(
                list(map(str, command)), env=settings, stdout=shown, stderr=subprocess.STDOUT
            )
            _, status, usage = os.wait4(process.pid, 0)
            if status:
                shown.seek(0)
                raise SystemExit(shown.read().decode(errors="replace")[-2000:])
        cpu_beyond, kib_beyond, said = json.loads(result.read_text())
        # On Linux the resident set is told in KiB.
        whole = (usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)
        return Used(*whole, cpu_beyond, kib_beyond * 1024 / 1e6, said)


def apart(write: Callable[..., object], *arguments: object) -> None:
    """Write the input in another process: a child's peak memory counts its parent's."""
    writer = multiprocessing.Process(target=write, args=arguments)
    writer.start()
    writer.join()
    if writer.exitcode:
        raise SystemExit("The input of the benchmark could not be written.")


def machine() -> str:
    """Say on what, with what and when it was measured, and how busy the machine was."""
    libraries = ("polars", "fastexcel", "lxml", "duckdb")
    versions = ", ".join(f"{name} {version(name)}" for name in libraries)
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}; Python "
        f"{platform.python_version()}, {versions}; {time.strftime('%d %B %Y')}, load "
        f"{os.getloadavg()[0]:.1f}.\nCPU seconds are user and system, children included; the first "
        "column is the whole process from its start, the second leaves out loading. All data are "
        "synthetic."
    )


def heading(what: str, paths: Sequence[Path]) -> str:
    """Say what is read, and its size, above the table of a benchmark."""
    size = sum(path.stat().st_size for path in paths) / 1e6
    columns = f"{'CPU s':>9}{'beyond':>9}{'x floor':>9}{'MB':>8}{'beyond':>8}"
    return f"\n{what}, {size:,.1f} MB in {len(paths)} file(s)\n{'':<40}{columns}"


def line(name: str, used: Used, floor: float) -> str:
    """Write one row of the table; the ratio is of whole processes."""
    ratio = f"{used.cpu / floor:>9.1f}" if floor else f"{'':>9}"
    numbers = f"{used.cpu:>9.2f}{used.cpu_beyond:>9.2f}{ratio}{used.mb:>8.0f}{used.mb_beyond:>8.0f}"
    return f"{name:<40}{numbers}  {used.said}".rstrip()


def arguments(summary: str, peer: str, sizes: list[int]) -> argparse.Namespace:
    """Read the sizes, the Python that has the peer (or its environment variable), and repeats."""
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("sizes", nargs="*", type=int, default=sizes)
    parser.add_argument("--times", type=int, default=3, help="Runs of ours; the least counts.")
    parser.add_argument(
        "--peer",
        default=os.environ.get(f"LINEOFSIGHT_{peer}_VALIDATOR"),
        help="A Python that has the sector's validator, in an environment of its own.",
    )
    parser.add_argument("--peer-most", type=int, default=1_000, help="The peer's largest size.")
    return parser.parse_args()


# Every benchmark receives as the command line does, each time into a store of its own.
RECEIVE = """
import tempfile
from lineofsight import cli
loaded()
folder, *files = ARGUMENTS
store = tempfile.mkdtemp(dir=folder)
cli.main(["--store", store, "receive", *files])
"""
VALIDATE = """
from pathlib import Path
from lineofsight.access.roles import Actor, Role
from lineofsight.cycle import Desk, validate
from lineofsight.validation.report import summary
said = summary(validate(Desk(Path(store), Actor("benchmark", Role.ANALYST))))
"""
