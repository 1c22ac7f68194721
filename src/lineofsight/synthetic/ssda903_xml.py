"""The tables of an SSDA903 return as its XML form: one element a child, its records inside.

The XML form has no records of social workers or of deprivations of liberty.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!-- Synthetic: every child is made up. -->\n'
    "<EXPSSDA903>\n"
)
_CLOSING = "</EXPSSDA903>\n"
_TAGS = {"CHILD": "CHILDID", "PLACE": "PL"}
_DESCRIBED = ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
# Tables that are groups of records in the header, by the name of the group.
_GROUPS = {"reviews": "AREVIEW", "missing": "AMISSING", "prev_perm": "PERMANENCE", "oc2": "OC2"}
_LAST_GROUPS = {"placed_for_adoption": "AD_PLACED"}
_LOOSE = ("oc3", "ad1")  # one row a child, its fields in the header itself
_SPECIAL = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_ABOUT = ("CHILD", "DOB", "SEX")


def write_ssda903_xml(path: Path, tables: Mapping[str, pl.DataFrame]) -> Path:
    """Write the tables (see `ssda903_tables`) into one XML file."""
    whole = tables["header"].select("CHILD", described=_elements(_DESCRIBED))
    for name, text in _parts(tables).items():
        whole = whole.join(text.rename({"text": name}), on="CHILD", how="left")
    inside = [*_GROUPS, *_LOOSE, *_LAST_GROUPS]
    children = whole.select(
        pl.concat_str(
            pl.lit("<CHILD><HEADER>"),
            "described",
            pl.coalesce("uasc", pl.lit("<UASC>0</UASC>")),
            *(pl.col(name).fill_null("") for name in inside),
            pl.lit("</HEADER>"),
            pl.col("episodes").fill_null(""),
            pl.lit("</CHILD>\n"),
        ).alias("text")
    )
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_OPENING)
        file.writelines(children["text"])
        file.write(_CLOSING)
    return path


def _parts(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Give the text of each table by child: 'CHILD' and 'text'."""
    grouped = {"episodes": "EPISODE", **_GROUPS, **_LAST_GROUPS}
    parts = {name: _grouped(tables[name], tag) for name, tag in grouped.items()}
    parts |= {name: _by_child(tables[name], _elements(_own(tables[name]))) for name in _LOOSE}
    alone = pl.concat_str(pl.lit("<UASC>1</UASC>"), _element("DUC"))
    return parts | {"uasc": _by_child(tables["uasc"], alone)}


def _own(table: pl.DataFrame) -> list[str]:
    return [name for name in table.columns if name not in _ABOUT]


def _grouped(table: pl.DataFrame, tag: str) -> pl.DataFrame:
    record = pl.concat_str(pl.lit(f"<{tag}>"), _elements(_own(table)), pl.lit(f"</{tag}>"))
    return _by_child(table, record)


def _by_child(table: pl.DataFrame, text: pl.Expr) -> pl.DataFrame:
    rows = table.select("CHILD", text=text)
    return rows.group_by("CHILD", maintain_order=True).agg(pl.col("text").str.join())


def _elements(names: list[str] | tuple[str, ...]) -> pl.Expr:
    return pl.concat_str(_element(name) for name in names)


def _element(name: str) -> pl.Expr:
    """Give the element of a column; one that is blank is left out."""
    tag = _TAGS.get(name, name)
    text = pl.col(name)
    for character, entity in _SPECIAL:
        text = text.str.replace_all(character, entity, literal=True)
    return pl.concat_str(pl.lit(f"<{tag}>"), text, pl.lit(f"</{tag}>")).fill_null("")
