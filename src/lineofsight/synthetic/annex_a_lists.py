"""The eleven lists of Annex A as frames, columns named as the sample workbook's headers.

Lists 1, 3 and 5 hold what was dated in the window; 2, 4 and 6 to 8 what was open or ended in it;
9 the young people of the day; 10 and 11 what was decided or under way in the window. Headers, the
stray second bracket in list 8 among them, are those of LIIA's sample (`Annex_A.xlsx`).

A count 'in the last 12 months' of lists 3 and 5 is of those before the row's own, not counting
it; of list 8 it is of the twelve months to the date of the list.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from lineofsight.synthetic import annex_a_labels as labels
from lineofsight.synthetic.as_known import as_known
from lineofsight.synthetic.calendar import Numbers, months_later
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.standing import case_status, latest, latest_allocation
from lineofsight.synthetic.window import Window

_PROTECTED = (
    "Subject to Emergency Protection Order or Protected Under Police Powers "
    "in Last Six Months (Y/N)"
)
_ALONE_NOW = "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N))"
_SECOND = (
    "Is this a second or subsequent period of being a Looked After Child "
    "within the last 12 months (Y/N)"
)
_AWAY = "Number of Episodes the Child has been ‘{}’ from their Placement in the last 12 months"
_OFFERED = "Was the child offered a Return Interview after their last missing episode (Y/N)?"
_ACCEPTED = "Did the child accept a Return Interview after their last missing episode (Y/N)?"
_IDENTITY = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age")
_DISABILITY = "Does the Child have a Disability"
_STAFF = (pl.col("team").alias("Allocated Team"), pl.col("worker").alias("Allocated Worker"))


def annex_a_lists(lives: Lives, window: Window) -> dict[str, pl.DataFrame]:
    """Give the lists by sheet name, 'List 1' to 'List 11'; each sorted by date and identifier.

    They say what was known on the last day of the window, and nothing that came later.
    """
    known = as_known(lives, window.last)
    makers = (_list_1, _list_2, _list_3, _list_4, _list_5, _list_6, _list_7, _list_8, _list_9,
              _list_10, _list_11)  # fmt: skip
    return {f"List {n}": make(known, window) for n, make in enumerate(makers, start=1)}


def _coded(column: str, mapping: dict[str, str], header: str) -> pl.Expr:
    return pl.col(column).replace_strict(mapping, return_dtype=pl.String).alias(header)


def _yes(expression: pl.Expr, header: str) -> pl.Expr:
    known = pl.when(expression).then(pl.lit(labels.YES)).otherwise(pl.lit(labels.NO))
    return pl.when(expression.is_not_null()).then(known).alias(header)


def _with_children(lives: Lives, rows: pl.DataFrame, window: Window) -> pl.DataFrame:
    """Describe the child of each row as known on the day of the list: an unborn has no birthday."""
    born = pl.col("born_on") <= window.last
    age = (pl.lit(window.last) - pl.col("born_on")).dt.total_days() / 365.25
    described = lives.children.select(
        "child_id",
        "is_unaccompanied",
        pl.when(born).then("sex").otherwise(pl.lit("0")).replace_strict(labels.GENDER)
        .alias("Gender"),
        _coded("ethnicity", labels.ETHNICITY, "Ethnicity"),
        pl.when(born).then("born_on").alias("Date of Birth"),
        pl.when(born).then(age).alias("Age"),
        _yes(pl.col("has_disability"), _DISABILITY),
    )  # fmt: skip
    return rows.join(described, on="child_id", how="left", maintain_order="left").with_columns(
        pl.col("child_id").alias("Child Unique ID")
    )


def _list_1(lives: Lives, window: Window) -> pl.DataFrame:
    rows = lives.contacts.filter(window.holds("contacted_on")).sort("contacted_on", "contact_id")
    return _with_children(lives, rows, window).select(
        *_IDENTITY,
        pl.col("contacted_on").alias("Date of Contact"),
        _coded("source", labels.SOURCE, "Contact Source"),
    )


def _list_2(lives: Lives, window: Window) -> pl.DataFrame:
    rows = lives.early_help.filter(window.spans("started_on", "completed_on"))
    rows = rows.sort("started_on", "early_help_id")
    return _with_children(lives, rows, window).select(
        *_IDENTITY,
        pl.col("started_on").alias("Assessment start date"),
        pl.col("completed_on").alias("Assessment completion date"),
        pl.col("organisation").alias("Organisation completing assessment"),
    )


def _list_3(lives: Lives, window: Window) -> pl.DataFrame:
    before = _before_in_year(lives.referrals, "referred_on", "referred_on")
    rows = lives.referrals.with_columns(pl.Series("before", before))
    rows = rows.filter(window.holds("referred_on")).sort("referred_on", "referral_id")
    return _with_children(lives, rows, window).select(
        *_IDENTITY,
        pl.col("referred_on").alias("Date of Referral"),
        _coded("source", labels.SOURCE, "Referral Source"),
        _yes(pl.col("is_no_further_action"), "Referral NFA?"),
        pl.col("before").alias("Number of Referrals in Last 12 Months"),
        *_STAFF,
    )


def _list_4(lives: Lives, window: Window) -> pl.DataFrame:
    rows = lives.assessments.filter(window.spans("started_on", "authorised_on"))
    rows = rows.sort("started_on", "assessment_id")
    return _with_children(lives, rows, window).select(
        *_IDENTITY,
        _DISABILITY,
        pl.col("started_on").alias("Continuous Assessment Start Date"),
        _yes(pl.col("is_child_seen"), "Child Seen During Continuous Assessment"),
        pl.col("authorised_on").alias("Continuous Assessment Date of Authorisation"),
        _yes(
            pl.col("is_support_needed"),
            "Was the child assessed as requiring LA children's social care support?",
        ),
        *_STAFF,
    )


def _list_5(lives: Lives, window: Window) -> pl.DataFrame:
    day = "strategy_discussion_on"
    held = lives.enquiries.filter(pl.col("conference_on").is_not_null())
    rows = lives.enquiries.with_columns(
        pl.Series("before", _before_in_year(lives.enquiries, day, day)),
        pl.Series("held_before", _before_in_year(lives.enquiries, day, "conference_on", held)),
    )
    rows = rows.filter(window.holds(day, "conference_on")).sort(day, "enquiry_id")
    return _with_children(lives, rows, window).select(
        *_IDENTITY,
        _DISABILITY,
        pl.col(day).alias("Strategy discussion initiating Section 47 Enquiry Start Date"),
        _yes(
            pl.col("is_conference_unnecessary"),
            "Was an Initial Child Protection Conference deemed unnecessary?",
        ),
        pl.col("conference_on").alias("Date of Initial Child Protection Conference"),
        _yes(
            pl.col("is_plan_made"),
            "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        ),
        pl.col("before").alias("Number of Section 47 Enquiries in the last 12 months"),
        pl.col("held_before").alias("Number of ICPCs in the last 12 months"),
        *_STAFF,
    )


def _list_6(lives: Lives, window: Window) -> pl.DataFrame:
    rows = lives.needs.filter(window.spans("started_on", "ended_on"))
    rows = rows.join(_last_seen(lives), on="need_id", how="left")
    rows = rows.join(latest_allocation(lives, "need_id"), on="need_id", how="left")
    rows = rows.join(case_status(lives), on="need_id", how="left")
    rows = rows.sort("started_on", "need_id")
    return _with_children(lives, rows, window).select(
        *_IDENTITY,
        _DISABILITY,
        pl.col("started_on").alias("CIN Start Date"),
        _coded("primary_need", labels.PRIMARY_NEED, "Primary Need Code"),
        pl.col("seen_on").alias("Date Child Was Last Seen"),
        pl.col("ended_on").alias("CIN Closure Date"),
        _coded("closure_reason", labels.CLOSURE, "Reason for Closure"),
        _coded("status", labels.CASE_STATUS, "Case Status"),
        *_STAFF,
    )


def _last_seen(lives: Lives) -> pl.DataFrame:
    seen = lives.need_visits.filter("is_seen")
    return seen.group_by("need_id").agg(pl.col("visited_on").max().alias("seen_on"))


def _list_7(lives: Lives, window: Window) -> pl.DataFrame:
    rows = lives.plans.filter(window.spans("started_on", "ended_on"))
    rows = rows.join(latest(lives.plan_reviews, "plan_id", "held_on"), on="plan_id", how="left")
    rows = rows.join(latest(lives.plan_visits, "plan_id", "visited_on"), on="plan_id", how="left")
    protected = _recently_protected(lives, window)
    rows = rows.sort("started_on", "plan_id").with_columns(
        pl.col("child_id").is_in(protected).alias("is_protected")
    )
    return _with_children(lives, rows, window).select(
        *_IDENTITY,
        _DISABILITY,
        pl.col("started_on").alias("Child Protection Plan Start Date"),
        _coded("initial_category", labels.ABUSE, "Initial Category of Abuse"),
        _coded("latest_category", labels.ABUSE, "Latest Category of Abuse"),
        pl.col("visited_on").alias("Date of the Last Statutory Visit"),
        _yes(pl.col("is_seen_alone"), "Was the Child Seen Alone?"),
        pl.col("held_on").alias("Date of latest review conference"),
        pl.col("ended_on").alias("Child Protection Plan End Date"),
        _yes(pl.col("is_protected"), _PROTECTED),
        pl.col("previous_plans").alias("Number of Previous Child Protection Plans"),
        *_STAFF,
    )


def _recently_protected(lives: Lives, window: Window) -> list[int]:
    since = window.months_ago(6)
    urgent = lives.legal_statuses.filter(
        pl.col("legal_status").is_in(["L1", "L2"])
        & (pl.col("ended_on").is_null() | (pl.col("ended_on") >= since))
    )
    return urgent["child_id"].unique().to_list()


def _list_8(lives: Lives, window: Window) -> pl.DataFrame:
    rows = lives.care_periods.filter(window.spans("started_on", "ceased_on"))
    for part in _care_parts(lives):
        rows = rows.join(part, on="period_id", how="left")
    for part in _counted(lives, window):
        rows = rows.join(part, on="child_id", how="left")
    rows = rows.sort("started_on", "period_id")
    return _with_children(lives, rows, window).select(
        *_IDENTITY,
        _yes(pl.col("is_unaccompanied"), _ALONE_NOW),
        _DISABILITY,
        pl.col("started_on").alias("Date Started to be Looked After"),
        _coded("primary_need", labels.PRIMARY_NEED, "Child's Category of Need"),
        _yes(pl.col("is_second"), _SECOND),
        pl.col("status_from").alias("Start date of current legal status"),
        _coded("legal_status", labels.LEGAL_STATUS, "Child's Legal Status"),
        pl.col("reviewed_on").alias("Date of Latest Statutory Review"),
        pl.col("visited_on").alias("Date of Last Social Work Visit"),
        _coded("permanence_plan", labels.PERMANENCE, "What is the permanence plan for this child?"),
        pl.col("reviewed_on").alias("Date of Last IRO Visit / Contact to the Child"),
        pl.col("assessed_on").alias("Date of Last Health Assessment"),
        pl.col("dentist_on").alias("Date of Last Dental Check"),
        pl.col("placements").fill_null(0).alias("Number of Placements in the Last 12 months"),
        pl.col("ceased_on").alias("Date Ceased to be Looked After"),
        _coded("reason_ceased", labels.CEASED, "Reason Ceased to be Looked After"),
        *_placement_columns(),
        pl.col("missing").fill_null(0).alias(_AWAY.format("Missing")),
        pl.col("absent").fill_null(0).alias(_AWAY.format("Absent")),
        _yes(pl.col("is_interview_offered"), _OFFERED),
        _yes(pl.col("is_interview_accepted"), _ACCEPTED),
        *_STAFF,
    )


def _placement_columns() -> list[pl.Expr]:
    outside = pl.when("is_outside").then(pl.lit("Other authority"))
    return [
        pl.col("placed_on").alias("Start Date of Most Recent Placement"),
        _coded("placement_type", labels.PLACEMENT, "Placement Type"),
        _coded("placement_provider", labels.PROVIDER, "Placement Provider"),
        pl.col("placed_at").alias("Placement postcode"),
        pl.col("urn").alias("URN of Placement"),
        pl.when("is_outside").then(pl.lit(labels.LOCATION["out"]))
        .otherwise(pl.lit(labels.LOCATION["in"])).alias("Placement Location"),
        outside.otherwise(pl.lit("Solenhaven")).alias("LA of Placement"),
    ]  # fmt: skip


def _care_parts(lives: Lives) -> list[pl.DataFrame]:
    """Build what list 8 says of each period beside its own columns, one row a period."""
    placed = latest(lives.placements, "period_id", "started_on").select(
        "period_id", pl.col("started_on").alias("placed_on"), "placement_type",
        "placement_provider", "is_outside", "urn", pl.col("postcode").alias("placed_at"),
    )  # fmt: skip
    status = latest(lives.legal_statuses, "period_id", "started_on").select(
        "period_id", pl.col("started_on").alias("status_from"), "legal_status"
    )
    checks = lives.health_checks
    newest = [
        _latest_day(lives.care_reviews, "held_on", "reviewed_on"),
        _latest_day(lives.care_visits, "visited_on", "visited_on"),
        _latest_day(checks.filter(check="health assessment"), "checked_on", "assessed_on"),
        _latest_day(checks.filter(check="dental check"), "checked_on", "dentist_on"),
    ]
    return [placed, status, *newest, _second_periods(lives)]


def _latest_day(rows: pl.DataFrame, day: str, name: str) -> pl.DataFrame:
    return rows.group_by("period_id").agg(pl.col(day).max().alias(name))


def _counted(lives: Lives, window: Window) -> list[pl.DataFrame]:
    """Count each child's placements and missing episodes of the twelve months to the last day."""
    recent = pl.col("ended_on").is_null() | (pl.col("ended_on") > window.months_ago(12))
    placed = lives.placements.filter(recent).group_by("child_id").agg(pl.len().alias("placements"))
    away = lives.missing_episodes.filter(
        pl.col("started_on").is_between(window.months_ago(12), window.last, closed="right")
    ).sort("started_on", maintain_order=True)
    missing = away.group_by("child_id").agg(
        (pl.col("missing") == "M").sum().alias("missing"),
        (pl.col("missing") == "A").sum().alias("absent"),
        pl.col("is_interview_offered", "is_interview_accepted").last(),
    )
    return [placed, missing]


