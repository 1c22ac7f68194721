"""Children looked after, continued: where they live, and how long they stay there."""

from __future__ import annotations

import sqlalchemy as sa

from lineofsight.indicators.children_looked_after import in_care_at_end, in_full_care
from lineofsight.indicators.indicator import Condition, Percentage, open_at_end, since
from lineofsight.journey.derived import long_placements, placement_years, placements
from lineofsight.journey.tables import care_episodes, periods_of_care
from lineofsight.reference.polarity import HIGH, LOW

placed_at_end = open_at_end(care_episodes.started_on, care_episodes.ended_on)
in_full_placement: Condition = ~care_episodes.is_short_break
_SSDA903_PLACEMENTS = "Children looked after statistics; SSDA903 guide, placement codes"
_NO_TYPE = "A placement without a type is counted, and counted as another one."

in_foster_care = Percentage(
    name="Percentage of Looked after Children in foster care at end of period",
    brief="Looked-after children in foster care",
    when=placed_at_end,
    of=in_full_placement,
    met=care_episodes.placement_type.in_(("U1", "U2", "U3", "U4", "U5", "U6")),
    good=HIGH,
    published="Children looked after in foster placements at 31 March",
    source=f"{_SSDA903_PLACEMENTS} U1 to U6.",
    blanks=_NO_TYPE,
)

with_relatives_or_friends = Percentage(
    name="Percentage of Looked after Children fostered by relatives or friends at end of period",
    brief="Looked-after children fostered by relatives or friends",
    when=placed_at_end,
    of=in_full_placement,
    met=care_episodes.placement_type.in_(("U1", "U2", "U3")),
    published="Children looked after fostered by relatives or friends at 31 March",
    source=f"{_SSDA903_PLACEMENTS} U1 to U3.",
    blanks=_NO_TYPE,
)

with_parents = Percentage(
    name="Percentage of Looked after Children placed with their parents at end of period",
    brief="Looked-after children placed with parents",
    when=placed_at_end,
    of=in_full_placement,
    met=care_episodes.placement_type == "P1",
    published="Children looked after placed with parents at 31 March",
    source=f"{_SSDA903_PLACEMENTS} P1.",
    blanks=_NO_TYPE,
)

in_childrens_homes = Percentage(
    name="Percentage of Looked after Children in children's homes at end of period",
    brief="Looked-after children in children's homes",
    when=placed_at_end,
    of=in_full_placement,
    met=care_episodes.placement_type.in_(("K1", "K2", "K3")),
    source=f"{_SSDA903_PLACEMENTS} K1 to K3: secure homes included.",
    blanks=_NO_TYPE,
)

in_semi_independent_homes = Percentage(
    name="Percentage of Looked after Children in semi-independent or independent living at end of "
    "period",
    brief="Looked-after children living semi-independently",
    when=placed_at_end,
    of=in_full_placement,
    met=care_episodes.placement_type.in_(("H5", "P2")),
    source=f"{_SSDA903_PLACEMENTS} H5 and P2.",
    blanks=_NO_TYPE,
)

own_provision = Percentage(
    name="Percentage of Looked after Children in placements provided by the authority itself at "
    "end of period",
    brief="Looked-after children in the authority's own placements",
    when=placed_at_end,
    of=in_full_placement,
    met=care_episodes.placement_provider == "PR1",
    published="Children looked after in own provision at 31 March",
    source="Children looked after statistics; SSDA903 guide, placement provider PR1.",
    blanks="A placement without a provider is counted, and counted as another's.",
)

placed_outside = Percentage(
    name="Percentage of Looked after Children placed outside the authority at end of period",
    brief="Looked-after children placed outside the authority",
    when=in_care_at_end,
    of=in_full_care,
    met=periods_of_care.is_placed_outside,
    published="Children looked after placed outside the local authority boundary at 31 March",
    source="Annex A, list 8, placement location.",
    blanks="A blank counts as inside.",
    note="The list holds the latest placement of a child: month-ends before the list's date show "
    "where the child lived last, which need not be where the child lived then.",
)

placed_over_20_miles = Percentage(
    name="Percentage of Looked after Children placed more than 20 miles from home and outside the "
    "authority at end of period",
    brief="Placed over 20 miles from home and outside the authority",
    when=open_at_end(placements.started_on, placements.ended_on),
    met=sa.and_(placements.distance_miles > 20, placements.is_placed_outside),
    good=LOW,
    published="Children looked after placed more than 20 miles from their homes and outside the "
    "local authority boundary at 31 March",
    source="Children looked after statistics: all children looked after are in the denominator, "
    "those whose distance is not known too.",
    blanks="A distance that is not known counts as not over 20 miles.",
)

three_or_more_placements = Percentage(
    name="Percentage of Looked after Children who had three or more placements in the last 12 "
    "months",
    brief="Three or more placements in 12 months",
    when=open_at_end(placement_years.started_on, placement_years.ended_on),
    met=placement_years.placements >= 3,
    said=("three or more", "fewer"),
    good=LOW,
    published="Children looked after who had three or more placements in the year",
    source="Children looked after statistics, placement stability: placements of a day or more, "
    "the one at the beginning of the twelve months included; temporary ones, the return from them "
    "and adoption by the same carers are no moves.",
    blanks="An episode without a type of placement is a placement of its own.",
    lookback_months=12,
)

placement_stability = Percentage(
    name="Percentage of Looked after Children (aged under 16 and looked after for at least two and "
    "a half years) who have lived in the same placement for at least two years",
    brief="Long-term placement stability",
    when=open_at_end(long_placements.started_on, long_placements.ended_on),
    met=since(long_placements.two_years_on),
    said=("two years or more", "less than two years"),
    good=HIGH,
    published="Children looked after for two and a half years who lived with the same carer for "
    "two",
    source="Children looked after statistics, placement stability; of children placed for adoption "
    "the placement before counts too.",
    blanks="A child without a date of birth counts as under 16.",
    note="Two years of records must lie before a month: a return of one year tells when an episode "
    "began, and the placement may be older than its episode.",
    lookback_months=24,
)
