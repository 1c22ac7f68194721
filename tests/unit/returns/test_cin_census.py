"""The children in need census: every shape suppliers give it, and the exact rows it becomes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lineofsight.journey.tables import BY_NAME
from lineofsight.returns.cin_census import is_cin_census, read_cin_census
from lineofsight.returns.issue import Kind
from lineofsight.returns.rows import delivered_fields
from lineofsight.returns.xml_reading import XmlReading
from tests.censuses import IDENTITY, REFERRED, child, cin, header, identified, written

SHARED = Path(os.environ.get("LINEOFSIGHT_SHARED", Path(__file__).parents[4] / "shared"))
SAMPLES = (
    "csc-validator-be-cin/CIN_Census_2021.xml",
    "csc-validator-be-cin/CIN_Census_2024.xml",
    "csc-validator-be-cin/fake_CIN_data.xml",
    "liia-tools/cin-2022.xml",
)
MODULES = (
    "Child", "Disability", "CINdetails", "Assessments", "AssessmentFactors", "CINPlanDates",
    "Section47", "ChildProtectionPlans", "CPPreviewDate",
)  # fmt: skip
EVERYTHING = """
<CINreferralDate>2023-05-02</CINreferralDate>
<ReferralSource>6</ReferralSource>
<PrimaryNeedCode>N1</PrimaryNeedCode>
<CINclosureDate>2024-02-01</CINclosureDate>
<ReasonForClosure>RC7</ReasonForClosure>
<Assessments>
<AssessmentActualStartDate>2023-05-03</AssessmentActualStartDate>
<AssessmentInternalReviewDate>2023-05-17</AssessmentInternalReviewDate>
<AssessmentAuthorisationDate>2023-06-30</AssessmentAuthorisationDate>
<FactorsIdentifiedAtAssessment>
<AssessmentFactors>3B</AssessmentFactors>
<AssessmentFactors>20</AssessmentFactors>
</FactorsIdentifiedAtAssessment>
</Assessments>
<CINPlanDates>
<CINPlanStartDate>2023-11-20</CINPlanStartDate>
<CINPlanEndDate>2024-02-01</CINPlanEndDate>
</CINPlanDates>
<Section47>
<S47ActualStartDate>2023-05-10</S47ActualStartDate>
<InitialCPCtarget>2023-06-01</InitialCPCtarget>
<DateOfInitialCPC>2023-05-30</DateOfInitialCPC>
<ICPCnotRequired>0</ICPCnotRequired>
</Section47>
<ReferralNFA>0</ReferralNFA>
<ChildProtectionPlans>
<CPPstartDate>2023-05-30</CPPstartDate>
<CPPendDate>2023-11-20</CPPendDate>
<InitialCategoryOfAbuse>EMO</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>
<NumberOfPreviousCPP>1</NumberOfPreviousCPP>
<Reviews>
<CPPreviewDate>2023-08-22</CPPreviewDate>
<CPPreviewDate>2023-11-20</CPPreviewDate>
</Reviews>
</ChildProtectionPlans>
"""


def read(tmp_path: Path, text: str | bytes) -> XmlReading:
    return read_cin_census(written(tmp_path / "cin.xml", text))


def rows(reading: XmlReading, table: str, *fields: str) -> list[tuple[Any, ...]]:
    return reading.frames[table].select(fields).rows()


def issues(reading: XmlReading) -> list[tuple[Any, ...]]:
    return [(i.sheet, i.field, i.kind, i.count, i.value) for i in reading.issues]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_of_a_sample_is_taken_or_reported(name: str) -> None:
    path = SHARED / "fixtures" / name
    if not path.exists():
        pytest.skip("The sample is absent: set LINEOFSIGHT_SHARED to the shared folder.")
    text = path.read_text(encoding="utf-8")
    reading = read_cin_census(path)
    delivered = {module: len(re.findall(rf"<{module}>", text)) for module in MODULES}
    assert {name: rows_in for name, rows_in, _ in reading.sheets} == delivered
    for module, rows_in, taken in reading.sheets:
        lost = [i for i in reading.issues if i.sheet == module and i.kind is Kind.NOT_TAKEN]
        assert rows_in - taken == sum(issue.count for issue in lost)


def test_a_child_with_everything(tmp_path: Path) -> None:
    reading = read(tmp_path, cin(child(EVERYTHING)))
    assert {name: frame.drop("file", "sheet", "row").rows()
            for name, frame in reading.frames.items()} == {
        "children": [("A1", "F", "WBRI", date(2015, 6, 1), None, None, False)],
        "referrals": [("A1", date(2023, 5, 2), "6", False, None, None)],
        "need_episodes": [
            ("A1", date(2023, 5, 2), date(2024, 2, 1), "N1", "RC7", None, None, None)
        ],
        "assessments": [
            ("A1", date(2023, 5, 3), date(2023, 6, 30), date(2023, 5, 2), False, False, None, None)
        ],
        "assessment_factors": [("A1", date(2023, 5, 3), "3B"), ("A1", date(2023, 5, 3), "20")],
        "cin_plans": [("A1", date(2023, 11, 20), date(2024, 2, 1), date(2023, 5, 2))],
        "section_47_enquiries": [
            ("A1", date(2023, 5, 10), False, date(2023, 5, 30), date(2023, 5, 2), None, None)
        ],
        "initial_conferences": [
            ("A1", date(2023, 5, 10), date(2023, 5, 30), True, False, date(2023, 5, 2), None, None,
             None)
        ],
        "child_protection_plans": [
            ("A1", date(2023, 5, 30), date(2023, 11, 20), "EMO", "NEG", 1, date(2023, 11, 20),
             None, False, False, date(2023, 5, 2), None, None)
        ],
        "child_protection_reviews": [
            ("A1", date(2023, 5, 30), date(2023, 8, 22)),
            ("A1", date(2023, 5, 30), date(2023, 11, 20)),
        ],
    }  # fmt: skip
    assert reading.issues == ()
    assert (reading.authority, reading.authority_code) == ("City of London", "201")
    assert (reading.first_day, reading.last_day) == (date(2023, 4, 1), date(2024, 3, 31))
    assert reading.as_at == date(2024, 3, 31)
    assert reading.remarks == (
        "The census does not say what a conference decided: it counts as having decided on a plan "
        "where a child protection plan of the child starts on its day.",
        "A plan's latest review is the last <CPPreviewDate> that stands in it.",
    )


def test_every_frame_has_the_fields_of_its_table_and_where_each_row_came_from(
    tmp_path: Path,
) -> None:
    reading = read(tmp_path, cin(child(EVERYTHING)))
    for name, frame in reading.frames.items():
        assert frame.columns[:-3] == [*delivered_fields(BY_NAME[name])]
        assert set(frame.columns[-3:]) == {"file", "sheet", "row"}
    assert rows(reading, "child_protection_reviews", "file", "sheet", "row") == [
        ("cin.xml", "CPPreviewDate", 55),
        ("cin.xml", "CPPreviewDate", 56),
    ]


@pytest.mark.parametrize(
    ("text", "flag"), [("0", False), ("1", True), ("false", False), ("true", True)]
)
def test_flags_in_either_form(tmp_path: Path, text: str, flag: bool) -> None:
    episode = (
        f"<CINreferralDate>2023-05-02</CINreferralDate><ReferralNFA>{text}</ReferralNFA>"
        "<Section47><S47ActualStartDate>2023-05-10</S47ActualStartDate>"
        f"<ICPCnotRequired>{text}</ICPCnotRequired></Section47>"
    )
    reading = read(tmp_path, cin(child(episode)))
    assert rows(reading, "referrals", "is_no_further_action") == [(flag,)]
    assert rows(reading, "section_47_enquiries", "is_conference_unnecessary") == [(flag,)]
    assert reading.issues == ()


@pytest.mark.parametrize(
    ("element", "sex"),
    [
        ("<Sex>M</Sex>", "M"),
        ("<Sex>U</Sex>", "U"),
        ("<GenderCurrent>1</GenderCurrent>", "M"),
        ("<GenderCurrent>2</GenderCurrent>", "F"),
        ("<GenderCurrent>0</GenderCurrent>", "U"),
        ("<GenderCurrent>9</GenderCurrent>", "U"),
    ],
)
def test_sex_in_new_and_old_files(tmp_path: Path, element: str, sex: str) -> None:
    identity = IDENTITY.replace("<Sex>F</Sex>", element)
    reading = read(tmp_path, cin(child(REFERRED, identity=identity)))
    assert rows(reading, "children", "sex") == [(sex,)]
    assert reading.issues == ()


def test_a_referral_with_no_further_action_begins_no_episode_of_need(tmp_path: Path) -> None:
    answered = REFERRED.replace("05-02", "07-03")
    unanswered = REFERRED.replace("<ReferralNFA>0", "<ReferralNFA>1")
    reading = read(tmp_path, cin(child(unanswered, answered)))
    assert rows(reading, "referrals", "referred_on", "is_no_further_action") == [
        (date(2023, 5, 2), True),
        (date(2023, 7, 3), False),
    ]
    assert rows(reading, "need_episodes", "started_on") == [(date(2023, 7, 3),)]
    assert reading.remarks == (
        "1 of the referrals had no further action and begin no episode of need.",
    )


def test_one_child_in_two_blocks_is_one_child_with_the_events_of_both(tmp_path: Path) -> None:
    second = child(REFERRED.replace("05-02", "09-04"), identity=IDENTITY.replace("WBRI", "MWBA"))
    reading = read(tmp_path, cin(child(REFERRED), second))
    assert rows(reading, "children", "child_id", "ethnicity") == [("A1", "MWBA")]
    assert rows(reading, "referrals", "child_id", "referred_on") == [
        ("A1", date(2023, 5, 2)),
        ("A1", date(2023, 9, 4)),
    ]
    assert issues(reading) == [("all lists", "Ethnicity", Kind.UNLIKE, 1, None)]


def enquiry(started: str, held: str | None) -> str:
    conference = f"<DateOfInitialCPC>{held}</DateOfInitialCPC>" if held else ""
    return (
        f"<Section47><S47ActualStartDate>{started}</S47ActualStartDate>{conference}"
        "<ICPCnotRequired>0</ICPCnotRequired></Section47>"
    )


CONFERENCE = "<DateOfInitialCPC>2023-06-01</DateOfInitialCPC>"
CONFERENCES = [
    pytest.param(CONFERENCE, [(None, date(2023, 6, 1))], id="moved in, no enquiry"),
    pytest.param(
        enquiry("2023-05-10", "2023-06-01"), [(date(2023, 5, 10), date(2023, 6, 1))], id="enquiry"
    ),
    pytest.param(
        CONFERENCE + enquiry("2023-05-10", "2023-06-01"),
        [(date(2023, 5, 10), date(2023, 6, 1))],
        id="rule 2884: the same conference in both places",
    ),
    pytest.param(
        enquiry("2023-05-10", "01/06/2023") + CONFERENCE,
        [(date(2023, 5, 10), date(2023, 6, 1))],
        id="rule 2884, the date written in two ways",
    ),
    pytest.param(
        CONFERENCE + enquiry("2023-12-01", "2023-12-20"),
        [(date(2023, 12, 1), date(2023, 12, 20)), (None, date(2023, 6, 1))],
        id="moved in, and later another conference",
    ),
    pytest.param(
        CONFERENCE + enquiry("2023-05-10", None),
        [(None, date(2023, 6, 1))],
        id="an enquiry without a conference of its own",
    ),
    pytest.param(
        enquiry("2023-05-10", "2023-06-01") + enquiry("2023-05-22", "2023-06-01"),
        [(date(2023, 5, 10), date(2023, 6, 1)), (date(2023, 5, 22), date(2023, 6, 1))],
        id="two enquiries, each with the conference",
    ),
]


@pytest.mark.parametrize(("inside", "expected"), CONFERENCES)
def test_conferences_of_both_places(tmp_path: Path, inside: str, expected: list[Any]) -> None:
    reading = read(tmp_path, cin(child(REFERRED + inside)))
    found = rows(reading, "initial_conferences", "strategy_discussion_on", "held_on")
    assert found == expected


def test_a_conference_taken_once_is_remarked_on(tmp_path: Path) -> None:
    both = REFERRED + CONFERENCE + enquiry("2023-05-10", "2023-06-01")
    assert read(tmp_path, cin(child(both))).remarks[0] == (
        "1 of the conferences stand in <CINdetails> and on the same day in <Section47> "
        "(rule 2884): each was taken once, from <Section47>."
    )


def plan(started: str, reviews: str = "") -> str:
    return (
        f"<ChildProtectionPlans><CPPstartDate>{started}</CPPstartDate>"
        "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>"
        "<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>"
        f"<NumberOfPreviousCPP>0</NumberOfPreviousCPP>{reviews}</ChildProtectionPlans>"
    )


def test_a_conference_made_a_plan_only_where_the_same_childs_plan_starts_that_day(
    tmp_path: Path,
) -> None:
    held = enquiry("2023-05-10", "2023-06-01")
    reading = read(
        tmp_path,
        cin(
            # The plan may stand in another episode of the child.
            child(REFERRED + held, REFERRED + plan("2023-06-01")),
            child(REFERRED + held + plan("2023-06-02"), identity=identified("A2")),
            child(REFERRED + held, identity=identified("A3")),
        ),
    )
    assert rows(reading, "initial_conferences", "child_id", "is_plan_made") == [
        ("A1", True),
        ("A2", False),
        ("A3", False),
    ]


REVIEW_1, REVIEW_2 = (f"<CPPreviewDate>2023-{month}-01</CPPreviewDate>" for month in ("12", "09"))


@pytest.mark.parametrize(
    "reviews",
    [
        f"<Reviews>{REVIEW_1}{REVIEW_2}</Reviews>",
        f"<Reviews>{REVIEW_1}</Reviews><Reviews>{REVIEW_2}</Reviews>",
        f"{REVIEW_1}{REVIEW_2}",
    ],
)
def test_reviews_repeated_either_way(tmp_path: Path, reviews: str) -> None:
    inside = REFERRED + plan("2023-06-01", reviews) + plan("2024-02-01")
    reading = read(tmp_path, cin(child(inside)))
    assert rows(reading, "child_protection_reviews", "plan_started_on", "held_on") == [
        (date(2023, 6, 1), date(2023, 12, 1)),
        (date(2023, 6, 1), date(2023, 9, 1)),
    ]
    assert rows(reading, "child_protection_plans", "started_on", "latest_review_on") == [
        (date(2023, 6, 1), date(2023, 12, 1)),
        (date(2024, 2, 1), None),
    ]


def test_elements_in_another_order(tmp_path: Path) -> None:
    """The child's identifier and a plan's start may come after what needs them."""
    turned = (
        "<Child><CINdetails><ChildProtectionPlans><Reviews><CPPreviewDate>2023-09-01"
        "</CPPreviewDate></Reviews><CPPstartDate>2023-06-01</CPPstartDate></ChildProtectionPlans>"
        f"{REFERRED}</CINdetails>{IDENTITY}</Child>"
    )
    reading = read(tmp_path, cin(turned))
    assert rows(reading, "child_protection_reviews", "child_id", "plan_started_on", "held_on") == [
        ("A1", date(2023, 6, 1), date(2023, 9, 1))
    ]


@pytest.mark.parametrize(
    ("codes", "expected", "reported"),
    [
        (("NONE",), False, []),
        (("HAND", "HEAR"), True, []),
        (("LD", "NONE"), True, []),
        (("aut",), True, []),
        (("XYZ",), False, [("Disability", "Disability", Kind.UNKNOWN_FLAG, 1, "XYZ")]),
        (("LD", "XYZ"), True, [("Disability", "Disability", Kind.UNKNOWN_FLAG, 1, "XYZ")]),
        ((), False, [("Child", "Disability", Kind.BLANK_FLAG, 1, None)]),
    ],
)
def test_disabilities(
    tmp_path: Path, codes: tuple[str, ...], expected: bool, reported: list[Any]
) -> None:
    inside = "".join(f"<Disability>{code}</Disability>" for code in codes)
    identity = IDENTITY.replace("<Disability>NONE</Disability>", inside)
    # Another child keeps the element in the file.
    other = child(REFERRED, identity=identified("A2"))
    reading = read(tmp_path, cin(child(REFERRED, identity=identity), other))
    assert rows(reading, "children", "has_disability") == [(expected,), (False,)]
    assert issues(reading) == reported


WHOLE = cin(child(EVERYTHING))
DECLARED = '<?xml version="1.0" encoding="{}"?>\n'
FORMS = {
    "byte order mark": b"\xef\xbb\xbf" + (DECLARED.format("UTF-8") + WHOLE).encode(),
    "UTF-16": (DECLARED.format("UTF-16") + WHOLE).encode("utf-16"),
    "UTF-16 without a mark": (DECLARED.format("UTF-16") + WHOLE).encode("utf-16-be"),
    "says UTF-16, is UTF-8": (DECLARED.format("utf-16") + WHOLE).encode(),
    "ISO-8859-1": (DECLARED.format("ISO-8859-1") + WHOLE).encode("latin-1"),
    "Windows": (DECLARED.format("windows-1252") + WHOLE).encode("cp1252"),
    "default namespace": WHOLE.replace("<Message>", '<Message xmlns="urn:cin">').encode(),
    "prefixes": re.sub(r"<(/?)(\w)", r"<\1c:\2", WHOLE)
    .replace("<c:Message>", '<c:Message xmlns:c="urn:cin">')
    .encode(),
    "comments": WHOLE.replace("<Section47>", "<!-- from the case system --><Section47>").encode(),
    "stray text": WHOLE.replace("</LAchildID>", "</LAchildID>PersonBirthDate").encode(),
    "Windows line ends": WHOLE.replace("\n", "\r\n").encode(),
    "other capitals": WHOLE.replace("CINPlanDates", "CINplanDates").encode(),
    "blanks around": WHOLE.replace("<LAchildID>A1", "<LAchildID>\n  A1\n ").encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_rows(tmp_path: Path, form: str) -> None:
    expected = read(tmp_path, WHOLE)
    found = read(tmp_path, FORMS[form])
    assert is_cin_census(tmp_path / "cin.xml") == "its header names the collection 'CIN'"
    for name, frame in expected.frames.items():
        assert found.frames[name].drop("row").equals(frame.drop("row")), name
    assert (found.issues, found.missing_fields) == ((), expected.missing_fields)


def test_letters_of_another_encoding_are_read(tmp_path: Path) -> None:
    text = DECLARED.format("ISO-8859-1") + cin(child(REFERRED, identity=identified("Ä1")))
    assert rows(read(tmp_path, text.encode("latin-1")), "children", "child_id") == [("Ä1",)]


@pytest.mark.parametrize(
    ("year", "reference", "first", "last", "remark"),
    [
        ("2024", "2024-03-31", date(2023, 4, 1), date(2024, 3, 31), ()),
        ("2024", "", date(2023, 4, 1), date(2024, 3, 31), ()),
        ("", "31/03/2014", date(2013, 4, 1), date(2014, 3, 31), ()),
        ("2024", "2023-09-30", date(2023, 4, 1), date(2023, 9, 30), ()),
        ("2024", "2023-04-01", date(2023, 4, 1), date(2023, 4, 1), ()),
        ("2023", "2024-03-31", date(2023, 4, 1), date(2024, 3, 31), (
            "The header gives the year 2023 but the reference date 31 March 2024: "
            "the reference date was taken.",
        )),
    ],
)  # fmt: skip
def test_the_days_it_covers(
    tmp_path: Path, year: str, reference: str, first: date, last: date, remark: tuple[str, ...]
) -> None:
    reading = read(tmp_path, cin(child(REFERRED), head=header(year=year, reference=reference)))
    assert (reading.first_day, reading.last_day, reading.as_at) == (first, last, last)
    assert reading.remarks == remark


def test_what_the_census_of_a_year_did_not_collect_is_missing_not_empty(tmp_path: Path) -> None:
    old = read(tmp_path, cin(child(REFERRED), head=header(year="2013", reference="2013-03-31")))
    assert old.missing_tables == ("cin_plans", "assessment_factors")
    assert "cin_plans" not in old.frames
    new = read(tmp_path, cin(child(REFERRED)))
    assert new.missing_tables == ()
    assert new.frames["cin_plans"].height == 0


def test_fields_that_no_census_has_and_those_this_one_lacks_are_missing(tmp_path: Path) -> None:
    bare = child(REFERRED, identity=IDENTITY.replace("<Ethnicity>WBRI</Ethnicity>", ""))
    reading = read(tmp_path, cin(bare))
    missing = set(reading.missing_fields)
    assert {"children.ethnicity", "referrals.source", "referrals.team"} <= missing
    worked_out = {"initial_conferences.is_plan_made", "child_protection_plans.latest_review_on"}
    assert worked_out & missing == set()
    # An episode that is open has no closing date: that is not a column the delivery lacks.
    assert "need_episodes.ended_on" not in missing


def test_unknown_elements_and_those_that_stand_twice_are_counted(tmp_path: Path) -> None:
    strange = (
        REFERRED
        + "<CINreferralDate>2023-08-01</CINreferralDate><Mood>low</Mood>"
        + "<PreProceedingsandFGDM><PPStartDate>2023-06-01</PPStartDate></PreProceedingsandFGDM>"
    )
    text = cin(child(strange)).replace("</Children>", "<Adult/></Children><Carers/>")
    reading = read(tmp_path, text)
    assert rows(reading, "referrals", "referred_on") == [(date(2023, 5, 2),)]
    assert issues(reading) == [
        ("Message", "Carers", Kind.HEADER_UNKNOWN, 1, None),
        ("Children", "Adult", Kind.HEADER_UNKNOWN, 1, None),
        ("CINdetails", "Mood", Kind.HEADER_UNKNOWN, 1, None),
        ("CINdetails", "CINreferralDate", Kind.HEADER_TWICE, 1, None),
    ]


def test_what_cannot_be_used_is_reported_by_line_and_never_shown(tmp_path: Path) -> None:
    bad = (
        "<CINreferralDate>some time in May</CINreferralDate>"
        "<ReferralSource>11</ReferralSource><PrimaryNeedCode>N17</PrimaryNeedCode>"
        "<ReferralNFA></ReferralNFA>"
    )
    nameless = child(REFERRED, identity=IDENTITY.replace("A1", ""))
    reading = read(tmp_path, cin(child(REFERRED, bad), nameless))
    assert [str(issue) for issue in reading.issues] == [
        "'Child', column 'LAchildID': 1 row without a value here, which every row needs: "
        "not taken; row 25.",
        "'Disability', column 'LAchildID': 1 row without a value here, which every row needs: "
        "not taken; row 33.",
        "'CINdetails', column 'LAchildID': 1 row without a value here, which every row needs: "
        "not taken; row 36.",
        "'CINdetails', column 'CINreferralDate': 1 row without a value here, which every row "
        "needs: not taken; row 23.",
        "'CINdetails', column 'CINreferralDate': 1 cell that cannot be read: left blank; row 23.",
        "'CINdetails', column 'ReferralSource': 1 cell with a value that is not in the code list: "
        "left blank; row 23.",
        "'CINdetails', column 'PrimaryNeedCode': 1 cell with a value that is not in the code "
        "list: left blank; row 23.",
    ]
    assert [sheet for sheet in reading.sheets if sheet[1] != sheet[2]] == [
        ("Child", 2, 1),
        ("Disability", 2, 1),
        ("CINdetails", 3, 1),
    ]


def test_a_file_without_line_breaks_numbers_its_elements(tmp_path: Path) -> None:
    text = cin(child(REFERRED, REFERRED), child(REFERRED, identity=identified("A2")))
    reading = read(tmp_path, text.replace("\n", ""))
    assert rows(reading, "children", "child_id", "row") == [("A1", 1), ("A2", 2)]
    assert rows(reading, "referrals", "child_id", "row") == [("A1", 1), ("A1", 2), ("A2", 3)]
    assert reading.remarks == (
        "Elements of the file share lines, so a row's number is the element's own: the first "
        "<Child> of the file is row 1, and so on in every module.",
    )


def test_lines_are_right_beyond_what_the_parser_keeps(tmp_path: Path) -> None:
    """libxml2 keeps sixteen bits of a line; here are 90,000 lines and more."""
    filler = "\n" * 90_000
    text = cin(child(REFERRED), filler, child(EVERYTHING, identity=identified("A2")))
    reading = read(tmp_path, text)
    lines = text.splitlines()
    for name, element in (
        ("children", "<Child>"),
        ("assessments", "<Assessments>"),
        ("section_47_enquiries", "<Section47>"),
        ("child_protection_reviews", "<CPPreviewDate>"),
    ):
        told = rows(reading, name, "row")
        assert [line for (line,) in told] == [
            number for number, line in enumerate(lines, start=1) if element in line
        ]


def test_which_files_are_a_census(tmp_path: Path) -> None:
    found = {
        name: is_cin_census(written(tmp_path / "file", text))
        for name, text in {
            "census": cin(),
            "without a header": "<Message><Children><Child/></Children></Message>",
            "another collection": cin(head=header(collection="CSWW")),
            "other root": "<Children><Child/></Children>",
            "no XML": "Child ID,Date",
            "a document type": "<!DOCTYPE Message><Message><Children/></Message>",
        }.items()
    }
    assert found == {
        "census": "its header names the collection 'CIN'",
        "without a header": "its outermost element 'Message' holds 'Children'",
        "another collection": None,
        "other root": None,
        "no XML": None,
        "a document type": None,
    }
    assert is_cin_census(tmp_path / "absent.xml") is None


TEXTS = st.sampled_from(["2023-05-02", "31/12/2023", "", " ", "N1", "0", "true", "?", "A1", "1066"])


@given(st.lists(st.tuples(TEXTS, st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=3)), min_size=1))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_rows_in_are_rows_taken_and_rows_reported(
    tmp_path: Path, children: list[tuple[str, list[tuple[str, str, str]]]]
) -> None:
    """Whatever stands in the cells, no row goes astray."""
    text = cin(
        *(
            child(
                *(
                    f"<CINreferralDate>{day}</CINreferralDate><ReferralNFA>{flag}</ReferralNFA>"
                    f"<Section47><S47ActualStartDate>{other}</S47ActualStartDate></Section47>"
                    for day, flag, other in episodes
                ),
                identity=identified(child_id),
            )
            for child_id, episodes in children
        )
    )
    reading = read(tmp_path, text)
    told = {name: (rows_in, taken) for name, rows_in, taken in reading.sheets}
    assert told["Child"][0] == len(children)
    # An element in which nothing stands, of a child without a name, is no row.
    assert told["Section47"][0] == sum(
        1 for name, episodes in children for row in episodes if (name + row[0] + row[2]).strip()
    )
    for name, (rows_in, taken) in told.items():
        lost = [i for i in reading.issues if i.sheet == name and i.kind is Kind.NOT_TAKEN]
        assert rows_in == taken + sum(issue.count for issue in lost)
    assert reading.frames["referrals"].height == told["CINdetails"][1]


STREAM = """
import resource, sys
from pathlib import Path
from lineofsight.returns.xml_reading import Records
def peak(path):
    children = sum(1 for _ in Records(Path(path), ("Child",)))
    return children, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
small, large = peak(sys.argv[1]), peak(sys.argv[2])
print(small[0], large[0], large[1] - small[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell a process's peak.")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """A stream of 40 MB takes no more than one of 1 MB, so what is held is one child."""
    one = child(EVERYTHING)
    small = written(tmp_path / "small.xml", cin(*[one] * 500))
    large = written(tmp_path / "large.xml", cin(*[one] * 24_000))
    assert large.stat().st_size > 40 * small.stat().st_size
    done = subprocess.run(
        [sys.executable, "-c", STREAM, str(small), str(large)],
        capture_output=True,
        text=True,
        check=True,
    )
    few, many, grown = map(int, done.stdout.split())
    assert (few, many) == (500, 24_000)
    assert grown < 10


def test_a_large_census_keeps_every_row_of_every_chunk(tmp_path: Path) -> None:
    """Rows are laid by in chunks: more children than fit one of them."""
    number = 90_000
    bare = "<Child><ChildIdentifiers><LAchildID>{}</LAchildID></ChildIdentifiers></Child>\n"
    text = cin("".join(map(bare.format, range(number))))
    frame = read(tmp_path, text).frames["children"]
    assert frame["child_id"].equals(pl.Series("child_id", [str(n) for n in range(number)]))
