"""A build is one thing on disk: killed anywhere, a reader sees the old one or the new one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT

from pipeline.model.errors import OutputError
from pipeline.store.outputs import (
    LOCK_NAME,
    MANIFEST_NAME,
    NEXT_NAME,
    build_mark,
    claimed,
    current,
    settled,
    staged,
)

NAMES = ("a.txt", "b.parquet", "c.txt", "d.txt")
KILLED = """
import os, sys
from pathlib import Path
from pipeline.store import outputs
folder, call, when = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
left = [when]
def dying(function):
    def call_or_die(*arguments, **options):
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)
        return function(*arguments, **options)
    return call_or_die
if call == "fsync":
    os.fsync = dying(os.fsync)
else:
    setattr(Path, call, dying(getattr(Path, call)))
with outputs.staged(folder) as staging:
    for name in {names!r}:
        (staging / name).write_text("new " + name)
"""


def written(folder: Path, age: str) -> None:
    with staged(folder) as staging:
        for name in NAMES:
            (staging / name).write_text(f"{age} {name}")


def ages(folder: Path) -> set[str]:
    return {current(folder, name).read_text().split()[0] for name in NAMES}


@pytest.mark.parametrize(
    ("call", "most"), [("replace", 6), ("rename", 2), ("fsync", 9), ("rmdir", 2), ("mkdir", 2)]
)
def test_a_process_that_dies_at_the_nth_call_leaves_the_old_build_or_the_new(
    call: str, most: int, tmp_path: Path
) -> None:
    seen = set()
    for when in range(most):
        folder = tmp_path / f"{call}{when}"
        written(folder, "old")
        before = build_mark(folder)
        program = KILLED.replace("{names!r}", repr(NAMES))
        died = subprocess.run(
            [sys.executable, "-c", program, str(folder), call, str(when)], check=False, cwd=PROJECT
        )
        (age,) = ages(folder)
        assert (build_mark(folder) == before) == (age == "old")
        settled(folder)
        assert (ages(folder), (folder / NEXT_NAME).exists()) == ({age}, False)
        assert {(folder / name).read_text().split()[0] for name in NAMES} == {age}
        seen.add((age, died.returncode))
        written(folder, "newest")
        assert ages(folder) == {"newest"}
    assert {age for age, code in seen if code} <= {"old", "new"}
    assert any(code for _, code in seen)


def test_a_reader_who_may_not_write_sees_the_build_that_was_switched_to(tmp_path: Path) -> None:
    written(tmp_path, "old")
    (tmp_path / NEXT_NAME).mkdir()
    (tmp_path / NEXT_NAME / "b.parquet").write_text("new b.parquet")
    assert current(tmp_path, "b.parquet").read_text() == "new b.parquet"
    assert current(tmp_path, "a.txt").read_text() == "old a.txt"
    settled(tmp_path)
    assert (tmp_path / "b.parquet").read_text() == "new b.parquet"


def test_who_loses_a_race_hears_of_it_before_the_work(tmp_path: Path) -> None:
    environment = {**os.environ, "DIGEST_GRAPH_OFFLINE": "1"}
    command = [sys.executable, "-m", "pipeline", "build", "no-such-input", "-o", str(tmp_path)]
    with claimed(tmp_path):
        with pytest.raises(OutputError, match="another build is writing here"), claimed(tmp_path):
            pass
        # It does not even look for what it would read.
        done = subprocess.run(
            command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=False
        )
    assert (done.returncode, "another build is writing here" in done.stderr) == (1, True)


def test_a_folder_that_was_made_for_nothing_is_taken_away_again(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), claimed(tmp_path / "a" / "b"):
        raise ZeroDivisionError
    assert not (tmp_path / "a" / "b").exists()
    (tmp_path / "kept").mkdir()
    with claimed(tmp_path / "kept"):
        pass
    assert (tmp_path / "kept" / LOCK_NAME).exists()


def test_an_export_beside_a_build_is_added_to_what_the_build_says_of_itself(tmp_path: Path) -> None:
    written(tmp_path, "old")
    with staged(tmp_path) as staging:
        (staging / "e.txt").write_text("new e.txt")
    told = (tmp_path / MANIFEST_NAME).read_text()
    assert all(f'"{name}"' in told for name in (*NAMES, "e.txt"))