def _second_periods(lives: Lives) -> pl.DataFrame:
    """Say of each period whether another of the child's began or ended in the year before it."""
    ordered = lives.care_periods.sort("child_id", "started_on")
    ended = pl.col("ceased_on").shift(1).over("child_id")
    gap = (pl.col("started_on") - ended).dt.total_days()
    return ordered.select("period_id", (gap <= 365).fill_null(False).alias("is_second"))


def _list_9(lives: Lives, window: Window) -> pl.DataFrame:
    rows = _with_children(lives, lives.care_leavers, window).sort("child_id")
    return rows.select(
        *_IDENTITY,
        _DISABILITY,
        *_STAFF,
        _coded("eligibility", labels.ELIGIBILITY, "Eligibility Category"),
        pl.col("pathway_plan_reviewed_on").alias("Latest Pathway Plan Review Date"),
        _coded("in_touch", labels.IN_TOUCH, "LA in Touch"),
        pl.col("contacted_on").alias("Latest Date of Contact"),
        _coded("accommodation", labels.ACCOMMODATION, "Type of Accommodation"),
        pl.when("is_accommodation_suitable").then(pl.lit(labels.SUITABILITY["yes"]))
        .otherwise(pl.lit(labels.SUITABILITY["no"])).alias("Suitability of Accommodation"),
        _coded("activity", labels.ACTIVITY, "Activity Status"),
    )  # fmt: skip


