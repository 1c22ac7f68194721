"""What the paper says of where an authority stands, and what it must not say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lineofsight.overview.funnel_chart import Standing
from lineofsight.overview.overview import Kind, Overview
from lineofsight.reference.places import authorities
from tests.countries import draw_country, of_year, paper_of

PLAN_RATE = "child_protection.plan_rate"
REPEATS = "child_protection.repeat_plans"
AS_AT = date(2026, 1, 1)
# The n-th authority has the n-th of five rates and shares, again and again; see countries.py.
CODES = [place.code for place in of_year(2024)]


def paper(folder: Path, name: str = "Southampton") -> Overview:
    return paper_of(name, 2024, folder, AS_AT)


def standing(overview: Overview, indicator: str) -> Standing:
    return next(one for one in overview.standings if one.indicator_id == indicator)


def named_at(step: int) -> str:
    """An authority at one of the five steps that has no twin by name."""
    place = next(p for n, p in enumerate(of_year(2024)) if n % 5 == step and p.code > "800")
    return place.name


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country")
    draw_country(folder, (2023, 2024), {("301", 2024): "c", ("302", 2024): "c"})
    return folder


def test_rank_quarter_and_ties_where_low_is_good(country: Path) -> None:
    """153 authorities, shares of 10 to 30% in turn: 31 have 10, 15 and 20%, 30 have 25 and 30%.

    Places 38, 76 and 114 of 0 to 152: the quartiles are 15, 20 and 25%. At 10% all rank first, in
    the lowest quarter; at 30% they rank 31 + 31 + 31 + 30 + 1 = 124th, in the highest.
    """
    best = standing(paper(country, named_at(0)), REPEATS).ranking
    worst = standing(paper(country, named_at(4)), REPEATS).ranking
    middle = standing(paper(country, named_at(2)), REPEATS).ranking
    assert len(CODES) == 153
    assert best == (
        f"{named_at(0)} ranks 1st of 153 authorities with a figure, level with 30 others, "
        "in the lowest quarter (lower is better)."
    )
    assert worst == (
        f"{named_at(4)} ranks 124th of 153 authorities with a figure, level with 29 others, "
        "in the highest quarter (higher is worse)."
    )
    assert middle == (
        f"{named_at(2)} ranks 63rd of 153 authorities with a figure, level with 30 others, "
        "in the second-lowest quarter (lower is better)."
    )


def test_neutral_has_a_place_in_the_funnel_and_no_rank(country: Path) -> None:
    found = standing(paper(country), PLAN_RATE)
    assert found.ranking == ""
    assert found.position.startswith("Southampton lies within the 95% limits around England's 40.0")
    assert "quarter" not in found.said


def test_the_word_outlier_needs_the_rule_of_outliers(tmp_path: Path) -> None:
    """250 of 10,000 children, where 40 are usual: ten times as far as any other authority."""
    draw_country(tmp_path, (2023, 2024), {(CODES[0], 2024): "4000"})
    found = standing(paper(tmp_path, of_year(2024)[0].name), PLAN_RATE)
    assert "above the 99.8% limits" in found.position
    assert found.position.endswith(": an outlier, which needs explaining.")


def test_suppressed_authorities_are_said_and_are_no_marks(country: Path) -> None:
    funnel = standing(paper(country), PLAN_RATE).funnel
    assert funnel is not None
    assert len(funnel.marks) == 151
    assert (
        "151 English authorities. Two others without a figure: suppressed so that no child can "
        "be identified." in funnel.caption
    )


def test_the_caption_stands_alone(country: Path) -> None:
    funnel = standing(paper(country), PLAN_RATE).funnel
    assert funnel is not None
    assert funnel.caption.startswith("Children with child protection plans, 31 March 2024: ")
    assert "Source: Children in need, child protection plans" in funnel.caption


def test_many_without_a_figure_are_a_warning(tmp_path: Path) -> None:
    hidden = {(code, 2024): "c" for code in CODES[:40]}
    draw_country(tmp_path, (2023, 2024), hidden)
    found = standing(paper(tmp_path), PLAN_RATE)
    assert found.remark.startswith("40 authorities have no figure and are left out")
    assert standing(paper(tmp_path), REPEATS).remark == ""


def test_an_authority_without_a_figure_has_no_standing(country: Path) -> None:
    name = next(place.name for place in authorities() if place.code == "301")
    assert [one.indicator_id for one in paper(country, name).standings].count(PLAN_RATE) == 0


def test_every_title_states_the_place_in_ten_words_or_fewer(country: Path) -> None:
    names = [place.name for place in of_year(2024) if place.code not in ("301", "302")]
    longest = sorted(names, key=lambda name: -len(name.split()))[:8]
    for name in longest:
        for one in paper(country, name).standings:
            assert one.funnel is not None
            assert len(one.funnel.title.split()) <= 10
            assert "limits" in one.funnel.title


def test_the_neighbours_are_marked_and_told(country: Path) -> None:
    funnel = standing(paper(country), PLAN_RATE).funnel
    assert funnel is not None
    kinds = [mark.kind for mark in funnel.marks]
    assert (kinds.count("own"), kinds.count("neighbour")) == (1, 10)
    assert next(mark.name for mark in funnel.told) == "Southampton"
    assert "Its 10 statistical neighbours with a figure run from" in funnel.alternative


def test_a_numbered_item_says_its_rank(country: Path) -> None:
    """At 30% where neighbours have less, second plans are an area for development."""
    overview = paper(country, named_at(4))
    items = [item for section in overview.sections for item in section.items]
    item = next(item for item in items if item.indicator_id == REPEATS)
    said = [s.text for s in item.sentences if s.kind is Kind.COMPUTED]
    assert standing(overview, REPEATS).ranking in said


def test_without_the_populations_the_paper_is_made_and_no_rate_is_drawn(tmp_path: Path) -> None:
    """Nothing to count a rate from: no funnel, and nobody is called an outlier."""
    draw_country(tmp_path, (2023, 2024), {(CODES[0], 2024): "4000"})
    (tmp_path / "population.csv").unlink()
    found = standing(paper(tmp_path, of_year(2024)[0].name), PLAN_RATE)
    assert found.funnel is None
    assert found.said == "No funnel is drawn: the counts behind the figures are not published."
