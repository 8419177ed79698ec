"""`graph.html` in a real browser: what may not run, and what may not break it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from conftest import PROJECT, built_from, missing
from explorer_reader import A_CARD, BY_CARD, explored, showing
from page_checks import INJECT, PAYLOADS, TEXTS, digest_of, edges_between, nodes_of
from test_explorer import OCR_TITLE

from pipeline.analyse.communities import communities
from pipeline.export.explorer_page import page
from pipeline.model.tables import Build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOSTILE = [f"{before}{payload}{number}" for number in range(9) for payload in PAYLOADS
           for before in ("", "TeX $x$ ")][:500]  # fmt: skip
READ_ALL = """async () => {
  await explorer.texts();
  const { graph } = explorer;
  const foreign = "script, link, img, iframe, object, embed, base, form, meta, svg script, "
    + "a:not([href^='https://']), [onerror], [onload], [onclick], [onfocus], [ontoggle], [srcdoc]";
  const wrong = [];
  for (let i = 0; i < graph.n; i += 1) {
    const label = graph.names.text("label", i);
    explorer.act({ do: "ask", query: label });
    if (!document.querySelector(".results").childElementCount) wrong.push(`not found: ${label}`);
    explorer.go(i);
    const said = document.querySelector(".reading .abstract");
    const abstract = graph.texts.text("abstract", i);
    if (graph.kind[i] < 2 && said.textContent.length < abstract.length / 2) wrong.push(abstract);
    const found = document.querySelector(".digest-graph").querySelector(foreign);
    if (found) wrong.push(found.outerHTML);
  }
  explorer.act({ do: "ask", query: "" });
  return wrong;
}"""
LOSE = """() => {
  window.contexts = [];
  const get = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (...of) {
    const made = get.apply(this, of);
    if (of[0] === "webgl2") window.contexts.push(made);
    return made;
  };
}"""
LOST = """() => {
  window.lost = contexts[0].getExtension("WEBGL_lose_context");
  lost.loseContext();
}"""
NO_WEBGL = """() => {
  const get = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (name, ...of) {
    return name.startsWith("webgl") ? null : get.call(this, name, ...of);
  };
}"""
PAINTED = """async () => {
  await explorer.drawing.draw(true);
  const { canvas } = await explorer.drawing.picture(1);
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const colour = explorer.staged().scene.paints.slice(-8);
  const found = { dots: 0, roads: 0 };
  for (let i = 0; i < data.length; i += 4) {
    if ([0, 1, 2].every((k) => Math.abs(data[i + k] - colour[k]) < 24)) found.dots += 1;
    if (data[i] > 150 && data[i + 2] < 110) found.roads += 1;
  }
  return found;
}"""
LEAST_PX = 500
"""How many px have the topmost nodes' colour, and how many are as red as what one mentions."""


def run_before(script: str) -> str:
    return f"({script})()"


def test_500_hostile_texts_in_every_field_run_nowhere(browser: Browser, tmp_path: Path) -> None:
    nodes = nodes_of(HOSTILE, "paper")
    with showing(browser, tmp_path, nodes, edges_between(nodes, HOSTILE)) as explorer:
        assert explorer.page.evaluate(READ_ALL) == []
        explorer.press("t", "Escape", "0")
        for name in ("Narrow", "Export"):
            explorer.tab(name)
        for name in ("GraphML", "GEXF", "CSV", "BibTeX", "SVG"):
            assert explorer.taken(name)


@pytest.mark.parametrize("kind", ["author", "tag", "category", "organisation"])
def test_a_hostile_name_of_any_kind_runs_nowhere(
    browser: Browser, tmp_path: Path, kind: str
) -> None:
    nodes = nodes_of(PAYLOADS, kind)
    with showing(browser, tmp_path, nodes, edges_between(nodes, PAYLOADS)) as explorer:
        assert explorer.page.evaluate(READ_ALL) == []


