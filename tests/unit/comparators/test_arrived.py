"""Files, folders with their folders, and zipped downloads are looked into."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from lineofsight.comparators.arrived import Arrived, arrived
from lineofsight.errors import UsageFault


def test_a_file_is_named_and_what_lies_in_a_folder_is_not(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "b.csv").write_bytes(b"2")
    (tmp_path / "a.XLSX").write_bytes(b"1")
    (tmp_path / "notes.txt").write_bytes(b"3")
    assert list(arrived(tmp_path / "data" / "b.csv")) == [Arrived("b.csv", b"2", is_named=True)]
    assert list(arrived(tmp_path)) == [
        Arrived("a.XLSX", b"1", is_named=False),
        Arrived("b.csv", b"2", is_named=False),
    ]


def test_a_zipped_download_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "release.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/d1.csv", "1")
        archive.writestr("data-guidance/data-guidance.txt", "read me")
    assert list(arrived(path)) == [Arrived("d1.csv", b"1", is_named=False)]


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "release.zip"
    path.write_bytes(b"PK\x03\x04 cut short")
    with pytest.raises(UsageFault) as refused:
        list(arrived(path))
    assert str(refused.value) == (
        "The zipped download cannot be unpacked.\n"
        "  File: release.zip. It is damaged, or locked with a password.\n"
        "  Download it again, or unpack it and give its folder."
    )


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"{number}.csv", b"0" * 90_000_000)
    with pytest.raises(UsageFault, match="unpacks to more than is read"):
        list(arrived(path))
