"""Our own papers checked: every number in their sentences must be a fact at the precision shown.

The facts are taken from the findings, not from the words that were made of them. What an officer
wrote is not looked at here: it is checked as any other text is.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from lineofsight.claims.finished_facts import Shown, facts_of, facts_of_chart, facts_of_figure
from lineofsight.judgement.finding import Finding, Verdict
from lineofsight.measurement.measurement import round_half_up
from lineofsight.overview.figures import Frame
from lineofsight.overview.overview import Figure, Item, Kind, Overview
from lineofsight.reference.periods import Month

_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
# Numbers that are no figures: dates and years, ages, intervals by name, 'per 10,000', time limits.
_STRUCTURES = (
    rf"\b\d{{1,2}} {_MONTHS}(?: \d{{4}})?|\b{_MONTHS} \d{{4}}|\b\d{{4}}[-–]\d{{2,4}}\b",
    r"\byears? \d{4}|\b(?:19|20)\d\d to (?:19|20)\d\d\b|\b20\d\d in every year\b",
    r"\b(?:in|to|and|since|for|of|until|from|after) (?:19|20)\d\d\b",
    r"\bper 10,000\b|\baged? \d+(?:[–-]\d+| to \d+)?|\b0[-–]17\b|\bsection 47\b",
    r"\b(?:95|99\.8)% (?:interval|one|limits?)",
    r"\b24 hours\b|\b\d+ (?:months|years)\b(?! before)",
)
_STRUCTURE = re.compile("|".join(_STRUCTURES))
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>%)?"
)
_HAS_NUMBER = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine)\b")
_TIME = re.compile(
    rf"(?: per 10,000)? (?:(?:in|on)(?: the year to)?(?: \d{{1,2}})? (?P<month>{_MONTHS})"
    r" (?P<year>\d{4})|over (?!\d)|as the mean )"
)
_NUMBERS = {name: number for number, name in enumerate(calendar.month_name[1:])}
_COUNTED_WORDS = (*("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A number of a paper that is no fact: where it stands, the number, and its sentence."""

    place: str
    number: str
    sentence: str


def unmatched_numbers(
    paper: Overview,
    findings: Sequence[Finding],
    known: Mapping[str, Collection[int]] = MappingProxyType({}),
) -> tuple[Unmatched, ...]:
    """Give every number in a paper's computed text that matches no fact of what it speaks of.

    Looked at are the summary, the headlines, and of each item and each row of the dataset: figures
    with what they were made of, comparators, sentences, and the titles, alternatives and captions
    of charts. A number matches a fact of its own indicator that rounds to it, half up; a percentage
    only a percentage; one that is said with its month, or as of twelve months, only that one.
    `known` are counts by indicator that stand in no finding: the rank among all authorities, and
    how many neighbours have a figure.
    """
    by_id = {finding.indicator_id: finding for finding in findings}
    frame = _frame(paper, findings)
    return (
        *_in_summary(paper, findings),
        *_in_headlines(paper, by_id, frame),
        *_in_items(paper, by_id, frame, known),
        *_in_dataset(paper, by_id, frame),
    )


def _frame(paper: Overview, findings: Sequence[Finding]) -> Frame:
    """Which month or year the paper is of, by its newest figures."""
    newest = [f.measurement.latest for f in findings if f.measurement.latest is not None]
    is_annual = any(f.measurement.is_annual for f in findings)
    last = max((value.period.last_day for value in newest), default=paper.prepared_on)
    if is_annual:
        return Frame(None, int(paper.figure_columns[0].rsplit(" ", 1)[-1]), "")
    return Frame(Month.of(last), None, "")


def _in_summary(paper: Overview, findings: Sequence[Finding]) -> Iterator[Unmatched]:
    measured = [f for f in findings if f.measurement.unmeasurable is None]
    counts = {len(findings), len(measured)}
    counts.add(sum(f.verdict is not Verdict.NOT_JUDGED for f in measured))
    counts |= {sum(f.verdict is verdict for f in measured) for verdict in Verdict}
    shown = Shown(frozenset(), frozenset(map(Decimal, counts)))
    names = _names(findings)
    for sentence in paper.summary:
        yield from _unmatched("Summary", sentence.text, shown, names)
        yield from _unmatched_words("Summary", sentence.text, counts, names)
    for section in paper.sections:
        yield from _unmatched_words(
            section.title, section.introduction, {len(section.items)}, names
        )


def _in_headlines(paper: Overview, by_id: dict[str, Finding], frame: Frame) -> Iterator[Unmatched]:
    items = [item for section in paper.sections for item in section.items]
    for line in paper.headlines:
        mine = [item for item in items if line.startswith(f"{item.brief or item.name}:")]
        if not mine:
            # It names no item: nothing in it can be a fact of one.
            numbers = [found[0] for found in _NUMBER.finditer(line)]
            yield Unmatched("Headline", ", ".join(numbers), line)
        for item in mine[:1]:
            finding = by_id[item.indicator_id]
            shown = facts_of(finding, frame)
            yield from _unmatched("Headline", line, shown, _names([finding]))


