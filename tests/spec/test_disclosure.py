"""Small numbers of children: what must be hidden with them, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from lineofsight.disclosure.audit import Reader, Secret, demand_nothing_recovered
from lineofsight.disclosure.flows import Flow, hide_flow
from lineofsight.disclosure.hiding import hide
from lineofsight.disclosure.rules import Rules, is_suppressed
from lineofsight.disclosure.series import (
    Family,
    Kind,
    Line,
    Periods,
    attacker_of,
    hide_lines,
)
from lineofsight.disclosure.table import (
    FIXED,
    Bound,
    Form,
    Item,
    Table,
    exact,
)
from lineofsight.errors import DisclosureFault
from lineofsight.reference.audience import Audience
from lineofsight.reference.authority import Disclosure

RULES = Rules()


def line(
    counted: list[int],
    periods: list[tuple[int, int, float]],
    above: list[int] | None = None,
    key: str = "figure",
) -> Line:
    """A figure whose periods are given as first month, month after the last, and cost."""
    start, stop, cost = (np.array([one[k] for one in periods]) for k in range(3))
    return Line(
        key,
        Kind.COUNT if above is None else Kind.SHARE,
        "family",
        Periods(start.astype(np.int64), stop.astype(np.int64), cost.astype(np.float64)),
        np.array(counted, np.float64),
        None if above is None else np.array(above, np.float64),
    )


def hidden(*lines: Line) -> list[list[int]]:
    """The places of the periods that are hidden, of each figure."""
    found = hide_lines(lines, RULES)
    return [np.flatnonzero(found[one.key].is_hidden).tolist() for one in lines]


def months(count: int) -> list[tuple[int, int, float]]:
    """Single months, each costing 2."""
    return [(n, n + 1, 2.0) for n in range(count)]


def test_a_month_and_its_twelve_months_by_difference() -> None:
    """Eleven months of ten and one of 3, with their sum of 113: the small month alone would be 113
    less the others. A second month must go, and one only: that, or the sum, which costs more."""
    counts = [10] * 11 + [3]
    assert hidden(line(counts, [*months(12), (0, 12, 3.0)])) == [[0, 11]]
    assert hidden(line(counts, [*months(12), (0, 12, 1.0)])) == [[11, 12]]


def test_a_second_hidden_month_must_leave_room() -> None:
    """3 and 7 of 40, each with the rest shown: together 10, so the 3 may be 0 to 10. Where the
    partner is 2 the two are 5 together, and either may be none: nothing else need be hidden."""
    assert hidden(line([3, 7, 30], [*months(3), (0, 3, 9.0)])) == [[0, 1]]
    assert hidden(line([3, 2, 30], [*months(3), (0, 3, 9.0)])) == [[0, 1]]


def test_rolling_twelve_months_of_following_months() -> None:
    """Two sums of three months that follow each other differ by the month that came and the one
    that went: with the one that went shown, 4, the new one is known. Costs say which goes."""
    shown = [(0, 3, 3.0), (1, 4, 3.0), (0, 1, 5.0), (3, 4, 5.0)]
    # 9, 20, 20 and then 4: 49 and 44; 44 = 49 - 9 + 4.
    assert hidden(line([9, 20, 20, 4], shown)) == [[0, 3]]


def test_a_share_hides_with_its_denominator_and_by_what_is_left() -> None:
    """37 of 40 leaves 3; 3 of 40 is 3; 4 of 8 is a share of fewer than ten; 20 of 40 is shown. In
    a year whose sum is shown nothing is exposed, as three are hidden."""
    counted, above = [40, 40, 8, 40], [37, 3, 4, 20]
    assert hidden(line(counted, [*months(4), (0, 4, 9.0)], above)) == [[0, 1, 2]]


def test_none_and_all_are_shown() -> None:
    """Nobody of 40, and all 40, are no small numbers."""
    assert hidden(line([40, 40], months(2), [0, 40])) == [[]]


def test_a_number_and_the_shares_of_it_hide_together() -> None:
    """Four conferences in a month: their number is hidden, and so is each share of them, which
    shows how many they are. The year's sum then needs another month hidden in both."""
    periods = [*months(3), (0, 3, 9.0)]
    number = line([4, 40, 60], periods, key="number")
    share = line([4, 40, 60], periods, [2, 20, 30], key="share")
    assert hidden(number, share) == [[0, 1], [0, 1]]


