"""`python -m benchmarks.siege [MINUTES [PAGE]]`: the table of docs/reliability.md, found anew.

It is printed; where a page is named, it is put between the two marks there.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.siege.commands import (
    build_command,
    bulk_command,
    catalogue_command,
    notes_command,
    review_command,
)
from benchmarks.siege.faults import failing_calls, killed
from benchmarks.siege.growth import slow_patterns, slow_readers
from benchmarks.siege.inputs import damaged_archives, other_orders
from benchmarks.siege.rows import Row, table_lines, within
from benchmarks.siege.strings import hostile_strings

USUAL_MINUTES = 30.0
BEGINS, ENDS = "<!-- siege -->", "<!-- end of siege -->"
KILLS, ARCHIVES, ORDERS = 200, 500, 50
COMMANDS = (
    (build_command, 0.08), (catalogue_command, 0.05), (bulk_command, 0.03), (review_command, 0.03),
    (notes_command, 0.03),
)  # fmt: skip
"""Each with its share of the time: a third of it for kills, the rest for failing calls."""


def rows(place: Path, most_s: float) -> Iterator[Row]:
    """Every test in turn, each within its share of the time."""
    for number, (made, share) in enumerate(COMMANDS):
        besieged, kept = made(place / str(number))
        yield killed(besieged, kept, KILLS, most_s * share)
        yield from failing_calls(besieged, kept, most_s * share * 2)
    yield of_growth("patterns on repeated texts", slow_patterns(), most_s * 0.08)
    yield of_growth("readers on repeated texts", slow_readers(), most_s * 0.08)
    yield damaged_archives(place / "archives", ARCHIVES, most_s * 0.1)
    yield other_orders(place / "orders", ORDERS, most_s * 0.07)
    yield hostile_strings(place / "strings", most_s * 0.1)


def of_growth(name: str, slow: Iterable[str | None], most_s: float) -> Row:
    """A row of what takes longer than in proportion to its text."""
    row = Row(name)
    for told in within(slow, most_s):
        row.count("wrong" if told else "survived", told or "")
    return row


def with_table(page: str, minutes: float, table: str) -> str:
    """The page with a table between its two marks: when, where and how long it took to find."""
    before, rest = page.split(BEGINS, 1)
    _, after = rest.split(ENDS, 1)
    machine = f"{os.cpu_count()} cores under {platform.system()}"
    when = (
        f"In {minutes:.0f} minutes on {datetime.now(UTC):%d %B %Y}, by `make siege` on {machine}:"
    )
    return f"{before}{BEGINS}\n{when}\n\n{table}\n{ENDS}{after}"


def main() -> int:
    """Prints the table, and puts it into the page that is named; 1 where anything is not right."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else USUAL_MINUTES
    begun, found = time.monotonic(), []
    with TemporaryDirectory() as folder:
        for row in rows(Path(folder), minutes * 60):
            print(f"{row.name}: {row.tried} tried, {row.survived} survived", file=sys.stderr)
            found.append(row)
    table = "\n".join(table_lines(found))
    print(table)
    if len(sys.argv) > 2:
        page, took = Path(sys.argv[2]), (time.monotonic() - begun) / 60
        page.write_text(with_table(page.read_text(encoding="utf-8"), took, table), encoding="utf-8")
    return int(any(row.lost or row.wrong for row in found))


if __name__ == "__main__":
    sys.exit(main())
