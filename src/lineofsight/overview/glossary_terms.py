"""The words of the paper that a reader may not know, one block a term, in the order of a journey.

A term has one meaning and may have several names: the service's own, that for the public, and an
abbreviation. The definitions are in words of our own; what a figure counts exactly stands on its
page.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its meaning.

    `pattern` finds it in a text, whatever the case; `short` is how it is abbreviated; `public` is
    what the public is told instead, and `swaps` are the phrases that it takes the place of, each
    with its words for the public.
    """

    name: str
    meaning: str
    pattern: str
    short: tuple[str, ...] = ()
    public: str = ""
    swaps: tuple[tuple[str, str], ...] = ()


TERMS: tuple[Term, ...] = (
    Term(
        "contact",
        "A call, letter or message to children's services about a child. It becomes a referral "
        "where the service agrees that it may have to act.",
        r"contacts?",
    ),
    Term(
        "referral",
        "A request that children's services help a child, which the service has accepted for a "
        "decision.",
        r"referrals?|referred",
    ),
    Term(
        "re-referral",
        "A referral of a child who had been referred within the twelve months before.",
        r"re-referrals?",
        public="child referred again",
        swaps=((r"re-referrals", "children referred again"),),
    ),
    Term(
        "multi-agency safeguarding hub",
        "The team in which the council, police, health services and others look at a worry about a "
        "child together and decide what happens next.",
        r"MASH|multi-agency safeguarding hubs?",
        ("MASH",),
        public="front door team",
        swaps=((r"MASH", "the front door team"),),
    ),
    Term(
        "early help",
        "Support for a family before a social worker is needed.",
        r"early help",
    ),
    Term(
        "single assessment",
        "A social worker's account of what a child needs and how well the family can meet it. It "
        "is to be finished within 45 working days.",
        r"(?:single )?assessments?",
        ("SA",),
        public="social worker's assessment",
        swaps=((r"single assessments", "social workers' assessments"),),
    ),
    Term(
        "child in need",
        "A child who would not reach or keep a reasonable standard of health or development "
        "without support, or who is disabled; the words are those of section 17 of the Children "
        "Act 1989.",
        r"child(?:ren)? in need",
        ("CIN",),
    ),
    Term(
        "episode of need",
        "The time from a child's referral until the service closes the case.",
        r"episodes? of need",
    ),
    Term(
        "strategy discussion",
        "A talk between social worker, police, health service and others, in which they decide "
        "whether to begin an enquiry into harm.",
        r"strategy discussions?",
    ),
    Term(
        "section 47 enquiry",
        "An enquiry into whether a child is suffering significant harm, or is likely to; named "
        "after its section of the Children Act 1989.",
        r"section 47 enquir(?:y|ies)|S47",
        ("S47",),
        public="child protection enquiry",
        swaps=((r"section 47 enquiries", "child protection enquiries"),),
    ),
    Term(
        "initial child protection conference",
        "The first meeting of the family and everybody who works with it after an enquiry. It "
        "decides whether the child needs a child protection plan, and is to be held within 15 "
        "working days of the strategy discussion.",
        r"initial (?:child protection )?conferences?|ICPCs?",
        ("ICPC",),
        public="first child protection meeting",
        swaps=((r"initial child protection conferences", "first child protection meetings"),),
    ),
    Term(
        "review conference",
        "A later meeting that looks at a child protection plan and decides whether it goes on.",
        r"review conferences?|RCPCs?",
        ("RCPC",),
        public="review meeting",
        swaps=((r"review conferences", "review meetings"),),
    ),
    Term(
        "child protection plan",
        "A plan of what family and services must do to keep a child safe. A child with a plan has "
        "been judged to be at risk of significant harm.",
        r"child protection plans?|CPPs?",
        ("CPP",),
    ),
    Term(
        "core group",
        "The few people, parents among them, who carry out a child protection plan between its "
        "conferences.",
        r"core groups?",
    ),
    Term(
        "looked-after child",
        "A child who is in the care of the council, by order of a court or with the parents' "
        "agreement.",
        r"looked[- ]after|children in care|\bcare experienced\b|\bLAC\b|\bCLA\b",
        ("CLA", "LAC"),
        public="care experienced child (child looked after)",
        swaps=(
            (r"starting to be looked after", "coming into care"),
            (r"ceasing to be looked after", "leaving care"),
            (r"looked-after reviews", "reviews of children in care"),
            (r"looked[- ]after children", "care experienced children"),
            (r"children looked after", "care experienced children"),
        ),
    ),
    Term(
        "unaccompanied asylum-seeking child",
        "A child who asks for asylum and has no parent or guardian in this country.",
        r"unaccompanied(?: asylum[- ]seek(?:ing|ers?))?|UASC",
        ("UASC",),
    ),
    Term(
        "placement",
        "Where a child in care lives: with foster carers, in a children's home, with relatives, "
        "or elsewhere.",
        r"placements?",
        public="home in care",
    ),
    Term(
        "care plan",
        "The written plan for a child in care: where the child lives, with whom it keeps in "
        "touch, and what is to become of it.",
        r"care plans?",
    ),
    Term(
        "permanence",
        "That a child has a home to grow up in: back with the family, with relatives, in "
        "long-term foster care, or by adoption.",
        r"permanence",
        public="a lasting home",
    ),
    Term(
        "special guardianship",
        "A court's order by which a child lives with a guardian, often a relative, until the age "
        "of 18, without being adopted.",
        r"special guardianships?|SGOs?",
        ("SGO",),
    ),
    Term(
        "placement order",
        "A court's order that allows a council to place a child for adoption.",
        r"placement orders?",
    ),
    Term(
        "return interview",
        "A talk with a child who went missing and has come back, held by somebody independent and "
        "to be offered within 72 hours.",
        r"return interviews?",
    ),
    Term(
        "care leaver",
        "A young person of 16 to 25 who was in care and whom the council still has to support.",
        r"care leavers?",
        public="care experienced young person",
        swaps=((r"care leavers", "care experienced young people"),),
    ),
    Term(
        "pathway plan",
        "The plan of a young person who is leaving care or has left it: home, money, education "
        "and work.",
        r"pathway plans?",
    ),
    Term(
        "caseload",
        "How many children one social worker is responsible for.",
        r"caseloads?",
    ),
    Term(
        "agency worker",
        "A social worker who is hired through an agency and not employed by the council.",
        r"agency workers?",
    ),
    Term(
        "audit",
        "A look at one child's records by an experienced person, who grades how good the work was.",
        r"audit(?:s|ed)?",
    ),
    Term(
        "working day",
        "Monday to Friday, without England's bank holidays. The day on which a time starts is day "
        "nought.",
        r"working days?",
    ),
    Term(
        "per 10,000",
        "How many there are for every 10,000 residents aged 0 to 17, so that places of another "
        "size can be compared.",
        r"per 10,000",
    ),
    Term(
        "twelve months together",
        "All that happened in twelve months over all that could have; not the mean of twelve "
        "percentages.",
        r"twelve months",
    ),
    Term(
        "statistical neighbours",
        "The ten authorities whose families and incomes are most like those here, in a published "
        "list.",
        r"statistical neighbours?|neighbours|\bSN\b",
        ("SN",),
        public="similar councils",
    ),
    Term(
        "95% interval",
        "How far chance alone can move a figure of this size. Of twenty such ranges about one does "
        "not hold the true level.",
        r"(?:95|99\.8)% (?:interval|limits)",
    ),
    Term(
        "usual variation",
        "How far months lie apart by chance alone. A month beyond it seldom happens without a "
        "reason.",
        r"usual variation|beyond usual|process limits",
    ),
    Term(
        "outlier",
        "A figure further from England's than nearly all authorities of its size: it needs "
        "explaining, and is not in itself good or bad.",
        r"outliers?",
    ),
    Term(
        "quartile, median",
        "The values that a quarter, half or three quarters of all lie below.",
        r"(?:lower|upper) quartile|median",
    ),
)