def test_nothing_that_a_digest_says_ever_runs(browser: Browser, tmp_path: Path) -> None:
    build = built_from(tmp_path, digest_of(PAYLOADS[4:12]))
    with showing(browser, tmp_path, build.nodes, build.edges) as explorer:
        assert explorer.page.evaluate(READ_ALL) == []


def test_no_link_leads_elsewhere_than_to_the_web(browser: Browser, tmp_path: Path) -> None:
    odd = ["javascript:window.ran=1", "https://a.org/\" onclick='window.ran=1'", "HTTPS://a.org"]
    nodes = nodes_of(odd, "paper")
    for column in TEXTS:
        assert nodes[column].to_pylist() == odd
    with showing(browser, tmp_path, nodes, edges_between(nodes, ["so"])) as explorer:
        for node_id in ("000", "001", "002"):
            explorer.page.evaluate("async i => { await explorer.texts(); explorer.go(i); }",
                                   explorer.node(node_id))  # fmt: skip
            links = explorer.page.locator(".reading a").evaluate_all("all => all.map(a => a.href)")
            assert all(link.startswith("https://a.org/") for link in links)


def test_no_other_script_may_run_or_ask_for_anything(browser: Browser, seed_outputs: Path) -> None:
    with explored(browser, seed_outputs / "graph.html", silent=False) as explorer:
        policy = explorer.page.locator("meta[http-equiv=Content-Security-Policy]")
        assert (policy.get_attribute("content") or "").startswith("default-src 'none';")
        refused = ["connect-src", "img-src", "script-src-attr", "script-src-elem"]
        assert explorer.page.evaluate(INJECT) == refused


