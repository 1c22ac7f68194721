"""The sheet 'Cover' of a workbook: whose delivery it is and which days it covers.

Two columns, a label and its value. The lists themselves say none of this, and the program never
assumes it: where the cover is silent, whoever delivers the file says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from lineofsight.errors import Fault
from lineofsight.reference.periods import day_name
from lineofsight.returns.conversion import cleaned_cells, read_day
from lineofsight.returns.layout import header_key
from lineofsight.returns.reading import ROW, SheetCells

COVER_SHEET = "Cover"
RETURN, AUTHORITY, AUTHORITY_CODE = "Return", "Authority", "Authority code"
DATA_FROM, DATA_TO, AS_AT, SYNTHETIC = "Data from", "Data to", "As at", "Synthetic"
COVER_LABELS = (RETURN, AUTHORITY, AUTHORITY_CODE, DATA_FROM, DATA_TO, AS_AT, SYNTHETIC)
_DAYS = {DATA_FROM: "--from", DATA_TO: "--to", AS_AT: "--as-at"}


@dataclass(frozen=True)
class Stated:
    """What is known of a delivery besides its rows; None where nobody has said it.

    What was said of a whole folder `gives_way` to what a file in it says of itself.
    """

    first_day: date | None = None
    last_day: date | None = None
    as_at: date | None = None
    authority: str | None = None
    authority_code: str | None = None
    is_synthetic: bool | None = None
    gives_way: bool = False


def read_cover(cells: SheetCells | None, file: str) -> tuple[Stated, list[Fault]]:
    """Read the cover, if there is one, and say which of its dates cannot be read."""
    entries = _entries(cells) if cells else {}
    days = {label: entries.get(header_key(label)) for label in _DAYS}
    read = {label: read_day(text) if text else None for label, text in days.items()}
    faults = [
        Fault(
            f"The cover's '{label}' is not a date.",
            f"File: {file}, sheet '{COVER_SHEET}', entry '{label}'.",
            "Write it as day, month and year: 31/08/2020.",
        )
        for label, text in days.items()
        if text and read[label] is None
    ]
    return _stated(entries, read), faults


def _entries(cells: SheetCells) -> dict[str, str]:
    texts = cleaned_cells(cells.rows.drop(ROW))
    filled = ([text for text in row if text] for row in texts.rows())
    return {header_key(row[0]): row[1] for row in filled if len(row) > 1}


def _stated(entries: dict[str, str], days: dict[str, date | None]) -> Stated:
    synthetic = entries.get(header_key(SYNTHETIC))
    return Stated(
        days[DATA_FROM],
        days[DATA_TO],
        days[AS_AT],
        entries.get(header_key(AUTHORITY)),
        entries.get(header_key(AUTHORITY_CODE)),
        synthetic.casefold() in ("yes", "y", "true", "1") if synthetic else None,
    )


@dataclass(frozen=True)
class Settled:
    """What is known of a delivery once cover and caller are joined; what nobody said is empty."""

    first_day: date
    last_day: date
    as_at: date
    authority: str
    authority_code: str
    is_synthetic: bool


def settle(
    cover: Stated, given: Stated, file: str, hint: Callable[[], str]
) -> tuple[Settled | None, list[Fault]]:
    """Join what the cover says and what was given; say where they differ or both are silent.

    `hint` makes a sentence of what the file itself suggests. Without all three days there is
    nothing to settle on.
    """
    faults = [*_differences(cover, given, file)]
    one, other = (cover, given) if given.gives_way else (given, cover)
    first = one.first_day or other.first_day
    last = one.last_day or other.last_day
    as_at = one.as_at or other.as_at
    if first is None or last is None or as_at is None:
        silent = {DATA_FROM: first, DATA_TO: last, AS_AT: as_at}
        return None, [*faults, _silence([k for k, v in silent.items() if v is None], file, hint())]
    if not first <= last <= as_at:
        faults.append(_impossible(first, last, as_at, file))
    authority = cover.authority or given.authority or ""
    code, synthetic = cover.authority_code or "", bool(cover.is_synthetic)
    return Settled(first, last, as_at, authority, code, synthetic), faults


def _differences(cover: Stated, given: Stated, file: str) -> Iterator[Fault]:
    names = (("first_day", DATA_FROM), ("last_day", DATA_TO), ("as_at", AS_AT))
    for name, label in names:
        on_cover, by_hand = getattr(cover, name), getattr(given, name)
        if on_cover and by_hand and on_cover != by_hand and not given.gives_way:
            what = f"The cover's '{label}' is {day_name(on_cover)}, but {_DAYS[label]} is "
            yield Fault(
                f"{what}{day_name(by_hand)}.",
                f"File: {file}, sheet '{COVER_SHEET}'.",
                f"Leave out {_DAYS[label]}, or correct the cover.",
            )

    if _is_another(cover.authority, given.authority):
        yield Fault(
            f"The cover's '{AUTHORITY}' is '{cover.authority}', but --authority is "
            f"'{given.authority}'.",
            f"File: {file}, sheet '{COVER_SHEET}'.",
            "Leave out --authority, or correct the cover.",
        )


def _is_another(on_cover: str | None, by_hand: str | None) -> bool:
    if not on_cover or not by_hand:
        return False
    return header_key(on_cover) != header_key(by_hand)


def _silence(labels: list[str], file: str, hint: str) -> Fault:
    listed = " or ".join(f"'{label}'" for label in labels)
    options = " ".join(f"{_DAYS[label]} DATE" for label in labels)
    return Fault(
        f"The delivery does not say which days it covers: there is no {listed}.",
        f"File: {file}; such entries stand on a sheet '{COVER_SHEET}'.",
        f"Give {options}. {hint}".strip(),
    )


def _impossible(first: date, last: date, as_at: date, file: str) -> Fault:
    return Fault(
        f"The days do not follow one another: from {day_name(first)} to {day_name(last)}, "
        f"as at {day_name(as_at)}.",
        f"File: {file}.",
        "The first day comes before the last, and the lists are made on the last day or later.",
    )
