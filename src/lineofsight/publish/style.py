"""The look of the paper, kept in one place so that the four formats are recognisably one.

The colours are the government analysis palette (Analysis Function, "Data visualisation: colours in
charts") with neutral greys. Each colour of a line has a contrast of at least 3 to 1 on white
(WCAG 2.2, 1.4.11); text is always in `INK` or `QUIET`, at least 4.5 to 1 (1.4.3).
"""

from __future__ import annotations

NAVY = "#12436D"
TEAL = "#28A197"
PLUM = "#801650"
ORANGE = "#F46A25"

INK = "#1A242E"
QUIET = "#4A5763"
RULE = "#A9B4BD"
HAIRLINE = "#DDE3E8"
TINT = "#F3F6F8"

FONT = "Source Sans 3"
FALLBACK_FONTS = f"'{FONT}', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
OFFICE_FONT = "Arial"
