"""Authorities, regions, and how many children live in them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Population:
    """Residents aged 0 to 17: the denominator of a rate, with its year and vintage."""

    estimate: int
    mid_year: int
    vintage: str
    source: str
    is_implied: bool = False
