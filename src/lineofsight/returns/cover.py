"""The sheet 'Cover' of a workbook: whose delivery it is and which days it covers.

Two columns, a label and its value. The returns themselves say none of this, and the program never
assumes it.
"""

from __future__ import annotations

COVER_SHEET = "Cover"
RETURN, AUTHORITY, AUTHORITY_CODE = "Return", "Authority", "Authority code"
DATA_FROM, DATA_TO, AS_AT, SYNTHETIC = "Data from", "Data to", "As at", "Synthetic"
COVER_LABELS = (RETURN, AUTHORITY, AUTHORITY_CODE, DATA_FROM, DATA_TO, AS_AT, SYNTHETIC)
