"""Months as they were known once and as they are known now: the verb `restated`.

Once is the newest edition of the month, or the day by which it had first been delivered whole, or
a day that is asked for. Figures of an edition are taken as they were published, all others are
measured again from the submissions of then, by the definitions and settings of now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase

from lineofsight.access.roles import Act
from lineofsight.desk import Desk, Progress
from lineofsight.editions.edition import Edition, Facts
from lineofsight.editions.shelf import Shelf
from lineofsight.errors import Fault, UnknownName, UsageFault
from lineofsight.indicators import ALL
from lineofsight.indicators.indicator import Indicator
from lineofsight.measurement.measure import Question, measure
from lineofsight.measurement.measurement import Measurement
from lineofsight.measurement.restated import Restated, restated
from lineofsight.measurement.throughout import measure_throughout
from lineofsight.overview.restated import RestatedMonth, RestatedMonths, restated_line
from lineofsight.reference.authority import Authority
from lineofsight.reference.periods import Month, day_name
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.journey import Journey, read_journey
from lineofsight.warehouse.known import KnownStore, first_known_on, received_by
from lineofsight.worklists.restated import RestatedRow, Telling, restated_rows


@dataclass(frozen=True)
class Then:
    """What was known once: in words, by which submissions, and the edition it was published in."""

    words: str
    submissions: frozenset[str]
    edition: Edition | None = None

    def journey(self, desk: Desk) -> Journey:
        """The journey as it was known, with the returns leading that led then."""
        settings = self.edition.contents.settings if self.edition else desk.authority()
        return read_journey(KnownStore(desk.store, self.submissions), leading=settings.leading)

    def published(self, indicators: Sequence[Indicator]) -> tuple[Measurement, ...]:
        """The figures of the edition, of these indicators."""
        assert self.edition is not None
        wanted = {indicator.id for indicator in indicators}
        every = self.edition.contents.measurements
        return tuple(one for one in every if one.indicator.id in wanted)


@dataclass(frozen=True)
class MonthRestated:
    """One month told twice; `new_figures` could not be measured then and can be now.

    `rows` are by the identity of the indicator, where they were asked for; `lost` are submissions
    of then that the store no longer holds, so that their rows cannot be listed.
    """

    month: Month
    then: Then
    figures: tuple[Restated, ...]
    new_figures: int
    rows: Mapping[str, tuple[RestatedRow, ...]] = field(default_factory=dict)
    lost: tuple[str, ...] = ()


def restated_month(
    desk: Desk,
    month: Month,
    *,
    known_on: date | None = None,
    pattern: str = "",
    with_rows: bool = False,
) -> MonthRestated:
    """Tell a month as it was known once and as it is known now.

    Once is: the end of `known_on` (in UTC), else the newest edition of the month, else the end of
    the day by which deliveries that cover the month whole had been received. With `with_rows` the
    rows behind each restated figure of the month itself are listed; each such act is recorded
    first. Raises UsageFault where the month was not known then.
    """
    indicators = matching(pattern)
    then, now = _then(desk, month, known_on), _Told(desk.authority(), desk.journey(), month)
    if then.edition and not with_rows:
        before, old = None, then.published(indicators)
    else:
        before = _Told(desk.authority(), then.journey(desk), month)
        old = then.published(indicators) if then.edition else before.measured(indicators)
    changed = restated(old, now.measured(indicators), (month,))
    figures = tuple(one for one in changed if one.before is not None)
    return MonthRestated(
        month,
        then,
        figures,
        len(changed) - len(figures),
        _rows(desk, month, figures, before, now) if before and with_rows else {},
        tuple(sorted(then.submissions - {s.id for s in now.journey.submissions})),
    )


def restated_months(
    desk: Desk,
    *,
    known_on: date | None = None,
    pattern: str = "",
    progress: Progress = lambda step: None,
) -> RestatedMonths:
    """List every month whose figures are others now than they were once.

    Once is as `restated_month` has it, for each month; a month that was not known then is left
    out.
    """
    indicators, authority, journey = matching(pattern), desk.authority(), desk.journey()
    thens = _every_then(desk, journey, known_on)
    found: list[tuple[RestatedMonth, int]] = []
    if thens:
        progress("as known now")
        last = max(month for _, months in thens for month in months)
        now = _Told(authority, journey, last).measured_throughout(indicators)
        for then, months in thens:
            progress(then.words)
            everything = frozenset(s.id for s in journey.submissions)
            is_now = then.edition is None and then.submissions == everything
            old = now if is_now else _figures_then(desk, then, months, indicators)
            found += [_month_restated(then, month, old, now) for month in months]
    found.sort(key=lambda one: one[0].month)
    return RestatedMonths(
        authority=authority.name,
        is_synthetic=authority.is_synthetic,
        made_on=datetime.now(UTC).date(),
        months=tuple(one for one, _ in found if one.lines),
        unchanged=tuple(one.month for one, _ in found if not one.lines),
        new_figures=sum(new for _, new in found),
    )


def matching(pattern: str) -> tuple[Indicator, ...]:
    """Give the indicators whose identity or name has a text in it, or matches with * and ?.

    All for an empty pattern; raises UnknownName where there is none.
    """
    wanted = pattern.casefold()
    whole = wanted if set("*?[") & set(wanted) else f"*{wanted}*"
    found = tuple(
        one
        for one in ALL
        if fnmatchcase(one.id.casefold(), whole) or fnmatchcase(one.name.casefold(), whole)
    )
    if not found:
        where = "It was looked for in the identities and the names of all indicators."
        raise UnknownName.among("indicator like", pattern, [one.id for one in ALL], where)
    return found


class _Told:
    """The journey as known at some time, ready to be measured up to a month."""

    def __init__(self, authority: Authority, journey: Journey, month: Month) -> None:
        self.journey = journey
        self.engine = DuckDB(journey.frames)
        self._question = Question(journey, self.engine, month, authority.name, authority.population)

    def measured(self, indicators: Sequence[Indicator]) -> tuple[Measurement, ...]:
        return measure(indicators, self._question)

    def measured_throughout(self, indicators: Sequence[Indicator]) -> tuple[Measurement, ...]:
        return measure_throughout(indicators, self._question)

    @property
    def telling(self) -> Telling:
        return Telling(self.engine, self.journey.submissions)


def _then(desk: Desk, month: Month, known_on: date | None) -> Then:
    newest = None if known_on else Shelf(desk.root).newest(month)
    if newest is not None:
        return _published(desk, newest)
    submissions = desk.store.submissions()
    first = first_known_on(submissions, month)
    if first is None or (known_on is not None and known_on < first):
        raise UsageFault(_not_known(month, first, known_on))
    return _known_on(desk, known_on or first)


def _published(desk: Desk, facts: Facts) -> Then:
    words = f"as published in edition {facts.id}, prepared on {day_name(facts.prepared_on)}"
    identities = frozenset(one.id for one in facts.submissions)
    return Then(words, identities, Shelf(desk.root).read(facts.id))


def _known_on(desk: Desk, day: date) -> Then:
    known = received_by(desk.store.submissions(), day)
    return Then(f"as known on {day_name(day)}", frozenset(one.id for one in known))


def _not_known(month: Month, first: date | None, known_on: date | None) -> Fault:
    if first is None or known_on is None:
        return Fault(
            f"No deliveries cover {month.name} whole.",
            "Without them it cannot be said what was known of it.",
            "Receive the return that covers the month, or ask for a month that is covered.",
        )
    return Fault(
        f"{month.name} was not known on {day_name(known_on)}.",
        f"Deliveries that cover it whole had been received by {day_name(first)}.",
        f"Ask for what was known on {first} or later.",
    )


def _every_then(
    desk: Desk, journey: Journey, known_on: date | None
) -> list[tuple[Then, list[Month]]]:
    """Every month that was known whole, put together by what was known of it once."""
    published = {} if known_on else {facts.month: facts for facts in Shelf(desk.root).every()}
    editions: list[tuple[Then, list[Month]]] = []
    days: dict[date, list[Month]] = defaultdict(list)
    for month in _months(journey):
        if month in published:
            editions.append((_published(desk, published[month]), [month]))
            continue
        day = first_known_on(journey.submissions, month)
        if day is not None and (known_on is None or day <= known_on):
            days[known_on or day].append(month)
    return [*editions, *((_known_on(desk, day), months) for day, months in sorted(days.items()))]


def _months(journey: Journey) -> list[Month]:
    first, last = journey.first_month, journey.last_covered_day
    if first is None or last is None:
        return []
    return [Month(index) for index in range(first.index, Month.of(last).index + 1)]


def _figures_then(
    desk: Desk, then: Then, months: Sequence[Month], indicators: Sequence[Indicator]
) -> tuple[Measurement, ...]:
    if then.edition:
        return then.published(indicators)
    told = _Told(desk.authority(), then.journey(desk), max(months))
    return told.measured_throughout(indicators)


def _month_restated(
    then: Then, month: Month, old: Sequence[Measurement], now: Sequence[Measurement]
) -> tuple[RestatedMonth, int]:
    """One month's line of the list, and how many figures are new rather than restated."""
    changed = restated(old, now, (month,))
    since = then.edition.facts.id if then.edition else ""
    lines = tuple(restated_line(one, since) for one in changed if one.before is not None)
    return RestatedMonth(month, then.words, lines), len(changed) - len(lines)


def _rows(
    desk: Desk, month: Month, figures: Sequence[Restated], before: _Told, now: _Told
) -> dict[str, tuple[RestatedRow, ...]]:
    return dict(_rows_of_each(desk, month, figures, before, now))


def _rows_of_each(
    desk: Desk, month: Month, figures: Sequence[Restated], before: _Told, now: _Told
) -> Iterator[tuple[str, tuple[RestatedRow, ...]]]:
    own = (one for one in figures if one.value.period.months == 1)
    by_id = {indicator.id: indicator for indicator in ALL}
    for identity in dict.fromkeys(one.measurement.indicator.id for one in own):
        if identity not in by_id:
            continue
        entry = desk.trail.enter(desk.actor, Act.RESTATE, f"{identity}, {month}")
        tellings = (before.telling, now.telling)
        yield identity, restated_rows(by_id[identity], month, *tellings, entry)
