"""How wide words are, so that labels can be set where they touch nothing.

Widths are those of the font that is shipped with the paper (its semi-bold, the widest used); a
reader whose machine shows another font sees labels that are a little shorter or longer.
"""

from __future__ import annotations

import json
from importlib import resources

_ADVANCES: dict[str, int] = json.loads(
    resources.files("lineofsight.publish")
    .joinpath("fonts/SourceSans3-SemiBold.widths.json")
    .read_text("utf-8")
)
_WIDEST = max(_ADVANCES.values())


def width(text: str, size: float) -> float:
    """Width of a line of text in the unit of `size`.

    >>> width("84%", 10)
    18.67
    """
    return round(sum(_ADVANCES.get(character, _WIDEST) for character in text) * size / 1000, 2)


def wrap(text: str, size: float, limit: float) -> tuple[str, ...]:
    """Break a text between words into lines no wider than `limit`; a long word stays whole.

    >>> wrap("Statistical neighbours", 10, 60)
    ('Statistical', 'neighbours')
    """
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", size) <= limit:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
