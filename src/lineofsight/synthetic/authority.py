"""Writes the whole synthetic authority to a folder, in the formats that a council would deliver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lineofsight.synthetic import steering
from lineofsight.synthetic.annex_a_lists import Window, annex_a_lists
from lineofsight.synthetic.commentary import COMMENTARY
from lineofsight.synthetic.lives import DEFAULT, Lives, simulate
from lineofsight.synthetic.local_lists import local_lists
from lineofsight.synthetic.settings import CODE, NAME, settings_text
from lineofsight.synthetic.workbook import Cover, write_workbook

_MONTH = str(steering.LAST_MONTH)


@dataclass(frozen=True, slots=True)
class SynthesisedFiles:
    """Where the files of the synthetic authority lie."""

    annex_a: Path
    local_tables: Path
    settings: Path
    commentary: Path


def synthesise(
    out: Path,
    size: int = DEFAULT,
    seed: int = 2020,
    progress: Callable[[str], None] | None = None,
) -> SynthesisedFiles:
    """Make up an authority of `size` children and write its files into the folder `out`.

    The same size and seed give the same bytes. `progress` is told each step in a sentence.
    Raises UsageFault for a size that cannot be simulated or does not fit into Excel.
    """
    say = progress or _keep_quiet
    say(f"Simulating the lives of {size:,} made-up children.")
    lives = simulate(size, seed)
    out.mkdir(parents=True, exist_ok=True)
    files = SynthesisedFiles(
        annex_a=write_annex_a(lives, out, say),
        local_tables=write_local_tables(lives, out, say),
        settings=out / "authority.toml",
        commentary=out / f"commentary-{_MONTH}.md",
    )
    files.settings.write_text(settings_text(size), encoding="utf-8", newline="\n")
    files.commentary.write_text(COMMENTARY, encoding="utf-8", newline="\n")
    return files


def write_annex_a(lives: Lives, out: Path, say: Callable[[str], None]) -> Path:
    """Write the eleven lists of Annex A over the whole history."""
    say("Writing Annex A.")
    path = out / f"annex-a-{_MONTH}.xlsx"
    return write_workbook(path, _cover("Annex A"), annex_a_lists(lives, _window()))


def write_local_tables(lives: Lives, out: Path, say: Callable[[str], None]) -> Path:
    """Write the tables that no national return holds over the whole history."""
    say("Writing the local tables.")
    path = out / f"local-tables-{_MONTH}.xlsx"
    return write_workbook(path, _cover("Local tables"), local_lists(lives, _window()))


def _window() -> Window:
    return Window(steering.HISTORY_FROM, steering.AS_AT)


def _cover(name: str) -> Cover:
    return Cover(name, NAME, CODE, steering.HISTORY_FROM, steering.AS_AT, steering.AS_AT)


def _keep_quiet(sentence: str) -> None:
    """Say nothing: nobody asked to be told."""
