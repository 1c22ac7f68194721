"""Reads the Standard Safeguarding Dataset: one set of tables, as files or in a database.

The dataset is the authority's own copy of its case records, six years of them by default. It does
not say as at which day it was made nor from which day it is complete: whoever delivers it says so,
with a suggestion from its rows. Every row is taken or reported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from lineofsight.errors import Fault, LineOfSightError, SubmissionRefused
from lineofsight.journey.tables import (
    assessments,
    care_leavers,
    immigration_status,
    initial_conferences,
    involvements,
    need_episodes,
    previous_permanence,
    referrals,
    section_47_enquiries,
    visits,
)
from lineofsight.reference.periods import day_name
from lineofsight.returns.collected import Collected, lost_lists
from lineofsight.returns.cover import Settled, Stated, settle
from lineofsight.returns.issue import Kind, ReadingIssue
from lineofsight.returns.reading import ROW
from lineofsight.returns.ssd_care import (
    linked_episodes,
    rebuilt_periods,
    take_permanence,
    take_placements,
    take_reviews,
    with_families,
)
from lineofsight.returns.ssd_database import Database, read_tables
from lineofsight.returns.ssd_fields import missing_fields
from lineofsight.returns.ssd_front_door import (
    factors_of,
    linked_front_door,
    of_kind,
    prepare_assessments,
    prepare_conferences,
    prepare_contacts,
    prepare_enquiries,
    prepare_need,
)
from lineofsight.returns.ssd_health import TABLES_OF_HEALTH, checks_had, health_by_year, take_checks
from lineofsight.returns.ssd_layout import (
    ASSESSMENTS,
    CARE_EPISODES,
    CARE_REVIEWS,
    CARE_VISITS,
    CHECKS,
    CIN_VISITS,
    CONFERENCES,
    CONTACTS,
    DISABILITY,
    ENQUIRIES,
    EPISODES_OF_NEED,
    FACTORS,
    FAMILY,
    IMMIGRATION,
    INVOLVEMENTS,
    LEAVERS,
    LEGAL_STATUSES,
    LINKED,
    NAME,
    PERMANENCE,
    PERSON,
    PLACEMENTS,
    PLAN_VISITS,
    PLANS,
    SLUG,
    VERSION_LOG,
    WORKERS,
    field_types,
    kind,
)
from lineofsight.returns.ssd_opening import is_ssd, open_file
from lineofsight.returns.ssd_people import (
    Names,
    gathered_children,
    gathered_links,
    prepare_disability,
    prepare_person,
    strangers,
    take_immigration,
    take_linked,
    take_workers,
)
from lineofsight.returns.ssd_rows import Opened, Taken, take

_HOME_AND_WHETHER_IT_SUITS = r"^([A-Z])([12])$"
_ORDER = (pl.exclude("file", "sheet", ROW), "file", "sheet", ROW)
_VISITS = (PLAN_VISITS, CARE_VISITS, CIN_VISITS)
_DERIVED = ("assessment_factors", "periods_of_care", "health_assessments")
_SYNTHETIC = "synthetic"
# Events whose latest days suggest the day the dataset was made.
_EVENTS = (
    ("ssd_contacts", "contacts", "contacted_on"),
    ("ssd_cin_episodes", "referrals", "referred_on"),
    ("ssd_cin_assessments", "assessments", "started_on"),
    ("ssd_s47_enquiry", "section_47_enquiries", "strategy_discussion_on"),
    ("ssd_cp_visits", "visits", "visited_on"),
    ("ssd_cla_visits", "visits", "visited_on"),
    ("ssd_cin_visits", "visits", "visited_on"),
    ("ssd_cla_episodes", "care_episodes", "started_on"),
)
# Cases that were open when the dataset begins are older than it: contacts and closures are not.
_FIRST = (
    (_EVENTS[0], "The earliest contact is of"),
    (("ssd_cin_episodes", "need_episodes", "ended_on"), "The earliest case to be closed was on"),
)
_PREPARED: dict[str, Callable[[pl.DataFrame], pl.DataFrame]] = {
    PERSON.name: prepare_person,
    DISABILITY.name: prepare_disability,
    CONTACTS.name: prepare_contacts,
    EPISODES_OF_NEED.name: prepare_need,
    ASSESSMENTS.name: prepare_assessments,
    ENQUIRIES.name: prepare_enquiries,
    CONFERENCES.name: prepare_conferences,
}
_LATER = (WORKERS.name, PERMANENCE.name)


@dataclass
class _Delivery:
    """What was opened, what else of the dataset was there, and everything wrong with it."""

    opened: dict[str, Opened] = field(default_factory=dict)
    read_past: dict[str, None] = field(default_factory=dict)
    signed: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    is_synthetic: bool = False
    is_database: bool = False


def read_safeguarding(source: Database | Sequence[Path], given: Stated) -> Collected:
    """Read the dataset into journey tables, from its files or from its database.

    Raises SubmissionRefused with everything that was found, and where nobody has said which days
    it covers, with the days that its rows suggest.
    """
    if isinstance(source, Database):
        delivery, name, sha256, because = _from_database(source)
    else:
        delivery, name, sha256, because = _from_files(source)
    if delivery.faults:
        raise SubmissionRefused(delivery.faults)
    taken = _taken(delivery.opened)
    settled = _settled(given, name, taken, is_synthetic=delivery.is_synthetic)
    return _collected(delivery, taken, settled, (name, sha256, because))


def _from_files(paths: Sequence[Path]) -> tuple[_Delivery, str, str, str]:
    delivery = _Delivery()
    for path in paths:
        try:
            _open_into(delivery, path)
        except SubmissionRefused as refused:
            delivery.faults += refused.faults
    name = paths[0].name if len(paths) == 1 else f"{NAME}, {len(paths)} files"
    tables = [found for path in paths if (found := is_ssd(path))]
    listed = ", ".join(f"'{table}'" for table in tables[:3])
    others = f" and {len(tables) - 3} more of its tables" if len(tables) > 3 else ""
    because = f"the columns of its files are those of {listed}{others}"
    return delivery, name, _joint_sha256(delivery.signed), because


def _open_into(delivery: _Delivery, path: Path) -> None:
    name, opened = open_file(path)
    delivery.signed.append((path.name, hashlib.sha256(path.read_bytes()).hexdigest()))
    if name == VERSION_LOG:
        _read_versions(delivery, path)
    if opened is None:
        delivery.read_past[name] = None
    elif name in delivery.opened:
        delivery.faults.append(_twice(name, delivery.opened[name].file, path.name))
    else:
        delivery.opened[name] = opened


def _read_versions(delivery: _Delivery, path: Path) -> None:
    """Look whether the log of versions says that every child is made up."""
    content = path.read_bytes()
    if content.startswith(b"PAR1"):
        content = pl.read_parquet(path).write_csv().encode()
    delivery.is_synthetic |= _SYNTHETIC.encode() in content.lower()


def _joint_sha256(signed: Sequence[tuple[str, str]]) -> str:
    if len(signed) == 1:
        return signed[0][1]
    lines = "".join(f"{name}\t{sha256}\n" for name, sha256 in sorted(signed))
    return hashlib.sha256(lines.encode()).hexdigest()


def _twice(table: str, first: str, second: str) -> Fault:
    return Fault(
        f"2 files are the table '{table}'.",
        f"Files: {first}, {second}.",
        "Deliver the one that counts and leave out the other.",
    )


def _from_database(database: Database) -> tuple[_Delivery, str, str, str]:
    tables = read_tables(database)
    delivery = _Delivery({each.table.name: each for each in tables.opened}, is_database=True)
    delivery.read_past = dict.fromkeys(t for t in tables.found if t not in delivery.opened)
    if tables.versions is not None:
        text = tables.versions.write_csv().casefold()
        delivery.is_synthetic = _SYNTHETIC in text
    because = f"it holds {len(delivery.opened)} of the tables whose names begin 'ssd_'"
    return delivery, tables.file, tables.sha256, because


def _taken(opened: Mapping[str, Opened]) -> dict[str, Taken]:
    """Take the tables that need no day to be read; workers and adoptions come later."""
    episodes = opened.get(CARE_EPISODES.name)
    special: dict[str, Callable[[Opened], Taken]] = {
        LINKED.name: take_linked,
        IMMIGRATION.name: take_immigration,
        PLACEMENTS.name: lambda table: take_placements(table, episodes),
        CARE_REVIEWS.name: lambda table: take_reviews(table, episodes),
        CHECKS.name: take_checks,
        LEAVERS.name: _take_leavers,
    }
    taken: dict[str, Taken] = {}
    for name in (name for name in field_types() if name in opened and name not in _LATER):
        if name in special:
            taken[name] = special[name](opened[name])
        elif name in _PREPARED:
            taken[name] = take(opened[name], _PREPARED[name])
        else:
            taken[name] = take(opened[name])
    return taken


def _take_leavers(opened: Opened) -> Taken:
    """Take care leavers; accommodation may be told with whether it suits, as SSDA903 does."""
    home, suits = "clea_care_leaver_accommodation", "clea_care_leaver_accom_suitable"

    def prepare(texts: pl.DataFrame) -> pl.DataFrame:
        if home not in texts.columns:
            return texts
        if suits not in texts.columns:
            texts = texts.with_columns(pl.lit(None, pl.String).alias(suits))
        digit = pl.col(home).str.extract(_HOME_AND_WHETHER_IT_SUITS, 2)
        said = digit.replace({"1": "Y", "2": "N"})
        bare = pl.col(home).str.replace(_HOME_AND_WHETHER_IT_SUITS, "$1")
        return texts.with_columns(pl.coalesce(suits, said).alias(suits), bare.alias(home))

    return take(opened, prepare)


def _settled(
    given: Stated, name: str, taken: Mapping[str, Taken], *, is_synthetic: bool
) -> Settled:
    options = {"--from": given.first_day, "--to": given.last_day, "--as-at": given.as_at}
    silent = [option for option, day in options.items() if day is None]
    if silent:
        raise SubmissionRefused(_silence(silent, name, taken))
    own = Stated(is_synthetic=is_synthetic)
    settled, faults = settle(own, given, name, lambda: "")
    if faults or settled is None:
        raise SubmissionRefused(faults)
    return settled


def _silence(options: Sequence[str], name: str, taken: Mapping[str, Taken]) -> Fault:
    what = "Nobody has said which days the dataset covers and as at which day it was made."
    remedy = f"Give {' '.join(f'{option} DATE' for option in options)}. {_hint(taken)}".strip()
    where = f"{name}. The dataset holds no such day; {' and '.join(options)} would say it."
    return Fault(what, where, remedy)


def _hint(taken: Mapping[str, Taken]) -> str:
    """Say which options the rows suggest; what is dated after today suggests nothing."""
    last = max((day for place in _EVENTS if (day := _ends(place, taken)[1])), default=None)
    for place, words in _FIRST:
        first = _ends(place, taken)[0]
        if first and last:
            return (
                f"{words} {day_name(first)} and the latest event of {day_name(last)}, which "
                f"suggests --from {first} --to {last} --as-at {last}."
            )
    return ""


def _ends(
    place: tuple[str, str, str], taken: Mapping[str, Taken]
) -> tuple[date, date] | tuple[None, None]:
    """Give the first and the last day of some events that have come."""
    source, table, day = place
    if source not in taken:
        return None, None
    days = taken[source].frames[table][day]
    days = days.filter(days <= datetime.now(UTC).date())
    first, last = days.min(), days.max()
    return (first, last) if isinstance(first, date) and isinstance(last, date) else (None, None)


def _collected(
    delivery: _Delivery, taken: dict[str, Taken], settled: Settled, named: tuple[str, str, str]
) -> Collected:
    name, sha256, because = named
    opened = delivery.opened
    linked_front_door(taken, settled.as_at)
    linked_episodes(taken)
    periods, repairs = rebuilt_periods(taken, settled.as_at)
    if PERMANENCE.name in opened:
        adopted = take_permanence(opened[PERMANENCE.name], periods)
        taken[PERMANENCE.name] = with_families(adopted, taken.get(FAMILY.name))
    if WORKERS.name in opened:
        taken[WORKERS.name] = take_workers(opened[WORKERS.name], settled.as_at)
    _name_staff(opened, taken)
    frames, issues = _frames(taken, periods, settled)
    sheets = tuple((table, rows.rows_in, rows.rows_taken) for table, rows in taken.items())
    faults = list(lost_lists(tuple(_but_set_aside(rows) for rows in taken.values()), name))
    if faults:
        raise SubmissionRefused(faults)
    every = [issue for rows in taken.values() for issue in rows.issues]
    return Collected(
        return_name=NAME,
        slug=SLUG,
        file_name=name,
        sha256=sha256,
        settled=settled,
        frames={table: frame.select(_ORDER) for table, frame in frames.items()},
        issues=(*every, *issues, *repairs, *strangers(taken)),
        sheets=sheets,
        missing_fields=missing_fields(opened, frames),
        missing_tables=tuple(t for t in _journey_tables() if t not in frames),
        because=because,
        remarks=tuple(_remarks(delivery, taken, frames)),
    )


def _but_set_aside(rows: Taken) -> tuple[str, int, int]:
    """Count the rows of a table that no rule set aside, and those taken."""
    aside = sum(issue.count for issue in rows.issues if issue.kind is Kind.SET_ASIDE)
    return rows.table.name, rows.rows_in - aside, rows.rows_taken


def _journey_tables() -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kind().tables, *_DERIVED)))


def _name_staff(opened: Mapping[str, Opened], taken: dict[str, Taken]) -> None:
    """Put names of teams and workers in the place of their identifiers."""
    names = Names.of(opened, taken)
    for table, fields in (
        (EPISODES_OF_NEED, (referrals, need_episodes)),
        (ASSESSMENTS, (assessments,)),
        (ENQUIRIES, (section_47_enquiries,)),
        (CONFERENCES, (initial_conferences,)),
        (LEAVERS, (care_leavers,)),
        (INVOLVEMENTS, (involvements,)),
    ):
        if table.name in taken:
            taken[table.name] = names.given(taken[table.name], *fields)


def _frames(
    taken: dict[str, Taken], periods: pl.DataFrame | None, settled: Settled
) -> tuple[dict[str, pl.DataFrame], list[ReadingIssue]]:
    """Put the journey's tables together; what helped only to read others is left behind."""
    frames: dict[str, pl.DataFrame] = {}
    issues: list[ReadingIssue] = []
    if CARE_VISITS.name in taken:
        taken[CARE_VISITS.name] = of_kind(taken[CARE_VISITS.name], "L")
    for name, rows in taken.items():
        if name not in _PUT_TOGETHER:
            frames |= rows.frames
    made = [taken[table.name].frame(visits) for table in _VISITS if table.name in taken]
    if made:
        frames["visits"] = pl.concat(made)
    if PERSON.name in taken:
        frames["children"], unlike = gathered_children(taken, settled.as_at)
        issues += unlike
    issues += _add_links(frames, taken)
    issues += _add_factors(frames, taken)
    _add_care(frames, taken, periods, settled)
    return frames, issues


