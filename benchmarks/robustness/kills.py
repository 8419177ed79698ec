"""The ledger: 200 killed writers, 1,000 damaged files, and how fast it keeps and finds answers."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.folders import TESTS

sys.path.insert(0, str(TESTS))

from ledger_writer import answer
from test_chaos import killed_writers
from test_ledger import flipped, rows

from benchmarks.clock import best_s
from pipeline.store.ledger import Ledger

KILLS, FILES, ANSWERS = 200, 1000, 100_000
DAY = date(2026, 11, 23)


def measured() -> Iterator[str]:
    """A line for each of the three."""
    for part in (_killed, _damaged, _speed):
        with TemporaryDirectory() as folder:
            yield part(Path(folder))


def _killed(folder: Path) -> str:
    chance, lost, kept = random.Random(1), 0, 0
    for turn in range(KILLS // 2):
        seeds = (2 * turn, 2 * turn + 1)
        counts = killed_writers(folder / "ledger.sqlite", seeds, chance.random() * 0.05)
        with Ledger(folder / "ledger.sqlite") as ledger:
            whole = ledger.message is None and not ledger.damaged
            for seed, count in zip(seeds, counts, strict=True):
                answers = [dict(answer(seed, number)) for number in range(count)]
                lost += sum(ledger.known("s", pieces) != pieces for pieces in answers)
                part = len(ledger.known("s", dict(answer(seed, count))))
                lost += part not in {0, len(answer(seed, count))} or not whole
                kept += count
    return f"{KILLS} writers killed, {kept:,} answers kept, {lost} lost or in parts"


def _damaged(folder: Path) -> str:
    with Ledger(folder / "whole") as ledger:
        truth = dict(rows(random.Random(2)))
        ledger.keep("s", truth.items(), DAY)
    content, chance = (folder / "whole").read_bytes(), random.Random(3)
    wrong, known = 0, 0
    for number in range(FILES):
        path = folder / str(number) / "ledger.sqlite"
        path.parent.mkdir()
        path.write_bytes(flipped(content, chance))
        with Ledger(path) as ledger:
            found = ledger.known("s", truth)
            wrong += not found.items() <= truth.items()
            ledger.keep("s", truth.items(), DAY)
            wrong += ledger.known("s", truth) != truth
            known += len(found)
    share = known / (FILES * len(truth))
    return (
        f"{FILES:,} damaged files, {share:.0%} of the answers saved, {wrong} files with wrong ones"
    )


def _speed(folder: Path) -> str:
    path, chance = folder / "ledger.sqlite", random.Random(4)
    text = b'{"title": "%s", "authors": []}'
    pieces = [
        (f"2401.{n:06d}", text % chance.randbytes(1000).hex().encode()) for n in range(ANSWERS)
    ]

    def keep() -> None:
        with Ledger(path) as ledger:
            for first in range(0, ANSWERS, 100):
                ledger.keep("s", pieces[first : first + 100], DAY)

    def find() -> None:
        with Ledger(path) as ledger:
            assert len(ledger.known("s", [key for key, _ in pieces])) == ANSWERS

    keep_s, find_s = best_s(keep, runs=1), best_s(find, runs=1)
    open_s = best_s(lambda: Ledger(path).__enter__().__exit__())
    size_mb = path.stat().st_size / 1e6
    return (
        f"{ANSWERS:,} answers, {size_mb:.0f} MB: kept in {keep_s:.1f} s (100 at a time), "
        f"found in {find_s:.1f} s, opened in {open_s * 1000:.0f} ms"
    )


if __name__ == "__main__":
    for line in measured():
        print(line, flush=True)
