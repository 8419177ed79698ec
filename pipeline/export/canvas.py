"""`graph.canvas`: cards and arrows of an Obsidian canvas (https://jsoncanvas.org/spec/1.0/).

A canvas of more cards than one can look at is none: of a larger graph, or part, it holds what hangs
together best. Everything lies as in the map, with room for the cards.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.hanging_together import hanging_together
from pipeline.export.short_names import with_short_labels
from pipeline.export.text_columns import comma_lines
from pipeline.export.xml_columns import without_controls
from pipeline.model.directions import is_undirected
from pipeline.model.readable_tex import readable_title
from pipeline.model.tables import GraphFile, Piece

MOST_CARDS = 300
_GAP, _ROUNDS = 20, 1_000
_ROUNDS_AT_ONCE, _WIDER = 10, 1.1
_SPREAD, _WIDTH, _LINE, _HEAD, _A_LINE = 10, 300, 26, 60, 34
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~$!])")
_OTHER_WIDTH = 200


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    rows = hanging_together(np.arange(nodes.num_rows), nodes, edges, MOST_CARDS)
    shown = with_short_labels(nodes.take(pa.array(rows)))
    ids = shown["id"]
    inside = pc.and_(pc.is_in(edges["source"], ids), pc.is_in(edges["target"], ids))
    end = "none" if is_undirected(edges) else "arrow"
    yield b'{"nodes":[\n'
    yield from comma_lines(_line(card) for card in _apart(list(map(_card, _rows(shown)))))
    yield b'],"edges":[\n'
    yield from comma_lines(_line(_arrow(row, end)) for row in _rows(edges.filter(inside)))
    yield b"]}\n"


def _rows(table: pa.Table) -> list[dict[str, Any]]:
    columns = [
        without_controls(column.combine_chunks()) if column.type == pa.string() else column
        for column in table.columns
    ]
    rows: list[dict[str, Any]] = pa.table(columns, table.column_names).to_pylist()
    return rows


def _line(item: dict[str, Any]) -> bytes:
    return f"{json.dumps(item, ensure_ascii=False)},\n".encode()


def _card(row: dict[str, Any]) -> dict[str, Any]:
    text = _text(row)
    width = _WIDTH if row["kind"] == "paper" else _OTHER_WIDTH
    lines = sum(1 + len(line) // _A_LINE for line in text.split("\n"))
    height = _HEAD + _LINE * (lines - 1)
    return {
        "id": row["id"],
        "type": "text",
        "x": round(row["x"] * _SPREAD) - width // 2,
        "y": round(-row["y"] * _SPREAD) - height // 2,
        "width": width,
        "height": height,
        "color": row["color"],
        "text": text,
    }


def _apart(cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cards with none on another: those that are move away from each other, the short way.

    Where they are too many for that, all move away from the middle now and then.
    """
    sides = ("x", "width"), ("y", "height")
    size = np.array([[card[side] + _GAP for _, side in sides] for card in cards], float)
    middle = np.array([[card[at] + card[side] / 2 for at, side in sides] for card in cards], float)
    for n in range(1, _ROUNDS if len(cards) > 1 else 1):
        away = middle[:, None] - middle
        # Two at one place go apart by their order.
        away += np.sign(np.subtract.outer(*[np.arange(len(cards))] * 2))[:, :, None] * 1e-3
        over = (size[:, None] + size) / 2 - np.abs(away)
        hit = (over > 0).all(axis=2) & ~np.eye(len(cards), dtype=bool)
        if not hit.any():
            break
        short = over.argmin(axis=2)[:, :, None] == np.arange(2)
        middle += (np.sign(away) * over * (short & hit[:, :, None])).sum(axis=1) / 2
        middle *= _WIDER if n % _ROUNDS_AT_ONCE == 0 else 1
    for card, place in zip(cards, middle, strict=True):
        card |= {at: round(place[n] - card[side] / 2) for n, (at, side) in enumerate(sides)}
    return cards


def _text(row: dict[str, Any]) -> str:
    """Markdown: a paper's title as a link, under what it is called for short."""
    if row["kind"] == "tag":
        return f"#{row['id'].removeprefix('tag:')}"
    name = f"**{_plain(readable_title(row['short']))}**"
    if row["kind"] != "paper" or not row["title"]:
        return name
    title = _plain(readable_title(row["title"]))
    url = row["url"] or ""
    linked = f"[{title}](<{url}>)" if re.fullmatch(r"https?://[^\s<>]+", url) else title
    return f"{name}\n{linked}"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _arrow(row: dict[str, Any], end: str) -> dict[str, Any]:
    return {
        "id": f"{row['source']}:{row['kind']}:{row['target']}",
        "fromNode": row["source"],
        "toNode": row["target"],
        "toEnd": end,
        "label": row["kind"].replace("_", " "),
    }


GRAPH_FILE = GraphFile("graph.canvas", _pieces)
