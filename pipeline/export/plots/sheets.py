"""The sheets that plots are drawn on."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.layout_engine import ConstrainedLayoutEngine

from pipeline.export.pictures import INK, QUIET, Picture, looks
from pipeline.model.readable_tex import readable_title

P = ParamSpec("P")

GREEN, VERMILION, BLUE, ORANGE, PURPLE = "#009e73", "#d55e00", "#0072b2", "#e69f00", "#cc79a7"
"""Of Okabe and Ito's palette, as in `layout.looks`."""

_INCHES_A_LINE = 0.24


def in_our_looks(plot: Callable[P, Picture]) -> Callable[P, Picture]:
    """The plot, with matplotlib's settings as in `looks` while it is made."""

    @wraps(plot)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Picture:
        with mpl.rc_context(looks()):
            return plot(*args, **kwargs)

    return drawn


def sheet(height_inches: float, heading: str, said: str = "") -> Picture:
    """An empty figure 10 inches wide, with a heading and a line that says how to read it."""
    below = (0.01, 0.01, 0.98, 0.98 - 0.5 / height_inches)
    picture = Picture(figsize=(10, height_inches), layout=ConstrainedLayoutEngine(rect=below))
    picture.text(0.012, 1 - 0.13 / height_inches, heading, fontsize=12, weight="bold", va="top")
    picture.text(0.012, 1 - 0.38 / height_inches, said, fontsize=8.5, color=QUIET, va="top")
    return picture


def nothing(heading: str, why: str) -> Picture:
    """A low figure that says why there is nothing to see."""
    picture = sheet(1.6, heading)
    picture.text(0.5, 0.4, why, ha="center", va="center", color=QUIET, fontsize=10)
    return picture


def height_of(lines: int, least: float = 2.4) -> float:
    """The height in inches of a sheet with so many lines of text below each other."""
    return max(least, 1.3 + _INCHES_A_LINE * lines)


def bare(axes: Axes) -> None:
    """Takes the rules and ticks of axes away."""
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


def named(axes: Axes, names: list[str]) -> None:
    """Puts names beside the rows of axes, the first one at the top."""
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0, labelcolor=INK)


def short(label: str, characters: int = 34) -> str:
    """A label without its subtitle, and cut to so many characters.

    >>> short("DataSculpt: Crafting Data", 34), short("Of Many Words and More", 12)
    ('DataSculpt', 'Of Many…')
    """
    return textwrap.shorten(
        readable_title(label).split(": ", maxsplit=1)[0], characters, placeholder="…"
    )
