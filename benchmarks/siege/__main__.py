"""`python -m benchmarks.siege [MINUTES]`: the table of docs/reliability.md, measured anew."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.siege.commands import build_command, catalogue_command
from benchmarks.siege.faults import failing_calls, killed
from benchmarks.siege.inputs import damaged_archives, other_orders
from benchmarks.siege.rows import Row, table_lines
from benchmarks.siege.strings import hostile_strings

USUAL_MINUTES = 30.0
KILLS, ARCHIVES, ORDERS = 200, 500, 50


def rows(place: Path, most_s: float) -> Iterator[Row]:
    """Every test in turn, each within its share of the time."""
    for number, made in enumerate((build_command, catalogue_command)):
        besieged, kept = made(place / str(number))
        yield killed(besieged, kept, KILLS, most_s * 0.1)
        yield from failing_calls(besieged, kept, most_s * 0.2)
    yield damaged_archives(place / "archives", ARCHIVES, most_s * 0.1)
    yield other_orders(place / "orders", ORDERS, most_s * 0.1)
    yield hostile_strings(place / "strings", most_s * 0.2)


if __name__ == "__main__":
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else USUAL_MINUTES
    with TemporaryDirectory() as folder:
        found = []
        for row in rows(Path(folder), minutes * 60):
            print(f"{row.name}: {row.tried} tried, {row.survived} survived", file=sys.stderr)
            found.append(row)
        print("\n".join(table_lines(found)))
    sys.exit(any(row.lost or row.wrong for row in found))
