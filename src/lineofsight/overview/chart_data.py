"""A chart as data: the lines, what is drawn across them, and the words for those who cannot see."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lineofsight.comparators.comparator import Area, Comparator
from lineofsight.judgement.finding import Finding, Limits, Signal
from lineofsight.measurement.measurement import Measurement, Value, round_half_up
from lineofsight.measurement.trend_basis import TrendBasis
from lineofsight.overview.figures import (
    Frame,
    area_words,
    bare_text,
    brief_name,
    comparator_text,
    is_outlier,
    level_text,
    target_verb,
    time_of,
    value_text,
    way_of,
)
from lineofsight.overview.numerals import between, capital, listed, months_in_words
from lineofsight.overview.overview import Chart, ChartEvent, ReferenceLine, Series
from lineofsight.overview.trend_remarks import NOTHING_KNOWN, changes_of_list, remarks_on
from lineofsight.overview.wording import is_improving, unusual_in_brief
from lineofsight.reference.authority import Event
from lineofsight.reference.periods import Month, day_name

Trends = Mapping[Area, Sequence[tuple[int, Decimal | None]]]

_MONTHS_SHOWN = 24
_YEARS_SHOWN = 10
_FEWEST_LIMITS_DRAWN = 12
_TITLE_WORDS = 10
_STYLES = {
    Area.STATISTICAL_NEIGHBOURS: "neighbours",
    Area.REGION: "region",
    Area.ENGLAND: "england",
}


@dataclass(frozen=True, slots=True)
class _Axis:
    """The periods of a chart, oldest first: index of month, or year."""

    periods: tuple[int, ...]
    is_annual: bool

    @property
    def labels(self) -> tuple[str, ...]:
        if self.is_annual:
            return tuple(str(year) for year in self.periods)
        return tuple(Month(index).short_name for index in self.periods)

    @property
    def names(self) -> tuple[str, ...]:
        if self.is_annual:
            return self.labels
        return tuple(Month(index).name for index in self.periods)

    def of(self, value: Value) -> int:
        day = value.period.last_day
        return day.year if self.is_annual else Month.of(day).index


def chart_of(
    finding: Finding,
    frame: Frame,
    events: Sequence[Event] = (),
    trends: Trends | None = None,
    basis: TrendBasis = NOTHING_KNOWN,
) -> Chart:
    """Describe the chart of one finding.

    A monthly chart has up to 24 months, the twelve-month line, process limits of a flow, target,
    comparators and events; an annual one up to ten years with the lines of neighbours, region and
    England from `trends` (area to pairs of year and value); `basis` says what these years rest on,
    and a change of it is marked and said. A stock gets no limits: what is
    charted for it is its starts, so only the month of an unusual number of them is marked.
    """
    measurement = finding.measurement
    axis = _axis(finding, frame)
    is_compared = bool(finding.evidence.comparisons or finding.evidence.target)
    series = tuple(_series(measurement, axis, frame, trends or {}, is_compared=is_compared))
    lines = () if axis.is_annual else tuple(_lines(finding, frame, axis))
    marks = (*_events(finding, axis, events), *_changes(axis, basis))
    return Chart(
        title=title_of(finding, frame),
        alternative=_alternative(finding, frame, axis, series, lines, marks),
        caption=" ".join((_caption(finding, frame, axis), *_remarks(measurement, axis, basis))),
        unit=measurement.indicator.unit,
        labels=axis.labels,
        series=series,
        lines=lines,
        limits=_limits(finding, axis, frame),
        events=marks,
        signals=_signals(finding, axis),
    )


def trend_of(measurement: Measurement, frame: Frame) -> tuple[float | None, ...]:
    """Give the values of up to 24 months (or ten years), oldest first, None where none is known."""
    values = _along(_window(measurement, frame), measurement.series)
    return tuple(_drawn(measurement, value, frame) for value in values)


def trend_words(finding: Finding, frame: Frame) -> str:
    """Say what the small trend line shows: where it lay, and whether the newest is unusual."""
    measurement = finding.measurement
    axis = _window(measurement, frame)
    known = _known(measurement, axis)
    if not known:
        return "No values on record."
    span = f"{len(axis.periods)} years" if axis.is_annual else months_in_words(len(axis.periods))
    if len(known) == 1:
        return f"One value on record: {value_text(measurement, known[0])}."
    indicator = measurement.indicator
    low, high = min(map(_exact, known)), max(map(_exact, known))
    ranging = between(low, high, indicator.decimals, indicator.unit)
    newest = value_text(measurement, known[-1])
    return f"{ranging} over {span}, newest {newest}{_signal_words(finding)}."


def trend_periods(measurement: Measurement, frame: Frame) -> tuple[str, ...]:
    """Name the periods of `trend_of`, one for each value: 'Aug 2020', or '2020'."""
    return _window(measurement, frame).labels


def title_of(finding: Finding, frame: Frame) -> str:
    """Write a chart's title: the finding in ten words or fewer."""
    titles = (title for title in _titles(finding, frame) if title)
    return next(title for title in titles if len(title.split()) <= _TITLE_WORDS)


