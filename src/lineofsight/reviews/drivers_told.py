"""What goes with delay, in words a manager can use, and what cannot be said."""

from __future__ import annotations

from collections.abc import Iterator

from lineofsight.reviews.clocks_reviewed import ReviewedClock
from lineofsight.reviews.drivers import SURE, CrudeGroup, Driver, Drivers
from lineofsight.reviews.incidence import Share
from lineofsight.reviews.report import (
    Bar,
    Bars,
    Cell,
    Column,
    Section,
    Table,
    number,
    percent,
)

_HEADING = "What goes with delay"
_NONE = (
    "Nothing that is recorded goes with delay surely enough to be named. That is no proof that "
    "nothing does: it may not be recorded, or be too small to tell from chance with so many "
    "families."
)


def named_sentence(found: Drivers) -> str | None:
    """Say in one sentence what was named; None where nothing could be looked at."""
    if found.refusal:
        return None
    if not found.named:
        return _NONE
    first, *others = found.named
    also = f" Named too: {'; '.join(one.words for one in others)}." if others else ""
    teams = " It differs mainly between teams and may stand for another difference of theirs."
    known = first.circumstance
    caution = f" {known.caution}" if known is not None and known.caution else ""
    return (
        f"Most strongly linked with delay, of all that is recorded: {first.words}. "
        f"{_gain(first, found)}{teams if first.is_team_like else ''}{caution}{also} A link is no "
        "cause."
    )


def tell_drivers(found: Drivers, clock: ReviewedClock) -> Iterator[Section]:
    """Tell what was tested, what was named, and how to take it."""
    if found.refusal:
        yield Section(_HEADING, (found.refusal,), tables=tuple(_untested(found)))
        return
    said = [_sentence(one, found, clock) for one in found.named] or [_NONE]
    intro = (
        f"{len(found.tested)} circumstances were looked at together, for {found.children:,} "
        f"{clock.words.counted} of {found.families:,} families whose wait was not over by working "
        f"day {clock.landmark} and of whom all of them are recorded. Only what is known by that "
        "day counts: what comes later would explain a delay by itself."
    )
    yield Section(
        _HEADING,
        (intro, *said, *_limits(found)),
        (_chart(found),) if found.tested else (),
        (_tested(found), _crude(found, clock), *_untested(found)),
    )


def _sentence(one: Driver, found: Drivers, clock: ReviewedClock) -> str:
    begun = f"{one.words[:1].upper()}{one.words[1:]}."
    if one.circumstance is None or one.odds is None:
        return (
            f"{begun} Beyond what the other circumstances explain, teams differ. "
            f"{_gain(one, found)}"
        )
    odds, low, high = (number(value, 2) for value in one.odds)
    alike = (
        " This number differs mainly between teams, so the records cannot tell it from anything "
        "else in which these teams differ."
    )
    caution = f" {one.circumstance.caution}" if one.circumstance.caution else ""
    return (
        f"{begun} {one.circumstance.step_words}: on any one working day the odds of the "
        f"{clock.words.event} were {odds} times as high (95% interval {low} to {high}). "
        f"{_gain(one, found)}{alike if one.is_team_like else ''}{caution}"
    )


def _gain(one: Driver, found: Drivers) -> str:
    now, then = percent(found.model_in_time), percent(found.model_in_time + one.gain.value)
    return f"{_if(one)}, the model has {then}% in time instead of {now}%."


def _if(one: Driver) -> str:
    known = one.circumstance
    if known is None:
        return "With the slower teams like the middle one"
    if known.is_yes_or_no:
        return "Without it"
    way = "above" if one.odds is not None and one.odds[0] < 1 else "below"
    return f"With nobody {way} {number(one.favourable, 1)}{known.unit}"


