"""Entries and matches as a person reads them in a terminal, and as a script does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from unicodedata import east_asian_width

from pipeline.model.printing import json_line, printable
from pipeline.model.records import Entry, Match

_WIDTHS = {"where": 34, "date": 10, "arXiv id": 12, "authors": 7, "tags": 24, "mentions": 8}

_MATCH_WIDTHS = {"where": 34, "arXiv id": 12, "verdict": 12, "sure": 5}
_LAST_WIDTH = 100


def json_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """A JSON object for each entry, with the fields of `records.Entry`."""
    for entry in entries:
        yield json_line(asdict(entry))


def table_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """A line for each entry under a heading, and a line of counts at the end."""
    yield _row([*_WIDTHS, "title or first words"])
    read, titles, ids = 0, 0, 0
    for entry in entries:
        named = entry.title or entry.commentary or (entry.links[0] if entry.links else "")
        cells = (
            _end(f"{entry.file}:{entry.line_start}", _WIDTHS["where"]),
            str(entry.date or "-"),
            entry.arxiv_id or "-",
            "-" if entry.authors is None else f"{len(entry.authors)}{_cut(entry)}",
            " ".join(f"#{tag}" for tag in entry.tags) or "-",
            str(len(entry.mentions) or "-"),
        )
        read, titles = read + 1, titles + (entry.title is not None)
        ids += entry.arxiv_id is not None
        yield _row([*cells, named if entry.title else f"“{_clipped(named, 60)}”"])
    counted = f"{titles:,} with a title, {ids:,} with an arXiv id of their own"
    yield f"{read:,} {'entry' if read == 1 else 'entries'}; {counted}."


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
    yield _row([*_MATCH_WIDTHS, "title, and why"], _MATCH_WIDTHS)
    counts: Counter[str] = Counter()
    for match in matches:
        counts[match.verdict.replace("_", " ")] += 1
        cells = (
            _end(f"{match.entry.file}:{match.entry.line_start}", _MATCH_WIDTHS["where"]),
            match.arxiv_id or "-",
            match.verdict.replace("_", " "),
            f"{match.confidence:.3f}",
        )
        told = f"{match.entry.title or '(no title)'}: {match.reason}"
        yield _row([*cells, told], _MATCH_WIDTHS)
    summed = ", ".join(f"{number:,} {verdict}" for verdict, number in sorted(counts.items()))
    yield f"{counts.total():,} {'entry' if counts.total() == 1 else 'entries'}: {summed}."


def _cut(entry: Entry) -> str:
    return "" if entry.authors_complete else "+"


def _row(cells: Sequence[str], widths: Mapping[str, int] = _WIDTHS) -> str:
    fixed = [_padded(cell, width) for cell, width in zip(cells, widths.values(), strict=False)]
    return "  ".join([*fixed, _clipped(cells[-1], _LAST_WIDTH)]).rstrip()


def _padded(text: str, width: int) -> str:
    shown = _clipped(text, width)
    return shown + " " * (width - _columns(shown))


def _clipped(text: str, width: int) -> str:
    flat = " ".join(printable(text).split())
    if _columns(flat) <= width:
        return flat
    kept = ""
    for character in flat:
        if _columns(kept + character) >= width:
            break
        kept += character
    return f"{kept}…"


def _end(text: str, width: int) -> str:
    return text if len(text) <= width else f"…{text[1 - width :]}"


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
