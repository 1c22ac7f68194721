"""What officers wrote: comments with an author and a date, actions with an owner and a day.

A plain Markdown file a month:

    # Commentary, August 2020

    ## front_door.mash_timeliness
    Author: Head of Service, Front Door; 14 September 2020

    Managers kept a presence in the office throughout.

    Action: Audit decisions with partners | Owner: MASH manager | Due: 2020-10-31
    Outcome: Agree the scope of the audit | Done | 2020-09-10 | Partners agreed to it.

An outcome reports on an action of an earlier edition. What stands between <!-- and --> is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from lineofsight.errors import Fault, UsageFault, nearest
from lineofsight.judgement.finding import Finding, Verdict
from lineofsight.overview.outcome_lines import read_outcome
from lineofsight.overview.overview import Kind, Sentence
from lineofsight.overview.promise import Promise, State
from lineofsight.overview.promises import Outcome

_AUTHOR = re.compile(r"Author:\s*(?P<author>.*?)\s*;\s*(?P<day>[^;]*)$", re.IGNORECASE)
_ACTION = re.compile(
    r"Action:\s*(?P<text>.*?)\s*\|\s*Owner:\s*(?P<owner>.*?)\s*\|\s*Due:\s*(?P<day>.*?)\s*$",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_TITLE = re.compile(r"Commentary,\s*(?P<period>.+)", re.IGNORECASE)
_REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
_NOBODY = "not named"
_FORMS = ("%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%d/%m/%Y")


@dataclass(frozen=True, slots=True)
class Commentary:
    """Comments and actions by indicator identity, and the period they were written for.

    `period` is what the file's title names ('August 2020'), empty where there is no file.
    `outcomes` are the reports on earlier actions, by the identity of the promise.
    """

    period: str = ""
    sentences: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)

    def on(self, indicator_id: str) -> tuple[Sentence, ...]:
        """Give the comments and actions on one indicator, in the order they were written."""
        return self.sentences.get(indicator_id, ())

    def unplaced(self, finding: Finding) -> tuple[Sentence, ...]:
        """Give what was written on an indicator that has no numbered item in this paper."""
        has_item = finding.verdict in (Verdict.POSITIVE, Verdict.DEVELOPMENT)
        return () if has_item else self.on(finding.indicator_id)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, stripped, with its number from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Block:
    """Everything under one heading of an indicator."""

    heading: Line
    lines: tuple[Line, ...]


def read_commentary(
    path: Path,
    known: Mapping[str, str],
    promised: Sequence[Promise] = (),
    told: Container[str] | None = None,
) -> Commentary:
    """Read the officers' commentary of one period.

    `known` maps the identities of all indicators to their full names; a heading may be either.
    `promised` are the open actions of earlier editions, on which an outcome may report; `told` the
    identities of those that the readers of this paper know of, all of them where it is None. A
    file that does not exist is an empty commentary: the paper then leaves room to write in. Raises
    UsageFault with every fault of the file at once, each with its line.
    """
    if not path.exists():
        return Commentary()
    lines = lines_of(path)
    reader = _Reader(path.name, known, promised, told)
    period = reader.period(lines)
    reader.before_the_first_heading(lines)
    sentences: dict[str, tuple[Sentence, ...]] = {}
    for block in _blocks(lines):
        indicator = reader.indicator(block.heading)
        sentences[indicator] = sentences.get(indicator, ()) + reader.sentences(block, indicator)
    if reader.faults:
        raise UsageFault(reader.faults)
    return Commentary(period, sentences, reader.outcomes)


def lines_of(path: Path) -> list[Line]:
    """Give the lines of a commentary; what is between <!-- and --> is blank.

    Raises UsageFault where the file is no text.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UsageFault(
            Fault(
                "The commentary cannot be read as text.",
                f"File: {path.name}.",
                "Save it as plain text in UTF-8.",
            )
        ) from None
    told = _REMARK.sub(lambda found: "\n" * found[0].count("\n"), text)
    return [Line(n, line.strip()) for n, line in enumerate(told.splitlines(), start=1)]


def _blocks(lines: Sequence[Line]) -> Iterator[_Block]:
    starts = [i for i, line in enumerate(lines) if _heading_of(line) == 2]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield _Block(lines[start], tuple(lines[start + 1 : end]))


def _heading_of(line: Line) -> int:
    found = _HEADING.fullmatch(line.text)
    return len(found[1]) if found else 0


def _heading_text(line: Line) -> str:
    found = _HEADING.fullmatch(line.text)
    return found[2] if found else ""


