"""Time and memory of each stage, from the synthetic authority to the four papers.

    uv run python benchmarks/stages.py [SIZE ...]

Each stage runs in a process of its own, so that its peak memory is its own. Beside it stands the
floor: what only reading that stage's input costs, measured in the same run on the same machine.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time

STAGES = {
    "synthesise": """
from pathlib import Path
from lineofsight.synthetic.authority import synthesise
synthesise(Path(work) / "returns", size)
""",
    "floor: read the Annex A cells": """
import fastexcel
book = fastexcel.read_excel(work + "/returns/annex-a-2020-08.xlsx")
for name in book.sheet_names:
    book.load_sheet(name, dtypes="string", header_row=None).to_polars()
""",
    "receive Annex A": """
from lineofsight.access.roles import Actor, Role
from lineofsight.desk import Desk
from lineofsight.receiving import Window, receive
from pathlib import Path
desk = Desk(Path(work) / "store", Actor("benchmark", Role.ANALYST))
receive(desk, Path(work) / "returns/annex-a-2020-08.xlsx", Window())
""",
    "receive local tables": """
from lineofsight.access.roles import Actor, Role
from lineofsight.desk import Desk
from lineofsight.receiving import Window, receive
from pathlib import Path
desk = Desk(Path(work) / "store", Actor("benchmark", Role.ANALYST))
receive(desk, Path(work) / "returns/local-tables-2020-08.xlsx", Window())
import shutil
shutil.copyfile(work + "/returns/authority.toml", work + "/store/authority.toml")
""",
    "floor: read the stored columns": """
import polars as pl
from pathlib import Path
for path in Path(work).rglob("*.parquet"):
    pl.read_parquet(path)
""",
    "validate": """
from lineofsight.access.roles import Actor, Role
from lineofsight.cycle import validate
from lineofsight.desk import Desk
from pathlib import Path
validate(Desk(Path(work) / "store", Actor("benchmark", Role.ANALYST)))
""",
    "measure": """
from lineofsight.access.roles import Actor, Role
from lineofsight.cycle import measure
from lineofsight.desk import Desk
from lineofsight.demonstration import MONTH
from pathlib import Path
measure(Desk(Path(work) / "store", Actor("benchmark", Role.ANALYST)), MONTH)
""",
    "measure, judge and publish": """
from lineofsight import cycle
from lineofsight.access.roles import Actor, Role
from lineofsight.demonstration import MONTH, PREPARED_ON
from pathlib import Path
desk = cycle.Desk(Path(work) / "store", Actor("benchmark", Role.ANALYST))
judged = cycle.judge(desk, MONTH, PREPARED_ON)
paper = cycle.overview(desk, judged, PREPARED_ON, None)
cycle.publish(paper, Path(work), "overview", lambda step: None)
""",
}
MEASURED = """
import json, resource, sys, time
work, size = sys.argv[1], int(sys.argv[2])
begun = time.perf_counter()
{stage}
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps({{
    "seconds": time.perf_counter() - begun,
    "cpu": sum(u.ru_utime + u.ru_stime for u in used),
    "mib": max(u.ru_maxrss for u in used) / 1024,
}}))
"""


def run_stage(stage: str, work: str, size: int) -> dict[str, float]:
    """Run one stage in a process of its own and give what it used."""
    code = MEASURED.format(stage=STAGES[stage])
    command = [sys.executable, "-c", code, work, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def run_size(size: int) -> None:
    """Run all stages on one size and print a line each."""
    with tempfile.TemporaryDirectory() as work:
        print(f"\n{size:,} made-up children")
        print(f"{'stage':<34}{'seconds':>9}{'CPU s':>9}{'MiB':>8}{'x floor':>9}")
        floor = 0.0
        for stage in STAGES:
            used = run_stage(stage, work, size)
            is_floor = stage.startswith("floor")
            floor = used["cpu"] if is_floor else floor
            ratio = f"{used['cpu'] / floor:.1f}" if floor and not is_floor else ""
            numbers = f"{used['seconds']:>9.1f}{used['cpu']:>9.1f}{used['mib']:>8.0f}"
            print(f"{stage:<34}{numbers}{ratio:>9}", flush=True)


def main(sizes: list[int]) -> None:
    """Print the machine and run every size asked for."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},",
          time.strftime("%d %B %Y"))  # fmt: skip
    print("CPU seconds include the imports of a fresh process. Synthetic data.")
    for size in sizes:
        run_size(size)


if __name__ == "__main__":
    from lineofsight.synthetic.lives import DEFAULT

    main([int(size) for size in sys.argv[1:]] or [DEFAULT, 100_000])
