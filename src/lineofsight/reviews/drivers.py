"""What goes with delay, of all that is recorded: tested together, and the strongest named.

Circumstances enter one model; teams are tested for what these leave unexplained. A circumstance is
named only if its test holds when all that were tried are allowed for (Holm), and if it makes a
difference that matters. No name is a cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

# Not scipy.stats: it says the same and takes more than a second to load.
from scipy.special import chdtrc, stdtr  # type: ignore[import-untyped]

from lineofsight.reviews.circumstances import Circumstance, Scene
from lineofsight.reviews.hazard import Design, Fit, PersonDays, fit, person_days, share_by
from lineofsight.reviews.incidence import Share, incidence_of
from lineofsight.reviews.postponed import FEWEST_FAMILIES
from lineofsight.reviews.waits import REACHED, Floats, Ints, Truths, Waits
from lineofsight.warehouse.journey import Journey

SURE = 0.05
MATTERS = 0.02  # of all waits; less than two in a hundred is not worth a name
ENOUGH_FAMILIES, ENOUGH_ENDS, ENOUGH_MONTHS = 100, 60, 12
MOSTLY_RECORDED = 0.9
BETWEEN_TEAMS = 0.8
TEAM = "team"
_NOTHING = "Nothing is recorded that could go with delay."
OTHER_TEAMS = "Teams of fewer than ten families"
_FAVOURABLE = 0.25
_TINY = 1e-9
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at: circumstances known by day `landmark`, days followed up to `last`."""

    circumstances: tuple[Circumstance, ...]
    landmark: int
    limit: int
    last: int


@dataclass(frozen=True, slots=True)
class CrudeGroup:
    """Waits alike in one circumstance, and the share of them in time; None for very few."""

    name: str
    children: int
    families: int
    in_time: Share | None


@dataclass(frozen=True)
class Driver:
    """One circumstance as it was tested.

    `odds` is the odds ratio of the end on any one day for a step, with its interval; None for
    teams. `gain` is how many more of all waits the model has in time with everybody at the
    favourable level, `favourable` in the circumstance's own unit. `p` is
    adjusted for all that were tried.
    """

    id: str
    words: str
    circumstance: Circumstance | None
    odds: tuple[float, float, float] | None
    favourable: float
    gain: Share
    p: float
    groups: tuple[CrudeGroup, ...]
    is_team_like: bool = False

    @property
    def is_named(self) -> bool:
        """Whether it goes with delay surely, and enough to matter."""
        return self.p < SURE and self.gain.value >= MATTERS


@dataclass(frozen=True)
class Drivers:
    """What was tested, the named ones first and the strongest of them first.

    `untested` says of each other circumstance why it could not be looked at; `refusal` why nothing
    could. `model_in_time` is the share in time in the model as things were.
    """

    tested: tuple[Driver, ...] = ()
    untested: tuple[tuple[str, str], ...] = ()
    refusal: str = ""
    families: int = 0
    children: int = 0
    model_in_time: float = 0.0

    @property
    def named(self) -> tuple[Driver, ...]:
        """Those that go with delay."""
        return tuple(driver for driver in self.tested if driver.is_named)


@dataclass(frozen=True)
class _Model:
    """Waits that have everything recorded, laid out for the model; an `offset` is not fitted."""

    waits: Waits
    lived: PersonDays
    family: Ints
    design: Design
    limit: int
    offset: Floats | None = None


def find_drivers(
    every: Waits,
    cohort: Waits,
    journey: Journey,
    asked: Asked,
) -> Drivers:
    """Test circumstances for what goes with a later end.

    `every` has all waits, for queues; `cohort` those under review.
    """
    landmark, circumstances = asked.landmark, asked.circumstances
    still = Waits(cohort.rows.filter(cohort.days > landmark), cohort.as_at, cohort.aside)
    scene = Scene(still, every, journey, landmark)
    values, untested = _recorded(scene, circumstances)
    is_whole = np.ones(still.rows.height, dtype=bool)
    for one in values.values():
        is_whole &= ~np.isnan(one)
    used = _only(still, is_whole)
    families, ends = len(set(used.family.tolist())), int((used.outcome == REACHED).sum())
    if not values:
        return Drivers(untested=untested, refusal=_NOTHING)
    if families < ENOUGH_FAMILIES or ends < ENOUGH_ENDS:
        return Drivers(untested=untested, refusal=_too_few(families, ends))
    chosen = [one for one in circumstances if one.id in values]
    columns = {one.id: values[one.id][is_whole] for one in chosen}
    return _tested(used, chosen, columns, untested, asked)


def _only(waits: Waits, chosen: Truths) -> Waits:
    return Waits(waits.rows.filter(pl.Series(chosen)), waits.as_at, waits.aside)


