"""Public dumps cut down to what touches some papers, as a folder that a build uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.bulk.dumps import KINDS, Row, rows_of, schema_of
from pipeline.bulk.facts import Touched, dumped_rows
from pipeline.bulk.link_filter import found_or_bad, links_at
from pipeline.bulk.opencitations import HEADS, joined, works_by_doi
from pipeline.export.csv_text import csv_pieces
from pipeline.model.counting import counted
from pipeline.model.engines import Engine, EngineName, Frame, RecordFiles, opened_engine
from pipeline.model.errors import DigestGraphError, UsageError
from pipeline.model.tables import DUMPED
from pipeline.sources.arxiv_snapshot import Repaired, facts_of_record
from pipeline.sources.bulk import ARXIV, CROSSREF, OPENALEX, OPENCITATIONS, SEMANTIC_SCHOLAR
from pipeline.store.outputs import staged, write_pieces
from pipeline.store.snapshots import OpenFile, RawBatch, raw_batches
from pipeline.store.tables import write_table

BAD_LINES = "bad_lines.csv"
BAD_COLUMNS = ("file", "line", "lines", "problem")
_COLUMNS = DUMPED.schema().names
Paths = Sequence[str]


class Dumps(NamedTuple):
    """The files and folders of each dump, by the kind of their records (see `bulk.dumps`)."""

    papers: Paths = ()
    citations: Paths = ()
    authors: Paths = ()
    works: Paths = ()
    arxiv: Paths = ()
    opencitations: Paths = ()
    crossref: Paths = ()

    def of(self, kind: str) -> Paths:
        """The files of a kind. OpenAlex keeps references with the works that cite."""
        kept_with = "works" if kind == "references" else kind.partition("_")[0]
        return getattr(self, kept_with)  # type: ignore[no-any-return]


class BulkScope(NamedTuple):
    """The papers at hand, and how far from them a paper may be to be described: 1 or 2 links.

    `dois` has the arXiv id of each DOI, in small letters, of a published version of these.
    """

    arxiv_ids: Sequence[str]
    hops: int = 1
    engine: EngineName = "duckdb"
    dois: Mapping[str, str] = MappingProxyType({})


class Bad(NamedTuple):
    """A place that holds no record: kind and file, line (None: the engine cannot tell), why."""

    file: str
    line: int | None
    problem: str


class CutCounts(NamedTuple):
    """What came of it: papers described, the references and citations of them, bad lines."""

    papers: int
    references: int
    citations: int
    bad_lines: int


def bulk(wanted: BulkScope, dumps: Dumps, folder: Path, opened: OpenFile) -> CutCounts:
    """What the dumps say of papers, written to `folder`; what it held before is replaced.

    Raises UsageError where a file does not exist or Spark is not there, and OutputError.
    """
    _check_there(dumps, wanted.engine)
    with staged(folder) as staging, opened_engine(wanted.engine) as engine:
        cut = _Cut(engine, wanted, dumps, opened)
        rows = [
            *cut.of_arxiv(),
            *cut.of_semantic_scholar(),
            *cut.of_openalex(),
            *cut.of_opencitations(),
            *cut.of_crossref(),
        ]
        table = pa.Table.from_pylist(rows, DUMPED.schema())
        if not rows:
            raise DigestGraphError(_nothing(wanted, cut.bad))
        table = table.sort_by([(name, "ascending") for name in DUMPED.sorted_by])
        write_table(staging, DUMPED, table)
        write_pieces(staging / BAD_LINES, csv_pieces(BAD_COLUMNS, _bad_rows(cut.bad)))
    return CutCounts(
        papers=len(pc.unique(table["arxiv_id"])),
        references=len(pc.list_flatten(table["references"])),
        citations=len(pc.list_flatten(table["citations"])),
        bad_lines=cut.bad.total(),
    )


def _check_there(dumps: Dumps, engine: EngineName) -> None:
    if not any(dumps):
        given = "--arxiv, --semantic-scholar, --openalex, --opencitations or --crossref"
        raise UsageError(f"no dump is named. Give {given}.")
    for path in chain.from_iterable(dumps):
        # Spark reads what only a cluster can see: s3://, hdfs://.
        if not Path(path).exists() and not (engine == "spark" and "://" in path):
            raise UsageError(f"{path}: no such file or folder.")


def _bad_rows(bad: Mapping[Bad, int]) -> Iterator[Sequence[object]]:
    for place in sorted(bad, key=lambda place: (place.file, place.line or 0, place.problem)):
        yield place.file, place.line, bad[place], place.problem


def _nothing(wanted: BulkScope, bad: Mapping[Bad, int]) -> str:
    first = next(iter(_bad_rows(bad)), None)
    why = f" The first bad line: {first[0]}:{first[1] or ''} {first[3]}." if first else ""
    return f"the dumps know nothing of {counted(len(wanted.arxiv_ids), 'paper')}.{why}"


class _Cut:
    """The cutting of some dumps by one engine; `bad` are the places that hold no record."""

    def __init__(self, engine: Engine, wanted: BulkScope, dumps: Dumps, opened: OpenFile) -> None:
        self.bad = Counter[Bad]()
        self._engine = engine
        self._wanted = wanted
        self._dumps = dumps
        self._opened = opened

    def of_arxiv(self) -> Iterator[Row]:
        """What arXiv's snapshot says of the papers at hand."""
        if not self._dumps.arxiv:
            return
        records = self._found("arxiv", "arxiv_id", self._wanted.arxiv_ids)
        for row in {row["arxiv_id"]: row for row in records}.values():
            parsed = facts_of_record(orjson.loads(row["record"]))
            facts = parsed.facts if isinstance(parsed, Repaired) else parsed
            row_facts = {name: value for name, value in asdict(facts).items() if name in _COLUMNS}
            yield {**row_facts, "source": ARXIV}

    def of_semantic_scholar(self) -> Iterator[Row]:
        """What Semantic Scholar's dumps say of the papers, with references from `citations`."""
        if not self._dumps.papers:
            return
        works, links = self._touched("papers", "citations")
        near = self._wanted.arxiv_ids if self._wanted.hops == 1 else None
        people = {p["id"] for w in works if w["arxiv_id"] for p in w["people"] or () if p["id"]}
        people_rows = (
            self._found("authors", "person", sorted(people)) if self._dumps.authors else []
        )
        orcids = {person["person"]: person["orcid"] for person in people_rows if person["orcid"]}
        yield from dumped_rows(Touched(SEMANTIC_SCHOLAR, "s2", works, links, orcids), near)

    def of_openalex(self) -> Iterator[Row]:
        """What OpenAlex's dump says of the papers, with references from its works themselves."""
        if not self._dumps.works:
            return
        works, links = self._touched("works", "references")
        near = self._wanted.arxiv_ids if self._wanted.hops == 1 else None
        yield from dumped_rows(Touched(OPENALEX, "openalex", works, links, {}), near)

    def of_opencitations(self) -> Iterator[Row]:
        """Who cites whom by OpenCitations; what works are is told by its Meta, or by their DOIs."""
        if self._dumps.opencitations:
            yield from self._of_links(OPENCITATIONS, "opencitations_links", "opencitations_works")

    def of_crossref(self) -> Iterator[Row]:
        """Who cites whom by what publishers deposited at Crossref, by DOI."""
        if self._dumps.crossref:
            yield from self._of_links(CROSSREF, "crossref_links", None)

    def _of_links(self, source: str, linking: str, describing: str | None) -> Iterator[Row]:
        """The links at the papers at hand, of which preprint and published version are one."""

        def described(key: str, keys: Sequence[str]) -> list[Row]:
            return self._found(describing, key, keys) if describing else []

        dois = self._wanted.dois
        own = dict(dois) | {f"10.48550/arxiv.{i.casefold()}": i for i in self._wanted.arxiv_ids}
        own |= {w["work"]: w["arxiv_id"] for w in described("arxiv_id", self._wanted.arxiv_ids)}
        own |= {w["work"]: dois[w["doi"]] for w in described("doi", sorted(dois))}
        near = self._engine.frame(pa.table({"work": pa.array(sorted(own), pa.string())}))
        links = self._good(linking, links_at(self._dump_rows(linking), near))
        ends = sorted({link[end] for link in links for end in ("citing", "cited")} - own.keys())
        works = [*works_by_doi(ends), *described("work", ends)]
        touched = Touched(source, "", *joined(works, links, own), {})
        rows = dumped_rows(touched, self._wanted.arxiv_ids)
        yield from (row for row in rows if row["references"] or row["citations"])

    def _touched(self, kind: str, linking: str) -> tuple[list[Row], list[Row]]:
        """The works within reach of the papers at hand, and the links of those before the last."""
        of_papers = self._found(kind, "arxiv_id", self._wanted.arxiv_ids)
        reached = {row["work"] for row in of_papers}
        links: list[Row] = []
        for _ in range(self._wanted.hops):
            near = self._engine.frame(pa.table({"work": pa.array(sorted(reached), pa.string())}))
            links = self._good(linking, links_at(self._dump_rows(linking), near))
            reached |= {link[end] for link in links for end in ("citing", "cited")}
        return self._found(kind, "work", sorted(reached)), links

    def _found(self, kind: str, key: str, keys: Sequence[str]) -> list[Row]:
        """The rows of a kind whose `key` is one of `keys`."""
        wanted = self._engine.frame(pa.table({key: pa.array(keys, pa.string())}))
        return self._good(kind, found_or_bad(self._dump_rows(kind), wanted, key))

    def _dump_rows(self, kind: str) -> Frame:
        schema = schema_of(KINDS[kind])
        paths = [file for path in self._dumps.of(kind) for file in _files(path)]
        rows = partial(rows_of, KINDS[kind])

        def batches() -> Iterator[pa.RecordBatch]:
            for batch_rows in _rows(paths, self._opened, rows):
                yield pa.RecordBatch.from_pylist(batch_rows, schema=schema)

        return self._engine.read(RecordFiles(paths, schema, rows, batches))

    def _good(self, kind: str, frame: Frame) -> list[Row]:
        """The rows without a problem, each once, in order; the others are put down as bad."""
        good, bad = {}, Counter[Bad]()
        folder = "works" if kind == "references" else kind.partition("_")[0]
        for row in frame.collect("pyarrow").to_native().to_pylist():
            file, line, problem = (row.pop(name) for name in ("file", "line", "problem"))
            if problem:
                bad[Bad(f"{folder}/{file}", line, problem)] += 1
            else:
                good[orjson.dumps(row)] = row
        # Each reading of a dump meets the same ones again.
        self.bad |= bad
        return [good[key] for key in sorted(good)]


