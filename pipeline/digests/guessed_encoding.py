"""The encoding of a text that neither is UTF-8 nor names its own, by what its letters are.

Letters outside ASCII stand alone among others in the Latin scripts and in runs in all others. For
the first the alphabets decide, since counts of letters confuse Western and Central Europe; the
second are told apart by charset-normalizer (https://github.com/jawah/charset_normalizer).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain

_SAMPLE_BYTES = 64_000
_LEAST_PAIRED_BYTES = 16
_ALPHABETS = (
    ("cp1252", "äöüß"), ("cp1252", "àâæçéèêëîïôœùûüÿ"), ("cp1252", "áéíñóúüïçàèòªº"),
    ("cp1252", "ãáàâçéêíõóôúüªº"), ("cp1252", "àèéìíòóùú"), ("cp1252", "åäöæøéèêóòôü"),
    ("cp1252", "éëïöüáóèê"), ("cp1250", "ąćęłńóśźż"), ("cp1250", "áčďéěíňóřšťúůýžäĺľŕô"),
    ("cp1250", "áéíóöőúüű"), ("cp1250", "ăâîşţ"), ("cp1250", "čćđšž"),
    ("cp1254", "çğıöşüâîû"), ("cp1252", "áðéíóúýþæö"),
)  # fmt: skip
"""The letters that a language adds to a to z, and the encoding that old programs write them in."""
_LATIN = tuple(dict.fromkeys(encoding for encoding, _ in _ALPHABETS))
_OTHERS = ("cp932", "euc_jp", "gb18030", "big5", "cp1251", "koi8_r", "cp1253", "cp1256")
_TWO_BYTES = ("utf_16_le", "utf_16_be")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_RUN_OF_LATIN = 4
_MEAN_RUN_OF_LATIN = 1.8
_SIGN_IN_WORD = re.compile(r"[^\W\d_][³¹¿¡£¥¦¼½¾][^\W\d_]")
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def guessed_encoding(chunks: Iterable[bytes]) -> str | None:
    """The encoding that the bytes of a text are in most likely; None where they are no text."""
    chunks = iter(chunks)
    head = next(chunks, b"")
    if b"\0" in head:
        pairs = head[: min(len(head), _SAMPLE_BYTES) // 2 * 2]
        return _likeliest(pairs, _TWO_BYTES) if len(pairs) >= _LEAST_PAIRED_BYTES else None
    sample = _lines_outside_ascii(chain((head,), chunks))
    lengths = [len(run) for run in _HIGH_RUN.findall(sample)]
    if not lengths or _CONTROLS.search(sample):
        return None
    if max(lengths) <= _RUN_OF_LATIN and sum(lengths) <= _MEAN_RUN_OF_LATIN * len(lengths):
        return _latin_encoding(sample)
    return _likeliest(sample, _OTHERS)


def _lines_outside_ascii(chunks: Iterable[bytes]) -> bytes:
    """Whole lines with letters outside ASCII, up to `_SAMPLE_BYTES` of them."""
    sample, rest = bytearray(), b""
    for chunk in chain(chunks, (b"\n",)):
        *lines, rest = (rest + chunk).split(b"\n")
        sample += b"".join(line[:_SAMPLE_BYTES] + b"\n" for line in lines if not line.isascii())
        rest = rest[: 2 * _SAMPLE_BYTES]
        if len(sample) >= _SAMPLE_BYTES:
            break
    return bytes(sample)


def _latin_encoding(sample: bytes) -> str | None:
    """The first encoding in which all letters are of one language, else the first that fits."""
    letters_in = {}
    for encoding in _LATIN:
        with suppress(UnicodeDecodeError):
            text = sample.decode(encoding).lower()
            if not _SIGN_IN_WORD.search(text):
                letters_in[encoding] = {c for c in text if c.isalpha() and not c.isascii()}
    for encoding, alphabet in _ALPHABETS:
        if letters_in.get(encoding, {" "}) <= set(alphabet):
            return encoding
    return next(iter(letters_in), None)


def _likeliest(sample: bytes, encodings: Sequence[str]) -> str | None:
    # Loaded for the few files that need it.
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(encodings), preemptive_behaviour=False).best()
    if not best or best.encoding not in encodings:
        return None
    text = sample.decode(best.encoding, "ignore")
    return best.encoding.replace("_", "-") if "".join(text.split()).isprintable() else None
