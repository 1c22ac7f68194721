"""The glossary of a paper: the terms it uses, and what each audience calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from lineofsight.overview.glossary_terms import TERMS, Term
from lineofsight.overview.numerals import capital, listed
from lineofsight.overview.overview import (
    DatasetChapter,
    GlossaryEntry,
    IndicatorPage,
    Item,
    Overview,
    Section,
)
from lineofsight.reference.audience import Audience


def with_glossary(overview: Overview) -> Overview:
    """Give the paper in its audience's names, with the terms that it uses explained.

    A paper for the public names each indicator in plain words first; the statutory name stays.
    """
    named = _in_plain_words(overview) if overview.audience is Audience.PUBLIC else overview
    return replace(named, glossary=tuple(_entries(named)))


def plain_name(name: str) -> str:
    """Say a name in the words for the public; empty where they are the same.

    >>> plain_name("Section 47 enquiries started")
    'Child protection enquiries started'
    """
    said = name
    for pattern, words in _swaps():
        said = pattern.sub(words, said)
    return "" if said == name else capital(said)


@cache
def _swaps() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"\b{pattern}\b", re.IGNORECASE), words)
        for term in TERMS
        for pattern, words in term.swaps
    )


def _entries(overview: Overview) -> Iterator[GlossaryEntry]:
    text = "\n".join(dict.fromkeys(_texts(overview)))
    for term in TERMS:
        if re.search(rf"(?<!\w)(?:{term.pattern})(?!\w)", text, re.IGNORECASE):
            yield _entry(term, overview.audience)


def _entry(term: Term, audience: Audience) -> GlossaryEntry:
    is_public = audience is Audience.PUBLIC and bool(term.public)
    other = term.name if is_public else term.public
    names = []
    if term.short:
        names.append(f"In short: {listed(term.short)}.")
    if other:
        where = "In the law and the service" if is_public else "For the public"
        names.append(f"{where}: {other}.")
    return GlossaryEntry(
        capital(term.public if is_public else term.name), term.meaning, " ".join(names)
    )


def _texts(overview: Overview) -> Iterator[str]:
    """The sentences and names of the paper; groups and numbers hold no terms."""
    yield from overview.headlines
    yield from (sentence.text for sentence in overview.summary)
    for section in overview.sections:
        for item in section.items:
            yield from (item.name, item.brief, item.definition, item.chart.title)
            yield from (sentence.text for sentence in item.sentences)
    for chapter in overview.dataset:
        for row in chapter.rows:
            yield from (row.name, row.verdict, *(f.detail for f in row.figures))
            yield from (f.text for f in row.figures)
            yield from (line.area for line in row.comparators)
    for page in overview.pages:
        yield from (told.text for told in (*page.why, *page.definition))
    yield from overview.near_misses
    yield from (paragraph for note in overview.notes for paragraph in note.paragraphs)


def _in_plain_words(overview: Overview) -> Overview:
    return replace(
        overview,
        sections=tuple(_section(section) for section in overview.sections),
        dataset=tuple(_chapter(chapter, _briefs(overview)) for chapter in overview.dataset),
        pages=tuple(_page(page) for page in overview.pages),
    )


def _briefs(overview: Overview) -> dict[str, str]:
    return {page.indicator_id: page.brief for page in overview.pages}


def _section(section: Section) -> Section:
    return replace(section, items=tuple(_item(item) for item in section.items))


def _item(item: Item) -> Item:
    return replace(item, plain_name=plain_name(item.brief or item.name))


def _chapter(chapter: DatasetChapter, briefs: dict[str, str]) -> DatasetChapter:
    rows = (
        replace(row, plain_name=plain_name(briefs.get(row.indicator_id, row.name)))
        for row in chapter.rows
    )
    return replace(chapter, rows=tuple(rows))


def _page(page: IndicatorPage) -> IndicatorPage:
    return replace(page, plain_name=plain_name(page.brief))
