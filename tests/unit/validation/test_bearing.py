"""Which figures a rule bears on: those that use a field it checks."""

from __future__ import annotations

from lineofsight.checking import figures_of_rules
from lineofsight.journey.tables import assessments, care_episodes
from lineofsight.validation.bearing import bearing
from lineofsight.validation.rule import ERROR, Rule, value
from lineofsight.validation.validate import RULES

FEWEST = 60


def _rule(expression: object, table: type) -> Rule:
    return Rule("L99", ERROR, "x", table, expression)  # type: ignore[arg-type]


def test_a_rule_bears_on_the_figures_that_use_its_fields() -> None:
    figures = {
        "Completed": frozenset({"assessments.authorised_on"}),
        "In time": frozenset({"assessments.started_on", "assessments.authorised_on"}),
        "Seen": frozenset({"assessments.is_child_seen"}),
    }
    rule = _rule(value(assessments.authorised_on).is_null(), assessments)
    assert bearing([rule], figures) == {("L99", "assessments"): ("Completed", "In time")}


def test_the_child_alone_is_no_reason() -> None:
    figures = {"Again": frozenset({"assessments.child_id", "assessments.started_on"})}
    rule = _rule(value(assessments.child_id).is_duplicated(), assessments)
    assert bearing([rule], figures) == {("L99", "assessments"): ()}


def test_an_episode_bears_on_what_is_counted_of_the_period_made_of_it() -> None:
    figures = {"Started": frozenset({"periods_of_care.started_on"})}
    rule = _rule(value(care_episodes.reason_started).is_null(), care_episodes)
    assert bearing([rule], figures) == {("L99", "care_episodes"): ("Started",)}


def test_at_least_sixty_rules_bear_on_a_figure_of_the_overview() -> None:
    """The third issue asks for sixty; a rule for every table counts once."""
    found = figures_of_rules()
    assert len({rule.code for rule in RULES if found[rule.key]}) >= FEWEST
