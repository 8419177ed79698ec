"""The notebooks after a run in a fresh build; as a program it saves them as they ran.

An explorer is kept as its still picture: a saved widget would only say that its model is gone.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from loaded_commands import run as digest_graph

from pipeline.export.explorer_cell import STILL_CLASS

PROJECT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
KERNELS_AT_ONCE = 3
STILL = re.compile(r'width="(?P<width>\d+)" height="(?P<height>\d+)".*base64,(?P<png>[^"]+)')
WIDGET = "application/vnd.jupyter.widget-view+json"


def saved(path: Path) -> Any:
    """A notebook as it lies on disk."""
    import nbformat  # Takes a second, which no other test has to wait for.

    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def code_cells(notebook: Any) -> list[Any]:
    """Its cells of code, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def built_project(folder: Path) -> Path:
    """The folder, which now holds what `make graph` writes."""
    assert not digest_graph("build", "digests", "-o", folder / "outputs", "--quiet").returncode
    (folder / "notebooks").mkdir()
    return folder


def all_run(project: Path) -> dict[Path, Any]:
    """Every notebook after a run in full."""

    async def finished() -> list[Any]:
        turns = asyncio.Semaphore(KERNELS_AT_ONCE)
        return await asyncio.gather(*(run(p, project / "notebooks", turns) for p in NOTEBOOKS))

    return dict(zip(NOTEBOOKS, awaited(finished()), strict=True))


def awaited(coming: Coroutine[Any, Any, Any]) -> Any:
    """What is waited for, in a thread of its own: Playwright keeps a loop running in ours."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coming).result()


async def run(path: Path, folder: Path, turns: asyncio.Semaphore, most: int | None = None) -> Any:
    """A notebook of the first `most` cells of another (None: all) after a run in a new kernel.

    The kernel works in `folder`, in its turn. An error stays in its cell.
    """
    import nbclient  # Takes a second, which no other test has to wait for.

    notebook = saved(path)
    notebook.cells = notebook.cells[:most]
    client = nbclient.NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        allow_errors=True,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
    )
    async with turns:
        # A profile of the user's could print, or set pandas up in another way.
        await client.async_execute(env={**os.environ, "IPYTHONDIR": str(folder / "ipython")})
    for cell in code_cells(notebook):
        keep_stills(cell)
    return notebook


def keep_stills(cell: Any) -> None:
    """Of an explorer, which a program shows below its picture, keeps the picture alone."""
    for output in cell.outputs:
        output.get("data", {}).pop(WIDGET, None)
    for still, below in reversed([*pairwise(cell.outputs)]):
        html = still.get("data", {}).get("text/html", "")
        if STILL_CLASS in html:
            picture = STILL.search(html)
            assert picture is not None
            below.data["image/png"] = picture["png"]
            below.metadata["image/png"] = {n: int(picture[n]) for n in ("height", "width")}
            cell.outputs.remove(still)


if __name__ == "__main__":
    import nbformat

    os.environ["DIGEST_GRAPH_OFFLINE"] = "1"
    with TemporaryDirectory() as built:
        for place, ran in all_run(built_project(Path(built))).items():
            nbformat.write(ran, place)  # type: ignore[no-untyped-call]
