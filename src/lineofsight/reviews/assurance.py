"""What audits of a year assure: how much was found right, by whom it was checked, what came of it.

A share is of the cases audited. Where a sample was drawn by lot, it also stands for the month it
was drawn from: each case counts for as many as its stratum has (cases with the same outcome), and
the interval is Wilson's with as many cases as weights so unequal are worth (Kish, Survey Sampling,
1965, section 11.7). Agreement after moderation is Cohen's kappa with linear weights (Psychological
Bulletin 70, 1968).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from lineofsight.access.audit import AuditEntry
from lineofsight.reference.codes import code_sets
from lineofsight.reference.periods import Month
from lineofsight.reviews.incidence import Share, wilson
from lineofsight.warehouse.journey import Journey

TABLES = frozenset({"audits", "mash_decisions"})
GRADES = ("outstanding", "good", "requires improvement", "inadequate")
GOOD = GRADES[:2]
NOT_SAID = "not recorded"
_SAMPLE = re.compile(r"mash-decisions-(\d{4}-\d{2})-\d+")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Assured:
    """Audits of one theme, the share whose work satisfied the auditor, and the grades."""

    theme: str
    audits: int
    satisfied: Share
    grades: tuple[int, ...]
    ungraded: int


@dataclass(frozen=True, slots=True)
class Sampled:
    """A sample drawn by lot: what was found in it, and for the month that it stands for.

    `cases` are the children whose decisions of the month could have been drawn; `worth` is how many
    cases of equal weight the sample is worth. `weighted` is None where a stratum of the month has
    no audited case, so that nothing can be said for all.
    """

    name: str
    month: Month
    audited: int
    satisfied: Share
    cases: int
    weighted: Share | None
    worth: float
    unseen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moderation:
    """Grades and what moderation made of them: a count for each pair, and how far both agree."""

    pairs: Mapping[tuple[str, str], int]
    confirmed: Share
    stricter: int
    milder: int
    kappa: float | None

    @property
    def count(self) -> int:
        """How many audits with a grade were moderated."""
        return sum(self.pairs.values())


@dataclass(frozen=True, slots=True)
class Actions:
    """Remedial actions of audits: how many audits asked for any, and what became of them."""

    audits: int
    actions: int
    in_time: int
    late: int
    not_due: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Agency:
    """The quality of one agency's referrals, as audits graded it."""

    name: str
    graded: int
    good: Share
    inadequate: int


@dataclass(frozen=True)
class Assurance:
    """What the audits of some months say. `by_month` is of all themes together."""

    months: tuple[Month, ...]
    audits: int
    children: int
    themes: tuple[Assured, ...]
    by_month: tuple[tuple[Month, int, int], ...]
    samples: tuple[Sampled, ...]
    moderation: Moderation | None
    unmoderated: int
    actions: Actions
    agencies: tuple[Agency, ...]
    as_at: date


def review_assurance(journey: Journey, months: Sequence[Month], entry: AuditEntry) -> Assurance:
    """Review the audits of some months that follow one another, as known at the end of the last.

    Needs the audit entry of the act: rows are read, though only numbers leave.
    """
    assert entry.subject
    as_at = months[-1].last_day
    known = pl.col("audited_on").is_between(months[0].first_day, as_at)
    audits = journey.frames["audits"].filter(known).to_dicts()
    moderated = [a for a in audits if a["moderated_grade"] and a["grade"]]
    return Assurance(
        months=tuple(months),
        audits=len(audits),
        children=len({audit["child_id"] for audit in audits}),
        themes=tuple(_themes(audits)),
        by_month=tuple(_month(audits, month) for month in months),
        samples=tuple(_samples(audits, journey.frames["mash_decisions"])),
        moderation=moderate((a["grade"], a["moderated_grade"]) for a in moderated),
        unmoderated=len(audits) - len(moderated),
        actions=_actions(audits, as_at),
        agencies=tuple(_agencies(audits)),
        as_at=as_at,
    )


def share(met: int, count: int) -> Share:
    """A share of equal cases with Wilson's interval; not a number of none."""
    return _share(met / count, count) if count else Share(float("nan"), 0.0, 1.0)


def _share(value: float, count: float) -> Share:
    return Share(value, *wilson(value, count))


def _themes(audits: Sequence[Row]) -> list[Assured]:
    names = Counter(audit["theme"] or NOT_SAID for audit in audits)
    return [_theme(name, [a for a in audits if (a["theme"] or NOT_SAID) == name])
            for name in sorted(names)]  # fmt: skip


def _theme(name: str, audits: Sequence[Row]) -> Assured:
    grades = Counter(audit["grade"] for audit in audits)
    satisfied = sum(audit["is_assured"] for audit in audits)
    return Assured(
        name,
        len(audits),
        share(satisfied, len(audits)),
        tuple(grades[grade] for grade in GRADES),
        grades[None],
    )


def _month(audits: Sequence[Row], month: Month) -> tuple[Month, int, int]:
    own = [audit for audit in audits if Month.of(audit["audited_on"]) == month]
    return month, sum(audit["is_assured"] for audit in own), len(own)


