"""Every rule drawn twice: measurements on which it fires, and next to them some where it does not.

Read each case as: the series, what it is held against, the rule that must decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from judgement_drawn import (
    HIGH,
    LOW,
    NEUTRAL,
    POPULATION,
    Drawn,
    annual,
    england,
    flow,
    neighbours,
    one,
    percentage,
    region,
    snapshot,
    spread,
    stock_rate,
)

from lineofsight.comparators.comparator import Comparator
from lineofsight.judgement.finding import Finding, Strength, Verdict
from lineofsight.judgement.judge import judge, near_misses
from lineofsight.judgement.rules import RULES
from lineofsight.measurement.measurement import Measurement, Unmeasurable

Pairs = list[tuple[float, float | None]]

seen = percentage("visits.seen", "Children seen in time", HIGH, counted="visits")
repeat = percentage("plans.repeat", "Repeat plans", LOW, counted="plans")
mixed = percentage("plans.neglect", "Plans for neglect", NEUTRAL, counted="plans")
starts = Drawn("care.starts", "Starts")
ends = Drawn("care.ends", "Ends")
cared_for = stock_rate("care.rate", "Children looked after", (starts, ends))

_WOBBLE = (0, 2, -1, 1, -2, 0, 1, -1, 2, -2, 1, 0, -1, 2, 0, -2, 1, -1, 0, 2, -1, 1, -2, 0)


def steady(percent: int, months: int = 24) -> Pairs:
    """Months of 100, wobbling by up to two points around a percentage."""
    return [(percent + w, 100) for w in _WOBBLE[-months:]]


def ending(percent: int, *newest: int) -> Pairs:
    return [*steady(percent)[len(newest) :], *((x, 100) for x in newest)]


def counts(usual: int, *newest: int) -> Pairs:
    head = [usual + w for w in _WOBBLE[len(newest) :]]
    return [(x, None) for x in (*head, *newest)]


def stock(
    *starts_at_the_end: int, level: int = 488
) -> tuple[Measurement, Measurement, Measurement]:
    """A stock of `level` children at the end, with its starts and ends over 24 months."""
    came, went = counts(16, *starts_at_the_end), counts(16)
    levels, last = [level], level
    for (c, _), (w, _) in zip(reversed(came[1:]), reversed(went[1:]), strict=True):
        last = int(last - c + w)
        levels.append(last)
    pairs: Pairs = [(x, POPULATION) for x in reversed(levels)]
    return snapshot(cared_for, pairs), flow(starts, came), flow(ends, went)


def on_stock(
    *starts_at_the_end: int, level: int = 488, sn: str = "86", gap: float = 0.14
) -> Finding:
    first, *others = stock(*starts_at_the_end, level=level)
    measure = spread(cared_for, gap, tau=0.36)
    return one(first, neighbours(cared_for, sn), spreads=[measure], others=others)


SN_70, SN_80, SN_90 = (neighbours(seen, value) for value in ("70", "80", "90"))
ENGLAND_80 = england(seen, "80")


FLOWS: list[tuple[str, Pairs, Sequence[Comparator], str | None, str, Verdict]] = [
    # What is drawn, series, comparators, target, rule, verdict
    ("12 months alone", steady(80, 12), (), None, "R1b", Verdict.NOT_JUDGED),
    ("13 months alone", steady(80, 13), (), None, "R6a", Verdict.NOT_JUDGED),
    ("12 months and a target", steady(80, 12), (), "80", "R6b", Verdict.IN_LINE),
    ("3 months and a comparator", steady(70, 3), [SN_80], None, "R2a", Verdict.DEVELOPMENT),
    # 12 x 100 rows: half-width of the 95% interval is 2.3 points at 80%.
    ("3 points below", steady(77), [SN_80], None, "R2a", Verdict.DEVELOPMENT),
    ("2 points below", steady(78), [SN_80], None, "R6b", Verdict.IN_LINE),
    ("England when no neighbours", steady(75), [ENGLAND_80], None, "R2a", Verdict.DEVELOPMENT),
    (
        "neighbours before England",
        steady(75),
        [england(seen, "80"), neighbours(seen, "75")],
        None,
        "R6b",
        Verdict.IN_LINE,
    ),
    ("surely below a target", steady(80), (), "90", "R2b", Verdict.DEVELOPMENT),
    ("around a target", steady(80), (), "80", "R6b", Verdict.IN_LINE),
    ("a bad month, itself below", ending(80, 55), [SN_80], None, "R2c", Verdict.DEVELOPMENT),
    ("a bad month, still above", ending(90, 80), [SN_70], None, "R6b", Verdict.IN_LINE),
    ("a bad month, alone", ending(80, 55), (), None, "R2c", Verdict.DEVELOPMENT),
    ("a good month, similar", ending(80, 97), [SN_80], None, "R5a", Verdict.POSITIVE),
    ("a good month, alone", ending(80, 97), (), None, "R6a", Verdict.NOT_JUDGED),
    ("a good month, level worse", ending(70, 97), [SN_80], None, "R2a", Verdict.DEVELOPMENT),
    ("passing a target", steady(80), (), "70", "R5b", Verdict.POSITIVE),
    ("passing a target beside neighbours", steady(80), [SN_80], "70", "R5b", Verdict.POSITIVE),
    ("passing, yet below neighbours", steady(80), [SN_90], "70", "R2a", Verdict.DEVELOPMENT),
    ("better than neighbours, steady", steady(90), [SN_80], None, "R6b", Verdict.IN_LINE),
]  # fmt: skip


@pytest.mark.parametrize(
    ("series", "compared", "target", "rule", "verdict"),
    [case[1:] for case in FLOWS],
    ids=[case[0] for case in FLOWS],
)
def test_flows_where_high_is_good(
    series: Pairs, compared: Sequence[Comparator], target: str | None, rule: str, verdict: Verdict
) -> None:
    found = one(flow(seen, series), *compared, target=target)

    assert (found.rule, found.verdict) == (rule, verdict)


LOW_IS_GOOD = [
    ("3 points above", steady(23), "20", "R2a"),
    ("2 points above", steady(22), "20", "R6b"),
    ("a good month, similar", ending(20, 4), "20", "R5a"),
    ("a bad month, itself above", ending(20, 45), "20", "R2c"),
]


@pytest.mark.parametrize(
    ("series", "sn", "rule"), [c[1:] for c in LOW_IS_GOOD], ids=[c[0] for c in LOW_IS_GOOD]
)
def test_flows_where_low_is_good(series: Pairs, sn: str, rule: str) -> None:
    assert one(flow(repeat, series), neighbours(repeat, sn)).rule == rule


def test_a_count_that_doubles_is_listed_and_one_that_wobbles_is_not() -> None:
    missing = Drawn("missing.episodes", "Missing episodes", LOW, counted="episodes")

    doubled, wobbling = one(flow(missing, counts(30, 60))), one(flow(missing, counts(30, 40)))

    assert (doubled.rule, wobbling.rule) == ("R2c", "R6a")
    assert doubled.because == (
        "60 in August 2020 is worse than its usual variation explains (beyond the process limits),"
        " and its own 95% interval, 46 to 77, excludes the 33 usual over twelve months."
    )


def test_siblings_take_the_certainty_away() -> None:
    series = steady(77)

    assert one(flow(seen, series), SN_80).rule == "R2a"
    assert one(flow(seen, series, design_effect=2.4), SN_80).rule == "R6b"


STOCKS = [
    # name, starts of the newest months, level, neighbours, usual gap, rule, verdict, strength
    ("apart and starts spike in July", (33, 18), 488, "86", 0.14, "R4", "weak"),
    ("apart and starts spike in June", (33, 18, 16), 488, "86", 0.14, "R4", "weak"),
    ("apart and starts spiked in May", (33, 18, 16, 16), 488, "86", 0.14, "R6b", "none"),
    ("apart and starts quiet", (), 488, "86", 0.14, "R6b", "none"),
    ("starts spike but not apart", (33, 18), 470, "86", 0.14, "R6b", "none"),
    ("lower, yet starts spike", (33, 18), 488, "120", 0.5, "R6b", "none"),
    ("far by more than two and a half usual gaps", (), 412, "48", 0.2, "R3c", "strong"),
    ("far by no more than that", (), 412, "48", 0.22, "R6b", "none"),
    ("far below", (), 100, "48", 0.2, "R3c", "strong"),
    ("far, but too few children to be sure", (), 5, "2", 0.1, "R6b", "none"),
]


@pytest.mark.parametrize(
    ("newest", "level", "sn", "gap", "rule", "strength"),
    [c[1:] for c in STOCKS],
    ids=[c[0] for c in STOCKS],
)
def test_stocks_without_a_good_side(
    newest: tuple[int, ...], level: int, sn: str, gap: float, rule: str, strength: str
) -> None:
    found = on_stock(*newest, level=level, sn=sn, gap=gap)

    assert (found.rule, found.strength) == (rule, Strength(strength))


def test_beyond_the_funnel_is_an_outlier_and_within_it_is_not() -> None:
    first, *others = stock(level=488)
    beside = england(cared_for, "44")

    beyond = one(first, beside, spreads=[spread(cared_for, 9.0, tau=0.15)], others=others)
    within = one(first, beside, spreads=[spread(cared_for, 9.0, tau=0.36)], others=others)

    assert (beyond.rule, within.rule) == ("R3a", "R6b")
    assert beyond.because == (
        "97 per 10,000 on 31 August 2020 is an outlier that needs explaining: it lies above the"
        " 99.8% limits around England's 44 per 10,000 (year to 31 March 2020), with the usual"
        " differences between authorities allowed for."
    )


def test_an_outlier_says_on_which_side_it_lies() -> None:
    usual = [spread(cared_for, 9.0, tau=0.15)]

    low = one(*stock(level=50)[:1], england(cared_for, "44"), spreads=usual)

    assert low.rule == "R3b"
    assert "it lies below the 99.8% limits around England's 44 per 10,000" in low.because


def test_an_outlier_names_the_gap_to_its_neighbours() -> None:
    usual = [spread(cared_for, 0.3, tau=0.15)]

    found = one(
        *stock(level=488)[:1], neighbours(cared_for, "86"), england(cared_for, "44"), spreads=usual
    )

    # ln(97.0 / 86) = 0.1203, over 0.3.
    assert found.rule == "R3a"
    assert (
        "The gap to the statistical neighbours' 86 per 10,000 (year to 31 March 2020) is 0.4 times"
        " the one usual among authorities." in found.tensions
    )


def test_none_where_three_were_expected_is_no_outlier() -> None:
    # 50,310 at 0.6 per 10,000 is 3.0: none at all has a chance of one in twenty.
    usual = [spread(cared_for, 9.0, tau=0.0)]

    found = one(*stock(level=0)[:1], england(cared_for, "0.6"), spreads=usual)

    assert found.evidence.funnel_z is not None
    assert found.evidence.funnel_z < -3.09
    assert found.verdict is Verdict.IN_LINE


def test_surely_worse_by_less_than_half_the_usual_gap_is_not_listed_but_said() -> None:
    # 78.8% and 75.8% of 100,000 against 80: gaps of 1.2 and 4.2 where 3.0 and 8.0 are usual.
    slight = one(annual(seen, [(78_800, 100_000)], 2020), SN_80, spreads=[spread(seen, 3.0)])
    wide = one(annual(seen, [(75_800, 100_000)], 2020), SN_80, spreads=[spread(seen, 8.0)])

    assert (slight.rule, wide.rule) == ("R6b", "R2a")
    assert slight.tensions == ("The gap is 0.4 times the one usual among authorities.",)
    assert near_misses((slight,)) == (
        f"{seen.name}: 79% in the year to 31 March 2020 is lower than the statistical neighbours'"
        " 80% (year to 31 March 2020), but by less than half the usual gap.",
    )


@pytest.mark.parametrize(
    ("counted", "one_of_them"),
    [
        ("children", "child"),
        ("enquiries", "enquiry"),
        ("plans", "plan"),
        ("episodes of need", "episode of need"),
    ],
)
def test_one_is_said_in_the_singular(counted: str, one_of_them: str) -> None:
    # Of 10 events in 1,000 the lower end is 47.9 per 10,000, of 9 it is 41.2.
    named = replace(mixed, good=LOW, scale=10_000, unit=" per 10,000", counted=counted)

    found = one(annual(named, [(10, 1000)], 2020), neighbours(named, "45"))

    assert found.would_change == f"It would be in line with 1 fewer {one_of_them}."


def test_a_narrow_way_between_far_above_and_far_below_is_found() -> None:
    # 48 x exp(2.5 x 0.2) = 79.1 per 10,000 are 398 children; below 147 it would be far lower.
    found = one(
        *stock(level=4000)[:1], neighbours(cared_for, "48"), spreads=[spread(cared_for, 0.2)]
    )

    assert found.would_change == "It would be in line with 3,602 fewer children."


def test_none_counted_is_a_gap_of_half_an_event_and_no_error() -> None:
    # Half an event in 50,310 is 0.0994 per 10,000; ln(48 / 0.0994) = 6.18, over 2.0 = 3.09.
    found = one(*stock(level=0)[:1], neighbours(cared_for, "48"), spreads=[spread(cared_for, 2.0)])

    assert found.rule == "R3c"
    assert "the gap is 3.1 times the one usual among authorities" in found.because


def test_no_gap_is_known_to_neighbours_who_counted_none() -> None:
    found = one(*stock(level=9)[:1], neighbours(cared_for, "0"), spreads=[spread(cared_for, 2.0)])

    assert found.evidence.usual_gaps is None


def test_a_year_has_no_months_among_its_near_misses() -> None:
    yearly = annual(mixed, [(500, 1000), (520, 1000)], 2020)

    found = one(yearly, neighbours(mixed, "40"), spreads=[spread(mixed, 5.0)])

    assert near_misses((found,)) == (
        f"{mixed.name}: 52% in the year to 31 March 2020 is higher than the statistical neighbours'"
        " 40% (year to 31 March 2020) by 2.4 times the usual gap; it would be called far above 2.5"
        " where the 99.8% interval agrees.",
    )


def test_a_stock_without_its_flows_is_charted_by_its_net_change() -> None:
    first, *_ = stock(33, 18)

    found = one(first, neighbours(cared_for, "86"))

    assert found.evidence.variation.of == "net change"
    assert found.evidence.variation.label == "July 2020"


def test_a_neutral_figure_is_never_called_worse_and_alone_is_not_judged() -> None:
    beside = one(flow(mixed, ending(40, 80)), neighbours(mixed, "60"))
    alone = one(flow(mixed, ending(40, 80)))

    assert not any(c.is_worse or c.is_better for c in beside.evidence.comparisons)
    assert beside.verdict is Verdict.IN_LINE
    assert (alone.verdict, alone.rule) == (Verdict.NOT_JUDGED, "R1c")


def test_what_cannot_be_measured_says_why() -> None:
    missing = Measurement(seen, "Drawn", unmeasurable=Unmeasurable("no visits are held.", "Load."))
    nobody = flow(seen, [(0, 0)] * 24)
    untrue = flow(seen, [*steady(80)[:-1], (9000, 100)])

    assert [one(m, SN_80).because for m in (missing, nobody, untrue)] == [
        "It cannot be measured. No visits are held.",
        "Nothing was there to count in September 2019 to August 2020: the denominator is nought.",
        "The counts for September 2019 to August 2020 cannot be true: the part exceeds the whole.",
    ]
    assert {one(m, SN_80).rule for m in (missing, nobody, untrue)} == {"R1a"}


def test_a_comparator_published_after_the_day_is_not_used() -> None:
    later = replace(SN_80, published_on=date(2020, 11, 26))

    assert one(flow(seen, steady(70)), later).evidence.comparisons == ()


def test_of_two_years_the_newest_that_does_not_end_after_the_figure_is_used() -> None:
    years = [neighbours(seen, "80", year) for year in (2018, 2019, 2020)]
    held = annual(seen, [(700, 1000), (700, 1000)], 2019)

    found = one(held, *years)

    assert [c.comparator.period for c in found.evidence.comparisons] == ["year to 31 March 2019"]


def test_a_snapshot_percentage_is_not_charted() -> None:
    plan = percentage("care.plan", "Care plans", HIGH, is_snapshot=True)
    found = one(snapshot(plan, [(480 + i % 3, 500) for i in range(23)] + [(400, 500)]), target="90")

    assert found.evidence.variation.signal.value == "not charted"


TENSIONS = [
    (
        one(flow(seen, ending(80, 97)), SN_80),
        "One or two months carry the improvement; of a year's gain in timeliness English"
        " authorities gave back about a quarter in the next.",
    ),
    (
        one(flow(seen, steady(80)), neighbours(seen, "80", 2019)),
        "The neighbours' figure is for the year to 31 March 2019, 17 months before this month.",
    ),
    (
        one(flow(seen, [(20, 25)] * 1), SN_80),
        "The figure rests on 25 visits.",
    ),
    (
        one(flow(seen, steady(80, 5)), SN_80),
        "The records hold 5 of the twelve months.",
    ),
    (
        one(flow(seen, steady(70)), SN_80, region(seen, "70")),
        "It is lower than the statistical neighbours' 80%, but similar to the region's 70% (year to"
        " 31 March 2020).",
    ),
    (
        one(flow(seen, steady(70)), SN_80, region(seen, "70", 2019)),
        "It is lower than the statistical neighbours' 80% (year to 31 March 2020), but similar to"
        " the region's 70% (year to 31 March 2019).",
    ),
    (
        one(flow(seen, steady(70)), neighbours(seen, "80", spread=Decimal(20), members=10)),
        "The 10 neighbours differ so much that the gap lies within the 95% interval of their own"
        " mean.",
    ),
    (
        one(flow(seen, ending(90, 80)), neighbours(seen, "70")),
        "August 2020 is unusual (beyond the process limits) for the worse, with no second kind of"
        " evidence beside it.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("found", "sentence"), TENSIONS)
def test_what_pulls_the_other_way_is_said(found: Finding, sentence: str) -> None:
    assert sentence in found.tensions


def test_near_misses_name_what_was_lacking() -> None:
    found = (one(flow(seen, ending(90, 80)), neighbours(seen, "70")), on_stock())

    assert near_misses(found) == (
        "Children seen in time: August 2020 is unusual (beyond the process limits) for the worse;"
        " nothing else confirms it.",
        "Children looked after: 97 per 10,000 on 31 August 2020 is higher than the statistical"
        " neighbours' 86 per 10,000 (year to 31 March 2020), but nothing unusual in the last three"
        " months widened the gap.",
    )


def test_development_ranks_by_children_and_doubles_what_is_sure() -> None:
    other = percentage("visits.other", "Other visits", HIGH)
    sure, unsure = flow(seen, steady(70)), flow(other, steady(68), design_effect=12)
    beside = [SN_80, neighbours(other, "80")]

    found = judge([unsure, sure], beside, (), {}, date(2020, 9, 15))

    assert [(f.strength, f.evidence.children_behind_gap, f.rank) for f in found] == [
        (Strength.WEAK, 145, 2),
        (Strength.STRONG, 121, 1),
    ]


def test_every_rule_is_named_once_and_the_last_always_holds() -> None:
    names = [rule.id for rule in RULES]

    assert len(set(names)) == len(names)
    assert names == sorted(names)
    assert RULES[-1].test(one(flow(seen, steady(80))).evidence)


def test_what_passes_its_target_does_not_rest_on_a_good_month() -> None:
    carried = one(flow(seen, ending(80, 97)), SN_80)
    carried_by_target = one(flow(seen, ending(80, 97)), target="70")
    seven = one(flow(seen, [*steady(80)[:16], *[(88, 100)] * 8]), SN_80)

    def is_said(found: Finding) -> bool:
        return any("gave back" in tension for tension in found.tensions)

    assert (carried.rule, is_said(carried)) == ("R5a", True)
    assert (carried_by_target.verdict, is_said(carried_by_target)) == (Verdict.POSITIVE, False)
    assert (seven.rule, is_said(seven)) == ("R5a", False)
