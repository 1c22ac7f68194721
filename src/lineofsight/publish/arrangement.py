"""What stands where in the paper, and the fixed words around it: the same in all four formats."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from lineofsight.overview.overview import (
    ComparatorLine,
    DatasetChapter,
    DatasetRow,
    Figure,
    IndicatorPage,
    Item,
    Kind,
    Overview,
    Sentence,
)
from lineofsight.overview.way_to_a_plan import Against, StepTold
from lineofsight.publish.templating import day

SYNTHETIC = "Synthetic data. Every child, record and figure in this paper is made up."
SUMMARY = "Summary"
NEAR_MISSES = "Near misses"
NEAR_MISSES_INTRODUCTION = "Indicators that came close to one of the two lists above."
STANDINGS = "Among all English authorities"
STANDINGS_INTRODUCTION = (
    "Each mark is one authority, placed by its size and its figure. Small authorities differ more "
    "by chance, so the limits are wider for them; they also allow for how much authorities usually "
    "differ. About six in seven authorities lie between the 95% limits, one in forty beyond the "
    "99.8% limits. A rank is given only where one way is good; the first is the best."
)
STANDINGS_TOLD = "The authority and its neighbours in this chart"
STANDINGS_HEADINGS = ("Authority", "Size", "Figure", "Place in the funnel")
WAY_TO_A_PLAN = "Where the rate of child protection plans arises"
WAY_INTRODUCTION = (
    "From a referral to a plan there are six steps. For each it is said how many times as many "
    "there are here as elsewhere. Multiplied with each other the steps give how many times as many "
    "children have a plan."
)
WAY_TOLD = "The figures behind this chart"
DATASET = "The whole dataset"
RESTATED = "Restated since they were published"
RESTATED_INTRODUCTION = (
    "Figures of earlier months change when records are entered or corrected after the paper was "
    "published. The figure as it was published stands beside the one that is known now."
)
RESTATED_HEADINGS = ("Indicator", "Period", "As published", "Now", "Published in edition")
NOT_MEASURED = "What could not be measured, and why"
GLOSSARY = "Words used"
AT_A_GLANCE = "All indicators at a glance"
AT_A_GLANCE_KEY = (
    "All charts have the same size and the same periods, and each its own scale, which begins at "
    "zero and ends at the number above it. The line with points is each month (or year), the "
    "broad line twelve months together; the newest value stands beside it. A row of dots is a "
    "target; lines of dashes are comparators: long dashes the first, short dashes the second, "
    "dashes with dots the third. The grey band is usual variation, a diamond a month beyond it. An "
    "upright line marks an event."
)
NOTES = "Notes"
BASES = "How the figures are formed"
NO_COMMENT = "No comment was given."
NOTHING_HERE = "No indicator is in this list this time."
BLANK = "–"
COMPARED = "Compared with others"


@dataclass(frozen=True, slots=True)
class Statement:
    """Sentences of one kind that stand together under one label, with who stands behind them."""

    kind: Kind
    texts: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in the dataset table: `label` only where it differs from the column's heading."""

    figure: Figure
    label: str
    mark: str


def prepared(overview: Overview) -> str:
    """The line under the title: when the paper was prepared."""
    return f"Prepared on {day(overview.prepared_on)}"


def feet(overview: Overview) -> tuple[str, ...]:
    """What stands at the foot of every page: whether the data are made up, and who may see them."""
    first = SYNTHETIC if overview.is_synthetic else prepared(overview)
    return tuple(line for line in (first, overview.handling) if line)


def listed_name(item: Item) -> str:
    """The name of an item in a list of contents."""
    return item.plain_name or item.brief or item.name


def headed(one: Item | DatasetRow) -> str:
    """The name that stands first: for the public the plain one, where there is one."""
    return one.plain_name or one.name


def beneath(one: Item | DatasetRow) -> str:
    """What stands under the name: the statutory name if a plain one is first, and the polarity."""
    return f"{one.name}. {one.polarity}" if one.plain_name else one.polarity


def glossary(overview: Overview) -> tuple[tuple[str, str], ...]:
    """Each term with its meaning and its other names, as a term and a paragraph."""
    return tuple(
        (entry.term, " ".join(filter(None, (entry.meaning, entry.names))))
        for entry in overview.glossary
    )


def compared_heading(item: Item) -> str:
    """The heading over an item's comparators: which of its figures they stand beside."""
    return f"{COMPARED}: {item.compared}" if item.compared else COMPARED


def area_parts(line: ComparatorLine) -> tuple[str, str]:
    """A comparator's area and what follows it: its name, without what the area says already."""
    rest = line.area_name.removeprefix(line.area).strip()
    return line.area, rest


def attribution(sentence: Sentence) -> str:
    """Who stands behind a sentence: author and date of a comment, owner and due date of an action.

    The outcome of an action has the author and the date of its report.

    A computed sentence has no author: its attribution is empty.
    """
    written = day(sentence.written_on) if sentence.written_on else "undated"
    due = day(sentence.due_on) if sentence.due_on else "no date set"
    return {
        Kind.COMPUTED: "",
        Kind.COMMENT: f"{sentence.author or 'Unnamed'}, {written}",
        Kind.ACTION: f"Owner: {sentence.owner or 'none named'}. Due: {due}.",
        Kind.OUTCOME: f"{sentence.author or 'Unnamed'}, {written}",
    }[sentence.kind]


