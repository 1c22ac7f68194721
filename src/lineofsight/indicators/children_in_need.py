"""Children in need: open episodes."""

from __future__ import annotations

from lineofsight.indicators.indicator import Rate, open_at_end
from lineofsight.journey.tables import need_episodes

rate = Rate(
    name="Rate of children in need per 10,000 (0-17 year olds) at end of period",
    brief="Children in need",
    when=open_at_end(need_episodes.started_on, need_episodes.ended_on),
    counted="episodes of need",
    published="Rate of children in need at 31 March per 10,000 children",
    source="Children in need statistics: open episodes, children on plans and looked-after "
    "children included.",
)
