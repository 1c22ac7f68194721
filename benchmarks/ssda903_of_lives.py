"""Time and memory of writing and receiving the SSDA903 that the synthetic authority writes.

    uv run python benchmarks/ssda903_of_lives.py [CHILDREN]

The return of 2019/20 has CHILDREN in its episodes, or a few more. The largest authority that can
be simulated has about 23,000 of them, so the lives of one are repeated: each copy has identifiers
of its own and is otherwise the same, month for month. Only children who were ever in care are
kept. Each stage runs in a process of its own.
"""

from __future__ import annotations

import dataclasses
import os
import pickle
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from lineofsight.synthetic.lives import Lives, simulate
from lineofsight.synthetic.ssda903_tables import ssda903_tables

SIZE, YEAR = 200_000, 2020
CARE = (
    "children", "care_periods", "placements", "legal_statuses", "care_reviews", "care_visits",
    "health_checks", "missing_episodes", "adoptions", "involvements",
)  # fmt: skip
STAGES = {
    "write as CSV": "write_ssda903(lives(), folder / 'csv', year)",
    "write as XML": "write_ssda903(lives(), folder / 'xml', year, 'xml')",
    "floor: read the CSV's bytes": "[pl.read_csv(p, infer_schema=False) for p in csv()]",
    "receive the CSV files": "read_files(csv(), authority='Made up (synthetic)')",
    "receive the XML file": "read_files(xml(), authority='Made up (synthetic)')",
}
MEASURED = """
import pickle, resource, sys, time
from pathlib import Path
import polars as pl
from lineofsight.returns.submission import read_files
from lineofsight.synthetic.ssda903 import write_ssda903
folder, year = Path(sys.argv[1]), {year}
csv = lambda: sorted((folder / "csv").iterdir())
xml = lambda: sorted((folder / "xml").iterdir())
lives = lambda: kept
kept = pickle.loads((folder / "lives").read_bytes()) if {needs_lives} else None
usage = resource.getrusage(resource.RUSAGE_SELF)
before, begun = usage.ru_utime + usage.ru_stime, time.perf_counter()
{stage}
usage = resource.getrusage(resource.RUSAGE_SELF)
print(time.perf_counter() - begun, usage.ru_utime + usage.ru_stime - before, usage.ru_maxrss / 1024)
"""


def repeated(lives: Lives, times: int) -> Lives:
    """Repeat the care of lives, with identifiers of its own for each copy."""
    in_care = lives.care_periods.select("child_id").unique()
    frames = {
        name: getattr(lives, name).join(in_care, on="child_id", how="semi", maintain_order="left")
        for name in CARE
    }
    frames["adopters"] = lives.adopters
    matched = lives.adopters.filter(pl.col("matched_on").is_not_null())["household_id"].n_unique()
    households = lives.adopters["household_id"].n_unique()
    copies = {
        name: pl.concat(_copy(frame, n, matched, households, times) for n in range(times))
        for name, frame in frames.items()
    }
    return dataclasses.replace(lives, **copies)


def _copy(
    frame: pl.DataFrame, number: int, matched: int, households: int, times: int
) -> pl.DataFrame:
    ids = [n for n in frame.columns if n.endswith("_id") and n != "household_id"]
    moved = frame.with_columns(pl.col(ids) + number * 10_000_000)
    if "household_id" not in frame.columns:
        return moved
    # Households that took a child come first, in the order of the families they took.
    home = pl.col("household_id")
    waiting = home - matched + times * matched + number * (households - matched)
    took = home + number * matched
    return moved.with_columns(pl.when(home <= matched).then(took).otherwise(waiting))


def prepare(folder: Path, children: int) -> None:
    """Simulate the lives, repeat them and keep them for the stages; say how often."""
    lives = simulate(SIZE)
    once = ssda903_tables(lives, YEAR, YEAR)["episodes"]["CHILD"].n_unique()
    times = -(-children // once)
    print(
        f"The lives of {SIZE:,} made-up children, {once:,} of them in care in the year, repeated "
        f"{times} times. CPU seconds are without the imports. Synthetic data.",
        flush=True,
    )
    (folder / "lives").write_bytes(pickle.dumps(repeated(lives, times)))


def main(children: int) -> None:
    """Run the stages and print a line each."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},",
          time.strftime("%d %B %Y"))  # fmt: skip
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        # In a process of its own, so that its memory is not counted with that of the stages.
        subprocess.run([sys.executable, __file__, str(children), work], check=True)
        print(f"{'stage':<32}{'seconds':>9}{'CPU s':>9}{'MiB':>8}")
        for name, stage in STAGES.items():
            code = MEASURED.format(year=YEAR, stage=stage, needs_lives=name.startswith("write"))
            done = subprocess.run([sys.executable, "-c", code, work],
                                  capture_output=True, text=True, check=True)  # fmt: skip
            seconds, cpu, mib = map(float, done.stdout.split())
            print(f"{name:<32}{seconds:>9.1f}{cpu:>9.1f}{mib:>8.0f}", flush=True)
        for form in ("csv", "xml"):
            files = list((folder / form).iterdir())
            size = sum(path.stat().st_size for path in files) / 1e6
            print(f"{form}: {len(files)} files, {size:.0f} MB")


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if len(sys.argv) > 2:
        prepare(Path(sys.argv[2]), asked)
    else:
        main(asked)
