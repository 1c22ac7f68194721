"""Every English authority, judged from the published statistics of two years.

The files are the Department's own, read in place from the shared folder: what is checked here is
that nothing fails, that the sentences say the figures that were published, and that the selection
is one a director can work with.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import mean, median

import pytest

from lineofsight.comparators.comparator import Area
from lineofsight.comparators.neighbours import neighbours_for
from lineofsight.comparators.published import Published, read_published
from lineofsight.judgement.finding import Direction, Finding, Verdict
from lineofsight.judgement.judge import judge, near_misses
from lineofsight.measurement.measurement import round_half_up
from lineofsight.measurement.published import comparators_for, measure_published
from lineofsight.measurement.spread import spreads
from lineofsight.reference.places import ENGLAND_CODE, Place, authorities
from lineofsight.reference.polarity import Polarity

SHARED = Path(
    os.environ.get("LINEOFSIGHT_SHARED", Path(__file__).resolve().parents[2] / "../shared")
)
FOLDER = SHARED / "reference" / "dfe"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason="The published statistics are absent: put the shared folder beside the project, or name"
    " it in LINEOFSIGHT_SHARED.",
)

YEARS = (2020, 2024)
AS_AT = date(2026, 1, 1)
Judged = dict[tuple[int, str], tuple[Finding, ...]]

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# What a sentence says besides figures: units, intervals, and rules in words.
_FIXED = ("per 10,000", "99.8%", "95%")
_WORSE_OR_BETTER = re.compile(r"\b(worse|better|as good|improve\w*|deteriorat\w*)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def published() -> Published:
    return read_published(FOLDER)


@pytest.fixture(scope="module")
def judged(published: Published) -> Judged:
    """The findings of every authority of both years, worked out once."""
    by_year = {year: spreads(published, year) for year in YEARS}
    return {
        (year, place.code): judge(
            measure_published(published, place, year),
            comparators_for(published, place, year),
            by_year[year],
            {},
            AS_AT,
        )
        for year in YEARS
        for place in authorities()
    }


def measured(judged: Judged) -> Iterator[tuple[int, str, Finding]]:
    for (year, code), findings in judged.items():
        yield from ((year, code, f) for f in findings if f.evidence.level is not None)


def test_every_authority_has_a_finding_on_every_indicator(judged: Judged) -> None:
    assert len(judged) == len(YEARS) * len(authorities())
    assert {len(findings) for findings in judged.values()} == {26}


def test_the_level_is_the_published_figure(judged: Judged, published: Published) -> None:
    """Within half of the last decimal published; shares the Department gives in bands, exactly."""
    for year, code, found in measured(judged):
        figure = published.figure(found.indicator_id, code, year)
        assert figure is not None
        assert figure.value is not None
        assert found.evidence.level is not None
        half = Decimal("0.5").scaleb(-found.measurement.indicator.decimals)
        apart = abs(found.evidence.level - figure.value)
        assert apart <= half + Decimal("0.001"), (found.indicator_id, code, year)


def test_comparators_are_those_published_and_never_the_authority_itself(
    judged: Judged, published: Published
) -> None:
    places = {place.code: place for place in authorities()}
    for year, code, found in measured(judged):
        assert code not in neighbours_for(year).of(code)
        for compared in found.evidence.comparisons:
            expected = beside(published, found.indicator_id, places[code], year)
            area = compared.comparator.area
            assert compared.comparator.value == expected[area], (found.indicator_id, code, area)


def beside(
    published: Published, indicator: str, place: Place, year: int
) -> dict[Area, Decimal | None]:
    """What the authority is compared with, taken again from the published figures."""

    def value(area: str) -> Decimal | None:
        figure = published.figure(indicator, area, year)
        return figure.value if figure else None

    ten = [v for code in neighbours_for(year).of(place.code) if (v := value(code)) is not None]
    return {
        Area.STATISTICAL_NEIGHBOURS: mean(ten) if ten else None,
        Area.REGION: value(place.region_code),
        Area.ENGLAND: value(ENGLAND_CODE),
    }


def test_every_number_in_a_reason_is_a_fact(judged: Judged) -> None:
    for year, code, found in measured(judged):
        said = numbers_in(found)
        assert said <= facts_of(found), (year, code, found.because, said - facts_of(found))
        assert said, found.because


def numbers_in(found: Finding) -> set[str]:
    """Numbers of the reason, without periods, units and the names of intervals."""
    text = found.because
    periods = {c.comparator.period for c in found.evidence.comparisons}
    level = found.measurement.level
    assert level is not None
    for fixed in sorted({*periods, level.period.label, *_FIXED}, key=len, reverse=True):
        text = text.replace(fixed, "")
    return set(_NUMBER.findall(text))


def facts_of(found: Finding) -> set[str]:
    """Everything a reason may say, each at the precision it is shown at."""
    e, decimals = found.evidence, found.measurement.indicator.decimals
    figures = [e.level, *(e.interval or ()), *(e.interval_wide or ())]
    figures += [e.change.before, e.change.after] if e.change else []
    facts = {f"{round_half_up(f, decimals):,f}" for f in figures if f is not None}
    facts |= {
        f"{round_half_up(c.comparator.value, c.comparator.decimals):,f}" for c in e.comparisons
    }
    if e.usual_gaps is not None:
        facts.add(f"{round_half_up(Decimal(repr(e.usual_gaps)), 1)}")
    return facts | {str(e.months_held)}


def test_a_side_is_said_as_the_figures_lie(judged: Judged) -> None:
    for _, _, found in measured(judged):
        for compared in found.evidence.comparisons:
            if compared.direction is not Direction.SIMILAR:
                assert (compared.gap > 0) == (compared.direction is Direction.HIGHER)
        first = found.evidence.first
        if found.rule == "R2a":
            assert first is not None
            is_low = found.evidence.good is Polarity.HIGH
            assert (" lower than " if is_low else " higher than ") in found.because


def test_nothing_is_called_worse_or_better_where_neither_way_is_good(judged: Judged) -> None:
    for _, _, found in measured(judged):
        if found.evidence.good is Polarity.NEUTRAL:
            said = " ".join((found.because, *found.tensions, found.would_change))
            assert not _WORSE_OR_BETTER.search(said), said
            assert found.verdict is not Verdict.POSITIVE


def test_a_yearly_paper_speaks_of_no_months(judged: Judged) -> None:
    for findings in judged.values():
        said = [text.split(": ", 1)[1] for text in near_misses(findings)]
        assert not [text for text in said if "month" in text]


@pytest.mark.parametrize("year", YEARS)
def test_a_director_gets_a_list_that_can_be_worked_with(judged: Judged, year: int) -> None:
    """Half of the authorities have at most five areas for development, nine in ten at most ten."""
    of_year = [findings for (each, _), findings in judged.items() if each == year]
    counts = [Counter(f.verdict for f in findings) for findings in of_year]
    listed = sorted(count[Verdict.DEVELOPMENT] for count in counts)

    assert 2 <= median(listed) <= 5
    assert listed[len(listed) * 9 // 10] <= 10
    assert listed[-1] <= 20
    assert 1 <= median(count[Verdict.POSITIVE] for count in counts) <= 4


@pytest.mark.parametrize("year", YEARS)
def test_few_authorities_are_outliers_and_few_far_from_their_neighbours(
    judged: Judged, year: int
) -> None:
    """Of an indicator without a good side: outliers at most 6%, far from neighbours at most 15%."""
    rules: dict[str, list[str]] = {}
    for each, _, found in measured(judged):
        if each == year and found.evidence.good is Polarity.NEUTRAL:
            rules.setdefault(found.indicator_id, []).append(found.rule)

    assert len(rules) >= 8
    for indicator, fired in rules.items():
        assert sum(r in ("R3a", "R3b") for r in fired) <= 0.06 * len(fired), indicator
        assert fired.count("R3c") <= 0.15 * len(fired), indicator
    listed = [rule for fired in rules.values() for rule in fired if rule.startswith("R3")]
    assert len(listed) <= 0.14 * sum(map(len, rules.values()))
