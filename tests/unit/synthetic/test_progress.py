"""A bar that is told how many steps come is told the truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from lineofsight import demonstration
from lineofsight.synthetic.authority import Deliveries


def test_the_demonstration_tells_of_as_many_steps_as_it_announces(tmp_path: Path) -> None:
    said: list[str] = []
    demonstration.run(tmp_path, 2_000, 7, said.append)
    assert len(said) == demonstration.steps(2_000)
    assert said[:9] == [
        "Simulating the lives of 2,000 made-up children.", "Writing Annex A.",
        "Writing the local tables.", "Writing the visits.", "receive annex-a-2020-08.xlsx",
        "receive local-tables-2020-08.xlsx", "receive visits-2019-08.xlsx",
        "receive visits-2020-08.xlsx", "validate",
    ]  # fmt: skip


@pytest.mark.parametrize("deliveries", ["auto", "one", "yearly"])
def test_synthesis_tells_of_as_many_steps_as_it_announces(
    tmp_path: Path, deliveries: Deliveries
) -> None:
    said: list[str] = []
    paths = demonstration.synthesise_into(tmp_path, 1_000, 7, said.append, deliveries)
    assert len(said) == demonstration.synthetic_steps(1_000, deliveries)
    assert all(path.exists() for path in paths)
    assert ("Writing Annex A as at 31 August 2016." in said) == (deliveries == "yearly")


def test_every_return_is_written_into_a_folder_of_its_own(tmp_path: Path) -> None:
    said: list[str] = []
    paths = demonstration.synthesise_into(tmp_path, 1_000, 7, said.append, "auto", "all")
    assert len(said) == demonstration.synthetic_steps(1_000, "auto", "all")
    others = [path for path in paths if path.parent == tmp_path / "returns"]
    assert {path.name for path in others} == {p.name for p in (tmp_path / "returns").iterdir()}
    assert {"cin-census-2017.xml", "cin-census-2020.xml", "workforce-census-2016.xml"} <= {
        path.name for path in others
    }
    assert (tmp_path / "annex-a-2020-08.xlsx").exists()