def _list_10(lives: Lives, window: Window) -> pl.DataFrame:
    entered = lives.care_periods.select(
        "period_id", pl.col("started_on").alias("entered_on"), "ceased_on"
    )
    homes = lives.children.select("child_id", "family_id")
    rows = lives.adoptions.join(entered, on="period_id").join(homes, on="child_id")
    rows = rows.filter(window.spans("decided_on", "ceased_on")).sort("decided_on", "child_id")
    return _with_children(lives, rows, window).select(
        "Child Unique ID",
        pl.col("family_id").alias("Family identifier"),
        "Gender",
        "Ethnicity",
        "Date of Birth",
        pl.col("Age").alias("Age of Child (Years)"),
        _DISABILITY,
        pl.col("entered_on").alias("Date the Child Entered Care"),
        pl.col("decided_on").alias("Date of Decision that Child Should be Placed for Adoption"),
        pl.col("placement_order_on").alias("Date of Placement Order"),
        pl.col("matched_on").alias("Date of Matching Child and Prospective Adopters"),
        pl.col("placed_on").alias("Date Placed for Adoption"),
        pl.col("ordered_on").alias("Date of Adoption Order "),
        pl.col("reversed_on").alias(
            "Date of Decision that Child Should No Longer be Placed for Adoption"
        ),
        _coded("reason_reversed", labels.NO_LONGER,
               "Reason Why Child No Longer Placed for Adoption"),
        pl.col("fostering_to_adopt_on").alias(
            "Date the child was placed for fostering in FFA or concurrent planning placement"
        ),
    )  # fmt: skip


