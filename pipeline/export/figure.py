"""A still picture of the graph, as a matplotlib figure.

One unit of its axes is one point (1/72 inch), so that markers, gaps and labels share one measure.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from pipeline.export.pictures import GROUND, INK, QUIET, Picture, font_names
from pipeline.model.kinds import EDGE_KINDS
from pipeline.model.readable_tex import readable_title
from pipeline.model.tables import endpoints

_UNCERTAIN = "uncertain author"
MARKERS = {
    "paper": "o",
    "author": "^",
    _UNCERTAIN: "^",
    "organisation": "s",
    "category": "D",
    "tag": "h",
    "paper you read": "o",
}
"""The marker of each kind of node, in the order of drawing: the last lies on top.

An uncertain author is hollow: one of several of the name, or joined on thin evidence.
"""

_THIN_PT = 0.7
_WIDTHS_PT = {
    "cites": _THIN_PT, "wrote": _THIN_PT, "in_category": _THIN_PT, "tagged": 1.0,
    "relates_to": _THIN_PT, "broader": 1.0, "mentions": 1.8,
}  # fmt: skip
_LINES = {
    name: (EDGE_KINDS[name].color, EDGE_KINDS[name].opacity, _WIDTHS_PT.get(name, _THIN_PT))
    for name in (*(name for name in EDGE_KINDS if name not in _WIDTHS_PT), *_WIDTHS_PT)
}
"""Colour, opacity and width in points of each kind of edge, in the order of drawing."""

_WIDTH_PT, _HEIGHT_PT, _LEGEND_PT = 720.0, 504.0, 28.0
_LEGEND_FONT_PT, _LEGEND_ROW_PT, _KEY_PT, _BETWEEN_KEYS_PT = 8, 13.0, 18.4, 11.2
"""Of the legend: its letters, a line, what stands before a word, and the gap between two keys."""
_MARGINS_PT = np.array([44.0, 26.0])
_MOST_PT_A_UNIT = 1.2
_MARKER_PT = (1.1, 24.0)
_FEW_EDGES = 1_500
_LINE_CHARACTERS, _LINE_EM = 28, 1.2
_KEY_CHARACTERS = 40
_LABEL_GAP_PT = 3.0
_SIDES = (("center", 0, -1), ("center", 0, 1), ("left", 1, 0), ("right", -1, 0))
_TRIES_A_LABEL = 4


class _Marks(NamedTuple):
    """The nodes on the page: their middles (n x 2) and radii in points, and how each looks."""

    places: np.ndarray
    radii: np.ndarray
    looks: np.ndarray


def _rows_of(labels: Sequence[str]) -> int:
    """On how many lines the keys of a legend stand, so that none is cut off at the page's edge."""
    widths = [_width_pt(label, _LEGEND_FONT_PT) + _KEY_PT for label in labels]
    rows = 1
    while rows < len(widths):
        columns = -(-len(widths) // rows)
        # Keys fill one column after another, and a column is as wide as its widest.
        widest = (max(widths[at : at + rows]) for at in range(0, len(widths), rows))
        if sum(widest) + _BETWEEN_KEYS_PT * (columns - 1) <= _WIDTH_PT - 2 * _LEGEND_FONT_PT:
            break
        rows += 1
    return rows


class _Label(NamedTuple):
    """A text and the box that it fills: its middle, its width and its height, in points.

    It is aligned to the side that faces its node: left, right or center.
    """

    text: str
    read: bool
    align: str
    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: _Label) -> bool:
        """Whether the two boxes share a place, or would read as one line."""
        across = abs(self.x - other.x) * 2 < self.width + other.width + 4 * _LABEL_GAP_PT
        return across and abs(self.y - other.y) * 2 < self.height + other.height


