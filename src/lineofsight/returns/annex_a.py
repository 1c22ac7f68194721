"""Ofsted's Annex A: one workbook of eleven lists, the child-level data of an inspection.

Lists 3 to 8 are needed; a council may have nothing for the others and leave them out. The lists
carry no date of their own: see `cover`.
"""

from __future__ import annotations

from lineofsight.returns.annex_a_layout import LISTS
from lineofsight.returns.return_kind import ReturnKind

ANNEX_A = ReturnKind("Annex A", "annex-a", LISTS, describes_children=True)
