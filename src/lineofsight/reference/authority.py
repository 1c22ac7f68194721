"""What an authority says of itself: its name, population, targets, and what is on its charts.

National things (15 working days) stand in the definitions; local things stand here, in a plain
`authority.toml` beside the store.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from lineofsight.errors import Fault, UsageFault, nearest
from lineofsight.reference.places import Population


@dataclass(frozen=True, slots=True)
class Target:
    """A local target with the reason it was chosen."""

    value: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened and is marked on the charts."""

    on: date
    label: str


class TwoOfThree(Enum):
    """Which points count in the rule 'two of three months close to a process limit'.

    Beyond a limit a point is no longer close to it by the classic rule; the Making Data Count team
    has counted it as well since 2023.
    """

    CLASSIC = "classic"
    MDC2023 = "mdc2023"


@dataclass(frozen=True, slots=True)
class Rebase:
    """A recorded decision that an indicator's chart has new limits from a month on.

    `start` is the first day of that month, `by` the role of who decided, `on` the day.
    """

    indicator: str
    start: date
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Charting:
    """How an authority wants its variation charts: where limits start anew, and by which rules."""

    rebases: tuple[Rebase, ...] = ()
    two_of_three: TwoOfThree = TwoOfThree.CLASSIC

    def rebases_of(self, indicator: str) -> tuple[Rebase, ...]:
        """Give the rebases of one indicator, oldest first."""
        mine = (one for one in self.rebases if one.indicator == indicator)
        return tuple(sorted(mine, key=lambda one: one.start))


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What an authority does not show of small numbers in what leaves the service.

    Counts from 1 to `threshold` are hidden, and ratios of fewer than `smallest_denominator`; papers
    for a committee too, unless they are for a session without the public.
    """

    threshold: int = 5
    smallest_denominator: int = 10
    is_committee_suppressed: bool = True


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority's own settings.

    `targets` are keyed by indicator identity; `populations` are newest first; `comparator_table`
    names the shipped table of comparators the authority uses, blank for none; `compared_as` the
    English authority whose neighbours and region are meant, where it is not this one; `leading` the
    returns that lead where several tell of the same days, before the program's own order;
    `charting` where and how limits are drawn on its charts; `disclosure` which numbers are too
    small to be shown; `conference_slots` how many child protection conferences can be held a week.
    """

    name: str
    code: str
    is_synthetic: bool = False
    populations: tuple[Population, ...] = ()
    targets: tuple[tuple[str, Target], ...] = ()
    events: tuple[Event, ...] = ()
    region: str = ""
    comparator_table: str = ""
    compared_as: str = ""
    leading: tuple[str, ...] = ()
    charting: Charting = Charting()
    disclosure: Disclosure = Disclosure()
    conference_slots: int | None = None

    @property
    def population(self) -> Population | None:
        """The newest population estimate the authority has given."""
        return self.populations[0] if self.populations else None


# What may stand in the file: the kind of value, and whether it must be there.
_TEXT, _WHOLE, _NUMBER = ("text", (str,)), ("a whole number", (int,)), ("a number", (int, float))
_NAMES = ('a list of names, as ["Annex A"]', (list,))
_YES_NO, _DAY = ("true or false", (bool,)), ("a day, as 2020-08-31", (date,))
_Kind = tuple[str, tuple[type, ...]]
_ENTRIES: dict[str, tuple[_Kind, bool]] = {
    "name": (_TEXT, True),
    "code": (("text", (str, int)), True),
    "synthetic": (_YES_NO, False),
    "region": (_TEXT, False),
    "comparator_table": (_TEXT, False),
    "compared_as": (_TEXT, False),
    "leading": (_NAMES, False),
    "two_of_three": (_TEXT, False),
}
_LISTS: dict[str, dict[str, tuple[_Kind, bool]]] = {
    "population": {
        "estimate": (_WHOLE, True),
        "mid_year": (_WHOLE, True),
        "vintage": (_TEXT, True),
        "source": (_TEXT, True),
        "implied": (_YES_NO, False),
    },
    "target": {"indicator": (_TEXT, True), "value": (_NUMBER, True), "reason": (_TEXT, True)},
    "event": {"on": (_DAY, True), "label": (_TEXT, True)},
    "rebase": {
        "indicator": (_TEXT, True),
        "from": (_DAY, True),
        "by": (_TEXT, True),
        "on": (_DAY, True),
        "reason": (_TEXT, True),
    },
}
_TABLES: dict[str, dict[str, tuple[_Kind, bool]]] = {
    "disclosure": {
        "threshold": (_WHOLE, False),
        "smallest_denominator": (_WHOLE, False),
        "committee": (_TEXT, False),
    },
    "conferences": {"slots": (_WHOLE, False)},
}
_COMMITTEE = ("suppressed", "open")
_REMEDY = "Compare it with the example in docs/how-to/authority.md."


