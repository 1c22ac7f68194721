"""What an edition is: a published paper with everything it rested on, and not one child's row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from lineofsight.editions.software import Software
from lineofsight.judgement.finding import Finding
from lineofsight.measurement.measurement import Described, Measurement
from lineofsight.overview.overview import Overview
from lineofsight.reference.audience import Audience
from lineofsight.reference.authority import Authority
from lineofsight.reference.periods import Month
from lineofsight.reference.polarity import Polarity


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenIndicator:
    """An indicator as it was described when the paper was made; see `measurement.Described`.

    Its definition is code and is not frozen: what it counted stands in the numbers.
    """

    id: str
    name: str
    brief: str
    chapter: str
    counted: str
    good: Polarity
    unit: str
    scale: int
    decimals: int
    is_snapshot: bool
    published: str
    source: str
    note: str
    blanks: str


_DESCRIBED = fields(FrozenIndicator)
# A protocol cannot be written down: this dataclass stands for it.
CONCRETE = {Described: FrozenIndicator}


@dataclass(frozen=True, slots=True)
class RestsOn:
    """A submission the paper rests on: which, of what, and the hash of the file it was."""

    id: str
    return_name: str
    sha256: str
    first_day: date
    last_day: date
    as_at: date
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ComparatorFile:
    """A file of published comparators the paper could use: which, of what, and its hash."""

    id: str
    title: str
    published_on: date | None
    sha256: str


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the edition with its hash: a published paper, or a part of what it rested on."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What identifies an edition.

    `known_at` is the moment up to which records were known: when the newest submission it rests
    on was received. `published_at` and `published_by` say when and by whom it was made.
    `neighbour_groups` are the versions of the lists of statistical neighbours behind its
    comparators, `comparator_files` the published files that were at hand. `papers` are the files
    that were published, `parts` the frozen ones; `audience` says for whom they were made.
    """

    id: str
    month: Month
    number: int
    authority: str
    prepared_on: date
    published_at: datetime
    published_by: str
    known_at: datetime
    software: Software
    neighbour_groups: tuple[str, ...]
    submissions: tuple[RestsOn, ...]
    papers: tuple[KeptFile, ...] = ()
    parts: tuple[KeptFile, ...] = ()
    comparator_files: tuple[ComparatorFile, ...] = ()
    audience: Audience = Audience.SERVICE


@dataclass(frozen=True, slots=True)
class Contents:
    """What was published, and what it rested on.

    `findings` hold every measurement with its numerators and denominators and every comparator
    with its vintage. `settings_file` and `commentary_file` are the files as they were, empty where
    there was none; `settings` is what was understood of the first.
    """

    overview: Overview
    findings: tuple[Finding, ...]
    settings: Authority
    settings_file: bytes = b""
    commentary_file: bytes = b""

    @property
    def measurements(self) -> tuple[Measurement, ...]:
        return tuple(finding.measurement for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: its facts and its contents."""

    facts: Facts
    contents: Contents


def frozen(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give findings whose indicators are described and no longer defined, fit to be kept."""
    return tuple(
        replace(f, measurement=replace(f.measurement, indicator=_described(f.measurement)))
        for f in findings
    )


def neighbour_groups(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Name the lists of statistical neighbours behind the comparators of some findings."""
    used = (c.comparator.group_version for f in findings for c in f.evidence.comparisons)
    return tuple(dict.fromkeys(version for version in used if version))


def _described(measurement: Measurement) -> FrozenIndicator:
    told = measurement.indicator
    return FrozenIndicator(**{field.name: getattr(told, field.name) for field in _DESCRIBED})
