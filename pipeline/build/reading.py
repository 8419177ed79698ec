"""Inputs to entries: found, read, remembered. What `build` and `parse` share, light to import."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from pipeline.digests import FORMATS
from pipeline.digests.reading import entries, note_ids, with_note_ids
from pipeline.model.records import Document, Entry, Progress, Skip
from pipeline.store.inputs import documents, found_inputs
from pipeline.store.parsed import ParsedFiles, parsed_files

T = TypeVar("T")


def silent(items: Iterable[T], _stage: str, /) -> Iterable[T]:
    """Progress for nobody."""
    return items


@contextmanager
def uncollected() -> Iterator[None]:
    """Python does not look for cycles here: records have none, and there are millions."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def parsed(paths: Iterable[Path], progress: Progress = silent) -> Iterator[Entry | Skip]:
    """What the inputs are read as, in order, each link to another note with that note's id.

    Holds one file at a time: what was read waits on disk until all notes are known. Raises
    UsageError where an input does not exist.
    """
    keys: list[str] = []
    printed: dict[str, str] = {}
    found_files = documents(found_inputs(paths))
    with _scratch_folder() as folder, parsed_files(folder) as known_files:
        for document in progress(found_files, "reading"):
            key, records = records_of(document, known_files)
            keys.append(key)
            printed = note_ids(records) | printed
        for key in keys:
            for record in known_files.of(key) or ():
                yield with_note_ids(record, printed)


@contextmanager
def _scratch_folder() -> Iterator[Path | None]:
    """A folder that is gone afterwards; None where this machine has no room for one."""
    try:
        made = TemporaryDirectory(ignore_cleanup_errors=True)
    except OSError:
        yield None
        return
    with made as folder:
        yield Path(folder)


def records_of(
    document: Document | Skip, known_files: ParsedFiles
) -> tuple[str, Sequence[Entry | Skip]]:
    """The key of a file and what it is read as, which is kept under that key."""
    if isinstance(document, Skip):
        key = f"{document.key}\0{document.reason}"
        known_files.keep(key, [document])
        return key, [document]
    try:
        key = known_files.key_of(document)
        known = known_files.of(key)
        if known is None:
            known = list(entries([document], FORMATS))
            known_files.keep(key, known)
    except OSError as error:
        # A note that was there when its folder was listed may be gone, or its disk.
        reason = f"{error.strerror or error}. It was left out; the rest was read."
        return records_of(Skip("digests", document.file, reason), known_files)
    return key, known
