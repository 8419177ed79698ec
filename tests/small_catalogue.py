"""Catalogues of a few invented papers, and the files that they are made from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from pipeline.catalogue.building import build_catalogue, update_catalogue
from pipeline.catalogue.search import Catalogue
from pipeline.catalogue.writing import CatalogueCounts
from pipeline.model.records import Entry

OAI = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{}</ListRecords></OAI-PMH>"""
HEADER = "<header{}><identifier>oai:arXiv.org:{}</identifier></header>"
ARXIV = """<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{0}</id>
<created>2024-01-03</created><updated>2024-01-20</updated><authors><author>
<keyname>Lee</keyname><forenames>Ann</forenames></author></authors><title>{1}</title>
<categories>cs.CL</categories><abstract>Words.</abstract></arXiv></metadata>"""


def record(arxiv_id: object, title: str | None, **other: object) -> dict[str, Any]:
    """A record of the snapshot; `other` are keys put in place of these."""
    return {
        "id": arxiv_id,
        "title": title,
        "authors": "Ann Lee and Bo Kim",
        "abstract": "  We show\n  a thing. ",
        "categories": "cs.CL cs.LG",
        "versions": [{"version": "v1", "created": "Wed, 3 Jan 2024 19:18:42 GMT"}],
        "update_date": "2024-01-31",
    } | other


def lines_of(records: Iterable[object]) -> bytes:
    """Records as JSON lines."""
    return b"".join(json.dumps(known).encode() + b"\n" for known in records)


def page_of(records: dict[str, str | None]) -> bytes:
    """A page of OAI-PMH: titles by id, None for what was deleted."""
    listed = [
        HEADER.format("" if title else ' status="deleted"', arxiv_id)
        + (ARXIV.format(arxiv_id, title) if title else "")
        for arxiv_id, title in records.items()
    ]
    return OAI.format("".join(f"<record>{one}</record>" for one in listed)).encode()


def written(folder: Path, content: bytes, name: str = "snapshot.json") -> Path:
    """A file of this content."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


def opened(path: Path) -> BinaryIO:
    """A file to read, without a bar."""
    return path.open("rb")


def built(folder: Path, *paths: Path) -> CatalogueCounts:
    """What a build of these files in a folder came across."""
    return build_catalogue(paths, folder, opened)


def updated(folder: Path, *paths: Path) -> CatalogueCounts:
    """What an update from these files came across."""
    return update_catalogue(paths, folder, opened)


def catalogue_of(folder: Path, *records: object) -> Path:
    """The folder of a catalogue of these records."""
    built(folder / "catalogue", written(folder, lines_of(records)))
    return folder / "catalogue"


def sought(title: str | None = None, *authors: str, **other: Any) -> Entry:
    """An entry to look for; of January 2024, unless it is dated otherwise."""
    known: dict[str, Any] = {"day": date(2024, 1, 20), "arxiv_id": None} | other
    return Entry(
        file="notes.txt",
        line_start=1,
        line_end=2,
        date=known["day"],
        title=title,
        authors=authors or None,
        authors_complete=True,
        abstract=None,
        commentary=None,
        tags=(),
        arxiv_id=known["arxiv_id"],
        links=(),
        mentions=(),
    )


def near_ids(folder: Path, entry: Entry) -> list[str]:
    """The ids of what a catalogue finds for an entry, in its order."""
    with Catalogue(folder) as known:
        (found,) = known.near([entry])
        return [orjson.loads(piece)["arxiv_id"] for piece in found]


def record_in(folder: Path, arxiv_id: str) -> dict[str, Any] | None:
    """What a catalogue holds of an id."""
    with Catalogue(folder) as known:
        ((_, piece),) = known.pieces([arxiv_id])
        return orjson.loads(piece) if piece else None


def ids_in(folder: Path) -> list[str]:
    """All the ids of a catalogue, in its order."""
    with Catalogue(folder) as known:
        return [arxiv_id for batch in known.batches() for arxiv_id in batch["arxiv_id"].to_pylist()]
