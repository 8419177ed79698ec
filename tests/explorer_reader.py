"""A reader of the explorer: what they do with hands and keys, and what they then see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
from browsing import listened

from pipeline.analyse.communities import communities
from pipeline.export.explorer_page import GROUPS_FROM
from pipeline.export.explorer_page import page as page_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_READY = "() => window.explorer && explorer.marks.ready > 0"
_NODE = """id => {
  const { graph } = explorer;
  for (let i = 0; i < graph.tables; i += 1) if (graph.names.text("id", i) === id) return i;
  return -1;
}"""
_PLACE = """i => {
  const box = document.querySelector(".sky").getBoundingClientRect();
  const { x, y } = explorer.place(i);
  return [box.left + x, box.top + y];
}"""
_IDS = "nodes => nodes.map((i) => explorer.graph.names.text('id', i))"
_STANDS = "([of, text]) => document.querySelector(of)?.textContent === text"
_CONTRAST = """selector => {
  const light = (color) => {
    const [r, g, b] = color.match(/[0-9.]+/g).map((part) => part / 255)
      .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ink = light(getComputedStyle(document.querySelector(selector)).color);
  const ground = light(getComputedStyle(document.querySelector(".side")).backgroundColor);
  return (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
}"""


class Explorer(NamedTuple):
    """Somebody with the explorer open; nodes are named by id, places are px of the window."""

    page: Page

    def node(self, node_id: str) -> int:
        return int(self.page.evaluate(_NODE, node_id))

    def place(self, node_id: str) -> tuple[float, float]:
        x, y = self.page.evaluate(_PLACE, self.node(node_id))
        return x, y

    def click(self, node_id: str) -> None:
        self.page.mouse.click(*self.place(node_id))

    def click_nothing(self) -> None:
        self.page.mouse.click(360, 12)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def button(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).click()

    def choose(self, group: str, name: str) -> None:
        """Chooses one of a row of choices."""
        row = self.page.get_by_role("group", name=group, exact=True)
        row.get_by_role("radio", name=name, exact=True).check()

    def search(self, text: str) -> list[str]:
        """The names that a search lists."""
        self.page.evaluate("() => explorer.texts()")
        self.page.get_by_role("combobox").fill(text)
        return self.page.locator(".results b").all_text_contents()

    def state(self, name: str) -> Any:
        return self.page.evaluate("name => explorer.state()[name]", name)

    def selected(self) -> str | None:
        """The id of the node that is read about."""
        node = self.state("selected")
        return None if node is None else str(self.ids([node])[0])

    def ids(self, nodes: list[int]) -> list[str]:
        return list(self.page.evaluate(_IDS, nodes))

    def shown(self) -> list[str]:
        """The ids of the nodes that are drawn, or folded into one that is, in order."""
        return sorted(self.ids(self.page.evaluate("() => explorer.held()")))

    def bright(self) -> set[str]:
        """The ids of the nodes that are not faded."""
        near = "() => [...explorer.staged().near ?? explorer.held()]"
        return set(self.ids(self.page.evaluate(near)))

    def edges(self) -> list[str]:
        """The kinds of the edges that are drawn, in order."""
        kinds = "() => explorer.staged().edges.map((e) => explorer.graph.edgeKind[e])"
        names = "mentions cites wrote tagged in_category broader relates_to between".split()
        return sorted(names[kind] for kind in self.page.evaluate(kinds))

    def scale(self) -> float:
        return float(self.state("camera")["scale"])

    def drawn(self) -> None:
        """Waits until the picture is that of the state."""
        self.page.evaluate("() => new Promise(requestAnimationFrame)")
        self.page.evaluate("() => explorer.drawing.draw(true)")

    def labels(self) -> list[dict[str, Any]]:
        self.drawn()
        return list(self.page.evaluate("() => explorer.drawing.labels()"))

    def text(self, selector: str) -> str | None:
        """What an element holds, in one line; None where there is none."""
        found = self.page.locator(selector).all_text_contents()
        return " ".join(found[0].split()) if found else None

    def texts(self, selector: str) -> list[str]:
        return self.page.locator(selector).all_text_contents()

    def waits_for(self, selector: str, text: str) -> None:
        self.page.wait_for_function(_STANDS, arg=[selector, text], timeout=20_000)

    def focused(self) -> str:
        """The text, or the label, of what has the keyboard's focus."""
        inner = "document.activeElement.textContent || document.activeElement.ariaLabel"
        return str(self.page.evaluate(f"() => {inner}"))

    def contrast(self, selector: str) -> float:
        """The contrast of an element's text with the panel, 1 to 21 (WCAG 2)."""
        return float(self.page.evaluate(_CONTRAST, selector))

    def taken(self, name: str) -> bytes:
        """The file that a button hands over."""
        with self.page.expect_download() as download:
            self.button(name)
        return Path(download.value.path()).read_bytes()


A_CARD = """(() => {
  const get = WebGL2RenderingContext.prototype.getExtension;
  WebGL2RenderingContext.prototype.getExtension = function (name) {
    return name === "WEBGL_debug_renderer_info" ? null : get.call(this, name);
  };
})()"""
"""Run before a page: the graphics card that the processor plays is taken for one."""
BY_CARD = "() => explorer.drawing.painter() === 'webgl'"


@contextmanager
def explored(
    browser: Browser, path: Path, silent: bool = True, **options: Any
) -> Iterator[Explorer]:
    """The explorer of a file, ready; it stays silent whatever is done."""
    with listened(browser, path, silent, **options) as page:
        page.wait_for_function(_READY)
        yield Explorer(page)


@contextmanager
def showing(
    browser: Browser, folder: Path, nodes: pa.Table, edges: pa.Table, **options: Any
) -> Iterator[Explorer]:
    """The explorer of these nodes and edges, written to `folder`."""
    groups_from = options.pop("groups_from", GROUPS_FROM)
    page = page_of(nodes, edges, communities(nodes, edges), groups_from=groups_from)
    (folder / "graph.html").write_bytes(page)
    with explored(browser, folder / "graph.html", **options) as explorer:
        yield explorer
