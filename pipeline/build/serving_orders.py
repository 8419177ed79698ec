"""What the second process does: orders in, bytes out, until the first one closes the pipe."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path

import msgspec

from pipeline.build.giving_back import give_back
from pipeline.build.loading import load_pyvis
from pipeline.build.long_work import uncollected
from pipeline.build.packing import decoder, read_parts, unpacked, write_parts
from pipeline.build.reading import read_anew
from pipeline.build.signing_beside import packed_signers
from pipeline.export import FORMATS, GRAPH_FILES, entries_xlsx, gexf, pyvis_page, report
from pipeline.identity.tag_suggestions import tag_suggestions
from pipeline.model.records import Entry, InputFile
from pipeline.settings.tags import TagRules
from pipeline.store.mapped_tables import mapped
from pipeline.store.outputs import write_pieces
from pipeline.store.parsed import packed_file

_BUILD_FILES = (entries_xlsx.BUILD_FILE, report.BUILD_FILE, report.LISTS_FILE)
_GRAPH_FILES = (pyvis_page.GRAPH_FILE, gexf.GRAPH_FILE)
MADE_BESIDE = tuple(file.file_name for file in (*_BUILD_FILES, *_GRAPH_FILES))
"""The files that are made in the second process: those that take longest, but for the page."""


def serve() -> None:
    """Answers each order in turn."""
    # Ctrl-C is for the first process, which ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError), uncollected():
        while order := read_parts(sys.stdin.buffer):
            task, *parts = order
            del order
            write_parts(sys.stdout.buffer, [msgspec.msgpack.encode(_TASKS[task](parts))])
            del parts
            if task != b"read":
                gc.collect()
                give_back()
            if task == b"suggestions":
                # What files need takes a while to load, and is there when they are ordered.
                load_pyvis()
                import_module("xlsxwriter")


def _read(parts: list[bytes]) -> list[bytes]:
    names, contents = parts[::2], parts[1::2]
    return [
        packed_file(read_anew(InputFile(name.decode(), partial(_one, content))))
        for name, content in zip(names, contents, strict=True)
    ]


def _one(content: bytes) -> Iterator[bytes]:
    return iter([content])


def _suggestions(parts: list[bytes]) -> object:
    entries, rules = parts
    return tag_suggestions(
        decoder(tuple[Entry, ...]).decode(entries), decoder(TagRules).decode(rules)
    )


def _files(parts: list[bytes]) -> dict[str, bytes]:
    build = unpacked(parts)
    made = {file.file_name: file.pieces(build) for file in _BUILD_FILES}
    made |= {file.file_name: file.pieces(build.nodes, build.edges) for file in _GRAPH_FILES}
    return {name: b"".join(pieces) for name, pieces in made.items()}


def _write(parts: list[bytes]) -> bool:
    folder, name = Path(os.fsdecode(parts[0])), parts[1].decode()
    files = chain(GRAPH_FILES, *FORMATS.values())
    pieces = next(file.pieces for file in files if file.file_name == name)
    write_pieces(folder / name, pieces(*mapped(folder)))
    return True


_TASKS: Mapping[bytes, Callable[[list[bytes]], object]] = {
    b"read": _read,
    b"suggestions": _suggestions,
    b"signers": packed_signers,
    b"files": _files,
    b"write": _write,
}
