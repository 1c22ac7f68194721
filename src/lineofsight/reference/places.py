"""Authorities, regions, and how many children live in them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lineofsight.errors import UnknownName

ENGLAND_CODE = "E92000001"

_TITLES = (
    r"(the )?((city|county|borough|(royal|london|metropolitan) borough) of )?"
    r"(?P<name>.+?)"
    r"( (city|county|borough) of)?"
    r"( ((city|county|(metropolitan )?borough|mb|unitary|district) )?council)?"
    r"( (cc|mbc|(london|metropolitan) borough))?"
)


@dataclass(frozen=True, slots=True)
class Population:
    """Residents aged 0 to 17: the denominator of a rate, with its year and vintage."""

    estimate: int
    mid_year: int
    vintage: str
    source: str
    is_implied: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """An English local authority with children's services.

    `code` is the Department's three-digit code, `ons_code` the nine-character code now in use and
    `earlier_ons_codes` those before it. `region` is the region it is published under (London is
    Inner or Outer London). Where reorganisation made or ended the authority, `since` and `until`
    are the first and last year to 31 March that has figures for it.
    """

    name: str
    code: str
    ons_code: str
    region: str
    region_code: str
    since: int | None = None
    until: int | None = None
    earlier_ons_codes: tuple[str, ...] = ()
    short_name: str = ""

    @property
    def is_current(self) -> bool:
        return self.until is None


@cache
def authorities() -> tuple[Place, ...]:
    """All authorities, those that reorganisation ended included, in order of their code.

    Source: the Department's published files; see `data/authorities.md`.
    """
    path = files("lineofsight.reference") / "data" / "authorities.csv"
    with path.open(encoding="utf-8") as lines:
        return tuple(_place(row) for row in csv.DictReader(lines))


@cache
def regions() -> dict[str, str]:
    """Names of the regions by their ONS code, Inner and Outer London apart."""
    return dict(sorted({(place.region_code, place.region) for place in authorities()}))


def find_place(text: str) -> Place:
    """Find an authority by its name or by one of its codes.

    Case, punctuation, '&' and words such as 'City of' or 'Council' do not matter. Where a name has
    been used twice the authority that exists now is given. Raises UnknownName with the nearest
    names.
    """
    found = _by_key().get(_folded(text)) or _by_key().get(_without_titles(text))
    if found is None:
        names = sorted({place.name for place in authorities()})
        raise UnknownName.among(
            "authority",
            text,
            names,
            "English authorities are looked up by name, the Department's code or the ONS code.",
        )
    return found


@cache
def _by_key() -> dict[str, Place]:
    """Authorities by everything they can be called; those that exist now win over ended ones."""
    found: dict[str, Place] = {}
    for place in sorted(authorities(), key=lambda place: place.is_current):
        found.update(dict.fromkeys(_keys(place), place))
    return found


def _keys(place: Place) -> set[str]:
    codes = {place.code, place.ons_code, *place.earlier_ons_codes}
    names = {_folded(place.name), _without_titles(place.name), _folded(place.short_name)}
    # 'London' alone means the region, never its smallest authority.
    return {code.casefold() for code in codes} | names - {"", "london"}


def _folded(text: str) -> str:
    spelled = text.casefold().replace("&", " and ").replace("'", "")
    return " ".join(re.findall(r"[^\W_]+", spelled))


def _without_titles(text: str) -> str:
    folded = _folded(text)
    found = re.fullmatch(_TITLES, folded)
    return found["name"] if found else folded


def _place(row: dict[str, str]) -> Place:
    return Place(
        name=row["name"],
        code=row["code"],
        ons_code=row["ons_code"],
        region=row["region"],
        region_code=row["region_code"],
        since=int(row["since"]) if row["since"] else None,
        until=int(row["until"]) if row["until"] else None,
        earlier_ons_codes=tuple(row["earlier_ons_codes"].split()),
        short_name=row["also"],
    )
