"""A kind of return: its name, its sheets, and the journey tables they become."""

from __future__ import annotations

from dataclasses import dataclass

from lineofsight.returns.layout import Sheet


@dataclass(frozen=True)
class ReturnKind:
    """One kind of return that can be delivered; `slug` begins the identity of its submissions.

    `is_kept_by_hand`: people fill in the sheets they keep, so one without rows says nothing.
    """

    name: str
    slug: str
    sheets: tuple[Sheet, ...]
    describes_children: bool = False
    is_kept_by_hand: bool = False

    @property
    def tables(self) -> tuple[str, ...]:
        """The journey tables the return can fill, in the order of its sheets."""
        names = [table.__name__ for sheet in self.sheets for table in sheet.tables]
        return (*names, "children") if self.describes_children else tuple(names)