def _samples(audits: Sequence[Row], decisions: pl.DataFrame) -> Iterable[Sampled]:
    for name in sorted({audit["sample"] for audit in audits if audit["sample"]}):
        if match := _SAMPLE.fullmatch(name):
            own = [audit for audit in audits if audit["sample"] == name]
            yield _sampled(name, Month.parse(match[1]), own, decisions)


def _sampled(name: str, month: Month, audits: Sequence[Row], decisions: pl.DataFrame) -> Sampled:
    outcome = _outcomes(decisions, month)
    cases = Counter(outcome.values())
    drawn = [(outcome[a["child_id"]], bool(a["is_assured"])) for a in audits
             if a["child_id"] in outcome]  # fmt: skip
    found = Counter(stratum for stratum, _ in drawn)
    satisfied = share(sum(bool(a["is_assured"]) for a in audits), len(audits))
    unseen = tuple(sorted(stratum for stratum in cases if not found[stratum]))
    if unseen or not drawn:
        return Sampled(name, month, len(audits), satisfied, sum(cases.values()), None, 0.0, unseen)
    weighted, worth = weigh([(cases[s] / found[s], is_right) for s, is_right in drawn])
    return Sampled(
        name, month, len(audits), satisfied, sum(cases.values()), weighted, worth, unseen
    )


def weigh(cases: Sequence[tuple[float, bool]]) -> tuple[Share, float]:
    """The share of cases with weights, and how many cases of equal weight they are worth (Kish).

    >>> found, worth = weigh([(1.0, True), (1.0, False), (2.0, True)])
    >>> found.value, round(worth, 2)
    (0.75, 2.67)
    """
    total = sum(weight for weight, _ in cases)
    worth = total**2 / sum(weight**2 for weight, _ in cases)
    met = sum(weight for weight, is_met in cases if is_met)
    return _share(met / total, worth), worth


def _outcomes(decisions: pl.DataFrame, month: Month) -> dict[str, str]:
    """The outcome of each child's last decision of a month: what it could be drawn as."""
    day = pl.col("decided_at").cast(pl.Date)
    own = decisions.filter(day.is_between(month.first_day, month.last_day)).sort("decided_at")
    return {row["child_id"]: row["outcome"] or NOT_SAID for row in own.to_dicts()}


def moderate(graded: Iterable[tuple[str, str]]) -> Moderation | None:
    """Hold grades against those after moderation; None where there are none.

    >>> moderate([("good", "good"), ("good", "inadequate")]).stricter
    1
    """
    pairs = Counter(graded)
    count = sum(pairs.values())
    if not count:
        return None
    place = {grade: n for n, grade in enumerate(GRADES)}
    moves = [(place[b] - place[a], n) for (a, b), n in pairs.items()]
    return Moderation(
        pairs=dict(pairs),
        confirmed=share(sum(n for move, n in moves if move == 0), count),
        stricter=sum(n for move, n in moves if move > 0),
        milder=sum(n for move, n in moves if move < 0),
        kappa=_kappa(pairs, place, count),
    )


def _kappa(pairs: Counter[tuple[str, str]], place: Mapping[str, int], count: int) -> float | None:
    """Agreement beyond chance, by steps of one grade; None where all audits have one grade."""
    first, second = Counter[str](), Counter[str]()
    for (a, b), n in pairs.items():
        first[a] += n
        second[b] += n
    apart = sum(abs(place[a] - place[b]) * n for (a, b), n in pairs.items()) / count
    by_chance = sum(
        abs(place[a] - place[b]) * first[a] * second[b] for a in first for b in second
    ) / count**2  # fmt: skip
    return 1 - apart / by_chance if by_chance else None


def _actions(audits: Sequence[Row], as_at: date) -> Actions:
    """Actions as they stood at the end of the months; closed later is open then."""
    own = [audit for audit in audits if (audit["remedial_actions"] or 0) > 0]
    ends = Counter(_end(audit, as_at) for audit in own)
    return Actions(
        audits=len(own),
        actions=sum(audit["remedial_actions"] for audit in own),
        in_time=ends["in time"],
        late=ends["late"],
        not_due=ends["not due"],
        overdue=ends["overdue"],
    )


def _end(audit: Row, as_at: date) -> str:
    due, closed = audit["actions_due_on"], audit["actions_closed_on"]
    if closed and closed <= as_at:
        return "late" if due and closed > due else "in time"
    return "overdue" if due and due <= as_at else "not due"


def _agencies(audits: Sequence[Row]) -> list[Agency]:
    graded = [a for a in audits if a["referral_grade"]]
    labels = {code.code: code.label for code in code_sets()["referral_source"].codes}
    names = Counter(a["referring_agency"] for a in graded)
    found = []
    for code in names:
        grades = Counter(a["referral_grade"] for a in graded if a["referring_agency"] == code)
        good, count = sum(grades[grade] for grade in GOOD), grades.total()
        name = labels.get(code, code) if code else NOT_SAID
        found.append(Agency(name, count, share(good, count), grades["inadequate"]))
    return sorted(found, key=lambda agency: (-agency.graded, agency.name))
