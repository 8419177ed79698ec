"""Citation against mention: what authors point at, and what you point at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from pipeline.export.pictures import GROUND, INK, QUIET, Picture
from pipeline.export.plots.sheets import (
    ORANGE,
    VERMILION,
    bare,
    in_our_looks,
    nothing,
    sheet,
    short,
)

_HEADING = "Cited by authors, mentioned by you"
_SAID = "How many papers here cite a work, and how many entries mention it; a disc for all alike."
_UNHEARD = "No references are known here, so nothing is cited: build with a network to compare."
_MOST_NAMED = 3
_NAME_WIDTH = 0.4


@in_our_looks
def citation_and_mention(counts: pa.Table, labels: int = 16) -> Picture:
    """A disc for all works of the same two counts, the foremost of them by name.

    `counts` is that of `analyse.standing`. A disc grows with the number of its works; it is red
    where one of them was read. Named are those that lie farthest out.
    """
    rows = counts.to_pylist()
    if not rows:
        return nothing(_HEADING, "Nothing here is cited or mentioned.")
    if not any(row["cited"] for row in rows):
        return nothing(_HEADING, _UNHEARD)
    picture = sheet(4.8, _HEADING, _SAID)
    axes = picture.subplots()
    bare(axes)
    axes.grid(True)
    axes.set_axisbelow(True)
    places = _places(rows)
    for (cited, mentioned), works in places.items():
        color = VERMILION if any(row["in_digest"] for row in works) else ORANGE
        area = 28 * len(works) ** 0.6
        axes.scatter(cited, mentioned, s=area, c=color, edgecolors=GROUND, linewidths=0.8, zorder=2)
    axes.set(xlabel="papers that cite it", ylabel="entries that mention it")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(10, integer=True))
    axes.margins(0.08, 0.12)
    widest = max(cited for cited, _ in places)
    axes.set_xlim(left=-0.4 - 0.05 * widest, right=widest * (1 + _NAME_WIDTH))
    axes.set_ylim(bottom=-0.6, top=max(axes.get_ylim()[1], 2))
    _name(axes, places, labels)
    looks = {"you read one of them": VERMILION, "you read none": ORANGE}
    keys = [Line2D([], [], ls="", marker="o", color=c, label=name) for name, c in looks.items()]
    axes.legend(handles=keys, frameon=False, loc="upper right", labelcolor=QUIET)
    return picture


def _places(rows: list[dict[str, Any]]) -> dict[tuple[int, int], list[dict[str, Any]]]:
    papers_at: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in rows:
        papers_at.setdefault((row["cited"], row["mentioned"]), []).append(row)
    return papers_at


def _name(axes: Axes, places: dict[tuple[int, int], list[dict[str, Any]]], most: int) -> None:
    """Names beside the discs that lie farthest out, none over another."""
    ends = np.maximum(np.max(list(places), axis=0), 1)
    out = sorted(places, key=lambda place: (-sum(np.array(place) / ends), place))
    halo = withStroke(linewidth=2.5, foreground=GROUND)
    taken: list[tuple[float, float]] = []
    for place in out:
        works = places[place]
        if len(taken) == most:
            break
        at = place[0] / ends[0], place[1] / ends[1]
        if any(abs(at[0] - x) < _NAME_WIDTH and abs(at[1] - y) < 0.15 for x, y in taken):
            continue
        taken.append(at)
        more = [f"and {len(works) - _MOST_NAMED} more"] if len(works) > _MOST_NAMED else []
        names = "\n".join([*(short(row["label"], 40) for row in works[:_MOST_NAMED]), *more])
        axes.annotate(names, place, xytext=(10, 0), textcoords="offset points", va="center",
                      fontsize=7.5, color=INK, path_effects=[halo], zorder=3)  # fmt: skip