def statements(sentences: Sequence[Sentence]) -> tuple[Statement, ...]:
    """Put together what follows each other from one source; actions and outcomes stay alone."""

    def source(place: tuple[int, Sentence]) -> tuple[Kind, str, int]:
        i, sentence = place
        is_alone = sentence.kind in (Kind.ACTION, Kind.OUTCOME)
        return sentence.kind, attribution(sentence), i if is_alone else 0

    return tuple(
        Statement(kind, tuple(sentence.text for _, sentence in found), by)
        for (kind, by, _), found in groupby(enumerate(sentences), key=source)
    )


def computed(item: Item) -> tuple[Statement, ...]:
    """What the records say of an item; it stands after its chart."""
    return statements([s for s in item.sentences if s.kind is Kind.COMPUTED])


def said(item: Item) -> tuple[Statement, ...]:
    """Comments, outcomes of earlier actions, then new actions: what people say of an item."""
    kinds = (Kind.COMMENT, Kind.OUTCOME, Kind.ACTION)
    return statements([s for kind in kinds for s in item.sentences if s.kind is kind])


def has_comment(item: Item) -> bool:
    """Whether an officer has commented; if not, the paper leaves a ruled space."""
    return any(s.kind is Kind.COMMENT for s in item.sentences)


def written_on_rows(chapter: DatasetChapter) -> tuple[DatasetRow, ...]:
    """The lines of a chapter on which something is written: they have no item of their own."""
    return tuple(row for row in chapter.rows if row.sentences)


def by_chapter(overview: Overview) -> dict[str, list[IndicatorPage]]:
    """The pages of indicators under the titles of their chapters."""
    chapters: dict[str, list[IndicatorPage]] = {}
    for one in overview.pages:
        chapters.setdefault(one.chapter, []).append(one)
    return chapters


def has_restated(overview: Overview) -> bool:
    """Whether earlier months were published, so that the paper says how they stand now."""
    return bool(overview.restatements or overview.restated_note)


def rows(overview: Overview) -> Iterator[DatasetRow]:
    """Every line of the dataset, chapter by chapter."""
    return (row for chapter in overview.dataset for row in chapter.rows)


def areas(overview: Overview) -> tuple[str, ...]:
    """The comparator columns of the dataset, in the order in which they first appear."""
    return tuple(dict.fromkeys(line.area for row in rows(overview) for line in row.comparators))


def area_heading(overview: Overview, area: str) -> str:
    """The heading of a comparator column: the area, or the region's name where all agree."""
    lines = (line for row in rows(overview) for line in row.comparators)
    names = {line.area_name for line in lines if line.area == area}
    name = names.pop() if len(names) == 1 else ""
    return f"{name} region" if name and area == "Region" else area


def comparator_cells(overview: Overview, row: DatasetRow) -> tuple[ComparatorLine | None, ...]:
    """The comparators of a line, one for each of `areas`, None where there is none."""
    by_area = {line.area: line for line in row.comparators}
    return tuple(by_area.get(area) for area in areas(overview))


def bases(overview: Overview) -> tuple[str, ...]:
    """The ways in which the dataset's figures were formed, in the order they first appear."""
    figures = (figure for row in rows(overview) for figure in row.figures)
    return tuple(dict.fromkeys(figure.basis for figure in figures if figure.basis))


def basis_notes(overview: Overview) -> tuple[tuple[str, str], ...]:
    """Each basis with the letter that stands for it in the table."""
    return tuple((_letter(i), basis) for i, basis in enumerate(bases(overview)))


def columns(overview: Overview) -> tuple[str, ...]:
    """The headings of the dataset's figure columns; a figure too many still gets a column."""
    most = max((len(row.figures) for row in rows(overview)), default=0)
    spare = most - len(overview.figure_columns)
    return overview.figure_columns + ("Further figure",) * max(0, spare)


def figure_cells(overview: Overview, row: DatasetRow) -> tuple[Cell | None, ...]:
    """The figures of a line, one for each column, None where there is none."""
    marks = {basis: letter for letter, basis in basis_notes(overview)}
    pairs = zip_longest(columns(overview), row.figures)
    return tuple(_cell(figure, column, marks) if figure else None for column, figure in pairs)


def way_headings(overview: Overview, part: Against) -> tuple[str, ...]:
    """The headings of the table of steps against one area."""
    return (
        "Step",
        overview.authority,
        part.their_heading,
        "Times as many (95% interval)",
        "Share of the gap",
        "Among all authorities",
    )


def way_rows(part: Against) -> tuple[tuple[str, ...], ...]:
    """The steps against one area, a row each, and all steps together."""
    return tuple(_way_row(step) for step in (*part.steps, part.whole))


def _way_row(step: StepTold) -> tuple[str, ...]:
    interval = f" ({step.interval_text})" if step.interval_text else ""
    times = f"{step.times_text}{interval}"
    return step.name, step.own_text, step.their_text, times, _share(step.adds), step.place or BLANK


def _share(adds: float) -> str:
    rounded = math.floor(abs(adds) * 100 + 0.5)
    sign = "−" if adds < 0 and rounded else ""
    return f"{sign}{rounded}%"


def _cell(figure: Figure, column: str, marks: dict[str, str]) -> Cell:
    label = "" if figure.label == column else figure.label
    return Cell(figure, label, marks.get(figure.basis, ""))


def _letter(place: int) -> str:
    return chr(ord("a") + place)
