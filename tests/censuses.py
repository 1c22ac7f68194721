"""Writes small censuses in XML as a case system would, whole or with one thing wrong."""

from __future__ import annotations

from pathlib import Path

IDENTITY = """
<ChildIdentifiers>
<LAchildID>A1</LAchildID>
<PersonBirthDate>2015-06-01</PersonBirthDate>
<Sex>F</Sex>
</ChildIdentifiers>
<ChildCharacteristics>
<Ethnicity>WBRI</Ethnicity>
<Disabilities><Disability>NONE</Disability></Disabilities>
</ChildCharacteristics>
"""
HEADER = """<Header>
<CollectionDetails>
<Collection>{collection}</Collection>
<Year>{year}</Year>
<ReferenceDate>{reference}</ReferenceDate>
</CollectionDetails>
<Source><LEA>201</LEA></Source>
</Header>
"""
REFERRED = "<CINreferralDate>2023-05-02</CINreferralDate><ReferralNFA>0</ReferralNFA>"


def header(collection: str = "CIN", year: str = "2024", reference: str = "2024-03-31") -> str:
    """A header as every collection has it."""
    return HEADER.format(collection=collection, year=year, reference=reference)


def child(*episodes: str, identity: str = IDENTITY) -> str:
    """A child with episodes of need, each given by what stands inside CINdetails."""
    inside = "".join(f"\n<CINdetails>{episode}</CINdetails>" for episode in episodes)
    return f"<Child>{identity}{inside}\n</Child>\n"


def identified(child_id: str) -> str:
    """The identity of another child."""
    return IDENTITY.replace("A1", child_id)


def cin(*children: str, head: str | None = None) -> str:
    """A children in need census of some children; the first stands on line 11."""
    inside = "".join(children)
    return f"<Message>\n{head or header()}<Children>\n{inside}</Children>\n</Message>\n"


def written(path: Path, text: str | bytes) -> Path:
    """Write a file and give its path."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
