"""The store: submissions kept as they were read, immutable, one folder each.

    <root>/submissions/<id>/submission.json     who, what, when; written last
    <root>/submissions/<id>/<table>.parquet     the rows of one journey table
    <root>/.writing-…                           a delivery on its way in; never read
    <root>/.lock                                held by the one writer

A delivery is written beside its place, flushed to the disk, and put in place by one rename. What
stops half-way (a crash, Ctrl-C, a full disk) leaves the store as it was; the next writer sweeps up.
"""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from lineofsight import disk
from lineofsight.errors import AlreadyKept, Fault, StoreFault, SubmissionRefused, UnknownName
from lineofsight.reference.codes import spelling_key
from lineofsight.reference.periods import day_name
from lineofsight.reference.places import find_place
from lineofsight.returns.issue import Kind, ReadingIssue
from lineofsight.returns.submission import Reading, Submission

FORMAT = 1
_SUBMISSIONS = "submissions"
_FACTS = "submission.json"
_ISSUES = "issues.json"


class Store:
    """Submissions in a folder; safe against crashes and against two writers at once.

    A second writer waits `seconds_to_wait` for the first to finish.
    """

    def __init__(self, root: Path, seconds_to_wait: float = 5.0) -> None:
        self.root = root
        self.seconds_to_wait = seconds_to_wait
        self._folder = root / _SUBMISSIONS

    def add(self, reading: Reading) -> Submission:
        """Keep a reading, whole or not at all, and give its submission.

        Raises SubmissionRefused for a file that is here already or of another authority, and
        StoreFault when the disk is full, the folder cannot be written, or another writer does
        not finish in time.
        """
        with disk.explained(partial(_disk_fault, root=self.root)), self._only_writer():
            disk.sweep(self.root)
            self._demand_new(reading.submission)
            self._write(reading)
        return reading.submission

    def submissions(self, known_on: date | None = None) -> tuple[Submission, ...]:
        """Give the submissions received by the end of a day (all if None), oldest first.

        Days end at midnight in UTC. Raises StoreFault if one cannot be read.
        """
        every = sorted(map(_read_submission, self._places()), key=lambda s: (s.received_at, s.id))
        return tuple(s for s in every if known_on is None or s.received_at.date() <= known_on)

    def table(self, submission: Submission, name: str) -> pl.LazyFrame | None:
        """Scan one journey table of a submission; None if the delivery did not hold it.

        Raises StoreFault if its file is missing or damaged although the delivery held it.
        """
        if name not in dict(submission.rows):
            return None
        path = self._folder / submission.id / f"{name}.parquet"
        if not path.is_file():
            raise _damaged(path, "The file of a table is missing.")
        try:
            pl.read_parquet_schema(path)
        except (OSError, pl.exceptions.PolarsError):
            raise _damaged(path, "The file of a table is damaged.") from None
        return pl.scan_parquet(path)

    def path_of(self, submission: Submission, name: str) -> Path:
        """Where a table of a submission lies, for an engine that reads Parquet itself."""
        return self._folder / submission.id / f"{name}.parquet"

    def issues(self, submission: Submission) -> tuple[ReadingIssue, ...]:
        """Give what reading the delivery had to report; raises StoreFault if it is unreadable."""
        path = self._folder / submission.id / _ISSUES
        return tuple(_issue(entry) for entry in _json(path))

    def _places(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return [place for place in self._folder.iterdir() if place.is_dir()]

    def _demand_new(self, submission: Submission) -> None:
        for known in self.submissions():
            if known.sha256 == submission.sha256:
                raise AlreadyKept(_duplicate(known, submission))
            if _is_of_another(known, submission):
                raise SubmissionRefused(_another_authority(known, submission))

    def _write(self, reading: Reading) -> None:
        self._folder.mkdir(exist_ok=True)
        identity = reading.submission.id
        aside = self.root / f"{disk.WRITING}{identity}"
        with disk.put_in_place(aside, self._folder / identity) as place:
            for name, frame in reading.frames.items():
                _write_table(frame, place / f"{name}.parquet")
            disk.write_json(place / _ISSUES, [_entry(issue) for issue in reading.issues])
            disk.write_json(place / _FACTS, _facts(reading.submission))

    @contextlib.contextmanager
    def _only_writer(self) -> Iterator[None]:
        with disk.only_writer(self.root, self.seconds_to_wait, _busy(self.root)):
            yield


def _busy(root: Path) -> Fault:
    return Fault(
        "Another delivery is being taken into the store.",
        f"Store: {root.name}.",
        "Wait until it has finished and deliver the file again.",
    )


def _disk_fault(problem: OSError, root: Path) -> Fault:
    where = f"Store: {root.name}. Nothing was kept of the delivery; the store is as it was."
    if disk.is_full(problem):
        remedy = "Free some space and deliver the file again."
        return Fault("There is no room left for the delivery.", where, remedy)
    said = problem.strerror or "the disk gave no reason"
    remedy = "Check that the folder exists, that you may write to it, and deliver again."
    return Fault(f"The store cannot be written: {said}.", where, remedy)


def _duplicate(known: Submission, submission: Submission) -> Fault:
    day = day_name(known.received_at.date())
    return Fault(
        "The same file is in the store already.",
        f"File: {submission.file_name}. It was received on {day} as {known.file_name}, "
        f"and is submission {known.id}.",
        "Nothing needs to be done; deliver a file only when it has changed.",
    )


def _is_of_another(known: Submission, submission: Submission) -> bool:
    if known.authority_code and submission.authority_code:
        return _one_code(known.authority_code) != _one_code(submission.authority_code)
    names = {spelling_key(s.authority) for s in (known, submission) if s.authority}
    return len(names) > 1


def _one_code(code: str) -> str:
    """Give the Department's code for any code of an authority: a census and a cover may differ."""
    try:
        return find_place(code).code
    except UnknownName:
        return code


def _another_authority(known: Submission, submission: Submission) -> Fault:
    return Fault(
        f"The store holds the records of {_named(known)}; this delivery is of "
        f"{_named(submission)}.",
        f"File: {submission.file_name}.",
        "Give each authority a store of its own with --store, or spell the name as the store does.",
    )


def _named(submission: Submission) -> str:
    code = f"code {submission.authority_code}" if submission.authority_code else ""
    if not submission.authority:
        return code
    return f"'{submission.authority}'" + (f" ({code})" if code else "")


def _write_table(frame: pl.DataFrame, path: Path) -> None:
    # Through memory: a full disk is then Python's own OSError, whatever the writer would say.
    content = io.BytesIO()
    frame.write_parquet(content, compression="zstd")
    disk.write_bytes(path, content.getbuffer())


def _facts(submission: Submission) -> dict[str, Any]:
    facts = asdict(submission)
    for name in ("first_day", "last_day", "as_at", "received_at"):
        facts[name] = facts[name].isoformat()
    return {"format": FORMAT, **facts}


def _read_submission(place: Path) -> Submission:
    facts = _json(place / _FACTS)
    try:
        return _submission(facts)
    except (KeyError, TypeError, ValueError):
        raise _damaged(place / _FACTS, "The facts of a submission are not in order.") from None


def _submission(facts: dict[str, Any]) -> Submission:
    if facts.pop("format") != FORMAT:
        raise ValueError
    days = {name: date.fromisoformat(facts[name]) for name in ("first_day", "last_day", "as_at")}
    rest = {
        "received_at": datetime.fromisoformat(facts["received_at"]).astimezone(UTC),
        "rows": tuple((str(name), int(rows)) for name, rows in facts["rows"]),
        "missing_fields": tuple(facts["missing_fields"]),
        "missing_tables": tuple(facts["missing_tables"]),
    }
    return Submission(**{**facts, **days, **rest})


def _entry(issue: ReadingIssue) -> dict[str, Any]:
    return {**asdict(issue), "kind": issue.kind.name}


def _issue(entry: dict[str, Any]) -> ReadingIssue:
    parts = {"kind": Kind[entry["kind"]], "rows": tuple(entry["rows"])}
    return ReadingIssue(**{**entry, **parts, "fields": tuple(entry["fields"])})


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise _damaged(path, "A file of the store cannot be read.") from None


def _damaged(path: Path, what: str) -> StoreFault:
    where = f"Store: {path.parents[2].name}, submission {path.parent.name}, file {path.name}."
    return StoreFault(Fault(what, where, "Restore the folder of this submission from a backup."))
