"""What does not fit into Excel is refused before anything is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from lineofsight.errors import UsageFault
from lineofsight.synthetic.workbook import MOST_ROWS, Cover, write_workbook

DAY = date(2020, 8, 31)
COVER = Cover("Annex A", "Nowhere (synthetic)", "999", date(2015, 9, 1), DAY, DAY)


def test_every_sheet_that_is_too_long_for_excel_is_named_and_no_file_is_left(
    tmp_path: Path,
) -> None:
    path = tmp_path / "annex-a.xlsx"
    numbers = pl.DataFrame({"Child Unique ID": range(MOST_ROWS + 1)})
    sheets = {"List 1": numbers, "List 2": numbers.head(1), "List 3": numbers}
    with pytest.raises(UsageFault) as refused:
        write_workbook(path, COVER, sheets)
    assert str(refused.value) == (
        "A sheet of 1,048,576 rows does not fit into Excel.\n"
        "  File: annex-a.xlsx, sheet 'List 1'.\n"
        "  A sheet holds 1,048,575 rows: let Annex A be delivered year by year, or make a smaller "
        "authority.\n"
        "A sheet of 1,048,576 rows does not fit into Excel.\n"
        "  File: annex-a.xlsx, sheet 'List 3'.\n"
        "  A sheet holds 1,048,575 rows: let Annex A be delivered year by year, or make a smaller "
        "authority."
    )
    assert not path.exists()
