"""Makes small deliveries of the Standard Safeguarding Dataset, good or with one thing wrong."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from lineofsight.returns.submission import Reading, read_files

FIRST, LAST = date(2018, 4, 1), date(2024, 3, 31)
Row = Mapping[str, Any]


def deliver(folder: Path, tables: Mapping[str, Sequence[Row]]) -> list[Path]:
    """Write each table as a CSV file of its name, with the columns that its rows have."""
    folder.mkdir(parents=True, exist_ok=True)
    return [write_table(folder / f"{name}.csv", rows) for name, rows in tables.items()]


def write_table(path: Path, rows: Sequence[Row], **form: Any) -> Path:
    """Write rows as CSV; `form` may name the csv module's `delimiter` and the `encoding`."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    encoding = form.pop("encoding", "utf-8")
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, names, restval="NULL", **form)
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(folder: Path, tables: Mapping[str, Sequence[Row]]) -> Reading:
    """Deliver tables and read them as of the six years to 31 March 2024."""
    return read_dataset(deliver(folder / "ssd", tables))


def read_dataset(files: Sequence[Any]) -> Reading:
    """Read a delivery as of the six years to 31 March 2024."""
    return read_files(files, first_day=FIRST, last_day=LAST, as_at=LAST)


def person(identity: str, born: str = "2012-05-01", **more: Any) -> Row:
    """A row of ssd_person."""
    known = {"pers_sex": "F", "pers_ethnicity": "WBRI", "pers_dob": born}
    return {"pers_person_id": identity, **known, **more}


def referral(identity: str, child: str, day: str, **more: Any) -> Row:
    """A row of ssd_cin_episodes."""
    known = {
        "cine_referral_source_code": "6",
        "cine_referral_nfa": "N",
        "cine_cin_primary_need_code": "N1",
        "cine_close_date": "NULL",
        "cine_close_reason": "NULL",
    }
    return {"cine_referral_id": identity, "cine_person_id": child, "cine_referral_date": day,
            **known, **more}  # fmt: skip


def enquiry(identity: str, child: str, day: str, **more: Any) -> Row:
    """A row of ssd_s47_enquiry."""
    return {"s47e_s47_enquiry_id": identity, "s47e_person_id": child, "s47e_s47_start_date": day,
            "s47e_s47_nfa": "N", **more}  # fmt: skip


def conference(identity: str, child: str, day: str, **more: Any) -> Row:
    """A row of ssd_initial_cp_conference."""
    known = {"icpc_icpc_outcome_cp_flag": "Y", "icpc_icpc_transfer_in": "N"}
    return {"icpc_icpc_id": identity, "icpc_person_id": child, "icpc_icpc_date": day,
            **known, **more}  # fmt: skip


def plan(identity: str, child: str, start: str, end: str = "NULL", **more: Any) -> Row:
    """A row of ssd_cp_plans."""
    known = {"cppl_cp_plan_initial_category": "NEG", "cppl_cp_plan_latest_category": "EMO",
             "cppl_cp_plan_ola": "N"}  # fmt: skip
    return {"cppl_cp_plan_id": identity, "cppl_person_id": child,
            "cppl_cp_plan_start_date": start, "cppl_cp_plan_end_date": end,
            **known, **more}  # fmt: skip


def care(identity: str, child: str, start: str, end: str = "NULL", **more: Any) -> Row:
    """A row of ssd_cla_episodes."""
    known = {"clae_cla_episode_start_reason": "S", "clae_cla_primary_need_code": "N1",
             "clae_cla_episode_ceased_reason": "NULL"}  # fmt: skip
    return {"clae_cla_episode_id": identity, "clae_person_id": child,
            "clae_cla_episode_start_date": start, "clae_cla_episode_ceased_date": end,
            **known, **more}  # fmt: skip


def placement(identity: str, child: str, start: str, end: str = "NULL", **more: Any) -> Row:
    """A row of ssd_cla_placement."""
    known = {"clap_cla_placement_type": "U6", "clap_cla_placement_provider": "PR1"}
    return {"clap_cla_placement_id": identity, "clap_person_id": child,
            "clap_cla_placement_start_date": start, "clap_cla_placement_end_date": end,
            **known, **more}  # fmt: skip


def legal_status(identity: str, child: str, status: str, start: str, end: str = "NULL") -> Row:
    """A row of ssd_legal_status."""
    return {"lega_legal_status_id": identity, "lega_person_id": child,
            "lega_legal_status": status, "lega_legal_status_start_date": start,
            "lega_legal_status_end_date": end}  # fmt: skip
