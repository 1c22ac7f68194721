"""A whole paper made by hand, shaped like the model report: August 2020, three areas each way.

Nothing here is random and nothing was measured: the counts were chosen so that the figures are
those of the model report (99% and 97%, 89% and 76%, 96% and 95%, 82, 73% and 63%, 97).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from lineofsight.comparators.comparator import Area, Comparator
from lineofsight.judgement.finding import (
    Assurance,
    Change,
    Comparison,
    Direction,
    Evidence,
    Finding,
    Limits,
    Signal,
    Strength,
    Variation,
    Verdict,
)
from lineofsight.measurement.measurement import (
    Basis,
    Measurement,
    Unmeasurable,
    Value,
)
from lineofsight.overview.commentary import Commentary
from lineofsight.overview.earlier import EarlierPaper
from lineofsight.overview.lay_out import lay_out
from lineofsight.overview.overview import Figure, Kind, Note, Overview, Restatement, Sentence
from lineofsight.overview.promise import State
from lineofsight.overview.promises import Outcome, open_promises
from lineofsight.overview.restated import RestatedSince
from lineofsight.reference.authority import Event, Target
from lineofsight.reference.periods import Month, Period
from lineofsight.reference.places import Population
from lineofsight.reference.polarity import HIGH, LOW, NEUTRAL, Polarity

AUGUST = Month.parse("2020-08")
RESIDENTS = 50_310
POPULATION = Population(
    estimate=RESIDENTS,
    mid_year=2019,
    vintage="",
    source="488 children at 97 per 10,000 in the model report",
    is_implied=True,
)


@dataclass(frozen=True, kw_only=True)
class Figured:
    """A hand-made description of a figure; see `measurement.Described`."""

    id: str
    name: str
    counted: str = "children"
    good: Polarity = NEUTRAL
    unit: str = ""
    decimals: int = 0
    is_snapshot: bool = False
    published: str = ""
    source: str = "A definition made up for this example"
    note: str = ""
    blanks: str = ""
    brief: str = ""

    @property
    def chapter(self) -> str:
        return self.id.split(".")[0]

    @property
    def scale(self) -> int:
        return {"%": 100, " per 10,000": 10_000}.get(self.unit, 1)


def measurement(
    figured: Figured,
    counts: list[float],
    totals: list[float] | float | None = None,
    last: Month = AUGUST,
) -> Measurement:
    """Build a monthly measurement that ends in `last` from numerators and denominators."""
    below = totals if isinstance(totals, list) else [totals] * len(counts)
    months = [last - back for back in reversed(range(len(counts)))]
    series = tuple(
        _monthly(figured, m, n, d) for m, n, d in zip(months, counts, below, strict=True)
    )
    rolling = tuple(
        _rolling(figured, months[i], counts[max(0, i - 11) : i + 1], below[max(0, i - 11) : i + 1])
        for i in range(len(months))
    )
    population = POPULATION if figured.unit == " per 10,000" else None
    return Measurement(figured, "Southampton", series, rolling, population)


def _monthly(figured: Figured, month: Month, top: float, below: float | None) -> Value:
    if figured.is_snapshot:
        return Value(Period.month_end(month), Basis.MONTH_END, top, below, figured.scale)
    return Value(Period.month(month), Basis.MONTH, top, below, figured.scale)


def _rolling(figured: Figured, last: Month, tops: list[float], belows: list[float | None]) -> Value:
    basis = Basis.MEAN_OF_MONTH_ENDS if figured.is_snapshot else Basis.TWELVE_MONTHS
    known = [below for below in belows if below is not None]
    is_flow_rate = figured.unit == " per 10,000" and not figured.is_snapshot
    below = known[-1] if is_flow_rate and known else sum(known) if known else None
    return Value(Period.twelve_months(last, len(tops)), basis, sum(tops), below, figured.scale)


def comparator(
    figured: Figured, area: Area, value: str, ends_on: date = date(2019, 3, 31)
) -> Comparator:
    """Build a published figure for the year (or the day) that ends on `ends_on`."""
    number = Decimal(value)
    is_group = area is Area.STATISTICAL_NEIGHBOURS
    names = {Area.REGION: "South East", Area.ENGLAND: "England"}
    day = f"31 March {ends_on.year}"
    return Comparator(
        indicator=figured.id,
        area=area,
        area_name=names.get(area, "mean of ten neighbours"),
        value=number,
        decimals=max(0, -int(number.as_tuple().exponent)),
        period=day if figured.is_snapshot else f"year to {day}",
        period_ends_on=ends_on,
        published_on=date(ends_on.year, 11, 28),
        vintage=f"as first published in {ends_on.year}",
        source="the model report",
        group_version="the list in force in 2020" if is_group else "",
        members=10 if is_group else 0,
    )


def compared(
    figured: Figured,
    level: str,
    *against: tuple[Area, str, Direction, Strength],
    age_months: int = 17,
) -> tuple[Comparison, ...]:
    """Build the comparisons of one level."""
    return tuple(
        Comparison(
            comparator=comparator(figured, area, value),
            direction=direction,
            strength=strength,
            is_worse=_is_good(figured, direction) is False,
            is_better=_is_good(figured, direction) is True,
            gap=Decimal(level) - Decimal(value),
            age_months=age_months,
        )
        for area, value, direction, strength in against
    )


def _is_good(figured: Figured, direction: Direction) -> bool | None:
    if direction is Direction.SIMILAR or figured.good is NEUTRAL:
        return None
    return (direction is Direction.HIGHER) is (figured.good is HIGH)


def evidence(
    level: str | None, interval: tuple[str, str] | None = None, **more: object
) -> Evidence:
    """Build evidence that says nothing but the level, then change what `more` names."""
    bounds = None if interval is None else (Decimal(interval[0]), Decimal(interval[1]))
    bare = Evidence(
        level=None if level is None else Decimal(level),
        interval=bounds,
        interval_wide=bounds,
        comparisons=(),
        variation=Variation(Signal.NOT_CHARTED),
        assurance=Assurance.NO_TARGET,
        target=None,
        change=None,
        children_behind_gap=None,
    )
    return replace(bare, **more)  # type: ignore[arg-type]


def level_limits(centre: float, lower: float, upper: float, points: int = 24) -> Limits:
    """Build limits that do not vary."""
    return Limits("XmR", (centre,) * points, (lower,) * points, (upper,) * points, points, False)


MASH = Figured(
    id="front_door.mash_timeliness",
    name="Percentage of referrals dealt with by MASH where time from referral received / recorded "
    "to completion by MASH was 24 hours / 1 working day or less",
    brief="Referrals dealt with by MASH within one working day",
    counted="referrals",
    good=HIGH,
    unit="%",
    blanks="A referral that is still open is not counted.",
)
ASSESSMENTS = Figured(
    id="assessments.timeliness",
    name="Percentage of Single Assessments (SA) completed in 45 working days",
    brief="Assessments within 45 working days",
    counted="assessments",
    good=HIGH,
    unit="%",
    published="Assessments completed within 45 working days",
)
CARE_PLANS = Figured(
    id="children_looked_after.authorised_care_plan",
    name="Percentage of Looked after Children with an authorised care plan",
    brief="Looked-after children with an authorised care plan",
    good=HIGH,
    unit="%",
    is_snapshot=True,
)
PLANS = Figured(
    id="child_protection.plans_rate",
    name="Rate of children with Child Protection Plans (CPP) per 10,000 (0-17 year olds) at end of "
    "period",
    brief="Children with child protection plans",
    unit=" per 10,000",
    is_snapshot=True,
)
CONFERENCES = Figured(
    id="child_protection.icpc_timeliness",
    name="Percentage of Initial Child Protection Conferences (ICPCs) held within timescales "
    "(based on count of children)",
    brief="Initial child protection conferences within 15 working days",
    good=HIGH,
    unit="%",
    note="Held within 15 working days of the strategy discussion.",
    blanks="A conference whose strategy discussion has no date is counted, and counted as late.",
)
LOOKED_AFTER = Figured(
    id="children_looked_after.rate",
    name="Looked after Children rate per 10,000",
    brief="Looked-after children",
    unit=" per 10,000",
    is_snapshot=True,
)

# Twenty-four months, September 2018 to August 2020.
_MASH_IN_TIME = [
    231, 240, 252, 228, 246, 238, 255, 236, 249, 241, 262, 229,
    270, 276, 281, 262, 288, 279, 291, 243, 249, 285, 301, 297,
]  # fmt: skip
_MASH_ALL = [
    246, 254, 268, 243, 262, 252, 271, 250, 266, 256, 279, 243,
    281, 288, 292, 273, 299, 288, 301, 250, 256, 291, 306, 300,
]  # fmt: skip
_ASSESSED_IN_TIME = [
    142, 150, 149, 128, 151, 146, 155, 143, 152, 148, 163, 135,
    140, 142, 139, 118, 145, 141, 150, 138, 142, 161, 174, 178,
]  # fmt: skip
_ASSESSED = [
    196, 205, 201, 177, 207, 198, 210, 195, 204, 200, 219, 183,
    198, 204, 200, 172, 206, 197, 203, 180, 178, 192, 200, 200,
]  # fmt: skip
_CARE_PLANS = [
    440, 441, 443, 446, 447, 449, 448, 450, 452, 453, 455, 456,
    456, 454, 458, 455, 459, 457, 460, 462, 461, 464, 470, 468,
]  # fmt: skip
_IN_CARE = [
    470, 471, 473, 476, 474, 477, 478, 480, 479, 482, 481, 483,
    482, 480, 483, 481, 484, 482, 483, 485, 484, 486, 494, 488,
]  # fmt: skip
_ON_PLANS = [
    318, 322, 327, 325, 331, 336, 340, 338, 345, 349, 352, 356,
    360, 364, 371, 369, 377, 382, 388, 391, 397, 402, 408, 412,
]  # fmt: skip
_ICPC_IN_TIME = [
    35, 31, 37, 26, 33, 38, 34, 30, 36, 39, 33, 31,
    38, 33, 36, 29, 37, 36, 42, 32, 34, 40, 40, 44,
]  # fmt: skip
_ICPC_ALL = [
    58, 54, 61, 47, 56, 60, 57, 53, 59, 64, 55, 52,
    62, 55, 58, 49, 61, 57, 66, 52, 54, 63, 63, 60,
]  # fmt: skip

_NEIGHBOURS, _REGION, _ENGLAND = Area.STATISTICAL_NEIGHBOURS, Area.REGION, Area.ENGLAND
_HIGHER, _LOWER, _SIMILAR = Direction.HIGHER, Direction.LOWER, Direction.SIMILAR


def mash_finding() -> Finding:
    """99% in the month and 97% over twelve months; improvement, with a target it meets."""
    return Finding(
        measurement(MASH, [*map(float, _MASH_IN_TIME)], [*map(float, _MASH_ALL)]),
        Verdict.POSITIVE,
        evidence(
            "96.990",
            ("96.36", "97.52"),
            variation=Variation(
                Signal.IMPROVEMENT,
                rule="seven months in a row above the mean",
                label="August 2020",
                limits=level_limits(95.4, 92.1, 98.7),
            ),
            assurance=Assurance.CONSISTENT_PASS,
            target=Target(Decimal(90), "agreed by the safeguarding partnership in 2018"),
            change=Change(
                Decimal("94.08"), Decimal("96.99"), Decimal("2.91"), Decimal("1.81"),
                Decimal("4.03"), is_real=True, is_marked=False, label="twelve months",
            ),
        ),
        rule="R5a",
        because="the target is met every month and the month-to-month chart shows improvement.",
        would_change="A month below the target would have left it in line.",
        strength=Strength.STRONG,
        rank=1,
    )  # fmt: skip


def assessments_finding() -> Finding:
    """89% in the month, 76% over twelve months: like its neighbours, below region and England."""
    return Finding(
        measurement(ASSESSMENTS, [*map(float, _ASSESSED_IN_TIME)], [*map(float, _ASSESSED)]),
        Verdict.POSITIVE,
        evidence(
            "75.88",
            ("74.09", "77.58"),
            comparisons=compared(
                ASSESSMENTS,
                "75.88",
                (_NEIGHBOURS, "76", _SIMILAR, Strength.NONE),
                (_REGION, "81", _LOWER, Strength.STRONG),
                (_ENGLAND, "81", _LOWER, Strength.STRONG),
            ),
            variation=Variation(
                Signal.IMPROVEMENT,
                rule="above the upper process limit",
                label="August 2020",
                limits=level_limits(75.1, 66.4, 83.8),
            ),
            change=Change(
                Decimal("73.50"), Decimal("75.88"), Decimal("2.38"), Decimal("-0.11"),
                Decimal("4.87"), is_real=False, is_marked=False, label="twelve months",
            ),
        ),
        rule="R5a",
        because="the level is similar to statistical neighbours and the newest month improved.",
        tensions=("The twelve-month figure is lower than the region and England.",),
        would_change="A month within usual variation would have left it in line.",
        strength=Strength.WEAK,
        rank=2,
    )  # fmt: skip


def care_plans_finding() -> Finding:
    """96% at the end of August, 95% as the mean of twelve month-ends."""
    return Finding(
        measurement(CARE_PLANS, [*map(float, _CARE_PLANS)], [*map(float, _IN_CARE)]),
        Verdict.POSITIVE,
        evidence(
            "95.90",
            ("93.75", "97.33"),
            variation=Variation(Signal.COMMON_CAUSE, of=""),
            assurance=Assurance.CONSISTENT_PASS,
            target=Target(Decimal(90), "set by the corporate parenting board"),
        ),
        rule="R5b",
        because="the target can be expected to be met every month.",
        would_change="A level whose interval reaches the target would have left it in line.",
        rank=3,
    )


def plans_finding() -> Finding:
    """82 per 10,000: an outlier that needs explaining."""
    return Finding(
        measurement(PLANS, [*map(float, _ON_PLANS)], float(RESIDENTS)),
        Verdict.DEVELOPMENT,
        evidence(
            "81.89",
            ("74.17", "90.19"),
            comparisons=compared(
                PLANS,
                "81.89",
                (_NEIGHBOURS, "48", _HIGHER, Strength.STRONG),
                (_REGION, "41", _HIGHER, Strength.STRONG),
                (_ENGLAND, "44", _HIGHER, Strength.STRONG),
            ),
            variation=Variation(Signal.COMMON_CAUSE, of="Child Protection Plans (CPP) started"),
            children_behind_gap=171,
        ),
        rule="R3a",
        because="82 per 10,000 on 31 August 2020 is an outlier that needs explaining: it lies "
        "beyond the 99.8% limits around England's 44 per 10,000 (31 March 2019).",
        would_change="It would be in line with 141 fewer children.",
        strength=Strength.STRONG,
        rank=1,
    )


def conferences_finding() -> Finding:
    """73% in the month and 63% over twelve months, below all three comparators."""
    return Finding(
        measurement(CONFERENCES, [*map(float, _ICPC_IN_TIME)], [*map(float, _ICPC_ALL)]),
        Verdict.DEVELOPMENT,
        evidence(
            "63.00",
            ("57.29", "68.37"),
            comparisons=compared(
                CONFERENCES,
                "63.00",
                (_NEIGHBOURS, "84", _LOWER, Strength.STRONG),
                (_REGION, "77", _LOWER, Strength.STRONG),
                (_ENGLAND, "79", _LOWER, Strength.STRONG),
            ),
            variation=Variation(
                Signal.COMMON_CAUSE, label="August 2020", limits=level_limits(61.2, 45.9, 76.5)
            ),
            change=Change(
                Decimal("59.62"), Decimal("63.00"), Decimal("3.38"), Decimal("-4.60"),
                Decimal("11.30"), is_real=False, is_marked=False, label="twelve months",
            ),
            children_behind_gap=147,
        ),
        rule="R2a",
        because="the twelve-month figure is lower than statistical neighbours at 99.8%.",
        tensions=("The month is the best of the last twelve.",),
        would_change="A twelve-month figure whose interval reaches 84% would have left it in line.",
        strength=Strength.STRONG,
        rank=2,
    )  # fmt: skip


def looked_after_finding() -> Finding:
    """97 per 10,000: more than neighbours, after unusually many entries in July."""
    return Finding(
        measurement(LOOKED_AFTER, [*map(float, _IN_CARE)], float(RESIDENTS)),
        Verdict.DEVELOPMENT,
        evidence(
            "97.00",
            ("88.59", "105.99"),
            comparisons=compared(
                LOOKED_AFTER, "97.00", (_NEIGHBOURS, "86", _HIGHER, Strength.WEAK)
            ),
            variation=Variation(
                Signal.NEUTRAL_HIGH,
                of="Entries to care",
                rule="above the upper process limit",
                label="July 2020",
            ),
            children_behind_gap=55,
        ),
        rule="R4",
        because="entries were unusually high and the rate is higher than statistical neighbours.",
        tensions=("The difference from statistical neighbours does not hold at 99.8%.",),
        would_change="Entries within usual variation would have left it in line.",
        strength=Strength.WEAK,
        rank=3,
    )


def in_line(figured: Figured, measured: Measurement, level: str) -> Finding:
    """Build a finding that stands in the dataset only."""
    said = evidence(level, variation=Variation(Signal.COMMON_CAUSE))
    return Finding(measured, Verdict.IN_LINE, said, "R6b", "nothing stands out.")


_CONTACTS = Figured(
    id="front_door.contacts", name="Number of contacts in the month", counted="contacts"
)
_REREFERRALS = Figured(
    id="front_door.rereferrals",
    name="Percentage of referrals within 12 months of a previous referral",
    counted="referrals",
    good=LOW,
    unit="%",
)
_IN_NEED = Figured(
    id="children_in_need.rate",
    name="Rate of children in need per 10,000 (0-17 year olds) at end of period",
    unit=" per 10,000",
    is_snapshot=True,
)
_TWO_YEARS = Figured(
    id="child_protection.two_years",
    name="Percentage of children with Child Protection Plans lasting two years or more at end of "
    "period",
    good=LOW,
    unit="%",
    is_snapshot=True,
)
_CASELOAD = Figured(
    id="workforce.caseload",
    name="Average caseload: children for each worker (full-time equivalent) who holds cases",
    good=LOW,
    decimals=1,
    is_snapshot=True,
)
_AUDITS = Figured(id="quality.audits", name="Audits completed", counted="audits")
_LEAVERS = Figured(
    id="care_leavers.suitable_accommodation",
    name="Percentage of care leavers aged 19 to 21 in suitable accommodation",
    counted="young people",
    good=HIGH,
    unit="%",
)

_CONTACT_COUNTS = [
    1180, 1214, 1251, 1098, 1236, 1190, 1263, 1175, 1242, 1218, 1290, 1056,
    1205, 1248, 1267, 1110, 1259, 1221, 1184, 902, 968, 1135, 1201, 1032,
]  # fmt: skip


def _dataset_findings() -> list[Finding]:
    referrals = [*map(float, _MASH_ALL)]
    again = [float(round(n * 0.21)) for n in referrals]
    in_need = [float(1620 + 4 * i) for i in range(24)]
    long_plans = [6.0, 7.0, 7.0, 8.0, 8.0, 7.0, 6.0, 6.0, 5.0, 5.0, 4.0, 4.0] * 2
    held = [float(1480 + 6 * i) for i in range(24)]
    workers = [82.5] * 12 + [84.0] * 12
    return [
        in_line(_CONTACTS, measurement(_CONTACTS, [*map(float, _CONTACT_COUNTS)]), "1032"),
        in_line(_REREFERRALS, measurement(_REREFERRALS, again, referrals), "21.0"),
        in_line(_IN_NEED, measurement(_IN_NEED, in_need, float(RESIDENTS)), "340.3"),
        in_line(_TWO_YEARS, measurement(_TWO_YEARS, long_plans, [*map(float, _ON_PLANS)]), "0.97"),
        in_line(_CASELOAD, measurement(_CASELOAD, held, workers), "19.26"),
        in_line(_AUDITS, measurement(_AUDITS, [0.0] * 21 + [1.0, 12.0, 9.0]), "9"),
    ]


def unmeasured_finding() -> Finding:
    """An indicator for which no table was delivered."""
    missing = Measurement(
        _LEAVERS,
        "Southampton",
        unmeasurable=Unmeasurable(
            "No list of care leavers has been received.",
            "Deliver Annex A, List 9, or the care leavers table of the local workbook.",
        ),
    )
    return Finding(missing, Verdict.NOT_JUDGED, evidence(None), "R1a", "")


def example_findings() -> list[Finding]:
    """All findings of the example, in the order of the dataset."""
    contacts, rereferrals, in_need, two_years, caseload, audits = _dataset_findings()
    return [
        contacts,
        mash_finding(),
        rereferrals,
        assessments_finding(),
        in_need,
        conferences_finding(),
        plans_finding(),
        two_years,
        looked_after_finding(),
        care_plans_finding(),
        unmeasured_finding(),
        caseload,
        audits,
    ]


PROMISED = (
    (CONFERENCES.id, "Send the list of pending conferences to managers", "Advisor", (2020, 8, 31)),
    (PLANS.id, "Secure temporary chairs for review conferences", "Manager", (2020, 9, 11)),
    (MASH.id, "Meet partners about an audit of referrals", "Head of Service", (2020, 10, 30)),
    (LOOKED_AFTER.id, "Bring planned entries to care to a panel", "Head of Service", (2020, 9, 30)),
    (_CASELOAD.id, "Fill the vacant posts of two teams", "Service Manager", (2020, 9, 14)),
)


def example_earlier() -> EarlierPaper:
    """The paper of July 2020, which promised five actions and had one positive area fewer."""
    findings = [
        replace(f, verdict=Verdict.IN_LINE) if f.indicator_id == ASSESSMENTS.id else f
        for f in example_findings()
    ]
    actions = {
        identity: (Sentence(Kind.ACTION, text, owner=owner, due_on=date(*due)),)
        for identity, text, owner, due in PROMISED
    }
    paper = lay_out(
        findings,
        authority="Southampton",
        month=AUGUST - 1,
        year=None,
        prepared_on=date(2020, 8, 21),
        is_synthetic=True,
        events=(),
        commentary=Commentary("July 2020", actions),
        region_name="South East",
        sources=(),
        near_misses=(),
    )
    return EarlierPaper("2020-07-1", AUGUST - 1, paper)


def example_outcomes() -> tuple[Outcome, ...]:
    """What became of the five: one done, one on track, one withdrawn, one moved, one silence."""
    promises = {promise.indicator_id: promise for promise in open_promises([example_earlier()])}
    told = (
        (CONFERENCES, State.DONE, date(2020, 9, 2), "Managers have had it every Monday since."),
        (MASH, State.ON_TRACK, None, "Partners have agreed a day."),
        (LOOKED_AFTER, State.WITHDRAWN, None, "The panel sits too rarely for it."),
        (_CASELOAD, State.MOVED, date(2020, 11, 30), "Nobody suitable applied."),
    )
    author, day = "Head of Service, Safeguarding", date(2020, 9, 14)
    return tuple(
        Outcome(promises[figured.id], state, on, words, author, day)
        for figured, state, on, words in told
    )


def example_commentary() -> Commentary:
    """A comment and an action on one item, a comment without an item, and four outcomes."""
    said: dict[str, tuple[Sentence, ...]] = {
        CONFERENCES.id: (
            Sentence(
                Kind.COMMENT,
                "Stability and caseloads in the core teams weigh most on timeliness.",
                "Head of Service, Safeguarding",
                date(2020, 9, 14),
            ),
            Sentence(
                Kind.ACTION,
                "Review timeliness to understand the delays",
                owner="Child Protection Advisor",
                due_on=date(2020, 10, 31),
            ),
        ),
        _CASELOAD.id: (
            Sentence(
                Kind.COMMENT,
                "Two teams hold more than the rest.",
                "Head of Service, Assessment",
                date(2020, 9, 15),
            ),
        ),
    }
    outcomes = example_outcomes()
    for outcome in outcomes:
        identity = outcome.promise.indicator_id
        said[identity] = (*said.get(identity, ()), outcome.sentence)
    return Commentary("August 2020", said, {one.promise.id: one for one in outcomes})


def laid_out(findings: list[Finding], **more: object) -> Overview:
    """Lay findings out as the paper of August 2020, with what `more` says otherwise."""
    settings: dict[str, object] = {
        "authority": "Southampton",
        "month": AUGUST,
        "year": None,
        "prepared_on": date(2020, 9, 21),
        "is_synthetic": False,
        "events": (),
        "commentary": Commentary(),
        "region_name": "South East",
        "sources": (),
        "near_misses": (),
    }
    return lay_out(findings, **{**settings, **more})  # type: ignore[arg-type]


def example_overview(commentary: Commentary | None = None) -> Overview:
    """The whole example as a paper; without a commentary, the example's own."""
    return lay_out(
        example_findings(),
        authority="Southampton",
        month=AUGUST,
        year=None,
        prepared_on=date(2020, 9, 21),
        is_synthetic=True,
        events=(Event(date(2020, 3, 23), "First lockdown"),),
        commentary=example_commentary() if commentary is None else commentary,
        region_name="South East",
        sources=(Note("Sources", ("The model report: Performance Overview, August 2020.",)),),
        near_misses=("Re-referrals: 21% over twelve months, with nothing to compare with.",),
        restated=example_restated(),
        earlier=(example_earlier(),),
    )


def example_restated() -> RestatedSince:
    """Two figures of July 2020 that late recording changed after they were published."""
    name = "Initial child protection conferences held within 15 working days"
    month, twelve = "July 2020", "12 months to July 2020"
    whole = "all of the twelve months together"
    return RestatedSince(
        (
            Restatement(
                "child_protection.icpc_timeliness",
                name,
                "2020-07-1",
                Figure(month, "82%", "41 of 50 children", "in the month"),
                Figure(month, "76%", "41 of 54 children", "in the month"),
            ),
            Restatement(
                "child_protection.icpc_timeliness",
                name,
                "2020-07-1",
                Figure(twelve, "64%", "378 of 591 children", whole),
                Figure(twelve, "63%", "378 of 595 children", whole),
            ),
        ),
        "Figures published for June 2020 and July 2020 were compared with what is known now: "
        "those that are not listed have not changed.",
    )
