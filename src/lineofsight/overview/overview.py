"""The Performance Overview as data: described first, drawn last, the same for every format.

Every number a reader sees is already text here, rounded once; `publish` lays out and draws, and
never counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from lineofsight.overview.funnel_chart import Standing
from lineofsight.overview.one_page import NO_PAGE, OnePage
from lineofsight.overview.promise import Promise
from lineofsight.overview.way_to_a_plan import NO_WAY, WayToAPlan
from lineofsight.reference.audience import Audience


class Kind(Enum):
    """Whose sentence it is; the four are kept apart to the eye and without colour."""

    COMPUTED = "Computed from the figures"
    COMMENT = "Officer's comment"
    ACTION = "Action"
    OUTCOME = "Outcome of an action"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One paragraph of the paper; a comment has an author and a date, an action an owner.

    An outcome has the author and the date of the report on an action that was promised before.
    """

    kind: Kind
    text: str
    author: str = ""
    written_on: date | None = None
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A value ready to be read: 'August 2020', '73%', '44 of 60 children'."""

    label: str
    text: str
    detail: str
    basis: str


@dataclass(frozen=True, slots=True)
class ComparatorLine:
    """A comparator ready to be read, with its year and where it is from."""

    area: str
    area_name: str
    text: str
    period: str
    source: str
    verdict: str


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A level drawn across a chart: a target, a comparator, the mean or a process limit."""

    label: str
    value: float
    style: str  # "target" | "comparator" | "mean" | "limit"


@dataclass(frozen=True, slots=True)
class ChartEvent:
    """Something that happened, marked on the chart: 'First lockdown'."""

    position: int
    label: str


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: label, values (None is a gap) and how it is drawn.

    `texts` are the values as a reader sees them ('73%', 'no children'), one for each value; a chart
    whose series have them is given a table of its figures.
    """

    label: str
    values: tuple[float | None, ...]
    style: str  # "actual" | "rolling" | "neighbours" | "region" | "england"
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A line chart as data. `title` states the finding, `alternative` serves who cannot see it.

    `labels` are the periods along the axis, one for each value of every series; `unit` is written
    with the axis numbers; `caption` says measure, source and period, so that the chart stands
    alone.
    """

    title: str
    alternative: str
    caption: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    lines: tuple[ReferenceLine, ...] = ()
    limits: tuple[tuple[float, ...], tuple[float, ...]] | None = None
    events: tuple[ChartEvent, ...] = ()
    signals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered indicator of a section.

    `brief` is the name in the contents; `compared` heads the comparators and says which figure they
    stand beside: '63% over the twelve months to August 2020 (95% interval 59% to 66%)'. `against`
    says in brief what the figure is held against, `behind` how many are behind the gap.
    `plain_name` stands above the name in a paper for the public, where it says it otherwise.
    """

    number: int
    indicator_id: str
    name: str
    polarity: str
    figures: tuple[Figure, ...]
    comparators: tuple[ComparatorLine, ...]
    sentences: tuple[Sentence, ...]
    chart: Chart
    definition: str
    brief: str = ""
    compared: str = ""
    against: str = ""
    behind: str = ""
    plain_name: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """'Positive areas' or 'Areas for development'."""

    title: str
    introduction: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """One line of the whole dataset; `trend` is drawn as a small line, newest value last.

    `trend_periods` name the periods of the trend, one for each value ('Aug 2020').
    `sentences` are an officer's comments and actions on an indicator that has no numbered item of
    its own, so that nothing that was written is lost.
    """

    indicator_id: str
    name: str
    polarity: str
    figures: tuple[Figure, ...]
    comparators: tuple[ComparatorLine, ...]
    verdict: str
    trend: tuple[float | None, ...]
    trend_description: str
    sentences: tuple[Sentence, ...] = ()
    trend_periods: tuple[str, ...] = ()
    plain_name: str = ""


@dataclass(frozen=True, slots=True)
class DatasetChapter:
    """A chapter of the dataset, along the child's journey."""

    title: str
    rows: tuple[DatasetRow, ...]


@dataclass(frozen=True, slots=True)
class Restatement:
    """A figure of an earlier month that has changed since it was published.

    `since` names the edition it was published in ('2020-07-1').
    """

    indicator_id: str
    name: str
    since: str
    before: Figure
    after: Figure


@dataclass(frozen=True, slots=True)
class Told:
    """A thing and what is said of it: ('The rule that fired', 'R2a: …')."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """One group of an indicator, with its figures under the columns of the whole dataset.

    The figures have neither label nor basis of their own: the columns say both.
    """

    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """An indicator divided in one way: 'Age', and every group that has records."""

    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """All there is to say of one measured indicator, on a page of its own.

    `figures`, `comparators` and `verdict` are those of its line in the dataset, `further` its other
    periods. `why` says why it is called what it is called; `heading` is the question it answers.
    `definition` is in plain words, `exactly` in the fields of the records. `quality` says how far
    the records reach and what is the matter with them. `sentences` are officers' comments and
    actions.
    """

    indicator_id: str
    name: str
    brief: str
    chapter: str
    polarity: str
    verdict: str
    figures: tuple[Figure, ...]
    further: tuple[Figure, ...]
    chart: Chart
    heading: str
    why: tuple[Told, ...]
    comparators: tuple[ComparatorLine, ...]
    compared: str
    divisions: tuple[Division, ...]
    definition: tuple[Told, ...]
    exactly: tuple[Told, ...]
    quality: tuple[str, ...]
    restatements: tuple[Restatement, ...]
    sentences: tuple[Sentence, ...]
    plain_name: str = ""


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A word that the paper uses, what it means, and what else it is called and by whom."""

    term: str
    meaning: str
    names: str


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """An indicator that has no value this time, and why."""

    name: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Note:
    """A heading with paragraphs: method, sources, population, data quality."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole paper.

    `headlines` are the lines a reader gets first, one a figure. `figure_columns` are the headings
    of the figures in the dataset table ('August 2020', '12 months to August 2020'). `handling`
    says who may see the paper, and stands at its top and at the foot of each page. `restatements`
    are figures of earlier months that changed after they were published; `restated_note` says how
    the others stand, and is empty where no earlier month was published. `standings` say where the
    authority stands among all, `way_to_a_plan` at which step its rate of plans arises; a paper from
    a council's own records has neither. `audience` is for whom it is written. `one_page` opens it;
    `promises` are the actions of earlier editions with what is known of them now.
    `pages` are all that is to say of each measured indicator, in the order of the dataset.
    `glossary` explains the terms that the paper uses.
    """

    title: str
    authority: str
    period: str
    prepared_on: date
    is_synthetic: bool
    summary: tuple[Sentence, ...]
    headlines: tuple[str, ...]
    sections: tuple[Section, ...]
    figure_columns: tuple[str, ...]
    dataset: tuple[DatasetChapter, ...]
    near_misses: tuple[str, ...] = ()
    not_measured: tuple[NotMeasured, ...] = ()
    notes: tuple[Note, ...] = field(default=())
    language: str = "en-GB"
    handling: str = ""
    restatements: tuple[Restatement, ...] = ()
    restated_note: str = ""
    standings: tuple[Standing, ...] = ()
    way_to_a_plan: WayToAPlan = NO_WAY
    audience: Audience = Audience.SERVICE
    one_page: OnePage = NO_PAGE
    promises: tuple[Promise, ...] = ()
    pages: tuple[IndicatorPage, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
