"""Receives one file many times in forked processes, and kills each at a moment of its own.

    python -m tests.functional.nursery FILE SEED STORE KILLS

The program is loaded once and nothing is read with it here, so that a fork costs milliseconds and
inherits no threads. Every process gets a copy of the store. Gives a line of JSON: each copy, and
whether the process was still alive when it was killed.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

import fastexcel  # noqa: F401

from lineofsight import cli
from lineofsight.cli import receiving  # noqa: F401, loaded before the forks


def begun(file: str, store: str) -> int:
    """Start receiving in a process of its own, quietly; gives its number."""
    child = os.fork()
    if child:
        return child
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        cli.main(["--store", store, "receive", file])
    except SystemExit as stopped:
        os._exit(int(stopped.code or 0))
    finally:
        os._exit(0)


def whole(file: str, store: str) -> float:
    """Receive without a kill, and give the seconds it took."""
    started = time.monotonic()
    _, status = os.waitpid(begun(file, store), 0)
    assert status == 0, status
    return time.monotonic() - started


def killed(file: str, store: str, seconds: float) -> bool:
    """Receive, kill after so many seconds, and say whether the kill came before the end."""
    child = begun(file, store)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def main(file: str, seed: str, first: Path, kills: int) -> None:
    """Kill at moments spread over a whole delivery, until so many kills came before its end."""
    moments = random.Random(seed)
    longest = max(whole(file, str(_like(first, f"whole-{number}"))) for number in (1, 2))
    done: list[tuple[str, bool]] = []
    while sum(alive for _, alive in done) < kills and len(done) < 5 * kills:
        store = _like(first, f"killed-{len(done)}")
        alive = killed(file, str(store), moments.uniform(0, longest))
        # Other work on the machine makes a delivery longer or shorter than it was.
        longest *= 1.03 if alive else 0.9
        done.append((str(store), alive))
    print(json.dumps(done))


def _like(first: Path, name: str) -> Path:
    return Path(shutil.copytree(first, first.parent / name))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
