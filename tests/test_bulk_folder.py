"""The folder that `bulk` leaves, read some rows at a time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.build.local_sources import LocalSources
from pipeline.bulk.folder import ROWS, BulkFolder
from pipeline.model.errors import DataError
from pipeline.model.records import Authorship, Facts, Reference, Skip
from pipeline.model.tables import DUMPED
from pipeline.store.tables import write_table

DUMPS = ("arxiv_dump", "openalex_dump", "semantic_scholar_dump")
WORK = {"title": "A Work", "first_author": "A. Author", "year": 2019, "arxiv_id": "1901.00001"}
WHOLE: dict[str, Any] = {
    "arxiv_id": "2401.00001",
    "source": "openalex_dump",
    "title": "A Title",
    "former_titles": ["An Old Title"],
    "authors": ["A. Author", "B. Author"],
    "categories": [],
    "published": date(2024, 1, 2),
    "references": [WORK, WORK | {"doi": "10.1/x"}],
    "references_complete": True,
    "citations": [],
    "citation_count": 3,
    "authorships": [{"name": "A. Author", "ids": ["s2:1"], "institutions": []}],
}


def folder_of(rows: list[dict[str, Any]], folder: Path) -> BulkFolder:
    write_table(folder, DUMPED, pa.Table.from_pylist(rows, DUMPED.schema()))
    return BulkFolder(folder)


def row(number: int, source: str) -> dict[str, Any]:
    return {"arxiv_id": f"2401.{number:05}", "source": source, "references_complete": False}


def facts_of(folder: BulkFolder, arxiv_ids: list[str]) -> list[Facts]:
    return [f for f in LocalSources(None, folder).facts_of(arxiv_ids) if isinstance(f, Facts)]


def test_a_row_is_read_as_it_was_written_and_a_gap_is_not_an_empty_list(tmp_path: Path) -> None:
    folder = folder_of([WHOLE, row(2, "arxiv_dump")], tmp_path)
    empty, whole = facts_of(folder, ["2401.00001", "2401.00002"])
    evidence = "OpenAlex's dump"
    first = Reference("A Work", "A. Author", 2019, "1901.00001", None, evidence)
    assert whole == Facts(
        "openalex_dump",
        "2401.00001",
        title="A Title",
        former_titles=("An Old Title",),
        authors=("A. Author", "B. Author"),
        categories=(),
        published=date(2024, 1, 2),
        references=(
            first,
            Reference("A Work", "A. Author", 2019, "1901.00001", "10.1/x", evidence),
        ),
        references_complete=True,
        citations=(),
        citation_count=3,
        authorships=(Authorship("A. Author", ("s2:1",), ()),),
    )
    assert empty == Facts("arxiv_dump", "2401.00002")


def test_a_work_that_many_cite_is_in_memory_once(tmp_path: Path) -> None:
    rows = [row(number, DUMPS[1]) | {"references": [WORK]} for number in range(1, ROWS + 2)]
    folder = folder_of(rows, tmp_path)
    cited = [known.references for known in facts_of(folder, [r["arxiv_id"] for r in rows])]
    assert len(cited) == ROWS + 1
    assert len({id(works[0]) for works in cited if works}) == 1


def test_each_dump_speaks_in_turn_wherever_the_rows_are_cut(tmp_path: Path) -> None:
    rows = [row(number, source) for number in range(1, ROWS // 2) for source in DUMPS]
    folder = folder_of(rows, tmp_path)
    assert folder.sources == DUMPS
    asked = [f"2401.{number:05}" for number in range(2, ROWS // 2)]
    told = [(f.source, f.arxiv_id) for f in facts_of(folder, [*asked, "1912.00001"])]
    assert told == [
        (source, arxiv_id) for source in (DUMPS[0], DUMPS[2], DUMPS[1]) for arxiv_id in asked
    ]


def test_rows_that_are_damaged_are_said_when_they_are_read(tmp_path: Path) -> None:
    backwards = pa.Table.from_pylist([row(2, DUMPS[0]), row(1, DUMPS[0])], DUMPED.schema())
    pq.write_table(backwards, tmp_path / "dumped.parquet")
    with pytest.raises(DataError, match=r"not in order.*digest-graph bulk"):
        list(BulkFolder(tmp_path).pieces(["2401.00001"]))


def test_bytes_that_are_no_text_are_damage(tmp_path: Path) -> None:
    table = pa.Table.from_pylist([row(1, DUMPS[0])], DUMPED.schema())
    for name in ("source", "title"):
        column = pa.array([b"\xff"], pa.binary()).view(pa.string())
        place = table.schema.get_field_index(name)
        damaged = table.set_column(place, table.schema.field(name), column)
        pq.write_table(damaged, tmp_path / "dumped.parquet")
        with pytest.raises(DataError, match="digest-graph bulk"):
            list(BulkFolder(tmp_path).pieces(["2401.00001"]))


def test_a_table_of_another_version_is_refused_at_once(tmp_path: Path) -> None:
    pq.write_table(pa.table({"arxiv_id": ["2401.00001"]}), tmp_path / "dumped.parquet")
    with pytest.raises(DataError, match="not the dumped table"):
        BulkFolder(tmp_path)


def test_a_day_that_no_calendar_has_is_a_skip(tmp_path: Path) -> None:
    days = pa.array([2**30], pa.int32()).cast(pa.date32())
    table = pa.Table.from_pylist([row(1, DUMPS[0])], DUMPED.schema())
    place = table.schema.get_field_index("published")
    write_table(tmp_path, DUMPED, table.set_column(place, table.schema.field(place), days))
    found = list(LocalSources(None, BulkFolder(tmp_path)).facts_of(["2401.00001"]))
    assert [type(record) for record in found] == [Skip]
