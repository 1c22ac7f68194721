"""The journey: what happened to a child, one class a table, one row an event or a span.

Tables and fields are named after the Standard Safeguarding Dataset without its prefixes (the name
there is in the comment beside each table). Every row knows the record it came from.
"""

from __future__ import annotations

from lineofsight.journey.fields import (
    Events,
    amount,
    clock,
    clock_day,
    clock_flag,
    code,
    day,
    flag,
    moment,
    text,
    whole,
)


class children(Events):  # ssd_person
    """Children, one row each, as described in the newest record about them."""

    child_id = text("The authority's own identifier of the child.", required=True)
    sex = code("Sex as recorded.", "sex")
    ethnicity = code("Ethnic background, the Department's four-letter code.", "ethnicity")
    born_on = day("Date of birth; blank for an unborn child.")
    expected_on = day("Expected date of birth of an unborn child.")
    died_on = day("Date of death.")
    has_disability = flag("A disability is recorded.")


class residences(Events):  # ssd_address, without the address
    """Where children live, as far as figures need it: never an address."""

    child_id = text("The child.", required=True)
    started_on = day("The day from which the child lived there.", required=True)
    ended_on = day("The day from which it no longer did; blank while it does.")
    ward = text("The electoral ward.")
    locality = text("The locality or district the service is organised by.")


class contacts(Events):  # ssd_contacts
    """Contacts, one row for each child and contact."""

    child_id = text("The child.", required=True)
    contacted_on = day("The day of the contact.", required=True)
    source = code("Who made the contact.", "referral_source")
    day_14_on = clock_day("The fourteenth day after the contact.")
    is_followed_by_referral = clock_flag(
        "The child was referred on the day of the contact or at most fourteen days after it."
    )


class mash_decisions(Events):  # in no national return
    """Referrals dealt with by the multi-agency safeguarding hub, with times."""

    child_id = text("The child.", required=True)
    received_at = moment("When the referral was received or recorded.", required=True)
    decided_at = moment("When the hub completed its decision; blank while it is open.")
    outcome = text("What the hub decided.")
    is_out_of_hours = flag("Received outside the hub's working hours.")
    due_on = clock_day("The first working day after receipt: a decision by then is in time.")
    overdue_on = clock_day("The first day on which an open decision is late.")
    working_days_to_decision = clock("Working days from receipt to decision.")
    minutes_to_decision = clock("Minutes from receipt to decision.")


class early_help_assessments(Events):  # ssd_early_help_episodes
    """Targeted early help assessments."""

    child_id = text("The child.", required=True)
    started_on = day("The day the assessment started.", required=True)
    completed_on = day("The day it was completed; blank while it is open.")
    organisation = text("Who completed it.")
    days_to_completion = clock("Days from start to completion.")
    day_36_on = clock_day("The first day on which an open assessment is past 35 days.")


class referrals(Events):  # ssd_cin_episodes
    """Referrals to children's social care."""

    child_id = text("The child.", required=True)
    referred_on = day("The day of the referral.", required=True)
    source = code("Who referred the child.", "referral_source")
    is_no_further_action = flag("The referral led to no further action.")
    team = text("The team responsible.")
    worker = text("The worker responsible.")
    is_within_12_months_of_previous = clock_flag(
        "The child had been referred before, at most twelve months earlier."
    )
    day_90_on = clock_day("The ninetieth day after the referral.")
    is_assessed_not_in_need = clock_flag(
        "The episode it began was closed after assessment within ninety days."
    )


class assessments(Events):  # ssd_cin_assessments
    """Single assessments under section 17."""

    child_id = text("The child.", required=True)
    started_on = day("The day the assessment started.", required=True)
    authorised_on = day("The day a manager authorised it; blank while it is open.")
    referred_on = day("The referral that began the episode of need it belongs to.")
    is_child_seen = flag("The child was seen during the assessment.")
    is_support_needed = flag("The child was assessed as needing social care support.")
    team = text("The team responsible.")
    worker = text("The worker responsible.")
    working_days_to_authorisation = clock("Working days from start to authorisation.")
    day_45_on = clock_day("The 45th working day, the last in time.")
    day_46_on = clock_day("The first working day on which an open assessment is past 45.")
    working_days_from_referral = clock(
        "Working days from the referral to authorisation, of its first assessment."
    )


