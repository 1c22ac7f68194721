"""What a downloaded file is, by what stands in it: a published table, or a list of neighbours.

Names of files change with every release, so a name decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from lineofsight.comparators.catalogue import CHILDREN, POPULATION, PUBLISHED_INDICATORS
from lineofsight.comparators.comparator import first_known
from lineofsight.comparators.explore_education import PublishedFile, TableForm, read_table
from lineofsight.comparators.neighbours import (
    Neighbours,
    is_list,
    neighbours_in,
    shipped_lists,
)
from lineofsight.comparators.published import release_day, repeated_row
from lineofsight.comparators.published_indicator import Release, Timing
from lineofsight.errors import Fault, UsageFault
from lineofsight.reference.periods import Month, day_name

_AREA_COLUMNS = ("region_code", "region_name", "old_la_code", "la_name")
_UNKNOWN_GROUP = Month(0)


class Kind(Enum):
    """What a file of comparators is."""

    TABLE = "published table"
    NEIGHBOURS = "list of statistical neighbours"


class NotRead(UsageFault):
    """A file of which no comparator is read; in a folder it is left aside."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file was found to be.

    `title` names the release and its tables, or the list. The years are those of its figures (a
    population estimate is of the middle of its year); of a list both are the year it was issued.
    `published_on` is None where the day is not known, and `known_from` is the day from which a
    paper may use it. `issued` is the month of a list.
    """

    kind: Kind
    title: str
    first_year: int
    last_year: int
    published_on: date | None
    known_from: date
    issued: Month | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a file that it does not say itself, as far as they know."""

    published_on: date | None = None
    issued: Month | None = None


NOTHING_SAID = Said()


def recognise(name: str, content: bytes, said: Said = NOTHING_SAID) -> Recognised:
    """Find out what a file is.

    Raises NotRead for a file of which no comparator is read, and UsageFault for one that is not
    in order: not UTF-8, columns missing, several rows where one figure is expected, an authority
    without ten neighbours, a list that is neither of those that ship and of which nobody says when
    it was issued.
    """
    if is_list(content):
        return _list(name, content, said)
    file = None if content.startswith(b"PK") else read_table(name, content, said.published_on)
    if file is None:
        raise NotRead(_unlike_anything(name))
    forms = _forms_of(file)
    if not forms or not file.rows:
        raise NotRead(_no_table(name, file))
    faults = list(_faults(file))
    if faults:
        raise UsageFault(faults)
    return _table(file, forms)


def _forms_of(file: PublishedFile) -> list[TableForm]:
    every = dict.fromkeys((POPULATION, *(one.form for one in PUBLISHED_INDICATORS)))
    return [form for form in every if form.fits(file.columns)]


def _table(file: PublishedFile, forms: list[TableForm]) -> Recognised:
    years = sorted(file.years)
    series = forms[0].series
    # Estimates of the middle of a year come with the release of the next.
    newest = years[-1] + 1 if forms == [POPULATION] else years[-1]
    published = file.published_on or release_day(series, newest)
    ends = max(_ends_on(form, newest) for form in forms)
    if published and published <= ends:
        raise UsageFault(_too_early(file.name, published, ends))
    return Recognised(
        Kind.TABLE,
        f"{Release(series, newest, published).title}, {' and '.join(f.title for f in forms)}",
        years[0],
        years[-1],
        published,
        published or first_known(ends),
    )


def _ends_on(form: TableForm, year: int) -> date:
    timings = [one.timing for one in PUBLISHED_INDICATORS if one.form == form]
    return max(t.period(year).last_day for t in timings or [Timing.ON_31_MARCH])


def _list(name: str, content: bytes, said: Said) -> Recognised:
    found = neighbours_in(name, content, said.issued or _UNKNOWN_GROUP)
    issued = said.issued or _version_of(found, shipped_lists())
    if issued is None:
        raise UsageFault(_unknown_list(name))
    published = said.published_on or issued.first_day
    title = f"Statistical neighbours, {issued.name}"
    return Recognised(
        Kind.NEIGHBOURS, title, issued.year, issued.year, published, published, issued
    )


def _version_of(found: Neighbours, known: Iterable[Neighbours]) -> Month | None:
    """The month of the list that gives the same neighbours to every authority both have."""
    for one in known:
        shared = found.by_authority.keys() & one.by_authority.keys()
        if shared and all(found.of(code) == one.of(code) for code in shared):
            return one.issued
    return None


def _faults(file: PublishedFile) -> Iterable[Fault]:
    missing = [column for column in _AREA_COLUMNS if column not in file.columns]
    is_local = any(row["geographic_level"] != "National" for row in file.rows)
    if missing and is_local:
        yield _without_areas(file.name, missing)
        return
    groups = {row.get("age_group", "") for row in file.rows}
    if POPULATION.fits(file.columns) and CHILDREN not in groups:
        yield _without_children(file.name, sorted(groups))
        return
    repeated = repeated_row(file)
    if repeated:
        yield _repeated(file.name, *repeated)


def _too_early(name: str, published: date, ends: date) -> Fault:
    return Fault(
        "The table cannot have been published before its newest year ended.",
        f"File: {name}. Published on {day_name(published)}, its newest figures are of "
        f"{day_name(ends)}.",
        "Say the day the release came out, or give files of several releases apart.",
    )


def _unlike_anything(name: str) -> Fault:
    return Fault(
        "The file is neither a published table nor a list of statistical neighbours.",
        f"File: {name}. A table has columns such as time_period and geographic_level; a list "
        "has SN1 to SN10.",
        "Give the CSV files of Explore Education Statistics, or the list as workbook or CSV.",
    )


def _no_table(name: str, file: PublishedFile) -> Fault:
    nearest = _nearest_form(file)
    where = f"File: {name}."
    if not file.rows:
        return Fault("The table has no rows of whole years.", where, "Give the yearly table.")
    lacks = ", ".join(nearest.lacking(file.columns))
    return Fault(
        "No comparator is read from this table.",
        f"{where} It is most like '{nearest.title}', which also has: {lacks}.",
        "Leave it out; if its columns were renamed, report it with the first line of the file.",
    )


def _nearest_form(file: PublishedFile) -> TableForm:
    forms = (POPULATION, *(one.form for one in PUBLISHED_INDICATORS))
    return min(forms, key=lambda form: len(form.lacking(file.columns)) / len(form.columns))


def _unknown_list(name: str) -> Fault:
    return Fault(
        "The list of neighbours is none of those known, and does not say when it was issued.",
        f"File: {name}. Known are {' and '.join(one.issued.name for one in shipped_lists())}.",
        "Say the month it was issued in with --issued, for example --issued 2025-05.",
    )


def _without_areas(name: str, missing: Iterable[str]) -> Fault:
    return Fault(
        "The table does not say which areas its rows are of.",
        f"File: {name}. It has no column {', '.join(missing)}.",
        "Download it again in full; columns that say the area may not be left out.",
    )


def _without_children(name: str, groups: Iterable[str]) -> Fault:
    return Fault(
        "The population estimates have no rows of all children.",
        f"File: {name}. Looked for was '{CHILDREN}'; there is {', '.join(groups)}.",
        "Give the table of estimates that comes with the release of children in need.",
    )


def _repeated(name: str, area: str, year: int) -> Fault:
    return Fault(
        "The table has several rows where one figure is expected.",
        f"File: {name}, area {area}, year {year}. The release may have added a breakdown.",
        "Keep the rows that are totals and leave out the others, or report it.",
    )
