"""The review of a timescale in words: plain sentences first, then charts with their tables."""

from __future__ import annotations

from collections.abc import Iterator

from lineofsight.reference.periods import day_name
from lineofsight.reviews.drivers_told import named_sentence, tell_drivers
from lineofsight.reviews.incidence import Incidence
from lineofsight.reviews.postponed import Group
from lineofsight.reviews.report import (
    Bar,
    Bars,
    Cell,
    Column,
    Line,
    Plot,
    Report,
    Section,
    Table,
    number,
    percent,
    ratio,
    share_text,
)
from lineofsight.reviews.stages import Staged
from lineofsight.reviews.timeliness import MOST_UNDECIDED, MonthOfStart, Timeliness

_BEYOND = 5  # working days after the limit at which the share is told too


def tell_timeliness(found: Timeliness, authority: str, *, is_synthetic: bool) -> Report:
    """Tell a review of a timescale as a report."""
    sections = [_waiting(found), _months(found), *_difference(found), *_stages(found)]
    return Report(
        title=f"Review of timeliness: {found.clock.words.title}",
        authority=authority,
        period=f"{_period(found)}, as known on {day_name(found.as_at)}",
        is_synthetic=is_synthetic,
        summary=tuple(_summary(found)),
        sections=(
            *sections,
            *_postponed(found),
            *tell_drivers(found.drivers, found.clock),
            _reading(found),
        ),
    )


def _period(found: Timeliness) -> str:
    first, last = found.months[0], found.months[-1]
    return first.name if first == last else f"{first.name} to {last.name}"


def _summary(found: Timeliness) -> Iterator[str]:
    yield _headline(found)
    if (published := _published_last(found)) is not None:
        yield published
    if found.staged is not None and found.staged.overrun:
        yield _largest_stage(found.staged)
        yield _counterfactual(found.staged, _most_spared(found.staged))
    if (named := named_sentence(found.drivers)) is not None:
        yield named


def _headline(found: Timeliness) -> str:
    words, limit = found.clock.words, found.clock.limit
    begun = f"{found.whole.children:,} {words.counted} {words.began} {_span(found)}"
    waiting = {0: "none is", 1: "one is"}.get(found.waiting, f"{found.waiting:,} are")
    rest = f"{waiting} still waiting{_overdue(found.waiting, found.overdue, limit)}"
    by_limit = found.whole.by(limit)
    undecided = found.waiting - found.overdue
    if by_limit is None or undecided > MOST_UNDECIDED * found.whole.children:
        return (
            f"Of the {begun}, {undecided:,} are still inside the {limit} working days: too many to "
            f"say what share will be in time. {found.reached:,} {words.reached}; {rest}."
        )
    later = percent(float(found.whole.reached[limit + _BEYOND]))
    by_later = "" if later is None else f", {later}% by day {limit + _BEYOND}"
    return (
        f"Of the {begun}, {share_text(by_limit)} {words.reached} by working day {limit}{by_later}; "
        f"{_ended(found)} {words.ended}; {rest}."
    )


def _overdue(waiting: int, overdue: int, limit: int) -> str:
    if not waiting:
        return ""
    if waiting == 1:
        return f", past day {limit}" if overdue else f", not yet past day {limit}"
    return f", {overdue:,} of them past day {limit}"


def _ended(found: Timeliness) -> str:
    if not found.ended:
        return "none"
    last = _last_known(found.whole)
    share = percent(float(found.whole.ended[last]))
    return f"{share}% by day {last}" if share else "fewer than one in two hundred"


def _span(found: Timeliness) -> str:
    first, last = found.months[0], found.months[-1]
    return f"in {first.name}" if first == last else f"from {first.name} to {last.name}"


def _last_known(incidence: Incidence) -> int:
    """The last working day on which anybody was followed."""
    known = incidence.reached == incidence.reached
    return int(known.nonzero()[0][-1])


