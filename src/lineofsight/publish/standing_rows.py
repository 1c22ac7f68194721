"""Where an authority stands among all, as rows of a table: what is said, and every authority."""

from __future__ import annotations

from lineofsight.overview.overview import Overview

Row = tuple[str | float | None, ...]

STANDING_HEADINGS = (
    "Indicator",
    "Which way is good",
    "Rank and quarter",
    "Place in the funnel",
    "To know with it",
    "England",
    "Spread between authorities",
)
FUNNEL_HEADINGS = (
    "Indicator",
    "Authority",
    "Whose",
    "What size is",
    "Size",
    "Value",
    "As published",
    "Place in the funnel",
)
_WHOSE = {"own": "the authority", "neighbour": "statistical neighbour", "other": "other authority"}


def standings(overview: Overview) -> tuple[Row, ...]:
    """One row for each indicator; the numbers of the funnel are blank where there is none."""
    return tuple(
        (
            one.name,
            one.polarity,
            one.ranking,
            one.position,
            one.remark,
            one.funnel.england if one.funnel else None,
            # As text: the number format of the workbook would round it to one decimal.
            f"{one.funnel.tau:.4f}" if one.funnel else "",
        )
        for one in overview.standings
    )


def authorities(overview: Overview) -> tuple[Row, ...]:
    """One row for each authority of each funnel, those that are named in the chart first."""
    return tuple(
        (
            one.name,
            mark.name,
            _WHOSE[mark.kind],
            one.funnel.across,
            mark.size,
            mark.value,
            mark.text,
            mark.place,
        )
        for one in overview.standings
        if one.funnel
        for mark in (*one.funnel.told, *(m for m in one.funnel.marks if m.kind == "other"))
    )
