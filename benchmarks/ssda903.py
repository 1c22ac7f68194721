"""CPU time and memory of receiving and validating an SSDA903, beside reading the same bytes.

    uv run python benchmarks/ssda903.py [CHILDREN ...] [--peer PYTHON] [--peer-most CHILDREN]

The return is synthetic, the same in every run: each child has one or two episodes or more, some of
them with the faults the rules are for. Where a Python is named that has csc-validator-be-903 (with
--peer, or in LINEOFSIGHT_903_VALIDATOR), it checks the same files in the same run.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from processes import RECEIVE, VALIDATE, apart, arguments, heading, line, machine, measured

FIRST_DAY = date(2023, 4, 1)
FLOORS = {
    "standard library: rows of text": """
import csv
loaded()
rows = 0
for name in ARGUMENTS:
    with open(name, newline="") as file:
        rows += len(list(csv.reader(file)))
said = f"{rows:,} rows"
""",
    "polars: columns of text": """
import polars
loaded()
for name in ARGUMENTS:
    polars.read_csv(name, infer_schema=False)
""",
}
PEER = """
import importlib
from lac_validator import lac_validator
from lac_validator.report import Report
from lac_validator.utils import process_uploaded_files
loaded()
registry = importlib.import_module("lac_validator.rules.lac2023_24").registry
files = process_uploaded_files({"This year": ARGUMENTS})
metadata = {"collectionYear": "2024", "localAuthority": "E06000045"}
done = lac_validator.LacValidator(
    metadata=metadata, files=files, registry=registry, selected_rules=None
)
report = Report(done.ds_results, registry)
lac_validator.create_issue_df(report.report, report.error_report)
said = (
    f"{len(registry)} rules of 2023/24: {len(done.dones)} ran, {len(done.skips)} skipped, "
    f"{len(done.fails)} crashed"
)
"""
HEADERS = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
    "HOME_POST,PL_POST,URN",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,"
    "HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
}


def written(day: date | None) -> str:
    """Write a day as the return does."""
    return day.strftime("%d/%m/%Y") if day else ""


def episodes_of(child: int, draw: random.Random) -> Iterator[str]:
    """Make up the episodes of a child: a chain by X1, one in fifty with a fault in it."""
    start = FIRST_DAY + timedelta(draw.randint(-900, 340))
    count = draw.choices((1, 2, 3, 4), (45, 30, 15, 10))[0]
    status = draw.choices(("C2", "V2", "V4"), (70, 27, 3))[0]
    for number in range(count):
        end: date | None = max(FIRST_DAY, start) + timedelta(draw.randint(1, 80))
        is_last = number == count - 1
        reason = draw.choice(("E4A", "E4B", "E45", "E5", "E12")) if is_last else "X1"
        if (is_last and draw.random() < 0.6) or end is None or end > date(2024, 3, 31):
            end, reason, is_last = None, "", True
        fault = draw.random()
        shown = end + timedelta(draw.randint(-3, 9)) if end and fault < 0.02 else end
        place = draw.choice(("U4", "U6", "K2", "P1", "T1"))
        began = "S" if number == 0 else draw.choice("PLB")
        kept = (child, written(start), began, status, "N1", place, "PR1", written(shown), reason)
        cells = (*kept, "CARPL", "SO14 1AA", "SO15 2BB", 900_000 + child)
        line = ",".join(map(str, cells))
        yield line
        if 0.02 <= fault < 0.025:
            yield line
        if is_last or end is None:
            return
        start = end


def write_return(folder: Path, children: int) -> list[Path]:
    """Write a synthetic return; the same children every time."""
    draw = random.Random(903)
    lines: dict[str, list[str]] = {name: [header] for name, header in HEADERS.items()}
    for child in range(children):
        born = written(date(2007, 1, 1) + timedelta(draw.randint(0, 5800)))
        day = FIRST_DAY + timedelta(draw.randint(0, 365))
        lines["header"].append(f"{child},{draw.choice('12')},{born},WBRI,UN1,,")
        lines["episodes"] += episodes_of(child, draw)
        lines["reviews"] += [f"{child},{born},{written(day - timedelta(n))},PN1" for n in (0, 170)]
        lines["oc2"].append(f"{child},{born},{draw.randint(0, 40)},,0,,1,1,1,0,0,0")
        if draw.random() < 0.05:
            lines["missing"].append(f"{child},{born},M,{written(day)},{written(day)}")
    paths = [folder / f"{name}.csv" for name in lines]
    for path, rows in zip(paths, lines.values(), strict=True):
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return paths


def report(children: int, times: int, peer: str | None, peer_most: int) -> None:
    """Measure one size and print its table."""
    with tempfile.TemporaryDirectory() as folder:
        apart(write_return, Path(folder), children)
        paths = sorted(Path(folder).glob("*.csv"))
        print(heading(f"SSDA903, {children:,} synthetic children", paths))
        floor = 0.0
        for name, code in FLOORS.items():
            used = measured(code, *paths, times=times)
            floor = floor or used.cpu
            print(line(name, used, 0.0), flush=True)
        receive = measured(RECEIVE, folder, *paths, times=times)
        print(line("lineofsight receive", receive, floor), flush=True)
        both = measured(RECEIVE + VALIDATE, folder, *paths, times=times)
        print(line("lineofsight receive and validate", both, floor), flush=True)
        if peer is None or children > peer_most:
            why = (
                "no Python named that has it" if peer is None else f"beyond {peer_most:,} children"
            )
            print(f"csc-validator-be-903 skipped: {why}.")
            return
        theirs = measured(PEER, *paths, python=peer)
        print(line("csc-validator-be-903, read and check", theirs, floor))
        print(f"It used {theirs.cpu / both.cpu:,.0f} x the CPU of receiving and validating.")


def main() -> None:
    """Measure every size asked for: 1,000, 10,000 and 100,000 children unless told otherwise."""
    asked = arguments("SSDA903", "903", [1_000, 10_000, 100_000])
    print(machine())
    for children in asked.sizes:
        report(children, asked.times, asked.peer, asked.peer_most)


if __name__ == "__main__":
    main()
