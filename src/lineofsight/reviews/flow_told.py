"""The review of flow in words: what moved the number, and what cannot be said of it yet."""

from __future__ import annotations

from collections.abc import Iterator

from lineofsight.reference.periods import day_name
from lineofsight.reviews.flow import LONG_ENOUGH, Flow
from lineofsight.reviews.ledger import Entry
from lineofsight.reviews.length_of_stay import Change
from lineofsight.reviews.pace import Pace
from lineofsight.reviews.report import (
    Bar,
    Bars,
    Column,
    Line,
    Plot,
    Report,
    Section,
    Table,
    number,
    percent,
    signed,
)
from lineofsight.reviews.unusual import Unusual

_SHOWN_TICKS = 8


def tell_flow(found: Flow, authority: str, *, is_synthetic: bool) -> Report:
    """Tell a review of flow as a report."""
    first, last = found.months[0], found.months[-1]
    span = first.name if first == last else f"{first.name} to {last.name}"
    return Report(
        title=f"Review of flow: {found.stock.title}",
        authority=authority,
        period=f"{span}, as known on {day_name(last.last_day)}",
        is_synthetic=is_synthetic,
        summary=tuple(_summary(found)),
        sections=(_months(found), _change(found), _pace(found), *_groups(found), _reading(found)),
    )


def _summary(found: Flow) -> Iterator[str]:
    change, stock = found.change, found.stock
    yield (
        f"{change.closing:,} {stock.counted} {stock.standing} at the end of {change.after.name}, "
        f"{_by(change.closing - change.opening)} than at the end of {change.before.name} "
        f"({change.opening:,}). {_parts(change)}"
    )
    yield _pace_sentence(found)
    yield from (_unusual_sentence(one, stock.started) for one in found.unusual_starts)
    yield from (_unusual_sentence(one, stock.ended) for one in found.unusual_ends)
    yield _latest(found)


def _by(difference: int) -> str:
    if not difference:
        return "no more and no fewer"
    return f"{abs(difference):,} {'more' if difference > 0 else 'fewer'}"


def _parts(change: Change) -> str:
    if change.opening == change.closing:
        return "Entries and length of stay cancel out." if abs(change.entries) >= 0.5 else ""
    older = (
        f", {signed(change.older)} from those who entered {change.reach} months ago or longer"
        if change.older
        else ""
    )
    return (
        f"Of the change, {signed(number(change.entries))} come from how many entered, "
        f"{signed(number(change.stay))} from how long they stay{older}."
    )


def _pace_sentence(found: Flow) -> str:
    paced, counted = found.pace, found.stock.counted
    since = f"From {paced.since.name} to {paced.until.name}"
    if paced.pace is Pace.UNKNOWN:
        return f"{since} too few {counted} {found.stock.ended} to say at what pace they do."
    facts = (
        f"{since} {paced.ended:,} {counted} {found.stock.ended}. At the pace of the "
        f"{paced.months_before} months before it would have been {number(paced.expected)}, length "
        f"of stay and age allowed for: {number(paced.ratio, 2)} times as many (95% interval "
        f"{number(paced.low, 2)} to {number(paced.high, 2)})"
    )
    verdict = {
        Pace.SLOWER: "ending has slowed",
        Pace.QUICKER: "ending has become quicker",
        Pace.ALIKE: "no change of pace can be told from chance",
    }
    return f"{facts}, so {verdict[paced.pace]}."


def _unusual_sentence(one: Unusual, flow: str) -> str:
    far = "more" if one.is_high else "fewer"
    return (
        f"{one.month.name} stands out: {one.count:,} {flow}, {far} than the {number(one.low)} to "
        f"{number(one.high)} that the months before it lead to (mean {number(one.mean, 1)})."
    )


def _latest(found: Flow) -> str:
    line = found.ledger[-1]
    net = line.closing - line.opening
    if not net:
        return f"In {line.name} as many {found.stock.started} as {found.stock.ended}."
    way = "rose" if net > 0 else "fell"
    facts = f"In {line.name} the number {way} by {abs(net):,}"
    if found.run >= LONG_ENOUGH:
        return f"{facts}. It {way} in each of the last {found.run} months."
    months = "one month" if found.run == 1 else f"{found.run} months in a row"
    steady = "rise" if net > 0 else "reduction"
    return (
        f"{facts}. That is {months}: a steady {steady} is not said of fewer than {LONG_ENOUGH} "
        "months in a row."
    )


def _months(found: Flow) -> Section:
    stock, ledger = found.stock, found.ledger
    top = _top(max(max(line.starts, line.ends) for line in ledger))
    flows = Plot(
        title=f"{stock.title}: how many {stock.started} and how many {stock.ended}, by month",
        alternative="Two lines by month, starts and ends. The figures are in the table below.",
        across="Month",
        up=stock.counted[:1].upper() + stock.counted[1:],
        ticks=_ticks(found),
        lines=(
            Line(_capital(stock.started), _points(line.starts for line in ledger)),
            Line(_capital(stock.ended), _points(line.ends for line in ledger), "8 4"),
        ),
        top=top,
    )
    level = Plot(
        title=f"{stock.title}: the number at each month-end",
        alternative="A line by month of the number open. The figures are in the table below.",
        across="Month",
        up=stock.counted[:1].upper() + stock.counted[1:],
        ticks=_ticks(found),
        lines=(Line("At month-end", _points(line.closing for line in ledger)),),
        top=_top(max(line.closing for line in ledger)),
    )
    text = (
        "Opening, plus those who started, less those who ended, is closing: each of the four is "
        "counted by itself. A span that ends on the last day of a month is closed in it.",
    )
    return Section("Month by month", text, (flows, level), (_ledger_table(found),))


