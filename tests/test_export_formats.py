"""The formats of `digest-graph export`: foreign readers find in each what the tables say."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import PROJECT, missing
from foreign_readers import CHECKS, check_cytoscape_elements, check_parquet, written
from hypothesis import HealthCheck, given, settings
from invented_graphs import KINDS, NASTY, Tables, graphs, tables_of

from pipeline.export import FORMATS, bibtex, neo4j, parquet, row_batches
from pipeline.export.tex import tex
from pipeline.store.tables import read_graph

SCRIPT = PROJECT / "tests" / "node" / "read_graph.mjs"
NODE = shutil.which("node", path=f"{PROJECT}/.venv/bin{os.pathsep}{os.environ['PATH']}") or ""
FORMULAS = ('=HYPERLINK("http://x")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "'")


@pytest.fixture(scope="session")
def seed(seed_outputs: Path) -> Tables:
    return Tables(*read_graph(seed_outputs))


@pytest.fixture(scope="session")
def nasty() -> Tables:
    others = ("</script>", "\u2028", "a;b", "5% of $x_1", "{", "}{", "\\input{x}")
    texts = list(dict.fromkeys([*NASTY, *FORMULAS, *others]))
    said = ("title", "abstract", "venue", "doi", "commentary", "comment", "name")
    nodes = [
        {"id": f"tag:{text}", "label": f"L{text}", "spellings": texts[: n % 5],
         **dict.fromkeys(said, text)} for n, text in enumerate(texts)
    ]  # fmt: skip
    kinds = [KINDS[n % len(KINDS)] for n in range(len(nodes))]
    edges = [
        {"source": node["id"], "target": nodes[0]["id"], "kind": kind, "sentence": node["title"]}
        for node, kind in zip(nodes, kinds, strict=True)
    ]
    return tables_of(nodes, edges)


@pytest.mark.parametrize("name", CHECKS)
def test_a_foreign_reader_finds_the_graph_of_the_tables(name: str, seed: Tables) -> None:
    CHECKS[name](seed)


@pytest.mark.parametrize("name", CHECKS)
def test_text_that_could_break_a_file_reaches_every_reader_whole(name: str, nasty: Tables) -> None:
    CHECKS[name](nasty)


@pytest.mark.parametrize("name", CHECKS)
def test_an_empty_graph_is_a_graph(name: str) -> None:
    CHECKS[name](tables_of([], []))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_any_text_survives_in_every_format(found: Tables) -> None:
    for check in CHECKS.values():
        check(found)


def test_duckdb_reads_the_tables_that_were_written(
    seed: Tables, nasty: Tables, tmp_path: Path
) -> None:
    for tables in (seed, nasty, tables_of([], [])):
        check_parquet(tables, tmp_path)


def test_cytoscape_itself_reads_every_element(seed: Tables, nasty: Tables, tmp_path: Path) -> None:
    if not NODE or not (SCRIPT.parent / "node_modules" / "cytoscape").is_dir():
        missing("Node or tests/node/node_modules")
    for tables in (seed, nasty):
        path = tmp_path / "graph.cyjs"
        path.write_bytes(*written("cytoscape", tables))
        ran = subprocess.run(
            [NODE, SCRIPT, path], capture_output=True, encoding="utf-8", check=True
        )
        check_cytoscape_elements(json.loads(ran.stdout)["elements"], tables)


@pytest.mark.parametrize("name", CHECKS)
def test_a_graph_of_many_batches_is_whole(
    name: str, seed: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = written(name, seed)
    monkeypatch.setattr(row_batches, "BATCH_ROWS", 7)
    assert written(name, seed) == one


def test_tables_of_more_than_one_row_group_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: Tables
) -> None:
    monkeypatch.setattr(parquet, "GROUP_ROWS", 100)
    check_parquet(seed, tmp_path)


def test_neo4j_is_told_the_type_of_every_column(seed: Tables) -> None:
    nodes, edges = (data.decode().split("\r\n")[0].split(",") for data in written("neo4j", seed))
    assert nodes[:2] == ["id:ID", ":LABEL"]
    assert {"year:long", "published:date", "x:double", "in_digest:boolean", "categories:string[]"
            } < set(nodes)  # fmt: skip
    assert edges[:3] == [":START_ID", ":END_ID", ":TYPE"]
    assert neo4j.NODES_FILE.file_name != neo4j.RELATIONSHIPS_FILE.file_name


def test_a_paper_has_one_key_in_every_selection(seed: Tables) -> None:
    papers = seed.nodes.filter([kind == "paper" for kind in seed.nodes["kind"].to_pylist()])
    one = b"".join(bibtex.GRAPH_FILE.pieces(papers.slice(3, 1), seed.edges.slice(0, 0)))
    assert one.split(b",\n")[0] in written("bibtex", seed)[0]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (r"$\alpha_{1}$ and $5", r"$\alpha_{1}$ and \$5"),
        (r"$\input{secret}$", r"\$\textbackslash{}input\{secret\}\$"),
        (r"$}{$", r"\$\textbraceright{}\textbraceleft{}\$"),
        ("a -- b ``c''", "a -{-} b `{`}c'{'}"),
    ],
)
def test_tex_prints_the_text_and_runs_no_macro_of_it(text: str, printed: str) -> None:
    assert tex(text) == printed


def test_names_that_bibtex_would_take_apart_are_held_together() -> None:
    authors = ["Ann Lee", "Salt and Pepper Team", "Bo Kim, Jr.", "Qwen Team"]
    ids = ["author:a", "author:b", "author:c", "org:qwen"]
    nodes = [{"id": "arxiv:2409.00001", "authors_complete": False}]
    nodes += [
        {"id": own, "kind": "author", "label": name} for own, name in zip(ids, authors, strict=True)
    ]
    edges = [
        {"source": own, "target": "arxiv:2409.00001", "kind": "wrote", "position": 4 - place}
        for place, own in enumerate(ids)
    ]
    (data,) = written("bibtex", tables_of(nodes, edges))
    wanted = "{Qwen Team} and {Bo Kim, Jr.} and {Salt and Pepper Team} and Ann Lee and others"
    assert f"author = {{{wanted}}}" in data.decode()


def test_every_format_has_files_of_its_own() -> None:
    names = [file.file_name for files in FORMATS.values() for file in files]
    assert len(set(names)) == len(names)
    others = {"gexf", "gexf-reading", "graphml", "parquet", "csv", "xlsx", "cypher", "vosviewer"}
    assert set(FORMATS) == {*others, "papers", "canvas", "ris", "csl-json", *CHECKS}
