"""`g.show()` in JupyterLab: a notebook that is run, looked at and used in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jupyter_lab import Lab, Notebook, notebook_of, opened, running_lab
from test_explorer import CODER, OCR, OCR_TITLE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

S3C_MATH = "arxiv:2409.01524"
LOADED = "from pipeline import load\ng = load('outputs')"
PART = "part = g.around('2409.01524')\nother = part.show(height_px=420)\nother"
NO_WIDGETS = "import sys\nsys.modules['anywidget'] = None\ng.show()"

SCALE = "root => root.explorer.state().camera.scale"
COLOUR = "root => root.explorer.state().colour"
GROUND = "root => getComputedStyle(root).backgroundColor"
DRAWN = """async root => {
  const { canvas } = await root.explorer.drawing.picture(1);
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""
IN_SIGHT = """async root => {
  await new Promise((done) => setTimeout(done, 50));
  const { place, state } = root.explorer;
  const { width, height } = root.querySelector(".sky").getBoundingClientRect();
  const { x, y } = place(state().selected);
  return x > 0 && y > 0 && x < width && y < height;
}"""
CELLS = "() => jupyterapp.shell.currentWidget.content.widgets.length"
DARK = "() => jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })"
LIGHT = "() => jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })"


@pytest.fixture(scope="session")
def lab(seed_outputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("lab")
    (folder / "outputs").symlink_to(seed_outputs)
    with running_lab(folder, tmp_path_factory.mktemp("lab-home")) as lab:
        yield lab


@pytest.fixture(scope="session")
def desk(browser: Browser, lab: Lab) -> Iterator[Notebook]:
    """JupyterLab in the browser, in which each test runs a notebook of its own."""
    with opened(browser, lab) as desk:
        yield desk


@pytest.fixture(scope="session")
def two(desk: Notebook, lab: Lab) -> Path:
    """A notebook with two explorers, of the whole and of a part."""
    path = notebook_of(lab.folder / "two.ipynb", LOADED, "g.show()", PART)
    desk.run(path)
    desk.view(1)
    return path


@pytest.fixture
def notebook(desk: Notebook, two: Path) -> Notebook:
    """The notebook with two explorers, in which nothing is selected."""
    desk.open(two)
    assert desk.do("g.view.selected = other.selected = None") is None
    desk.view(0).locator(".sky").focus()
    desk.page.keyboard.press("0")
    return desk


def test_the_map_is_drawn_and_python_knows_what_a_click_selects(notebook: Notebook) -> None:
    root = notebook.view(0)
    assert root.locator(".counts").text_content() == "334 nodes, 350 edges"
    assert root.evaluate(DRAWN) > 100
    assert root.bounding_box()["height"] == 600  # type: ignore[index]
    notebook.page.mouse.click(*notebook.place(0, OCR))
    notebook.wait_until("g.view.selected", repr(OCR))
    root.locator(".abstract").wait_for()
    assert root.locator(".reading h2").text_content() == OCR_TITLE
    notebook.page.keyboard.press("Escape")
    notebook.wait_until("g.view.selected", "None")


def test_what_is_selected_in_python_is_flown_to_and_read(notebook: Notebook) -> None:
    notebook.page.evaluate("() => document.activeElement.blur()")
    assert notebook.do("g.view.selected = 'https://arxiv.org/abs/2409.02326v1'") is None
    assert notebook.python("g.view.selected") == repr(CODER)
    root = notebook.view(0)
    assert "Arctic-SnowCoder" in (root.locator(".reading h2").text_content() or "")
    assert root.evaluate(IN_SIGHT)
    assert not root.evaluate("root => root.matches(':focus-within')"), "who types is left alone"
    assert "nothing in this graph is called" in notebook.do("g.view.selected = 'xyzzy'")
    assert notebook.python("g.view.selected") == repr(CODER)
    assert notebook.do("g.view.selected = None") is None
    root.locator(".reading").wait_for(state="hidden")


def test_what_was_selected_before_it_is_shown_is_read_at_once(desk: Notebook, lab: Lab) -> None:
    cells = (LOADED, "view = g.show()\nview.selected = '#ocr'\nview")
    desk.run(notebook_of(lab.folder / "set.ipynb", *cells))
    assert desk.view().locator(".reading h2").text_content() == "ocr"
    assert desk.python("view.selected") == "'tag:ocr'"


def test_two_explorers_on_a_page_leave_each_other_alone(notebook: Notebook) -> None:
    one, other = notebook.view(0), notebook.view(1)
    before = other.evaluate(SCALE)
    one.locator(".sky").focus()
    notebook.page.keyboard.press("+")
    assert other.evaluate(SCALE) == before != one.evaluate(SCALE)
    other.get_by_role("radio", name="Year").check(force=True)
    assert (one.evaluate(COLOUR), other.evaluate(COLOUR)) == ("community", "year")
    assert one.get_by_role("radio", name="Topic", exact=True).is_checked()
    assert notebook.do("other.selected = '2409.01524'") is None
    other.locator(".reading h2").wait_for()
    assert notebook.python("g.view.selected, part.view.selected") == f"(None, {S3C_MATH!r})"
    ids = notebook.page.locator(".digest-graph [id]").evaluate_all("all => all.map(a => a.id)")
    assert len(ids) == len(set(ids))


def test_keys_go_to_the_explorer_or_to_the_notebook_and_never_to_both(notebook: Notebook) -> None:
    root, cells = notebook.view(0), notebook.page.evaluate(CELLS)
    root.locator(".sky").focus()
    for key in ("a", "b", "x", "ArrowRight", "s", "s", "]"):
        notebook.page.keyboard.press(key)
    assert notebook.page.evaluate(CELLS) == cells
    assert notebook.python("g.view.selected") != "None", "an arrow went to the weightiest node"
    whole = root.evaluate(SCALE)
    notebook.page.locator(".jp-Notebook").first.focus()
    notebook.page.keyboard.press("+")
    assert root.evaluate(SCALE) == whole


def test_the_wheel_scrolls_the_notebook_until_the_map_was_clicked(notebook: Notebook) -> None:
    root = notebook.view(0)
    whole = root.evaluate(SCALE)
    notebook.page.evaluate("() => document.activeElement.blur()")
    x, y = notebook.place(0, OCR)
    for focused in (False, True):
        if focused:
            root.locator(".sky").focus()
        notebook.page.mouse.move(x, y)
        notebook.page.mouse.wheel(0, -60)
        notebook.page.wait_for_timeout(100)
        assert (root.evaluate(SCALE) > whole) == focused


def test_it_is_as_dark_as_the_notebook_and_as_high_as_python_says(notebook: Notebook) -> None:
    root = notebook.view(0)
    light, splash = root.evaluate(GROUND), notebook.page.locator("#jupyterlab-splash")
    notebook.page.evaluate(DARK)
    notebook.page.locator(".digest-graph.dark").first.wait_for()
    assert root.evaluate(GROUND) != light
    notebook.page.wait_for_timeout(200)
    assert root.evaluate("root => root.explorer.drawing.frame().width") > 300, "it is drawn anew"
    splash.wait_for(state="detached")
    notebook.page.evaluate(LIGHT)
    notebook.page.locator(".digest-graph:not(.dark)").first.wait_for()
    splash.wait_for(state="detached")
    assert notebook.do("other.height_px = 300") is None
    notebook.page.wait_for_timeout(50)
    assert notebook.view(1).bounding_box()["height"] == 300  # type: ignore[index]


def test_a_cell_that_is_cleared_closes_its_explorer_and_no_other(desk: Notebook, lab: Lab) -> None:
    path = notebook_of(lab.folder / "closed.ipynb", LOADED, "g.show()", "g.show()")
    desk.run(path)
    desk.view(1)
    held = desk.view(0).element_handle()
    desk.page.evaluate("""() => {
      const { content } = jupyterapp.shell.currentWidget;
      content.activeCellIndex = 1;
      return jupyterapp.commands.execute("notebook:clear-cell-output");
    }""")
    desk.page.wait_for_function("root => !root.isConnected && !root.firstChild", arg=held)
    desk.view(0).locator(".sky").focus()
    desk.page.keyboard.press("ArrowRight")
    desk.page.wait_for_timeout(100)
    assert desk.python("g.view.selected") != "None"


def test_without_anywidget_it_is_a_frame_that_works_too(desk: Notebook, lab: Lab) -> None:
    path = notebook_of(lab.folder / "framed.ipynb", LOADED, NO_WIDGETS)
    desk.run(path)
    frame = desk.page.frame_locator("iframe[title=graph]")
    frame.get_by_text("334 nodes, 350 edges").wait_for()
    frame.get_by_role("button", name=OCR_TITLE).first.click()
    frame.locator(".abstract").wait_for()
    frame.get_by_role("tab", name="Export").click()
    with desk.page.expect_download() as download:
        frame.get_by_role("button", name="CSV").click()
    assert OCR in Path(download.value.path()).read_text(encoding="utf-8")
    assert frame.get_by_text("Link to this view").count() == 0
    assert "pip install anywidget" in desk.do("g.view.selected = '2409.01524'")
    assert desk.python("g.view.selected") == "None"


def test_a_saved_notebook_is_a_picture_where_it_does_not_run(desk: Notebook, lab: Lab) -> None:
    import nbconvert  # Takes a second, which no other test has to wait for.

    path = notebook_of(lab.folder / "saved.ipynb", LOADED, "g.show()")
    desk.run(path)
    desk.view()
    desk.page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    assert 30_000 < path.stat().st_size < 100_000
    page, _ = nbconvert.HTMLExporter().from_filename(str(path))  # type: ignore[no-untyped-call]
    assert 'src="data:image/png;base64,' in page
