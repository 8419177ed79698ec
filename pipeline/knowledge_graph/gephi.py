"""What was made of a graph in Gephi, back under the ids that the graph has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
from lxml import etree

from pipeline.knowledge_graph.views import Views
from pipeline.model.errors import DigestGraphError

_CODE = re.compile("_x([0-9A-F]{4,6})_")
_TYPES = {
    "integer": "Int64", "long": "Int64", "short": "Int64", "byte": "Int64",
    "double": "Float64", "float": "Float64", "boolean": "boolean",
}  # fmt: skip
_PLACE = ("x", "y", "size", "color")
_WRITTEN = ("short", "first_read")


class FromGephi(Views):
    """What Gephi exported."""

    def read_gephi(self, path: str | Path) -> pd.DataFrame:
        """What a GEXF file of *File → Export → Graph file* in Gephi adds to this graph.

        Parameters
        ----------
        path
            The file.

        Returns
        -------
        DataFrame
            By id, of the nodes that are here too: `x, y, size, color`, which `placed` takes, and
            the columns that Gephi made, by Gephi's own name for them (`modularity_class`, where
            its table says `Modularity Class`). In the order of `nodes`.

        Raises
        ------
        DigestGraphError
            Where it cannot be read, is no GEXF, or no node of it is here.
        """
        rows, types = _rows_and_types(Path(path).expanduser())
        shared_ids = [node_id for node_id in self.nodes.index if node_id in rows]
        if not shared_ids:
            raise DigestGraphError(f"{path}: no node of it is in this graph. Was it another one?")
        added_frame = pd.DataFrame.from_dict(
            {shared_id: rows[shared_id] for shared_id in shared_ids}, orient="index"
        )
        added_frame = added_frame.reindex(
            columns=[*_PLACE, *(name for name in types if name not in _PLACE)]
        )
        added = [n for n in added_frame.columns if n in _PLACE or not self._is_own(n)]
        declared_types = {n: types[n] for n in added if n in types and n not in _PLACE}
        return added_frame[added].astype(
            {name: _TYPES.get(kind, "string") for name, kind in declared_types.items()}
        )

    def _is_own(self, column: str) -> bool:
        return column in self.nodes.columns or column in _WRITTEN


def _rows_and_types(path: Path) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Nodes by id with their values, and the type of each column by its id."""
    try:
        root = etree.parse(path, etree.XMLParser(resolve_entities=False, huge_tree=True)).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise DigestGraphError(f"{path} cannot be read: {error}") from error
    if etree.QName(root).localname != "gexf":
        raise DigestGraphError(f"{path} is no GEXF. Export it from Gephi as GEXF.")
    declared = root.iterfind(".//{*}attributes[@class='node']/{*}attribute")
    types = {attribute.get("id"): attribute.get("type", "string") for attribute in declared}
    return {_plain(node.get("id")): _values(node, types) for node in root.iter("{*}node")}, types


def _values(node: Any, types: dict[str, str]) -> dict[str, Any]:
    values = {
        value.get("for"): _typed(value.get("value"), types.get(value.get("for"), "string"))
        for value in node.iterfind("{*}attvalues/{*}attvalue")
    }
    place, size, color = (node.find(f"{{*}}{name}") for name in ("position", "size", "color"))
    if place is not None:
        values |= {axis: float(place.get(axis)) for axis in ("x", "y")}
    if size is not None:
        values["size"] = float(size.get("value"))
    if color is not None:
        values["color"] = color.get("hex") or _hex(color)
    return values


def _typed(text: str, kind: str) -> Any:
    name = _TYPES.get(kind)
    if name == "boolean":
        return text == "true"
    return float(text) if name else text


def _hex(color: Any) -> str:
    return "#" + bytes(int(color.get(channel)) for channel in "rgb").hex()


def _plain(node_id: str) -> str:
    return _CODE.sub(lambda code: chr(int(code[1], 16)), node_id)
