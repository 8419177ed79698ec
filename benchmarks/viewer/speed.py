"""The explorer beside sigma, force-graph, vis-network and pyvis: the same graphs in Chromium.

Without a graphics card, in two modes that people have: all is drawn by the processor
(`--disable-gpu`), or by a graphics card that the processor plays (SwiftShader).
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.clock import best_s
from benchmarks.viewer import pages_of_others as others
from benchmarks.viewer.moving import moved
from benchmarks.viewer.pages import Graph, data_bytes, explorer, graph_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = ((334, 1_000), (25_000, 108_000), (30_000, 185_000), (100_000, 780_000))
OTHERS: dict[str, tuple[int, Callable[[Graph], bytes]]] = {
    "sigma": (30_000, others.sigma),
    "force-graph": (30_000, others.force_graph),
    "vis-network": (5_000, others.vis_network),
    "pyvis": (5_000, others.pyvis),
}
"""With the most nodes: beyond, they take more than half a minute to open."""
SWIFTSHADER = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
MODES = {"no card": ["--disable-gpu"], "SwiftShader": SWIFTSHADER}
FLAGS = ["--no-sandbox", "--enable-precise-memory-info", "--js-flags=--expose-gc"]
REDRAW = """async () => {
  const begun = performance.now();
  await explorer.drawing.draw(true);
  return performance.now() - begun;
}"""
KEYSTROKE = """async () => {
  const times = ["g", "gr", "gra", "graph", "graph n", "neural", "wei"].map((query) => {
    const begun = performance.now();
    explorer.act({ do: "ask", query });
    return performance.now() - begun;
  });
  explorer.act({ do: "ask", query: "" });
  return Math.max(...times);
}"""
HEAP = """async () => {
  gc();
  await new Promise((done) => setTimeout(done, 100));
  gc();
  return performance.memory.usedJSHeapSize / 1e6;
}"""
"""What the first collection frees beside the heap is known to the second."""
READY = {"explorer": "() => window.explorer && explorer.marks.ready"}
LIMITS = {
    334: {"ready ms": 250.0, "kB over the data": 120.0, "frames, machine idle": 30.0},
    25_000: {"ready ms": 800.0, "frames, machine idle": 30.0},
    30_000: {"nodes painted ms": 400.0, "ready ms": 900.0, "bytes a node": 60.0, "heap MB": 25.0,
             "frames, machine idle": 30.0, "redraw ms": 300.0, "keystroke ms": 50.0,
             "Python writes ms": 1_000.0},
    100_000: {"ready ms": 2_000.0, "bytes a node": 60.0, "heap MB": 60.0,
              "frames, machine idle": 30.0},
}  # fmt: skip
"""What the figures are held to; frames are at least, the others at most."""

MOST_MS = 120_000
"""So long a page may take to load, and again to be ready; ours never does."""


def measured(sizes: tuple[tuple[int, int], ...] = SIZES) -> Iterator[str]:
    """Each viewer at each size in each mode, with our limits; others as so many times ours."""
    yield f"load of this machine {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores"
    with TemporaryDirectory() as name:
        for nodes, edges in sizes:
            graph = graph_of(nodes, edges)
            yield f"{graph.nodes.num_rows:,} nodes, {graph.edges.num_rows:,} edges"
            paths = dict(_written(Path(name), graph, nodes))
            for mode in MODES:
                yield from _compared(mode, paths, graph, LIMITS.get(nodes, {}))
            yield f"  Python writes ms {best_s(lambda: explorer(graph)) * 1_000:,.0f}"  # noqa: B023


def _written(folder: Path, graph: Graph, nodes: int) -> Iterator[tuple[str, Path]]:
    """The page of each viewer that is here and can show so many nodes."""
    pages: dict[str, Callable[[Graph], bytes]] = {"explorer": explorer}
    for viewer, (most, page) in OTHERS.items():
        if nodes <= most and all(path.exists() for path in others.LIBRARIES[viewer]):
            pages[viewer] = page
    for viewer, page in pages.items():
        path = folder / f"{viewer}.html"
        path.write_bytes(page(graph))
        yield viewer, path


def _compared(
    mode: str, paths: dict[str, Path], graph: Graph, limits: dict[str, float]
) -> Iterator[str]:
    from playwright.sync_api import TimeoutError as TooLate

    ours: dict[str, float] = {}
    for viewer, path in paths.items():
        try:
            with launched(MODES[mode]) as browser:
                figures = _figures(browser, viewer, path, graph)
        except TooLate:
            yield f"  {mode}, {viewer}: not ready within {MOST_MS / 1_000:.0f} s"
            continue
        ours = ours or figures
        yield from _lines(f"{mode}, {viewer}", figures, limits if ours is figures else {}, ours)


def _figures(browser: Browser, viewer: str, path: Path, graph: Graph) -> dict[str, float]:
    """What is measured of one page: the better of two visits for what is over before one looks."""
    size, count = path.stat().st_size, graph.nodes.num_rows
    figures = {"bytes a node": size / count}
    whole = browser.new_browser_cdp_session()
    for _ in range(2):
        page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
        page.goto(path.as_uri(), timeout=MOST_MS)
        # What asks a page whether it is ready runs in that page, and would slow it down.
        page.wait_for_timeout(count / 20 + 500)
        page.wait_for_function(READY.get(viewer, "() => window.ready"), timeout=MOST_MS)
        seen = _first(page, viewer)
        figures |= {name: min(ms, figures.get(name, ms)) for name, ms in seen.items()}
        figures["heap MB"] = float(page.evaluate(HEAP))
        frames = moved(page, whole, viewer)
        if frames.get("frames, machine idle", 0) >= figures.get("frames, machine idle", 0):
            figures |= frames
        if viewer == "explorer":
            page.wait_for_timeout(700)
            for name, script in (("redraw ms", REDRAW), ("keystroke ms", KEYSTROKE)):
                ms = float(page.evaluate(script))
                figures[name] = min(ms, figures.get(name, ms))
        page.context.close()
    if viewer == "explorer":
        figures["kB over the data"] = (size - data_bytes(graph)) / 1_000
    return figures


def _first(page: Page, viewer: str) -> dict[str, float]:
    if viewer != "explorer":
        return {"ready ms": float(page.evaluate("() => window.ready"))}
    marks = page.evaluate("() => explorer.marks")
    names = {"seen": "nodes painted ms", "ready": "ready ms", "whole": "lists beside it ms"}
    return {name: float(marks[mark]) for mark, name in names.items()}


def _lines(
    who: str, figures: dict[str, float], limits: dict[str, float], ours: dict[str, float]
) -> Iterator[str]:
    for name, value in figures.items():
        beside = ""
        if limits.get(name):
            beside = f"   limit {limits[name]:>8,.0f}   x{value / limits[name]:.2f}"
        elif ours is not figures and ours.get(name):
            beside = f"   x{value / ours[name]:.2f} of the explorer's"
        yield f"  {who:<26}{name:<22}{value:>10,.1f}{beside}"


@contextmanager
def launched(mode: list[str] = MODES["no card"]) -> Iterator[Browser]:
    """Chromium with these flags."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    program = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        launched: Any = playwright.chromium.launch(executable_path=program, args=[*FLAGS, *mode])
        yield launched
        launched.close()


if __name__ == "__main__":
    chosen = {int(size) for size in sys.argv[1:]} or {nodes for nodes, _ in SIZES}
    for line in measured(tuple(size for size in SIZES if size[0] in chosen)):
        print(line, flush=True)
