"""The review of thresholds in words: two views of one way, and where an audit would look."""

from __future__ import annotations

from collections.abc import Iterator

from lineofsight.reference.periods import day_name
from lineofsight.reviews.report import (
    Bar,
    Bars,
    Cell,
    Column,
    Report,
    Section,
    Table,
    number,
    percent,
    ratio,
    share_text,
)
from lineofsight.reviews.thresholds import FOLLOWED, YEAR, Margin, StageFound, Thresholds

_REFERRALS = "Referrals"


def tell_thresholds(found: Thresholds, authority: str, *, is_synthetic: bool) -> Report:
    """Tell a review of thresholds as a report."""
    last = found.month
    return Report(
        title="Review of thresholds: from contact to plan",
        authority=authority,
        period=f"{(last - (YEAR - 1)).name} to {last.name}, as known on {day_name(last.last_day)}",
        is_synthetic=is_synthetic,
        summary=tuple(_summary(found)),
        sections=(_way(found), _cohort(found), _margin(found), _reading(found)),
    )


def _summary(found: Thresholds) -> Iterator[str]:
    by_words = {one.stage.words: one for one in found.stages}
    plans, conferences = by_words["Plans started"], by_words["Initial conferences"]
    if plans.now is not None and conferences.now:
        yield (
            f"In twelve months {conferences.now:,} children had an initial conference and "
            f"{plans.now:,} plans started, {ratio(plans.now, conferences.now)} for every hundred "
            f"conferences{_before(plans, conferences)}."
        )
    if plans.reached is not None:
        first, last = found.month - (FOLLOWED + YEAR - 1), found.month - FOLLOWED
        yield (
            f"Of {found.followed:,} referrals from {first.name} to {last.name}, followed for "
            f"{FOLLOWED} months each, {percent(plans.reached.value, 1)}% led to a plan."
        )
    yield from (_sentence(one) for one in found.margins[:1] if one.share is not None)


def _before(above: StageFound, below: StageFound) -> str:
    if above.before is None or not below.before:
        return ""
    return f" ({ratio(above.before, below.before)} in the twelve months before)"


def _sentence(one: Margin) -> str:
    assert one.share is not None
    return (
        f"Of {one.of:,} {one.counted} from {one.first.name} to {one.last.name}, "
        f"{share_text(one.share)} {_verb(one)}."
    )


def _verb(one: Margin) -> str:
    return one.words if one.words.startswith("ended") else f"were {one.words}"


def _way(found: Thresholds) -> Section:
    rows = tuple(_way_row(found, place) for place in range(len(found.stages)))
    per = f"{found.population:,} residents aged 0 to 17" if found.population else "residents"
    columns = (
        Column("Step", is_number=False), Column("Twelve months"), Column("Per 10,000"),
        Column("For every 100 of the step before"), Column("Twelve months before"),
        Column("For every 100 of the step before, then"),
    )  # fmt: skip
    text = (
        "What happened in the twelve months, each step divided by the one before it, and by "
        f"{per}. These are different children: who is in a conference this year may have been "
        "referred in the last.",
    )
    caption = f"From contact to plan, twelve months to {found.month.name}"
    return Section("In twelve months", text, tables=(Table("Period", caption, columns, rows),))


def _way_row(found: Thresholds, place: int) -> tuple[Cell, ...]:
    one = found.stages[place]
    step = found.stages[place - 1] if place else None
    rate = None
    if one.now is not None and found.population:
        rate = number(10_000 * one.now / found.population, 1)
    now = ratio(one.now, step.now) if step and step.now and one.now is not None else None
    before = _then(one, step)
    return (one.stage.words, one.now, rate, now, one.before, before)


def _then(one: StageFound, step: StageFound | None) -> Cell:
    if step is None or not step.before or one.before is None:
        return None
    return ratio(one.before, step.before)


def _cohort(found: Thresholds) -> Section:
    referrals = next(one for one in found.stages if one.stage.words == _REFERRALS)
    followed = [one for one in found.stages if one.reached is not None]
    first, last = found.month - (FOLLOWED + YEAR - 1), found.month - FOLLOWED
    rows = tuple(_cohort_row(one, referrals) for one in followed)
    columns = (
        Column("Step", is_number=False), Column("Reached by so many referrals", "%"),
        Column("Interval from", "%"), Column("to", "%"),
        Column("In the period, for every 100 referrals"),
    )  # fmt: skip
    bars = tuple(
        Bar(one.stage.words, 100 * one.reached.value, f"{percent(one.reached.value, 1)}%",
            (100 * one.reached.low, 100 * one.reached.high))
        for one in followed
        if one.reached is not None
    )  # fmt: skip
    chart = Bars(
        f"How many of a hundred referrals reached each step within {FOLLOWED} months",
        "A bar for each step with its 95% interval. The figures are in the table below.",
        bars,
    )
    text = (
        f"The {found.followed:,} referrals from {first.name} to {last.name}, followed for "
        f"{FOLLOWED} months each; {found.no_further_action:,} were closed with no further action. "
        "A step counts for the child's latest referral before it.",
        "Where both columns differ, numbers have moved between the years, a step took longer than "
        f"{FOLLOWED} months, or it came without a referral in the records or more than once.",
    )
    caption = "Referrals followed, beside the same steps of the period"
    table = Table("Cohort", caption, columns, rows)
    return Section("Followed from the referral", text, (chart,) if bars else (), (table,))


def _cohort_row(one: StageFound, referrals: StageFound) -> tuple[Cell, ...]:
    assert one.reached is not None
    bounds = (one.reached.value, one.reached.low, one.reached.high)
    period = None
    if one.now is not None and referrals.now:
        period = percent(one.now / referrals.now, 1)
    return (one.stage.words, *(percent(bound, 1) for bound in bounds), period)


def _margin(found: Thresholds) -> Section:
    columns = (
        Column("Of", is_number=False), Column("From", is_number=False),
        Column("to", is_number=False), Column("How many"), Column("What became of them",
        is_number=False), Column("Those"), Column("Share", "%"), Column("Interval from", "%"),
        Column("up to", "%"),
    )  # fmt: skip
    rows = tuple(_margin_row(one) for one in found.margins)
    text = (
        "If plans are made too readily, the plans that need not have been end early, and their "
        "children do not come back. If too sparingly, children whose conference made no plan are "
        "referred again, and come to one after all. Each line is of children who could be followed "
        "as long as it says.",
        "No line decides what the threshold should be. They say which cases are worth an audit.",
    )
    table = Table("Margin", "What became of children at the margin", columns, rows)
    return Section("At the margin", text, tables=(table,))


def _margin_row(one: Margin) -> tuple[Cell, ...]:
    bounds: tuple[Cell, ...] = (None,) * 3
    if one.share is not None:
        bounds = tuple(map(percent, (one.share.value, one.share.low, one.share.high)))
    counted = one.counted[:1].upper() + one.counted[1:]
    return (counted, one.first.short_name, one.last.short_name, one.of, one.words, one.met, *bounds)


def _reading(found: Thresholds) -> Section:
    return Section(
        "How to read this",
        (
            "Numbers of the period are those of the indicators: "
            f"{', '.join(one.stage.indicator.id for one in found.stages)}. Which step sets an "
            "authority apart from its neighbours is taken apart from published figures by "
            "the verb compare.",
            "Children count one by one, and siblings go the same way: intervals are narrower than "
            "they should be.",
        ),
    )
