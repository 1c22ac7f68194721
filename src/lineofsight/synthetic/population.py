"""Made-up families and their children: who could come to the notice of the service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from lineofsight.synthetic import codes
from lineofsight.synthetic.calendar import Column, Days, Numbers, Truths, day_of, months_later
from lineofsight.synthetic.draws import Rng, one_of

# Shares of families by how many of their children the service knows.
FAMILY_SIZES = {"1": 50.0, "2": 27.0, "3": 14.0, "4": 6.0, "5": 3.0}
_YOUNGEST_FROM, _YOUNGEST_TO = day_of(date(1998, 1, 1)), day_of(date(2020, 11, 20))
_ELDEST_FROM = day_of(date(1995, 6, 1))
_UPN_LETTERS = np.array(list("ABCDEFGHJKLMNPQRTUVWXYZ"))
_POSTCODE_LETTERS = np.array(list("ABDEFGHJLNPQRSTUWXYZ"))


@dataclass(frozen=True, slots=True)
class Population:
    """Every child the service comes to know, one entry a child, families side by side."""

    child_id: Numbers
    family: Numbers
    born: Days
    eighteen: Days
    sex: Column
    ethnicity: Column
    has_disability: Truths
    disability: Column
    postcode: Column
    upn: Column

    def __len__(self) -> int:
        return len(self.family)


def populate(rng: Rng, size: int) -> Population:
    """Make up exactly `size` children in families of one to five."""
    family = _families(rng, size)
    born = _births(rng, family)
    has_disability = rng.random(size) < 0.095
    return Population(
        child_id=1_000_000 + 7 * rng.permutation(size) + rng.integers(0, 7, size),
        family=family,
        born=born,
        eighteen=months_later(born, 18 * 12),
        sex=one_of(rng, {"1": 51.5, "2": 48.5}, size),
        ethnicity=one_of(rng, codes.ETHNICITY, int(family.max()) + 1)[family],
        has_disability=has_disability,
        disability=np.where(has_disability, one_of(rng, codes.DISABILITY, size), "NONE"),
        postcode=_postcodes(rng, int(family.max()) + 1)[family],
        upn=_pupil_numbers(born),
    )


def _families(rng: Rng, size: int) -> Numbers:
    sizes = one_of(rng, FAMILY_SIZES, size).astype(np.int64)
    return np.repeat(np.arange(size), sizes)[:size]


def _births(rng: Rng, family: Numbers) -> Days:
    """Space siblings one to four years; the eldest is under 18 when the simulation begins."""
    first = np.unique(family, return_index=True)[1]
    families, place = len(first), np.arange(len(family)) - first[family]
    spread = (rng.permutation(families) + rng.random(families)) / families
    youngest = _YOUNGEST_FROM + spread * (_YOUNGEST_TO - _YOUNGEST_FROM)
    gaps = rng.integers(330, 1300, len(family)) * (place > 0)
    before = np.cumsum(gaps)
    born = (youngest[family] - (before - before[first][family])).astype(np.int64)
    born = np.where(born < _ELDEST_FROM, _ELDEST_FROM + rng.integers(0, 900, len(born)), born)
    return _not_at_month_end(born)


def _not_at_month_end(born: Days) -> Days:
    """Nobody turns 18 on the last day of a month, where two readings of 'open' would differ."""
    tomorrow = (born + 1).astype("datetime64[D]")
    is_last = tomorrow == tomorrow.astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray(born - is_last.astype(np.int64))


def _postcodes(rng: Rng, count: int) -> Column:
    """Postcodes in ZZ, an area that Royal Mail has not given out."""
    district = rng.integers(1, 20, count).astype("U2")
    sector = rng.integers(1, 10, count).astype("U1")
    unit = _POSTCODE_LETTERS[rng.integers(0, len(_POSTCODE_LETTERS), (2, count))]
    outward = np.char.add(np.char.add("ZZ", district), " ")
    return np.char.add(np.char.add(outward, sector), np.char.add(unit[0], unit[1]))


def _pupil_numbers(born: Days) -> Column:
    """Unique pupil numbers with a right check letter, of an authority numbered 999."""
    index = np.arange(len(born))
    years = born.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    digits = 999 * 10**9 + (1000 + index // 1000) * 10**5 + (years % 100) * 1000 + index % 1000
    places = 10 ** np.arange(11, -1, -1)
    weighted = (digits[:, None] // places % 10 * np.arange(2, 14)).sum(axis=1)
    return np.char.add(_UPN_LETTERS[weighted % 23], digits.astype("U12"))
