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

from pipeline.export.explorer_data import chunks, framed
from pipeline.export.explorer_page import GROUPS_FROM
from pipeline.export.explorer_script import script, style


class ExplorerCell(anywidget.AnyWidget):
    """The explorer in the cell.

    `selected` is the id of the node that is read about there, or None. Set it to anything that
    `id_of` takes, and the explorer flies there; None lets go. `height_px` can be set too. Call
    `observe(heard, "selected")` to hear of each change.
    """

    _esm = f"{script('cell')}\nexport default {{ render: $cell.render }};"
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
    ) -> None:
        self._tables, self._id_of = tables, id_of
        graph_chunks = chunks(*tables, communities)
        super().__init__(
            _graph=framed(graph_chunks), _texts=graph_chunks.texts, height_px=height_px
        )

    def __repr__(self) -> str:
        nodes, edges = (table.num_rows for table in self._tables)
        return f"ExplorerCell({nodes} nodes, {edges} edges, selected={self.selected!r})"

    @traitlets.validate("selected")
    def _as_id(self, proposal: Any) -> str | None:
        return None if proposal.value is None else self._id_of(proposal.value)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, about = super()._repr_mimebundle_(**kwargs) or ({}, {})
        try:
            from pipeline.export.still import still
        except ModuleNotFoundError:
            return data, about
        png, size = still(*self._tables)
        data = data | {"image/png": base64.b64encode(png).decode()}
        return data, about | {"image/png": size}
