"""Published comparators: added to the store, listed, shown, and chosen for a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lineofsight.access.roles import Act
from lineofsight.comparators.arrived import Arrived, arrived
from lineofsight.comparators.comparator import Area, Comparator, Spread, admissible
from lineofsight.comparators.library import Holding, Library
from lineofsight.comparators.published import Published
from lineofsight.comparators.recognised import NotRead, Recognised, Said, recognise
from lineofsight.comparators.shipped import shipped_comparators, shipped_spreads
from lineofsight.desk import Desk, Progress
from lineofsight.errors import Fault, LineOfSightError, UnknownName, UsageFault
from lineofsight.judgement.finding import Finding
from lineofsight.measurement.held import Held, held, known_comparators
from lineofsight.measurement.published import demand_published
from lineofsight.measurement.spread import spreads_nearest
from lineofsight.overview.overview import Note
from lineofsight.reference.authority import Authority
from lineofsight.reference.periods import Month, day_name
from lineofsight.reference.places import Place, find_place, regions


@dataclass
class Added:
    """What became of several files: added, there already, left aside by name, or refused."""

    added: list[Holding] = field(default_factory=list)
    known: list[Holding] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    refused: list[LineOfSightError] = field(default_factory=list)


@dataclass(frozen=True)
class Compared:
    """What a paper is compared with.

    `known_on` is the day up to which comparators are used; `holdings` are the files they are from.
    `tried` decide nothing: a verdict is tried against them to see how stable it is.
    """

    comparators: tuple[Comparator, ...]
    spreads: tuple[Spread, ...]
    known_on: date
    holdings: tuple[Holding, ...] = ()
    tried: tuple[Comparator, ...] = ()


def add(desk: Desk, paths: Iterable[Path], said: Said, progress: Progress) -> Added:
    """Add files of comparators to the store: each whole or refused whole, and none stops others.

    Files of a folder or a zipped download that hold no comparators are left aside.
    """
    result = Added()
    for path in paths:
        for file in arrived(path):
            progress(file.name)
            try:
                _add(desk, file, said, result)
            except LineOfSightError as refusal:
                result.refused.append(refusal)
    return result


def _add(desk: Desk, file: Arrived, said: Said, result: Added) -> None:
    library = Library(desk.root)
    known = library.known(file.content)
    if known is not None:
        result.known.append(known)
        return
    try:
        found = recognise(file.name, file.content, said)
    except NotRead:
        if file.is_named:
            raise
        result.aside.append(file.name)
        return
    result.added.append(_kept(desk, library, file, found))


def _kept(desk: Desk, library: Library, file: Arrived, found: Recognised) -> Holding:
    def enter(identity: str) -> object:
        return desk.trail.enter(desk.actor, Act.ADD_COMPARATORS, identity)

    return library.add(file.name, file.content, found, desk.actor.name, enter)


def remove(desk: Desk, identity: str) -> Holding:
    """Take a file of comparators out of the store; raises UnknownName where it is not there."""

    def enter(subject: str) -> object:
        return desk.trail.enter(desk.actor, Act.REMOVE_COMPARATORS, subject)

    return Library(desk.root).remove(identity, enter)


def holdings(desk: Desk) -> tuple[Holding, ...]:
    """Give every file of comparators in the store, in the order it was added."""
    return Library(desk.root).holdings()


def show(desk: Desk, indicator: str, name: str | None, known_on: date | None) -> Held:
    """Give the comparators of an indicator, year by year, with neighbours one by one.

    Those of the authority of the settings, or of the one named; as known on a day, or all that are
    in the store. Raises UnknownName for an indicator that is not published, and UsageFault where
    the store holds no comparators.
    """
    demand_published(indicator)
    place = find_place(name) if name else _own_place(desk)
    return held(demand_comparators(desk, known_on), place, indicator)


def demand_comparators(desk: Desk, known_on: date | None = None) -> Published:
    """Read the comparators in the store; raises UsageFault where there are none."""
    published = Library(desk.root).published(known_on)
    if published is None:
        when = f" that were published by {day_name(known_on)}" if known_on else ""
        raise UsageFault(
            Fault(
                f"The store holds no published tables{when}.",
                f"It was looked for in '{desk.root.name}'.",
                "Add them first: lineofsight comparators add FILE…",
            )
        )
    return published


def compared_with(
    desk: Desk,
    authority: Authority,
    month: Month,
    prepared_on: date,
    *,
    with_hindsight: bool = False,
) -> Compared:
    """Choose what an authority is compared with in the paper of a month.

    The table named in the settings, and all years in the store; the judgement takes the newest
    period that does not end after its figure, and of one period the table. Only what was published
    by the day the paper is prepared is used. With hindsight the years are those that were published
    by then, and their figures as they stand in later releases.
    """
    table = authority.comparator_table
    printed = admissible(shipped_comparators(table), prepared_on) if table else ()
    library, known_on = Library(desk.root), None if with_hindsight else prepared_on
    published, place = library.published(known_on), place_of(authority)
    if published is None or place is None:
        return Compared(printed, shipped_spreads() if printed else (), prepared_on)
    out_by = prepared_on if with_hindsight else None
    stored = known_comparators(published, place, out_by)
    deciding, tried = _split(stored, printed, month.last_day)
    return Compared(
        (*printed, *deciding),
        _spreads(published, month.year),
        date.max if with_hindsight else prepared_on,
        library.holdings(known_on),
        tried,
    )


def _split(
    stored: Iterable[Comparator], printed: Iterable[Comparator], last_day: date
) -> tuple[tuple[Comparator, ...], tuple[Comparator, ...]]:
    """Tell the comparators that may decide from those a verdict is only tried against.

    The newest of an area that does not end after the figure may decide, unless the table of the
    settings has its period; the one before it, and the store's own for the table's period, are
    tried.
    """
    ends = {(one.indicator, one.area): one.period_ends_on for one in printed}
    by_area: dict[tuple[str, Area], list[Comparator]] = {}
    for one in sorted(stored, key=lambda one: one.period_ends_on):
        by_area.setdefault((one.indicator, one.area), []).append(one)
    deciding: list[Comparator] = []
    tried: list[Comparator] = []
    for key, every in by_area.items():
        past = [one for one in every if one.period_ends_on <= last_day] or every[:1]
        is_newer = past[-1].period_ends_on > ends.get(key, date.min)
        (deciding if is_newer else tried).append(past[-1])
        tried += past[-2:-1] if is_newer else []
    return tuple(deciding), tuple(tried)


def _spreads(published: Published, year: int) -> tuple[Spread, ...]:
    """Spreads as they were nearest to a year; where the store cannot say, those that ship."""
    measured = spreads_nearest(published, year)
    known = {one.indicator for one in measured}
    return (*measured, *(one for one in shipped_spreads() if one.indicator not in known))


def later_releases(findings: Iterable[Finding], prepared_on: date) -> tuple[Note, ...]:
    """Say which figures of a paper are from releases that came out after its date, if any are."""
    used = (held.comparator for one in findings for held in one.evidence.comparisons)
    later = sorted({one.vintage for one in used if one.known_from > prepared_on})
    if not later:
        return ()
    return (
        Note(
            "Comparators from later releases",
            (
                f"This paper is dated {day_name(prepared_on)}, and some figures it is held against "
                f"came out later: {'; '.join(later)}. Their years had been published by then, in "
                "earlier releases, whose figures can differ a little.",
            ),
        ),
    )


def place_of(authority: Authority) -> Place | None:
    """Find whose comparators an authority uses; without a place its region's; None without both."""
    for text in _names(authority):
        try:
            return find_place(text)
        except UnknownName:
            continue
    code = next((code for code, name in regions().items() if name == authority.region), "")
    return Place(authority.name, "", "", authority.region, code) if code else None


def _names(authority: Authority) -> Iterator[str]:
    named = (authority.compared_as, authority.code, authority.name)
    return (text for text in named if text)


def _own_place(desk: Desk) -> Place:
    place = place_of(desk.authority())
    if place is None:
        raise UsageFault(
            Fault(
                "It is not known whose comparators are meant.",
                "The settings name no English authority and no region.",
                "Name one with --authority, or set compared_as in authority.toml.",
            )
        )
    return place
