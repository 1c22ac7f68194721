"""CPU time and memory of receiving a children in need census, beside reading the same bytes.

    uv run python benchmarks/cin_census.py [CHILDREN ...] [--peer PYTHON] [--peer-most CHILDREN]

The census is synthetic, the same in every run. Where a Python is named that has
csc-validator-be-cin (with --peer, or in LINEOFSIGHT_CIN_VALIDATOR), it reads and checks the same
file in the same run, up to --peer-most children: it takes 149 CPU seconds for 10,000.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from processes import RECEIVE, VALIDATE, apart, arguments, heading, line, machine, measured

YEAR_BEGINS, YEAR_ENDS = date(2023, 4, 1), date(2024, 3, 31)
ETHNICITIES = ("WBRI", "WBRI", "WBRI", "WOTH", "MWBC", "APKN", "BAFR", "REFU", "NOBT")
SOURCES = ("1A", "2A", "2B", "3A", "3E", "5B", "6", "6", "8", "10")
NEEDS = ("N1", "N1", "N1", "N2", "N4", "N5", "N8")
CATEGORIES = ("NEG", "NEG", "EMO", "EMO", "PHY", "SAB")
FACTORS = ("1B", "2B", "3A", "3B", "4A", "4B", "4B", "16A", "17A", "20")
DISABILITIES = ("NONE", "NONE", "NONE", "LD", "AUT", "MOB")

FLOORS = {
    "plain read of the bytes": """
loaded()
with open(ARGUMENTS[0], "rb") as file:
    while file.read(65536):
        pass
""",
    "bare lxml iterparse": """
from lxml import etree
loaded()
for _, child in etree.iterparse(ARGUMENTS[0], tag="Child"):
    child.clear()
    while child.getprevious() is not None:
        del child.getparent()[0]
""",
    "standard library to flat rows": """
import xml.etree.ElementTree as ET
loaded()
rows = []
for _, element in ET.iterparse(ARGUMENTS[0]):
    if element.tag == "Child":
        for module in element.iter():
            row = {part.tag: part.text for part in module if not len(part)}
            if row:
                rows.append((module.tag, row))
        element.clear()
said = f"{len(rows):,} rows"
""",
}
PEER = """
import contextlib, importlib, io
import xml.etree.ElementTree as ET
from cin_validator import cin_validator
loaded()
tables = cin_validator.process_data(cin_validator.convert_data(ET.parse(ARGUMENTS[0]).getroot()))
registry = importlib.import_module("cin_validator.rules.cin2023_24").registry
told = io.StringIO()
with contextlib.redirect_stdout(told):
    validator = cin_validator.CinValidator(tables, registry)
