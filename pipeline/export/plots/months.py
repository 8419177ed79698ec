"""Papers by month, and the tags of each month."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import MaxNLocator

from pipeline.export.pictures import GROUND, QUIET, RULE, Picture
from pipeline.export.plots.sheets import (
    GREEN,
    VERMILION,
    bare,
    height_of,
    in_our_looks,
    named,
    nothing,
    sheet,
    short,
)

_HEADING = "What you read, by month"
_SAID = "Entries of your digests, and the tags that they bear most."
_INK = LinearSegmentedColormap.from_list("reading", [GROUND, "#8fd0bb", GREEN, "#00503a"])
_MOST_MONTH_NAMES = 14


@in_our_looks
def months(timeline: pa.Table, most_tags: int = 12) -> Picture:
    """Bars of entries by month, above a row for each of the tags used most, ties by name.

    `timeline` is that of `analyse.timeline`.
    """
    if not timeline.num_rows:
        return nothing(_HEADING, "No entry here has a day.")
    month = np.array(timeline["day"].to_pylist(), "datetime64[M]")
    span = np.arange(month.min(), month.max() + 1)
    place = (month - span[0]).astype(int)
    uses = Counter(tag for tags in timeline["tags"].to_pylist() for tag in set(tags))
    tags = [tag for tag, _ in sorted(uses.items(), key=lambda use: (-use[1], use[0]))][:most_tags]
    picture = sheet(1.4 + height_of(len(tags), 0), _HEADING, _SAID)
    ratios = [1.5, max(0.24 * len(tags), 0.3)]
    above, below = picture.subplots(2, 1, sharex=True, height_ratios=ratios)
    _bars(above, np.bincount(place, minlength=len(span)))
    _tags(below, timeline["tags"].to_pylist(), place, (tags, len(span)))
    _dates(below, span)
    return picture


def _bars(axes: Axes, counts: np.ndarray) -> None:
    axes.bar(range(len(counts)), counts, width=0.8, color=VERMILION)
    axes.set_ylabel("papers")
    axes.yaxis.grid(True)
    axes.set_axisbelow(True)
    bare(axes)
    axes.spines["bottom"].set(visible=True, color=RULE)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))


def _tags(axes: Axes, used: Any, place: np.ndarray, rows: tuple[list[str], int]) -> None:
    tags, months_in_all = rows
    counts = np.zeros((len(tags), months_in_all))
    row = {tag: at for at, tag in enumerate(tags)}
    for at, tags_of_paper in zip(place.tolist(), used, strict=True):
        for tag in set(tags_of_paper) & row.keys():
            counts[row[tag], at] += 1
    named(axes, [f"{short(tag)}  {int(counts[at].sum())}" for tag, at in row.items()])
    bare(axes)
    if not tags:
        return
    edges = np.arange(months_in_all + 1) - 0.5, np.arange(len(tags) + 1) - 0.5
    drawn = axes.pcolormesh(*edges, counts, cmap=_INK, vmin=0, vmax=max(counts.max(), 1),
                            edgecolors=GROUND, linewidth=min(1.5, 40 / months_in_all))  # fmt: skip
    key = axes.figure.colorbar(
        drawn, ax=axes, pad=0.01, fraction=0.015, aspect=12, ticks=MaxNLocator(4, integer=True)
    )
    key.outline.set_visible(False)
    key.ax.tick_params(length=0, labelcolor=QUIET)


def _dates(axes: Axes, span: np.ndarray) -> None:
    """The months by name, or of a long time the years."""
    step = 1 if len(span) <= _MOST_MONTH_NAMES else 3 if len(span) <= 3 * _MOST_MONTH_NAMES else 12
    first = np.flatnonzero(span.astype(int) % step == 0)
    names = [str(month)[: 4 if step == 12 else 7] for month in span[first]]
    axes.set_xticks(first, names)
    axes.set_xlim(-0.6, max(len(span), 12) - 0.4)
