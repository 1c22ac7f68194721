"""Small synthetic censuses and returns in XML, and everything that can go wrong with them."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]

from tests.censuses import cin, header
from tests.hostile import ABSURD_DAYS, BORN, CHILDREN, HOSTILE_TEXTS

_EPISODE = """
<CINdetails>
<CINreferralDate>2023-05-02</CINreferralDate>
<ReferralSource>1A</ReferralSource>
<PrimaryNeedCode>N1</PrimaryNeedCode>
<DateOfInitialCPC>2023-07-01</DateOfInitialCPC>
<ReferralNFA>0</ReferralNFA>
<Assessments>
<AssessmentActualStartDate>2023-05-03</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2023-06-20</AssessmentAuthorisationDate>
<FactorsIdentifiedAtAssessment><AssessmentFactors>2B</AssessmentFactors>
<AssessmentFactors>4A</AssessmentFactors></FactorsIdentifiedAtAssessment>
</Assessments>
<CINPlanDates><CINPlanStartDate>2023-06-21</CINPlanStartDate></CINPlanDates>
<Section47>
<S47ActualStartDate>2023-08-01</S47ActualStartDate>
<DateOfInitialCPC>2023-08-20</DateOfInitialCPC>
<ICPCnotRequired>0</ICPCnotRequired>
</Section47>
<ChildProtectionPlans>
<CPPstartDate>2023-08-20</CPPstartDate>
<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
<Reviews><CPPreviewDate>2023-11-10</CPPreviewDate></Reviews>
</ChildProtectionPlans>
</CINdetails>
"""
_CENSUS_CHILD = """<Child>
<ChildIdentifiers>
<LAchildID>{child}</LAchildID>
<PersonBirthDate>{born}</PersonBirthDate>
<Sex>F</Sex>
</ChildIdentifiers>
<ChildCharacteristics>
<Ethnicity>WBRI</Ethnicity>
<Disabilities><Disability>NONE</Disability></Disabilities>
</ChildCharacteristics>{episode}</Child>
"""
_RETURN_CHILD = """<CHILD><HEADER><CHILDID>{child}</CHILDID><SEX>1</SEX><DOB>{born}</DOB>
<ETHNIC>WBRI</ETHNIC><AREVIEW><REVIEW>12/12/2019</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
<AMISSING><MISSING>M</MISSING><MIS_START>01/02/2020</MIS_START></AMISSING></HEADER>
<EPISODE><DECOM>10/05/2019</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U4</PL>
<DEC>10/09/2019</DEC><REC>X1</REC></EPISODE>
<EPISODE><DECOM>10/09/2019</DECOM><RNE>P</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL></EPISODE></CHILD>
"""


def _iso(day: str) -> str:
    return "-".join(reversed(day.split("/")))


def census() -> bytes:
    """Give a children in need census with every module, of the synthetic children."""
    children = (
        _CENSUS_CHILD.format(child=child, born=_iso(born), episode=_EPISODE)
        for child, born in zip(CHILDREN, BORN, strict=True)
    )
    return cin(*children, head=header()).encode()


def looked_after_return() -> bytes:
    """Give an SSDA903 in XML of the synthetic children."""
    children = (
        _RETURN_CHILD.format(child=child, born=born)
        for child, born in zip(CHILDREN, BORN, strict=True)
    )
    return f"<?xml version='1.0'?>\n<EXPSSDA903>\n{''.join(children)}</EXPSSDA903>\n".encode()


Change = Callable[[Any, int], None]


def _drop(element: Any, _: int) -> None:
    element.getparent().remove(element)


def _duplicate(element: Any, _: int) -> None:
    element.addnext(copy.deepcopy(element))


def _swap(element: Any, _: int) -> None:
    other = element.getnext()
    if other is not None:
        other.addnext(element)


def _empty(element: Any, _: int) -> None:
    tail = element.tail
    element.clear()
    element.tail = tail


def _text(texts: tuple[str, ...]) -> Change:
    def change(element: Any, b: int) -> None:
        if not len(element):
            element.text = texts[b % len(texts)]

    return change


def _rename(element: Any, b: int) -> None:
    element.tag = ("Unknown", "LAchildID", "Child", "Header", "EPISODE", "Message")[b % 6]


def _in_a_namespace(element: Any, b: int) -> None:
    element.tag = f"{{urn:synthetic:{b % 3}}}{etree.QName(element).localname}"


def _bury(element: Any, b: int) -> None:
    """Put an element inside many others."""
    outer = inner = etree.Element("Deep")
    for _ in range((3, 40, 240, 300, 3_000)[b % 5]):
        inner = etree.SubElement(inner, "Deep")
    outer.tail, element.tail = element.tail, None
    element.addprevious(outer)
    inner.append(element)


def _put_beside(element: Any, b: int) -> None:
    beside = (
        etree.Comment("a comment"),
        etree.ProcessingInstruction("page", "break"),
        etree.fromstring("<Extra><Child>7</Child><More/></Extra>"),
        etree.fromstring("<Child/>"),
    )
    element.addprevious(beside[b % len(beside)])


_ENORMOUS = ("z" * 200_000, "9" * 200_000, "2020-08-03 " * 20_000)
_PERSONAL = (*CHILDREN, *BORN, *map(_iso, BORN))
# After these every element that is there can be counted again.
COUNTABLE: dict[str, Change] = {
    "drop": _drop,
    "duplicate": _duplicate,
    "swap": _swap,
    "absurd date": _text(ABSURD_DAYS),
    "a child's own": _text(_PERSONAL),
    "enormous text": _text(_ENORMOUS),
}
CHANGES: dict[str, Change] = {
    **COUNTABLE,
    "empty": _empty,
    "hostile text": _text(HOSTILE_TEXTS),
    "rename": _rename,
    "namespace": _in_a_namespace,
    "bury": _bury,
    "put beside": _put_beside,
}
_numbers = st.integers(0, 10_000)
changes = st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), _numbers, _numbers), max_size=4)


def changed(content: bytes, steps: list[tuple[str, int, int]]) -> Any:
    """Do one change after the other, each to the element of a number, and give the root."""
    root = etree.fromstring(content)
    for name, a, b in steps:
        elements = [element for element in root.iter(etree.Element) if element is not root]
        if elements:
            CHANGES[name](elements[a % len(elements)], b)
    return root


def counted(root: Any, records: str) -> Counter[str]:
    """Count the elements inside the records by name, in which any text stands."""
    return Counter(
        element.tag
        for record in root.iter(records)
        for element in record.iter(etree.Element)
        if "".join(element.itertext()).strip()
    )


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_OPENINGS = (
    "",
    "<?xml version='1.0' encoding='{encoding}'?>\n",
    "<?xml version='1.0' encoding='utf-8'?>\n",
    "<?xml version='1.0' encoding='utf-16'?>\n",
    "<?xml version='1.0' encoding='martian'?>\n",
    "\n\n<?xml version='1.0'?>\n",
    "<!-- synthetic -->",
    f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>',
    '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/hostname">]>',
    '<!DOCTYPE x SYSTEM "http://localhost:9/x.dtd">',
)
openings = st.sampled_from(_OPENINGS)
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32"])


def written_out(root: Any, opening: str, encoding: str) -> bytes:
    """Write a document with an opening that may lie about its encoding."""
    text = etree.tostring(root, encoding="unicode")
    return (opening.replace("{encoding}", encoding) + text).encode(encoding, "xmlcharrefreplace")
