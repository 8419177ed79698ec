"""The local catalogue made and brought up to date."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple, TypeVar

import pyarrow as pa

from pipeline.catalogue.search import Catalogue
from pipeline.catalogue.writing import CatalogueCounts, CatalogueWriter, new_catalogue, searched_by
from pipeline.model.damaged_titles import is_damage_of
from pipeline.model.errors import AnswerError, DigestGraphError, UsageError
from pipeline.model.folding import folded_title
from pipeline.model.records import Facts, Skip
from pipeline.model.tables import CATALOGUE
from pipeline.sources.arxiv_oai import Deleted, read_records
from pipeline.sources.arxiv_snapshot import Repaired, facts_of_line, facts_of_record
from pipeline.store.snapshots import OpenFile, RawBatch, raw_batches

T = TypeVar("T")
WORKERS = 2
AHEAD = 6
"""Batches read in advance, so that no worker waits and memory stays bounded."""

HarvestedRecord = Facts | Repaired | Deleted | Skip


class Prepared(NamedTuple):
    """A batch read and folded: records, what they are found by, and what was not a record."""

    records: pa.Table
    searched: pa.Table
    skips: list[Skip]
    repaired: int
    deleted: list[str]


def build_catalogue(paths: Sequence[Path], folder: Path, opened: OpenFile) -> CatalogueCounts:
    """A catalogue of the records of files, in `folder`; the one that was there is replaced.

    Raises UsageError where a file cannot be read to its end or none of them holds a record,
    and OutputError where the folder cannot be used. Then the old catalogue stays.
    """
    with new_catalogue(folder) as writer:
        _write(writer, _all_prepared(raw_batches(paths, opened), _prepared))
        return _finished(writer, paths)


def update_catalogue(paths: Sequence[Path], folder: Path, opened: OpenFile) -> CatalogueCounts:
    """The catalogue in `folder` with newer records put in place of its own, by id.

    A title that a record had before is kept as a former title. Records that arXiv deleted go. Of
    several files the last is taken for the newest. Raises DataError where there is no catalogue,
    and as `build_catalogue`.
    """
    with Catalogue(folder):
        newer = raw_batches(paths, opened, last_first=True)
    # Opened again once no other run can write here, as one may have done so meanwhile.
    with new_catalogue(folder) as writer, Catalogue(folder) as old:
        titles = old.titles()
        prepare = partial(_with_former_titles, titles)
        _write(writer, map(prepare, _all_prepared(newer, _prepared)))
        if not writer.counted.records and not writer.counted.deleted:
            raise UsageError(_nothing(paths, writer.counted))
        duplicates = writer.counted.duplicates
        _write(writer, _all_prepared(old.batches(), _folded))
        writer.counted.duplicates = duplicates
        return _finished(writer, paths, old.about["made_of"])


def _finished(
    writer: CatalogueWriter, paths: Sequence[Path], made_of: Iterable[str] = ()
) -> CatalogueCounts:
    if not writer.counted.records:
        raise UsageError(_nothing(paths, writer.counted))
    writer.finish(list(dict.fromkeys([*made_of, *(path.resolve().name for path in paths)])))
    return writer.counted


def _nothing(paths: Sequence[Path], counted: CatalogueCounts) -> str:
    named = ", ".join(map(str, paths))
    why = f"; the first: {counted.first_skip}" if counted.first_skip else ""
    return f"{named}: no record of arXiv in it ({counted.skipped:,} left out{why})."


def _write(writer: CatalogueWriter, batches: Iterable[Prepared]) -> None:
    for batch in batches:
        for skip in batch.skips:
            writer.skip(skip)
        writer.counted.repaired += batch.repaired
        writer.leave_out(batch.deleted)
        writer.add(batch.records, batch.searched)


def _all_prepared(batches: Iterable[T], prepare: Callable[[T], Prepared]) -> Iterator[Prepared]:
    """Each batch prepared, in order; past the first few by other processes."""
    coming = iter(batches)
    yield from map(prepare, islice(coming, 2))
    following = next(coming, None)
    if following is None:
        return
    spawned = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(WORKERS, mp_context=spawned, initializer=_begin) as pool:
            yield from _in_order(pool, prepare, chain([following], coming))
    except BrokenProcessPool as error:
        problem = "a process that reads the records died, as where memory runs out. Free some"
        raise DigestGraphError(f"{problem}, and run the command again.") from error


def _begin() -> None:
    """Makes this process end with the one that began it, and leave Ctrl-C to that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _in_order(
    pool: Executor, prepare: Callable[[T], Prepared], batches: Iterable[T]
) -> Iterator[Prepared]:
    ahead: deque[Future[Prepared]] = deque()
    for batch in batches:
        ahead.append(pool.submit(prepare, batch))
        if len(ahead) == AHEAD:
            yield ahead.popleft().result()
    while ahead:
        yield ahead.popleft().result()


