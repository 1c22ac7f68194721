"""The faults that tables kept by hand show: one block a kind of fault."""

from __future__ import annotations

import polars as pl

from lineofsight.synthetic.mess import CellFault, days_from, in_words, just

_RECEIVED, _DECIDED = "Received at", "Decided at"

LOCAL_FAULTS = (
    CellFault("decided before received", "MASH decisions", _DECIDED, "L11",
              days_from(_RECEIVED, -1)),
    CellFault("a day without a time", "MASH decisions", _RECEIVED, "NO_TIME",
              in_words("%d/%m/%Y", _RECEIVED)),
    CellFault("authorised before written", "Care plans", "Authorised on", "L36",
              days_from("Written on", -2)),
    CellFault("held before asked for", "Conference requests", "Held on", "L12",
              days_from("Requested on", -20), pl.col("Requested on").is_not_null()),
    CellFault("grade in other words", "Audits", "Grade", "UNKNOWN", just("Fairly good")),
    CellFault("neither yes nor no", "Audits", "Auditor satisfied", "UNKNOWN_FLAG",
              just("See note")),
    CellFault("no child", "Entry-to-care panel", "Child", "NOT_TAKEN", just(None)),
    CellFault("words for a number", "Staffing", "Children allocated", "UNREADABLE",
              just("about 90")),
)  # fmt: skip
