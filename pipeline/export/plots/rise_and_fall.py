"""Tags that rise and tags that decline."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from matplotlib.lines import Line2D

from pipeline.export.pictures import GROUND, QUIET, Picture
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

_HEADING = "Tags that rise and fall"
_SAID = "The share of papers with a tag: hollow in the earlier half of the time, full in the later."
_COLORS = {"rise": GREEN, "decline": VERMILION, "steady": "#8a9099", "unclear": "#c3c8ce"}


@in_our_looks
def rise_and_fall(trends: pa.Table, most: int = 24) -> Picture:
    """A line for each tag from its earlier share to its later one, rises first, then declines.

    `trends` is that of `analyse.trends`. Of rises, declines and steady tags the steepest, half of
    `most` of the first two at most; steady and unclear ones only where room
    is left.
    """
    if not trends.num_rows:
        return nothing(_HEADING, "No tag here has enough papers with a day.")
    if trends["trend"].null_count == trends.num_rows:
        return nothing(_HEADING, "A trend needs three months or years with papers.")
    rows = _chosen(trends, most)
    picture = sheet(height_of(len(rows)), _HEADING, _SAID)
    axes = picture.subplots()
    bare(axes)
    axes.xaxis.grid(True)
    axes.set_axisbelow(True)
    for at, row in enumerate(rows):
        color, ends = _COLORS[row["trend"]], [100 * row["early"], 100 * row["late"]]
        axes.plot(ends, [at, at], color=color, lw=2, alpha=0.55, solid_capstyle="round")
        axes.plot(ends[0], at, "o", color=color, mfc=GROUND, ms=6)
        axes.plot(ends[1], at, "o", color=color, ms=7)
        axes.annotate(_growth(row), (max(ends), at), xytext=(9, 0), textcoords="offset points",
                      va="center", color=QUIET, fontsize=7.5)  # fmt: skip
    named(axes, [f"{short(row['label'])}  {row['papers']}" for row in rows])
    axes.xaxis.set_major_formatter("{x:g} %")
    axes.set_xlim(left=-0.3)
    axes.margins(x=0.12)
    trends_shown = [trend for trend in _COLORS if any(row["trend"] == trend for row in rows)]
    keys = [Line2D([], [], color=_COLORS[trend], marker="o", label=trend) for trend in trends_shown]
    axes.legend(handles=keys, frameon=False, loc="lower right", labelcolor=QUIET)
    return picture


def _chosen(trends: pa.Table, most: int) -> list[dict[str, Any]]:
    of = {trend: trends.filter(pc.equal(trends["trend"], trend)).to_pylist() for trend in _COLORS}
    rows: list[dict[str, Any]] = of["rise"][: most // 2] + of["decline"][: most // 2]
    for trend in ("steady", "unclear"):
        rows += of[trend][: max(min(most - len(rows), most // 3), 0)]
    return rows


def _growth(row: dict[str, Any]) -> str:
    """How many times the share grows or shrinks in a year, where that is clear."""
    if row["trend"] not in ("rise", "decline"):
        return ""
    times = max(row["growth"], 1 / row["growth"])
    return f"{'×' if row['growth'] >= 1 else '÷'} {times:.1f} a year"
