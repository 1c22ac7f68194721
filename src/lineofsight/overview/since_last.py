"""What changed since the last edition for the same audience, read from the two papers alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lineofsight.overview.earlier import EarlierPaper
from lineofsight.overview.numerals import spoken
from lineofsight.overview.one_page import ChangeLine, Column, Grid, Row
from lineofsight.overview.overview import DatasetChapter, DatasetRow, Section

FIRST_EDITION = "This is the first edition that is kept: there is no earlier one to compare with."
FIRST_FOR_THEM = (
    "This is the first edition for these readers: there is no earlier one to compare with."
)
RESTATED_PLACE = "restated"
_LISTS = ("a positive area", "an area for development")
_NEWS = {
    Row.IMPROVING: "Newly improving",
    Row.WORSE: "Newly getting worse",
    Row.NEUTRAL: "Newly unusual",
}


def since_words(last: EarlierPaper | None, changed: Sequence[ChangeLine], *, is_first: bool) -> str:
    """Say which edition the new paper is held against, and whether anything has changed.

    `is_first` says that no earlier paper is kept, not even one for other readers.
    """
    if last is None:
        return FIRST_EDITION if is_first else FIRST_FOR_THEM
    since = f"Since the edition of {last.month.name} ({last.edition})"
    rest = "" if changed else " no list, verdict, chart or comparator has changed"
    return f"{since}{rest}."


def changes_since(
    last: EarlierPaper | None,
    sections: Sequence[Section],
    dataset: Sequence[DatasetChapter],
    grid: Grid,
    restated: int,
) -> tuple[ChangeLine, ...]:
    """List what entered and left the lists, other verdicts, the grid, and newer comparators.

    `restated` is how many figures already published are other ones now.
    """
    figures = (f"{restated:,} {'figure' if restated == 1 else 'figures'} of earlier months",)
    restatements = ChangeLine("Restated", figures, RESTATED_PLACE)
    if last is None:
        return (restatements,) if restated else ()
    before, after = _rows(last.overview.dataset), _rows(dataset)
    found = (
        *_in_and_out(last.overview.sections, sections),
        *_other_verdicts(before, after),
        *_newly(last.overview.one_page.grid, grid),
        *_newer_comparators(before, after),
    )
    return (*found, restatements) if restated else found


def _rows(dataset: Sequence[DatasetChapter]) -> dict[str, DatasetRow]:
    return {row.indicator_id: row for chapter in dataset for row in chapter.rows}


def _in_and_out(before: Sequence[Section], after: Sequence[Section]) -> Iterator[ChangeLine]:
    for then, now, words in zip(before, after, _LISTS, strict=False):
        was = {item.indicator_id: item.brief or item.name for item in then.items}
        is_now = {item.indicator_id: item.brief or item.name for item in now.items}
        came = tuple(name for identity, name in is_now.items() if identity not in was)
        left = tuple(name for identity, name in was.items() if identity not in is_now)
        yield from _line(f"Now {words}", came)
        yield from _line(f"No longer {words}", left)


def _other_verdicts(
    before: Mapping[str, DatasetRow], after: Mapping[str, DatasetRow]
) -> Iterator[ChangeLine]:
    """Changes between 'in line' and 'not judged'; the lists tell of the others."""
    plain = {"In line", "Not judged"}
    names = tuple(
        f"{row.name}: {row.verdict[:1].lower()}{row.verdict[1:]}, before "
        f"{was.verdict[:1].lower()}{was.verdict[1:]}"
        for identity, row in after.items()
        if (was := before.get(identity)) and was.verdict != row.verdict
        if {was.verdict, row.verdict} <= plain
    )
    yield from _line("Another verdict", names)


def _newly(before: Grid, after: Grid) -> Iterator[ChangeLine]:
    """Indicators that are in another row of the grid now; an older paper may have none."""
    if not before.cells:
        return
    for row, words in _NEWS.items():
        was = {identity for column in Column for identity in before.cell(row, column).ids}
        cells = [after.cell(row, column) for column in Column]
        pairs = [pair for cell in cells for pair in zip(cell.ids, cell.names, strict=True)]
        yield from _line(words, tuple(name for identity, name in pairs if identity not in was))


def _newer_comparators(
    before: Mapping[str, DatasetRow], after: Mapping[str, DatasetRow]
) -> Iterator[ChangeLine]:
    periods: dict[str, int] = {}
    for identity, row in after.items():
        was = before.get(identity)
        known = {(line.area, line.period) for line in was.comparators} if was else set()
        for line in row.comparators:
            if was and (line.area, line.period) not in known:
                said = f"{line.area}, {line.period}"
                periods[said] = periods.get(said, 0) + 1
    names = tuple(f"{said} ({spoken(count, 'indicators')})" for said, count in periods.items())
    yield from _line("Comparators newly published", names)


def _line(what: str, names: tuple[str, ...]) -> Iterator[ChangeLine]:
    if names:
        yield ChangeLine(what, names)
