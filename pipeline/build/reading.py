"""Inputs to entries: found, read, remembered. What `build` and `parse` share, light to import."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.build.finding import documents
from pipeline.build.long_work import silent
from pipeline.model.records import Entry, IdAccount, InputFile, Progress, Skip
from pipeline.store.inputs import found_inputs
from pipeline.store.memory import Memory, key_of, memory_in
from pipeline.store.parsed import ReadFile, fingerprint, keep_file, known_file


def parsed(
    paths: Iterable[Path], progress: Progress = silent, exclude: Sequence[str] = ()
) -> Iterator[Entry | Skip]:
    """What the inputs are read as, in order, each link to another note with that note's id.

    Holds one file at a time: what was read waits on disk until all notes are known. Raises
    UsageError where an input does not exist.
    """
    from pipeline.digests.reading import nickname_ids, note_ids, with_note_ids

    keys: list[bytes] = []
    printed: dict[str, str] = {}
    called: dict[str, set[str]] = defaultdict(set)
    found_files = documents(found_inputs(paths), exclude=exclude)
    with _scratch_folder() as folder, memory_in(folder) as memory:
        for document in progress(found_files, "reading"):
            key, file = _read_and_key(document, memory)
            keys.append(key)
            printed = note_ids(file.records) | printed
            for name, arxiv_id in nickname_ids(file.records):
                called[name].add(arxiv_id)
        # A link that leads to no note leads to the one paper that is called so.
        printed = {name: next(iter(ids)) for name, ids in called.items() if len(ids) == 1} | printed
        for key in keys:
            kept_file = known_file(key, memory)
            for record in kept_file.records if kept_file else ():
                yield with_note_ids(record, printed)


def accounts(
    paths: Iterable[Path], progress: Progress = silent, exclude: Sequence[str] = ()
) -> Iterator[IdAccount]:
    """Where the arXiv ids went that each input prints, file by file."""
    with memory_in(None) as memory:
        found_files = documents(found_inputs(paths), exclude=exclude)
        for document in progress(found_files, "reading"):
            yield read_file(document, memory).account


@contextmanager
def _scratch_folder() -> Iterator[Path | None]:
    """A folder that is gone afterwards; None where this machine has no room for one."""
    try:
        temporary = TemporaryDirectory(ignore_cleanup_errors=True)
    except OSError:
        yield None
        return
    with temporary as folder:
        yield Path(folder)


def read_file(document: InputFile | Skip, memory: Memory) -> ReadFile:
    """What one file is read as; it is remembered, and not read again where it is the same."""
    return _read_and_key(document, memory)[1]


def _read_and_key(document: InputFile | Skip, memory: Memory) -> tuple[bytes, ReadFile]:
    if isinstance(document, Skip):
        key = key_of("skipped", document.key.encode(), document.reason.encode())
        file = ReadFile([document], IdAccount(document.key))
        keep_file(key, file, memory)
        return key, file
    try:
        key = fingerprint(document).key
        in_file = known_file(key, memory)
        if in_file is None:
            in_file = read_anew(document)
            keep_file(key, in_file, memory)
    except OSError as error:
        return _read_and_key(unreadable(document, error), memory)
    return key, in_file


def read_anew(document: InputFile) -> ReadFile:
    """What a document is read as. Raises OSError where it cannot be."""
    # Loaded here, as a build of notes that are known already reads none.
    from pipeline.digests import FORMATS
    from pipeline.digests.printed import account_of
    from pipeline.digests.reading import entries

    records = list(entries([document], FORMATS))
    return ReadFile(records, account_of(document, records))


def unreadable(document: InputFile, error: OSError) -> Skip:
    """A note that was there when its folder was listed may be gone, or its disk."""
    reason = f"{error.strerror or error}. It was left out; the rest was read."
    return Skip("digests", document.file, reason)


def nothing_read(
    paths: Sequence[Path], files: Sequence[InputFile | Skip], skips: Sequence[Skip]
) -> str:
    """Why no input holds an entry: what was looked at, and what was left out."""
    names = ", ".join("this folder" if path == Path() else str(path) for path in paths)
    looked_at = [file.file for file in files if isinstance(file, InputFile)]
    suffixes = Counter(Path(file).suffix.casefold() or "no suffix" for file in looked_at)
    seen = ", ".join(f"{number:,} of {suffix}" for suffix, number in sorted(suffixes.items()))
    why = "".join(f"\n  {skip.key}: {skip.reason}" for skip in skips[:10])
    looked = f" Looked at: {seen}." if seen else ""
    return f"no entry found in {names}.{looked} Give files that hold digests.{why}"
