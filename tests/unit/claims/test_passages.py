"""Paragraphs put together out of wrapped lines, with their headings and places."""

from __future__ import annotations

from lineofsight.claims.passages import Line, Passage, passages_of, plain_text
from tests.claims_drawn import NAMES

SA = "Percentage of Single Assessments (SA)"


def read(text: str) -> tuple[Passage, ...]:
    """Passages of a text, each line numbered."""
    lines = enumerate(plain_text(text).splitlines(), start=1)
    return passages_of([Line(f"line {n}", line) for n, line in lines], NAMES)


def test_wrapped_lines_are_joined_and_keep_their_places() -> None:
    (found,) = read("Timeliness was 73%\nin August, and\n63% over twelve months.")
    assert found.text == "Timeliness was 73% in August, and 63% over twelve months."
    places = [found.place_at(found.text.index(word)) for word in ("Time", "in Aug", "63%")]
    assert places == ["line 1", "line 2", "line 3"]


def test_a_word_split_at_a_line_s_end_is_joined_and_a_real_hyphen_kept() -> None:
    text = (
        "The assess-\nment was multi-\nagency and re-\nferred; a care-\nplan, as every care-plan."
    )
    assert read(text)[0].text == (
        "The assessment was multi-agency and re-ferred; a care-plan, as every care-plan."
    )


def test_an_empty_line_between_all_lines_ends_nothing() -> None:
    """As where a PDF was saved as text; two end a paragraph."""
    lines = [f"word {n} of a line that is long enough to be wrapped" for n in range(12)]
    text = "\n\n".join(lines) + ".\n\n\n\nAnother paragraph begins here and is short."
    assert [one.text[:7] for one in read(text)] == ["word 0 ", "Another"]


def test_headings_are_names_numbers_and_hashes() -> None:
    """A name of an indicator is one however it is wrapped; a list item is none."""
    text = (
        "# Report\n\nPositive Areas\n\n1. " + SA + " completed in 45\n"
        "working days\n89% were in time.\n\n## child_protection.icpc_timeliness\n\n"
        "Author: somebody; 1 May 2020\n\n- 73% in August\n- 63% over the year\n\n"
        "Action: Do it | Owner: Manager | Due: 2020-10-31\n"
    )
    found = [(one.text, one.headings[0]) for one in read(text)]
    icpc = "child_protection.icpc_timeliness"
    assert found == [
        ("89% were in time.", f"{SA} completed in 45 working days"),
        ("73% in August", icpc),
        ("63% over the year", icpc),
        ("Action: Do it", icpc),
    ]


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    first = "The pandemic has changed much, and it does not account for this"
    (found,) = read(f"{first}\n\n\f\n\nmetric alone.")
    assert found.text == f"{first} metric alone."
