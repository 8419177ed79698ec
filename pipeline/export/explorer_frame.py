"""The explorer in a cell where there is no anywidget: its page in a frame, shut off."""

from __future__ import annotations

import base64
from html import escape

import pyarrow as pa

from pipeline.export.explorer_data import NO_EXTRAS, OwnColours, PageExtras
from pipeline.export.explorer_page import page
from pipeline.model.errors import UsageError

_MAY = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
_ALL = "position:absolute;top:0;left:0;width:100%;height:100%;border:0"


class ExplorerFrame:
    """The explorer in the cell, of whose `selected` Python knows nothing: that needs anywidget.

    A picture lies under the frame. Where a page may not have frames, as on GitHub, it is seen.
    """

    def __init__(
        self,
        tables: tuple[pa.Table, pa.Table],
        communities: pa.Table,
        height_px: int,
        extras: PageExtras = NO_EXTRAS,
    ) -> None:
        self.html = page(*tables, communities, extras).decode()
        self.height_px = height_px
        self._tables = tables
        self._own = extras.own

    @property
    def selected(self) -> None:
        """None; setting it raises UsageError."""
        return None

    @selected.setter
    def selected(self, _query: str | None) -> None:
        raise UsageError(
            "Python can select where anywidget is. `pip install anywidget`, then show again."
        )

    def _repr_html_(self) -> str:
        picture = _picture(*self._tables, self._own)
        return (
            f'<div style="position:relative;height:{self.height_px}px;overflow:hidden">'
            f'{picture}<iframe sandbox="{_MAY}" title="graph" style="{_ALL}" '
            f'srcdoc="{escape(self.html)}"></iframe></div>'
        )


def _picture(nodes: pa.Table, edges: pa.Table, own: OwnColours | None) -> str:
    try:
        from pipeline.export.still import still
    except ModuleNotFoundError:
        return ""
    png, _ = still(nodes, edges, own)
    content = base64.b64encode(png).decode()
    return f'<img alt="graph" style="max-width:100%" src="data:image/png;base64,{content}">'
