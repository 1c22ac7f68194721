"""The glossary: only what a paper uses, in its audience's words, and as GLOSSARY.md has it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from lineofsight.indicators import ALL
from lineofsight.overview.glossary import plain_name, with_glossary
from lineofsight.overview.glossary_terms import TERMS
from lineofsight.overview.overview import Overview
from lineofsight.reference.audience import Audience
from tests.overview_examples import example_overview

GLOSSARY = Path(__file__).resolve().parents[3] / "GLOSSARY.md"


@pytest.fixture(scope="module")
def paper() -> Overview:
    return example_overview()


@pytest.fixture(scope="module")
def public(paper: Overview) -> Overview:
    return with_glossary(replace(paper, audience=Audience.PUBLIC))


def test_a_paper_explains_what_it_uses_and_nothing_else(paper: Overview) -> None:
    terms = [entry.term for entry in paper.glossary]

    assert "Initial child protection conference" in terms
    assert "Multi-agency safeguarding hub" in terms
    assert "Placement order" not in terms
    assert len(terms) == len(set(terms))


def test_names_by_audience_stand_beside_the_meaning(paper: Overview, public: Overview) -> None:
    for_service = {entry.term: entry.names for entry in paper.glossary}
    for_public = {entry.term: entry.names for entry in public.glossary}

    assert for_service["Initial child protection conference"] == (
        "In short: ICPC. For the public: first child protection meeting."
    )
    assert for_public["First child protection meeting"] == (
        "In short: ICPC. In the law and the service: initial child protection conference."
    )
    assert for_public["Care experienced child (child looked after)"] == (
        "In short: CLA and LAC. In the law and the service: looked-after child."
    )


def test_the_public_reads_plain_names_first(public: Overview) -> None:
    names = {one.indicator_id: one.plain_name for one in public.pages}
    items = {i.indicator_id: i.plain_name for section in public.sections for i in section.items}
    rows = {r.indicator_id: r.plain_name for chapter in public.dataset for r in chapter.rows}

    identity = "child_protection.icpc_timeliness"
    plain = "First child protection meetings within 15 working days"
    assert names[identity] == items[identity] == rows[identity] == plain
    assert names["children_looked_after.rate"] == "Care experienced children"
    assert names["quality.audits"] == ""


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Children starting to be looked after", "Children coming into care"),
        ("Looked after Children who went missing", "Care experienced children who went missing"),
        ("Single Assessments completed", "Social workers' assessments completed"),
        ("Care leavers in touch", "Care experienced young people in touch"),
        ("Re-referrals within 12 months", "Children referred again within 12 months"),
        ("Audits completed", ""),
    ],
)
def test_a_name_in_plain_words(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_no_two_indicators_have_one_plain_name() -> None:
    """But for those the service itself distinguishes by what the public does not."""
    plain = [plain_name(i.brief or i.name) or (i.brief or i.name) for i in ALL]
    twice = {name for name in plain if plain.count(name) > 1}

    assert twice <= {"Children referred again within 12 months"}


def test_no_two_terms_have_one_name() -> None:
    names = [name.casefold() for t in TERMS for name in (t.name, *t.short)]

    assert len(names) == len(set(names))


def test_every_meaning_is_of_whole_sentences_and_every_pattern_finds_its_own_name() -> None:
    for term in TERMS:
        assert re.fullmatch(r"[A-Z].*\.", term.meaning, re.DOTALL), term.name
        found = re.search(term.pattern, term.name, re.IGNORECASE)
        assert found or term.name in ("twelve months together", "quartile, median"), term.name


def test_terms_that_both_glossaries_have_do_not_contradict_each_other() -> None:
    """Each word of the papers that code and pages use too is spelled there as here."""
    page = GLOSSARY.read_text(encoding="utf-8")
    words = {word.casefold() for row in re.findall(r"^\| \*\*(.+?)\*\*", page, re.M)
             for word in row.split(", ")}  # fmt: skip
    said = {name.casefold() for t in TERMS for name in (t.name, *t.short)}

    assert {"placement", "statistical neighbours", "working day", "icpc", "mash"} <= words & said
    meaning = {t.name: t.meaning for t in TERMS}
    assert "bank holidays" in meaning["working day"]
    assert re.search(r"\*\*working day\*\*.*bank holidays", page)
    assert "not the mean of twelve" in meaning["twelve months together"]
    assert re.search(r"\*\*rolling twelve months\*\*.*not a mean of percentages", page)
