"""A small country drawn as the Department's files: every authority has plans and second plans.

Nothing here is random: the n-th authority (in order of code) has 1,000 x (10 + n) children, at a
rate that steps through five values around 40 per 10,000, and second plans of 20% stepping likewise.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lineofsight import cycle
from lineofsight.comparators.catalogue import CHILDREN
from lineofsight.comparators.published import read_published
from lineofsight.overview.overview import Overview
from lineofsight.reference.places import Place, authorities

AREA = (
    "time_period,time_identifier,geographic_level,country_code,country_name,"
    "region_code,region_name,old_la_code,new_la_code,la_name"
)
PLANS = "CPP_start,CPP_start_rate,CPP_end,CPP_end_rate,CPP_At31,CPP_At31_rate"
REPEATS = "CPP_start,CPP_subsequent,CPP_subsequent_percent"
_PEOPLE = "age_group,population_estimate"
_RATES = (20, 30, 40, 50, 60)
_SHARES = (10, 15, 20, 25, 30)


def paper_of(name: str, year: int, folder: Path, prepared_on: date) -> Overview:
    """The paper of an authority from the statistics of a folder."""
    return cycle.compare(name, year, read_published(folder), prepared_on)


def of_year(year: int) -> list[Place]:
    """The authorities that existed in a year, in order of code."""
    return [p for p in authorities() if (p.since or year) <= year <= (p.until or year)]


def draw_country(
    folder: Path, years: tuple[int, ...], changed: dict[tuple[str, int], str] | None = None
) -> None:
    """Write populations, plans and second plans; `changed` replaces the count of plans on the day.

    A change is keyed by code and year: a number or a symbol such as 'c'.
    """
    folder.mkdir(parents=True, exist_ok=True)
    others = changed or {}
    people = [_row(p, y - 1, f"{CHILDREN},{_children(n)}") for y in years for n, p in _numbered(y)]
    people += [_england(y - 1, f"{CHILDREN},{_whole(y)}") for y in years]
    plans = [_row(p, y, _plans(n, others.get((p.code, y)))) for y in years for n, p in _numbered(y)]
    plans += [_england(y, _plans_of(str(_whole(y) * 40 // 10_000), "40.0")) for y in years]
    repeats = [_row(p, y, _repeats(n)) for y in years for n, p in _numbered(y)]
    repeats += [_england(y, "10000,2000,20.0") for y in years]
    _write(folder / "population.csv", _PEOPLE, people)
    _write(folder / "d1.csv", PLANS, plans)
    _write(folder / "d3.csv", REPEATS, repeats)


def _numbered(year: int) -> list[tuple[int, Place]]:
    return list(enumerate(of_year(year)))


def _children(n: int) -> int:
    return 1_000 * (10 + n)


def _whole(year: int) -> int:
    return sum(_children(n) for n, _ in _numbered(year))


def _plans(n: int, changed: str | None) -> str:
    count = _RATES[n % 5] * _children(n) // 10_000
    if changed is None:
        return _plans_of(str(count), f"{_RATES[n % 5]}.0")
    is_number = changed.isdigit()
    return _plans_of(
        changed, f"{int(changed) * 10_000 / _children(n):.1f}" if is_number else changed
    )


def _plans_of(count: str, rate: str) -> str:
    return f"100,50.0,90,45.0,{count},{rate}"


def _repeats(n: int) -> str:
    return f"{100 + 2 * n},{_SHARES[n % 5] * (100 + 2 * n) // 100},{_SHARES[n % 5]}.0"


def _row(place: Place, year: int, cells: str) -> str:
    region = f"{place.region_code},{place.region}"
    return (
        f"{year},Reporting year,Local authority,E92000001,England,{region},{place.code},,"
        f'"{place.name}",{cells}'
    )


def _england(year: int, cells: str) -> str:
    return f"{year},Reporting year,National,E92000001,England,,,,,,{cells}"


def _write(path: Path, columns: str, rows: list[str]) -> None:
    path.write_text("\n".join((f"{AREA},{columns}", *rows)) + "\n", encoding="utf-8")
