"""How the paper writes numbers: rounded once, with their unit, agreeing with what is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from lineofsight.measurement.measurement import round_half_up

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MONTH_COUNTS = (*_WORDS, "ten", "eleven", "twelve")
_IRREGULAR = {"children": "child", "people": "person", "men": "man", "women": "woman"}
_AFTER_THE_NOUN = re.compile(
    r" (?:aged|at|by|ceasing|during|entering|for|from|held|in|leaving|lost|of|on|open|placed"
    r"|starting|that|to|waiting|where|who|whose|with|without)\b"
)
_COMMON_OPENINGS = frozenset(
    {
        *("a", "an", "all", "and", "at", "by", "for", "from", "in", "it", "its", "more", "no"),
        *("nothing", "of", "on", "one", "over", "that", "the", "there", "this", "two", "with"),
        *("children", "contacts", "referrals", "assessments", "audits", "entries", "some"),
        *("conferences", "enquiries", "episodes", "plans", "starts", "workers", "without"),
    }
)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_WITHOUT_ARTICLE = frozenset(
    {"London", "Inner London", "Outer London", "Yorkshire and The Humber", "England"}
)


def plain(number: Decimal, decimals: int) -> str:
    """Write a number rounded half up, with a comma at the thousands: '50,310'."""
    rounded = round_half_up(number, decimals)
    return f"{rounded or abs(rounded):,}"


def measure(number: Decimal, decimals: int, unit: str) -> str:
    """Write a number with its unit: '73%', '82 per 10,000', '412'."""
    return f"{plain(number, decimals)}{unit}"


def tally(number: Decimal) -> str:
    """Write a numerator or denominator in figures; parts of one (full-time posts) get a decimal."""
    return plain(number, 0 if number == number.to_integral_value() else 1)


def one_of(counted: str) -> str:
    """Give the singular of what is counted: 'child on a plan' for 'children on a plan'."""
    found = _AFTER_THE_NOUN.search(counted)
    end = found.start() if found else len(counted)
    before, gap, noun = counted[:end].rpartition(" ")
    return f"{before}{gap}{_singular(noun)}{counted[end:]}"


def agreeing(counted: str, number: Decimal) -> str:
    """Give what is counted in the number that goes with it: 'child' for exactly one."""
    return one_of(counted) if number == 1 else counted


def spoken(count: int, counted: str) -> str:
    """Write a count inside a sentence: words below ten, figures from ten on.

    'no children', 'one child', 'nine children', '10 children'.
    """
    written = _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"
    return f"{written} {agreeing(counted, Decimal(count))}"


def months_in_words(months: int) -> str:
    """Write how many months a figure spans: 'twelve months', 'one month', '24 months'."""
    written = _MONTH_COUNTS[months] if 0 < months < len(_MONTH_COUNTS) else f"{months}"
    return f"{written} {'month' if months == 1 else 'months'}"


def between(low: Decimal, high: Decimal, decimals: int, unit: str) -> str:
    """Write a range with its unit once: '59% to 66%', '74 to 90 per 10,000'."""
    first, last = plain(low, decimals), plain(high, decimals)
    if first == last:
        return f"{last}{unit}"
    return f"{first}{'%' if unit == '%' else ''} to {last}{unit}"


def ordinal(number: int) -> str:
    """Write a place in an order: '1st', '12th', '93rd'."""
    is_teen = 10 < number % 100 < 14
    return f"{number}{'th' if is_teen else _ENDINGS.get(number % 10, 'th')}"


def listed(things: Sequence[str], separator: str = ", ") -> str:
    """Join with 'and' before the last: 'a, b and c'."""
    if len(things) < 2:
        return "".join(things)
    return f"{separator.join(things[:-1])}{separator.rstrip(' ,')} and {things[-1]}"


def capital(text: str) -> str:
    """Begin with a capital letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def continued(text: str) -> str:
    """Go on after a colon: a small first letter, unless the word is a name or an abbreviation."""
    first = text.split(" ", 1)[0].rstrip(",.;:")
    is_common = first.removesuffix("'s").casefold() in _COMMON_OPENINGS
    return f"{text[:1].lower()}{text[1:]}" if is_common else text


def sentence(text: str) -> str:
    """Begin with a capital and end with one full stop."""
    stripped = text.strip()
    return capital(stripped if stripped.endswith((".", "?", "!")) else f"{stripped}.")


def place(name: str) -> str:
    """Write a region inside a sentence: 'the South East', but 'London'."""
    return name if not name or name in _WITHOUT_ARTICLE else f"the {name}"


def _singular(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