def figure(
    nodes: pa.Table, edges: pa.Table, labels: int, own_key: Sequence[tuple[str, str]] = ()
) -> Picture:
    """The graph at its positions, 10 by 7 inches, with at most `labels` labels.

    The largest nodes are labelled first, ties by id. A label with no room beside its node is left
    out for the next one. Labels are drawn as written: a `$` begins no formula. Where colours tell
    of something else than of kinds, `own_key` has the name of each, and the keys of kinds are grey.
    """
    marks = _marks(nodes)
    drawn = Picture(figsize=(_WIDTH_PT / 72, _HEIGHT_PT / 72), facecolor=GROUND)
    legend = _LEGEND_PT / _HEIGHT_PT
    axes = drawn.add_axes((0, legend, 1, 1 - legend))
    axes.set(xlim=(0, _WIDTH_PT), ylim=(0, _HEIGHT_PT - _LEGEND_PT))
    axes.set_axis_off()
    lines = marks.places[np.stack(endpoints(nodes, edges), axis=1)]
    shapes = [*_draw_nodes(axes, marks, np.array(nodes["color"].to_pylist(), object))]
    for shape in shapes if own_key else ():
        shape.set(color=QUIET, markerfacecolor=QUIET)
    colours = [
        Line2D([], [], label=textwrap.shorten(name, _KEY_CHARACTERS, placeholder="…"),
               color=colour, marker="s", ls="", ms=6)
        for colour, name in own_key
    ]  # fmt: skip
    keys = [*reversed(shapes), *colours, *_draw_edges(axes, lines, edges["kind"])]
    rows = _rows_of([str(key.get_label()) for key in keys])
    floor_pt = (rows - 1) * _LEGEND_ROW_PT
    _draw_labels(
        axes, [one for one in _placed(nodes, marks, labels) if one.y - one.height / 2 >= floor_pt]
    )
    drawn.legend(handles=keys, loc="lower center", ncols=-(-len(keys) // rows) or 1, frameon=False,
                 fontsize=_LEGEND_FONT_PT, labelcolor=QUIET, handletextpad=0.3,
                 columnspacing=_BETWEEN_KEYS_PT / _LEGEND_FONT_PT)  # fmt: skip
    return drawn


def _marks(nodes: pa.Table) -> _Marks:
    """The nodes as large as the page allows, neither blown up nor too small to see."""
    places = np.column_stack((nodes["x"].to_numpy(), nodes["y"].to_numpy()))
    page = np.array([_WIDTH_PT, _HEIGHT_PT - _LEGEND_PT])
    scale = _MOST_PT_A_UNIT
    if len(places):
        low, high = places.min(axis=0), places.max(axis=0)
        room = (page - 2 * _MARGINS_PT) / np.maximum(high - low, 1.0)
        scale = min(scale, float(room.min()))
        places = (places - (low + high) / 2) * scale + page / 2
    radii = np.clip(nodes["size"].to_numpy() * scale, *_MARKER_PT) / 2
    read = pc.fill_null(nodes["in_digest"], False)
    kinds = pc.if_else(pc.fill_null(nodes["ambiguous"], False), _UNCERTAIN, nodes["kind"])
    looks = pc.if_else(read, "paper you read", kinds).to_pylist()
    return _Marks(places, radii, np.array(looks, object))


def _draw_nodes(axes: Axes, marks: _Marks, colors: np.ndarray) -> Iterator[Line2D]:
    for layer, (look, marker) in enumerate(MARKERS.items(), start=10):
        of_look = marks.looks == look
        if of_look.any():
            places, areas = marks.places[of_look], (2 * marks.radii[of_look]) ** 2
            color, hollow = colors[of_look][0], look == _UNCERTAIN
            axes.scatter(
                places[:, 0],
                places[:, 1],
                s=areas,
                c=GROUND if hollow else colors[of_look].tolist(),
                marker=marker,
                edgecolors=color if hollow else GROUND,
                linewidths=np.minimum(0.8, areas / 60),
                zorder=layer,
            )
            key = {"color": color, "marker": marker, "ls": "", "ms": 6}
            yield Line2D([], [], label=look, mfc=GROUND if hollow else color, **key)


def _draw_edges(axes: Axes, lines: np.ndarray, kinds: pa.ChunkedArray) -> Iterator[Line2D]:
    thin = min(1.0, (_FEW_EDGES / max(len(lines), 1)) ** 0.5)
    for layer, (kind, (color, opacity, width)) in enumerate(_LINES.items()):
        of_kind = lines[np.array(pc.equal(kinds, kind), bool)]
        dashes = (0, (4, 2)) if kind == "mentions" else "solid"
        look = {"color": color, "alpha": opacity * thin, "linewidth": width * thin}
        axes.add_collection(LineCollection(list(of_kind), **look, ls=dashes, zorder=layer))
        if len(of_kind):
            yield Line2D([], [], label=kind.replace("_", " "), color=color, lw=1.5, ls=dashes)


def _placed(nodes: pa.Table, marks: _Marks, most: int) -> list[_Label]:
    """The labels for which there is room, the largest nodes first, ties by id."""
    placed: list[_Label] = []
    order = np.argsort(-nodes["size"].to_numpy(), kind="stable")[: most * _TRIES_A_LABEL]
    for node in order.tolist():
        if len(placed) == most:
            break
        label = _beside(nodes["label"][node].as_py(), node, marks, placed)
        placed += [label] if label else []
    return placed


def _beside(text: str, node: int, marks: _Marks, placed: list[_Label]) -> _Label | None:
    """The label below, above, right or left of its node, wherever it hides the least.

    None where there is no room, and where it would hide more than the node that it names, unless
    that is a paper you read.
    """
    lines = _lines(text)
    read = marks.looks[node] == "paper you read"
    width = max((_width_pt(line, _font_pt(read)) for line in lines), default=0.0)
    height = len(lines) * _LINE_EM * _font_pt(read)
    (x, y), away = marks.places[node].tolist(), float(marks.radii[node]) + _LABEL_GAP_PT
    free: list[tuple[float, int, _Label]] = []
    for rank, (align, right, up) in enumerate(_SIDES):
        middle = x + right * (away + width / 2), y + up * (away + height / 2)
        label = _Label("\n".join(lines), read, align, *middle, width, height)
        hidden = _hidden(label, marks)
        fits = (read or hidden <= marks.radii[node] ** 3) and _on_page(label)
        if lines and fits and not any(map(label.overlaps, placed)):
            free.append((hidden, rank, label))
    return min(free)[2] if free else None


def _on_page(label: _Label) -> bool:
    across = label.width / 2 <= label.x <= _WIDTH_PT - label.width / 2
    return across and label.height / 2 <= label.y <= _HEIGHT_PT - _LEGEND_PT - label.height / 2


def _hidden(label: _Label, marks: _Marks) -> float:
    distances = np.abs(marks.places - (label.x, label.y)) * 2
    reach = np.array([label.width, label.height]) + 2 * marks.radii[:, None]
    # Cubed, so that one large node counts for more than the dots that would fill its place.
    return float((marks.radii[(distances < reach).all(axis=1)] ** 3).sum())


def _draw_labels(axes: Axes, labels: list[_Label]) -> None:
    halo = withStroke(linewidth=2.5, foreground=GROUND)
    toward = {"left": -0.5, "center": 0.0, "right": 0.5}
    for label in labels:
        axes.text(
            label.x + toward[label.align] * label.width,
            label.y,
            label.text,
            color=INK if label.read else QUIET,
            fontsize=_font_pt(label.read),
            fontfamily=font_names(),
            ha=label.align,
            va="center",
            parse_math=False,
            path_effects=[halo],
            zorder=30,
        )


def _font_pt(read: bool) -> float:
    return 9.0 if read else 7.5


def _lines(label: str) -> list[str]:
    """A title without its subtitle, in two lines at most."""
    head = readable_title(label).split(": ", maxsplit=1)[0]
    return textwrap.wrap(head, _LINE_CHARACTERS, max_lines=2, placeholder="…")


def _width_pt(line: str, font_pt: float) -> float:
    font = font_manager.get_font([font_manager.findfont(name) for name in font_names()])
    font.set_size(font_pt, 72)
    font.set_text(line)
    return font.get_width_height()[0] / 64
