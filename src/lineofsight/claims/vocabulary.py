"""The words by which papers speak of an indicator, brought to one form; abbreviations among them.

An indicator is found by the words of its own name and brief name. This table only makes different
words for one thing alike; it is applied to the names and to the sentence.
"""

from __future__ import annotations

import re

# Abbreviations count only in capitals: 'sa' and 'lac' are parts of other things.
_CASED: tuple[tuple[str, str], ...] = (
    (r"\b(?:LAC|CLA|CiC|CIC)\b", "looked after children"),
    (r"\b(?:CPPs?|CP plans?)\b", "child protection plan"),
    (r"\bCP\b", "child protection"),
    (r"\bICPCs?\b", "initial child protection conference"),
    (r"\bRCPCs?\b", "review conference"),
    (r"\b(?:SAs?|C&FAs?|CAFAs?)\b", "single assessment"),
    (r"\bUASC\b", "unaccompanied asylum seekers"),
    (r"\bS\.?47s?\b", "section 47"),
    (r"\bCIN\b", "children in need"),
    (r"\bSGOs?\b", "special guardianship"),
    (r"\bRHIs?\b", "return interviews"),
    (r"\b(?:NEET)\b", "not in education employment or training"),
    (r"\b(?:EET|ETE)\b", "in education employment or training"),
)
_CHILD = r"(?:child(?:ren)?(?: and young people)?|young people)"
_SAME: tuple[tuple[str, str], ...] = (
    (r"\bentry[- ](?:in)?to[- ]care panel\b", " panel_ "),
    (
        rf"\b{_CHILD}? ?(?:who )?(?:start(?:ing|ed)? to be looked[- ]after|(?:becom\w+|became)"
        r" looked[- ]after|enter(?:ing|ed|s)? (?:into )?(?:our |local authority )?care"
        r"|(?:came|come|coming|taken|brought|received) into (?:our )?care|admitted to care"
        r"|(?:entries|entry|admissions?) (?:in)?to care|new(?:ly)? (?:in|into|to) care|care entr\w+"
        r"|new(?:ly)? looked[- ]after)\b",
        " starts_ lookedafter_ ",
    ),
    (
        rf"\b{_CHILD}? ?(?:who )?(?:ceas(?:ing|ed)? to be looked[- ]after|(?:leav(?:ing|e|es)|left)"
        r" (?:our )?care|exit(?:s|ed|ing)? (?:from )?care)\b",
        " ends_ lookedafter_ ",
    ),
    (r"\bcare[- ]leavers?(?:'s)?\b", " careleaver_ "),
    (
        rf"\bcare[- ]experienced {_CHILD}\b|\bcared[- ]for {_CHILD}\b|\blooked[- ]after"
        rf"(?: {_CHILD}(?:'s)?)?\b|\b{_CHILD} (?:who (?:are|were) )?(?:being )?looked[- ]after\b"
        rf"|\b{_CHILD} (?:who (?:are|were) )?(?:currently )?in (?:our |the council's )?care\b",
        " lookedafter_ ",
    ),
    (
        r"\bauthori[sz]ed care[- ]plans?\b|\bcare[- ]plans? authori[sz]ed\b",
        " careplan_ authorised ",
    ),
    (r"\bcare[- ]plans?\b", " careplan_ "),
    (rf"\b{_CHILD} (?:who are )?on (?:an? |their )?plans?\b", " cpplan_ "),
    (
        rf"\b(?:{_CHILD} )?(?:with|on|subject (?:to|of)|made subject (?:to|of))? ?(?:an? )?"
        r"child[- ]protection plans?(?: \(cpps?\))?",
        " cpplan_ ",
    ),
    (
        r"\binitial (?:child[- ]protection )?(?:case )?conferences?(?: \(icpcs?\))?"
        r"|\binitial conferences?\b",
        " icpc_ ",
    ),
    (r"\breview (?:child[- ]protection )?conferences?\b", " reviewconference_ "),
    (
        r"\b(?:single |child and family |c&f |social work )?assessments?(?: \(sas?\))?",
        " assessment_ ",
    ),
    (r"\bmulti[- ]agency safeguarding hub\b|\bmash\b|\bfront[- ]door\b", " mash_ "),
    (r"\b(?:re[- ]?referrals?|repeat referrals?|referred again|re-referred)\b", " rereferral_ "),
    (
        r"\b(?:with)?in (?:the )?(?:statutory )?(?:timescales?|time[- ]?limits?)\b"
        r"|\blate\b|\boverdue\b|\bout of (?:time|timescales?)\b|\bon time\b|\bin (?:good )?time\b"
        r"|\btimeliness\b|\btimely\b",
        " intime_ ",
    ),
    (r"\b(?:with)?in (?:the )?(?:45|forty[- ]five)(?: working)? days\b", " intime_ days45_ "),
    (r"\b(?:with)?in (?:the )?(?:15|fifteen)(?: working)? days\b", " intime_ days15_ "),
    (
        r"\b(?:with)?in (?:24 hours|(?:one|1|a)(?: working)? day)\b"
        r"|\b24 hours(?: / 1 working day or less)?\b",
        " intime_ day1_ ",
    ),
    (r"\b(?:second or subsequent|repeat(?:ed)?)\b", " second or subsequent "),
    (
        r"\bassurance (?:has been |was |is |being )?(?:provided|given)\b|\bassured\b"
        r"|\bsatisfactory\b"
        r"|\bsatisfied\b",
        " assured_ ",
    ),
    (r"\bdecision[- ]making\b", " decisions "),
    (r"\badopt(?:ed|ions?)\b", " adopt_ "),
    (r"\bgood or (?:better|outstanding)\b", " goodorbetter_ "),
    (r"\btemporary\b(?=[^.;]*\b(?:staff|workers?)\b)|\badditional staff\b", " additional staff "),
    (r"\bagency (?:staff|social workers?)\b", " agency workers "),
    (r"\bmoved on\b|\breturn(?:ed|ing)? home\b|\bwent home\b", " returned home "),
)
_CASED_FORMS = tuple((re.compile(pattern), word) for pattern, word in _CASED)
_SAME_FORMS = tuple((re.compile(pattern), word) for pattern, word in _SAME)
# Words that tell no indicator from another: units, periods, and what stands in nearly every name.
_SILENT = frozenset(
    {
        "a", "an", "the", "of", "in", "on", "at", "to", "by", "for", "from", "with", "within",
        "and", "or", "as", "is", "are", "was", "were", "be", "been", "have", "has", "had", "that",
        "which", "who", "whose", "where", "when", "this", "these", "those", "it", "its", "their",
        "our", "we", "us", "all", "any", "per", "percentage", "percent", "rate", "number",
        "numbers", "count", "based", "average", "figure", "figures", "total", "child", "children",
        "people", "young", "year", "years", "olds", "old", "month", "months", "day", "days", "end",
        "period", "working", "held", "made", "still", "being", "there", "under", "over", "more",
        "than", "less", "not", "no", "s", "first", "last", "past", "one", "current", "currently",
        "now", "authority", "august", "september", "october", "november", "december", "january",
        "february", "march", "april", "may", "june", "july", "case", "cases", "also", "again",
        "both", "each", "other", "only", "new",
    }
)  # fmt: skip
_WORD = re.compile(r"[a-z]\w*")


def terms(text: str) -> frozenset[str]:
    """Give the telling words of a name or a sentence in one form.

    >>> sorted(terms("Timeliness of ICPCs"))
    ['icpc_', 'intime_']
    """
    for form, word in _CASED_FORMS:
        text = form.sub(word, text)
    text = text.casefold()
    for form, word in _SAME_FORMS:
        text = form.sub(word, text)
    words = _WORD.findall(text.replace("'s", ""))
    return frozenset(stem(word) for word in words if word not in _SILENT)


def stem(word: str) -> str:
    """Take the commonest endings off a word, so that one and many are alike."""
    if word.endswith("_"):
        return word
    for ending, other in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return f"{word.removesuffix(ending)}{other}"
    return word
