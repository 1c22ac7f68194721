"""Permanence: going home, adoption and special guardianship, and coming back into care."""

from __future__ import annotations

import sqlalchemy as sa

from lineofsight.indicators.children_looked_after import in_care_at_end, in_full_care
from lineofsight.indicators.indicator import (
    Average,
    Condition,
    Count,
    Percentage,
    during,
    reached,
)
from lineofsight.journey.tables import adoptions, periods_of_care
from lineofsight.reference.polarity import HIGH, LOW

ADOPTED = ("E11", "E12")
SPECIAL_GUARDIANSHIP = ("E43", "E44", "E45", "E46", "E47", "E48")
HOME = ("E4A", "E4B")
_ceased = during(periods_of_care.ceased_on)
_returned_home: Condition = periods_of_care.reason_ceased.in_(HOME)
_NO_REASON = "A period of care that ended without a reason is counted, and counted as another one."
_EVERY_END = "every end counts, where the Department counts a child's last end in the year."
_SCORECARD = (
    "Twelve months are pooled, where the Department's scorecards pool three years: the figures of "
    "one authority are small."
)

adopted = Count(
    name="Children adopted from care",
    when=_ceased,
    of=sa.and_(in_full_care, periods_of_care.reason_ceased.in_(ADOPTED)),
    published="Children looked after who were adopted in the year",
    source="Children looked after statistics; SSDA903 guide, reasons E11 and E12.",
    blanks="A period of care that ended without a reason is left out.",
)

adopted_share = Percentage(
    name="Percentage of children ceasing to be looked after who were adopted",
    brief="Left care through adoption",
    when=_ceased,
    of=in_full_care,
    met=periods_of_care.reason_ceased.in_(ADOPTED),
    said=("adopted", "left otherwise"),
    good=HIGH,
    published="Percentage of children ceasing to be looked after who were adopted",
    source=f"Children looked after statistics, reasons E11 and E12; {_EVERY_END}",
    blanks=_NO_REASON,
)

special_guardianship_share = Percentage(
    name="Percentage of children ceasing to be looked after through a special guardianship order",
    brief="Left care through special guardianship",
    when=_ceased,
    of=in_full_care,
    met=periods_of_care.reason_ceased.in_(SPECIAL_GUARDIANSHIP),
    said=("special guardianship", "left otherwise"),
    published="Percentage of children ceasing to be looked after due to a special guardianship "
    "order",
    source=f"Children looked after statistics, reasons E43 to E48; {_EVERY_END}",
    blanks=_NO_REASON,
)

returned_home_share = Percentage(
    name="Percentage of children ceasing to be looked after who returned home",
    brief="Left care to return home",
    when=_ceased,
    of=in_full_care,
    met=_returned_home,
    said=("returned home", "left otherwise"),
    published="Percentage of children ceasing to be looked after who returned home to live with "
    "parents or relatives",
    source=f"Children looked after statistics, reasons E4A and E4B; {_EVERY_END}",
    blanks=_NO_REASON,
)

back_after_returning_home = Percentage(
    name="Percentage of children who returned home from care and were back in care within 12 "
    "months",
    brief="Back in care within 12 months of returning home",
    when=reached(periods_of_care.year_after_care_on),
    of=sa.and_(in_full_care, _returned_home),
    met=periods_of_care.is_back_within_12_months,
    said=("back in care", "not back"),
    good=LOW,
    source="Local, in no national return. Counted in the month in which the twelve months end, so "
    "that nobody is judged early.",
    blanks="A child who left without a reason is left out.",
    lookback_months=12,
)

re_entries = Percentage(
    name="Percentage of children starting to be looked after who had left care in the 12 months "
    "before",
    brief="Re-entries to care within 12 months",
    when=during(periods_of_care.started_on),
    of=in_full_care,
    met=periods_of_care.is_re_entry,
    said=("had left care before", "not so"),
    good=LOW,
    source="Local, in no national return; Annex A, list 8, asks for it of each child. Series of "
    "short breaks are no care in this sense.",
    blanks="A period of care that is not recorded was not there.",
    lookback_months=12,
)

permanence_plan_recorded = Percentage(
    name="Percentage of Looked after Children for whom a plan for permanence is recorded at end of "
    "period",
    brief="Looked-after children with a permanence plan",
    when=in_care_at_end,
    of=in_full_care,
    met=periods_of_care.permanence_plan.is_not(None),
    said=("recorded", "not recorded"),
    good=HIGH,
    source="Annex A, list 8; statutory guidance (Children Act 1989, volume 2) asks for a plan by "
    "the second review.",
    blanks="A blank is a child without a plan.",
    note="The list holds the latest plan: month-ends before its date show what is recorded now.",
)

decisions_for_adoption = Count(
    name="Decisions that a child should be placed for adoption",
    when=during(adoptions.decided_on),
    published="Children with a decision that they should be placed for adoption in the year",
    source="Children looked after statistics; Annex A, list 10.",
)

placed_for_adoption = Count(
    name="Children placed for adoption",
    when=during(adoptions.placed_on),
    source="Annex A, list 10.",
)

decisions_reversed = Count(
    name="Decisions for adoption that were reversed",
    when=during(adoptions.reversed_on),
    published="Children whose adoption decision was reversed in the year",
    source="Children looked after statistics; Annex A, list 10.",
)

days_to_placement = Average(
    name="Average days from entering care to moving in with the adoptive family (A1)",
    brief="Days from entering care to the adoptive family",
    when=during(adoptions.ordered_on),
    total=adoptions.days_to_placement,
    per=sa.literal(1),
    good=LOW,
    published="Average time between a child entering care and moving in with its adoptive family",
    source="Adoption scorecards, indicator A1: children adopted in the period.",
    blanks="A child without the day of the placement is left out.",
    note=_SCORECARD,
)

days_to_adoptive_home = Average(
    name="Average days from entering care to living with those who adopted, as foster carers or as "
    "adopters (A10)",
    brief="Days from entering care to living with the adopters",
    when=during(adoptions.ordered_on),
    total=adoptions.days_to_adoptive_home,
    per=sa.literal(1),
    good=LOW,
    published="Average time between a child entering care and moving in with its adoptive family, "
    "adjusted for foster carer adoptions",
    source="Adoption scorecards, indicator A10: the clock stops on the day on which the child was "
    "placed for fostering with those who adopted.",
    blanks="A child without the day of the placement is left out.",
    note=_SCORECARD,
)

days_to_match = Average(
    name="Average days from the placement order to the match with an adoptive family (A2)",
    brief="Days from the placement order to the match",
    when=during(adoptions.ordered_on),
    total=adoptions.days_from_order_to_match,
    per=sa.literal(1),
    good=LOW,
    published="Average time between an authority receiving court authority to place a child and "
    "deciding on a match",
    source="Adoption scorecards, indicator A2: children adopted in the period; matched before the "
    "order counts as 0 days.",
    blanks="A child without a placement order (placed by consent) or without a match is left out.",
    note=_SCORECARD,
)

placed_within_14_months = Percentage(
    name="Percentage of children placed for adoption who moved in within 14 months of entering "
    "care (A3)",
    brief="Placed for adoption within 14 months",
    when=during(adoptions.placed_on),
    met=adoptions.days_to_placement <= 426,
    said=("within 14 months", "later"),
    good=HIGH,
    published="Children who wait less than 14 months between entering care and moving in with "
    "their adoptive family",
    source="Adoption scorecards, indicator A3: 14 months are 426 days.",
    note="The Department also counts children who are still waiting. " + _SCORECARD,
)
