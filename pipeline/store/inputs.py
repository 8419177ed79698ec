"""The files that a reader gives: found, in a fixed order, and read in pieces."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from glob import glob
from pathlib import Path
from typing import BinaryIO

from pipeline.model.errors import UsageError
from pipeline.model.records import InputFile, Skip
from pipeline.model.written_blocks import is_only_written
from pipeline.settings.paths import real_path, usable_path
from pipeline.store import doubtful, zotero
from pipeline.store.archives import CHUNK_BYTES, documents_in
from pipeline.store.ignored import Ignored
from pipeline.store.kinds import HEAD_BYTES, kind_of
from pipeline.store.standard_input import STANDARD_INPUT, standard_input
from pipeline.store.standing import Standing
from pipeline.store.walking import files_of, shown_name

_LEFT_OUT = "It was left out; the rest was read."


def found_inputs(paths: Iterable[Path]) -> list[Path]:
    """The inputs with patterns (`notes/*.md`) replaced by what they name, in order of names.

    Raises UsageError for the first that names nothing.
    """
    inputs: list[Path] = []
    for path in paths:
        is_one_input = path == STANDARD_INPUT or is_program(path) or _is_there(path)
        named_paths = [path] if is_one_input else []
        named_paths = named_paths or list(map(Path, sorted(glob(str(path), recursive=True))))  # noqa: PTH207
        if not named_paths:
            raise UsageError(f"{path}: no such file or folder. Give the digests that you have.")
        inputs += named_paths
    return inputs


def is_program(path: Path) -> bool:
    """Whether an input is what a program answers that runs on this machine: `zotero:`."""
    return str(path).startswith("zotero:")


def _is_there(path: Path) -> bool:
    """Whether there is such a file. One whose name is not UTF-8 can be read."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return usable_path(path).exists()


def documents(
    paths: Iterable[Path],
    without: Path | None = None,
    exclude: Sequence[str] = (),
    standing: Standing | None = None,
) -> Iterator[InputFile | Skip]:
    """The files behind `paths`, each once: files as given, folders in the order of their names.

    `-` is standard input, a `.zip` holds the files within it, and `zotero.sqlite` those that are
    made of its items. Hidden files and folders, the folder `without` (the outputs), the overrides
    file and what is ignored (by `exclude` and as in `ignored`) are passed over; links to folders
    are not followed. What cannot be opened is a skip. Source code, images and other files that are
    no digests are one skip for each of `paths`, which counts them by kind. What is known by
    `standing` of the kind of a file holds.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        passed_over: Counter[str] = Counter()
        for document, status in _documents_at(path, without, exclude, seen):
            if isinstance(document, Skip):
                yield document
                continue
            kind = _kind_as_it_stands(document, status, standing)
            if kind is None:
                yield document
            elif isinstance(kind, Skip):
                yield kind
            else:
                passed_over[kind] += 1
        if passed_over:
            counts = ", ".join(f"{kind} ({n:,})" for kind, n in sorted(passed_over.items()))
            yield Skip("digests", shown_name(path), f"no digests, and passed over: {counts}.")


def _kind_as_it_stands(
    document: InputFile, status: os.stat_result | None, standing: Standing | None
) -> str | Skip | None:
    if standing is None or status is None:
        return _kind(document)
    stood = standing.meet(document.file, status)
    kind = stood.kind if stood else _kind(document)
    if isinstance(kind, str):
        standing.note(document.file, kind)
    return kind


def _kind(document: InputFile) -> str | Skip | None:
    """What kind of file it is if it is no digest, a skip if it cannot be read; None for others."""
    try:
        head = next(document.chunks(), b"")[:HEAD_BYTES]
    except OSError as error:
        remedy = "Make it readable." if isinstance(error, PermissionError) else _LEFT_OUT
        return Skip("digests", document.file, f"{error.strerror or error}. {remedy}")
    drawn = document.file.casefold().endswith(".canvas")
    if (drawn or b"digest-graph" in head.lower()) and _is_only_written(document):
        return "files that `digest-graph notes` wrote"
    kind = kind_of(document.file, head)
    if kind and kind.remedy:
        return Skip("digests", document.file, f"{kind.remedy}.")
    if kind and kind.name and doubtful.may_be_read(kind.name, document.file):
        return kind.name if doubtful.is_passed_over(kind.name, _content(document)) else None
    return kind.name if kind else None


def _content(document: InputFile) -> bytes:
    """The bytes of a file, as far as a doubtful one is looked at and a little more."""
    content = bytearray()
    for chunk in document.chunks():
        content += chunk
        if len(content) > doubtful.MOST_BYTES:
            break
    return bytes(content)


def _is_only_written(document: InputFile) -> bool:
    content = b"".join(document.chunks())
    if document.file.casefold().endswith(".canvas"):
        return b'"digest-graph"' in content
    return is_only_written(content.decode("utf-8", "replace").splitlines())


def _documents_at(
    path: Path, without: Path | None, exclude: Sequence[str], seen: set[tuple[int, int]]
) -> Iterator[tuple[InputFile | Skip, os.stat_result | None]]:
    """The documents of a path, those that are files of their own with their status."""
    if path == STANDARD_INPUT:
        content = standard_input("Pipe the notes in, or name files.").read()
        yield InputFile("-", partial(_pieces, content)), None
        return
    for file in files_of(path, real_path(without) if without else None, exclude):
        if isinstance(file, Skip):
            yield file, None
            continue
        status = _status(file)
        if isinstance(status, Skip):
            yield status, None
        elif (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            if file.suffix.casefold() == ".zip":
                within = documents_in(file, shown_name(file))
                yield from ((d, None) for d in _unless_excluded(within, file, exclude))
            elif zotero.is_zotero(file, named=file == path):
                within = zotero.zotero_documents(file, shown_name(file))
                yield from ((d, None) for d in _unless_excluded(within, file, exclude))
            else:
                chunks = partial(_chunks, partial(file.open, "rb"))
                yield InputFile(shown_name(file), chunks), status


def _unless_excluded(
    records: Iterable[InputFile | Skip], archive: Path, exclude: Sequence[str]
) -> Iterator[InputFile | Skip]:
    """What an archive holds, without the files that `exclude` names."""
    ignored, shown = Ignored(archive, exclude), shown_name(archive)
    for record in records:
        inside = (
            archive / record.file.removeprefix(f"{shown}/")
            if isinstance(record, InputFile)
            else None
        )
        if inside is None or not ignored.has(inside, (), is_folder=False):
            yield record
    yield from ignored.told()


def _status(file: Path) -> os.stat_result | Skip:
    try:
        status = file.stat()
    except OSError as error:
        return Skip("digests", shown_name(file), f"{error.strerror}. Make it readable.")
    if not stat.S_ISREG(status.st_mode):
        return Skip("digests", shown_name(file), "no regular file. Give a pipe as - instead.")
    return status


def _chunks(opened: partial[BinaryIO]) -> Iterator[bytes]:
    with opened() as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk


def _pieces(content: bytes) -> Iterator[bytes]:
    yield from (content[at : at + CHUNK_BYTES] for at in range(0, len(content), CHUNK_BYTES))
