"""Draws that hang on the child and the question alone, in a random stream apart from the lives'.

What lives do not hold (a questionnaire's score, who adopted) is drawn anew whenever it is asked
for. So that every return tells the same, a draw depends on the child, on what is asked and on the
year, and on nothing else: not on the order of rows, nor on who else is in the list.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import numpy as np
import polars as pl

from lineofsight.synthetic.calendar import Column, Numbers
from lineofsight.synthetic.steering import Path

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIXERS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


def share_of(keys: pl.Series, question: str, years: Numbers | int = 0) -> Path:
    """Draw one number from 0 up to 1 for each key (a child, say), the same at each call.

    The mixing is that of SplitMix64 (Steele, Lea and Flood 2014).
    """
    salt = np.uint64(zlib.crc32(question.encode()))
    mixed = keys.cast(pl.Int64).to_numpy().astype(np.uint64)
    for part in (np.full(len(mixed), salt), np.broadcast_to(years, len(mixed))):
        mixed = _mixed(mixed ^ _mixed(part.astype(np.uint64)))
    return np.asarray((mixed >> np.uint64(11)).astype(np.float64) / 2.0**53)


def _mixed(numbers: Column) -> Column:
    numbers = numbers + _STEP
    for shift, factor in _MIXERS:
        numbers = (numbers ^ (numbers >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray(numbers ^ (numbers >> np.uint64(31)))


def code_of(shares_drawn: Path, codes: Mapping[str, float]) -> Column:
    """Turn each drawn number into a code, with the given shares."""
    limits = np.cumsum(list(codes.values()))
    places = np.searchsorted(limits, shares_drawn * limits[-1], side="right")
    return np.asarray(np.array(list(codes))[np.minimum(places, len(codes) - 1)])


def normal_of(keys: pl.Series, question: str, years: Numbers | int = 0) -> Path:
    """Draw a number of the standard normal distribution for each key (Box and Muller 1958)."""
    radius = np.sqrt(-2 * np.log(1 - share_of(keys, f"{question}, radius", years)))
    angle = 2 * np.pi * share_of(keys, f"{question}, angle", years)
    return np.asarray(radius * np.cos(angle))
