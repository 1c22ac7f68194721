"""The local tables as a person keeps them: written as a template, filled in, and received."""

from __future__ import annotations

from pathlib import Path

from lineofsight.returns.local import SHEETS
from tests.functional.test_command_line import run

DAYS = ("--from", "2020-07-01", "--to", "2020-08-31", "--as-at", "2020-09-02")


def test_a_folder_of_csv_files_is_received_table_by_table(tmp_path: Path) -> None:
    made = run(tmp_path / "store", "template", "--csv", str(tmp_path / "local"))
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines()[-1].endswith("README.txt")
    examples = tmp_path / "local" / "examples"
    for name in ("audits.csv", "care_plans.csv", "conference_requests.csv"):
        (examples / name).replace(tmp_path / "local" / name)  # filled in
    done = run(tmp_path / "store", "receive", str(tmp_path / "local"), *DAYS)
    # Every other table was left without a row: each is refused by name, and none stops the others.
    assert done.returncode == 3
    assert done.stderr.count("Nothing is filled in: the table holds no row.") == len(SHEETS) - 3
    assert "README" not in done.stderr
    for line in ("audits gained 2 rows.", "care_plans gained 2 rows.",
                 "conference_requests gained 2 rows."):  # fmt: skip
        assert line in done.stdout


def test_a_template_is_not_written_over(tmp_path: Path) -> None:
    book = tmp_path / "ours.xlsx"
    assert run(tmp_path / "store", "template", "--out", str(book)).stdout == f"{book}\n"
    before = book.read_bytes()
    again = run(tmp_path / "store", "template", "--out", str(book))
    assert again.returncode == 2
    assert again.stderr.startswith("A file of that name is there already")
    assert book.read_bytes() == before
