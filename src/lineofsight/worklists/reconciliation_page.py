"""The reconciliation as one page to read and one CSV file to work through."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, PackageLoader

from lineofsight.access.audit import AuditEntry
from lineofsight.warehouse.side_by_side import Place
from lineofsight.worklists.reconciliation import FigureMoved, Reconciliation, sentence, to_csv

MOST_ROWS_SHOWN = 200
STEM = "reconciliation"


def write_reconciliation(
    found: Reconciliation, out: Path, authority: str, entry: AuditEntry, *, is_synthetic: bool
) -> tuple[Path, Path]:
    """Write the page and the CSV file into a folder, and give their paths.

    Needs the audit entry: both show records of children.
    """
    out.mkdir(parents=True, exist_ok=True)
    page, table = out / f"{STEM}.html", out / f"{STEM}.csv"
    page.write_text(_html(found, authority, is_synthetic=is_synthetic), encoding="utf-8")
    # Excel takes a CSV for UTF-8 only with a byte-order mark.
    table.write_text(to_csv(found.compared, entry), encoding="utf-8-sig", newline="")
    return page, table


def _html(found: Reconciliation, authority: str, *, is_synthetic: bool) -> str:
    def figures(pair: tuple[str, str]) -> list[FigureMoved]:
        return [figure for figure in found.figures if figure.returns == pair]

    loader = PackageLoader("lineofsight.worklists", "templates")
    pages = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return pages.get_template(f"{STEM}.html").render(
        found=found,
        figures=figures,
        sentence=sentence,
        words=_words,
        address=_address,
        authority=authority,
        is_synthetic=is_synthetic,
        most=MOST_ROWS_SHOWN,
    )


def _words(name: str) -> str:
    return name[:1].upper() + name[1:].replace("_", " ")


def _address(place: Place | None) -> str:
    return f"{place.file}, {place.sheet}, row {place.row}" if place else "no such record"
