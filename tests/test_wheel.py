"""The wheel: it works in an empty folder, and what its messages point to is in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import PROJECT
from test_commands import NOTE


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as an installer lays it out; what it needs is that of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def ran(site: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(site), "DIGEST_GRAPH_HOME": str(cwd / "home")}
    return subprocess.run(
        [sys.executable, "-P", "-m", "pipeline", *arguments],
        capture_output=True, text=True, cwd=cwd, env=environment, check=False,
    )  # fmt: skip


def test_it_builds_a_graph_in_an_empty_folder(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text(NOTE, encoding="utf-8")
    done = ran(unpacked, tmp_path, "build", "notes", "--offline")
    assert (done.returncode, "1 entry" in done.stdout) == (0, True), done.stderr
    assert (tmp_path / "outputs" / "graph.html").is_file()
    code = "import pipeline; print(pipeline.__file__)"
    where = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True,
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(unpacked)},
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(unpacked)


def test_the_pages_that_its_messages_point_to_are_in_it(unpacked: Path, tmp_path: Path) -> None:
    listed = ran(unpacked, tmp_path, "docs").stdout
    pages = {path.stem for path in (PROJECT / "docs").glob("*.md")}
    assert {line.split()[0] for line in listed.splitlines()} == pages
    assert ran(unpacked, tmp_path, "docs", "Formats").stdout.startswith("# What can be read")
    assert ran(unpacked, tmp_path, "docs", "nowhere").returncode == 2
    sources = [path.read_text(encoding="utf-8") for path in (PROJECT / "pipeline").rglob("*.py")]
    named = {page for text in sources for page in re.findall(r"digest-graph docs (\w+)", text)}
    assert {"formats"} <= named
    assert named <= pages