_PUT_TOGETHER = frozenset(
    table.name
    for table in (
        PERSON,
        DISABILITY,
        LINKED,
        PLACEMENTS,
        LEGAL_STATUSES,
        *_VISITS,
        *TABLES_OF_HEALTH,
    )
)
_NOTHING_WITHOUT = {
    PERSON.name: (DISABILITY.name,),
    ASSESSMENTS.name: (FACTORS.name,),
    CARE_EPISODES.name: (
        PLACEMENTS.name,
        LEGAL_STATUSES.name,
        *(table.name for table in TABLES_OF_HEALTH),
    ),
}


def _add_links(frames: dict[str, pl.DataFrame], taken: Mapping[str, Taken]) -> list[ReadingIssue]:
    links, issues = gathered_links(taken)
    if links is not None:
        frames["linked_identifiers"] = links
    return issues


def _add_factors(frames: dict[str, pl.DataFrame], taken: dict[str, Taken]) -> list[ReadingIssue]:
    found = factors_of(taken)
    if found is None:
        return []
    frame, taken[FACTORS.name], issues = found
    if ASSESSMENTS.name in taken:
        frames["assessment_factors"] = frame
    return issues


def _add_care(
    frames: dict[str, pl.DataFrame],
    taken: Mapping[str, Taken],
    periods: pl.DataFrame | None,
    settled: Settled,
) -> None:
    for table in (immigration_status, previous_permanence, care_leavers):
        if table.__name__ in frames:
            day = pl.lit(settled.last_day).alias("recorded_on")
            frames[table.__name__] = frames[table.__name__].with_columns(day)
    frames |= checks_had(taken)
    if periods is None:
        return
    frames["periods_of_care"] = periods
    checked = health_by_year(taken, periods, settled.first_day, settled.last_day)
    if checked is not None:
        frames["health"] = checked