class _Reader:
    """Reads the parts of one file and gathers what is wrong with them."""

    def __init__(
        self,
        file: str,
        known: Mapping[str, str],
        promised: Sequence[Promise],
        told: Container[str] | None,
    ) -> None:
        self.file = file
        self.told = told
        self.reported: set[str] = set()
        self.promised = promised
        self.outcomes: dict[str, Outcome] = {}
        self.faults: list[Fault] = []
        self.known = dict(known)
        self.by_name = {name.casefold(): identity for identity, name in known.items()}

    def period(self, lines: Sequence[Line]) -> str:
        title = next((line for line in lines if _heading_of(line) == 1), None)
        found = _TITLE.fullmatch(_heading_text(title)) if title else None
        if found:
            return found["period"]
        self._fault(
            title or Line(1, ""),
            "The title does not say which period this is commentary on.",
            "Begin with a line such as '# Commentary, August 2020'.",
        )
        return ""

    def indicator(self, heading: Line) -> str:
        name = _heading_text(heading)
        if name in self.known:
            return name
        if name.casefold() in self.by_name:
            return self.by_name[name.casefold()]
        near = nearest(name, [*self.known, *self.known.values()])
        remedy = f"Did you mean {near}?" if near else "Use an identity from 'lineofsight manual'."
        self._fault(heading, f"There is no indicator '{name}'.", remedy)
        return name

    def before_the_first_heading(self, lines: Sequence[Line]) -> None:
        for line in lines:
            if _heading_of(line) == 2:
                return
            if line.text and _heading_of(line) != 1:
                remedy = "Put it under a heading such as '## front_door.mash_timeliness'."
                self._fault(line, "This text belongs to no indicator.", remedy)

    def sentences(self, block: _Block, indicator: str) -> tuple[Sentence, ...]:
        author, written_on = "", None
        found: list[Sentence] = []
        for line in _paragraphs(block.lines):
            match line.text.casefold().partition(":")[0]:
                case "author":
                    author, written_on = self._author(line)
                case "action":
                    found.append(self._action(line))
                case "outcome":
                    found += self._outcome(line, indicator, author, written_on)
                case _:
                    author = author or self._without_author(line)
                    found.append(Sentence(Kind.COMMENT, line.text, author, written_on))
        return tuple(found)

    def _without_author(self, line: Line) -> str:
        remedy = "Put 'Author: role; 14 September 2020' on the line under the heading."
        self._fault(line, "A comment has no author.", remedy)
        return _NOBODY

    def _author(self, line: Line) -> tuple[str, date | None]:
        if line.text.casefold() == "author:":  # as the template has it, not filled in yet
            return "", None
        found = _AUTHOR.fullmatch(line.text)
        if found and found["author"]:
            return found["author"], self._day(line, found["day"])
        remedy = "Write 'Author: role; 14 September 2020', with a semicolon between."
        self._fault(line, "The author's line does not name a role and a day.", remedy)
        return _NOBODY, None

    def _outcome(
        self, line: Line, indicator: str, author: str, written_on: date | None
    ) -> tuple[Sentence, ...]:
        mine = [p for p in self.promised if p.indicator_id == indicator]
        read = read_outcome(line.text, mine, self.reported, day_of)
        for what, remedy in read.faults:
            self._fault(line, what, remedy)
        if read.promise is None or read.state is State.OPEN:
            return ()
        if not author:
            remedy = "Put 'Author: role; 14 September 2020' on a line above it."
            self._fault(line, "A reported outcome has no author.", remedy)
        self.reported.add(read.promise.id)
        if self.told is not None and read.promise.id not in self.told:
            return ()
        outcome = Outcome(read.promise, read.state, read.day, read.words, author, written_on)
        self.outcomes[read.promise.id] = outcome
        return (outcome.sentence,)

    def _action(self, line: Line) -> Sentence:
        found = _ACTION.fullmatch(line.text)
        if found and found["text"] and found["owner"]:
            due_on = self._day(line, found["day"])
            return Sentence(Kind.ACTION, found["text"], owner=found["owner"], due_on=due_on)
        remedy = "Write 'Action: what is to be done | Owner: role | Due: 2020-10-31'."
        self._fault(line, "An action needs what is to be done, its owner and its day.", remedy)
        return Sentence(Kind.ACTION, line.text)

    def _day(self, line: Line, text: str) -> date | None:
        day = day_of(text)
        if day is None:
            remedy = "Write the day as '14 September 2020' or '2020-09-14'."
            self._fault(line, f"'{text.strip()}' is not a date.", remedy)
        return day

    def _fault(self, line: Line, what: str, remedy: str) -> None:
        self.faults.append(Fault(what, f"File: {self.file}, line {line.number}.", remedy))


def day_of(text: str) -> date | None:
    """Read a day in any of the forms that officers write; None where it is none."""
    days = (_parsed(text.strip(), form) for form in _FORMS)
    return next((day for day in days if day is not None), None)


def _parsed(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        return None


def _paragraphs(lines: Sequence[Line]) -> Iterator[Line]:
    """Join the lines of a paragraph; an author, an action, an outcome or a heading is its own."""
    paragraph: list[Line] = []
    for line in lines:
        stands_alone = line.text.casefold().startswith(("author:", "action:", "outcome:", "#"))
        if paragraph and (stands_alone or not line.text):
            yield _joined(paragraph)
            paragraph = []
        if stands_alone:
            yield line
        elif line.text:
            paragraph.append(line)
    if paragraph:
        yield _joined(paragraph)


def _joined(lines: Sequence[Line]) -> Line:
    return Line(lines[0].number, " ".join(line.text for line in lines))