def _published_last(found: Timeliness) -> str | None:
    last = found.by_month[-1]
    if last.published is None:
        return None
    shown = found.published.shown(last.published)
    event = found.clock.words.event
    return (
        f"The published figure for {last.month.name} is {shown}. It counts by the month of the "
        f"{event}, sees only those that are over, and gets better while late ones are still to "
        "come."
        if found.clock.is_published_by_end
        else f"The published figure for {last.month.name} is {shown}."
    )


def _largest_stage(staged: Staged) -> str:
    largest = max(staged.stages, key=lambda one: one.overrun)
    return (
        f"Of {staged.overrun:,} working days beyond the limit, {percent(largest.share)}% arose in "
        f"the stage '{largest.stage.name.lower()}', which took {number(largest.mean, 1)} working "
        f"days on average and is allowed {largest.stage.allowed}."
    )


def _most_spared(staged: Staged) -> int:
    return max(range(len(staged.stages)), key=lambda k: staged.stages[k].in_time_then)


def _counterfactual(staged: Staged, k: int) -> str:
    one = staged.stages[k]
    then, now = (ratio(count, staged.children) for count in (one.in_time_then, staged.in_time))
    return f"If {one.stage.asked}, {then}% instead of {now}% would have been in time."


def _waiting(found: Timeliness) -> Section:
    words, limit, whole = found.clock.words, found.clock.limit, found.whole
    last = _last_known(whole)
    days = range(last + 1)
    reached = tuple((day, 100 * float(whole.reached[day])) for day in days)
    over = tuple((day, 100 * float(whole.reached[day] + whole.ended[day])) for day in days)
    lines = [Line(f"or {words.ended}", over, "2 4", is_stepped=True)] if found.ended else []
    alternative = (
        f"The share that {words.reached}, rising by working day from the {words.start}, and where "
        "waits ended otherwise the share that was over either way. The figures are in the table."
    )
    plot = Plot(
        title=f"How many {words.reached} by each working day",
        alternative=alternative,
        across=f"Working days from the {words.start}",
        up=f"Per cent of {words.counted}",
        ticks=tuple((float(day), str(day)) for day in days if day % 5 == 0),
        lines=(*lines, Line(words.reached, reached, is_stepped=True)),
        marks=((float(limit), f"Limit: day {limit}"),),
    )
    paragraphs = (_families(found),) if found.clock.has_siblings else ()
    return Section("How long they waited", paragraphs, (plot,), (_by_day(found, last),))


def _families(found: Timeliness) -> str:
    of_families = found.families.by(found.clock.limit)
    if found.families.children == found.whole.children:
        return "The records do not say who are siblings: every child counts as its own family."
    if of_families is None:
        return "Families are counted once each in the last column of the table."
    return (
        f"Siblings share a {found.clock.words.event}. Counted as {found.families.children:,} "
        f"families, {share_text(of_families)} {found.clock.words.reached} by working day "
        f"{found.clock.limit}. Intervals for children are widened by what siblings share."
    )


