"""Published figures by indicator, area and year, read from a folder of downloaded files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from lineofsight.comparators.catalogue import POPULATION, PUBLISHED_INDICATORS
from lineofsight.comparators.explore_education import (
    NONE_COUNTED,
    Cell,
    PublishedFile,
    Series,
    TableForm,
    area_of,
    read_cell,
    read_folder,
    year_of,
)
from lineofsight.comparators.published_indicator import (
    PublishedFigure,
    PublishedIndicator,
    Release,
)
from lineofsight.reference.places import ENGLAND_CODE

Row = Mapping[str, str]
AreaYear = tuple[str, int]

# Days a release came out; a release that is not here has no date (None), never a guessed one.
#   Children in need 2019 (childhub.org) and 2020 (fenews.co.uk), looked after 2020 (fenews.co.uk),
#   workforce 2023 (gov.uk): the date stands on the listing. Children in need 2024: as announced;
#   the archived copy of its page does not show the date.
_PUBLISHED_ON: Mapping[tuple[Series, int], date] = {
    (Series.CHILDREN_IN_NEED, 2019): date(2019, 10, 31),
    (Series.CHILDREN_IN_NEED, 2020): date(2020, 11, 26),
    (Series.CHILDREN_IN_NEED, 2024): date(2024, 10, 31),
    (Series.CHILDREN_LOOKED_AFTER, 2020): date(2020, 12, 10),
    (Series.WORKFORCE, 2023): date(2024, 2, 29),
}


@dataclass(frozen=True, slots=True)
class PopulationEstimate:
    """Residents aged 0 to 17 at the middle of a year, and the release it is from."""

    estimate: Decimal
    mid_year: int
    release: Release


@dataclass(frozen=True, slots=True)
class Published:
    """All figures of a folder.

    `figures` are keyed by indicator identity and year, then by area code (as `area_of` gives it);
    `populations` by area code and mid-year. `unused` names the files no indicator is read from.
    """

    figures: Mapping[tuple[str, int], Mapping[str, PublishedFigure]]
    populations: Mapping[AreaYear, PopulationEstimate]
    unused: tuple[str, ...] = ()

    @property
    def indicators(self) -> tuple[PublishedIndicator, ...]:
        """The indicators that the folder has figures of, in committee order."""
        present = {identity for identity, _ in self.figures}
        return tuple(one for one in PUBLISHED_INDICATORS if one.id in present)

    def figure(self, indicator: str, area: str, year: int) -> PublishedFigure | None:
        """The figure of one area and year, a suppressed one too; None where there is no row."""
        return self.figures.get((indicator, year), {}).get(area)

    def years(self, indicator: str) -> tuple[int, ...]:
        """Years that the folder has figures of an indicator for, oldest first."""
        return tuple(sorted(year for identity, year in self.figures if identity == indicator))

    def of_authorities(self, indicator: str, year: int) -> tuple[PublishedFigure, ...]:
        """Figures of every single authority that has a value in a year, in order of code."""
        found = self.figures.get((indicator, year), {}).values()
        single = (figure for figure in found if len(figure.area) == 3)
        valued = (figure for figure in single if figure.value is not None)
        return tuple(sorted(valued, key=lambda figure: figure.area))

    def joint_figure(self, indicator: str, area: str, year: int) -> PublishedFigure | None:
        """The figure that an authority shares with another one ('A / B'), if it does."""
        found = self.figures.get((indicator, year), {})
        return next((found[code] for code in found if area in code.split(" / ")), None)


def read_published(folder: Path) -> Published:
    """Read the downloaded files of a folder, whatever they are called.

    Where two releases give the same figure, the newest counts; a release that publishes a figure
    counts before one from which it would have to be worked out. Raises UsageFault where the folder
    holds no published file.
    """
    files = read_folder(folder)
    populations = _populations(files)
    figures: dict[tuple[str, int], dict[str, PublishedFigure]] = {}
    for figure in _all_figures(files, populations):
        by_area = figures.setdefault((figure.indicator.id, figure.year), {})
        known = by_area.get(figure.area)
        if known is None or _precedence(figure) > _precedence(known):
            by_area[figure.area] = figure
    return Published(figures, populations, _unused(files))


def _unused(files: Iterable[PublishedFile]) -> tuple[str, ...]:
    forms = {POPULATION, *(one.form for one in PUBLISHED_INDICATORS)}
    used = (f for f in files if f.rows and any(form.fits(f.columns) for form in forms))
    return tuple(sorted({file.name for file in files} - {file.name for file in used}))


def _precedence(figure: PublishedFigure) -> tuple[bool, int]:
    return (not figure.is_derived, figure.release.year)


def _release(form: TableForm, file: PublishedFile) -> Release:
    year = file.newest_year
    return Release(form.series, year, _PUBLISHED_ON.get((form.series, year)))


def _populations(files: Iterable[PublishedFile]) -> dict[AreaYear, PopulationEstimate]:
    found: dict[AreaYear, PopulationEstimate] = {}
    of_population = (file for file in files if file.rows and POPULATION.fits(file.columns))
    for file in sorted(of_population, key=lambda file: file.newest_year):
        newest = file.newest_year + 1  # mid-2023 estimates come with the release of 2024
        series = POPULATION.series
        release = Release(series, newest, _PUBLISHED_ON.get((series, newest)))
        for row in file.rows:
            estimate, key = read_cell(row["population_estimate"]).number, _key(row)
            if estimate is not None:
                found[key] = PopulationEstimate(estimate, key[1], release)
    return found


def _key(row: Row) -> AreaYear:
    return area_of(row)[0], year_of(row)


def _all_figures(
    files: Sequence[PublishedFile], populations: Mapping[AreaYear, PopulationEstimate]
) -> Iterator[PublishedFigure]:
    for indicator in PUBLISHED_INDICATORS:
        for file in files:
            if file.rows and indicator.form.fits(file.columns):
                yield from _figures_of(indicator, file, populations)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One indicator being read from one file."""

    indicator: PublishedIndicator
    file: PublishedFile
    populations: Mapping[AreaYear, PopulationEstimate]
    columns: Mapping[str, str]
    wholes: Mapping[AreaYear, Row]
    release: Release

    @property
    def value_column(self) -> str | None:
        return self.columns.get(self.indicator.value)

    def can_give(self, year: int) -> bool:
        """Whether there is a figure: it is published, or its population is in the folder."""
        if self.value_column is not None or not self.indicator.of_population:
            return True
        return (ENGLAND_CODE, year - 1) in self.populations

    def top(self, row: Row) -> Cell:
        return self._total(row, self.indicator.numerator)

    def bottom(self, row: Row) -> Cell:
        """The denominator: the population, or columns of this row or of the row of the whole."""
        area, year = _key(row)
        if self.indicator.of_population:
            people = self.populations.get((area, year - 1))
            return Cell(people.estimate) if people else Cell(None, "x")
        whole = self._total(self.wholes.get((area, year), row), self.indicator.denominator)
        if self.indicator.per_working_day and whole.number is not None:
            return Cell(whole.number * _working_days(year))
        return whole

    def _total(self, row: Row, names: Sequence[str]) -> Cell:
        """Sum of cells; the first symbol among them where one is no number."""
        cells = [read_cell(row[self.columns[name]]) for name in names]
        missing = next((cell for cell in cells if cell.number is None), None)
        return missing or Cell(sum((cell.number or Decimal(0) for cell in cells), Decimal(0)))


