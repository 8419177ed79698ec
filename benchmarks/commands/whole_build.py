"""A whole build: 100,000 entries of two kinds to every file, each in processes of its own.

Those that are joined: digests of plain text, one a month, print each paper's link; a table as
`bulk` leaves it knows authors, categories and references. An abstract is the titles of the papers
beside it, as none are at hand. Those that nothing joins: a new paper, a mentioned one and five
people an entry, all invented. `build` writes its files, `export` those that it leaves out.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from benchmarks.children import memory_gb
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
LOOKED_EVERY_S = 0.5
"""How often it is seen how much memory there is; a command's seconds are as exact as that."""
TITLES_AN_ABSTRACT = 12
UNJOINED_A_FILE = 100


class Taken(NamedTuple):
    """What a command took: seconds by the clock and of processors, the most memory of all of it."""

    clock_s: float
    processor_s: float
    peak_gb: float


def measured(papers: int = PAPERS) -> Iterator[str]:
    """Seconds of a first `build`, of `export` and of a second build, and the most memory."""
    for kind, write in (("joined", _write_joined), ("that nothing joins", _write_unjoined)):
        with TemporaryDirectory() as name:
            folder = Path(name)
            write(papers, folder)
            bulk = ("--bulk", "bulk") if (folder / "bulk").is_dir() else ()
            build = _run(folder, "build", "digests", *bulk, "--offline", "--quiet")
            export = _run(folder, "export", "--format", ",".join(_left_out(folder)), "--to", "all")
            again = _run(folder, "build", "digests", *bulk, "--offline", "--quiet")
        for command, taken in (("build", build), ("export", export), ("second build", again)):
            yield f"{command} {taken.clock_s:.1f} s, of processors {taken.processor_s:.1f} s"
        both_s = build.clock_s + export.clock_s
        yield row(f"{papers:,} entries {kind}", both_s, "limit", LIMIT_S)
        third_s = build.clock_s / 3
        yield row(f"{papers:,} entries {kind}, built again", again.clock_s, "limit", third_s)
        peak_gb = max(build.peak_gb, export.peak_gb, again.peak_gb)
        yield f"{'  peak memory':<44}{peak_gb:9.3f} GB  limit {LIMIT_GB:27.3f} GB"


def _left_out(folder: Path) -> list[str]:
    """The formats of which the build wrote no file."""
    written = {path.name for path in (folder / "outputs").iterdir()}
    return [
        name for name, files in FORMATS.items() if written.isdisjoint(f.file_name for f in files)
    ]


def _run(folder: Path, *arguments: str) -> Taken:
    command = [sys.executable, "-m", "pipeline", *arguments]
    surroundings = os.environ | {"PYTHONPATH": str(PROJECT), "DIGEST_GRAPH_HOME": str(folder)}
    begin = time.perf_counter()
    running = subprocess.Popen(command, cwd=folder, env=surroundings)
    ended, peak_gb = 0, 0.0
    while not ended:
        peak_gb = max(peak_gb, memory_gb(running.pid))
        time.sleep(LOOKED_EVERY_S)
        ended, status, used = os.wait4(running.pid, os.WNOHANG)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    clock_s = time.perf_counter() - begin
    peak_gb = max(peak_gb, used.ru_maxrss / 2**20)
    return Taken(clock_s, used.ru_utime + used.ru_stime, peak_gb)


def _write_unjoined(papers: int, folder: Path) -> None:
    chance = random.Random(1)
    syllables = [a + b for a in "bcdfghklmnprstvz" for b in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(6_000)]
    (folder / "digests").mkdir()
    for first in range(0, papers, UNJOINED_A_FILE):
        numbers = range(first, min(first + UNJOINED_A_FILE, papers))
        text = "\n\n".join(_unjoined(number, papers, words, chance) for number in numbers)
        (folder / "digests" / f"{first:06}.txt").write_text(text, encoding="utf-8")


def _unjoined(number: int, papers: int, words: list[str], chance: random.Random) -> str:
    year, month = 15 + number * 9 // papers, 1 + number % 12
    own, other = (f"{year}{month:02}.{10_000 + n % 89_999:05}" for n in (number, number * 7))
    names = [" ".join(chance.choices(words[:3_000], k=2)).title() for _ in range(5)]
    return "\n".join(
        (
            f"20{year}-{month:02}-0{1 + number % 9}",
            " ".join(chance.choices(words, k=9)).title(),
            f"({', '.join(names)})",
            f"{' '.join(chance.choices(words, k=40))}.",
            f"https://arxiv.org/abs/{own}",
            f"like https://arxiv.org/abs/{other} too.",
            f"#{chance.choice(words[:300])} #{chance.choice(words[:300])}",
        )
    )


def _write_joined(papers: int, folder: Path) -> None:
    _write(world(papers), folder)


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
