"""The explorer in a cell of a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.analyse.communities import communities
from pipeline.knowledge_graph.views import Views
from pipeline.model.errors import DigestGraphError

if TYPE_CHECKING:
    from pipeline.export.explorer_cell import ExplorerCell
    from pipeline.export.explorer_frame import ExplorerFrame


class Showing(Views):
    """A graph to look around in."""

    _shown: ExplorerCell | ExplorerFrame | None = None

    def show(self, height_px: int = 640) -> ExplorerCell | ExplorerFrame:
        """The explorer in the cell: search, read, narrow, follow paths. Needs no network.

        What is selected there is `selected` of what is returned, as an id, or None; set it to a
        node as in `id_of`, and the explorer flies there. Each view stands alone.

        Where a notebook does not run, as on GitHub, a still picture is seen (it needs matplotlib
        and Pillow). Where there is no anywidget, it is a frame, and `selected` stays None.

        Parameters
        ----------
        height_px
            The height; the width is that of the cell.
        """
        named = communities(*self.tables)
        try:
            from pipeline.export.explorer_cell import ExplorerCell
        except ModuleNotFoundError:
            from pipeline.export.explorer_frame import ExplorerFrame

            self._shown = ExplorerFrame(self.tables, named, height_px)
        else:
            self._shown = ExplorerCell(self.tables, named, self.id_of, height_px)
        return self._shown

    @property
    def view(self) -> ExplorerCell | ExplorerFrame:
        """What `show` returned last; `g.view.selected` is what is selected there.

        Raises DigestGraphError where this graph, or this part, was not shown.
        """
        if self._shown is None:
            raise DigestGraphError("this graph was not shown yet. Call `show()` on it first.")
        return self._shown
