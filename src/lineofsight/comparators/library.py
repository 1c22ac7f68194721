"""Comparators kept in the store: each downloaded file as it came, one folder each.

<root>/comparators/<id>/holding.json   what it is, when it was published, who added it when
<root>/comparators/<id>/file.csv       the file itself, byte for byte (.xlsx for a workbook)

The files are read anew each time, so that a later version of the program finds more in them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from lineofsight import disk
from lineofsight.comparators.explore_education import PublishedFile, read_table
from lineofsight.comparators.neighbours import Neighbours, neighbours_in, shipped_lists
from lineofsight.comparators.published import Published, published_of
from lineofsight.comparators.recognised import Kind, Recognised
from lineofsight.errors import Fault, StoreFault, UnknownName
from lineofsight.reference.periods import Month

FORMAT = 1
_COMPARATORS = "comparators"
_FACTS = "holding.json"
_HASH_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One file of comparators in the store; for the years and days see `Recognised`."""

    id: str
    kind: Kind
    title: str
    first_year: int
    last_year: int
    published_on: date | None
    known_from: date
    issued: Month | None
    file_name: str
    sha256: str
    size: int
    added_at: datetime
    added_by: str


class Library:
    """The files of comparators of one store; a second writer waits for the first."""

    def __init__(self, root: Path, seconds_to_wait: float = 5.0) -> None:
        self.root = root
        self.seconds_to_wait = seconds_to_wait
        self._folder = root / _COMPARATORS

    def known(self, content: bytes) -> Holding | None:
        """Give the holding with just this content, if it is there already."""
        found = hashlib.sha256(content).hexdigest()
        return next((one for one in self.holdings() if one.sha256 == found), None)

    def add(
        self,
        name: str,
        content: bytes,
        found: Recognised,
        by: str,
        enter: Callable[[str], object],
    ) -> Holding:
        """Keep a file, whole or not at all; `enter` is told its identity before it is in place.

        Raises StoreFault when the disk is full, the folder cannot be written, or another writer
        does not finish in time.
        """
        with (
            disk.explained(partial(_disk_fault, root=self.root)),
            disk.only_writer(self.root, self.seconds_to_wait, _busy(self.root)),
        ):
            disk.sweep(self.root)
            holding = _holding(name, content, found, by)
            enter(holding.id)
            self._write(holding, content)
        return holding

    def remove(self, identity: str, enter: Callable[[str], object]) -> Holding:
        """Take a file out of the store; `enter` is told before it goes.

        Editions that used it have kept what they used. Raises UnknownName where it is not there.
        """
        with (
            disk.explained(partial(_disk_fault, root=self.root)),
            disk.only_writer(self.root, self.seconds_to_wait, _busy(self.root)),
        ):
            known = {one.id: one for one in self.holdings()}
            if identity not in known:
                where = "They are listed by: lineofsight comparators list."
                raise UnknownName.among("file of comparators", identity, list(known), where)
            enter(identity)
            aside = self.root / f"{disk.WRITING}{identity}"
            (self._folder / identity).rename(aside)
            disk.sweep(self.root)
        return known[identity]

    def holdings(self, known_on: date | None = None) -> tuple[Holding, ...]:
        """Give what could be known on a day (all if None), in the order it was added.

        Raises StoreFault where the facts of a file cannot be read.
        """
        places = [p for p in self._folder.iterdir() if p.is_dir()] if self._folder.is_dir() else []
        every = sorted(map(_read, places), key=lambda one: (one.added_at, one.id))
        return tuple(one for one in every if known_on is None or one.known_from <= known_on)

    def published(self, known_on: date | None = None) -> Published | None:
        """Read all figures that could be known on a day (all if None); None where there are none.

        The lists of neighbours that ship are always at hand; one in the store with the same month
        takes their place. Raises StoreFault where a file is not what was kept.
        """
        held = self.holdings(known_on)
        tables = tuple(self._tables(held))
        return published_of(tables, self._lists(held)) if tables else None

    def _tables(self, held: tuple[Holding, ...]) -> Iterator[PublishedFile]:
        for one in held:
            if one.kind is Kind.TABLE:
                read = read_table(one.file_name, self._content(one), one.published_on)
                assert read is not None  # it was recognised as a table when it was added
                yield read

    def _lists(self, held: tuple[Holding, ...]) -> tuple[Neighbours, ...]:
        lists = {one.issued: one for one in shipped_lists()}
        for one in held:
            if one.issued is not None:
                lists[one.issued] = neighbours_in(one.file_name, self._content(one), one.issued)
        return tuple(lists.values())

    def _content(self, holding: Holding) -> bytes:
        path = self._folder / holding.id / _file_of(holding.file_name)
        try:
            content = path.read_bytes()
        except OSError:
            raise _damaged(path, "A file of comparators is missing.") from None
        if hashlib.sha256(content).hexdigest() != holding.sha256:
            raise _damaged(path, "A file of comparators is not what was kept.")
        return content

    def _write(self, holding: Holding, content: bytes) -> None:
        self._folder.mkdir(exist_ok=True)
        aside = self.root / f"{disk.WRITING}{holding.id}"
        with disk.put_in_place(aside, self._folder / holding.id) as place:
            disk.write_bytes(place / _file_of(holding.file_name), content)
            disk.write_json(place / _FACTS, _facts(holding))


