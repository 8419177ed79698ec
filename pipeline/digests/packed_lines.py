"""The lines of a long text, held a thousand at a time: a string each takes ten times the memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import overload

MANY = 100_000
"""Of fewer lines a tuple is as good, and quicker."""
_BLOCK = 1_000


class PackedLines(Sequence["str | None"]):
    """Lines without their ends, in order; None for one that was too long to read."""

    def __init__(self, lines: Iterable[str | None]) -> None:
        self._blocks: list[str] = []
        self._too_long: set[int] = set()
        self._count = 0
        self._last: tuple[int, list[str]] = (-1, [])
        remaining = iter(lines)
        while block := list(islice(remaining, _BLOCK)):
            unread = (number for number, line in enumerate(block, self._count) if line is None)
            self._too_long.update(unread)
            self._blocks.append("\n".join(line or "" for line in block))
            self._count += len(block)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str | None]:
        return self._from(0)

    @overload
    def __getitem__(self, place: int) -> str | None: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str | None, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str | None, ...] | None:
        if isinstance(place, slice):
            start, stop, step = place.indices(self._count)
            if step != 1:
                return tuple(self[number] for number in range(start, stop, step))
            return tuple(islice(self._from(start), max(stop - start, 0)))
        number = place + self._count if place < 0 else place
        if not 0 <= number < self._count:
            raise IndexError(place)
        return None if number in self._too_long else self._block(number // _BLOCK)[number % _BLOCK]

    def _from(self, start: int) -> Iterator[str | None]:
        for number in range(start // _BLOCK, len(self._blocks)):
            first = number * _BLOCK
            for at, line in enumerate(self._blocks[number].split("\n"), first):
                if at >= start:
                    yield None if at in self._too_long else line

    def _block(self, number: int) -> list[str]:
        if self._last[0] != number:
            self._last = number, self._blocks[number].split("\n")
        return self._last[1]


def held_lines(lines: Iterable[str | None]) -> Sequence[str | None]:
    """The lines, packed where there are many."""
    remaining = iter(lines)
    first = tuple(islice(remaining, MANY))
    return PackedLines(chain(first, remaining)) if len(first) == MANY else first
