"""The faults that Annex A workbooks show: one block a kind of fault.

Sources: the sample workbook of the sector's pipeline, its lists of accepted spellings, and what
councils say of their extracts. Headers and titles above them are varied too; the reader must read
through those.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from lineofsight.synthetic.mess import (
    READ_AS_MEANT,
    CellFault,
    days_from,
    in_words,
    just,
    on_a_sunday,
    the_same_as,
)

_REFERRED, _STARTED = "Date of Referral", "Continuous Assessment Start Date"
_AUTHORISED = "Continuous Assessment Date of Authorisation"
_STRATEGY = "Strategy discussion initiating Section 47 Enquiry Start Date"
_CONFERENCE = "Date of Initial Child Protection Conference"
_UNNECESSARY = "Was an Initial Child Protection Conference deemed unnecessary?"
_PLAN, _PLAN_END = "Child Protection Plan Start Date", "Child Protection Plan End Date"
_REVIEW = "Date of latest review conference"
_CARE, _CEASED = "Date Started to be Looked After", "Date Ceased to be Looked After"
_REASON = "Reason Ceased to be Looked After"
_HELP, _HELP_END = "Assessment start date", "Assessment completion date"
_NEED, _CLOSED, _WHY = "CIN Start Date", "CIN Closure Date", "Reason for Closure"

# What reading must report, cell by cell.
READING_FAULTS = (
    CellFault("no identifier", "List 1", "Child Unique ID", "NOT_TAKEN", just(None)),
    CellFault("no date", "List 3", _REFERRED, "NOT_TAKEN", just(None)),
    CellFault("date as text", "List 3", _REFERRED, "DATE_IN_TEXT",
              in_words("%d/%m/%Y", _REFERRED)),
    CellFault("date in words", "List 4", _STARTED, "DATE_IN_TEXT",
              in_words("%d %B %Y", _STARTED)),
    CellFault("date with a time", "List 7", _PLAN, "TIME_CUT_OFF",
              in_words("%Y-%m-%d 14:35:00", _PLAN)),
    CellFault("date that is none", "List 4", _AUTHORISED, "UNREADABLE", just("31/02/2020")),
    CellFault("date out of all bounds", "List 2", _HELP_END, "OUTSIDE_CALENDAR",
              just(date(2090, 1, 1))),
    CellFault("failed formula", "List 8", "Date of Last Dental Check", "UNREADABLE",
              just("#N/A")),
    CellFault("misspelt code", "List 7", "Initial Category of Abuse", "UNKNOWN",
              just("e) Neglected badly")),
    CellFault("code of another list", "List 6", "Primary Need Code", "UNKNOWN", just("N77")),
    CellFault("neither yes nor no", "List 3", "Referral NFA?", "UNKNOWN_FLAG", just("Perhaps")),
    CellFault("blank yes or no", "List 4", "Child Seen During Continuous Assessment",
              "BLANK_FLAG", just(None)),
    CellFault("bare label", "List 3", "Gender", READ_AS_MEANT,
              lambda row: str(row["Gender"]).split(") ")[-1].lower()),
    CellFault("bare code", "List 6", "Reason for Closure", READ_AS_MEANT,
              lambda row: str(row["Reason for Closure"]).split(" ")[0].lower()),
)  # fmt: skip
# What the rules must report, row by row.
RULE_FAULTS = (
    CellFault("help ends before it starts", "List 2", _HELP_END, "L10", days_from(_HELP, -9)),
    CellFault("authorised before it starts", "List 4", _AUTHORISED, "8608",
              days_from(_STARTED, -365)),
    CellFault("enquiry after the conference", "List 5", _STRATEGY, "8615",
              days_from(_CONFERENCE, 5), pl.col(_CONFERENCE).is_not_null()),
    CellFault("conference on a Sunday", "List 5", _CONFERENCE, "8875",
              on_a_sunday(_CONFERENCE)),
    CellFault("conference unnecessary and held", "List 5", _UNNECESSARY, "L16",
              just("a) Yes"), pl.col(_CONFERENCE).is_not_null()),
    CellFault("closed before it begins", "List 6", _CLOSED, "8630", days_from(_NEED, -7)),
    CellFault("closed without a reason", "List 6", _WHY, "8805", just(None),
              pl.col(_CLOSED).is_not_null()),
    CellFault("reason without a closure", "List 6", _CLOSED, "8810", just(None),
              pl.col(_WHY).is_not_null()),
    CellFault("plan ends before it starts", "List 7", _PLAN_END, "8925", days_from(_PLAN, -10)),
    CellFault("plan of one day", "List 7", _PLAN_END, "8840", the_same_as(_PLAN)),
    CellFault("review on the first day", "List 7", _REVIEW, "8841", the_same_as(_PLAN)),
    CellFault("care ends before it starts", "List 8", _CEASED, "L30", days_from(_CARE, -3)),
    CellFault("care ceased without a reason", "List 8", _REASON, "L35", just(None)),
)  # fmt: skip
ANNEX_A_FAULTS = (*READING_FAULTS, *RULE_FAULTS)
REPEATED = ("List 1", "List 3", "List 7")

# Titles that stand above the header of a sheet, and headers as other systems write them.
TITLES = {
    "List 2": ("Annex A, list 2: early help (targeted) assessments", ""),
    "List 8": ("Synthetic extract", "Printed for the inspection", ""),
}
HEADERS = {
    "List 3": {_REFERRED: "date of  referral", "Allocated Team": "Team"},
    "List 6": {"Date of Birth": "DOB"},
    "List 7": {"Was the Child Seen Alone?": "Was the child seen alone? (Y/N)"},
}


def varied(title: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Name the columns of a sheet as another system would."""
    return rows.rename(HEADERS.get(title, {}), strict=False)
