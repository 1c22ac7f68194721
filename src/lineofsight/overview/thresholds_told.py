"""The words of where a rate of child protection plans arises: step by step, and never a cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from lineofsight.comparators.comparator import Area
from lineofsight.judgement.decomposition import Decomposition, Place, Step
from lineofsight.measurement.stages import Way, Ways
from lineofsight.overview.numerals import capital, listed, ordinal, plain, spoken
from lineofsight.overview.numerals import place as in_sentence
from lineofsight.overview.way_to_a_plan import Against, StepChart, StepTold, WayToAPlan

# What happens at each stage, in the order of the stages.
_STAGES = (
    "referrals",
    "assessments",
    "section 47 enquiries",
    "initial conferences",
    "plans started",
    "plans open on 31 March",
)
_LAST = len(_STAGES) - 1
_HUNDRED, _PER_CHILD = 100, 10_000
# A rate this much above or below another one is not called higher or lower.
_CLOSE = 0.05
# The steps named are those that make up most of what adds to the gap, three at the most.
_MOST, _NAMED = 0.8, 3
_TITLE_WORDS = 10
_NOTES = (
    "The rate of plans is a product of six steps, so the logarithm of the ratio of two rates is "
    "the sum of the logarithms of the ratios of the steps. The share of the gap is what a step "
    "adds to that sum; steps that work the other way have a negative share.",
    "The years are taken as they are published: a conference of this year may follow a referral of "
    "the last. A plan that is open may have started years ago: the last step is higher where plans "
    "last longer.",
    "A 95% interval is of the authority's own step, as if its numbers were independent of each "
    "other. Brothers and sisters come together, so that those of conferences and plans should be "
    "wider; the other area's step is taken as known. The place among all authorities is the safer "
    "guide to what is unusual.",
    "It shows where numbers part from those of other areas. It does not show why, nor that a step "
    "is right or wrong: a high rate can be need, practice or recording.",
)


def way_to_a_plan(ways: Ways, found: Sequence[Decomposition]) -> WayToAPlan:
    """Tell where an authority's rate of plans arises, against each area it is compared with."""
    if not found:
        return WayToAPlan(not_said=_why_not(ways))
    source = f"Source: {ways.source} (Department for Education)."
    notes = (*_NOTES, *_about_neighbours(found), source)
    return WayToAPlan(tuple(_against(ways, one) for one in found), notes)


def _why_not(ways: Ways) -> str:
    last = ways.own.stages[_LAST]
    if last is None:
        return (
            f"Where the rate of plans arises cannot be said for {ways.year}: no rate of plans is "
            f"published for {ways.own.name}."
        )
    return f"There is nothing to hold {ways.own.name}'s rate of plans of {ways.year} against."


def _about_neighbours(found: Sequence[Decomposition]) -> Iterator[str]:
    for one in found:
        if one.other.area is Area.STATISTICAL_NEIGHBOURS:
            yield (
                f"The neighbours are the {one.other.members} of {one.other.of} of the list of "
                f"{one.other.group_version} that have every figure; theirs is the plain mean of "
                "each rate."
            )


def _against(ways: Ways, one: Decomposition) -> Against:
    steps = tuple(_told(ways, one, step) for step in one.steps)
    whole = _whole(one)
    name = _name(one.other)
    return Against(
        heading=f"Against {name}",
        their_heading=capital(one.other.name),
        said=" ".join(_said(ways, one)),
        steps=steps,
        whole=whole,
        chart=StepChart(
            _title(one),
            _alternative(one, steps, whole),
            f"Each step of {ways.own.name} as so many times that of {name}, {ways.year}, with "
            f"95% intervals, on a scale of ratios. Source: {ways.source}.",
        ),
    )


def _told(ways: Ways, one: Decomposition, step: Step) -> StepTold:
    scale = _PER_CHILD if step.since is None else _HUNDRED
    return StepTold(
        name=_step_name(step),
        own_text=_number(step.own * scale),
        their_text=_number(step.theirs * scale),
        times=step.times,
        lower=step.lower,
        upper=step.upper,
        times_text=_times(step.times),
        interval_text=_interval(step),
        adds=step.share / one.gap if one.gap else 0.0,
        place=_place(step),
    )


def _whole(one: Decomposition) -> StepTold:
    return StepTold(
        name="All steps: plans open for every 10,000 children",
        own_text=plain(one.own_rate, 1),
        their_text=plain(one.their_rate, 1),
        times=one.times,
        lower=None,
        upper=None,
        times_text=_times(one.times),
        interval_text="",
        adds=1.0,
        place="",
    )


