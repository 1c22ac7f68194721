"""One broken or hostile XML file each, and the whole message it is answered with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lineofsight.errors import SubmissionRefused
from lineofsight.returns import xml_reading
from lineofsight.returns.cin_census import read_cin_census
from lineofsight.returns.workforce_census import read_workforce_census
from lineofsight.returns.xml_reading import is_xml, unknown_xml
from tests.censuses import REFERRED, child, cin, header, written

WHOLE = cin(child(REFERRED))
DOCUMENT_TYPE = (
    "The file declares a document type (DOCTYPE), which no census does.\n"
    "  File: census.xml.\n"
    "  Such a declaration can make a reader fetch or unfold things. Export the census again from "
    "the case system, and deliver that file unedited."
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def _refusal(tmp_path: Path, text: str | bytes, read: Callable[[Path], object]) -> str:
    path = written(tmp_path / "census.xml", text)
    with pytest.raises(SubmissionRefused) as refused:
        read(path)
    assert refused.value.exit_code == 3
    return str(refused.value)


def _cin(tmp_path: Path, text: str | bytes) -> str:
    return _refusal(tmp_path, text, read_cin_census)


def _broken(what: str, line: int) -> str:
    return (
        f"{what}\n  File: census.xml, line {line}.\n"
        "  Export the census again from the case system, and deliver that file unedited."
    )


@pytest.mark.parametrize(
    "declaration",
    [
        pytest.param(f'<!DOCTYPE Message [<!ENTITY l0 "ha">{LAUGHS}]>', id="billion laughs"),
        pytest.param(
            '<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/hostname">]>', id="external entity"
        ),
        pytest.param('<!DOCTYPE Message SYSTEM "http://localhost:9/cin.dtd">', id="external DTD"),
        pytest.param("<!DOCTYPE Message>", id="bare"),
        pytest.param(f"<!-- {'x' * 200_000} --><!DOCTYPE Message>", id="after a long comment"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type(tmp_path: Path, declaration: str, encoding: str) -> None:
    text = declaration + WHOLE.replace("A1", "&x;").replace("Message", 'Message a="&l9;"', 1)
    assert _cin(tmp_path, text.encode(encoding)) == DOCUMENT_TYPE


@pytest.mark.parametrize(
    ("cut", "line"), [(len(WHOLE) - 3, 25), (WHOLE.index("A1"), 13), (WHOLE.index("<Sex>") + 2, 15)]
)
def test_a_file_cut_short(tmp_path: Path, cut: int, line: int) -> None:
    what = "The file stops in the middle: it was cut short on its way."
    assert _cin(tmp_path, WHOLE[:cut]) == _broken(what, line)


@pytest.mark.parametrize(
    ("right", "wrong", "broke"),
    [
        ("A1</LA", "A1</La", "an element ends that is not the one begun last"),
        ("A1", "A & B", "an '&' or a '<' stands in a text as it is"),
        ("A1", "A < B", "an '&' or a '<' stands in a text as it is"),
        ("A1", "&eacute;", "it uses an entity that XML does not have"),
        ("A1", "\x01", "it holds a character that XML does not allow"),
        ("A1", "x" * 11_000_000, "its elements are nested too deep, or a text in it is too long"),
        ("<LAchildID>A1", "<LAchildID id=1>A1", "it does not keep the rules of XML"),
    ],
)
def test_broken_xml(tmp_path: Path, right: str, wrong: str, broke: str) -> None:
    text = WHOLE.replace(right, wrong, 1)
    assert _cin(tmp_path, text) == _broken(f"The XML of the file is broken: {broke}.", 13)


def test_a_name_of_a_child_is_not_in_the_message(tmp_path: Path) -> None:
    """An unescaped sign makes the parser take a name for an element; it is not repeated."""
    text = WHOLE.replace("A1", "Anybody<Somebody", 1)
    message = _cin(tmp_path, text)
    assert "body" not in message


def test_bytes_of_another_encoding(tmp_path: Path) -> None:
    text = WHOLE.encode().replace(b"A1", b"\xe9", 1)
    what = "The XML of the file is broken: its bytes are not in the encoding that it names."
    assert _cin(tmp_path, text) == _broken(what, 13)


def test_an_encoding_nobody_knows(tmp_path: Path) -> None:
    what = "The XML of the file is broken: it names an encoding that nobody knows."
    text = '<?xml version="1.0" encoding="x-nothing"?>' + WHOLE
    assert _cin(tmp_path, text) == _broken(what, 1)


def test_a_prefix_that_is_not_declared(tmp_path: Path) -> None:
    text = WHOLE.replace("<Ethnicity>", "<c:Ethnicity>").replace("</Ethnicity>", "</c:Ethnicity>")
    what = "The XML of the file is broken: it uses a namespace prefix that it does not declare."
    assert _cin(tmp_path, text) == _broken(what, 18)


def test_nesting_ten_thousand_deep(tmp_path: Path) -> None:
    deep = "<a>\n" * 10_000 + "</a>" * 10_000
    what = (
        "The XML of the file is broken: its elements are nested too deep, or a text in it is "
        "too long."
    )
    assert _cin(tmp_path, cin(child(deep))) == _broken(what, 274)
    in_header = header().replace("<Source>", f"{deep}<Source>")
    assert _cin(tmp_path, cin(child(REFERRED), head=in_header)) == _broken(what, 262)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(bytes(range(256)) * 100, id="binary"),
        pytest.param(b"PK\x03\x04" + bytes(100), id="a zip archive"),
        pytest.param(b"", id="empty"),
        pytest.param(b"Child ID,Date\nA1,2024-01-01\n", id="text"),
    ],
)
def test_what_is_not_xml(tmp_path: Path, content: bytes) -> None:
    assert _cin(tmp_path, content) == _broken("The file is not XML.", 1)
    assert not is_xml(tmp_path / "census.xml")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SubmissionRefused) as refused:
        read_cin_census(tmp_path / "census.xml")
    assert str(refused.value) == (
        "The file cannot be opened: No such file or directory.\n"
        "  File: census.xml.\n"
        "  Check the name and that you may read the file."
    )


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("<Children><Child/></Children>", "Children"),
        ("<html><body>Sign in</body></html>", "html"),
        (cin(head=header(collection="CSWW")), "Message"),
    ],
)
def test_xml_of_another_kind(tmp_path: Path, text: str, root: str) -> None:
    assert _cin(tmp_path, text) == (
        f"The file is XML, but no children in need census: its outermost element is '{root}'.\n"
        "  File: census.xml.\n"
        "  Deliver the XML file that the case system makes for the Department's collection."
    )


def test_a_workforce_census_that_is_something_else(tmp_path: Path) -> None:
    assert _refusal(tmp_path, WHOLE, read_workforce_census) == (
        "The file is XML, but no children's social work workforce census: its outermost element "
        "is 'Message'.\n"
        "  File: census.xml.\n"
        "  Deliver the XML file that the case system makes for the Department's collection."
    )


def test_xml_that_is_no_census(tmp_path: Path) -> None:
    path = written(tmp_path / "census.xml", "<feed/>")
    assert is_xml(path)
    assert str(unknown_xml(path)) == (
        "The file is XML, but no census that is known: its outermost element is 'feed'.\n"
        "  File: census.xml.\n"
        "  Deliver the XML file that the case system makes for the Department's collection."
    )
    hostile = written(tmp_path / "census.xml", "<!DOCTYPE feed><feed/>")
    assert str(unknown_xml(hostile)) == DOCUMENT_TYPE


def test_a_census_without_children(tmp_path: Path) -> None:
    assert _cin(tmp_path, cin()) == (
        "The census holds no children.\n"
        "  File: census.xml, Message, Children.\n"
        "  Export the census again, with the children of the whole year."
    )


def test_a_workforce_census_without_workers(tmp_path: Path) -> None:
    text = f"<Message>{header(collection='CSWW', reference='2024-09-30')}</Message>"
    assert _refusal(tmp_path, text, read_workforce_census) == (
        "The census holds no workers.\n"
        "  File: census.xml, Message, CSWWWorker.\n"
        "  Export the census again, with the workers of the whole year."
    )


def test_a_header_without_a_year(tmp_path: Path) -> None:
    text = cin(child(REFERRED), head="<Header><Source><LEA>201</LEA></Source></Header>")
    message = _cin(tmp_path, text)
    assert message.startswith(
        "The header does not say which year the census covers.\n"
        "  File: census.xml, Header, CollectionDetails.\n"
        "  Write the reference date as <ReferenceDate>"
    )
    assert message.endswith("-03-31</ReferenceDate>.")


def test_a_reference_date_that_is_none(tmp_path: Path) -> None:
    text = cin(child(REFERRED), head=header(reference="the end of March"))
    assert _cin(tmp_path, text) == (
        "The header's ReferenceDate is not a date.\n"
        "  File: census.xml, Header, CollectionDetails.\n"
        "  Write the reference date as <ReferenceDate>2024-03-31</ReferenceDate>."
    )


def test_a_header_that_never_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_reading, "MOST_BYTES_A_RECORD", 1_000_000)
    text = cin(child(REFERRED), head=f"<Header>{'<Note>.</Note>' * 100_000}</Header>")
    assert _cin(tmp_path, text) == (
        "The header does not end within 1 MB of the file.\n"
        "  File: census.xml.\n"
        "  Export the census again from the case system, and deliver that file unedited."
    )


def test_a_child_that_never_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record is held in memory, so it has a limit; here a small one, to keep the file small."""
    monkeypatch.setattr(xml_reading, "MOST_BYTES_A_RECORD", 1_000_000)
    text = cin(child(REFERRED), child(*[REFERRED] * 20_000))
    assert _cin(tmp_path, text) == (
        "A record, <Child>, does not end within 1 MB of the file.\n"
        "  File: census.xml.\n"
        "  Export the census again from the case system, and deliver that file unedited."
    )
