"""Front door: contacts, the multi-agency safeguarding hub, and referrals."""

from __future__ import annotations

from lineofsight.indicators.indicator import Count, Percentage, Rate, during, reached
from lineofsight.journey.tables import contacts, mash_decisions, referrals
from lineofsight.reference.polarity import HIGH, LOW

_BY_SOURCE = "Children in need statistics: referrals by source of referral."
_UNKNOWN_SOURCE = "A referral whose source is blank is counted, and counted as from elsewhere."
_PREVIOUS = (
    "Only referrals in the records received can be seen as previous ones, so the first twelve "
    "months of the records have no figure."
)

contacts_received = Count(
    name="Contacts received",
    when=during(contacts.contacted_on),
    counted="contacts",
    source="Annex A, list 1: every contact, one row for each child.",
)

contacts_to_referral = Percentage(
    name="Percentage of contacts followed by a referral of the same child within 14 days",
    brief="Contacts that led to a referral",
    when=reached(contacts.day_14_on),
    met=contacts.is_followed_by_referral,
    counted="contacts",
    source="A local measure: Annex A, lists 1 and 3. No return says which contact became which "
    "referral, so a referral of the same child on the day or within fourteen days counts.",
    note="A contact is counted in the month its fourteenth day lies in, so that none is judged "
    "early. Councils record contacts differently: not comparable.",
    lookback_months=1,
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

from_police = Percentage(
    name="Percentage of referrals from the police",
    brief="Referrals from the police",
    when=during(referrals.referred_on),
    met=referrals.source == "6",
    counted="referrals",
    published="Referrals by source: police",
    source=_BY_SOURCE,
    blanks=_UNKNOWN_SOURCE,
)

from_schools = Percentage(
    name="Percentage of referrals from schools",
    brief="Referrals from schools",
    when=during(referrals.referred_on),
    met=referrals.source == "2A",
    counted="referrals",
    published="Referrals by source: schools",
    source=f"{_BY_SOURCE} Education services other than schools (2B) are not among them.",
    blanks=_UNKNOWN_SOURCE,
)

from_health = Percentage(
    name="Percentage of referrals from health services",
    brief="Referrals from health services",
    when=during(referrals.referred_on),
    met=referrals.source.in_(("3A", "3B", "3C", "3D", "3E", "3F")),
    counted="referrals",
    published="Referrals by source: health services",
    source=_BY_SOURCE,
    blanks=_UNKNOWN_SOURCE,
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

assessed_not_in_need = Percentage(
    name="Percentage of referrals assessed and found not to be in need within 90 days",
    brief="Referrals assessed as not in need",
    when=reached(referrals.day_90_on),
    met=referrals.is_assessed_not_in_need,
    counted="referrals",
    published="Percentage of referrals assessed as not in need",
    source="Children in need statistics (Local Authority Interactive Tool, measure 290): the "
    "episode was closed after assessment, reasons RC8 and RC9.",
    blanks="An episode closed without a reason counts as one in need.",
    note="A referral is counted in the month its ninetieth day lies in, so that none is judged "
    "before there was time to assess; the Department looks at the end of the year instead.",
    lookback_months=3,
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
    note=_PREVIOUS,
    lookback_months=12,
)

children_re_referred = Percentage(
    name="Percentage of children referred who had been referred in the 12 months before",
    brief="Children referred again within 12 months",
    when=during(referrals.referred_on),
    met=referrals.is_within_12_months_of_previous,
    each=referrals.child_id,
    counted="children",
    good=LOW,
    published="Percentage of children referred within 12 months of a previous referral",
    source="Children in need statistics, counted by child: a child referred three times counts "
    "once; a referral exactly twelve months later counts.",
    note=_PREVIOUS,
    lookback_months=12,
)
