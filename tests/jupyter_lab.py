"""JupyterLab on this machine alone, and a notebook in it as somebody sees it in a browser."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from browsing import WIDE
from conftest import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

_START_S = 30
_NO_NEWS = {"fetchNews": "false", "checkForUpdates": False}
_SETTINGS = {"notification": _NO_NEWS}
"""JupyterLab asks for its news and for a newer version of itself, unless told not to."""

_SEEN = ".jp-NotebookPanel:not(.lm-mod-hidden)"
_RUN_ALL = "() => { jupyterapp.commands.execute('notebook:run-all-cells'); }"
_OPENED = """path => {
  const context = window.jupyterapp?.shell.currentWidget?.context;
  const { isReady, session } = context?.sessionContext ?? {};
  return context?.path === path && isReady && session?.kernel;
}"""
_OPEN = "async path => { await jupyterapp.commands.execute('docmanager:open', { path }); }"
_ASK = """async ([code, expression]) => {
  const { kernel } = jupyterapp.shell.currentWidget.context.sessionContext.session;
  const user_expressions = expression ? { it: expression } : {};
  const { content } = await kernel.requestExecute({ code, user_expressions }).done;
  return content.status === "ok" ? content.user_expressions.it ?? null : content;
}"""
_NODE = """(root, id) => {
  const { graph, place } = root.explorer;
  const at = [...Array(graph.tables).keys()].find((i) => graph.names.text("id", i) === id);
  const { left, top } = root.querySelector(".sky").getBoundingClientRect();
  return [left + place(at).x, top + place(at).y];
}"""


class Lab(NamedTuple):
    """A running JupyterLab: its address, and the folder that it shows."""

    url: str
    folder: Path


class Notebook(NamedTuple):
    """The notebook that is seen in the browser, with a kernel."""

    page: Page

    def open(self, path: Path) -> None:
        """Goes to a notebook, which is opened beside others."""
        self.page.evaluate(_OPEN, path.name)
        self.page.wait_for_function(_OPENED, arg=path.name)

    def run(self, path: Path) -> None:
        """Goes to a notebook and runs all of it."""
        self.open(path)
        self.page.evaluate(_RUN_ALL)

    def python(self, expression: str) -> Any:
        """What an expression is in the kernel, as text."""
        answer = self.page.evaluate(_ASK, ["", expression])
        assert answer["status"] == "ok", answer
        return answer["data"]["text/plain"]

    def do(self, code: str) -> Any:
        """The error that code ends with in the kernel, if any."""
        answer = self.page.evaluate(_ASK, [code, ""])
        return answer and answer["evalue"]

    def view(self, number: int = 0) -> Locator:
        """One of the explorers on the page, when it is there to be used."""
        found = self.page.locator(f"{_SEEN} .digest-graph").nth(number)
        found.wait_for(timeout=20_000)
        for _ in range(200):
            if found.evaluate("root => !!root.explorer"):
                return found
            self.page.wait_for_timeout(50)
        raise AssertionError("the explorer was not shown")

    def place(self, number: int, node_id: str) -> tuple[float, float]:
        """Where a node is in the window, in px."""
        x, y = self.view(number).evaluate(_NODE, node_id)
        return x, y

    def wait_until(self, expression: str, value: str) -> None:
        """Waits until an expression has a value in the kernel."""
        for _ in range(100):
            if self.python(expression) == value:
                return
            self.page.wait_for_timeout(50)
        assert self.python(expression) == value


def notebook_of(path: Path, *cells: str) -> Path:
    """A notebook of these cells of code, written to a file."""
    import nbformat  # Takes a second, which no other test has to wait for.

    nb: Any = nbformat.v4
    made = nb.new_notebook(cells=[nb.new_code_cell(cell) for cell in cells])
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path.write_text(nbformat.writes(made), encoding="utf-8")  # type: ignore[no-untyped-call]
    return path


@contextmanager
def running_lab(folder: Path, home: Path) -> Iterator[Lab]:
    """JupyterLab of a folder, with a home of its own; it is stopped at the end."""
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    for name, said in _SETTINGS.items():
        (settings / f"{name}.jupyterlab-settings").write_text(json.dumps(said), encoding="utf-8")
    own = {
        "HOME": home, "IPYTHONDIR": home, "JUPYTER_CONFIG_DIR": home, "JUPYTER_DATA_DIR": home,
        "JUPYTER_RUNTIME_DIR": home / "run", "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces", "PYTHONPATH": PROJECT,
    }  # fmt: skip
    options = [
        "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0", "--IdentityProvider.token=",
        f"--ServerApp.root_dir={folder}", "--LabApp.extension_manager=readonly",
        "--LabApp.expose_app_in_browser=True",
    ]  # fmt: skip
    command = [sys.executable, "-m", "jupyter", "lab", *options]
    log = home / "log"
    with log.open("w") as written:
        env = os.environ | {name: str(value) for name, value in own.items()}
        server = subprocess.Popen(command, stdout=written, stderr=written, env=env)
    try:
        yield Lab(_address(log), folder)
    finally:
        server.terminate()
        server.wait(10)


def _address(log: Path) -> str:
    for _ in range(_START_S * 20):
        found = re.search(r"http://127\.0\.0\.1:\d+/", log.read_text(encoding="utf-8"))
        if found:
            return found[0]
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))


@contextmanager
def opened(browser: Browser, lab: Lab, **options: Any) -> Iterator[Notebook]:
    """JupyterLab in the browser. At the end nothing was asked of others, and no page failed."""
    usual: dict[str, Any] = {"viewport": WIDE, "reduced_motion": "reduce"}
    context = browser.new_context(**(usual | options))
    page, wrong = context.new_page(), list[str]()
    local = (lab.url, lab.url.replace("http", "ws"), "blob:", "data:")
    page.on("request", lambda r: None if r.url.startswith(local) else wrong.append(r.url))
    page.on("pageerror", lambda error: wrong.append(f"{error}: {error.stack}"))
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.goto(f"{lab.url}lab?reset")
    page.wait_for_function("() => window.jupyterapp?.shell.currentWidget")
    yield Notebook(page)
    context.close()
    assert wrong == [], wrong
