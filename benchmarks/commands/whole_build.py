"""A whole build: 100,000 entries with their references to every file, in a process of its own.

Digests of plain text, one a month, print each paper's link; a table as `bulk` leaves it knows
authors, categories and references. An abstract is the titles of the papers beside it, as none are
at hand. `build` writes its files, `export` those of the formats that it leaves out.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.clock import row
from benchmarks.folders import PROJECT
from benchmarks.worlds.tables import TAGS_OF_CATEGORY
from benchmarks.worlds.world import World, world
from pipeline.export import FORMATS
from pipeline.model.tables import DUMPED
from pipeline.sources.bulk import SEMANTIC_SCHOLAR
from pipeline.store.tables import write_table

PAPERS = 100_000
LIMIT_S, LIMIT_GB = 90.0, 2.0
TITLES_AN_ABSTRACT = 12


def measured(papers: int = PAPERS) -> Iterator[str]:
    """Seconds of `build` and of `export`, of both, and the most memory that one of them had."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write(world(papers), folder)
        build_s = _run_s(folder, "build", "digests", "--bulk", "bulk", "--offline", "--quiet")
        export_s = _run_s(folder, "export", "--format", ",".join(_left_out(folder)), "--to", "all")
    yield f"build {build_s:.1f} s, export {export_s:.1f} s"
    yield row(f"{papers:,} entries to every file", build_s + export_s, "limit", LIMIT_S)
    peak_gb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    yield f"{'  peak memory':<44}{peak_gb:9.3f} GB  limit {LIMIT_GB:27.3f} GB"


def _left_out(folder: Path) -> list[str]:
    """The formats of which the build wrote no file."""
    written = {path.name for path in (folder / "outputs").iterdir()}
    return [
        name for name, files in FORMATS.items() if written.isdisjoint(f.file_name for f in files)
    ]


def _run_s(folder: Path, *arguments: str) -> float:
    command = [sys.executable, "-m", "pipeline", *arguments]
    surroundings = os.environ | {"PYTHONPATH": str(PROJECT), "DIGEST_GRAPH_HOME": str(folder)}
    begin = time.perf_counter()
    subprocess.run(command, cwd=folder, env=surroundings, check=True)
    return time.perf_counter() - begin


def _write(found: World, folder: Path) -> None:
    papers = found.papers.to_pylist()
    (folder / "digests").mkdir()
    for month, rows in groupby(range(len(papers)), key=lambda row: papers[row]["month"]):
        path = folder / "digests" / f"{month // 12}-{month % 12 + 1:02}-01.txt"
        path.write_text("\n\n".join(_entry(papers, row) for row in rows), encoding="utf-8")
    (folder / "bulk").mkdir()
    write_table(folder / "bulk", DUMPED, _dumped(papers, found.citations))


def _entry(papers: list[dict[str, Any]], row: int) -> str:
    paper = papers[row]
    beside = papers[row + 1 : row + 1 + TITLES_AN_ABSTRACT]
    topic = paper["categories"][0].replace(".", "-").lower()
    tags = {f"#{topic}-{number % TAGS_OF_CATEGORY}" for number in (row, row // 7)}
    return "\n".join(
        (
            f"https://arxiv.org/abs/{paper['arxiv_id']}",
            paper["title"],
            f"({', '.join(paper['authors'])})",
            ". ".join(other["title"] for other in beside),
            " ".join(sorted(tags)),
        )
    )


def _dumped(papers: list[dict[str, Any]], citations: np.ndarray) -> pa.Table:
    """A row for each paper, with the papers that it cites."""
    works = [{"arxiv_id": p["arxiv_id"], "title": p["title"]} for p in papers]
    cited: list[list[dict[str, Any]]] = [[] for _ in papers]
    for citing, other in citations.tolist():
        cited[citing].append(works[other])
    rows = [
        {
            "arxiv_id": paper["arxiv_id"],
            "source": SEMANTIC_SCHOLAR,
            "title": paper["title"],
            "authors": paper["authors"],
            "categories": paper["categories"],
            "references": references,
            "references_complete": True,
        }
        for paper, references in zip(papers, cited, strict=True)
    ]
    return pa.Table.from_pylist(rows, DUMPED.schema()).sort_by(
        [(name, "ascending") for name in DUMPED.sorted_by]
    )
