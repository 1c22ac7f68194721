"""The door to checking what a person wrote: a paper or a commentary against a month's figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lineofsight.access.roles import Act
from lineofsight.claims.check import check
from lineofsight.claims.facts import Facts, gather
from lineofsight.claims.finished import Unmatched, unmatched_numbers
from lineofsight.claims.naming import Names
from lineofsight.claims.passages import Line, passages_of
from lineofsight.claims.reading import read_lines
from lineofsight.claims.report import to_csv, to_html
from lineofsight.claims.statement import Checked, Outcome, Statement
from lineofsight.comparators.comparator import Comparator
from lineofsight.comparators.library import Library
from lineofsight.comparators.shipped import shipped_comparators
from lineofsight.comparing import place_of
from lineofsight.cycle import MonthJudged
from lineofsight.desk import Desk
from lineofsight.disk import explained, write_bytes
from lineofsight.errors import Fault, UsageFault
from lineofsight.measurement.held import known_comparators
from lineofsight.overview.overview import Overview
from lineofsight.reference.authority import Authority

ENDINGS = (".html", ".csv")


def check_lines(desk: Desk, lines: Sequence[Line], title: str, judged: MonthJudged) -> Checked:
    """Check every statement of a text against a month; the act is recorded first.

    `title` names the text to its reader. The record names the month and not the file, whose name
    may be a person's.
    """
    desk.trail.enter(desk.actor, Act.CHECK_CLAIMS, f"a text against {judged.month}")
    return Checked(
        title=title,
        authority=judged.authority.name,
        period=judged.month.name,
        statements=_statements(desk, lines, judged),
        is_synthetic=judged.authority.is_synthetic,
    )


def contradicted(
    desk: Desk, judged: MonthJudged, paper: Overview, commentary: Path | None
) -> tuple[Fault, ...]:
    """Give what in a paper is contradicted by its figures: officers' statements, and numbers.

    It stops nothing: the officer who wrote it decides. The act recorded is that of the paper.
    """
    officers: tuple[Fault, ...] = ()
    if commentary is not None:
        found = _statements(desk, read_lines(commentary), judged)
        false = (one for one in found if one.outcome is Outcome.FALSE)
        officers = tuple(_contradiction(one, commentary) for one in false)
    unmatched = unmatched_numbers(paper, judged.findings)
    return (*officers, *map(_unmatched, unmatched))


def _contradiction(one: Statement, file: Path) -> Fault:
    return Fault(
        "A statement in the commentary does not hold.",
        f"File: {file.name}, {one.place}: '{one.words}'.",
        f"{one.ruling.why} Correct it and make the overview again.",
    )


def _unmatched(one: Unmatched) -> Fault:
    return Fault(
        f"The number {one.number} in the paper is no fact of what it speaks of.",
        f"Place: {one.place}.",
        "Do not publish it, and report it: that is a fault of this program.",
    )


def _statements(desk: Desk, lines: Sequence[Line], judged: MonthJudged) -> tuple[Statement, ...]:
    facts = facts_of(desk, judged)
    names = Names(facts.indicators)
    return check(passages_of(lines, names), names, facts)


def facts_of(desk: Desk, judged: MonthJudged) -> Facts:
    """Gather a month's findings and the published figures of every year that are at hand."""
    authority = judged.authority
    return gather(
        judged.findings,
        _comparators(desk, authority),
        judged.month,
        _own_names(authority),
        authority.region,
    )


def demand_known_ending(path: Path) -> None:
    """Refuse an ending that nothing is written with; raises UsageFault."""
    if path.suffix.casefold() not in ENDINGS:
        raise UsageFault(
            Fault(
                "It is not known how to write this file.",
                f"File: {path.name}.",
                f"Let its name end in {' or '.join(ENDINGS)}.",
            )
        )


def write_checked(checked: Checked, path: Path) -> None:
    """Write what was found as a page or a table, whole or not at all."""
    is_page = path.suffix.casefold() == ".html"
    # Excel takes a CSV for UTF-8 only with a byte-order mark.
    text = to_html(checked) if is_page else f"\ufeff{to_csv(checked)}"
    aside = path.with_name(f".writing-{path.name}")
    aside.unlink(missing_ok=True)
    try:
        with explained(lambda problem: _unwritten(path, problem)):
            write_bytes(aside, text.encode("utf-8"))
            aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _unwritten(path: Path, problem: OSError) -> Fault:
    return Fault(
        f"The file cannot be written: {problem.strerror}.",
        f"File: {path.name}.",
        "Check that its folder exists, that you may write there, and that there is room.",
    )


def _own_names(authority: Authority) -> tuple[str, ...]:
    """What the authority is called: its name, that without brackets, and whose it is taken for."""
    bare = authority.name.partition(" (")[0]
    return tuple(dict.fromkeys(n for n in (authority.name, bare, authority.compared_as) if n))


def _comparators(desk: Desk, authority: Authority) -> Sequence[Comparator]:
    """Published figures of every year in the store, and the table the settings name."""
    table = authority.comparator_table
    printed = shipped_comparators(table) if table else ()
    published, place = Library(desk.root).published(None), place_of(authority)
    if published is None or place is None:
        return printed
    return (*printed, *known_comparators(published, place))
