"""Values made ready to be read: the month and the twelve months, each with what it was made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lineofsight.comparators.comparator import Area, Comparator
from lineofsight.judgement.finding import (
    Assurance,
    Comparison,
    Direction,
    Finding,
    Strength,
    Verdict,
)
from lineofsight.measurement.measurement import Basis, Measurement, Value, round_half_up
from lineofsight.overview.numerals import (
    agreeing,
    between,
    capital,
    measure,
    months_in_words,
    place,
    tally,
)
from lineofsight.overview.overview import ComparatorLine, Figure
from lineofsight.reference.audience import Audience
from lineofsight.reference.periods import Month, Period, day_name
from lineofsight.reference.polarity import Polarity

# The rules of judgement/rules.py that find an outlier: above the funnel's limits, and below them.
OUTLIER_RULES = frozenset({"R3a", "R3b"})

CONFIDENTIAL = "c"
NUMBERS_CONFIDENTIAL = "numbers confidential: few children"

# The workforce census counts in September; a column headed by March must not hide that.
_CENSUS_MONTH = 3

_POLARITY = {
    ("percentage", Polarity.HIGH): "A higher percentage is better",
    ("percentage", Polarity.LOW): "A lower percentage is better",
    ("rate", Polarity.HIGH): "A higher rate is better",
    ("rate", Polarity.LOW): "A lower rate is better",
    ("number", Polarity.HIGH): "A higher number is better",
    ("number", Polarity.LOW): "A lower number is better",
}
_TARGET_VERBS = {
    Assurance.CONSISTENT_PASS: "consistently reaches",
    Assurance.CONSISTENT_FAIL: "consistently misses",
    Assurance.HIT_AND_MISS: "does not consistently reach",
}
_BASES = {
    Basis.MONTH: "in the month",
    Basis.MONTH_END: "at the end of the month",
    Basis.TWELVE_MONTHS: "all of the twelve months together",
    Basis.MEAN_OF_MONTH_ENDS: "mean of month-ends",
    Basis.YEAR: "in the year",
    Basis.YEAR_END: "on 31 March",
    Basis.SEPTEMBER: "on 30 September",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """Which paper is being laid out: the month of a monthly paper or the year of an annual one.

    `year` is the one that ends on 31 March; exactly one of the two is given. `region` is the name
    of the region the authority lies in; `is_synthetic` says that the records were made up.
    `is_suppressed` says that small numbers are withheld from this `audience`.
    """

    month: Month | None
    year: int | None
    region: str
    is_synthetic: bool = False
    audience: Audience = Audience.SERVICE
    is_suppressed: bool = False

    @property
    def period(self) -> Period:
        """The period the paper is about."""
        if self.month is not None:
            return Period.month(self.month)
        return Period.census_year(self.year or 0)

    @property
    def period_words(self) -> str:
        """The period inside a sentence: 'August 2020', 'the year to 31 March 2020'."""
        return self.period.label if self.month is not None else f"the {self.period.label}"

    @property
    def columns(self) -> tuple[str, str]:
        """Headings of the two figures every indicator has, in the order `pair` gives them."""
        if self.month is not None:
            return self.month.name, f"12 months to {self.month.name}"
        return f"Year to 31 March {self.year}", f"Year to 31 March {(self.year or 0) - 1}"

    def pair(self, measurement: Measurement) -> tuple[Value | None, Value | None]:
        """The two values of a row: month and twelve months, or the year and the year before."""
        if self.month is not None:
            return self._ending(measurement.series), self._ending(measurement.rolling)
        year = self.year or 0
        return _of_year(measurement.series, year), _of_year(measurement.series, year - 1)

    def _ending(self, values: tuple[Value, ...]) -> Value | None:
        last_day = self.period.last_day
        return next(
            (value for value in reversed(values) if value.period.last_day == last_day), None
        )


def brief_name(measurement: Measurement) -> str:
    """Name an indicator as headlines, contents and charts do: its brief name, or its full one."""
    return measurement.indicator.brief or measurement.indicator.name


def figures_of(measurement: Measurement, frame: Frame) -> tuple[Figure, Figure]:
    """Give the two figures of an indicator, in the order of `frame.columns`."""
    now, other = frame.pair(measurement)
    first, second = frame.columns
    return figure_of(measurement, now, first), figure_of(measurement, other, second)


def figure_of(measurement: Measurement, value: Value | None, label: str) -> Figure:
    """Make one value ready to be read under a heading, which says so where months are fewer."""
    text = value_text(measurement, value)
    if value is None:
        return Figure(label, text, "nothing on record", "")
    if measurement.is_annual and value.period.last_day.month != _CENSUS_MONTH:
        label = capital(value.period.label)
    known = value.period.months
    is_short = value.basis in (Basis.TWELVE_MONTHS, Basis.MEAN_OF_MONTH_ENDS) and known != 12
    short = label.replace("12 months", "1 month" if known == 1 else f"{known} months")
    return Figure(
        short if is_short else label, text, detail_of(measurement, value), basis_of(value)
    )


def polarity_of(measurement: Measurement) -> str:
    """Say in words which way is good: 'A higher percentage is better'."""
    kind = {"%": "percentage", " per 10,000": "rate"}.get(measurement.indicator.unit, "number")
    words = _POLARITY.get((kind, measurement.indicator.good))
    return words or "Neither high nor low is good in itself"


def value_text(measurement: Measurement, value: Value | None) -> str:
    """Write a value with its unit, or 'no figure' where there was nothing to divide by.

    A value that is withheld is written 'c' for confidential, as the Department does.
    """
    if value is not None and value.is_withheld:
        return CONFIDENTIAL
    if value is None or value.exact is None:
        return "no figure"
    return level_text(measurement, value.exact)


def level_text(measurement: Measurement, level: Decimal) -> str:
    """Write a number of an indicator with its unit, at the precision of the indicator."""
    return measure(level, measurement.indicator.decimals, measurement.indicator.unit)


def bare_text(measurement: Measurement, level: Decimal) -> str:
    """Write a second number beside one with its unit: '76%', but '71' after '82 per 10,000'."""
    text = level_text(measurement, level)
    return text if text.endswith("%") else text.removesuffix(measurement.indicator.unit)


def target_verb(finding: Finding) -> str:
    """Say how a figure does by its target: 'consistently reaches'; empty where none is set."""
    if finding.evidence.target is None:
        return ""
    return _TARGET_VERBS.get(finding.evidence.assurance, "")


def detail_of(measurement: Measurement, value: Value) -> str:
    """Say what a value was made of: '44 of 60 children', '412 children of 50,310 aged 0–17'."""
    if value.is_withheld:
        return "confidential: few children"
    if value.is_bare:
        return NUMBERS_CONFIDENTIAL
    if value.given is not None and value.denominator is None:
        return "as published" if measurement.is_annual else "worked out from sums"
    is_ratio = measurement.indicator.scale > 1
    if not is_ratio and value.given is not None and value.denominator is not None:
        # A quantile of so many rows, not one divided by the other.
        return f"of {_counted(measurement, Decimal(repr(value.denominator)))}"
    if value.denominator is None:
        return _average_prefix(value, _counted(measurement, _per_month_end(value, value.numerator)))
    return _average_prefix(value, _fraction(measurement, value))


def basis_of(value: Value) -> str:
    """Say how a value was formed, and over how many months when fewer than twelve are known."""
    months = value.period.months
    if value.basis is Basis.TWELVE_MONTHS and months != 12:
        return f"all of the {months_in_words(months)} on record together"
    if value.basis is Basis.MEAN_OF_MONTH_ENDS and months != 12:
        ends = "month-end" if months == 1 else "month-ends"
        return f"mean of {months_in_words(months).split()[0]} {ends}"
    return _BASES[value.basis]


def time_of(value: Value) -> str:
    """Say when, as a sentence does: 'in August 2020', 'over the twelve months to August 2020'."""
    day = value.period.last_day
    month = Month.of(day).name
    span = months_in_words(value.period.months)
    return {
        Basis.MONTH: f"in {month}",
        Basis.MONTH_END: f"on {day_name(day)}",
        Basis.TWELVE_MONTHS: f"over the {span} to {month}",
        Basis.MEAN_OF_MONTH_ENDS: f"as the mean of the month-ends of the {span} to {month}",
        Basis.YEAR: f"in the year to {day_name(day)}",
        Basis.YEAR_END: f"on {day_name(day)}",
        Basis.SEPTEMBER: f"on {day_name(day)}",
    }[value.basis]


def comparator_lines(finding: Finding, frame: Frame) -> tuple[ComparatorLine, ...]:
    """Give the comparators of a finding with their year, source and what the comparison says."""
    comparisons = finding.evidence.comparisons
    return tuple(_comparator_line(finding.measurement, c, frame) for c in comparisons)


def comparator_text(measurement: Measurement, comparator: Comparator) -> str:
    """Write a comparator's value, no finer than our own figure nor than it was published."""
    decimals = min(measurement.indicator.decimals, comparator.decimals)
    return measure(comparator.value, decimals, measurement.indicator.unit)


