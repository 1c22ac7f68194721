"""Lay out the committee paper: sections, dataset, headlines, summary and notes, all as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lineofsight.errors import Fault, UsageFault
from lineofsight.judgement.finding import Finding, Verdict
from lineofsight.measurement.trend_basis import TrendBasis
from lineofsight.overview.chart_data import Trends, chart_of
from lineofsight.overview.commentary import Commentary
from lineofsight.overview.dataset import dataset_of, not_measured
from lineofsight.overview.earlier import EarlierPaper, last_for, readable_by
from lineofsight.overview.figures import (
    Frame,
    brief_name,
    comparator_lines,
    compared_figure,
    figures_of,
    level_text,
    polarity_of,
)
from lineofsight.overview.first_page import LookedBack, against_in_brief, first_page
from lineofsight.overview.funnel_chart import Standing
from lineofsight.overview.glossary import with_glossary
from lineofsight.overview.indicator_page import NOTHING_BEHIND, Behind, PageMaterial, pages_of
from lineofsight.overview.methods_notes import notes_on
from lineofsight.overview.numerals import sentence
from lineofsight.overview.overview import (
    Chart,
    IndicatorPage,
    Item,
    Kind,
    Note,
    Overview,
    Section,
    Sentence,
)
from lineofsight.overview.promises import open_promises, promises_now
from lineofsight.overview.restated import NOTHING_PUBLISHED, RestatedSince
from lineofsight.overview.summary import coverage_of, headlines_of, introduction_to, summary_of
from lineofsight.overview.trend_remarks import NOTHING_KNOWN
from lineofsight.overview.way_to_a_plan import NO_WAY, WayToAPlan
from lineofsight.overview.wording import behind_gap, sentences_about
from lineofsight.reference.audience import Audience
from lineofsight.reference.authority import Event
from lineofsight.reference.periods import Month

_FROM_STATISTICS = "Made from published statistics."
_INSIDE = {
    Audience.SERVICE: "For use inside the service: small numbers are shown as they are.",
    Audience.COMMITTEE: "For a session without the public: small numbers are shown as they are.",
}
_SUPPRESSED = "Numbers from one to five, and figures that would give them away, are not shown (c)."
_NO_TRENDS: Mapping[str, Trends] = {}
_NO_BASES: Mapping[str, TrendBasis] = {}


def lay_out(
    findings: Sequence[Finding],
    *,
    authority: str,
    month: Month | None,
    year: int | None,
    prepared_on: date,
    is_synthetic: bool,
    events: Sequence[Event],
    commentary: Commentary,
    region_name: str,
    sources: Sequence[Note],
    near_misses: Sequence[str],
    comparator_trends: Mapping[str, Trends] = _NO_TRENDS,
    restated: RestatedSince = NOTHING_PUBLISHED,
    standings: Sequence[Standing] = (),
    way_to_a_plan: WayToAPlan = NO_WAY,
    trend_bases: Mapping[str, TrendBasis] = _NO_BASES,
    behind: Behind = NOTHING_BEHIND,
    audience: Audience = Audience.SERVICE,
    earlier: Sequence[EarlierPaper] = (),
    is_suppressed: bool = False,
) -> Overview:
    """Turn findings into the paper of one month (`month`) or one census year (`year`).

    `findings` are in the order of the dataset; within a section their `rank` numbers them.
    `comparator_trends` maps an indicator's identity to the yearly values of its comparators, for
    the charts of an annual paper, and `trend_bases` what these rest on; `restated` says what became
    of figures already published; `standings` say where the authority stands among all and
    `way_to_a_plan` where its rate of plans arises; `behind` holds what only the pages show.
    `earlier` are the papers of earlier months, of
    which it looks back on those that its `audience` has seen. For a paper whose small numbers are
    suppressed `findings` have lost them already (`judgement.withheld`).
    Raises UsageFault when neither or both of `month` and `year` are given, or when the commentary
    was written for another period.
    """
    frame = replace(
        _frame(month, year, region_name, is_synthetic=is_synthetic),
        audience=audience,
        is_suppressed=is_suppressed,
    )
    _demand_same_period(commentary, frame)
    positive = _ranked(findings, Verdict.POSITIVE)
    development = _ranked(findings, Verdict.DEVELOPMENT)
    rankings = {standing.indicator_id: standing.ranking for standing in standings}
    draw = _Drawing(frame, tuple(events), commentary, comparator_trends, rankings, trend_bases)
    sections = (
        draw.section("Positive areas", positive),
        draw.section("Areas for development", development),
    )
    dataset = dataset_of(findings, frame, commentary)
    seen = readable_by(earlier, audience)
    back = _looked_back(seen, commentary, restated, audience) if month is not None else None
    laid_out = Overview(
        title=_title(authority, frame),
        authority=authority,
        period=frame.period.label,
        prepared_on=prepared_on,
        is_synthetic=is_synthetic,
        summary=summary_of(findings, positive, development, frame),
        headlines=headlines_of(positive, development, frame),
        sections=sections,
        figure_columns=frame.columns,
        dataset=dataset,
        near_misses=() if audience is Audience.PUBLIC else tuple(near_misses),
        not_measured=not_measured(findings),
        notes=notes_on(findings, frame, sources),
        handling=_handling(frame),
        restatements=restated.lines,
        restated_note=restated.note,
        standings=tuple(standings),
        way_to_a_plan=way_to_a_plan,
        pages=draw.pages(findings, behind, restated),
        one_page=first_page(
            findings, sections, dataset, coverage_of(findings, frame), prepared_on, back
        ),
        promises=back.promises if back else (),
        audience=audience,
    )
    return with_glossary(laid_out)


def _looked_back(
    seen: Sequence[EarlierPaper],
    commentary: Commentary,
    restated: RestatedSince,
    audience: Audience,
) -> LookedBack:
    promises = promises_now(open_promises(seen), commentary.outcomes, commentary.sentences)
    return LookedBack(last_for(seen, audience), not seen, promises, len(restated.lines))


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What every item of one paper shares."""

    frame: Frame
    events: tuple[Event, ...]
    commentary: Commentary
    trends: Mapping[str, Trends]
    rankings: Mapping[str, str]
    bases: Mapping[str, TrendBasis]

    def section(self, title: str, findings: Sequence[Finding]) -> Section:
        verdict = Verdict.POSITIVE if title.startswith("Positive") else Verdict.DEVELOPMENT
        items = tuple(self.item(number, f) for number, f in enumerate(findings, start=1))
        return Section(title, introduction_to(verdict, len(items), self.frame), items)

    def item(self, number: int, finding: Finding) -> Item:
        measurement = finding.measurement
        comparators = comparator_lines(finding, self.frame)
        return Item(
            number=number,
            indicator_id=finding.indicator_id,
            name=measurement.indicator.name,
            polarity=polarity_of(measurement),
            figures=figures_of(measurement, self.frame),
            comparators=comparators,
            sentences=(
                *sentences_about(finding, self.frame),
                *self._ranked(finding.indicator_id),
                *self.commentary.on(finding.indicator_id),
            ),
            chart=self.chart(finding),
            definition=_definition(finding),
            brief=brief_name(measurement),
            compared=compared_figure(finding),
            against=against_in_brief(finding, comparators),
            behind=behind_gap(finding),
        )

    def pages(
        self, findings: Sequence[Finding], behind: Behind, restated: RestatedSince
    ) -> tuple[IndicatorPage, ...]:
        written, lines = self.commentary, restated.lines
        material = PageMaterial(self.frame, behind, written, self.rankings, lines, self.chart)
        return pages_of(findings, material)

    def chart(self, finding: Finding) -> Chart:
        trends = self.trends.get(finding.indicator_id)
        basis = self.bases.get(finding.indicator_id, NOTHING_KNOWN)
        return chart_of(finding, self.frame, self.events, trends, basis)

    def _ranked(self, indicator: str) -> tuple[Sentence, ...]:
        ranking = self.rankings.get(indicator)
        return (Sentence(Kind.COMPUTED, ranking),) if ranking else ()


