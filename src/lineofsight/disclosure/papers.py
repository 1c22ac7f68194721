"""What a paper for others than the service must not show, of all that it would.

A paper shows of every indicator the newest month and its twelve months, each with the numbers
behind it, and in charts and trends the months of two years with the twelve months that end with
each, as they are printed. What was shown in earlier papers is known already.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from lineofsight.disclosure.attack import Exposed
from lineofsight.disclosure.figures import Figures, Unknowns, counted
from lineofsight.disclosure.knowledge import Item, Knowledge, Row, Secret
from lineofsight.disclosure.relations import Named, Relation, grouped, named, relations
from lineofsight.disclosure.rules import Rules
from lineofsight.disclosure.small import is_protected, numbers_of
from lineofsight.disclosure.suppression import suppress
from lineofsight.measurement.measurement import Basis, Measurement, Value
from lineofsight.reference.periods import Month

AS_USUAL = Rules()
MONTHS_SHOWN = 24
_MONTHS_KNOWN = MONTHS_SHOWN + 12
# Dear are the figures people look for; a point of a chart is cheap.
_NEWEST, _TWELVE, _NUMBERS, _LINE, _POINT = 20.0, 40.0, 8.0, 4.0, 1.0


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """One thing a reader may be shown: a figure, or the numbers behind it."""

    indicator: str
    basis: str
    ends_on: date
    is_numbers: bool = False


_NOTHING: Mapping[Shown, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a paper withholds, and what earlier papers gave away that it would have withheld.

    Numbers from one to `most_secret` are small.
    """

    withheld: frozenset[Shown] = frozenset()
    given_away: tuple[Exposed, ...] = ()
    most_secret: int = AS_USUAL.threshold

    def hides(self, indicator: str, value: Value) -> bool:
        """Whether a value must not be shown."""
        return shown(indicator, value) in self.withheld

    def hides_line(self, indicator: str) -> bool:
        """Whether the line of twelve months must not be drawn."""
        return _line(indicator) in self.withheld

    def hides_numbers(self, indicator: str, value: Value) -> bool:
        """Whether the numbers behind a value must not be shown."""
        return replace(shown(indicator, value), is_numbers=True) in self.withheld


def shown(indicator: str, value: Value) -> Shown:
    """Name a value as it may be shown."""
    return Shown(indicator, value.basis.name, value.period.last_day)


def withheld_from(
    measurements: Sequence[Measurement],
    last: Month,
    given_away: Mapping[Shown, Value] = _NOTHING,
    rules: Rules = AS_USUAL,
) -> Withheld:
    """Decide what a paper of the month `last` must withhold of some measurements.

    `given_away` is what earlier papers showed, with the values as they were then; one that has
    been restated since tells of other numbers and is left out.
    """
    parts = [suppress(one) for one in knowledge_behind(measurements, last, given_away, rules)]
    known = _protected(measurements, last)
    chosen = {key for part in parts for key in part.withheld if isinstance(key, Shown)}
    few = {one for m in known for one in _few(m, rules)} | {
        _line(m.indicator.id) for m in known if _has_few(m, rules)
    }
    return Withheld(
        frozenset(chosen | few),
        tuple(exposed for part in parts for exposed in part.given_away),
        rules.threshold,
    )


def knowledge_behind(
    measurements: Sequence[Measurement],
    last: Month,
    given_away: Mapping[Shown, Value] = _NOTHING,
    rules: Rules = AS_USUAL,
) -> Iterator[Knowledge]:
    """Lay out what a paper shows of some measurements, those that belong together in one."""
    figures = [named(m, counted(m)) for m in _protected(measurements, last) if m.series]
    for group, found in grouped(figures, relations(figures)):
        yield knowledge_of(group, found, last, given_away, rules)


def knowledge_of(
    group: Sequence[Named],
    found: Sequence[Relation],
    last: Month,
    given_away: Mapping[Shown, Value] = _NOTHING,
    rules: Rules = AS_USUAL,
) -> Knowledge:
    """Lay out everything a paper shows of some figures that belong together."""
    unknowns = Unknowns()
    items: list[Item] = []
    secrets: dict[Hashable, Secret] = {}
    known: list[Row] = []
    for one in group:
        figures = Figures(one.measurement, unknowns, rules)
        items += _items(figures, last, given_away)
        for secret in _secrets(figures):
            secrets.setdefault(tuple(sorted(secret.weights.items())), secret)
        known += figures.always()
    known += (row for relation in found for row in _rows(relation, unknowns))
    small = tuple(secrets.values())
    return Knowledge(unknowns.size, tuple(items), small, tuple(known), rules.threshold)