def test_a_stock_tells_what_moved_it() -> None:
    """100 plans, then 91; 12 ended, so 3 started: with the starts hidden, the ends of the month, or
    a month-end, must be hidden too. The ends are the cheapest here."""
    stock = Family.of([line([100, 91], [(0, 1, 9.0), (1, 2, 9.0)])])
    starts = Family.of([line([10, 3], months(2))])
    ends = Family.of([line([10, 12], months(2))])
    nothing = np.zeros(2, dtype=bool)
    flow = Flow((stock, starts, ends), (nothing, nothing, nothing), 0)
    assert flow.balances
    assert hide_flow(flow, RULES) == (set(), {(1, 2)}, {(1, 2)})


ROW_BY_COLUMN = (
    # boys  girls
    (3, 20),  # in time
    (30, 40),  # late
)


def row_by_column(cost_of_sums: float) -> Table:
    """Four cells, two sums of rows, two of columns, and the whole."""
    truth = [n for row in ROW_BY_COLUMN for n in row]
    cells: list[Form] = [{n: 1} for n in range(4)]
    sums: list[Form] = [{0: 1, 1: 1}, {2: 1, 3: 1}, {0: 1, 2: 1}, {1: 1, 3: 1}]
    items = [Item((exact(form, truth),), 1.0) for form in cells]
    items += [Item((exact(form, truth),), cost_of_sums) for form in sums]
    items.append(Item((exact(dict.fromkeys(range(4), 1), truth),), FIXED))
    return Table.of(truth, items, [Bound({0: 1}, 1, 5)])


def test_rows_by_columns_need_a_rectangle() -> None:
    """One small cell of two by two: its row and its column each need another hidden cell, and
    those need the fourth. Where sums cost little, the row and the sums of both columns do."""
    table = row_by_column(9.0)
    found = hide(table, attacker_of(table))
    assert np.flatnonzero(found.hidden).tolist() == [0, 1, 2, 3]
    assert found.cost == found.least == 4
    cheap = row_by_column(0.5)
    assert hide(cheap, attacker_of(cheap)).cost == 3


def test_what_was_published_cannot_be_taken_back() -> None:
    """The small month was published, or the year and all other months were: it is said, and what
    else is small is hidden all the same."""
    told = hide_lines([line([3, 40], [(0, 1, FIXED), (1, 2, 2.0)])], RULES)["figure"]
    assert told.given_away.tolist() == [True, False]
    assert not told.is_hidden.any()
    fixed = [(0, 1, 2.0), (1, 2, FIXED), (2, 3, 2.0), (0, 3, FIXED), (2, 4, FIXED), (3, 4, 2.0)]
    found = hide_lines([line([3, 40, 20, 2], fixed)], RULES)["figure"]
    # 3 + 20 are 23 and 20 + 2 are 22: months 0, 2 and 3 can all be something else.
    assert found.is_hidden.tolist() == [True, False, True, False, False, True]
    assert not found.given_away.any()


def test_the_audit_works_out_what_is_not_hidden_well() -> None:
    """113 less eleven months of ten is 3; with a second month hidden it is 0 to 13."""
    year = Bound(dict.fromkeys(range(12), 1), 113, 113)
    others = [Bound({n: 1}, 10, 10) for n in range(11)]
    secret = Secret("December", {11: 1}, 1, 5)
    [found] = Reader(12, [year, *others]).recovered([secret])
    assert (found.name, found.least, found.most) == ("December", 3, 3)
    assert Reader(12, [year, *others[1:]]).recovered([secret]) == []
    with pytest.raises(DisclosureFault) as refused:
        demand_nothing_recovered([found], "the dataset")
    assert str(refused.value) == (
        "1 hidden number of children could be worked out from the dataset.\n"
        "  The audit by attack found it before anything was written; nothing was.\n"
        "  This is a defect of the program: please report it. Ask for fewer figures until then."
    )
    assert refused.value.exit_code == 6


def test_for_whom_small_numbers_are_hidden() -> None:
    """The service sees them; the public never; a committee in a session without the public does."""
    usual, closed = Disclosure(), Disclosure(is_committee_suppressed=False)
    assert [is_suppressed(one, usual) for one in Audience] == [False, True, True]
    assert [is_suppressed(one, closed) for one in Audience] == [False, False, True]
