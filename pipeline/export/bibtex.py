r"""`papers.bib`: an entry for each paper, for `\cite{arxiv:2409.01524}`.

The key is the id of the node, so it is the same in every selection and every build, and no other
paper has it; a character that a key may not hold is coded as in GraphML. Texts are UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.tex import tex_columns
from pipeline.export.text_columns import Part, as_text, batches, cell, joined, row_bytes
from pipeline.export.xml_columns import coded
from pipeline.tables import GraphFile, Piece

_NOT_KEY = "[^A-Za-z0-9._:/+-]"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEARCHED_ROWS = 100_000


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    for batch in batches(nodes):
        papers = batch.filter(pc.equal(batch["kind"], "paper"))
        if papers.num_rows:
            authors, tags = (of(papers, nodes, edges) for of in (_authors, _tags))
            yield row_bytes(_entry(papers, authors, tags))


def _entry(papers: pa.RecordBatch, authors: pa.Array, tags: pa.Array) -> list[Part]:
    genre = pc.if_else(papers["venue"].is_valid(), "@article{", "@misc{")
    months = pa.array(_MONTHS).take(pc.subtract(pc.month(papers["published"]), 1))
    years = pc.coalesce(papers["year"], pc.year(papers["published"]))
    on_arxiv = pc.if_else(papers["arxiv_id"].is_valid(), "arXiv", pa.scalar(None, pa.string()))
    return [
        cell(genre, as_text),
        coded(papers["id"], _NOT_KEY),
        cell(pc.coalesce(papers["title"], papers["label"]), tex_columns, ",\n  title = {{", "}}"),
        cell(authors, as_text, ",\n  author = {", "}"),
        _field("year", years),
        cell(months, as_text, ",\n  month = "),
        _field("journal", papers["venue"]),
        _field("eprint", papers["arxiv_id"]),
        _field("archiveprefix", on_arxiv),
        _field("primaryclass", _first(papers["categories"])),
        _field("doi", papers["doi"]),
        _field("url", papers["url"]),
        _field("keywords", tags),
        _field("abstract", papers["abstract"]),
        "\n}\n\n",
    ]


def _field(name: str, column: pa.Array) -> Part:
    return cell(column, lambda some: tex_columns(as_text(some)), f",\n  {name} = {{", "}")


def _first(lists: pa.Array) -> pa.Array:
    """The first item of each list, null where there is none."""
    long_enough = pc.greater(pc.list_value_length(lists), 0)
    some = pc.if_else(long_enough, lists, pa.scalar([None], lists.type))
    return pc.list_element(pc.fill_null(some, pa.scalar([None], lists.type)), 0)


def _authors(papers: pa.RecordBatch, nodes: pa.Table, edges: pa.Table) -> pa.Array:
    """The author list of each paper, as BibTeX has one; `and others` where it is not whole."""
    wrote = _found(edges, "wrote", "target", papers["id"])
    wrote = wrote.sort_by([(name, "ascending") for name in ("row", "position", "source")])
    names = _names(_labels(wrote["source"], nodes), pc.starts_with(wrote["source"], "org:"))
    first = _names(papers["first_author"], pa.scalar(False))
    listed = pc.coalesce(
        _listed(wrote["row"], names, " and ", papers.num_rows), joined([first, " and others"])
    )
    some = pc.invert(pc.fill_null(papers["authors_complete"], True))
    cut = pc.and_(some, pc.invert(pc.fill_null(pc.ends_with(listed, " and others"), True)))
    return pc.if_else(cut, joined([listed, " and others"]), listed)


def _tags(papers: pa.RecordBatch, nodes: pa.Table, edges: pa.Table) -> pa.Array:
    tagged = _found(edges, "tagged", "source", papers["id"])
    tagged = tagged.sort_by([("row", "ascending"), ("target", "ascending")])
    return _listed(tagged["row"], _labels(tagged["target"], nodes), ", ", papers.num_rows)


def _found(edges: pa.Table, kind: str, end: str, ids: pa.Array) -> pa.Table:
    """The edges of a kind that have one of `ids` at that end, with its `row` among them."""
    known = edges.select(["source", "target", "kind", "position"])
    parts = [known.slice(0, 0)]
    for batch in batches(known, _SEARCHED_ROWS):
        of_kind = batch.filter(pc.equal(batch["kind"], kind))
        here = of_kind.filter(pc.is_in(of_kind[end], ids))
        parts.append(pa.Table.from_batches([here], known.schema))
    found = pa.concat_tables(parts).combine_chunks()
    return found.append_column("row", pc.index_in(found[end], ids))


def _labels(ids: pa.ChunkedArray, nodes: pa.Table) -> pa.Array:
    """The label of the node of each id."""
    wanted, known = ids.unique(), nodes.select(["id", "label"])
    parts = [known.slice(0, 0)]
    for batch in batches(known, _SEARCHED_ROWS):
        here = batch.filter(pc.is_in(batch["id"], wanted))
        parts.append(pa.Table.from_batches([here], known.schema))
    found = pa.concat_tables(parts).combine_chunks()
    return _whole(found["label"].take(pc.index_in(ids, found["id"])))


def _names(names: pa.Array, whole: pa.Array) -> pa.Array:
    """Names as BibTeX takes them, in braces where it would take them apart wrongly."""
    texts, whole = tex_columns(names), _whole(whole)
    apart = pc.match_substring_regex(texts, r"(?i)\band\b|,")
    return pc.if_else(pc.or_(apart, whole), joined(["{", texts, "}"]), texts)


def _listed(rows: pa.ChunkedArray, texts: pa.Array, between: str, papers: int) -> pa.Array:
    """The texts of each paper as one, null where it has none; `rows` are in order."""
    counts = np.bincount(rows.to_numpy(), minlength=papers)
    ends = pa.array(np.concatenate([[0], np.cumsum(counts)]), pa.int32())
    one = pc.binary_join(pa.ListArray.from_arrays(ends, texts), between)
    return pc.if_else(pa.array(counts > 0), one, pa.scalar(None, pa.string()))


def _whole(column: pa.Array | pa.ChunkedArray | pa.Scalar) -> pa.Array | pa.Scalar:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


GRAPH_FILE = GraphFile("papers.bib", _pieces)