def _titles(finding: Finding, frame: Frame) -> Iterator[str]:
    measurement, level = finding.measurement, finding.evidence.level
    if level is None:
        is_withheld = measurement.level is not None and measurement.level.is_withheld
        yield "Not shown: few children" if is_withheld else "No figure to show"
        return
    text = level_text(measurement, level)
    yield from _titles_of_outliers(finding, frame, text)
    yield from _titles_of_comparison(finding, frame, text)
    yield from _titles_of_target(finding, text)
    if is_improving(finding):
        yield f"{text}, improved beyond usual variation"
    if brief := unusual_in_brief(finding):
        when = finding.evidence.variation.label
        yield f"{brief} in {when}" if when else brief
    if (value := measurement.level) is not None:
        yield f"{text} {time_of(value)}"
    yield f"{text}"


def _titles_of_outliers(finding: Finding, frame: Frame, text: str) -> Iterator[str]:
    if not is_outlier(finding):
        return
    if (first := finding.evidence.first) is not None:
        area = area_words(first.comparator, frame)
        yield f"Outlier: {text}, {area} {_bare(finding, first.comparator.value)}"
    yield f"Outlier at {text}"


def _titles_of_comparison(finding: Finding, frame: Frame, text: str) -> Iterator[str]:
    if (first := finding.evidence.first) is None:
        return
    area, way = area_words(first.comparator, frame), way_of(first).value
    joined = f"{way} to" if way == "similar" else f"{way} than"
    yield f"{text}, {joined} {area} at {_bare(finding, first.comparator.value)}"


def _titles_of_target(finding: Finding, text: str) -> Iterator[str]:
    target, verb = finding.evidence.target, target_verb(finding)
    if target is not None and verb:
        yield f"{text}: {verb} the target of {_bare(finding, target.value)}"


def _bare(finding: Finding, number: Decimal) -> str:
    return bare_text(finding.measurement, number)


def _axis(finding: Finding, frame: Frame) -> _Axis:
    axis = _window(finding.measurement, frame)
    limits = finding.evidence.variation.limits
    if limits is None or axis.is_annual or finding.measurement.indicator.is_snapshot:
        return axis
    drawn = len(limits.upper)
    return _Axis(axis.periods[-drawn:], False) if drawn >= _FEWEST_LIMITS_DRAWN else axis


def _window(measurement: Measurement, frame: Frame) -> _Axis:
    is_annual = frame.month is None
    last = frame.month.index if frame.month is not None else frame.year or 0
    bare = _Axis((), is_annual)
    known = [bare.of(value) for value in measurement.series if bare.of(value) <= last]
    longest = _YEARS_SHOWN if is_annual else _MONTHS_SHOWN
    first = max(min(known, default=last), last - longest + 1)
    return _Axis(tuple(range(first, last + 1)), is_annual)


