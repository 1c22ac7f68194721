"""The demonstration: a synthetic authority from nothing, through every verb, to its overview."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lineofsight import cycle, memory
from lineofsight.access.roles import Actor, Role
from lineofsight.checking import figures_of_rules
from lineofsight.desk import SETTINGS, Desk, Progress
from lineofsight.disclosing import withheld_for
from lineofsight.errors import Fault, UsageFault
from lineofsight.indicators import ALL
from lineofsight.overview.overview import Overview
from lineofsight.publish import DRAWN
from lineofsight.receiving import Window, receive
from lineofsight.reference.audience import Audience
from lineofsight.reference.periods import Month
from lineofsight.synthetic import authority
from lineofsight.synthetic.authority import Deliveries, Returns, synthesise
from lineofsight.synthetic.lives import DEFAULT
from lineofsight.validation.report import ValidationReport
from lineofsight.validation.written import write_report

MARK = "made-by-the-demonstration.txt"
MONTH = Month.parse("2020-08")
# The model report speaks of an October meeting to come and of August as the last full month.
PREPARED_ON = date(2020, 9, 21)
# July is published too, so that August can say what changed and what became of what was promised.
BEFORE, BEFORE_PREPARED_ON = MONTH - 1, date(2020, 9, 1)


@dataclass(frozen=True)
class Demonstration:
    """What the demonstration made: the papers of service and committee, and the files of all."""

    paper: Overview
    committee: Overview
    papers: tuple[Path, ...]
    report: ValidationReport


def synthetic_steps(
    size: int | None, deliveries: Deliveries = "auto", returns: Returns = "annex-a"
) -> int:
    """How often `synthesise_into` tells of its progress."""
    return authority.steps(size or DEFAULT, deliveries, returns)


def steps(size: int | None) -> int:
    """How often `run` tells of its progress."""
    written = authority.steps(size or DEFAULT)
    local_tables = 1 + authority.YEARS_OF_VISITS
    received = len(authority.windows(size or DEFAULT)) + local_tables
    validated = 1
    chapters = len({indicator.chapter for indicator in ALL})
    small_numbers = 1
    # Of July the web page and its pages are drawn.
    papers = len(DRAWN) * len(Audience) + 2
    return written + received + validated + 2 * (chapters + small_numbers) + papers


def synthesise_into(
    out: Path,
    size: int | None,
    seed: int,
    progress: Progress,
    deliveries: Deliveries = "auto",
    returns: Returns = "annex-a",
    mess: int = 0,
) -> tuple[Path, ...]:
    """Write the synthetic authority's files; gives them in the order they are received."""
    files = synthesise(out, size or DEFAULT, seed, progress, deliveries, returns, mess)
    return (*files.returns, files.settings, files.commentary_before, files.commentary)


def run(out: Path, size: int | None, seed: int, progress: Progress) -> Demonstration:
    """Synthesise, receive, validate, measure, compare, judge and publish August 2020.

    July 2020 is published first, from the same delivery, and kept as an edition. Everything is made
    anew: the demonstration's own folder inside `out` is emptied first. Raises UsageFault where a
    folder of that name is there that no demonstration made.
    """
    own = _emptied(out / "demonstration")
    files = synthesise(own / "returns", size or DEFAULT, seed, progress)
    desk = Desk(own / "store", Actor("demonstration", Role.ANALYST))
    for path in files.returns:
        progress(f"receive {path.name}")
        receive(desk, path, Window())
    shutil.copyfile(files.settings, own / "store" / SETTINGS)
    progress("validate")
    report = cycle.validate(desk)
    write_report(report, own, bearing=figures_of_rules())
    _publish_before(desk, files.commentary_before, own / "published", progress)
    judged = cycle.judge(desk, MONTH, PREPARED_ON, progress)
    withheld = withheld_for(desk, judged, tuple(Audience), progress)
    made = [
        memory.overview(desk, judged, PREPARED_ON, files.commentary, audience, what)
        for audience, what in withheld.items()
    ]
    papers = [
        path
        for paper in made
        for path in cycle.publish(paper, out, memory.stem_of(MONTH, paper.audience), progress)
    ]
    return Demonstration(made[0], made[1], tuple(papers), report)


def _publish_before(desk: Desk, commentary: Path, out: Path, progress: Progress) -> None:
    """Publish July 2020, with the actions on which the commentary of August reports.

    For the committee alone and as a web page: more would take most of the time.
    """
    judged = cycle.judge(desk, BEFORE, BEFORE_PREPARED_ON, progress)
    audience = Audience.COMMITTEE
    what = withheld_for(desk, judged, (audience,), progress)[audience]
    paper = memory.overview(desk, judged, BEFORE_PREPARED_ON, commentary, audience, what)
    memory.publish(desk, judged, paper, commentary, out, progress, suffixes=("html",))


def _emptied(own: Path) -> Path:
    """Empty a folder that a demonstration made, and nobody else's."""
    if own.exists() and not (own / MARK).exists():
        raise UsageFault(
            Fault(
                "The demonstration would empty a folder that it did not make.",
                f"Folder: '{own.name}' in '{own.resolve().parent.name}'.",
                "Choose another folder with --out, or move that one away.",
            )
        )
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir(parents=True)
    (own / MARK).write_text("Made by lineofsight demo, which empties it.\n", encoding="utf-8")
    return own
