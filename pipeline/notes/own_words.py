"""What the reader wrote of a paper, and where: the first list of a note about it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

_WORDS_CHARACTERS = 1_500
OF_FILE = "file:"
"""What stands before the path of a file where else the id of a node is."""


class OwnNotes(NamedTuple):
    """Where the reader wrote of a paper: a note about it alone, and files that hold others too."""

    own: Path | None = None
    shared: tuple[Path, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """All of them."""
        return (*filter(None, (self.own,)), *self.shared)

    @property
    def apart(self) -> OwnNotes:
        """The same for a note that lies beside the reader's own."""
        return OwnNotes(None, self.files)


class Point(NamedTuple):
    """A line of a list: a node, or a file of the reader's, and what there is to say beside."""

    node_id: str
    label: str
    url: str | None
    said: str


def own_words(row: Mapping[str, Any], written: OwnNotes) -> tuple[Point, ...]:
    """What the reader wrote of a paper, and in which files; no words that the note itself has."""
    words = "" if written.own else shortened(row["commentary"], _WORDS_CHARACTERS)
    files = [Point(f"{OF_FILE}{path}", _called(path), None, "") for path in written.shared]
    if len(files) == 1:
        return (files[0]._replace(said=words),)
    return (*([Point("", words, None, "")] if words else []), *files)


def _called(path: Path) -> str:
    return path.stem if path.suffix == ".md" else path.name


def shortened(text: str | None, most: int) -> str:
    """A text in one line, of so many characters at most."""
    line = one_line(text or "")
    return line if len(line) <= most else f"{line[: most - 1]}…"


def one_line(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())