def _list_11(lives: Lives, window: Window) -> pl.DataFrame:
    ended = pl.coalesce("ordered_on", "left_on").alias("finished_on")
    rows = lives.adopters.with_columns(ended).filter(window.spans("enquired_on", "finished_on"))
    steps = {
        "enquired_on": "Date enquiry received", "stage_1_started_on": "Date Stage 1 started",
        "stage_1_ended_on": "Date Stage 1 ended", "stage_2_started_on": "Date Stage 2 started",
        "stage_2_ended_on": "Date Stage 2 ended", "applied_on": "Date application submitted",
        "approved_on": "Date application approved",
        "matched_on": "Date adopter matched with child(ren)",
        "placed_on": "Date child/children placed with adopter(s)",
    }  # fmt: skip
    placed = pl.col("placed_on").is_not_null()
    return rows.sort("enquired_on", "adopter_id").select(
        pl.col("adopter_id").alias("Individual adopter identifier"),
        pl.col("household_id").alias("Family identifier"),
        _coded("sex", labels.GENDER, "Gender"),
        _coded("ethnicity", labels.ETHNICITY, "Ethnicity"),
        _yes(pl.col("has_disability"), "Disability"),
        _yes(
            pl.col("is_fostering_to_adopt"), "Is the (prospective) adopter fostering for adoption?"
        ),
        *(pl.col(name).alias(header) for name, header in steps.items()),
        pl.when(placed).then("children").alias("No. of children placed"),
        pl.col("ordered_on").alias("Date of Adoption Order"),
        pl.col("left_on").alias("Date of leaving adoption process"),
        _coded("reason_left", labels.LEFT_PROCESS, "Reason for leaving adoption process"),
    )


def _before_in_year(
    rows: pl.DataFrame, day: str, counted: str, among: pl.DataFrame | None = None
) -> Numbers:
    """Count, for each row, the child's events of `among` in the twelve months before its `day`."""
    events = rows if among is None else among
    keys = np.sort(_key(events["child_id"], events[counted]))
    to = _key(rows["child_id"], rows[day])
    days = rows[day].to_physical().to_numpy().astype(np.int64)
    since = to - days + months_later(days, -12)
    return np.searchsorted(keys, to, "left") - np.searchsorted(keys, since, "left")


def _key(child: pl.Series, day: pl.Series) -> Numbers:
    """One number for child and day, in that order."""
    days = day.to_physical().to_numpy().astype(np.int64)
    return np.asarray(child.to_numpy() * 2**20 + days)
