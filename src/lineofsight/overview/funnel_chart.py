"""Where an authority stands among all, as data ready to be drawn: sentences and a funnel chart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """One authority in a funnel.

    `size` and `value` say where it is drawn, `size_text` and `text` what a reader is told; `kind`
    is "own", "neighbour" or "other", and `place` where in the funnel it lies ('within the 95%
    limits').
    """

    name: str
    size: float
    value: float
    kind: str
    size_text: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class LimitCurve:
    """A pair of limits along the sizes of authorities: `style` is "inner" (95%) or "outer"."""

    label: str
    style: str
    sizes: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class FunnelChart:
    """A funnel as data: every authority with counts, England, and the limits for each size.

    `title` states the finding, `alternative` serves who cannot see it, `caption` says measure,
    period, number of authorities and source. `across` names what size is; `england` is in the unit
    of the values and `england_text` as a reader sees it. `tau` is the spread between authorities
    that chance does not explain (arcsine scale for percentages, log scale for rates).
    """

    title: str
    alternative: str
    caption: str
    unit: str
    across: str
    england: float
    england_text: str
    tau: float
    curves: tuple[LimitCurve, ...]
    marks: tuple[Mark, ...]

    @property
    def told(self) -> tuple[Mark, ...]:
        """The marks that are named to a reader: the authority itself, then its neighbours."""
        own = tuple(mark for mark in self.marks if mark.kind == "own")
        return own + tuple(mark for mark in self.marks if mark.kind == "neighbour")


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator of one authority among all.

    `ranking` says rank and quarter, and is empty where neither high nor low is good; `position`
    says where in the funnel it lies, or why there is none; `remark` what must be known to read
    them. Each is a whole sentence or empty.
    """

    indicator_id: str
    name: str
    polarity: str
    ranking: str
    position: str
    remark: str = ""
    funnel: FunnelChart | None = None

    @property
    def said(self) -> str:
        """Everything that is said of it, as one paragraph."""
        return " ".join(text for text in (self.ranking, self.position, self.remark) if text)
