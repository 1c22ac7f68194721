"""Time and memory of receiving an SSDA903 return and rebuilding its periods of care.

    uv run python benchmarks/ssda903.py [CHILDREN]

A synthetic return is written first: each child has one or two episodes or more, some of them with
the faults the rules are for. Each stage runs in a process of its own; the floor is a plain read of
the same bytes into columns of text.
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
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

FIRST_DAY = date(2023, 4, 1)
STAGES = {
    "floor: read the same bytes": """
import polars as pl
for path in paths:
    pl.read_csv(path, infer_schema=False)
""",
    "receive and rebuild": """
from lineofsight.returns.ssda903 import read_ssda903
reading = read_ssda903(paths)
print(reading.frames["care_episodes"].height, "episodes,",
      reading.frames["periods_of_care"].height, "periods,",
      sum(repair.count for repair in reading.repairs), "rows repaired")
""",
    "of that, rebuild alone": """
import polars as pl
from lineofsight.returns.periods_of_care import rebuild
from pathlib import Path
episodes = pl.read_parquet(Path(paths[0]).parent / "care_episodes.parquet")
before = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
rebuild(episodes)
""",
}
MEASURED = """
import json, resource, sys, time
from pathlib import Path
paths = [Path(name) for name in sys.argv[1:]]
before = 0.0
begun = time.perf_counter()
{stage}
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({{
    "seconds": time.perf_counter() - begun,
    "cpu": used.ru_utime + used.ru_stime - before,
    "mib": used.ru_maxrss / 1024,
}}))
"""
KEEP = """
from lineofsight.returns.ssda903 import read_ssda903
from pathlib import Path
import sys
paths = [Path(name) for name in sys.argv[1:]]
frame = read_ssda903(paths).frames["care_episodes"]
frame.write_parquet(paths[0].parent / "care_episodes.parquet")
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


def run_stage(code: str, paths: list[Path]) -> tuple[dict[str, float], str]:
    """Run one stage in a process of its own; give what it used and what it said."""
    command = [sys.executable, "-c", code, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *said, measured = done.stdout.splitlines()
    found: dict[str, float] = json.loads(measured)
    return found, " ".join(said)


def main(children: int) -> None:
    """Write the return, run the stages and print a line each."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},",
          time.strftime("%d %B %Y"))  # fmt: skip
    print("CPU seconds include the imports of a fresh process. Synthetic data.")
    with tempfile.TemporaryDirectory() as work:
        paths = write_return(Path(work), children)
        size = sum(path.stat().st_size for path in paths) / 1e6
        print(f"\n{children:,} made-up children in {len(paths)} files of {size:.0f} MB together")
        print(f"{'stage':<30}{'seconds':>9}{'CPU s':>9}{'MiB':>8}{'x floor':>9}")
        subprocess.run([sys.executable, "-c", KEEP, *map(str, paths)], check=True)
        floor = 0.0
        for name, stage in STAGES.items():
            used, said = run_stage(MEASURED.format(stage=stage), paths)
            floor = floor or used["cpu"]
            numbers = f"{used['seconds']:>9.1f}{used['cpu']:>9.1f}{used['mib']:>8.0f}"
            print(f"{name:<30}{numbers}{used['cpu'] / floor:>9.1f}  {said}", flush=True)
    if importlib.util.find_spec("lac_validator") is None:
        print("csc-validator-be-903 (lac_validator) is not installed here: comparison skipped.")
    else:
        print("csc-validator-be-903 is installed; this benchmark does not know how to time it yet.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
