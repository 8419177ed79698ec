"""Shares with their counts and targets, and tables of counts, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple


class Share(NamedTuple):
    """How many of how many are right, and what is asked for."""

    name: str
    right: int
    of: int
    target: float

    def line(self) -> str:
        """The figure with its count and its target."""
        share = self.right / self.of if self.of else 1.0
        met = "met" if share >= self.target else "NOT MET"
        figure = f"{share:8.4f}  {self.right:>5}/{self.of:<5}"
        return f"{self.name:<44}{figure}  target {self.target:.4f}  {met}"


def at_most(name: str, count: int, of: int, most: float) -> str:
    """A line: how many of how many went wrong, and how many may."""
    met = "met" if count <= most else "NOT MET"
    return f"{name:<44}{count:>8} of {of:<12,} target {most:.0f}  {met}"


def table(name: str, rows: Mapping[str, Sequence[object]], columns: Sequence[str]) -> Iterator[str]:
    """Lines of a table, its rows in the order given."""
    yield f"  {name:<42}" + "".join(f"{column:>15}" for column in columns)
    for row, values in rows.items():
        yield f"  {row:<42}" + "".join(f"{_cell(value):>15}" for value in values)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
