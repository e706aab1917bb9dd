from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from benchmarks.building import measure_build, tree_megabytes
from benchmarks.floors import FLOORS, read_plainly
from benchmarks.parsing import measure_kind
from benchmarks.score.truth import specimen_cases
from etl.sample import write_sample
from etl.sample.varieties import find_variety


@pytest.mark.parametrize("kind", sorted({*FLOORS} - {"zip"}))
def test_every_format_is_measured_beside_its_floor(kind: str, tmp_path: Path) -> None:
    (case,) = specimen_cases(1, chosen=[find_variety(kind, "plain")])
    assert read_plainly(case.data, kind) is not None
    folder = tmp_path / kind
    folder.mkdir()
    (folder / Path(case.name).name).write_bytes(case.data)
    (folder / f"no report.{kind}").write_bytes(b"")
    speed = measure_kind(folder, kind)
    assert speed.files == 1
    assert speed.floor is not None
    assert 0 <= speed.floor <= speed.everything


@pytest.mark.skipif(sys.platform != "linux", reason="memory of a tree is read from /proc")
def test_a_build_is_watched_from_outside(tmp_path: Path) -> None:
    write_sample(tmp_path / "corpus", agencies=1, years=(2023, 2024), seed=1, formats=["txt"])
    cost = measure_build(tmp_path / "corpus", tmp_path / "built.duckdb")
    assert cost.files >= 2
    assert (tmp_path / "built.duckdb").exists()
    assert cost.seconds > 0
    assert cost.megabytes > 10
    assert tree_megabytes(os.getpid()) > 10


def test_a_build_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        measure_build(tmp_path / "nothing", tmp_path / "built.duckdb")
