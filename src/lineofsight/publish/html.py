"""The paper as one web page: no script, no request to anywhere, readable by eye and by ear."""

from __future__ import annotations

import base64
from importlib import resources
from pathlib import Path

from markupsafe import Markup

from lineofsight.overview.funnel_chart import FunnelChart
from lineofsight.overview.one_page import Column, Row
from lineofsight.overview.overview import Chart, DatasetRow, Kind, Overview
from lineofsight.overview.way_to_a_plan import Against
from lineofsight.publish import arrangement, charts, funnels, icons, opening, steps, style
from lineofsight.publish.names import INDEX, page_file, pages_folder
from lineofsight.publish.templating import page
from lineofsight.publish.writing import writable, write_whole


def write(overview: Overview, path: Path) -> None:
    """Write the paper as one HTML file with its style, charts and font inside it.

    Raises UsageFault where the file cannot be written.
    """
    write_whole(path, render(overview, pages_folder(path.stem)).encode("utf-8"))


def render(overview: Overview, folder: str = "pages") -> str:
    """The page as text; `folder` holds the pages of its indicators."""
    whole = page(
        "overview.html.j2",
        overview=overview,
        a=arrangement,
        op=opening,
        columns=tuple(Column),
        icon=_icon,
        style=style,
        kinds=Kind,
        fonts=embedded_fonts(),
        draw=draw,
        draw_funnel=_draw_funnel,
        draw_steps=_draw_steps,
        trend=_trend,
        folder=folder,
        index=INDEX,
        page_file=page_file,
        paged={page.indicator_id for page in overview.pages},
    )
    return writable(whole)


def embedded_fonts() -> dict[str, str]:
    """The paper's fonts as base64, for a page that asks nothing of anywhere."""
    return {name: _font(name) for name in ("Regular", "Italic", "SemiBold")}


def draw(chart: Chart) -> Markup:
    """Draw a chart into a page."""
    return Markup(charts.draw(chart))


def _draw_funnel(chart: FunnelChart) -> Markup:
    return Markup(funnels.draw(chart))


def _draw_steps(part: Against) -> Markup:
    return Markup(steps.draw(part))


def _icon(of: Row | Column) -> Markup:
    return Markup(icons.draw(of))


def _trend(row: DatasetRow) -> Markup:
    return Markup(charts.sparkline(row.trend, row.trend_description))


def _font(name: str) -> str:
    file = resources.files("lineofsight.publish").joinpath(f"fonts/SourceSans3-{name}.woff2")
    return base64.b64encode(file.read_bytes()).decode("ascii")
