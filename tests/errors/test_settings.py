"""Settings that do not fit: every fault at once, in the words of the file."""

from __future__ import annotations

from datetime import date
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


REBASE = """
[[rebase]]
indicator = "{indicator}"
from = {start}
by = "{by}"
on = 2020-07-15
reason = "{reason}"
"""


def test_new_limits_need_a_month_a_role_and_a_reason(tmp_path: Path) -> None:
    entry = REBASE.format(indicator="assessments.timeliness", start="2020-01-09", by="", reason=" ")
    with pytest.raises(UsageFault) as refused:
        read_authority(written(tmp_path, GOOD + entry))
    where = "  File: authority.toml, [[rebase]] number 1."
    assert str(refused.value).splitlines() == [
        "New limits begin with a month.",
        where,
        "  Write from = 2020-01-01.",
        "A chart is not given new limits without saying 'by'.",
        where,
        LOOK,
        "A chart is not given new limits without saying 'reason'.",
        where,
        LOOK,
    ]


def test_new_limits_without_a_reason_at_all(tmp_path: Path) -> None:
    entry = REBASE.replace('reason = "{reason}"\n', "")
    told = entry.format(
        indicator="assessments.timeliness", start="2020-01-01", by="Head of service"
    )
    with pytest.raises(UsageFault) as refused:
        read_authority(written(tmp_path, GOOD + told))
    assert str(refused.value).startswith("The setting 'reason' is missing.\n")


def test_new_limits_of_an_indicator_nobody_knows(tmp_path: Path) -> None:
    indicator = "assessments.timelines"
    entry = REBASE.format(indicator=indicator, start="2020-01-01", by="Head of service", reason="x")
    written(tmp_path, GOOD + entry)
    with pytest.raises(UsageFault) as refused:
        Desk(tmp_path, Actor("test", Role.ANALYST)).authority()
    assert str(refused.value).startswith(f"There is no indicator '{indicator}'.\n")


def test_a_two_of_three_rule_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(UsageFault) as refused:
        read_authority(written(tmp_path, GOOD + 'two_of_three = "2023"\n'))
    assert str(refused.value).splitlines() == [
        "There is no two-of-three rule '2023'.",
        "  File: authority.toml.",
        "  Write classic or mdc2023; classic is usual.",
    ]


def test_charting_as_it_is_written(tmp_path: Path) -> None:
    entry = REBASE.format(
        indicator="assessments.timeliness", start="2020-01-01", by="Head of service", reason="New."
    )
    plain = read_authority(written(tmp_path, GOOD)).charting
    chosen = read_authority(written(tmp_path, GOOD + 'two_of_three = "mdc2023"\n' + entry)).charting
    assert (plain.two_of_three.value, plain.rebases) == ("classic", ())
    assert chosen.two_of_three.value == "mdc2023"
    assert chosen.rebases_of("assessments.timeliness")[0].start == date(2020, 1, 1)


def test_settings_of_disclosure(tmp_path: Path) -> None:
    """All faults at once; a threshold may be higher than the Department's, never lower."""
    wrong = '[disclosure]\nthreshold = 3\nsmallest_denominator = 5\ncommittee = "closed"\n'
    with pytest.raises(UsageFault) as refused:
        read_authority(written(tmp_path, GOOD + wrong))
    assert str(refused.value).splitlines() == [
        "Papers for a committee are not 'closed'.",
        "  File: authority.toml, [disclosure].",
        "  Write suppressed or open; suppressed is usual.",
        "The setting 'threshold' is lower than 5, which the Department hides too.",
        "  File: authority.toml, [disclosure].",
        "  Write 5 or more, or leave it out.",
        "The setting 'smallest_denominator' is lower than 10, which the Department hides too.",
        "  File: authority.toml, [disclosure].",
        "  Write 10 or more, or leave it out.",
    ]
    own = '[disclosure]\nthreshold = 7\ncommittee = "open"\n'
    found = read_authority(written(tmp_path, GOOD + own)).disclosure
    assert (found.threshold, found.smallest_denominator) == (7, 10)
    assert not found.is_committee_suppressed


def test_disclosure_is_a_table_of_known_settings(tmp_path: Path) -> None:
    """A name nobody knows is answered with the nearest."""
    with pytest.raises(UsageFault) as refused:
        read_authority(written(tmp_path, GOOD + "[disclosure]\nthreshhold = 6\n"))
    assert str(refused.value).splitlines() == [
        "There is no setting 'threshhold'.",
        "  File: authority.toml, [disclosure].",
        "  Did you mean 'threshold'?",
    ]


def test_conferences_need_a_slot(tmp_path: Path) -> None:
    path = written(tmp_path, f"{GOOD}[conferences]\nslots = 0\n")
    with pytest.raises(UsageFault) as refused:
        read_authority(path)
    assert str(refused.value).splitlines() == [
        "There are no conference slots a week.",
        "  File: authority.toml, [conferences].",
        "  Write slots = 1 or more.",
    ]
    kept = read_authority(written(tmp_path, f"{GOOD}[conferences]\nslots = 12\n"))
    assert kept.conference_slots == 12
    assert read_authority(written(tmp_path, GOOD)).conference_slots is None