crashed = told.getvalue().count("Error with rule")
said = f"{len(list(registry.values()))} rules of 2023/24, {crashed} of them crashed"
"""


def _day(draws: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=draws.randrange((last - first).days + 1))


def _element(name: str, text: object, indent: int) -> str:
    return f"{'  ' * indent}<{name}>{text}</{name}>\n"


def _assessment(draws: random.Random, started: date) -> str:
    factors = "".join(
        _element("AssessmentFactors", factor, 6)
        for factor in draws.sample(FACTORS, draws.randint(1, 4))
    )
    return (
        "        <Assessments>\n"
        + _element("AssessmentActualStartDate", started, 5)
        + _element("AssessmentInternalReviewDate", started + timedelta(days=10), 5)
        + _element("AssessmentAuthorisationDate", started + timedelta(days=55), 5)
        + "          <FactorsIdentifiedAtAssessment>\n"
        + factors
        + "          </FactorsIdentifiedAtAssessment>\n        </Assessments>\n"
    )


def _enquiry(started: date, held: date) -> str:
    return (
        "        <Section47>\n"
        + _element("S47ActualStartDate", started, 5)
        + _element("InitialCPCtarget", started + timedelta(days=21), 5)
        + _element("DateOfInitialCPC", held, 5)
        + _element("ICPCnotRequired", "false", 5)
        + "        </Section47>\n"
    )


def _plan(draws: random.Random, started: date) -> str:
    category = draws.choice(CATEGORIES)
    reviews = "".join(
        _element("CPPreviewDate", started + timedelta(days=days), 6) for days in (85, 260)
    )
    return (
        "        <ChildProtectionPlans>\n"
        + _element("CPPstartDate", started, 5)
        + _element("InitialCategoryOfAbuse", category, 5)
        + _element("LatestCategoryOfAbuse", category, 5)
        + _element("NumberOfPreviousCPP", draws.randrange(3), 5)
        + f"          <Reviews>\n{reviews}          </Reviews>\n        </ChildProtectionPlans>\n"
    )


def _episode(draws: random.Random) -> Iterator[str]:
    referred = _day(draws, YEAR_BEGINS, YEAR_ENDS)
    started = referred + timedelta(days=draws.randrange(20))
    yield "      <CINdetails>\n"
    yield _element("CINreferralDate", referred, 4)
    yield _element("ReferralSource", draws.choice(SOURCES), 4)
    yield _element("PrimaryNeedCode", draws.choice(NEEDS), 4)
    if draws.random() < 0.6:
        yield _element("CINclosureDate", referred + timedelta(days=draws.randrange(60, 400)), 4)
        yield _element("ReasonForClosure", "RC7", 4)
    for _ in range(draws.choice((0, 1, 1, 2))):
        yield _assessment(draws, started)
    if draws.random() < 0.4:
        yield (
            f"        <CINPlanDates>\n{_element('CINPlanStartDate', started, 5)}"
            "        </CINPlanDates>\n"
        )
    yield from _protection(draws, started)
    yield _element("ReferralNFA", int(draws.random() < 0.1), 4)
    yield "      </CINdetails>\n"


def _protection(draws: random.Random, started: date) -> Iterator[str]:
    if draws.random() < 0.5:
        held = started + timedelta(days=draws.randrange(10, 30))
        yield _enquiry(started, held)
        if draws.random() < 0.7:
            yield _plan(draws, held)


def _child(draws: random.Random, number: int) -> Iterator[str]:
    yield "    <Child>\n      <ChildIdentifiers>\n"
    yield _element("LAchildID", f"MADEUP{number:08}", 4)
    yield _element("UPNunknown", "UN3", 4)
    yield _element("PersonBirthDate", _day(draws, date(2006, 4, 1), YEAR_ENDS), 4)
    yield _element("Sex", draws.choice("MFU"), 4)
    yield "      </ChildIdentifiers>\n      <ChildCharacteristics>\n"
    yield _element("Ethnicity", draws.choice(ETHNICITIES), 4)
    disability = _element("Disability", draws.choice(DISABILITIES), 5)
    yield f"        <Disabilities>\n{disability}        </Disabilities>\n"
    yield "      </ChildCharacteristics>\n"
    for _ in range(draws.choice((1, 1, 2))):
        yield from _episode(draws)
    yield "    </Child>\n"


def write_census(path: Path, children: int) -> None:
    """Write a made-up census of so many children, the same bytes every time."""
    draws = random.Random(20240331)
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n  <Header>\n'
            "    <CollectionDetails>\n      <Collection>CIN</Collection>\n      <Year>2024</Year>\n"
            f"      <ReferenceDate>{YEAR_ENDS}</ReferenceDate>\n    </CollectionDetails>\n"
            "    <Source>\n      <SourceLevel>L</SourceLevel>\n      <LEA>201</LEA>\n"
            "    </Source>\n  </Header>\n  <Children>\n"
        )
        for number in range(children):
            file.writelines(_child(draws, number))
        file.write("  </Children>\n</Message>\n")


def report(children: int, times: int, peer: str | None, peer_most: int) -> None:
    """Measure one size and print its table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cin.xml"
        apart(write_census, path, children)
        print(heading(f"CIN census, {children:,} synthetic children", [path]))
        floor = 0.0
        for name, code in FLOORS.items():
            used = measured(code, path, times=times)
            floor = used.cpu
            print(line(name, used, 0.0), flush=True)
        receive = measured(RECEIVE, folder, path, times=times)
        print(line("lineofsight receive", receive, floor), flush=True)
        both = measured(RECEIVE + VALIDATE, folder, path, times=times)
        print(line("lineofsight receive and validate", both, floor), flush=True)
        if peer is None or children > peer_most:
            why = (
                "no Python named that has it" if peer is None else f"beyond {peer_most:,} children"
            )
            print(f"csc-validator-be-cin skipped: {why}.")
            return
        theirs = measured(PEER, path, python=peer)
        print(line("csc-validator-be-cin, read and check", theirs, floor))
        print(
            f"It used {theirs.cpu / receive.cpu:,.0f} x the CPU of receiving, "
            f"{theirs.cpu / both.cpu:,.0f} x that of receiving and validating."
        )


def main() -> None:
    """Measure every size asked for: 1,000 and 10,000 children unless told otherwise."""
    asked = arguments("Children in need census", "CIN", [1_000, 10_000])
    print(machine())
    for children in asked.sizes:
        report(children, asked.times, asked.peer, asked.peer_most)


if __name__ == "__main__":
    main()