class section_47_enquiries(Events):  # ssd_s47_enquiry
    """Enquiries under section 47 of the Children Act 1989."""

    child_id = text("The child.", required=True)
    strategy_discussion_on = day("The strategy discussion that started the enquiry.", required=True)
    is_conference_unnecessary = flag("An initial conference was deemed unnecessary.")
    conference_on = day("The initial conference that followed; blank if none was held.")
    referred_on = day("The referral that began the episode of need it belongs to.")
    team = text("The team responsible.")
    worker = text("The worker responsible.")
    day_60_on = clock_day("The sixtieth day after the strategy discussion.")
    days_to_conference = clock("Days from the strategy discussion to the conference.")


class initial_conferences(Events):  # ssd_initial_cp_conference
    """Initial child protection conferences, one row for each child and conference."""

    child_id = text("The child.", required=True)
    strategy_discussion_on = day("The strategy discussion that started the enquiry.")
    held_on = day("The day on which the conference took place.", required=True)
    is_plan_made = flag("The conference decided on a child protection plan.")
    is_transfer_in = flag("Held for a child on a plan who moved in from another authority.")
    referred_on = day("The referral that began the episode of need it belongs to.")
    family_id = text("The sibling group the conference was held for, where it is known.")
    team = text("The team responsible.")
    worker = text("The worker responsible.")
    working_days_from_strategy = clock(
        "Working days from the first strategy discussion to the conference."
    )
    is_repeated = clock_flag(
        "The same conference of the child stands in another enquiry as well, and counts there."
    )
    is_first_of_family = clock_flag(
        "The first row of its sibling group and day: it stands for one conference."
    )


class conference_requests(Events):  # in no national return
    """Initial conferences asked for, booked and postponed."""

    child_id = text("The child.", required=True)
    family_id = text("The sibling group.")
    strategy_discussion_on = day("The strategy discussion.", required=True)
    requested_on = day("The day the conference was asked for.")
    first_booked_for_on = day("The day it was first booked for.")
    held_on = day("The day it was held; blank while it is pending.")
    postponements = whole("How often it was postponed.")
    delay_reason = text("Why it was late, in the words of the service.")
    booked_for_on = day("The day it is booked for now; blank if it has no booking.")
    further_delay_reason = text("Why it was postponed again, where it was more than once.")
    stood_down_on = day("The day it was stood down, because no conference is needed any more.")
    stood_down_reason = text("Why it was stood down.")
    practice_issue = text("Theme of the case or practice issue that the adviser sees.")
    adviser_note = text("The child protection adviser's note on the case, without names.")
    escalated_on = day("The day the adviser escalated the issue.")
    escalation_closed_on = day("The day the escalation was settled; blank while it is open.")


class need_episodes(Events):  # ssd_cin_episodes
    """Episodes of need, from referral to closure."""

    child_id = text("The child.", required=True)
    started_on = day("The day the episode began.", required=True)
    ended_on = day("The day the case was closed; blank while it is open.")
    primary_need = code("Primary need.", "primary_need")
    closure_reason = code("Why the case was closed.", "closure_reason")
    status = code("Case status at the date of the list.", "case_status")
    team = text("The team responsible.")
    worker = text("The worker responsible.")
    over_3_months_on = clock_day("The first day on which it has lasted more than three months.")
    over_6_months_on = clock_day("The first day on which it has lasted more than six months.")
    one_year_on = clock_day("The day on which it has lasted a year.")
    two_years_on = clock_day("The day on which it has lasted two years.")
    is_ended_within_3_months = clock_flag("It ended after three months at most.")
    is_ended_after_two_years = clock_flag("It ended after two years or more.")


