"""The explorer in a cell of a notebook, as a widget: it and Python know what the other selects.

All chunks of the graph go to the cell at once, in binary, when the widget is opened: what is sent
later counts against the limit of bytes a second that Jupyter sets to outputs.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import anywidget
import pyarrow as pa
import traitlets
from IPython.core.getipython import get_ipython
from IPython.display import publish_display_data

from pipeline.export.explorer_data import NO_EXTRAS, PageExtras, chunks, framed
from pipeline.export.explorer_page import GROUPS_FROM
from pipeline.export.explorer_script import script, style
from pipeline.model.counting import counted

STILL_CLASS = "digest-graph-still"
"""What pictures are found by that an explorer takes the place of, before the id of its model."""


class ExplorerCell(anywidget.AnyWidget):
    """The explorer in the cell.

    `selected` is the id of the node that is read about there, or None. Set it to anything that
    `id_of` takes, and the explorer flies there; None lets go. `height_px` can be set too. Call
    `observe(heard, "selected")` to hear of each change.
    """

    _esm = f"{script('cell')}\nexport default {{ render }};"
    _css = style()

    _graph = traitlets.Bytes().tag(sync=True)
    _texts = traitlets.Bytes().tag(sync=True)
    _groups_from = traitlets.Int(GROUPS_FROM).tag(sync=True)
    height_px = traitlets.Int().tag(sync=True)
    selected = traitlets.Unicode(None, allow_none=True).tag(sync=True)

    def __init__(
        self,
        tables: tuple[pa.Table, pa.Table],
        communities: pa.Table,
        id_of: Callable[[str], str],
        height_px: int,
        extras: PageExtras = NO_EXTRAS,
    ) -> None:
        self._tables, self._id_of, self._own = tables, id_of, extras.own
        graph_chunks = chunks(*tables, communities, extras)
        super().__init__(
            _graph=framed(graph_chunks), _texts=graph_chunks.texts, height_px=height_px
        )

    def __repr__(self) -> str:
        nodes, edges = self._tables
        size = f"{counted(nodes.num_rows, 'node')}, {counted(edges.num_rows, 'edge')}"
        return f"ExplorerCell({size}, selected={self.selected!r})"

    @traitlets.validate("selected")
    def _as_id(self, proposal: Any) -> str | None:
        return None if proposal.value is None else self._id_of(proposal.value)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, about = super()._repr_mimebundle_(**kwargs) or ({}, {})
        try:
            from pipeline.export.still import still
        except ModuleNotFoundError:
            return data, about
        png, size = still(*self._tables, self._own)
        content = base64.b64encode(png).decode()
        if not _is_live():
            self._publish_still(content, size)
            return data, about
        return data | {"image/png": content}, about | {"image/png": size}

    def _publish_still(self, content: str, size: dict[str, int]) -> None:
        """Puts the picture above the explorer; the explorer hides it where it runs."""
        name, source = f"{STILL_CLASS}-{self.model_id}", f"data:image/png;base64,{content}"
        attributes = f'class="{name}" alt="graph" width="{size["width"]}" height="{size["height"]}"'
        html = f'<img {attributes} src="{source}">'
        publish_display_data({"text/html": html})  # type: ignore[no-untyped-call]


def _is_live() -> bool:
    """Whether a notebook that somebody has open asks, and not nbconvert or another program.

    Notebooks say of which cell a request is, programs say nothing. What those save has the state
    of widgets in it, for the sake of which nbconvert leaves out the picture beside it.
    """
    shell = get_ipython()
    kernel = getattr(shell, "kernel", None)
    return kernel is None or bool((kernel.get_parent() or {}).get("metadata"))
