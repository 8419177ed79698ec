"""`zotero.sqlite`, the database of Zotero: read as it is, and never written to, locked or not.

Zotero holds its database locked while it runs, and nothing of Zotero's folder may be touched. So
it is opened as a file that does not change, and read anew, from a copy, where it did change, or
where what was written last is still in a journal beside it.
https://www.sqlite.org/uri.html (immutable), https://www.sqlite.org/wal.html
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from pipeline.model.counting import counted
from pipeline.model.records import InputFile, Skip
from pipeline.store.walking import ZOTERO_NAME
from pipeline.store.zotero_items import Library, library_documents

_COPIED_S = 3
"""So many copies are made of a database that changes meanwhile."""
_BESIDE = ("-wal", "-journal")
_REMEDY = "Close Zotero and build again; if that does not help, export the library as CSL-JSON."
_ANNOTATIONS = {1: "highlight", 2: "note", 3: "image", 4: "ink", 5: "underline", 6: "text"}

ZoteroRows = dict[int, dict[str, Any]]


def zotero_documents(file: Path, shown: str) -> Iterator[InputFile | Skip]:
    """A document for each item of the libraries in a database of Zotero.

    One that cannot be read is a skip that says what to do; items of feeds are counted in one.
    """
    try:
        libraries, in_feeds = _libraries_of_file(file, shown)
    except (sqlite3.Error, OSError) as error:
        yield Skip("digests", shown, f"no database of Zotero that can be read ({error}). {_REMEDY}")
        return
    for library in libraries:
        yield from library_documents(library)
    if in_feeds:
        yield Skip("digests", shown, f"{counted(in_feeds, 'item')} of feeds, not of your library.")


def is_zotero(file: Path, *, named: bool) -> bool:
    """Whether a file is Zotero's database: by its name, or by its tables where it is `named`."""
    if file.name.casefold() == ZOTERO_NAME:
        return True
    if not named or ".sqlite" not in file.name.casefold():
        return False
    try:
        uri = f"file:{quote(str(file.absolute()))}?immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as database:
            return all(_has_table(database, name) for name in ("itemData", "collectionItems"))
    except (sqlite3.Error, OSError):
        return False


def _libraries_of_file(file: Path, shown: str) -> tuple[list[Library], int]:
    state_before = _state(file)
    if not _has_journal(file):
        uri = f"file:{quote(str(file.absolute()))}?immutable=1"
        try:
            read_in_place = _opened_and_read(uri, shown)
        except sqlite3.DatabaseError:
            if state_before == _state(file):
                raise
        else:
            if state_before == _state(file):
                return read_in_place
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = _copied(file, Path(folder))
        return _opened_and_read(f"file:{quote(str(copy))}", shown)


def _has_journal(file: Path) -> bool:
    return any(size for _, size in _state(file)[1:])


def _state(file: Path) -> list[tuple[int, int]]:
    """When each file of the database was written to last, and its size; zeros for none."""
    times_and_sizes = []
    for suffix in ("", *_BESIDE):
        try:
            status = file.with_name(file.name + suffix).stat()
            times_and_sizes.append((status.st_mtime_ns, status.st_size))
        except FileNotFoundError:
            times_and_sizes.append((0, 0))
    return times_and_sizes


def _copied(file: Path, folder: Path) -> Path:
    """A copy of the database with its journals, all of one moment."""
    for _ in range(_COPIED_S):
        state_before = _state(file)
        for suffix in ("", *_BESIDE):
            source, target = file.with_name(file.name + suffix), folder / f"{ZOTERO_NAME}{suffix}"
            target.unlink(missing_ok=True)
            if source.exists():
                shutil.copyfile(source, target)
        if state_before == _state(file):
            break
    return folder / ZOTERO_NAME


def _opened_and_read(uri: str, shown: str) -> tuple[list[Library], int]:
    with closing(sqlite3.connect(uri, uri=True)) as database:
        database.text_factory = lambda value: value.decode("utf-8", "replace")
        database.row_factory = sqlite3.Row
        columns = {row["name"] for row in database.execute("PRAGMA table_info(itemNotes)")}
        if "parentItemID" not in columns:
            raise sqlite3.DatabaseError("it is none of Zotero 5 or later")
        return _libraries(database, shown)


def _libraries(database: sqlite3.Connection, shown: str) -> tuple[list[Library], int]:
    """The libraries with their items, the reader's own first, and how many items feeds have."""
    items = _items(database)
    collections: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for collection in _collections(database).values():
        collections[collection["libraryID"]].append(collection)
    items_of: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for item in items.values():
        items_of[item["libraryID"]].append(item)
    libraries, in_feeds = [], 0
    places = {
        row["libraryID"]: (row["type"], row["groupID"])
        for row in _rows(
            database,
            "SELECT l.libraryID, l.type, g.groupID FROM libraries l "
            "LEFT JOIN groups g ON g.libraryID = l.libraryID",
        )
    }
    for library_id, of_library in sorted(items_of.items()):
        kind, group_id = places.get(library_id, ("user", None))
        if kind == "feed":
            in_feeds += len(of_library)
            continue
        place = shown if kind != "group" else f"{shown}/groups/{group_id}"
        libraries.append(Library(place, of_library, collections[library_id]))
    return libraries, in_feeds


