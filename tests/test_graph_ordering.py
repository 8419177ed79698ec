"""The order of nodes and edges: by the bytes of their ids, whatever order an engine gives them."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.graph import ordering
from pipeline.graph.assembly import UNMEASURED
from pipeline.graph.ordering import by_ends, by_id
from pipeline.model.errors import DataError
from pipeline.model.tables import EDGES

KINDS = ("cites", "mentions", "wrote")


def nodes_of(ids: list[str]) -> pa.Table:
    rows = [{"id": name, "kind": "tag", "label": f"the label of {name}"} for name in ids]
    return pa.Table.from_pylist(rows, UNMEASURED)


def edges_of(rows: list[tuple[str, str, str]]) -> pa.Table:
    said = [
        {"source": s, "target": t, "kind": k, "weight": 1.0, "evidence": f"{s} {t} {k}"}
        for s, t, k in rows
    ]
    return pa.Table.from_pylist(said, EDGES.schema())


@given(st.lists(st.text(max_size=4), unique=True, min_size=1, max_size=9), st.integers(0, 99))
def test_rows_lie_by_the_bytes_of_their_ids_and_stay_whole(ids: list[str], seed: int) -> None:
    ids = [name for name in ids if name.isprintable()] or ["a"]
    nodes = by_id(nodes_of(ids))
    by_bytes = sorted(ids, key=str.encode)
    assert nodes.equals(nodes_of(by_bytes))
    wanted = [(s, t, k) for s in by_bytes for t in by_bytes for k in KINDS]
    mixed = random.Random(seed).sample(wanted, len(wanted))
    parts = [edges_of(mixed[::2]), edges_of(mixed[1::2]), edges_of([])]
    assert by_ends(parts, nodes).equals(edges_of(wanted))


def test_texts_of_many_bytes_are_ordered_a_run_of_rows_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = [f"tag:{number:03}" for number in range(100)]
    monkeypatch.setattr(ordering, "_MOST_BYTES", 10)
    monkeypatch.setattr(ordering, "_ROWS", 7)
    assert by_id(nodes_of(ids[::-1])).equals(nodes_of(ids))


def test_an_id_that_comes_twice_is_named() -> None:
    with pytest.raises(ValueError, match="two nodes are called b"):
        by_id(nodes_of(["c", "b", "a", "b"]))


def test_an_edge_to_a_node_that_is_not_there_is_refused() -> None:
    with pytest.raises(DataError, match="a node that is not there"):
        by_ends([edges_of([("a", "z", "cites")])], nodes_of(["a"]))