def _by_day(found: Timeliness, last: int) -> Table:
    words, whole, limit = found.clock.words, found.whole, found.clock.limit
    days = sorted({*range(0, last + 1, 5), limit, *((limit + 1,) if limit < last else ()), last})
    rows: list[tuple[Cell, ...]] = []
    for day in (day for day in days if day <= last):
        share, family = whole.by(day), found.families.by(day)
        assert share is not None
        bounds = (percent(share.value), percent(share.low), percent(share.high))
        families = (percent(family.value) if family else None,) * found.clock.has_siblings
        ended, left = percent(float(whole.ended[day])), percent(float(whole.waiting[day]))
        rows.append((str(day), int(whole.at_risk[day]), *bounds, ended, left, *families))
    siblings = (Column("Families", "%"),) * found.clock.has_siblings
    return Table(
        "By working day",
        f"Share of {words.counted} by working day from the {words.start}",
        (
            Column("By working day", is_number=False), Column("Still followed at its start"),
            Column(_capital(words.reached), "%"), Column("Interval from", "%"),
            Column("to", "%"), Column(_capital(words.ended), "%"), Column("Still waiting", "%"),
            *siblings,
        ),
        tuple(rows),
    )  # fmt: skip


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _months(found: Timeliness) -> Section:
    words, limit = found.clock.words, found.clock.limit
    own = [m for m in found.by_month if m.in_time is not None]
    index = {m.month: float(place) for place, m in enumerate(found.by_month)}
    followed = tuple((index[m.month], 100 * m.in_time.value) for m in own if m.in_time)
    bars = tuple((index[m.month], 100 * m.in_time.low, 100 * m.in_time.high)
                 for m in own if m.in_time)  # fmt: skip
    published = tuple(
        (index[m.month], float(m.published.exact))
        for m in found.by_month
        if m.published is not None and m.published.exact is not None
    )
    by_end = f", by month of {words.event}" if found.clock.is_published_by_end else ""
    plot = Plot(
        title=f"In time, month by month: by the {words.start} and as published",
        alternative="A line of the share in time by month of start, with its interval, beside a "
        "dashed line of the published figure. The figures are in the table below.",
        across="Month",
        up="Per cent in time",
        ticks=_month_ticks(found.by_month),
        lines=(
            Line(f"By month of {words.start}", followed, intervals=bars),
            Line(f"As published{by_end}", published, "8 4"),
        ),
    )  # fmt: skip
    paragraphs = (
        f"A month of start is known for good once nobody in it is inside the {limit} working days "
        "any more; where more than a fifth still are, no share is given. The interval of one month "
        "is wide: a change from one month to the next says little by itself.",
    )
    return Section("Month by month", paragraphs, (plot,), (_month_table(found),))


