"""Documents to entries: decode, look at the content, and let the format that fits best read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.digests.dates import is_date_line, is_day_alone
from pipeline.digests.days_of_year import with_days_of_year
from pipeline.digests.fields import field_of
from pipeline.digests.lines import SIGNS
from pipeline.digests.program_lines import without_program_lines
from pipeline.digests.unpacking import texts_of
from pipeline.model.counting import counted
from pipeline.model.ids import note_name
from pipeline.model.records import Entry, Format, InputFile, Skip, Text

MOST_RANGES = 20
_HEAD_CHARACTERS = 2_000
NO_DIGEST = (
    "no digest: it names no paper, by a title with its authors, an arXiv id or a link. "
    "If it is one, `digest-graph docs formats` shows what an entry looks like."
)
SURE = 0.85
_FRAME = re.compile(
    r"#{1,6}(?:\s.*)?|[\W_]*|%.*|<!--.*-->|\|?[\s:|-]+\|?|@(?:string|comment|preamble)\b.*"
)
"""Headings, rules, comments: lines that hold other lines together."""


def entries(
    documents: Iterable[InputFile | Skip], formats: Sequence[Format]
) -> Iterator[Entry | Skip]:
    """The entries of documents, in order; a skip for each file, line or entry that holds none.

    Every document gives at least one record.
    """
    for document in documents:
        yield from [document] if isinstance(document, Skip) else _of_document(document, formats)


def _of_document(document: InputFile, formats: Sequence[Format]) -> Iterator[Entry | Skip]:
    for text in texts_of(document):
        yield from [text] if isinstance(text, Skip) else _of_text(text, formats)


def _of_text(text: Text, formats: Sequence[Format]) -> Iterator[Entry | Skip]:
    records = list(detect_format(text, formats).read(text))
    if not records:
        yield Skip("digests", text.file, NO_DIGEST)
        return
    yield from (_in_file(text, record) for record in records)
    passed_over = _passed_over(text, records)
    if passed_over:
        ranges = [*dict.fromkeys((_number(text, a), _number(text, b)) for a, b in passed_over)]
        place = f"{text.file}:{ranges[0][0]}"
        yield Skip("digests", place, f"no paper is named in {_ranges(ranges)}.")


def _in_file(text: Text, record: Entry | Skip) -> Entry | Skip:
    """The record with the lines of the file, where those of the text are others."""
    if text.numbers is None:
        return record
    if isinstance(record, Entry):
        start, end = _number(text, record.line_start), _number(text, record.line_end)
        return replace(record, line_start=start, line_end=max(start, end))
    file, _, line = record.key.rpartition(":")
    return replace(record, key=f"{file}:{_number(text, int(line))}") if file else record


def _number(text: Text, line: int) -> int:
    if not text.numbers:
        return line
    return text.numbers[min(line, len(text.numbers)) - 1]


def detect_format(text: Text, formats: Sequence[Format]) -> Format:
    """The format that a text looks most like: the first that is sure, else the surest."""
    best, highest = formats[0], -1.0
    for format_ in formats:
        likeness = format_.likeness(text)
        if likeness > highest:
            best, highest = format_, likeness
        if likeness >= SURE:
            break
    return best


def _passed_over(text: Text, records: Sequence[Entry | Skip]) -> list[tuple[int, int]]:
    """The first and last of the lines with words that no entry and no skip is about.

    Dates and headings are left out. A skip is about the line it names and those that follow, up to
    a blank line or an entry.
    """
    taken = bytearray(len(text.lines) + 1)
    for record in records:
        if isinstance(record, Entry):
            last = min(record.line_end, len(text.lines))
            taken[record.line_start : last + 1] = b"\1" * (last + 1 - record.line_start)
    skipped = {record.key.rpartition(":")[2] for record in records if isinstance(record, Skip)}
    ranges: list[tuple[int, int]] = []
    is_explained = False
    lines = with_days_of_year(text.file, without_program_lines(text.lines))
    for number, line in enumerate(lines, 1):
        if taken[number] or (line is not None and not line.strip()):
            is_explained = False
            continue
        is_explained = is_explained or (bool(skipped) and str(number) in skipped)
        if is_explained or _frames(text, number, line):
            continue
        first = ranges.pop()[0] if ranges and ranges[-1][1] == number - 1 else number
        ranges.append((first, number))
    return ranges


def _frames(text: Text, number: int, line: str | None) -> bool:
    """Whether a line holds others together: a heading, a rule, a date, the head of a table."""
    below = text.lines[number] if number < len(text.lines) else None
    is_head = below is not None and below.count("-") > 2 and "|" in below
    is_head = is_head or (number == 1 and names_columns(line or ""))
    return is_head or line is None or bool(_FRAME.fullmatch(line.strip())) or _is_day(line)


def _is_day(line: str) -> bool:
    """Whether a line is a day and nothing else, behind a sign too: `■ 2024.09.05`, `●9月5日`."""
    said = line.lstrip(SIGNS).strip()
    return is_date_line(line) or (
        said != line.strip() and (is_date_line(said) or is_day_alone(said))
    )


def names_columns(line: str) -> bool:
    """Whether a line is the head of a CSV table: half of its cells at least name fields."""
    if len(line) > _HEAD_CHARACTERS:
        return False
    cells = [cell for cell in re.split(r"[,;\t]", line.replace('"', "")) if cell.strip()]
    return 0 < len(cells) <= 2 * sum(field_of(cell) is not None for cell in cells)


def _ranges(ranges: Sequence[tuple[int, int]]) -> str:
    """Line numbers in words: `lines 1-4, 9`; after `MOST_RANGES` ranges their count."""
    places = [
        f"{start}-{end}" if end > start else str(start) for start, end in ranges[:MOST_RANGES]
    ]
    more = len(ranges) - MOST_RANGES
    others = f" and {counted(more, 'more place')}" if more > 0 else ""
    word = "line" if ranges[0][0] == ranges[-1][1] else "lines"
    return f"{word} {', '.join(places)}{others}"


def note_ids(records: Iterable[Entry | Skip]) -> dict[str, str]:
    """The arXiv id that each note prints, by the note's name; of several, the first."""
    printed: dict[str, str] = {}
    for record in records:
        if isinstance(record, Entry) and record.arxiv_id:
            printed.setdefault(note_name(record.file), record.arxiv_id)
    return printed


def nickname_ids(records: Iterable[Entry | Skip]) -> Iterator[tuple[str, str]]:
    """What papers with a printed arXiv id are called, as links to notes are, and that id."""
    for record in records:
        if isinstance(record, Entry) and record.arxiv_id:
            beginning, colon, _ = (record.title or "").partition(":")
            for name in (*record.names, *([beginning] if colon else []), record.title or ""):
                if name:
                    yield note_name(name), record.arxiv_id


def with_note_ids(record: Entry | Skip, printed: Mapping[str, str]) -> Entry | Skip:
    """The record, each mention of a note with the arXiv id that this note prints."""
    if isinstance(record, Skip) or not any(mention.note for mention in record.mentions):
        return record
    linked = tuple(
        replace(m, arxiv_id=m.arxiv_id or printed.get(note_name(m.note or "")))
        for m in record.mentions
    )
    return replace(record, mentions=linked)
