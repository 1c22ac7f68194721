"""What stands where: the same for every format, so it is settled once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lineofsight.overview.overview import Kind, Overview, Sentence
from lineofsight.publish import arrangement
from tests.overview_examples import example_overview

ON = date(2020, 9, 14)


def computed(text: str) -> Sentence:
    return Sentence(Kind.COMPUTED, text)


def test_sentences_from_one_source_stand_together_and_actions_alone() -> None:
    said = (
        computed("One."),
        computed("Two."),
        Sentence(Kind.COMMENT, "Three.", author="Director", written_on=ON),
        Sentence(Kind.COMMENT, "Four.", author="Director", written_on=ON),
        Sentence(Kind.COMMENT, "Five.", author="Head of Service", written_on=ON),
        Sentence(Kind.ACTION, "Six.", owner="Director", due_on=ON),
        Sentence(Kind.ACTION, "Seven.", owner="Director", due_on=ON),
    )
    grouped = [(s.texts, s.by) for s in arrangement.statements(said)]
    assert grouped == [
        (("One.", "Two."), ""),
        (("Three.", "Four."), "Director, 14 September 2020"),
        (("Five.",), "Head of Service, 14 September 2020"),
        (("Six.",), "Owner: Director. Due: 14 September 2020."),
        (("Seven.",), "Owner: Director. Due: 14 September 2020."),
    ]


def test_what_is_not_known_of_a_comment_or_an_action_is_said() -> None:
    assert arrangement.attribution(Sentence(Kind.COMMENT, "So.")) == "Unnamed, undated"
    owner_unknown = arrangement.attribution(Sentence(Kind.ACTION, "Do."))
    assert owner_unknown == "Owner: none named. Due: no date set."


def test_a_comparator_column_is_headed_by_its_area_and_the_region_by_its_name() -> None:
    paper = example_overview()
    headings = [arrangement.area_heading(paper, area) for area in arrangement.areas(paper)]
    assert headings == ["Statistical neighbours", "South East region", "England"]


def with_first_figures(paper: Overview, **changes: object) -> Overview:
    chapter = paper.dataset[0]
    row = replace(chapter.rows[0], **changes)  # type: ignore[arg-type]
    return replace(paper, dataset=(replace(chapter, rows=(row,)),))


def test_a_figure_for_another_period_than_its_column_says_so() -> None:
    paper = example_overview()
    figures = paper.dataset[0].rows[0].figures
    short = replace(figures[1], label="5 months to August 2020")
    changed = with_first_figures(paper, figures=(figures[0], short))
    row = changed.dataset[0].rows[0]
    labels = [cell.label for cell in arrangement.figure_cells(changed, row) if cell]
    assert labels == ["", "5 months to August 2020"]


def test_a_figure_too_few_leaves_a_blank_and_one_too_many_gets_a_column() -> None:
    paper = example_overview()
    first, second = paper.dataset[0].rows[0].figures
    few = with_first_figures(paper, figures=(first,))
    assert arrangement.figure_cells(few, few.dataset[0].rows[0])[1] is None
    many = with_first_figures(paper, figures=(first, second, first))
    assert arrangement.columns(many) == (*paper.figure_columns, "Further figure")
    last = arrangement.figure_cells(many, many.dataset[0].rows[0])[2]
    assert last is not None
    assert last.label == first.label
