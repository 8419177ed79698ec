"""What would be written into which note, as bytes before and after. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.notes.contents import Content, Contents
from pipeline.notes.flavours import FLAVOURS, Flavour, block_lines, head_lines
from pipeline.notes.texts import NoteText
from pipeline.notes.vault import Vault

CHANGED_BY_READER = (
    "you changed what is in its block. Move your words out of it, or give --replace to lose them."
)
NOT_UTF8 = "it is not UTF-8. Save it as UTF-8, or give --apart to have a note beside it."


What = Literal[
    "new note", "new block", "block anew", "as it was", "note taken away", "block taken away",
    "canvas", "canvas as it was", "canvas taken away",
]  # fmt: skip


class Edit(NamedTuple):
    """A file before and after; None is no file. `what` is done to it, and for which node."""

    path: Path
    node_id: str
    what: What
    before: bytes | None
    after: bytes | None


class Left(NamedTuple):
    """A file that is left as it is, for which node, and why."""

    path: Path
    node_id: str
    why: str


def planned(
    asked: Iterable[str], contents: Contents, vault: Vault, flavour: Flavour, *, replace: bool
) -> Iterator[Edit | Left]:
    """For each node the edits of the notes that hold its block, else of the one that shall.

    In the order of `asked`. A block that its reader changed is left, unless `replace`.
    """
    content_of = {node_id: contents.of(node_id) for node_id in dict.fromkeys(asked)}
    refused = []
    for node_id, content in content_of.items():
        if not vault.notes_about(node_id):
            has_room = vault.make_room(node_id, content.label, flavour.suffix)
            refused += [] if has_room else [node_id]
    for node_id, content in content_of.items():
        if node_id in refused:
            yield Left(
                Path(content.label), node_id, "other files have all the names it could have."
            )
        for path in vault.notes_about(node_id):
            yield _edit(path, content, vault, flavour, replace=replace)


def taken_away(vault: Vault, asked: Iterable[str], *, replace: bool) -> Iterator[Edit | Left]:
    """The edits that take all blocks away, or those of `asked` alone, and notes written whole.

    All else in a note is as it was before. What its reader changed is left, unless `replace`.
    """
    wanted = set(asked)
    for path in sorted({path for paths in vault.holding.values() for path in paths}):
        before = vault.content(path) or b""
        note = _note(before)
        if note is None:
            continue
        place = next((p for p in note.places if not wanted or p.block.node_id in wanted), None)
        if place and note.is_only_written and note.has_written_head and len(note.places) == 1:
            may_go = place.block.is_as_written or replace
            node_id = place.block.node_id
            done = Edit(path, node_id, "note taken away", before, None)
            yield done if may_go else Left(path, node_id, CHANGED_BY_READER)
            continue
        yield from _without_blocks(path, before, wanted, replace=replace)


def _without_blocks(
    path: Path, before: bytes, wanted: set[str], *, replace: bool
) -> Iterator[Edit | Left]:
    after, node_ids = before, []
    # From the end, so that what is before stays where it is.
    for place in reversed(NoteText(before).places):
        node_id = place.block.node_id
        if wanted and node_id not in wanted:
            continue
        if not (place.block.is_as_written or replace):
            yield Left(path, node_id, CHANGED_BY_READER)
            continue
        after = NoteText(after).without(place)
        node_ids.append(node_id)
    if node_ids:
        yield Edit(path, ", ".join(reversed(node_ids)), "block taken away", before, after)


def _edit(
    path: Path, content: Content, vault: Vault, flavour: Flavour, *, replace: bool
) -> Edit | Left:
    node_id = content.node_id
    before = vault.content(path)
    used = _flavour_of(path, flavour)
    note = _note(before or b"")
    if note is None:
        return Left(path, node_id, NOT_UTF8)

    def block(glue: int) -> list[str]:
        return block_lines(used, content, lambda other: vault.note(other, path), glue)

    if before is None:
        head = head_lines(used, content.properties)
        text = "\n".join([*head, "", *block(1), ""])
        return Edit(path, node_id, "new note", None, text.encode())
    place = next(
        (candidate for candidate in note.places if candidate.block.node_id == node_id), None
    )
    if place is None:
        return Edit(path, node_id, "new block", before, note.with_block_at_end(block(note.glue)))
    if not (place.block.is_as_written or replace):
        return Left(path, node_id, CHANGED_BY_READER)
    after = note.with_block(place, block(place.block.glue))
    if note.has_written_head:
        after = NoteText(after).with_head(head_lines(used, content.properties))
    return Edit(path, node_id, "as it was" if after == before else "block anew", before, after)


def _flavour_of(path: Path, asked: Flavour) -> Flavour:
    """The flavour that fits a file, whatever was asked for."""
    is_org = path.suffix.casefold() == ".org"
    if is_org == (asked.suffix == ".org"):
        return asked
    return FLAVOURS["org" if is_org else "obsidian"]


def _note(content: bytes) -> NoteText | None:
    try:
        return NoteText(content)
    except UnicodeDecodeError:
        return None
