"""New limits where somebody decided them, drawn: what holds on each side, and what is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from judgement_drawn import AS_AT, AUGUST, HIGH, Drawn, flow, neighbours, percentage

from lineofsight.errors import UsageFault
from lineofsight.judgement.charts import BEYOND
from lineofsight.judgement.finding import Finding, Signal
from lineofsight.judgement.judge import judge
from lineofsight.judgement.rebasing import demand_points, told
from lineofsight.judgement.variation import charted
from lineofsight.measurement.measurement import Measurement
from lineofsight.overview.chart_data import chart_of
from lineofsight.overview.figures import Frame
from lineofsight.overview.wording import sentences_about
from lineofsight.reference.authority import Charting, Rebase

Pairs = list[tuple[float, float | None]]

seen = percentage("visits.seen", "Children seen in time", HIGH, counted="visits")
BY = Rebase(
    "visits.seen",
    date(2019, 7, 1),
    "Head of quality assurance",
    date(2020, 7, 15),
    "A second team since July 2019",
)
# Ten months that move by 2 around 60, and fourteen that move by 2 around 80.
STEP: Pairs = [(59 + 2 * (i % 2), 100) for i in range(10)] + [
    (79 + 2 * (i % 2), 100) for i in range(14)
]


def judged(measurement: Measurement, *rebases: Rebase) -> Finding:
    return judge(
        [measurement],
        [neighbours(seen, "80")],
        (),
        {},
        AS_AT,
        charting=Charting(rebases),
    )[0]


def test_each_step_has_its_own_mean_and_limits() -> None:
    found = judged(flow(seen, STEP), BY).evidence.variation

    # All ranges are 2 within a step, so limits lie 2.66 * 2 = 5.32 around 60 and around 80.
    assert found.limits is not None
    assert found.limits.centre == pytest.approx((60.0,) * 10 + (80.0,) * 14)
    assert found.limits.upper[::23] == pytest.approx((65.32, 85.32))
    assert found.limits.lower[::23] == pytest.approx((54.68, 74.68))
    assert (found.limits.points, found.limits.is_trial) == (14, False)
    assert found.signal is Signal.COMMON_CAUSE


def test_without_a_decision_limits_stay() -> None:
    found = judged(flow(seen, STEP)).evidence.variation

    assert found.signal is Signal.IMPROVEMENT
    assert found.rule == BEYOND
    assert found.limits is not None
    assert len(set(found.limits.centre)) == 1


def test_a_run_does_not_reach_across_the_step() -> None:
    """Seven above the mean before the step and two after it are no nine in a row."""
    chart = charted(flow(seen, STEP), Charting((BY,)))

    assert chart is not None
    assert [cause for cause in chart.causes if cause] == []


def test_few_months_after_the_step_are_drawn_as_provisional_and_flag_nothing() -> None:
    late = replace(BY, start=date(2020, 2, 1))

    found = judged(flow(seen, [*STEP[:-1], (20, 100)]), late).evidence.variation

    assert found.signal is Signal.NOT_CHARTED
    assert found.limits is not None
    assert (found.limits.points, found.limits.is_trial) == (7, True)


def test_a_step_in_the_future_or_of_another_indicator_changes_nothing() -> None:
    later = replace(BY, start=date(2020, 9, 1))
    other = replace(BY, indicator="visits.other")

    assert judged(flow(seen, STEP), later, other) == judged(flow(seen, STEP))


def test_a_step_before_the_months_drawn_is_told_and_all_of_them_are_after_it() -> None:
    old = replace(BY, start=date(2017, 1, 1))

    found, plain = judged(flow(seen, STEP), old), judged(flow(seen, STEP))

    assert found.evidence.variation.limits == plain.evidence.variation.limits
    assert found.evidence.variation.rebases == (old,)


def test_chart_and_paper_say_who_when_and_why() -> None:
    finding = judged(flow(seen, STEP), BY)
    frame = Frame(AUGUST, None, "South East")

    chart = chart_of(finding, frame)
    said = " ".join(sentence.text for sentence in sentences_about(finding, frame))

    assert [(e.position, e.label) for e in chart.events] == [
        (10, "New limits: Head of quality assurance, 15 July 2020")
    ]
    assert chart.limits is not None
    assert (
        "New limits are drawn from July 2019 on, decided on 15 July 2020 by the head of quality"
        " assurance. Reason given: A second team since July 2019." in said
    )


def test_a_role_in_capitals_keeps_them() -> None:
    assert "by the DCS." in told(replace(BY, by="DCS"))


def test_a_starts_chart_of_a_stock_can_begin_anew() -> None:
    starts = Drawn("care.starts", "Starts")
    numbers: Pairs = [(x, None) for x in (10, 12) * 6 + (30, 32) * 6]

    chart = charted(
        flow(starts, numbers),
        Charting((replace(BY, indicator="care.starts", start=date(2019, 9, 1)),)),
    )

    assert chart is not None
    assert chart.chart.centre == 31
    assert BEYOND not in [cause.rule for cause in chart.causes if cause]


def refused(*rebases: Rebase) -> list[str]:
    with pytest.raises(UsageFault) as fault:
        demand_points([flow(seen, STEP)], rebases)
    return str(fault.value).splitlines()


def test_a_step_with_too_few_months_is_refused() -> None:
    assert refused(replace(BY, start=date(2020, 4, 1))) == [
        "Limits of visits.seen cannot be drawn anew from April 2020.",
        "  It is [[rebase]] from 2020-04-01 in the authority's settings. Until August 2020 there"
        " are 5 months with a figure.",
        "  Wait until there are 6, or begin with an earlier month.",
    ]


def test_a_step_before_the_first_month_on_record_is_refused() -> None:
    assert refused(replace(BY, start=date(2018, 8, 1))) == [
        "There is no figure of visits.seen for August 2018.",
        "  It is [[rebase]] from 2018-08-01 in the authority's settings. The records begin with"
        " September 2018.",
        "  Begin with a month that has a figure, or take the entry out.",
    ]


def test_two_steps_too_near_each_other_are_refused() -> None:
    second = replace(BY, start=date(2019, 10, 1))

    assert refused(BY, second)[0] == ("Limits of visits.seen cannot be drawn anew from July 2019.")


def test_a_step_with_six_months_and_one_that_is_to_come_are_not_refused() -> None:
    demand_points(
        [flow(seen, STEP)],
        [replace(BY, start=date(2020, 3, 1)), replace(BY, start=date(2020, 9, 1))],
    )
