"""The list of all rules as a page of the documentation, written from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lineofsight.validation.bearing import Bearing
from lineofsight.validation.rule import Rule

_HEAD = (
    "# The rules\n\n"
    "{codes} rules, {official} with the Department's code and {own} of our own (L). {bearing} of "
    "them bear on a figure of the Overview: they look at a field that the figure uses. Written "
    "from the rules by the program; do not edit it here, see `docs/how-to/validate.md`.\n\n"
    "A rule runs over every delivery that fills its fields, whichever return it is, and is "
    "reported as skipped, with the reason, over one that does not. Codes with digits are those of "
    "the validation rules of the Children in Need census and the SSDA903 (2026/27); the sentences "
    "are ours.\n"
)


def rules_page(rules: Sequence[Rule], bearing: Bearing) -> str:
    """Write the page: a table for each journey table, and one for the rules of every table."""
    codes = dict.fromkeys(rule.code for rule in rules)
    own = sum(code.startswith("L") for code in codes)
    on_figures = {rule.code for rule in rules if bearing.get(rule.key)}
    head = _HEAD.format(
        codes=len(codes), official=len(codes) - own, own=own, bearing=len(on_figures)
    )
    return "\n".join([head, *_sections(rules, bearing)])


def _sections(rules: Sequence[Rule], bearing: Bearing) -> Iterator[str]:
    tables: dict[str, list[Rule]] = {}
    for rule in rules:
        tables.setdefault(rule.table.__name__, []).append(rule)
    everywhere = {
        code
        for code, group in groupby(sorted(rules, key=_code), key=_code)
        if len(list(group)) > len(tables) / 2
    }
    first = {rule.code: rule for rule in rules if rule.code in everywhere}
    yield _section("Every table", list(first.values()), bearing)
    for name, mine in tables.items():
        if special := [rule for rule in mine if rule.code not in everywhere]:
            yield _section(name, special, bearing)


def _code(rule: Rule) -> str:
    return rule.code


def _section(title: str, rules: Sequence[Rule], bearing: Bearing) -> str:
    lines = [_line(rule, bearing) for rule in rules]
    head = "| Code | Severity | What is the matter | Fields | Figures it bears on |"
    return "\n".join([f"## {title}\n", head, "| --- | --- | --- | --- | --- |", *lines, ""])


def _line(rule: Rule, bearing: Bearing) -> str:
    fields = ", ".join(_short(field, rule) for field in rule.fields)
    figures = "; ".join(bearing.get(rule.key, ()))
    if not rule.needs_every_field:
        fields, figures = "all that the table has", "those of the table"
    return f"| {rule.code} | {rule.severity.value} | {rule.sentence} | {fields} | {figures} |"


def _short(field: str, rule: Rule) -> str:
    return field.removeprefix(f"{rule.table.__name__}.")