def _series(
    measurement: Measurement, axis: _Axis, frame: Frame, trends: Trends, *, is_compared: bool
) -> Iterator[Series]:
    is_snapshot = measurement.indicator.is_snapshot
    each = "Each month-end" if is_snapshot else "Each month"
    whose = measurement.authority if axis.is_annual else each
    yield _own_line(measurement, frame, whose, _along(axis, measurement.series), "actual")
    if axis.is_annual:
        yield from _comparator_series(measurement, axis, frame, trends)
    elif measurement.rolling:
        yield from _rolling(measurement, frame, axis, is_compared=is_compared)


def _rolling(
    measurement: Measurement, frame: Frame, axis: _Axis, *, is_compared: bool
) -> Iterator[Series]:
    """The twelve months: a sum is drawn as the average of its months, for one scale to serve both.

    Where comparators stand beside the sum it stays what they are compared with. Different children
    of twelve months are no sum of the months', so that nothing of them is drawn.
    """
    along = _along(axis, measurement.rolling)
    if measurement.indicator.is_snapshot:
        yield _own_line(measurement, frame, "Mean of month-ends", along, "rolling")
    elif is_compared or not _has_own_scale(measurement):
        yield _own_line(measurement, frame, "Twelve months", along, "rolling")
    elif _is_sum(measurement):
        means = [_a_month_of(measurement, value, frame) for value in along]
        line = _line(measurement, "Twelve-month average", means, "rolling")
        told = zip(line.texts, means, along, strict=True)
        texts = (text if m is not None else value_text(measurement, v) for text, m, v in told)
        yield replace(line, texts=tuple(texts))


def _a_month_of(measurement: Measurement, value: Value | None, frame: Frame) -> Decimal | None:
    """Give the average month of twelve, made of what is drawn of them and of nothing finer."""
    drawn = _drawn(measurement, value, frame)
    if value is None or drawn is None:
        return None
    mean = Decimal(repr(drawn)) / value.period.months
    return round_half_up(mean, measurement.indicator.decimals) if frame.is_suppressed else mean


def _has_own_scale(measurement: Measurement) -> bool:
    """Whether twelve months of a flow come to about twelve times a month: a count, or a rate."""
    newest = measurement.rolling[-1]
    is_rate = measurement.indicator.scale == 10_000
    return newest.given is None and (newest.denominator is None or is_rate)


def _is_sum(measurement: Measurement) -> bool:
    newest = measurement.rolling[-1]
    months = measurement.series[-newest.period.months :]
    return math.isclose(sum(value.numerator for value in months), newest.numerator)


def _comparator_series(
    measurement: Measurement, axis: _Axis, frame: Frame, trends: Trends
) -> Iterator[Series]:
    for area in Area:
        by_year = dict(trends.get(area, ()))
        values = [by_year.get(year) for year in axis.periods]
        if any(value is not None for value in values):
            label = frame.region if area is Area.REGION and frame.region else area.value
            yield _line(measurement, label, values, _STYLES[area])


def _own_line(
    measurement: Measurement,
    frame: Frame,
    label: str,
    values: Sequence[Value | None],
    style: str,
) -> Series:
    drawn = tuple(_drawn(measurement, value, frame) for value in values)
    return Series(label, drawn, style, tuple(value_text(measurement, value) for value in values))


def _drawn(measurement: Measurement, value: Value | None, frame: Frame) -> float | None:
    """Give a value as it is drawn: from a drawing finer than its text a number could be read."""
    if value is None or value.exact is None:
        return None
    exact = value.exact
    if frame.is_suppressed:
        exact = round_half_up(exact, measurement.indicator.decimals)
    return float(exact)


def _line(
    measurement: Measurement, label: str, values: Sequence[Decimal | None], style: str
) -> Series:
    drawn = tuple(None if value is None else float(value) for value in values)
    texts = tuple("no figure" if v is None else level_text(measurement, v) for v in values)
    return Series(label, drawn, style, texts)


