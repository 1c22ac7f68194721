"""The commands as a person types them: output, exit codes and what is left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("LINEOFSIGHT_SHARED", ROOT.parent / "shared"))
SAMPLE = SHARED / "fixtures" / "liia-tools" / "Annex_A.xlsx"
WINDOW = ("--from", "2020-09-16", "--to", "2021-03-16", "--as-at", "2021-03-16")
needs_sample = pytest.mark.skipif(
    not SAMPLE.exists(), reason="put the folder shared beside the project to read the sample"
)


def run(store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "lineofsight", "--store", str(store), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the sector's sample workbook."""
    folder = tmp_path_factory.mktemp("work") / "store"
    done = run(folder, "receive", str(SAMPLE), *WINDOW, "--authority", "Home Town")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # nothing is shown of progress when piped
    return folder


@needs_sample
def test_a_workbook_that_does_not_say_its_days_is_refused_with_a_suggestion(
    tmp_path: Path,
) -> None:
    """Exit code 3, three sentences, and nothing in the store but the audit entry."""
    done = run(tmp_path / "store", "receive", str(SAMPLE))
    assert done.returncode == 3
    assert "does not say which days it covers" in done.stderr
    assert "--from 2020-09-16 --to 2021-03-16 --as-at 2021-03-16" in done.stderr
    assert list((tmp_path / "store").rglob("*.parquet")) == []


@needs_sample
def test_the_same_file_twice_is_refused(store: Path) -> None:
    """Exit code 3 and the name of the submission that holds it."""
    before = sorted(path.name for path in store.rglob("*"))
    done = run(store, "receive", str(SAMPLE), *WINDOW)
    assert done.returncode == 3
    assert "The same file is in the store already." in done.stderr
    assert sorted(path.name for path in store.rglob("*")) == before


@needs_sample
def test_what_the_sample_cannot_support_is_said_indicator_by_indicator(store: Path) -> None:
    """Each missing thing has its own reason."""
    done = run(store, "measure", "--month", "2021-02")
    assert done.returncode == 0, done.stderr
    lines = {line.split()[0]: line for line in done.stdout.splitlines() if "." in line.split()[0]}
    assert "because: No delivery holds MASH decisions." in lines["front_door.mash_timeliness"]
    assert "because: No population" in lines["child_protection.plan_rate"]
    assert "do not reach far enough" in lines["front_door.re_referrals"]
    assert "0% (0/3)" in lines["assessments.timeliness"]
    assert "in 5 months" in lines["assessments.timeliness"]


@needs_sample
def test_the_sample_has_an_overview(store: Path, tmp_path: Path) -> None:
    """All four papers, and the list of what could not be measured."""
    done = run(store, "overview", "--month", "2021-02", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    suffixes = {path.suffix for path in tmp_path.glob("overview-2021-02-committee.*")}
    assert suffixes == {".html", ".pdf", ".docx", ".xlsx"}
    page = (tmp_path / "overview-2021-02-committee.html").read_text(encoding="utf-8")
    assert "No delivery holds MASH decisions." in page
    assert "Home Town" in page


@needs_sample
def test_a_traced_figure_leaves_an_audit_entry(store: Path) -> None:
    """Three conferences in October 2020, each with its row; the entry names no child."""
    done = run(store, "trace", "child_protection.icpc_timeliness", "--month", "2020-10")
    assert done.returncode == 0, done.stderr
    assert "3 of 3 children in time, 0 late." in done.stdout
    for row in (2, 3, 6):
        assert f"[Annex A, Annex_A.xlsx, sheet 'List 5', row {row}]" in done.stdout
    last = json.loads((store / "audit.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert last["act"] == "followed a figure to its records"
    assert last["subject"] == "child_protection.icpc_timeliness, 2020-10"


@needs_sample
def test_validation_names_rows_and_never_children(store: Path, tmp_path: Path) -> None:
    """The official code where there is one, sheet and row; what did not run is said."""
    done = run(store, "validate", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "2885 error, 3 rows" in done.stdout
    assert "not checked: there is no list for" in done.stdout
    for name in ("validation.html", "validation.csv"):
        written = (tmp_path / name).read_text(encoding="utf-8")
        assert "14065184" not in written


@needs_sample
def test_each_submission_has_a_page_and_a_workbook(store: Path, tmp_path: Path) -> None:
    """Named after the submission; one alone can be asked for, and an unknown one is refused."""
    (submission,) = (path.name for path in (store / "submissions").iterdir())
    done = run(store, "validate", "--out", str(tmp_path / "all"))
    assert {path.name for path in (tmp_path / "all").iterdir()} == {
        "validation.html",
        "validation.xlsx",
        "validation.csv",
        f"validation-{submission}.html",
        f"validation-{submission}.xlsx",
        f"validation-{submission}.csv",
    }
    assert f"{submission}: Annex A, Annex_A.xlsx\n" in done.stdout
    alone = run(store, "validate", "--submission", submission, "--out", str(tmp_path / "one"))
    assert alone.returncode == 0, alone.stderr
    assert len(list((tmp_path / "one").iterdir())) == 3
    unknown = run(store, "validate", "--submission", "annex-a", "--out", str(tmp_path))
    assert unknown.returncode == 2
    assert unknown.stderr.startswith("There is no submission 'annex-a'.\n")


@needs_sample
@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("measure", "--month", "2021-05"), "No records cover May 2021."),
        (("measure", "--month", "May 2021"), "'May 2021' is not a month."),
        (
            ("trace", "child_protection.icpc_timelines", "--month", "2020-10"),
            "There is no indicator 'child_protection.icpc_timelines'.",
        ),
        (("judge", "--month", "2019-01"), "No records cover January 2019."),
    ],
)
def test_what_does_not_exist_is_said_in_three_sentences(
    store: Path, arguments: tuple[str, ...], what: str
) -> None:
    """Exit code 2, no traceback."""
    done = run(store, *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(what)
    assert len(done.stderr.strip().splitlines()) == 3
    assert "Traceback" not in done.stderr


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    """Nothing has been received yet."""
    done = run(tmp_path / "store", "measure", "--month", "2020-08")
    assert done.returncode == 2
    assert done.stderr.startswith("The store holds no submissions.")


def test_an_unknown_authority_is_answered_with_the_nearest(tmp_path: Path) -> None:
    """A misspelt name; no figures are needed to say so."""
    done = run(
        tmp_path, "compare", "--authority", "Southamton", "--year", "2020",
        "--published", str(tmp_path), "--out", str(tmp_path),
    )  # fmt: skip
    assert done.returncode == 2
    assert "Southampton" in done.stderr


@pytest.mark.parametrize("verb", ["demo", "synthesise", "receive", "validate", "measure", "judge",
                                  "overview", "compare", "trace", "edition",
                                  "restated"])  # fmt: skip
def test_every_command_has_help(tmp_path: Path, verb: str) -> None:
    """Help says what the command is for."""
    done = run(tmp_path, verb, "--help")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 5
