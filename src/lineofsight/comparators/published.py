"""Published figures by indicator, area and year, read from a folder of downloaded files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from lineofsight.comparators.catalogue import CHILDREN, POPULATION, PUBLISHED_INDICATORS
from lineofsight.comparators.comparator import first_known
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
from lineofsight.comparators.neighbours import Neighbours, list_for, shipped_lists
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
    `populations` by area code and mid-year. `unused` names the files no indicator is read from;
    `lists` are the lists of statistical neighbours to compare with; `releases` are those of the
    files.
    """

    figures: Mapping[tuple[str, int], Mapping[str, PublishedFigure]]
    populations: Mapping[AreaYear, PopulationEstimate]
    unused: tuple[str, ...] = ()
    lists: tuple[Neighbours, ...] = field(default_factory=shipped_lists)
    releases: tuple[Release, ...] = ()

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

    def neighbours_for(self, year: int) -> Neighbours:
        """Choose the list of statistical neighbours for figures of a year."""
        return list_for(year, self.lists)

    def first_published(self, indicator: PublishedIndicator, year: int) -> date:
        """Give the day figures of a year were first out.

        That of the year's own release, where a file or we know it; else `first_known`.
        """
        series = indicator.form.series
        of_year = (one for one in self.releases if (one.series, one.year) == (series, year))
        days = [one.published_on for one in of_year if one.published_on is not None]
        known = min(days, default=release_day(series, year))
        return known or first_known(indicator.timing.period(year).last_day)

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
    return published_of(read_folder(folder))


def published_of(
    files: Sequence[PublishedFile], lists: tuple[Neighbours, ...] | None = None
) -> Published:
    """Make figures of files that were read; see `read_published`.

    Of two files of one release the last counts, so that a corrected file replaces the first.
    """
    populations = _populations(files)
    figures: dict[tuple[str, int], dict[str, PublishedFigure]] = {}
    for figure in _all_figures(files, populations):
        by_area = figures.setdefault((figure.indicator.id, figure.year), {})
        known = by_area.get(figure.area)
        if known is None or _precedence(figure) >= _precedence(known):
            by_area[figure.area] = figure
    releases = {figure.release for held in figures.values() for figure in held.values()}
    return Published(
        figures, populations, _unused(files), lists or shipped_lists(), tuple(releases)
    )


def _unused(files: Iterable[PublishedFile]) -> tuple[str, ...]:
    forms = {POPULATION, *(one.form for one in PUBLISHED_INDICATORS)}
    used = (f for f in files if f.rows and any(form.fits(f.columns) for form in forms))
    return tuple(sorted({file.name for file in files} - {file.name for file in used}))


def _precedence(figure: PublishedFigure) -> tuple[bool, int]:
    return (not figure.is_derived, figure.release.year)


def release_day(series: Series, year: int) -> date | None:
    """Give the day a release came out, where we could establish it."""
    return _PUBLISHED_ON.get((series, year))


def _release(form: TableForm, file: PublishedFile) -> Release:
    year = file.newest_year
    return Release(form.series, year, file.published_on or release_day(form.series, year))


def _populations(files: Iterable[PublishedFile]) -> dict[AreaYear, PopulationEstimate]:
    found: dict[AreaYear, PopulationEstimate] = {}
    of_population = (file for file in files if file.rows and POPULATION.fits(file.columns))
    for file in sorted(of_population, key=lambda file: file.newest_year):
        newest = file.newest_year + 1  # mid-2023 estimates come with the release of 2024
        series = POPULATION.series
        release = Release(series, newest, file.published_on or release_day(series, newest))
        column = _columns_by_spelling(POPULATION, file)["population_estimate"]
        for row in _rows_where(file, POPULATION, (("age_group", CHILDREN),)):
            estimate, key = read_cell(row[column]).number, _key(row)
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
        return self.columns.get(self.indicator.value.casefold())

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
        cells = [read_cell(row[self.columns[name.casefold()]]) for name in names]
        missing = next((cell for cell in cells if cell.number is None), None)
        return missing or Cell(sum((cell.number or Decimal(0) for cell in cells), Decimal(0)))


def _figures_of(
    indicator: PublishedIndicator,
    file: PublishedFile,
    populations: Mapping[AreaYear, PopulationEstimate],
) -> Iterator[PublishedFigure]:
    columns = _columns_by_spelling(indicator.form, file)
    wholes = _rows_by_key(file, indicator.form, indicator.of_where) if indicator.of_where else {}
    release = _release(indicator.form, file)
    reading = _Reading(indicator, file, populations, columns, wholes, release)
    rows = _rows_by_key(file, indicator.form, indicator.where).items()
    return (_figure(reading, row) for (_, year), row in rows if reading.can_give(year))


def _columns_by_spelling(form: TableForm, file: PublishedFile) -> dict[str, str]:
    return {new: old for old, new in form.renamed(file.columns).items()}


def _rows_by_key(
    file: PublishedFile, form: TableForm, where: tuple[tuple[str, str], ...]
) -> dict[AreaYear, Row]:
    return {_key(row): row for row in _rows_where(file, form, where)}


def _rows_where(
    file: PublishedFile, form: TableForm, where: tuple[tuple[str, str], ...]
) -> Iterator[Row]:
    columns = _columns_by_spelling(form, file)
    wanted = [(columns[name.casefold()], text) for name, text in where]
    return (row for row in file.rows if all(row[name] == text for name, text in wanted))


def repeated_row(file: PublishedFile) -> tuple[str, int] | None:
    """Find an area and year with two rows where one is expected; None where each has one.

    A release that adds a breakdown adds rows; whichever of them was taken, it could be a part of
    the figure in place of the whole.
    """
    for form, where in _expected(file):
        counted = Counter(_key(row) for row in _rows_where(file, form, where))
        if repeated := next((key for key, rows in counted.items() if rows > 1), None):
            return repeated
    return None


def _expected(file: PublishedFile) -> Iterator[tuple[TableForm, tuple[tuple[str, str], ...]]]:
    """Every choice of rows that is made from a file, and that should leave one an area and year."""
    if POPULATION.fits(file.columns):
        yield POPULATION, (("age_group", CHILDREN),)
    for one in PUBLISHED_INDICATORS:
        if one.form.fits(file.columns):
            yield one.form, one.where
            yield one.form, one.of_where or one.where


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
