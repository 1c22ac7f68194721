"""Sorts the files of several years' SSDA903 returns into one delivery a year.

A council keeps its returns in a folder a year, or all in one, and exports a table under one name
every year. Files are one return as long as no table stands among them twice and their names do not
tell of different years.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from pathlib import Path

from lineofsight.returns.collection_year import year_in_dates, year_in_name
from lineofsight.returns.ssda903 import tables_in, title_of
from lineofsight.returns.ssda903_layout import LIBERTY, WORKERS
from lineofsight.returns.ssda903_xml import ROOT

# What an XML return cannot hold, so that it may lie beside it as CSV.
_BESIDE_XML = {WORKERS.title, LIBERTY.title}


def by_collection_year(paths: Sequence[Path]) -> list[tuple[Path, ...]]:
    """Sort the files of SSDA903 returns into deliveries, in the order of their first file.

    Where they are not one return, each folder is taken by itself; where that is none either, each
    year: the one in the file's name, else in the folder's, else the one in which nearly all dates
    of its episodes or reviews fall. Files that tell no year stay together.
    """
    if _are_one_return(paths):
        return [tuple(paths)] if paths else []
    folders = _grouped(paths, lambda path: path.parent)
    return [group for folder in folders for group in _years_apart(folder)]


def _are_one_return(paths: Sequence[Path]) -> bool:
    titles = [title_of(path) for path in paths]
    years = {year_in_name(path.stem) for path in paths} - {None}
    is_beside_xml = ROOT not in titles or set(titles) <= {ROOT, *_BESIDE_XML}
    return len(titles) == len(set(titles)) and len(years) < 2 and is_beside_xml


def _years_apart(paths: tuple[Path, ...]) -> list[tuple[Path, ...]]:
    return [paths] if _are_one_return(paths) else _grouped(paths, _year_of)


def _year_of(path: Path) -> int | None:
    named = year_in_name(path.stem) or year_in_name(path.parent.name)
    return named or year_in_dates(tables_in(path))


def _grouped(paths: Sequence[Path], key_of: Callable[[Path], Hashable]) -> list[tuple[Path, ...]]:
    groups: dict[Hashable, list[Path]] = {}
    for path in paths:
        groups.setdefault(key_of(path), []).append(path)
    return [tuple(group) for group in groups.values()]
