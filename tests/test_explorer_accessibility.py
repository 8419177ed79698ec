"""`graph.html` for everyone: faults that axe finds, and what is read stays in sight."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import PHONE
from conftest import PROJECT, missing
from explorer_reader import explored
from test_explorer import OCR

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FAULTS = """() => axe.run().then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map((each) => `${id}: ${each.target}`)))"""
SEEN = """() => {
  const sky = document.querySelector(".sky").getBoundingClientRect();
  const { x, y } = explorer.place(explorer.state().selected);
  return document.elementFromPoint(sky.left + x, sky.top + y)?.closest(".sky") !== null;
}"""


def axe() -> str:
    path = PROJECT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"
    if not path.exists():
        missing("axe-core")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("dark", [False, True])
def test_the_accessibility_tree_has_no_fault(
    browser: Browser, seed_outputs: Path, dark: bool
) -> None:
    scheme = "dark" if dark else "light"
    path = seed_outputs / "graph.html"
    with explored(browser, path, color_scheme=scheme, bypass_csp=True) as explorer:
        explorer.page.evaluate(axe())
        assert explorer.page.evaluate(FAULTS) == []
        explorer.click(OCR)
        explorer.tab("Narrow")
        assert explorer.page.evaluate(FAULTS) == []
        explorer.tab("Export")
        explorer.search("ocr")
        assert explorer.page.evaluate(FAULTS) == []
        explorer.press("Escape")
        explorer.page.locator(".sky").focus()
        explorer.press("t")
        assert explorer.page.evaluate(FAULTS) == []
        explorer.press("t", "y")
        explorer.page.evaluate("explorer.act({ do: 'region', at: 0 })")
        assert explorer.page.evaluate(FAULTS) == []
        for selector in (".counts", ".side h1", ".meta"):
            assert explorer.contrast(selector) >= 4.5


def test_a_phone_in_forced_colours_has_no_fault_in_the_accessibility_tree(
    browser: Browser, seed_outputs: Path
) -> None:
    looks: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "forced_colors": "active"}
    with explored(browser, seed_outputs / "graph.html", bypass_csp=True, **looks) as explorer:
        explorer.page.evaluate(axe())
        explorer.page.evaluate("explorer.act({ do: 'select', node: 0 })")
        explorer.page.evaluate("explorer.project('time')")
        assert explorer.page.evaluate(FAULTS) == []


def test_what_is_selected_under_the_panel_comes_into_sight(
    browser: Browser, seed_outputs: Path
) -> None:
    furthest = "({ graph: { x } }) => x.indexOf(Math.max(...x))"
    with explored(browser, seed_outputs / "graph.html") as explorer:
        node = explorer.page.evaluate(f"({furthest})(explorer)")
        before = explorer.page.evaluate("explorer.state().camera")
        explorer.page.evaluate(f"explorer.act({{ do: 'select', node: {node} }})")
        assert explorer.page.evaluate(SEEN)
        after = explorer.page.evaluate("explorer.state().camera")
        assert after["scale"] == before["scale"]
        assert after["x"] > before["x"]
        explorer.page.evaluate("explorer.act({ do: 'select', node: null })")
        explorer.press("0")
        explorer.page.evaluate("explorer.act({ do: 'region', at: 1 })")
        assert explorer.page.evaluate("explorer.state().camera.x") > before["x"]
