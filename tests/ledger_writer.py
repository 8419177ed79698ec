"""A process that writes answers to a ledger until it is killed: `ledger_writer.py PATH SEED`."""

from __future__ import annotations

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


def main() -> None:
    """Writes, and says after each answer that it is kept."""
    path, seed = Path(sys.argv[1]), int(sys.argv[2])
    with Ledger(path, today=lambda: DAY) as ledger:
        for number in count():
            ledger.keep("s", answer(seed, number), DAY)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
