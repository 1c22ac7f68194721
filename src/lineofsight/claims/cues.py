"""Words that claim something without a number, and words that say that a sentence does not.

The order matters: a plan or a cause takes its words before a rise or a fall is looked for in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lineofsight.claims.marks import Cue, Cued

_REST = r"[^.;:()]*"
_NOT_FIGURES: tuple[tuple[Cue, str], ...] = (
    (
        Cue.PLAN,
        r"\baction: " + _REST + r"|\b(?:meetings?|reviews?|audits?|workshops?|sessions?|visits?"
        r"|training|panels?|a date|dates)\b[^.;:()]{0,90}?\b(?:(?:is|are|has been|have been|been) )?"
        r"(?:set|scheduled|planned|arranged|booked|due to|will be|to be)\b" + _REST,
    ),
    (
        Cue.FORECAST,
        r"\bas \w+ (?:reduces?|falls?|improves?|increases?|rises?)\b[^.;:]*?\b(?:probable|likely"
        r"|expected|anticipated|will)\b" + _REST + r"|\b(?:it is|we) (?:probable|likely|expect(?:ed)?"
        r"|anticipated?|predict(?:ed)?|forecast|hope)\b" + _REST + r"|\b(?:is|are) (?:expected|likely"
        r"|projected|forecast|predicted|anticipated|set) to\b" + _REST + r"|\b(?:a |the )?\w+ trend"
        r" from this point (?:forward|on)\b",
    ),
    (
        Cue.PLAN,
        r"\b(?:we|the service|this|it|they|managers|the team)?\s*(?:will|shall|plans? to|intends?"
        r" to|aims? to|(?:is|are) going to)\b(?: be)?" + _REST + r"|\b(?:is|are) (?:being )?(?:planned"
        r"|scheduled|arranged)\b" + _REST + r"|\bover the (?:next|coming) [^.;:,()]*"
        r"|\b(?:by|in) the (?:end of )?(?:next|coming) [^.;:,()]*",
    ),
    (
        Cue.CAUSE,
        r"\b(?:largely |mainly |mostly |primarily |partly )?(?:due to|because(?: of)?|as a (?:direct )?"
        r"(?:result|consequence) of|owing to|thanks to|attribut(?:ed|able) to|driven by|caused by"
        r"|explained by|as a result|resulting (?:from|in)|on account of)\b" + _REST
        + r"|\b(?:has|have|is|are|had)?\s*(?:had|having|have|a)? ?(?:a |an )?(?:\w+ )?impact(?:ed|ing)?"
        r"\b(?: on)?" + _REST + r"|\bthis (?:affects|reflects|is a reflection of)\b"
        + _REST + r"|\b(?:is|are) (?:the most significant|the main|a key|the key|entirely key|a major"
        r"|critical|a significant|the biggest)\b[^.;:]*|\bdespite\b[^.;:,]*|\b(?:has|have) (?:led to"
        r"|contributed to|resulted in|affected)\b" + _REST + r"|\bcontinues? to demonstrate\b" + _REST,
    ),
    (
        Cue.VIEW,
        r"\bthis (?:shows|demonstrates)\b" + _REST + r"|\b(?:still )?needs? to (?:improve|be)\b" + _REST + r"|\bwe (?:believe|feel|think)\b" + _REST
        + r"|\b(?:is|are|remains?) (?:a |an )?(?:strong|good|solid|firm|excellent) (?:base|foundation"
        r"|basis|starting point)\b[^.;:,]*",
    ),
    (
        Cue.DONE,
        r"\b(?:additional|temporary|extra|new|more)[^.;:,()]{0,60}\b(?:has|have) been (?:secured"
        r"|recruited|agreed|approved|put in place|introduced|appointed)\b" + _REST
        + r"|\b(?:has|have) been (?:secured|introduced|appointed|put in place|launched)\b" + _REST,
    ),
)
_CLAIMS: tuple[tuple[Cue, str], ...] = (
    (
        Cue.MOST,
        r"\b(?:in )?(?:all but (?:a (?:very )?(?:small )?(?:few|minority|handful)|a few)|the (?:vast|"
        r"overwhelming|great|large) majority|almost all|nearly all|virtually all|most)(?: of)?(?: the"
        r"| our)? (?:cases|audits|decisions|children|referrals|assessments|conferences|plans)\b",
    ),
    (Cue.STAFF_ADDED, r"\b(?:additional|extra|more) (?:temporary )?(?:staff|workers|social workers)\b"),
    (
        Cue.GOOD_TREND,
        r"\b(?:solid |strong |clear |very |good |sustained )*(?:positive|good|improving|upward"
        r"|encouraging) (?:performance )?(?:trend|trajectory|direction of travel)\b",
    ),
    (
        Cue.STEADY,
        r"\b(?:steady|steadily|sustained|continued|continuous|consistent|gradual|gradually|constant"
        r"|month[- ]on[- ]month) (?:\w+ )?(?:reduction|reduc\w+|fall\w*|fell|decreas\w+|declin\w+"
        r"|increas\w+|ris\w+|rose|improv\w+|growth|downward trend|upward trend|drop\w*)\b"
        r"|\b(?:reduc\w+|fall\w*|fell|decreas\w+|declin\w+|increas\w+|ris\w+|rose|improv\w+|grown?)"
        r" (?:steadily|consistently|continuously|gradually|month on month)\b"
        r"|\b(?:a )?(?:downward|upward|falling|rising|decreasing|increasing|worsening|negative) trend\b",
    ),
    (
        Cue.CONSISTENT,
        r"\bconsistently (?:above|below|over|under|high|low|good|strong|met|meets?|at|better|worse)\b"
        r"|\b(?:consistently|always|every month)\b",
    ),
    (Cue.OUTLIER, r"\b(?:(?:an|a) )?(?:\w+ )?outliers?\b"),
    (
        Cue.CONCERN,
        r"\b(?:an? )?(?:area|cause|matter)s? (?:of|for) (?:concern|development|improvement)\b",
    ),
    (
        Cue.BETTER_THAN,
        r"\b(?:much |far |slightly |significantly |well )?(?:(?:better|more favourable) than"
        r"|outperform\w*)\b",
    ),
    (Cue.WORSE_THAN, r"\b(?:much |far |slightly |significantly )?(?:worse|poorer) than\b"),
    (
        Cue.ABOVE,
        r"\b(?:much |far |slightly |significantly |well |just )?(?:higher than|above|exceeds?"
        r"|greater than|more than|in excess of)\b",
    ),
    (
        Cue.BELOW,
        r"\b(?:much |far |slightly |significantly |well |just )?(?:lower than|below|less than"
        r"|fewer than|behind)\b",
    ),
    (
        Cue.ALIKE,
        r"\b(?:broadly |largely )?(?:in line|on a par|on par|comparable|consistent|level) with\b"
        r"|\b(?:broadly )?(?:similar to|the same as|equal to|close to)\b",
    ),
    (Cue.DOUBLED, r"\b(?:more than |nearly |almost |about )?doubled?\b(?! figures| digits)"),
    (Cue.HALVED, r"\b(?:more than |nearly |almost |about )?halved\b"),
    (Cue.BETTER, r"\b(?:has |have )?improv(?:ed|ement|ements|ing)\b"),
    (Cue.WORSE, r"\b(?:has |have )?(?:deteriorat\w+|worsen\w+|declin(?:ed|ing) performance)\b"),
    (
        Cue.DOWN,
        r"\b(?:a |an |further |slight |small |sharp |marked )*(?:reductions?|reduced|decreas(?:e|ed|es)"
        r"|fell|fallen|falls?|dropp?ed|drops?|declin(?:e|ed)|down(?: by)?|dip(?:ped)?|levelled back"
        r"|gone down)\b",
    ),
    (
        Cue.UP,
        r"\b(?:a |an |further |slight |small |sharp |marked )*(?:increas(?:e|ed|es)|rose|risen|rise"
        r"|grew|grown|growth|spike[ds]?|surge[ds]?|jump(?:ed|s)?|up(?: by)|up(?= (?:\d|\w+ per))|peak"
        r"(?:ed)?|gone up|climbed)\b",
    ),
    (Cue.LEVEL, r"\b(?:unchanged|remained stable|(?:is|are|was|has been) stable|no change|static)\b"),
)
_COMPILED = tuple(
    (cue, re.compile(pattern, re.IGNORECASE)) for cue, pattern in (*_NOT_FIGURES, *_CLAIMS)
)
NOT_FIGURES = {cue for cue, _ in _NOT_FIGURES}
_MOST_WORDS_QUOTED = 140


def cues(text: str) -> Iterator[Cued]:
    """Find the words that claim something without a number, those that are no figure first."""
    for cue, pattern in _COMPILED:
        for found in pattern.finditer(text):
            lead = len(found[0]) - len(found[0].lstrip())
            yield Cued(found.start() + lead, found.end(), cue)
