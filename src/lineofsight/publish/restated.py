"""The list of restated months as one web page to read and one CSV file to work with."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from lineofsight.overview.restated import RestatedLine, RestatedMonth, RestatedMonths
from lineofsight.publish import arrangement, style
from lineofsight.publish.html import embedded_fonts
from lineofsight.publish.templating import page
from lineofsight.publish.writing import writable, write_whole

STEM = "restated-months"
CSV_COLUMNS = (
    *("month", "known then", "edition", "indicator", "name", "period"),
    *("figure then", "numerator then", "denominator then"),
    *("figure now", "numerator now", "denominator now"),
)


def write_restated(listed: RestatedMonths, out: Path) -> tuple[Path, Path]:
    """Write the page and the table into a folder, and give their paths.

    Raises UsageFault where a file cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    web, table = out / f"{STEM}.html", out / f"{STEM}.csv"
    write_whole(web, to_html(listed).encode("utf-8"))
    # Excel takes a CSV for UTF-8 only with a byte-order mark.
    write_whole(table, to_csv(listed).encode("utf-8-sig"))
    return web, table


def to_html(listed: RestatedMonths) -> str:
    """The page as text."""
    words = {"listed": listed, "a": arrangement, "style": style, "fonts": embedded_fonts()}
    return writable(page("restated.html.j2", **words))


def to_csv(listed: RestatedMonths) -> str:
    """The table as text: one line for each restated figure, old and new."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for month in listed.months:
        writer.writerows(_csv_line(month, line) for line in month.lines)
    return text.getvalue()


def _csv_line(month: RestatedMonth, line: RestatedLine) -> tuple[str, ...]:
    words = line.words
    about = (str(month.month), month.known, words.since, words.indicator_id, words.name)
    return (*about, words.after.label, *_told(line, 0), *_told(line, 1))


def _told(line: RestatedLine, side: int) -> Iterator[str]:
    figure = (line.words.before, line.words.after)[side]
    yield figure.text
    for number in (line.numerators[side], line.denominators[side]):
        yield "" if number is None else f"{number:.6f}".rstrip("0").rstrip(".")
