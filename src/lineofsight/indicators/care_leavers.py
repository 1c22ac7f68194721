"""Care leavers: touch, homes, activity and pathway plans of young people who have left care.

The list of Annex A tells of everybody entitled on the day of the list, SSDA903 of those who turned
19, 20 or 21 in the year to 31 March as they were on their birthday; the Department publishes the
latter.
"""

from __future__ import annotations

import sqlalchemy as sa

from lineofsight.indicators.indicator import Condition, Percentage, during
from lineofsight.journey.tables import care_leavers, care_leavers_at_birthday
from lineofsight.reference.polarity import HIGH, LOW

EMPLOYED = ("F1", "P1", "F2", "P2", "F3", "P3", "F4", "P4", "F5", "P5")
NOT_EMPLOYED = ("G4", "G5", "G6")
_NOWHERE = ("G", "H", "R")  # abroad, deported, residence not known
_HOMES = ("B", "C", "D", "E", "K", "S", "T", "U", "V", "W", "X", "Y", "Z")
_GONE = ("DIED", "RHOM")

_on_the_list = during(care_leavers.recorded_on)
_listed: Condition = sa.or_(care_leavers.in_touch.is_(None), care_leavers.in_touch.not_in(_GONE))
_at_home: Condition = sa.or_(
    care_leavers.accommodation.is_(None), care_leavers.accommodation.not_in(_NOWHERE)
)
_ANNEX_A = "Annex A, list 9: everybody on the list but those who died or returned home for good"
_AS_ON_THE_LIST = (
    "The list holds one day: the figure has a value in the month of the newest list alone."
)

in_touch = Percentage(
    name="Percentage of care leavers with whom the authority is in touch",
    brief="Care leavers in touch",
    when=_on_the_list,
    of=_listed,
    met=care_leavers.in_touch == "YES",
    said=("in touch", "not in touch"),
    counted="young people",
    good=HIGH,
    source=f"{_ANNEX_A}.",
    blanks="A blank counts as not in touch.",
    note=_AS_ON_THE_LIST,
)

in_suitable_accommodation = Percentage(
    name="Percentage of care leavers in suitable accommodation",
    brief="Care leavers in suitable accommodation",
    when=_on_the_list,
    of=sa.and_(_listed, _at_home),
    met=care_leavers.accommodation_suitability == "suitable",
    said=("suitable", "not suitable or not known"),
    counted="young people",
    good=HIGH,
    source=f"{_ANNEX_A}; those abroad, deported or of unknown residence are left out.",
    blanks="A blank counts as not suitable.",
    note=_AS_ON_THE_LIST,
)

in_education_employment_or_training = Percentage(
    name="Percentage of care leavers in education, employment or training",
    brief="Care leavers in education, employment or training",
    when=_on_the_list,
    of=_listed,
    met=care_leavers.activity.in_(EMPLOYED),
    said=("in education, employment or training", "not so"),
    counted="young people",
    good=HIGH,
    source=f"{_ANNEX_A}.",
    blanks="A blank counts as not in education, employment or training.",
    note=_AS_ON_THE_LIST,
)

not_in_education_employment_or_training = Percentage(
    name="Percentage of care leavers known not to be in education, employment or training",
    brief="Care leavers not in education, employment or training",
    when=_on_the_list,
    of=_listed,
    met=care_leavers.activity.in_(NOT_EMPLOYED),
    said=("not in education, employment or training", "otherwise or not known"),
    counted="young people",
    good=LOW,
    source=f"{_ANNEX_A}.",
    blanks="A blank is not known, and counts as otherwise.",
    note=_AS_ON_THE_LIST,
)

pathway_plan_up_to_date = Percentage(
    name="Percentage of care leavers whose pathway plan was reviewed in the last six months",
    brief="Pathway plans up to date",
    when=_on_the_list,
    of=_listed,
    met=care_leavers.is_pathway_plan_current,
    said=("up to date", "not up to date"),
    counted="young people",
    good=HIGH,
    source="Care Leavers (England) Regulations 2010, regulation 7: reviewed at least every six "
    "months. Annex A, list 9, from 2024.",
    blanks="A young person without the day of a review has no plan up to date.",
    note=_AS_ON_THE_LIST,
)

