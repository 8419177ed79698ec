"""The drawings of a told month as SVG, in the colours of the page that they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.telling.words import shortened
from pipeline.model.counting import counted
from pipeline.model.printing import printable
from pipeline.model.readable_tex import readable_title
from pipeline.model.spans import Row

_BARS_WIDTH, _BARS_HEIGHT, _GAP = 720, 150, 8
_MAP_WIDTH, _MAP_HEIGHT, _MARGIN = 720, 380, 24
_MOST_OTHERS = 4_000
_NAMED, _NAME_CHARACTERS = 12, 44
_LINE = 13.0
_MIDDLE = 0.62


def bars(counts: Sequence[tuple[str, int]]) -> str:
    """A bar for each name; the last is the one that is told of."""
    most = max((count for _, count in counts), default=0) or 1
    wide = _BARS_WIDTH / max(len(counts), 1)
    foot = _BARS_HEIGHT - 22
    parts = []
    for at, (name, count) in enumerate(counts):
        height = (foot - 16) * count / most
        left, top = at * wide + _GAP / 2, foot - height
        kind = "now" if at == len(counts) - 1 else "then"
        middle = left + (wide - _GAP) / 2
        parts += [
            f'<rect class="{kind}" {_box(left, top, wide - _GAP, height)}/>',
            f'<text x="{middle:.1f}" y="{top - 4:.1f}">{count:,}</text>',
            f'<text class="quiet" x="{middle:.1f}" y="{_BARS_HEIGHT - 6}">{escape(name)}</text>',
        ]
    said = f"Entries: {', '.join(f'{name} {count}' for name, count in counts)}"
    return _svg("bars", (_BARS_WIDTH, _BARS_HEIGHT), said, parts)


def small_map(nodes: pa.Table, read: Sequence[Row]) -> str:
    """Where the papers of the span lie among all that were read; some of them by name."""
    papers = nodes.filter(pc.fill_null(nodes["in_digest"], False))
    if not papers.num_rows:
        return ""
    places = np.column_stack([papers[axis].to_numpy() for axis in ("x", "y")])
    fitted = _fitted(places)
    own = {row["id"] for row in read}
    inside = np.array([paper in own for paper in papers["id"].to_pylist()])
    others = np.flatnonzero(~inside)
    step = max(1, -(-len(others) // _MOST_OTHERS))
    parts = [f'<circle class="then" {_at(fitted[row])} r="1.8"/>' for row in others[::step]]
    rows = np.flatnonzero(inside)
    parts += [f'<circle class="now" {_at(fitted[row])} r="5"/>' for row in rows]
    labels = papers["label"].take(pa.array(rows)).to_pylist()
    sizes = papers["size"].take(pa.array(rows)).to_pylist()
    ranked = sorted(zip(rows, labels, sizes, strict=True), key=lambda each: (-each[2], each[1]))
    parts += _names([(fitted[row], label) for row, label, _ in ranked])
    said = f"{counted(len(rows), 'paper')} of this time among {papers.num_rows:,} that were read"
    return _svg("map", (_MAP_WIDTH, _MAP_HEIGHT), said, parts)


def _fitted(places: np.ndarray) -> np.ndarray:
    """The places in the picture, up as on the page of the graph."""
    low, high = np.percentile(places, 1, axis=0), np.percentile(places, 99, axis=0)
    extent = np.maximum(high - low, 1e-9)
    room = np.array([_MAP_WIDTH, _MAP_HEIGHT]) - 2 * _MARGIN
    scale = float((room / extent).min())
    moved = (places - (low + high) / 2) * scale * np.array([1, -1])
    within = np.clip(moved, -room / 2, room / 2)
    return np.asarray(within + np.array([_MAP_WIDTH, _MAP_HEIGHT]) / 2)


def _names(points: Sequence[tuple[np.ndarray, str]]) -> list[str]:
    """Names beside their points, those that would lie on another left out."""
    taken: list[tuple[float, float, float]] = []
    parts = []
    for (x, y), label in points:
        name = shortened(printable(readable_title(label)), _NAME_CHARACTERS)
        wide = len(name) * 7.0
        turned = x > _MAP_WIDTH * _MIDDLE
        left = x - 9 - wide if turned else x + 9
        clear = all(abs(y - b) > _LINE or left > c or left + wide < a for a, b, c in taken)
        if len(taken) < _NAMED and clear:
            taken.append((left, y, left + wide))
            side = "end" if turned else "start"
            at = x - 9 if turned else x + 9
            parts.append(
                f'<text text-anchor="{side}" x="{at:.1f}" y="{y + 4:.1f}">{escape(name)}</text>'
            )
    return parts


def _box(left: float, top: float, wide: float, high: float) -> str:
    return f'x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}"'


def _at(place: np.ndarray) -> str:
    return f'cx="{place[0]:.1f}" cy="{place[1]:.1f}"'


def _svg(kind: str, size: tuple[int, int], said: str, parts: Sequence[str]) -> str:
    wide, high = size
    return (
        f'<svg class="{kind}" viewBox="0 0 {wide} {high}" role="img">'
        f"<title>{escape(said)}</title>{''.join(parts)}</svg>"
    )
