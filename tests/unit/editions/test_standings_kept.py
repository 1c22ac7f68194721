"""Standings are kept in an edition, and an edition from before there were any still reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lineofsight.editions.codec import from_plain, to_plain
from lineofsight.overview.funnel_chart import FunnelChart, LimitCurve, Mark, Standing
from lineofsight.overview.overview import Overview
from tests.overview_examples import example_overview


@pytest.fixture
def paper() -> Overview:
    mark = Mark("Southampton", 700.0, 55.5, "own", "700", "55.5%", "within the 95% limits")
    curve = LimitCurve("95% limits", "inner", (10.0, 700.0), (60.0, 75.0), (97.0, 85.0))
    funnel = FunnelChart("T", "A", "C", "%", "Size", 80.0, "80.0%", 0.1, (curve,), (mark,))
    standing = Standing("plans", "Plans", "Neither", "", "It lies within.", funnel=funnel)
    return replace(example_overview(), standings=(standing,))


def test_a_standing_is_read_as_it_was_written(paper: Overview) -> None:
    assert from_plain(to_plain(paper, Overview), Overview) == paper


def test_an_edition_from_before_standings_reads(paper: Overview) -> None:
    plain = to_plain(paper, Overview)
    del plain["standings"]
    assert from_plain(plain, Overview) == replace(paper, standings=())
