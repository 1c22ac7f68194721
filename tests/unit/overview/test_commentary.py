"""Officers' commentary: what is read, and every fault of a file at once with its line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from lineofsight.errors import UsageFault
from lineofsight.indicators import ALL
from lineofsight.overview.commentary import Commentary, read_commentary
from lineofsight.overview.commentary_form import commentary_form
from lineofsight.overview.overview import Kind, Sentence
from lineofsight.overview.promise import Promise, State, identity_of
from lineofsight.overview.promises import open_promises
from tests.overview_examples import AUGUST, example_earlier, example_findings

KNOWN = {
    "front_door.mash_timeliness": "Referrals dealt with by MASH in one working day",
    "child_protection.icpc_timeliness": "Conferences held within timescales",
}

GOOD = """\
# Commentary, August 2020

## front_door.mash_timeliness
Author: Head of Service, Front Door; 14 September 2020

Managers kept a presence
in the office throughout.

Decisions were audited.
Action: Audit with partners | Owner: MASH manager | Due: 2020-10-31

## conferences held within timescales
Author: Child Protection Advisor; 2020-09-15
A weekly report shows pending cases.
"""

BAD = """\
# August

Stray words.

## front_door.mash_timelines
Nobody signed this.

## child_protection.icpc_timeliness
Author: Head of Service
It was late.
Action: Review timeliness | Owner: Advisor
Action: Review timeliness | Owner: Advisor | Due: 31 November 2020
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "2020-08.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_comments_have_author_and_day_and_actions_owner_and_due_day(tmp_path: Path) -> None:
    read = read_commentary(_written(tmp_path, GOOD), KNOWN)

    author, day = "Head of Service, Front Door", date(2020, 9, 14)
    assert read.period == "August 2020"
    assert read.on("front_door.mash_timeliness") == (
        Sentence(Kind.COMMENT, "Managers kept a presence in the office throughout.", author, day),
        Sentence(Kind.COMMENT, "Decisions were audited.", author, day),
        Sentence(
            Kind.ACTION, "Audit with partners", owner="MASH manager", due_on=date(2020, 10, 31)
        ),
    )


def test_a_heading_may_be_the_full_name(tmp_path: Path) -> None:
    read = read_commentary(_written(tmp_path, GOOD), KNOWN)

    assert read.on("child_protection.icpc_timeliness") == (
        Sentence(
            Kind.COMMENT,
            "A weekly report shows pending cases.",
            "Child Protection Advisor",
            date(2020, 9, 15),
        ),
    )


def test_without_a_file_there_is_room_to_write(tmp_path: Path) -> None:
    assert read_commentary(tmp_path / "none.md", KNOWN) == Commentary()


def test_all_faults_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    with pytest.raises(UsageFault) as caught:
        read_commentary(_written(tmp_path, BAD), KNOWN)

    assert str(caught.value) == (
        "The title does not say which period this is commentary on.\n"
        "  File: 2020-08.md, line 1.\n"
        "  Begin with a line such as '# Commentary, August 2020'.\n"
        "This text belongs to no indicator.\n"
        "  File: 2020-08.md, line 3.\n"
        "  Put it under a heading such as '## front_door.mash_timeliness'.\n"
        "There is no indicator 'front_door.mash_timelines'.\n"
        "  File: 2020-08.md, line 5.\n"
        "  Did you mean 'front_door.mash_timeliness' or 'child_protection.icpc_timeliness'?\n"
        "A comment has no author.\n"
        "  File: 2020-08.md, line 6.\n"
        "  Put 'Author: role; 14 September 2020' on the line under the heading.\n"
        "The author's line does not name a role and a day.\n"
        "  File: 2020-08.md, line 9.\n"
        "  Write 'Author: role; 14 September 2020', with a semicolon between.\n"
        "An action needs what is to be done, its owner and its day.\n"
        "  File: 2020-08.md, line 11.\n"
        "  Write 'Action: what is to be done | Owner: role | Due: 2020-10-31'.\n"
        "'31 November 2020' is not a date.\n"
        "  File: 2020-08.md, line 12.\n"
        "  Write the day as '14 September 2020' or '2020-09-14'."
    )


def _promised(text: str) -> Promise:
    indicator = "front_door.mash_timeliness"
    due = date(2020, 10, 31)
    return Promise(identity_of(indicator, text), indicator, text, "Manager", due, due, "2020-07-1")


PROMISED = [_promised("Audit decisions with partners"), _promised("Plan cover | for winter"),
            _promised("Meet the panel"), _promised("Ask schools")]  # fmt: skip

REPORTED = """\
# Commentary, August 2020
<!-- Not printed:
Outcome: anything -->
## front_door.mash_timeliness
Author: Head of Service; 14 September 2020
Outcome: audit decisions  with partners. | Done | 28 October 2020 | It went well | on the whole.
Outcome: Plan cover | for winter | Moved | 2020-11-30
Outcome: Meet the panel | withdrawn | There is no panel.
Outcome: Ask schools |
## child_protection.icpc_timeliness
Author:
"""


