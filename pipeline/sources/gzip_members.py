"""Content that was packed by gzip, which may be of several members one behind the other."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

BEGINNING = b"\x1f\x8b"
_CHUNK = 1 << 20


def inflated(content: bytes) -> Iterator[bytes]:
    """The unpacked content, in pieces of at most a MB; ValueError where it is damaged or cut.

    What stands behind the last member is passed over, as gzip itself does.
    """
    rest = content
    while rest.startswith(BEGINNING):
        member = zlib.decompressobj(wbits=31)
        try:
            while not member.eof:
                piece = member.decompress(rest, _CHUNK)
                rest = member.unconsumed_tail
                if not piece and not rest:
                    break
                yield piece
        except zlib.error as error:
            raise ValueError("damaged gzip") from error
        if not member.eof:
            raise ValueError("gzip that was cut short")
        rest = member.unused_data
