"""Begins processes that write answers to a ledger until they are killed: `ledger_writer.py PATH`.

Each line `SEED FILE` of standard input begins one, which says in FILE what it kept. Its number is
printed, and after each second one how both ended.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from itertools import count
from pathlib import Path
from random import Random

from pipeline.store.ledger import Ledger

PIECES = 20
DAY = date(2026, 11, 23)


def answer(seed: int, number: int) -> list[tuple[str, bytes | None]]:
    """Answer `number` of a run: twenty pieces, of which the first is unknown."""
    random = Random(f"{seed} {number}")
    contents = [random.randbytes(random.randint(10, 9000)) for _ in range(PIECES)]
    keys = [f"{seed}-{number}-{part}" for part in range(PIECES)]
    return [(keys[0], None), *zip(keys[1:], contents[1:], strict=True)]


def write(path: Path, seed: int, said: Path) -> None:
    """Writes, and says after each answer that it is kept."""
    with Ledger(path, today=lambda: DAY) as ledger, said.open("w", encoding="ascii") as stream:
        for number in count():
            ledger.keep("s", answer(seed, number), DAY)
            stream.write(f"{number}\n")
            stream.flush()


def begun(path: Path, seed: str, said: str) -> int:
    """The number of a copy of this process, which writes."""
    number = os.fork()
    if number == 0:
        write(path, int(seed), Path(said))
    return number


def main() -> None:
    """Begins two writers at a time, and waits for their ends."""
    running = []
    for line in sys.stdin:
        running.append(begun(Path(sys.argv[1]), *line.split()))
        sys.stdout.write(f"{running[-1]}\n")
        sys.stdout.flush()
        if len(running) == 2:
            for number in running:
                ended = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
                sys.stdout.write(f"{ended}\n")
                sys.stdout.flush()
            running.clear()


if __name__ == "__main__":
    main()
