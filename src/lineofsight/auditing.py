"""Samples for audits: the verb `audit`. The act is recorded before a row is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lineofsight.access.roles import Act
from lineofsight.desk import Desk, demand_submissions
from lineofsight.errors import Fault, UsageFault
from lineofsight.reference.periods import Month
from lineofsight.returns.local import AUDITS
from lineofsight.returns.template import Form, write_form
from lineofsight.worklists.audit_sample import Drawn, Plan, draw
from lineofsight.worklists.frames_audited import find_frame


@dataclass(frozen=True)
class Sampled:
    """What was drawn, in sentences without a child in them, and the form."""

    sentences: tuple[str, ...]
    path: Path


def sample_for_audit(
    desk: Desk, name: str, month: Month, plan: Plan, out: Path | None = None
) -> Sampled:
    """Draw a sample of a frame's cases of a month and write the form for its auditors.

    Raises UnknownName for a frame or a stratum that is not there, UsageFault where its records do
    not cover the month, nothing is left to draw from, or the form would be written over a file.
    """
    frame = find_frame(name)
    entry = desk.trail.enter(desk.actor, Act.SAMPLE, f"{frame.id} {month}")
    authority = desk.authority()
    demand_submissions(desk, desk.store.submissions())
    journey = desk.journey(frozenset({frame.table, "audits"}))
    if not journey.covers(frame.table, month.first_day, month.last_day):
        raise UsageFault(
            Fault(
                f"The records of {frame.counted} do not cover {month.name}.",
                "A sample is drawn from all cases of the month.",
                "Choose another month, or receive the local tables that cover it.",
            )
        )
    records = journey.frames[frame.table].to_dicts()
    drawn = draw(frame, month, plan, records, journey.frames["audits"].to_dicts(), entry)
    since = (month - plan.months_spared).first_day
    knows = journey.covers("audits", since, month.last_day)
    told = sentences(drawn, has_audits=knows)
    form = _form(drawn, told, authority.name, is_synthetic=authority.is_synthetic)
    path = write_form(out or Path(f"audit-{drawn.name}.xlsx"), form)
    return Sampled(told, path)


def sentences(drawn: Drawn, *, has_audits: bool) -> tuple[str, ...]:
    """Say what was drawn, from what, and how it is drawn again."""
    plan, open_to = drawn.plan, drawn.children - drawn.spared
    lines = [
        f"Sample {drawn.name}: {len(drawn.cases)} of {open_to} cases, drawn with seed {plan.seed}.",
        f"{drawn.month.name} has {drawn.events} {drawn.frame.counted}, about {drawn.children} "
        "children; a child is one case, told by its last decision of the month.",
        f"Left out, as audited since {(drawn.month - plan.months_spared).name}: {drawn.spared}.",
    ]
    if not has_audits:
        lines.append("Audits of all these months were not received: some may not be left out.")
    if plan.by:
        lines += [f"{s.name}: {s.drawn} of {s.cases} cases." for s in drawn.strata]
    return tuple(lines)


_STEPS = (
    "For use inside the service: this workbook names the records of children.",
    "1. On the sheet 'Audits' write one audit a row: the day, the auditor's role, whether the "
    "auditor was satisfied, the grade, and what has to be put right by when.",
    "2. On the sheet 'Cover' write the days of the audits and the day the form was finished.",
    "3. Other audits of the same days stay as they were told before: a form in which every row "
    "names its sample tells of these cases only. Leave the column 'Sample' as it is.",
    "4. A row without a day of the audit is not taken, and receive says which rows these are.",
    "5. Hand it in with: lineofsight receive FILE. Keep the headers as they are.",
)


def _form(drawn: Drawn, told: tuple[str, ...], authority: str, *, is_synthetic: bool) -> Form:
    frame = drawn.frame
    made_up = ("Synthetic records: nobody in them exists.",) if is_synthetic else ()
    cases = [[c["child_id"], *(c[field] for field in frame.told.values())] for c in drawn.cases]
    return Form(
        f"Audit of {frame.counted}, {drawn.month.name}",
        AUDITS,
        authority,
        is_synthetic,
        (*made_up, *_STEPS, *told),
        [["Child", *frame.told], *cases],
        [{"Child": c["child_id"], "Theme": frame.theme, "Sample": drawn.name} for c in drawn.cases],
    )
