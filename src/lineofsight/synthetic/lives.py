"""The simulated lives of a made-up authority's children: everything true, in no return's form.

`simulate` is the only way to make them. Codes are the Department's own (children in need census,
SSDA903); dates are true dates; nothing that happens after the last day is known. What is
written of them, and how, is for the writers in this room.

Annex A and the local tables leave some of it out: the frame `conferences`, pupil numbers, kinds of
disability, what a contact led to, days on which reviews fell due and what they decided, reasons of
moves, distances, and children's part in their reviews. Those are what the children in need census,
SSDA903 and the Standard Safeguarding Dataset ask for besides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from lineofsight.errors import Fault, UsageFault
from lineofsight.synthetic import (
    hub,
    leaving_care,
    looked_after,
    permanence,
    plan_detail,
    quality,
    staff,
    steering,
)
from lineofsight.synthetic.calendar import FOREVER, Column, Days, Numbers, day_of
from lineofsight.synthetic.draws import Rng
from lineofsight.synthetic.frames import frame, identified, numbered, until_known
from lineofsight.synthetic.history import live
from lineofsight.synthetic.looked_after import Periods
from lineofsight.synthetic.service import Service

DEFAULT = steering.DEFAULT_SIZE
SMALLEST, LARGEST = 1_000, 1_000_000
_AS_AT = day_of(steering.AS_AT)
AFTER_ASSESSMENT = "RC8"  # closed after assessment, no further action


@dataclass(frozen=True, slots=True)
class Lives:
    """Frames of what happened, one row an event or a span; each has `child_id` unless it says not.

    Identifiers end in `_id` and join the frames: `enquiry_id`, `conference_id`, `period_id` and
    so on. Days end in `_on` (blank: not yet, or never), moments in `_at` (local time).
    """

    as_at: date
    size: int
    children: pl.DataFrame
    contacts: pl.DataFrame
    mash_decisions: pl.DataFrame
    early_help: pl.DataFrame
    referrals: pl.DataFrame
    needs: pl.DataFrame
    need_visits: pl.DataFrame
    assessments: pl.DataFrame
    enquiries: pl.DataFrame
    conference_requests: pl.DataFrame
    conferences: pl.DataFrame
    plans: pl.DataFrame
    plan_reviews: pl.DataFrame
    plan_visits: pl.DataFrame
    care_periods: pl.DataFrame
    placements: pl.DataFrame
    legal_statuses: pl.DataFrame
    care_plans: pl.DataFrame
    care_reviews: pl.DataFrame
    care_visits: pl.DataFrame
    health_checks: pl.DataFrame
    missing_episodes: pl.DataFrame
    care_leavers: pl.DataFrame
    adoptions: pl.DataFrame
    adopters: pl.DataFrame  # no child: one row an adopter
    involvements: pl.DataFrame
    staffing: pl.DataFrame  # no child: one row a team and month-end
    audits: pl.DataFrame
    care_panel: pl.DataFrame


def simulate(size: int = DEFAULT, seed: int = 2020) -> Lives:
    """Simulate the lives of `size` children to 31 August 2020; the same seed, the same lives.

    Raises UsageFault if `size` is not between 1,000 and 1,000,000.
    """
    if not SMALLEST <= size <= LARGEST:
        raise UsageFault(
            Fault(
                f"A synthetic authority of {size:,} children cannot be made.",
                "The number was given as the size.",
                f"Give a whole number from {SMALLEST:,} to {LARGEST:,}.",
            )
        )
    rng = np.random.default_rng(seed)
    service = live(size, rng)
    logs = {name: log.columns() for name, log in service.logs.items()}
    # What was added later draws from a stream of its own, and so changes nothing that was before.
    added = np.random.default_rng([seed, 1])
    return _Telling(rng, added, service, logs).lives(size)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Fills in what happened within each span and puts all of it into frames."""

    rng: Rng
    added: Rng
    service: Service
    logs: dict[str, dict[str, Column]]

    def lives(self, size: int) -> Lives:
        frames = self._people() | self._front_door() | self._protection() | self._care()
        return Lives(as_at=steering.AS_AT, size=size, **frames, **self._staff_and_quality())

    def _people(self) -> dict[str, pl.DataFrame]:
        people = self.service.people
        children = frame({
            "child_id": people.child_id,
            "family_id": identified(people.family),
            "born_on": people.born,
            "sex": people.sex,
            "ethnicity": self._ethnicity(),
            "has_disability": people.has_disability,
            "disability": people.disability,
            "is_unaccompanied": self.service.is_alone,
            "postcode": people.postcode,
            "upn": people.upn,
        })  # fmt: skip
        return {"children": children}

    def _ethnicity(self) -> Column:
        people = self.service.people
        from_abroad = permanence.ethnicity_alone(self.rng, len(people))
        return np.where(self.service.is_alone, from_abroad, people.ethnicity)

    def _told(self, columns: dict[str, Column], key: str = "") -> pl.DataFrame:
        """Put a table into a frame: the child's identifier first, nothing from after the end."""
        child = {"child_id": self.service.people.child_id[columns["child"]]}
        rest = {name: values for name, values in columns.items() if name != "child"}
        told = until_known(child | rest, _AS_AT)
        return frame(numbered(told, key) if key else told)

    def _front_door(self) -> dict[str, pl.DataFrame]:
        people, referrals = self.service.people, self.logs["referrals"]
        scale = self.service.scale
        contacts = hub.contacts(self.rng, people, referrals, scale)
        decisions = hub.decisions(self.rng, referrals)
        help_early = hub.early_help(self.rng, people, scale)
        needs, begun = self.logs["needs"], _before(self.logs["assessments"], "started_on")
        visits = plan_detail.need_visits(self.rng, needs, _AS_AT)
        alone = visits["is_seen"] & (self.added.random(len(visits["is_seen"])) < 0.45)
        visits = {"child": needs["child"][visits["need"]]} | _keyed(visits, "need")
        visits |= {"is_seen_alone": alone}
        return {
            "need_visits": self._told(visits),
            "contacts": self._told(contacts, "contact_id"),
            "mash_decisions": self._told(_keyed(decisions, "referral")),
            "early_help": self._told(help_early, "early_help_id"),
            "referrals": self._told(self._allocated(referrals, "referred_on", staff.HUB),
                                    "referral_id"),
            "needs": self._told(_keyed(self._closed(needs), "referral"), "need_id"),
            "assessments": self._told(
                self._allocated(_keyed(begun, "need"), "started_on", staff.ASSESSMENT),
                "assessment_id",
            ),
        }  # fmt: skip

    def _closed(self, needs: dict[str, Column]) -> dict[str, Column]:
        """Whose case led to an enquiry was not closed after assessment alone (rule 2990)."""
        rows = np.arange(len(needs["closure_reason"]))
        is_enquired = np.isin(rows, self.logs["enquiries"]["need"])
        is_other = is_enquired & (needs["closure_reason"] == AFTER_ASSESSMENT)
        return needs | {"closure_reason": np.where(is_other, "RC7", needs["closure_reason"])}

    def _allocated(self, columns: dict[str, Column], day: str, kind: int) -> dict[str, Column]:
        teams, family = staff.build_teams(self.service.scale), self.service.people.family
        team = teams.team_of(kind, family[columns["child"]])
        worker = teams.worker_of(team, family[columns["child"]], columns[day])
        return columns | {"team": teams.name_of(team), "worker": staff.worker_name(worker)}

    def _protection(self) -> dict[str, pl.DataFrame]:
        requests, plans = self.logs["requests"], self.logs["plans"]
        requests = requests | quality.bookings(self.rng, requests)
        requests |= quality.follow_up(self.added, requests)
        family = identified(self.service.people.family)
        enquiries = _keyed(self.logs["enquiries"], "need")
        conferences = _keyed(self.logs["conferences"], "enquiry")
        conferences |= {"family_id": family[conferences["child"]]}
        requests |= {"family_id": family[requests["child"]]}
        enquiries = self._allocated(enquiries, "strategy_discussion_on", staff.PROTECTION)
        held = self._allocated(conferences, "held_on", staff.PROTECTION)
        running = self._allocated(_keyed(plans, "conference"), "started_on", staff.PROTECTION)
        del enquiries["group"]
        return {
            "enquiries": self._told(enquiries, "enquiry_id"),
            "conference_requests": self._told(_keyed(requests, "enquiry"), "request_id"),
            "conferences": self._told(held, "conference_id"),
            "plans": self._told(running, "plan_id"),
            "plan_reviews": self._of_plans(plan_detail.reviews(self.rng, plans, _AS_AT)),
            "plan_visits": self._of_plans(plan_detail.visits(self.rng, plans, _AS_AT)),
        }

    def _of_plans(self, columns: dict[str, Column]) -> pl.DataFrame:
        child = self.logs["plans"]["child"][columns["plan"]]
        return self._told({"child": child} | _keyed(columns, "plan"))

    def _periods(self) -> Periods:
        care, people = self.logs["care"], self.service.people
        return Periods(
            child=care["child"],
            start=care["started_on"],
            end=care["ceased_on"],
            until=np.minimum(care["ceased_on"], _AS_AT + 1),
            reason=care["reason_ceased"],
            born=people.born[care["child"]],
            is_alone=self.service.is_alone[care["child"]],
            is_short_breaks=care["is_short_breaks"].astype(bool),
        )

    def _care(self) -> dict[str, pl.DataFrame]:
        periods, rng = self._periods(), self.rng
        adoption = permanence.adoptions(rng, periods, _AS_AT)
        ordered, placed = _by_period(periods, adoption)
        authorised = steering.CARE_PLAN_AUTHORISED.path(rng)
        first = looked_after.first_care_plans(rng, periods, ~periods.is_short_breaks, authorised)
        tables = {
            "placements": looked_after.placements(rng, periods, placed),
            "legal_statuses": looked_after.legal_statuses(rng, periods, ordered),
            "care_plans": looked_after.care_plans(rng, periods, first),
            "care_reviews": looked_after.care_reviews(rng, periods),
            "care_visits": looked_after.care_visits(rng, periods),
            "health_checks": looked_after.health_checks(rng, periods),
            "missing_episodes": looked_after.missing_episodes(rng, periods),
            "care_leavers": self._leavers(periods),
            "adoptions": adoption,
        }
        tables["care_plans"] |= looked_after.authorisers(self.added, tables["care_plans"])
        frames = {name: self._of_periods(periods, columns) for name, columns in tables.items()}
        frames["adopters"] = self._adopters(periods, adoption)
        return frames | {"care_periods": self._care_periods(periods, adoption)}

    def _leavers(self, periods: Periods) -> dict[str, Column]:
        family = self.service.people.family[periods.child]
        return leaving_care.care_leavers(self.rng, periods, family, self.service.scale, _AS_AT)

    def _care_periods(self, periods: Periods, adoption: dict[str, Column]) -> pl.DataFrame:
        aim = looked_after.permanence_plans(self.rng, periods)
        aim[adoption["period"][adoption["reversed_on"] == FOREVER]] = "adoption"
        columns = self._allocated(self.logs["care"], "started_on", staff.CARE)
        reason = self.logs["needs"]["primary_need"][columns["need"]]
        # SSDA903 knows only N1 to N8.
        columns |= {"primary_need": np.where(np.isin(reason, ["N0", "N9"]), "N1", reason)}
        return self._told(_keyed(columns, "need") | {"permanence_plan": aim}, "period_id")

    def _of_periods(self, periods: Periods, columns: dict[str, Column]) -> pl.DataFrame:
        child = periods.child[columns["period"]]
        return self._told({"child": child} | _keyed(columns, "period"))

    def _adopters(self, periods: Periods, adoption: dict[str, Column]) -> pl.DataFrame:
        families = self.service.people.family[periods.child[adoption["period"]]]
        opened = day_of(steering.HISTORY_FROM)
        columns = permanence.adopters(self.rng, adoption, families, opened, _AS_AT)
        return frame(numbered(_keyed(columns, "household"), "adopter_id"))

    def _staff_and_quality(self) -> dict[str, pl.DataFrame]:
        people, scale = self.service.people, self.service.scale
        teams = staff.build_teams(scale)
        spans = staff.involvements(
            teams, people.family, people.has_disability, self.logs["needs"], self._assessed(),
            self.logs["care"],
        )  # fmt: skip
        counted = staff.staffing(self.rng, teams, spans)
        counted |= staff.comings_and_goings(self.added, counted)
        spans |= {
            "team": teams.name_of(spans["team"]),
            "worker": staff.worker_name(spans["worker"]),
        }
        counted |= {"team": teams.name_of(counted["team"])}
        audits = quality.audits(self.rng, self.logs["assessments"], scale)
        audits |= quality.audit_actions(self.added, audits)
        panel = quality.panel(self.rng, self.logs["care"], self.logs["plans"], scale)
        panel |= quality.panel_papers(self.added, panel)
        audits |= quality.referral_quality(self.added, audits)
        return {
            "involvements": self._told(_keyed(spans, "need")),
            "staffing": frame(counted),
            "audits": self._told(audits),
            "care_panel": self._told(_before(panel, "heard_on")),
        }

    def _assessed(self) -> Days:
        assessments = self.logs["assessments"]
        on = np.full(len(self.logs["needs"]["child"]), FOREVER, dtype=np.int64)
        on[assessments["need"]] = assessments["authorised_on"]
        return on


def _keyed(columns: dict[str, Column], *names: str) -> dict[str, Column]:
    """Turn row numbers of other tables into their identifiers."""
    return {
        f"{name}_id" if name in names else name: identified(values) if name in names else values
        for name, values in columns.items()
    }


def _before(columns: dict[str, Column], day: str) -> dict[str, Column]:
    known = columns[day] <= _AS_AT
    return {name: values[known] for name, values in columns.items()}


def _by_period(periods: Periods, adoption: dict[str, Column]) -> tuple[Days, Days]:
    ordered = np.full(len(periods), FOREVER, dtype=np.int64)
    placed = ordered.copy()
    rows: Numbers = adoption["period"]
    ordered[rows], placed[rows] = adoption["placement_order_on"], adoption["placed_on"]
    return ordered, placed