def _step_name(step: Step) -> str:
    until = capital(_STAGES[step.until])
    if step.since is None:
        name = f"{until} for every 10,000 children"
    else:
        name = f"{until} for every 100 {_STAGES[step.since]}"
    if not step.merged:
        return name
    return f"{name} ({listed([_STAGES[n] for n in step.merged])} not published)"


def _said(ways: Ways, one: Decomposition) -> Iterator[str]:
    own, name = ways.own.name, _name(one.other)
    rates = (
        f"On 31 March {ways.year} {own} had {plain(one.own_rate, 1)} children on a plan for every "
        f"10,000, and {name} {plain(one.their_rate, 1)}"
    )
    if abs(one.times - 1) <= _CLOSE:
        yield f"{rates}: close to each other."
        yield from _parting(one)
        return
    way = "higher" if one.gap > 0 else "lower"
    yield f"{rates}: {_times(one.times)} times as many."
    adding = _adding(one)
    yield f"The {way} rate arises mostly at {listed([_step_words(step) for step in adding])}."
    against = one.against()
    if against:
        told = listed([_step_words(step) for step in against])
        yield f"{capital(told)} work the other way."
    yield from _unusual(ways, adding)


def _parting(one: Decomposition) -> Iterator[str]:
    sure = [step for step in one.steps if step.is_sure]
    if sure:
        told = listed([_step_words(step) for step in sure])
        yield f"Steps that part, and make up for each other: {told}."


def _adding(one: Decomposition) -> list[Step]:
    side = 1 if one.gap >= 0 else -1
    adding = sorted(
        (step for step in one.steps if side * step.share > 0), key=lambda s: -side * s.share
    )
    total = sum(side * step.share for step in adding)
    named: list[Step] = []
    for step in adding[:_NAMED]:
        if sum(side * each.share for each in named) >= _MOST * total:
            break
        named.append(step)
    return named


def _unusual(ways: Ways, adding: Sequence[Step]) -> Iterator[str]:
    """Say which of the steps named are no more than usual among authorities, and which are."""
    for place in Place:
        told = [f"{_short(s)} ({_rank(s)} of {s.of})" for s in adding if s.place is place]
        if told:
            ordinary = ", which is ordinary" if place is Place.MIDDLE else ""
            yield f"Among all authorities {listed(told)} are {place.value}{ordinary}."


def _step_words(step: Step) -> str:
    """'referrals for every child (1.79 times)'."""
    return f"{_short(step)} ({_times(step.times)} times)"


def _short(step: Step) -> str:
    since = "child" if step.since is None else _ONE[step.since]
    return f"{_STAGES[step.until]} for every {since}"


_ONE = (
    "referral",
    "assessment",
    "section 47 enquiry",
    "initial conference",
    "plan started",
    "plan",
)


def _title(one: Decomposition) -> str:
    """State where it arises in ten words or fewer."""
    if abs(one.times - 1) <= _CLOSE:
        return "The rates are close; single steps part"
    way = "higher" if one.gap > 0 else "lower"
    where = listed([_STAGES[step.until] for step in _adding(one)])
    title = f"The {way} rate arises at {where}"
    if len(title.split()) <= _TITLE_WORDS:
        return title
    return f"The {way} rate arises mostly at {_STAGES[one.leading.until]}"


def _alternative(one: Decomposition, steps: Sequence[StepTold], whole: StepTold) -> str:
    told = "; ".join(
        f"{step.name}: {step.times_text} times"
        + (f" ({step.interval_text})" if step.interval_text else "")
        for step in steps
    )
    return (
        f"Bar chart of {spoken(len(steps), 'steps')} against {_name(one.other)}. {told}. "
        f"All steps together: {whole.times_text} times."
    )


def _name(other: Way) -> str:
    if other.area is Area.STATISTICAL_NEIGHBOURS:
        return "its statistical neighbours"
    return in_sentence(other.name) if other.area is Area.REGION else other.name


def _number(value: float) -> str:
    return plain(Decimal(repr(value)), 1)


def _times(value: float) -> str:
    return plain(Decimal(repr(value)), 2)


def _interval(step: Step) -> str:
    if step.lower is None or step.upper is None:
        return ""
    return f"{_times(step.lower)} to {_times(step.upper)}"


def _place(step: Step) -> str:
    if step.place is None:
        return ""
    rank = "" if step.rank == 1 else f"{_rank(step)} "
    return f"{rank}highest of {step.of}, {step.place.value}"


def _rank(step: Step) -> str:
    return ordinal(step.rank or 0)
