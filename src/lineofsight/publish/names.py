"""What the files of a paper are called, and those of the folder with a page an indicator."""

from __future__ import annotations

_PAGES = "-pages"
INDEX = "index.html"
GLOSSARY = "glossary.html"


def pages_folder(stem: str) -> str:
    """Name the folder beside a paper that holds its pages: 'overview-2020-08-pages'."""
    return f"{stem}{_PAGES}"


def archive_name(stem: str) -> str:
    """Name the archive in which the pages are drawn and kept: 'overview-2020-08-pages.zip'."""
    return f"{pages_folder(stem)}.zip"


def paper_of(archive: str) -> str:
    """Name the page that an archive's folder stands beside, by the archive's name or stem.

    >>> paper_of("overview-2020-08-pages.zip")
    'overview-2020-08.html'
    """
    return f"{archive.removesuffix('.zip').removesuffix(_PAGES)}.html"


def page_file(identity: str) -> str:
    """Name the page of an indicator by its identity."""
    return f"{identity}.html"
