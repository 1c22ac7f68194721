"""Where a rate of child protection plans arises, as data ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step as a line of the table and a bar of the chart.

    `times` is how many times theirs our own step is, with its 95% interval in `lower` and `upper`
    (None where it has none); the texts are what a reader sees of each. `adds` is what the step adds
    to the gap, as a share of its logarithm; `place` where it lies among all authorities.
    """

    name: str
    own_text: str
    their_text: str
    times: float
    lower: float | None
    upper: float | None
    times_text: str
    interval_text: str
    adds: float
    place: str


@dataclass(frozen=True, slots=True)
class StepChart:
    """The steps as bars on a scale of ratios, one bar a step and a last one for all together."""

    title: str
    alternative: str
    caption: str


@dataclass(frozen=True, slots=True)
class Against:
    """The steps against one area: what is said, the lines of the table, and the chart."""

    heading: str
    their_heading: str
    said: str
    steps: tuple[StepTold, ...]
    whole: StepTold
    chart: StepChart


@dataclass(frozen=True, slots=True)
class WayToAPlan:
    """The part of a paper that says at which step a rate of plans arises.

    `not_said` says why there is nothing to say, and is empty otherwise; `notes` say how it is
    worked out and what it cannot show.
    """

    parts: tuple[Against, ...] = ()
    notes: tuple[str, ...] = ()
    not_said: str = ""

    @property
    def is_there(self) -> bool:
        return bool(self.parts or self.not_said)


# A paper from a council's own records has no such part.
NO_WAY = WayToAPlan()
