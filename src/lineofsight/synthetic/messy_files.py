"""Writes the synthetic authority's files with faults in them, and remembers each fault made.

At level 0 the files are tidy: what a writer gives is written as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import polars as pl

from lineofsight.synthetic.draws import Rng
from lineofsight.synthetic.mess import CellFault, MadeFault, mess
from lineofsight.synthetic.mess_annex_a import ANNEX_A_FAULTS, REPEATED, TITLES, varied
from lineofsight.synthetic.mess_cin_census import mess_census
from lineofsight.synthetic.mess_local import LOCAL_FAULTS
from lineofsight.synthetic.mess_ssda903 import SSDA903_FAULTS, SSDA903_REPEATED, written_into
from lineofsight.synthetic.workbook import Cover, write_workbook


@dataclass(frozen=True)
class Mess:
    """How untidy the files are, from 0 (tidy) to 3, and what was done to them so far."""

    level: int
    rng: Rng
    made: list[MadeFault] = field(default_factory=list)

    @classmethod
    def of(cls, level: int, seed: int) -> Mess:
        """Begin a mess whose faults are drawn apart from the lives, which stay as they are."""
        return cls(level, np.random.default_rng([seed, level]))

    def annex_a(self, path: Path, cover: Cover, lists: Mapping[str, pl.DataFrame]) -> Path:
        """Write a workbook of Annex A: faults in cells, titles above headers, other headers."""
        if not self.level:
            return write_workbook(path, cover, lists)
        firsts = {title: len(above) + 2 for title, above in TITLES.items()}
        found = mess(ANNEX_A_FAULTS, lists, path.name, self.level, self.rng, firsts, REPEATED)
        self.made.extend(found.made)
        sheets = {title: varied(title, rows) for title, rows in found.sheets.items()}
        return write_workbook(path, cover, sheets, found.cells, TITLES)

    def local(self, path: Path, cover: Cover, sheets: Mapping[str, pl.DataFrame]) -> Path:
        """Write the workbook of local tables."""
        found = mess(LOCAL_FAULTS, sheets, path.name, self.level, self.rng)
        self.made.extend(found.made)
        return write_workbook(path, cover, sheets, found.cells)

    def censuses(self, paths: tuple[Path, ...]) -> tuple[Path, ...]:
        """Make faults in children in need censuses that have been written."""
        for path in paths if self.level else ():
            self.made.extend(mess_census(path, self.level, self.rng))
        return paths

    def ssda903(self, tables: Mapping[str, pl.DataFrame], stem: str) -> Mapping[str, pl.DataFrame]:
        """Give the tables of an SSDA903 with faults; each lies in the file `<stem>_<table>.csv`."""
        if not self.level:
            return tables
        kinds: Sequence[CellFault] = SSDA903_FAULTS
        found = mess(kinds, tables, stem, self.level, self.rng, None, SSDA903_REPEATED)
        self.made.extend(replace(one, file=f"{stem}_{one.sheet}.csv") for one in found.made)
        return written_into(found)


TIDY = Mess.of(0, 0)
