"""The dataset as a verb: chosen indicators by chosen groups, to look at or to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase

from lineofsight.access.roles import Act
from lineofsight.desk import Desk, Progress, demand_submissions
from lineofsight.disclosure.rules import Rules, is_suppressed
from lineofsight.disclosure.tidy import Published, read_published, suppress
from lineofsight.errors import Fault, UnknownName, UsageFault
from lineofsight.indicators import ALL, BY_ID
from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.breakdowns import Breakdown, find_breakdowns
from lineofsight.journey.clocks import tables_behind
from lineofsight.measurement.dataset import Dataset
from lineofsight.measurement.dataset import dataset as lay_out
from lineofsight.measurement.measure import Question
from lineofsight.measurement.tidy_files import demand_known_ending, write_dataset
from lineofsight.reference.audience import Audience
from lineofsight.reference.authority import Disclosure
from lineofsight.reference.periods import MONTH_END, Closing, Month
from lineofsight.warehouse.breakdowns import GROUPING_TABLES
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.journey import closed_on

__all__ = [
    "Asked",
    "asked",
    "choose",
    "dataset",
    "demand_known_ending",
    "read_published",
    "write_dataset",
]

EXEMPT = (
    "For members in a session without the public: small numbers stand as they are, so that few "
    "children can be recognised. Do not publish or pass it on."
)


@dataclass(frozen=True)
class Asked:
    """What is asked of the dataset: up to which month, closed on which day, of what, by what."""

    month: Month
    indicators: tuple[Indicator, ...] = ALL
    breakdowns: tuple[Breakdown, ...] = ()
    closing: Closing = MONTH_END
    audience: Audience = Audience.SERVICE


def asked(
    month: Month | None,
    as_at: date | None = None,
    patterns: Sequence[str] = (),
    breakdowns: Sequence[str] = (),
    audience: Audience = Audience.SERVICE,
) -> Asked:
    """Understand what somebody typed; raises UsageFault or UnknownName with what there is."""
    if breakdowns and audience is not Audience.SERVICE:
        raise UsageFault(
            Fault(
                "Groups are laid out for the service only.",
                f"They were asked for with --by, for the audience '{audience}'.",
                "Leave --by out, or lay them out for --audience service and keep them inside.",
            )
        )
    if (month is None) == (as_at is None):
        raise UsageFault(
            Fault(
                "Which month is wanted is not clear.",
                "It was asked with --month and --as-at.",
                "Give one of them: --month 2020-08, or --as-at 2020-08-17 for any other day.",
            )
        )
    chosen, groups = choose(patterns), find_breakdowns(breakdowns)
    if month is not None:
        return Asked(month, chosen, groups, audience=audience)
    assert as_at is not None
    month = Month.of(as_at)
    closing = MONTH_END if as_at == month.last_day else Closing(as_at.day)
    return Asked(month, chosen, groups, closing, audience)


def choose(patterns: Sequence[str]) -> tuple[Indicator, ...]:
    """The indicators that any of some patterns names, in committee order; all without a pattern.

    A pattern is an identity in which * stands for anything: 'child_protection.*', '*.rate'.
    Raises UnknownName for one that names none.
    """
    for pattern in patterns:
        if not any(fnmatchcase(identity, pattern) for identity in BY_ID):
            where = "Indicators are named chapter.indicator; * stands for anything."
            raise UnknownName.among("indicator", pattern, tuple(BY_ID), where)
    return tuple(i for i in ALL if not patterns or any(fnmatchcase(i.id, p) for p in patterns))


def dataset(
    desk: Desk,
    wanted: Asked,
    progress: Progress = lambda step: None,
    published: Published | None = None,
) -> Dataset:
    """Lay out the dataset of what is asked; the act is recorded first.

    `published` is a dataset that its readers have had already.
    """
    by = ", ".join(one.name for one in wanted.breakdowns) or "the whole"
    desk.trail.enter(desk.actor, Act.DATASET, f"{wanted.month}, by {by}")
    authority = desk.authority()
    journey = desk.journey(_tables(wanted))
    demand_submissions(desk, journey.submissions)
    closed = journey if wanted.closing == MONTH_END else closed_on(journey, wanted.closing)
    engine = DuckDB({} if wanted.breakdowns else closed.frames)
    question = Question(closed, engine, wanted.month, authority.name, authority.population)
    found = lay_out(
        wanted.indicators, question, wanted.breakdowns, closing=wanted.closing, progress=progress
    )
    found = replace(found, is_synthetic=authority.is_synthetic, authority=authority.name)
    if not is_suppressed(wanted.audience, authority.disclosure):
        return found if wanted.audience is Audience.SERVICE else replace(found, notice=EXEMPT)
    progress("small numbers")
    return suppressed(found, authority.disclosure, published)


def suppressed(
    found: Dataset, disclosure: Disclosure, published: Published | None = None
) -> Dataset:
    """Hide small numbers in a dataset and all that tells them, and attack what is left.

    What is not chosen is no part of it: who publishes two datasets publishes both together. Raises
    DisclosureFault where the attack works a hidden number out.
    """
    # Loaded here: linear programming takes seconds to load, and the service's own needs none.
    from lineofsight.disclosure.audit import demand_nothing_recovered
    from lineofsight.disclosure.tidy_audit import recovered_from

    rules = Rules.of(disclosure)
    shown = suppress(found.table, ALL, rules, published)
    recovered = recovered_from(shown.table, found.table, ALL, rules)
    demand_nothing_recovered(
        [one for one in recovered if one.name not in shown.given_away], "the dataset"
    )
    notice = (
        f"Small numbers are hidden: {shown.hidden:,} of {shown.table.height:,} values. 'c' is a "
        f"number of 1 to {rules.threshold} children, a share of fewer than "
        f"{rules.smallest_denominator}, or a number from which one of them could be worked out."
    )
    if shown.given_away:
        notice += (
            f" {len(shown.given_away):,} such values can be worked out from what was published "
            "before, which cannot be taken back."
        )
    return replace(found, table=shown.table, notice=notice)


def _tables(wanted: Asked) -> frozenset[str] | None:
    """The tables that what is asked rests on; None for all of them."""
    if wanted.indicators == ALL:
        return None
    grouping = GROUPING_TABLES if wanted.breakdowns else frozenset[str]()
    return grouping.union(*(tables_behind(i.fields()) for i in wanted.indicators))
