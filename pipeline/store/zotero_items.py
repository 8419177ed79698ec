"""What a library of Zotero holds, as a document for each of its items and own notes.

Items are dictionaries as Zotero's API gives them (`data` of
https://www.zotero.org/support/dev/web_api/v3/basics), be they read from it or from its database.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from pipeline.model.counting import counted
from pipeline.model.ids import arxiv_id_of_attachment
from pipeline.model.records import InputFile, Skip

Item = Mapping[str, Any]
MOST_NOTE_CHARACTERS = 400_000
"""A note is read up to here."""
_CHILDREN = ("attachment", "note", "annotation")
_PICTURE = re.compile(r"data:[\w/+.-]{1,60};base64,[\w+/=\s]+")
_DEEPEST = 50


class Library(NamedTuple):
    """One library: where it is (a file, with what stands before its keys), items, collections.

    Items have `key`, `itemType`, `parentItem` if they are a child, and `deleted` in the trash.
    """

    place: str
    items: Sequence[Item]
    collections: Sequence[Item]


def library_documents(library: Library) -> Iterator[InputFile | Skip]:
    """A document for each item with what hangs on it, in the order of the items.

    What is in the trash, and files on their own without an arXiv id, are one skip each, with their
    number.
    """
    trashed = _trashed(library.items)
    live = [item for item in library.items if item["key"] not in trashed]
    below = _children(live)
    paths = _collection_paths(library.collections)
    bare = 0
    for item in live:
        if item.get("parentItem"):
            continue
        if item["itemType"] == "attachment" and not arxiv_id_of_attachment(item):
            bare += 1
        elif item["itemType"] != "annotation":
            yield from _documents(library.place, item, below, paths)
    if trashed:
        yield Skip("digests", library.place, f"{len(trashed):,} in the trash of Zotero, left out.")
    if bare:
        files = counted(bare, "file that hangs", "files that hang")
        reason = f"{files} on no item, with no arXiv id in the name."
        yield Skip("digests", library.place, f"{reason} Let Zotero find what they are.")


def _trashed(items: Sequence[Item]) -> set[str]:
    """The keys of what is in the trash, with all that hangs on it."""
    parents = {item["key"]: item.get("parentItem") for item in items}
    trashed = {item["key"] for item in items if item.get("deleted")}
    for key in parents:
        above: list[str] = [key]
        while (parent := parents.get(above[-1])) and len(above) < _DEEPEST:
            above.append(parent)
        if trashed.intersection(above):
            trashed.add(key)
    return trashed


def _children(items: Sequence[Item]) -> dict[str, list[Item]]:
    """For each key what hangs on it, or on what hangs on it: files, then notes, then their marks.

    Annotations are in the order of the pages.
    """
    of: dict[str, list[Item]] = defaultdict(list)
    parents = {item["key"]: item.get("parentItem") for item in items}
    for item in items:
        parent = item.get("parentItem")
        if parent:
            of[parents.get(parent) or parent].append(item)
    return {key: sorted(hanging, key=_place) for key, hanging in of.items()}


def _place(item: Item) -> tuple[int, str, str]:
    kind = item["itemType"]
    rank = _CHILDREN.index(kind) if kind in _CHILDREN else len(_CHILDREN)
    return rank, str(item.get("annotationSortIndex") or ""), str(item.get("dateAdded") or "")


def _collection_paths(collections: Sequence[Item]) -> dict[str, list[str]]:
    """For each key the names that lead to a collection, the outermost first; none in the trash."""
    by_key = {collection["key"]: collection for collection in collections}
    paths = {}
    for key in by_key:
        above: list[Item] = []
        at: Any = key
        while at in by_key and len(above) < _DEEPEST:
            above.append(by_key[at])
            at = by_key[at].get("parentCollection")
        if not any(collection.get("deleted") for collection in above):
            paths[key] = [str(collection["name"]) for collection in reversed(above)]
    return paths


def _documents(
    place: str, item: Item, below: Mapping[str, list[Item]], paths: Mapping[str, list[str]]
) -> Iterator[InputFile | Skip]:
    file = f"{place}/{item['key']}"
    within = [paths[key] for key in item.get("collections") or () if key in paths]
    children = below.get(item["key"], [])
    whole = {
        "zotero": "note" if item["itemType"] == "note" else "item",
        "collections": within,
        "item": _bounded(item),
        "children": [_bounded(child) for child in children],
    }
    for each in (item, *children):
        if len(_without_pictures(each.get("note"))) > MOST_NOTE_CHARACTERS:
            reason = f"a note is longer than {MOST_NOTE_CHARACTERS:,} characters"
            yield Skip("digests", file, f"{reason}; it was read up to there. Make two of it.")
    content = json.dumps(whole, ensure_ascii=False, indent=0, default=str).encode(
        "utf-8", "replace"
    )
    yield InputFile(file, partial(_pieces, content))


def _bounded(item: Item) -> Item:
    note = item.get("note")
    return {**item, "note": _without_pictures(note)[:MOST_NOTE_CHARACTERS]} if note else item


def _without_pictures(note: object) -> str:
    return _PICTURE.sub("", note) if isinstance(note, str) else ""


def _pieces(content: bytes) -> Iterator[bytes]:
    yield content
