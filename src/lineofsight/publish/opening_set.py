"""The page that opens the paper, as plain JSON for the Typst template that sets it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from lineofsight.overview.one_page import Area, Column, OnePage, Row
from lineofsight.overview.overview import Overview
from lineofsight.publish import arrangement, icons, opening


def described(overview: Overview) -> dict[str, Any]:
    """Everything the first page sets: texts, fixed words and signs."""
    page, columns = overview.one_page, overview.figure_columns
    return {
        "opening": page.opening,
        "computed": opening.COMPUTED,
        "grid": _grid(page) if opening.has_grid(page) else None,
        "areas": [_area(area, columns) for area in page.areas],
        "changed_title": opening.CHANGED,
        "changed_said": page.changed_said,
        "changed": [
            {"what": line.what, "names": opening.shown(line.names)}
            for line in opening.changes(page)
        ],
        "promised_title": opening.PROMISED,
        "promises_said": page.promises_said,
        "promise_headings": opening.PROMISE_HEADINGS,
        "promises": [
            {
                "cells": opening.promise_cells(line),
                "promised_in": opening.promised_in(line),
                "is_said": bool(line.outcome),
            }
            for line in opening.promises(page)
        ],
        "more_promises": opening.more_promises(page),
    }


def _grid(page: OnePage) -> dict[str, Any]:
    return {
        "title": opening.GRID,
        "corner": opening.GRID_CORNER,
        "none": opening.NONE,
        "note": page.grid.note,
        "columns": [_signed(column) for column in Column],
        "rows": [
            {"heading": _signed(row), "cells": [asdict(cell) for cell in cells]}
            for row, cells in opening.grid_rows(page)
        ],
    }


def _signed(of: Row | Column) -> dict[str, str]:
    return {"label": of.value, "sign": icons.draw(of)}


def _area(area: Area, columns: tuple[str, ...]) -> dict[str, Any]:
    return {
        "title": area.title,
        "headings": opening.headings(area, columns),
        "columns": columns,
        "has_gap": opening.has_gap(area),
        "lines": [asdict(line) for line in opening.lines(area)],
        "more": opening.more_lines(area),
        "none": area.none or arrangement.NOTHING_HERE,
    }