def test_an_outcome_says_what_became_of_an_earlier_action(tmp_path: Path) -> None:
    """In any spelling of its words; one without a state, as in the form, says nothing."""
    read = read_commentary(_written(tmp_path, REPORTED), KNOWN, PROMISED)

    told = [(o.promise.text, o.state, o.day, o.words) for o in read.outcomes.values()]
    assert told == [
        ("Audit decisions with partners", State.DONE, date(2020, 10, 28),
         "It went well | on the whole."),
        ("Plan cover | for winter", State.MOVED, date(2020, 11, 30), ""),
        ("Meet the panel", State.WITHDRAWN, None, "There is no panel."),
    ]  # fmt: skip
    author, day = "Head of Service", date(2020, 9, 14)
    assert read.on("front_door.mash_timeliness") == (
        Sentence(
            Kind.OUTCOME,
            "Audit decisions with partners: done on 28 October 2020. It went well | on the whole.",
            author,
            day,
        ),
        Sentence(Kind.OUTCOME, "Plan cover | for winter: moved to 30 November 2020.", author, day),
        Sentence(Kind.OUTCOME, "Meet the panel: withdrawn. There is no panel.", author, day),
    )
    assert read.on("child_protection.icpc_timeliness") == ()


WRONGLY_REPORTED = """\
# Commentary, August 2020
## front_door.mash_timeliness
Outcome: Meet the panel | Done | 2020-09-01
Author: Head of Service; 14 September 2020
Outcome: Audit decision with partner | Done | 2020-09-01
Outcome: Meet the panel | On track
Outcome: Ask schools | Finished
Outcome: Audit decisions with partners | Done | last week
Outcome: Plan cover | for winter | Withdrawn
## child_protection.icpc_timeliness
Author: Head of Service; 14 September 2020
Outcome: Ask schools | Done | 2020-09-01
"""


def test_all_faults_of_outcomes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageFault) as caught:
        read_commentary(_written(tmp_path, WRONGLY_REPORTED), KNOWN, PROMISED)

    forms = (
        "  Write 'Outcome: the action's words | Done | 2020-10-28', or On track, Moved with its "
        "new day, or Withdrawn with the reason; the officer's words may follow.\n"
    )
    assert f"{caught.value}\n" == (
        "A reported outcome has no author.\n"
        "  File: 2020-08.md, line 3.\n"
        "  Put 'Author: role; 14 September 2020' on a line above it.\n"
        "There is no open action of these words under this heading.\n"
        "  File: 2020-08.md, line 5.\n"
        "  Did you mean 'Audit decisions with partners'?\n"
        "The outcome of this action is reported twice.\n"
        "  File: 2020-08.md, line 6.\n"
        "  Leave one of the two out.\n"
        "'Finished' is not a state of an action.\n"
        "  File: 2020-08.md, line 7.\n"
        f"{forms}"
        "The outcome does not say on which day it was done.\n"
        "  File: 2020-08.md, line 8.\n"
        f"{forms}"
        "The outcome does not say why the action was withdrawn.\n"
        "  File: 2020-08.md, line 9.\n"
        f"{forms}"
        "There is no open action of these words under this heading.\n"
        "  File: 2020-08.md, line 12.\n"
        "  No action is open here: report under the heading it was promised under.\n"
    )


def test_the_form_of_a_month_can_be_read_as_it_is_and_says_nothing_yet(tmp_path: Path) -> None:
    promised = open_promises([example_earlier()])
    form = commentary_form(example_findings(), AUGUST, promised)
    known = {f.indicator_id: f.measurement.indicator.name for f in example_findings()}
    read = read_commentary(_written(tmp_path, form), known, promised)

    assert (read.period, read.outcomes) == ("August 2020", {})
    assert not any(read.sentences.values())
    headings = re.findall(r"^## (.*)$", form, re.MULTILINE)
    assert headings == [
        *("front_door.mash_timeliness", "assessments.timeliness"),
        "children_looked_after.authorised_care_plan",
        *("child_protection.plans_rate", "child_protection.icpc_timeliness"),
        *("children_looked_after.rate", "workforce.caseload"),
    ]
    filled = form.replace("Author:\n", "Author: Manager; 14 September 2020\n").replace(
        "two teams |", "two teams | On track | Applications are open."
    )
    read = read_commentary(_written(tmp_path, filled), known, promised)
    assert [o.words for o in read.outcomes.values()] == ["Applications are open."]


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2020-08.md"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageFault) as caught:
        read_commentary(path, KNOWN)
    assert str(caught.value) == (
        "The commentary cannot be read as text.\n"
        "  File: 2020-08.md.\n"
        "  Save it as plain text in UTF-8."
    )


HOW_TO = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "commentary.md"


def test_the_example_of_the_how_to_is_read_as_the_how_to_says(tmp_path: Path) -> None:
    (example,) = re.findall(r"```markdown\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    read = read_commentary(_written(tmp_path, example), {i.id: i.name for i in ALL})

    late = read.on("child_protection.icpc_timeliness")
    assert read.period == "August 2020"
    assert [s.kind for s in late] == [Kind.COMMENT, Kind.COMMENT, Kind.ACTION, Kind.ACTION]
    assert late[0].text == (
        "Most late conferences had been booked in time and were postponed, commonly because a "
        "report was not ready."
    )
    assert [s.due_on for s in late[2:]] == [date(2020, 11, 13), date(2020, 11, 30)]
    assert [s.author for s in read.on("front_door.contacts_received")] == [
        "Head of Service, Front Door"
    ]


def test_every_form_of_a_day_in_the_how_to_is_read(tmp_path: Path) -> None:
    (line,) = re.findall(r"Days may be written (.*)\.", HOW_TO.read_text(encoding="utf-8"))
    days = re.findall(r'"([^"]+)"', line)
    assert len(days) == 4
    for day in days:
        text = f"# Commentary, August 2020\n## {ALL[0].id}\nAuthor: Manager; {day}\nIt is so.\n"
        (comment,) = read_commentary(_written(tmp_path, text), {ALL[0].id: ALL[0].name}).on(
            ALL[0].id
        )
        assert comment.written_on == date(2020, 9, 14)
