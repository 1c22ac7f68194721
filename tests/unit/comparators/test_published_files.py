"""Drawn files: symbols stay symbols, spellings are mapped, the newest release counts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineofsight.comparators.explore_education import Cell, meaning, read_cell
from lineofsight.comparators.published import Published, read_published
from lineofsight.errors import UsageFault

AREA = (
    "time_period,time_identifier,geographic_level,country_code,country_name,"
    "region_code,region_name,old_la_code,new_la_code,la_name"
)
REFERRALS_2024 = (
    "Referrals,Referrals_rate,Re_referrals,Re_referrals_percent,"
    "No_Further_Action,No_Further_Action_percent"
)
REFERRALS_2025 = (
    "referral_count,rereferral_count,rereferral_percent,"
    "no_further_action_count,no_further_action_percent"
)
CONFERENCES = "Section47,Section47_rate,ICPC,ICPC_rate,Duration_0-10_days,Duration_11-15_days"
WORKFORCE = (
    "inpost_fte,leavers_fte,turnover_rate_fte,agency_fte,agency_rate_fte,vacancy_fte,"
    "vacancy_rate_fte,case_holders_fte,cases,caseload_fte,working_days_lost_fte,absence_rate_fte"
)
STABILITY = "cla_group,placement_stability,children_count,children_percent"


def southampton(year: int | str) -> str:
    return (
        f"{year},Reporting year,Local authority,E92000001,England,"
        "E12000008,South East,852,E06000045,Southampton"
    )


def england(year: int) -> str:
    return f"{year},Reporting year,National,E92000001,England,,,,,"


def draw(folder: Path, name: str, columns: str, *rows: str, mark: str = "") -> None:
    lines = [f"{mark}{AREA},{columns}", *rows]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def value(published: Published, indicator: str, year: int, area: str = "852") -> Decimal | None:
    figure = published.figure(indicator, area, year)
    assert figure is not None
    return figure.value


@given(st.text())
def test_only_what_is_written_as_a_number_is_one(text: str) -> None:
    cell = read_cell(text)
    plain = text.strip().removeprefix("-").replace(".", "", 1)
    assert (cell.number is None) or plain.isdigit()
    assert (cell.number is None) != (cell.symbol == "") or text.strip() == ""


@pytest.mark.parametrize("symbol", ["c", "z", "x", "k", "low", "u", ":", "", "~", "1-5", "<5"])
def test_a_symbol_is_no_number(symbol: str) -> None:
    assert read_cell(f" {symbol} ") == Cell(None, symbol)


def test_a_true_zero_is_a_number() -> None:
    assert read_cell("0") == Cell(Decimal(0))


def test_what_a_symbol_means_is_said() -> None:
    assert meaning("c") == "published as 'c': suppressed so that no child can be identified"
    assert meaning("~") == "published as '~': a mark the Department's guidance does not explain"
    assert meaning("") == "left blank in the published file"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_is_known_by_its_columns_with_or_without_byte_order_mark(
    tmp_path: Path, mark: str
) -> None:
    row = f"{southampton(2024)},200,150.0,40,20,10,5"
    draw(tmp_path, "any name.csv", REFERRALS_2024, row, mark=mark)
    published = read_published(tmp_path)
    assert value(published, "front_door.re_referrals", 2024) == Decimal(20)
    assert value(published, "front_door.referral_rate", 2024) == Decimal("150.0")


def test_both_spellings_give_the_same_figure(tmp_path: Path) -> None:
    for name, columns, cells in (
        ("older", REFERRALS_2024, "200,150.0,40,20,10,5"),
        ("newer", REFERRALS_2025, "200,40,20,10,5"),
    ):
        (tmp_path / name).mkdir()
        draw(tmp_path / name, "c1.csv", columns, f"{southampton(2024)},{cells}")
    older, newer = read_published(tmp_path / "older"), read_published(tmp_path / "newer")
    for indicator in ("front_door.re_referrals", "front_door.no_further_action"):
        assert value(older, indicator, 2024) == value(newer, indicator, 2024) is not None


def test_the_newest_release_counts_also_when_it_withdraws_a_figure(tmp_path: Path) -> None:
    old = f"{southampton(2024)},200,150.0,40,20,10,5"
    draw(tmp_path, "old.csv", REFERRALS_2024, old)
    new = (f"{southampton(2025)},300,60,20,9,3", f"{southampton(2024)},210,u,u,21,10")
    draw(tmp_path, "new.csv", REFERRALS_2025, *new)
    published = read_published(tmp_path)
    assert value(published, "front_door.no_further_action", 2024) == Decimal(10)
    withdrawn = published.figure("front_door.re_referrals", "852", 2024)
    assert withdrawn is not None
    assert (withdrawn.value, withdrawn.symbol) == (None, "u")
    assert withdrawn.release.title == "Children in need 2025"


def test_a_rate_the_newest_release_leaves_out_is_taken_from_the_one_before(tmp_path: Path) -> None:
    draw(tmp_path, "old.csv", REFERRALS_2024, f"{southampton(2024)},200,150.0,40,20,10,5")
    draw(tmp_path, "new.csv", REFERRALS_2025, f"{southampton(2025)},300,60,20,9,3")
    published = read_published(tmp_path)
    assert value(published, "front_door.referral_rate", 2024) == Decimal("150.0")
    assert published.years("front_door.referral_rate") == (2024,)


def test_a_rate_is_worked_out_from_the_population_of_the_year_before(tmp_path: Path) -> None:
    draw(tmp_path, "new.csv", REFERRALS_2025, f"{southampton(2025)},300,60,20,9,3")
    people = (
        f"{england(2024)},Children aged 0 to 17 years,12000000",
        f"{southampton(2024)},Children aged 0 to 17 years,50000",
        f"{southampton(2023)},Children aged 0 to 17 years,1",
    )
    draw(tmp_path, "people.csv", "age_group,population_estimate", *people)
    figure = read_published(tmp_path).figure("front_door.referral_rate", "852", 2025)
    assert figure is not None
    assert (figure.value, figure.is_derived) == (Decimal(60), True)


def test_conferences_in_time_are_a_share_of_all_conferences(tmp_path: Path) -> None:
    """Bands add up to 8 of 10: those without a usable duration stay in the denominator."""
    rows = (
        f"{southampton(2024)},30,6.0,10,2.0,1,5",
        f"{southampton(2023)},30,6.0,10,2.0,c,5",
        f"{southampton(2022)},0,0,0,0,0,0",
    )
    draw(tmp_path, "c4.csv", CONFERENCES, *rows)
    published = read_published(tmp_path)
    found = [
        published.figure("child_protection.icpc_timeliness", "852", year)
        for year in (2024, 2023, 2022)
    ]
    assert [(one.value, one.symbol) for one in found if one] == [
        (Decimal(60), ""),
        (None, "c"),
        (None, "none counted"),
    ]


def test_the_whole_can_stand_in_a_row_of_its_own(tmp_path: Path) -> None:
    group = (
        "Children looked after continuously for at least 2.5 years on 31 March aged under 16 years"
    )
    rows = (
        f"{southampton(2024)},{group},Living with the same carer for at least 2 years,90,60",
        f"{southampton(2024)},{group},Total children,150,100",
    )
    draw(tmp_path, "stability.csv", STABILITY, *rows)
    figure = read_published(tmp_path).figure(
        "children_looked_after.placement_stability", "852", 2024
    )
    assert figure is not None
    assert (figure.numerator, figure.denominator, figure.exact) == (
        Decimal(90),
        Decimal(150),
        Decimal(60),
    )


@pytest.mark.parametrize(("year", "days"), [(2023, 253), (2024, 254)])
def test_absence_is_of_the_working_days_of_the_year(tmp_path: Path, year: int, days: int) -> None:
    cells = "10.0,1.0,10,2.0,16.7,3.0,23.1,8.0,120,15,c,c"
    draw(tmp_path, "workforce.csv", WORKFORCE, f"{southampton(year)},{cells}")
    published = read_published(tmp_path)
    figure = published.figure("workforce.absence_rate", "852", year)
    assert figure is not None
    assert (figure.denominator, figure.value, figure.symbol) == (Decimal(10 * days), None, "c")
    assert value(published, "workforce.caseload", year) == Decimal(15)


def test_a_span_of_years_is_the_year_it_ends_in(tmp_path: Path) -> None:
    draw(tmp_path, "c1.csv", REFERRALS_2024, f"{southampton('202324')},200,150.0,40,20,10,5")
    assert read_published(tmp_path).years("front_door.re_referrals") == (2024,)


def test_files_without_a_figure_are_named_and_others_left_alone(tmp_path: Path) -> None:
    draw(tmp_path, "c1.csv", REFERRALS_2024, f"{southampton(2024)},200,150.0,40,20,10,5")
    draw(tmp_path, "b2.csv", "Autism_percent", f"{southampton(2024)},5")
    draw(tmp_path, "c6.csv", REFERRALS_2024, f"{southampton('2024 April')},20,15.0,4,20,1,5")
    (tmp_path / "neighbours.csv").write_text("LA number,SN1\n852,851\n", encoding="utf-8")
    assert read_published(tmp_path).unused == ("b2.csv", "c6.csv")


def test_a_row_that_breaks_off_has_blanks(tmp_path: Path) -> None:
    draw(tmp_path, "c1.csv", REFERRALS_2024, f"{southampton(2024)},200,150.0")
    figure = read_published(tmp_path).figure("front_door.re_referrals", "852", 2024)
    assert figure is not None
    assert (figure.value, figure.symbol, meaning(figure.symbol)) == (
        None,
        "",
        "left blank in the published file",
    )


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "c1.csv").write_bytes(f"{AREA},{REFERRALS_2024}\n2024,\xe9\n".encode("cp1252"))
    with pytest.raises(UsageFault) as refused:
        read_published(tmp_path)
    assert str(refused.value) == (
        "The file is not UTF-8 text, as the Department's files are.\n"
        "  File: c1.csv.\n"
        "  Download it again, or take it out of the folder of published statistics."
    )


def test_a_folder_without_published_files_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    with pytest.raises(UsageFault) as refused:
        read_published(folder)
    assert str(refused.value) == (
        "There is no published statistics file to read.\n"
        "  Folder: downloads. A file has columns such as time_period and geographic_level.\n"
        "  Download the data files of a release ('Download all data') and give their folder."
    )
