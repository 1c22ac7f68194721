"""What must be said of a trend beside its lines: years without a figure, lists and populations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lineofsight.measurement.trend_basis import ByYear, TrendBasis
from lineofsight.overview.numerals import listed
from lineofsight.overview.overview import ChartEvent

_ALL_TEN = 10
NOTHING_KNOWN = TrendBasis()


def remarks_on(years: Sequence[int], missing: Sequence[int], basis: TrendBasis) -> tuple[str, ...]:
    """Say what the years of a chart rest on, in sentences for its caption.

    `years` are those of the axis and `missing` those of them in which the authority has no figure.
    """
    return tuple(_remarks(years, missing, basis))


def changes_of_list(years: Sequence[int], basis: TrendBasis) -> tuple[ChartEvent, ...]:
    """Mark the years from which the neighbours are those of another list."""
    spells = _spells(_within(basis.groups, years))
    return tuple(
        ChartEvent(years.index(first), f"Neighbours: list of {name}") for first, name in spells[1:]
    )


def _remarks(years: Sequence[int], missing: Sequence[int], basis: TrendBasis) -> Iterator[str]:
    if missing:
        yield f"No figure for {listed([str(year) for year in missing])}"
    groups = _within(basis.groups, years)
    if groups:
        names = [f"the list of {name}" for _, name in _spells(groups)]
        yield f"Neighbours by {_by_spell(groups, names, len(years))}{_of_ten(years, basis)}"
    populations = _within(basis.populations, years)
    if populations:
        names = [f"the estimates used in {name}" for _, name in _spells(populations)]
        yield f"Population by {_by_spell(populations, names, len(years))}"


def _within(by_year: ByYear, years: Sequence[int]) -> ByYear:
    return tuple((year, name) for year, name in by_year if year in years)


def _spells(by_year: ByYear) -> list[tuple[int, str]]:
    """The first year of each run of years that have the same name."""
    runs = groupby(by_year, key=lambda entry: entry[1])
    return [(next(iter(run))[0], name) for name, run in runs]


def _by_spell(by_year: ByYear, names: Sequence[str], count: int) -> str:
    spells = _spells(by_year)
    if len(spells) == 1:
        return f"{names[0]} in every year" if count > 1 else names[0]
    first = f"{names[0]} up to {spells[1][0] - 1}"
    later = [
        f"{name} from {year} on" for name, (year, _) in zip(names[1:], spells[1:], strict=True)
    ]
    return listed([first, *later])


def _of_ten(years: Sequence[int], basis: TrendBasis) -> str:
    """Say how many neighbours have a figure, where it is not all ten in every year."""
    counts = [count for year, count in basis.members if year in years]
    low, high = min(counts, default=_ALL_TEN), max(counts, default=_ALL_TEN)
    if low >= _ALL_TEN:
        return ""
    joined = "or" if high - low == 1 else "to"
    span = str(low) if low == high else f"{low} {joined} {high}"
    return f"; {span} of the ten have a figure"
