"""The inputs that a reader names, as documents: files and folders, and what Zotero answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.model.errors import UsageError
from pipeline.model.records import InputFile, Skip
from pipeline.store.inputs import documents as documents_of_files
from pipeline.store.inputs import is_program
from pipeline.store.standing import Standing
from pipeline.store.zotero_items import Library, library_documents

if TYPE_CHECKING:
    from pipeline.build.forking import Copied

_ASKED = re.compile(r"zotero:(?P<port>\d{1,5})?/?(?P<library>users/0|groups/\d{1,12})?/?")


class Listed(NamedTuple):
    """Inputs as they were found, how they stand, and what a copy reads of them meanwhile."""

    files: list[InputFile | Skip]
    standing: Standing
    ahead: Copied[dict[bytes, bytes]] | None = None


def listed(
    paths: Iterable[Path], without: Path | None, exclude: Sequence[str], standing: Standing
) -> Listed:
    """The documents behind `paths`, with how they stand. Raises as `documents` does."""
    return Listed(list(documents(paths, without, exclude, standing)), standing)


def documents(
    paths: Iterable[Path],
    without: Path | None = None,
    exclude: Sequence[str] = (),
    standing: Standing | None = None,
) -> Iterator[InputFile | Skip]:
    """The documents behind `paths`: of files as `store.inputs.documents`, of `zotero:` its items.

    `zotero:` is the reader's library and all groups, `zotero:users/0` or `zotero:groups/12` one of
    them; a port stands before (`zotero:23120/groups/12`). `exclude` is of files alone.

    Raises UsageError for another form, and FetchError where Zotero does not answer.
    """
    files: list[Path] = []
    for path in paths:
        if not is_program(path):
            files.append(path)
            continue
        yield from documents_of_files(files, without, exclude, standing)
        files = []
        for library in _libraries(str(path)):
            yield from library_documents(library)
    yield from documents_of_files(files, without, exclude, standing)


def _libraries(asked: str) -> Iterator[Library]:
    # Loaded here, as it loads what speaks to a network.
    from pipeline.fetch.zotero_api import PORT, api_records

    match = _ASKED.fullmatch(asked)
    if not match:
        forms = "`zotero:`, `zotero:users/0` or `zotero:groups/12`"
        raise UsageError(f"{asked}: no library. Write it as {forms}, a port before it if need be.")
    port = int(match["port"] or PORT)
    libraries = [match["library"]] if match["library"] else ["users/0"]
    if not match["library"]:
        groups = (group.get("id") for group in api_records("users/0/groups", port))
        libraries += [f"groups/{number}" for number in groups if str(number).isdecimal()]
    for library in libraries:
        items = _data(api_records(f"{library}/items", port, includeTrashed="1"))
        collections = _data(api_records(f"{library}/collections", port))
        place = f"zotero:{library}" if library != "users/0" else "zotero:library"
        yield Library(place, [item for item in items if item.get("itemType")], collections)


def _data(records: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the records hold, of those that have a key, each with its date as Zotero reads it."""
    items = []
    for record in records:
        data = record.get("data")
        if isinstance(data, dict) and data.get("key"):
            read = (record.get("meta") or {}).get("parsedDate")
            items.append({**data, **({"date": read} if read else {})})
    return items
