"""What other programs find in the graph files, and what the tables say they should find."""

from __future__ import annotations

import csv
import json
import re
import warnings
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import networkx as nx
import pandas as pd
import rdflib
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from invented_graphs import Row, Tables
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from pipeline.export import FORMATS
from pipeline.export.jsonld import COLUMNS, PROPERTIES, TYPES
from pipeline.export.short_names import short_names
from pipeline.export.tex_signs import formulas

FORBIDDEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
NESTED = ("cited_by", "same_as")
SCHEMA_ORG = rdflib.Namespace("https://schema.org/")


def written(name: str, tables: Tables) -> list[bytes]:
    """The files of a format."""
    return [b"".join(file.pieces(*tables)) for file in FORMATS[name]]


def plain(row: Row) -> Row:
    """A row as JSON has it, without what is empty."""
    told = json.loads(json.dumps(row, default=str))
    return {name: value for name, value in told.items() if value not in (None, [])}


def check_nodelink(tables: Tables) -> None:
    (data,) = written("nodelink", tables)
    check_no_markup(data)
    graph = nx.node_link_graph(json.loads(data), edges="edges")
    nodes, edges = tables.nodes.to_pylist(), tables.edges.to_pylist()
    assert {own: plain(row) for own, row in graph.nodes.items()} == {
        row.pop("id"): plain(row) for row in nodes
    }
    assert {ends: plain(row) for ends, row in graph.edges.items()} == {
        (row.pop("source"), row.pop("target"), row["kind"]): plain(row) for row in edges
    }


def check_cytoscape(tables: Tables) -> None:
    (data,) = written("cytoscape", tables)
    check_no_markup(data)
    graph = nx.cytoscape_graph(json.loads(data))
    check_cytoscape_elements(json.loads(data)["elements"], tables)
    assert set(graph.nodes) == set(tables.nodes["id"].to_pylist())
    assert len(graph.edges) == tables.edges.num_rows


def check_cytoscape_elements(elements: dict[str, list[Any]], tables: Tables) -> None:
    """The elements of Cytoscape JSON, as written or as Cytoscape gives them back."""
    found = [(plain(one["data"]), one.get("position")) for one in elements.get("nodes", [])]
    shorts = short_names(tables.nodes).to_pylist()
    nodes = [cytoscape_node(*both) for both in zip(tables.nodes.to_pylist(), shorts, strict=True)]
    assert [(data, position) for data, position in found] == nodes
    edges = [plain(one["data"]) for one in elements.get("edges", [])]
    for edge, row in zip(edges, tables.edges.to_pylist(), strict=True):
        ends = f"{row['source']}:{row['kind']}:{row['target']}"
        more = {"id": ends, "interaction": row["kind"], "key": row["kind"]}
        assert edge == plain(row) | more


def cytoscape_node(row: Row, short: str) -> tuple[Row, Row]:
    x, y, full = row.pop("x"), row.pop("y"), row.pop("name")
    known = plain({k: v for k, v in row.items() if k not in NESTED} | {"full_name": full})
    labels = {"value": row["id"], "name": row["label"], "short": short}
    return known | labels, {"x": x, "y": -y}


def check_no_markup(data: bytes) -> None:
    assert not re.search(rb"[\x00-\x09\x0b-\x1f<]|\xe2\x80[\xa8\xa9]", data)


def check_neo4j(tables: Tables) -> None:
    nodes, edges = map(csv_rows, written("neo4j", tables))
    wanted = [{"id": row.pop("id"), ":LABEL": row.pop("kind").capitalize()} | row
              for row in tables.nodes.to_pylist()]  # fmt: skip
    assert nodes == [neo4j_row(row) for row in wanted]
    ends = (":START_ID", ":END_ID", ":TYPE")
    wanted = [dict(zip(ends, (row.pop("source"), row.pop("target"), row.pop("kind").upper()),
                       strict=True)) | row for row in tables.edges.to_pylist()]  # fmt: skip
    assert edges == [neo4j_row(row) for row in wanted]


