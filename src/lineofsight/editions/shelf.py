"""Editions in the store, one folder each, whole or not there at all.

<root>/editions/2020-08-1/edition.json        what identifies it, with all hashes; written last
<root>/editions/2020-08-1/overview.json       the paper as data, charts included
<root>/editions/2020-08-1/findings.json       measurements, comparators and verdicts
<root>/editions/2020-08-1/settings.json       the settings as they were understood
<root>/editions/2020-08-1/authority.toml      the settings as they stood, if there were any
<root>/editions/2020-08-1/commentary.md       the officers' words as they stood, if any
<root>/editions/2020-08-1/overview-2020-08.…  the papers as they were published
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from lineofsight import disk
from lineofsight.editions.codec import from_plain, to_plain
from lineofsight.editions.edition import CONCRETE, Contents, Edition, Facts, KeptFile
from lineofsight.errors import Fault, StoreFault, UnknownName
from lineofsight.judgement.finding import Finding
from lineofsight.overview.overview import Overview
from lineofsight.reference.authority import Authority
from lineofsight.reference.periods import Month

FORMAT = 1
_EDITIONS = "editions"
_FACTS = "edition.json"
_SETTINGS, _COMMENTARY = "authority.toml", "commentary.md"
_PAPER = "overview.json"
# part: what it is, and its declared type.
_PARTS: dict[str, tuple[str, Any]] = {
    _PAPER: ("overview", Overview),
    "findings.json": ("findings", tuple[Finding, ...]),
    "settings.json": ("settings", Authority),
}


class Shelf:
    """The editions of one store; a second writer waits `seconds_to_wait` for the first."""

    def __init__(self, root: Path, seconds_to_wait: float = 5.0) -> None:
        self.root = root
        self.seconds_to_wait = seconds_to_wait
        self._folder = root / _EDITIONS

    def keep(
        self,
        facts: Facts,
        contents: Contents,
        papers: Mapping[str, bytes],
        enter: Callable[[str], object],
    ) -> Facts:
        """Freeze an edition, whole or not at all, and give its facts with identity and hashes.

        `papers` are the published files by name. `enter` is told the identity before anything is
        put in place: that is where the act is recorded. Raises StoreFault when the disk is full,
        the folder cannot be written, or another writer does not finish in time.
        """
        parts = _parts(contents)
        with (
            disk.explained(partial(_disk_fault, root=self.root)),
            disk.only_writer(self.root, self.seconds_to_wait, _busy(self.root)),
        ):
            disk.sweep(self.root)
            kept = self._identified(facts, parts, papers)
            enter(kept.id)
            self._write(kept, {**parts, **papers})
        return kept

    def every(self) -> tuple[Facts, ...]:
        """Give the facts of all editions, by month and number; raises StoreFault."""
        found = (self._facts(place.name) for place in self._places())
        return tuple(sorted(found, key=lambda facts: (facts.month, facts.number)))

    def newest(self, month: Month) -> Facts | None:
        """Give the newest edition of a month, if that month was published."""
        return next((f for f in reversed(self.every()) if f.month == month), None)

    def read(self, identity: str) -> Edition:
        """Read an edition; raises UnknownName, and StoreFault where a part is not as it was kept.

        The published papers are not looked at: they are drawn from what is read.
        """
        facts = self._known(identity)
        faults = [fault for part in facts.parts if (fault := self._fault(facts, part))]
        if faults:
            raise StoreFault(faults)
        return Edition(facts, self._contents(facts))

    def paper(self, identity: str) -> Overview:
        """Read the paper of an edition alone, a tenth of the time of reading all; raises alike."""
        facts = self._known(identity)
        kept = next(part for part in facts.parts if part.name == _PAPER)
        if fault := self._fault(facts, kept):
            raise StoreFault(fault)
        found: Overview = self._part(facts, _PAPER, Overview)
        return found

    def check(self, identity: str) -> Facts:
        """Compare every file of an edition with its hash.

        Raises StoreFault naming each that is missing, changed or does not belong there.
        """
        facts = self._known(identity)
        kept = (*facts.parts, *facts.papers)
        faults = [fault for part in kept if (fault := self._fault(facts, part))]
        names = {file.name for file in kept} | {_FACTS}
        strange = sorted(p.name for p in (self._folder / identity).iterdir() if p.name not in names)
        faults += [_damage("A file does not belong to the edition.", facts.id, n) for n in strange]
        if faults:
            raise StoreFault(faults)
        return facts

    def _places(self) -> list[Path]:
        return [p for p in self._folder.iterdir() if p.is_dir()] if self._folder.is_dir() else []

    def _known(self, identity: str) -> Facts:
        known = sorted(place.name for place in self._places())
        if identity not in known:
            where = "They are listed by: lineofsight edition list."
            raise UnknownName.among("edition", identity, known, where)
        return self._facts(identity)

    def _identified(
        self, facts: Facts, parts: Mapping[str, bytes], papers: Mapping[str, bytes]
    ) -> Facts:
        before = [kept.number for kept in self.every() if kept.month == facts.month]
        number = max(before, default=0) + 1
        return replace(
            facts,
            id=f"{facts.month}-{number}",
            number=number,
            parts=_kept(parts),
            papers=_kept(papers),
        )

    def _write(self, facts: Facts, files: Mapping[str, bytes]) -> None:
        self._folder.mkdir(exist_ok=True)
        aside = self.root / f"{disk.WRITING}edition-{facts.id}"
        with disk.put_in_place(aside, self._folder / facts.id) as place:
            for name, content in files.items():
                disk.write_bytes(place / name, content)
            disk.write_json(place / _FACTS, {"format": FORMAT, **to_plain(facts, Facts)})

    def _facts(self, identity: str) -> Facts:
        try:
            plain = json.loads((self._folder / identity / _FACTS).read_text(encoding="utf-8"))
            form = plain.pop("format")
            if form == FORMAT:
                return from_plain(plain, Facts)
        except (OSError, ValueError, AttributeError, KeyError, TypeError):
            what = "The facts of an edition cannot be read."
            raise StoreFault(_damage(what, identity, _FACTS)) from None
        raise StoreFault(_another_form(identity, form))

    def _fault(self, facts: Facts, file: KeptFile) -> Fault | None:
        path = self._folder / facts.id / file.name
        if not path.is_file():
            return _damage("A file of the edition is missing.", facts.id, file.name)
        if _hash(path.read_bytes()) != file.sha256:
            return _damage("A file of the edition is not what was kept.", facts.id, file.name)
        return None

    def _contents(self, facts: Facts) -> Contents:
        place = self._folder / facts.id
        names = {file.name for file in facts.parts}
        read = {name: self._part(facts, file, kind) for file, (name, kind) in _PARTS.items()}
        texts = [
            (place / name).read_bytes() if name in names else b""
            for name in (_SETTINGS, _COMMENTARY)
        ]
        return Contents(**read, settings_file=texts[0], commentary_file=texts[1])

    def _part(self, facts: Facts, file: str, kind: Any) -> Any:
        plain = json.loads((self._folder / facts.id / file).read_bytes())
        try:
            return from_plain(plain, kind, CONCRETE)
        except ValueError as misfit:
            raise StoreFault(_another_version(facts, file, str(misfit))) from None


def _parts(contents: Contents) -> dict[str, bytes]:
    """The frozen files of an edition; the officers' own only where there were any."""
    written = {
        file: _json(to_plain(getattr(contents, name), kind, CONCRETE))
        for file, (name, kind) in _PARTS.items()
    }
    own = {_SETTINGS: contents.settings_file, _COMMENTARY: contents.commentary_file}
    return {**written, **{name: text for name, text in own.items() if text}}


