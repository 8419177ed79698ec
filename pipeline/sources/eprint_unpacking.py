"""The TeX files of a paper's source, unpacked in memory and within bounds.

arXiv sends a tar archive, one TeX file or a PDF, packed by gzip or not; what it is stands in
its first bytes. Nothing is written to disk, and no name in an archive is ever a path here.
https://info.arxiv.org/help/submit_tex.html
"""

from __future__ import annotations

import re
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from pipeline.sources.gzip_members import BEGINNING, inflated

UNPACKED_BYTES = 64_000_000
MEMBERS = 5_000
SECONDS = 8.0
_RATIO = 200
_RATIO_FREE_BYTES = 4_000_000
_BLOCK = 512
_NAME_BYTES = 4_096
_KIND_BYTES = {".bbl": 3_000_000, ".tex": 8_000_000, ".bib": 16_000_000}
_SUFFIXES = {".bbl": ".bbl", ".bib": ".bib", ".tex": ".tex", ".ltx": ".tex", ".latex": ".tex"}
_TEX = re.compile(
    rb"\\(?:documentclass|documentstyle|begin|input|magnification|font|def|bibitem|bye|end)\b"
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype html|html|head|body)", re.IGNORECASE
)
_NOT_TEX = (b"%PDF", b"%!PS", b"\x1f\x8b", b"PK\x03\x04", b"\x89PNG", b"\xd0\xcf\x11\xe0")
_PATH = re.compile(rb"(?:\A|\n)\d{1,6} path=([^\n\0]{1,4096})")

SecondsNow = Callable[[], float]


class TexFile(NamedTuple):
    """A file of a source: the stem of its name, what it is (`.tex`, `.bbl`, `.bib`), its text."""

    stem: str
    kind: str
    text: str


class Unpacked(NamedTuple):
    """The TeX files of a source, in the order of the archive; or the bound that it went over."""

    files: tuple[TexFile, ...] = ()
    over_bound: str | None = None


class _OverBoundError(Exception):
    """Internal to this module: the source asks for more than is given."""


def unpacked(content: bytes, clock: SecondsNow = time.monotonic) -> Unpacked:
    """The TeX files in what arXiv sent; none for a PDF. ValueError where it is no source.

    Links, devices, sparse files and archives within archives are passed over. A source over
    `UNPACKED_BYTES`, `MEMBERS` or `SECONDS`, or packed beyond all reason, is not read at all.
    """
    until = clock() + SECONDS
    try:
        packed = content.startswith(BEGINNING)
        plain = _inflated(content, until, clock) if packed else content
        if _header(plain, 0):
            return Unpacked(tuple(_tex_files(plain, until, clock)))
    except _OverBoundError as error:
        return Unpacked(over_bound=str(error))
    if plain.startswith(_NOT_TEX) and (packed or plain.startswith((b"%PDF", b"%!PS"))):
        return Unpacked()
    if not packed:
        _check_tex(plain)
    if len(plain) > _KIND_BYTES[".tex"]:
        return Unpacked(over_bound="one file of more than 8 MB")
    return Unpacked((TexFile("", ".tex", _decoded(plain)),))


def _check_tex(plain: bytes) -> None:
    """ValueError for an error page, a bare message, or TeX that ends too soon."""
    if _HTML.match(plain) or not _TEX.search(plain):
        raise ValueError("neither an archive nor TeX nor PDF")
    if b"\\begin{document}" in plain and b"\\end{document}" not in plain:
        raise ValueError("TeX that was cut short")


def _inflated(content: bytes, until: float, clock: SecondsNow) -> bytes:
    bound = min(UNPACKED_BYTES, max(_RATIO_FREE_BYTES, len(content) * _RATIO))
    plain = bytearray()
    for piece in inflated(content):
        plain += piece
        if len(plain) > bound:
            raise _OverBoundError(f"more than {bound:,} bytes unpacked")
        _check_time(until, clock)
    return bytes(plain)


def _check_time(until: float, clock: SecondsNow) -> None:
    if clock() > until:
        raise _OverBoundError(f"more than {SECONDS:.0f} seconds to unpack")


def _header(plain: bytes, start: int) -> tarfile.TarInfo | None:
    try:
        return tarfile.TarInfo.frombuf(plain[start : start + _BLOCK], "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return None


def _tex_files(plain: bytes, until: float, clock: SecondsNow) -> Iterator[TexFile]:
    left = dict(_KIND_BYTES)
    for name, start, size in _members(plain, until, clock):
        path = PurePosixPath(name.lower())
        content = plain[start : start + min(size, max(_KIND_BYTES.values()) + 1)]
        kind = _SUFFIXES.get(path.suffix)
        if kind is None and path.suffix in ("", ".txt") and _TEX.search(content[:100_000]):
            kind = ".tex"
        if kind and size <= left[kind]:
            left[kind] -= size
            yield TexFile(path.stem, kind, _decoded(content))


def _members(plain: bytes, until: float, clock: SecondsNow) -> Iterator[tuple[str, int, int]]:
    """The name, place and size of each plain file. Only headers are read, never followed.

    tarfile's own reader is not used, as it follows what a hostile header says of the next ones.
    """
    long_name = None
    start = members = 0
    while header := _header(plain, start):
        members += 1
        if members > MEMBERS:
            raise _OverBoundError(f"more than {MEMBERS:,} files")
        _check_time(until, clock)
        start += _BLOCK
        if header.size < 0 or start + header.size > len(plain):
            raise ValueError("an archive that was cut short")
        extended_name = plain[start : start + min(header.size, _NAME_BYTES)]
        if header.type == tarfile.GNUTYPE_LONGNAME:
            long_name = extended_name.rstrip(b"\0").decode("utf-8", "replace")
        elif header.type == tarfile.XHDTYPE:
            path = _PATH.search(extended_name)
            long_name = path[1].decode("utf-8", "replace") if path else None
        else:
            if header.type in (tarfile.REGTYPE, tarfile.AREGTYPE):
                yield long_name or header.name, start, header.size
            long_name = None
        start += -(-header.size // _BLOCK) * _BLOCK
    if plain[start : start + _BLOCK].strip(b"\0"):
        raise ValueError("an archive with a damaged header")


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")