@pytest.fixture(scope="session")
def heavy_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph that is drawn with WebGL2, where there is such."""
    nodes = nodes_of([f"Paper {hex(number * 7919)}" for number in range(8_000)], "paper")
    path = tmp_path_factory.mktemp("heavy") / "graph.html"
    edges = edges_between(nodes, ["so"])
    path.write_bytes(page(nodes, edges, communities(nodes, edges)))
    return path


def test_a_small_graph_needs_no_webgl(browser: Browser, seed_outputs: Path) -> None:
    with explored(browser, seed_outputs / "graph.html") as explorer:
        assert explorer.page.evaluate("() => explorer.drawing.painter()") == "canvas"


def test_a_card_that_the_processor_plays_is_left_alone(browser: Browser, heavy_page: Path) -> None:
    with explored(browser, heavy_page, silent=False, before=run_before(LOSE)) as explorer:
        explorer.page.wait_for_function("() => contexts.length && contexts[0].isContextLost()")
        assert explorer.page.evaluate("() => explorer.drawing.painter()") == "canvas"


def test_without_webgl_the_same_is_drawn(browser: Browser, heavy_page: Path) -> None:
    with explored(browser, heavy_page, silent=False, before=A_CARD) as explorer:
        explorer.page.wait_for_function(BY_CARD)
        assert min(explorer.page.evaluate(PAINTED).values()) > LEAST_PX
    with explored(browser, heavy_page, before=run_before(NO_WEBGL)) as explorer:
        assert explorer.page.evaluate("() => explorer.drawing.painter()") == "canvas"
        # Dots that lie close to one another hide no road.
        assert min(explorer.page.evaluate(PAINTED).values()) > LEAST_PX
        explorer.search("Paper 0x1eef")
        explorer.press("Enter")
        explorer.waits_for(".reading h2", "Paper 0x1eef")


@pytest.mark.parametrize("comes_back", [True, False])
def test_a_lost_context_is_made_anew_or_done_without(
    browser: Browser, heavy_page: Path, comes_back: bool
) -> None:
    script = f"{A_CARD};{run_before(LOSE)}"
    with explored(browser, heavy_page, silent=False, before=script) as explorer:
        explorer.page.wait_for_function(BY_CARD)
        explorer.page.evaluate(LOST)
        explorer.press("+", "-")
        if comes_back:
            explorer.page.wait_for_timeout(100)
            explorer.page.evaluate("() => lost.restoreContext()")
        painter = "webgl" if comes_back else "canvas"
        anew = "([name, old]) => explorer.drawing.painter() === name && contexts.length > old"
        explorer.page.wait_for_function(anew, arg=[painter, 1 if comes_back else 0])
        assert min(explorer.page.evaluate(PAINTED).values()) > LEAST_PX
        explorer.search("Paper 0x1eef")
        explorer.press("Enter")
        explorer.waits_for(".reading h2", "Paper 0x1eef")


def test_the_table_says_the_same_as_the_map(
    browser: Browser, seed_outputs: Path, seed_build: Build
) -> None:
    with explored(browser, seed_outputs / "graph.html") as explorer:
        explorer.press("t")
        assert explorer.text(".table .bar .meta") == "1 to 100 of 334"
        names = list(explorer.texts(".table tbody th .name"))
        for _ in range(3):
            explorer.button("Next")
            names += explorer.texts(".table tbody th .name")
        assert len(names) == 334
        assert OCR_TITLE in names[:7]
        explorer.button("Previous")
        explorer.page.locator(".table tbody th .name").first.click()
        assert explorer.page.locator(".table").is_hidden()
        assert explorer.selected() is not None


def test_it_speaks_korean_where_the_browser_does_and_can_switch(
    browser: Browser, seed_outputs: Path
) -> None:
    with explored(browser, seed_outputs / "graph.html", locale="ko-KR") as explorer:
        assert explorer.text("h1") == "digests 지도"
        assert explorer.page.locator(".digest-graph").get_attribute("lang") == "ko"
        explorer.button("English")
        assert explorer.text("h1") == "A map of digests"
        assert explorer.texts("[role=tab]") == ["Map", "Narrow", "Export"]


def test_every_stop_of_the_tab_key_can_be_seen(browser: Browser, seed_outputs: Path) -> None:
    outlined = """() => [document.activeElement, document.activeElement.nextElementSibling]
      .some((each) => each && getComputedStyle(each).outlineStyle !== "none")"""
    with explored(browser, seed_outputs / "graph.html") as explorer:
        for _ in range(30):
            explorer.press("Tab")
            assert explorer.page.evaluate(outlined)
            if explorer.page.evaluate("() => document.activeElement.matches('.legend .name')"):
                break
        paper = explorer.focused()
        explorer.press("Enter")
        explorer.page.locator(".reading h2:focus").wait_for()
        assert explorer.text(".reading h2") == explorer.focused() == paper


def test_types_are_what_they_say() -> None:
    compiler = PROJECT / "tests" / "node" / "node_modules" / "typescript" / "bin" / "tsc"
    if not compiler.exists():
        missing("typescript")
    command = ["node", str(compiler), "-p", str(PROJECT / "tests" / "node" / "tsconfig.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == ""


def test_very_large_graphs_begin_with_their_communities(browser: Browser, tmp_path: Path) -> None:
    """Here 500 nodes are as many as 100,000 would be."""
    nodes = nodes_of([f"Paper {number}" for number in range(500)], "paper")
    at = nodes.schema.get_field_index("community")
    groups = pa.array([number // 100 for number in range(500)], pa.int64())
    nodes = nodes.set_column(at, nodes.schema.field(at), groups)
    edges = edges_between(nodes, ["so"])
    with showing(browser, tmp_path, nodes, edges, groups_from=400) as explorer:
        kinds = "() => explorer.staged().order.map((i) => explorer.graph.kind[i])"
        assert explorer.page.evaluate(kinds) == [6] * 5
        assert explorer.edges() == ["between"] * 4
        explorer.page.evaluate("() => explorer.act({ do: 'open', community: 2 })")
        assert sorted(explorer.page.evaluate(kinds)) == [0] * 50 + [1] * 50 + [6] * 4
        explorer.search("Paper 450")
        explorer.press("Enter")
        assert explorer.selected() == "450"
        assert len(explorer.page.evaluate(kinds)) == 50 * 4 + 3
        explorer.button("Close its community")
        assert sorted(explorer.page.evaluate(kinds)) == [0] * 50 + [1] * 50 + [6] * 4
