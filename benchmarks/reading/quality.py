"""Reading: how well digests and notes are read, each figure with its count.

Read from `../shared/gold`, 562 real reading notes and the same entries as digests, and what each
of them is; without that folder from the digest that ships.
"""

from __future__ import annotations

import csv
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.folders import GOLD, PROJECT, TESTS
from benchmarks.gold import document
from benchmarks.shares import Share
from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.model.records import Entry, InputFile

Gold = dict[str, Any]


def measured() -> Iterator[str]:
    """A line for each figure, and one for each entry that was read otherwise."""
    for name, measure in (("notes_gold.jsonl", _notes), ("digests_gold.jsonl", _digests)):
        lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
        yield from measure([json.loads(line) for line in lines])


def invented() -> Iterator[str]:
    """Lines: the digest that ships, each entry read as it was proofread."""
    lines = (TESTS / "golden" / "entries.csv").read_text(encoding="utf-8-sig").splitlines()
    wanted = list(csv.DictReader(lines))
    files = sorted({row["file"] for row in wanted})
    documents = [InputFile(name, partial(_content, PROJECT / name)) for name in files]
    read = {e.line_start: e for e in entries(documents, FORMATS) if isinstance(e, Entry)}
    pairs = [(read.get(int(row["line_start"])), row) for row in wanted]
    for field in ("line_end", "date", "title"):
        right = sum(str(getattr(entry, field, None)) == row[field] for entry, row in pairs)
        yield Share(f"the digest that ships: {field}", right, len(pairs), 1.0).line()


def _content(path: Path) -> Iterator[bytes]:
    yield path.read_bytes()


def _notes(gold: list[Gold]) -> Iterator[str]:
    documents = [document("notes", note["path"]) for note in gold]
    begin = time.perf_counter()
    read = list(entries(documents, FORMATS))
    taken_s = time.perf_counter() - begin
    found = {e.file: e for e in reversed(read) if isinstance(e, Entry)}
    pairs = [(found.get(note["path"]), note) for note in gold]
    vault_s = taken_s / len(gold) * 3854
    yield f"notes: {len(gold)} read in {taken_s:.2f} s, which is {vault_s:.2f} s for 3,854"
    yield Share("one entry a note", sum(map(_counted(read), gold)), len(gold), 0.998).line()
    for name, target, wanted in (
        ("arxiv_id", 1.0, "gold_arxiv_id"),
        ("title", 0.99, "title_line"),
        ("date", 0.99, "note_date"),
    ):
        known = [(e, note[wanted]) for e, note in pairs if note[wanted] is not None]
        right = sum(e is not None and str(getattr(e, name)) == value for e, value in known)
        yield Share(f"notes: {name}", right, len(known), target).line()
    yield from _fields("notes", pairs, "authors_line")
    yield _overlap("notes: mentioned ids", _mentioned(pairs)).line()
    yield _overlap("notes: wikilinks", _wikilinks(pairs)).line()


def _counted(read: Iterable[object]) -> Any:
    counts = Counter(e.file for e in read if isinstance(e, Entry))
    return lambda note: counts[note["path"]] == 1


def _digests(gold: list[Gold]) -> Iterator[str]:
    by_file: dict[str, list[Gold]] = defaultdict(list)
    for entry in gold:
        by_file[entry["digest"]].append(entry)
    documents = [document("digests", name) for name in by_file]
    found = {_span(e): e for e in entries(documents, FORMATS) if isinstance(e, Entry)}
    wanted = {(e["digest"], e["line_start"], e["line_end"]): e for e in gold}
    both = found.keys() & wanted.keys()
    f1 = Share("digests: entry boundaries F1", 2 * len(both), len(found) + len(wanted), 0.997)
    yield f1.line()
    for span in sorted(found.keys() ^ wanted.keys()):
        yield f"    {'read' if span in found else 'gold'} {span[0]}:{span[1]}-{span[2]}"
    pairs: list[tuple[Entry | None, Gold]] = [(found[span], wanted[span]) for span in both]
    titled = [(e, g["title"]) for e, g in pairs if e and g["title"]]
    right = sum(e.title == title for e, title in titled)
    yield Share("digests: title", right, len(titled), 0.99).line()
    yield from _fields("digests", pairs, "authors")
    yield _overlap("digests: mentioned ids", _mentioned(pairs)).line()


def _fields(name: str, pairs: list[tuple[Entry | None, Gold]], authors: str) -> Iterator[str]:
    listed = [(e, _names(gold[authors])) for e, gold in pairs if gold[authors]]
    right = sum(e is not None and list(e.authors or ()) == names for e, names in listed)
    yield Share(f"{name}: author lists", right, len(listed), 0.985).line()
    right = sum(e is not None and set(e.tags) == set(gold["tags"]) for e, gold in pairs)
    yield Share(f"{name}: tags", right, len(pairs), 0.995).line()


def _names(printed: str) -> list[str]:
    """A printed list as names: `Org: A, B` begins with the organisation."""
    listed = printed.replace(": ", ", ", 1).split(",")
    names = [name.strip().removeprefix("and ") for name in listed]
    return [name for name in names if name]


def _mentioned(pairs: list[tuple[Entry | None, Gold]]) -> Iterator[tuple[set[str], set[str]]]:
    for entry, gold in pairs:
        printed = {m.arxiv_id for m in entry.mentions if not m.note} if entry else set()
        yield {i for i in printed if i}, set(gold["mentioned_ids"])


def _wikilinks(pairs: list[tuple[Entry | None, Gold]]) -> Iterator[tuple[set[str], set[str]]]:
    for entry, gold in pairs:
        notes = {m.note for m in entry.mentions if m.note} if entry else set()
        yield {note for note in notes if note}, set(gold["wikilinks"])


def _overlap(name: str, sets: Iterable[tuple[set[str], set[str]]]) -> Share:
    """F1 of what was found against what is there; at the target only if both shares are."""
    counts = [(len(found & wanted), len(found) + len(wanted)) for found, wanted in sets]
    both, all_ = (sum(count) for count in zip(*counts, strict=True))
    return Share(f"{name} F1", 2 * both, all_, 0.995)


def _span(entry: Entry) -> tuple[str, int, int]:
    return entry.file, entry.line_start, entry.line_end
