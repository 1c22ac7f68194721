"""Which figures a rule bears on: those that use a field the rule checks.

Figures come in as plain data, names with the fields they rest on, so that rules and indicators know
nothing of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lineofsight.validation.rule import CHILD, Rule

Figures = Mapping[str, frozenset[str]]
# (code, table) of a rule, and the names of the figures it bears on.
Bearing = Mapping[tuple[str, str], tuple[str, ...]]

# An SSDA903 delivers episodes, and periods of care are rebuilt from them: what is wrong in an
# episode is wrong in the period (returns/periods_of_care.py and looked_after_facts.py).
_EPISODE_CHAIN = frozenset(
    f"care_episodes.{field}"
    for field in ("started_on", "ended_on", "reason_started", "reason_ended", "legal_status")
)
_REBUILT_FROM: Mapping[str, frozenset[str]] = {
    "periods_of_care.started_on": _EPISODE_CHAIN,
    "periods_of_care.ceased_on": _EPISODE_CHAIN,
    "periods_of_care.legal_status": frozenset({"care_episodes.legal_status"}),
    "periods_of_care.is_unaccompanied": frozenset({"immigration_status.ended_on"}),
}


def bearing(rules: Sequence[Rule], figures: Figures) -> Bearing:
    """Give the figures that each rule bears on, in the order of the figures.

    The child's identifier joins everything and is no reason by itself.
    """
    rest_on = {name: _recorded(fields) for name, fields in figures.items()}
    return {
        (rule.code, rule.table.__name__): tuple(
            name for name, fields in rest_on.items() if fields & _checked(rule)
        )
        for rule in rules
    }


def _recorded(fields: Iterable[str]) -> frozenset[str]:
    fields = frozenset(fields)
    return fields.union(*(_REBUILT_FROM.get(field, frozenset()) for field in fields))


def _checked(rule: Rule) -> frozenset[str]:
    return frozenset(field for field in rule.fields if not field.endswith(f".{CHILD}"))
