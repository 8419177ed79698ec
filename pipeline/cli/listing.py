"""Entries and matches as a person reads them in a terminal, and as a script does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from rich.cells import cell_len

from pipeline.cli.answers import cell, clipped, plain_lines
from pipeline.model.counting import counted
from pipeline.model.id_ledger import ledger_line, ledger_of
from pipeline.model.printing import json_line
from pipeline.model.records import Entry, IdAccount, Match

WIDTHS = {"where": 34, "date": 10, "arXiv id": 16, "authors": 7, "tags": 24, "mentions": 8}
MATCH_WIDTHS = {"where": 34, "arXiv id": 16, "verdict": 12, "sure": 5}
GIVING_WAY = ("mentions", "authors", "tags", "date", "sure")
"""Columns that are left out of a narrow terminal, in this order."""
LEAST_LAST, NARROW_WHERE = 24, 18
"""So wide is the title at least, and so wide is a place where there is no room for more."""


def json_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """A JSON object for each entry, with the fields of `records.Entry`."""
    for entry in entries:
        yield json_line(asdict(entry))


def id_json_lines(accounts: Iterable[IdAccount]) -> Iterator[str]:
    """A JSON object for each arXiv id that a file prints: the line, and where it went."""
    for account in accounts:
        for printed in account.printed:
            yield json_line({"file": account.file, **asdict(printed)})


def id_lines(accounts: Iterable[IdAccount]) -> Iterator[str]:
    """A line for each printed id that went nowhere, and the ledger of all in a line."""
    ledger = ledger_of(accounts)
    for account in ledger.nowhere:
        for printed in account.printed:
            place = f"{account.file}:{printed.line}"
            yield f"{place}: {printed.arxiv_id} is nowhere: {printed.why or 'not explained'}"
    yield ledger_line(ledger)


def table_lines(entries: Iterable[Entry], columns: int | None = None) -> Iterator[str]:
    """A line for each entry under a heading, and a line of counts at the end.

    On a terminal of so many `columns` lines fit it; else all is whole.
    """
    read: list[bool] = []
    ids = 0

    def rows() -> Iterator[Mapping[str, str]]:
        nonlocal ids
        for entry in entries:
            read.append(entry.title is not None)
            ids += entry.arxiv_id is not None
            yield _entry_row(entry)

    yield from _lines_under(WIDTHS, "title or first words", rows(), columns)
    having = f"{sum(read):,} with a title, {ids:,} with an arXiv id of their own"
    yield f"{counted(len(read), 'entry', 'entries')}; {having}."


def _entry_row(entry: Entry) -> Mapping[str, str]:
    first_words = entry.commentary or (entry.links[0] if entry.links else "")
    return {
        "where": cell(f"{entry.file}:{entry.line_start}"),
        "date": str(entry.date or "-"),
        "arXiv id": entry.arxiv_id or "-",
        "authors": "-" if entry.authors is None else f"{len(entry.authors)}{_cut(entry)}",
        "tags": cell(" ".join(f"#{tag}" for tag in entry.tags) or "-"),
        "mentions": str(len(entry.mentions) or "-"),
        "last": cell(entry.title) if entry.title else f"“{clipped(cell(first_words), 60)}”",
    }


def _lines_under(
    widths: Mapping[str, int], last: str, rows: Iterable[Mapping[str, str]], columns: int | None
) -> Iterator[str]:
    """A heading and a line for each row, as rows come; the cell `last` has what room is left."""
    shown = dict(widths)
    if columns is not None:
        for name in GIVING_WAY:
            if columns - sum(shown.values()) - 2 * len(shown) < LEAST_LAST:
                shown.pop(name, None)
        spare = columns - sum(shown.values()) - 2 * len(shown) - LEAST_LAST
        shown["where"] = max(NARROW_WHERE, min(shown["where"], shown["where"] + spare))

    def cells() -> Iterator[Sequence[str]]:
        yield [*shown, last]
        for row in rows:
            where = row["where"] if columns is None else _end(row["where"], shown)
            shown_row = {**row, "where": where}
            yield [*(shown_row[name] for name in shown), row["last"]]

    return plain_lines(cells(), list(shown.values()), columns)


def match_json_lines(matches: Iterable[Match]) -> Iterator[str]:
    """A JSON object for each match: what the entry was decided to be, with every candidate."""
    for match in matches:
        row = {
            "file": match.entry.file,
            "line_start": match.entry.line_start,
            "title": match.entry.title,
            "arxiv_id": match.arxiv_id,
            "verdict": match.verdict,
            "confidence": match.confidence,
            "reason": match.reason,
            "candidates": [
                {"arxiv_id": c.arxiv_id, "title": c.title, "scores": dict(c.scores)}
                for c in match.candidates
            ],
        }
        yield json_line(row)


def match_table_lines(matches: Iterable[Match], columns: int | None = None) -> Iterator[str]:
    """A line for each match under a heading, and a line of counts at the end; see `table_lines`."""
    counts: Counter[str] = Counter()

    def rows() -> Iterator[Mapping[str, str]]:
        for match in matches:
            verdict = match.verdict.replace("_", " ")
            counts[verdict] += 1
            yield {
                "where": cell(f"{match.entry.file}:{match.entry.line_start}"),
                "arXiv id": match.arxiv_id or "-",
                "verdict": verdict,
                "sure": f"{match.confidence:.3f}",
                "last": cell(f"{match.entry.title or '(no title)'}: {match.reason}"),
            }

    yield from _lines_under(MATCH_WIDTHS, "title, and why", rows(), columns)
    summed = ", ".join(f"{number:,} {verdict}" for verdict, number in sorted(counts.items()))
    yield f"{counted(counts.total(), 'entry', 'entries')}: {summed}."


def _cut(entry: Entry) -> str:
    return "" if entry.authors_complete else "+"


def _end(place: str, widths: Mapping[str, int]) -> str:
    """The end of where an entry is, which says more than its beginning."""
    while cell_len(place) > widths["where"]:
        place = f"…{place[2:]}"
    return place
