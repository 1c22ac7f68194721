"""CPU time and memory of reading a children in need census, beside what only its bytes cost.

    uv run python benchmarks/cin_census.py [CHILDREN ...]

The census is made up, the same in every run, and written as a stream. Each reading runs in a
process of its own; memory is what it takes beyond its imports. Where csc-validator-be-cin is
installed (or the Python that has it is named in LINEOFSIGHT_CIN_VALIDATOR), its reading of the
same file into tables stands beside ours, and is said to be skipped where it is not.
"""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

YEAR_BEGINS, YEAR_ENDS = date(2023, 4, 1), date(2024, 3, 31)
ETHNICITIES = ("WBRI", "WBRI", "WBRI", "WOTH", "MWBC", "APKN", "BAFR", "REFU", "NOBT")
SOURCES = ("1A", "2A", "2B", "3A", "3E", "5B", "6", "6", "8", "10")
NEEDS = ("N1", "N1", "N1", "N2", "N4", "N5", "N8")
CATEGORIES = ("NEG", "NEG", "EMO", "EMO", "PHY", "SAB")
FACTORS = ("1B", "2B", "3A", "3B", "4A", "4B", "4B", "16A", "17A", "20")
DISABILITIES = ("NONE", "NONE", "NONE", "LD", "AUT", "MOB")

READINGS = {
    "plain read of the bytes": """
with open(path, "rb") as file:
    while file.read(65536):
        pass
""",
    "bare lxml iterparse": """
from lxml import etree
warm()
for _, child in etree.iterparse(path, tag="Child"):
    child.clear()
    while child.getprevious() is not None:
        del child.getparent()[0]
""",
    "lineofsight": """
from pathlib import Path
from lineofsight.returns.cin_census import read_cin_census
warm()
reading = read_cin_census(Path(path))
rows = sum(frame.height for frame in reading.frames.values())
""",
    "csc-validator-be-cin": """
import xml.etree.ElementTree as ET
from cin_validator.ingress import XMLtoCSV
warm()
tables = XMLtoCSV(ET.parse(path).getroot())
""",
}
MEASURED = """
import json, resource, sys, warnings
warnings.simplefilter("ignore")
path, rows, start = sys.argv[1], 0, [0.0, 0]
def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss
def warm():
    start[:] = used()
warm()
{reading}
cpu, peak = used()
print(json.dumps([cpu - start[0], (peak - start[1]) / 1024, rows]))
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


def _python(name: str) -> str | None:
    """The Python to run a reading with; None if the reading cannot be had."""
    if name != "csc-validator-be-cin":
        return sys.executable
    named = os.environ.get("LINEOFSIGHT_CIN_VALIDATOR")
    return named or (sys.executable if importlib.util.find_spec("cin_validator") else None)


def _measured(name: str, path: Path) -> tuple[float, float, int] | None:
    python = _python(name)
    if python is None:
        return None
    program = MEASURED.replace("{reading}", READINGS[name])
    done = subprocess.run(
        [python, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    cpu, peak, rows = json.loads(done.stdout)
    return cpu, peak, rows


def _report(path: Path) -> None:
    floors: list[float] = []
    print(f"  {'':26} {'CPU s':>9} {'to read':>9} {'to parse':>9} {'MB':>7}")
    for name in READINGS:
        found = _measured(name, path)
        if found is None:
            print(f"  {name:26} skipped: it is not installed")
            continue
        cpu, peak, rows = found
        floors = [*floors, cpu][:2]
        ratios = "".join(f" {cpu / max(floor, 1e-4):7.1f} x" for floor in floors)
        told = f"   {rows:,} journey rows" if rows else ""
        print(f"  {name:26} {cpu:9.3f}{ratios:20} {peak:7.0f}{told}")


def main() -> None:
    """Measure every size asked for: 1,000 and 10,000 children unless told otherwise."""
    sizes = [int(word) for word in sys.argv[1:]] or [1_000, 10_000]
    print(f"{platform.platform()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        for children in sizes:
            path = Path(folder) / f"cin-{children}.xml"
            write_census(path, children)
            print(f"{children:,} children, {path.stat().st_size / 1e6:.1f} MB")
            _report(path)
            path.unlink()


if __name__ == "__main__":
    main()