def _month_ticks(months: tuple[MonthOfStart, ...]) -> tuple[tuple[float, str], ...]:
    every = max(1, -(-len(months) // 8))
    last = len(months) - 1
    return tuple(
        (float(place), m.month.short_name)
        for place, m in enumerate(months)
        if (last - place) % every == 0
    )


def _month_table(found: Timeliness) -> Table:
    words, limit = found.clock.words, found.clock.limit
    return Table(
        "By month",
        f"By month of the {words.start}; the last columns are the published figure of the month",
        (
            Column("Month", is_number=False), Column(_capital(words.counted)),
            Column(f"In time (day {limit})", "%"), Column("Interval from", "%"),
            Column("to", "%"), Column(_capital(words.reached)), Column(_capital(words.ended)),
            Column("Waiting, late"), Column("Waiting, not late"), Column("Published", "%"),
            Column("of"),
        ),
        tuple(_month_row(m) for m in found.by_month),
    )  # fmt: skip


def _month_row(m: MonthOfStart) -> tuple[Cell, ...]:
    share, value = m.in_time, m.published
    bounds = (None,) * 3 if share is None else tuple(map(percent, (share.value, share.low,
                                                                   share.high)))  # fmt: skip
    denominator = None if value is None or value.denominator is None else int(value.denominator)
    counts = (m.reached, m.ended, m.overdue, m.undecided)
    published = value.rounded(0) if value is not None else None
    return (m.month.name, m.children, *bounds, *counts, published, denominator)


def _difference(found: Timeliness) -> Iterator[Section]:
    if not found.steps:
        return
    first, last = found.steps[0], found.steps[-1]
    before, after = ratio(first.in_time, first.children), ratio(last.in_time, last.children)
    words = found.clock.words
    rows = tuple(
        (s.words, s.children, s.in_time, ratio(s.in_time, s.children) if s.is_total else None)
        for s in found.steps
    )
    yield Section(
        "Why the published figure is another",
        (
            f"Over the {len(found.months)} months the published figure is {before}%; followed from "
            f"the {words.start} it is {after}% of those decided by now. Each step from one to the "
            f"other is counted. Those still inside the {found.clock.limit} working days are in "
            "neither.",
        ),
        tables=(
            Table(
                "From published to followed",
                f"From the published figure to that by month of the {words.start}",
                (Column("Step", is_number=False), Column(_capital(words.counted)),
                 Column("of them in time"), Column("In time", "%")),
                rows,
            ),
        ),
    )  # fmt: skip


def _stages(found: Timeliness) -> Iterator[Section]:
    staged = found.staged
    if staged is None:
        return
    if not staged.children:
        yield Section("Where the time went", ("No wait has all of its dates recorded.",))
        return
    words, limit = found.clock.words, found.clock.limit
    paragraphs = (
        f"Of those that {words.reached}, {staged.children:,} have all dates recorded in order; "
        f"{staged.without_dates:,} have not and are left out here. {staged.in_time:,} of the "
        f"{staged.children:,} were in time.",
        *(_counterfactual(staged, k) for k in range(len(staged.stages))),
        "These sentences are arithmetic on the recorded dates: the stage is cut to its allowance "
        "and everything else lasts as long as it did. They do not predict what a service would "
        "see if it did so; a request that comes earlier may meet the same queue.",
    )
    bars = tuple(
        Bar(one.stage.name, one.overrun, f"{number(one.overrun)} days, {percent(one.share)}%")
        for one in staged.stages
    )
    chart = Bars(
        f"Where the working days beyond day {limit} arose",
        "A bar for each stage: its part of the working days beyond the limit. The figures are in "
        "the table below.",
        bars,
    )
    yield Section("Where the time went", paragraphs, (chart,), (_stage_table(staged),))


def _stage_table(staged: Staged) -> Table:
    rows = tuple(
        (one.stage.name, one.stage.allowed, number(one.mean, 1), number(one.median, 1),
         number(one.eightieth), one.beyond, number(one.overrun), percent(one.share),
         ratio(one.in_time_then, staged.children))
        for one in staged.stages
    )  # fmt: skip
    return Table(
        "Stages",
        "Working days in each stage, and its part of the days beyond the limit",
        (
            Column("Stage", is_number=False), Column("Allowed"), Column("Mean"), Column("Median"),
            Column("Four in five within"), Column("Longer than allowed"),
            Column("Days beyond the limit"), Column("Share of them", "%"),
            Column("In time if it had kept to it", "%"),
        ),
        rows,
    )  # fmt: skip


def _postponed(found: Timeliness) -> Iterator[Section]:
    if not found.postponed:
        return
    event = found.clock.words.event
    yield Section(
        "Put off, and why",
        (
            f"How often each {event} was put off, and for the late ones the reason that the "
            "service recorded. A recorded reason is what somebody wrote down, not a finding of "
            "this review. Reasons of fewer than ten families stand together.",
        ),
        tables=(
            _group_table("Postponements", "Put off", found.postponed, has_late=False),
            _group_table("Reasons", "Reason recorded", found.reasons, has_late=True),
        ),
    )


def _group_table(name: str, heading: str, groups: tuple[Group, ...], *, has_late: bool) -> Table:
    columns = (
        Column(heading, is_number=False), Column("Children"), Column("Families"),
        *((Column("In time", "%"),) * (not has_late)), Column("Median working days"),
    )  # fmt: skip
    rows = tuple(
        (g.name, g.children, g.families, *((ratio(g.in_time, g.children),) * (not has_late)),
         number(g.median, 1))
        for g in groups
    )  # fmt: skip
    caption = "Late ones by the reason recorded" if has_late else "How often they were put off"
    return Table(name, caption, columns, rows)


def _reading(found: Timeliness) -> Section:
    words, limit = found.clock.words, found.clock.limit
    return Section(
        "How to read this",
        (
            f"The clock runs from the {words.start}; the limit of {limit} working days is that of "
            f"the indicator {found.clock.indicator.id}. A wait that goes on is counted for as long "
            "as it is known, and one that ended otherwise is a different end, not one still to "
            "come (Aalen and Johansen's estimate).",
            *found.remarks,
        ),
    )
