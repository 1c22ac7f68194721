"""Tells the collection year of an SSDA903 return, 1 April to 31 March, named by its end.

The return holds every episode that was open at some time in the year, so an episode that ended,
ended within it; that is what tells the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from lineofsight.errors import Fault
from lineofsight.reference.periods import day_name
from lineofsight.returns.rows import SheetRows

# So large a part of the dates must agree on a year for it to be taken unsaid.
LEAST_SHARE = 0.75
_EVIDENCE = (
    ("care_episodes", "ended_on", "episodes that ended"),
    ("looked_after_reviews", "held_on", "reviews"),
)
_EVENTS = {
    "care_episodes": ("started_on", "ended_on"),
    "looked_after_reviews": ("held_on",),
    "missing_episodes": ("started_on",),
}
_DAYS_WITHOUT_EVENTS = 31
# A year in a name: 2019, or from year to year as 2018-19, 2018_2019 or 201819.
_SPAN = re.compile(r"(?<!\d)(20\d\d)[-_/ ]?(?:20)?(\d\d)(?!\d)")
_SINGLE = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True)
class Year:
    """The year of a return: its first day, the day up to which it is complete, and how known."""

    first_day: date
    as_at: date
    said: str


def settle_year(
    taken: Sequence[SheetRows], year: int | None, as_at: date | None, files: Sequence[str]
) -> tuple[Year | None, Fault | None]:
    """Settle the year from what was given or, without that, from the dates; or say why not."""
    counts, of_what = _years(taken)
    asked = year if year is not None else (_year_of(as_at) if as_at else None)
    if as_at and asked is not None and _year_of(as_at) != asked:
        return None, _unlike_days(asked, as_at, files)
    if asked is None:
        return _from_dates(counts, of_what, files)
    if counts and asked not in counts:
        return None, _unlike_dates(asked, counts, of_what, files)
    return _year(asked, as_at, f"The return is for {_span(asked)}, as given"), None


def year_in_name(name: str) -> int | None:
    """Give the collection year that the name of a file or folder tells, by its end.

    >>> year_in_name("SSDA903_2020_episodes.csv"), year_in_name("903 2018-19"), year_in_name("903")
    (2020, 2019, None)
    """
    spans = [(int(first), int(end)) for first, end in _SPAN.findall(name)]
    if ends := {first + 1 for first, end in spans if (first + 1) % 100 == end}:
        return ends.pop() if len(ends) == 1 else None
    years = {int(year) for year in _SINGLE.findall(name)}
    return years.pop() if len(years) == 1 else None


def year_in_dates(taken: Sequence[SheetRows]) -> int | None:
    """Give the year in which nearly all dates of some tables fall; None if they tell none."""
    counts, _ = _years(taken)
    best = next(iter(counts), None)
    return best if best and counts[best] >= LEAST_SHARE * sum(counts.values()) else None


def _year(year: int, as_at: date | None, said: str) -> Year:
    last = as_at or date(year, 3, 31)
    until = f", and is complete to {day_name(last)}" if as_at else ""
    return Year(date(year - 1, 4, 1), last, f"{said}{until}.")


def _year_of(day: date) -> int:
    return day.year + (day.month >= 4)


def _span(year: int) -> str:
    return f"{day_name(date(year - 1, 4, 1))} to {day_name(date(year, 3, 31))}"


def _years(taken: Sequence[SheetRows]) -> tuple[dict[int, int], str]:
    """Count the dates of each collection year, from the first table that has any."""
    frames = {name: frame for rows in taken for name, frame in rows.frames.items()}
    for table, field, words in _EVIDENCE:
        if table in frames:
            dates = frames[table][field].drop_nulls()
            years = (dates.dt.year().cast(pl.Int64) + (dates.dt.month() >= 4)).value_counts()
            if years.height:
                return dict(sorted(years.rows(), key=lambda pair: (-pair[1], -pair[0]))), words
    return {}, "dates"


def ends_early(frames: Mapping[str, pl.DataFrame], year: Year) -> Iterator[str]:
    """Say so if nothing in the return is of its last weeks: it may have been drawn before."""
    found = [
        frames[table][field]
        for table, fields in _EVENTS.items()
        for field in fields
        if table in frames
    ]
    days = pl.concat([pl.Series([], dtype=pl.Date), *found]).drop_nulls()
    latest = days.filter(days <= year.as_at).max()
    if isinstance(latest, date) and (year.as_at - latest).days > _DAYS_WITHOUT_EVENTS:
        yield (
            f"Nothing in the return is later than {day_name(latest)}: if it was drawn before "
            f"{day_name(year.as_at)}, say as at which day."
        )


def _from_dates(
    counts: dict[int, int], of_what: str, files: Sequence[str]
) -> tuple[Year | None, Fault | None]:
    total = sum(counts.values())
    best = next(iter(counts), None)
    if best is None or counts[best] < LEAST_SHARE * total:
        return None, _untold(counts, of_what, files)
    share = f"{counts[best]:,} of {total:,} {of_what} fall in it"
    return _year(best, None, f"The return is taken to be for {_span(best)}: {share}"), None


def _untold(counts: dict[int, int], of_what: str, files: Sequence[str]) -> Fault:
    example = next(iter(counts), 2024)
    parts = [f"{count:,} in the year to 31 March {year}" for year, count in [*counts.items()][:3]]
    found = f"Of the {of_what}, there are {', '.join(parts)}" if parts else "No episode has ended"
    return Fault(
        "The collection year cannot be told from the dates.",
        f"Files: {', '.join(files)}. {found}.",
        f"Give the year by its end: {example} for {_span(example)}.",
    )


def _unlike_dates(year: int, counts: dict[int, int], of_what: str, files: Sequence[str]) -> Fault:
    best = next(iter(counts))
    return Fault(
        f"The return is not for the year to 31 March {year}: none of its {of_what} falls in it.",
        f"Files: {', '.join(files)}. Most of them, {counts[best]:,}, fall in the year to "
        f"31 March {best}.",
        f"Give the year {best}, or deliver the files of {year}.",
    )


def _unlike_days(year: int, as_at: date, files: Sequence[str]) -> Fault:
    return Fault(
        f"The return cannot be for the year to 31 March {year} and as at {day_name(as_at)}.",
        f"Files: {', '.join(files)}.",
        f"Give a day from {_span(year)}, or the year {_year_of(as_at)}.",
    )