def _too_few(families: int, ends: int) -> str:
    return (
        f"{families:,} families and {ends:,} ends are too few to say what goes with delay: "
        f"{ENOUGH_FAMILIES} and {ENOUGH_ENDS} are needed."
    )


def _recorded(
    scene: Scene, circumstances: Sequence[Circumstance]
) -> tuple[dict[str, Floats], tuple[tuple[str, str], ...]]:
    """Values of the circumstances that can be tested, and why the others cannot."""
    values: dict[str, Floats] = {}
    untested: list[tuple[str, str]] = []
    for one in circumstances:
        found = one.values(scene)
        known = found[~np.isnan(found)]
        if len(known) < MOSTLY_RECORDED * max(len(found), 1):
            share = len(known) / max(len(found), 1)
            untested.append((one.words, f"recorded for {share:.0%} only: {one.source}"))
        elif len(known) == 0 or known.std() < _TINY or _is_rare(one, known):
            untested.append((one.words, "hardly differs among these waits"))
        else:
            values[one.id] = found
    return values, tuple(untested)


def _is_rare(one: Circumstance, known: Floats) -> bool:
    return one.is_yes_or_no and min(known.sum(), (1 - known).sum()) < 2 * FEWEST_FAMILIES


def _tested(
    used: Waits,
    chosen: Sequence[Circumstance],
    columns: dict[str, Floats],
    untested: tuple[tuple[str, str], ...],
    asked: Asked,
) -> Drivers:
    design = np.column_stack([*columns.values(), _trend(used)])
    lived = person_days(used.days, used.outcome == REACHED, asked.landmark, asked.last)
    # Numbers of like size, so that the ridge weighs them alike.
    scale = design.std(axis=0)
    model = _Model(used, lived, used.family, (design - design.mean(axis=0)) / scale, asked.limit)
    month = used.rows["start_month"].to_numpy()
    has_months = len(np.unique(month)) >= ENOUGH_MONTHS
    fitted = fit(lived, model.design, model.family, month=month if has_months else None)
    found = [
        _circumstance(model, fitted, k, one, columns[one.id], float(scale[k]))
        for k, one in enumerate(chosen)
    ]
    if (team := _team(model, fitted)) is not None:
        found.append(team)
    return Drivers(
        tested=_ordered(_holm(found)),
        untested=untested,
        families=len(set(used.family.tolist())),
        children=used.rows.height,
        model_in_time=share_by(lived, fitted, model.design, asked.limit).share,
    )


def _trend(used: Waits) -> Design:
    """The month of start, so that a change over time is not laid at a circumstance's door.

    Waits of one month alone have no trend, and no column of it.
    """
    month = used.rows["start_month"].to_numpy().astype(float)
    return month[:, None] if month.std() > 0 else month[:, None][:, :0]


def _circumstance(
    model: _Model, fitted: Fit, k: int, one: Circumstance, values: Floats, scale: float
) -> Driver:
    place = fitted.bands + k
    slope, known = fitted.coefficients[place], _surest(fitted, place, one)
    error = known.covariance[place, place] ** 0.5
    better = _favourable(one, values, slope)
    then = model.design.copy()
    then[:, k] += (_moved(values, better, slope) - values) / scale
    bounds = (slope, slope - _Z * error, slope + _Z * error)
    low, mid, high = sorted(float(np.exp(b / scale * one.step)) for b in bounds)
    return Driver(
        id=one.id,
        words=one.words,
        circumstance=one,
        odds=(mid, low, high),
        favourable=better,
        gain=_gain(model, known, then),
        p=float(2 * stdtr(_freedom(model, known), -abs(slope / error))),
        groups=_groups(model.waits, one, values, model.limit),
        is_team_like=one.is_of_team and _between_teams(model.waits, values) > BETWEEN_TEAMS,
    )


def _surest(fitted: Fit, place: int, one: Circumstance) -> Fit:
    """The fit with the larger of two errors, for what is alike for many families at once.

    Errors are those of families; and those of months, where there are months enough.
    """
    shared = fitted.shared
    if not one.is_shared or shared is None:
        return fitted
    if shared[place, place] <= fitted.covariance[place, place]:
        return fitted
    return replace(fitted, covariance=shared)


def _freedom(model: _Model, known: Fit) -> float:
    """How many families the error rests on, or months, less one."""
    groups = model.waits.rows["start_month"] if known.covariance is known.shared else model.family
    return float(len(np.unique(groups)) - 1)


def _favourable(one: Circumstance, values: Floats, slope: float) -> float:
    """The level of the better quarter: no where yes delays."""
    if one.is_yes_or_no:
        return 0.0
    return float(np.quantile(values, _FAVOURABLE if slope < 0 else 1 - _FAVOURABLE))


def _moved(values: Floats, better: float, slope: float) -> Floats:
    """Everybody at the favourable level at least; who is better off already stays so."""
    return np.minimum(values, better) if slope < 0 else np.maximum(values, better)