def _limits(found: Drivers) -> tuple[str, ...]:
    return (
        "What this cannot say: why. Two things that go together may both come from a third that "
        "nobody records, and nothing here was changed on purpose to see what follows. 'The model "
        "has' is arithmetic inside the model, no forecast. A circumstance is named if its test "
        f"holds at {SURE:.0%} with all that were tried allowed for (Holm) and it moves at least "
        "two in a hundred; so about one review in twenty, where nothing goes with delay, still "
        "names something. A change over the months is allowed for; what families who wait in the "
        "same weeks share is taken into the errors where there are twelve months or more.",
        "Siblings count as one in every test."
        if found.families < found.children
        else "These records do not say who are siblings: each child counts as if it had none, and "
        "intervals and tests are surer than they should be.",
    )


def _chart(found: Drivers) -> Bars:
    bars = tuple(
        Bar(_label(one), _points(one.gain.value), f"{percent(one.gain.value, 1)} points",
            (_points(one.gain.low), _points(one.gain.high)))
        for one in found.tested
    )  # fmt: skip
    return Bars(
        "How many more in every hundred the model has in time, were all at the better level",
        "A bar for each circumstance with its 95% interval; one that crosses zero may be chance. "
        "The figures are in the table below.",
        bars,
    )


def _label(one: Driver) -> str:
    return f"{one.id[:1].upper()}{one.id[1:]}{', named' if one.is_named else ''}"


def _points(share: float) -> float:
    return round(100 * share, 2)


def _tested(found: Drivers) -> Table:
    columns = (
        Column("Circumstance", is_number=False), Column("Told for", is_number=False),
        Column("Odds of the end on a day, times"), Column("Interval from"), Column("to"),
        Column("Better level"), Column("Points more in time at it"), Column("from"), Column("to"),
        Column("p, adjusted", is_number=False), Column("Named", is_number=False),
    )  # fmt: skip
    rows = tuple(_row(one) for one in found.tested)
    return Table("Circumstances", "All circumstances that were tested together", columns, rows)


def _row(one: Driver) -> tuple[Cell, ...]:
    odds: tuple[Cell, ...] = (None,) * 3
    if one.odds is not None:
        odds = tuple(number(value, 2) for value in one.odds)
    known = one.circumstance
    step = known.step_words if known else "Beyond what the others explain"
    better = number(one.favourable, 1) if known and not known.is_yes_or_no else None
    gain = (percent(one.gain.value, 1), percent(one.gain.low, 1), percent(one.gain.high, 1))
    p = "under 0.001" if one.p < 0.001 else str(number(one.p, 3))
    name = f"{one.id[:1].upper()}{one.id[1:]}"
    return (name, step, *odds, better, *gain, p, "yes" if one.is_named else "no")


def _crude(found: Drivers, clock: ReviewedClock) -> Table:
    columns = (
        Column("Circumstance", is_number=False), Column("Group", is_number=False),
        Column(f"{clock.words.counted[:1].upper()}{clock.words.counted[1:]}"), Column("Families"),
        Column("In time", "%"), Column("Interval from", "%"), Column("to", "%"),
    )  # fmt: skip
    rows = tuple(
        (f"{one.id[:1].upper()}{one.id[1:]}", group.name, *_shared(group))
        for one in found.tested
        for group in one.groups
    )
    caption = (
        "Groups as they are, nothing allowed for; no share is given for fewer than ten families"
    )
    return Table("Groups", caption, columns, rows)


def _shared(group: CrudeGroup) -> tuple[Cell, ...]:
    share: Share | None = group.in_time
    bounds: tuple[Cell, ...] = (None,) * 3
    if share is not None:
        bounds = (percent(share.value), percent(share.low), percent(share.high))
    return (group.children, group.families, *bounds)


def _untested(found: Drivers) -> Iterator[Table]:
    if found.untested:
        columns = (Column("Circumstance", is_number=False), Column("Why not", is_number=False))
        rows = tuple((f"{words[:1].upper()}{words[1:]}", why) for words, why in found.untested)
        yield Table("Not tested", "What could not be looked at, and why", columns, rows)
