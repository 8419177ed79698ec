"""What is done for Gephi alone: texts that its importers would change, what comes back of it."""

from __future__ import annotations

from invented_graphs import tables_of
from lxml import etree

from pipeline.export import gexf, graphml


def test_gephi_finds_no_infinity_in_any_value_of_gexf() -> None:
    said = {
        "title": "REINFORCE",
        "doi": "10.1/INFOCOM",
        "url": "https://x.example/INF",
        "year": 2024,
    }
    node = {"id": "arxiv:2401.00010", "label": "INF", "commentary": "INF INF", **said}
    edge = {"source": node["id"], "target": node["id"], "sentence": "PPO 대신 REINFORCE"}
    tables = tables_of([node], [edge])
    data = b"".join(gexf.GRAPH_FILE.pieces(*tables))
    values = [e.get("value") for e in etree.fromstring(data).iter("{*}attvalue")]
    assert not any("INF" in value for value in values)
    assert {"REIN\u200dFORCE", "10.1/infOCOM", "https://x.example/IN%46"} <= set(values)
    assert b"".join(graphml.GRAPH_FILE.pieces(*tables)).count(b"INF") == 8