def _gain(model: _Model, fitted: Fit, then: Design) -> Share:
    """How many more the model has in time with another design; interval by the delta method."""
    before, after = (
        share_by(model.lived, fitted, design, model.limit, model.offset)
        for design in (model.design, then)
    )
    value, slope = after.share - before.share, after.slope - before.slope
    error = float(np.sqrt(np.maximum(slope @ fitted.covariance @ slope, 0)))
    return Share(value, value - _Z * error, value + _Z * error)


def _team(model: _Model, fitted: Fit) -> Driver | None:
    """Teams, for what the circumstances leave over: the slower ones brought to the middle one."""
    names = team_names(model.waits)
    teams = sorted(set(names.to_list()))
    if len(teams) < 2:
        return None
    own = np.column_stack([(names == team).to_numpy().astype(float) for team in teams])
    explained = model.design @ fitted.coefficients[fitted.bands :]
    # The first team is the one that others are held against: its column would say nothing more.
    beyond = _Model(model.waits, model.lived, model.family, own[:, 1:], model.limit, explained)
    found = fit(model.lived, beyond.design, model.family, explained)
    slopes = found.coefficients[found.bands :]
    spread = found.covariance[found.bands :, found.bands :]
    levels = np.concatenate([[0.0], slopes])
    return Driver(
        id=TEAM,
        words=f"the team, {teams[int(np.argmin(levels))]} above all",
        circumstance=None,
        odds=None,
        favourable=0.0,
        gain=_gain(beyond, found, _as_in_the_middle(own, levels)[:, 1:]),
        p=float(chdtrc(len(slopes), slopes @ np.linalg.solve(spread, slopes))),
        groups=tuple(
            _group(team, model.waits, (names == team).to_numpy(), model.limit) for team in teams
        ),
    )


def _as_in_the_middle(own: Design, levels: Floats) -> Design:
    """The teams of all waits, as if whoever has a slower one had the middle one instead."""
    order = np.argsort(levels)
    middle = order[[(len(order) - 1) // 2, len(order) // 2]]
    is_slower = own @ levels < levels[middle].mean()
    then = own.copy()
    then[is_slower] = np.eye(len(levels))[middle].mean(axis=0)
    return then


def team_names(waits: Waits) -> pl.Series:
    """The team of each wait; teams of few families stand together."""
    named = pl.col("team").fill_null("Team not recorded")
    few = pl.col("family_id").n_unique().over(named) < FEWEST_FAMILIES
    return waits.rows.select(pl.when(few).then(pl.lit(OTHER_TEAMS)).otherwise(named)).to_series()


def _between_teams(waits: Waits, values: Floats) -> float:
    """The share of a number's variance that lies between teams."""
    place = team_names(waits).rank("dense").cast(pl.Int64).to_numpy()
    means = np.bincount(place, weights=values) / np.maximum(np.bincount(place), 1)
    between: Floats = means[place]
    inside = ((between - values.mean()) ** 2).sum()
    return float(inside / ((values - values.mean()) ** 2).sum())


def _groups(waits: Waits, one: Circumstance, values: Floats, limit: int) -> tuple[CrudeGroup, ...]:
    if one.is_yes_or_no:
        return tuple(
            _group(name, waits, values == level, limit) for name, level in (("No", 0), ("Yes", 1))
        )
    low, high = np.quantile(values, [1 / 3, 2 / 3], method="inverted_cdf")
    shown = "{:.0f}" if (values == np.round(values)).all() else "{:.1f}"
    least, most = shown.format(low), shown.format(high)
    thirds = (
        (f"Up to {least}{one.unit}", values <= low),
        (f"Over {least}, up to {most}", (values > low) & (values <= high)),
        (f"Over {most}", values > high),
    )
    return tuple(_group(name, waits, inside, limit) for name, inside in thirds if inside.any())


def _group(name: str, waits: Waits, inside: Truths, limit: int) -> CrudeGroup:
    family = waits.family[inside]
    families = len(np.unique(family))
    found = incidence_of(waits.days[inside], waits.outcome[inside], family, limit)
    share = found.by(limit) if families >= FEWEST_FAMILIES else None
    return CrudeGroup(name, len(family), families, share)


def _holm(found: Sequence[Driver]) -> list[Driver]:
    """Holm's step-down adjustment: the smallest p times all tried, the next times one less."""
    order = sorted(range(len(found)), key=lambda k: found[k].p)
    adjusted: dict[int, float] = {}
    highest = 0.0
    for rank, k in enumerate(order):
        highest = max(highest, min(1.0, found[k].p * (len(found) - rank)))
        adjusted[k] = highest
    return [replace(one, p=adjusted[k]) for k, one in enumerate(found)]


def _ordered(found: Sequence[Driver]) -> tuple[Driver, ...]:
    return tuple(sorted(found, key=lambda one: (not one.is_named, -one.gain.value)))
