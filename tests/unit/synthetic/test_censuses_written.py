"""The censuses that are written: their structure, their codes, and what they hold of a year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest

from lineofsight.errors import UsageFault
from lineofsight.reference.codes import code_sets
from lineofsight.synthetic import cin_census
from lineofsight.synthetic.as_known import as_known
from lineofsight.synthetic.cin_census import write_cin_census
from lineofsight.synthetic.lives import Lives, simulate
from lineofsight.synthetic.workforce_census import write_workforce_census
from lineofsight.synthetic.xml_text import block, element

DAY = re.compile(r"\d{4}-\d\d-\d\d")
NUMBER = re.compile(r"\d+")
TRUTH = re.compile(r"[01]")
TEXT = re.compile(r"\S.*")
UPN = re.compile(r"[A-Za-z]\d{11}(\d|[A-Za-z])")
AMOUNT = re.compile(r"\d+\.\d\d")


def _one_of(name: str, *besides: str) -> re.Pattern[str]:
    codes = [code.code for code in code_sets()[name].codes]
    return re.compile("|".join([*codes, *besides]))


ABUSE = _one_of("abuse_category")
DISABILITY = re.compile("NONE|MOB|HAND|PC|INC|COMM|LD|HEAR|VIS|BEH|CON|AUT|DDA")
MANY = 10**9
# Element: what may stand in it, in order, as (name, fewest, most); or the pattern of its text.
Grammar = dict[str, tuple[tuple[str, int, int], ...] | re.Pattern[str]]
HEADER: Grammar = {
    "Header": (("CollectionDetails", 1, 1), ("Source", 1, 1)),
    "CollectionDetails": (("Collection", 1, 1), ("Year", 1, 1), ("ReferenceDate", 1, 1)),
    "Source": (
        ("SourceLevel", 0, 1), ("LEA", 1, 1), ("SoftwareCode", 0, 1), ("Release", 0, 1),
        ("SerialNo", 0, 1), ("DateTime", 0, 1),
    ),
    "Collection": re.compile("CIN|CSWW"), "Year": re.compile(r"20\d\d"), "ReferenceDate": DAY,
    "SourceLevel": re.compile("L"), "LEA": re.compile(r"\d{3}"),
    "SoftwareCode": re.compile("Line of Sight synthetic"), "Release": TEXT, "SerialNo": NUMBER,
    "DateTime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"),
}  # fmt: skip
# As /shared/docs/formats.md, section 3, tells the Department's schema of 2026.
CIN: Grammar = HEADER | {
    "Message": (("Header", 0, 1), ("Children", 1, 1)),
    "Children": (("Child", 1, MANY),),
    "Child": (("ChildIdentifiers", 1, 1), ("ChildCharacteristics", 1, 1), ("CINdetails", 1, MANY)),
    "ChildIdentifiers": (
        ("LAchildID", 1, 1), ("UPN", 0, 1), ("FormerUPN", 0, 1), ("UPNunknown", 0, 1),
        ("PersonBirthDate", 0, 1), ("ExpectedPersonBirthDate", 0, 1), ("Sex", 1, 1),
        ("PersonDeathDate", 0, 1),
    ),
    "LAchildID": TEXT, "UPN": UPN, "UPNunknown": re.compile("UN[1-7]"), "PersonBirthDate": DAY,
    "ExpectedPersonBirthDate": DAY, "Sex": re.compile("[MFU]"),
    "ChildCharacteristics": (("Ethnicity", 1, 1), ("Disabilities", 0, 1)),
    "Ethnicity": _one_of("ethnicity"), "Disabilities": (("Disability", 1, MANY),),
    "Disability": DISABILITY,
    "CINdetails": (
        ("CINreferralDate", 1, 1), ("ReferralSource", 1, 1), ("PrimaryNeedCode", 0, 1),
        ("CINclosureDate", 0, 1), ("ReasonForClosure", 0, 1), ("DateOfInitialCPC", 0, 1),
        ("Assessments", 0, MANY), ("CINPlanDates", 0, MANY), ("Section47", 0, MANY),
        ("ReferralNFA", 1, 1), ("ChildProtectionPlans", 0, MANY),
    ),
    "CINreferralDate": DAY, "ReferralSource": _one_of("referral_source"),
    "PrimaryNeedCode": _one_of("primary_need"), "CINclosureDate": DAY,
    "ReasonForClosure": _one_of("closure_reason"), "DateOfInitialCPC": DAY,
    "Assessments": (
        ("AssessmentActualStartDate", 1, 1), ("AssessmentInternalReviewDate", 0, 1),
        ("AssessmentAuthorisationDate", 0, 1), ("FactorsIdentifiedAtAssessment", 0, 1),
    ),
    "AssessmentActualStartDate": DAY, "AssessmentAuthorisationDate": DAY,
    "FactorsIdentifiedAtAssessment": (("AssessmentFactors", 1, MANY),),
    "AssessmentFactors": _one_of("assessment_factor"),
    "CINPlanDates": (("CINPlanStartDate", 1, 1), ("CINPlanEndDate", 0, 1)),
    "CINPlanStartDate": DAY, "CINPlanEndDate": DAY,
    "Section47": (
        ("S47ActualStartDate", 1, 1), ("InitialCPCtarget", 0, 1), ("DateOfInitialCPC", 0, 1),
        ("ICPCnotRequired", 1, 1),
    ),
    "S47ActualStartDate": DAY, "InitialCPCtarget": DAY, "ICPCnotRequired": TRUTH,
    "ReferralNFA": TRUTH,
    "ChildProtectionPlans": (
        ("CPPstartDate", 1, 1), ("CPPendDate", 0, 1), ("InitialCategoryOfAbuse", 1, 1),
        ("LatestCategoryOfAbuse", 1, 1), ("NumberOfPreviousCPP", 1, 1), ("Reviews", 0, 1),
    ),
    "CPPstartDate": DAY, "CPPendDate": DAY, "InitialCategoryOfAbuse": ABUSE,
    "LatestCategoryOfAbuse": ABUSE, "NumberOfPreviousCPP": NUMBER,
    "Reviews": (("CPPreviewDate", 1, MANY),), "CPPreviewDate": DAY,
}  # fmt: skip
# The schemas to 2024: GenderCurrent instead of Sex, and to 2021 no plans for children in need.
CIN_2020: Grammar = CIN | {
    "ChildIdentifiers": tuple(
        ("GenderCurrent", 1, 1) if part[0] == "Sex" else part
        for part in CIN["ChildIdentifiers"]
    ),
    "GenderCurrent": re.compile("[0129]"),
    "CINdetails": tuple(part for part in CIN["CINdetails"] if part[0] != "CINPlanDates"),
}  # fmt: skip
# As /shared/docs/domain.md, section 3.5, lists the schema of 2022; HCPCNo until 2019.
CSWW: Grammar = HEADER | {
    "Message": (("Header", 0, 1), ("LALevelVacancies", 1, 1), ("CSWWWorker", 1, MANY)),
    "LALevelVacancies": (
        ("NumberOfVacancies", 1, 1), ("NoAgencyFTE", 1, 1), ("NoAgencyHeadcount", 1, 1),
    ),
    "NumberOfVacancies": AMOUNT, "NoAgencyFTE": AMOUNT, "NoAgencyHeadcount": NUMBER,
    "CSWWWorker": (
        ("AgencyWorker", 1, 1), ("HCPCNo", 1, 1), ("FTE", 1, 1), ("PersonBirthDate", 1, 1),
        ("GenderCurrent", 1, 1), ("Ethnicity", 1, 1), ("QualInst", 0, 1), ("QualLevel", 0, 1),
        ("StepUpGrad", 0, 1), ("OrgRole", 1, 1), ("RoleStartDate", 1, 1), ("StartOrigin", 0, 1),
        ("RoleEndDate", 0, 1), ("LeaverDestination", 0, 1), ("ReasonLeave", 0, 1),
        ("FTE30", 0, 1), ("Cases30", 0, 1), ("WorkingDaysLost", 0, 1), ("ContractWeeks", 0, 1),
        ("FrontlineGrad", 0, 1), ("Absat30Sept", 0, 1), ("ReasonAbsence", 0, 1),
        ("CFKSSstatus", 0, 1),
    ),
    "AgencyWorker": TRUTH, "HCPCNo": TEXT, "FTE": AMOUNT, "PersonBirthDate": DAY,
    "GenderCurrent": re.compile("[12]"), "Ethnicity": _one_of("ethnicity"), "QualLevel": NUMBER,
    "StepUpGrad": TRUTH, "OrgRole": _one_of("social_work_role"), "RoleStartDate": DAY,
    "StartOrigin": NUMBER, "RoleEndDate": DAY, "LeaverDestination": NUMBER,
    "ReasonLeave": _one_of("reason_left"), "FTE30": AMOUNT, "Cases30": NUMBER,
    "WorkingDaysLost": AMOUNT, "FrontlineGrad": TRUTH, "Absat30Sept": TRUTH,
    "ReasonAbsence": _one_of("absence_reason"),
}  # fmt: skip


@cache
def lives() -> Lives:
    return simulate(2_000, 3)


def faults(node: ElementTree.Element, grammar: Grammar) -> Iterator[str]:
    """Whatever in an element its schema does not allow."""
    allowed = grammar.get(node.tag)
    if allowed is None:
        yield f"{node.tag} is not known"
    elif isinstance(allowed, re.Pattern):
        if len(node) or not allowed.fullmatch(node.text or ""):
            yield f"{node.tag} holds {node.text!r}"
    else:
        names = [part.tag for part in node]
        order = [name for name, _, _ in allowed]
        if not set(names) <= set(order) or names != sorted(names, key=order.index):
            yield f"{node.tag} holds {names}"
        counts = Counter(names)
        yield from (
            f"{node.tag} has {counts[name]} {name}"
            for name, fewest, most in allowed
            if not fewest <= counts[name] <= most
        )
        for part in node:
            yield from faults(part, grammar)


def root_of(path: Path) -> ElementTree.Element:
    return ElementTree.parse(path).getroot()


@pytest.fixture(scope="module")
def census(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cin_census(lives(), tmp_path_factory.mktemp("cin"), 2020)


@pytest.fixture(scope="module")
def tree(census: Path) -> ElementTree.Element:
    return root_of(census)


def test_the_check_itself_finds_what_is_wrong() -> None:
    wrong = "<Reviews><CPPreviewDate>31/03/2020</CPPreviewDate><Mood/></Reviews>"
    assert list(faults(ElementTree.fromstring(wrong), CIN)) == [
        "Reviews holds ['CPPreviewDate', 'Mood']",
        "CPPreviewDate holds '31/03/2020'",
        "Mood is not known",
    ]
    swapped = "<CINPlanDates><CINPlanEndDate>2020-01-01</CINPlanEndDate></CINPlanDates>"
    assert list(faults(ElementTree.fromstring(swapped), CIN)) == [
        "CINPlanDates has 0 CINPlanStartDate"
    ]


@pytest.mark.parametrize("year", [2017, 2018, 2019, 2020])
def test_a_census_keeps_the_schema_of_its_year(tmp_path: Path, year: int) -> None:
    assert list(faults(root_of(write_cin_census(lives(), tmp_path, year)), CIN_2020)) == []


def test_a_census_in_the_shape_of_2026_has_sex_and_plans_for_children_in_need(
    tmp_path: Path,
) -> None:
    root = root_of(write_cin_census(lives(), tmp_path, 2020, schema_year=2026))
    assert list(faults(root, CIN)) == []
    assert len(root.findall(".//CINPlanDates")) > 10


def test_from_2022_plans_for_children_in_need_and_still_gender(tmp_path: Path) -> None:
    root = root_of(write_cin_census(lives(), tmp_path, 2020, schema_year=2022))
    assert root.find(".//CINPlanDates") is not None
    assert root.find(".//GenderCurrent") is not None
    assert root.find(".//Sex") is None


@pytest.mark.parametrize("year", [2016, 2017, 2018, 2019])
def test_a_workforce_census_keeps_its_schema(tmp_path: Path, year: int) -> None:
    assert list(faults(root_of(write_workforce_census(lives(), tmp_path, year)), CSWW)) == []


def test_the_same_lives_give_the_same_bytes(tmp_path: Path, census: Path) -> None:
    assert write_cin_census(simulate(2_000, 3), tmp_path, 2020).read_bytes() == census.read_bytes()


def test_the_text_is_the_same_however_many_children_are_written_at_once(
    tmp_path: Path, census: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cin_census, "_CHILDREN_AT_ONCE", 7)
    assert write_cin_census(lives(), tmp_path, 2020).read_bytes() == census.read_bytes()


def test_texts_are_escaped() -> None:
    frame = pl.DataFrame({"said": ["Fish & <chips>", None]})
    written = frame.select(block("Told", element("Said", "said"))).to_series().to_list()
    assert ElementTree.fromstring(written[0]).findtext("Said") == "Fish & <chips>"
    assert written[1] == "<Told>\n</Told>\n"


def test_an_unborn_child_has_an_expected_birth_and_no_sex(tmp_path: Path) -> None:
    unborn = 0
    for year in (2017, 2018, 2019, 2020):
        for child in root_of(write_cin_census(lives(), tmp_path, year)).iter("ChildIdentifiers"):
            born, expected = (
                child.find("PersonBirthDate"),
                child.findtext("ExpectedPersonBirthDate"),
            )
            assert (born is None) == (expected is not None)
            if expected is not None:
                unborn += 1
                assert expected > f"{year}-03-31"
                assert child.findtext("GenderCurrent") == "0"
                assert child.findtext("UPNunknown") == "UN1"
    assert unborn > 0


def test_a_child_has_a_pupil_number_or_a_reason_why_not(tree: ElementTree.Element) -> None:
    for child in tree.iter("ChildIdentifiers"):
        assert (child.find("UPN") is None) != (child.find("UPNunknown") is None)


def test_who_is_in_the_census(tree: ElementTree.Element) -> None:
    """Counted from the lives by hand: an episode open on any day of the year, or a referral in it
    that went no further."""
    first, last = date(2019, 4, 1), date(2020, 3, 31)
    expected = set()
    for child, began, ended in lives().needs.select("child_id", "started_on", "ended_on").rows():
        if began <= last and (ended is None or ended >= first):
            expected.add(str(child))
    refused = lives().referrals.filter("is_no_further_action")
    for child, referred in refused.select("child_id", "referred_on").rows():
        if first <= referred <= last:
            expected.add(str(child))
    listed = [child.findtext("ChildIdentifiers/LAchildID") for child in tree.iter("Child")]
    assert len(listed) == len(set(listed))
    assert set(listed) == expected


def test_nothing_is_dated_after_the_year_but_births_and_targets(tree: ElementTree.Element) -> None:
    ahead = {"ExpectedPersonBirthDate", "InitialCPCtarget", "DateTime"}
    days = [n.text or "" for n in tree.iter() if n.tag not in ahead and DAY.fullmatch(n.text or "")]
    assert max(days) <= "2020-03-31"


def test_events_stand_in_the_year_and_open_episodes_are_carried_over(
    tree: ElementTree.Element,
) -> None:
    for review in tree.iter("CPPreviewDate"):
        assert str(review.text) >= "2019-04-01"
    carried = [e for e in tree.iter("CINdetails") if e[0].text < "2019-04-01"]
    assert carried
    for episode in carried:
        assert (episode.findtext("CINclosureDate") or "9999") >= "2019-04-01"
    for enquiry in tree.iter("Section47"):
        days = [enquiry.findtext("S47ActualStartDate"), enquiry.findtext("DateOfInitialCPC")]
        assert any(day is not None and day >= "2019-04-01" for day in days)


def test_no_conference_is_dated_in_two_places(tmp_path: Path) -> None:
    """Rule 2884; a child who moved in has its conference beside the enquiries."""
    beside = 0
    for year in (2017, 2018, 2019, 2020):
        for episode in root_of(write_cin_census(lives(), tmp_path, year)).iter("CINdetails"):
            own = episode.findtext("DateOfInitialCPC")
            enquired = [n.findtext("DateOfInitialCPC") for n in episode.iter("Section47")]
            beside += own is not None
            assert own is None or own not in enquired
    first, last = date(2016, 4, 1), date(2020, 3, 31)
    held = lives().conferences.filter("is_transfer_in", pl.col("held_on").is_between(first, last))
    assert beside == held.height > 0


def test_assessments_that_are_finished_have_factors(tree: ElementTree.Element) -> None:
    for assessment in tree.iter("Assessments"):
        finished = assessment.find("AssessmentAuthorisationDate") is not None
        found = [f.text for f in assessment.iter("AssessmentFactors")]
        assert bool(found) == finished
        assert len(found) == len(set(found))
        assert "21" not in found or found == ["21"]


def test_a_year_outside_the_history_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageFault) as refused:
        write_cin_census(lives(), tmp_path, 2016)
    assert str(refused.value) == (
        "There is no children in need census of the year to 31 March 2016.\n"
        "  The synthetic authority's known history is from 2015-09-01 to 2020-08-31.\n"
        "  Ask for a year from 2017 to 2020."
    )
    with pytest.raises(UsageFault) as refused:
        write_workforce_census(lives(), tmp_path, 2020)
    assert str(refused.value) == (
        "There is no workforce census of 30 September 2020.\n"
        "  The synthetic authority's known history is from 2015-09-01 to 2020-08-31.\n"
        "  Ask for a year from 2016 to 2019."
    )
    assert list(tmp_path.iterdir()) == []


def test_lives_known_to_the_census_day_give_the_same_census(tmp_path: Path, census: Path) -> None:
    then = as_known(lives(), date(2020, 3, 31))
    assert write_cin_census(then, tmp_path, 2020).read_bytes() == census.read_bytes()
