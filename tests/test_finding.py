"""Which node the words mean that a reader types: one resolver for commands, search and Jupyter."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipeline.analyse.finding import NodeNames, Taken
from pipeline.analyse.searching import Texts
from pipeline.knowledge_graph import KnowledgeGraph
from pipeline.model.errors import DigestGraphError
from pipeline.model.tables import EDGES, NODES

PAPERS = {
    "ppocr": ("PP-OCRv2: Bag of Tricks for Ultra Lightweight OCR System", ()),
    "ppo": ("Proximal Policy Optimization Algorithms", ()),
    "r1": ("DeepSeek-R1: Incentivizing Reasoning Capability in LLMs", ("R-one",)),
    "llama": ("Llama 2: Open Foundation and Fine-Tuned Chat Models", ()),
    "tune": ("Tuning Llama 2 for Chat", ()),
    "world": ("A World of Models", ()),
    "stone": ("Learning to Sort Small Stones by Weight", ("StoneSort",)),
    "sorting": ("StoneSort Revisited", ()),
    "data": ("데이터 선별로 배우기", ()),
    "p1": ("Physics of Language Models: Part 1", ()),
    "p2": ("Physics of Language Models: Part 2", ()),
}  # fmt: skip
REST = {"kind": "paper", "degree": 0, "pagerank": 0.0, "community": 0, "x": 0.0, "y": 0.0}
LOOK = {"size": 1.0, "color": "#000000"}


def graph() -> tuple[pa.Table, pa.Table]:
    rows = [
        {
            "id": f"w:{own}",
            "label": title,
            "title": title,
            "spellings": [title, *names],
            **REST,
            **LOOK,
        }
        for own, (title, names) in PAPERS.items()
    ]
    tags = [("tag:rl", "rl"), ("tag:llama", "llama")]
    rows += [
        {"id": i, "label": n, "spellings": [n], **REST, **LOOK, "kind": "tag"} for i, n in tags
    ]
    nodes = pa.Table.from_pylist(sorted(rows, key=lambda row: str(row["id"])), NODES.schema())
    return nodes, EDGES.schema().empty_table()


NODES_HERE, EDGES_HERE = graph()
NAMES = NodeNames(NODES_HERE)


@pytest.mark.parametrize(
    ("query", "taken", "how"),
    [
        ("ppo", "ppo", "by the initials of its title"),
        ("PP-OCRv2", "ppocr", "by the beginning of its title"),
        ("ppocrv2", "ppocr", "by the beginning of its title"),
        ("bag of tr", "ppocr", "by the beginnings of words"),
        ("deepseekr1", "r1", "by the beginning of its title"),
        ("stonesort", "stone", "so you call it"),
        ("llama 2", "llama", "by the beginning of its title"),
        ("llama", "tag:llama", ""),
        ("for chat", "tune", "by words of its name"),
        ("#rl", "tag:rl", ""),
        ("선별", "data", "by words of its name"),
        ("a world of models", "world", ""),
    ],
)
def test_words_end_where_those_of_a_name_end_and_nicknames_come_first(
    query: str, taken: str, how: str
) -> None:
    node, taken_id = NAMES.taken(query), taken if taken.startswith("tag:") else f"w:{taken}"
    assert (node.id, node.how) == (taken_id, how)
    assert node.line().split("\n")[0] == f"{taken_id}  {node.label}" + (f"  ({how})" if how else "")


@pytest.mark.parametrize("query", ["gof", "rl model", "ppocrv", "wor of", "eep", "#wor", ""])
def test_what_crosses_the_border_of_a_word_is_not_found(query: str) -> None:
    if query == "ppocrv":
        assert NAMES.id_of("pp ocrv") == "w:ppocr"
    with pytest.raises(DigestGraphError, match="nothing in this graph is called"):
        NAMES.taken(query)


def test_several_that_fit_as_well_are_listed_and_none_is_guessed() -> None:
    with pytest.raises(DigestGraphError) as raised:
        NAMES.taken("physics of language models")
    assert [line.split()[0] for line in str(raised.value).split("\n")[1:]] == ["w:p1", "w:p2"]


def test_a_paper_without_a_title_is_told_by_its_id_once() -> None:
    bare = ("arxiv:2401.00011", "2401.00011")
    assert Taken(*bare).line() == "arxiv:2401.00011"
    taken = Taken("w:ovens", "Slow Ovens", others=(bare, ("w:pots", "Pots")), of_all=2)
    assert taken.line() == (
        "w:ovens  Slow Ovens\n  others that it could be: arxiv:2401.00011; w:pots Pots"
    )


def test_who_is_called_alike_is_told_beside_the_one_that_was_taken() -> None:
    assert (
        NAMES.taken("stonesort").line().split("\n")[1]
        == "  others that it could be: w:sorting StoneSort Revisited"
    )


def test_a_search_puts_first_what_every_answer_takes() -> None:
    texts, in_jupyter = Texts(NODES_HERE, EDGES_HERE), KnowledgeGraph(NODES_HERE, EDGES_HERE)
    for query in ("ppo", "ppocrv2", "deepseekr1", "stonesort", "llama 2", "llama", "선별"):
        taken = NAMES.id_of(query)
        assert texts.found(query)["id"][0].as_py() == taken
        assert in_jupyter.id_of(query) == taken
    assert texts.found("gof").num_rows == 0
    assert texts.found("ppo")["id"].to_pylist() == ["w:ppo"]
    assert str(in_jupyter.similar("stonesort").columns.name).startswith("w:stone Learning to")
