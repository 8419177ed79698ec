"""The nodes and edges tables: as the design declares them, from the digest that ships."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pytest

from benchmarks.worlds.relations import world_relations
from benchmarks.worlds.world import world
from pipeline.analyse.measures import with_measures
from pipeline.graph import relations
from pipeline.graph.assembly import UNMEASURED, graph_tables
from pipeline.graph.relations import Relations
from pipeline.layout.looks import with_looks
from pipeline.layout.positions import with_positions
from pipeline.model.engines import EngineName, opened_engine
from pipeline.model.errors import DataError
from pipeline.model.tables import EDGES, NODES, Build, checked, endpoints

READ = {
    *("2409.02326", "2409.01524", "2409.00997", "2409.01893"),
    *("2409.02392", "2409.01704", "2409.02908"),
}

ENGINES: tuple[EngineName, ...] = ("arrow", "duckdb")


def rows(build: Build, kind: str) -> list[dict[str, object]]:
    return [row for row in build.edges.to_pylist() if row["kind"] == kind]


def nodes(build: Build) -> dict[str, dict[str, object]]:
    return {row["id"]: row for row in build.nodes.to_pylist()}


def test_nodes_are_the_papers_read_mentioned_and_cited_and_who_wrote_what(
    seed_build: Build,
) -> None:
    papers = [row for row in nodes(seed_build).values() if row["kind"] == "paper"]
    assert {row["arxiv_id"] for row in papers if row["in_digest"]} == READ
    # 239 references name 230 works, nine of them cited by two papers.
    assert len(papers) == 9 + 230
    kinds = [row["kind"] for row in nodes(seed_build).values()]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "paper": 239, "author": 79, "tag": 11, "category": 5,
    }  # fmt: skip


def test_a_work_that_two_papers_cite_is_one_node(seed_build: Build) -> None:
    cited = [row["target"] for row in rows(seed_build, "cites")]
    twice = {target for target in cited if cited.count(target) == 2}
    titles = {
        str(nodes(seed_build)[str(target)]["title"]).lower().split(":")[0] for target in twice
    }
    assert titles == {
        "codegemma", "deepseekmath", "gpt-4 technical report", "qwen2 technical report",
        "llama 2", "the llama 3 herd of models", "roformer", "phi-3 technical report",
        "training verifiers to solve math word problems",
    }  # fmt: skip


def test_mentions_carry_the_sentence_and_stay_apart_from_citations(seed_build: Build) -> None:
    found = {(row["source"], row["target"]): row for row in rows(seed_build, "mentions")}
    assert set(found) == {
        ("arxiv:2409.01524", "arxiv:2408.16293"),
        ("arxiv:2409.00997", "arxiv:2310.10638"),
    }
    row = found["arxiv:2409.01524", "arxiv:2408.16293"]
    assert str(row["sentence"]).endswith("떠올리게 하네요.")
    assert (row["sources"], str(row["entry_dates"])) == (["digest"], "[datetime.date(2024, 9, 5)]")
    mentioned = nodes(seed_build)["arxiv:2310.10638"]
    assert mentioned["venue"] == "ICLR 2024"
    assert mentioned["in_digest"] is False


def test_every_citation_says_who_says_so_and_how(seed_build: Build) -> None:
    assert len(rows(seed_build, "cites")) == 239
    assert all(
        row["sources"] == ["bundled"] and row["evidence"] for row in rows(seed_build, "cites")
    )


def test_unknown_references_are_not_an_empty_list(seed_build: Build) -> None:
    known = {i: row["references_known"] for i, row in nodes(seed_build).items() if row["in_digest"]}
    assert known["arxiv:2409.02326"] == "all"
    assert known["arxiv:2409.01524"] == "none"
    assert nodes(seed_build)["arxiv:2408.16293"]["references_known"] == "some"


def test_authors_stand_in_printed_order_and_categories_know_the_primary(seed_build: Build) -> None:
    wrote = [row for row in rows(seed_build, "wrote") if row["target"] == "arxiv:2409.00997"]
    ordered = sorted(wrote, key=lambda row: int(str(row["position"])))
    names = [nodes(seed_build)[str(row["source"])]["name"] for row in ordered]
    assert names[:3] == ["Keer Lu", "Xiaonan Nie", "Zheng Liang"]
    assert [row["position"] for row in ordered] == list(range(1, 12))
    primary = {
        row["source"]: row["target"] for row in rows(seed_build, "in_category") if row["primary"]
    }
    assert primary["arxiv:2409.02392"] == "category:cs.LG"
    assert nodes(seed_build)["category:cs.LG"]["name"] == "Machine Learning"


def test_both_tables_are_as_they_are_declared(seed_build: Build) -> None:
    checked(NODES, seed_build.nodes, "nodes")
    checked(EDGES, seed_build.edges, "edges")


def test_a_table_that_is_not_as_declared_is_refused(seed_build: Build) -> None:
    table = seed_build.nodes
    with pytest.raises(DataError, match=r"not the nodes table: it differs in label\."):
        checked(NODES, table.drop_columns(["label"]), "here")
    with pytest.raises(DataError, match="not in order"):
        checked(NODES, table.take(pa.array(range(table.num_rows - 1, -1, -1))), "here")
    edges = seed_build.edges
    assert edges["source"][0] == edges["source"][1]
    with pytest.raises(DataError, match="not in order"):
        checked(EDGES, edges.take(pa.array([1, 0, *range(2, edges.num_rows)])), "here")
    label = pa.array([None, *table["label"].to_pylist()[1:]], pa.string())
    with pytest.raises(DataError, match=r"nodes\.label has gaps"):
        checked(NODES, table.set_column(2, table.schema.field("label"), label), "here")


def test_positions_sizes_and_measures_are_the_same_on_every_run(seed_build: Build) -> None:
    measured = [name for name in seed_build.nodes.column_names if name not in (
        "degree", "pagerank", "community", "x", "y", "size", "color")]  # fmt: skip
    bare = seed_build.nodes.select(measured)
    again = with_measures(bare, seed_build.edges)
    again = with_positions(with_looks(again, seed_build.edges), seed_build.edges)
    assert again.select(seed_build.nodes.column_names).equals(seed_build.nodes)


def test_degrees_add_up_and_pagerank_is_a_share(seed_build: Build) -> None:
    assert sum(seed_build.nodes["degree"].to_pylist()) == 2 * seed_build.edges.num_rows
    assert sum(seed_build.nodes["pagerank"].to_pylist()) == pytest.approx(1, abs=1e-6)
    sizes = [seed_build.nodes["community"].to_pylist().count(n) for n in range(3)]
    assert sizes == sorted(sizes, reverse=True)


def test_nodes_do_not_lie_on_each_other(seed_build: Build) -> None:
    places = list(zip(*(seed_build.nodes[axis].to_pylist() for axis in "xy"), strict=True))
    assert len(set(places)) == len(places)
    spread = [max(axis) - min(axis) for axis in zip(*places, strict=True)]
    assert spread[0] >= 0.8 * spread[1]


def test_a_graph_of_nothing_is_measured_and_laid_out() -> None:
    empty, none = UNMEASURED.empty_table(), EDGES.schema().empty_table()
    table = with_positions(with_looks(with_measures(empty, none), none), none)
    assert table.num_rows == 0


def test_an_edge_to_nowhere_is_refused() -> None:
    nodes = pa.Table.from_pylist([{"id": "tag:a", "kind": "tag", "label": "a"}], UNMEASURED)
    edge = {"source": "tag:a", "target": "tag:b", "kind": "cites", "weight": 1.0}
    with pytest.raises(DataError, match="a node that is not there"):
        endpoints(nodes, pa.Table.from_pylist([edge], EDGES.schema()))


def no_relations() -> Relations[pa.Table]:
    declared = [getattr(relations, name.upper()) for name in Relations._fields]
    return Relations(*(table.schema().empty_table() for table in declared))


@pytest.mark.parametrize("name", ENGINES)
def test_a_pair_that_several_sources_tell_of_is_one_edge_that_names_them(name: EngineName) -> None:
    ids = [f"arxiv:2401.{number:05}" for number in range(20)]
    papers = [{"id": name, "in_digest": False} for name in ids]
    said = [("b", "by title"), ("a", "by id"), ("b", "by title")]
    citations = [
        {"citing": citing, "cited": cited, "said_by": by, "evidence": why}
        for citing, cited in pairwise(ids)
        for by, why in said
    ]
    once = {"citing": ids[0], "cited": ids[2], "said_by": "c", "evidence": "printed"}
    itself = {"citing": ids[0], "cited": ids[0], "said_by": "c", "evidence": "printed"}
    given = no_relations()._replace(
        papers=pa.Table.from_pylist(papers, relations.PAPERS.schema()),
        citations=pa.Table.from_pylist([*citations, once, itself], relations.CITATIONS.schema()),
    )
    with opened_engine(name) as engine:
        edges = graph_tables(given, engine)[1].to_pylist()
    found = {(e["source"], e["target"]): (e["sources"], e["evidence"]) for e in edges}
    assert found == {
        **dict.fromkeys(pairwise(ids), (["a", "b"], "by id; by title")),
        (ids[0], ids[2]): (["c"], "printed"),
    }
    assert len(edges) == len(found)


def test_a_small_graph_has_the_same_tables_by_arrow_and_by_duckdb() -> None:
    given = world_relations(world(60, Path("none")))
    first, second, *_ = given.papers["id"].to_pylist()
    papers = [
        {
            **row,
            "categories": [["cs.LG", "cs.CL"], None, []][number % 3],
            "categories_from": "arxiv",
        }
        for number, row in enumerate(given.papers.to_pylist())
    ]
    tag = {"id": "tag:é", "label": "é", "spellings": ["é", "É"], "broader": [], "meta": False}
    dates = [date(2024, 9, 5)]
    mention = {"paper": first, "other": second, "evidence": "a.md:1", "sentence": "새로운"}
    rows = {
        "papers": papers,
        "tags": [tag],
        "taggings": [{"paper": first, "tag": "tag:é", "times": 2, "entry_dates": dates}],
        "category_names": [{"category": "cs.CL", "name": "Computation and Language"}],
        "mentions": [{**mention, "times": 1, "entry_dates": []}],
    }
    tables = {
        name: pa.Table.from_pylist(each, getattr(relations, name.upper()).schema())
        for name, each in rows.items()
    }
    made = []
    for name in ENGINES:
        with opened_engine(name) as engine:
            made.append(graph_tables(given._replace(**tables), engine))
    assert made[0] == made[1]
    nodes_made, edges_made = made[0]
    assert nodes_made["name"].to_pylist().count("Computation and Language") == 1
    kinds = {"wrote", "in_category", "tagged", "cites", "mentions"}
    assert set(edges_made["kind"].to_pylist()) == kinds


def test_two_nodes_of_one_id_are_refused() -> None:
    row = {"id": "tag:a", "label": "a", "spellings": ["a"], "broader": [], "meta": False}
    twice = pa.Table.from_pylist([row, row], relations.TAGS.schema())
    with (
        opened_engine() as engine,
        pytest.raises(ValueError, match="two nodes are called tag:a"),
    ):
        graph_tables(no_relations()._replace(tags=twice), engine)


def test_ctrl_c_while_duckdb_reads_a_table_is_ctrl_c() -> None:
    schema = pa.schema([("number", pa.int64())])

    def batches() -> Iterator[pa.RecordBatch]:
        yield pa.RecordBatch.from_pydict({"number": [1]}, schema=schema)
        raise KeyboardInterrupt

    reader = pa.RecordBatchReader.from_batches(schema, batches())
    with pytest.raises(KeyboardInterrupt), opened_engine() as engine:
        engine.frame(reader).collect("pyarrow")
