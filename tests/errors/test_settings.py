"""Settings that do not fit: every fault at once, in the words of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from lineofsight.access.roles import Actor, Role
from lineofsight.desk import SETTINGS, Desk
from lineofsight.errors import UsageFault
from lineofsight.reference.authority import read_authority

GOOD = 'name = "Testshire"\ncode = "999"\n'
LOOK = "  Compare it with the example in docs/how-to/authority.md."


def written(tmp_path: Path, text: str) -> Path:
    """Write the settings."""
    path = tmp_path / SETTINGS
    path.write_text(text, encoding="utf-8")
    return path


def test_every_misfit_is_said_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, """
        name = 7
        populations = []
        synthetic = "yes"
        [[population]]
        estimate = "49,588"
        vintage = "rebased"
        source = "Office for National Statistics"
        [[event]]
        on = "23 March"
        label = "First lockdown"
    """)  # fmt: skip
    with pytest.raises(UsageFault) as refused:
        read_authority(path)
    assert str(refused.value).splitlines() == [
        "There is no setting 'populations'.",
        "  File: authority.toml.",
        "  Did you mean 'population'?",
        "The setting 'name' must be text.",
        "  File: authority.toml.",
        LOOK,
        "The setting 'code' is missing.",
        "  File: authority.toml.",
        LOOK,
        "The setting 'synthetic' must be true or false.",
        "  File: authority.toml.",
        LOOK,
        "The setting 'estimate' must be a whole number.",
        "  File: authority.toml, [[population]] number 1.",
        LOOK,
        "The setting 'mid_year' is missing.",
        "  File: authority.toml, [[population]] number 1.",
        LOOK,
        "The setting 'on' must be a day, as 2020-08-31.",
        "  File: authority.toml, [[event]] number 1.",
        LOOK,
    ]


def test_a_list_in_single_brackets(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD + '[event]\non = 2020-03-23\nlabel = "First lockdown"\n')
    with pytest.raises(UsageFault) as refused:
        read_authority(path)
    assert str(refused.value) == (
        "'event' must be a list.\n  File: authority.toml.\n  Head it [[event]]."
    )


def test_text_that_is_no_settings(tmp_path: Path) -> None:
    with pytest.raises(UsageFault) as refused:
        read_authority(written(tmp_path, 'name = "Testshire'))
    assert str(refused.value).startswith("The authority's settings cannot be read.\n")


def test_a_target_for_an_indicator_nobody_knows(tmp_path: Path) -> None:
    """It would be left out of the paper without a word."""
    target = '[[target]]\nindicator = "front_door.mash_timelines"\nvalue = 95\nreason = "Agreed."\n'
    written(tmp_path, GOOD + target)
    with pytest.raises(UsageFault) as refused:
        Desk(tmp_path, Actor("test", Role.ANALYST)).authority()
    assert str(refused.value).startswith("There is no indicator 'front_door.mash_timelines'.\n")
    assert "'front_door.mash_timeliness'" in str(refused.value)


def test_the_newest_population_is_used_wherever_it_stands(tmp_path: Path) -> None:
    entry = '[[population]]\nestimate = {}\nmid_year = {}\nvintage = "v"\nsource = "s"\n'
    older, newer = entry.format(49_000, 2018), entry.format(49_588, 2019)
    population = read_authority(written(tmp_path, GOOD + older + newer)).population
    assert population is not None
    assert (population.estimate, population.mid_year) == (49_588, 2019)


def test_a_leading_return_nobody_knows_is_refused_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    written(tmp_path / "store", GOOD + 'leading = ["CIN census", "Anex A"]\n')
    with pytest.raises(UsageFault) as refused:
        Desk(tmp_path / "store", Actor("analyst", Role.ANALYST)).authority()
    assert str(refused.value).splitlines() == [
        "There is no return 'CIN census'.",
        "  File: authority.toml, entry 'leading'.",
        "  Did you mean 'Children in need census'?",
        "There is no return 'Anex A'.",
        "  File: authority.toml, entry 'leading'.",
        "  Did you mean 'Annex A'?",
    ]
