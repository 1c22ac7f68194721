"""Quality of practice: what audits find, and what the entry-to-care panel decides."""

from __future__ import annotations

from lineofsight.indicators.indicator import Count, Percentage, during, reached
from lineofsight.journey.tables import audits, care_panel_decisions
from lineofsight.reference.polarity import HIGH

audits_completed = Count(
    name="Audits completed",
    when=during(audits.audited_on),
    counted="audits",
    source="Local table, in no national return.",
)

mash_decisions_assured = Percentage(
    name="Percentage of audited MASH decisions with which the auditor was satisfied",
    brief="Audited MASH decisions found satisfactory",
    when=during(audits.audited_on),
    of=audits.theme == "MASH decision",
    met=audits.is_assured,
    counted="audited decisions",
    good=HIGH,
    source="Local table, in no national return.",
    blanks="A blank counts as not assured.",
)

_GOOD = ("good", "outstanding")
_LOCAL = "Local table, in no national return."

graded_good_or_better = Percentage(
    name="Percentage of graded audits that found the work good or outstanding",
    brief="Audits graded good or better",
    when=during(audits.audited_on),
    of=audits.grade.is_not(None),
    met=audits.grade.in_(_GOOD),
    said=("good or better", "less than good"),
    counted="audits",
    good=HIGH,
    source="Local table, in no national return; Ofsted's four words.",
    blanks="An audit without a grade is left out.",
)

moderated = Percentage(
    name="Percentage of audits that were moderated",
    brief="Audits moderated",
    when=during(audits.audited_on),
    met=audits.moderated_grade.is_not(None),
    said=("moderated", "not moderated"),
    counted="audits",
    good=HIGH,
    source=_LOCAL,
    blanks="An audit without a moderated grade was not moderated.",
)

moderated_grade_agrees = Percentage(
    name="Percentage of moderated audits whose grade was confirmed",
    brief="Audit grades confirmed by moderation",
    when=during(audits.audited_on),
    of=audits.moderated_grade.is_not(None),
    met=audits.moderated_grade == audits.grade,
    said=("confirmed", "changed"),
    counted="moderated audits",
    good=HIGH,
    source=_LOCAL,
    blanks="A moderated audit without a grade of its own counts as changed.",
)

actions_closed_in_time = Percentage(
    name="Percentage of audits with remedial actions due in the period whose actions were all "
    "closed in time",
    brief="Audit actions closed in time",
    when=reached(audits.actions_due_on),
    of=audits.remedial_actions >= 1,
    met=audits.is_closed_in_time,
    said=("closed in time", "late or open"),
    counted="audits with actions",
    good=HIGH,
    source="Local table, in no national return; counted in the month the actions were due.",
    blanks="An audit whose last action has no day of closing counts as open.",
    lookback_months=2,
)

referrals_of_good_quality = Percentage(
    name="Percentage of audited multi-agency referrals of good or outstanding quality",
    brief="Referrals of good quality",
    when=during(audits.audited_on),
    of=audits.referral_grade.is_not(None),
    met=audits.referral_grade.in_(_GOOD),
    said=("good or better", "less than good"),
    counted="audited referrals",
    good=HIGH,
    source="Local table, in no national return: the referring agency's work, not the authority's.",
    blanks="An audit that did not grade the referral is left out.",
)

panel_cases_heard = Count(
    name="Cases heard by the entry-to-care panel",
    brief="Entry-to-care panel: cases heard",
    when=during(care_panel_decisions.heard_on),
    counted="cases",
    source=_LOCAL,
)

panel_heard_before_entry = Percentage(
    name="Percentage of the panel's cases that were heard before the child entered care",
    brief="Entry-to-care panel: heard before entry",
    when=during(care_panel_decisions.heard_on),
    met=~care_panel_decisions.is_emergency,
    said=("before entry", "after an emergency"),
    counted="cases",
    good=HIGH,
    source=_LOCAL,
    blanks="A blank counts as heard before entry.",
)

panel_emergencies_ratified = Percentage(
    name="Percentage of emergency entries to care heard by the panel that it ratified",
    brief="Entry-to-care panel: emergencies ratified",
    when=during(care_panel_decisions.heard_on),
    of=care_panel_decisions.is_emergency,
    met=care_panel_decisions.is_ratified,
    said=("ratified", "not ratified"),
    counted="emergencies",
    source=_LOCAL,
    blanks="A blank counts as not ratified.",
)

panel_alternatives_offered = Percentage(
    name="Percentage of the panel's cases in which an alternative to care was tried or offered",
    brief="Entry-to-care panel: alternatives offered",
    when=during(care_panel_decisions.heard_on),
    met=care_panel_decisions.alternatives != "None possible",
    said=("offered", "none"),
    counted="cases",
    good=HIGH,
    source="Local table, in no national return; 'None possible' is the template's own word.",
    blanks="A blank counts as none offered.",
)
