"""Numbers that a sentence claims, in figures and in words, and the numbers it does not.

'89%', '76 per cent', '82 per 10,000', '488 children', '380 of 384 referrals', 'two children',
'a third', 'one in four', 'nine out of ten', 'between 60% and 70%', '3 percentage points'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from lineofsight.claims.marks import Hedge, Mark, Quantity, Structure

# What is counted in this field, one and many.
_NOUNS = (
    r"(?:looked[- ]after |young |care experienced |unaccompanied |social |child protection "
    r"|single |review |initial |strategy |audited |missing |open |new |agency |vacant |other )*"
    r"(?:children|child|people|person|referrals?|contacts?|assessments?|conferences?|plans?|cases?"
    r"|enquir(?:y|ies)|families|family|audits?|reviews?|visits?|workers?|posts?|adoptions?"
    r"|entries|interviews?|episodes?|decisions?|care leavers?|re-referrals?|placements?|starts?"
    r"|families|young people|adults|staff|cp plans?|cpps?|icpcs?|sas?|uasc)"
)
_ONES = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: number for number, word in enumerate(_ONES)}
_WORDS |= {word: 10 * number for number, word in enumerate(_TENS, start=2)}
_FRACTIONS = {
    **dict.fromkeys(("half", "a half", "one half"), Decimal(50)),
    **dict.fromkeys(("a third", "one third", "one-third"), Decimal(100) / 3),
    **dict.fromkeys(("two thirds", "two-thirds"), Decimal(200) / 3),
    **dict.fromkeys(("a quarter", "one quarter", "one-quarter"), Decimal(25)),
    **dict.fromkeys(("three quarters", "three-quarters"), Decimal(75)),
    **dict.fromkeys(("a fifth", "one fifth", "one-fifth"), Decimal(20)),
    **dict.fromkeys(("two fifths", "two-fifths"), Decimal(40)),
    **dict.fromkeys(("three fifths", "three-fifths"), Decimal(60)),
    **dict.fromkeys(("four fifths", "four-fifths"), Decimal(80)),
    **dict.fromkeys(("a tenth", "one tenth", "one-tenth"), Decimal(10)),
}
# How far off 'a third' or 'nine out of ten' may be said of a percentage, in points.
WORD_GRAIN = Decimal(6)

_FIGURES = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_ONE = "|".join(_ONES)
_TEN = "|".join(_TENS)
_IN_WORDS = rf"(?:(?:{_TEN})(?:[- ](?:{_ONE}))?|{_ONE})"
_PERCENT = r"\s*(?:%|per ?cent\b|percent\b)"
_POINTS = r"\s*(?:%|per ?cent(?:age)?)?[- ]?\s*points?\b|\s*ppts?\b|\s*pp\b"
_RATE = (
    r"\s*(?:(?:children|plans|referrals|assessments)\s+)?(?:per|for every|in every)\s+"
    r"(?:10,?000|ten thousand)\b(?: (?:children|young people|residents)\b)?"
)
_HEDGES: tuple[tuple[Hedge, str], ...] = (
    (Hedge.AT_LEAST, r"at least|no (?:less|fewer) than|a minimum of"),
    (Hedge.AT_MOST, r"at most|no more than|up to|a maximum of"),
    (Hedge.JUST_OVER, r"(?:just|slightly|a little) (?:over|above|more than)"),
    (
        Hedge.JUST_UNDER,
        r"nearly|almost|close to|approaching|(?:just|slightly|a little) (?:under|below|less than"
        r"|fewer than)",
    ),
    (
        Hedge.MORE,
        r"(?:well |far )?(?:more than|higher than|greater than|over|above|exceed(?:s|ed|ing)?"
        r"|in excess of)",
    ),
    (Hedge.LESS, r"(?:well |far )?(?:less than|lower than|fewer than|under|below)"),
    (
        Hedge.ABOUT,
        r"about|around|approximately|approx\.?|roughly|some|circa|c\.|in the region of"
        r"|or thereabouts",
    ),
)
_HEDGED = "|".join(f"(?P<{hedge.name}>{words})" for hedge, words in _HEDGES)
_UNITS = (
    rf"(?P<points>{_POINTS})|(?P<percent>{_PERCENT})|(?P<rate>{_RATE})"
    rf"|(?P<days>\s*working days?\b)|\s+(?P<noun>{_NOUNS})\b(?!')"
)
_TO = r"\s*(?:to|and|-|–|—)\s*"
_NUMBER = re.compile(
    rf"(?:\b(?:{_HEDGED})\s+(?:the\s+|a\s+)?)?"
    rf"(?P<range>(?:\b(?:between|(?P<change>from))\s+)?(?<![\w.,/-])(?<!by )"
    rf"(?P<low>{_FIGURES}){_PERCENT}?{_TO}(?={_FIGURES}))?"
    rf"(?<![\w.,/])(?P<number>{_FIGURES}|\b{_IN_WORDS}\b(?!-))(?![\w/]|\.\d|,\d)(?:{_UNITS})?",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"(?:\b(?:{_HEDGED})\s+(?:the\s+)?)?\b(?P<words>{'|'.join(sorted(_FRACTIONS, key=len))[::1]})"
    r"\b(?!-| (?:or|year|term|day|hour|placement|quarter|plan|time)\b)",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    rf"(?:\b(?:{_HEDGED})\s+)?(?<![\w.,/])(?P<part>{_FIGURES}|\b{_IN_WORDS})\s+"
    rf"(?P<joint>in(?: every)?|out of(?: every)?|of(?: the| our| all| all the)?)\s+"
    rf"(?P<whole>{_FIGURES}|{_IN_WORDS})(?![\w/]|\.\d|,\d)(?P<percent>{_PERCENT})?"
    rf"(?:\s+(?P<noun>{_NOUNS})\b)?",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_STRUCTURES = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?: \d{{4}})?|\b\d{{4}}-\d{{2}}-\d{{2}}\b"
    r"|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b(?:19|20)\d\d(?:[/–-](?:19|20)?\d\d)?\b"
    r"|\bcovid[- ]?19\b|\bsections? \d+\w?\b|\bs\.?(?:17|20|31|38|47)\b|\b0 ?[-–] ?1[78]\b"
    r"|\b(?:aged?|ages) \d+(?: ?(?:to|-|–|and) ?\d+)?\b"
    r"|\b\d+(?: ?(?:-|–|to) ?\d+)? ?(?:-| )years?(?:[- ]olds?)?\b"
    r"|\b(?:within|in|of|over|after|beyond|than|or|by|every)\s+(?:the\s+)?"
    rf"(?:\d+|{_IN_WORDS})[- ](?:working |calendar |school )?(?:days?|hours?|weeks?)\b"
    r"|\b\d+[- ](?:hours?|weeks?|minutes?)\b|\b\d+ (?:calendar |school )?days?\b"
    r"|\b\d+[- ](?:working[- ])?day\b|\b(?:1|one) working day\b"
    rf"|\b(?:\d+|{_IN_WORDS})[- ](?:months?|years?|miles?)\b"
    r"|\b(?:figure|table|page|paragraph|appendix|annex|chart|item|tier|level|phase|stage|part|form"
    r"|priority|step|day|week|year|version|no\.?|number|question|teams?|cohort|band|zone|wave|option"
    r"|lockdown|group) \d+\b|\bq[1-4]\b"
    r"|£\s?\d[\d,.]*(?:k|m|bn| million| thousand)?|\b\d+(?:\.\d+)?[km]\b|\b\d+ ?(?:am|pm)\b"
    r"|\bone of (?:the|our|these|those|several|many)\b|\bno (?:one|longer|doubt|other)\b"
    r"|\b(?:this|that|any|each|every|the|another|no|which) one\b|\bone (?:another|or two|off)\b"
    r"|\b95% (?:interval|confidence)"
    r"|\b(?:first|second|third|fourth|half)[- ](?:year|term|quarter)\b",
    re.IGNORECASE,
)

_UNIT_ALONE = re.compile(r"\bper (?:10,?000|1,?000|100)\b", re.IGNORECASE)


def structures(text: str) -> Iterator[Mark]:
    """Find numbers that belong to dates, ages, time limits, names, and the like."""
    for found in _STRUCTURES.finditer(text):
        yield Structure(*found.span())


def units_alone(text: str) -> Iterator[Mark]:
    """Find 'per 10,000' where it stands without its number."""
    yield from (Structure(*found.span()) for found in _UNIT_ALONE.finditer(text))


def quantities(text: str) -> Iterator[Quantity]:
    """Find the numbers of a sentence, the more particular forms first."""
    yield from (q for found in _OUT_OF.finditer(text) if (q := _out_of(found)))
    yield from map(_fraction, _FRACTION.finditer(text))
    yield from (q for found in _NUMBER.finditer(text) if (q := _number(found)))


def value_of(text: str) -> Decimal:
    """Read a number in figures or in words: '1,654', 'twenty-one', 'no'."""
    folded = text.casefold().replace(",", "")
    if folded[0].isdigit():
        return Decimal(folded)
    return Decimal(sum(_WORDS[part] for part in re.split(r"[- ]", folded)))


def _grain(text: str) -> Decimal:
    _, _, after = text.partition(".")
    return Decimal(1).scaleb(-len(after))


def _hedge_of(found: re.Match[str]) -> Hedge:
    names = found.groupdict()
    return next((hedge for hedge, _ in _HEDGES if names[hedge.name]), Hedge.EXACT)


def _number(found: re.Match[str]) -> Quantity | None:
    text, noun = found["number"], found["noun"] or ""
    is_bare = not (noun or any(found[name] for name in ("points", "percent", "rate", "days")))
    # 'One' and 'no' by themselves are words, not figures.
    if is_bare and not text[0].isdigit():
        return None
    low = found["low"]
    return Quantity(
        *found.span(),
        number=value_of(low or text),
        unit=_unit(found),
        noun=noun,
        hedge=_hedge_of(found),
        other=value_of(text) if low else None,
        grain=_grain(text),
        is_change=bool(low and found["change"]),
    )


def _unit(found: re.Match[str]) -> str:
    named = {"points": " points", "percent": "%", "rate": " per 10,000", "days": " working days"}
    return next((unit for name, unit in named.items() if found[name]), "")


def _fraction(found: re.Match[str]) -> Quantity:
    share, hedge = _FRACTIONS[found["words"].casefold()], _hedge_of(found)
    return Quantity(*found.span(), share, "%", "", hedge, None, WORD_GRAIN, is_word=True)


def _out_of(found: re.Match[str]) -> Quantity | None:
    """'One in four' is a share in words, '380 of 384' a count and what it is out of."""
    part, whole = value_of(found["part"]), value_of(found["whole"])
    if found["percent"] or not 0 < part <= whole:
        return None
    noun, hedge = found["noun"] or "", _hedge_of(found)
    is_share = whole <= 10 and not found["joint"].casefold().startswith("of")
    if is_share:
        share = 100 * part / whole
        return Quantity(*found.span(), share, "%", noun, hedge, None, WORD_GRAIN, is_word=True)
    if not found["joint"].casefold().startswith(("of", "out of")):
        return None
    return Quantity(*found.span(), part, " of", noun, hedge, whole)
