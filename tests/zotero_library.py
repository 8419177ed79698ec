"""The database of the invented library of Zotero, as Zotero 7 lays it out.

The tables and columns are those of Zotero's `userdata.sql` and `system.sql`, written anew; what
nothing here reads is left out.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from zotero_items import COLLECTIONS, ITEMS

TABLES = """
CREATE TABLE version (schema TEXT PRIMARY KEY, version INT NOT NULL);
CREATE TABLE libraries (libraryID INTEGER PRIMARY KEY, type TEXT NOT NULL, editable INT NOT NULL,
  filesEditable INT NOT NULL, version INT NOT NULL DEFAULT 0, storageVersion INT NOT NULL DEFAULT 0,
  lastSync INT NOT NULL DEFAULT 0, archived INT NOT NULL DEFAULT 0);
CREATE TABLE groups (groupID INTEGER PRIMARY KEY, libraryID INT NOT NULL UNIQUE, name TEXT NOT NULL,
  description TEXT NOT NULL, version INT NOT NULL);
CREATE TABLE itemTypes (itemTypeID INTEGER PRIMARY KEY, typeName TEXT, templateItemTypeID INT,
  display INT DEFAULT 1);
CREATE TABLE fields (fieldID INTEGER PRIMARY KEY, fieldName TEXT, fieldFormatID INT);
CREATE TABLE creatorTypes (creatorTypeID INTEGER PRIMARY KEY, creatorType TEXT);
CREATE TABLE items (itemID INTEGER PRIMARY KEY, itemTypeID INT NOT NULL,
  dateAdded TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  dateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  clientDateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, libraryID INT NOT NULL,
  key TEXT NOT NULL, version INT NOT NULL DEFAULT 0, synced INT NOT NULL DEFAULT 0,
  UNIQUE (libraryID, key));
CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value UNIQUE);
CREATE TABLE itemData (itemID INT, fieldID INT, valueID, PRIMARY KEY (itemID, fieldID));
CREATE TABLE itemNotes (itemID INTEGER PRIMARY KEY, parentItemID INT, note TEXT, title TEXT);
CREATE TABLE itemAttachments (itemID INTEGER PRIMARY KEY, parentItemID INT, linkMode INT,
  contentType TEXT, charsetID INT, path TEXT, syncState INT DEFAULT 0, storageModTime INT,
  storageHash TEXT, lastProcessedModificationTime INT);
CREATE TABLE itemAnnotations (itemID INTEGER PRIMARY KEY, parentItemID INT NOT NULL,
  type INTEGER NOT NULL, authorName TEXT, text TEXT, comment TEXT, color TEXT, pageLabel TEXT,
  sortIndex TEXT NOT NULL, position TEXT NOT NULL, isExternal INT NOT NULL);
CREATE TABLE tags (tagID INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE itemTags (itemID INT NOT NULL, tagID INT NOT NULL, type INT NOT NULL,
  PRIMARY KEY (itemID, tagID));
CREATE TABLE relationPredicates (predicateID INTEGER PRIMARY KEY, predicate TEXT UNIQUE);
CREATE TABLE itemRelations (itemID INT NOT NULL, predicateID INT NOT NULL, object TEXT NOT NULL,
  PRIMARY KEY (itemID, predicateID, object));
CREATE TABLE creators (creatorID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT, fieldMode INT,
  UNIQUE (lastName, firstName, fieldMode));
CREATE TABLE itemCreators (itemID INT NOT NULL, creatorID INT NOT NULL,
  creatorTypeID INT NOT NULL DEFAULT 1, orderIndex INT NOT NULL DEFAULT 0,
  PRIMARY KEY (itemID, creatorID, creatorTypeID, orderIndex), UNIQUE (itemID, orderIndex));
CREATE TABLE collections (collectionID INTEGER PRIMARY KEY, collectionName TEXT NOT NULL,
  parentCollectionID INT DEFAULT NULL,
  clientDateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, libraryID INT NOT NULL,
  key TEXT NOT NULL, version INT NOT NULL DEFAULT 0, synced INT NOT NULL DEFAULT 0,
  UNIQUE (libraryID, key));
CREATE TABLE collectionItems (collectionID INT NOT NULL, itemID INT NOT NULL,
  orderIndex INT NOT NULL DEFAULT 0, PRIMARY KEY (collectionID, itemID));
CREATE TABLE deletedItems (itemID INTEGER PRIMARY KEY,
  dateDeleted DEFAULT CURRENT_TIMESTAMP NOT NULL);
CREATE TABLE deletedCollections (collectionID INTEGER PRIMARY KEY,
  dateDeleted DEFAULT CURRENT_TIMESTAMP NOT NULL);
INSERT INTO version VALUES ('userdata', 123);
INSERT INTO relationPredicates VALUES (1, 'owl:sameAs'), (2, 'dc:relation');
INSERT INTO libraries (libraryID, type, editable, filesEditable)
  VALUES (1, 'user', 1, 1), (2, 'group', 1, 1), (3, 'feed', 0, 0);
INSERT INTO groups VALUES (77, 2, 'Reading circle', '', 1);
"""
ANNOTATIONS = {"highlight": 1, "note": 2}
_LISTS = (
    "key itemType dateAdded creators tags collections relations parentItem deleted note path "
    "annotationType annotationText annotationComment annotationPageLabel annotationSortIndex"
).split()


def zotero_folder(folder: Path) -> Path:
    """Zotero's folder with the library in `zotero.sqlite`, and files as Zotero keeps them."""
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "zotero.sqlite")) as database:
        database.executescript(TABLES)
        for library_id, listed in COLLECTIONS.items():
            add_collections(database, library_id, listed)
        for library_id, items in ITEMS.items():
            add_items(database, library_id, items)
        database.commit()
    stored = folder / "storage" / "FILEAAAA"
    stored.mkdir(parents=True)
    (stored / "2409.02326v1.pdf").write_bytes(b"%PDF-1.7\n")
    return folder


