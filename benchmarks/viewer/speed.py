"""The explorer beside sigma and pyvis: the same graphs in Chromium without a graphics card.

sigma is of npm (`npm ci` in benchmarks/viewer/node), pyvis of PyPI. Nothing of them is in
the package.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.clock import best_s
from benchmarks.viewer.pages import SIGMA, Graph, data_bytes, explorer, graph_of, pyvis, sigma

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = ((500, 2_500), (30_000, 150_000), (100_000, 500_000))
MOST_OF_PYVIS, MOST_OF_SIGMA = 5_000, 30_000
"""Beyond, they take more than half a minute to open."""
MOVED_MS = 2_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info", "--js-flags=--expose-gc"]
FRAMES = """ms => new Promise((done) => {
  const times = [];
  const begun = performance.now();
  const frame = (now) => {
    times.push(now);
    if (now - begun < ms) requestAnimationFrame(frame);
    else done((times.length - 1) / (times.at(-1) - times[0]) * 1000);
  };
  requestAnimationFrame(frame);
})"""
PAN = """ms => {
  const box = document.querySelector(".sky");
  const { left, top, width, height } = box.getBoundingClientRect();
  const at = (x, y) => ({ clientX: left + width / 2 + x, clientY: top + height / 2 + y,
    pointerId: 1, button: 0, buttons: 1, bubbles: true });
  box.setPointerCapture = () => {};
  box.dispatchEvent(new PointerEvent("pointerdown", at(0, 0)));
  const begun = performance.now();
  const step = () => {
    const part = (performance.now() - begun) / ms;
    const [x, y] = [Math.sin(part * 9) * 160, Math.cos(part * 7) * 120];
    box.dispatchEvent(new PointerEvent("pointermove", at(x, y)));
    if (part < 1) requestAnimationFrame(step);
    else box.dispatchEvent(new PointerEvent("pointerup", at(x, y)));
  };
  step();
}"""
PAN_SIGMA = """ms => {
  const camera = sigma.getCamera();
  const begun = performance.now();
  const step = () => {
    const part = (performance.now() - begun) / ms;
    camera.setState({ x: 0.5 + Math.sin(part * 9) * 0.1, y: 0.5 + Math.cos(part * 7) * 0.1 });
    if (part < 1) requestAnimationFrame(step);
  };
  step();
}"""
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
READY = {
    "explorer": "() => window.explorer && explorer.marks.ready",
    "sigma": "() => window.ready",
    "pyvis": "() => window.ready",
}
LIMITS = {
    500: {"ready ms": 250.0, "kB over the data": 120.0},
    30_000: {"nodes painted ms": 400.0, "ready ms": 800.0, "bytes a node": 60.0, "heap MB": 25.0,
             "frames a second": 50.0, "redraw ms": 300.0, "keystroke ms": 50.0,
             "Python writes ms": 1_000.0},
    100_000: {"ready ms": 2_500.0},
}  # fmt: skip
"""What the figures are held to; frames are at least, the others at most."""


def measured(sizes: tuple[tuple[int, int], ...] = SIZES) -> Iterator[str]:
    """Each viewer at each size, with our limits."""
    with TemporaryDirectory() as name, launched() as browser:
        for nodes, edges in sizes:
            graph = graph_of(nodes, edges)
            yield f"{graph.nodes.num_rows:,} nodes, {graph.edges.num_rows:,} edges"
            for viewer, page in _viewers(nodes).items():
                content = page(graph)
                path = Path(name, f"{viewer}.html")
                path.write_bytes(content)
                figures = _figures(browser, viewer, path, graph)
                yield from _lines(viewer, figures, LIMITS.get(nodes, {}))


def _viewers(nodes: int) -> dict[str, Callable[[Graph], bytes]]:
    viewers: dict[str, Callable[[Graph], bytes]] = {"explorer": explorer}
    if nodes <= MOST_OF_SIGMA and all(path.exists() for path in SIGMA):
        viewers["sigma"] = sigma
    if nodes <= MOST_OF_PYVIS:
        viewers["pyvis"] = pyvis
    return viewers


def _figures(browser: Browser, viewer: str, path: Path, graph: Graph) -> dict[str, float]:
    """What is measured of one page: the better of two visits for what is over before one looks."""
    size, count = path.stat().st_size, graph.nodes.num_rows
    figures = {"bytes a node": size / count}
    for _ in range(2):
        page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
        page.goto(path.as_uri())
        # What asks a page whether it is ready runs in that page, and would slow it down.
        page.wait_for_timeout(count / 20 + 500)
        page.wait_for_function(READY[viewer], timeout=120_000)
        seen = _first(page, viewer)
        figures |= {name: min(ms, figures.get(name, ms)) for name, ms in seen.items()}
        figures["heap MB"] = float(page.evaluate(HEAP))
        figures["frames a second"] = max(figures.get("frames a second", 0), _frames(page, viewer))
        if viewer == "explorer":
            page.wait_for_timeout(700)
            for name, script in (("redraw ms", REDRAW), ("keystroke ms", KEYSTROKE)):
                ms = float(page.evaluate(script))
                figures[name] = min(ms, figures.get(name, ms))
        page.context.close()
    if viewer == "explorer":
        figures["kB over the data"] = (size - data_bytes(graph)) / 1_000
        figures["Python writes ms"] = best_s(lambda: explorer(graph)) * 1_000
    return figures


def _first(page: Page, viewer: str) -> dict[str, float]:
    if viewer != "explorer":
        return {"ready ms": float(page.evaluate("() => window.ready"))}
    marks = page.evaluate("() => explorer.marks")
    return {"nodes painted ms": float(marks["seen"]), "ready ms": float(marks["ready"])}


def _frames(page: Page, viewer: str) -> float:
    """Frames a second while the map is moved; 0 for pyvis, which has no hand to move it by."""
    moves = {"explorer": PAN, "sigma": PAN_SIGMA}
    if viewer not in moves:
        return 0.0
    page.evaluate(f"ms => {{ ({moves[viewer]})(ms); }}", MOVED_MS)
    return float(page.evaluate(FRAMES, MOVED_MS - 200))


def _lines(viewer: str, figures: dict[str, float], limits: dict[str, float]) -> Iterator[str]:
    for name, value in figures.items():
        if not value:
            continue
        limit = limits.get(name) if viewer == "explorer" else None
        beside = f"   limit {limit:>8,.0f}   x{value / limit:.2f}" if limit else ""
        yield f"  {viewer:<10}{name:<20}{value:>10,.1f}{beside}"


@contextmanager
def launched() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    program = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        launched: Any = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield launched
        launched.close()


if __name__ == "__main__":
    chosen = {int(size) for size in sys.argv[1:]} or {nodes for nodes, _ in SIZES}
    for line in measured(tuple(size for size in SIZES if size[0] in chosen)):
        print(line, flush=True)
