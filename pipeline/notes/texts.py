"""A note as text that can be written back byte for byte: its mark, its lines, its blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from pipeline.model.written_blocks import (
    WrittenBlock,
    blocks_in,
    head_hash,
    head_in,
    is_only_written,
)

_MARK = b"\xef\xbb\xbf"
_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")


class BlockSpan(NamedTuple):
    """A block in a note, and the characters that it takes with what was put before it."""

    block: WrittenBlock
    start: int
    end: int


class NoteText:
    """The text of a note; `edited` gives bytes again, all else as it was.

    Raises UnicodeDecodeError for what is not UTF-8.
    """

    def __init__(self, content: bytes) -> None:
        self._mark = _MARK if content.startswith(_MARK) else b""
        self.text = content[len(self._mark) :].decode("utf-8")
        if "\0" in self.text:
            raise UnicodeDecodeError("utf-8", content, 0, 1, "it is binary")
        self.newline = "\r\n" if 2 * self.text.count("\r\n") > self.text.count("\n") else "\n"
        self._raw: Sequence[str] = _LINE.findall(self.text)

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        return [line.rstrip("\r\n") for line in self._raw]

    @cached_property
    def places(self) -> list[BlockSpan]:
        """The blocks, in order."""
        starts = [0]
        for line in self._raw:
            starts.append(starts[-1] + len(line))
        return [
            BlockSpan(each, starts[each.start], starts[each.end]) for each in blocks_in(self.lines)
        ]

    @property
    def is_only_written(self) -> bool:
        """Whether its reader wrote nothing of it."""
        return is_only_written(self.lines)

    @property
    def has_written_head(self) -> bool:
        """Whether its head was written by this program, and is as it was written."""
        head = head_in(self.lines)
        return head.digest is not None and head.digest == head_hash(self.lines[: head.end])

    def with_block(self, place: BlockSpan, block: Sequence[str]) -> bytes:
        """The note with another block in the place of one."""
        ended = self.text[place.end - 1 : place.end] == "\n"
        written = self.newline.join(block) + (self.newline if ended else "")
        return self._bytes(self.text[: place.start] + written + self.text[place.end :])

    @property
    def glue(self) -> int:
        """How many ends of lines are wanted before a block at the end: a line stays blank."""
        if not self.text:
            return 0
        return 1 if self.text.endswith("\n") else 2

    def with_block_at_end(self, block: Sequence[str]) -> bytes:
        """The note with a block behind all that is in it."""
        return self._bytes(
            f"{self.text}{self.newline * self.glue}{self.newline.join(block)}{self.newline}"
        )

    def without(self, place: BlockSpan) -> bytes:
        """The note as it was before the block was put into it."""
        before = self.text[: place.start]
        for _ in range(place.block.glue):
            before = before.removesuffix(self.newline)
        return self._bytes(before + self.text[place.end :])

    def with_head(self, head: Sequence[str]) -> bytes:
        """The note with another head, which ends as it ended."""
        end = head_in(self.lines).end
        while end and not self.lines[end - 1]:
            end -= 1
        rest = "".join(self._raw[end:])
        return self._bytes(self.newline.join(head) + self.newline + rest)

    def _bytes(self, text: str) -> bytes:
        return self._mark + text.encode()
