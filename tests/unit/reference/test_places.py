"""Any spelling finds its authority; an unknown one is answered with the nearest names."""

from __future__ import annotations

import pytest

from lineofsight.errors import UnknownName
from lineofsight.reference.places import authorities, find_place, regions


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Southampton", "852"),
        ("  SOUTHAMPTON city council ", "852"),
        ("852", "852"),
        ("e06000045", "852"),
        ("Bristol", "801"),
        ("City of Bristol", "801"),
        ("Bristol, City of", "801"),
        ("Hull", "810"),
        ("Brighton & Hove", "846"),
        ("St Helens", "342"),
        ("City of London", "201"),
        ("Royal Borough of Kensington & Chelsea", "207"),
        ("Durham County Council", "840"),
        ("Derby", "831"),
        ("Derbyshire", "830"),
        ("Cumbria", "909"),
    ],
)
def test_any_spelling_finds_the_authority(typed: str, code: str) -> None:
    assert find_place(typed).code == code


def test_a_name_used_twice_is_the_authority_that_exists_now() -> None:
    assert (find_place("Dorset").code, find_place("835").until) == ("838", 2019)


def test_an_earlier_ons_code_still_finds_its_authority() -> None:
    assert find_place("E08000020") is find_place("Gateshead")


def test_every_name_and_code_of_every_authority_leads_to_it() -> None:
    for place in authorities():
        assert find_place(place.code) is place
        assert find_place(place.ons_code) is place
        if place.is_current:
            assert find_place(place.name) is place


def test_there_are_153_authorities_now_and_five_that_ended() -> None:
    ended = {place.name for place in authorities() if not place.is_current}
    assert sum(place.is_current for place in authorities()) == 153
    assert ended == {"Bournemouth", "Cumbria", "Dorset", "Northamptonshire", "Poole"}


def test_london_is_published_as_two_regions() -> None:
    assert find_place("Camden").region == "Inner London"
    assert find_place("Barnet").region == "Outer London"
    assert len(regions()) == 10


def test_an_unknown_authority_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(UnknownName) as refused:
        find_place("Southamton")
    assert str(refused.value) == (
        "There is no authority 'Southamton'.\n"
        "  English authorities are looked up by name, the Department's code or the ONS code.\n"
        "  Did you mean 'Southampton' or 'Sutton' or 'Southwark'?"
    )


def test_london_alone_is_no_authority() -> None:
    with pytest.raises(UnknownName):
        find_place("London")