contacted_lately = Percentage(
    name="Percentage of care leavers who were contacted in the last eight weeks",
    brief="Care leavers contacted in eight weeks",
    when=_on_the_list,
    of=_listed,
    met=care_leavers.is_contacted_lately,
    said=("contacted", "not contacted"),
    counted="young people",
    good=HIGH,
    source="Children Act 1989 guidance, volume 3: personal advisers visit at least every eight "
    "weeks. Annex A, list 9, from 2024.",
    blanks="A young person without the day of a contact was not contacted.",
    note=_AS_ON_THE_LIST,
)

_at_birthday = during(care_leavers_at_birthday.birthday_on)
_of_age: Condition = sa.and_(
    care_leavers_at_birthday.is_19_to_21,
    sa.or_(
        care_leavers_at_birthday.in_touch.is_(None),
        care_leavers_at_birthday.in_touch.not_in(_GONE),
    ),
)
_lives_here: Condition = sa.or_(
    care_leavers_at_birthday.accommodation.is_(None),
    care_leavers_at_birthday.accommodation.not_in(
        tuple(f"{home}{digit}" for home in _NOWHERE for digit in "12")
    ),
)
_STATISTICS = (
    "Children looked after statistics (SSDA903, OC3): care leavers who turned 19, 20 or 21, as on "
    "the birthday; those who died or returned home for six months are left out"
)

in_touch_at_birthday = Percentage(
    name="Percentage of care leavers aged 19 to 21 with whom the authority was in touch around "
    "their birthday",
    brief="Care leavers of 19 to 21 in touch",
    when=_at_birthday,
    of=_of_age,
    met=care_leavers_at_birthday.in_touch == "YES",
    said=("in touch", "not in touch"),
    counted="young people",
    good=HIGH,
    published="Care leavers aged 19 to 21 with whom the local authority is in touch",
    source=f"{_STATISTICS}.",
    blanks="A blank counts as not in touch; a young person of unknown age is left out.",
)

in_suitable_accommodation_at_birthday = Percentage(
    name="Percentage of care leavers aged 19 to 21 in suitable accommodation around their birthday",
    brief="Care leavers of 19 to 21 in suitable accommodation",
    when=_at_birthday,
    of=sa.and_(_of_age, _lives_here),
    met=care_leavers_at_birthday.accommodation.in_(tuple(f"{home}1" for home in _HOMES)),
    said=("suitable", "not suitable or not known"),
    counted="young people",
    good=HIGH,
    published="Care leavers aged 19 to 21 in accommodation considered suitable",
    source=f"{_STATISTICS}, those abroad, deported or of unknown residence too; those not in touch "
    "are counted.",
    blanks="A blank counts as not suitable; a young person of unknown age is left out.",
)

in_education_employment_or_training_at_birthday = Percentage(
    name="Percentage of care leavers aged 19 to 21 in education, employment or training around "
    "their birthday",
    brief="Care leavers of 19 to 21 in education, employment or training",
    when=_at_birthday,
    of=_of_age,
    met=care_leavers_at_birthday.activity.in_(EMPLOYED),
    said=("in education, employment or training", "not so"),
    counted="young people",
    good=HIGH,
    published="Care leavers aged 19 to 21 in education, employment or training",
    source=f"{_STATISTICS}.",
    blanks="A blank counts as not so; a young person of unknown age is left out.",
)

not_in_education_employment_or_training_at_birthday = Percentage(
    name="Percentage of care leavers aged 19 to 21 known not to be in education, employment or "
    "training around their birthday",
    brief="Care leavers of 19 to 21 not in education, employment or training",
    when=_at_birthday,
    of=_of_age,
    met=care_leavers_at_birthday.activity.in_(NOT_EMPLOYED),
    said=("not in education, employment or training", "otherwise or not known"),
    counted="young people",
    good=LOW,
    published="Care leavers aged 19 to 21 not in education, employment or training",
    source=f"{_STATISTICS}.",
    blanks="A blank counts as not known; a young person of unknown age is left out.",
)
