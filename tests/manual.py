"""Write the reference manual of the indicators: what each is, with the drawn tables that prove it.

    .venv/bin/python -m tests.manual

The tables are those of the specifications: each specification of an indicator is run with a
recorder in place of the instrument, so that the manual shows exactly what is tested.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from lineofsight.explaining import Explanation, explain
from lineofsight.indicators import ALL, CHAPTERS
from lineofsight.indicators.deviations import page_of_deviations
from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.fields import Events
from lineofsight.overview.dataset import chapter_title
from lineofsight.reference.periods import Month

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference" / "indicators"
DEVIATIONS = FOLDER.parents[1] / "deviations.md"
WRITTEN = "Written by `python -m tests.manual` from the definitions and their specifications."


@dataclass(frozen=True)
class Example:
    """One specification: what it says, what is drawn, and the answer."""

    said: str
    given: Mapping[type[Events], str]
    month: str
    numerator: float
    denominator: float | None
    twelve_months: tuple[float, float | None] | None


def examples(indicator: Indicator) -> list[Example]:
    """Give what the specification of an indicator draws, as often as it uses the instrument."""
    chapter, name = indicator.id.split(".")
    module = import_module(f"tests.spec.test_{chapter}")
    return list(_recorded(getattr(module, f"test_{name}"), indicator))


def _recorded(specification: Callable[..., None], indicator: Indicator) -> Iterator[Example]:
    found: list[Example] = []

    def record(
        of: Indicator,
        *,
        month: str = "2020-08",
        given: Mapping[type[Events], str],
        numerator: float,
        denominator: float | None = None,
        twelve_months: tuple[float, float | None] | None = None,
        **_: Any,
    ) -> None:
        if of is indicator:
            said = inspect.getdoc(specification) or ""
            found.append(Example(said, given, month, numerator, denominator, twelve_months))

    if list(inspect.signature(specification).parameters) == ["spec"]:
        specification(record)
    return iter(found)


def pages() -> dict[str, str]:
    """Give every page of the manual by its file name."""
    chapters = [module.__name__.rpartition(".")[2] for module in CHAPTERS]
    return {"README.md": _contents(chapters)} | {f"{name}.md": _page(name) for name in chapters}


def _contents(chapters: list[str]) -> str:
    lines = ["# The indicators", "", f"{len(ALL)} indicators. {WRITTEN}", ""]
    for name in chapters:
        lines += [
            f"## [{chapter_title(name)}]({name}.md)",
            "",
            "| Indicator | Good is | What it is |",
        ]
        lines.append("| --- | --- | --- |")
        for one in _of_chapter(name):
            good = dict(explain(one.id).definition)["Good is"]
            lines.append(f"| `{one.id}` | {good} | {one.name} |")
        lines.append("")
    return "\n".join(lines)


def _of_chapter(name: str) -> list[Indicator]:
    return [one for one in ALL if one.chapter == name]


def _page(chapter: str) -> str:
    parts = [f"# {chapter_title(chapter)}", "", WRITTEN, ""]
    for one in _of_chapter(chapter):
        parts += [*_section(explain(one.id)), *_drawn(one)]
    return "\n".join(parts)


def _section(found: Explanation) -> Iterator[str]:
    indicator = found.indicator
    yield from (f"## {indicator.id.split('.')[1]}", "", f"**{indicator.name}**", "")
    for label, text in found.definition:
        shown = f"`{text}`" if label in ("Only where", "Met", "Sum of", "Over") else text
        yield f"* {label}: {shown}"
    yield f"* Rests on: {', '.join(f'`{name}`' for name, _ in found.fields)}"
    for name, text in found.clocks:
        yield f"* Clock `{name}`: {text}"
    if found.rules:
        yield f"* Rules that look at these fields: {', '.join(code for code, _ in found.rules)}"
    for one in found.deviations:
        theirs = f" The Department: {one.theirs}." if one.theirs else ""
        yield f"* Can differ ({one.figure}): {one.ours}.{theirs}"
    yield ""


def _drawn(indicator: Indicator) -> Iterator[str]:
    for example in examples(indicator):
        yield from (example.said.replace("\n", " "), "")
        for events, drawing in example.given.items():
            yield from ("```", events.__name__)
            yield from (line.strip() for line in drawing.strip().splitlines())
            yield from ("```", "")
        yield from (_answer(example), "")


def _answer(example: Example) -> str:
    month = Month.parse(example.month).name
    said = f"{month}: {_parts(example.numerator, example.denominator)}."
    if example.twelve_months is not None:
        said += f" Sums over twelve months: {_parts(*example.twelve_months)}."
    return f"**{said}**"


def _parts(numerator: float, denominator: float | None) -> str:
    return f"{numerator:g}" if denominator is None else f"{numerator:g} of {denominator:g}"


def main() -> None:
    """Write the manual and the list of deviations anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    DEVIATIONS.write_text(page_of_deviations(), encoding="utf-8")


if __name__ == "__main__":
    main()
