"""`digest-graph export`: what it writes, of which part, and what it refuses."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from invented_graphs import Tables, tables_of
from typer.testing import CliRunner

from pipeline.build.exporting import GraphPart, exported, part_of
from pipeline.cli.app import app
from pipeline.export import ALIASES, FORMATS, OWN_FORMATS
from pipeline.export.starts import field_starts, reading_starts
from pipeline.model.errors import DataError, DigestGraphError, OutputError, UsageError
from pipeline.model.tables import EDGES, NODES, checked
from pipeline.store.outputs import LOCK_NAME, MANIFEST_NAME, staged
from pipeline.store.tables import read_graph

MEASURES = ("degree", "pagerank", "community")
OCR = "arxiv:2409.01704"


@pytest.fixture(scope="session")
def seed(seed_outputs: Path) -> Tables:
    return Tables(*read_graph(seed_outputs))


def ids(tables: Any, kind: str = "paper") -> set[str]:
    return {row["id"] for row in tables[0].to_pylist() if row["kind"] == kind}


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["export", *map(str, arguments)])


def test_every_format_is_written_and_counted(seed_outputs: Path, tmp_path: Path) -> None:
    done = run("-o", seed_outputs, "--format", ",".join(FORMATS), "--to", tmp_path / "new")
    assert (done.exit_code, done.stderr) == (0, "")
    names = sorted(file.file_name for files in FORMATS.values() for file in files)
    assert sorted(p.name for p in (tmp_path / "new").glob("[!.]*")) == names
    assert done.stdout.startswith("334 nodes, 350 edges in ")
    assert all(str(tmp_path / "new" / name) in done.stdout for name in names)


def test_a_format_may_be_named_as_its_file_is(seed_outputs: Path, tmp_path: Path) -> None:
    done = run("-o", seed_outputs, "--format", "bib,BibTeX,json-ld", "--to", tmp_path / "new")
    assert (done.exit_code, done.stderr) == (0, "")
    assert sorted(p.name for p in (tmp_path / "new").glob("[!.]*")) == [
        "graph.jsonld",
        "papers.bib",
    ]
    assert set(ALIASES.values()) <= set(OWN_FORMATS)
    assert not set(ALIASES) & set(OWN_FORMATS)


def test_the_help_names_every_format() -> None:
    told = " ".join(run("--help").stdout.split())
    assert "with commas: " + ", ".join(FORMATS) in told.lower()


def test_the_whole_graph_is_written_beside_its_tables_as_a_build_does(
    seed_outputs: Path, tmp_path: Path
) -> None:
    for name in ("nodes.parquet", "edges.parquet"):
        shutil.copy(seed_outputs / name, tmp_path / name)
    assert run("-o", tmp_path, "-q").stdout == ""
    for name in ("graph.gexf", "graph.graphml"):
        assert (tmp_path / name).read_bytes() == (seed_outputs / name).read_bytes()


def test_a_part_is_papers_and_what_describes_them(seed: Tables) -> None:
    part = part_of(*seed, GraphPart(papers=("2409.01704",)))
    assert ids(part) == {OCR}
    assert ids(part, "tag") == {"tag:ocr"}
    assert len(ids(part, "author")) == 12
    kinds = set(part[1]["kind"].to_pylist())
    assert kinds == {"wrote", "tagged", "in_category"}


def test_what_is_asked_for_narrows_the_part_down(seed: Tables) -> None:
    assert ids(part_of(*seed, GraphPart(tags=("OCR",)))) == {OCR}
    assert len(ids(part_of(*seed, GraphPart(read=True)))) == 7
    assert ids(part_of(*seed, GraphPart(tags=("ocr", "alignment"), read=True))) >= {OCR}
    assert ids(part_of(*seed, GraphPart(tags=("ocr",), papers=("2409.02392",)))) == set()
    near = part_of(*seed, GraphPart(around="#ocr", hops=1))
    assert ids(near) == {OCR}
    assert ids(part_of(*seed, GraphPart(around="#ocr", hops=0))) == set()
    assert len(ids(part_of(*seed, GraphPart(around="#ocr", hops=2)))) > 1
    assert ids(part_of(*seed, GraphPart(around="#ocr", hops=2, read=True))) == {OCR}


def test_a_part_has_both_ends_of_each_of_its_edges(seed: Tables) -> None:
    for part in (
        GraphPart(read=True),
        GraphPart(around="2409.01704", hops=2),
        GraphPart(tags=("ocr",)),
    ):
        nodes, edges = part_of(*seed, part)
        known = set(nodes["id"].to_pylist())
        assert known.issuperset(edges["source"].to_pylist() + edges["target"].to_pylist())


def test_a_view_is_of_one_kind_and_measured_by_itself(seed: Tables) -> None:
    whole = dict(zip(*(seed.nodes[c].to_pylist() for c in ("id", "x")), strict=True))
    for view, kind in (("papers", "paper"), ("authors", "author"), ("tags", "tag")):
        nodes, edges = part_of(*seed, GraphPart(view=view))
        assert set(nodes["kind"].to_pylist()) == {kind}
        assert sum(nodes["degree"].to_pylist()) == 2 * edges.num_rows
        assert all(whole[row["id"]] == row["x"] for row in nodes.select(["id", "x"]).to_pylist())
        checked(NODES, nodes, view)
        checked(EDGES, edges, view)
    with pytest.raises(DigestGraphError, match="no view"):
        part_of(*seed, GraphPart(view="people"))


def test_a_part_is_laid_out_anew_where_that_is_asked_for(seed: Tables) -> None:
    as_it_lay, edges = part_of(*seed, GraphPart(read=True))
    anew, same = part_of(*seed, GraphPart(read=True, relayout=True))
    assert same.equals(edges)
    assert anew["x"].to_pylist() != as_it_lay["x"].to_pylist()
    of_places = ["x", "y", "size", *MEASURES]
    assert anew.drop_columns(of_places).equals(as_it_lay.drop_columns(of_places))
    assert part_of(*seed, GraphPart(read=True, relayout=True))[0].equals(anew)


def test_people_and_tags_of_a_view_begin_as_in_the_whole(seed: Tables) -> None:
    for timeline in (field_starts, reading_starts):
        days = dict(zip(seed.nodes["id"].to_pylist(), timeline(*seed).nodes, strict=True))
        for view in ("authors", "tags"):
            part = part_of(*seed, GraphPart(view=view))
            starts = timeline(*part).nodes
            assert list(starts) == [days[own] for own in part[0]["id"].to_pylist()]
            assert starts.null_count == 0


def test_dots_of_a_part_are_as_large_as_where_they_lie(seed: Tables) -> None:
    def drawn(far: float) -> list[float]:
        places = [
            {"id": f"tag:{n:02}", "kind": "tag", "x": n % 5 * far, "y": n // 5 * far}
            for n in range(20)
        ]
        tables = tables_of(places, [])
        sizes: list[float] = part_of(*tables, GraphPart(view="tags"))[0]["size"].to_pylist()
        return sizes

    near, far = drawn(20), drawn(2_000)
    assert max(near) < 20
    assert 80 <= min(far) <= max(far) < 1_000
    assert part_of(*seed, GraphPart())[0].equals(seed.nodes)


def test_the_command_writes_a_view_and_takes_formats_in_capitals(
    seed_outputs: Path, tmp_path: Path
) -> None:
    done = run(
        "-o", seed_outputs, "--view", "authors", "--relayout", "-f", "GEXF", "--to", tmp_path
    )
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("79 nodes, 362 edges in ")
    assert b'defaultedgetype="undirected"' in (tmp_path / "graph.gexf").read_bytes()
    assert run("-o", seed_outputs, "--view", "tags").exit_code != 0


def test_a_name_that_nothing_has_is_said(seed: Tables) -> None:
    for part in (
        GraphPart(papers=("9999.99999",)),
        GraphPart(tags=("nothing",)),
        GraphPart(around="nobody"),
    ):
        with pytest.raises(DigestGraphError, match="in this graph is called"):
            part_of(*seed, part)


def test_a_part_never_replaces_the_whole(seed_outputs: Path) -> None:
    with pytest.raises(UsageError, match="Give --to another folder"):
        exported(seed_outputs, ("gexf",), seed_outputs / "." / "", GraphPart(read=True))


@pytest.mark.parametrize("formats", [("gexf", "gefx"), ()])
def test_a_format_that_is_none_is_refused(
    seed_outputs: Path, tmp_path: Path, formats: tuple[str, ...]
) -> None:
    with pytest.raises(UsageError, match=re.escape(", ".join(FORMATS))):
        exported(seed_outputs, formats, tmp_path, GraphPart())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_or_no_folder_is_said_by_its_option(
    seed_outputs: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="Give --to a folder"):
        exported(seed_outputs, ("bibtex",), tmp_path / "file", GraphPart())
    with staged(tmp_path), pytest.raises(OutputError, match="give --to another"):
        exported(seed_outputs, ("bibtex",), tmp_path, GraphPart())
    assert {p.name for p in tmp_path.iterdir()} <= {"file", LOCK_NAME, MANIFEST_NAME}


def test_tables_that_do_not_fit_together_are_refused(tmp_path: Path) -> None:
    node, edge = {"id": "tag:a"}, {"source": "tag:a", "target": "tag:b"}
    for number, tables in enumerate((tables_of([node, node], []), tables_of([node], [edge]))):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, table in zip(("nodes", "edges"), tables, strict=True):
            pq.write_table(table, folder / f"{name}.parquet")
        with pytest.raises(DataError, match=r"one id|not there"):
            exported(folder, ("gexf",), tmp_path / "out", GraphPart())


def test_text_that_is_not_unicode_is_refused_on_reading(tmp_path: Path) -> None:
    tables = tables_of([{"id": "tag:a", "title": "x" * 3}], [])
    lone = pa.array([b"\xed\xa0\x80"]).view(pa.string())
    place = tables.nodes.schema.get_field_index("title")
    nodes = tables.nodes.set_column(place, tables.nodes.schema.field(place), lone)
    pq.write_table(nodes, tmp_path / "nodes.parquet")
    pq.write_table(tables.edges, tmp_path / "edges.parquet")
    with pytest.raises(DataError, match="cannot be read"):
        exported(tmp_path, ("gexf",), tmp_path, GraphPart())