def _items(database: sqlite3.Connection) -> ZoteroRows:
    """All items as the API gives them, by their number."""
    items: ZoteroRows = {
        row["itemID"]: {
            "key": str(row["key"]),
            "itemType": str(row["typeName"] or "document"),
            "dateAdded": str(row["dateAdded"] or ""),
            "libraryID": row["libraryID"] or 0,
            "creators": [],
            "tags": [],
            "collections": [],
        }
        for row in database.execute(
            "SELECT i.itemID, i.key, t.typeName, i.dateAdded, i.libraryID FROM items i "
            "LEFT JOIN itemTypes t USING (itemTypeID) ORDER BY i.itemID"
        )
    }
    _add_fields(database, items)
    _add_lists(database, items)
    _add_children(database, items)
    for row in _rows(database, "SELECT itemID FROM deletedItems"):
        items.get(row["itemID"], {})["deleted"] = 1
    return items


def _add_fields(database: sqlite3.Connection, items: Mapping[int, dict[str, Any]]) -> None:
    for row in database.execute(
        "SELECT d.itemID, f.fieldName, v.value FROM itemData d JOIN fields f USING (fieldID) "
        "JOIN itemDataValues v USING (valueID)"
    ):
        if row["itemID"] in items:
            items[row["itemID"]][row["fieldName"]] = str(row["value"])


def _add_lists(database: sqlite3.Connection, items: Mapping[int, dict[str, Any]]) -> None:
    """Creators, tags and collections of items, in order."""
    for row in _rows(
        database,
        "SELECT l.itemID, c.firstName, c.lastName, c.fieldMode, t.creatorType FROM itemCreators l "
        "JOIN creators c USING (creatorID) LEFT JOIN creatorTypes t USING (creatorTypeID) "
        "ORDER BY l.itemID, l.orderIndex",
    ):
        if row["itemID"] in items:
            one_field = row["fieldMode"] == 1
            first, last = row["firstName"] or "", row["lastName"] or ""
            name = {"name": last} if one_field else {"firstName": first, "lastName": last}
            items[row["itemID"]]["creators"].append({"creatorType": row["creatorType"], **name})
    for row in _rows(
        database,
        "SELECT l.itemID, t.name, l.type FROM itemTags l JOIN tags t USING (tagID) "
        "ORDER BY l.itemID, t.name",
    ):
        if row["itemID"] in items:
            items[row["itemID"]]["tags"].append({"tag": row["name"], "type": row["type"]})
    for row in _rows(
        database,
        "SELECT l.itemID, c.key FROM collectionItems l JOIN collections c USING (collectionID) "
        "ORDER BY l.itemID, c.collectionID",
    ):
        if row["itemID"] in items:
            items[row["itemID"]]["collections"].append(row["key"])


def _add_children(database: sqlite3.Connection, items: Mapping[int, dict[str, Any]]) -> None:
    """Notes, files and annotations: what they hold, and which item they hang on."""

    def add(item_id: int, parent_id: int | None, **fields: Any) -> None:
        if item_id in items:
            parent = items.get(parent_id or 0)
            known_fields = {name: value for name, value in fields.items() if value is not None}
            items[item_id] |= {**({"parentItem": parent["key"]} if parent else {}), **known_fields}

    for row in _rows(database, "SELECT itemID, parentItemID, note FROM itemNotes"):
        add(row["itemID"], row["parentItemID"], note=row["note"])
    for row in _rows(database, "SELECT itemID, parentItemID, path FROM itemAttachments"):
        add(row["itemID"], row["parentItemID"], path=row["path"])
    for row in _rows(database, "SELECT * FROM itemAnnotations"):
        add(
            *(row["itemID"], row["parentItemID"]),
            annotationType=_ANNOTATIONS.get(row["type"], str(row["type"])),
            annotationText=row["text"],
            annotationComment=row["comment"],
            annotationPageLabel=row["pageLabel"],
            annotationSortIndex=row["sortIndex"],
        )
    for row in _rows(
        database,
        "SELECT r.itemID, r.object FROM itemRelations r JOIN relationPredicates p "
        "USING (predicateID) WHERE p.predicate = 'dc:relation' ORDER BY r.itemID, r.object",
    ):
        related = items.get(row["itemID"], {}).setdefault("relations", {})
        related.setdefault("dc:relation", []).append(row["object"])


def _collections(database: sqlite3.Connection) -> ZoteroRows:
    collections = {
        row["collectionID"]: {
            "key": row["key"],
            "name": row["collectionName"],
            "libraryID": row["libraryID"],
            "above": row["parentCollectionID"],
        }
        for row in _rows(database, "SELECT * FROM collections ORDER BY collectionID")
    }
    for collection in collections.values():
        parent = collections.get(collection.pop("above"))
        collection["parentCollection"] = parent["key"] if parent else False
    for row in _rows(database, "SELECT collectionID FROM deletedCollections"):
        collections.get(row["collectionID"], {})["deleted"] = 1
    return collections


def _rows(database: sqlite3.Connection, query: str) -> list[sqlite3.Row]:
    """The rows of a query; none where this version of Zotero has no such table yet, or any more."""
    try:
        return database.execute(query).fetchall()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return []
        raise


def _has_table(database: sqlite3.Connection, name: str) -> bool:
    asked = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return database.execute(asked, (name,)).fetchone() is not None
