"""RIS and CSL-JSON: what reference managers, and this program itself, read in them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import rispy
from foreign_readers import bare_text, written
from invented_graphs import NASTY, Row, Tables, tables_of

from pipeline.analyse.parts import part_of
from pipeline.build.run import Inputs, build
from pipeline.store.tables import read_graph

PAPER: Row = {
    "id": "arxiv:2409.02326",
    "arxiv_id": "2409.02326",
    "title": "Arctic: A Title",
    "year": 2024,
    "published": date(2024, 9, 3),
    "venue": "ACL",
    "doi": "10.1/a_b",
    "abstract": "We\nstudy.",
    "url": "https://arxiv.org/abs/2409.02326",
    "commentary": "좋다.\n\n둘째 줄.",
    "entry_dates": [date(2024, 9, 5), date(2024, 9, 7)],
}
OTHERS: list[Row] = [
    {"id": "author:a", "kind": "author", "label": "Laurens van der Maaten"},
    {"id": "org:b", "kind": "organisation", "label": "Qwen Team"},
    {"id": "tag:code", "kind": "tag", "label": "code"},
]
SAID: list[Row] = [
    {"source": "arxiv:2409.02326", "target": "tag:code", "kind": "tagged"},
    {"source": "author:a", "target": "arxiv:2409.02326", "kind": "wrote", "position": 2},
    {"source": "org:b", "target": "arxiv:2409.02326", "kind": "wrote", "position": 1},
]


@pytest.fixture(scope="session")
def seed(seed_outputs: Path) -> Tables:
    return Tables(*read_graph(seed_outputs))


def in_ris(tables: Tables) -> list[Row]:
    (data,) = written("ris", tables)
    records: list[Row] = rispy.loads(data.decode())
    return records


def in_csl(tables: Tables) -> list[Row]:
    (data,) = written("csl-json", tables)
    records: list[Row] = json.loads(data)
    return records


def test_a_paper_is_a_record_of_ris() -> None:
    (record,) = in_ris(tables_of([PAPER, *OTHERS], SAID))
    assert record["authors"] == ["Qwen Team", "van der Maaten, Laurens"]
    assert (record["title"], record["year"], record["date"]) == (
        PAPER["title"],
        "2024",
        "2024/09/03",
    )
    assert (record["keywords"], record["notes"]) == (["code"], ["좋다. 둘째 줄."])
    assert (record["doi"], record["abstract"]) == ("10.1/a_b", "We study.")
    assert record["access_date"] == "2024/09/07"


def test_a_paper_is_a_record_of_csl() -> None:
    (record,) = in_csl(tables_of([PAPER, *OTHERS], SAID))
    assert record["author"] == [
        {"literal": "Qwen Team"},
        {"family": "van der Maaten", "given": "Laurens"},
    ]
    assert record["issued"] == {"date-parts": [[2024, 9, 3]]}
    assert record["accessed"] == {"date-parts": [[2024, 9, 7]]}
    assert (record["type"], record["container-title"]) == ("article-journal", "ACL")
    assert (record["note"], record["keyword"]) == (PAPER["commentary"], "code")


def test_no_more_is_told_of_a_day_than_is_known() -> None:
    row: Row = {"id": "arxiv:1412.6980", "arxiv_id": "1412.6980", "year": 2014, "month": 12}
    known = tables_of([row], [])
    assert in_csl(known)[0]["issued"] == {"date-parts": [[2014, 12]]}
    assert in_ris(known)[0]["date"] == "2014/12"
    assert in_csl(tables_of([{"id": "work:1", "year": 2014}], []))[0]["issued"] == {
        "date-parts": [[2014]]
    }
    assert "issued" not in in_csl(tables_of([{"id": "work:1"}], []))[0]


@pytest.mark.parametrize("read", [in_ris, in_csl])
def test_text_that_could_break_a_file_reaches_every_reader(read: Any) -> None:
    texts = [text for text in NASTY if bare_text(text).strip()]
    nodes = [
        {"id": f"arxiv:{n}", "title": f"T{text}E", "commentary": text, "abstract": text}
        for n, text in enumerate(texts)
    ]
    found = [record["title"] for record in read(tables_of(nodes, []))]
    assert [" ".join(title.split()) for title in found] == [
        " ".join(bare_text(f"T{text}E").split()) for text in texts
    ]
    assert read(tables_of([], [])) == []


@pytest.mark.parametrize("name", ["ris", "csl-json", "bibtex"])
def test_what_was_written_is_read_in_again(name: str, seed: Tables, tmp_path: Path) -> None:
    read = [row for row in seed.nodes.to_pylist() if row["in_digest"]]
    path = tmp_path / "papers"
    path.write_bytes(*written(name, seed))
    found = build(Inputs((path,)))
    again = {match.arxiv_id: match.entry for match in found.matches}
    for row in read:
        entry = again[row["arxiv_id"]]
        assert entry.title == row["title"]
        assert entry.tags


def test_words_that_a_spreadsheet_would_run_come_back_from_a_table(tmp_path: Path) -> None:
    said = ["=1+1 is two", "'tis good", "-5 of 10", "''Quoted'' twice", "'=' is a sign", "it's"]
    rows = [
        {"id": f"arxiv:2401.0000{n}", "arxiv_id": f"2401.0000{n}", "title": words, "label": words,
         "commentary": f"{words}; so I say."}
        for n, words in enumerate(said)
    ]  # fmt: skip
    (tmp_path / "papers.csv").write_bytes(*written("papers", tables_of(rows, [])))
    entries = [match.entry for match in build(Inputs((tmp_path,))).matches]
    assert [entry.title for entry in entries] == said
    assert [entry.commentary for entry in entries] == [row["commentary"] for row in rows]


IN_RIS = {
    "Q. Team": "Q. Team",
    "Qwen Team": "Qwen Team",
    "Laurens van der Maaten": "van der Maaten, Laurens",
}


def test_no_control_character_reaches_a_table_of_papers() -> None:
    (table,) = written("papers", tables_of([PAPER | {"commentary": "\x1b[2J\x07good"}], []))
    (row,) = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    assert row["notes"] == "[2Jgood"


def test_an_author_list_that_a_part_cuts_says_so_and_keeps_its_first_author() -> None:
    nodes = sorted([PAPER | {"first_author": "Q. Team"}, *OTHERS], key=lambda row: row["id"])
    for inside, wanted in (
        (["author:a"], ["Q. Team", "Laurens van der Maaten", "others"]),
        (["org:b"], ["{Qwen Team}", "others"]),
        ([], ["Q. Team", "others"]),
        (["author:a", "org:b"], ["{Qwen Team}", "Laurens van der Maaten"]),
    ):
        ids = pa.array(["arxiv:2409.02326", *inside])
        part = Tables(*part_of(*tables_of(nodes, SAID), ids))
        (bibtex,) = written("bibtex", part)
        assert f"author = {{{' and '.join(wanted)}}}" in bibtex.decode()
        (table,) = written("papers", part)
        (row,) = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
        names = ["and others" if name == "others" else name.strip("{}") for name in wanted]
        assert row["authors"] == "; ".join(names)
        (record,) = in_ris(part)
        assert record["authors"] == [IN_RIS[name] for name in names if name in IN_RIS]
