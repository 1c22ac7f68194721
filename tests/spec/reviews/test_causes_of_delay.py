"""A review names the cause that an authority was made with, and none where there is none."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
import pytest

from lineofsight.reviews.clocks_reviewed import icpc
from lineofsight.reviews.conference_waits import conference_waits
from lineofsight.reviews.drivers import Drivers, find_drivers
from lineofsight.reviews.hazard import fit, person_days, share_by
from lineofsight.reviews.waits import Waits

from ...causes_of_delay import MONTHS, Cause, authority

SEEDS, ENOUGH = range(20), 18


@cache
def reviewed(cause: Cause, seed: int) -> Drivers:
    """What goes with delay in an authority made with one cause."""
    journey = authority(cause, seed)
    every = conference_waits(journey, MONTHS[-1].last_day)
    return find_drivers(every, every.begun(MONTHS), journey, icpc.asked)


@pytest.mark.parametrize(
    ("cause", "named"),
    [
        ("team", "caseload"),
        ("slow team", "team"),
        ("chairs", "queue"),
        ("late requests", "late request"),
    ],
)
def test_the_cause_it_was_made_with_is_named_first(cause: Cause, named: str) -> None:
    """A team with high caseloads, a team slow for no recorded reason, chairs, late requests."""
    found = [reviewed(cause, seed).named for seed in SEEDS]
    assert sum(bool(one) and one[0].id == named for one in found) >= ENOUGH


def test_none_is_named_where_there_is_none() -> None:
    """Caseloads, agency, changes of worker and late requests are all there, and do nothing."""
    assert sum(not reviewed("none", seed).named for seed in SEEDS) >= ENOUGH


def test_slow_weeks_are_laid_at_no_door_but_the_queues() -> None:
    """What families of the same weeks share is in the errors; the queue itself does get longer."""
    found = [reviewed("slow weeks", seed).named for seed in SEEDS]
    assert sum({driver.id for driver in one} <= {"queue"} for one in found) >= ENOUGH


def test_a_caseload_that_differs_between_teams_is_said_to_be_a_teams() -> None:
    """Of one team's high caseload nobody can tell that it is not something else in that team."""
    assert reviewed("team", 0).named[0].is_team_like
    assert not reviewed("chairs", 0).named[0].is_team_like


def test_what_is_not_recorded_is_not_tested_and_said() -> None:
    """Without the local table of staffing nothing is said of caseloads."""
    journey = authority("none", 0)
    journey.frames["staffing"] = journey.frames["staffing"].clear()  # type: ignore[index]
    every = conference_waits(journey, MONTHS[-1].last_day)
    found = find_drivers(every, every.begun(MONTHS), journey, icpc.asked)
    assert dict(found.untested)["high caseloads"].startswith("recorded for 0% only")
    assert {driver.id for driver in found.tested} >= {"queue", "sibling group", "team"}


def test_few_families_say_nothing() -> None:
    """A small month is no evidence."""
    journey = authority("chairs", 0)
    every = conference_waits(journey, MONTHS[-1].last_day)
    found = find_drivers(every, every.begun(MONTHS[:2]), journey, icpc.asked)
    assert found.refusal.endswith("100 and 60 are needed.")
    assert not found.tested


def test_a_hazard_by_hand() -> None:
    """Two groups, one day: odds of an end 6 to 4 and 2 to 8, so an odds ratio of 6.

    The model is saturated: it gives the shares back, 60% and 20%, and the plain standard error of a
    log odds ratio, the root of 1/6 + 1/4 + 1/2 + 1/8, where everybody is a family.
    """
    days = np.ones(20, dtype=np.int64)
    is_end = np.array([True] * 6 + [False] * 4 + [True] * 2 + [False] * 8)
    group = np.repeat([1.0, 0.0], 10)[:, None]
    lived = person_days(days, is_end, 0, 1)
    found = fit(lived, group, np.arange(20))
    assert np.exp(found.coefficients[1]) == pytest.approx(6, rel=0.01)
    plain = (1 / 6 + 1 / 4 + 1 / 2 + 1 / 8) ** 0.5 * (20 / 19) ** 0.5
    assert found.covariance[1, 1] ** 0.5 == pytest.approx(plain, rel=0.01)
    assert share_by(lived, found, group[:10], 1).share == pytest.approx(0.6, abs=0.002)


def test_siblings_weigh_as_one_family() -> None:
    """Every child twice, in a family of two: the same estimate, and the same error."""
    rng = np.random.default_rng(1)
    days, group = rng.integers(1, 4, 200), rng.integers(0, 2, (200, 1)).astype(float)
    is_end = rng.random(200) < 0.8
    alone = fit(person_days(days, is_end, 0, 12), group, np.arange(200))
    twice = fit(
        person_days(np.tile(days, 2), np.tile(is_end, 2), 0, 12),
        np.tile(group, (2, 1)),
        np.tile(np.arange(200), 2),
    )
    assert np.allclose(alone.coefficients[-1], twice.coefficients[-1], atol=1e-3)
    assert np.allclose(alone.covariance[-1, -1], twice.covariance[-1, -1], rtol=0.02)


def test_a_group_that_never_ends_has_a_finite_odds_ratio() -> None:
    """Separation: nobody of the second group was held, and the fit does not run away."""
    days, is_end = np.full(40, 3), np.array([True] * 20 + [False] * 20)
    group = np.repeat([0.0, 1.0], 20)[:, None]
    found = fit(person_days(days, is_end, 0, 5), group, np.arange(40))
    assert np.isfinite(found.coefficients).all()
    assert found.coefficients[-1] < -3


def test_the_slope_of_a_share_is_its_slope() -> None:
    """The gradient that intervals rest on, against differences."""
    rng = np.random.default_rng(2)
    days, design = rng.integers(1, 15, 150), rng.normal(size=(150, 2))
    lived = person_days(days, rng.random(150) < 0.9, 0, 14)
    found = fit(lived, design, np.arange(150))
    whole = share_by(lived, found, design, 7)
    for k in range(len(found.coefficients)):
        moved = found.coefficients.copy()
        moved[k] += 1e-6
        then = share_by(lived, type(found)(moved, found.covariance, found.bands), design, 7)
        assert (then.share - whole.share) / 1e-6 == pytest.approx(whole.slope[k], abs=1e-5)


def test_a_wait_over_by_the_landmark_is_not_in_the_model() -> None:
    """What is known by day 3 can only go with what comes after it."""
    every = conference_waits(authority("none", 0), MONTHS[-1].last_day)
    early = every.rows.with_columns(days=pl.lit(3, pl.Int64))
    waits = Waits(early, every.as_at, every.aside)
    found = find_drivers(waits, waits.begun(MONTHS), authority("none", 0), icpc.asked)
    assert found.refusal
