"""Figures that changed after they were published, in words: for the paper, and as a list of months.

Late recording is ordinary: a conference of July is entered in August. What was published stands
in its edition; here the old figure and the new one stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lineofsight.judgement.withheld import Withholding
from lineofsight.measurement.measurement import Basis, Measurement, Value
from lineofsight.measurement.restated import Restated, restated
from lineofsight.overview.figures import Frame, figure_of
from lineofsight.overview.numerals import capital, listed, spoken
from lineofsight.overview.overview import Figure, Restatement
from lineofsight.reference.periods import Month


@dataclass(frozen=True, slots=True)
class PublishedMonth:
    """What was published of a month: the edition's name and its measurements."""

    edition: str
    month: Month
    measurements: tuple[Measurement, ...]


@dataclass(frozen=True, slots=True)
class RestatedSince:
    """What became of figures already published: those that changed, and how the others stand."""

    lines: tuple[Restatement, ...] = ()
    note: str = ""


NOTHING_PUBLISHED = RestatedSince()


@dataclass(frozen=True, slots=True)
class RestatedLine:
    """A restated figure as words and as numbers, which are (old, new); None is no figure."""

    words: Restatement
    numerators: tuple[float | None, float | None]
    denominators: tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class RestatedMonth:
    """One month's restated figures; `known` says what the old ones are: 'edition 2020-07-1'."""

    month: Month
    known: str
    lines: tuple[RestatedLine, ...]


@dataclass(frozen=True, slots=True)
class RestatedMonths:
    """The list of restated months; `unchanged` are those that were looked at and stand.

    `new_figures` counts figures that could not be measured when their month was first known.
    """

    authority: str
    is_synthetic: bool
    made_on: date
    months: tuple[RestatedMonth, ...]
    unchanged: tuple[Month, ...]
    new_figures: int = 0


def restated_since(
    published: Sequence[PublishedMonth],
    measurements: Iterable[Measurement],
    what: Withholding | None = None,
) -> RestatedSince:
    """Compare what was published of earlier months with what is known now.

    Lines are given where the printed number is another one now; a figure that could not be
    measured when its month was published is not restated but new, and is left out. With `what`
    what the figures were made of is left out, and so is every indicator of which a value is
    withheld: from two versions of a number the few who came between could be told.
    """
    if not published:
        return NOTHING_PUBLISHED
    now = tuple(measurements)
    found = [
        (before.edition, one)
        for before in published
        for one in restated(before.measurements, now, (before.month,))
        if one.before is not None
    ]
    changed = [(edition, one) for edition, one in found if one.is_shown_changed]
    told = [(e, one) for e, one in changed if what is None or not _is_withheld(one, what)]
    shown = [restatement(one, edition) for edition, one in told]
    if what is not None:
        shown = [replace(r, before=_bare(r.before), after=_bare(r.after)) for r in shown]
    note = _note([before.month.name for before in published], len(told), len(found) - len(changed))
    return RestatedSince(tuple(shown), f"{note}{_unsaid(len(changed) - len(told))}")


def restatement(one: Restated, since: str) -> Restatement:
    """Write a restated figure as the paper does; `since` names what told the old one."""
    measurement = one.measurement
    label = _column_of(one.value)
    return Restatement(
        measurement.indicator.id,
        measurement.indicator.name,
        since,
        figure_of(measurement, one.before, label),
        figure_of(measurement, one.after, label),
    )


def restated_line(one: Restated, since: str) -> RestatedLine:
    """Give a restated figure with the numbers it was made of."""
    told = (one.before, one.after)
    before, after = (value.numerator if value else None for value in told)
    below, under = (value.denominator if value else None for value in told)
    return RestatedLine(restatement(one, since), (before, after), (below, under))


def label_of(one: Restated) -> str:
    """Name the period as the paper does: 'July 2020', '12 months to July 2020', or fewer months."""
    return figure_of(one.measurement, one.value, _column_of(one.value)).label


def _is_withheld(one: Restated, what: Withholding) -> bool:
    measurement = one.measurement
    every = (*measurement.series, *measurement.rolling, one.before, one.after)
    identity = measurement.indicator.id
    return any(value is not None and what.hides_numbers(identity, value) for value in every)


def _bare(figure: Figure) -> Figure:
    return replace(figure, detail="")


def _unsaid(count: int) -> str:
    if not count:
        return ""
    has = "has" if count == 1 else "have"
    return (
        f" {capital(spoken(count, 'further figures'))} that {has} changed cannot be shown, because "
        "few children stand behind them."
    )


def _column_of(value: Value) -> str:
    own, twelve = Frame(Month.of(value.period.last_day), None, "").columns
    return twelve if value.basis in (Basis.TWELVE_MONTHS, Basis.MEAN_OF_MONTH_ENDS) else own


def _note(months: Sequence[str], shown: int, hidden: int) -> str:
    published = f"Figures published for {listed(months)} were compared with what is known now"
    if not hidden:
        stand = "those that are not listed have not changed" if shown else "none has changed"
        return f"{published}: {stand}."
    rest = "rests on other records" if hidden == 1 else "rest on other records"
    return (
        f"{published}. {capital(spoken(hidden, 'further figures'))} {rest} than before, and the "
        "number that was printed stays the same."
    )
