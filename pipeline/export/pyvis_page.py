"""`pyvis.html`: the papers of the digests, their authors and tags, as a page drawn by pyvis.

pyvis gives the drawing library and its node and edge lists; the page around them is our own
template. So nothing is linked from elsewhere, no text of a paper becomes HTML (pyvis shows
tooltips as HTML once any title contains "href", so none are passed), and the positions are those
of the layout, with physics off. A Content-Security-Policy lets nothing else run.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.hanging_together import hanging_together
from pipeline.model.kinds import EDGE_KINDS, NODE_KINDS
from pipeline.model.readable_tex import readable_title
from pipeline.model.tables import GraphFile, endpoints

MOST_NODES = 500
"""pyvis draws at most so many nodes at a bearable speed; beyond, the strongest are shown."""


class _LegendNode(NamedTuple):
    """A kind of node: its name in the legend, what one is, its shape there (SVG) and drawn."""

    name: str
    one: str
    shape: str
    path: str


class _LegendEdge(NamedTuple):
    """A kind of edge: its name in the legend and its looks; lengths in units of x and y."""

    name: str
    color: str
    opacity: float
    width: int
    dashes: tuple[int, ...] = ()


_DOT = "M8 2a6 6 0 1 0 .01 0z"
_SHAPES = {
    "paper": ("dot", _DOT),
    "author": ("triangle", "M8 2 15 14H1z"),
    "organisation": ("square", "M3 3h10v10H3z"),
    "tag": ("hexagon", "M4.5 2.5h7L15 8l-3.5 5.5h-7L1 8z"),
    "category": ("diamond", "M8 1l7 7-7 7-7-7z"),
}
_NODE_KINDS = {
    "read": _LegendNode("Papers read", "A paper you read", *_SHAPES["paper"]),
    **{name: _LegendNode(kind.many, kind.one, *_SHAPES[name]) for name, kind in NODE_KINDS.items()},
}
_WIDTHS_AND_DASHES: dict[str, tuple[int, tuple[int, ...]]] = {
    "mentions": (4, (10, 7)), "tagged": (2, ()), "in_category": (1, (2, 6)), "broader": (2, ()),
    "relates_to": (1, (4, 4)),
}  # fmt: skip
"""In pixels, of edges that are not thin and whole."""
_EDGE_KINDS = {
    name: _LegendEdge(
        kind.heading, kind.color, kind.opacity, *_WIDTHS_AND_DASHES.get(name, (1, ()))
    )
    for name, kind in EDGE_KINDS.items()
}
_DETAILS = (
    "name", "arxiv_id", "first_author", "year", "month", "published", "categories", "venue", "url",
    "entry_dates", "abstract", "commentary", "authors_complete", "spellings", "ambiguous",
    "references_known", "degree",
)  # fmt: skip
_SPREAD = 3
"""Places lie so much further apart than in the tables, as authors stand close to their paper."""
_LABEL_CHARACTERS = 34
_MANY_EDGES = 8


def page(nodes: pa.Table, edges: pa.Table) -> str:
    """The page of a graph, or of its strongest `MOST_NODES` nodes, as HTML text."""
    rows = np.arange(nodes.num_rows)
    return _page_of(strongest(rows, nodes, MOST_NODES), len(rows), (nodes, edges))


def _page_of(rows: np.ndarray, of: int, tables: tuple[pa.Table, pa.Table]) -> str:
    """The page of these rows, which are some of so many."""
    from pyvis.network import Network

    nodes, edges = tables
    shown = nodes.take(rows).sort_by("id")
    shown_ids = shown["id"]
    inside = pc.and_(pc.is_in(edges["source"], shown_ids), pc.is_in(edges["target"], shown_ids))
    network = Network(directed=True, cdn_resources="in_line")
    network.toggle_physics(False)
    for row in shown.to_pylist():
        network.add_node(row["id"], **_node_options(row))
    for row in edges.filter(inside).to_pylist():
        network.add_edge(row["source"], row["target"], **_edge_options(row))
    network.heading = of
    _use_own_template(network)
    return str(network.generate_html(notebook=True))


def strongest(rows: np.ndarray, nodes: pa.Table, most: int) -> np.ndarray:
    """At most so many of these rows of `nodes`: the papers of the digests first, then by degree."""
    read = pc.fill_null(nodes["in_digest"], False).cast(pa.int8())
    ranked = pa.table({"read": read, "degree": nodes["degree"], "id": nodes["id"]}).take(rows)
    order = [("read", "descending"), ("degree", "descending"), ("id", "ascending")]
    strongest_rows: np.ndarray = rows[pc.sort_indices(ranked, order).to_numpy()[:most]]
    return strongest_rows


def digest_part(nodes: pa.Table, edges: pa.Table) -> np.ndarray:
    """The rows of the papers of the digests, with their authors, organisations and tags."""
    read = np.asarray(pc.fill_null(nodes["in_digest"], False), bool)
    source, target = endpoints(nodes, edges)
    near = read.copy()
    near[source[read[target]]] = near[target[read[source]]] = True
    kinds = pc.is_in(nodes["kind"], pa.array(["author", "organisation", "tag"]))
    return np.flatnonzero(read | (near & np.asarray(kinds, bool)))


def _node_options(row: dict[str, Any]) -> dict[str, Any]:
    kind = "read" if row["in_digest"] else row["kind"]
    return {
        "kind": kind,
        "one": _NODE_KINDS[kind].one,
        "label": _short(row["label"]),
        "label_px": _label_px(row),
        "full": readable_title(row["label"]),
        "shape": _NODE_KINDS[kind].shape,
        "shapeProperties": {"borderDashes": [3, 3] if row["ambiguous"] else False},
        "x": _SPREAD * row["x"],
        "y": -_SPREAD * row["y"],
        "size": row["size"] / 2,
        "color": row["color"],
        "details": {name: _plain(row[name]) for name in _DETAILS if row[name] not in (None, [])},
    }


def _label_px(row: dict[str, Any]) -> int:
    if row["in_digest"]:
        return 15
    if row["kind"] == "paper" and row["degree"] >= _MANY_EDGES:
        return 13
    return {"tag": 13, "category": 12}.get(row["kind"], 11)


def _edge_options(row: dict[str, Any]) -> dict[str, Any]:
    look = _EDGE_KINDS[row["kind"]]
    return {
        "id": f"{row['source']}:{row['kind']}:{row['target']}",
        "kind": row["kind"],
        "color": {"color": look.color, "opacity": look.opacity},
        "width": look.width,
        "dashes": list(look.dashes) or False,
        "said": {name: row[name] for name in ("sentence", "position") if row[name]},
    }


def _short(label: str) -> str:
    head = readable_title(label).split(": ", maxsplit=1)[0]
    if len(head) <= _LABEL_CHARACTERS:
        return head
    return f"{head[:_LABEL_CHARACTERS].rsplit(' ', 1)[0]}…"


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool) else str(value)


def _use_own_template(network: Any) -> None:
    from jinja2 import Environment

    viewer = files("pipeline") / "viewer"
    library = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    scripts = [path.read_text(encoding="utf-8") for path in (library, viewer / "page.js")]
    style = (viewer / "page.css").read_text(encoding="utf-8")
    environment = Environment(autoescape=True)
    environment.globals.update(
        scripts=scripts,
        style=style,
        allowed=_allowed,
        by_kind=_by_kind,
        kinds={"nodes": _NODE_KINDS, "edges": _EDGE_KINDS},
    )
    network.template = environment.from_string((viewer / "page.html").read_text(encoding="utf-8"))


def _by_kind(items: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    of_kind: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for item in items:
        of_kind[item["kind"]].append(item)
    return of_kind


def _allowed(*texts: str) -> str:
    """The Content-Security-Policy sources that let exactly these scripts or styles through."""
    return " ".join(f"'sha256-{_sha256(text)}'" for text in texts)


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _digest_page(nodes: pa.Table, edges: pa.Table) -> Iterator[bytes]:
    rows = digest_part(nodes, edges)
    shown = hanging_together(rows, nodes, edges, MOST_NODES)
    yield _page_of(shown, len(rows), (nodes, edges)).encode()


GRAPH_FILE = GraphFile("pyvis.html", _digest_page)
