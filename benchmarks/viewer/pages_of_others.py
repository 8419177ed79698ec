"""The same graph as pages of sigma, force-graph, vis-network and pyvis.

Each as its documentation does it, in one file, with our places and no physics. The libraries are
of npm (`npm ci` in benchmarks/viewer/node), pyvis of PyPI. Nothing of them is in the package.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.viewer.pages import Graph
from pipeline.model.tables import endpoints

_NODE_MODULES = Path(__file__).parent / "node" / "node_modules"
LIBRARIES: dict[str, tuple[Path, ...]] = {
    "sigma": (
        _NODE_MODULES / "graphology" / "dist" / "graphology.umd.min.js",
        _NODE_MODULES / "sigma" / "dist" / "sigma.min.js",
    ),
    "force-graph": (_NODE_MODULES / "force-graph" / "dist" / "force-graph.min.js",),
    "vis-network": (_NODE_MODULES / "vis-network" / "standalone" / "umd" / "vis-network.min.js",),
    "pyvis": (),
}
"""What a page of each takes from npm."""


def _rows(graph: Graph) -> list[dict[str, Any]]:
    return graph.nodes.select(["id", "label", "x", "y", "size", "color"]).to_pylist()


def _ends(graph: Graph) -> list[list[int]]:
    rows: list[list[int]] = np.column_stack(endpoints(graph.nodes, graph.edges)).tolist()
    return rows


def _page(viewer: str, data: object, script: str) -> bytes:
    """A page with a library, data as JSON, and a script that has both."""
    text = json.dumps(data).replace("<", "\\u003c")
    libraries = "".join(
        f"<script>{path.read_text(encoding='utf-8')}</script>" for path in LIBRARIES[viewer]
    )
    return f"""<!doctype html><meta charset="utf-8"><style>html,body,#box{{margin:0;height:100%}}
</style><div id="box"></div>{libraries}
<script type="application/json" id="data">{text}</script><script>
const {{ nodes, edges }} = JSON.parse(document.getElementById("data").textContent);
const box = document.getElementById("box");
{script}</script>""".encode()


def sigma(graph: Graph) -> bytes:
    """A page that shows the graph with sigma and graphology."""
    script = """
const graph = new graphology.MultiDirectedGraph();
for (const { id, ...has } of nodes) graph.addNode(id, { ...has, size: has.size / 5 });
for (const [a, b] of edges) graph.addEdge(nodes[a].id, nodes[b].id, { size: 1, color: "#ccc" });
const sigma = new Sigma(graph, box);
sigma.once("afterRender", () => requestAnimationFrame(() => { window.ready = performance.now(); }));
sigma.refresh();
"""
    return _page("sigma", {"nodes": _rows(graph), "edges": _ends(graph)}, script)


def force_graph(graph: Graph) -> bytes:
    """A page that shows the graph with force-graph, its simulation over before it begins."""
    script = """
for (const node of nodes) [node.fx, node.fy] = [node.x, node.y];
const links = edges.map(([a, b]) => ({ source: nodes[a].id, target: nodes[b].id }));
const shown = new ForceGraph(box).graphData({ nodes, links }).nodeVal((each) => each.size)
  .nodeColor((each) => each.color).nodeLabel("label").nodeRelSize(1).cooldownTicks(0)
  .onRenderFramePost(() => { window.ready ??= performance.now(); });
shown.zoom(0.1);
"""
    return _page("force-graph", {"nodes": _rows(graph), "edges": _ends(graph)}, script)


def vis_network(graph: Graph) -> bytes:
    """A page that shows the graph with vis-network, straight edges and no physics: its quickest."""
    script = """
const links = edges.map(([a, b]) => ({ from: nodes[a].id, to: nodes[b].id }));
const options = { physics: false, edges: { smooth: false }, nodes: { shape: "dot" } };
const shown = new vis.Network(box, { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(links) },
  options);
shown.once("afterDrawing", () => { window.ready = performance.now(); });
"""
    return _page("vis-network", {"nodes": _rows(graph), "edges": _ends(graph)}, script)


def pyvis(graph: Graph) -> bytes:
    """A page of pyvis, in one file, with its physics off and our places."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="100vh")
    network.toggle_physics(False)
    for row in _rows(graph):
        network.add_node(row.pop("id"), shape="dot", **row)
    for row in graph.edges.select(["source", "target"]).to_pylist():
        network.add_edge(row["source"], row["target"])
    html = re.sub(r"<(?:link|script)[^>]*cdn[^>]*>(?:</script>)?", "", network.generate_html())
    told = (
        'network.once("afterDrawing", () => { window.ready = performance.now(); });return network;'
    )
    return html.replace("return network;", told).encode()
