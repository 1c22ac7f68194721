"""What a file of comparators is, is found in it, whatever it is called."""

from __future__ import annotations

import io
from datetime import date

import openpyxl  # type: ignore[import-untyped]
import pytest
from tests.published_drawn import LIST_HEADER, PEOPLE, PLANS, TEN, england, local, on_plans, table

from lineofsight.comparators.recognised import (
    NOTHING_SAID,
    Kind,
    NotRead,
    Recognised,
    Said,
    recognise,
)
from lineofsight.errors import UsageFault
from lineofsight.reference.periods import Month

PLANS_2024 = table(
    PLANS,
    f"{england(2023)},{on_plans('50000', '42.0')}",
    f"{england(2024)},{on_plans('49900', '41.6')}",
    f"{local('852', 2024)},{on_plans('277', '54.8')}",
)


def refused(name: str, content: bytes, said: Said = NOTHING_SAID) -> str:
    with pytest.raises(UsageFault) as fault:
        recognise(name, content, said)
    return str(fault.value)


def test_a_table_is_known_by_its_columns_and_a_known_release_has_its_day() -> None:
    assert recognise("download (3).csv", PLANS_2024) == Recognised(
        Kind.TABLE,
        "Children in need 2024, child protection plans",
        2023,
        2024,
        date(2024, 10, 31),
        date(2024, 10, 31),
    )


def test_capitals_of_columns_do_not_matter() -> None:
    """The release of 2025 writes 'awaiting_assessment' where that of 2024 had a capital."""
    spelled = PLANS_2024.replace(PLANS.encode(), PLANS.upper().encode())
    assert recognise("x.csv", spelled) == recognise("x.csv", PLANS_2024)


def test_a_day_that_is_not_known_is_not_guessed_but_the_figures_wait_nine_months() -> None:
    content = table(PLANS, f"{england(2022)},{on_plans('50920', '42.1')}")
    found = recognise("x.csv", content)
    assert (found.published_on, found.known_from) == (None, date(2023, 1, 1))
    said = recognise("x.csv", content, Said(published_on=date(2022, 10, 27)))
    assert (said.published_on, said.known_from) == (date(2022, 10, 27), date(2022, 10, 27))


def test_estimates_of_a_mid_year_belong_to_the_release_of_the_next_year() -> None:
    rows = f"{england(2023)},Children aged 0 to 17 years,11998646"
    found = recognise("people.csv", table(PEOPLE, rows))
    assert found.title == "Children in need 2024, population estimates used for rates"
    assert (found.first_year, found.published_on) == (2023, date(2024, 10, 31))


def test_a_breakdown_nobody_expects_is_refused_and_not_taken_for_the_whole() -> None:
    """Two rows for England in 2024, by sex: either would be read as all children."""
    content = table(
        f"sex,{PLANS}",
        f"{england(2024)},Female,{on_plans('24000', '41.0')}",
        f"{england(2024)},Male,{on_plans('25900', '42.1')}",
    )
    assert refused("by_sex.csv", content) == (
        "The table has several rows where one figure is expected.\n"
        "  File: by_sex.csv, area E92000001, year 2024. The release may have added a breakdown.\n"
        "  Keep the rows that are totals and leave out the others, or report it."
    )


def test_a_table_without_its_areas_is_refused() -> None:
    short = (
        "time_period,geographic_level,country_code,CPP_start,CPP_end,CPP_At31\n"
        "2024,Local authority,E92000001,1,2,3\n"
    )
    assert refused("short.csv", short.encode()) == (
        "The table does not say which areas its rows are of.\n"
        "  File: short.csv. It has no column region_code, region_name, old_la_code, la_name.\n"
        "  Download it again in full; columns that say the area may not be left out."
    )


def test_estimates_without_all_children_are_refused() -> None:
    content = table(PEOPLE, f"{england(2024)},Children aged 0 to 4 years,3000000")
    assert refused("people.csv", content) == (
        "The population estimates have no rows of all children.\n"
        "  File: people.csv. Looked for was 'Children aged 0 to 17 years'; there is Children aged "
        "0 to 4 years.\n"
        "  Give the table of estimates that comes with the release of children in need."
    )


def test_a_table_of_which_nothing_is_read_says_what_it_is_most_like() -> None:
    content = table("CPP_start,Neglect_Initial", f"{england(2024)},61840,29000")
    assert refused("d2.csv", content) == (
        "No comparator is read from this table.\n"
        "  File: d2.csv. It is most like 'second or subsequent plans', which also has: "
        "CPP_subsequent.\n"
        "  Leave it out; if its columns were renamed, report it with the first line of the file."
    )
    with pytest.raises(NotRead):
        recognise("d2.csv", content)


def test_another_file_is_refused() -> None:
    assert refused("letter.csv", b"Dear all,\n") == (
        "The file is neither a published table nor a list of statistical neighbours.\n"
        "  File: letter.csv. A table has columns such as time_period and geographic_level; a list "
        "has SN1 to SN10.\n"
        "  Give the CSV files of Explore Education Statistics, or the list as workbook or CSV."
    )


def test_text_that_is_not_utf_8_is_refused() -> None:
    broken = PLANS_2024.replace(b"Place 852", b"Pl\xe2ce 852")
    assert "The file is not UTF-8 text" in refused("latin.csv", broken)


def test_a_list_nobody_knows_must_be_told_its_month() -> None:
    content = f"{LIST_HEADER}\n852,Southampton,6,South East,{TEN}\n".encode()
    assert refused("list.csv", content) == (
        "The list of neighbours is none of those known, and does not say when it was issued.\n"
        "  File: list.csv. Known are April 2021 and May 2025.\n"
        "  Say the month it was issued in with --issued, for example --issued 2025-05."
    )
    found = recognise("list.csv", content, Said(issued=Month.parse("2014-10")))
    assert (found.title, found.known_from) == (
        "Statistical neighbours, October 2014",
        date(2014, 10, 1),
    )


def test_a_list_in_a_workbook_is_read_below_its_rows_of_numbers() -> None:
    """As the Local Authority Interactive Tool has it: numbers, the header, authorities, and one
    made since, with dashes."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["A", "B", "C"])
    ranks = [text for rank in range(1, 11) for text in (f"SN{rank}", "SNP")]
    sheet.append(["LA num", "LA Name", "LA number", "GOInd", "GOReg", *ranks])
    sheet.append([852, "Southampton", 852, 6, "South East", *TEN.split(",")])
    sheet.append([942, "Cumberland", 942, 5, "North West", *["-"] * 20])
    content = io.BytesIO()
    book.save(content)
    found = recognise("groups.xlsx", content.getvalue(), Said(issued=Month.parse("2030-01")))
    assert (found.kind, found.title) == (Kind.NEIGHBOURS, "Statistical neighbours, January 2030")


def test_a_day_before_the_figures_is_refused() -> None:
    said = Said(published_on=date(2024, 3, 31))
    assert refused("d1.csv", PLANS_2024, said) == (
        "The table cannot have been published before its newest year ended.\n"
        "  File: d1.csv. Published on 31 March 2024, its newest figures are of 31 March 2024.\n"
        "  Say the day the release came out, or give files of several releases apart."
    )