def _along(axis: _Axis, values: Sequence[Value]) -> list[Value | None]:
    by_period = {axis.of(value): value for value in values}
    return [by_period.get(period) for period in axis.periods]


def _lines(finding: Finding, frame: Frame, axis: _Axis) -> Iterator[ReferenceLine]:
    target = finding.evidence.target
    for comparison in finding.evidence.comparisons:
        label = _line_label(finding.measurement, comparison.comparator, frame)
        yield ReferenceLine(label, float(comparison.comparator.value), "comparator")
    if target is not None:
        yield ReferenceLine(f"Target {_bare(finding, target.value)}", float(target.value), "target")
    limits = _drawn_limits(finding, axis, frame)
    if limits is not None and len(set(limits.centre[-len(axis.periods) :])) == 1:
        centre = _bare(finding, Decimal(repr(limits.centre[-1])))
        yield ReferenceLine(f"Mean {centre}", limits.centre[-1], "mean")


def _line_label(measurement: Measurement, comparator: Comparator, frame: Frame) -> str:
    """Label a comparator where its line ends: 'Neighbours 76%, 2018-19'."""
    names = {Area.STATISTICAL_NEIGHBOURS: "Neighbours", Area.REGION: frame.region}
    name = names.get(comparator.area, "") or comparator.area_name or comparator.area.value
    text = comparator_text(measurement, comparator)
    bare = text if text.endswith("%") else text.removesuffix(measurement.indicator.unit)
    return f"{name} {bare}, {_short_period(comparator)}"


def _short_period(comparator: Comparator) -> str:
    last = comparator.period_ends_on
    if not comparator.period.startswith("year"):
        return Month.of(last).name
    is_census_year = (last.month, last.day) == (3, 31)
    years = f"{last.year - 1}-{last.year % 100:02d}"
    return years if is_census_year else f"year to {Month.of(last).name}"


def _drawn_limits(finding: Finding, axis: _Axis, frame: Frame) -> Limits | None:
    """Give the limits of a flow, but for those whose width would tell how many a month rests on."""
    limits = finding.evidence.variation.limits
    if limits is None or axis.is_annual or finding.measurement.indicator.is_snapshot:
        return None
    if frame.is_suppressed and len(set(limits.upper)) > 1:
        return None
    shown = len(axis.periods)
    edges = (*limits.lower[-shown:], *limits.upper[-shown:])
    return limits if len(edges) == 2 * shown and all(map(math.isfinite, edges)) else None


def _limits(
    finding: Finding, axis: _Axis, frame: Frame
) -> tuple[tuple[float, ...], tuple[float, ...]] | None:
    limits = _drawn_limits(finding, axis, frame)
    if limits is None:
        return None
    shown = len(axis.periods)
    return limits.lower[-shown:], limits.upper[-shown:]


def _events(finding: Finding, axis: _Axis, events: Sequence[Event]) -> Iterator[ChartEvent]:
    places = {period: position for position, period in enumerate(axis.periods)}
    for event in sorted(events, key=lambda e: e.on):
        period = _census_year(event) if axis.is_annual else Month.of(event.on).index
        if period in places:
            yield ChartEvent(places[period], event.label)
    for rebase in finding.evidence.variation.rebases:
        place = places.get(Month.of(rebase.start).index)
        if place is not None:
            yield ChartEvent(place, f"New limits: {rebase.by}, {day_name(rebase.on)}")
    if finding.measurement.indicator.is_snapshot and not axis.is_annual:
        yield from _unusual_month(finding, axis)


def _changes(axis: _Axis, basis: TrendBasis) -> tuple[ChartEvent, ...]:
    return changes_of_list(axis.periods, basis) if axis.is_annual else ()


def _remarks(measurement: Measurement, axis: _Axis, basis: TrendBasis) -> tuple[str, ...]:
    if not axis.is_annual:
        return ()
    along = zip(axis.periods, _along(axis, measurement.series), strict=True)
    missing = [year for year, value in along if value is None or value.exact is None]
    return tuple(f"{said}." for said in remarks_on(axis.periods, missing, basis))


