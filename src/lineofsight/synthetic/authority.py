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
from lineofsight.synthetic.cin_census import write_cin_censuses
from lineofsight.synthetic.commentary import COMMENTARY, COMMENTARY_BEFORE
from lineofsight.synthetic.lives import DEFAULT, Lives, simulate
from lineofsight.synthetic.local_lists import local_lists, visit_lists
from lineofsight.synthetic.mess import write_faults
from lineofsight.synthetic.messy_files import TIDY, Mess
from lineofsight.synthetic.settings import CODE, NAME, settings_text
from lineofsight.synthetic.ssd import write_ssd
from lineofsight.synthetic.ssda903 import write_ssda903_years
from lineofsight.synthetic.window import Window
from lineofsight.synthetic.workbook import Cover, write_workbook
from lineofsight.synthetic.workforce_census import write_workforce_censuses

Deliveries = Literal["auto", "one", "yearly"]
Returns = Literal["annex-a", "all"]
# Each writes one kind of return, for all its years, into a folder: its name, and what does it.
OTHER_RETURNS: tuple[tuple[str, Callable[[Lives, Path, Mess], tuple[Path, ...]]], ...] = (
    (
        "the children in need censuses",
        lambda lives, out, mess: mess.censuses(write_cin_censuses(lives, out)),
    ),
    ("the SSDA903 returns", write_ssda903_years),
    ("the Standard Safeguarding Dataset", lambda lives, out, mess: _write_dataset(lives, out)),
    ("the workforce censuses", lambda lives, out, mess: write_workforce_censuses(lives, out)),
)
_FOLDER = "returns"

# Five years hold 2.1 contacts for each child, and a sheet of Excel 1,048,575 rows.
LARGEST_IN_ONE = 490_000
# A year has 0.76 visits for each child; two of them reach as far back as twelve months need.
YEARS_OF_VISITS = 2
_MONTH = str(steering.LAST_MONTH)
_WHOLE = Window(steering.HISTORY_FROM, steering.AS_AT)


@dataclass(frozen=True, slots=True)
class SynthesisedFiles:
    """Where the files of the synthetic authority lie, each kind as its files are received.

    `visits` are a year each; `commentary_before` is of the month before, with actions on which the
    commentary reports; `others` the returns besides Annex A, which lie in a folder of their
    own.
    """

    annex_a: tuple[Path, ...]
    local_tables: Path
    visits: tuple[Path, ...]
    settings: Path
    commentary: Path
    commentary_before: Path
    others: tuple[Path, ...] = ()

    @property
    def returns(self) -> tuple[Path, ...]:
        """All that is received, in that order."""
        return (*self.annex_a, self.local_tables, *self.visits, *self.others)


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


def steps(size: int, deliveries: Deliveries = "auto", returns: Returns = "annex-a") -> int:
    """How often `synthesise` tells of its progress."""
    others = len(OTHER_RETURNS) if returns == "all" else 0
    # The lives, Annex A, the local tables, the visits.
    return 1 + len(windows(size, deliveries)) + 2 + others


def synthesise(
    out: Path,
    size: int = DEFAULT,
    seed: int = 2020,
    progress: Callable[[str], None] | None = None,
    deliveries: Deliveries = "auto",
    returns: Returns = "annex-a",
    mess: int = 0,
) -> SynthesisedFiles:
    """Make up an authority of `size` children and write its files into the folder `out`.

    The same size and seed give the same bytes. `progress` is told each step in a sentence;
    `deliveries` says how many workbooks of Annex A there are, see `windows`; `returns` whether
    the other returns are written too; `mess`, from 0 to 3, how many faults the files have, which
    are then listed in a file of their own. Raises UsageFault for a size that cannot be simulated
    or, if `one` is asked for, does not fit into Excel.
    """
    say = progress or _keep_quiet
    say(f"Simulating the lives of {size:,} made-up children.")
    lives, made = simulate(size, seed), Mess.of(mess, seed)
    out.mkdir(parents=True, exist_ok=True)
    files = SynthesisedFiles(
        annex_a=tuple(
            write_annex_a(lives, out, window, say, made) for window in windows(size, deliveries)
        ),
        local_tables=write_local_tables(lives, out, say, made),
        visits=write_visits(lives, out, say),
        settings=out / "authority.toml",
        commentary=out / f"commentary-{_MONTH}.md",
        commentary_before=out / f"commentary-{steering.LAST_MONTH - 1}.md",
        others=_write_others(lives, out / _FOLDER, say, made) if returns == "all" else (),
    )
    files.settings.write_text(settings_text(size), encoding="utf-8", newline="\n")
    files.commentary.write_text(COMMENTARY, encoding="utf-8", newline="\n")
    files.commentary_before.write_text(COMMENTARY_BEFORE, encoding="utf-8", newline="\n")
    if mess:
        write_faults(made.made, out)
    return files


def _write_others(
    lives: Lives, folder: Path, say: Callable[[str], None], mess: Mess
) -> tuple[Path, ...]:
    folder.mkdir(exist_ok=True)
    written: list[Path] = []
    for name, write in OTHER_RETURNS:
        say(f"Writing {name}.")
        written += write(lives, folder, mess)
    return tuple(written)


def write_annex_a(
    lives: Lives, out: Path, window: Window, say: Callable[[str], None], mess: Mess = TIDY
) -> Path:
    """Write the eleven lists of Annex A as they were on the last day of the window."""
    said = "" if window == _WHOLE else f" as at {day_name(window.last)}"
    say(f"Writing Annex A{said}.")
    path = out / f"annex-a-{Month.of(window.last)}.xlsx"
    return mess.annex_a(path, _cover("Annex A", window), annex_a_lists(lives, window))


def write_local_tables(
    lives: Lives, out: Path, say: Callable[[str], None], mess: Mess = TIDY
) -> Path:
    """Write the tables that no national return holds over the whole history."""
    say("Writing the local tables.")
    path = out / f"local-tables-{_MONTH}.xlsx"
    return mess.local(path, _cover("Local tables", _WHOLE), local_lists(lives, _WHOLE))


def _write_dataset(lives: Lives, out: Path) -> tuple[Path, ...]:
    """Write the dataset into a folder of its own; the folder is what is received."""
    folder = out / "ssd"
    write_ssd(lives, folder, lives.as_at)
    return (folder,)


def write_visits(lives: Lives, out: Path, say: Callable[[str], None]) -> tuple[Path, ...]:
    """Write the visits of the last years, a local table that is delivered by itself, by year."""
    say("Writing the visits.")
    return tuple(_write_visits(lives, out, year) for year in _years()[-YEARS_OF_VISITS:])


def _write_visits(lives: Lives, out: Path, window: Window) -> Path:
    path = out / f"visits-{Month.of(window.last)}.xlsx"
    return write_workbook(path, _cover("Local tables", window), visit_lists(lives, window))


def _cover(name: str, window: Window) -> Cover:
    return Cover(name, NAME, CODE, window.first, window.last, as_at=window.last)


def _keep_quiet(sentence: str) -> None:
    """Say nothing: nobody asked to be told."""