def _holding(name: str, content: bytes, found: Recognised, by: str) -> Holding:
    digest = hashlib.sha256(content).hexdigest()
    slug = re.sub(r"[^a-z0-9]+", "-", found.title.casefold()).strip("-")
    return Holding(
        **{field: getattr(found, field) for field in Recognised.__dataclass_fields__},
        id=f"{slug}-{digest[:_HASH_DIGITS]}",
        file_name=name,
        sha256=digest,
        size=len(content),
        added_at=datetime.now(UTC),
        added_by=by,
    )


def _file_of(name: str) -> str:
    return f"file{Path(name).suffix.lower()}"


def _facts(holding: Holding) -> dict[str, Any]:
    facts = asdict(holding)
    published = holding.published_on
    return {
        "format": FORMAT,
        **facts,
        "kind": holding.kind.name,
        "published_on": published.isoformat() if published else None,
        "known_from": holding.known_from.isoformat(),
        "issued": str(holding.issued) if holding.issued else None,
        "added_at": holding.added_at.isoformat(),
    }


def _read(place: Path) -> Holding:
    path = place / _FACTS
    try:
        return _of_facts(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        raise _damaged(path, "The facts of a file of comparators cannot be read.") from None


def _of_facts(facts: dict[str, Any]) -> Holding:
    if facts.pop("format") != FORMAT:
        raise ValueError
    published = facts["published_on"]
    parts = {
        "kind": Kind[facts["kind"]],
        "published_on": date.fromisoformat(published) if published else None,
        "known_from": date.fromisoformat(facts["known_from"]),
        "issued": Month.parse(facts["issued"]) if facts["issued"] else None,
        "added_at": datetime.fromisoformat(facts["added_at"]),
    }
    return Holding(**{**facts, **parts})


def _damaged(path: Path, what: str) -> StoreFault:
    where = f"Store: {path.parents[2].name}, comparators {path.parent.name}, file {path.name}."
    return StoreFault(Fault(what, where, "Restore its folder from a backup, or remove it."))


def _busy(root: Path) -> Fault:
    return Fault(
        "Somebody else is writing to the store.",
        f"Store: {root.name}. The file of comparators was neither added nor removed.",
        "Wait until they have finished and try again.",
    )


def _disk_fault(problem: OSError, root: Path) -> Fault:
    where = f"Store: {root.name}. The file of comparators was neither added nor removed."
    if disk.is_full(problem):
        return Fault("There is no room left.", where, "Free some space and try again.")
    said = problem.strerror or "the disk gave no reason"
    remedy = "Check that the folder exists and that you may write to it, and try again."
    return Fault(f"The comparators cannot be kept: {said}.", where, remedy)
