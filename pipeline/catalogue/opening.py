"""A build of a catalogue as it is opened: the files that it has, checked, and what they say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple, cast

import pyarrow.parquet as pq
import tantivy

from pipeline.catalogue.failures import checked
from pipeline.catalogue.folder import ABOUT, INDEX, RECORDS, REMEDY, VERSION, current_build, mark_of
from pipeline.model.errors import DataError

_COUNTED = frozenset(
    "made_of records with_authors with_abstract repaired duplicates skipped newest months".split()
)
_BUILD = "Run `digest-graph catalogue build FILE` first."


class Opened(NamedTuple):
    """A build, what it says of itself, and its files."""

    build: Path
    about: dict[str, Any]
    parquet: pq.ParquetFile
    search_index: tantivy.Index
    mark: bytes


def in_use(folder: Path) -> Opened:
    """The build in use. Another run may put a new one in its place while it is being opened."""
    build = current_build(folder)
    while build is not None:
        try:
            return _opened(build)
        except DataError:
            before, build = build, current_build(folder)
            if build == before:
                raise
    raise DataError(folder, "no catalogue here", _BUILD)


def _opened(build: Path) -> Opened:
    about = _about(build)
    with checked(build):
        parquet = pq.ParquetFile(
            build.absolute() / RECORDS, memory_map=True, page_checksum_verification=True
        )
        index = tantivy.Index.open(str(build / INDEX))
        return Opened(build, about, parquet, index, mark_of(build))


def _about(build: Path) -> dict[str, Any]:
    with checked(build):
        about = json.loads((build / ABOUT).read_bytes())
        if about["version"] != VERSION:
            raise DataError(build, "made by another version", REMEDY)
        if lacking := _COUNTED - about.keys():
            raise ValueError(f"no {min(lacking)}")
        for name, size_bytes in about.get("files", {}).items():
            if (build / name).stat().st_size != size_bytes:
                raise DataError(build / name, "damaged (cut off)", REMEDY)
    return cast(dict[str, Any], about)
