"""The pictures of docs/explorer.md: `python -m benchmarks.viewer.pictures docs/images`.

Of the digest that ships, of the notes in `../shared`, and of a world of some 100,000 nodes; the
latter two are left out where that folder is not here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from benchmarks.folders import CORPUS, SHARED
from benchmarks.viewer.speed import launched
from benchmarks.worlds.tables import tables
from benchmarks.worlds.world import world
from pipeline.analyse.communities import communities
from pipeline.analyse.measures import with_measures
from pipeline.build.run import Inputs, build
from pipeline.export.explorer_page import page, page_of
from pipeline.layout.looks import with_looks
from pipeline.layout.positions import with_positions
from pipeline.model.tables import NODES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SEED = Path(__file__).parents[2] / "digests"
NOTES = SHARED / "gold" / "notes"
WORLD_PAPERS = 46_000
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
DARK: dict[str, Any] = {"color_scheme": "dark"}
IN_HAND: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
BY_TIME = "() => explorer.project('time')"
PART = 0.75
SHADES, VIVID_SHADES, VIVID = 128, 120, 90
"""Colours of a picture, of its vivid parts, and how far apart red, green and blue are there."""
SCENES: dict[str, list[tuple[str, dict[str, Any], str]]] = {
    "digest": [("", {}, ""), ("-dark", DARK, ""), ("-phone", IN_HAND, ""), ("-time", {}, BY_TIME)],
    "notes": [("", {}, ""), ("-dark", DARK, ""), ("-phone", IN_HAND, ""), ("-time", {}, BY_TIME)],
    "large": [("", {}, ""), ("-dark", DARK, ""), ("-phone", IN_HAND, ""), ("-time", {}, BY_TIME)],
}
"""For each graph the ends of its pictures' names, how it is looked at, and what is done first."""


def pages() -> Iterator[tuple[str, bytes]]:
    """Each graph's page."""
    inputs = [("digest", SEED)] + ([("notes", NOTES)] if NOTES.exists() else [])
    for name, path in inputs:
        made = build(Inputs((path,), everything=True))
        yield name, page_of(made)
    if CORPUS.exists():
        nodes, edges = tables(world(WORLD_PAPERS))
        placed = with_positions(with_looks(with_measures(nodes, edges), edges), edges)
        shown = placed.select([column.name for column in NODES.columns])
        yield "large", page(shown, edges, communities(shown, edges))


@contextmanager
def opened(browser: Browser, path: Path, options: dict[str, Any]) -> Iterator[Page]:
    usual: dict[str, Any] = {"viewport": WIDE, "offline": True, "reduced_motion": "reduce"}
    context = browser.new_context(**(usual | options))
    shown = context.new_page()
    shown.goto(path.as_uri())
    shown.wait_for_function("() => window.explorer && explorer.marks.ready > 0", timeout=120_000)
    yield shown
    context.close()


def main(folder: Path) -> None:
    with TemporaryDirectory() as name, launched() as browser:
        for graph, content in pages():
            path = Path(name, f"{graph}.html")
            path.write_bytes(content)
            for end, options, first in SCENES[graph]:
                with opened(browser, path, options) as shown:
                    if first:
                        shown.evaluate(first)
                    shown.wait_for_timeout(1_500)
                    shown.evaluate("() => explorer.drawing.draw(true)")
                    picture = Image.open(BytesIO(shown.screenshot())).convert("RGB")
                size = (round(picture.width * PART), round(picture.height * PART))
                small = in_few_colours(picture.resize(size, Image.Resampling.LANCZOS))
                small.save(folder / f"atlas-{graph}{end}.png", optimize=True)


def in_few_colours(picture: Image.Image) -> Image.Image:
    """A picture with a palette; nodes are small, and would lose their colours to the land."""
    pixels = np.asarray(picture).reshape(-1, 3)
    vivid = pixels[np.ptp(pixels.astype(np.int16), axis=1) > VIVID]
    palette = picture.quantize(SHADES).getpalette() or []
    colours = palette[: SHADES * 3]
    if len(vivid):
        own = Image.fromarray(vivid[np.newaxis]).quantize(VIVID_SHADES).getpalette() or []
        colours += own[: VIVID_SHADES * 3]
    chosen = Image.new("P", (1, 1))
    chosen.putpalette(colours)
    return picture.quantize(palette=chosen, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
