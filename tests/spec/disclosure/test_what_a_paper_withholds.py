"""Small numbers in drawn figures: what a paper withholds, and that one figure less would tell.

Every authority here is drawn: a series of months, as a reader would see it in a chart.
"""

from __future__ import annotations

from dataclasses import replace

from lineofsight.disclosure.attack import Attack
from lineofsight.disclosure.figures import counted
from lineofsight.disclosure.papers import Shown, Withheld, knowledge_of, shown, withheld_from
from lineofsight.disclosure.relations import grouped, named, relations
from lineofsight.disclosure.rules import Rules
from lineofsight.measurement.measurement import Basis, Measurement, Value
from lineofsight.reference.periods import Month
from tests.overview_examples import AUGUST, Figured, measurement

CONTACTS = Figured(id="front_door.contacts", name="Contacts", counted="contacts")
IN_TIME = Figured(
    id="front_door.in_time", name="Contacts in time", counted="contacts", unit="%", decimals=0
)
PLANS = Figured(id="plans.number", name="Plans", counted="children", is_snapshot=True)
STARTS = Figured(id="plans.started", name="Plans started", counted="children")
ENDS = Figured(id="plans.ended", name="Plans ended", counted="children")
RARE = Figured(id="children.rare", name="Rare", counted="children", unit=" per 10,000", decimals=1)
POSTS = Figured(id="workforce.posts", name="Posts", counted="posts")
JUNE = Month.parse("2020-06")


def counts(*newest: float, of: Figured = CONTACTS, usual: float = 40.0) -> Measurement:
    """Thirty-six months, all usual but the newest."""
    return measurement(of, [usual] * (36 - len(newest)) + list(newest))


def months_withheld(found: Withheld, of: Figured = CONTACTS) -> list[str]:
    return sorted(
        str(Month.of(one.ends_on))
        for one in found.withheld
        if one.indicator == of.id and one.basis in ("MONTH", "MONTH_END") and not one.is_numbers
    )


def is_exposed(measurements: list[Measurement], withheld: frozenset[Shown]) -> bool:
    """Whether an attack works a small number out while just this is withheld."""
    figures = [named(m, counted(m)) for m in measurements]
    for group, found in grouped(figures, relations(figures)):
        if Attack(knowledge_of(group, found, AUGUST)).exposed(frozenset(withheld)):
            return True
    return False


def test_nothing_is_withheld_where_nothing_is_small() -> None:
    """Forty contacts a month, and nought: nought says that nothing happened to anybody."""
    assert withheld_from([counts(0.0, 40.0)], AUGUST).withheld == frozenset()


def test_a_month_and_its_twelve_months_are_not_shown_together() -> None:
    """Trap 19. Three contacts in June; 11 x 40 + 3 = 443 in the twelve months.

    With eleven months and 443 anybody subtracts; so another month goes, which costs least.
    """
    drawn = [counts(3.0, 40.0, 40.0)]
    found = withheld_from(drawn, AUGUST)
    months = months_withheld(found)
    assert len(months) == 2
    assert "2020-06" in months
    assert months[0] > "2019-08", "the other one lies in the same twelve months"
    june = replace(shown(CONTACTS.id, _month(drawn[0], JUNE)))
    assert is_exposed(drawn, frozenset({june}) | _lines(found))
    assert not is_exposed(drawn, found.withheld)


def test_two_small_months_protect_each_other() -> None:
    """Three in May and four in June: 7 between them says neither, so nothing else has to go."""
    found = withheld_from([counts(3.0, 4.0, 40.0, 40.0)], AUGUST)
    assert months_withheld(found) == ["2020-05", "2020-06"]


def test_two_months_of_one_are_not_enough() -> None:
    """One child in May and one in June are two between them: neither can be six, nor both nought.

    Each may be nought or two, so none is known: but were both one of a twelve-month figure that is
    shown, nought stays possible, and nothing else has to go.
    """
    found = withheld_from([counts(1.0, 1.0, 40.0, 40.0)], AUGUST)
    assert months_withheld(found) == ["2020-05", "2020-06"]


def test_a_percentage_of_fewer_than_ten_is_withheld() -> None:
    """Six of nine; the percentages of the other months stay."""
    drawn = measurement(IN_TIME, [30.0] * 35 + [6.0], [40.0] * 35 + [9.0])
    found = withheld_from([drawn], AUGUST)
    assert "2020-08" in months_withheld(found, IN_TIME)


def test_all_but_three_in_time_keeps_its_percentage_without_its_numbers() -> None:
    """147 of 150 is 98%: without 150 a reader cannot tell three from thirty."""
    drawn = measurement(IN_TIME, [120.0] * 35 + [147.0], [150.0] * 36)
    found = withheld_from([drawn], AUGUST)
    newest = _month(drawn, AUGUST)
    assert not found.hides(IN_TIME.id, newest)
    assert found.hides_numbers(IN_TIME.id, newest)