def _figures_of(
    indicator: PublishedIndicator,
    file: PublishedFile,
    populations: Mapping[AreaYear, PopulationEstimate],
) -> Iterator[PublishedFigure]:
    columns = {new: old for old, new in indicator.form.renamed(file.columns).items()}
    wholes = _rows_by_key(file, indicator.of_where)
    release = _release(indicator.form, file)
    reading = _Reading(indicator, file, populations, columns, wholes, release)
    rows = _rows_by_key(file, indicator.where).items()
    return (_figure(reading, row) for (_, year), row in rows if reading.can_give(year))


def _rows_by_key(file: PublishedFile, where: tuple[tuple[str, str], ...]) -> dict[AreaYear, Row]:
    chosen = (row for row in file.rows if all(row[c] == wanted for c, wanted in where))
    return {_key(row): row for row in chosen}


def _figure(reading: _Reading, row: Row) -> PublishedFigure:
    area, name = area_of(row)
    top, bottom = reading.top(row), reading.bottom(row)
    column = reading.value_column
    value = read_cell(row[column]) if column else _worked_out(reading.indicator, top, bottom)
    return PublishedFigure(
        indicator=reading.indicator,
        area=area,
        area_name=name,
        year=year_of(row),
        numerator=top.number,
        denominator=bottom.number,
        value=value.number,
        symbol=value.symbol,
        is_derived=column is None,
        release=reading.release,
    )


def _worked_out(indicator: PublishedIndicator, top: Cell, bottom: Cell) -> Cell:
    if top.number is None:
        return top
    if bottom.number is None:
        return bottom
    if not bottom.number:
        return Cell(None, NONE_COUNTED)
    return Cell(top.number / bottom.number * indicator.scale)


def _working_days(year: int) -> int:
    """Working days of a year to 30 September as the workforce census counts them."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 254 if is_leap else 253