def _remarks(
    delivery: _Delivery,
    taken: Mapping[str, Taken],
    frames: Mapping[str, pl.DataFrame],
) -> Iterator[str]:
    if delivery.is_database:
        yield "A row's number is its place in the order of its table's key."
    if past := sorted(set(delivery.read_past) - {VERSION_LOG}):
        yield f"Nothing the journey keeps is in {', '.join(past)}: not read."
    if "referrals" in frames and (count := frames["referrals"]["is_no_further_action"].sum()):
        yield f"{count:,} of the referrals had no further action and begin no episode of need."
    for needed, tables in _NOTHING_WITHOUT.items():
        idle = [name for name in tables if name in taken and needed not in taken]
        if idle:
            yield f"Without {needed} nothing can be made of {', '.join(idle)}."
    if DISABILITY.name in taken:
        yield "A child without a row in ssd_disability counts as having no disability."
    if PLANS.name in taken:
        yield (
            "How many plans a child had before is counted from the plans in ssd_cp_plans: one that "
            "is older than the dataset is not among them."
        )
    if "periods_of_care" in frames:
        yield (
            "Periods of care are rebuilt from the episodes, with the legal status that was in "
            "force on each one's first day."
        )
    if "health" in frames:
        yield (
            "The table of health is worked out from the days of checks, for the years to each 31 "
            "March and to the last day covered."
        )


def is_dataset(arrived: Path | Database) -> bool:
    """Tell whether a file or database is of the dataset, by its columns or its address."""
    if isinstance(arrived, Database):
        return True
    try:
        return is_ssd(arrived) is not None
    except LineOfSightError:
        return False
