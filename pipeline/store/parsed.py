"""What files were read as, remembered, so that an unchanged file is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from pipeline.model.records import Entry, IdAccount, InputFile, Skip
from pipeline.store.memory import Memory, key_of
from pipeline.store.standing import Standing


class ReadFile(NamedTuple):
    """What a file is read as, and where the ids went that it prints."""

    records: Sequence[Entry | Skip]
    account: IdAccount


class _EntryOrSkip(NamedTuple):
    """An entry or a skip: one of the two is None."""

    entry: Entry | None
    skip: Skip | None


class _Kept(NamedTuple):
    records: tuple[_EntryOrSkip, ...]
    account: IdAccount


class Fingerprint(NamedTuple):
    """What a document is remembered under; another content is another key. And how long it is."""

    key: bytes
    size_bytes: int


def fingerprint(document: InputFile, standing: Standing | None = None) -> Fingerprint:
    """The fingerprint of a document, which is not read where it stands as it did.

    Raises OSError where it cannot be read.
    """
    stood = standing.known(document.file) if standing else None
    if stood:
        return Fingerprint(_key(document, stood.digest), stood.status.size_bytes)
    content, size_bytes = hashlib.sha256(), 0
    for chunk in document.chunks():
        content.update(chunk)
        size_bytes += len(chunk)
    digest = content.digest()
    if standing:
        standing.note(document.file, digest=digest)
    return Fingerprint(_key(document, digest), size_bytes)


def _key(document: InputFile, digest: bytes) -> bytes:
    return key_of("reading", document.file.encode(), digest)


def known_file(key: bytes, memory: Memory) -> ReadFile | None:
    """What the file of this key was read as; None where that is not known."""
    return known_files([key], memory).get(key)


def known_files(keys: Iterable[bytes], memory: Memory) -> dict[bytes, ReadFile]:
    """What the files of these keys were read as, of those of which that is known."""
    return {key: _read_file(kept) for key, kept in memory.of(keys, _Kept).items()}


def keep_file(key: bytes, file: ReadFile, memory: Memory) -> None:
    """Remembers what a file was read as."""
    memory.keep({key: _kept(file)})


def packed_file(file: ReadFile) -> bytes:
    """What a file was read as, for another process."""
    return msgspec.msgpack.encode(_kept(file))


def unpacked_file(packed: bytes) -> ReadFile:
    """What was packed so."""
    return _read_file(msgspec.msgpack.decode(packed, type=_Kept))


def _kept(file: ReadFile) -> _Kept:
    records = tuple(
        _EntryOrSkip(r, None) if isinstance(r, Entry) else _EntryOrSkip(None, r)
        for r in file.records
    )
    return _Kept(records, file.account)


def _read_file(kept: _Kept) -> ReadFile:
    records = [record.entry or record.skip for record in kept.records]
    return ReadFile([record for record in records if record], kept.account)
