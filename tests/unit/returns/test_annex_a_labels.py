"""Every code that Ofsted's Annex A prints, list by list, as the file has it: what it becomes.

The labels are those of the source codes in LIIA's data map, with Ofsted's letters in front. A
column that several lists share is drawn where it stands first. The answers are written by hand.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from lineofsight.returns.annex_a_layout import LISTS
from lineofsight.returns.issue import Kind
from lineofsight.returns.layout import Sheet, header_key
from lineofsight.returns.submission import Reading, read_delivery
from tests.deliveries import write_workbook

DAY = date(2020, 8, 3)
# 'yes' and 'no' are a flag's; 'reported' is a flag's neither: read as no, and said so.
LABELS = {
    (1, "Gender"): """
        b) Female | F
        a) Male | M
        c) Not stated/recorded | U
        d) Neither | U
    """,
    (1, "Ethnicity"): """
        a) WBRI | WBRI
        b) WIRI | WIRI
        c) WIRT | WIRT
        d) WOTH | WOTH
        e) WROM | WROM
        f) MWBC | MWBC
        g) MWBA | MWBA
        h) MWAS | MWAS
        i) MOTH | MOTH
        j) AIND | AIND
        k) APKN | APKN
        l) ABAN | ABAN
        m) AOTH | AOTH
        n) BCRB | BCRB
        o) BAFR | BAFR
        p) BOTH | BOTH
        q) CHNE | CHNE
        r) OOTH | OOTH
        s) REFU | REFU
        s) NOBT | NOBT
    """,
    (1, "Contact Source"): """
        a) 1A: Individual | 1A
        b) 1B: Individual | 1B
        c) 1C: Individual | 1C
        d) 1D: Individual | 1D
        i) 3C: Health services | 3C
        e) 2A: Schools | 2A
        f) 2B: Education services | 2B
        g) 3A: Health services | 3A
        h) 3B: Health services | 3B
        j) 3D: Health services | 3D
        k) 3E: Health services | 3E
        l) 3F: Health services | 3F
        o) 5B: LA services | 5B
        p) 5C: LA services | 5C
        n) 5A: LA services | 5A
        m) 4: Housing | 4
        q) 6: Police | 6
        r) 7: Other legal agency | 7
        s) 8: Other | 8
        t) 9: Anonymous | 9
        u) 10: Unknown | 10
    """,
    (3, "Referral NFA?"): """
        a) Yes | yes
        b) No | no
        c) Unknown | reported
    """,
    (6, "Primary Need Code"): """
        N1 - Abuse or neglect | N1
        N2 - Child's disability | N2
        N3 - Parental disability or illness | N3
        N4 - Family in acute stress | N4
        N5 - Family dysfunction | N5
        N6 - Socially unacceptable behaviour | N6
        N7 - Low income | N7
        N8 - Absent parenting | N8
        N9 - Cases other than children in need | N9
        N0 - Not stated | N0
    """,
    (6, "Reason for Closure"): """
        RC1 - Adopted | RC1
        RC2 - Died | RC2
        RC3 - Child arrangements order | RC3
        RC4 - Special guardianship order | RC4
        RC5 - Transferred to services of another local authority | RC5
        RC6 - Transferred to adult social care services | RC6
        RC7 - Services ceased for any other reason, including child no longer in need | RC7
        RC8 - Case closed after assessment, no further action | RC8
    """,
    (6, "Case Status"): """
        a) Looked after child | looked after
        b) Child Protection plan | child protection plan
        c) Child in need plan | child in need plan
        d) Open assessment | open assessment
        e) Closed episode | closed
    """,
    (7, "Initial Category of Abuse"): """
        a) Neglect | NEG
        b) Physical abuse | PHY
        c) Sexual abuse | SAB
        d) Emotional abuse | EMO
        e) Multiple/not recommended | MUL
    """,
    (8, "Child's Legal Status"): """
        E1: Placement order | E1
        C1: ICO | C1
        C2: FCO | C2
        D1: Freeing order | D1
        V2: Single period under S20 | V2
        L1: Police protection LA accommodation | L1
        L2: EPO | L2
        L3: Child assessment order LA accommodation | L3
        J1: Remanded to LA or youth detention | J1
        J2: LA accommodation under PACE | J2
        J3: Youth rehabilitation order | J3
        V3: Short term breaks, episodes recorded | V3
        V4: Short term breaks, agreements recorded | V4
    """,
    (8, "What is the permanence plan for this child?"): """
        a) Return to family | Return to family
        b) Adoption | Adoption
        c) SGO/CAO | SGO/CAO
        d) Supported living in the community | Supported living in the community
        e) Long-term residential placement | Long-term residential placement
        f) Long-term fostering | Long-term fostering
        g) other | other
    """,
    (8, "Reason Ceased to be Looked After"): """
        a) E11: Adopted - application unopposed | E11
        b) E12: Adopted - consent dispensed | E12
        r) E15: Age assessment determined child was 18 or over | E15
        c) E2: Died | E2
        d) E3: Care taken by another LA | E3
        f) E4B: Returned home to live with parents or relatives - not part of planning | E4B
        e) E4A: Returned home to live with parents or relatives - part of planning | E4A
        g) E13: Parents, relatives or other with no parental responsibility | E13
        h) E41: Residence order granted | E41
        i) E45: Special Guardianship Orders - former carer relative/friend | E45
        j) E46: Special Guardianship Orders - former carer other | E46
        k) E47: Special Guardianship Orders - relative/friend | E47
        l) E48: Special Guardianship Orders - other | E48
        m) E5: Moved into independent living - supported | E5
        n) E6: Moved into independent living - no support | E6
        o) E7: Transferred to residential care funded by adult social services | E7
        p) E9: Sentenced to custody | E9
        q) E14: Accommodation on remand ended | E14
        s) E16: Child moved abroad | E16
        t) E8: Care ceased for any other reason | E8
        u) X1: CodeError | X1
        v) E17: Aged 18+ and remained with current carers | E17
    """,
    (8, "Placement Type"): """
        c) U3: Foster placement - relative - not FFA | U3
        f) U6: Foster placement - not FFA | U6
        a) U1: Foster placement - relatives - long term | U1
        d) U4: Foster placement - long term | U4
        b) U2: Foster placement - relative - FFA | U2
        e) U5: Foster placement - FFA | U5
        g) A3: Placed for adoption - consent - current foster | A3
        h) A4: Placed for adoption - consent - not foster | A4
        j) A6: Placed for adoption - order - not foster | A6
        i) A5: Placed for adoption - order - foster | A5
        k) P1: Placed with parents | P1
        l) P2: Independent living | P2
        m) P3: Residential employment | P3
        n) H5: Residential accommodation | H5
        o) K1: Secure Children's Homes | K1
        p) K2: Children's Homes | K2
        q) R1: Residential Care Home | R1
        r) R2: NHS/Health Trust | R2
        s) R3: Family Centre or Mother and Baby Unit | R3
        t) R5: Young Offender Institution | R5
        u) S1: Residential school | S1
        v) Z1: Other placements | Z1
        x) T1: Temporary placement - hospital | T1
        z) T3: Temporary placement - carer holiday | T3
        y) T2: Temporary placement - holiday | T2
        zz) T4: Temporary placement - seven days or less | T4
        w) T0: Temporary placement | T0
    """,
    (8, "Placement Provider"): """
        a) PR0: Parents/Parental responsibility | PR0
        b) PR1: Own provision | PR1
        c) PR2: Other LA provision | PR2
        d) PR3: Other public provision | PR3
        e) PR4: Private provision | PR4
        f) PR5: Voluntary/third sector | PR5
    """,
    (8, "Placement Location"): """
        a) In | no
        b) Out | yes
    """,
    (9, "Eligibility Category"): """
        a) Relevant | Relevant
        b) Former relevant | Former relevant
        c) Qualifying | Qualifying
        d) Eligible | Eligible
        e) Other | Other
    """,
    (9, "LA in Touch"): """
        a) Yes | YES
        b) No | NO
        c) Died | DIED
        d) Refu | REFU
        e) NREQ | NREQ
        f) Rhom | RHOM
    """,
    (9, "Type of Accommodation"): """
        B: Parents/relatives | B
        C: Community home/residential care | C
        D: Semi-independent, transitional accommodation and self-contained accommodation | D
        E: Supported lodgings | E
        G: Abroad | G
        H: Deported | H
        K: Ordinary lodgings, without formal support | K
        R: Residence not known | R
        S: No fixed adobe/homeless | S
        T: Foyers and similar supported accommodation | T
        U: Independent living | U
        V: Emergency accommodation | V
        W: Bed and breakfast | W
        X: In custody | X
        Y: Other accommodation | Y
        Z: With former foster carers | Z
    """,
    (9, "Suitability of Accommodation"): """
        a) Suitable | suitable
        b) Not suitable | not suitable
        c) Not in touch or not recorded | not known
        d) Exclude | excluded
    """,
    (9, "Activity Status"): """
        F1: Full time in higher education | F1
        P1: Part time in higher education | P1
        F2: Full time in education other than higher | F2
        P2: Part time in education other than higher | P2
        F3: Full time in training or employment | F3
        P3: Part time in training or employment | P3
        G4: Not in education, employment or training - illness or disability | G4
        G5: Not in education, employment or training - other | G5
        G6: Not in education, employment or training - pregnancy or parenting | G6
    """,
    (10, "Reason Why Child No Longer Placed for Adoption"): """
        RD1 - The child’s needs changed subsequent to the decision | RD1
        RD2 - The Court did not make a placement order | RD2
        RD3 - Prospective adopters could not be found | RD3
        RD4 - Any other reason | RD4
    """,
}
NEITHER = "reported"
# Read past: the journey has no field for them.
NOT_KEPT = {
    "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months "
    "(Y/N)",
    "Is this a second or subsequent period of being a Looked After Child within the last 12 "
    "months (Y/N)",
    "LA of Placement",
    "Was the child offered a Return Interview after their last missing episode (Y/N)?",
    "Did the child accept a Return Interview after their last missing episode (Y/N)?",
    "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
    "Is the (prospective) adopter fostering for adoption?",
    "Reason for leaving adoption process",
}
SHARED = Path(os.environ.get("LINEOFSIGHT_SHARED", Path(__file__).parents[4] / "shared"))
FORMATS = SHARED / "docs" / "formats.md"


def drawn(key: tuple[int, str]) -> list[tuple[str, str]]:
    pairs = (line.rsplit("|", 1) for line in LABELS[key].strip().splitlines())
    return [(label.strip(), meaning.strip()) for label, meaning in pairs]


def delivered(tmp_path: Path, key: tuple[int, str], cells: list[str]) -> Reading:
    """Deliver a list with one row for each cell; what every row needs is there."""
    sheet, header = LISTS[key[0] - 1], key[1]
    needed = {c.header: DAY for c in sheet.columns if c.is_needed}
    rows = [
        {**needed, sheet.columns[0].header: f"A{n}", header_of(sheet, header): cell}
        for n, cell in enumerate(cells)
    ]
    return read_delivery(write_workbook(tmp_path / "a.xlsx", {sheet.title: rows}))


def header_of(sheet: Sheet, text: str) -> str:
    return next(c.header for c in sheet.columns if header_key(text) in c.keys)


def meanings(reading: Reading, key: tuple[int, str]) -> list[str]:
    sheet = LISTS[key[0] - 1]
    column = next(c for c in sheet.columns if header_key(key[1]) in c.keys)
    field = column.fields[0]
    values = reading.frames[field.table.name].sort("row")[field.name]
    if values.dtype != pl.Boolean:
        return ["blank" if value is None else str(value) for value in values]
    unread = [i for i in reading.issues if i.kind is Kind.UNKNOWN_FLAG]
    neither = {row for issue in unread for row in issue.rows}
    return [
        NEITHER if row in neither else "yes" if value else "no"
        for row, value in enumerate(values, start=2)
    ]


@pytest.mark.parametrize("key", LABELS, ids=lambda key: f"List {key[0]}, {key[1]}")
def test_every_printed_label_becomes_its_code(key: tuple[int, str], tmp_path: Path) -> None:
    pairs = drawn(key)
    reading = delivered(tmp_path, key, [label for label, _ in pairs])
    assert meanings(reading, key) == [meaning for _, meaning in pairs]
    kinds = {issue.kind for issue in reading.issues} - {Kind.BLANK_FLAG, Kind.UNKNOWN_FLAG}
    assert kinds == set()


def other_forms(label: str) -> list[str]:
    """How exports spell the same cell: no letter, other case, another dash, spaces around."""
    bare = re.sub(r"^[a-z]{1,2}\) ", "", label)
    forms = [bare, label.upper(), f" {label}\u00a0", label.replace(" - ", " \u2013 ")]
    code = re.match(r"([A-Z]{1,3}\d+[AB]?|\d{1,2}[A-F]?)(?: - |: )(.*)", bare)
    return [*forms, *(form.format(*code.groups()) for form in FORMS if code)]


FORMS = ("{0}", "{0} - {1}", "{0}: {1}", "{0} {1}", "{1} [{0}]")


@pytest.mark.parametrize("key", LABELS, ids=lambda key: f"List {key[0]}, {key[1]}")
def test_every_label_is_understood_in_the_forms_that_exports_use(
    key: tuple[int, str], tmp_path: Path
) -> None:
    pairs = [(form, meaning) for label, meaning in drawn(key) for form in other_forms(label)]
    reading = delivered(tmp_path, key, [form for form, _ in pairs])
    found = zip([form for form, _ in pairs], meanings(reading, key), strict=True)
    wanted = [(form, meaning) for form, meaning in pairs]
    assert [(form, f.casefold()) for form, f in found] == [(f, m.casefold()) for f, m in wanted]


def printed() -> dict[tuple[int, str], tuple[str, list[str]]]:
    """The columns of the lists as the shared notes print them: type, and labels if coded there."""
    found: dict[tuple[int, str], tuple[str, list[str]]] = {}
    text = FORMATS.read_text(encoding="utf-8")
    number = 0
    for line in text[text.index("## 1. Annex A") : text.index("## 2. ")].splitlines():
        if heading := re.match(r"### List (\d+)", line):
            number = int(heading[1])
        elif re.match(r"\| \d+ \|", line):
            _, _, header, kind, _, codes, _ = (cell.strip() for cell in line.split("|"))
            labels = [] if codes.startswith("as ") else [c.strip() for c in codes.split(";")]
            found[number, header] = kind, [label for label in labels if label]
    return found


needs_the_notes = pytest.mark.skipif(
    not FORMATS.exists(),
    reason="The notes on formats are absent: set LINEOFSIGHT_SHARED to the shared folder.",
)


@needs_the_notes
def test_the_drawn_labels_are_all_that_are_printed() -> None:
    coded = {key: labels for key, (kind, labels) in printed().items() if kind == "code" and labels}
    kept = {key: sorted(labels) for key, labels in coded.items() if key[1] not in NOT_KEPT}
    assert kept == {key: sorted(label for label, _ in drawn(key)) for key in LABELS}


@needs_the_notes
def test_every_printed_column_is_known_in_its_list_and_coded_ones_are_kept() -> None:
    assert len(printed()) == 169
    for (number, header), (kind, _) in printed().items():
        sheet = LISTS[number - 1]
        column = next((c for c in sheet.columns if header_key(header) in c.keys), None)
        assert column is not None, (number, header)
        # Of prospective adopters only the way to approval is kept, nothing of the person.
        if kind == "code" and header not in NOT_KEPT and number < 11:
            assert column.fields, (number, header)


SHEET_NAMES = [
    ("List 1", 1), ("list_1", 1), ("LIST 01", 1), ("List 1 Contacts", 1), ("List 1 - Contacts", 1),
    ("List1", 1), ("Annex A List 6", 6), ("Annex A - List 6 CIN", 6), ("Children in need", 6),
    ("list_10", 10), ("List 10 Adoption", 10), ("List 11 Adopters", 11), ("List.11", 11),
]  # fmt: skip


@pytest.mark.parametrize(("name", "number"), SHEET_NAMES)
def test_a_list_is_known_by_the_names_that_councils_give_it(name: str, number: int) -> None:
    assert [n for n, sheet in enumerate(LISTS, start=1) if sheet.is_named(name)] == [number]


HEADERS = [
    (1, "Sex", "Gender"), (8, "sex ", "Gender"), (3, "Age", "Age of Child (Years)"),
    (3, "Date of referral", "Date of Referral"), (3, "Referral NFA", "Referral NFA?"),
    (8, "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N))",
     "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)"),
    (8, "Child\u2019s Legal Status", "Child's Legal Status"),
    (8, "Number of Episodes the Child has been \u2018Missing\u2019 from their Placement in the "
        "last 12 months",
     "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months"),
    (9, "Latest Pathway Plan Review Date", "Latest Pathway Plan Review Date"),
    (9, "Allocated Personal Adviser", "Allocated Personal Advisor"),
    (10, "Date of Adoption Order ", "Date of Adoption Order"),
    (4, "Does the Child have a Disability?", "Does the Child have a Disability"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "spelled", "header"), HEADERS)
def test_a_header_is_known_in_the_spellings_of_all_years(
    number: int, spelled: str, header: str
) -> None:
    assert header_of(LISTS[number - 1], spelled) == header