class child_protection_plans(Events):  # ssd_cp_plans
    """Child protection plans."""

    child_id = text("The child.", required=True)
    started_on = day("The day the plan started.", required=True)
    ended_on = day("The day it ended; blank while it is open.")
    initial_category = code("Category of abuse at the start.", "abuse_category")
    latest_category = code("Latest category of abuse.", "abuse_category")
    previous_plans = whole("How many plans the child had before.")
    latest_review_on = day("The latest review conference.")
    latest_visit_on = day("The latest statutory visit.")
    is_seen_alone = flag("The child was seen alone at the latest visit.")
    is_other_authority = flag(
        "A temporary plan that another authority is responsible for.", no_unless_told=True
    )
    referred_on = day("The referral that began the episode of need it belongs to.")
    team = text("The team responsible.")
    worker = text("The worker responsible.")
    two_years_on = clock_day("The day the plan has lasted two years.")
    three_months_on = clock_day("The day the plan has lasted three months.")
    over_3_months_on = clock_day("The first day on which it has lasted more than three months.")
    over_6_months_on = clock_day("The first day on which it has lasted more than six months.")
    one_year_on = clock_day("The day the plan has lasted a year.")
    over_18_months_on = clock_day("The first day on which it has lasted more than 18 months.")
    days_lasted = clock("Days from the start of the plan to its end.")
    is_within_two_years_of_previous = clock_flag(
        "A plan of the child's had ended before, at most two years earlier."
    )
    first_review_missed_on = clock_day(
        "The first day on which a review fell due and had not been held."
    )
    core_group_due_on = clock_day("The tenth working day after the plan started.")
    is_core_group_due = clock_flag("The plan was still open when its core group fell due.")
    working_days_to_core_group = clock(
        "Working days from the start of the plan to the first core group in it."
    )


class periods_of_care(Events):  # ssd_cla_episodes, joined to whole periods
    """Periods of being looked after, from entry to leaving care."""

    child_id = text("The child.", required=True)
    started_on = day("The day the child started to be looked after.", required=True)
    ceased_on = day("The day the child ceased to be looked after; blank while in care.")
    reason_ceased = code("Why the period ended.", "reason_ceased")
    primary_need = code("Category of need.", "primary_need")
    legal_status = code("Latest legal status.", "legal_status")
    placement_type = code("Latest placement type.", "placement_type")
    placement_provider = code("Who provides the latest placement.", "placement_provider")
    permanence_plan = text("The permanence plan for the child.")
    is_unaccompanied = flag("An unaccompanied asylum-seeking child in the last 12 months.")
    is_placed_outside = flag("Placed outside the authority.")
    latest_review_on = day("The latest statutory review.")
    latest_visit_on = day("The latest social work visit.")
    latest_health_assessment_on = day("The latest health assessment.")
    latest_dental_check_on = day("The latest dental check.")
    placements_in_12_months = whole("Placements in the twelve months before the list's date.")
    missing_in_12_months = whole("Missing episodes in the twelve months before the list's date.")
    team = text("The team responsible.")
    worker = text("The worker responsible.")
    is_short_breaks_only = clock_flag(
        "Looked after only in a series of short breaks (legal status V3 or V4)."
    )
    care_plan_authorised_on = clock_day(
        "The first day in this period of care on which a care plan was authorised."
    )
    left_care_before_on = clock_day("The day on which the child had last left care before.")
    is_re_entry = clock_flag(
        "The child had been in care before, and had left it at most twelve months earlier."
    )
    year_after_care_on = clock_day("Twelve months after the child ceased to be looked after.")
    is_back_within_12_months = clock_flag(
        "The child came back into care at most twelve months after leaving it."
    )
    initial_health_due_on = clock_day(
        "The twentieth working day in care; blank for a child who left before it."
    )
    initial_health_falls_due_on = clock_day("The same, of a child who left before it too.")
    initial_health_overdue_on = clock_day("The first day on which it is late, if it was not held.")
    initial_health_on = clock_day("The first initial health assessment since entering care.")
    is_initial_health_in_time = clock_flag(
        "An initial health assessment was held by the twentieth working day in care."
    )


