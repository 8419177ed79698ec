"""A note that a program keeps (Evernote, Google Keep) as one of a vault: front matter and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.model.ids import has_four_digits
from pipeline.model.records import Text


class VaultNote(NamedTuple):
    """What a program says of a note: its line in the file, and what it keeps apart."""

    number: int
    title: str
    day: str
    tags: Sequence[str]
    link: str | None
    lines: Sequence[tuple[int, str]]


def text_of_note(file: str, note: VaultNote) -> Text:
    """The note as a text of its own, each line with the one of the file that it stands on."""
    lines: list[str] = []
    numbers: list[int] = []
    for number, line in (*((note.number, line) for line in _head(note)), *note.lines):
        lines.append(line)
        numbers.append(max(number, numbers[-1] if numbers else 1))
    return Text(file, lines, numbers)


def _head(note: VaultNote) -> Iterator[str]:
    may_be_paper = note.link or any(
        "://" in line or has_four_digits(line) for _, line in note.lines
    )
    title = note.title if may_be_paper else ""
    fields = {"title": title, "date": note.day, "source": note.link or ""}
    yield "---"
    for name, value in fields.items():
        if one_line := " ".join(value.split()):
            yield f"{name}: {one_line}"
    if note.tags:
        yield "tags:"
        yield from (f"  - {' '.join(tag.split())}" for tag in note.tags)
    yield from ("---", "")
    if note.day:
        # A note that lists papers has its day above them.
        yield from (f"# {note.day}", "")
    if note.title and not may_be_paper:
        # Whoever keeps all notes of a life there has titled a recipe as well.
        yield from (f"## {note.title}", "")