def add_collections(
    database: sqlite3.Connection, library_id: int, listed: list[dict[str, Any]]
) -> None:
    numbers: dict[str, int] = {}
    for each in listed:
        row = database.execute(
            "INSERT INTO collections (collectionName, parentCollectionID, libraryID, key) "
            "VALUES (?, ?, ?, ?)",
            (each["name"], numbers.get(each["parentCollection"]), library_id, each["key"]),
        )
        numbers[each["key"]] = row.lastrowid or 0
        if each.get("deleted"):
            database.execute(
                "INSERT INTO deletedCollections (collectionID) VALUES (?)", [row.lastrowid]
            )


def number_of(database: sqlite3.Connection, table: str, columns: dict[str, object]) -> int:
    """The number of the row with these values, which is added where there is none."""
    names, values = ", ".join(columns), list(columns.values())
    tested = " AND ".join(f"{name} IS ?" for name in columns)
    row = database.execute(f"SELECT rowid FROM {table} WHERE {tested}", values).fetchone()
    if row:
        return int(row[0])
    marks = ", ".join("?" * len(values))
    added = database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
    return added.lastrowid or 0


def add_items(database: sqlite3.Connection, library_id: int, items: list[dict[str, Any]]) -> None:
    numbers: dict[str, int] = {}
    for item in items:
        kind = number_of(database, "itemTypes", {"typeName": item["itemType"]})
        day = item.get("dateAdded", "2024-01-01T00:00:00Z").replace("T", " ").rstrip("Z")
        row = database.execute(
            "INSERT INTO items (itemTypeID, dateAdded, libraryID, key) VALUES (?, ?, ?, ?)",
            (kind, day, library_id, item["key"]),
        )
        item_id = numbers[item["key"]] = row.lastrowid or 0
        add_lists(database, library_id, item_id, item)
        add_child(database, item_id, numbers.get(item.get("parentItem", "")), item)
        for name, value in item.items():
            if name not in _LISTS:
                field = number_of(database, "fields", {"fieldName": name})
                held = f"{value} {value}" if name == "date" else value
                number = number_of(database, "itemDataValues", {"value": held})
                database.execute("INSERT INTO itemData VALUES (?, ?, ?)", (item_id, field, number))
        if item.get("deleted"):
            database.execute("INSERT INTO deletedItems (itemID) VALUES (?)", [item_id])


def add_lists(
    database: sqlite3.Connection, library_id: int, item_id: int, item: dict[str, Any]
) -> None:
    for place, creator in enumerate(item.get("creators", ())):
        kind = number_of(database, "creatorTypes", {"creatorType": creator["creatorType"]})
        last = creator.get("name", creator.get("lastName"))
        named = {"firstName": creator.get("firstName", ""), "lastName": last}
        creator_id = number_of(database, "creators", {**named, "fieldMode": int("name" in creator)})
        database.execute(
            "INSERT INTO itemCreators VALUES (?, ?, ?, ?)", (item_id, creator_id, kind, place)
        )
    for tag in item.get("tags", ()):
        tag_id = number_of(database, "tags", {"name": tag["tag"]})
        database.execute(
            "INSERT INTO itemTags VALUES (?, ?, ?)", (item_id, tag_id, tag.get("type", 0))
        )
    for key in item.get("collections", ()):
        database.execute(
            "INSERT INTO collectionItems (collectionID, itemID) SELECT collectionID, ? "
            "FROM collections WHERE libraryID = ? AND key = ?",
            (item_id, library_id, key),
        )
    for uri in item.get("relations", {}).get("dc:relation", ()):
        database.execute("INSERT INTO itemRelations VALUES (?, 2, ?)", (item_id, uri))


def add_child(
    database: sqlite3.Connection, item_id: int, parent_id: int | None, item: dict[str, Any]
) -> None:
    kind = item["itemType"]
    if kind == "note":
        database.execute(
            "INSERT INTO itemNotes (itemID, parentItemID, note) VALUES (?, ?, ?)",
            (item_id, parent_id, item["note"]),
        )
    elif kind == "attachment":
        if "note" in item:
            database.execute(
                "INSERT INTO itemNotes (itemID, note) VALUES (?, ?)", (item_id, item["note"])
            )
        database.execute(
            "INSERT INTO itemAttachments (itemID, parentItemID, linkMode, contentType, path) "
            "VALUES (?, ?, 1, 'application/pdf', ?)",
            (item_id, parent_id, item["path"]),
        )
    elif kind == "annotation":
        told = ("Text", "Comment", "PageLabel", "SortIndex")
        database.execute(
            "INSERT INTO itemAnnotations (itemID, parentItemID, type, text, comment, pageLabel, "
            "sortIndex, position, isExternal) VALUES (?, ?, ?, ?, ?, ?, ?, '{}', 0)",
            (
                *(item_id, parent_id, ANNOTATIONS[item["annotationType"]]),
                *(item.get(f"annotation{name}") for name in told),
            ),
        )
