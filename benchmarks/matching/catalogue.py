"""The local catalogue: building it, opening it and matching with it, against their limits.

Its records are the 911,551 of `../shared/corpus`; titles are sought beside SQLite's FTS5. Memory is
that of the command and its child processes together, as /proc says (Linux alone).
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.clock import best_s, row
from benchmarks.folders import CORPUS, GOLD, PROJECT
from benchmarks.gold import known_notes
from benchmarks.matching.taken_out import records_as_entries
from pipeline.build.local_sources import LocalSources
from pipeline.build.matching import matches
from pipeline.catalogue.search import Catalogue
from pipeline.model.folding import title_words
from pipeline.model.records import Entry

BUILD_S, BUILD_MB, OPEN_S, MATCH_S = 60.0, 2000.0, 0.3, 6.0
ENTRIES, QUERIES = 3700, 20
LOOK_S = 0.05
OPENING = "from pipeline.catalogue.search import Catalogue as C; from pathlib import Path as P"


class Spent(NamedTuple):
    """How long a command ran, and the most memory that it and its children held at a time."""

    taken_s: float
    peak_mb: float


def measured() -> Iterator[str]:
    """Each figure beside its limit or its peer."""
    if not (GOLD.is_dir() and CORPUS.is_file()):
        yield "skipped: ../shared/gold and ../shared/corpus are not here"
        return
    with TemporaryDirectory() as name:
        folder = Path(name, "catalogue")
        spent = _spent(["catalogue", "build", str(CORPUS), "--catalogue", str(folder), "--quiet"])
        yield row("built of 911,551 records", spent.taken_s, "limit", BUILD_S)
        memory, ratio = f"{spent.peak_mb:9,.0f} MB", spent.peak_mb / BUILD_MB
        yield f"{'  its most memory, with its children':<44}{memory}  limit 2,000 MB  x{ratio:.2f}"
        yield row("opened", best_s(lambda: Catalogue(folder).__exit__()), "limit", OPEN_S)
        yield row("opened first, by a new process", _first_opening_s(folder), "limit", OPEN_S)
        with Catalogue(folder) as catalogue:
            yield from _matched(catalogue)
            yield from _sought(catalogue, Path(name, "titles.sqlite"))


def _spent(arguments: Sequence[str]) -> Spent:
    begin = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "pipeline", *arguments], cwd=PROJECT)
    peak, done = [0.0], threading.Event()

    def look() -> None:
        while not done.wait(LOOK_S):
            peak[0] = max(peak[0], _resident_mb(process.pid))

    looking = threading.Thread(target=look)
    looking.start()
    code = process.wait()
    taken_s = time.perf_counter() - begin
    done.set()
    looking.join()
    if code:
        raise subprocess.CalledProcessError(code, arguments)
    return Spent(taken_s, peak[0])


def _resident_mb(pid: int) -> float:
    """What a process and its descendants hold now; memory that they share counts for each."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [c for t in tasks for c in (t / "children").read_text().split()]
    except OSError:
        return 0.0
    held = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "VmRSS: 0")
    return int(held.split()[1]) * 1024 / 1e6 + sum(_resident_mb(int(child)) for child in children)


def _first_opening_s(folder: Path) -> float:
    """In a process that has opened none before; without its start and its imports."""
    code = (
        f"import sys, time; {OPENING}; begin = time.perf_counter(); C(P(sys.argv[1])); "
        "print(time.perf_counter() - begin)"
    )
    command = [sys.executable, "-c", code, str(folder)]
    return float(subprocess.run(command, cwd=PROJECT, check=True, capture_output=True).stdout)


def _matched(catalogue: Catalogue) -> Iterator[str]:
    """The gold notes, and records as entries to make up the number, in one run with cold caches."""
    notes = [entry for entry, _ in known_notes()]
    others = records_as_entries(catalogue, ENTRIES - len(notes))
    asked = [*notes, *(entry for entry, _ in others)]
    places = LocalSources(catalogue).places(())
    begin = time.perf_counter()
    found = list(matches(asked, [], places))
    taken_s = time.perf_counter() - begin
    yield row(f"{len(found):,} entries matched", taken_s, "limit", MATCH_S)


def _sought(catalogue: Catalogue, path: Path) -> Iterator[str]:
    """Titles with two words left out, sought by both; how often the right one is in the first 8."""
    titles = catalogue.titles()
    chance = random.Random(1)
    drawn = [known for known in records_as_entries(catalogue, 10 * QUERIES) if known.entry.title]
    asked = [
        (replace(entry, authors=None, title=_damaged(entry.title or "", chance)), arxiv_id or "")
        for entry, arxiv_id in chance.sample(drawn, QUERIES)
    ]
    with sqlite3.connect(path) as peer:
        peer.execute("CREATE VIRTUAL TABLE titles USING fts5(id UNINDEXED, words)")
        rows = ((known, " ".join(title_words(now))) for known, (now, *_) in titles.items())
        peer.executemany("INSERT INTO titles VALUES (?, ?)", rows)
        begin = time.perf_counter()
        by_peer = [_of_peer(peer, entry) for entry, _ in asked]
        peer_s = time.perf_counter() - begin
    begin = time.perf_counter()
    near = catalogue.near([entry for entry, _ in asked])
    ours_s = time.perf_counter() - begin
    named = f"{QUERIES} damaged titles sought, records read"
    yield row(named, ours_s, "SQLite FTS5, ids alone", peer_s)
    right = sum(
        any(f'"{known}"'.encode() in r for r in found)
        for (_, known), found in zip(asked, near, strict=True)
    )
    right_peer = sum(known in ids for (_, known), ids in zip(asked, by_peer, strict=True))
    yield f"  the right paper among the found: {right} of {QUERIES}; FTS5: {right_peer}"


def _damaged(title: str, chance: random.Random) -> str:
    words = title.split()
    for _ in range(2 if len(words) > 4 else 0):
        words.pop(chance.randrange(len(words)))
    return " ".join(words)


def _of_peer(peer: sqlite3.Connection, entry: Entry) -> list[str]:
    """The first 8 by FTS5's rank that have any of the title's words."""
    query = " OR ".join(f'"{word}"' for word in set(title_words(entry.title or "")))
    asked = "SELECT id FROM titles WHERE titles MATCH ? ORDER BY rank LIMIT 8"
    return [row[0] for row in peer.execute(asked, (query,))]
