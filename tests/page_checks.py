"""A reader in a real browser, and graphs made to break the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
from browsing import listened

from pipeline.export.pyvis_page import page as page_of
from pipeline.model.readable_tex import readable_title
from pipeline.model.tables import EDGES, NODES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

KINDS = ("author", "category", "organisation", "paper", "tag")
TEXTS = "label title first_author venue doi url abstract commentary arxiv_id name".split()
PAYLOADS = (
    "<script>window.ran=1</script>",
    "</script><script>window.ran=1</script>",
    "<!--<script>window.ran=1</script>",
    "]]><script>window.ran=1</script>",
    "</style><script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    "href=<img src=x onerror=window.ran=1>",
    "<a href=javascript:window.ran=1>href</a>",
    '"><img src=x onerror="window.ran=1">',
    "'><svg onload=window.ran=1>",
    "<svg><script>window.ran=1</script></svg>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<details open ontoggle=window.ran=1>",
    "<input autofocus onfocus=window.ran=1>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<base href=https://example.org/><link rel=stylesheet href=x.css>",
    "<form action=https://example.org/><button>go</button></form>",
    "<object data=https://example.org/></object><embed src=https://example.org/>",
    "javascript:window.ran=1",
    "https://example.org/\" onclick='window.ran=1'",
    "data:text/html,<script>window.ran=1</script>",
    "{{7*7}}{% raw %}{{ scripts }}",
    "${window.ran=1}`${window.ran=1}`",
    "';window.ran=1;//\";window.ran=1;//",
    "\\u003cscript>window.ran=1\\u003c/script> \\\\",
    "&lt;script&gt;window.ran=1&lt;/script&gt; &#60;b&#62;",
    "\u2028window.ran=1\u2029",
    "\u202eright to left\u202c \x00\x0b\x7f\ufffe end",
    "__proto__",
    "한글 제목 <b>굵게</b> 😀 e\u0301",
)

_PLACE = """id => {
  const { network } = digestGraph;
  const { x, y } = network.canvasToDOM(network.getPosition(id));
  const box = document.getElementById("canvas").getBoundingClientRect();
  return [x + box.left, y + box.top];
}"""
_PIXEL = """([x, y]) => {
  const canvas = document.querySelector("canvas");
  const copy = document.createElement("canvas").getContext("2d");
  const box = canvas.getBoundingClientRect();
  digestGraph.network.redraw();
  copy.drawImage(canvas, box.left - x, box.top - y);
  return [...copy.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}"""
_LABELS = """() => {
  const written = [];
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const half = this.measureText(text).width / 2;
    const high = parseFloat(/([0-9.]+)px/.exec(this.font)[1]) / 2;
    written.push([text, x - half, x + half, y - high, y + high]);
    return write.apply(this, arguments);
  };
  digestGraph.network.redraw();
  CanvasRenderingContext2D.prototype.fillText = write;
  return written;
}"""
_CONTRAST = """selector => {
  const light = (color) => {
    const [r, g, b] = color.match(/[0-9.]+/g).map((part) => part / 255)
      .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = light(getComputedStyle(document.getElementById("side")).backgroundColor);
  const ink = light(getComputedStyle(document.querySelector(selector)).color);
  return (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
}"""
INJECT = """() => {
  const refused = new Set();
  document.addEventListener("securitypolicyviolation",
    (event) => refused.add(event.effectiveDirective));
  const script = document.createElement("script");
  script.textContent = "window.ran = 1";
  const image = document.createElement("img");
  image.setAttribute("onload", "window.ran = 1");
  image.src = "https://example.org/x.png";
  document.body.append(script, image);
  fetch("https://example.org/").catch(() => {});
  return new Promise((done) => setTimeout(() => done([...refused].sort()), 300));
}"""
_BRING = """id => digestGraph.network.moveTo(
  { position: digestGraph.network.getPosition(id), scale: 4 })"""
_FOREIGN = (
    "main script, link:not([rel=icon]), img, iframe, object, embed, base, form, "
    "a:not([href^='https://'])"
)
COUNT_UPDATES = """() => {
  const { nodes, edges } = digestGraph.network.body.data;
  window.updates = 0;
  for (const set of [nodes, edges]) set.on("update", () => { window.updates += 1; });
}"""
_STANDS = "([id, text]) => document.querySelector(id)?.textContent === text"
STANDS_ON = "color => getComputedStyle(document.body).backgroundColor === color"
OUTLINED = """() => [document.activeElement, document.activeElement.closest("li")]
  .some((each) => each && getComputedStyle(each).outlineStyle !== "none")"""


class Reader(NamedTuple):
    """Somebody with a page open; nodes are named by id, places are px of the window."""

    page: Page

    def place(self, node_id: str) -> tuple[float, float]:
        x, y = self.page.evaluate(_PLACE, node_id)
        return x, y

    def bring(self, node_id: str) -> tuple[float, float]:
        """Moves a node to the middle, large, and returns its place."""
        self.page.evaluate(_BRING, node_id)
        return self.place(node_id)

    def click(self, node_id: str) -> None:
        self.page.mouse.click(*self.place(node_id))

    def click_nothing(self) -> None:
        self.page.mouse.click(400, 5)

    def drag(self, start: tuple[float, float], right: float, down: float) -> None:
        x, y = start
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + right, y + down, steps=4)
        self.page.mouse.up()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def search(self, text: str) -> list[str]:
        """The titles that a search lists."""
        self.page.locator("#search").fill(text)
        return self.page.locator("#results button").all_text_contents()

    def waits_for(self, selector: str, text: str) -> None:
        """Waits until an element holds exactly this text."""
        self.page.wait_for_function(_STANDS, arg=[selector, text], timeout=20_000)

    def text(self, selector: str) -> str | None:
        """What an element holds, in one line; None where there is none."""
        return next((" ".join(text.split()) for text in self.texts(selector)), None)

    def texts(self, selector: str) -> list[str]:
        return self.page.locator(selector).all_text_contents()

    def focused(self) -> str:
        """The text of what has the keyboard's focus, or its id."""
        return str(
            self.page.evaluate("document.activeElement.textContent || document.activeElement.id")
        )

    def drawn(self, what: str = "node") -> list[str]:
        """The ids of the nodes or edges that are drawn now, in order."""
        return sorted(self.page.evaluate(f"digestGraph.network.body.{what}Indices"))

    def bright(self) -> set[str]:
        """The ids of the nodes that are not faded."""
        faded = "digestGraph.network.body.data.nodes.get().filter(node => node.opacity < 1)"
        return set(self.drawn()) - set(self.page.evaluate(f"{faded}.map(node => node.id)"))

    def scale(self) -> float:
        """Pixels for each unit of the graph."""
        return float(self.page.evaluate("digestGraph.network.getScale()"))

    def positions(self) -> dict[str, dict[str, float]]:
        return dict(self.page.evaluate("digestGraph.network.getPositions()"))

    def colour(self, x: float, y: float) -> str:
        """The colour of a pixel of the drawing, `#rrggbb`."""
        return "#{:02x}{:02x}{:02x}".format(*self.page.evaluate(_PIXEL, [x, y]))

    def labels(self) -> list[tuple[str, float, float, float, float]]:
        """The labels of the drawing: text, left, right, top and bottom in its units."""
        return [tuple(label) for label in self.page.evaluate(_LABELS)]

    def switch(self, kind: str) -> str | None:
        """Switches a kind of node or edge off or on, and returns the count beside it."""
        row = self.page.locator(f"#legend label:has([value={kind}])")
        row.click()
        return row.locator(".count").text_content()

    def contrast(self, selector: str) -> float:
        """The contrast of an element's text with the panel, 1 to 21 (WCAG 2)."""
        return float(self.page.evaluate(_CONTRAST, selector))


@contextmanager
def opened(browser: Browser, path: Path, silent: bool = True, **options: Any) -> Iterator[Reader]:
    """The page of a file, offline; at the end nothing ran, was opened, asked for or said."""
    with listened(browser, path, silent, **options) as page:
        yield Reader(page)


@contextmanager
def shown(browser: Browser, folder: Path, nodes: pa.Table, edges: pa.Table) -> Iterator[Reader]:
    """The page of these nodes and edges, written to `folder`."""
    (folder / "page.html").write_bytes(page_of(nodes, edges).encode())
    with opened(browser, folder / "page.html") as reader:
        yield reader


def examine(reader: Reader, rows: Sequence[dict[str, Any]]) -> None:
    """Hovers over, clicks and searches each node, and finds its label there as it is read."""
    for row in rows:
        reader.page.mouse.move(400, 5)
        reader.page.mouse.move(*reader.bring(row["id"]))
        reader.waits_for("#tip span", readable_title(row["label"]))
        reader.click(row["id"])
        reader.waits_for("#reading h2", readable_title(row["label"]))
        for column in ("commentary", "abstract"):
            if row[column]:
                reader.waits_for(f"#reading .{column}", row[column])
        assert reader.search(readable_title(row["label"])) != []
        assert reader.page.locator(_FOREIGN).count() == 0


def digest_of(payloads: Sequence[str]) -> str:
    """A digest with an entry for each payload, which stands in every field."""
    lines = ["2024년 9월 5일"]
    for number, payload in enumerate(payloads):
        lines += [
            f"Title {number} {payload} the End",
            f"(Ada {payload} Lovelace, Bo Chen)",
            f"We study {payload} " + "and how it matters in practice and in theory " * 6,
            f"이 논문은 {payload} 에 대한 연구입니다.",
            f"#tag{number}{payload.replace(' ', '/')}",
        ]
    return "\n".join(lines) + "\n"


def nodes_of(labels: Sequence[str], kind: str = "") -> pa.Table:
    """A node for each label, of this kind or of all in turn, with the label in every text column.

    The ids are `000`, `001` and so on, and the nodes lie on a grid, 100 apart.
    """
    rows = [
        {column.name: None for column in NODES.columns}
        | dict.fromkeys(TEXTS, label)
        | {"id": f"{number:03}", "kind": kind or KINDS[number % len(KINDS)], "label": label}
        | {"categories": [label], "spellings": [label, label], "in_digest": number % 2 == 1}
        | {"degree": number, "pagerank": 0.0, "community": 0, "size": 20.0, "color": "#d55e00"}
        | {"x": 100.0 * (number % 25), "y": 100.0 * (number // 25)}
        for number, label in enumerate(labels)
    ]
    return pa.Table.from_pylist(rows, schema=NODES.schema())


def edges_between(nodes: pa.Table, sentences: Sequence[str]) -> pa.Table:
    """An edge of each kind in turn from every node to the next, with a sentence."""
    kinds = ("cites", "in_category", "mentions", "tagged", "wrote")
    ids = nodes["id"].to_pylist()
    rows = [
        {column.name: None for column in EDGES.columns}
        | {"source": source, "target": target, "kind": kinds[number % len(kinds)]}
        | {"weight": 1.0, "sentence": sentences[number % len(sentences)]}
        for number, (source, target) in enumerate(pairwise(ids))
    ]
    return pa.Table.from_pylist(rows, schema=EDGES.schema())