def _with_former_titles(titles_before: Mapping[str, Sequence[str]], batch: Prepared) -> Prepared:
    """The batch, each record with the other titles that it had in the catalogue before."""
    ids, printed = (batch.records[name].to_pylist() for name in ("arxiv_id", "title"))
    titles = [
        _whole(title_now, titles_before.get(i, ()))
        for i, title_now in zip(ids, printed, strict=True)
    ]
    former = [
        [
            old
            for old in titles_before.get(arxiv_id, ())
            if folded_title(old) != folded_title(title_now)
        ]
        for arxiv_id, title_now in zip(ids, titles, strict=True)
    ]
    if titles == printed and not any(former):
        return batch
    title = CATALOGUE.schema().get_field_index("title")
    whole = pa.array(titles, CATALOGUE.schema().field(title).type)
    records = batch.records.set_column(title, CATALOGUE.schema().field(title), whole)
    where = CATALOGUE.schema().get_field_index("former_titles")
    column = pa.array([titles or None for titles in former], CATALOGUE.schema().field(where).type)
    records = records.set_column(where, CATALOGUE.schema().field(where), column)
    return batch._replace(records=records, searched=searched_by(records))


def _whole(title: str, titles_before: Sequence[str]) -> str:
    """A newer title, or the known one that it is but for a letter that it lost or doubled."""
    return next((old for old in titles_before if is_damage_of(title, old)), title)


def _folded(records: pa.Table) -> Prepared:
    return Prepared(records, searched_by(records), [], 0, [])


def _prepared(batch: RawBatch) -> Prepared:
    parsed = list(_found(batch))
    facts = [record.facts if isinstance(record, Repaired) else record for record in parsed]
    records = records_of([record for record in facts if isinstance(record, Facts)])
    return Prepared(
        records=records,
        searched=searched_by(records),
        skips=[record for record in parsed if isinstance(record, Skip)],
        repaired=sum(isinstance(record, Repaired) for record in parsed),
        deleted=[record.arxiv_id for record in parsed if isinstance(record, Deleted)],
    )


def _found(batch: RawBatch) -> Iterator[HarvestedRecord]:
    if batch.kind == "none":
        yield Skip("catalogue", batch.file, "neither JSON lines, Parquet nor a page of OAI-PMH.")
    elif batch.kind == "oai":
        yield from _of_page(batch)
    else:
        read = facts_of_line if batch.kind == "lines" else facts_of_record
        for number, item in enumerate(batch.items, batch.first):
            if not isinstance(item, bytes) or not item.isspace():
                yield _of_item(read, item, f"{batch.file}:{number}")


def _of_page(batch: RawBatch) -> Iterator[HarvestedRecord]:
    try:
        yield from read_records(batch.items[0], batch.file).records
    except AnswerError as error:
        # An error of several arguments would not come back from the process that met it.
        raise UsageError(f"{error}. Fetch the page again, or take the file away.") from None


def _of_item(read: Callable[[Any], Facts | Repaired], item: object, place: str) -> HarvestedRecord:
    if item is None:
        return Skip("catalogue", place, "this line is too long to be a record.")
    try:
        return read(item)
    except ValueError as error:
        return Skip("catalogue", place, f"{error}.")


def records_of(facts: Sequence[Facts]) -> pa.Table:
    """The facts as rows of the catalogue."""
    names = CATALOGUE.schema().names
    columns = {name: [getattr(paper_facts, name) for paper_facts in facts] for name in names}
    columns["former_titles"] = [paper_facts.former_titles or None for paper_facts in facts]
    return pa.table(columns, schema=CATALOGUE.schema())
