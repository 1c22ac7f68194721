"""A trend of ten years: gaps stay gaps, and what the years rest on is said and marked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lineofsight.measurement.trend_basis import TrendBasis
from lineofsight.overview.overview import Chart, ChartEvent
from lineofsight.overview.trend_remarks import changes_of_list, remarks_on
from tests.countries import draw_country, of_year, paper_of

REPEATS = "child_protection.repeat_plans"
PLAN_RATE = "child_protection.plan_rate"
AS_AT = date(2027, 1, 1)


def outlier_drawn(folder: Path, years: tuple[int, ...], hidden: tuple[int, ...] = ()) -> None:
    """Southampton with 2,000 children on a plan each year, suppressed in the years named."""
    changed = {("852", year): "c" if year in hidden else "2000" for year in years}
    draw_country(folder, years, changed)


def chart(folder: Path, year: int) -> Chart:
    overview = paper_of("Southampton", year, folder, AS_AT)
    items = [item for section in overview.sections for item in section.items]
    return next(item.chart for item in items if item.indicator_id == PLAN_RATE)


def test_a_suppressed_year_breaks_the_line_and_is_named(tmp_path: Path) -> None:
    outlier_drawn(tmp_path, (2021, 2022, 2023, 2024), hidden=(2022,))
    drawn = chart(tmp_path, 2024)
    own = drawn.series[0]
    assert drawn.labels == ("2021", "2022", "2023", "2024")
    assert [value is None for value in own.values] == [False, True, False, False]
    assert "No figure for 2022." in drawn.caption


def test_every_line_is_named_and_the_first_is_the_authority(tmp_path: Path) -> None:
    outlier_drawn(tmp_path, (2023, 2024))
    labels = [series.label for series in chart(tmp_path, 2024).series]
    assert labels == ["Southampton", "Statistical neighbours", "England"]


def test_no_more_than_ten_years_are_drawn(tmp_path: Path) -> None:
    outlier_drawn(tmp_path, tuple(range(2013, 2025)))
    assert chart(tmp_path, 2024).labels == tuple(str(year) for year in range(2015, 2025))


def test_another_list_of_neighbours_is_marked_and_said(tmp_path: Path) -> None:
    outlier_drawn(tmp_path, (2023, 2024, 2025))
    drawn = chart(tmp_path, 2025)
    assert drawn.events == (ChartEvent(2, "Neighbours: list of May 2025"),)
    assert (
        "Neighbours by the list of April 2021 up to 2024 and the list of May 2025 from 2025 on"
        in drawn.caption
    )
    assert "Marked at 2025: Neighbours: list of May 2025." in drawn.alternative


def test_one_list_throughout_is_said_and_not_marked(tmp_path: Path) -> None:
    outlier_drawn(tmp_path, (2023, 2024))
    drawn = chart(tmp_path, 2024)
    assert drawn.events == ()
    assert "Neighbours by the list of April 2021 in every year." in drawn.caption


def test_another_population_is_said(tmp_path: Path) -> None:
    """Two releases in one folder: plans of 2023 as of one of that year, of 2024 as of the next."""
    outlier_drawn(tmp_path / "first", (2022, 2023))
    outlier_drawn(tmp_path / "second", (2024,))
    together = tmp_path / "together"
    together.mkdir()
    for folder in ("first", "second"):
        for file in (tmp_path / folder).glob("*.csv"):
            (together / f"{folder}-{file.name}").write_bytes(file.read_bytes())
    assert (
        "Population by the estimates used in Children in need 2023 up to 2023 and the estimates "
        "used in Children in need 2024 from 2024 on." in chart(together, 2024).caption
    )


def test_a_percentage_says_nothing_of_a_population(tmp_path: Path) -> None:
    draw_country(tmp_path, (2023, 2024))
    name = next(p.name for n, p in enumerate(of_year(2024)) if n % 5 == 4 and p.code > "800")
    overview = paper_of(name, 2024, tmp_path, AS_AT)
    items = [item for section in overview.sections for item in section.items]
    caption = next(item.chart.caption for item in items if item.indicator_id == REPEATS)
    assert "Population" not in caption


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((10, 10), ""),
        ((9, 10), "; 9 or 10 of the ten have a figure"),
        ((4, 7), "; 4 to 7 of the ten have a figure"),
        ((8, 8), "; 8 of the ten have a figure"),
    ],
)
def test_how_many_neighbours_have_a_figure_is_said_where_some_have_none(
    counts: tuple[int, int], said: str
) -> None:
    basis = TrendBasis(
        groups=((2023, "April 2021"), (2024, "April 2021")),
        members=((2023, counts[0]), (2024, counts[1])),
    )
    first = "Neighbours by the list of April 2021 in every year"
    assert remarks_on((2023, 2024), (), basis) == (f"{first}{said}",)


def test_years_off_the_axis_are_not_spoken_of() -> None:
    """The list changed in 2025; a chart that begins there has one list and no mark."""
    basis = TrendBasis(groups=((2024, "April 2021"), (2025, "May 2025"), (2026, "May 2025")))
    assert changes_of_list((2025, 2026), basis) == ()
    assert remarks_on((2025, 2026), (), basis) == (
        "Neighbours by the list of May 2025 in every year",
    )