def _in_items(
    paper: Overview,
    by_id: dict[str, Finding],
    frame: Frame,
    known: Mapping[str, Collection[int]],
) -> Iterator[Unmatched]:
    for section in paper.sections:
        for item in section.items:
            finding = by_id[item.indicator_id]
            place = f"{section.title} {item.number}"
            yield from _in_figures(place, item.figures, finding, frame)
            more = frozenset(map(Decimal, known.get(item.indicator_id, ())))
            facts = facts_of(finding, frame).with_counts(more)
            drawn = facts_of_chart(finding, frame, len(item.chart.labels)).with_counts(more)
            yield from _in_item(place, item, (facts, drawn), _names(by_id.values()))


def _in_item(
    place: str, item: Item, facts: tuple[Shown, Shown], names: Sequence[str]
) -> Iterator[Unmatched]:
    shown, drawn = facts
    for line in item.comparators:
        yield from _unmatched(f"{place}, comparators", line.text, shown, names)
    for sentence in item.sentences:
        if sentence.kind is Kind.COMPUTED:
            yield from _unmatched(place, sentence.text, shown, names)
    yield from _unmatched(place, item.compared, shown, names)
    chart = item.chart
    for part, text in (
        ("title", chart.title),
        ("alternative", chart.alternative),
        ("caption", chart.caption),
        *(("line", line.label) for line in chart.lines),
    ):
        yield from _unmatched(f"{place}, chart {part}", text, drawn, names)


def _in_dataset(paper: Overview, by_id: dict[str, Finding], frame: Frame) -> Iterator[Unmatched]:
    for chapter in paper.dataset:
        for row in chapter.rows:
            finding = by_id[row.indicator_id]
            place = f"Dataset, {row.name}"
            yield from _in_figures(place, row.figures, finding, frame)
            shown, names = facts_of(finding, frame), _names([finding])
            for line in row.comparators:
                yield from _unmatched(f"{place}, comparators", line.text, shown, names)
            drawn = facts_of_chart(finding, frame, len(row.trend))
            yield from _unmatched(f"{place}, trend", row.trend_description, drawn, names)


def _in_figures(
    place: str, figures: Sequence[Figure], finding: Finding, frame: Frame
) -> Iterator[Unmatched]:
    for figure, value in zip(figures, frame.pair(finding.measurement), strict=True):
        shown = facts_of_figure(finding, value)
        for text in (figure.text, figure.detail):
            yield from _unmatched(f"{place}, {figure.label}", text, shown, ())


def _names(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Names of indicators, longest first: numbers inside them are no figures."""
    told = [f.measurement.indicator for f in findings]
    names = {name for one in told for name in (one.name, one.brief) if _HAS_NUMBER.search(name)}
    return tuple(sorted(names, key=len, reverse=True))


def _unmatched(place: str, text: str, shown: Shown, names: Sequence[str]) -> Iterator[Unmatched]:
    plain = _without(text, names)
    for found in _NUMBER.finditer(_STRUCTURE.sub(_blank, plain)):
        number = Decimal(found["number"].replace(",", ""))
        facts = _timed(plain, found.end(), shown)
        if facts is None:
            facts = shown.values if found["unit"] else shown.values | shown.counts
        if not any(_is(number, fact) for fact in facts):
            yield Unmatched(place, found[0], text)


def _timed(text: str, end: int, shown: Shown) -> frozenset[Decimal] | None:
    """The one fact that the words after a number allow: '89% in August 2020', '76% over …'."""
    found = _TIME.match(text, end)
    if found is None:
        return None
    if found["month"] is None:
        return None if shown.together is None else frozenset({shown.together})
    month = Month(int(found["year"]) * 12 + _NUMBERS[found["month"]])
    return frozenset({shown.dated[month]}) if month in shown.dated else None


def _unmatched_words(
    place: str, text: str, counts: set[int], names: Sequence[str]
) -> Iterator[Unmatched]:
    """Numbers in words: 'Three indicators meet the rule'."""
    for found in re.finditer(r"\b[A-Za-z]+\b", _without(text, names)):
        word = found[0].casefold()
        if word in _COUNTED_WORDS[1:] and _COUNTED_WORDS.index(word) not in counts:
            yield Unmatched(place, found[0], text)


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        folded = text.casefold()
        at = folded.find(name.casefold())
        while at >= 0:
            text = f"{text[:at]}{' ' * len(name)}{text[at + len(name) :]}"
            at = text.casefold().find(name.casefold())
    return text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _is(number: Decimal, fact: Decimal) -> bool:
    decimals = max(0, -int(number.as_tuple().exponent))
    return round_half_up(abs(fact), decimals) == number
