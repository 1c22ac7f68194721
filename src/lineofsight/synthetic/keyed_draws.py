"""Draws that depend on a key alone: the same event draws the same, whatever else is simulated.

They take nothing from the simulation's own stream, so what is drawn here changes no figure there.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from lineofsight.synthetic.steering import Path

_STEP, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_FRACTION = 53  # bits of a number from 0 to 1


def keyed(topic: int, *keys: pl.Series) -> Path:
    """Draw one number from 0 to 1 for each row, from its keys (whole numbers or days) and a topic.

    The mixing is SplitMix64 (Steele, Lea and Flood, 2014).
    """
    mixed = np.full(len(keys[0]), topic, dtype=np.uint64)
    for key in keys:
        mixed = _mix(mixed ^ key.to_physical().cast(pl.Int64).to_numpy().astype(np.uint64))
    return np.asarray((mixed >> np.uint64(64 - _FRACTION)) / 2.0**_FRACTION)


def _mix(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    z = numbers + np.uint64(_STEP)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(_FIRST)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(_SECOND)
    return z ^ (z >> np.uint64(31))


def chosen(shares: Mapping[str, float], drawn: Path) -> pl.Series:
    """Choose a code for each number from 0 to 1, with the given shares."""
    limits = np.cumsum(list(shares.values()))
    places = np.searchsorted(limits, drawn * limits[-1], side="right")
    return pl.Series([*shares], dtype=pl.String).gather(np.minimum(places, len(shares) - 1))
