"""What files were read as, remembered, so that an unchanged file is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.model.records import Document, Entry, IdAccount, Skip
from pipeline.store.memory import Memory, key_of


class ReadFile(NamedTuple):
    """What a file is read as, and where the ids went that it prints."""

    records: Sequence[Entry | Skip]
    account: IdAccount


class _Record(NamedTuple):
    """An entry or a skip: one of the two is None."""

    entry: Entry | None
    skip: Skip | None


class _Kept(NamedTuple):
    records: tuple[_Record, ...]
    account: IdAccount


def key_of_document(document: Document) -> bytes:
    """What a document is remembered under; another content is another key.

    Raises OSError where it cannot be read.
    """
    content = hashlib.blake2b()
    for chunk in document.chunks():
        content.update(chunk)
    return key_of("reading", document.file.encode(), content.digest())


def known_file(key: bytes, memory: Memory) -> ReadFile | None:
    """What the file of this key was read as; None where that is not known."""
    for packed in memory.of([key], _Kept).values():
        records = [record.entry or record.skip for record in packed.records]
        return ReadFile([record for record in records if record], packed.account)
    return None


def keep_file(key: bytes, file: ReadFile, memory: Memory) -> None:
    """Remembers what a file was read as."""
    records = tuple(
        _Record(r, None) if isinstance(r, Entry) else _Record(None, r) for r in file.records
    )
    memory.keep({key: _Kept(records, file.account)})