def compared_figure(finding: Finding) -> str:
    """Write the figure that comparators stand beside, with its interval; empty without either."""
    level, value = finding.evidence.level, finding.measurement.level
    if level is None or value is None or not finding.evidence.comparisons:
        return ""
    interval, indicator = finding.evidence.interval, finding.measurement.indicator
    said = f"{level_text(finding.measurement, level)} {time_of(value)}"
    if interval is None:
        return said
    return f"{said} (95% interval {between(*interval, indicator.decimals, indicator.unit)})"


def way_of(comparison: Comparison) -> Direction:
    """Give the side a level lies on; similar unless an interval excludes the comparator."""
    if comparison.strength is Strength.NONE:
        return Direction.SIMILAR
    return comparison.direction


def area_words(comparator: Comparator, frame: Frame) -> str:
    """Name an area inside a sentence: 'statistical neighbours', 'the South East', 'England'."""
    if comparator.area is Area.STATISTICAL_NEIGHBOURS:
        return "statistical neighbours"
    if comparator.area is Area.REGION:
        return place(comparator.area_name or frame.region)
    return comparator.area_name or "England"


def verdict_words(finding: Finding) -> str:
    """Write a verdict for the dataset table; an outlier is called so only by the outlier rule."""
    words = capital(finding.verdict.value)
    return f"{words} (outlier)" if is_outlier(finding) else words


