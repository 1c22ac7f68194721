"""An edition is kept whole or not at all, and whatever is done to it afterwards is found."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lineofsight.disk import only_writer
from lineofsight.editions.comparison import compare_editions
from lineofsight.editions.shelf import Shelf
from lineofsight.editions.software import Software, software
from lineofsight.errors import Fault, StoreFault, UnknownName
from lineofsight.judgement.finding import Verdict
from lineofsight.measurement.measurement import Value
from tests.overview_examples import AUGUST
from tests.unit.editions import keeper
from tests.unit.editions.keeper import PAPERS, made_contents, made_facts

ROOT = Path(__file__).resolve().parents[3]


def test_what_is_read_back_is_what_was_published(tmp_path: Path) -> None:
    """Contents, facts, the officers' own files byte for byte, and the hash of every file."""
    told: list[str] = []
    contents = made_contents()
    kept = Shelf(tmp_path).keep(made_facts(), contents, PAPERS, told.append)
    assert (kept.id, told) == ("2020-08-1", ["2020-08-1"])
    edition = Shelf(tmp_path).read("2020-08-1")
    assert edition.contents == contents
    assert edition.facts == kept
    assert [(f.name, f.size) for f in kept.papers] == [(n, len(c)) for n, c in PAPERS.items()]
    place = tmp_path / "editions" / "2020-08-1"
    assert (place / "authority.toml").read_bytes() == contents.settings_file
    assert (place / "commentary.md").read_bytes() == contents.commentary_file
    names = {file.name for file in (*kept.parts, *kept.papers)} | {"edition.json"}
    assert {path.name for path in place.iterdir()} == names


def test_a_month_that_is_published_again_gets_the_next_number(tmp_path: Path) -> None:
    """Up to the tenth and beyond; the newest is the last of its month."""
    shelf, contents = Shelf(tmp_path), replace(made_contents(), commentary_file=b"")
    july = replace(made_facts(), month=AUGUST - 1)
    made = [july, *[made_facts()] * 11]
    kept = [shelf.keep(facts, contents, {}, lambda identity: None).id for facts in made]
    assert kept == ["2020-07-1", *(f"2020-08-{n}" for n in range(1, 12))]
    assert [facts.id for facts in shelf.every()] == kept
    newest = shelf.newest(AUGUST)
    assert newest is not None
    assert newest.id == "2020-08-11"
    assert shelf.newest(AUGUST + 1) is None


def test_an_act_that_is_refused_keeps_nothing(tmp_path: Path) -> None:
    """The record of the act comes first; where it cannot be made there is no edition."""

    def refuse(identity: str) -> None:
        raise StoreFault(Fault("No.", identity, "No."))

    with pytest.raises(StoreFault, match="2020-08-1"):
        Shelf(tmp_path).keep(made_facts(), made_contents(), PAPERS, refuse)
    assert Shelf(tmp_path).every() == ()
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_an_unknown_edition_is_answered_with_the_nearest(tmp_path: Path) -> None:
    keeper.keep(tmp_path, made_contents())
    with pytest.raises(UnknownName) as unknown:
        Shelf(tmp_path).read("2020-8-1")
    assert str(unknown.value) == (
        "There is no edition '2020-8-1'.\n"
        "  They are listed by: lineofsight edition list.\n"
        "  Did you mean '2020-08-1'?"
    )


def test_all_that_was_done_to_an_edition_is_said_at_once(tmp_path: Path) -> None:
    """A figure changed, a paper replaced, the settings deleted, a file slipped in."""
    keeper.keep(tmp_path, made_contents())
    place = tmp_path / "editions" / "2020-08-1"
    overview = (place / "overview.json").read_text(encoding="utf-8")
    (place / "overview.json").write_text(overview.replace("73%", "93%"), encoding="utf-8")
    (place / "overview-2020-08.pdf").write_bytes(b"another")
    (place / "authority.toml").unlink()
    (place / "notes.txt").write_text("slipped in", encoding="utf-8")
    with pytest.raises(StoreFault) as damaged:
        Shelf(tmp_path).check("2020-08-1")
    restore = "  Restore the folder of this edition from a backup."
    assert str(damaged.value) == "\n".join(
        f"{what}\n  Edition 2020-08-1, file {file}.\n{restore}"
        for what, file in (
            ("A file of the edition is not what was kept.", "overview.json"),
            ("A file of the edition is missing.", "authority.toml"),
            ("A file of the edition is not what was kept.", "overview-2020-08.pdf"),
            ("A file does not belong to the edition.", "notes.txt"),
        )
    )
    # What is drawn or compared rests on the frozen parts, and is refused for them.
    with pytest.raises(StoreFault, match=r"overview\.json"):
        Shelf(tmp_path).read("2020-08-1")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 1, "id": 7}', '{"format": 1}'])