def _files(path: str) -> list[str]:
    """The files that a path stands for; what only a cluster can see stays as it is.

    OpenAlex puts a list of its files beside them, `manifest` or `manifest.json`.
    """
    if not Path(path).is_dir():
        return [path]
    files = (file for file in sorted(Path(path).rglob("*")) if file.is_file())
    return [str(file) for file in files if not file.name.startswith((".", "manifest"))]


def _rows(
    paths: Paths, opened: OpenFile, rows: Callable[[object], list[Row]]
) -> Iterator[list[Row]]:
    """The rows of files on this machine; a file that breaks off has a problem at its end."""
    for path in paths:
        line = 0
        try:
            for batch in raw_batches([Path(path)], opened, heads=HEADS):
                line = batch.first + len(batch.items) - 1
                yield list(_rows_of_batch(batch, rows))
        except UsageError as error:
            yield [{"file": Path(path).name, "line": line + 1, "problem": str(error)}]


def _rows_of_batch(batch: RawBatch, rows: Callable[[object], list[Row]]) -> Iterator[Row]:
    file = Path(batch.file).name
    if batch.kind not in ("lines", "rows"):
        yield {"file": file, "problem": "neither JSON lines, CSV of OpenCitations nor Parquet"}
        return
    for number, item in enumerate(batch.items, batch.first):
        for row in rows(item):
            yield {**row, "file": file, "line": number}