class care_plans(Events):  # ssd_cla_care_plan; authorisation is in no national return
    """Care plans of looked-after children, with their authorisation."""

    child_id = text("The child.", required=True)
    started_on = day("The day the plan was written.", required=True)
    authorised_on = day("The day a manager authorised it; blank for a draft.")
    ended_on = day("The day it was replaced or ended.")
    authorised_by = text("Who authorised it: the role, never a name.")
    status = code("How far this version of the plan has come.", "care_plan_status")


class care_leavers(Events):  # ssd_care_leavers
    """Young people entitled to leaving-care services, as at the date of the list."""

    child_id = text("The young person.", required=True)
    recorded_on = day("The last day that the list describes.")
    eligibility = text("Eligibility category.")
    in_touch = code("Whether the authority is in touch with the young person.", "in_touch")
    accommodation = code("Type of accommodation.", "accommodation")
    accommodation_suitability = code(
        "Whether the accommodation is suitable.", "accommodation_suitability"
    )
    activity = code("Main activity.", "activity")
    pathway_plan_reviewed_on = day("The latest review of the pathway plan; in lists from 2024.")
    contacted_on = day("The latest contact with the young person; in lists from 2024.")
    team = text("The team responsible.")
    worker = text("The worker responsible.")
    is_pathway_plan_current = clock_flag(
        "The pathway plan was reviewed in the six months up to the day of the list."
    )
    is_contacted_lately = clock_flag("Contacted in the eight weeks up to the day of the list.")


class adoptions(Events):  # ssd_permanence
    """Children with a decision that they should be placed for adoption."""

    child_id = text("The child.", required=True)
    family_id = text("The sibling group.")
    entered_care_on = day("The day the child entered care.", required=True)
    decided_on = day("The decision that the child should be placed for adoption.")
    placement_order_on = day("The placement order.")
    matched_on = day("The match with prospective adopters.")
    placed_on = day("The day the child was placed for adoption.")
    ordered_on = day("The adoption order.")
    reversed_on = day("The decision that the child should no longer be placed.")
    reversal_reason = code("Why not.", "adoption_reversal_reason")
    fostered_on = day("The day the child was placed for fostering with those who may adopt.")
    days_to_placement = clock("Days from entering care to the placement for adoption.")
    days_to_adoptive_home = clock(
        "Days from entering care to living with those who adopted, as their foster child or placed."
    )
    days_from_order_to_match = clock("Days from the placement order to the match; 0 if earlier.")


class prospective_adopters(Events):  # in Annex A list 11 only
    """People applying to adopt, one row for each adopter."""

    adopter_id = text("The adopter.", required=True)
    family_id = text("The household.")
    enquired_on = day("The enquiry.", required=True)
    approved_on = day("The approval.")
    matched_on = day("The match with a child.")
    left_on = day("The day the adopter left the process.")


class staffing(Events):  # in no national return month by month
    """Establishment and caseload of each team at each month-end."""

    team = text("The team.", required=True)
    counted_on = day("The month-end the row describes.", required=True)
    posts_fte = amount("Posts, full-time equivalent.")
    in_post_fte = amount("Workers in post without agency workers, full-time equivalent.")
    agency_fte = amount("Agency workers, full-time equivalent.")
    case_holders_fte = amount("Workers who hold cases, full-time equivalent.")
    cases = whole("Children allocated to them.")
    highest_caseload = whole("Children allocated to the worker who has the most.")
    additional_fte = amount("Temporary staff beyond the establishment, full-time equivalent.")
    leavers_fte = amount("Workers who left in the month, full-time equivalent.")
    working_days_lost = amount("Working days lost to sickness in the month.")


class audits(Events):  # in no national return
    """Audits of case work."""

    child_id = text("The child whose record was audited.", required=True)
    audited_on = day("The day of the audit.", required=True)
    theme = text("What was audited: 'MASH decision', 'Assessment', 'Case file' and so on.")
    grade = code("Ofsted's four words.", "audit_grade")
    is_assured = flag("The auditor was satisfied with the decision or the work.")
    sample = text("The sample the case was drawn in, as its form names it.")
    auditor_role = text("Who audited: the role, never a name.")
    moderated_grade = code("The grade after moderation.", "audit_grade")
    remedial_actions = whole("How many actions the audit asked for.")
    actions_due_on = day("The day by which all of them are due.")
    actions_closed_on = day("The day the last of them was closed; blank while one is open.")
    referring_agency = code(
        "Who had made the referral, in a multi-agency audit.", "referral_source"
    )
    referral_grade = code("Quality of that agency's referral.", "audit_grade")
    is_closed_in_time = clock_flag("All actions were closed by the day they were due.")


