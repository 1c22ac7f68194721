"""One notation on every chart: what is measured, compared and wished for always looks the same.

Lines differ in dash and weight as well as in colour, so that a black and white print can be read.
"""

from __future__ import annotations

from dataclasses import dataclass

from lineofsight.publish.style import INK, NAVY, ORANGE, PLUM, QUIET, TEAL


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn: colour, weight in pixels, dashes and whether points are marked."""

    colour: str
    weight: float
    dashes: str = ""
    is_marked: bool = False
    cap: str = "butt"


SERIES = {
    "actual": Stroke(NAVY, 2.25, is_marked=True),
    "rolling": Stroke(TEAL, 4.5),
    "neighbours": Stroke(PLUM, 2, "10 4"),
    "region": Stroke(ORANGE, 2, "4 4"),
    "england": Stroke(QUIET, 2, "12 3 2 3"),
}

TARGET = Stroke(INK, 2.5, "0.1 6", cap="round")
MEAN = Stroke(QUIET, 1.25)
LIMIT = Stroke(QUIET, 1.25, "2 3")
EVENT = Stroke(QUIET, 1.25, "5 3")

# A funnel: limits of 95% and of 99.8%, and the authorities that are neither its own nor neighbours.
# Marks differ in shape: a square, triangles, small rings.
FUNNEL_LIMITS = {"inner": LIMIT, "outer": Stroke(QUIET, 1.5)}
OTHER = Stroke("#6B7680", 1.1)

_COMPARATORS = (SERIES["neighbours"], SERIES["region"], SERIES["england"])


def level_strokes(styles: tuple[str, ...]) -> tuple[Stroke, ...]:
    """The stroke of each reference line; comparators take theirs in the order they are given."""
    named = {"target": TARGET, "mean": MEAN, "limit": LIMIT}
    chosen, compared = [], 0
    for style in styles:
        chosen.append(named.get(style) or _COMPARATORS[compared % len(_COMPARATORS)])
        compared += style not in named
    return tuple(chosen)