def test_a_percentage_beside_the_number_it_is_of_is_withheld() -> None:
    """98% of 150 contacts are 146 or 147, and the paper says elsewhere that there were 150."""
    wholes = [150.0 + month for month in range(35)] + [150.0]
    alone = measurement(IN_TIME, [120.0] * 35 + [147.0], wholes)
    beside = measurement(CONTACTS, wholes)
    found = withheld_from([alone, beside], AUGUST)
    told = found.hides(IN_TIME.id, _month(alone, AUGUST)) or found.hides(
        CONTACTS.id, _month(beside, AUGUST)
    )
    assert told
    assert not withheld_from([alone], AUGUST).hides(IN_TIME.id, _month(alone, AUGUST))


def test_starts_and_ends_tell_a_stock() -> None:
    """Forty-one plans, 43 a month later: 10 came, so 8 went. Two ended in August.

    August's stock is July's and the starts less the ends: with all three anybody has the two.
    """
    came = [10.0 + month % 3 for month in range(36)]
    went = [9.0 + month % 2 for month in range(35)] + [2.0]
    stock = [200.0]
    for one, other in zip(came[1:], went[1:], strict=True):
        stock.append(stock[-1] + one - other)
    drawn = [measurement(PLANS, stock), measurement(STARTS, came), measurement(ENDS, went)]
    figures = [named(m, counted(m)) for m in drawn]
    assert len(relations(figures)) == 1
    found = withheld_from(drawn, AUGUST)
    assert found.hides(ENDS.id, _month(drawn[2], AUGUST))
    only_ends = frozenset({shown(ENDS.id, _month(drawn[2], AUGUST))})
    assert is_exposed(drawn, only_ends | _lines(found))
    assert not is_exposed(drawn, found.withheld)


def test_a_rate_of_a_known_population_tells_its_number() -> None:
    """0.8 per 10,000 of 50,310 are 3.8 to 4.3 children: four. To the whole number, one is three to
    seven, and seven is not small; but a rate of four children is not shown in any case."""
    drawn = measurement(RARE, [40.0] * 35 + [4.0], 50_310.0)
    rate = shown(RARE.id, _month(drawn, AUGUST))
    assert is_exposed([drawn], _all_but(drawn, rate))
    assert withheld_from([drawn], AUGUST).hides(RARE.id, _month(drawn, AUGUST))
    whole = measurement(replace(RARE, decimals=0), [40.0] * 35 + [4.0], 50_310.0)
    assert not is_exposed([whole], _all_but(whole, rate))


def test_an_authority_may_call_more_numbers_small() -> None:
    """Seven are shown by the usual rules, and withheld with another month where seven is small."""
    drawn = [counts(7.0, 40.0, 40.0)]
    assert months_withheld(withheld_from(drawn, AUGUST)) == []
    stricter = withheld_from(drawn, AUGUST, rules=Rules(threshold=7))
    assert "2020-06" in months_withheld(stricter)
    assert len(months_withheld(stricter)) == 2


def test_staff_are_not_children() -> None:
    assert withheld_from([counts(3.0, of=POSTS, usual=50.0)], AUGUST).withheld == frozenset()


def test_what_was_published_cannot_be_taken_back() -> None:
    """Every month but June and the 443 were published before: June is given away, and said to be.

    Without the earlier paper nothing is given away.
    """
    drawn = counts(3.0, 40.0, 40.0)
    before = {
        shown(CONTACTS.id, value): value
        for value in (*drawn.series, *drawn.rolling)
        if Month.of(value.period.last_day) != JUNE
    }
    found = withheld_from([drawn], AUGUST, before)
    assert [one.secret.truth for one in found.given_away] == [3.0]
    assert withheld_from([drawn], AUGUST).given_away == ()


def test_the_same_figures_give_the_same_choice() -> None:
    drawn = [counts(3.0, 40.0, 40.0)]
    assert withheld_from(drawn, AUGUST) == withheld_from(drawn, AUGUST)


def _month(of: Measurement, month: Month) -> Value:
    value = of.at(month)
    assert value is not None
    assert value.basis in (Basis.MONTH, Basis.MONTH_END)
    return value


def _all_but(drawn: Measurement, only: Shown) -> frozenset[Shown]:
    """Everything a paper would show of a figure, but for one."""
    figures = [named(drawn, counted(drawn))]
    keys = {item.key for item in knowledge_of(figures, [], AUGUST).items}
    return frozenset(key for key in keys if isinstance(key, Shown) and key != only)


def _lines(found: Withheld) -> frozenset[Shown]:
    return frozenset(one for one in found.withheld if one.basis == "LINE")