def read_authority(path: Path) -> Authority:
    """Read `authority.toml`; raises UsageFault naming every entry that does not fit."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        where = f"File: {path.name}. The reader said: {problem}."
        raise UsageFault(
            Fault("The authority's settings cannot be read.", where, _REMEDY)
        ) from None
    faults = list(_faults(entries, path.name)) or [
        *_charting_faults(entries, path.name),
        *_disclosure_faults(entries, path.name),
        *_conference_faults(entries, path.name),
    ]
    if faults:
        raise UsageFault(faults)
    return _authority(entries)


def _faults(entries: dict[str, Any], file: str) -> Iterator[Fault]:
    own = {name: value for name, value in entries.items() if name not in {**_LISTS, **_TABLES}}
    yield from _misfits(own, _ENTRIES, f"File: {file}.", (*_LISTS, *_TABLES))
    for name, fields in _TABLES.items():
        table = entries.get(name, {})
        if not isinstance(table, dict):
            yield Fault(f"'{name}' must be a table.", f"File: {file}.", f"Head it [{name}].")
            continue
        yield from _misfits(table, fields, f"File: {file}, [{name}].")
    for name, fields in _LISTS.items():
        listed = entries.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            yield Fault(f"'{name}' must be a list.", f"File: {file}.", f"Head it [[{name}]].")
            continue
        for number, one in enumerate(listed, start=1):
            yield from _misfits(one, fields, f"File: {file}, [[{name}]] number {number}.")


def _charting_faults(entries: dict[str, Any], file: str) -> Iterator[Fault]:
    known = [one.value for one in TwoOfThree]
    chosen = entries.get("two_of_three", known[0])
    if chosen not in known:
        what = f"There is no two-of-three rule '{chosen}'."
        yield Fault(what, f"File: {file}.", f"Write {' or '.join(known)}; {known[0]} is usual.")
    for number, one in enumerate(entries.get("rebase", []), start=1):
        where = f"File: {file}, [[rebase]] number {number}."
        if one["from"].day != 1:
            first = one["from"].replace(day=1)
            yield Fault("New limits begin with a month.", where, f"Write from = {first}.")
        for name in ("by", "reason"):
            if not one[name].strip():
                what = f"A chart is not given new limits without saying '{name}'."
                yield Fault(what, where, _REMEDY)


def _disclosure_faults(entries: dict[str, Any], file: str) -> Iterator[Fault]:
    found, where = entries.get("disclosure", {}), f"File: {file}, [disclosure]."
    chosen = found.get("committee", _COMMITTEE[0])
    if chosen not in _COMMITTEE:
        what = f"Papers for a committee are not '{chosen}'."
        yield Fault(what, where, f"Write {' or '.join(_COMMITTEE)}; {_COMMITTEE[0]} is usual.")
    for name, least in (("threshold", 5), ("smallest_denominator", 10)):
        if found.get(name, least) < least:
            what = f"The setting '{name}' is lower than {least}, which the Department hides too."
            yield Fault(what, where, f"Write {least} or more, or leave it out.")


def _conference_faults(entries: dict[str, Any], file: str) -> Iterator[Fault]:
    slots = entries.get("conferences", {}).get("slots", 1)
    if slots < 1:
        where = f"File: {file}, [conferences]."
        yield Fault("There are no conference slots a week.", where, "Write slots = 1 or more.")


def _misfits(
    found: dict[str, Any],
    fields: dict[str, tuple[_Kind, bool]],
    where: str,
    lists: tuple[str, ...] = (),
) -> Iterator[Fault]:
    for name in (name for name in found if name not in fields):
        near = nearest(name, (*fields, *lists), count=1)
        remedy = f"Did you mean {near}?" if near else _REMEDY
        yield Fault(f"There is no setting '{name}'.", where, remedy)
    for name, ((words, types), is_needed) in fields.items():
        value = found.get(name)
        if value is None:
            if is_needed:
                yield Fault(f"The setting '{name}' is missing.", where, _REMEDY)
        elif not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            yield Fault(f"The setting '{name}' must be {words}.", where, _REMEDY)


def _authority(entries: dict[str, Any]) -> Authority:
    populations = [_population(p) for p in entries.get("population", [])]
    return Authority(
        name=entries["name"],
        code=str(entries["code"]),
        is_synthetic=entries.get("synthetic", False),
        # In whatever order they stand; of two vintages of one year the first is meant.
        populations=tuple(sorted(populations, key=lambda p: p.mid_year, reverse=True)),
        targets=tuple(
            (t["indicator"], Target(Decimal(str(t["value"])), t["reason"]))
            for t in entries.get("target", [])
        ),
        events=tuple(Event(e["on"], e["label"]) for e in entries.get("event", [])),
        region=entries.get("region", ""),
        comparator_table=entries.get("comparator_table", ""),
        compared_as=entries.get("compared_as", ""),
        leading=tuple(str(name) for name in entries.get("leading", [])),
        charting=Charting(
            tuple(
                Rebase(r["indicator"], r["from"], r["by"], r["on"], r["reason"])
                for r in entries.get("rebase", [])
            ),
            TwoOfThree(entries.get("two_of_three", TwoOfThree.CLASSIC.value)),
        ),
        disclosure=_disclosure(entries.get("disclosure", {})),
        conference_slots=entries.get("conferences", {}).get("slots"),
    )


def _disclosure(entry: dict[str, Any]) -> Disclosure:
    usual = Disclosure()
    return Disclosure(
        threshold=entry.get("threshold", usual.threshold),
        smallest_denominator=entry.get("smallest_denominator", usual.smallest_denominator),
        is_committee_suppressed=entry.get("committee", _COMMITTEE[0]) == _COMMITTEE[0],
    )


def _population(entry: dict[str, Any]) -> Population:
    return Population(
        estimate=entry["estimate"],
        mid_year=entry["mid_year"],
        vintage=entry["vintage"],
        source=entry["source"],
        is_implied=entry.get("implied", False),
    )