def _json(plain: Any) -> bytes:
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8")


def _kept(files: Mapping[str, bytes]) -> tuple[KeptFile, ...]:
    return tuple(KeptFile(name, _hash(content), len(content)) for name, content in files.items())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _damage(what: str, identity: str, file: str) -> Fault:
    where = f"Edition {identity}, file {file}."
    return Fault(what, where, "Restore the folder of this edition from a backup.")


def _another_form(identity: str, form: object) -> Fault:
    return Fault(
        f"The edition was frozen in form {form}; this version of Line of Sight reads {FORMAT}.",
        f"Edition {identity}, file {_FACTS}.",
        "Use the version that made it, or a newer one.",
    )


def _another_version(facts: Facts, file: str, misfit: str) -> Fault:
    return Fault(
        f"The edition was frozen in a form that this version does not read: {misfit}.",
        f"Edition {facts.id}, file {file}; it was made by Line of Sight {facts.software.named}.",
        "Read it with that version, or take the papers that are kept in the edition's folder.",
    )


def _busy(root: Path) -> Fault:
    return Fault(
        "Somebody else is writing to the store.",
        f"Store: {root.name}. No paper was published and no edition kept.",
        "Wait until they have finished and make the overview again.",
    )


def _disk_fault(problem: OSError, root: Path) -> Fault:
    where = f"Store: {root.name}. No paper was published and no edition kept."
    if disk.is_full(problem):
        return Fault(
            "There is no room left for the edition.",
            where,
            "Free some space and make the overview again.",
        )
    said = problem.strerror or "the disk gave no reason"
    remedy = "Check that the folder exists and that you may write to it, and try again."
    return Fault(f"The edition cannot be kept: {said}.", where, remedy)
