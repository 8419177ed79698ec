"""`graph.html`: the graph as one page that opens from disk, with our own viewer and no other code.

The data are three compressed chunks in base64, so no text of a paper is near the page's HTML; the
style and the script are packed alike. A Content-Security-Policy lets the page's own scripts and
style through, by their hashes, and nothing else: no request, no other script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import NamedTuple

import pyarrow as pa

from pipeline.export.deflating import deflated
from pipeline.export.explorer_data import NO_EXTRAS, PageExtras, chunks, framed
from pipeline.export.explorer_script import plain, script, style, text_of
from pipeline.model.records import Match
from pipeline.model.tables import Build, BuildFile

GROUPS_FROM = 250_000
"""A graph of more nodes than this shows its communities first."""


def page(
    nodes: pa.Table,
    edges: pa.Table,
    communities: pa.Table,
    extras: PageExtras = NO_EXTRAS,
    groups_from: int = GROUPS_FROM,
) -> bytes:
    """The page of a graph, in UTF-8, the same for the same tables.

    `communities` is as `tables.COMMUNITIES`.
    Raises DataError where an edge names a node that is not there.
    """
    graph_chunks = chunks(nodes, edges, communities, extras)
    looks, code, unpacking, packed = page_sources()
    filled = {
        "groups_from": groups_from,
        "style_source": _source(looks),
        "script_sources": f"{_source(unpacking)} {_source(code)}",
        "unpacking": unpacking,
        "packed": packed,
        "graph": _base64(framed(graph_chunks)),
        "texts": _base64(graph_chunks.texts),
    }
    return (text_of("explorer.html") % filled).encode()


class PageSources(NamedTuple):
    """The style, the scripts, and style and script packed: what every page has."""

    looks: str
    code: str
    unpacking: str
    packed: str


_SOURCES: list[PageSources] = []


def page_sources() -> PageSources:
    """What every page has, worked out once."""
    if not _SOURCES:
        looks = text_of("explorer_page.css") + style()
        code = f'(() => {{"use strict";\n{script("page_start")}}})();'
        packed = _base64(deflated([f"{looks}\0{code}".encode()], level=9))
        _SOURCES.append(PageSources(looks, code, plain("unpacking"), packed))
    return _SOURCES[0]


def know_page_sources(sources: PageSources) -> None:
    """Takes for known what `page_sources` gave of the same files before."""
    _SOURCES[:] = [sources]


def why_matched(build: Build) -> dict[str, str]:
    """How each paper of the digests was found, in words, a line an entry, by the paper's id."""
    by_place = {(m.entry.file, m.entry.line_start): _in_words(m) for m in build.matches}
    words_of_paper = (
        (paper.id, [by_place.get((entry.file, entry.line_start)) for entry in paper.entries])
        for paper in build.papers
        if paper.entries
    )
    return {paper_id: "\n".join(filter(None, words)) for paper_id, words in words_of_paper}


def _in_words(match: Match) -> str:
    place = f"{match.entry.file}:{match.entry.line_start}"
    if match.decided_by == "none":
        return f"{place}: {match.reason}"
    sure = f" ({match.confidence:.1%})" if match.verdict == "matched" else ""
    return f"{place}: {match.reason}; {match.decided_by.replace('_', ' ')}{sure}"


def _source(text: str) -> str:
    """The Content-Security-Policy source that lets exactly this script or style through."""
    return f"'sha256-{_base64(hashlib.sha256(text.encode()).digest())}'"


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def page_of(build: Build) -> bytes:
    """The page of a build."""
    extras = PageExtras(why_matched(build), build.name, build.newly_read)
    return page(build.nodes, build.edges, build.communities, extras)


def _pieces(build: Build) -> Iterator[bytes]:
    yield page_of(build)


BUILD_FILE = BuildFile("graph.html", _pieces)
