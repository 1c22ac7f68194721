"""Front door: contacts, the multi-agency safeguarding hub, and referrals."""

from __future__ import annotations

from lineofsight.indicators.indicator import Count, Percentage, Rate, during
from lineofsight.journey.tables import contacts, mash_decisions, referrals
from lineofsight.reference.polarity import HIGH, LOW

contacts_received = Count(
    name="Contacts received",
    when=during(contacts.contacted_on),
    counted="contacts",
    source="Annex A, list 1: every contact, one row for each child.",
)

mash_timeliness = Percentage(
    name="Percentage of referrals dealt with by MASH where time from referral received / recorded "
    "to completion by MASH was 24 hours / 1 working day or less",
    brief="Referrals dealt with by MASH within one working day",
    when=during(mash_decisions.decided_at),
    met=mash_decisions.minutes_to_decision.between(0, 24 * 60)
    | (mash_decisions.minutes_to_decision >= 0)
    & mash_decisions.working_days_to_decision.between(0, 1),
    counted="referrals",
    said=("in time", "late"),
    good=HIGH,
    source="Working Together to Safeguard Children: decide the response within one working day; "
    "counted in the month the hub completed its decision. Local table, in no national return.",
    blanks="A referral still open in the hub is in no month until it is decided; one decided "
    "before it was received is counted, and counted as late.",
)

referrals_received = Count(
    name="Referrals received",
    when=during(referrals.referred_on),
    counted="referrals",
    published="Referrals",
    source="Children in need statistics: each referral counts, a child may have several.",
)

referral_rate = Rate(
    name="Rate of referrals per 10,000 (0-17 year olds)",
    brief="Rate of referrals",
    when=during(referrals.referred_on),
    counted="referrals",
    published="Rate of referrals per 10,000 children",
    source="Children in need statistics; residents aged 0 to 17.",
)

no_further_action = Percentage(
    name="Percentage of referrals that led to no further action",
    brief="Referrals that led to no further action",
    when=during(referrals.referred_on),
    met=referrals.is_no_further_action,
    counted="referrals",
    published="Percentage of referrals resulting in no further action",
    source="Children in need statistics.",
    blanks="A blank outcome counts as further action.",
)

re_referrals = Percentage(
    name="Percentage of referrals within 12 months of a previous referral",
    brief="Re-referrals within 12 months",
    when=during(referrals.referred_on),
    met=referrals.is_within_12_months_of_previous,
    counted="referrals",
    good=LOW,
    published="Percentage of referrals within 12 months of a previous referral",
    source="Children in need statistics; a referral exactly twelve months later counts.",
    note="Only referrals in the records received can be seen as previous ones, so the first twelve "
    "months of the records have no figure.",
    lookback_months=12,
)
