"""The published figures that are read, one block each, in committee order.

Identities equal those of the journey's indicators where the figure is the same. Polarity is the
Department's own (Local Authority Interactive Tool, data dictionary): rates of plans and of looked-
after children have none. Decimals are those the Department publishes.
"""

from __future__ import annotations

from lineofsight.comparators.explore_education import Series, TableForm
from lineofsight.comparators.published_indicator import PublishedIndicator, Timing, Unit
from lineofsight.reference.polarity import HIGH, LOW

_CIN, _CLA, _CSWW = Series.CHILDREN_IN_NEED, Series.CHILDREN_LOOKED_AFTER, Series.WORKFORCE

POPULATION = TableForm(
    "population estimates used for rates", _CIN, ("age_group", "population_estimate")
)
CHILDREN = "Children aged 0 to 17 years"

REFERRALS = TableForm(
    "referrals and re-referrals",
    _CIN,
    ("Referrals", "Re_referrals", "No_Further_Action"),
    spellings=(
        ("referral_count", "Referrals"),
        ("rereferral_count", "Re_referrals"),
        ("rereferral_percent", "Re_referrals_percent"),
        ("no_further_action_count", "No_Further_Action"),
        ("no_further_action_percent", "No_Further_Action_percent"),
    ),
)
_WITHIN_45_DAYS = (
    "Same_day",
    "1-10_days",
    "11-20_days",
    "21-30_days",
    "31-40_days",
    "41-45_days",
)
ASSESSMENTS = TableForm(
    "duration of assessments", _CIN, ("Assessments_completed", *_WITHIN_45_DAYS)
)
NEED = TableForm("children in need", _CIN, ("At31_episodes", "Started_episodes", "Ended_episodes"))
_WITHIN_15_DAYS = ("Duration_0-10_days", "Duration_11-15_days")
SECTION_47 = TableForm(
    "section 47 enquiries and initial conferences", _CIN, ("Section47", "ICPC", *_WITHIN_15_DAYS)
)
PLANS = TableForm("child protection plans", _CIN, ("CPP_start", "CPP_end", "CPP_At31"))
REPEATS = TableForm("second or subsequent plans", _CIN, ("CPP_start", "CPP_subsequent"))
LENGTHS = TableForm("plans by length of time", _CIN, ("CPP_At31", "2_years_or_more"))
REVIEWS = TableForm(
    "plans reviewed in time", _CIN, ("CPP_At31_3Months", "Reviewed_within_timescales")
)
LOOKED_AFTER = TableForm(
    "numbers and rates of children looked after",
    _CLA,
    ("population_type", "population_estimate", "children_count", "rate_per_10000"),
)
STABILITY = TableForm(
    "placement stability",
    _CLA,
    ("cla_group", "placement_stability", "children_count", "children_percent"),
)
WORKERS = TableForm(
    "social workers of a child", _CLA, ("cla_group", "sw_stability", "number", "percentage")
)
WORKFORCE = TableForm(
    "indicators", _CSWW, ("inpost_fte", "agency_fte", "vacancy_fte", "cases", "case_holders_fte")
)


def _looked_after(population_type: str) -> tuple[tuple[str, str], ...]:
    return (("population_type", f"Children {population_type} each year"),)


def _stability(group: str, stability: str) -> tuple[tuple[str, str], ...]:
    return (("cla_group", group), ("placement_stability", stability))


_ON_31_MARCH = "CLA on 31 March"
_LONG_STAYERS = (
    "Children looked after continuously for at least 2.5 years on 31 March aged under 16 years"
)

