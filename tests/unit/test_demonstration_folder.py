"""What the demonstration may empty, and what makes a paper synthetic."""

from __future__ import annotations

from pathlib import Path

import pytest

from lineofsight.access.roles import Actor, Role
from lineofsight.demonstration import MARK, run, synthesise_into
from lineofsight.desk import Desk
from lineofsight.errors import UsageFault
from lineofsight.receiving import Window, receive


def test_a_folder_it_did_not_make_is_left_alone(tmp_path: Path) -> None:
    """Somebody's own folder of that name stays as it is, and the message says what to do."""
    mine = tmp_path / "demonstration" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageFault) as refusal:
        run(tmp_path, 1_000, 2020, lambda step: None)
    assert str(refusal.value) == (
        "The demonstration would empty a folder that it did not make.\n"
        f"  Folder: 'demonstration' in '{tmp_path.name}'.\n"
        "  Choose another folder with --out, or move that one away."
    )
    assert mine.read_text(encoding="utf-8") == "mine"


def test_its_own_folder_is_made_anew(tmp_path: Path) -> None:
    """A second demonstration finds nothing of the first in its way, not even the same file."""
    own = tmp_path / "demonstration"
    files = synthesise_into(own / "returns", 1_000, 2020, lambda step: None)
    receive(Desk(own / "store", Actor("first", Role.ANALYST)), files[0], Window())
    (own / MARK).touch()
    made = run(tmp_path, 1_000, 2020, lambda step: None)
    assert all(path.exists() for path in made.papers)


def test_made_up_records_stay_synthetic_whatever_the_settings_say(tmp_path: Path) -> None:
    """Settings that forget to say so do not make a made-up paper look real."""
    annex_a, *_ = synthesise_into(tmp_path / "returns", 1_000, 2020, lambda step: None)
    desk = Desk(tmp_path / "store", Actor("test", Role.ANALYST))
    receive(desk, annex_a, Window())
    settings = 'name = "Somewhere"\ncode = "999"\n'
    (tmp_path / "store" / "authority.toml").write_text(settings, encoding="utf-8")
    assert desk.authority().name == "Somewhere"
    assert desk.authority().is_synthetic
