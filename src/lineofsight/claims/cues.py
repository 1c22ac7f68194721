"""Words that claim something without a number, and words that say that a sentence does not.

The order matters: of words that overlap those given first are taken, so that a plan or a cause
has its words before a rise or a fall is looked for in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lineofsight.claims.marks import Cue, Cued

# The rest of the sentence, and the rest of the clause.
_REST, _CLAUSE = r"[^.;:()]*", r"[^.;:,()]*"
_BE = r"(?:is|are|was|were|has been|have been|be|been)"
_HAVE = r"(?:has|have|had|is|are|was|were)"
_HOW_MUCH = r"(?:much |far |slightly |significantly |well |just |broadly |largely )?"
_NEARLY = r"(?:more than |nearly |almost |about )?"
_MEETINGS = r"(?:meetings?|reviews?|audits?|workshops?|sessions?|visits?|training|panels?|dates?)"
_FALLING = (
    r"(?:reduction|reduc\w+|fall\w*|fell|decreas\w+|declin\w+|drop\w*|increas\w+|ris\w+|rose"
    r"|improv\w+|growth|grow\w*|grew|downward trend|upward trend)"
)
_CASES = (
    r"(?:cases|audits|decisions|children|referrals|assessments|conferences|plans|reviews|visits)"
)

_NOT_FIGURES: tuple[tuple[Cue, tuple[str, ...]], ...] = (
    (
        Cue.PLAN,
        (
            rf"action: {_REST}",
            rf"{_MEETINGS}\b[^.;:()]{{0,90}}?\b(?:{_BE} )?(?:set|scheduled|planned|arranged|booked)"
            rf"\b{_REST}",
            rf"{_MEETINGS}\b[^.;:()]{{0,90}}?\b(?:due to (?:be|take|start|begin)|will be|to be)"
            rf"\b{_REST}",
        ),
    ),
    (
        Cue.FORECAST,
        (
            r"as \w+ (?:reduces?|falls?|improves?|increases?|rises?)\b[^.;:]*?"
            rf"\b(?:probable|likely|expected|anticipated|will)\b{_REST}",
            rf"(?:it is|we) (?:probable|likely|expect(?:ed)?|anticipated?|predict|hope)\b{_REST}",
            rf"(?:is|are) (?:expected|likely|projected|forecast|predicted|set) to\b{_REST}",
            r"(?:a |the )?\w+ trend from this point (?:forward|on)\b",
        ),
    ),
    (
        Cue.PLAN,
        (
            r"(?:(?:we|the service|this|it|they|managers|the team) )?"
            rf"(?:will|shall|plans? to|intends? to|aims? to|(?:is|are) going to)\b{_REST}",
            rf"(?:is|are) (?:being )?(?:planned|scheduled|arranged)\b{_REST}",
            rf"(?:over|by|in) the (?:end of )?(?:the )?(?:next|coming) {_CLAUSE}",
        ),
    ),
    (
        Cue.CAUSE,
        (
            r"(?:largely |mainly |mostly |primarily |partly )?(?:due to|because(?: of)?|owing to"
            r"|as a (?:direct )?(?:result|consequence)(?: of)?|thanks to|attribut(?:ed|able) to"
            rf"|driven by|caused by|explained by|resulting (?:from|in)|on account of)\b{_REST}",
            rf"(?:{_HAVE} )?(?:had |having |have )?(?:an? (?:\w+ )?)?impact(?:ed|ing)?\b{_REST}",
            rf"this (?:affects|reflects|is a reflection of)\b{_REST}",
            r"(?:is|are) (?:entirely )?(?:the most significant|the main|a key|the key|key|a major"
            rf"|critical|a significant|the biggest)\b{_REST}",
            rf"despite\b{_CLAUSE}",
            rf"{_HAVE} (?:led to|contributed to|resulted in|affected)\b{_REST}",
            rf"continues? to demonstrate\b{_REST}",
        ),
    ),
    (
        Cue.VIEW,
        (
            rf"this (?:shows|demonstrates)\b{_REST}",
            rf"(?:still )?needs? to (?:improve|be)\b{_REST}",
            rf"we (?:believe|feel|think)\b{_REST}",
            r"(?:is|are|remains?) (?:an? )?(?:strong|good|solid|firm|excellent) "
            rf"(?:base|foundation|basis|starting point)\b{_CLAUSE}",
        ),
    ),
    (
        Cue.DONE,
        (
            r"(?:additional|temporary|extra|new|more)[^.;:,()]{0,60} (?:has|have) been (?:secured"
            rf"|recruited|agreed|approved|put in place|introduced|appointed)\b{_REST}",
            r"(?:has|have) been (?:secured|introduced|appointed|put in place|launched)\b"
            rf"{_REST}",
        ),
    ),
)
_CLAIMS: tuple[tuple[Cue, tuple[str, ...]], ...] = (
    (
        Cue.MOST,
        (
            r"(?:in )?(?:all but (?:a (?:very )?(?:small )?(?:few|minority|handful)|a few)"
            r"|the (?:vast|overwhelming|great|large) majority|almost all|nearly all|virtually all"
            rf"|most)(?: of)?(?: the| our)? {_CASES}",
        ),
    ),
    (
        Cue.STAFF_ADDED,
        (r"(?:additional|extra|more) (?:temporary )?(?:staff|workers|social workers)",),
    ),
    (
        Cue.GOOD_TREND,
        (
            r"(?:solid |strong |clear |very |good |sustained )*(?:positive|good|improving|upward"
            r"|encouraging) (?:performance )?(?:trend|trajectory|direction of travel)",
        ),
    ),
    (
        Cue.STEADY,
        (
            r"(?:steady|steadily|sustained|continued|continuous|consistent|gradual|gradually"
            rf"|constant|month[- ]on[- ]month) (?:\w+ )?{_FALLING}",
            rf"{_FALLING} (?:steadily|consistently|continuously|gradually|month on month)",
            r"(?:a )?(?:downward|falling|rising|decreasing|increasing|worsening|negative) trend",
        ),
    ),
    (
        Cue.CONSISTENT,
        (r"consistently (?:above|below|over|under|high|low|good|strong|met|meets?|better)",),
    ),
    (Cue.OUTLIER, (r"(?:an? )?(?:\w+ )?outliers?",)),
    (
        Cue.CONCERN,
        (r"(?:an? )?(?:area|cause|matter)s? (?:of|for) (?:concern|development|improvement)",),
    ),
    (Cue.BETTER_THAN, (rf"{_HOW_MUCH}(?:(?:better|more favourable) than|outperform\w*)",)),
    (Cue.WORSE_THAN, (rf"{_HOW_MUCH}(?:worse|poorer) than",)),
    (
        Cue.ABOVE,
        (rf"{_HOW_MUCH}(?:higher than|above|exceeds?|greater than|more than|in excess of)",),
    ),
    (Cue.BELOW, (rf"{_HOW_MUCH}(?:lower than|below|less than|fewer than|behind)",)),
    (
        Cue.ALIKE,
        (
            rf"{_HOW_MUCH}(?:in line|on a par|on par|comparable|consistent|level) with",
            rf"{_HOW_MUCH}(?:similar to|the same as|equal to|close to)",
        ),
    ),
    (Cue.DOUBLED, (rf"{_NEARLY}doubled?(?! figures| digits)",)),
    (Cue.HALVED, (rf"{_NEARLY}halved",)),
    (Cue.BETTER, (r"(?:has |have )?improv(?:ed|ements?)|(?:is|are|been|was|were) improving",)),
    (Cue.WORSE, (r"(?:has |have )?(?:deteriorat\w+|worsen\w+|declin(?:ed|ing) performance)",)),
    (
        Cue.DOWN,
        (
            r"(?:an? |further |slight |small |sharp |marked )*(?:reductions?|reduced"
            r"|decreas(?:es?|ed)|fell|fallen|falls?|dropp?ed|drops?|declined?|down(?: by)?"
            r"|dip(?:ped)?|levelled back|gone down)",
        ),
    ),
    (
        Cue.UP,
        (
            r"(?:an? |further |slight |small |sharp |marked )*(?:increas(?:es?|ed)|rose|risen|rise"
            r"|grew|grown|growth|spike[ds]?|surge[ds]?|jump(?:ed|s)?|up(?: by|(?= (?:\d|\w+ per)))"
            r"|peak(?:ed)?|gone up|climbed)",
        ),
    ),
    (
        Cue.LEVEL,
        (r"unchanged|remained stable|(?:is|are|was|has been) stable|no change|static",),
    ),
)
NOT_FIGURES = frozenset(cue for cue, _ in _NOT_FIGURES)


def _compiled(cue: Cue, patterns: tuple[str, ...]) -> tuple[Cue, re.Pattern[str]]:
    ending = "" if cue in NOT_FIGURES else r"\b"
    return cue, re.compile(rf"\b(?:{'|'.join(patterns)}){ending}", re.IGNORECASE)


_COMPILED = tuple(_compiled(cue, patterns) for cue, patterns in (*_NOT_FIGURES, *_CLAIMS))


def cues(text: str) -> Iterator[Cued]:
    """Find the words that claim something without a number, those that are no figure first."""
    for cue, pattern in _COMPILED:
        for found in pattern.finditer(text):
            yield Cued(*found.span(), cue)
