"""Periods that a sentence speaks of, as spans of months that end by the month of the paper."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator

from lineofsight.claims.marks import When
from lineofsight.claims.spans import Span, SpanKind
from lineofsight.reference.periods import Month

_NAMES = {calendar.month_name[n].casefold(): n for n in range(1, 13)}
_NAMES |= {calendar.month_abbr[n].casefold(): n for n in range(1, 13)} | {"sept": 9}
_MONTH = (
    r"(?P<month>january|february|march|april|may(?! (?:be|have|not|well|also|need|take|lead)\b)"
    r"|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov"
    r"|dec)\b\.?(?:,?\s+(?P<year>(?:19|20)\d\d))?"
)
_COUNTS = {
    **{str(n): n for n in range(1, 61)},
    **{"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8},
    **{"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple of": 2},
}
_COUNT = rf"(?P<count>{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
_FINANCIAL_YEAR_BEGINS = 4
# '2019/20', '2019-20', '2019/2020': a year and the next, so that no date is taken for one.
_FINANCIAL_YEARS = tuple(
    rf"{year}\s?[/–-]\s?(?:20)?{(year + 1) % 100:02}" for year in range(2000, 2060)
)


def _month_of(found: re.Match[str], paper: Month) -> Month:
    """The month that is named; without a year the last of that name up to the paper's month."""
    number, year = _NAMES[found["month"].casefold()], found["year"]
    if year:
        return Month(int(year) * 12 + number - 1)
    return paper - (paper.number - number) % 12


def _named(found: re.Match[str], paper: Month) -> Span:
    month = _month_of(found, paper)
    return Span(month, month, SpanKind.MONTH)


def _since(found: re.Match[str], paper: Month) -> Span:
    return Span(_month_of(found, paper), paper, SpanKind.SINCE)


def _to_named(found: re.Match[str], paper: Month) -> Span:
    last = _month_of(found, paper)
    count = _COUNTS[found["count"]] if found["count"] else 12
    return Span(last - (count - 1), last, SpanKind.MONTHS)


def _past(found: re.Match[str], paper: Month) -> Span:
    return Span(paper - (_COUNTS[found["count"].casefold()] - 1), paper, SpanKind.MONTHS)


def _past_quarter(found: re.Match[str], paper: Month) -> Span:
    """The last quarter of the financial year that had ended by the paper's month."""
    last = paper if paper.number % 3 == 0 else paper - paper.number % 3
    return Span(last - 2, last, SpanKind.MONTHS)


def _past_year(found: re.Match[str], paper: Month) -> Span:
    return Span(paper - 11, paper, SpanKind.MONTHS)


def _year_before(found: re.Match[str], paper: Month) -> Span:
    return Span(paper - 23, paper - 12, SpanKind.MONTHS)


def _same_month_last_year(found: re.Match[str], paper: Month) -> Span:
    return Span(paper - 12, paper - 12, SpanKind.MONTH)


def _now(found: re.Match[str], paper: Month) -> Span:
    return Span(paper, paper, SpanKind.MONTH)


def _month_before(found: re.Match[str], paper: Month) -> Span:
    return Span(paper - 1, paper - 1, SpanKind.MONTH)


def _to_date(found: re.Match[str], paper: Month) -> Span:
    begun = paper - (paper.number - _FINANCIAL_YEAR_BEGINS) % 12
    return Span(begun, paper, SpanKind.MONTHS)


def _financial_year(found: re.Match[str], paper: Month) -> Span:
    first = Month(int(found[0][:4]) * 12 + _FINANCIAL_YEAR_BEGINS - 1)
    return Span(first, first + 11, SpanKind.MONTHS)


def _calendar_year(found: re.Match[str], paper: Month) -> Span:
    first = Month(int(found["whole"]) * 12)
    return Span(first, first + 11, SpanKind.MONTHS)


_Reader = Callable[[re.Match[str], Month], Span]
_LAST = r"(?:over|in|for|during|across|throughout|within)?\s*(?:the|our)?\s*"
_PATTERNS: tuple[tuple[str, _Reader], ...] = (
    (rf"\bsince (?:the (?:end|start|beginning) of )?{_MONTH}", _since),
    (
        rf"\b{_LAST}(?:{_COUNT} months|year) (?:to|ending|ended|up to)(?: the end of)?"
        rf"(?: \d{{1,2}})? {_MONTH}",
        _to_named,
    ),
    (r"\b(?:year|financial year)[- ]to[- ]date\b|\bso far this (?:financial )?year\b", _to_date),
    (rf"\b(?:{'|'.join(_FINANCIAL_YEARS)})(?![\d/-])", _financial_year),
    (
        r"\b(?:the )?same (?:month|time|point|period) (?:last|the previous|a) year\b"
        r"|\b(?:this time |a year |twelve months |12 months )(?:last year|ago|earlier|before)\b",
        _same_month_last_year,
    ),
    (r"\b(?:over|in|for|during|across|within) the (?:last|past) year\b", _past_year),
    (
        r"\b(?:the )?(?:previous|preceding|prior) (?:year|twelve months|12 months)\b"
        r"|\b(?:the )?(?:twelve|12) months before\b|\b(?:the )?year before\b|\blast year\b",
        _year_before,
    ),
    (rf"\b{_LAST}(?:last|past|previous|latest|preceding) {_COUNT} months\b", _past),
    (rf"\b(?:a )?{_COUNT}[- ]months? (?:average|rolling|figure|period|total|mean)\b", _past),
    (rf"\b(?:rolling|average) {_COUNT}[- ]months?\b", _past),
    (rf"\b(?:over|for|in|across) {_COUNT} months\b", _past),
    (rf"\b{_LAST}(?:last|past|latest|this|rolling) (?:rolling )?year\b", _past_year),
    (rf"\b{_LAST}(?:last|past|previous|latest) quarter\b", _past_quarter),
    (r"\b(?:the )?(?:last|previous|preceding|prior) month\b|\bthe month before\b", _month_before),
    (
        r"\bcurrently\b|\bat present\b|\bthis month\b|\bat the end of the (?:month|period)\b"
        r"|\bat (?:the )?month[- ]end\b|\bin the month\b|\bas at today\b|\bnow (?:stands?|at)\b",
        _now,
    ),
    (
        rf"\b(?:(?:in|during|for|at|by|on|from|to|of)\s+)?(?:the (?:end|month) of\s+)?"
        rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?\b{_MONTH}",
        _named,
    ),
    (r"\b(?:in|during|of) (?P<whole>20\d\d)\b", _calendar_year),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), read) for pattern, read in _PATTERNS)
_CAPITAL_NEEDED = {"may", "march", "mar"}


def periods(text: str, paper: Month) -> Iterator[When]:
    """Find the periods of a sentence in a paper on this month, the more particular forms first.

    'May' and 'March' are months only with a capital letter.
    """
    for pattern, read in _COMPILED:
        for found in pattern.finditer(text):
            word = found.groupdict().get("month")
            if word and word.islower() and word in _CAPITAL_NEEDED:
                continue
            yield When(*found.span(), read(found, paper))


def unsaid(paper: Month) -> Span:
    """The span of a statement that names no period."""
    return Span(paper, paper, SpanKind.UNSAID)