def _unusual_month(finding: Finding, axis: _Axis) -> Iterator[ChartEvent]:
    label = finding.evidence.variation.label
    said = unusual_in_brief(finding)
    if said and label in axis.names:
        yield ChartEvent(axis.names.index(label), said)


def _census_year(event: Event) -> int:
    """Give the census year an event falls in: April begins the next."""
    return event.on.year + (event.on.month >= 4)


def _signals(finding: Finding, axis: _Axis) -> tuple[int, ...]:
    variation = finding.evidence.variation
    is_flat = variation.signal in (Signal.COMMON_CAUSE, Signal.NOT_CHARTED)
    if is_flat or finding.measurement.indicator.is_snapshot or axis.is_annual:
        return ()
    names = axis.names
    return (names.index(variation.label),) if variation.label in names else ()


def _caption(finding: Finding, frame: Frame, axis: _Axis) -> str:
    measurement = finding.measurement
    made_up = "made-up " if frame.is_synthetic else ""
    records = f"{made_up}records of {measurement.authority}"
    published = measurement.indicator.source.rstrip(".")
    source = published if axis.is_annual and published else records
    return f"{brief_name(measurement)}, {measurement.authority}, {_span(axis)}. Source: {source}."


def _alternative(
    finding: Finding,
    frame: Frame,
    axis: _Axis,
    series: Sequence[Series],
    lines: Sequence[ReferenceLine],
    events: Sequence[ChartEvent],
) -> str:
    measurement = finding.measurement
    kind = "year by year" if axis.is_annual else "month by month"
    parts = [
        title_of(finding, frame),
        f"Line chart, {kind}, {_span(axis)}: {brief_name(measurement)}",
        _course(measurement, axis),
        *(_ends_at(line) for line in series[1:]),
        *([f"Lines across: {listed([line.label for line in lines], '; ')}"] if lines else []),
        *(["Process limits are drawn"] if _limits(finding, axis, frame) else []),
        *(f"Marked at {axis.names[event.position]}: {event.label}" for event in events),
        *(f"{axis.names[at]} is marked as unusual" for at in _signals(finding, axis)),
    ]
    return " ".join(f"{capital(part)}." for part in parts if part)


def _span(axis: _Axis) -> str:
    return f"{axis.names[0]} to {axis.names[-1]}" if len(axis.names) > 1 else axis.names[0]


def _course(measurement: Measurement, axis: _Axis) -> str:
    known = _known(measurement, axis)
    if not known:
        return "There are no values to draw"

    def at(value: Value) -> str:
        return (
            f"{value_text(measurement, value)} in {axis.names[axis.periods.index(axis.of(value))]}"
        )

    low, high = min(known, key=_exact), max(known, key=_exact)
    return (
        f"It begins at {at(known[0])} and ends at {at(known[-1])}; "
        f"the lowest is {at(low)} and the highest {at(high)}"
    )


def _ends_at(series: Series) -> str:
    pairs = zip(series.values, series.texts, strict=True)
    known = [text for value, text in pairs if value is not None]
    return f"{series.label}: ends at {known[-1]}" if known else ""


def _known(measurement: Measurement, axis: _Axis) -> list[Value]:
    return [v for v in measurement.series if v.exact is not None and axis.of(v) in axis.periods]


def _exact(value: Value) -> Decimal:
    return value.exact or Decimal(0)


def _signal_words(finding: Finding) -> str:
    variation = finding.evidence.variation
    if variation.signal is Signal.NOT_CHARTED:
        return ""
    if variation.signal is Signal.COMMON_CAUSE:
        return "; within usual variation"
    found = unusual_in_brief(finding)
    when = f" in {variation.label}" if variation.label else ""
    return f"; {found[:1].lower()}{found[1:]}{when}" if found else "; beyond usual variation"
