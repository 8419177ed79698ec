"""Graph files: 30,000 nodes and 150,000 edges, against writing the same bytes raw and networkx.

The nodes are those of the digest that ships, repeated under new ids; the edges join them at
random (seed 1), so the figures speak of writing alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import networkx as nx
import numpy as np
import pyarrow as pa

from benchmarks.clock import best_s, row
from benchmarks.start import PROJECT
from pipeline.export import gexf, graphml
from pipeline.knowledge_graph import KnowledgeGraph
from pipeline.run import Inputs, build
from pipeline.tables import EDGES, Build, Exporter

NODES, NODE_EDGES = 30_000, 5


def measured() -> Iterator[str]:
    """Each writer against the raw bytes, and against networkx on the same graph."""
    large = _large(build(Inputs((PROJECT / "digests",))))
    made = _plain(KnowledgeGraph(large.nodes, large.edges).nx)
    with TemporaryDirectory() as name:
        path = Path(name, "graph")
        peers = {graphml.EXPORTER: nx.write_graphml_lxml, gexf.EXPORTER: nx.write_gexf}
        for exporter, peer in peers.items():
            taken_s = best_s(lambda exporter=exporter: _write(path, exporter, large))
            content = path.read_bytes()
            raw_s = best_s(lambda content=content: path.write_bytes(content))
            size = f"{exporter.file_name}, {len(content) / 1e6:.0f} MB"
            yield row(size, taken_s, "the same bytes raw", raw_s)
            peer_s = best_s(lambda peer=peer: peer(made, path), runs=1)
            yield row(size, taken_s, f"networkx.{peer.__name__}", peer_s)


def _write(path: Path, exporter: Exporter, large: Build) -> None:
    with path.open("wb") as stream:
        stream.writelines(exporter.pieces(large))


def _large(seed: Build) -> Build:
    rows = np.resize(np.arange(seed.nodes.num_rows), NODES)
    ids = pa.array([f"arxiv:{number:09d}" for number in range(NODES)])
    nodes = seed.nodes.take(rows).set_column(0, seed.nodes.schema.field("id"), ids)
    ends = np.random.default_rng(1).integers(NODES, size=(2, NODES * NODE_EDGES))
    edges = seed.edges.take(np.resize(np.arange(seed.edges.num_rows), NODES * NODE_EDGES))
    for column, end in enumerate(ends):
        edges = edges.set_column(column, EDGES.schema().field(column), ids.take(end))
    return seed._replace(nodes=nodes, edges=edges)


def _plain(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The graph with the attributes that networkx can write: no lists, no dates."""
    plain = nx.MultiDiGraph()
    kept = (str, int, float, bool)
    for node, values in graph.nodes(data=True):
        plain.add_node(node, **{k: v for k, v in values.items() if isinstance(v, kept)})
    for source, target, key, values in graph.edges(keys=True, data=True):
        known = {k: v for k, v in values.items() if isinstance(v, kept)}
        plain.add_edge(source, target, key, **known)
    return plain
