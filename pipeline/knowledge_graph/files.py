"""A graph as files for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from pipeline.analyse.communities import communities
from pipeline.export import FORMATS, explorer_page, pyvis_page
from pipeline.knowledge_graph.views import Views
from pipeline.model.errors import OutputError, UsageError
from pipeline.model.tables import GraphFile
from pipeline.store.outputs import write_whole


def _page(nodes: pa.Table, edges: pa.Table) -> Iterator[bytes]:
    yield explorer_page.page(nodes, edges, communities(nodes, edges))


_WRITTEN: dict[str, tuple[GraphFile, ...]] = FORMATS | {
    "html": (GraphFile("graph.html", _page),),
    "pyvis": (pyvis_page.GRAPH_FILE,),
}


class WritableGraph(Views):
    """What a graph can be written as."""

    def to(self, file_format: str, path: str | Path) -> Path:
        """The file that was written, or the folder, where a format has several files.

        Parameters
        ----------
        file_format
            A format of docs/formats.md, such as `gexf`, `csv`, `xlsx` or `bibtex`; `html` or
            `pyvis`.
        path
            A file, or a folder that is there, where the file is called as in the output folder;
            a folder, for formats of several files. What was there is replaced.

        Raises
        ------
        UsageError
            Where there is no such format.
        OutputError
            Where it cannot be written.
        """
        files = _files(file_format)
        place = Path(path).expanduser()
        paths = [place / file.file_name for file in files]
        if len(files) == 1 and not place.is_dir():
            paths = [place]
        try:
            for target, file in zip(paths, files, strict=True):
                target.parent.mkdir(parents=True, exist_ok=True)
                write_whole(target, file.pieces(*self.tables))
        except OSError as error:
            reason = f"cannot be written ({error.strerror})"
            raise OutputError(place, reason, "Give another path.") from error
        return paths[0] if len(paths) == 1 else place

    def to_graphml(self, path: str | Path) -> Path:
        """The GraphML file that was written, for Gephi and most graph programs; see `to`."""
        return self.to("graphml", path)

    def to_gexf(self, path: str | Path) -> Path:
        """The GEXF file that was written, for Gephi, with days of papers; see `to`."""
        return self.to("gexf", path)

    def to_xlsx(self, path: str | Path) -> Path:
        """The workbook that was written, with a sheet each of papers, people, tags and edges."""
        return self.to("xlsx", path)

    def to_bibtex(self, path: str | Path) -> Path:
        """The BibTeX file of the papers that was written; see `to`."""
        return self.to("bibtex", path)

    def to_html(self, path: str | Path) -> Path:
        """The page that was written, as `graph.html` of a build; see `to`."""
        return self.to("html", path)

    def to_pyvis(self, path: str | Path) -> Path:
        """The page that was written: papers you read, their authors and tags alone; see `to`."""
        return self.to("pyvis", path)


def _files(file_format: str) -> tuple[GraphFile, ...]:
    if file_format not in _WRITTEN:
        raise UsageError(f'"{file_format}" is no format. There are {", ".join(_WRITTEN)}.')
    return _WRITTEN[file_format]
