"""The adviser's week in words: what fits on one page, and all of it in the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lineofsight.reference.periods import day_name
from lineofsight.worklists.adviser import TITLE, AdvisersWeek, Family
from lineofsight.worklists.listed import State
from lineofsight.worklists.told import Cell, Line, Table, summary

MOST_FAMILIES, MOST_THEMES, MOST_ESCALATIONS = 10, 6, 6
LONGEST_NOTE = 110  # characters of a note on the page


@dataclass(frozen=True)
class ToldWeek:
    """The adviser's week as it is drawn; each table with what the page leaves to the workbook."""

    title: str
    authority: str
    is_synthetic: bool
    on: date
    summary: tuple[str, ...]
    remarks: tuple[str, ...]
    families: Table
    families_left: int
    themes: Table
    themes_left: int
    escalations: Table
    escalations_left: int
    notes: tuple[str, ...]


def tell_advisers_week(
    found: AdvisersWeek, authority: str, remarks: tuple[str, ...], *, is_synthetic: bool
) -> ToldWeek:
    """Put the adviser's week into words."""
    tables = (_families(found), _themes(found), _escalations(found))
    most = (MOST_FAMILIES, MOST_THEMES, MOST_ESCALATIONS)
    families, themes, escalations = (
        max(0, len(table.lines) - limit) for table, limit in zip(tables, most, strict=True)
    )
    return ToldWeek(
        title=TITLE,
        authority=authority,
        is_synthetic=is_synthetic,
        on=found.week.on,
        summary=(*summary(found.week), *said(found)),
        remarks=remarks,
        families=tables[0],
        families_left=families,
        themes=tables[1],
        themes_left=themes,
        escalations=tables[2],
        escalations_left=escalations,
        notes=_NOTES,
    )


_NOTES = (
    "Who is pending, and how urgent, is read from the list of initial conferences of the same day.",
    "A family is one line: brothers and sisters share a conference.",
    "A theme is counted in every week in which the family's conference was pending; a theme has "
    "no day of its own, and that of an escalated issue counts from its escalation on.",
)


def said(found: AdvisersWeek) -> Iterator[str]:
    """Say how many families have an issue, and what became of escalations."""
    families = len(found.families)
    if families:
        noted = sum(bool(one.themes or one.notes) for one in found.families)
        yield f"The adviser recorded an issue or a note for {noted:,} of {families:,} families."
    yield (
        f"Escalations: {len(found.escalations):,} open on {day_name(found.week.on)}; in the week "
        f"{found.escalated:,} made and {found.settled:,} settled, by family."
    )


def _families(found: AdvisersWeek) -> Table:
    names = ("Urgency", "Children", "Team", "Strategy discussion", "Due", "Booked for", "Issue",
             "Adviser's note")  # fmt: skip
    order = sorted(found.families, key=lambda one: not (one.themes or one.notes or _is_near(one)))
    return Table(names, tuple(map(_family, order)), frozenset())


def _is_near(family: Family) -> bool:
    return family.state is not State.IN_TIME


def _family(one: Family) -> Line:
    row = one.first.row
    return _line(
        f"{one.state.mark} {one.state.word}",
        ", ".join(one.children),
        row.team,
        row.opened_on,
        row.due_on,
        row.booked_on,
        "; ".join(one.themes) or None,
        " ".join(one.notes) or None,
    )


def _line(*cells: Cell) -> Line:
    return Line(cells, begins_family=True, state="", team="", worker="")


def _themes(found: AdvisersWeek) -> Table:
    names = ("Theme", *(f"{day.day} {day:%b}" for day in found.days))
    lines = [_line(one.name, *one.families) for one in found.themes]
    lines.append(_line("Families with a pending conference", *found.pending))
    return Table(names, tuple(lines), frozenset(range(1, len(names))))


def _escalations(found: AdvisersWeek) -> Table:
    names = ("Children", "Escalated on", "Days open", "Theme", "Conference")
    lines = [
        _line(
            ", ".join(one.children),
            one.escalated_on,
            (found.week.on - one.escalated_on).days,
            one.theme,
            "held or stood down" if one.is_held else "pending",
        )
        for one in found.escalations
    ]
    return Table(names, tuple(lines), frozenset({2}))
