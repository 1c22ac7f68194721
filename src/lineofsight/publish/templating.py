"""Filling the templates of this room; everything is escaped unless a template says otherwise."""

from __future__ import annotations

from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined

_environment = Environment(
    loader=PackageLoader("lineofsight.publish"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def day(on: date) -> str:
    """A date as a reader says it.

    >>> day(date(2020, 9, 14))
    '14 September 2020'
    """
    return f"{on.day} {on:%B %Y}"


_environment.filters["day"] = day


def page(template: str, **words: object) -> str:
    """Fill a template with these words."""
    return _environment.get_template(template).render(**words)
