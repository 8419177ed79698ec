r"""`papers.bib`: an entry for each paper, for `\cite{arxiv:2409.01524}`.

A paper that the reader's own BibTeX cites keeps its key, its kind and what that says of where it
appeared. The key of any other is the id of its node, so it is the same in every selection and
every build, and no other paper has it; a character that a key may not hold is coded as in GraphML.
Texts are UTF-8, with Greek and other signs that pdfLaTeX has no letter for as formulas; tags are
keywords, and the reader's own words `annote`. Where they use what LaTeX alone does not have, the
last line defines it, if nobody else does; that of a large file lets pdfTeX hold all of it (see
`tex_memory`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.author_lists import Beside, authors_and_tags, one_text
from pipeline.export.own_references import months_and_years, own_references
from pipeline.export.tex import tex_addresses, tex_columns
from pipeline.export.tex_memory import KEPT_IF_PRINTED, MANY
from pipeline.export.tex_signs import preamble, shown_in
from pipeline.export.text_columns import Part, as_text, cell, first_items, joined, rows_of, whole
from pipeline.export.xml_columns import coded
from pipeline.model.tables import GraphFile, Piece

_NOT_KEY = "[^A-Za-z0-9._:/+-]"


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    wrote, tagged = authors_and_tags(nodes, edges)
    numbered = nodes.append_column("row", pa.array(np.arange(nodes.num_rows)))

    def parts_of(batch: pa.RecordBatch) -> list[Part]:
        papers = batch.filter(pc.equal(batch["kind"], "paper"))
        authors = _authors(papers, nodes, wrote)
        return _entry(papers, authors, _tags(papers, nodes, tagged))

    shown: set[str] = set()
    for piece in rows_of(numbered, parts_of):
        shown.update(shown_in(piece))
        yield piece
    is_large = (pc.sum(pc.equal(nodes["kind"], "paper")).as_py() or 0) >= MANY
    yield preamble(shown, KEPT_IF_PRINTED if is_large else "").encode()


def _entry(papers: pa.RecordBatch, authors: pa.Array, tags: pa.Array) -> list[Part]:
    own = own_references(papers)
    words = pc.coalesce(own["words"], papers["commentary"])
    genre = pc.if_else(papers["venue"].is_valid(), "article", "misc")
    on_arxiv = pc.if_else(papers["arxiv_id"].is_valid(), "arXiv", pa.scalar(None, pa.string()))
    return [
        cell(pc.coalesce(own["kind"], genre), as_text, "@", "{"),
        pc.coalesce(own["key"], coded(papers["id"], _NOT_KEY)),
        cell(papers["title"], tex_columns, ",\n  title = {{", "}}"),
        cell(authors, as_text, ",\n  author = {", "}"),
        *_published(papers, own["lines"]),
        _field("eprint", papers["arxiv_id"]),
        _field("archiveprefix", on_arxiv),
        _field("primaryclass", first_items(papers["categories"])),
        cell(papers["doi"], tex_addresses, ",\n  doi = {", "}"),
        cell(papers["url"], tex_addresses, ",\n  url = {", "}"),
        _field("keywords", tags),
        _field("annote", pc.if_else(pc.equal(words, ""), None, words)),
        _field("abstract", papers["abstract"]),
        "\n}\n\n",
    ]


def _published(papers: pa.RecordBatch, own_lines: pa.Array) -> list[Part]:
    """When and where: as the reader's own BibTeX says, else what is known."""
    is_own = own_lines.is_valid()
    months, years = months_and_years(papers)
    return [
        cell(own_lines, as_text),
        _field("year", pc.if_else(is_own, None, years)),
        cell(pc.if_else(is_own, None, months), as_text, ",\n  month = "),
        _field("journal", pc.if_else(is_own, None, papers["venue"])),
    ]


def _field(name: str, column: pa.Array) -> Part:
    return cell(column, lambda values: tex_columns(as_text(values)), f",\n  {name} = {{", "}")


def _authors(papers: pa.RecordBatch, nodes: pa.Table, wrote: Beside) -> pa.Array:
    """The author list of each paper, as BibTeX has one; `and others` where it is not whole."""
    counts, rows = wrote.of(papers["row"])
    ids, labels = (whole(nodes[name].take(rows)) for name in ("id", "label"))
    names = _names(labels, pc.starts_with(ids, "org:"))
    first = _names(papers["first_author"], pa.scalar(False))
    listed = one_text(counts, names, " and ")
    # Of a part of a graph, the first author can be outside it.
    lacking = pa.array(wrote.lack_the_first(papers["row"]))
    listed = pc.if_else(lacking, pc.coalesce(joined([first, " and ", listed]), listed), listed)
    listed = pc.coalesce(listed, joined([first, " and others"]))
    is_cut = pc.invert(pc.fill_null(papers["authors_complete"], True))
    cut = pc.and_(is_cut, pc.invert(pc.fill_null(pc.ends_with(listed, " and others"), True)))
    return pc.if_else(cut, joined([listed, " and others"]), listed)


def _tags(papers: pa.RecordBatch, nodes: pa.Table, tagged: Beside) -> pa.Array:
    counts, rows = tagged.of(papers["row"])
    return one_text(counts, whole(nodes["label"].take(rows)), ", ")


def _names(names: pa.Array, unparted: pa.Array | pa.Scalar) -> pa.Array:
    """Names as BibTeX takes them, in braces where it would take them apart wrongly."""
    # A name is parted at hyphens, which braces around one would hide from Biber.
    texts = pc.replace_substring(tex_columns(names), "{-}", "-")
    needs_braces = pc.match_substring_regex(texts, r"(?i)\band\b|,")
    return pc.if_else(pc.or_(needs_braces, unparted), joined(["{", texts, "}"]), texts)


GRAPH_FILE = GraphFile("papers.bib", _pieces)
