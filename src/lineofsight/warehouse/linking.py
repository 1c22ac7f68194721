"""One child under two identifiers: every record is given the identifier that is kept.

The links come from the table `linked_identifiers`. Chains are followed (A is B, B is C: all are C);
links that go in a circle, or that give one identifier to two children, are not used and reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from lineofsight.journey.fields import ORIGIN, fields_of
from lineofsight.journey.tables import BY_NAME
from lineofsight.returns.issue import MOST_ROWS_NAMED, Kind, ReadingIssue

CHILD, OTHER = "child_id", "also_known_as"
LINKS = "linked_identifiers"


@dataclass(frozen=True)
class Linked:
    """The tables after linking, and what was done: rows given another identifier, links unused."""

    tables: dict[str, pl.DataFrame]
    reported: tuple[ReadingIssue, ...]


def link(tables: Mapping[str, pl.DataFrame]) -> Linked:
    """Give every record of a linked child the identifier that is kept.

    Of a child described under both, the row of the kept identifier stands, and the other fills its
    blanks.
    """
    links = tables.get(LINKS)
    if links is None or links.is_empty():
        return Linked(dict(tables), ())
    kept, unclear = _kept(links)
    linked, reported = dict(tables), list(_unclear(unclear))
    for name, rows in tables.items():
        if name == LINKS or CHILD not in rows.columns:
            continue
        moved = rows.filter(pl.col(CHILD).is_in(list(kept)))
        if moved.height:
            linked[name] = _relinked(rows, name, kept)
            reported += _moved(moved, name)
    return Linked(linked, tuple(reported))


def _kept(links: pl.DataFrame) -> tuple[dict[str, str], pl.DataFrame]:
    """Follow each link to the identifier that is kept; give the links that lead nowhere too."""
    direct: dict[str, str] = {}
    doubtful: set[str] = set()
    for kept, other in links.select(CHILD, OTHER).unique().sort(CHILD, OTHER).rows():
        if other in direct:
            doubtful.add(other)
        direct[other] = kept
    ends = {other: _end(other, direct) for other in direct if other not in doubtful}
    found = {other: end for other, end in ends.items() if end and end not in doubtful}
    return found, links.filter(~pl.col(OTHER).is_in(list(found)))


def _end(start: str, direct: Mapping[str, str]) -> str | None:
    here, seen = start, {start}
    while here in direct:
        here = direct[here]
        if here in seen:
            return None
        seen.add(here)
    return here


def _relinked(rows: pl.DataFrame, name: str, kept: Mapping[str, str]) -> pl.DataFrame:
    own = (~pl.col(CHILD).is_in(list(kept))).alias("is_own")
    found = rows.with_columns(own, pl.col(CHILD).replace(dict(kept)))
    return _one_description(found) if name == "children" else found.drop("is_own")


def _one_description(rows: pl.DataFrame) -> pl.DataFrame:
    """Make one row of a child described under two identifiers."""
    flags = {
        n for n, field in fields_of(BY_NAME["children"]).items() if field.info["kind"] == "flag"
    }
    ordered = rows.sort("is_own", descending=True, maintain_order=True).drop("is_own")
    columns = [
        pl.col(c).any() if c in flags else pl.col(c).first() if c in ORIGIN
        else pl.col(c).drop_nulls().first()
        for c in ordered.columns if c != CHILD
    ]  # fmt: skip
    return ordered.group_by(CHILD, maintain_order=True).agg(columns).select(ordered.columns)


def _moved(rows: pl.DataFrame, table: str) -> Iterator[ReadingIssue]:
    for (file, sheet), group in rows.group_by("file", "sheet", maintain_order=True):
        named = tuple(group["row"].sort().head(MOST_ROWS_NAMED).to_list())
        words = table.replace("_", " ")
        yield ReadingIssue(f"{file}, {sheet}", "", Kind.LINKED, group.height, named, words)


def _unclear(links: pl.DataFrame) -> Iterator[ReadingIssue]:
    for (file, sheet), group in links.group_by("file", "sheet", maintain_order=True):
        named = tuple(group["row"].sort().head(MOST_ROWS_NAMED).to_list())
        yield ReadingIssue(f"{file}, {sheet}", "", Kind.LINK_UNCLEAR, group.height, named)
