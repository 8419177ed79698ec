"""What a test of the siege found, as a row of the table."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeVar

Outcome = Literal["survived", "lost", "wrong"]
T = TypeVar("T")


@dataclass(slots=True)
class Row:
    """One test: how many trials, and how each ended.

    `survived`: the command went on or ended in a sentence, and nothing is lost. `lost`: something
    that was there before, or was said to be done, is gone. `wrong`: a traceback, a mixture of an
    old and a new build, or an answer that is not the right one.
    """

    name: str
    tried: int = 0
    survived: int = 0
    lost: int = 0
    wrong: int = 0
    examples: list[str] = field(default_factory=list)

    def count(self, outcome: Outcome, example: str = "") -> None:
        self.tried += 1
        setattr(self, outcome, getattr(self, outcome) + 1)
        if outcome != "survived" and len(self.examples) < 3:
            self.examples.append(f"{outcome}: {example}")


def within(trials: Iterable[T], most_s: float) -> Iterator[T]:
    """The trials that begin within so many seconds."""
    ends = time.monotonic() + most_s
    for trial in trials:
        if time.monotonic() > ends:
            return
        yield trial


def table_lines(rows: Iterable[Row]) -> Iterator[str]:
    """The rows as a table in Markdown, and under it what was lost or wrong."""
    yield "| test | tried | survived | lost | wrong |"
    yield "|---|--:|--:|--:|--:|"
    told: list[str] = []
    for row in rows:
        yield f"| {row.name} | {row.tried} | {row.survived} | {row.lost} | {row.wrong} |"
        told += [f"- {row.name}: {example}" for example in row.examples]
    yield from ("", *told) if told else ()