PUBLISHED_INDICATORS: tuple[PublishedIndicator, ...] = (
    PublishedIndicator(
        id="front_door.referral_rate",
        name="Rate of referrals in the year per 10,000 children",
        brief="Rate of referrals",
        form=REFERRALS,
        unit_of=Unit.RATE,
        timing=Timing.YEAR_TO_MARCH,
        numerator=("Referrals",),
        of_population=True,
        value="Referrals_rate",
        counted="referrals",
    ),
    PublishedIndicator(
        id="front_door.no_further_action",
        name="Referrals that needed no further action",
        form=REFERRALS,
        unit_of=Unit.PERCENTAGE,
        timing=Timing.YEAR_TO_MARCH,
        numerator=("No_Further_Action",),
        denominator=("Referrals",),
        value="No_Further_Action_percent",
        counted="referrals",
    ),
    PublishedIndicator(
        id="front_door.re_referrals",
        name="Referrals within 12 months of a previous referral",
        brief="Re-referrals within 12 months",
        form=REFERRALS,
        unit_of=Unit.PERCENTAGE,
        timing=Timing.YEAR_TO_MARCH,
        numerator=("Re_referrals",),
        denominator=("Referrals",),
        value="Re_referrals_percent",
        counted="referrals",
        good=LOW,
    ),
    PublishedIndicator(
        id="assessments.timeliness",
        name="Assessments completed within 45 working days",
        brief="Assessments within 45 working days",
        form=ASSESSMENTS,
        unit_of=Unit.PERCENTAGE,
        timing=Timing.YEAR_TO_MARCH,
        numerator=_WITHIN_45_DAYS,
        denominator=("Assessments_completed",),
        counted="assessments",
        good=HIGH,
        note="The table gives bands of days and no percentage: it is worked out from the bands.",
    ),
    PublishedIndicator(
        id="assessments.rate",
        name="Rate of assessments completed in the year per 10,000 children",
        brief="Rate of assessments",
        form=ASSESSMENTS,
        unit_of=Unit.RATE,
        timing=Timing.YEAR_TO_MARCH,
        numerator=("Assessments_completed",),
        of_population=True,
        value="Assessments_completed_rate",
        counted="assessments",
    ),
    PublishedIndicator(
        id="children_in_need.rate",
        name="Rate of children in need at 31 March per 10,000 children",
        brief="Children in need",
        form=NEED,
        unit_of=Unit.RATE,
        timing=Timing.ON_31_MARCH,
        numerator=("At31_episodes",),
        of_population=True,
        value="At31_episodes_rate",
        counted="episodes of need",
    ),
    PublishedIndicator(
        id="child_protection.section_47_rate",
        name="Rate of section 47 enquiries in the year per 10,000 children",
        brief="Rate of section 47 enquiries",
        form=SECTION_47,
        unit_of=Unit.RATE,
        timing=Timing.YEAR_TO_MARCH,
        numerator=("Section47",),
        of_population=True,
        value="Section47_rate",
        counted="enquiries",
    ),
    PublishedIndicator(
        id="child_protection.conference_rate",
        name="Rate of initial child protection conferences in the year per 10,000 children",
        brief="Rate of initial child protection conferences",
        form=SECTION_47,
        unit_of=Unit.RATE,
        timing=Timing.YEAR_TO_MARCH,
        numerator=("ICPC",),
        of_population=True,
        value="ICPC_rate",
        counted="conferences",
    ),
    PublishedIndicator(
        id="child_protection.icpc_timeliness",
        name="Initial child protection conferences held within 15 working days",
        brief="Initial child protection conferences within 15 working days",
        form=SECTION_47,
        unit_of=Unit.PERCENTAGE,
        timing=Timing.YEAR_TO_MARCH,
        numerator=_WITHIN_15_DAYS,
        denominator=("ICPC",),
        counted="children",
        good=HIGH,
        note="Of all conferences, those without a usable duration included; the table gives bands "
        "of days and no percentage: it is worked out from the bands.",
    ),
    PublishedIndicator(
        id="child_protection.plan_rate",
        name="Rate of children on a child protection plan at 31 March per 10,000 children",
        brief="Children with child protection plans",
        form=PLANS,
        unit_of=Unit.RATE,
        timing=Timing.ON_31_MARCH,
        numerator=("CPP_At31",),
        of_population=True,
        value="CPP_At31_rate",
    ),
    PublishedIndicator(
        id="child_protection.plan_starts_rate",
        name="Rate of child protection plans started in the year per 10,000 children",
        brief="Rate of child protection plans started",
        form=PLANS,
        unit_of=Unit.RATE,
        timing=Timing.YEAR_TO_MARCH,
        numerator=("CPP_start",),
        of_population=True,
        value="CPP_start_rate",
        counted="plans",
        good=LOW,
    ),
    PublishedIndicator(
        id="child_protection.plan_ends_rate",
        name="Rate of child protection plans ended in the year per 10,000 children",
        brief="Rate of child protection plans ended",
        form=PLANS,
        unit_of=Unit.RATE,
        timing=Timing.YEAR_TO_MARCH,
        numerator=("CPP_end",),
        of_population=True,
        value="CPP_end_rate",
        counted="plans",
    ),
    PublishedIndicator(
        id="child_protection.repeat_plans",
        name="Child protection plans started that were a second or subsequent plan",
        brief="Second or subsequent child protection plans",
        form=REPEATS,
        unit_of=Unit.PERCENTAGE,
        timing=Timing.YEAR_TO_MARCH,
        numerator=("CPP_subsequent",),
        denominator=("CPP_start",),
        value="CPP_subsequent_percent",
        counted="plans",
        good=LOW,
    ),
    PublishedIndicator(
        id="child_protection.two_years_or_more",
        name="Children on a child protection plan at 31 March for two years or more",
        brief="Child protection plans of two years or more",
        form=LENGTHS,
        unit_of=Unit.PERCENTAGE,
        timing=Timing.ON_31_MARCH,
        numerator=("2_years_or_more",),
        denominator=("CPP_At31",),
        value="2_years_or_more_percent",
        good=LOW,
    ),
    PublishedIndicator(
        id="child_protection.reviews_in_time",
        name="Children on a plan for three months or more whose reviews were all held in time",
        brief="Child protection reviews held in time",
        form=REVIEWS,
        unit_of=Unit.PERCENTAGE,
        timing=Timing.ON_31_MARCH,
        numerator=("Reviewed_within_timescales",),
        denominator=("CPP_At31_3Months",),
        value="Reviewed_within_timescales_percent",
        good=HIGH,
    ),
    PublishedIndicator(
        id="children_looked_after.rate",
        name="Rate of children looked after at 31 March per 10,000 children",
        brief="Looked-after children",
        form=LOOKED_AFTER,
        unit_of=Unit.RATE,
        timing=Timing.ON_31_MARCH,
        numerator=("children_count",),
        denominator=("population_estimate",),
        value="rate_per_10000",
        where=_looked_after("looked after on 31 March"),
        decimals=0,
    ),
    PublishedIndicator(
        id="children_looked_after.starts_rate",
        name="Rate of children who started to be looked after in the year per 10,000 children",
        brief="Rate of children starting to be looked after",
        form=LOOKED_AFTER,
        unit_of=Unit.RATE,
        timing=Timing.YEAR_TO_MARCH,
        numerator=("children_count",),
        denominator=("population_estimate",),
        value="rate_per_10000",
        where=_looked_after("starting to be looked after"),
        decimals=0,
        note="Only the first start of a child in the year is counted.",
    ),
    PublishedIndicator(
        id="children_looked_after.ends_rate",
        name="Rate of children who ceased to be looked after in the year per 10,000 children",
        brief="Rate of children ceasing to be looked after",
        form=LOOKED_AFTER,
        unit_of=Unit.RATE,
        timing=Timing.YEAR_TO_MARCH,
        numerator=("children_count",),
        denominator=("population_estimate",),
        value="rate_per_10000",
        where=_looked_after("ceasing to be looked after"),
        decimals=0,
        note="Only the last end of a child in the year is counted.",
    ),
    PublishedIndicator(
        id="children_looked_after.placement_stability",
        name="Children looked after for two and a half years who lived with the same carer for two",
        brief="Long-term placement stability",
        form=STABILITY,
        unit_of=Unit.PERCENTAGE,
        timing=Timing.ON_31_MARCH,
        numerator=("children_count",),
        denominator=("children_count",),
        value="children_percent",
        where=_stability(_LONG_STAYERS, "Living with the same carer for at least 2 years"),
        of_where=_stability(_LONG_STAYERS, "Total children"),
        decimals=0,
        good=HIGH,
    ),
    PublishedIndicator(
        id="children_looked_after.three_or_more_placements",
        name="Children looked after who had three or more placements in the year",
        brief="Three or more placements in the year",
        form=STABILITY,
        unit_of=Unit.PERCENTAGE,
        timing=Timing.ON_31_MARCH,
        numerator=("children_count",),
        denominator=("children_count",),
        value="children_percent",
        where=_stability(_ON_31_MARCH, "With 3 or more placements during the year"),
        of_where=_stability(_ON_31_MARCH, "Total children"),
        decimals=0,
        good=LOW,
    ),
    PublishedIndicator(
        id="children_looked_after.three_or_more_social_workers",
        name="Children looked after who had three or more social workers in the year",
        brief="Three or more social workers in the year",
        form=WORKERS,
        unit_of=Unit.PERCENTAGE,
        timing=Timing.ON_31_MARCH,
        numerator=("number",),
        denominator=("number",),
        value="percentage",
        where=(
            ("cla_group", _ON_31_MARCH),
            ("sw_stability", "3 or more social workers during the year"),
        ),
        of_where=(("cla_group", _ON_31_MARCH), ("sw_stability", "Total children")),
        decimals=0,
        good=LOW,
    ),
    PublishedIndicator(
        id="workforce.caseload",
        name="Average caseload",
        form=WORKFORCE,
        unit_of=Unit.AVERAGE,
        timing=Timing.ON_30_SEPTEMBER,
        numerator=("cases",),
        denominator=("case_holders_fte",),
        value="caseload_fte",
        is_rounded_before=True,
        counted="cases",
        good=LOW,
    ),
    PublishedIndicator(
        id="workforce.vacancy_rate",
        name="Vacancy rate of children's social workers",
        brief="Social worker vacancies",
        form=WORKFORCE,
        unit_of=Unit.PERCENTAGE,
        timing=Timing.ON_30_SEPTEMBER,
        numerator=("vacancy_fte",),
        denominator=("vacancy_fte", "inpost_fte"),
        value="vacancy_rate_fte",
        is_rounded_before=True,
        counted="posts",
        good=LOW,
    ),
    PublishedIndicator(
        id="workforce.turnover_rate",
        name="Turnover rate of children's social workers",
        brief="Social worker turnover",
        form=WORKFORCE,
        unit_of=Unit.PERCENTAGE,
        timing=Timing.YEAR_TO_SEPTEMBER,
        numerator=("leavers_fte",),
        denominator=("inpost_fte",),
        value="turnover_rate_fte",
        is_rounded_before=True,
        counted="workers",
        good=LOW,
    ),
    PublishedIndicator(
        id="workforce.agency_share",
        name="Agency worker rate",
        brief="Agency social workers",
        form=WORKFORCE,
        unit_of=Unit.PERCENTAGE,
        timing=Timing.ON_30_SEPTEMBER,
        numerator=("agency_fte",),
        denominator=("agency_fte", "inpost_fte"),
        value="agency_rate_fte",
        is_rounded_before=True,
        counted="workers",
        good=LOW,
    ),
    PublishedIndicator(
        id="workforce.absence_rate",
        name="Sickness absence rate of children's social workers",
        brief="Social worker sickness absence",
        form=WORKFORCE,
        unit_of=Unit.PERCENTAGE,
        timing=Timing.YEAR_TO_SEPTEMBER,
        numerator=("working_days_lost_fte",),
        denominator=("inpost_fte",),
        value="absence_rate_fte",
        per_working_day=True,
        is_rounded_before=True,
        counted="working days",
        good=LOW,
        note="Days lost over 253 working days for each worker in post (254 in a leap year).",
    ),
)


def published_indicator(identity: str) -> PublishedIndicator | None:
    """The published figure of an identity, if there is one."""
    return next((one for one in PUBLISHED_INDICATORS if one.id == identity), None)
