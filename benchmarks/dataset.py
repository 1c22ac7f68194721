"""Time and memory of the whole dataset of one authority, and of twelve indicators against pandas.

    uv run python benchmarks/dataset.py [CHILDREN] [--pandas PYTHON]

The authority knows CHILDREN children (50,000), synthetic, five years of Annex A and local tables in
a store. (a) Every indicator, month and period by six breakdowns, laid out as the tidy table. (b)
Twelve indicators as `twelve_in_pandas.py` has them, by three breakdowns, here and, where PYTHON is
an interpreter that has pandas and pyarrow, there: the same numbers are demanded of both. Each is
run three times in a process of its own, and the quickest counts.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from processes import Used, heading, machine, measured

HERE = Path(__file__).resolve().parent
HOLIDAYS = HERE.parent / "src/lineofsight/reference/data/bank_holidays_england.csv"
SIX = ("team", "age_band", "sex", "ethnicity", "disability", "need")
THREE = ("team", "age_band", "ethnicity")
TWELVE = (
    *("front_door.contacts_received", "front_door.referrals_received"),
    *("front_door.no_further_action", "front_door.re_referrals", "assessments.timeliness"),
    *("child_protection.section_47_enquiries_started", "child_protection.icpc_timeliness"),
    *("child_protection.conferences_to_plan", "child_protection.plans_started"),
    *("child_protection.plan_rate", "child_protection.two_years_or_more"),
    "children_looked_after.number",
)
DATASET = """
import time
from pathlib import Path
from lineofsight.dataset import asked, dataset
from lineofsight.desk import Desk
from lineofsight.access.roles import Actor, Role
from lineofsight.reference.periods import Month
loaded()
started = time.perf_counter()
patterns, by = (tuple(filter(None, each.split(","))) for each in ARGUMENTS[1:3])
desk = Desk(Path(ARGUMENTS[0]), Actor("benchmark", Role.ANALYST))
found = dataset(desk, asked(Month.parse("2020-08"), None, patterns, by))
seconds = time.perf_counter() - started
whole = {
    (r["indicator"], r["period"]): r
    for r in found.table.filter(breakdown="total", period_label="August 2020").to_dicts()
}
year = found.table.filter(
    breakdown="total", period="twelve months", indicator="front_door.re_referrals"
)["numerator"][-1]
icpc = whole["child_protection.icpc_timeliness", "month"]
two = whole["child_protection.two_years_or_more", "month"]
care = whole["children_looked_after.number", "month"]
said = (
    f"{len(set(found.table['indicator']))} {icpc['numerator']:.0f} {icpc['denominator']:.0f} "
    f"{two['denominator']:.0f} {two['numerator']:.0f} {care['numerator']:.0f} {year:.0f}"
    f"|{found.table.height:,} values in {seconds:.1f} s by the clock"
)
"""


def main() -> None:
    """Make the store, run both, and print seconds, memory and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("children", nargs="?", type=int, default=50_000)
    parser.add_argument("--pandas", help="An interpreter with pandas and pyarrow.")
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="dataset-") as folder:
        store = _store(Path(folder), asked.children)
        print(heading(f"{asked.children:,} children known (synthetic)", sorted(store.rglob("*"))))
        whole = measured(DATASET, store, "", ",".join(SIX), times=3)
        _show("the whole dataset by six", whole)
        ours = measured(DATASET, store, ",".join(TWELVE), ",".join(THREE), times=3)
        _show("twelve indicators by three", ours)
        if asked.pandas:
            _against(ours, asked.pandas, store)


def _against(ours: Used, python: str, store: Path) -> None:
    seconds, said = min(_in_pandas(python, store) for _ in range(3))
    print(f"  twelve in pandas: {seconds:.2f} s, loading included: {seconds / ours.cpu:.1f} x ours")
    if said != ours.said.split("|")[0]:
        sys.exit(f"The numbers differ: {said} in pandas, {ours.said} here.")


def _in_pandas(python: str, store: Path) -> tuple[float, str]:
    """CPU seconds of the whole process, and the numbers it says."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    script = [python, str(HERE / "twelve_in_pandas.py"), str(store), str(HOLIDAYS)]
    done = subprocess.run(script, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, done.stdout.strip()


def _store(folder: Path, children: int) -> Path:
    def lineofsight(*words: str) -> None:
        command = [sys.executable, "-m", "lineofsight", "--store", str(folder / "store"), *words]
        subprocess.run(command, check=True, capture_output=True)

    started = time.perf_counter()
    lineofsight("synthesise", "--size", str(children), "--out", str(folder / "returns"))
    lineofsight("receive", str(folder / "returns"))
    settings = (folder / "returns" / "authority.toml").read_text(encoding="utf-8")
    (folder / "store" / "authority.toml").write_text(settings, encoding="utf-8")
    print(f"Made and received in {time.perf_counter() - started:.0f} s, not counted below.")
    return folder / "store"


def _show(what: str, used: Used) -> None:
    print(
        f"  {what}: {used.cpu:.2f} s whole ({used.cpu_beyond:.2f} without loading), "
        f"{used.mb:.0f} MB; {used.said}"
    )


if __name__ == "__main__":
    main()
