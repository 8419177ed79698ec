"""The explorer in a cell of a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.analyse.communities import communities
from pipeline.knowledge_graph.views import Views
from pipeline.model.errors import DigestGraphError

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.export.explorer_cell import ExplorerCell
    from pipeline.export.explorer_data import PageExtras
    from pipeline.export.explorer_frame import ExplorerFrame


class Showing(Views):
    """A graph to look around in."""

    _shown: ExplorerCell | ExplorerFrame | None = None

    def show(
        self, height_px: int = 600, *, color: object = None, size: object = None
    ) -> ExplorerCell | ExplorerFrame:
        """The explorer in the cell: search, read, narrow, follow paths. Needs no network.

        What is selected there is `selected` of what is returned, as an id, or None; set it to a
        node as in `id_of`, and the explorer flies there. Each view stands alone.

        Where a notebook does not run, as on GitHub, a still picture is seen (it needs matplotlib
        and Pillow). Where there is no anywidget, it is a frame, and `selected` stays None.

        Parameters
        ----------
        height_px
            The height; the width is that of the cell.
        color
            What colours tell of at first: a column of `nodes` such as `"venue"` or `"pagerank"`,
            or a Series by node (in any form that `id_of` takes) of kinds, numbers or `#rrggbb`.
        size
            What areas tell of: a column of numbers, or a Series of them by node.

        Raises
        ------
        UsageError
            Where there is no such column, or its values are none of these.
        """
        from pipeline.export.explorer_data import PageExtras
        from pipeline.knowledge_graph.own_looks import coloured, own_colours, own_sizes

        nodes, edges = self.tables
        own = None if color is None else own_colours(self.nodes, color, self.id_of)
        if size is not None:
            field = nodes.schema.field("size")
            sizes = own_sizes(self.nodes, size, self.id_of)
            nodes = nodes.set_column(nodes.schema.get_field_index("size"), field, sizes)
        tables = (coloured(nodes, own) if own else nodes, edges)
        return self._show(tables, height_px, PageExtras(own=own))

    def _show(
        self, tables: tuple[pa.Table, pa.Table], height_px: int, extras: PageExtras
    ) -> ExplorerCell | ExplorerFrame:
        named = communities(*self.tables)
        try:
            from pipeline.export.explorer_cell import ExplorerCell
        except ModuleNotFoundError:
            from pipeline.export.explorer_frame import ExplorerFrame

            self._shown = ExplorerFrame(tables, named, height_px, extras)
        else:
            self._shown = ExplorerCell(tables, named, self.id_of, height_px, extras)
        return self._shown

    @property
    def view(self) -> ExplorerCell | ExplorerFrame:
        """What `show` returned last; `g.view.selected` is what is selected there.

        Raises DigestGraphError where this graph, or this part, was not shown.
        """
        if self._shown is None:
            raise DigestGraphError("this graph was not shown yet. Call `show()` on it first.")
        return self._shown
