"""Claims that must hold and claims that must not: sentences made of our own facts, and altered."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from lineofsight.claims.facts import Reading
from lineofsight.claims.spans import Span, SpanKind
from lineofsight.claims.statement import Outcome
from lineofsight.overview.figures import level_text
from tests.claims_drawn import FACTS, claimed
from tests.overview_examples import AUGUST

MEASURED = [
    identity
    for identity, finding in FACTS.findings.items()
    if finding.measurement.unmeasurable is None
]
WORDS = (
    *("89%", "1,654", "half of", "doubled", "since July", "up by 3 percentage points", "(SN 84%)"),
    *(
        "fell from 80% to 73%",
        "In August,",
        "over the past 12 months",
        "per 10,000",
        "two children",
    ),
    *(
        "; and",
        "with",
        "than",
        "above the national average",
        "target",
        "consistently",
        "an outlier",
    ),
    *("steady reduction", "all but a few cases", "additional staff", "not", "if", "will be"),
    *("between 60% and 70%", "4 out of 5", "0 of 0", "one in four", "conferences", "were late"),
    *("timeliness", "looked after children", "MASH", "ICPCs", "since this spike", "due to"),
    *("2019/20", "31 August 2020", ".", "-", "–", "(", ")", "Portsmouth", "nearly", "a third"),
)


@st.composite
def readings(draw: st.DrawFn) -> tuple[Reading, str]:
    """A fact of ours, and how a sentence says when it was."""
    identity = draw(st.sampled_from(MEASURED))
    month = AUGUST - draw(st.integers(0, 11))
    is_year = draw(st.booleans())
    first = month - 11 if is_year else month
    reading = FACTS.reading(identity, Span(first, month, SpanKind.MONTHS))
    assert reading is not None
    is_mean = reading.is_mean and is_year
    when = f"over the twelve months to {month.name}" if is_year else f"in {month.name}"
    return reading, f"as the mean {when}" if is_mean else when


def sentence_of(reading: Reading, value: Decimal, when: str, *, is_brief: bool) -> str:
    """'Timeliness was 73% in August 2020.'"""
    indicator = reading.measurement.indicator
    name = indicator.brief if is_brief and indicator.brief else indicator.name
    return f"{name} was {level_text(reading.measurement, value)} {when}."


@given(readings(), st.booleans())
def test_a_sentence_of_our_own_fact_holds(drawn: tuple[Reading, str], is_brief: bool) -> None:
    reading, when = drawn
    (found,) = claimed(sentence_of(reading, reading.exact, when, is_brief=is_brief))
    assert found.outcome is Outcome.HOLDS
    assert found.indicator_id == reading.measurement.indicator.id


@given(readings(), st.integers(2, 40), st.booleans())
def test_a_sentence_with_another_number_does_not_hold(
    drawn: tuple[Reading, str], away: int, is_up: bool
) -> None:
    """Altered by more than rounding; what is only the plain mean of the months is told as that."""
    reading, when = drawn
    step = away * Decimal(1).scaleb(-reading.measurement.indicator.decimals)
    value = reading.exact + step if is_up or step > reading.exact else reading.exact - step
    (found,) = claimed(sentence_of(reading, value, when, is_brief=False))
    assert found.outcome in (Outcome.FALSE, Outcome.HOLDS_BUT)
    assert reading.text.split("%")[0] in found.ruling.why
    is_plain_mean = "plain mean" in found.ruling.why
    assert found.outcome is Outcome.FALSE or is_plain_mean


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from(["", *MEASURED]))
def test_no_text_is_too_much(words: list[str], heading: str) -> None:
    """Whatever is written is answered; a statement's words stand in the text."""
    text = " ".join(words).strip()
    for one in claimed(text, heading) if text else ():
        quoted = one.words.strip("… ")
        assert quoted in " ".join(text.split())
        assert one.ruling.why.endswith(".")
