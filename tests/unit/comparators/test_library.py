"""Comparators are kept whole, read as they were on a day, and never quietly changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.published_drawn import LIST_HEADER, PLANS, TEN, england, local, on_plans, table

from lineofsight import disk
from lineofsight.comparators.library import Holding, Library
from lineofsight.comparators.recognised import NOTHING_SAID, Said, recognise
from lineofsight.errors import StoreFault, UnknownName
from lineofsight.reference.periods import Month


def plans(rate: str, year: int = 2022, more: str = "") -> bytes:
    rows = [f"{england(year)},{on_plans('50920', rate)}"]
    return table(PLANS, *rows, *([more] if more else []))


def added(library: Library, name: str, content: bytes, said: Said = NOTHING_SAID) -> Holding:
    found = recognise(name, content, said)
    return library.add(name, content, found, "analyst", lambda identity: None)


def rate(library: Library, known_on: date | None = None) -> Decimal | None:
    published = library.published(known_on)
    assert published is not None
    figure = published.figure("child_protection.plan_rate", "E92000001", 2022)
    return figure.value if figure else None


def test_what_was_added_is_there_as_it_came(tmp_path: Path) -> None:
    library, content = Library(tmp_path), plans("42.1")
    holding = added(library, "d1.csv", content, Said(published_on=date(2022, 10, 27)))
    assert Library(tmp_path).holdings() == (holding,)
    assert library.known(content) == holding
    assert library.known(plans("42.2")) is None
    kept = tmp_path / "comparators" / holding.id / "file.csv"
    assert kept.read_bytes() == content
    assert rate(library) == Decimal("42.1")


def test_an_empty_store_has_no_figures(tmp_path: Path) -> None:
    assert Library(tmp_path).published() is None
    assert Library(tmp_path / "nowhere").holdings() == ()


def test_only_what_was_published_by_a_day_is_read(tmp_path: Path) -> None:
    """The rate of 2022 as first published, and as a year later, with other populations."""
    library = Library(tmp_path)
    added(library, "first.csv", plans("42.1"), Said(published_on=date(2022, 10, 27)))
    later = plans("43.3", 2022, f"{england(2023)},{on_plans('50780', '42.7')}")
    added(library, "later.csv", later, Said(published_on=date(2023, 10, 26)))
    assert library.published(date(2022, 10, 26)) is None
    assert rate(library, date(2022, 10, 27)) == Decimal("42.1")
    assert rate(library, date(2023, 10, 25)) == Decimal("42.1")
    assert rate(library, date(2023, 10, 26)) == Decimal("43.3")


def test_a_corrected_file_of_one_release_replaces_the_first(tmp_path: Path) -> None:
    library = Library(tmp_path)
    added(library, "z.csv", plans("42.1"), Said(published_on=date(2022, 10, 27)))
    added(library, "a.csv", plans("42.2"), Said(published_on=date(2022, 11, 3)))
    assert rate(library, date(2022, 10, 31)) == Decimal("42.1")
    assert rate(library) == Decimal("42.2")


def test_a_list_in_the_store_is_used_from_its_year_on(tmp_path: Path) -> None:
    library = Library(tmp_path)
    added(library, "d1.csv", plans("42.1"))
    content = f"{LIST_HEADER}\n852,Southampton,6,South East,{TEN}\n".encode()
    added(library, "list.csv", content, Said(issued=Month.parse("2022-02")))
    published = library.published()
    assert published is not None
    ours = tuple(str(code) for code in range(301, 311))
    versions = {year: published.neighbours_for(year).group_version for year in range(2020, 2026)}
    assert versions == {
        2020: "April 2021",
        2021: "April 2021",
        2022: "February 2022",
        2023: "February 2022",
        2024: "February 2022",
        2025: "May 2025",
    }
    assert published.neighbours_for(2023).of("852") == ours


def test_suppressed_neighbours_stay_symbols(tmp_path: Path) -> None:
    library = Library(tmp_path)
    added(library, "d1.csv", plans("42.1", more=f"{local('301', 2022)},{on_plans('c', 'c')}"))
    published = library.published()
    assert published is not None
    figure = published.figure("child_protection.plan_rate", "301", 2022)
    assert figure is not None
    assert (figure.value, figure.numerator, figure.symbol) == (None, None, "c")


def test_a_file_that_is_not_what_was_kept_is_refused(tmp_path: Path) -> None:
    library = Library(tmp_path / "store")
    holding = added(library, "d1.csv", plans("42.1"))
    path = tmp_path / "store" / "comparators" / holding.id / "file.csv"
    path.write_bytes(plans("12.1"))
    with pytest.raises(StoreFault) as refused:
        library.published()
    assert str(refused.value) == (
        "A file of comparators is not what was kept.\n"
        f"  Store: store, comparators {holding.id}, file file.csv.\n"
        "  Restore its folder from a backup, or remove it."
    )
    path.unlink()
    with pytest.raises(StoreFault, match="is missing"):
        library.published()
    (path.parent / "holding.json").write_text("{}", encoding="utf-8")
    with pytest.raises(StoreFault, match="facts of a file of comparators cannot be read"):
        library.holdings()


def test_what_fails_while_it_is_written_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills between the file and its facts: the store is as it was."""
    library = Library(tmp_path)

    def full(path: Path, content: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(disk, "write_json", full)
        with pytest.raises(StoreFault, match="no room left"):
            added(library, "d1.csv", plans("42.1"))
    assert library.holdings() == ()
    assert list(tmp_path.glob("**/file.csv")) == []
    assert added(library, "d1.csv", plans("42.1")) in library.holdings()


def test_what_was_removed_is_gone_and_can_be_added_again(tmp_path: Path) -> None:
    library, told = Library(tmp_path), list[str]()
    holding = added(library, "d1.csv", plans("42.1"))
    with pytest.raises(UnknownName, match="There is no file of comparators 'nothing'"):
        library.remove("nothing", told.append)
    assert library.remove(holding.id, told.append) == holding
    assert (library.holdings(), told) == ((), [holding.id])
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".writing")] == []
    added(library, "d1.csv", plans("42.1"), Said(published_on=date(2022, 10, 27)))
    assert library.holdings()[0].published_on == date(2022, 10, 27)
