"""Writes the whole synthetic authority to a folder, in the formats that a council would deliver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from lineofsight.reference.periods import Month, day_name
from lineofsight.synthetic import steering
from lineofsight.synthetic.annex_a_lists import annex_a_lists
from lineofsight.synthetic.commentary import COMMENTARY
from lineofsight.synthetic.lives import DEFAULT, Lives, simulate
from lineofsight.synthetic.local_lists import local_lists, visit_lists
from lineofsight.synthetic.settings import CODE, NAME, settings_text
from lineofsight.synthetic.window import Window
from lineofsight.synthetic.workbook import Cover, write_workbook

Deliveries = Literal["auto", "one", "yearly"]

# Five years hold 2.1 contacts for each child, and a sheet of Excel 1,048,575 rows.
LARGEST_IN_ONE = 490_000
# A year has 0.76 visits for each child; two of them reach as far back as twelve months need.
YEARS_OF_VISITS = 2
_MONTH = str(steering.LAST_MONTH)
_WHOLE = Window(steering.HISTORY_FROM, steering.AS_AT)


@dataclass(frozen=True, slots=True)
class SynthesisedFiles:
    """Where the files of the synthetic authority lie; those of Annex A as they are received."""

    annex_a: tuple[Path, ...]
    local_tables: Path
    visits: tuple[Path, ...]
    settings: Path
    commentary: Path

    @property
    def returns(self) -> tuple[Path, ...]:
        """All that is received, in that order."""
        return (*self.annex_a, self.local_tables, *self.visits)


def windows(size: int, deliveries: Deliveries = "auto") -> tuple[Window, ...]:
    """The days each workbook of Annex A covers, in the order they are received.

    `one` covers five years, `yearly` five times the year to 31 August; `auto` is `one` where
    it fits into Excel.
    """
    if deliveries == "one" or (deliveries == "auto" and size <= LARGEST_IN_ONE):
        return (_WHOLE,)
    return _years()


def _years() -> tuple[Window, ...]:
    years = range(_WHOLE.first.year, _WHOLE.last.year)
    return tuple(Window(_in(year, _WHOLE.first), _in(year + 1, _WHOLE.last)) for year in years)


def _in(year: int, day: date) -> date:
    return day.replace(year=year)


def steps(size: int, deliveries: Deliveries = "auto", *, with_visits: bool = True) -> int:
    """How often `synthesise` tells of its progress."""
    # The lives, Annex A, the local tables and the visits.
    return 1 + len(windows(size, deliveries)) + 1 + with_visits * YEARS_OF_VISITS


def synthesise(
    out: Path,
    size: int = DEFAULT,
    seed: int = 2020,
    progress: Callable[[str], None] | None = None,
    deliveries: Deliveries = "auto",
    *,
    with_visits: bool = True,
) -> SynthesisedFiles:
    """Make up an authority of `size` children and write its files into the folder `out`.

    The same size and seed give the same bytes. `progress` is told each step in a sentence;
    `deliveries` says how many workbooks of Annex A there are, see `windows`. Raises UsageFault
    for a size that cannot be simulated or, if `one` is asked for, does not fit into Excel.
    """
    say = progress or _keep_quiet
    say(f"Simulating the lives of {size:,} made-up children.")
    lives = simulate(size, seed)
    out.mkdir(parents=True, exist_ok=True)
    years = _years()[-YEARS_OF_VISITS:] if with_visits else ()
    files = SynthesisedFiles(
        annex_a=tuple(
            write_annex_a(lives, out, window, say) for window in windows(size, deliveries)
        ),
        local_tables=write_local_tables(lives, out, say),
        visits=tuple(write_visits(lives, out, year, say) for year in years),
        settings=out / "authority.toml",
        commentary=out / f"commentary-{_MONTH}.md",
    )
    files.settings.write_text(settings_text(size), encoding="utf-8", newline="\n")
    files.commentary.write_text(COMMENTARY, encoding="utf-8", newline="\n")
    return files


def write_annex_a(lives: Lives, out: Path, window: Window, say: Callable[[str], None]) -> Path:
    """Write the eleven lists of Annex A as they were on the last day of the window."""
    said = "" if window == _WHOLE else f" as at {day_name(window.last)}"
    say(f"Writing Annex A{said}.")
    path = out / f"annex-a-{Month.of(window.last)}.xlsx"
    return write_workbook(path, _cover("Annex A", window), annex_a_lists(lives, window))


def write_local_tables(lives: Lives, out: Path, say: Callable[[str], None]) -> Path:
    """Write the tables that no national return holds over the whole history."""
    say("Writing the local tables.")
    path = out / f"local-tables-{_MONTH}.xlsx"
    return write_workbook(path, _cover("Local tables", _WHOLE), local_lists(lives, _WHOLE))


def write_visits(lives: Lives, out: Path, window: Window, say: Callable[[str], None]) -> Path:
    """Write the visits of a year, a local table that is delivered by itself."""
    say(f"Writing the visits of the year to {day_name(window.last)}.")
    path = out / f"visits-{Month.of(window.last)}.xlsx"
    return write_workbook(path, _cover("Local tables", window), visit_lists(lives, window))


def _cover(name: str, window: Window) -> Cover:
    return Cover(name, NAME, CODE, window.first, window.last, as_at=window.last)


def _keep_quiet(sentence: str) -> None:
    """Say nothing: nobody asked to be told."""
