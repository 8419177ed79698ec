"""The explorer's data: what Python writes is what the viewer's own modules read."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from conftest import PROJECT, missing
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.analyse.communities import communities
from pipeline.analyse.examples import graph
from pipeline.export.explorer_data import EDGE_KINDS, KINDS, PageExtras, chunks
from pipeline.export.explorer_hues import wished_hues
from pipeline.export.explorer_page import page, why_matched
from pipeline.export.explorer_script import plain, script
from pipeline.model.errors import DataError
from pipeline.model.tables import EDGES, NODES, Build

End = tuple[int, int, str, str, int | None, list[str]]
TEXTED = ("abstract", "commentary", "venue", "doi")
SPEAKER = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
NODE = st.fixed_dictionaries(
    {"kind": st.sampled_from(KINDS[1:]), "label": SPEAKER, "in_digest": st.booleans()}
    | {"year": st.none() | st.integers(1, 2100), "community": st.integers(0, 10**9)}
    | {"x": st.floats(-1e4, 1e4), "y": st.floats(-1e4, 1e4), "size": st.floats(1, 60)}
    | {"ambiguous": st.none() | st.booleans()}
    | {name: st.none() | SPEAKER for name in TEXTED}
)
EDGE = st.tuples(
    st.integers(0, 19), st.integers(0, 19), st.sampled_from(EDGE_KINDS), SPEAKER,
    st.none() | st.integers(1, 3_000), st.lists(st.sampled_from(["arxiv", "openalex"]), max_size=2),
)  # fmt: skip


@pytest.fixture(scope="session")
def viewer() -> Iterator[subprocess.Popen[str]]:
    """The viewer's decoder, which answers a line with a line."""
    node = shutil.which("node")
    if node is None:
        missing("Node")
    command = [node or "", str(PROJECT / "tests" / "node" / "decode.mjs")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, encoding="utf-8") as running:  # type: ignore[call-overload]
        yield running
        running.kill()


def read_by(viewer: subprocess.Popen[str], nodes: pa.Table, edges: pa.Table) -> dict[str, Any]:
    found = chunks(nodes, edges, communities(nodes, edges))._asdict()
    asked = {name: base64.b64encode(content).decode() for name, content in found.items()}
    assert viewer.stdin is not None
    assert viewer.stdout is not None
    viewer.stdin.write(json.dumps(asked | {"texted": TEXTED}) + "\n")
    viewer.stdin.flush()
    return dict(json.loads(viewer.stdout.readline()))


def tables_of(rows: list[dict[str, Any]], ends: list[End]) -> tuple[pa.Table, pa.Table]:
    blank = {column.name: None for column in NODES.columns} | {"degree": 0, "pagerank": 0.1}
    nodes = [
        blank | {"color": "#000000"} | row | {"id": f"n{number:02}"}
        for number, row in enumerate(rows)
    ]
    empty = {column.name: None for column in EDGES.columns} | {"weight": 1.0}
    count = max(1, len(rows))
    edges: list[dict[str, Any]] = [
        empty | {"source": f"n{a % count:02}", "target": f"n{b % count:02}", "kind": kind}
        | {"sentence": said, "position": position, "sources": sorted(set(sources))}
        for a, b, kind, said, position, sources in ends
    ]  # fmt: skip
    return (
        pa.Table.from_pylist(nodes, NODES.schema()),
        pa.Table.from_pylist(edges if rows else [], EDGES.schema()),
    )


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(NODE, max_size=20), ends=st.lists(EDGE, max_size=30))
def test_every_graph_comes_back_as_it_was(
    viewer: subprocess.Popen[str],
    rows: list[dict[str, Any]],
    ends: list[End],
) -> None:
    nodes, edges = tables_of(rows, ends)
    read = read_by(viewer, nodes, edges)
    kinds = ["read" if row["in_digest"] else row["kind"] for row in rows]
    assert [KINDS[kind] for kind in read["kind"]] == kinds
    assert read["label"] == [row["label"] for row in rows]
    assert read["year"] == [row["year"] or 0 for row in rows]
    assert read["community"] == [row["community"] for row in rows]
    assert [flags & 1 for flags in read["flags"]] == [int(bool(row["ambiguous"])) for row in rows]
    for name in TEXTED:
        assert read["texts"][name] == [row[name] or "" for row in rows]
    written = [
        (e["source"], e["target"], e["kind"], e["sentence"], e["position"] or 0)
        for e in edges.to_pylist()
    ]
    told = zip(*(read[name] for name in ("from", "to", "edgeKind", "sentence", "position")),
               strict=True)  # fmt: skip
    came = [(f"n{a:02}", f"n{b:02}", EDGE_KINDS[k], said, at) for a, b, k, said, at in told]
    assert sorted(came) == sorted(written)
    side = max((max(axis) - min(axis) for axis in places_of(rows)), default=1) or 1
    for name, axis, sign in zip("xy", places_of(rows), (1, -1), strict=False):
        assert read[name] == pytest.approx([sign * at for at in axis], abs=side / 65_000 + 1e-3)


