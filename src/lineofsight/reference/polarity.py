"""Which way is good."""

from __future__ import annotations

from enum import Enum


class Polarity(Enum):
    """Which way is good. Neutral figures can be outliers, never 'worse'."""

    HIGH = "high"
    LOW = "low"
    NEUTRAL = "neutral"


HIGH, LOW, NEUTRAL = Polarity.HIGH, Polarity.LOW, Polarity.NEUTRAL
