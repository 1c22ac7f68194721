"""The walls of the house: who may import whom, how large things grow, and what nobody is called."""

from __future__ import annotations

import ast
import statistics
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "lineofsight"
PACKAGE = "lineofsight"
ROOMS = sorted(p.name for p in SOURCE.iterdir() if p.is_dir() and (p / "__init__.py").exists())
GROUND = {"journey", "reference", "errors"}

# room: the rooms it may import. A room that is not named here may import nothing of ours.
FLOORS: dict[str, set[str]] = {
    "errors": set(),
    "disk": {"errors"},
    "reference": {"errors"},
    "journey": {"errors", "reference"},
    "returns": {"errors", "reference", "journey"},
    "validation": {"errors", "reference", "journey", "returns"},
    "indicators": {"errors", "reference", "journey"},
    "comparators": {"errors", "disk", "reference", "indicators"},
    "warehouse": {"errors", "disk", "reference", "journey", "returns"},
    "measurement": {
        "errors",
        "reference",
        "journey",
        "indicators",
        "comparators",
        "warehouse",
    },
    "judgement": {"errors", "reference", "indicators", "comparators", "measurement"},
    "disclosure": {"errors", "reference", "indicators", "measurement"},
    "overview": {
        "errors",
        "reference",
        "indicators",
        "comparators",
        "measurement",
        "judgement",
        "disclosure",
    },
    "publish": {"errors", "overview"},
    # What was published is numbers and words: editions stand above the privacy wall, and are kept
    # in the store through `disk`, which knows nothing of what it writes.
    "editions": {
        "errors",
        "disk",
        "reference",
        "measurement",
        "judgement",
        "overview",
        "publish",
    },
    # A person's sentences are held against findings and the words of the paper.
    "claims": {
        "errors",
        "reference",
        "comparators",
        "measurement",
        "judgement",
        "overview",
    },
    "access": {"errors"},
    "worklists": {
        "errors",
        "reference",
        "journey",
        "returns",
        "indicators",
        "warehouse",
        "measurement",
        "access",
    },
    # A review reads rows, as a worklist does; what leaves it is numbers, and no paper has them.
    "reviews": {
        "errors",
        "reference",
        "journey",
        "returns",
        "indicators",
        "warehouse",
        "measurement",
        "access",
    },
    "synthetic": {"errors", "reference", "journey", "returns"},
}
DOORS = {
    *("cli", "progress", "desk", "receiving", "cycle", "checking", "sources", "memory"),
    *("restating", "dataset", "explaining", "comparing", "claiming", "commenting", "disclosing"),
    *("reviewing", "auditing", "listing", "demonstration", "__main__", "__init__"),
}
# Above the privacy wall nobody can reach a child's row.
ABOVE_THE_WALL = {"judgement", "disclosure", "overview", "publish", "editions", "claims"}
BELOW_THE_WALL = {
    f"{PACKAGE}.warehouse",
    f"{PACKAGE}.returns",
    f"{PACKAGE}.worklists",
    f"{PACKAGE}.reviews",
    f"{PACKAGE}.measurement.measure",
    f"{PACKAGE}.measurement.statement",
    f"{PACKAGE}.measurement.dataset",
    f"{PACKAGE}.measurement.by_group",
}
# library: the places that may name it.
LIBRARIES: dict[str, set[str]] = {
    "duckdb": {"warehouse"},
    "psycopg": {"warehouse"},
    "pyspark": {"warehouse"},
    # The dataset is a table: it is laid out as one.
    # A review reads rows as they lie in the journey, and hands on numbers.
    "polars": {
        *("warehouse", "returns", "validation", "synthetic", "measurement", "reviews"),
        "disclosure",
    },
    "fastexcel": {"returns.reading", "returns"},
    "openpyxl": {"publish", "returns", "comparators"},
    # Papers are written in `publish`; in `claims` people's own are read.
    "docx": {"publish", "claims"},
    "pypdf": {"claims"},
    "typst": {"publish"},
    "xlsxwriter": {
        "publish",
        "synthetic",
        "returns",
        "validation",
        "measurement",
        "reviews",
        "worklists",
    },
    "django": {"web"},
    "highspy": {"disclosure"},
}
LISTS_OF_DEFINITIONS = {"journey/tables.py"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by dotted name."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        dotted = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        found[dotted.removesuffix(".__init__")] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imports_of(tree: ast.Module) -> Iterator[str]:
    """Everything a module imports, inside functions and under TYPE_CHECKING too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "relative import"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in modules() else node.module


def room_of(dotted: str) -> str:
    """The room a module of ours stands in; the module itself for those at the door."""
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def ours() -> Iterator[tuple[str, str]]:
    """Every import of one of our modules by another, as (importer, imported)."""
    for name, tree in modules().items():
        for imported in imports_of(tree):
            if imported.split(".")[0] == PACKAGE and imported != PACKAGE:
                yield name, imported


def test_every_room_has_its_floor() -> None:
    """A new room is a decision: it is entered in the table above, with what it may import."""
    assert [room for room in ROOMS if room not in {*FLOORS, *DOORS, "web"}] == []


def test_imports_run_down_the_house() -> None:
    """No room imports another that stands above it or beside it."""
    crossings = sorted(
        f"{importer} -> {imported}"
        for importer, imported in ours()
        if (room := room_of(importer)) not in DOORS
        and (target := room_of(imported)) != room
        and target not in FLOORS[room]
    )
    assert crossings == []


def test_nothing_imports_the_doors() -> None:
    """The command line and the cycle are doors, not furniture."""
    assert [
        f"{a} -> {b}" for a, b in ours() if room_of(b) in DOORS and room_of(a) not in DOORS
    ] == []


def test_the_privacy_wall() -> None:
    """Judging, wording and drawing reach no row: not even through a room in between."""
    reach: dict[str, set[str]] = defaultdict(set)
    for importer, imported in ours():
        reach[importer].add(imported)
    leaks = []
    for module in modules():
        if room_of(module) not in ABOVE_THE_WALL:
            continue
        seen, todo = set(), [module]
        while todo:
            here = todo.pop()
            for there in reach[here] - seen:
                seen.add(there)
                todo.append(there)
        leaks += [
            f"{module} -> {there}"
            for there in seen
            if any(there == low or there.startswith(f"{low}.") for low in BELOW_THE_WALL)
        ]
    assert sorted(leaks) == []


@pytest.mark.parametrize("library", sorted(LIBRARIES))
def test_a_library_lives_in_its_rooms(library: str) -> None:
    """One definition, many engines: a library is named where it is used and nowhere else."""
    strangers = sorted(
        name
        for name, tree in modules().items()
        if library in {imported.split(".")[0] for imported in imports_of(tree)}
        and room_of(name) not in LIBRARIES[library]
    )
    assert strangers == []


def test_no_import_circle() -> None:
    """Not even one hidden in a function."""
    arrows: dict[str, set[str]] = defaultdict(set)
    for importer, imported in ours():
        if importer != imported:
            arrows[importer].add(imported)
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path[path.index(module) :], module))
        if module in done:
            return
        for there in sorted(arrows[module]):
            visit(there, (*path, module))
        done.add(module)

    for module in sorted(modules()):
        visit(module, ())


def functions() -> list[tuple[str, int]]:
    """Every function with its number of lines, docstring taken off."""
    found = []
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                body = node.body
                first = body[0]
                is_documented = isinstance(first, ast.Expr) and isinstance(
                    first.value, ast.Constant
                )
                kept = body[1:] if is_documented else body
                start = kept[0].lineno if kept else node.lineno
                found.append((f"{name}.{node.name}", (node.end_lineno or 0) - start + 1))
    return found


def test_functions_are_small() -> None:
    """Median at most 8 lines, 95% at most 40, none over 60."""
    sizes = sorted(size for _, size in functions())
    assert statistics.median(sizes) <= 8
    assert sizes[int(len(sizes) * 0.95)] <= 40
    assert [f"{name}: {size}" for name, size in functions() if size > 60] == []


def test_files_are_small() -> None:
    """No file over 500 lines but the list of the journey's tables, which is one definition."""
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in SOURCE.rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 500
        and path.relative_to(SOURCE).as_posix() not in LISTS_OF_DEFINITIONS
    }
    assert long == {}


def test_nothing_has_a_name_without_meaning() -> None:
    """A thing without a home gets a home first."""
    assert [name for name in modules() if set(name.split(".")) & FORBIDDEN_NAMES] == []


def test_every_module_says_what_it_is_for() -> None:
    """Each file opens with a sentence."""
    assert [name for name, tree in modules().items() if not ast.get_docstring(tree)] == []


def test_public_functions_and_classes_are_described() -> None:
    """The public face is documented in full; private things have good names instead."""
    bare = [
        f"{name}.{node.name}"
        for name, tree in modules().items()
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert bare == []