def places_of(rows: list[dict[str, Any]]) -> list[list[float]]:
    return [[row[axis] for row in rows] for axis in "xy"] if rows else []


def test_each_node_knows_its_edges_and_an_edge_to_itself_once(
    viewer: subprocess.Popen[str],
) -> None:
    row: dict[str, Any] = {"kind": "tag", "label": "", "in_digest": False, "community": 0}
    rows = [row | {"size": 1.0, "x": float(number), "y": 0.0} for number in range(3)]
    nothing: list[str] = []
    ends: list[End] = [(a, b, "cites", "", None, nothing) for a, b in ((0, 1), (1, 1), (2, 0))]
    read = read_by(viewer, *tables_of(rows, ends))
    assert read["links"] == [[0, 2], [0, 1], [2]]


def test_an_edge_that_ends_nowhere_is_refused(seed_build: Build) -> None:
    with pytest.raises(DataError):
        chunks(seed_build.nodes.slice(1), seed_build.edges, seed_build.communities)


def test_edges_in_another_order_are_the_same_data(seed_build: Build) -> None:
    nodes, edges, communities = seed_build.nodes, seed_build.edges, seed_build.communities
    order = [("source", "descending"), ("target", "descending"), ("kind", "ascending")]
    assert chunks(nodes, edges.sort_by(order), communities) == chunks(nodes, edges, communities)


def test_the_same_graph_is_the_same_page(seed_build: Build) -> None:
    told = PageExtras(why_matched(seed_build))
    tables = seed_build.nodes, seed_build.edges, seed_build.communities
    first, again = (page(*tables, told) for _ in range(2))
    assert first == again


def test_a_small_page_is_light(seed_build: Build) -> None:
    empty = page(seed_build.nodes[:0], seed_build.edges[:0], seed_build.communities[:0])
    assert len(empty) < 112_000


def test_a_region_keeps_the_hue_of_what_was_read_first_in_it_whatever_is_read_later() -> None:
    days = [date(2024, 1, day) for day in range(1, 30)]
    first = {f"p{n}": {"in_digest": True, "entry_dates": [days[n]], "community": n % 3}
             for n in range(12)}  # fmt: skip
    later = {f"a{n}": {"in_digest": True, "entry_dates": [days[20]], "community": n % 4}
             for n in range(40)} | {"0": {"community": 1}}  # fmt: skip
    before, after = (wished_hues(graph([], **papers)[0]) for papers in (first, first | later))
    assert [number for number, _ in before] == [0, 1, 2]
    assert after[:3] == before
    assert [number for number, _ in after] == [0, 1, 2, 3]
    assert wished_hues(graph([])[0]) == []


_DECLARED = re.compile(
    r"^(?:export )?(?:async )?(?:(?:function|class) (\w+)|"
    r"(?:const|let) (?:(\w+)|([\[{][^=]*?[\]}]) =))", re.MULTILINE)  # fmt: skip


@pytest.mark.parametrize("start", ["page_start", "cell"])
def test_no_two_modules_of_one_script_give_a_name_to_two_things(start: str) -> None:
    others = {"page", "page_start", "cell", "renewing", "unpacking"} - {start}
    paths = sorted((PROJECT / "pipeline" / "viewer").glob("*.js"))
    modules = [path.read_text("utf-8") for path in paths if path.stem not in others]
    declared = Counter(
        name
        for module in modules
        for names in _DECLARED.findall(module)
        for name in re.findall(r"\w+(?![\w:])", " ".join(names))
    )
    assert len(declared) > 300
    assert [name for name, times in declared.items() if times > 1] == []


def test_the_script_without_spaces_says_what_its_modules_say() -> None:
    sources = (PROJECT / "pipeline" / "viewer").glob("*.js")
    own = [path.read_text("utf-8") for path in sources if path.stem not in ("page", "cell")]
    lines = [line for whole in own for line in whole.splitlines() if not set("'`/") & set(line)]
    said = {each for line in lines for each in re.findall(r'"(?:[^"\\]|\\.)*"', line)}
    texts = {each for each in said if " " in each}
    assert len(texts) > 300
    page_script = script("page_start") + plain("unpacking") + plain("renewing")
    assert [each for each in texts if each not in page_script] == []
