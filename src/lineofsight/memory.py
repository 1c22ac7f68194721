"""What was published is remembered: the verbs of the cycle that freeze an edition and read it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from pathlib import Path

from lineofsight import cycle
from lineofsight.access.roles import Act
from lineofsight.cycle import MonthJudged
from lineofsight.desk import SETTINGS, Desk, Progress
from lineofsight.disclosing import identifiers_of
from lineofsight.disclosure.rules import is_suppressed
from lineofsight.editions.comparison import EditionComparison, compare_editions
from lineofsight.editions.edition import (
    ComparatorFile,
    Contents,
    Facts,
    RestsOn,
    frozen,
    neighbour_groups,
)
from lineofsight.editions.rebuild import Rebuilt
from lineofsight.editions.rebuild import rebuild as rebuild_edition
from lineofsight.editions.shelf import Shelf
from lineofsight.editions.software import software
from lineofsight.errors import Fault, UsageFault
from lineofsight.judgement.withheld import Withholding
from lineofsight.overview.careful import demand_fit_for
from lineofsight.overview.earlier import EarlierPaper
from lineofsight.overview.overview import Overview
from lineofsight.overview.restated import PublishedMonth, restated_since
from lineofsight.publish import FORMATS
from lineofsight.publish.papers import drawn_aside, paper_names, put_in_place
from lineofsight.reference.audience import Audience
from lineofsight.reference.periods import Month
from lineofsight.returns.submission import Submission

MONTHS_LOOKED_BACK = 12


def overview(
    desk: Desk,
    judged: MonthJudged,
    prepared_on: date,
    commentary: Path | None,
    audience: Audience = Audience.SERVICE,
    what: Withholding | None = None,
) -> Overview:
    """Lay out the overview of a month for an audience, looking back on the editions before it.

    What was published then and is another figure now, what changed, and what became of the actions
    that were promised. `what` says what must not be shown (`disclosing.withheld_for`). Raises
    UsageFault where the commentary would expose a child to the audience, and AssertionError where
    a paper that others read would be laid out without `what`.
    """
    is_inside = not is_suppressed(audience, judged.authority.disclosure)
    assert is_inside or what is not None, audience
    if commentary is not None and what is not None:
        demand_fit_for(audience, commentary, identifiers_of(judged.journey))
    before = _published_before(desk, judged.month)
    since = restated_since(before, judged.measurements, what)
    earlier = papers_before(desk, judged.month)
    return cycle.overview(desk, judged, prepared_on, commentary, since, audience, earlier, what)


def papers_before(desk: Desk, month: Month) -> tuple[EarlierPaper, ...]:
    """Give the newest paper of each of the twelve months before, for each audience."""
    shelf = Shelf(desk.root)
    newest = {
        (facts.month, facts.audience): facts
        for facts in shelf.every()
        if month - MONTHS_LOOKED_BACK <= facts.month < month
    }
    return tuple(
        EarlierPaper(facts.id, facts.month, shelf.paper(facts.id)) for facts in newest.values()
    )


def publish(
    desk: Desk,
    judged: MonthJudged,
    paper: Overview,
    commentary: Path | None,
    out: Path,
    progress: Progress = lambda step: None,
    suffixes: Collection[str] = tuple(FORMATS),
) -> tuple[Facts, tuple[Path, ...]]:
    """Publish the paper of a month: frozen as an edition first, and then put where it is read.

    A paper that is in `out` has its edition; what stops half-way may leave an edition whose papers
    are not in `out`, and `rebuild` puts them there. `suffixes` are the formats it is published in,
    all of them unless said otherwise.
    """
    names = paper_names(stem_of(judged.month, paper.audience), paper, suffixes)
    with drawn_aside(paper, out, names, progress) as drawn:
        facts = Shelf(desk.root).keep(
            _facts(desk, judged, paper),
            _contents(desk, judged, paper, commentary),
            {path.name: path.read_bytes() for path in drawn},
            lambda identity: desk.trail.enter(desk.actor, Act.FREEZE, identity),
        )
        return facts, put_in_place(drawn, out)


def stem_of(month: Month, audience: Audience) -> str:
    """Name the files of a month's paper; who may see it is read off its name."""
    return f"overview-{month}-{audience}"


def editions(desk: Desk) -> tuple[Facts, ...]:
    """Give the facts of all editions, by month and number."""
    return Shelf(desk.root).every()


def check(desk: Desk, identity: str) -> Facts:
    """Compare every file of an edition with its hash; raises StoreFault naming all that differ."""
    return Shelf(desk.root).check(identity)


def rebuild(
    desk: Desk,
    identity: str,
    out: Path,
    *,
    is_strict: bool = False,
    progress: Progress = lambda step: None,
) -> Rebuilt:
    """Draw the papers of an edition again; the act is recorded first."""
    edition = Shelf(desk.root).read(identity)
    desk.trail.enter(desk.actor, Act.REBUILD, identity)
    return rebuild_edition(edition, out, is_strict=is_strict, progress=progress)


def compare(desk: Desk, old: str, new: str) -> EditionComparison:
    """Say which figures and verdicts differ between two editions."""
    shelf = Shelf(desk.root)
    return compare_editions(shelf.read(old), shelf.read(new))


def _published_before(desk: Desk, month: Month) -> list[PublishedMonth]:
    """What was published last of each of the twelve months before."""
    shelf = Shelf(desk.root)
    newest = {f.month: f for f in shelf.every() if month - MONTHS_LOOKED_BACK <= f.month < month}
    return [
        PublishedMonth(facts.id, before, shelf.read(facts.id).contents.measurements)
        for before, facts in sorted(newest.items())
    ]


def _facts(desk: Desk, judged: MonthJudged, paper: Overview) -> Facts:
    """What identifies the edition; its identity and hashes are given when it is kept."""
    submissions = judged.journey.submissions
    return Facts(
        id="",
        month=judged.month,
        number=0,
        authority=judged.authority.name,
        prepared_on=paper.prepared_on,
        published_at=datetime.now(UTC),
        published_by=desk.actor.name,
        known_at=max(one.received_at for one in submissions),
        software=software(),
        neighbour_groups=neighbour_groups(judged.findings),
        submissions=tuple(_rests_on(one) for one in submissions),
        comparator_files=tuple(
            ComparatorFile(one.id, one.title, one.published_on, one.sha256)
            for one in judged.holdings
        ),
        audience=paper.audience,
    )


def _rests_on(one: Submission) -> RestsOn:
    days = (one.first_day, one.last_day, one.as_at)
    return RestsOn(one.id, one.return_name, one.sha256, *days, one.received_at)


def _contents(
    desk: Desk, judged: MonthJudged, paper: Overview, commentary: Path | None
) -> Contents:
    settings = desk.root / SETTINGS
    found = Contents(
        overview=paper,
        findings=frozen(judged.findings),
        settings=judged.authority,
        settings_file=settings.read_bytes() if settings.exists() else b"",
        commentary_file=commentary.read_bytes() if commentary else b"",
    )
    # Read before this line, checked after: the file that is kept is the one that was used.
    if desk.authority() != judged.authority:
        raise UsageFault(_settings_changed(desk))
    return found


def _settings_changed(desk: Desk) -> Fault:
    return Fault(
        "The authority's settings changed while the overview was made.",
        f"Store: {desk.root.name}, file {SETTINGS}. Nothing was published.",
        "Make the overview again.",
    )
