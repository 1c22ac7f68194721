"""The same figure told twice: as it was known once, and as it is known now.

Numbers only. A figure is restated when its numerator, its denominator, the months it was made of
or, for a published number, that number differ; which rows did it is found below the privacy wall,
in `worklists.restated`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lineofsight.measurement.measurement import Measurement, Value
from lineofsight.reference.periods import Month


@dataclass(frozen=True, slots=True)
class Restated:
    """One figure of one period, before and after.

    `before` or `after` is None where the figure could not be measured then, or cannot be now; at
    least one is given. `measurement` describes the figure, as it is defined now where it still is.
    """

    measurement: Measurement
    before: Value | None
    after: Value | None

    @property
    def value(self) -> Value:
        """Whichever value there is, the newer one first: it names the period and the basis."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def is_shown_changed(self) -> bool:
        """Whether the number a reader was shown, rounded, is another one now."""
        decimals = self.measurement.indicator.decimals
        told = [v.rounded(decimals) if v else None for v in (self.before, self.after)]
        return told[0] != told[1]


def restated(
    before: Iterable[Measurement], after: Iterable[Measurement], months: Sequence[Month]
) -> tuple[Restated, ...]:
    """List the figures of some months that differ between two sets of measurements.

    In the order of `after` (figures that only `before` has come last); of one indicator month by
    month, the month itself before the twelve months that end with it.
    """
    told, now = _by_id(before), _by_id(after)
    identities = [*now, *(identity for identity in told if identity not in now)]
    return tuple(
        one
        for identity in identities
        for one in _differences(told.get(identity), now.get(identity), months)
    )


def _by_id(measurements: Iterable[Measurement]) -> dict[str, Measurement]:
    return {measurement.indicator.id: measurement for measurement in measurements}


def _differences(
    before: Measurement | None, after: Measurement | None, months: Sequence[Month]
) -> Iterator[Restated]:
    described = after or before
    assert described is not None
    for month in months:
        for then, now in zip(_figures(before, month), _figures(after, month), strict=True):
            if (then or now) and not _is_same(then, now):
                yield Restated(described, then, now)


def _figures(measurement: Measurement | None, month: Month) -> tuple[Value | None, Value | None]:
    """The figure of a month, and of the twelve months that end with it."""
    if measurement is None:
        return None, None
    rolling = (v for v in measurement.rolling if v.period.last_day == month.last_day)
    return measurement.at(month), next(rolling, None)


def _is_same(then: Value | None, now: Value | None) -> bool:
    if then is None or now is None:
        return then is now
    return _made_of(then) == _made_of(now)


def _made_of(value: Value) -> tuple[object, ...]:
    return value.numerator, value.denominator, value.given, value.period.months, value.scale
