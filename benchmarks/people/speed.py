"""People: 16,000 and a million signatures told apart, beside plain grouping by name in pandas.

From the author lists of `../shared/corpus`, or invented ones where that is not at hand.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from benchmarks.clock import row
from benchmarks.folders import PROJECT
from benchmarks.worlds.world import paper_table
from pipeline.__main__ import main
from pipeline.identity.names import person_name

LIMITS_S = {16_000: 2.0, 1_000_000: 180.0}
LIMIT_GB = 4.0
PER_PAPER = 2
"""Papers are drawn so many that the wanted signatures are surely there."""


def measured() -> Iterator[str]:
    """Two lines for each size: seconds beside limit and peer, and memory beside its limit."""
    with TemporaryDirectory() as folder:
        for mentions, limit_s in LIMITS_S.items():
            path = Path(folder) / f"{mentions}.jsonl"
            count = _written(path, mentions)
            taken_s, peer_s, peak_gb = _apart(path)
            name = f"{count:,} signatures told apart"
            yield row(name, taken_s, "limit", limit_s)
            yield row(name, taken_s, "grouped by folded name in pandas", peer_s)
            yield f"{'  peak memory':<44}{peak_gb:9.3f} GB  limit {LIMIT_GB:27.3f} GB"


def _written(path: Path, mentions: int) -> int:
    """How many signatures a file holds that is written here: so many, or one paper's more."""
    papers = paper_table(int(mentions / PER_PAPER))
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for paper in papers.select(["arxiv_id", "title", "authors"]).to_pylist():
            names = paper["authors"]
            told = {"paper": paper["arxiv_id"], "title": paper["title"], "authors": names}
            file.write(f"{json.dumps(told)}\n")
            count += len(names)
            if count >= mentions:
                break
    return count


def _apart(path: Path) -> tuple[float, float, float]:
    """Seconds for people, seconds for the peer, and the peak in GB of a process for each."""
    command = [sys.executable, "-m", "benchmarks.people.speed"]
    ours, peer = (
        subprocess.run([*command, kind, path], cwd=PROJECT, check=True, capture_output=True)
        for kind in ("people", "peer")
    )
    taken_s, peak_gb = map(float, ours.stdout.split())
    return taken_s, float(peer.stdout.split()[0]), peak_gb


def _people(path: Path) -> None:
    with redirect_stdout(StringIO()), suppress(SystemExit):
        sys.argv = ["digest-graph", "disambiguate", str(path), "--json", "--quiet"]
        main()


def _peer(path: Path) -> None:
    papers = pd.read_json(path, lines=True, dtype=False)
    names = papers.explode("authors")["authors"]
    keys = names.map(lambda text: person_name(text).key)
    keys.groupby(keys).ngroup()


def _timed(kind: str, path: Path) -> str:
    begin_s = time.perf_counter()
    {"people": _people, "peer": _peer}[kind](path)
    taken_s = time.perf_counter() - begin_s
    return f"{taken_s} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}"


if __name__ == "__main__":
    print(_timed(sys.argv[1], Path(sys.argv[2])))