def _points(values: Iterator[int]) -> tuple[tuple[float, float], ...]:
    return tuple((float(place), float(value)) for place, value in enumerate(values))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _ticks(found: Flow) -> tuple[tuple[float, str], ...]:
    count = len(found.months)
    every = max(1, -(-count // _SHOWN_TICKS))
    return tuple(
        (float(place), month.short_name)
        for place, month in enumerate(found.months)
        if (count - 1 - place) % every == 0
    )


def _top(highest: int) -> float:
    """The least round number that holds the highest value: 5, 10, 25, 50, 100 and so on."""
    steps = (scale * round_one for scale in (1, 10, 100, 1000, 10_000) for round_one in
             (5, 10, 15, 20, 25, 30, 40))  # fmt: skip
    return float(min((step for step in steps if step >= highest), default=highest))


def _ledger_table(found: Flow) -> Table:
    columns = (
        Column("Month", is_number=False), Column("Opening"), Column(_capital(found.stock.started)),
        Column(_capital(found.stock.ended)), Column("Closing"), Column("Net"),
    )  # fmt: skip
    rows = tuple(
        (e.name, e.opening, e.starts, e.ends, e.closing, e.closing - e.opening)
        for e in found.ledger
    )
    return Table("By month", f"{found.stock.title}, by month", columns, rows)


def _change(found: Flow) -> Section:
    change = found.change
    total = change.closing - change.opening
    parts = (
        ("How many entered", change.entries),
        ("How long they stay", change.stay),
        (f"Entered {change.reach} months ago or longer", float(change.older)),
    )
    text = (
        f"The number at a month-end is, summed over the months of entry, entries times the share "
        f"of them still there. Between {change.before.name} and {change.after.name} months of "
        "entry are compared that lie equally long before. Of each, the change of entries counts at "
        "the mean of both shares, and the change of the share at the mean of both entries; so the "
        "parts add up to the change and neither is taken first (Shapley). Records of entries reach "
        f"{change.reach} months back from the earlier day: who entered longer ago, on either day, "
        "is told apart.",
        "This is arithmetic on what happened. How long somebody will stay who is there now is not "
        "in it.",
    )
    bars = tuple(Bar(name, value, signed(number(value))) for name, value in parts)
    chart = Bars(
        f"What the change of {signed(total)} is made of",
        "A bar for each part of the change. The figures are in the table below.",
        bars,
    )
    rows = (*((name, number(value, 1)) for name, value in parts), ("Together", number(total, 1)))
    columns = (Column("Part", is_number=False), Column("Change"))
    caption = f"Change from the end of {change.before.name} to the end of {change.after.name}"
    table = Table("Parts of the change", caption, columns, rows)
    return Section("Entries or length of stay", text, (chart,), (table,))


def _pace(found: Flow) -> Section:
    return Section(
        f"Whether {found.stock.counted} end at another pace",
        (
            _pace_sentence(found),
            "Who has been there for three months ends more readily than who has been there for "
            "one; so the pace is compared among those of equal length, and of those of 16 and over "
            "apart from younger ones. The interval is widened by how much monthly ends vary "
            "beyond chance, as siblings end together.",
        ),
    )


def _groups(found: Flow) -> Iterator[Section]:
    tables = tuple(_group_table(name, lines, found) for name, lines in found.groups)
    if found.reasons:
        tables = (*tables, _reasons(found))
    yield Section(
        f"By group, {found.since.name} to {found.months[-1].name}",
        (
            "In every line opening, plus starts, less ends, plus those who moved into the group "
            "less those who moved out of it, is closing. Only birthdays move anybody: need, legal "
            "status, placement and category are those recorded last.",
        ),
        tables=tables,
    )


def _group_table(name: str, lines: tuple[Entry, ...], found: Flow) -> Table:
    stock = found.stock
    columns = (
        Column(name, is_number=False), Column("Opening"), Column(_capital(stock.started)),
        Column(_capital(stock.ended)), Column("Moved"), Column("Closing"), Column("Change"),
        Column("of opening", "%"),
    )  # fmt: skip
    rows = tuple(
        (e.name, e.opening, e.starts, e.ends, e.moved, e.closing, e.closing - e.opening,
         percent((e.closing - e.opening) / e.opening) if e.opening else None)
        for e in lines
    )  # fmt: skip
    return Table(
        name.replace(", the latest", ""), f"{stock.title} by {name.lower()}", columns, rows
    )


def _reasons(found: Flow) -> Table:
    assert found.stock.ends_by is not None
    length = found.months[-1].index - found.since.index + 1
    now, before = f"From {found.since.short_name}", f"{length} months before"
    columns = (Column(found.stock.ends_by.name, is_number=False), Column(now), Column(before))
    return Table(
        found.stock.ends_by.name, f"{found.stock.ends_by.name}, as recorded", columns, found.reasons
    )


def _reading(found: Flow) -> Section:
    stock = found.stock
    return Section(
        "How to read this",
        (
            f"The number is that of the indicator {stock.number.id}, the flows those of "
            f"{stock.starts.id} and {stock.ends.id}. A span without a first day, or that ends "
            "before it, is in no line.",
            "A month stands out if it lies beyond the limits of a chart of the up to 24 months "
            "before it and is rarer than one in a hundred by chance alone; with many months looked "
            "at, one may stand out by chance all the same. Why a month stands out, the numbers do "
            "not say.",
        ),
    )