def is_outlier(finding: Finding) -> bool:
    """Tell whether the rule that fired is the outlier rule; only then may the paper say so."""
    return finding.verdict is Verdict.DEVELOPMENT and finding.rule in OUTLIER_RULES


def _of_year(values: tuple[Value, ...], year: int) -> Value | None:
    return next((value for value in values if value.period.last_day.year == year), None)


def _per_month_end(value: Value, total: float) -> Decimal:
    exact = Decimal(repr(total))
    if value.basis is not Basis.MEAN_OF_MONTH_ENDS:
        return exact
    return round_half_up(exact / value.period.months, 0)


def _average_prefix(value: Value, detail: str) -> str:
    return f"on average {detail}" if value.basis is Basis.MEAN_OF_MONTH_ENDS else detail


def _counted(measurement: Measurement, number: Decimal) -> str:
    return f"{tally(number)} {agreeing(measurement.indicator.counted, number)}"


def _fraction(measurement: Measurement, value: Value) -> str:
    top = _per_month_end(value, value.numerator)
    bottom = _per_month_end(value, value.denominator or 0.0)
    if measurement.indicator.scale == 10_000:
        return _share_of_residents(measurement, top, bottom)
    if measurement.indicator.unit == "%":
        return f"{tally(top)} of {_counted(measurement, bottom)}"
    return f"{_counted(measurement, top)} divided by {tally(bottom)}"


def _share_of_residents(measurement: Measurement, top: Decimal, bottom: Decimal) -> str:
    population = measurement.population
    implied = "an implied " if population is not None and population.is_implied else ""
    joined = "of" if measurement.indicator.counted == "children" else "among"
    return f"{_counted(measurement, top)} {joined} {implied}{tally(bottom)} aged 0–17"


def _comparator_line(
    measurement: Measurement, comparison: Comparison, frame: Frame
) -> ComparatorLine:
    comparator = comparison.comparator
    return ComparatorLine(
        area=comparator.area.value,
        area_name=comparator.area_name,
        text=comparator_text(measurement, comparator),
        period=comparator.period,
        source=_source(comparator),
        verdict=_comparison_words(measurement, comparison, area_words(comparator, frame)),
    )


def _comparison_words(measurement: Measurement, comparison: Comparison, area: str) -> str:
    way = way_of(comparison)
    if way is Direction.SIMILAR:
        return f"Similar to {area}"
    words = f"{capital(way.value)} than {area}"
    if measurement.indicator.good is Polarity.NEUTRAL:
        return words
    is_good = (way is Direction.HIGHER) is (measurement.indicator.good is Polarity.HIGH)
    return f"{words}, which is {'better' if is_good else 'worse'}"


def _source(comparator: Comparator) -> str:
    published = comparator.published_on
    parts = [
        comparator.source,
        comparator.group_version,
        f"published {day_name(published)}" if published else comparator.vintage,
    ]
    return "; ".join(part for part in parts if part)