def test_facts_that_are_damaged_are_said_to_be(tmp_path: Path, text: str) -> None:
    keeper.keep(tmp_path, made_contents())
    (tmp_path / "editions" / "2020-08-1" / "edition.json").write_text(text, encoding="utf-8")
    with pytest.raises(StoreFault) as damaged:
        Shelf(tmp_path).every()
    assert str(damaged.value) == (
        "The facts of an edition cannot be read.\n"
        "  Edition 2020-08-1, file edition.json.\n"
        "  Restore the folder of this edition from a backup."
    )


def test_an_edition_of_a_newer_version_is_said_to_be(tmp_path: Path) -> None:
    keeper.keep(tmp_path, made_contents())
    (tmp_path / "editions" / "2020-08-1" / "edition.json").write_text('{"format": 2}')
    with pytest.raises(StoreFault) as newer:
        Shelf(tmp_path).every()
    assert str(newer.value) == (
        "The edition was frozen in form 2; this version of Line of Sight reads 1.\n"
        "  Edition 2020-08-1, file edition.json.\n"
        "  Use the version that made it, or a newer one."
    )


def test_a_second_writer_waits_and_is_then_told(tmp_path: Path) -> None:
    """Somebody is taking a delivery in: it is one lock for all that is written to the store."""
    with (
        only_writer(tmp_path, 1.0, Fault("", "", "")),
        pytest.raises(StoreFault) as busy,
    ):
        Shelf(tmp_path, 0.1).keep(made_facts(), made_contents(), PAPERS, lambda identity: None)
    assert str(busy.value) == (
        "Somebody else is writing to the store.\n"
        f"  Store: {tmp_path.name}. No paper was published and no edition kept.\n"
        "  Wait until they have finished and make the overview again."
    )


def _keeper(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", keeper.__name__, *words],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=300,
    )  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "fork"), reason="This system cannot fork a writer to stop.")
def test_a_writer_killed_at_any_moment_leaves_a_whole_edition_or_none(tmp_path: Path) -> None:
    """A hundred times; every edition that is there is whole, and none that was there is lost."""
    done = _keeper(str(tmp_path), "kill", "100", "2020")
    assert done.returncode == 0, done.stderr
    rounds = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rounds) == 100
    new = [set(one["after"]) - set(one["before"]) for one in rounds]
    assert all(set(one["before"]) <= set(one["after"]) for one in rounds)
    assert all(len(editions) <= 1 for editions in new)
    # It was stopped before, in the midst and after: else the test has shown nothing.
    assert {len(editions) for editions in new} == {0, 1}
    assert any(one["half_done"] for one in rounds)
    keeper.keep(tmp_path, made_contents())
    assert list(tmp_path.glob(".writing-*")) == []


@pytest.mark.skipif(
    importlib.util.find_spec("resource") is None,
    reason="This system has no limit of file size to stand in for a full disk.",
)
def test_a_full_disk_keeps_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    done = _keeper(str(store), "full", "20000")
    assert done.stdout == (
        "There is no room left for the edition.\n"
        "  Store: store. No paper was published and no edition kept.\n"
        "  Free some space and make the overview again.\n"
    )
    assert done.returncode == StoreFault.exit_code
    # The folder of editions may be there, and nothing is in it.
    assert {path.name for path in store.rglob("*")} == {".lock", "editions"}


def test_two_editions_compared(tmp_path: Path) -> None:
    """One numerator of July and one verdict differ; the months and figures that agree are quiet."""
    contents = made_contents()
    first, *others = contents.findings
    *months, july, august = first.measurement.series
    restated = replace(july, numerator=july.numerator + 1)
    changed = replace(
        first,
        verdict=Verdict.NOT_JUDGED,
        measurement=replace(first.measurement, series=(*months, restated, august)),
    )
    shelf = Shelf(tmp_path)
    shelf.keep(made_facts(), contents, {}, lambda identity: None)
    newer = replace(contents, findings=(changed, *others))
    shelf.keep(made_facts(), newer, {}, lambda identity: None)
    found = compare_editions(shelf.read("2020-08-1"), shelf.read("2020-08-2"))
    (one,) = found.figures
    assert (one.before, one.after) == (july, restated)
    assert isinstance(one.before, Value)
    (change,) = found.verdicts
    told = [side.verdict for side in (change.before, change.after) if side]
    assert told == [first.verdict, Verdict.NOT_JUDGED]
    assert found.new_figures == 0
    same = compare_editions(shelf.read("2020-08-1"), shelf.read("2020-08-1"))
    assert (same.figures, same.verdicts) == ((), ())


def test_what_changed_in_the_software_is_named() -> None:
    now = software()
    assert now.changed_since(now) == ""
    assert len(now.source_sha256) == 64
    older = replace(now, drawn_with=tuple((n, "0.1") if n == "typst" else (n, v)
                                          for n, v in now.drawn_with))  # fmt: skip
    version = dict(now.drawn_with)["typst"]
    assert now.changed_since(older) == f"typst 0.1 is now {version}"
    other = Software("0.0.9", "", f"{3:064x}", now.drawn_with)
    assert now.changed_since(other) == (
        f"Line of Sight is another one (0.0.9, source 00000000 then, {now.named} now)"
    )
