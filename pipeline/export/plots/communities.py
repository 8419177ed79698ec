"""The communities of a graph, as it lies."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba_array
from rich.cells import cell_len, chop_cells

from pipeline.export.pictures import GROUND, QUIET, Picture
from pipeline.export.plots.sheets import in_our_looks, nothing, sheet
from pipeline.model.counting import counted
from pipeline.model.tables import endpoints

COLORS = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c7300", "#6a5acd",
)  # fmt: skip
"""One for each of the largest communities: Okabe and Ito's, the yellow darker, and a violet."""

_HEADING = "Communities"
_SAID = "The largest in colour, by what tells them apart; papers you read are larger."
_REST = "#c4c0b6"
_MARK_PT = {"read": 34.0, "other": 7.0}
_FEW_EDGES = 1_500
_KEY_LETTERS = 34
"""Of a line of the key; a longer name goes on in the next one."""


@in_our_looks
def communities(nodes: pa.Table, edges: pa.Table, profiles: pa.Table) -> Picture:
    """All nodes where they lie, in the colours of the largest communities, and a key to them.

    `profiles` is that of `analyse.profiles`, by number.
    """
    if not nodes.num_rows:
        return nothing(_HEADING, "There is nothing here.")
    picture = sheet(6.6, _HEADING, _SAID)
    axes, key = picture.subplots(1, 2, width_ratios=[2.8, 1])
    for part in (axes, key):
        part.set_axis_off()
    axes.set_aspect("equal", adjustable="datalim")
    largest = profiles.sort_by([("nodes", "descending"), ("community", "ascending")])
    shown = dict(zip(largest["community"].to_pylist(), COLORS, strict=False))
    community = nodes["community"].to_numpy()
    colors = np.array([shown.get(number, _REST) for number in community.tolist()], object)
    places = np.column_stack((nodes["x"].to_numpy(), nodes["y"].to_numpy()))
    _lines(axes, places, np.stack(endpoints(nodes, edges), axis=1), colors)
    read = np.asarray(pc.fill_null(nodes["in_digest"], False), bool)
    areas = np.where(read, *_MARK_PT.values()) * min(1.0, (600 / len(places)) ** 0.35)
    order = np.argsort(colors != _REST, kind="stable")
    axes.scatter(*places[order].T, s=areas[order], c=to_rgba_array(colors[order].tolist()),
                 linewidths=0.3, edgecolors=GROUND, zorder=2)  # fmt: skip
    _numbers(axes, places, community, largest.slice(0, len(COLORS)))
    _key(key, largest)
    return picture


def _lines(axes: Axes, places: np.ndarray, ends: np.ndarray, colors: np.ndarray) -> None:
    """Edges inside of a community in its colour, all others in that of the rest."""
    inside = colors[ends[:, 0]] == colors[ends[:, 1]]
    drawn = np.where(inside, colors[ends[:, 0]], _REST)
    faint = min(0.4, 0.4 * (_FEW_EDGES / max(len(ends), 1)) ** 0.5)
    for color in (_REST, *COLORS):
        lines = places[ends[drawn == color]]
        look = {"colors": color, "alpha": faint, "linewidths": 0.6}
        axes.add_collection(LineCollection(lines, **look, zorder=1))


def _numbers(axes: Axes, places: np.ndarray, community: np.ndarray, largest: pa.Table) -> None:
    """The number of each community in the key, in its middle."""
    for at, number in enumerate(largest["community"].to_pylist()):
        x, y = np.median(places[community == number], axis=0).tolist()
        _badge(axes, (x, y), at)


def _key(axes: Axes, largest: pa.Table) -> None:
    """Beside the picture each community with its size and what it is about."""
    axes.set(xlim=(0, 1), ylim=(0, 1))
    step = 1 / (len(COLORS) + 1)
    for at, row in enumerate(largest.slice(0, len(COLORS)).to_pylist()):
        y = 1 - (at + 0.5) * step
        _badge(axes, (0.05, y), at)
        counts = (
            f"{counted(row['nodes'], 'node')}, papers: {row['papers']:,}, read: {row['read']:,}"
        )
        name = "\n".join(_wrapped(row["name"]))
        axes.text(0.13, y + 0.002, name, weight="bold", va="bottom")
        axes.text(0.13, y - 0.008, counts, color=QUIET, va="top", fontsize=7.5)
    unshown = largest.num_rows - len(COLORS)
    if unshown > 0:
        counts = f"and {counted(unshown, 'smaller one')}"
        axes.text(0.13, step / 2, counts, color=QUIET, va="center", fontsize=7.5)


def _wrapped(name: str) -> list[str]:
    """A name in lines of the key; a letter of Korean is as wide as two.

    >>> _wrapped("vision · " + "표현학습" * 5)
    ['vision ·', '표현학습표현학습표현학습표현학습표', '현학습']
    """
    lines = [""]
    for part in (piece for word in name.split() for piece in chop_cells(word, _KEY_LETTERS)):
        longer = f"{lines[-1]} {part}".lstrip()
        if cell_len(longer) <= _KEY_LETTERS:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _badge(axes: Axes, place: tuple[float, float], at: int) -> None:
    disc = {"boxstyle": "circle,pad=0.28", "fc": COLORS[at], "ec": GROUND, "lw": 1.2}
    axes.text(*place, f"{at + 1}", color="white", weight="bold", fontsize=8, ha="center",
              va="center", bbox=disc, zorder=3)  # fmt: skip
