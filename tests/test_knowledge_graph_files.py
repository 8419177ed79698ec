"""A graph in Jupyter as files for other programs."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import KnowledgeGraph, load
from pipeline.analyse.communities import communities
from pipeline.export.explorer_page import page
from pipeline.model.errors import OutputError, UsageError


@pytest.fixture(scope="session")
def seed(seed_outputs: Path) -> KnowledgeGraph:
    return load(seed_outputs)


FILES = ("graphml", "gexf", "cytoscape", "nodelink", "jsonld", "bibtex", "pyvis")


@pytest.mark.parametrize("file_format", FILES)
def test_a_part_is_written_as_a_file(
    seed: KnowledgeGraph, tmp_path: Path, file_format: str
) -> None:
    part = seed.where(tag="ocr")
    path = part.to(file_format, tmp_path / "new" / "file")
    assert path == tmp_path / "new" / "file"
    assert "General OCR Theory" in path.read_text(encoding="utf-8")
    assert part.to(file_format, tmp_path).parent == tmp_path


def test_a_part_is_written_as_the_explorer(seed: KnowledgeGraph, tmp_path: Path) -> None:
    part = seed.where(tag="ocr")
    assert part.to_html(tmp_path) == tmp_path / "graph.html"
    assert (tmp_path / "graph.html").read_bytes() == page(*part.tables, communities(*part.tables))


@pytest.mark.parametrize("name", ["graphml", "gexf", "bibtex", "html", "pyvis"])
def test_the_short_ways_write_the_same(seed: KnowledgeGraph, tmp_path: Path, name: str) -> None:
    written = getattr(seed, f"to_{name}")(tmp_path / "one")
    assert written.read_bytes() == seed.to(name, tmp_path / "other").read_bytes()


def test_tables_are_written_into_a_folder_and_read_again(
    seed: KnowledgeGraph, tmp_path: Path
) -> None:
    folder = seed.to("parquet", tmp_path / "part")
    assert sorted(path.name for path in folder.iterdir()) == ["edges.parquet", "nodes.parquet"]
    assert pq.read_table(folder / "nodes.parquet").equals(seed.tables[0])


def test_a_format_that_is_none_names_those_that_are(seed: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r'"pdf" is no format\. There are gexf, .*pyvis'):
        seed.to("pdf", tmp_path / "graph.pdf")


def test_what_cannot_be_written_is_an_error_with_its_path(
    seed: KnowledgeGraph, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError) as raised:
        seed.to_gexf(tmp_path / "file" / "graph.gexf")
    assert raised.value.path == tmp_path / "file" / "graph.gexf"
