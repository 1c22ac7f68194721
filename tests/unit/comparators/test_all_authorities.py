"""All authorities of a year, from drawn files: who has a figure, and why others have none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.countries import draw_country, of_year

from lineofsight.comparators.published import read_published
from lineofsight.measurement.all_authorities import AllAuthorities, all_authorities
from lineofsight.measurement.spread import spreads
from lineofsight.reference.places import find_place

SOUTHAMPTON = find_place("Southampton")
PLAN_RATE = "child_protection.plan_rate"


def gathered(folder: Path, year: int, indicator: str = PLAN_RATE) -> AllAuthorities:
    found = all_authorities(read_published(folder), SOUTHAMPTON, year)
    return next(one for one in found if one.indicator.id == indicator)


@pytest.fixture
def country(tmp_path: Path) -> Path:
    draw_country(tmp_path, (2023, 2024), {("301", 2024): "c", ("302", 2024): "z"})
    return tmp_path


def test_every_authority_with_a_figure_is_there_and_the_others_are_reasons(country: Path) -> None:
    everyone = gathered(country, 2024)
    assert len(everyone.figures) == len(of_year(2024)) - 2
    assert everyone.without == (
        ("published as 'c': suppressed so that no child can be identified", 1),
        ("published as 'z': not applicable", 1),
    )
    assert everyone.figure("301") is None


def test_its_neighbours_and_england_are_named(country: Path) -> None:
    everyone = gathered(country, 2024)
    assert (everyone.own, len(everyone.neighbours), everyone.england) == ("852", 10, Decimal(40))


def test_a_figure_is_rounded_as_it_is_published_and_keeps_its_counts(country: Path) -> None:
    own = gathered(country, 2024).figure("852")
    assert own is not None
    assert own.counts is not None
    assert own.value == round(Decimal(own.counts[0]) / Decimal(own.counts[1]) * 10_000, 1)


def test_overdispersion_is_the_one_findings_are_judged_by(country: Path) -> None:
    measured = {one.indicator: one.tau for one in spreads(read_published(country), 2024)}
    assert gathered(country, 2024).tau == measured[PLAN_RATE] > 0


def test_an_authority_that_ended_is_not_missed(country: Path) -> None:
    """Cumbria's last year was 2023: in 2024 it is neither a figure nor a reason."""
    assert gathered(country, 2023).figure("909") is not None
    assert gathered(country, 2024).figure("909") is None


def test_without_the_populations_there_is_a_rank_and_no_overdispersion(tmp_path: Path) -> None:
    """The rates are published, but nothing they could be counted from."""
    draw_country(tmp_path, (2023, 2024))
    (tmp_path / "population.csv").unlink()
    everyone = gathered(tmp_path, 2024)
    assert len(everyone.figures) == len(of_year(2024))
    assert everyone.tau is None
    assert all(figure.counts is None for figure in everyone.figures)
