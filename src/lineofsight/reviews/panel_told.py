"""The review of the entry-to-care panel in words, and what its numbers cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lineofsight.reference.codes import code_sets
from lineofsight.reference.periods import day_name
from lineofsight.reviews.panel import (
    LEAST_MONTHS,
    STANDINGS,
    TO_BE_HEARD,
    UNHEARD,
    Outcome,
    PanelReview,
)
from lineofsight.reviews.report import Cell, Column, Report, Section, Table, number


def tell_panel(found: PanelReview, authority: str, *, is_synthetic: bool) -> Report:
    """Tell a review of the entry-to-care panel as a report."""
    first, last = found.months[0], found.months[-1]
    span = first.name if first == last else f"{first.name} to {last.name}"
    return Report(
        title="Review of the entry-to-care panel",
        authority=authority,
        period=f"{span}, as known on {day_name(found.as_at)}",
        is_synthetic=is_synthetic,
        summary=tuple(_summary(found)),
        sections=(_entries(found), _cases(found), _outcomes(found), _change(found)),
    )


def _summary(found: PanelReview) -> Iterator[str]:
    if found.began_on is None:
        yield "No case that the panel heard is recorded."
        return
    every = sum(sum(told.values()) for _, told in found.entries)
    unheard = sum(told.get(UNHEARD, 0) for _, told in found.entries)
    waiting = sum(told.get(TO_BE_HEARD, 0) for _, told in found.entries)
    yield (
        f"The panel's first case was heard on {day_name(found.began_on)}; {found.heard:,} were "
        "heard in these months."
    )
    yield (
        f"Entries to care since then: {every:,}, of which {unheard:,} were not heard and "
        f"{waiting:,} are not heard yet."
    )
    yield (
        f"{found.emergencies:,} cases were heard after an emergency entry; the panel ratified "
        f"{found.emergencies_ratified:,} of them."
    )
    yield _pace(found)


def _pace(found: PanelReview) -> str:
    pace = found.pace
    if pace is None:
        return (
            "Whether the panel changed how many children enter care cannot be said yet: that takes "
            f"{LEAST_MONTHS} whole months since it began, and entries before and after."
        )
    words = "fewer" if pace.high < 1 else "more" if pace.low > 1 else "no more and no fewer"
    sure = "" if pace.high < 1 or pace.low > 1 else " that can be told from chance"
    return (
        f"In the {pace.months_since} months since it began {pace.since:,} children entered care, "
        f"in the {pace.months_before} months before it {pace.before:,}: {number(pace.ratio, 2)} "
        f"times as many a month (95% interval {number(pace.low, 2)} to {number(pace.high, 2)}), "
        f"{words}{sure}. Other things changed in these months too: this is no proof of what the "
        "panel did."
    )


def _entries(found: PanelReview) -> Section:
    columns = (Column("Month", is_number=False), Column("Entries"),
               *(Column(name[:1].upper() + name[1:]) for name in STANDINGS))  # fmt: skip
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (month.name, sum(told.values()), *(told.get(name, 0) for name in STANDINGS))
        for month, told in found.entries
    )
    text = (
        "An entry goes with a decision about the same child in the three months before it or in "
        "the four weeks after. Entries of the month the panel began in count from its first day.",
    )
    table = Table("Entries", "Entries to care, and whether the panel heard them", columns, rows)
    return Section("Every entry, with or without a decision", text, tables=(table,))


def _cases(found: PanelReview) -> Section:
    routes = {code.code: code.label for code in code_sets()["care_entry_route"].codes}
    tables = (
        _counts("Decisions", "What the panel decided", found.decisions),
        _counts("Routes", "By which route the child would enter care, or did",
                {routes.get(code, code): n for code, n in found.routes.items()}),
        _counts("Alternatives", "What was tried or offered to keep the child at home",
                found.alternatives),
    )  # fmt: skip
    return Section("The cases that were heard", tables=tables)


def _counts(name: str, caption: str, counts: Mapping[str, int]) -> Table:
    columns = (Column(caption, is_number=False), Column("Cases"))
    return Table(name, caption, columns, tuple(counts.items()))


def _outcomes(found: PanelReview) -> Section:
    columns = (
        Column("Decision", is_number=False), Column("Cases"), Column("Three months have passed"),
        Column("In care after three months"), Column("Six months have passed"),
        Column("In care after six months"),
    )  # fmt: skip
    rows = tuple(
        (name, one.cases, one.known[0], _then(one, 0), one.known[1], _then(one, 1))
        for name, one in found.outcomes.items()
    )
    text = (
        "In care three and six calendar months after the case was heard, of the cases for which so "
        "many months have passed in the records.",
    )
    table = Table("Outcomes", "Where the children were three and six months on", columns, rows)
    return Section("Three and six months on", text, tables=(table,))


def _then(one: Outcome, which: int) -> int | None:
    """How many were in care then; blank where so many months have passed for none."""
    return one.in_care[which] if one.known[which] else None


def _change(found: PanelReview) -> Section:
    return Section("What the panel changed", (_pace(found),))
