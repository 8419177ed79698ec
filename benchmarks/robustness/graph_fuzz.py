"""`make fuzz`: 10,000 graphs of random Unicode in each format, read back equal by others."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator

from benchmarks.folders import TESTS

sys.path.insert(0, str(TESTS))

from foreign_readers import CHECKS
from invented_graphs import KINDS, NASTY, Tables, tables_of
from test_graph_files import WRITERS, by_networkx, graph_of, written

GRAPHS = 10_000
_TEXTS = ("label", "abstract", "venue", "doi", "commentary", "comment", "name")
_SURROGATES = range(0xD800, 0xE000)


def measured(graphs: int = GRAPHS) -> Iterator[str]:
    """A line for each format: how many graphs came back equal, and the slowest."""
    for name, check in _checks().items():
        chance = random.Random(1)
        slowest_s = 0.0
        for _ in range(graphs):
            tables = _graph(chance)
            begin = time.perf_counter()
            check(tables)
            slowest_s = max(slowest_s, time.perf_counter() - begin)
        yield f"{name:<16} {graphs:,} graphs came back equal, slowest {slowest_s:.3f} s"


def _checks() -> dict[str, Callable[[Tables], None]]:
    return {name: lambda tables, name=name: _check_xml(name, tables) for name in WRITERS} | CHECKS


def _check_xml(file_name: str, tables: Tables) -> None:
    assert by_networkx(file_name, written(tables, file_name)) == graph_of(tables)


def _graph(chance: random.Random) -> Tables:
    ids = list({f"tag:{_text(chance)}" for _ in range(chance.randrange(4))})
    nodes = [
        {
            "id": own,
            "spellings": [_text(chance) for _ in range(chance.randrange(3))],
            **{name: f"T{_text(chance)}" for name in _TEXTS if chance.random() < 0.5},
        }
        for own in ids
    ]
    ends = {(*chance.choices(ids, k=2), chance.choice(KINDS)) for _ in ids}
    edges = [
        {"source": source, "target": target, "kind": kind, "sentence": _text(chance)}
        for source, target, kind in sorted(ends)
    ]
    return tables_of(nodes, edges)


def _text(chance: random.Random) -> str:
    return "".join(_piece(chance) for _ in range(chance.randrange(6)))


def _piece(chance: random.Random) -> str:
    """A text that breaks files, or any character: plain, of the first 64 thousand, or of all."""
    if chance.random() < 0.3:
        return chance.choice(NASTY)
    code = chance.randrange(chance.choice((0x80, 0x10000, 0x110000)))
    return chr(code) if code not in _SURROGATES else "?"
