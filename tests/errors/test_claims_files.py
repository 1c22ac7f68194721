"""Papers that cannot be read: three sentences each, and nothing of what stands in them."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from lineofsight.claims import reading
from lineofsight.claims.reading import read_lines
from lineofsight.errors import UsageFault

SAVE = "Open it in the program it was written with and save it anew, without a password."


def refusal(path: Path) -> str:
    """What reading a file is answered with."""
    with pytest.raises(UsageFault) as refused:
        read_lines(path)
    return str(refused.value)


def test_a_kind_nobody_knows(tmp_path: Path) -> None:
    path = tmp_path / "paper.odt"
    path.write_bytes(b"x")
    assert refusal(path) == (
        "It is not known how to read this file.\n  File: paper.odt.\n"
        "  Give it as one of .md, .txt, .docx, .pdf."
    )


@pytest.mark.parametrize(("name", "kind"), [("a.docx", "Word document"), ("a.pdf", "PDF")])
@pytest.mark.parametrize("content", [b"", b"Jo Bloggs", b"PK\x03\x04Jo", b"%PDF-1.7\n1 0 obj\n"])
def test_a_broken_file(tmp_path: Path, name: str, kind: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    said = f"The file cannot be read as a {kind}.\n  File: {name}.\n  {SAVE}"
    assert refusal(path) == said


def test_text_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_bytes("73\xa0%".encode("utf-16"))
    assert refusal(path) == (
        "The file cannot be read as text.\n  File: paper.txt.\n  Save it as plain text in UTF-8."
    )


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "closed.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert refusal(path) == (
        "The PDF is encrypted.\n  File: closed.pdf.\n"
        "  Save a copy without a password, and give that."
    )


def test_a_pdf_that_only_its_editor_may_change_is_read(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(path, encryption=pikepdf.Encryption(owner="o", user=""))
    assert refusal(path).startswith("The file holds no text.")


def test_a_scan(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(path)
    assert refusal(path) == (
        "The file holds no text.\n  File: scan.pdf.\n"
        "  If it is a scan, give the document that it was printed from."
    )


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 3)
    path = tmp_path / "paper.md"
    path.write_bytes(b"much")
    assert refusal(path) == (
        "The file is too large to be a paper.\n  File: paper.md.\n  Give the text alone, in parts."
    )
