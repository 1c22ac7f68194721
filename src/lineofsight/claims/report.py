"""What was found in a text as one page to read, one CSV file, and a summary in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from lineofsight.claims.statement import Checked, Outcome

CSV_COLUMNS = ("place", "statement", "outcome", "why", "indicator", "name", "of")
_SUMMARY = {
    Outcome.HOLDS: ("holds", "hold"),
    Outcome.HOLDS_BUT: ("holds with something to add", "hold with something to add"),
    Outcome.FALSE: ("does not hold", "do not hold"),
    Outcome.UNCHECKED: ("cannot be checked", "cannot be checked"),
}


def summary(checked: Checked) -> str:
    """Say in a sentence how many statements there are and what came of them.

    '42 statements: 25 hold, 6 hold with something to add, 1 does not hold, 10 cannot be checked.'
    """
    total = len(checked.statements)
    if not total:
        return "No statement was found that figures could tell of."
    said = ", ".join(
        f"{count} {words[0] if count == 1 else words[1]}"
        for outcome, words in _SUMMARY.items()
        if (count := len(checked.of(outcome)))
    )
    return f"{total} {'statement' if total == 1 else 'statements'}: {said}."


def to_csv(checked: Checked) -> str:
    """The statements as a table, in the order of the text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for one in checked.statements:
        row = (one.place, one.words, one.outcome.value, one.ruling.why)
        writer.writerow(map(_harmless, (*row, one.indicator_id, one.indicator, one.about)))
    return text.getvalue()


def to_html(checked: Checked) -> str:
    """The page as text: what does not hold first, then every statement in its order."""
    pages = Environment(
        loader=PackageLoader("lineofsight.claims", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("claims.html").render(
        checked=checked,
        summary=summary(checked),
        counts=_counts(checked),
        contradicted=checked.of(Outcome.FALSE),
    )


def _counts(checked: Checked) -> Sequence[tuple[Outcome, int]]:
    return [(outcome, len(checked.of(outcome))) for outcome in Outcome]


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
