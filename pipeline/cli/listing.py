"""Entries and matches as a person reads them in a terminal, and as a script does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from rich.cells import cell_len

from pipeline.cli.answers import cell, clipped, plain_lines
from pipeline.digests.printed import ledger_line, ledger_of
from pipeline.model.printing import json_line
from pipeline.model.records import Entry, IdAccount, Match

WIDTHS = {"where": 34, "date": 10, "arXiv id": 12, "authors": 7, "tags": 24, "mentions": 8}
MATCH_WIDTHS = {"where": 34, "arXiv id": 12, "verdict": 12, "sure": 5}
LAST_WIDTH = 100
"""Of the last cell, in columns of a terminal."""


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


def table_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """A line for each entry under a heading, and a line of counts at the end."""
    read: list[bool] = []
    ids = 0

    def rows() -> Iterator[Sequence[str]]:
        nonlocal ids
        yield [*WIDTHS, "title or first words"]
        for entry in entries:
            read.append(entry.title is not None)
            ids += entry.arxiv_id is not None
            yield _entry_row(entry)

    yield from plain_lines(rows(), list(WIDTHS.values()))
    counted = f"{sum(read):,} with a title, {ids:,} with an arXiv id of their own"
    yield f"{len(read):,} {'entry' if len(read) == 1 else 'entries'}; {counted}."


def _entry_row(entry: Entry) -> Sequence[str]:
    first_words = entry.commentary or (entry.links[0] if entry.links else "")
    return (
        _place(entry),
        str(entry.date or "-"),
        entry.arxiv_id or "-",
        "-" if entry.authors is None else f"{len(entry.authors)}{_cut(entry)}",
        cell(" ".join(f"#{tag}" for tag in entry.tags) or "-"),
        str(len(entry.mentions) or "-"),
        _last(entry.title) if entry.title else f"“{clipped(cell(first_words), 60)}”",
    )


def match_json_lines(matches: Iterable[Match]) -> Iterator[str]:
    """A JSON object for each match: what the entry was decided to be, with every candidate."""
    for match in matches:
        known = {
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
        yield json_line(known)


def match_table_lines(matches: Iterable[Match]) -> Iterator[str]:
    """A line for each match under a heading, and a line of counts at the end."""
    counts: Counter[str] = Counter()

    def rows() -> Iterator[Sequence[str]]:
        yield [*MATCH_WIDTHS, "title, and why"]
        for match in matches:
            verdict = match.verdict.replace("_", " ")
            counts[verdict] += 1
            title_and_why = f"{match.entry.title or '(no title)'}: {match.reason}"
            sure = f"{match.confidence:.3f}"
            yield _place(match.entry), match.arxiv_id or "-", verdict, sure, _last(title_and_why)

    yield from plain_lines(rows(), list(MATCH_WIDTHS.values()))
    summed = ", ".join(f"{number:,} {verdict}" for verdict, number in sorted(counts.items()))
    yield f"{counts.total():,} {'entry' if counts.total() == 1 else 'entries'}: {summed}."


def _cut(entry: Entry) -> str:
    return "" if entry.authors_complete else "+"


def _place(entry: Entry) -> str:
    """The end of where an entry is, which says more than its beginning."""
    place, width = cell(f"{entry.file}:{entry.line_start}"), WIDTHS["where"]
    while cell_len(place) > width:
        place = f"…{place[2:]}"
    return place


def _last(text: str) -> str:
    return clipped(cell(text), LAST_WIDTH)
