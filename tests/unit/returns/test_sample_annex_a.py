"""A real-format Annex A workbook (each child made up by its authors): what is taken of it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from lineofsight.errors import SubmissionRefused
from lineofsight.returns.issue import Kind
from lineofsight.returns.submission import Reading, describe, read_delivery

SHARED = Path(os.environ.get("LINEOFSIGHT_SHARED", Path(__file__).parents[4] / "shared"))
SAMPLE = SHARED / "fixtures" / "liia-tools" / "Annex_A.xlsx"
pytestmark = pytest.mark.skipif(
    not SAMPLE.exists(),
    reason="The sample workbook is absent: set LINEOFSIGHT_SHARED to the shared folder.",
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_delivery(
        SAMPLE,
        first_day=date(2020, 9, 16),
        last_day=date(2021, 3, 16),
        as_at=date(2021, 3, 16),
        authority="Testshire",
    )


def test_every_row_of_every_list_is_taken(reading: Reading) -> None:
    assert reading.sheets == (
        ("List 1", 5, 5), ("List 2", 5, 5), ("List 3", 6, 6), ("List 4", 5, 5),
        ("List 5", 5, 5), ("List 6", 5, 5), ("List 7", 7, 7), ("List 8", 5, 5),
        ("List 9", 6, 6), ("List 10", 5, 5), ("List 11", 5, 5),
    )  # fmt: skip
    assert dict(reading.submission.rows) == {
        "contacts": 5, "early_help_assessments": 5, "referrals": 6, "assessments": 5,
        "section_47_enquiries": 5, "initial_conferences": 3, "need_episodes": 5,
        "child_protection_plans": 7, "periods_of_care": 5, "care_leavers": 6, "adoptions": 5,
        "prospective_adopters": 5, "children": 48,
    }  # fmt: skip


def test_what_was_reported_is_all_that_was_changed(reading: Reading) -> None:
    found = [(i.sheet, i.field, i.kind, i.rows or i.count, i.value) for i in reading.issues]
    support = "Was the child assessed as requiring LA children's social care support?"
    need = "PSRMEM - Support with memory and cognition"
    rows_2_to_6 = (2, 3, 4, 5, 6)
    assert found == [
        ("List 4", support, Kind.UNKNOWN_FLAG, rows_2_to_6, "CS Assessment Updated"),
        ("List 6", "Primary Need Code", Kind.UNKNOWN, (2,), need),
        ("List 6", "Allocated Team", Kind.UNREADABLE, rows_2_to_6, None),
        ("List 6", "Allocated Worker", Kind.UNREADABLE, rows_2_to_6, None),
        ("List 8", "Placement Location", Kind.BLANK_FLAG, rows_2_to_6, None),
        ("all lists", "Ethnicity", Kind.UNLIKE, 4, None),
        ("all lists", "Date of Birth", Kind.UNLIKE, 5, None),
    ]


def test_an_enquiry_with_a_conference_is_also_a_conference(reading: Reading) -> None:
    enquiries = reading.frames["section_47_enquiries"]
    conferences = reading.frames["initial_conferences"]
    assert enquiries["row"].to_list() == [2, 3, 4, 5, 6]
    assert enquiries["is_conference_unnecessary"].to_list() == [False, False, True, True, False]
    assert conferences.select("held_on", "is_plan_made", "row").rows() == [
        (date(2020, 10, 5), True, 2),
        (date(2020, 10, 5), True, 3),
        (date(2020, 10, 1), True, 6),
    ]


def test_values_become_codes_and_rows_know_where_they_come_from(reading: Reading) -> None:
    care = reading.frames["periods_of_care"]
    assert care.select("legal_status", "placement_type", "placement_provider").rows() == [
        ("E1", "U6", "PR4"), ("C2", "U1", "PR1"), ("C2", "U4", "PR5"), ("C2", "U6", "PR4"),
        ("C1", "H5", "PR4"),
    ]  # fmt: skip
    assert care.select("ceased_on", "reason_ceased").row(4) == (date(2020, 9, 22), "E47")
    origin = care.select("submission", "file", "sheet", "row").row(0)
    assert origin == (reading.submission.id, "Annex_A.xlsx", "List 8", 2)


def test_results_of_formulas_are_read_where_the_file_holds_them(reading: Reading) -> None:
    """Row 2 holds '=H2+5' and so on with results: five days after 6 August 2009, and so on."""
    row = reading.frames["adoptions"].row(0, named=True)
    days = [row[name] for name in ("entered_care_on", "decided_on", "placement_order_on")]
    assert days == [date(2009, 8, 6), date(2009, 8, 11), date(2009, 8, 16)]


def test_a_child_of_several_lists_is_one_row(reading: Reading) -> None:
    children = reading.frames["children"]
    assert children["child_id"].is_unique().all()
    shared = children.filter(child_id="6537810")  # lists 3 and 5, both dated 16 September 2020
    assert shared.select("sex", "ethnicity", "born_on").row(0) == ("M", "WBRI", date(2004, 7, 18))


def test_the_delivery_says_what_it_is(reading: Reading) -> None:
    said = reading.submission
    assert said.id == f"annex-a-2021-03-16-{said.sha256[:8]}"
    assert (said.return_name, said.authority) == ("Annex A", "Testshire")
    assert said.missing_tables == ()
    # Annex A has no key between a referral and what followed, and marks no transfers.
    assert said.missing_fields == (
        "assessments.referred_on",
        "care_leavers.pathway_plan_reviewed_on",
        "care_leavers.contacted_on",
        "child_protection_plans.is_other_authority",
        "child_protection_plans.referred_on",
        "children.expected_on",
        "children.died_on",
        "initial_conferences.is_transfer_in",
        "initial_conferences.referred_on",
        "initial_conferences.family_id",
        "section_47_enquiries.referred_on",
    )
    assert describe(reading)[:3] == [
        "Annex_A.xlsx was taken for Annex A of Testshire, because of its sheets 'List 1', "
        "'List 2', 'List 3', 'List 4', 'List 5', 'List 6', 'List 7', 'List 8', 'List 9', "
        "'List 10', 'List 11'.",
        "It covers 16 September 2020 to 16 March 2021, as at 16 March 2021.",
        "'List 1': 5 rows read, 5 taken, 0 not taken.",
    ]


def test_without_the_days_it_is_refused_with_the_days_the_file_suggests() -> None:
    with pytest.raises(SubmissionRefused) as refused:
        read_delivery(SAMPLE)
    assert str(refused.value) == (
        "The delivery does not say which days it covers: there is no 'Data from' or 'Data to' "
        "or 'As at'.\n"
        "  File: Annex_A.xlsx; such entries stand on a sheet 'Cover'.\n"
        "  Give --from DATE --to DATE --as-at DATE. The ages in the lists were worked out on "
        "about 16 March 2021 and the earliest contact or referral is of 16 September 2020, which "
        "suggests --from 2020-09-16 --to 2021-03-16 --as-at 2021-03-16."
    )
