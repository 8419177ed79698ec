"""A canvas of what is around a node, beside its note; cards of those that have a note open it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from pipeline.analyse.parts import around
from pipeline.export import canvas
from pipeline.model.written_blocks import HEAD_KEY
from pipeline.notes.names import file_name, with_id
from pipeline.notes.planning import Edit, Left, What
from pipeline.store.vault import content_of

SUFFIX = ".canvas"
CHANGED = "you changed this canvas, or it is yours. Rename it to keep it, or give --replace."


class Drawing(NamedTuple):
    """How canvases are drawn: of which tables, into which folder.

    `file_of` says where the note of a node is, from the folder of the vault; `replace` writes over
    what its reader changed.
    """

    tables: tuple[pa.Table, pa.Table]
    into: Path
    file_of: Callable[[str], str | None]
    replace: bool

    def edit(self, node_id: str, label: str) -> Edit | Left:
        """The canvas of what is one step around a node, laid as `export --format canvas` does."""
        name = file_name(label, node_id)
        for candidate in (name, with_id(name, node_id)):
            path = self.into / f"{candidate}{SUFFIX}"
            content_before = content_of(path)
            written = _written(content_before) if content_before is not None else (node_id, True)
            if written is None or written[0] != node_id:
                continue
            if not (written[1] or self.replace):
                return Left(path, node_id, CHANGED)
            content_after = self._content(node_id)
            what: What = "canvas as it was" if content_before == content_after else "canvas"
            return Edit(path, node_id, what, content_before, content_after)
        return Left(path, node_id, CHANGED)

    def _content(self, node_id: str) -> bytes:
        part = around(*self.tables, node_id)
        drawn = json.loads(b"".join(bytes(piece) for piece in canvas.GRAPH_FILE.pieces(*part)))
        for card in drawn["nodes"]:
            file = self.file_of(card["id"])
            if file is not None:
                del card["text"]
                card |= {"type": "file", "file": file}
        head = {HEAD_KEY: f"{node_id} {_hash(drawn)}"}
        whole = {**drawn, "metadata": {"version": "1.0-1.0", "frontmatter": head}}
        return f"{json.dumps(whole, ensure_ascii=False, indent=1)}\n".encode()


def canvases_taken_away(into: Path, asked: set[str], *, replace: bool) -> Iterator[Edit | Left]:
    """The edits that remove the canvases that were written, or those of `asked` alone."""
    for path in sorted(into.glob(f"*{SUFFIX}")) if into.is_dir() else ():
        before = content_of(path)
        written = _written(before or b"")
        if written is None or (asked and written[0] not in asked):
            continue
        done = Edit(path, written[0], "canvas taken away", before, None)
        yield done if written[1] or replace else Left(path, written[0], CHANGED)


def _written(content: bytes) -> tuple[str, bool] | None:
    """Of which node a canvas of ours is, and whether it is as it was written; None for others."""
    try:
        whole = json.loads(content)
        node_id, digest = str(whole["metadata"]["frontmatter"][HEAD_KEY]).rsplit(" ", 1)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return node_id, digest == _hash(whole)


def _hash(drawn: dict[str, Any]) -> str:
    drawn_json = json.dumps([drawn.get("nodes"), drawn.get("edges")], sort_keys=True)
    return hashlib.sha256(drawn_json.encode()).hexdigest()[:12]
