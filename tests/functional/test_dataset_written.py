"""`measure` by groups and into files, as an analyst types it."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from .test_command_line import run


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small synthetic authority, received; one team is named like a formula."""
    folder = tmp_path_factory.mktemp("authority")
    made = run(folder / "store", "synthesise", "--size", "1000", "--out", str(folder / "returns"))
    assert made.returncode == 0, made.stderr
    book = openpyxl.load_workbook(folder / "returns" / "local-tables-2020-08.xlsx")
    sheet = book["Staffing"]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == sheet["A2"].value and row[0].row > 2:
            row[0].value = "=1+1 team"
            row[0].data_type = "s"
    sheet["A2"].value = "=1+1 team"
    sheet["A2"].data_type = "s"
    book.save(folder / "returns" / "local-tables-2020-08.xlsx")
    done = run(folder / "store", "receive", str(folder / "returns"))
    assert done.returncode == 0, done.stderr
    settings = (folder / "returns" / "authority.toml").read_text(encoding="utf-8")
    (folder / "store" / "authority.toml").write_text(settings, encoding="utf-8")
    return folder / "store"


def test_three_formats_hold_the_same_table(store: Path, tmp_path: Path) -> None:
    """Every value of the Parquet file is in the CSV file and in the workbook."""
    asked = ("measure", "--month", "2020-08", "--indicator", "*.icpc*", "--by", "sex")
    for ending in ("parquet", "csv", "xlsx"):
        done = run(store, *asked, "--out", str(tmp_path / f"d.{ending}"))
        assert done.returncode == 0, done.stderr
        assert "For the inside of the service" in done.stdout
    table = pl.read_parquet(tmp_path / "d.parquet")
    assert set(table["indicator"]) == {"child_protection.icpc_timeliness"}
    assert {"total", "sex"} == set(table["breakdown"])
    csv = pl.read_csv(tmp_path / "d.csv", schema=table.schema)
    assert csv.equals(table.with_columns(pl.col(pl.String()).replace({"": None})))
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    rows = list(book["Dataset"].iter_rows(values_only=True))
    assert rows[0] == tuple(table.columns)
    value = table.columns.index("value")
    assert [row[value] for row in rows[1:]] == table["value"].to_list()
    about = [row[0] for row in book["About"].iter_rows(values_only=True)]
    assert "Synthetic: made-up children, no real ones." in about
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d.csv", "d.parquet", "d.xlsx"]


def test_what_a_council_typed_is_never_a_formula(store: Path, tmp_path: Path) -> None:
    """A team named '=1+1 team' is text in the workbook."""
    out = tmp_path / "d.xlsx"
    done = run(
        store,
        "measure",
        "--month",
        "2020-08",
        "--indicator",
        "workforce.caseload",
        "--by",
        "team",
        "--out",
        str(out),
    )
    assert done.returncode == 0, done.stderr
    cells = [c for row in openpyxl.load_workbook(out)["Dataset"].iter_rows() for c in row]
    named = [cell for cell in cells if cell.value == "=1+1 team"]
    assert named
    assert {cell.data_type for cell in named} == {"s"}


def test_groups_on_any_day_add_up_and_the_act_is_on_record(store: Path) -> None:
    """As at 17 August; the groups of the day add up to the whole."""
    done = run(
        store,
        "measure",
        "--as-at",
        "2020-08-17",
        "--indicator",
        "*looked_after.number",
        "--by",
        "sex",
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines() if line.startswith("  ")]
    numbers = {words[0]: int(words[-2].replace(",", "")) for words in lines if words[-1].isdigit()}
    assert "Month to 17 August 2020" in done.stdout
    assert numbers["All"] == sum(n for group, n in numbers.items() if group != "All") > 0
    last = json.loads((store / "audit.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert last["act"] == "laid out the dataset by groups"
    assert last["subject"] == "2020-08, by sex"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--by", "tem"), "There is no breakdown 'tem'."),
        (("--indicator", "fron.*"), "There is no indicator 'fron.*'."),
        (("--out", "d.txt"), "A dataset cannot be written as '.txt'.\n  File: 'd.txt'.\n"),
        (("--as-at", "2020-08-17"), "Give one of them: --month 2020-08, or --as-at 2020-08-17"),
    ],
)
def test_what_cannot_be_asked_is_said_in_sentences(
    store: Path, words: tuple[str, ...], message: str
) -> None:
    """Exit code 2 and nothing written."""
    done = run(store, "measure", "--month", "2020-08", *words)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""


def test_small_numbers_are_hidden_from_the_public(store: Path, tmp_path: Path) -> None:
    """A 'c' where a number was, and nothing small left; what was shown before is shown again."""
    asked = ("measure", "--month", "2020-08", "--indicator", "permanence.adopted*")
    for audience, name in (("service", "inside.parquet"), ("public", "d.parquet")):
        done = run(store, *asked, "--audience", audience, "--out", str(tmp_path / name))
        assert done.returncode == 0, done.stderr
    assert "Small numbers are hidden: " in done.stdout
    inside, shown = (pl.read_parquet(tmp_path / name) for name in ("inside.parquet", "d.parquet"))
    hidden = shown["symbol"] == "c"
    assert hidden.any()
    assert shown.filter(hidden)["numerator"].null_count() == hidden.sum()
    assert not shown["numerator"].is_between(1, 5).any()
    assert inside.filter(~hidden).equals(shown.filter(~hidden).drop("symbol"))
    again = ("--audience", "public", "--published", str(tmp_path / "d.parquet"))
    done = run(store, *asked, *again, "--out", str(tmp_path / "e.csv"))
    assert done.returncode == 0, done.stderr
    csv = pl.read_csv(tmp_path / "e.csv", infer_schema=False)
    is_c = csv["value"] == "c"
    assert is_c.any()
    assert not (is_c & ~hidden).any()
    of_number = csv.filter(pl.col("indicator") == "permanence.adopted")
    assert set(of_number["denominator"]) == {"c", "z"}
    done = run(store, *asked, *again, "--out", str(tmp_path / "e.xlsx"))
    assert done.returncode == 0, done.stderr
    rows = list(openpyxl.load_workbook(tmp_path / "e.xlsx")["Dataset"].iter_rows(values_only=True))
    value = rows[0].index("value")
    assert [row[value] == "c" for row in rows[1:]] == is_c.to_list()
    assert {type(row[value]) for row in rows[1:] if row[value] not in ("c", "z")} <= {int, float}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--by", "sex", "--out", "d.csv"), "Groups are laid out for the service only.\n"),
        ((), "On the screen figures are shown to the service only.\n"),
        (
            ("--out", "d.csv", "--published", "authority.toml"),
            "What was published before cannot be read.\n  File: 'authority.toml'.\n",
        ),
    ],
)
def test_what_is_for_the_service_only_is_said(
    store: Path, words: tuple[str, ...], message: str
) -> None:
    """Exit code 2 and nothing written."""
    asked = ("measure", "--month", "2020-08", "--audience", "public")
    done = run(store, *asked, *words)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""
