"""The simulation itself: month after month, who comes, who waits, who enters and who leaves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lineofsight.synthetic import care, front_door, protection, steering
from lineofsight.synthetic.calendar import Step
from lineofsight.synthetic.draws import Rng, per_month
from lineofsight.synthetic.population import populate
from lineofsight.synthetic.service import (
    Service,
    Targets,
    open_service,
    scaled_flow,
    scaled_stock,
)
from lineofsight.synthetic.steering import MONTHS

_MONTHLY: tuple[Callable[[Service, Step], None], ...] = (
    front_door.refer,
    front_door.authorise,
    protection.enquire,
    protection.confer,
    care.enter,
    care.leave,
    protection.end_plans,
    care.close,
)


def live(size: int, rng: Rng) -> Service:
    """Simulate the core of every life: referral, assessment, enquiry, plan and care."""
    scale = size / steering.DEFAULT_SIZE
    service = open_service(rng, populate(rng, size), scale, _targets(rng, scale))
    steps = [Step.of(position, month) for position, month in enumerate(MONTHS)]
    care.settle(service, steps[0], int(service.targets.care_open[0]))
    for step in steps:
        for act in _MONTHLY:
            act(service, step)
    return service


def _targets(rng: Rng, scale: float) -> Targets:
    return Targets(
        referrals=scaled_flow(steering.REFERRALS, rng, scale),
        turned_away=steering.TURNED_AWAY.path(rng),
        assessment_pace=steering.ASSESSMENT_PACE.path(rng),
        referred_again=steering.REFERRED_AGAIN.path(rng),
        assessed_in_time=steering.ASSESSED_IN_TIME.path(rng),
        enquiries=scaled_flow(steering.ENQUIRIES, rng, scale),
        conferences=scaled_flow(steering.CONFERENCES, rng, scale),
        conferences_in_time=steering.CONFERENCES_IN_TIME.path(rng),
        conferences_to_plans=steering.CONFERENCES_TO_PLANS.path(rng),
        plans_open=scaled_stock(steering.PLANS_OPEN, rng, scale),
        care_entries=scaled_flow(steering.CARE_ENTRIES, rng, scale),
        care_open=scaled_stock(steering.CARE_OPEN, rng, scale),
        alone_from_abroad=per_month(np.full(len(MONTHS), steering.ALONE_FROM_ABROAD), scale),
    )
