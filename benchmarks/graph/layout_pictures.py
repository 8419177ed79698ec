"""The pictures of docs/layout.md: `python -m benchmarks.graph.layout_pictures docs/images`."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow as pa
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from PIL import Image

from benchmarks.graph.layout import SIZES, places_of
from benchmarks.worlds.tables import tables
from benchmarks.worlds.world import world
from pipeline.analyse.communities import communities
from pipeline.analyse.measures import with_measures
from pipeline.layout.positions import with_positions

_COLORS = (
    "#4e79a7 #f28e2b #59a14f #e15759 #76b7b2 #edc948 #b07aa1 #ff9da7 #9c755f #86bcb6 "
    "#d37295 #8cd17d #499894 #b6992d #a0cbe8 #d4a6c8"
).split()
_NAMED, _LETTERS, _INCHES, _DOTS = 12, 24, (9.0, 7.0), 100
_SHADES = 64


def picture(nodes: pa.Table, names: list[str]) -> bytes:
    """A PNG of the nodes by community, the largest ones with their names; no edges."""
    places, community = places_of(nodes), nodes["community"].to_numpy()
    figure = Figure(figsize=_INCHES, facecolor="#fbfaf7")
    axes = figure.add_axes((0.01, 0.01, 0.98, 0.98))
    axes.set_aspect("equal")
    axes.axis("off")
    colors = np.array(_COLORS)[community % len(_COLORS)]
    dot = float(np.clip(60_000 / len(places), 0.8, 22))
    axes.scatter(
        places[:, 0], places[:, 1], s=dot, c=colors, linewidths=0, antialiased=len(places) < 5_000
    )
    for number, name in enumerate(names[:_NAMED]):
        right, up = np.median(places[community == number], axis=0)
        halo = [withStroke(linewidth=3, foreground="#fbfaf7")]
        axes.text(
            right, up, name[:_LETTERS], fontsize=9, ha="center", va="center", path_effects=halo
        )
    drawn, small = BytesIO(), BytesIO()
    figure.savefig(drawn, format="png", dpi=_DOTS, facecolor=figure.get_facecolor())
    flat = Image.open(drawn).convert("RGB").quantize(_SHADES, Image.Quantize.MAXCOVERAGE)
    flat.save(small, "png", optimize=True)
    return small.getvalue()


def draw(folder: Path) -> None:
    """`layout-<papers>.png` for each size, in `folder`."""
    for papers in SIZES:
        nodes, edges = tables(world(papers))
        nodes = with_positions(with_measures(nodes, edges), edges)
        named = communities(nodes, edges)["name"].to_pylist()
        words = [name.rpartition(" · ")[2] for name in named]
        (folder / f"layout-{papers}.png").write_bytes(picture(nodes, words))


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
