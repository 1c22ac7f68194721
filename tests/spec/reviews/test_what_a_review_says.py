"""What a review says: too early where it is, step by step to the published figure, no more."""

from __future__ import annotations

import pytest

from lineofsight.access.audit import AuditEntry, AuditTrail
from lineofsight.access.roles import Act, Actor, Role
from lineofsight.indicators.child_protection import icpc_timeliness
from lineofsight.reference.periods import Month
from lineofsight.reviews.circumstances import caseload, late_request
from lineofsight.reviews.clocks_reviewed import icpc
from lineofsight.reviews.drivers import Driver, Drivers
from lineofsight.reviews.drivers_told import named_sentence
from lineofsight.reviews.incidence import Share
from lineofsight.reviews.timeliness import Timeliness, review_timeliness
from lineofsight.reviews.timeliness_told import tell_timeliness
from lineofsight.warehouse.duckdb import DuckDB

from ..conftest import journey_of, measured
from .test_waiting_times import CONFERENCES, ENQUIRIES, GIVEN, REQUESTS

AUGUST = Month.parse("2020-08")


@pytest.fixture(scope="module")
def entry(tmp_path_factory: pytest.TempPathFactory) -> AuditEntry:
    """The audit entry of a review."""
    trail = AuditTrail(tmp_path_factory.mktemp("store") / "audit.jsonl")
    return trail.enter(Actor("a", Role.ANALYST), Act.REVIEW, "timeliness")


def reviewed(entry: AuditEntry, more_requests: str = "") -> Timeliness:
    """The review of August 2020 of the drawn conferences, with more requests if any are drawn."""
    tables = dict(zip(GIVEN, (ENQUIRIES, CONFERENCES, REQUESTS + more_requests), strict=True))
    journey = journey_of(tables)
    published = measured(icpc_timeliness, journey, "2020-08", DuckDB, 10_000)
    return review_timeliness(icpc, journey, [AUGUST], published, entry)


def test_each_step_from_the_published_figure_is_counted(entry: AuditEntry) -> None:
    """Five held in August, of whom three in time: the one who moved in was held on day 10.

    Three have no length of their own here; one ended without a conference and one waits beyond day
    15. One who waits and is inside the limit is in neither.
    """
    steps = [(step.words, step.children, step.in_time) for step in reviewed(entry).steps]
    assert steps == [
        ("As published, by the month of the conference", 5, 3),
        ("less those dated before their strategy discussion", -1, 0),
        ("less those held for a child who moved in on another authority's plan", -1, -1),
        ("less those without a strategy discussion date", -1, 0),
        ("with those that ended without one", 1, 0),
        ("with those still waiting beyond day 15", 1, 0),
        ("Followed from the strategy discussion, decided by now", 4, 2),
    ]


def test_where_many_are_undecided_no_share_is_said(entry: AuditEntry) -> None:
    """Two more who wait since 20 August make three of seven: more than a fifth."""
    more = """one more | F8 | 2020-08-20 | 2020-08-21 | |
    two more | F9 | 2020-08-20 | 2020-08-21 | |
    """
    found = reviewed(entry, more)
    report = tell_timeliness(found, "Drawn", is_synthetic=True)
    assert report.summary[0] == (
        "Of the 7 children whose enquiry began in August 2020, 3 are still inside the 15 working "
        "days: too many to say what share will be in time. 2 had their conference; 4 are still "
        "waiting, 1 of them past day 15."
    )
    assert found.by_month[0].in_time is None


def named(one: Driver) -> str:
    """The sentence of a review in which one circumstance was tested."""
    sentence = named_sentence(Drivers((one,), families=300, children=500, model_in_time=0.7))
    assert sentence is not None
    return sentence


def test_a_name_comes_with_its_size_and_without_a_cause() -> None:
    """And says so where a number stands for the team."""
    gain = Share(0.14, 0.10, 0.18)
    one = Driver("caseload", caseload.words, caseload, (0.42, 0.36, 0.49), 15.9, gain, 0.001, (),
                 is_team_like=True)  # fmt: skip
    assert named(one) == (
        "Most strongly linked with delay, of all that is recorded: high caseloads. With nobody "
        "above 15.9 children a case holder, the model has 84% in time instead of 70%. It differs "
        "mainly between teams and may stand for another difference of theirs. A link is no cause."
    )


@pytest.mark.parametrize(("p", "gain"), [(0.06, 0.14), (0.001, 0.019)])
def test_what_is_unsure_or_small_is_not_named(p: float, gain: float) -> None:
    """Five in a hundred, all tried allowed for; and two in a hundred more in time."""
    one = Driver("late request", late_request.words, late_request, (0.5, 0.4, 0.6), 0.0,
                 Share(gain, 0.0, 0.2), p, ())  # fmt: skip
    assert named(one).startswith("Nothing that is recorded goes with delay surely enough")
