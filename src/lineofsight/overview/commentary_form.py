"""The commentary of a month as a form to be filled in: headings, open actions, and room to write.

What it explains stands between <!-- and -->, which is not printed. It can be read as it is: nothing
has been said yet, and every open action stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lineofsight.judgement.finding import Finding, Verdict
from lineofsight.overview.figures import Frame, brief_name, figures_of
from lineofsight.overview.numerals import capital
from lineofsight.overview.promise import Promise
from lineofsight.reference.periods import Month, day_name

_EXPLAINED = """\
<!--
For use inside the service: small numbers are shown as they are.

Nothing between these marks is printed. Under a heading write:

  Author: Head of Service, Safeguarding; 14 September 2020

  A comment is a paragraph. Leave a line between two.

  Action: What is to be done | Owner: Conference Manager | Due: 2020-10-31

Every action of an earlier edition stands below as an outcome. Say after it how it stands, and
then, if you like, more in your own words:

  Outcome: What was to be done | Done | 2020-09-10 | What came of it.
  Outcome: What was to be done | On track
  Outcome: What was to be done | Moved | 2020-11-30 | Why.
  Outcome: What was to be done | Withdrawn | Why.

An outcome without a word after it reports nothing: the action stays open, and the paper says so.
-->
"""


def commentary_form(findings: Sequence[Finding], month: Month, promises: Sequence[Promise]) -> str:
    """Write the form: the items of the paper in its order, then what else has open actions."""
    listed = [
        finding
        for verdict in (Verdict.POSITIVE, Verdict.DEVELOPMENT)
        for finding in sorted(findings, key=lambda finding: finding.rank)
        if finding.verdict is verdict
    ]
    frame, in_paper = Frame(month, None, ""), {finding.indicator_id for finding in listed}
    named = {finding.indicator_id: brief_name(finding.measurement) for finding in findings}
    blocks = [_block(finding.indicator_id, _told(finding, frame), promises) for finding in listed]
    others = dict.fromkeys(p.indicator_id for p in promises if p.indicator_id not in in_paper)
    blocks += [_block(identity, named.get(identity, ""), promises) for identity in others]
    return "\n".join((f"# Commentary, {month.name}\n", _EXPLAINED, *blocks))


def _block(identity: str, told: str, promises: Sequence[Promise]) -> str:
    remark = f"<!-- {told} -->\n\n" if told else ""
    mine = [promise for promise in promises if promise.indicator_id == identity]
    return f"## {identity}\n\n{remark}Author:\n{''.join(map(_outcome, mine))}"


def _told(finding: Finding, frame: Frame) -> str:
    kind, name = capital(finding.verdict.value), brief_name(finding.measurement)
    return f"{kind} {finding.rank}: {name}. {'; '.join(_figures(finding, frame))}."


def _figures(finding: Finding, frame: Frame) -> Iterator[str]:
    for figure in figures_of(finding.measurement, frame):
        yield f"{figure.label}: {figure.text} ({figure.detail})"


def _outcome(promise: Promise) -> str:
    due = day_name(promise.due_on)
    return (
        f"\n<!-- Promised in edition {promise.made_in} by {promise.owner}, due {due}. -->\n"
        f"Outcome: {promise.text} |\n"
    )
