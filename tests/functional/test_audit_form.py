"""An audit as a person does it: drawn, filled in and received; or handed in broken."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from lineofsight.returns.cover import AS_AT, DATA_FROM, DATA_TO, RETURN
from lineofsight.returns.issue import Kind
from lineofsight.returns.left_blank import GUIDE_SHEET
from lineofsight.returns.local import AUDITS, MASH
from lineofsight.warehouse.journey import read_journey
from lineofsight.warehouse.store import Store
from tests.deliveries import COVER, write_workbook
from tests.functional.test_command_line import run


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with forty decisions of August 2020."""
    rows = [
        {"Child": f"C{n:02}", "Received at": datetime(2020, 8, 3, 9), "Outcome": "Early help",
         "Decided at": datetime(2020, 8, 4, 9 + n % 8)} for n in range(40)
    ]  # fmt: skip
    cover = COVER | {RETURN: "Local tables"}
    book = write_workbook(tmp_path / "local.xlsx", {MASH.title: rows}, sheets=(MASH,), cover=cover)
    done = run(tmp_path / "store", "receive", str(book))
    assert done.returncode == 0, done.stderr
    return tmp_path / "store"


def drawn(store: Path, name: str, *, knows: bool = False) -> Path:
    """The form of a sample of five; the store may know of some audits already."""
    form = store.parent / name
    done = run(store, "audit", "sample", "mash-decisions", "--month", "2020-08", "--size", "5",
               "--seed", "7", "--out", str(form))  # fmt: skip
    assert done.returncode == 0, done.stderr
    if knows:
        return form
    assert done.stdout.splitlines() == [
        "Sample mash-decisions-2020-08-7: 5 of 40 cases, drawn with seed 7.",
        "August 2020 has 40 decisions of the safeguarding hub (MASH), about 40 children; a child "
        "is one case, told by its last decision of the month.",
        "Left out, as audited since February 2020: 0.",
        "Audits of all these months were not received: some may not be left out.",
        str(form),
    ]
    return form


def filled(form: Path, *, finished: int, grade: str = "Good") -> list[str]:
    """Fill in the first so many rows and the cover, and give the children on the form."""
    book = openpyxl.load_workbook(form)
    page, cover = book["Audits"], book["Cover"]
    place = {str(cell.value).rstrip(" *"): cell.column for cell in page[1]}
    days = {"Data from": date(2020, 9, 1), "Data to": date(2020, 9, 30), "As at": date(2020, 9, 30)}
    for row in range(1, 9):
        if cover.cell(row, 1).value in days:
            cover.cell(row, 2).value = days[cover.cell(row, 1).value]
    for row in range(2, 2 + finished):
        page.cell(row, place["Audited on"]).value = date(2020, 9, 8)
        page.cell(row, place["Grade"]).value = grade
        page.cell(row, place["Auditor satisfied"]).value = "Yes" if row > 2 else "No"
    book.save(form)
    return [str(page.cell(row, 1).value) for row in range(2, 7)]


def test_a_form_comes_back_through_receive_and_its_children_are_spared_next_time(
    store: Path,
) -> None:
    form = drawn(store, "form.xlsx")
    guide = [str(cell.value) for row in openpyxl.load_workbook(form)[GUIDE_SHEET] for cell in row]
    assert "Synthetic records: nobody in them exists." in guide
    assert "Sample mash-decisions-2020-08-7: 5 of 40 cases, drawn with seed 7." in guide
    children = filled(form, finished=5)
    assert set(children) <= set(guide)
    done = run(store, "receive", str(form))
    assert done.returncode == 0, done.stderr
    assert "audits gained 5 rows." in done.stdout
    again = run(store, "audit", "sample", "mash-decisions", "--month", "2020-08", "--size", "40",
                "--out", str(store.parent / "again.xlsx"))  # fmt: skip
    assert "Left out, as audited since February 2020: 5." in again.stdout
    page = openpyxl.load_workbook(store.parent / "again.xlsx")["Audits"]
    rest = {str(page.cell(row, 1).value) for row in range(2, 37)}
    assert rest == {f"C{n:02}" for n in range(40)} - set(children)


