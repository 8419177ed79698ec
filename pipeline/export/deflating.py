"""Raw DEFLATE in parts that are cut where the content says, so that most stay as they were.

A text that is inserted changes the part that it is in and the next one; the others are known from
the build before. Each part begins with the 32 kB before it as its dictionary, so it costs no room.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

import numpy as np

from pipeline.model.tables import Piece

LEVEL = 5
"""Of data, level 6 takes half as long again for a hundredth less."""
LEAST_BYTES = 32_768
"""As far back as DEFLATE looks: all that a part refers to is in the one before."""
MOST_BYTES = 4 * LEAST_BYTES
_USUAL_BITS = 13
_WINDOW_BYTES = 8
_LOOKED_BYTES = 8_192
"""So many are looked through at a time."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - _USUAL_BITS)
_CUT = np.uint64(1)
_WIDE_WINDOW = -zlib.MAX_WBITS
_END = b"\x03\x00"
"""An empty last block: https://www.rfc-editor.org/rfc/rfc1951#section-3.2.6"""

_KNOWN: dict[bytes, bytes] = {}
_MET: list[dict[bytes, bytes]] = []
"""The parts since the last `know_parts`; nothing where nobody asks for them."""


def know_parts(parts: Mapping[bytes, bytes]) -> None:
    """Takes for known what `parts_met` gave before, and begins to note what is met."""
    _KNOWN.clear()
    _KNOWN.update(parts)
    _MET[:] = [{}]


def parts_met() -> dict[bytes, bytes] | None:
    """The parts, by key, that a page was made of since the last `know_parts`, for the next time.

    None where they are those that were known; then, and afterwards, nothing is noted.
    """
    met = _MET.pop() if _MET else {}
    return met if met and met.keys() != _KNOWN.keys() else None


def deflated(pieces: Iterable[Piece], level: int = LEVEL) -> bytes:
    """The bytes as raw DEFLATE, which browsers unpack by themselves."""
    before, key_before = b"", b""
    packed: list[bytes] = []
    for part in parts_of(pieces):
        # What a part is packed as hangs on its bytes, and on those of the one before.
        own = sha256(part).digest()
        key = bytes([level]) + key_before + own
        deflated_part = _KNOWN.get(key) or _deflated(part, before, level)
        for met in _MET:
            met[key] = deflated_part
        packed.append(deflated_part)
        before, key_before = part[-LEAST_BYTES:], own
    return b"".join([*packed, _END])


def _deflated(part: bytes, before: bytes, level: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, _WIDE_WINDOW, zdict=before)
    return packer.compress(part) + packer.flush(zlib.Z_SYNC_FLUSH)


def parts_of(pieces: Iterable[Piece]) -> Iterator[bytes]:
    """The bytes in parts that hang on no more than the bytes, not on how they came."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        begin = 0
        while len(waiting) - begin >= MOST_BYTES:
            end = begin + _part_bytes(memoryview(waiting)[begin : begin + MOST_BYTES])
            yield bytes(waiting[begin:end])
            begin = end
        del waiting[:begin]
    while waiting:
        end = _part_bytes(memoryview(waiting)[:MOST_BYTES])
        yield bytes(waiting[:end])
        del waiting[:end]


def _part_bytes(window: memoryview) -> int:
    """Where a part ends: behind the first eight bytes, far enough, that chance has marked."""
    for start in range(LEAST_BYTES, len(window), _LOOKED_BYTES):
        rest = window[start - _WINDOW_BYTES : start + _LOOKED_BYTES]
        # Eight bytes from each place on, which lie on top of each other.
        eights = np.ndarray((len(rest) - _WINDOW_BYTES + 1,), "<u8", rest, strides=(1,))
        is_marked = (eights * _SPREAD) >> _SHIFT == _CUT
        if is_marked.any():
            return start + int(is_marked.argmax())
    return len(window)
