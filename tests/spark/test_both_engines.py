"""Both engines give the same rows: `make test-spark`, as PySpark and Java are heavy."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import PROJECT, SEED
from invented_dumps import OWN, dumps
from typer.testing import CliRunner

from benchmarks.worlds.relations import world_relations
from benchmarks.worlds.world import world
from pipeline.build.run import Inputs, build
from pipeline.cli.app import app
from pipeline.graph.assembly import graph_tables
from pipeline.graph.relations import CITATIONS, Relations
from pipeline.model.engines import Engine, opened_engine, queried

PAPERS = 3_000
ODD = ("\u0130", "i\u0307", "\U0001f600", "\uffee", "Z", "a", "\u00e9", "e\u0301", "", " ")
"""Letters whose case, form and order differ between engines that look at more than bytes."""


@pytest.fixture(scope="module")
def engines() -> Iterator[tuple[Engine, Engine]]:
    with opened_engine("duckdb") as duckdb, opened_engine("spark") as spark:
        yield duckdb, spark


def both(engines: tuple[Engine, Engine], given: Relations[pa.Table]) -> list[Any]:
    return [graph_tables(given, engine) for engine in engines]


def test_invented_papers_make_the_same_tables(engines: tuple[Engine, Engine]) -> None:
    one, two = both(engines, world_relations(world(PAPERS, Path("none"))))
    assert one[0].num_rows > PAPERS
    assert one[1].num_rows > 10 * PAPERS
    assert one == two


def test_odd_letters_stand_in_one_order_and_lists_are_alike(
    engines: tuple[Engine, Engine],
) -> None:
    given = world_relations(world(len(ODD) * 20, Path("none")))
    ids = [f"arxiv:{letter}{number}" for letter in ODD for number in range(20)]
    papers = given.papers.set_column(0, given.papers.schema.field("id"), pa.array(ids))
    rows = [
        {"citing": citing, "cited": cited, "said_by": said_by, "evidence": f"by {evidence}"}
        for citing, cited in zip(ids, reversed(ids), strict=True)
        for said_by in ODD[: len(citing) % 4]
        for evidence in ODD[: len(cited) % 3]
    ]
    citations = pa.Table.from_pylist(rows, CITATIONS.schema())
    others = {"signatures": given.signatures.slice(0, 0), "taggings": given.taggings.slice(0, 0)}
    one, two = both(engines, given._replace(papers=papers, citations=citations, **others))
    assert any(len(sources) > 1 for sources in one[1]["sources"].to_pylist())
    assert one == two


def test_the_digest_that_ships_makes_the_same_graph() -> None:
    one, two = (build(Inputs((SEED,), engine=name)) for name in ("duckdb", "spark"))
    assert one.nodes.equals(two.nodes)
    assert one.edges.equals(two.edges)


@pytest.mark.parametrize("hops", ["1", "2"])
def test_dumps_are_cut_alike(tmp_path: Path, hops: str) -> None:
    (tmp_path / "dumps").mkdir()
    found = dumps(tmp_path / "dumps")
    (tmp_path / "ids.txt").write_text(OWN)
    for engine in ("duckdb", "spark"):
        named = [
            *("--semantic-scholar", found.semantic_scholar, "--openalex", found.openalex),
            *("--arxiv", found.arxiv, "--hops", hops, "--engine", engine),
        ]
        arguments = ["bulk", tmp_path / "ids.txt", "--bulk", tmp_path / engine, *named]
        done = CliRunner().invoke(app, list(map(str, arguments)))
        assert done.exit_code == 0, (done.output, done.exception)
    one, two = (tmp_path / engine / "dumped.parquet" for engine in ("duckdb", "spark"))
    assert pq.read_table(one).equals(pq.read_table(two))
    assert bad_lines(one.parent) == bad_lines(two.parent)


def bad_lines(folder: Path) -> dict[tuple[str, str], int]:
    """How many lines of which file are bad in which way; Spark cannot tell which lines."""
    found: dict[tuple[str, str], int] = {}
    with (folder / "bad_lines.csv").open(newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            place = row["file"], row["problem"]
            found[place] = found.get(place, 0) + int(row["lines"])
    return found


def test_what_narwhals_cannot_say_is_said_in_words_that_both_know(
    engines: tuple[Engine, Engine],
) -> None:
    table = pa.table({"name": ["b", "a", "b"], "group": [1, 1, 1]})
    sql = "SELECT array_join(array_sort(array_distinct(array_agg(name))), '; ') AS x FROM given"
    found = [queried(e.frame(table), sql).collect("pyarrow").to_native() for e in engines]
    assert [rows.to_pylist() for rows in found] == [[{"x": "a; b"}]] * 2


def test_this_folder_is_not_part_of_the_other_tests() -> None:
    assert "tests/spark" in (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
