"""The faults that children in need censuses show: one block a kind of fault, made in the file.

Texts are changed and elements are taken out where they stand, so that every line keeps its number:
a row of the census is the line on which its element begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from lineofsight.returns.xml_modules import line_of
from lineofsight.synthetic.draws import Rng
from lineofsight.synthetic.mess import READ_AS_MEANT, MadeFault, chosen

Texts = Mapping[str, str]


@dataclass(frozen=True)
class ElementFault:
    """One kind of fault: `new` gives the text of an element, None to take the element out.

    It is given the texts beside the element and those of the element around them. `needs` names
    elements that must be there besides.
    """

    name: str
    module: str
    element: str
    found_as: str
    new: Callable[[Texts], str | None]
    needs: tuple[str, ...] = ()


def _from(element: str, days: int) -> Callable[[Texts], str]:
    return lambda texts: (date.fromisoformat(texts[element]) + timedelta(days=days)).isoformat()


def _just(text: str | None) -> Callable[[Texts], str | None]:
    return lambda texts: text


def _in_words(element: str) -> Callable[[Texts], str]:
    return lambda texts: "true" if texts[element] == "1" else "false"


_STARTED, _AUTHORISED = "AssessmentActualStartDate", "AssessmentAuthorisationDate"
_REFERRED, _CLOSED, _WHY = "CINreferralDate", "CINclosureDate", "ReasonForClosure"
_ENQUIRED, _CONFERENCE, _UNNECESSARY = "S47ActualStartDate", "DateOfInitialCPC", "ICPCnotRequired"
_PLAN, _PLAN_END = "CPPstartDate", "CPPendDate"

CIN_CENSUS_FAULTS = (
    ElementFault("no identifier", "Child", "LAchildID", "NOT_TAKEN", _just("")),
    ElementFault("unknown ethnic background", "Child", "Ethnicity", "UNKNOWN", _just("WHIT")),
    ElementFault("unknown source", "CINdetails", "ReferralSource", "UNKNOWN", _just("9Z")),
    ElementFault("neither yes nor no", "CINdetails", "ReferralNFA", "UNKNOWN_FLAG", _just("?")),
    ElementFault("true and false", "CINdetails", "ReferralNFA", READ_AS_MEANT,
                 _in_words("ReferralNFA")),
    ElementFault("day that is none", "Assessments", _AUTHORISED, "UNREADABLE",
                 _just("2019-02-30")),
    ElementFault("day out of all bounds", "ChildProtectionPlans", _PLAN_END, "OUTSIDE_CALENDAR",
                 _just("1900-01-01")),
    ElementFault("closed before referred", "CINdetails", _CLOSED, "8630", _from(_REFERRED, -7)),
    ElementFault("closed without a reason", "CINdetails", _WHY, "8805", _just(None), (_CLOSED,)),
    ElementFault("assessed before referred", "Assessments", _STARTED, "1103",
                 _from(_REFERRED, -20)),
    ElementFault("authorised before it starts", "Assessments", _AUTHORISED, "8608",
                 _from(_STARTED, -3000)),
    ElementFault("enquiry after the conference", "Section47", _ENQUIRED, "8615",
                 _from(_CONFERENCE, 5), (_CONFERENCE,)),
    ElementFault("conference unnecessary and held", "Section47", _UNNECESSARY, "L16",
                 _just("1"), (_CONFERENCE,)),
    ElementFault("plan ends before it starts", "ChildProtectionPlans", _PLAN_END, "8925",
                 _from(_PLAN, -10)),
)  # fmt: skip


def mess_census(
    path: Path, level: int, rng: Rng, kinds: Sequence[ElementFault] = CIN_CENSUS_FAULTS
) -> tuple[MadeFault, ...]:
    """Make faults of every kind in a census that has been written, and list them."""
    tree = etree.parse(str(path))
    used: set[Any] = set()
    made = [
        MadeFault(kind.name, path.name, kind.module, _change(kind, module), kind.element,
                  kind.found_as)
        for kind in kinds
        for module in _picked(tree, kind, used, level, rng)
    ]  # fmt: skip
    tree.write(str(path), encoding="UTF-8", xml_declaration=True)
    return tuple(made)


def _picked(tree: Any, kind: ElementFault, used: set[Any], level: int, rng: Rng) -> Iterator[Any]:
    # A child, and what stands in it, has one fault at most: one must not hide another.
    could = [m for m in tree.iter(kind.module) if _can_have(m, kind) and _child(m) not in used]
    for place in chosen(range(len(could)), set(), level, rng):
        used.add(_child(could[place]))
        yield could[place]


def _child(module: Any) -> Any:
    return next(a for a in (module, *module.iterancestors()) if a.tag == "Child")


def _can_have(module: Any, kind: ElementFault) -> bool:
    texts = _texts(module)
    return {kind.element, *kind.needs} <= texts.keys()


def _texts(module: Any) -> dict[str, str]:
    """The texts of a module and, under other names only, of the module around it."""
    own = {
        part.tag: part.text
        for group in (module, *module.iterfind("ChildIdentifiers"),
                      *module.iterfind("ChildCharacteristics"))
        for part in group
        if part.text and part.text.strip()
    }  # fmt: skip
    around = {} if module.tag == "Child" else _referral(module)
    return {**around, **own}


def _referral(module: Any) -> dict[str, str]:
    parent = module.getparent()
    referred = parent.findtext(_REFERRED) if parent is not None else None
    return {_REFERRED: referred} if referred else {}


def _change(kind: ElementFault, module: Any) -> int:
    line = line_of(module)
    element = next(part for part in module.iter(kind.element))
    text = kind.new(_texts(module))
    if text is None:
        _take_out(element)
    else:
        element.text = text
    return line


def _take_out(element: Any) -> None:
    """Take an element out and leave its line."""
    parent, before = element.getparent(), element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    parent.remove(element)
