"""Spellings of codes, as the files of authorities have them, and the code each one means."""

from __future__ import annotations

import pytest

from lineofsight.journey.tables import TABLES
from lineofsight.reference.codes import code_sets

SPELLINGS = [
    ("sex", "b) Female", "F"),
    ("sex", "Female", "F"),
    ("sex", "2", "F"),
    ("sex", "1 - Male", "M"),
    ("sex", "c) Not stated/recorded (or unborn)", "U"),
    ("ethnicity", "a) WBRI", "WBRI"),
    ("ethnicity", "WBRI - White British", "WBRI"),
    ("ethnicity", "White - British", "WBRI"),
    ("ethnicity", "White - British [WBRI]", "WBRI"),
    ("ethnicity", "A1 - White British", "WBRI"),
    ("ethnicity", "e) Gypsy/Roma", "WROM"),
    ("ethnicity", "(A.A1) White - British", "WBRI"),
    ("ethnicity", "WHB - WBRI - British", "WBRI"),
    ("ethnicity", "WEN - WENG - English", "WBRI"),
    ("ethnicity", "WBRI-White - British", "WBRI"),
    ("ethnicity", "WBRI - White British (101)", "WBRI"),
    ("ethnicity", "BRITISH - White British", "WBRI"),
    ("ethnicity", "IRISH - White Irish", "WIRI"),
    ("ethnicity", "WOTH – White Other", "WOTH"),
    ("ethnicity", "Mixed - White/Black Carib (B1)", "MWBC"),
    ("ethnicity", "Mixed / Multiple Ethnic Groups (White and Asian)", "MWAS"),
    ("ethnicity", "B.B3 Mixed > White and Asian", "MWAS"),
    ("sex", "Unknown / Not Recorded / Unborn", "U"),
    ("referral_source", "Housing [4]", "4"),
    ("accommodation_suitability", "d) Exclude", "excluded"),
    ("in_touch", "f) Rhom", "RHOM"),
    ("ethnicity", "s) NOBT", "NOBT"),
    ("referral_source", "q) 6: Police", "6"),
    ("referral_source", "6", "6"),
    ("referral_source", "j) 3D: Health services", "3D"),
    ("referral_source", "t) 9: Anonymous", "9"),
    ("referral_source", "u) 10: Unknown", "10"),
    ("referral_source", "Police", "6"),
    ("primary_need", "N1 - Abuse or Neglect", "N1"),
    ("primary_need", "N2 – Child’s disability", "N2"),
    ("abuse_category", "a) Neglect", "NEG"),
    ("abuse_category", "e) Multiple/not recommended", "MUL"),
    ("placement_provider", "e) PR4 - Private provision", "PR4"),
    ("placement_provider", "a) Own LA", "PR1"),
    ("placement_type", "f) U6: Foster placement - not FFA", "U6"),
    ("legal_status", "E1: Placement order", "E1"),
    ("reason_ceased", "k) E47: Special Guardianship Orders - relative/friend", "E47"),
    ("case_status", "c) Child in need plan", "child in need plan"),
    ("accommodation", "Y: Other accommodation", "Y"),
    ("activity", "G5: Not in education, employment or training - other", "G5"),
    ("audit_grade", "Requires improvement to be good", "requires improvement"),
]
# What must not be guessed: the answer is in no list, or only a part of it would fit.
NO_CODES = [
    ("ethnicity", "Mixed - African"),
    ("ethnicity", "MIXED - AFRICAN"),
    ("ethnicity", "ASIAN - OTHER GROUP"),
    ("ethnicity", "OTHER MIDDLE EASTERN"),
    ("primary_need", "PSRMEM - Support with memory and cognition"),
    ("accommodation", "B and B"),
    ("referral_source", "11"),
    ("sex", "Maybe"),
    ("legal_status", ""),
]


@pytest.mark.parametrize(("code_set", "text", "code"), SPELLINGS)
def test_a_spelling_means_its_code(code_set: str, text: str, code: str) -> None:
    assert code_sets()[code_set].code_for(text) == code


@pytest.mark.parametrize(("code_set", "text"), NO_CODES)
def test_what_is_in_no_list_is_not_guessed(code_set: str, text: str) -> None:
    assert code_sets()[code_set].code_for(text) is None


def test_every_spelling_of_every_set_means_one_code_alone() -> None:
    for codes in code_sets().values():
        for code in codes.codes:
            for text in (code.code, code.label, *code.spellings):
                assert codes.code_for(text) == code.code, (codes.name, text)


def test_every_coded_field_of_the_journey_has_its_set() -> None:
    named = {
        column.info["code_set"]
        for table in TABLES
        for column in table.table.columns
        if column.info["kind"] == "code"
    }
    assert named == set(code_sets())


def test_a_cell_full_of_words_is_no_code_and_is_told_at_once() -> None:
    """Each word could be a council's own code in front of the rest: not looked into without end."""
    source = code_sets()["referral_source"]
    assert source.code_for("A B C D E F G H " * 15) is None
    assert source.code_for("Police " * 10_000) is None
    assert source.code_for("A - B - C - 6: Police") == "6"
