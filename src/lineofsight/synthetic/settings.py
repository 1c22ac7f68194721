"""The settings of the synthetic authority: its made-up name, population, targets and events."""

from __future__ import annotations

from lineofsight.synthetic.steering import DEFAULT_SIZE, EXTRA_STAFF_FROM, POPULATION

NAME = "Solenhaven (synthetic)"
CODE = "999"
_LOCKDOWN = "2020-03-23"


def settings_text(size: int) -> str:
    """The text of `authority.toml`; the population is scaled with the size."""
    estimate = round(POPULATION * size / DEFAULT_SIZE)
    return _TEXT.format(
        name=NAME, code=CODE, estimate=estimate, lockdown=_LOCKDOWN, staff=EXTRA_STAFF_FROM
    )


_TEXT = """\
# A made-up city. No figure here is that of a real authority and no child in its records exists.
name = "{name}"
code = "{code}"
synthetic = true
region = "South East"
# The paper is made as if in September 2020: it is held against what the model report printed then.
comparator_table = "model_report_2020_08"
# Published tables that are added to the store are read as if this were the city of that report.
compared_as = "Southampton"

[[population]]
estimate = {estimate}
mid_year = 2019
vintage = "implied by the August 2020 report"
implied = true
source = "No estimate exists of a made-up city. At the default size: 488 looked-after children at \
97 per 10,000, as the model report of August 2020 prints them, imply 50,052 to 50,569 residents \
aged 0 to 17; 50,310 lies in the middle. Other sizes are in proportion."

[[target]]
indicator = "front_door.mash_timeliness"
value = 95
reason = "One referral in twenty may need longer, while other agencies are still being asked."

[[target]]
indicator = "children_looked_after.care_plan_authorised"
value = 90
reason = "A plan takes some weeks to write: children who entered care lately may still wait."

[[event]]
on = {lockdown}
label = "First national lockdown"

[[event]]
on = {staff}
label = "More assessment staff"
"""
