"""What people write themselves: notes, digests, lists, tables, org and Logseq, in any mixture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.digests.document import Document, documents_of
from pipeline.digests.entry import entry_of
from pipeline.digests.lines import Line
from pipeline.digests.listed import leftover
from pipeline.digests.passing import without_passing
from pipeline.digests.pieces import pieces
from pipeline.digests.prose import listed_tags
from pipeline.digests.signs import file_date
from pipeline.digests.skips import long_line
from pipeline.digests.table import row_entries
from pipeline.model.records import Entry, Format, Skip, Text


def _likeness(_: Text) -> float:
    """The format of last resort: whatever has lines is written by somebody."""
    return 0.2


def _entries(text: Text) -> Iterator[Entry | Skip]:
    for document in documents_of(text):
        yield from _of_document(text, document)


def _of_document(text: Text, document: Document) -> Iterator[Entry | Skip]:
    skips = [long_line(text.file, number) for number in document.long_lines]
    skips += [s.day.skip for s in document.sections if s.day and s.day.skip]
    records: list[Entry | Skip] = []
    for piece in pieces(document):
        if piece.kind == "row":
            records += row_entries(text.file, piece.day, piece.lines[0], piece.columns)
            continue
        entry = entry_of(text.file, piece)
        records += [entry] if piece.kind == "digest" or _says_something(entry) else []
    entries = [record for record in records if isinstance(record, Entry)]
    skips += [record for record in records if isinstance(record, Skip)]
    taken_ids = {i for e in entries for i in (e.arxiv_id, *(m.arxiv_id for m in e.mentions))}
    lost = leftover(_lines(document), {i for i in taken_ids if i}, file_date(text.file))
    entries += [entry_of(text.file, piece) for piece in lost]
    kept = [*without_passing(text, [_as_written(entry, document.written) for entry in entries])]
    entries = [record for record in kept if isinstance(record, Entry)]
    skips += [record for record in kept if isinstance(record, Skip)]
    entries = [*_with_file_tags(document, entries)]
    results: list[Entry | Skip] = [*_one_behind_another(entries), *skips]
    yield from sorted(results, key=_place)


def _as_written(entry: Entry, written: Mapping[str, str]) -> Entry:
    """The entry, in its words the labels of the file's own as they were written."""
    if not written or not entry.commentary:
        return entry
    lines = (written.get(line, line) for line in entry.commentary.split("\n"))
    return replace(entry, commentary="\n".join(lines))


def _with_file_tags(document: Document, entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries, each with the tags that org's `#+FILETAGS:` gives to all that a file holds."""
    fields = (f.value for f in document.matter.fields if f.label.casefold() == "filetags")
    tags = [tag for value in fields for tag in listed_tags(value)]
    for entry in entries:
        yield replace(entry, tags=tuple(dict.fromkeys((*entry.tags, *tags)))) if tags else entry


def _one_behind_another(entries: list[Entry]) -> Iterator[Entry]:
    """The entries by line, each ending where the next begins, if damage makes them overlap."""
    ordered = sorted(entries, key=_place)
    begins = [entry.line_start for entry in ordered[1:]]
    for entry, last in zip(
        ordered, [*begins, ordered[-1].line_end] if ordered else [], strict=True
    ):
        yield entry if entry.line_end <= last else replace(entry, line_end=last)


def _says_something(entry: Entry) -> bool:
    return bool(
        entry.title or entry.arxiv_id or entry.links or entry.authors or entry.tags
        or entry.mentions
    )  # fmt: skip


def _place(record: Entry | Skip) -> int:
    if isinstance(record, Entry):
        return record.line_start
    return int(record.key.rpartition(":")[2])


def _lines(document: Document) -> Iterator[Line]:
    for field in document.matter.fields:
        yield Line(field.number, field.value, "text", 0, field.value, parted=True)
    for section in document.sections:
        if section.heading:
            yield section.heading
        yield from section.lines


FORMAT = Format("written", _likeness, _entries)
