"""The column of the local tables that says which child a row is about."""

from __future__ import annotations

from lineofsight.returns.layout import Column, column

_SAME_AS_ELSEWHERE = "The identifier in your case system, as in your other returns; never a name."


def child_column(field: object, *also: str) -> Column:
    """Declare the child's identifier, as every local table about children has it."""
    spellings = ("Child Unique ID", "Child ID", *also)
    return column("Child", field, also=spellings, needed=True, hint=_SAME_AS_ELSEWHERE)
