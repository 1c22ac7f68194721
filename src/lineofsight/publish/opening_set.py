"""The page that opens the paper, as plain JSON for the Typst template that sets it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from lineofsight.overview.one_page import Area, Column, OnePage, PromiseLine, Row
from lineofsight.overview.overview import Overview
from lineofsight.publish import arrangement, icons, opening
from lineofsight.publish.opening import Limits


def described(overview: Overview) -> list[dict[str, Any]]:
    """The first page in full and then ever shorter: the template takes the first that fits."""
    return [_described(overview, limits) for limits in opening.PRINTED]


def _described(overview: Overview, limits: Limits) -> dict[str, Any]:
    page, columns = overview.one_page, overview.figure_columns
    return {
        "opening": page.opening,
        "computed": opening.computed(page),
        "grid": _grid(page, limits) if opening.has_grid(page) else None,
        "areas": [_area(area, columns, limits) for area in page.areas],
        "changed_title": opening.CHANGED,
        "changed_said": page.changed_said,
        "changed": [
            {"what": line.what, "names": opening.shown(line.names, max(1, limits.names))}
            for line in opening.changes(page, limits)
        ],
        "more_changes": opening.more_changes(page, limits),
        "promised_title": opening.PROMISED,
        "promises_said": page.promises_said,
        "promise_headings": opening.PROMISE_HEADINGS,
        "promises": [_promise(line) for line in opening.promises(page, limits)],
        "all_promises": [_promise(line) for line in page.promises],
        "more_promises": opening.more_promises(page, limits),
    }


def _grid(page: OnePage, limits: Limits) -> dict[str, Any]:
    return {
        "title": opening.GRID,
        "corner": opening.GRID_CORNER,
        "none": opening.NONE,
        "note": opening.grid_note(page, limits),
        "columns": [_signed(column) for column in Column],
        "rows": [
            {"heading": _signed(row), "cells": [asdict(cell) for cell in cells]}
            for row, cells in opening.grid_rows(page, limits)
        ],
    }


def _promise(line: PromiseLine) -> dict[str, Any]:
    return {
        "cells": opening.promise_cells(line),
        "promised_in": opening.promised_in(line),
        "is_said": bool(line.outcome),
    }


def _signed(of: Row | Column) -> dict[str, str]:
    return {"label": of.value, "sign": icons.draw(of)}


def _area(area: Area, columns: tuple[str, ...], limits: Limits) -> dict[str, Any]:
    return {
        "title": area.title,
        "headings": opening.headings(area, columns),
        "columns": columns,
        "has_gap": opening.has_gap(area),
        "lines": [asdict(line) for line in opening.lines(area, limits)],
        "more": opening.more_lines(area, limits),
        "none": area.none or arrangement.NOTHING_HERE,
    }