class care_panel_decisions(Events):  # in no national return
    """Decisions of the entry-to-care panel."""

    child_id = text("The child.", required=True)
    heard_on = day("The day the panel heard the case.", required=True)
    decision = text("What the panel decided.")
    is_emergency = flag("The child had already entered care in an emergency.")
    requested_on = day("The day the case was put to the panel.")
    route = code("By which route the child would enter care, or did.", "care_entry_route")
    alternatives = text("What was tried or offered to keep the child at home.")
    is_ratified = flag("The panel ratified an entry that had already happened.")


class care_episodes(Events):  # ssd_cla_episodes with ssd_cla_placement and ssd_legal_status
    """Episodes of being looked after as delivered: one legal status in one placement."""

    child_id = text("The child.", required=True)
    started_on = day("The day the episode started.", required=True)
    reason_started = code("Why the episode started.", "episode_start_reason")
    legal_status = code("Legal status.", "legal_status")
    primary_need = code("Category of need.", "primary_need")
    placement_type = code("Placement type.", "placement_type")
    placement_provider = code("Who provides the placement.", "placement_provider")
    ended_on = day("The day the episode ended; blank while it lasts.")
    reason_ended = code("Why the episode ended; X1 means that care continued.", "reason_ceased")
    placement_change_reason = code("Why the placement changed.", "placement_change_reason")
    home_district = text("The first half of the home postcode; the rest is not kept.")
    placement_district = text("The first half of the placement's postcode; the rest is not kept.")
    placement_urn = text("Ofsted's number of the provider.")
    distance_miles = amount("Miles from the child's home to the placement.")
    is_placed_outside = flag("Placed outside the authority.")
    is_short_break = clock_flag("A stay in a series of short breaks (legal status V3 or V4).")


class looked_after_reviews(Events):  # ssd_cla_reviews
    """Statutory reviews of looked-after children."""

    child_id = text("The child.", required=True)
    held_on = day("The day of the review.", required=True)
    participation = code("How the child took part.", "review_participation")


class missing_episodes(Events):  # ssd_missing
    """Times a looked-after child was missing or away without authorisation."""

    child_id = text("The child.", required=True)
    started_on = day("The day the child went.", required=True)
    ended_on = day("The day the child was back; blank until then.")
    kind = code("Missing, or away without authorisation.", "missing_kind")
    is_interview_offered = flag("The child was offered a return interview.")
    is_interview_accepted = flag("The child accepted it.")
    interviewed_on = day("The day of the return interview; blank if there was none.")
    interview_due_on = clock_day("The third day after the child was back.")
    is_interviewed_in_time = clock_flag("Interviewed within three days of being back.")


class health_assessments(Events):  # ssd_cla_health
    """Health assessments and dental checks of looked-after children that took place."""

    child_id = text("The child.", required=True)
    held_on = day("The day it took place.", required=True)
    kind = code("Initial or review health assessment, or dental check.", "health_check_kind")


class health(Events):  # ssd_cla_health, _immunisations, _substance_misuse, _convictions, sdq_scores
    """Health and conduct of children looked after for at least twelve months, one row a year."""

    child_id = text("The child.", required=True)
    recorded_on = day("The last day of the year the row describes.")
    sdq_score = whole("Score of the strengths and difficulties questionnaire, 0 to 40.")
    sdq_reason = code("Why there is no score.", "sdq_reason")
    is_convicted = flag("Convicted or subject to a final warning or reprimand in the year.")
    is_health_checked = flag("Health surveillance checks are up to date (children under five).")
    is_immunised = flag("Immunisations are up to date.")
    is_dentally_checked = flag("Teeth were checked by a dentist in the year.")
    is_health_assessed = flag("Had the annual health assessment.")
    has_substance_misuse = flag("Identified as having a substance misuse problem.")
    has_received_intervention = flag("Received an intervention for it.")
    is_offered_intervention = flag("Was offered an intervention for it and refused.")


