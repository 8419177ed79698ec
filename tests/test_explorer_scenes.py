"""`graph.html` as it looks: small pictures of scenes beside those that are stored.

`SCENES=write` stores them anew. They are so small that the letters of another font do no harm.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from explorer_reader import A_CARD, BY_CARD, Explorer, explored, showing
from page_checks import edges_between, nodes_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STORED = Path(__file__).parent / "scenes"
SIZE = (180, 120)
FURTHEST = 4.0
"""The mean difference of a colour, of 255, up to which two pictures are alike."""
SMALL = """async ([width, height]) => {
  const { canvas } = await explorer.drawing.picture(1);
  const small = Object.assign(document.createElement("canvas"), { width, height });
  const pen = small.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(canvas, 0, 0, width, height);
  return small.toDataURL("image/png");
}"""
APART = """async (pictures) => {
  const [a, b] = await Promise.all(pictures.map(async (address) => {
    const image = Object.assign(new Image(), { src: address });
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const pen = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, width, height).data;
  }));
  if (a.length !== b.length) return 255;
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
}"""


def look_at_all(explorer: Explorer) -> None:
    """The digest as it opens."""


def look_at_a_paper(explorer: Explorer) -> None:
    explorer.search("General OCR")
    explorer.press("Enter")


def look_at_kinds(explorer: Explorer) -> None:
    explorer.choose("Colour", "Kind")


def look_at_what_was_read(explorer: Explorer) -> None:
    explorer.tab("Narrow")
    explorer.choose("Papers", "Read by me")
    explorer.press("0")


SCENES: dict[str, tuple[Any, dict[str, Any]]] = {
    "all": (look_at_all, {}),
    "dark": (look_at_all, {"color_scheme": "dark"}),
    "paper": (look_at_a_paper, {}),
    "kinds": (look_at_kinds, {}),
    "read": (look_at_what_was_read, {"color_scheme": "dark"}),
}


def apart(explorer: Explorer, name: str) -> float:
    """How far the picture is from the stored one; it is stored first where that is asked for."""
    explorer.drawn()
    address = str(explorer.page.evaluate(SMALL, list(SIZE)))
    path = STORED / f"{name}.png"
    if os.environ.get("SCENES") == "write":
        path.write_bytes(base64.b64decode(address.partition(",")[2]))
    stored = f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"
    return float(explorer.page.evaluate(APART, [address, stored]))


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_looks_as_it_did(browser: Browser, seed_outputs: Path, name: str) -> None:
    prepare, options = SCENES[name]
    with explored(browser, seed_outputs / "graph.html", silent=False, **options) as explorer:
        prepare(explorer)
        assert apart(explorer, name) < FURTHEST


def test_a_heavy_scene_looks_as_it_did(browser: Browser, tmp_path: Path) -> None:
    nodes = nodes_of([f"Paper {hex(number * 7919)}" for number in range(6_000)])
    edges = edges_between(nodes, ["so"])
    with showing(browser, tmp_path, nodes, edges, silent=False, before=A_CARD) as explorer:
        explorer.page.wait_for_function(BY_CARD)
        assert apart(explorer, "heavy") < FURTHEST


def test_scenes_that_differ_are_told_apart(browser: Browser, seed_outputs: Path) -> None:
    with explored(browser, seed_outputs / "graph.html", silent=False) as explorer:
        look_at_a_paper(explorer)
        explorer.drawn()
        other = (
            "data:image/png;base64," + base64.b64encode((STORED / "all.png").read_bytes()).decode()
        )
        shot = explorer.page.evaluate(SMALL, list(SIZE))
        assert explorer.page.evaluate(APART, [shot, other]) > FURTHEST
