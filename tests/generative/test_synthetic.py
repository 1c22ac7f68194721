"""The same seed makes the same bytes; another seed other lives; a size scales what happens."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lineofsight.indicators import ALL
from lineofsight.overview.commentary import read_commentary
from lineofsight.overview.promise import Promise, State, identity_of
from lineofsight.reference.authority import read_authority
from lineofsight.returns.submission import read_delivery
from lineofsight.synthetic.authority import (
    LARGEST_IN_ONE,
    SynthesisedFiles,
    synthesise,
    windows,
    write_visits,
)
from lineofsight.synthetic.lives import LARGEST, Lives, simulate
from lineofsight.synthetic.local_lists import visit_lists
from lineofsight.synthetic.settings import settings_text
from lineofsight.synthetic.workbook import MOST_ROWS

_FINGERPRINT = """
import sys
from pathlib import Path
from lineofsight.synthetic.authority import synthesise
synthesise(Path(sys.argv[1]), 1_000, 5)
"""


def fingerprints(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("synthetic")


@pytest.fixture(scope="module")
def files(folder: Path) -> SynthesisedFiles:
    return synthesise(folder, 1_000, 5)


def test_the_same_seed_gives_the_same_bytes_in_another_process(
    files: SynthesisedFiles, folder: Path, tmp_path: Path
) -> None:
    surroundings = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland"}
    command = [sys.executable, "-c", _FINGERPRINT, str(tmp_path)]
    subprocess.run(command, check=True, env=surroundings)
    assert fingerprints(tmp_path) == fingerprints(folder)
    assert len(fingerprints(folder)) == 7


def test_another_seed_gives_other_lives() -> None:
    one, other = simulate(1_000, 5), simulate(1_000, 6)
    assert not one.referrals.equals(other.referrals)
    assert not one.care_periods.equals(other.care_periods)


def every_frame(lives: Lives) -> dict[str, pl.DataFrame]:
    values = {f.name: getattr(lives, f.name) for f in dataclasses.fields(lives)}
    return {name: value for name, value in values.items() if isinstance(value, pl.DataFrame)}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1_000, 4_000), st.integers(0, 2**32))
def test_any_size_and_seed_give_whole_lives(size: int, seed: int) -> None:
    lives = simulate(size, seed)
    assert lives.children.height == size
    assert lives.children["child_id"].n_unique() == size
    for name in ("referrals", "assessments", "enquiries", "plans", "care_periods", "staffing"):
        assert every_frame(lives)[name].height > 0, name
    for rows, start, end in (
        (lives.needs, "started_on", "ended_on"),
        (lives.plans, "started_on", "ended_on"),
        (lives.care_periods, "started_on", "ceased_on"),
    ):
        ordered = rows.sort("child_id", start)
        follows = pl.col(start).shift(-1).over("child_id")
        assert ordered.filter((pl.col(end) > follows) | (pl.col(end) < pl.col(start))).height == 0


def test_what_happens_scales_with_the_size() -> None:
    small, large = every_frame(simulate(5_000, 1)), every_frame(simulate(20_000, 1))
    for name in ("contacts", "referrals", "assessments", "enquiries", "conferences", "plans",
                 "care_periods", "placements", "plan_visits"):  # fmt: skip
        assert 3.6 < large[name].height / small[name].height < 4.4, name


def test_a_written_authority_is_read_back_without_a_lost_row(files: SynthesisedFiles) -> None:
    for path in (*files.annex_a, files.local_tables):
        reading = read_delivery(path)
        assert reading.submission.is_synthetic
        assert str(reading.submission.first_day) == "2015-09-01"
        assert str(reading.submission.as_at) == "2020-08-31"
        assert all(rows_in == taken for _, rows_in, taken in reading.sheets)


def test_visits_are_delivered_year_by_year_as_far_back_as_twelve_months_need(
    tmp_path: Path,
) -> None:
    readings = [read_delivery(path) for path in write_visits(simulate(1_000, 5), tmp_path, print)]
    assert [(str(r.submission.first_day), str(r.submission.last_day)) for r in readings] == [
        ("2018-09-01", "2019-08-31"), ("2019-09-01", "2020-08-31"),
    ]  # fmt: skip
    for reading in readings:
        said, visits = reading.submission, reading.frames["visits"]
        assert said.is_synthetic
        assert reading.issues == ()
        assert reading.sheets == (("Visits", visits.height, visits.height),)
        assert set(visits["kind"]) == {"P", "L", "N"}
        assert visits["visited_on"].is_between(said.first_day, said.last_day).all()


def test_the_cover_says_that_every_child_is_made_up(files: SynthesisedFiles) -> None:
    book = openpyxl.load_workbook(files.annex_a[0], read_only=True)
    rows = list(book["Cover"].iter_rows(values_only=True))
    book.close()
    cover = dict(row[:2] for row in rows)
    assert rows[-1] == ("Synthetic", "Yes", "Every child is made up.")
    assert cover["Return"] == "Annex A"
    assert cover["Authority"] == "Solenhaven (synthetic)"


def test_the_settings_are_read_and_the_population_follows_the_size(
    files: SynthesisedFiles, tmp_path: Path
) -> None:
    assert read_authority(files.settings).is_synthetic
    path = tmp_path / "authority.toml"
    path.write_text(settings_text(30_000), encoding="utf-8")
    whole = read_authority(path)
    assert whole.population is not None
    assert (whole.population.estimate, whole.population.is_implied) == (50_310, True)
    assert [str(event.on) for event in whole.events] == ["2020-03-23", "2020-06-01"]
    known = {indicator.id for indicator in ALL}
    assert {identity for identity, _ in whole.targets} < known
    small = read_authority(files.settings).population
    assert small is not None
    assert small.estimate == 1_677


def test_the_commentary_speaks_of_known_indicators_and_reports_on_what_was_promised(
    files: SynthesisedFiles,
) -> None:
    """Three of the four actions of July; of the last nothing is said, so that the paper does."""
    known = {indicator.id: indicator.name for indicator in ALL}
    before = read_commentary(files.commentary_before, known)
    promised = [
        Promise(
            identity_of(i, one.text), i, one.text, one.owner, one.due_on, one.due_on, "2020-07-1"
        )
        for i, sentences in before.sentences.items()
        for one in sentences
        if one.due_on
    ]
    outcomes = read_commentary(files.commentary, known, promised).outcomes
    assert [one.state for one in outcomes.values()] == [State.DONE, State.MOVED, State.DONE]
    assert len(promised) == 4


def test_five_years_are_one_workbook_as_long_as_they_fit_into_a_sheet() -> None:
    (whole,) = windows(LARGEST_IN_ONE)
    contacts = simulate(20_000, 3).contacts.filter(whole.holds("contacted_on")).height
    assert contacts / 20_000 * LARGEST_IN_ONE <= MOST_ROWS
    assert contacts / 20_000 * (LARGEST_IN_ONE + 10_000) > MOST_ROWS


def test_years_follow_each_other_without_a_gap_and_fit_at_every_size() -> None:
    (whole,) = windows(LARGEST, "one")
    years = windows(LARGEST_IN_ONE + 1)
    assert [(str(year.first), str(year.last)) for year in years] == [
        ("2015-09-01", "2016-08-31"), ("2016-09-01", "2017-08-31"),
        ("2017-09-01", "2018-08-31"), ("2018-09-01", "2019-08-31"),
        ("2019-09-01", "2020-08-31"),
    ]  # fmt: skip
    assert (years[0].first, years[-1].last) == (whole.first, whole.last)
    lives = simulate(20_000, 3)
    fullest = max(lives.contacts.filter(year.holds("contacted_on")).height for year in years)
    decisions = lives.mash_decisions.filter(pl.col("received_at").cast(pl.Date) >= whole.first)
    visits = visit_lists(lives, years[-1])["Visits"].height
    assert max(fullest, decisions.height, visits) / 20_000 * LARGEST <= MOST_ROWS