class immigration_status(Events):  # ssd_immigration_status
    """Unaccompanied asylum-seeking children of the year, one row a child and year."""

    child_id = text("The child.", required=True)
    recorded_on = day("The last day of the year the row describes.")
    ended_on = day("The day the child ceased to be unaccompanied and asylum-seeking.")


class care_leavers_at_birthday(Events):  # ssd_care_leavers, as SSDA903 counts them
    """Young people who left care, as at their birthday in the year (17 to 21)."""

    child_id = text("The young person.", required=True)
    birthday_on = day("The birthday in the year of the return, worked out from the birth date.")
    in_touch = code("Whether the authority is in touch.", "in_touch")
    activity = code("Main activity.", "activity")
    accommodation = code("Accommodation and whether it suits.", "accommodation_at_birthday")
    is_19_to_21 = clock_flag("The young person turned 19, 20 or 21.")


class adoption_decisions(Events):  # ssd_permanence
    """Decisions that a child should be placed for adoption, as delivered."""

    child_id = text("The child.", required=True)
    decided_on = day("The decision that the child should be placed for adoption.", required=True)
    reversed_on = day("The decision that the child should no longer be placed.")
    reversal_reason = code("Why not.", "adoption_reversal_reason")


class adopted_children(Events):  # ssd_permanence
    """Children adopted in the year, as delivered."""

    child_id = text("The child.", required=True)
    decided_on = day("The decision that the child should be placed for adoption.", required=True)
    matched_on = day("The match with the adopters.")
    is_adopted_by_carer = flag("Adopted by the former foster carer.")
    adopters = whole("How many adopters, one or two.")


class previous_permanence(Events):  # ssd_cla_previous_permanence
    """The permanence arrangement a child had before this period of care, one row a year."""

    child_id = text("The child.", required=True)
    recorded_on = day("The last day of the year the row describes.")
    option = code("Which arrangement it was.", "previous_permanence")
    arranged_by = text("The authority that arranged it.")
    ordered_on = day("The day of the order.")


class involvements(Events):  # ssd_involvements
    """Social workers of a child, one row a worker and time."""

    child_id = text("The child.", required=True)
    started_on = day("The day the worker took the child on.", required=True)
    ended_on = day("The last day; blank while it lasts.")
    worker = text("The worker.")
    change_reason = code("Why the worker changed.", "worker_change_reason")


class deprivations_of_liberty(Events):  # in SSDA903 from 2026/27
    """Orders that deprive a looked-after child of liberty."""

    child_id = text("The child.", required=True)
    started_on = day("The day the order took effect.", required=True)
    ended_on = day("The day it ended; blank while it is in force.")


class cin_plans(Events):  # ssd_cin_plans
    """Child in need plans."""

    child_id = text("The child.", required=True)
    started_on = day("The day the plan started.", required=True)
    ended_on = day("The day it ended; blank while it is open.")
    referred_on = day("The referral that began the episode of need it belongs to.")


class child_protection_reviews(Events):  # ssd_cp_reviews
    """Review child protection conferences, one row for each child and review."""

    child_id = text("The child.", required=True)
    plan_started_on = day("The day the plan that was reviewed started.")
    held_on = day("The day on which the review took place.", required=True)


class core_groups(Events):  # in no national return
    """Meetings of the core group of a child protection plan, one row for each child and meeting."""

    child_id = text("The child.", required=True)
    held_on = day("The day of the meeting.", required=True)


class visits(Events):  # ssd_cp_visits, ssd_cla_visits, ssd_cin_visits
    """Visits of social workers to children, whatever they are visited for."""

    child_id = text("The child.", required=True)
    visited_on = day("The day of the visit.", required=True)
    kind = code("Why the child is visited: on a plan, looked after, or in need.", "visit_kind")
    is_seen = flag("The child was seen.")
    is_seen_alone = flag("The child was seen alone.")


