"""CONTRIBUTING's examples of an attribute and a kind of edge more: in so many files, and whole."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
from conftest import PROJECT
from written_pages import blocks, text_of

PAGE = PROJECT / "CONTRIBUTING.md"


def changed(root: Path, diff: str) -> list[str]:
    """The files that a diff changes, after it is made below `root`: each place is there once."""
    files = re.findall(r"^--- a/(\S+)\n(.*?)(?=^--- a/|\Z)", diff, re.MULTILINE | re.DOTALL)
    for name, hunks in files:
        text = (root / name).read_text(encoding="utf-8")
        for hunk in hunks.split("@@\n")[1:]:
            lines = hunk.splitlines(keepends=True)
            old = "".join(line[1:] for line in lines if line[0] != "+")
            assert text.count(old) == 1, (name, old)
            text = text.replace(old, "".join(line[1:] for line in lines if line[0] != "-"))
        (root / name).write_text(text, encoding="utf-8")
    return [name for name, _ in files]


def files_said(what: str) -> int:
    row = re.search(rf"^\| {what} \| (\d+) \|", text_of(PAGE), re.MULTILINE)
    assert row, what
    return int(row[1])


def test_an_attribute_and_a_kind_of_edge_more_reach_the_graph_in_so_many_files(
    tmp_path: Path,
) -> None:
    skipped = shutil.ignore_patterns("__pycache__")
    for folder in ("pipeline", "digests"):
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=skipped)
    (tmp_path / "docs").mkdir()
    shutil.copy(PROJECT / "docs" / "outputs.md", tmp_path / "docs")
    attribute, kind = blocks(PAGE, "diff")
    assert len(changed(tmp_path, attribute)) == files_said("a node attribute")
    assert len(changed(tmp_path, kind)) == files_said("a kind of edge")

    command = [sys.executable, "-m", "pipeline", "build", "digests", "-o", "out", "--offline"]
    built = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    nodes, edges = (pq.read_table(tmp_path / "out" / f"{n}.parquet") for n in ("nodes", "edges"))
    entries = dict(zip(nodes["kind"].to_pylist(), nodes["entries"].to_pylist(), strict=True))
    assert entries["author"] is None
    assert sum(filter(None, nodes["entries"].to_pylist())) == 7
    assert edges["kind"].to_pylist().count("read_with") == 7 * 6 // 2
    assert "Read together" in (tmp_path / "out" / "pyvis.html").read_text(encoding="utf-8")
