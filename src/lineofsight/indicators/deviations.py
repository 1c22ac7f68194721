"""Where our figure can differ from the Department's: one block a place, with why and what to do.

`docs/deviations.md` is written from these blocks, and `explain` gives those of an indicator.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from lineofsight.indicators.indicator import Indicator


@dataclass(frozen=True, kw_only=True, slots=True)
class Deviation:
    """One place where a figure can differ.

    `of` are patterns of indicators (`child_protection.plan*`), none where it concerns every figure;
    `ours` is what we do, `theirs` what the Department does, `remedy` how to come to theirs.
    """

    figure: str
    of: tuple[str, ...]
    ours: str
    theirs: str = ""
    remedy: str = ""

    def concerns(self, indicator: Indicator) -> bool:
        """Whether an indicator is one of those named."""
        return any(fnmatchcase(indicator.id, pattern) for pattern in self.of)


DEVIATIONS: tuple[Deviation, ...] = (
    Deviation(
        figure="Any rate per 10,000",
        of=("*rate",),
        ours="Divides by the newest population in the authority's settings, the same for all "
        "months, and names its year and vintage",
        theirs="Divides the year to 31 March by the mid-year estimate of the year before, and "
        "revises old rates when estimates are rebased",
        remedy="Give the estimate of the year wanted in the settings. After the 2021 census "
        "estimates were rebased, so old papers do not match new statistics",
    ),
    Deviation(
        figure="Twelve months of a flow",
        of=(),
        ours="All numerators of the last twelve months over all denominators",
        theirs="Publishes years to 31 March",
        remedy="Ask for March",
    ),
    Deviation(
        figure="Twelve months of a snapshot",
        of=(),
        ours="The average of twelve month-ends: all numerators over all denominators of those "
        "days, so that a day with more children weighs more",
        theirs="Publishes 31 March only",
        remedy="Read the March column",
    ),
    Deviation(
        figure="Initial conferences in time",
        of=("child_protection.icpc_timeliness",),
        ours="All conferences held are in the denominator; one without a strategy date, or before "
        "it, counts as late",
        theirs="The same: those without a usable duration stay in the total. Its counting of days "
        "at the limit is in a specification we could not read",
        remedy="Compare the number at 14, 15 and 16 days before drawing conclusions from one day",
    ),
    Deviation(
        figure="Initial conferences in time, days",
        of=("child_protection.icpc_timeliness",),
        ours="Working days after the day of the strategy discussion; the day itself is 0",
        theirs="Not published in words. The sector's validator counts the first day as well",
        remedy="Add a day to the limit to see the other reading",
    ),
    Deviation(
        figure="Initial conferences in time, in a review",
        of=("child_protection.icpc_timeliness",),
        ours="Followed from the strategy discussion: those not held yet and those stood down are "
        "in it, and children who moved in and conferences without a usable duration are not",
        theirs="Of conferences held in the period, whenever their enquiry began",
        remedy="The review counts every step from the published figure to its own",
    ),
    Deviation(
        figure="Assessments in 45 working days",
        of=("assessments.timeliness",),
        ours="Clock from the assessment's own start, from 0 to 45",
        theirs="The statutory limit speaks of 45 working days from referral; the published table "
        "gives the duration of the assessment",
        remedy="The published table is reproduced; the clock from referral stands beside it as "
        "`assessments.timeliness_from_referral`",
    ),
    Deviation(
        figure="Assessments in 45 working days of the referral",
        of=("assessments.timeliness_from_referral",),
        ours="The first assessment started after a referral; a later one of the same episode is "
        "not in the figure",
        theirs="Does not publish this clock",
    ),
    Deviation(
        figure="Referrals assessed as not in need",
        of=("front_door.assessed_not_in_need",),
        ours="A referral counts in the month its ninetieth day lies in, and its episode must have "
        "been closed as not in need (RC8, RC9) by then",
        theirs="Referrals of the year, by what became of them at its end",
        remedy="Ask for 29 June (`--as-at`): its twelve months hold the referrals of the year to "
        "31 March, each looked at after ninety days",
    ),
    Deviation(
        figure="Early help assessments in 35 days",
        of=("early_help.timeliness", "early_help.open_beyond_35_days"),
        ours="A local standard of 35 days, in no regulation",
        theirs="Does not publish early help",
    ),
    Deviation(
        figure="Section 47 enquiries followed by a conference",
        of=("child_protection.enquiries_to_conference",),
        ours="Enquiries whose own record has a conference within 60 days, in the month of the "
        "sixtieth day",
        theirs="Publishes the number of enquiries and the number of conferences of a year, which "
        "are not all of the same children",
        remedy="Divide the conferences held by the enquiries started",
    ),
    Deviation(
        figure="Re-referrals",
        of=("front_door.re_referral*",),
        ours="A referral at most twelve calendar months after the child's previous referral in the "
        "records received; two on one day count as a re-referral",
        theirs="Within 12 months of a previous referral to the same authority, from the whole case "
        "system",
        remedy="Deliver records that reach a year further back than the first month wanted",
    ),
    Deviation(
        figure="Children looked after, starts and ends",
        of=(
            "children_looked_after.started",
            "children_looked_after.ceased",
            "children_looked_after.*s_rate",
        ),
        ours="Every start and every end in the month",
        theirs="A child's first start and last end in the year",
        remedy="Count distinct children over the year",
    ),
    Deviation(
        figure="Children looked after",
        of=("children_looked_after.number", "children_looked_after.rate"),
        ours="Periods whose latest legal status is V3 or V4 are left out",
        theirs="Children looked after only in agreed series of short breaks are left out",
        remedy="A child who moved between short breaks and full care inside one recorded period is "
        "treated by the latest status",
    ),
    Deviation(
        figure="Conferences from Annex A",
        of=("child_protection.conferences_held", "child_protection.icpc_timeliness"),
        ours="Every row of list 5 with a conference date. Where an extract is cut by the date of "
        "the strategy discussion, conferences of the window's first weeks can be missing",
        theirs="From the census, by the date of the conference",
        remedy="Deliver list 5 for a window that begins a month earlier",
    ),
    Deviation(
        figure="A span that a newer delivery no longer has",
        of=(),
        ours="Left out of every month and reported, as nobody can say when it ended",
        remedy="Ask the supplier for the row's end date and deliver again",
    ),
    Deviation(
        figure="Plans at the end of the period",
        of=("child_protection.plan_rate", "child_protection.plans_open"),
        ours="A plan that ends on the last day is closed",
        theirs="31 March, the same in the reproduced figures",
        remedy="Same",
    ),
    Deviation(
        figure="Plans of other authorities",
        of=("child_protection.plan*",),
        ours="Left out where the return marks them; where it has no such column they cannot be "
        "told apart and count",
        theirs="Temporary plans of other authorities are not counted",
        remedy="Deliver the Standard Safeguarding Dataset, which marks them, or remove them from "
        "list 7",
    ),
    Deviation(
        figure="A conference that stands with two enquiries",
        of=("child_protection.conference*", "child_protection.icpc_timeliness"),
        ours="Counted once, its clock running from the first of the discussions",
        theirs="One for each child and conference; which discussion counts is not said",
    ),
    Deviation(
        figure="Reviews of plans in time",
        of=("child_protection.reviews_in_time", "child_protection.reviews_due_held"),
        ours="At every month-end, of plans that have lasted three months by then; a review due on "
        "a day and not held by its end is missed. From records of review conferences, which must "
        "reach back to the start of the plan",
        theirs="On 31 March, by the dates of reviews in the census",
        remedy="Read March; deliver reviews two years back",
    ),
    Deviation(
        figure="Category of abuse",
        of=(
            "child_protection.neglect",
            "child_protection.emotional_abuse",
            "child_protection.physical_abuse",
            "child_protection.sexual_abuse",
        ),
        ours="The latest category known, in every month of the plan",
        theirs="The latest on 31 March and the first at the start of the plan, each by itself",
        remedy="Look at the month of the newest list",
    ),
    Deviation(
        figure="Visits to children on plans",
        of=("child_protection.visited_*", "child_protection.visits_in_time"),
        ours="A local standard of ten or fifteen working days or six weeks, in no regulation",
        theirs="Does not publish it",
    ),
    Deviation(
        figure="Repeat plans",
        of=("child_protection.repeat_plans*",),
        ours="By the number of previous plans in list 7",
        theirs="By the number of previous plans in the census",
        remedy="Same, where both are recorded alike",
    ),
    Deviation(
        figure="Children in need",
        of=("children_in_need.*",),
        ours="Rows of list 6 open on the day",
        theirs="Open episodes, which also hold care leavers and referrals awaiting assessment",
        remedy="Deliver the children in need census, and let it lead",
    ),
    Deviation(
        figure="MASH within a working day",
        of=("front_door.mash_timeliness",),
        ours="A local measure: 24 hours, or the same or the next working day; by the day of the "
        "decision",
        theirs="Does not publish it",
    ),
    Deviation(
        figure="Authorised care plans",
        of=("children_looked_after.care_plan_authorised",),
        ours="A local measure: a plan authorised in the same period of care, on or before the day; "
        "no days of grace, and a plan once authorised stays authorised",
        theirs="Does not publish it",
    ),
    Deviation(
        figure="Two returns of the same days",
        of=(),
        ours="One return leads, for the whole of the days it covers: the Standard Safeguarding "
        "Dataset before Annex A, Annex A before the census and the SSDA903, unless the "
        "settings say otherwise",
        theirs="Each statistic is made from one collection",
        remedy="Let the collection lead (`leading` in the settings), or look at `reconcile`, which "
        "measures every figure both ways",
    ),
    Deviation(
        figure="Repeat plans from the Standard Safeguarding Dataset",
        of=("child_protection.repeat_plans*",),
        ours="Counted from the plans in the dataset, which reaches six years back",
        theirs="By the number of previous plans that the census asks for, however long ago",
        remedy="Deliver Annex A or the census beside it and let that lead",
    ),
    Deviation(
        figure="Legal status from the Standard Safeguarding Dataset",
        of=("children_looked_after.*",),
        ours="The status in force on an episode's first day, the latest to start if there are "
        "several",
        theirs="One status an episode, as the SSDA903 is filled in",
        remedy="Deliver the SSDA903 and let it lead",
    ),
    Deviation(
        figure="Initial conferences from the census alone",
        of=("child_protection.icpc_timeliness",),
        ours="A conference for a child who moved in has no strategy discussion in the census, and "
        "counts as late",
        theirs="The same: conferences without a usable duration stay in the total",
    ),
    Deviation(
        figure="First day of a period of care from the SSDA903",
        of=("children_looked_after.*",),
        ours="That of the first delivered episode, where the episodes before it stand in no "
        "delivered year",
        theirs="The true first day, which the return does not repeat",
        remedy="Deliver the years back to the oldest period",
    ),
    Deviation(
        figure="Special guardianship to 2017/18",
        of=("permanence.special_guardianship*",),
        ours="Told apart by former carer only (E43, E44)",
        theirs="By former carer and relation since 2018/19 (E45 to E48)",
    ),
    Deviation(
        figure="Validation rules 361 to 363, 434 to 436, 190, 8816 and 8820",
        of=(),
        ours="Narrower: 361 to 363 look at one episode and not at a chain; 434 to 436 do not "
        "compare postcodes; 190 sees only answers of yes; 8816 and 8820 leave out referrals "
        "with no further action",
        theirs="As the guides have them",
        remedy="Run the Department's own validation before a return is sent",
    ),
    Deviation(
        figure="Caseload, agency workers",
        of=("workforce.*",),
        ours="At each month-end, from the local table",
        theirs="On 30 September, from the workforce census",
        remedy="Read September",
    ),
    Deviation(
        figure="Adoption: days from entry to placement (A1, A10) and to the match (A2)",
        of=("permanence.days_to_*",),
        ours="Twelve months pooled, by the day of the placement or the match",
        theirs="Three years pooled, in the adoption scorecards",
        remedy="Add three financial years of the dataset: numerators over denominators",
    ),
    Deviation(
        figure="Adoption within 14 months (A3)",
        of=("permanence.placed_within_14_months",),
        ours="Of the children placed in the period",
        theirs="Children still waiting are counted too",
        remedy="List the children with a decision who are not placed yet beside it",
    ),
    Deviation(
        figure="Visits to children looked after",
        of=("children_looked_after.visits_*",),
        ours="A week after a placement begins, then every six weeks, for every child",
        theirs="Regulation 28 allows three months where a placement is meant to last to 18, which "
        "no return says",
    ),
    Deviation(
        figure="Return interviews within 72 hours",
        of=("children_looked_after.return_interviews_in_time",),
        ours="Three days after the day of return, as records hold no hour",
        theirs="72 hours",
    ),
    Deviation(
        figure="Reviews between 24 April and 25 September 2020",
        of=("children_looked_after.reviews_*", "children_looked_after.visits_*"),
        ours="The ordinary intervals",
        theirs="SI 2020/445 relaxed the intervals of care planning in that time",
        remedy="Read those months with the mark on the chart in mind",
    ),
    Deviation(
        figure="Turnover, vacancies and absence month by month",
        of=("workforce.turnover_rate", "workforce.vacancy_rate", "workforce.absence_rate"),
        ours="From the local table of teams: leavers times twelve over those in post, posts less "
        "those in post and never below none, and days lost over 253 working days a year",
        theirs="Once a year from the workforce census; 254 days in a leap year",
        remedy="Receive the workforce census for the figure of 30 September",
    ),
    Deviation(
        figure="Placed over 20 miles from home",
        of=("children_looked_after.placed_over_20_miles",),
        ours="A placement whose distance is not known counts as not so far",
        theirs="The same denominator; distances are worked out from postcodes",
    ),
    Deviation(
        figure="Care leavers from Annex A",
        of=(
            "care_leavers.in_touch",
            "care_leavers.in_suitable_accommodation",
            "care_leavers.*in_education_employment_or_training",
        ),
        ours="Everybody on the list on its day, whatever their age",
        theirs="Young people of 19 to 21, around their birthday in the year",
        remedy="Receive the SSDA903: the figures at birthday are the Department's",
    ),
    Deviation(
        figure="Figures that describe a child as on the newest list",
        of=(
            "children_looked_after.placed_outside",
            "children_looked_after.unaccompanied*",
            "permanence.permanence_plan_recorded",
            "workforce.*_with_worker",
        ),
        ours="Earlier months are shown by what the newest delivery says of the child",
        theirs="The state on 31 March of each year",
        remedy="Look at the month of the list, or keep editions month by month",
    ),
    Deviation(
        figure="Chinese children by ethnic group",
        of=(),
        ours="Counted among Asian or Asian British children, as in the census of 2021",
        theirs="Among other ethnic groups in older statistics",
    ),
    Deviation(
        figure="Rates of groups",
        of=("*rate",),
        ours="Of a group only the number is given, because how many people live in it is not known",
        theirs="Publishes rates by characteristic for the country only",
    ),
)


def page_of_deviations() -> str:
    """Write `docs/deviations.md`."""
    head = "| Figure | What we do | What the Department does | To come to theirs |"
    rows = (
        f"| {d.figure} | {d.ours} | {d.theirs or '–'} | {d.remedy or '–'} |" for d in DEVIATIONS
    )
    return "\n".join((_HEAD, head, "| --- | --- | --- | --- |", *rows, "", _TAIL))


_HEAD = """# Where our figure can differ from the Department's

Every place known to us where a figure worked out here from a council's records can differ from the
one the Department for Education publishes, why, and how to come to theirs. Written from
`indicators/deviations.py` by the program; do not edit it here, see `docs/how-to/measure.md`.
"""
_TAIL = """Percentages of the published statistics are reproduced from their own numerators and
denominators; `tests/acceptance/test_published_figures.py` says how many, and which cannot be.

England's and the regions' percentage of assessments and of conferences in time is published only as
counts rounded to 10. We work it out from those and show it to the whole number.
"""
