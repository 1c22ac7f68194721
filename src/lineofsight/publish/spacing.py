"""Setting labels apart: each as near as possible to where it belongs, none over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Stack:
    """Neighbouring labels that touch, from the top down."""

    wanted: tuple[float, ...]
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        return sum(self.heights)

    @property
    def top(self) -> float:
        """Where the stack starts when every label moves as little as possible on average."""
        starts, below = [], 0.0
        for centre, height in zip(self.wanted, self.heights, strict=True):
            starts.append(centre - height / 2 - below)
            below += height
        return sum(starts) / len(starts)

    def joined(self, other: _Stack) -> _Stack:
        return _Stack(self.wanted + other.wanted, self.heights + other.heights)


def spread(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> tuple[float, ...]:
    """Centres for labels of these heights near the wanted ones, inside `low` to `high`.

    The answer keeps the order in which the labels were given. Labels that need more room than
    there is are stacked from `low` on.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    stacks: list[_Stack] = []
    for i in order:
        stacks.append(_Stack((wanted[i],), (heights[i],)))
        while len(stacks) > 1 and _overlap(stacks[-2], stacks[-1], low, high):
            stacks[-2:] = [stacks[-2].joined(stacks[-1])]
    centres = [centre for stack in stacks for centre in _centres(stack, low, high)]
    return tuple(centre for _, centre in sorted(zip(order, centres, strict=True)))


def storeys(
    starts: Sequence[float], widths: Sequence[float], lines: Sequence[int]
) -> tuple[int, ...]:
    """How many lines up each sign must hang so that no pole crosses another's words.

    Each sign's words run right from its pole, over so many lines; the pole stands on the ground
    and ends at the top of its words. The answer is the place of the lowest line of each sign, in
    the order in which the signs were given, 0 being the ground.
    """
    built: dict[int, int] = {}
    for i in sorted(range(len(starts)), key=lambda i: starts[i], reverse=True):
        in_the_way = [j for j in built if starts[j] < starts[i] + widths[i]]
        built[i] = max((built[j] + lines[j] for j in in_the_way), default=0)
    return tuple(built[i] for i in range(len(starts)))


def _held(stack: _Stack, low: float, high: float) -> float:
    return max(low, min(stack.top, high - stack.height))


def _overlap(above: _Stack, below: _Stack, low: float, high: float) -> bool:
    return _held(above, low, high) + above.height > _held(below, low, high) + 1e-9


def _centres(stack: _Stack, low: float, high: float) -> list[float]:
    top, centres = _held(stack, low, high), []
    for height in stack.heights:
        centres.append(top + height / 2)
        top += height
    return centres
