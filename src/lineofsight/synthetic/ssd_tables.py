"""The tables of the Standard Safeguarding Dataset, as the lives of the authority fill them.

Front door, protection, staff and people stand here, care in `ssd_care`. A table is a frame with
the dataset's own field names; identifiers are text, days are dates. What the lives do not know
(names of children, nationality, sickness of workers) is blank.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from lineofsight.reference.codes import code_sets
from lineofsight.synthetic.assessment_factors import factors
from lineofsight.synthetic.calendar import working_day, working_number
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.need_plans import need_plans
from lineofsight.synthetic.window import Window

_TARGET = 15
_ROLE = "5"
Tables = dict[str, pl.DataFrame]


def flag(expression: pl.Expr, name: str) -> pl.Expr:
    """Write a truth as Y or N, blank where it is not known."""
    answer = pl.when(expression).then(pl.lit("Y")).otherwise(pl.lit("N"))
    return pl.when(expression.is_not_null()).then(answer).alias(name)


def identifier(column: str, name: str) -> pl.Expr:
    """Write a number as the text of an identifier."""
    return pl.col(column).cast(pl.String).alias(name)


def label(column: str, code_set: str, name: str) -> pl.Expr:
    """Write the label of a code."""
    labels = {code.code: code.label for code in code_sets()[code_set].codes}
    return pl.col(column).replace_strict(labels, default=None, return_dtype=pl.String).alias(name)


def table_number(prefix: str, name: str) -> pl.Expr:
    """Number the rows of a table whose rows have no number of their own."""
    return pl.format(f"{prefix}{{}}", pl.int_range(pl.len()) + 1).alias(name)


def people(lives: Lives, as_at: date) -> Tables:
    """Give the children, their disabilities, families and numbers, and where they live."""
    is_born = pl.col("born_on") <= as_at
    rows = lives.children
    sexes = {"1": "M", "2": "F"}
    return {
        "ssd_person": rows.select(
            identifier("child_id", "pers_person_id"),
            pl.when(is_born)
            .then(pl.col("sex").replace_strict(sexes, default="U"))
            .otherwise(pl.lit("U"))
            .alias("pers_sex"),
            pl.col("ethnicity").alias("pers_ethnicity"),
            pl.when(is_born).then("born_on").alias("pers_dob"),
            pl.when(~is_born).then("born_on").alias("pers_expected_dob"),
            pl.lit("N").alias("pers_is_mother"),
        ),
        "ssd_disability": rows.select(
            table_number("D", "disa_table_id"),
            identifier("child_id", "disa_person_id"),
            pl.col("disability").alias("disa_disability_code"),
        ),
        "ssd_family": rows.select(
            table_number("F", "fami_table_id"),
            identifier("family_id", "fami_family_id"),
            identifier("child_id", "fami_person_id"),
        ),
        "ssd_address": rows.select(
            table_number("A", "addr_table_id"),
            identifier("child_id", "addr_person_id"),
            pl.lit("HOME").alias("addr_address_type"),
            pl.col("postcode").alias("addr_address_postcode"),
        ),
        "ssd_linked_identifiers": rows.filter(is_born).select(
            table_number("L", "link_table_id"),
            identifier("child_id", "link_person_id"),
            pl.lit("Unique Pupil Number").alias("link_identifier_type"),
            pl.col("upn").alias("link_identifier_value"),
        ),
        "ssd_immigration_status": _arrived_alone(lives),
    }


def _arrived_alone(lives: Lives) -> pl.DataFrame:
    first = lives.needs.group_by("child_id").agg(pl.col("started_on").min())
    rows = lives.children.filter("is_unaccompanied").join(first, on="child_id").sort("child_id")
    return rows.select(
        identifier("child_id", "immi_person_id"),
        table_number("I", "immi_immigration_status_id"),
        pl.lit("Unaccompanied Asylum Seeking Child (UASC)").alias("immi_immigration_status"),
        pl.col("started_on").alias("immi_immigration_status_start_date"),
    )


class Staff:
    """Identifiers of the teams and workers that the lives name."""

    def __init__(self, lives: Lives) -> None:
        named = (
            lives.referrals, lives.assessments, lives.enquiries, lives.conferences,
            lives.care_periods, lives.care_leavers, lives.involvements,
        )  # fmt: skip
        teams = sorted({team for rows in named for team in rows["team"].drop_nulls().unique()})
        workers = sorted({name for rows in named for name in rows["worker"].drop_nulls().unique()})
        self.teams = {name: f"T{place}" for place, name in enumerate(teams, start=1)}
        self.workers = {name: f"W{place}" for place, name in enumerate(workers, start=1)}

    def team(self, name: str) -> pl.Expr:
        """Write the identifier of the column 'team'."""
        return _mapped("team", self.teams, name)

    def worker(self, name: str) -> pl.Expr:
        """Write the identifier of the column 'worker'."""
        return _mapped("worker", self.workers, name)

    def tables(self, lives: Lives, as_at: date) -> Tables:
        """Give the teams, the workers and which worker had which child when."""
        return {
            "ssd_department": pl.DataFrame(
                {"dept_team_id": list(self.teams.values()), "dept_team_name": list(self.teams)}
            ),
            "ssd_professionals": self._professionals(lives, as_at),
            "ssd_involvements": lives.involvements.select(
                table_number("V", "invo_involvements_id"),
                self.worker("invo_professional_id"),
                pl.lit("Allocated Case Worker").alias("invo_professional_role_id"),
                self.team("invo_professional_team"),
                pl.col("started_on").alias("invo_involvement_start_date"),
                pl.col("ended_on").alias("invo_involvement_end_date"),
                identifier("child_id", "invo_person_id"),
            ),
        }

    def _professionals(self, lives: Lives, as_at: date) -> pl.DataFrame:
        counted = date(as_at.year - ((as_at.month, as_at.day) < (9, 30)), 9, 30)
        is_open = (pl.col("started_on") <= counted) & (
            pl.col("ended_on").is_null() | (pl.col("ended_on") > counted)
        )
        held = lives.involvements.filter(is_open).group_by("worker").agg(
            pl.col("child_id").n_unique().alias("cases")
        )  # fmt: skip
        rows = pl.DataFrame({"worker": list(self.workers), "id": list(self.workers.values())})
        rows = rows.join(held, on="worker", how="left", maintain_order="left")
        numbers = pl.format("SW{}", pl.col("id").str.slice(1).str.zfill(6))
        return rows.select(
            pl.col("id").alias("prof_professional_id"),
            pl.col("worker").alias("prof_professional_name"),
            numbers.alias("prof_social_worker_registration_no"),
            pl.lit(code_sets()["social_work_role"].label_of(_ROLE)).alias(
                "prof_professional_job_title"
            ),
            pl.col("cases").fill_null(0).cast(pl.Int64).alias("prof_professional_caseload"),
        )


def _mapped(column: str, names: dict[str, str], name: str) -> pl.Expr:
    return pl.col(column).replace_strict(names, default=None, return_dtype=pl.String).alias(name)


def front_door(lives: Lives, window: Window, staff: Staff) -> Tables:
    """Give contacts, early help, referrals with their episodes of need, assessments and visits."""
    contacts = lives.contacts.filter(window.holds("contacted_on"))
    early_help = lives.early_help.filter(window.spans("started_on", "completed_on"))
    assessments = lives.assessments.filter(window.spans("started_on", "authorised_on"))
    assessments = _with_referral(lives, assessments)
    return {
        "ssd_contacts": contacts.select(
            identifier("contact_id", "cont_contact_id"),
            identifier("child_id", "cont_person_id"),
            pl.col("contacted_on").alias("cont_contact_date"),
            pl.col("source").alias("cont_contact_source_code"),
            label("source", "referral_source", "cont_contact_source_desc"),
            pl.when("leads_to_referral")
            .then(pl.lit('{"OUTCOME_REFERRAL_FLAG": "Y"}'))
            .otherwise(pl.lit('{"OUTCOME_REFERRAL_FLAG": "N"}'))
            .alias("cont_contact_outcome_json"),
        ),
        "ssd_early_help_episodes": early_help.select(
            identifier("early_help_id", "earl_episode_id"),
            identifier("child_id", "earl_person_id"),
            pl.col("started_on").alias("earl_episode_start_date"),
            pl.col("completed_on").alias("earl_episode_end_date"),
            pl.col("organisation").alias("earl_episode_organisation"),
        ),
        "ssd_cin_episodes": _needs(lives, window, staff),
        "ssd_cin_assessments": assessments.select(
            identifier("assessment_id", "cina_assessment_id"),
            identifier("child_id", "cina_person_id"),
            identifier("referral_id", "cina_referral_id"),
            pl.col("started_on").alias("cina_assessment_start_date"),
            flag(pl.col("is_child_seen"), "cina_assessment_child_seen"),
            pl.col("authorised_on").alias("cina_assessment_auth_date"),
            flag(
                pl.when(pl.col("authorised_on").is_not_null()).then(~pl.col("is_support_needed")),
                "cina_assessment_outcome_nfa",
            ),
            staff.team("cina_assessment_team"),
            staff.worker("cina_assessment_worker_id"),
        ),
        "ssd_assessment_factors": _factors(lives, assessments),
        "ssd_cin_plans": _need_plans(lives, window),
        "ssd_cin_visits": lives.need_visits.filter(window.holds("visited_on")).select(
            table_number("NV", "cinv_cin_visit_id"),
            identifier("child_id", "cinv_person_id"),
            pl.col("visited_on").alias("cinv_cin_visit_date"),
            flag(pl.col("is_seen"), "cinv_cin_visit_seen"),
            flag(pl.col("is_seen_alone"), "cinv_cin_visit_seen_alone"),
        ),
    }


def _factors(lives: Lives, assessments: pl.DataFrame) -> pl.DataFrame:
    """Give the factors of each assessment as a list in JSON."""
    told = factors(lives).join(assessments, on="assessment_id", how="semi")
    quoted = pl.concat_str(pl.lit('"'), "factor", pl.lit('"'))
    by_assessment = told.group_by("assessment_id", maintain_order=True).agg(quoted.alias("list"))
    return by_assessment.select(
        table_number("AF", "cinf_table_id"),
        identifier("assessment_id", "cinf_assessment_id"),
        pl.format("[{}]", pl.col("list").list.join(", ")).alias("cinf_assessment_factors_json"),
    )


def _need_plans(lives: Lives, window: Window) -> pl.DataFrame:
    plans = need_plans(lives).filter(window.spans("started_on", "ended_on"))
    return _with_referral(lives, plans).select(
        table_number("NP", "cinp_cin_plan_id"),
        identifier("referral_id", "cinp_referral_id"),
        identifier("child_id", "cinp_person_id"),
        pl.col("started_on").alias("cinp_cin_plan_start_date"),
        pl.col("ended_on").alias("cinp_cin_plan_end_date"),
    )


def _needs(lives: Lives, window: Window, staff: Staff) -> pl.DataFrame:
    """Give referrals dated in the window, and older ones whose episode of need was open in it."""
    needs = lives.needs.select("referral_id", "ended_on", "primary_need", "closure_reason",
                               has_need=pl.lit(True))  # fmt: skip
    rows = lives.referrals.join(needs, on="referral_id", how="left", maintain_order="left")
    is_open = pl.col("has_need").fill_null(False) & window.spans("referred_on", "ended_on")
    return rows.filter(window.holds("referred_on") | is_open).select(
        identifier("referral_id", "cine_referral_id"),
        identifier("child_id", "cine_person_id"),
        pl.col("referred_on").alias("cine_referral_date"),
        pl.col("primary_need").alias("cine_cin_primary_need_code"),
        pl.col("source").alias("cine_referral_source_code"),
        label("source", "referral_source", "cine_referral_source_desc"),
        flag(pl.col("is_no_further_action"), "cine_referral_nfa"),
        pl.col("closure_reason").alias("cine_close_reason"),
        pl.col("ended_on").alias("cine_close_date"),
        staff.team("cine_referral_team"),
        staff.worker("cine_referral_worker_id"),
    )


def _with_referral(lives: Lives, rows: pl.DataFrame) -> pl.DataFrame:
    """Put the referral beside rows that know their episode of need."""
    keys = lives.needs.select("need_id", "referral_id")
    return rows.join(keys, on="need_id", how="left", maintain_order="left")


def protection(lives: Lives, window: Window, staff: Staff) -> Tables:
    """Give enquiries, conferences, plans, their reviews and visits."""
    enquiries = _with_referral(lives, lives.enquiries)
    referred = enquiries.select("enquiry_id", "referral_id")
    conferences = lives.conferences.join(
        referred, on="enquiry_id", how="left", maintain_order="left"
    )
    return {
        "ssd_s47_enquiry": _enquiries(enquiries, window, staff),
        "ssd_initial_cp_conference": _conferences(lives, conferences, window, staff),
        **_plans(lives, conferences, window),
    }


def _enquiries(enquiries: pl.DataFrame, window: Window, staff: Staff) -> pl.DataFrame:
    dated = enquiries.filter(window.holds("strategy_discussion_on", "conference_on"))
    return dated.select(
        identifier("enquiry_id", "s47e_s47_enquiry_id"),
        identifier("referral_id", "s47e_referral_id"),
        identifier("child_id", "s47e_person_id"),
        pl.col("strategy_discussion_on").alias("s47e_s47_start_date"),
        flag(pl.col("is_conference_unnecessary"), "s47e_s47_nfa"),
        staff.worker("s47e_s47_completed_by_worker_id"),
        staff.team("s47e_s47_completed_by_team"),
    )


def _conferences(
    lives: Lives, conferences: pl.DataFrame, window: Window, staff: Staff
) -> pl.DataFrame:
    plan_of = lives.plans.select("conference_id", "plan_id")
    held = conferences.filter(window.holds("held_on")).join(
        plan_of, on="conference_id", how="left", maintain_order="left"
    )
    return held.select(
        identifier("conference_id", "icpc_icpc_id"),
        pl.format("M{}", "group").alias("icpc_icpc_meeting_id"),
        identifier("enquiry_id", "icpc_s47_enquiry_id"),
        identifier("child_id", "icpc_person_id"),
        identifier("plan_id", "icpc_cp_plan_id"),
        identifier("referral_id", "icpc_referral_id"),
        flag(pl.col("is_transfer_in"), "icpc_icpc_transfer_in"),
        _targets(held).alias("icpc_icpc_target_date"),
        pl.col("held_on").alias("icpc_icpc_date"),
        flag(pl.col("is_plan_made"), "icpc_icpc_outcome_cp_flag"),
        staff.team("icpc_icpc_team"),
        staff.worker("icpc_icpc_worker_id"),
    )


def _plans(lives: Lives, conferences: pl.DataFrame, window: Window) -> Tables:
    referred = conferences.select("conference_id", "referral_id")
    plans = lives.plans.join(referred, on="conference_id", how="left", maintain_order="left")
    return {
        "ssd_cp_plans": plans.filter(window.spans("started_on", "ended_on")).select(
            identifier("plan_id", "cppl_cp_plan_id"),
            identifier("referral_id", "cppl_referral_id"),
            identifier("conference_id", "cppl_icpc_id"),
            identifier("child_id", "cppl_person_id"),
            pl.col("started_on").alias("cppl_cp_plan_start_date"),
            pl.col("ended_on").alias("cppl_cp_plan_end_date"),
            pl.col("initial_category").alias("cppl_cp_plan_initial_category"),
            pl.lit("N").alias("cppl_cp_plan_ola"),
            pl.col("latest_category").alias("cppl_cp_plan_latest_category"),
        ),
        "ssd_cp_reviews": lives.plan_reviews.filter(window.holds("held_on")).select(
            table_number("PR", "cppr_cp_review_id"),
            identifier("child_id", "cppr_person_id"),
            identifier("plan_id", "cppr_cp_plan_id"),
            pl.col("due_on").alias("cppr_cp_review_due"),
            pl.col("held_on").alias("cppr_cp_review_date"),
            flag(pl.col("is_continued"), "cppr_cp_review_outcome_continue_cp"),
        ),
        "ssd_cp_visits": lives.plan_visits.filter(window.holds("visited_on")).select(
            table_number("PV", "cppv_cp_visit_id"),
            identifier("child_id", "cppv_person_id"),
            identifier("plan_id", "cppv_cp_plan_id"),
            pl.col("visited_on").alias("cppv_cp_visit_date"),
            flag(pl.col("is_seen"), "cppv_cp_visit_seen"),
            flag(pl.col("is_seen_alone"), "cppv_cp_visit_seen_alone"),
        ),
    }


def _targets(conferences: pl.DataFrame) -> pl.Series:
    """Give the day 15 working days after each strategy discussion, blank where there was none."""
    starts = conferences["strategy_discussion_on"]
    filled = starts.fill_null(date(2010, 1, 4)).to_physical().cast(pl.Int64).to_numpy()
    due = pl.Series(working_day(working_number(filled) + _TARGET)).cast(pl.Int32).cast(pl.Date)
    return pl.select(pl.when(starts.is_not_null()).then(due)).to_series()
