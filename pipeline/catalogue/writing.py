"""The local catalogue of arXiv as it is written: Parquet for the records, tantivy to find them."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import tantivy

from pipeline.catalogue.author_names import NameCounter
from pipeline.catalogue.failures import made
from pipeline.catalogue.folder import ABOUT, INDEX, NAMES, RECORDS, SKIPS, VERSION, replacement
from pipeline.catalogue.title_twins import TitleCounter
from pipeline.model.folding import folded_name, title_words
from pipeline.model.ids import month_of
from pipeline.model.records import Skip
from pipeline.model.tables import CATALOGUE
from pipeline.store.outputs import write_pieces

WRITER_BYTES = 256 * 2**20
MOST_NAMES = 200
"""Names indexed of one paper: a collaboration of thousands is found by its first ones."""

SEARCHED = pa.schema(
    [
        ("keys", pa.list_(pa.string())),
        ("words", pa.string()),
        ("names", pa.string()),
        ("month", pa.int64()),
    ]
)
"""What a record is found by: folded titles, their words, folded names, month as `month_of`."""


@dataclass
class CatalogueCounts:
    """What a build of a catalogue came across. Months are `month_of`, with the largest number."""

    records: int = 0
    repaired: int = 0
    duplicates: int = 0
    deleted: int = 0
    skipped: int = 0
    first_skip: str | None = None
    with_authors: int = 0
    with_abstract: int = 0
    newest: date | None = None
    months: Counter[int] = field(default_factory=Counter)
    largest: dict[int, int] = field(default_factory=dict)


def searched_by(records: pa.Table) -> pa.Table:
    """What each record is found by, in the order of the records, as `SEARCHED`."""
    titles, former = records["title"].to_pylist(), records["former_titles"].to_pylist()
    words = [
        [title_words(title) for title in (now, *(before or ()))]
        for now, before in zip(titles, former, strict=True)
    ]
    columns = {
        "keys": [["".join(title) for title in every] for every in words],
        "words": [" ".join(" ".join(title) for title in every) for every in words],
        "names": [
            " ".join(filter(None, map(folded_name, names[:MOST_NAMES]))) if names else None
            for names in records["authors"].to_pylist()
        ],
        "month": [month_of(arxiv_id) for arxiv_id in records["arxiv_id"].to_pylist()],
    }
    return pa.table(columns, schema=SEARCHED)


class CatalogueWriter:
    """Takes records in batches; of several with one id it keeps the first."""

    def __init__(self, folder: Path) -> None:
        self.counted = CatalogueCounts()
        self._folder = folder
        self._seen: set[str] = set()
        self._titles = TitleCounter()
        self._names = NameCounter()
        self._records = pq.ParquetWriter(
            folder.absolute() / RECORDS,
            CATALOGUE.schema(),
            compression="zstd",
            write_page_checksum=True,
        )
        (folder / INDEX).mkdir()
        with made(folder / INDEX):
            self._index = tantivy.Index(_index_schema(), path=str(folder / INDEX))
            # One thread, so that the same records give the same order of the same scores.
            self._writer = self._index.writer(heap_size=WRITER_BYTES, num_threads=1)
        self._skips = (folder / SKIPS).open("w", encoding="utf-8", errors="backslashreplace")

    def __enter__(self) -> CatalogueWriter:
        return self

    def __exit__(self, *error: object) -> None:
        self._skips.close()
        self._records.close()

    def skip(self, skip: Skip) -> None:
        """Writes down a record that was left out."""
        self.counted.skipped += 1
        self.counted.first_skip = self.counted.first_skip or f"{skip.key}: {skip.reason}"
        self._skips.write(f"{skip.key}: {skip.reason}\n")

    def leave_out(self, arxiv_ids: Sequence[str]) -> None:
        """Records of these ids, which arXiv deleted, are left out where they come later."""
        self.counted.deleted += len(arxiv_ids)
        self._seen.update(arxiv_ids)

    def add(self, records: pa.Table, searched: pa.Table) -> None:
        """Records as `CATALOGUE`, and what they are found by."""
        ids = records["arxiv_id"].to_pylist()
        new = []
        for row, arxiv_id in enumerate(ids):
            if arxiv_id not in self._seen:
                self._seen.add(arxiv_id)
                new.append(row)
        self.counted.duplicates += len(ids) - len(new)
        if not new:
            return
        if len(new) < len(ids):
            records, searched = records.take(new), searched.take(new)
        self._write(records, searched)

    def _write(self, records: pa.Table, searched: pa.Table) -> None:
        first = self.counted.records
        self._records.write_table(records, row_group_size=len(records))
        self._names.add(records["authors"].to_pylist())
        self._titles.add([keys[0] for keys in searched["keys"].to_pylist()])
        ids = records["arxiv_id"].to_pylist()
        searched_rows = enumerate(zip(ids, searched.to_pylist(), strict=True), first)
        with made(self._folder / INDEX):
            for row, (arxiv_id, found_by) in searched_rows:
                self._writer.add_document(_document(row, arxiv_id, found_by))
        self._count(records, searched["month"].to_pylist(), ids)

    def _count(self, records: pa.Table, months: Sequence[int], ids: Sequence[str]) -> None:
        counted = self.counted
        counted.records += len(records)
        counted.with_authors += len(records) - records["authors"].null_count
        counted.with_abstract += len(records) - records["abstract"].null_count
        days = [pc.max(records[column]).as_py() for column in ("updated", "published")]
        counted.newest = max(filter(None, (counted.newest, *days)), default=None)
        for month, arxiv_id in zip(months, ids, strict=True):
            if "/" not in arxiv_id:
                counted.months[month] += 1
                number = int(arxiv_id.partition(".")[2])
                counted.largest[month] = max(number, counted.largest.get(month, 0))

    def finish(self, of: Sequence[str]) -> None:
        """Brings everything to disk. `of` names the files that it was made from."""
        self.__exit__()
        _bring_to_disk(self._folder / RECORDS)
        counted = self.counted
        with made(self._folder / INDEX):
            self._writer.commit()
            self._writer.wait_merging_threads()
            titles = self._titles.findings(self._folder / RECORDS, self._index, _covered(counted))
        self._names.write(self._folder / NAMES)
        about: dict[str, Any] = {
            "version": VERSION,
            "made_of": list(of),
            "records": counted.records,
            "with_authors": counted.with_authors,
            "with_abstract": counted.with_abstract,
            "repaired": counted.repaired,
            "duplicates": counted.duplicates,
            "skipped": counted.skipped,
            "newest": counted.newest and _believed(counted).isoformat(),
            "months": {
                str(month): [counted.months[month], counted.largest[month]]
                for month in sorted(counted.months)
            },
            **titles.as_json(),
            "files": {name: (self._folder / name).stat().st_size for name in _files(self._folder)},
        }
        write_pieces(self._folder / ABOUT, [json.dumps(about, indent=1).encode()])


@contextmanager
def new_catalogue(folder: Path) -> Iterator[CatalogueWriter]:
    """A catalogue to write; it takes the place of the one in `folder` when the block ends.

    If the block raises, or the process dies, the old one stays. Raises OutputError where the
    folder holds other things, cannot be written to, or is being written by another run.
    """
    with replacement(folder) as new_build, CatalogueWriter(new_build) as writer:
        yield writer


def _files(folder: Path) -> list[str]:
    """The files that the catalogue in a folder cannot be read without, by their path in it."""
    paths = [folder / RECORDS, folder / NAMES, *(folder / INDEX).iterdir()]
    return sorted(p.relative_to(folder).as_posix() for p in paths if p.suffix != ".lock")


def _covered(counted: CatalogueCounts) -> float:
    """The share of arXiv that the records are, by the numbers of its ids; 1 where none tells."""
    numbered = sum(counted.largest.values())
    return min(1.0, counted.months.total() / numbered) if numbered else 1.0


def _bring_to_disk(file: Path) -> None:
    with file.open("rb") as stream:
        os.fsync(stream.fileno())


def _believed(counted: CatalogueCounts) -> date:
    """The newest day of the records, or the end of the newest id's month, where that is before.

    One date typed wrong would make the whole catalogue seem new.
    """
    newest = counted.newest or date.min
    if not counted.months:
        return newest
    year, month = divmod(max(counted.months) + 1, 12)
    return min(newest, date(year, month + 1, 1) - timedelta(days=1))


def _index_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", fast=True)
    builder.add_unsigned_field("month", indexed=True, fast=True)
    builder.add_text_field("arxiv_id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("names", tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def _document(row: int, arxiv_id: str, found_by: dict[str, Any]) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("row", row)
    document.add_unsigned("month", found_by["month"])
    document.add_text("arxiv_id", arxiv_id)
    for key in found_by["keys"]:
        document.add_text("key", key)
    document.add_text("words", found_by["words"])
    if found_by["names"]:
        document.add_text("names", found_by["names"])
    return document