def csv_rows(data: bytes) -> list[Row]:
    """Rows by column, each value of the type that the header tells."""
    text = data.decode()
    assert not re.search(FORBIDDEN, text)
    header, *rows = csv.reader(StringIO(text, ""))
    frame = pd.read_csv(BytesIO(data), dtype=str, keep_default_na=False)
    assert [header, *rows] == [list(frame.columns), *frame.to_numpy().tolist()]
    return [dict(typed(*cell) for cell in zip(header, row, strict=True) if cell[1]) for row in rows]


def typed(column: str, text: str) -> tuple[str, Any]:
    name, _, kind = column.rpartition(":")
    if kind.endswith("[]"):
        return name, text.split(";")
    readers: dict[str, Callable[[str], Any]] = {"long": int, "double": float}
    readers["boolean"] = "true".__eq__
    return name or column, readers.get(kind, str)(text)


def neo4j_row(row: Row) -> Row:
    told = {name: neo4j_value(name, value) for name, value in row.items() if name not in NESTED}
    return {name: value for name, value in told.items() if value not in (None, "", [], [""])}


def neo4j_value(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [str(neo4j_value(name, item)).replace(";", "；") for item in value]
    if isinstance(value, date):
        return str(value)
    if not isinstance(value, str):
        return value
    if name in ("id", ":START_ID", ":END_ID"):
        return re.sub(f"{FORBIDDEN}|_(?=x)", lambda one: f"_x{ord(one[0]):04X}_", value)
    return re.sub(FORBIDDEN, "", value)


def check_parquet(tables: Tables, folder: Path) -> None:
    for data, table in zip(written("parquet", tables), tables, strict=True):
        (folder / "table.parquet").write_bytes(data)
        found = duckdb.read_parquet(str(folder / "table.parquet"))
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
        assert rows == table.to_pylist()


def check_jsonld(tables: Tables) -> None:
    (data,) = written("jsonld", tables)
    check_no_markup(data)
    with warnings.catch_warnings():
        # rdflib's own reader of JSON-LD uses what rdflib will take away.
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = rdflib.Graph().parse(data=data, format="json-ld")
    found = {(str(s), str(p), str(o)) for s, p, o in graph if not isinstance(s, rdflib.BNode)
             and not isinstance(o, rdflib.BNode)}  # fmt: skip
    wanted = {triple for row in tables.nodes.to_pylist() for triple in node_triples(row)}
    wanted |= {edge_triple(row) for row in tables.edges.to_pylist()}
    assert found == wanted
    said = sorted(str(text) for text in graph.objects(None, SCHEMA_ORG.reviewBody))
    reviewed = [words for words in tables.nodes["commentary"].to_pylist() if words is not None]
    assert said == sorted(map(bare_text, reviewed))


def bare_text(value: Any) -> str:
    """A value as text without what XML, and so RDF, has no place for."""
    return re.sub(FORBIDDEN, "", str(value))


def node_triples(row: Row) -> list[tuple[str, str, str]]:
    own = iri(row["id"])
    said = [("identifier", f"arXiv:{row['arxiv_id']}")] if row["arxiv_id"] else []
    in_month = f"{row['year']}-{row['month']:02}" if row["month"] else None
    said += [("datePublished", day) for day in [row["published"] or in_month or row["year"]] if day]
    for column, name in COLUMNS.items():
        values = row[column] if isinstance(row[column], list) else [row[column]]
        known = (value for value in values if value is not None)
        said += [(name, bare_text(value)) for value in known]
    said += [("sameAs", iri(f"doi:{row['doi']}"))] if row["doi"] is not None else []
    kind = (own, str(rdflib.RDF.type), str(SCHEMA_ORG[TYPES[row["kind"]]]))
    return [kind, *((own, str(SCHEMA_ORG[name]), str(value)) for name, value in said)]


def edge_triple(row: Row) -> tuple[str, str, str]:
    name = PROPERTIES[row["kind"]]
    skos = name in ("broader", "related")
    own = f"http://www.w3.org/2004/02/skos/core#{name}" if skos else str(SCHEMA_ORG[name])
    begin, end = iri(row["source"]), iri(row["target"])
    return (end, own, begin) if row["kind"] == "wrote" else (begin, own, end)


def iri(own: str) -> str:
    coded = quote(own, safe=":/@!$&'()*+,;=~-._")
    for scheme, place in (("arxiv:", "https://arxiv.org/abs/"), ("doi:", "https://doi.org/")):
        if coded.startswith(scheme):
            return place + coded.removeprefix(scheme)
    return f"urn:digest-graph:{coded}"


def tex_decoder() -> LatexNodes2Text:
    """pylatexenc's reading of TeX, with three macros of LaTeX that it does not know."""
    known = get_default_latex_context_db()
    signs = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    macros = [MacroTextSpec(name, sign) for name, sign in signs.items()]
    known.add_context_category("signs", macros=macros, prepend=True)
    return LatexNodes2Text(known, math_mode="verbatim")


BIBTEX = {
    "title": "title",
    "abstract": "abstract",
    "doi": "doi",
    "venue": "journal",
    "commentary": "annote",
}
_MARKS = map(chr, (*range(0x300, 0x370), *range(0x2000, 0x2070)))
_IN_FORMULAS = frozenset((*formulas(), *_MARKS))
"""Signs that TeX draws, and its readers write otherwise."""


def check_bibtex(tables: Tables) -> None:
    (data,) = written("bibtex", tables)
    decoder = tex_decoder()
    middleware = [SeparateCoAuthors(), LatexDecodingMiddleware(decoder=decoder)]
    library = parse_string(data.decode(), append_middleware=middleware)
    assert not library.failed_blocks
    papers = [row for row in tables.nodes.to_pylist() if row["kind"] == "paper"]
    assert len({entry.key for entry in library.entries}) == len(papers)
    for entry, row in zip(library.entries, papers, strict=True):
        found = {field.key: field.value for field in entry.fields}
        assert key_id(entry.key) == row["id"]
        for name, field in BIBTEX.items():
            wanted = row[name]
            if not _IN_FORMULAS.intersection(wanted or ""):
                told = found.get(field, "")
                assert (bare(told) if name == "title" else told) == printed(wanted)
        whole = row["authors_complete"] is not False
        names = [decoder.latex_to_text(bare(name)) for name in found.get("author", [])]
        assert names == bib_authors(row, tables, whole)


def bib_authors(row: Row, tables: Tables, whole: bool) -> list[str]:
    labels = dict(zip(*(tables.nodes[name].to_pylist() for name in ("id", "label")), strict=True))
    wrote = [edge for edge in tables.edges.to_pylist()
             if edge["kind"] == "wrote" and edge["target"] == row["id"]]  # fmt: skip
    wrote.sort(key=lambda edge: (edge["position"] is None, edge["position"], edge["source"]))
    names = [printed(labels[edge["source"]]) for edge in wrote]
    if not names and row["first_author"]:
        return [printed(row["first_author"]), "others"]
    return [*names, *([] if whole or not names else ["others"])]


def key_id(key: str) -> str:
    return re.sub("_x([0-9A-F]{4,6})_", lambda code: chr(int(code[1], 16)), key)


def bare(text: str) -> str:
    return text[1:-1] if text[:1] == "{" and text[-1:] == "}" else text


def printed(text: str | None) -> str:
    """A line without marks of direction, at which TeX stops."""
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", one_line(text))


def one_line(text: str | None) -> str:
    return re.sub("[ \t\n\r]+", " ", re.sub(FORBIDDEN, "", text or "")).strip(" ")


CHECKS: dict[str, Callable[[Tables], None]] = {
    "nodelink": check_nodelink,
    "cytoscape": check_cytoscape,
    "neo4j": check_neo4j,
    "jsonld": check_jsonld,
    "bibtex": check_bibtex,
}