class linked_identifiers(Events):  # ssd_linked_identifiers
    """Two identifiers of one child recorded twice: records of the second are the first's."""

    child_id = text("The identifier that is kept.", required=True)
    also_known_as = text("The other identifier of the same child.", required=True)
    linked_on = day("The day on which it was found that both are one child.")


class assessment_factors(Events):  # ssd_assessment_factors
    """Factors identified at the end of an assessment, one row a factor."""

    child_id = text("The child.", required=True)
    assessment_started_on = day("The day the assessment started.", required=True)
    factor = code("The factor.", "assessment_factor", required=True)


class professionals(Events):  # ssd_professionals
    """Children and family social workers, one row a worker and census day.

    Those who left in the twelve months before the census day are among them.
    """

    worker_id = text("The registration number with Social Work England.", required=True)
    counted_on = day("The census day, 30 September.", required=True)
    is_agency = flag("An agency worker.")
    role = code("Role in the organisation.", "social_work_role")
    role_started_on = day("The day the worker took up the role in the authority.")
    role_ended_on = day("The day the worker left; blank for a worker in post.")
    reason_left = code("Why the worker left.", "reason_left")
    fte = amount("Full-time equivalent (census item FTE).")
    fte_on_census_day = amount("Full-time equivalent on the census day (census item FTE30).")
    cases = whole("Children allocated to the worker on the census day.")
    working_days_lost = amount("Working days lost to sickness in the twelve months before.")
    is_absent = flag("Absent on the census day.")
    absence_reason = code("Why the worker was absent.", "absence_reason")


class workforce_vacancies(Events):  # in the social work workforce census only
    """Vacancies and agency workers of an authority on the census day."""

    authority_code = text("The authority, the Department's three digits.")
    counted_on = day("The census day, 30 September.", required=True)
    vacancies_fte = amount("Vacancies, full-time equivalent.")
    agency_fte = amount("Agency workers, full-time equivalent.")
    agency_headcount = whole("Agency workers, heads.")


TABLES: tuple[type[Events], ...] = tuple(Events.__subclasses__())
BY_NAME: dict[str, type[Events]] = {table.__name__: table for table in TABLES}

# Which dates say when a row happened: one date for an event, two for a span (open while the
# second is blank). A newer submission replaces an older one's rows inside the dates it covers.
WHEN: dict[str, tuple[str, ...]] = {
    "residences": ("started_on", "ended_on"),
    "contacts": ("contacted_on",),
    "mash_decisions": ("received_at", "decided_at"),
    "early_help_assessments": ("started_on", "completed_on"),
    "referrals": ("referred_on",),
    "assessments": ("started_on", "authorised_on"),
    "section_47_enquiries": ("strategy_discussion_on",),
    "initial_conferences": ("held_on",),
    "conference_requests": ("strategy_discussion_on", "held_on"),
    "need_episodes": ("started_on", "ended_on"),
    "child_protection_plans": ("started_on", "ended_on"),
    "periods_of_care": ("started_on", "ceased_on"),
    "care_plans": ("started_on", "ended_on"),
    "adoptions": ("entered_care_on",),
    "prospective_adopters": ("enquired_on",),
    "staffing": ("counted_on",),
    "audits": ("audited_on",),
    "care_panel_decisions": ("heard_on",),
    "care_episodes": ("started_on", "ended_on"),
    "looked_after_reviews": ("held_on",),
    "missing_episodes": ("started_on", "ended_on"),
    "health_assessments": ("held_on",),
    "health": ("recorded_on",),
    "immigration_status": ("recorded_on",),
    "care_leavers_at_birthday": ("birthday_on",),
    "adoption_decisions": ("decided_on",),
    "adopted_children": ("decided_on",),
    "previous_permanence": ("recorded_on",),
    "involvements": ("started_on", "ended_on"),
    "deprivations_of_liberty": ("started_on", "ended_on"),
    "cin_plans": ("started_on", "ended_on"),
    "child_protection_reviews": ("held_on",),
    "core_groups": ("held_on",),
    "visits": ("visited_on",),
    "assessment_factors": ("assessment_started_on",),
    "professionals": ("counted_on",),
    "workforce_vacancies": ("counted_on",),
}