def test_a_form_leaves_audits_of_other_cases_on_its_days_as_they_were(store: Path) -> None:
    """An audit told before, then the forms of two samples of the same days: all of them count."""
    told = {"Child": "Z1", "Audited on": date(2020, 9, 8), "Theme": "Case file", "Grade": "Good"}
    days = {DATA_FROM: date(2020, 9, 1), DATA_TO: date(2020, 9, 30), AS_AT: date(2020, 9, 30)}
    cover = COVER | {RETURN: "Local tables"} | days
    book = store.parent / "audits.xlsx"
    write_workbook(book, {AUDITS.title: [told]}, sheets=(AUDITS,), cover=cover)
    assert run(store, "receive", str(book)).returncode == 0
    first = drawn(store, "form.xlsx", knows=True)
    second = store.parent / "second.xlsx"
    done = run(store, "audit", "sample", "mash-decisions", "--month", "2020-08", "--size", "5",
               "--seed", "8", "--out", str(second))  # fmt: skip
    assert done.returncode == 0, done.stderr
    children = [*filled(first, finished=5), *filled(second, finished=5, grade="Inadequate")]
    for form in (first, second):
        done = run(store, "receive", str(form))
        assert done.returncode == 0, done.stderr
    audits = read_journey(Store(store)).frames["audits"]
    assert set(audits["child_id"]) == {"Z1", *children}
    assert [issue for issue in read_journey(Store(store)).reported if issue.kind is Kind.GONE] == []


def test_an_ordinary_delivery_that_comes_later_tells_of_all_audits_of_its_days(
    store: Path,
) -> None:
    """It has the last word, as of any table: the form's rows are gone, and reported."""
    form = drawn(store, "form.xlsx")
    filled(form, finished=5)
    assert run(store, "receive", str(form)).returncode == 0
    told = {"Child": "Z1", "Audited on": date(2020, 9, 8), "Theme": "Case file", "Grade": "Good"}
    days = {DATA_FROM: date(2020, 9, 1), DATA_TO: date(2020, 9, 30), AS_AT: date(2020, 10, 1)}
    cover = COVER | {RETURN: "Local tables"} | days
    book = store.parent / "audits.xlsx"
    write_workbook(book, {AUDITS.title: [told]}, sheets=(AUDITS,), cover=cover)
    assert run(store, "receive", str(book)).returncode == 0
    journey = read_journey(Store(store))
    assert journey.frames["audits"]["child_id"].to_list() == ["Z1"]
    assert [issue.count for issue in journey.reported if issue.kind is Kind.GONE] == [5]


def test_rows_nobody_audited_are_left_out_and_named(store: Path) -> None:
    form = drawn(store, "form.xlsx")
    filled(form, finished=3)
    done = run(store, "receive", str(form))
    assert done.returncode == 0, done.stderr
    assert "'Audits': 5 rows read, 3 taken, 2 not taken." in done.stdout
    assert (
        "Reported: 'Audits', column 'Audited on': 2 rows without a value here, which every row "
        "needs: not taken; rows 5 and 6." in done.stdout
    )


def test_a_form_without_days_is_refused(store: Path) -> None:
    done = run(store, "receive", str(drawn(store, "form.xlsx")))
    assert done.returncode == 3
    assert done.stderr == (
        "The delivery does not say which days it covers: there is no 'Data from' or 'Data to' or "
        "'As at'.\n"
        "  File: form.xlsx; such entries stand on a sheet 'Cover'.\n"
        "  Give --from DATE --to DATE --as-at DATE.\n"
    )


def test_a_form_with_changed_headers_is_refused_whole_with_every_fault(store: Path) -> None:
    form = drawn(store, "form.xlsx")
    filled(form, finished=5)
    book = openpyxl.load_workbook(form)
    header = {str(cell.value).rstrip(" *"): cell for cell in book["Audits"][1]}
    header["Child"].value, header["Audited on"].value = "Kid", None
    book.save(form)
    done = run(store, "receive", str(form))
    assert done.returncode == 3
    assert done.stderr == (
        "The column 'Child' is missing.\n"
        "  File: form.xlsx, sheet 'Audits', row 1.\n"
        "  Is it the column headed 'Kid'? Then change that header to 'Child'.\n"
        "The column 'Audited on' is missing.\n"
        "  File: form.xlsx, sheet 'Audits', row 1.\n"
        "  Add the column, with the header 'Audited on'.\n"
    )


def test_a_month_without_decisions_is_refused_and_no_child_is_named_in_the_trail(
    store: Path,
) -> None:
    done = run(store, "audit", "sample", "mash-decisions", "--month", "2020-09")
    assert done.returncode == 2
    assert done.stderr == (
        "The records of decisions of the safeguarding hub (MASH) do not cover September 2020.\n"
        "  A sample is drawn from all cases of the month.\n"
        "  Choose another month, or receive the local tables that cover it.\n"
    )
    trail = (store / "audit.jsonl").read_text(encoding="utf-8")
    assert "drew a sample for an audit" in trail
    assert "C0" not in trail
