"""`python -m benchmarks.siege [MINUTES]`: the table of docs/reliability.md, measured anew."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.siege.commands import (
    build_command,
    bulk_command,
    catalogue_command,
    review_command,
)
from benchmarks.siege.faults import failing_calls, killed
from benchmarks.siege.growth import slow_patterns, slow_readers
from benchmarks.siege.inputs import damaged_archives, other_orders
from benchmarks.siege.rows import Row, table_lines
from benchmarks.siege.strings import hostile_strings

USUAL_MINUTES = 30.0
KILLS, ARCHIVES, ORDERS = 200, 500, 50
COMMANDS = (
    (build_command, 0.08), (catalogue_command, 0.05), (bulk_command, 0.03), (review_command, 0.03),
)  # fmt: skip
"""Each with its share of the time: a third of it for kills, the rest for failing calls."""


def rows(place: Path, most_s: float) -> Iterator[Row]:
    """Every test in turn, each within its share of the time."""
    for number, (made, share) in enumerate(COMMANDS):
        besieged, kept = made(place / str(number))
        yield killed(besieged, kept, KILLS, most_s * share)
        yield from failing_calls(besieged, kept, most_s * share * 2)
    yield of_growth("patterns on repeated texts", slow_patterns())
    yield of_growth("readers on repeated texts", slow_readers())
    yield damaged_archives(place / "archives", ARCHIVES, most_s * 0.1)
    yield other_orders(place / "orders", ORDERS, most_s * 0.1)
    yield hostile_strings(place / "strings", most_s * 0.2)


def of_growth(name: str, slow: Iterable[str | None]) -> Row:
    """A row of what takes longer than in proportion to its text."""
    row = Row(name)
    for told in slow:
        row.count("wrong" if told else "survived", told or "")
    return row


if __name__ == "__main__":
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else USUAL_MINUTES
    with TemporaryDirectory() as folder:
        found = []
        for row in rows(Path(folder), minutes * 60):
            print(f"{row.name}: {row.tried} tried, {row.survived} survived", file=sys.stderr)
            found.append(row)
        print("\n".join(table_lines(found)))
    sys.exit(any(row.lost or row.wrong for row in found))
