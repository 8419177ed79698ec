"""Inputs to entries: found, read, remembered. What `build` and `parse` share, light to import."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

from pipeline.build.finding import documents
from pipeline.digests import FORMATS
from pipeline.digests.printed import account_of, ledger_of
from pipeline.digests.reading import entries, note_ids, with_note_ids
from pipeline.model.records import Document, Entry, IdAccount, IdLedger, Progress, Skip
from pipeline.store.inputs import found_inputs
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


class ReadFile(NamedTuple):
    """What a file is read as, where the ids went that it prints, and the key of both."""

    key: str
    records: Sequence[Entry | Skip]
    account: IdAccount


def parsed(
    paths: Iterable[Path], progress: Progress = silent, exclude: Sequence[str] = ()
) -> Iterator[Entry | Skip]:
    """What the inputs are read as, in order, each link to another note with that note's id.

    Holds one file at a time: what was read waits on disk until all notes are known. Raises
    UsageError where an input does not exist.
    """
    keys: list[str] = []
    printed: dict[str, str] = {}
    found_files = documents(found_inputs(paths), exclude=exclude)
    with _scratch_folder() as folder, parsed_files(folder) as known_files:
        for document in progress(found_files, "reading"):
            file = read_file(document, known_files)
            keys.append(file.key)
            printed = note_ids(file.records) | printed
        for key in keys:
            for record in known_files.of(key) or ():
                yield with_note_ids(record, printed)


def accounts(
    paths: Iterable[Path], progress: Progress = silent, exclude: Sequence[str] = ()
) -> Iterator[IdAccount]:
    """Where the arXiv ids went that each input prints, file by file."""
    with parsed_files(None) as known_files:
        found_files = documents(found_inputs(paths), exclude=exclude)
        for document in progress(found_files, "reading"):
            yield read_file(document, known_files).account


def all_read(
    found_files: Iterable[Document | Skip], kept_in: Path | None, progress: Progress = silent
) -> tuple[list[Entry | Skip], IdLedger]:
    """What all files are read as, and the ledger of the ids that they print.

    What was read is remembered in the folder `kept_in`; where that fails, a skip says so.
    """
    records: list[Entry | Skip] = []
    told: list[IdAccount] = []
    with parsed_files(kept_in) as known_files:
        for document in progress(found_files, "reading"):
            file = read_file(document, known_files)
            records += file.records
            told.append(file.account)
    if known_files.unkept:
        records.append(Skip("digests", "memory of files", known_files.unkept))
    return records, ledger_of(told)


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


def read_file(document: Document | Skip, known_files: ParsedFiles) -> ReadFile:
    """What one file is read as; it is kept, and taken from there where it is the same."""
    if isinstance(document, Skip):
        key = f"{document.key}\0{document.reason}"
        known_files.keep(key, [document])
        return ReadFile(key, [document], IdAccount(document.key))
    try:
        key = known_files.key_of(document)
        known = known_files.of(key)
        if known is None:
            known = list(entries([document], FORMATS))
            known_files.keep(key, known)
        account = known_files.account_of(key)
        if account is None:
            account = account_of(document, known)
            known_files.keep_account(key, account)
    except OSError as error:
        # A note that was there when its folder was listed may be gone, or its disk.
        reason = f"{error.strerror or error}. It was left out; the rest was read."
        return read_file(Skip("digests", document.file, reason), known_files)
    return ReadFile(key, known, account)


def nothing_read(
    paths: Sequence[Path], files: Sequence[Document | Skip], skips: Sequence[Skip]
) -> str:
    """Why no input holds an entry: what was looked at, and what was left out."""
    named = ", ".join(map(str, paths))
    looked_at = [file.file for file in files if isinstance(file, Document)]
    suffixes = Counter(Path(file).suffix.casefold() or "no suffix" for file in looked_at)
    seen = ", ".join(f"{number:,} of {suffix}" for suffix, number in sorted(suffixes.items()))
    why = "".join(f"\n  {skip.key}: {skip.reason}" for skip in skips[:10])
    looked = f" Looked at: {seen}." if seen else ""
    return f"no entry found in {named}.{looked} Give files that hold digests.{why}"