def _protected(measurements: Sequence[Measurement], last: Month) -> list[Measurement]:
    return [_recent(m, last) for m in measurements if is_protected(m) and not m.is_annual]


def _recent(measurement: Measurement, last: Month) -> Measurement:
    first = last - (_MONTHS_KNOWN - 1)

    def is_recent(value: Value) -> bool:
        return first <= Month.of(value.period.last_day) <= last

    return replace(
        measurement,
        series=tuple(filter(is_recent, measurement.series)),
        rolling=tuple(filter(is_recent, measurement.rolling)),
    )


def _items(figures: Figures, last: Month, before: Mapping[Shown, Value]) -> Iterator[Item]:
    yield from _given_away(figures, before)
    for value in _within_chart(figures.measurement.series, last):
        yield from _told(figures, value, last, before)
    rolling = _within_chart(figures.measurement.rolling, last)
    for newest in rolling[-1:]:
        yield from _told(figures, newest, last, before)
    if rolling[:-1] and not _has_few(figures.measurement, figures.rules):
        points = [figures.figure(v, _line(figures.identity), _LINE) for v in rolling[:-1]]
        rows = tuple(row for point in points for row in point.rows)
        yield Item(_line(figures.identity), rows, _LINE)


def _given_away(figures: Figures, before: Mapping[Shown, Value]) -> Iterator[Item]:
    """What earlier papers told of numbers that have not changed since."""
    for value in (*figures.measurement.series, *figures.measurement.rolling):
        figure = shown(figures.identity, value)
        numbers = replace(figure, is_numbers=True)
        if before.get(figure) == value:
            yield replace(figures.figure(value, ("before", figure), 0.0), is_given_away=True)
        if before.get(numbers) == value:
            yield replace(figures.numbers(value, ("before", numbers), 0.0), is_given_away=True)


def _told(
    figures: Figures, value: Value, last: Month, before: Mapping[Shown, Value]
) -> Iterator[Item]:
    key = shown(figures.identity, value)
    yield _marked(figures.figure(value, key, _cost(value, last)), value, before)
    if Month.of(value.period.last_day) == last:
        numbers = replace(key, is_numbers=True)
        yield _marked(figures.numbers(value, numbers, _NUMBERS), value, before)


def _has_few(measurement: Measurement, rules: Rules) -> bool:
    """Whether a month has few: then twelve months for every month would tell too much of it."""
    return any(numbers_of(value).has_few(rules) for value in measurement.series)


def _line(indicator: str) -> Shown:
    return Shown(indicator, "LINE", date.max)


def _within_chart(values: Sequence[Value], last: Month) -> list[Value]:
    first = last - (MONTHS_SHOWN - 1)
    return [value for value in values if Month.of(value.period.last_day) >= first]


def _marked(item: Item, value: Value, before: Mapping[Shown, Value]) -> Item:
    assert isinstance(item.key, Shown)
    return replace(item, is_given_away=before.get(item.key) == value)


def _cost(value: Value, last: Month) -> float:
    age = last.index - Month.of(value.period.last_day).index
    if age:
        return _POINT
    return _NEWEST if value.basis in (Basis.MONTH, Basis.MONTH_END) else _TWELVE


def _secrets(figures: Figures) -> Iterator[Secret]:
    for value in (*figures.measurement.series, *figures.measurement.rolling):
        yield from figures.secrets(value)


def _few(measurement: Measurement, rules: Rules) -> Iterator[Shown]:
    """Numbers that are not shown anywhere but would speak through an interval."""
    for value in (*measurement.series, *measurement.rolling):
        key, numbers = shown(measurement.indicator.id, value), numbers_of(value)
        if numbers.has_few(rules):
            yield replace(key, is_numbers=True)
        if numbers.is_primary(rules):
            yield key


def _rows(relation: Relation, unknowns: Unknowns) -> Iterator[Row]:
    for month in relation.months:
        weights: dict[int, float] = {}
        for series, back, weight in relation.terms:
            at = unknowns.at(series, month - back)
            weights[at] = weights.get(at, 0.0) + weight
        yield Row.exactly(weights, 0.0)
