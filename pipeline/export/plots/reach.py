"""How far the papers of the foremost people reach."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
from matplotlib.ticker import MaxNLocator

from pipeline.export.pictures import GROUND, QUIET, RULE, Picture
from pipeline.export.plots.sheets import (
    BLUE,
    GREEN,
    PURPLE,
    VERMILION,
    bare,
    height_of,
    in_our_looks,
    named,
    nothing,
    sheet,
    short,
)

_HEADING = "How far authors reach"
_SAID = "Papers here (full: those you read), and the co-authors, tags and communities of them."
_PANELS = {"papers": VERMILION, "coauthors": BLUE, "tags": GREEN, "communities": PURPLE}


@in_our_looks
def reach(people: pa.Table) -> Picture:
    """A row for each of the people, in their order: papers, co-authors, tags, communities.

    `people` is that of `analyse.reach`. A name that may be several people has a question mark.
    """
    if not people.num_rows:
        return nothing(_HEADING, "No author is known here.")
    picture = sheet(height_of(people.num_rows), _HEADING, _SAID)
    panels = picture.subplots(1, len(_PANELS), sharey=True, width_ratios=[2, 1.4, 1.4, 1.4])
    rows = range(people.num_rows)
    unsure = pc.fill_null(people["ambiguous"], False).to_pylist()
    labels = zip(people["label"].to_pylist(), unsure, strict=True)
    named(panels[0], [f"{short(label)} ?" if doubt else short(label) for label, doubt in labels])
    for axes, (name, color) in zip(panels, _PANELS.items(), strict=True):
        counts = people[name].to_pylist()
        bare(axes)
        axes.tick_params(axis="y", length=0)
        axes.set_title(name.replace("coauthors", "co-authors"), color=QUIET)
        if name == "papers":
            axes.barh(rows, counts, height=0.62, color=color, alpha=0.3)
            axes.barh(rows, people["read"].to_pylist(), height=0.62, color=color)
        else:
            axes.hlines(rows, 0, counts, color=RULE, lw=1.2)
            axes.plot(counts, rows, "o", color=color, ms=6.5, mec=GROUND)
        for at, count in enumerate(counts):
            axes.annotate(f"{count}", (count, at), xytext=(7, 0), textcoords="offset points",
                          va="center", fontsize=7.5, color=QUIET)  # fmt: skip
        axes.set_xlim(0, max(*counts, 1) * 1.25)
        axes.xaxis.set_major_locator(MaxNLocator(1))
        axes.set_xticks([])
    return picture
