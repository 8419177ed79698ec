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
    "int": "Int64", "integer": "Int64", "long": "Int64", "short": "Int64", "byte": "Int64",
    "double": "Float64", "float": "Float64", "boolean": "boolean",
}  # fmt: skip
_PLACE = ("x", "y", "size", "color")
_WRITTEN = ("short", "first_read")


class FromGephi(Views):
    """What Gephi exported."""

    def read_gephi(self, path: str | Path) -> pd.DataFrame:
        """What a GEXF or GraphML file of *File → Export → Graph file* in Gephi adds to this graph.

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
            Where it cannot be read, is neither of them, or no node of it is here.
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
    read = _READERS.get(etree.QName(root).localname)
    if not read:
        raise DigestGraphError(f"{path} is no GEXF and no GraphML. Export it from Gephi as GEXF.")
    try:
        return read(root)
    except (TypeError, ValueError) as error:
        raise DigestGraphError(f"{path} is not as Gephi writes it: {error}") from error


def _in_gexf(root: Any) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    declared = root.iterfind(".//{*}attributes[@class='node']/{*}attribute")
    types = {attribute.get("id"): attribute.get("type", "string") for attribute in declared}
    # Gephi writes no colour for black.
    unpainted = {"color": "#000000"} if root.find(".//{*}node/{*}color") is not None else {}
    rows = {
        _plain(node.get("id")): unpainted | _values(node, types) for node in root.iter("{*}node")
    }
    return rows, types


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


def _in_graphml(root: Any) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    declared = root.iterfind("{*}key[@for='node']")
    types = {key.get("id"): key.get("attr.type", "string") for key in declared}
    rows = {}
    for node in root.iter("{*}node"):
        texts = {data.get("key"): data.text or "" for data in node.iterfind("{*}data")}
        values = {key: _typed(text, types.get(key, "string")) for key, text in texts.items()}
        if values.keys() >= {*"rgb"}:
            values["color"] = _hex(texts)
        rows[_plain(node.get("id"))] = values
    return rows, {key: kind for key, kind in types.items() if key not in (*"rgbz", "label")}


_READERS = {"gexf": _in_gexf, "graphml": _in_graphml}


def _typed(text: str, kind: str) -> Any:
    name = _TYPES.get(kind)
    if name == "boolean":
        return text == "true"
    return float(text) if name else text


def _hex(color: Any) -> str:
    """`r`, `g` and `b` from 0 to 255 as `#rrggbb`."""
    return "#" + bytes(int(color.get(channel)) for channel in "rgb").hex()


def _plain(node_id: str) -> str:
    return _CODE.sub(lambda code: chr(int(code[1], 16)), node_id)