def _frame(month: Month | None, year: int | None, region: str, *, is_synthetic: bool) -> Frame:
    if (month is None) == (year is None):
        raise UsageFault(
            Fault(
                "A paper is of one month or of one year.",
                f"Month: {month or 'none'}; year: {year or 'none'}.",
                "Give a month for the council's own records, or a year for published figures.",
            )
        )
    return Frame(month, year, region, is_synthetic)


def _handling(frame: Frame) -> str:
    if frame.month is None:
        return _FROM_STATISTICS
    return _SUPPRESSED if frame.is_suppressed else _INSIDE[frame.audience]


def _demand_same_period(commentary: Commentary, frame: Frame) -> None:
    written_for, label = commentary.period, frame.period.label
    if written_for and written_for.casefold() != label.casefold():
        raise UsageFault(
            Fault(
                f"The commentary was written for {written_for}.",
                f"The paper is of {label}.",
                f"Choose the commentary of {label}, or correct its title.",
            )
        )


def _ranked(findings: Sequence[Finding], verdict: Verdict) -> list[Finding]:
    chosen = (finding for finding in findings if finding.verdict is verdict)
    return sorted(chosen, key=lambda finding: finding.rank)


def _title(authority: str, frame: Frame) -> str:
    series = "Performance Overview – Children and Families"
    if frame.month is not None:
        return f"{series} – {frame.month.name} Dataset"
    return f"{series} – {authority}, {frame.period.label}"


def _definition(finding: Finding) -> str:
    indicator, target = finding.measurement.indicator, finding.evidence.target
    parts = [indicator.note, indicator.blanks, f"Source of the definition: {indicator.source}"]
    if target is not None and target.reason:
        value = level_text(finding.measurement, target.value)
        parts.append(f"Reason given for the target of {value}: {target.reason}")
    return " ".join(sentence(part) for part in parts if part)
