"""Bytes to lines: the encodings that notes come in, each strictly.

Guessers misread short Korean text, so a fixed order is tried: the byte order mark, UTF-8, the
encoding that the file itself names in its first lines, CP949 if what comes out is modern Korean,
and only then the likeliest one, which the reader is told. Anything else is refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from pipeline.digests.guessed_encoding import guessed_encoding
from pipeline.digests.packed_lines import held_lines
from pipeline.model.records import InputFile, Skip, Text
from pipeline.model.unicode_forms import nfc

LINE_CHARACTERS = 1_000_000
"""A longer line is no line of a digest; it is left out and never held in memory."""
MOST_LINES = 4_000_000
"""Of more, which no reader wrote, a part is read: each takes some 20 µs."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPES = re.compile(rb"\x1b(?:\$[@B]|\([JI])")
"""How Japanese mail of seven bits changes its letters (ISO-2022-JP)."""
_NAMED = re.compile(
    rb"%\s*encoding:\s*(?P<jabref>[\w-]{2,30})|coding[:=]\s*(?P<emacs>[\w-]{2,30})"
    rb"|(?:encoding|charset)\s*=\s*[\"']?(?P<xml>[\w-]{2,30})",
    re.IGNORECASE,
)
_NAMED_WITHIN_BYTES = 1_000
_REMEDY = "Save it as UTF-8 and build again; if it is no text, move it out of the folder."


@dataclass(frozen=True)
class GuessedText(Text):
    """A text in an encoding that is a guess, by Python's name for it."""

    encoding: str = ""


class _UndecodableError(Exception):
    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        self.reason = reason


class _BinaryError(_UndecodableError):
    pass


def text_of(document: InputFile) -> Text | Skip:
    """The lines of a document in Unicode NFC; a skip that says what to do where it is no text."""
    head = next(document.chunks(), b"")
    if not head:
        return Skip("digests", document.file, "the file is empty. Nothing to read in it.")
    try:
        return _text_by_order(document, head)
    except _UndecodableError as refused:
        guess = guessed_encoding(document.chunks())
        with suppress(_UndecodableError):
            if guess:
                text = _text_in(document, guess)
                return GuessedText(text.file, text.lines, encoding=guess)
        return Skip("digests", f"{document.file}:{refused.line}", f"{refused.reason}. {_REMEDY}")


def _text_by_order(document: InputFile, head: bytes) -> Text:
    marked = _marked_encoding(head)
    if marked:
        return _text_in(document, marked)
    try:
        return _text_in(document, "utf-8")
    except _BinaryError:
        raise
    except _UndecodableError as not_utf8:
        encoding = _named_encoding(head)
        return _text_in(document, encoding) if encoding else _read_korean(document, not_utf8)


def capped_lines(pieces: Iterable[str], limit: int = LINE_CHARACTERS) -> Iterator[str | None]:
    r"""The lines of a text that comes in pieces, without their ends; None for one over `limit`.

    Holds at most one piece and `limit` characters. `\n`, `\r\n` and `\r` end a line.
    """
    parts: list[str] = []
    size = 0
    for piece in _with_newlines(pieces):
        *ended, unfinished = piece.split("\n")
        for part in ended:
            yield "".join((*parts, part)) if size + len(part) <= limit else None
            parts, size = [], 0
        size += len(unfinished)
        parts = [*parts, unfinished] if size <= limit else []
    if size:
        yield "".join(parts) if size <= limit else None


def _with_newlines(pieces: Iterable[str]) -> Iterator[str]:
    open_return = False
    for piece in pieces:
        text = "\r" + piece if open_return else piece
        open_return = text.endswith("\r")
        text = text[:-1] if open_return else text
        yield text.replace("\r\n", "\n").replace("\r", "\n")
    if open_return:
        yield "\n"


def _marked_encoding(head: bytes) -> str | None:
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    return "iso2022_jp_ext" if marked is None and _ESCAPES.search(head) else marked


def _named_encoding(head: bytes) -> str | None:
    """The encoding of one byte a character, or of East Asia, that a file says it is in."""
    match = _NAMED.search(head[:_NAMED_WITHIN_BYTES])
    name = match[match.lastgroup or 0].decode("ascii") if match else ""
    try:
        # Raises for what is no encoding of text, as `rot13` and `base64`.
        b"plain".decode(name)
        encoding = codecs.lookup(name).name
    except (LookupError, UnicodeError):
        return None
    return None if encoding.startswith(("utf", "unicode", "ascii")) else encoding


def _text_in(document: InputFile, encoding: str) -> Text:
    lines = islice(capped_lines(_decoded(document.chunks(), encoding)), MOST_LINES + 1)
    return Text(document.file, held_lines(None if line is None else nfc(line) for line in lines))


def _decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    line = 1
    for chunk in _ended(chunks):
        if chunk and b"\0" in chunk and not encoding.startswith(("utf-16", "utf-32")):
            line += chunk[: chunk.index(b"\0")].count(b"\n")
            reason = "it has NUL bytes, so it is binary, or UTF-16 without its mark"
            raise _BinaryError(line, reason)
        try:
            text = decoder.decode(chunk or b"", final=chunk is None)
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            byte = error.object[error.start]
            raise _UndecodableError(line, f"byte 0x{byte:02x} is not {encoding.upper()}") from error
        line += text.count("\n")
        yield text


def _ended(chunks: Iterable[bytes]) -> Iterator[bytes | None]:
    yield from chunks
    yield None


def _read_korean(document: InputFile, not_utf8: _UndecodableError) -> Text:
    try:
        text = _text_in(document, "cp949")
    except _UndecodableError:
        reason = f"{not_utf8.reason}, and not Korean CP949"
        raise _UndecodableError(not_utf8.line, reason) from None
    if not _is_modern_korean(text):
        raise _UndecodableError(
            not_utf8.line, f"{not_utf8.reason}, and read as CP949 it is no Korean"
        )
    return text


def _is_modern_korean(text: Text) -> bool:
    # Japanese and Chinese bytes decode as CP949 too, but to kana, hanja and rare syllables;
    # modern Korean keeps to the 2,350 syllables of KS X 1001.
    foreign = [c for line in text.lines if line for c in line if not c.isascii() and c.isalpha()]
    common = sum("가" <= c <= "힣" and _in_ks_x_1001(c) for c in foreign)
    return common >= 0.9 * max(len(foreign), 1)


def _in_ks_x_1001(syllable: str) -> bool:
    try:
        return len(syllable.encode("euc_kr")) == 2
    except UnicodeEncodeError:
        return False
