"""The documentation is true: commands and places exist, definitions have specifications."""

from __future__ import annotations

import re
import shlex
from fnmatch import fnmatchcase
from pathlib import Path

import click
import pytest

from lineofsight.checking import page_of_rules
from lineofsight.cli import lineofsight
from lineofsight.indicators import ALL, find_indicator
from lineofsight.indicators.deviations import DEVIATIONS, page_of_deviations
from lineofsight.journey.clocks import CLOCKS

from ..manual import FOLDER, examples, pages

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SOURCE = ROOT / "src" / "lineofsight"
PROJECT_VERBS = {"test", "check"}
PLACE = re.compile(r"`((?:[a-z_0-9]+/)+[a-z_0-9.]*|[A-Za-z_0-9./-]+\.(?:py|md|toml|csv))`")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)")


def commands() -> list[tuple[str, list[str]]]:
    """Every `go.py` line of every page, as (page, words after go.py)."""
    found = []
    for page in PAGES:
        for line in page.read_text(encoding="utf-8").splitlines():
            match = re.match(r"\s*(?:\$ )?python3 go\.py (.+?)(?:\s+#.*)?$", line)
            if match:
                found.append((page.name, shlex.split(match[1])))
    return found


def options_of(command: click.Command) -> set[str]:
    """The options a command knows."""
    return {name for parameter in command.params for name in parameter.opts}


@pytest.mark.parametrize(("page", "words"), commands())
def test_a_documented_command_exists_with_its_options(page: str, words: list[str]) -> None:
    """What a page tells to type can be typed."""
    while words[0].startswith("--"):
        assert words[0] in options_of(lineofsight), (page, words)
        words = words[2:]
    verb, *rest = words
    if verb in PROJECT_VERBS:
        return
    context = click.Context(lineofsight)
    command = lineofsight.get_command(context, verb)
    assert command, (page, verb)
    if isinstance(command, click.Group):
        assert rest[0] in command.commands, (page, verb)
        command = command.commands[rest[0]]
    known = options_of(command)
    assert {word for word in rest if word.startswith("--")} <= known, page


def test_there_are_commands_to_check() -> None:
    """The test above cannot pass on nothing."""
    verbs = {words[0] for _, words in commands()}
    assert {
        "demo",
        "test",
        "receive",
        "validate",
        "measure",
        "explain",
        "judge",
        "overview",
    } <= verbs


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_places_and_links_exist(page: Path) -> None:
    """A file or folder named on a page is there."""
    text = page.read_text(encoding="utf-8")
    made_by_commands = ("out/", "mine/", "audit.jsonl", "authority.toml", "store/", "shared/")
    for place in PLACE.findall(text):
        if place.startswith(made_by_commands) or place in made_by_commands:
            continue
        bases = (ROOT, SOURCE, page.parent, ROOT / "tests")
        assert any((base / place).exists() for base in bases), f"{page.name}: {place}"
    for link in LINK.findall(text):
        if not link.startswith("http"):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


@pytest.mark.parametrize("identity", [indicator.id for indicator in ALL])
def test_every_indicator_has_its_specification(identity: str) -> None:
    """A drawn table in the chapter's file, under the indicator's own name."""
    chapter, name = identity.split(".")
    specification = ROOT / "tests" / "spec" / f"test_{chapter}.py"
    assert f"def test_{name}(spec" in specification.read_text(encoding="utf-8")


@pytest.mark.parametrize("clock", [clock.fills.name for clock in CLOCKS])
def test_every_clock_has_its_specification(clock: str) -> None:
    """A drawn table with the days where it matters."""
    specifications = sorted((ROOT / "tests" / "spec").glob("test_*clocks.py"))
    assert any(f'"{clock}"' in spec.read_text(encoding="utf-8") for spec in specifications)


def test_every_indicator_says_where_its_definition_comes_from() -> None:
    """Source, and what blanks do wherever a condition can meet one."""
    assert [i.id for i in ALL if len(i.source) < 15] == []


def test_the_changelog_counts_the_indicators_that_there_are() -> None:
    """The number in the changelog is the number of blocks."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(r"(\d+) indicators along", text)
    assert found
    assert int(found[1]) == len(ALL)


def test_the_list_of_rules_is_up_to_date() -> None:
    """Written from the rules; the remedy is the command in `docs/how-to/validate.md`."""
    page = ROOT / "docs" / "reference" / "rules.md"
    assert page.read_text(encoding="utf-8") == page_of_rules()


def test_the_manual_of_the_indicators_is_up_to_date() -> None:
    """Written from definitions and specifications; the remedy is `python -m tests.manual`."""
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert written == pages()


def test_the_list_of_deviations_is_up_to_date() -> None:
    """Written from its blocks; the remedy is `python -m tests.manual`."""
    page = ROOT / "docs" / "deviations.md"
    assert page.read_text(encoding="utf-8") == page_of_deviations()


@pytest.mark.parametrize("pattern", sorted({p for d in DEVIATIONS for p in d.of}))
def test_a_deviation_names_indicators_that_there_are(pattern: str) -> None:
    """A block that concerns nobody would be shown to nobody."""
    assert [i.id for i in ALL if fnmatchcase(i.id, pattern)]


@pytest.mark.parametrize("identity", [indicator.id for indicator in ALL])
def test_every_specification_can_be_shown_in_the_manual(identity: str) -> None:
    """At least one drawn table with its answer."""
    assert examples(find_indicator(identity))


TRAPS = range(1, 24)


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_of_the_field_is_drawn_somewhere(trap: int) -> None:
    """`shared/docs/domain.md`, section 7: one worked table each, named by its number."""
    tests = (p.read_text(encoding="utf-8") for p in (ROOT / "tests").rglob("test_*.py"))
    named = re.compile(rf"Trap {trap}\b")
    assert any(named.search(text) for text in tests)
