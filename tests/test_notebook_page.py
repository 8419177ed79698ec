"""A notebook that a program runs and saves as a page, read without a network."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from pipeline.export.figure import figure
from pipeline.model.tables import Build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CODE = (
    'from pipeline import load\nload("outputs").show()',
    'from pipeline import build\nbuild("note.md", offline=True)',
)
NOTE = "# A Toy Title of a Paper\n\nhttps://arxiv.org/abs/2401.00001\n\nAnn Lee, Bo Kim\n"
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"


@pytest.fixture(scope="session")
def page(seed_outputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `nbconvert --execute --to html` makes of a notebook that shows a graph."""
    import nbformat  # Takes a second, which no other test has to wait for.

    folder = tmp_path_factory.mktemp("notebook")
    (folder / "outputs").symlink_to(seed_outputs)
    (folder / "note.md").write_text(NOTE, encoding="utf-8")
    notebook = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, CODE)])  # type: ignore[no-untyped-call]
    nbformat.write(notebook, folder / "a.ipynb")  # type: ignore[no-untyped-call]
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "a.ipynb"]
    environment = os.environ | {"IPYTHONDIR": str(folder / "ipython")}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
    return folder / "a.html"


def test_the_picture_is_seen_where_no_explorer_runs(page: Path, browser: Browser) -> None:
    text = page.read_text(encoding="utf-8")
    state = text.split(f'<script type="{WIDGET_STATE}">')[1].split("</script>")[0]
    assert json.loads(state)["state"]
    context = browser.new_context(offline=True, viewport={"width": 1000, "height": 800})
    shown = context.new_page()
    shown.goto(page.as_uri())
    picture = shown.locator("img[class^=digest-graph-still-]")
    picture.wait_for(state="visible")
    assert picture.evaluate("image => image.naturalWidth") == 960
    name = picture.get_attribute("class") or ""
    assert name.removeprefix("digest-graph-still-") in json.loads(state)["state"]
    context.close()


def test_a_bar_leaves_nothing_in_the_notebook(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "KnowledgeGraph(1 paper" in text
    # As rich writes an empty line.
    assert not re.search(r"<pre style=[^>]*>\s*</pre>", text)


def test_no_key_of_a_picture_is_cut_off_at_its_edge(seed_build: Build) -> None:
    nodes, edges = seed_build.nodes, seed_build.edges
    columns = {"kind": nodes["kind"].to_pylist(), "ambiguous": nodes["ambiguous"].to_pylist()}
    first = columns["kind"].index("author")
    columns["kind"][first] = "organisation"
    columns["ambiguous"][first + 1] = True
    for name, values in columns.items():
        at = nodes.schema.get_field_index(name)
        nodes = nodes.set_column(at, nodes.schema.field(at), [values])
    kinds = ["broader", "relates_to", *edges["kind"].to_pylist()[2:]]
    edges = edges.set_column(edges.schema.get_field_index("kind"), "kind", [kinds])
    drawn = figure(nodes, edges, labels=25)
    (legend,) = drawn.legends
    assert len(legend.get_texts()) == 14
    renderer = FigureCanvasAgg(drawn).get_renderer()  # type: ignore[no-untyped-call]
    box, page = legend.get_window_extent(renderer), drawn.bbox
    assert page.x0 <= box.x0
    assert box.x1 <= page.x1
    assert page.y0 <= box.y0
