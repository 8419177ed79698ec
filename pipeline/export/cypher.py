"""`load.cypher`, `load-nodes.csv` and `load-edges.csv`: into a Neo4j that runs, with `LOAD CSV`.

https://neo4j.com/docs/cypher-manual/current/clauses/load-csv/. What is there already is met again
by its id, so that a later build can be loaded over an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from pipeline.export.csv_columns import quoted_fields
from pipeline.export.neo4j_columns import (
    ARRAY,
    id_cell,
    property_cells,
    property_columns,
    property_type,
)
from pipeline.export.text_columns import cell, rows_of
from pipeline.model.tables import GraphFile, Piece, endpoints

_ADVICE = """// Lay load-nodes.csv and load-edges.csv into the import folder of the database, set
// db.import.csv.legacy_quote_escaping to false, and run: cypher-shell -f load.cypher
"""
_CONSTRAINT = """CREATE CONSTRAINT digest_{kind} IF NOT EXISTS
FOR (n:{label}) REQUIRE n.id IS UNIQUE;
"""
_NODES = """LOAD CSV WITH HEADERS FROM 'file:///load-nodes.csv' AS row
WITH row WHERE row.kind = '{kind}'
CALL (row) {{
  MERGE (n:{label} {{id: row.id}})
  SET n += {{{properties}}}
}} IN TRANSACTIONS OF 1000 ROWS;
"""
_EDGES = """LOAD CSV WITH HEADERS FROM 'file:///load-edges.csv' AS row
WITH row WHERE row.kind = '{kind}' AND row.begins = '{begins}' AND row.ends = '{ends}'
CALL (row) {{
  MATCH (a:{begin} {{id: row.source}})
  MATCH (b:{end} {{id: row.target}})
  MERGE (a)-[r:{name}]->(b)
  SET r += {{{properties}}}
}} IN TRANSACTIONS OF 1000 ROWS;
"""
_READ = {
    "long": "toInteger({})",
    "double": "toFloat({})",
    "boolean": "toBoolean({})",
    "date": "date({})",
}


def _script_pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    """Statements for the kinds that there are, by name; nodes first."""
    yield _ADVICE.encode()
    kinds = sorted(nodes["kind"].unique().to_pylist())
    of_nodes = _properties(nodes, ("id", "kind"))
    for kind in kinds:
        yield _CONSTRAINT.format(kind=kind, label=kind.capitalize()).encode()
    for kind in kinds:
        label = kind.capitalize()
        yield _NODES.format(kind=kind, label=label, properties=of_nodes).encode()
    of_edges = _properties(edges, ("source", "target", "kind"))
    joined = _with_ends(nodes, edges).group_by(["kind", "begins", "ends"]).aggregate([])
    for row in joined.sort_by([(name, "ascending") for name in joined.column_names]).to_pylist():
        labels = {"begin": row["begins"].capitalize(), "end": row["ends"].capitalize()}
        name = row["kind"].upper()
        yield _EDGES.format(**row, **labels, name=name, properties=of_edges).encode()


def _node_pieces(nodes: pa.Table, _edges: pa.Table) -> Iterator[Piece]:
    names = property_columns(nodes, ("id", "kind"))
    yield f"{','.join(['id', 'kind', *names])}\r\n".encode()
    yield from rows_of(
        nodes,
        lambda batch: [
            id_cell(batch["id"]), ",", cell(batch["kind"], quoted_fields),
            *property_cells(batch, names),
        ],
    )  # fmt: skip


def _edge_pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    names = property_columns(edges, ("source", "target", "kind"))
    yield f"{','.join(['source', 'target', 'kind', 'begins', 'ends', *names])}\r\n".encode()
    yield from rows_of(
        _with_ends(nodes, edges),
        lambda batch: [
            id_cell(batch["source"]), ",", id_cell(batch["target"]), ",",
            cell(batch["kind"], quoted_fields), ",", cell(batch["begins"], quoted_fields), ",",
            cell(batch["ends"], quoted_fields), *property_cells(batch, names),
        ],
    )  # fmt: skip


def _with_ends(nodes: pa.Table, edges: pa.Table) -> pa.Table:
    """`edges` with the kinds of the nodes at which they begin and end."""
    kinds = nodes["kind"].combine_chunks()
    for name, rows in zip(("begins", "ends"), endpoints(nodes, edges), strict=True):
        edges = edges.append_column(name, kinds.take(pa.array(rows)))
    return edges


def _properties(table: pa.Table, without: tuple[str, ...]) -> str:
    """A map in Cypher that reads each column as what it is."""
    types = {field.name: property_type(field.type) for field in table.schema}
    names = property_columns(table, without)
    return ", ".join(f"{name}: {_property_value(name, types[name])}" for name in names)


def _property_value(name: str, kind: str) -> str:
    value = f"row.{name}"
    if not kind.endswith(ARRAY):
        return _READ.get(kind, "{}").format(value)
    items = _READ.get(kind.removesuffix(ARRAY), "{}").format("item")
    return f"[item IN split({value}, ';') | {items}]"


SCRIPT_FILE = GraphFile("load.cypher", _script_pieces)
NODES_FILE = GraphFile("load-nodes.csv", _node_pieces)
EDGES_FILE = GraphFile("load-edges.csv", _edge_pieces)
