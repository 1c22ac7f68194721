"""CPU time and memory of receiving an Annex A workbook, beside only reading its cells.

    uv run python benchmarks/annex_a.py [CHILDREN ...] [--times N]

The workbook is the synthetic authority's: five years of all eleven lists. The sector's open
pipeline (liiatools 0.2.0 `cleanfile`) installs on Python 3.10 only and is not run here; its figures
stand beside ours as they were recorded, for its own sample rows repeated to so many children.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from processes import RECEIVE, apart, arguments, heading, line, machine, measured

# children: CPU seconds and MiB, as recorded on a machine of 2 cores (project documents, peers).
RECORDED = {100: (7.4, 114), 1_000: (74.0, 366), 10_000: (813.0, 2_897)}
FLOORS = {
    "zipfile: unpack the parts": """
import zipfile
loaded()
with zipfile.ZipFile(ARGUMENTS[0]) as archive:
    for name in archive.namelist():
        archive.read(name)
""",
    "fastexcel: the cells as text": """
import fastexcel, polars
loaded()
book = fastexcel.read_excel(ARGUMENTS[0])
for name in book.sheet_names:
    book.load_sheet(name, dtypes="string", header_row=None).to_polars()
""",
}


def write_workbook(folder: Path, children: int) -> None:
    """Write the synthetic authority's Annex A for so many children; the same every time."""
    # This process stays small: what it holds would count in the peak of those it starts.
    from lineofsight.synthetic.authority import synthesise

    synthesise(folder, children, deliveries="one")


def report(children: int, times: int) -> None:
    """Measure one size and print its table."""
    with tempfile.TemporaryDirectory() as folder:
        apart(write_workbook, Path(folder), children)
        (path,) = Path(folder).glob("annex-a*.xlsx")
        print(heading(f"Annex A, {children:,} synthetic children", [path]))
        floor = 0.0
        for name, code in FLOORS.items():
            used = measured(code, path, times=times)
            floor = used.cpu
            print(line(name, used, 0.0), flush=True)
        ours = measured(RECEIVE, folder, path, times=times)
        print(line("lineofsight receive", ours, floor), flush=True)
    if recorded := RECORDED.get(children):
        seconds, mib = recorded
        print(
            f"{'the open pipeline, recorded':<40}{seconds:>9.1f}{'':>18}{mib * 1.048576:>8.0f}"
            f"  not run here; {seconds / ours.cpu:,.0f} x ours whole, "
            f"{seconds / ours.cpu_beyond:,.0f} x ours without loading"
        )


def main() -> None:
    """Measure every size asked for: 1,000, 10,000 and 30,000 children unless told otherwise."""
    asked = arguments("Annex A", "ANNEX_A", [1_000, 10_000, 30_000])
    print(machine())
    for children in asked.sizes:
        report(children, asked.times)


if __name__ == "__main__":
    main()
