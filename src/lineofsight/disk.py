"""What is put on the disk lasts: written aside, flushed, put in place by a rename, by one writer.

    <root>/.writing-…    something on its way in; never read
    <root>/.lock         held by the one writer

What stops half-way (a crash, Ctrl-C, a full disk) leaves the folder as it was; the next writer
sweeps up. The caller says in its own words what could not be done.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import importlib.util
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from lineofsight.errors import Fault, StoreFault

WRITING = ".writing-"
_LOCK = ".lock"
_fcntl: Any = importlib.import_module("fcntl") if importlib.util.find_spec("fcntl") else None
_msvcrt: Any = importlib.import_module("msvcrt") if importlib.util.find_spec("msvcrt") else None


@contextlib.contextmanager
def only_writer(root: Path, seconds: float, busy: Fault) -> Iterator[None]:
    """Hold a folder's lock; raises StoreFault with `busy` if another holds it for `seconds`.

    The folder is made where it is not there yet. What an earlier writer left half-done is not
    swept here, but by `sweep`.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / _LOCK).open("a+b") as lock:
        _wait_for(lock, seconds, busy)
        try:
            yield
        finally:
            _unlock(lock)


def sweep(root: Path) -> None:
    """Remove what earlier writers left half-done; only for who holds the lock."""
    for left_over in root.glob(f"{WRITING}*"):
        shutil.rmtree(left_over)


@contextlib.contextmanager
def explained(fault_of: Callable[[OSError], Fault]) -> Iterator[None]:
    """Turn what the disk says into a StoreFault in the caller's words."""
    try:
        yield
    except OSError as problem:
        raise StoreFault(fault_of(problem)) from None


def is_full(problem: OSError) -> bool:
    """Whether the disk refused because there is no room."""
    return problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextlib.contextmanager
def put_in_place(aside: Path, place: Path) -> Iterator[Path]:
    """Fill a folder aside, then rename it to its place; on any failure neither is there.

    Both must lie on one disk, and the folder that holds `place` must exist.
    """
    try:
        aside.mkdir()
        yield aside
        flush_folder(aside)
        aside.rename(place)
        flush_folder(place.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def write_bytes(path: Path, content: bytes | memoryview) -> None:
    """Write a new file and flush it to the disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_json(path: Path, content: Any) -> None:
    """Write a new file of JSON in UTF-8 and flush it to the disk."""
    with path.open("x", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1, allow_nan=False)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make a rename last through a power cut; Windows cannot open a folder, nor needs it."""
    if _fcntl is None:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _wait_for(lock: IO[bytes], seconds: float, busy: Fault) -> None:
    """Take the lock, waiting a little for another writer to finish."""
    until = time.monotonic() + seconds
    while not _locked(lock):
        if time.monotonic() > until:
            raise StoreFault(busy)
        time.sleep(0.05)


def _locked(lock: IO[bytes]) -> bool:
    """Try to take the operating system's lock, which a dying process gives back by itself."""
    try:
        if _fcntl is not None:
            _fcntl.flock(lock.fileno(), _fcntl.LOCK_EX | _fcntl.LOCK_NB)
        else:
            lock.seek(0)
            _msvcrt.locking(lock.fileno(), _msvcrt.LK_NBLCK, 1)
    except OSError as problem:
        if problem.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True


def _unlock(lock: IO[bytes]) -> None:
    if _fcntl is not None:
        _fcntl.flock(lock.fileno(), _fcntl.LOCK_UN)
    else:
        lock.seek(0)
        _msvcrt.locking(lock.fileno(), _msvcrt.LK_UNLCK, 1)
