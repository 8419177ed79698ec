"""Why the graph says what it says, in words: every candidate, every score, every source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from pipeline.errors import DigestGraphError
from pipeline.folding import folded_title
from pipeline.ids import normal_arxiv_id
from pipeline.store.json_lines import read_json_lines
from pipeline.store.tables import read_graph

Record = dict[str, Any]
_SCORES = ("title", "authors", "abstract", "numbers", "months")
_MOST_NAMED = 10


def explanation(query: str, folder: Path) -> str:
    """What a build knows of an arXiv id (in any form), a `FILE:LINE`, or words of a title.

    Raises DigestGraphError where nothing or more than one paper is meant, naming the nearest, and
    DataError where `folder` holds no build.
    """
    records = read_json_lines(folder / "evidence.jsonl")
    entries = [record for record in records if record["about"] == "entry"]
    papers = [record for record in records if record["about"] == "paper"]
    arxiv_id = normal_arxiv_id(query)
    if arxiv_id:
        found = [paper for paper in papers if paper["arxiv_id"] == arxiv_id]
        return _told(found, entries) if found else _cited("arxiv:" + arxiv_id, folder)
    at = _entries_at(query, entries)
    if at:
        return "\n".join(line for entry in at for line in _of_entry(entry))
    named = [record for record in papers if folded_title(query) in _titles(record, entries)]
    if len(named) > 1 and folded_title(query):
        listed = "".join(
            f"\n  {p['arxiv_id'] or p['id']}  {p['title']}" for p in named[:_MOST_NAMED]
        )
        raise DigestGraphError(f'"{query}" could be {len(named)} papers; name one:{listed}')
    if not named:
        raise DigestGraphError(
            f'nothing in {folder} is called "{query}". Give an arXiv id, FILE:LINE, or words of '
            f"a title that {folder / 'entries.csv'} lists."
        )
    return _told(named, entries)


def _entries_at(query: str, entries: Sequence[Record]) -> list[Record]:
    place = re.fullmatch(r"(.+):(\d+)", query)
    if not place:
        return []
    file, line = place[1].removeprefix("./"), int(place[2])
    return [
        entry
        for entry in entries
        if f"/{entry['file']}".endswith(f"/{file}")
        and entry["line_start"] <= line <= entry["line_end"]
    ]


def _titles(paper: Record, entries: Sequence[Record]) -> str:
    written = [entry["title"] for entry in entries if _place(entry) in paper["entries"]]
    return " ".join(folded_title(title) for title in [paper["title"], *written] if title)


def _told(papers: Sequence[Record], entries: Sequence[Record]) -> str:
    return "\n".join(line for paper in papers for line in _of_paper(paper, entries))


def _of_paper(paper: Record, entries: Sequence[Record]) -> Iterator[str]:
    yield f"{paper['arxiv_id'] or paper['id']}  {paper['title'] or '(title not known)'}"
    yield ""
    yield "Who says so"
    for field, source in paper["decided"].items():
        yield f"  {field:<12} {source}"
        for claim in paper["disagreements"]:
            if claim["field"] == field:
                yield f"  {'':<12} but {claim['source']} says {claim['value']}"
    yield f"  {_references(paper)}"
    mine = [entry for entry in entries if _place(entry) in paper["entries"]]
    if not mine:
        yield "  No entry is about it; a commentary mentions it."
    for entry in mine:
        yield ""
        yield from _of_entry(entry)


def _references(paper: Record) -> str:
    if paper["references"] is None:
        return "Its references are not known to any source at hand; that is not the same as none."
    share = "all" if paper["references_complete"] else "not all"
    return f"{paper['references']} references are known, {share} of them."


def _of_entry(entry: Record) -> Iterator[str]:
    yield f"Entry {_place(entry)}, {entry['date'] or 'no date'}"
    yield f"  {entry['title'] or '(no title)'}"
    decision = f"by {entry['decided_by']}, confidence {entry['confidence']}"
    verdict = f"{entry['verdict']} {entry['arxiv_id'] or ''}".strip()
    yield f"  {verdict} {decision if entry['decided_by'] != 'none' else ''}".rstrip()
    yield f"  because: {entry['reason']}"
    if not entry["candidates"]:
        yield "  No candidate: no source at hand has a paper with these words or authors."
        return
    yield ""
    yield "    " + "".join(f"{name:<12}" for name in ("candidate", *_SCORES, "source")) + "title"
    for candidate in entry["candidates"]:
        mark = ">" if candidate["arxiv_id"] == entry["arxiv_id"] else " "
        shown = [_score(name, candidate["scores"][name]) for name in _SCORES]
        cells = (candidate["arxiv_id"], *shown, candidate["source"])
        former = "  (a former title)" if candidate["scores"]["former"] else ""
        row = "".join(f"{cell:<12}" for cell in cells)
        yield f"  {mark} {row}{candidate['known_as']}{former}"


def _score(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    if name == "numbers":
        return "same" if value else "differ"
    return f"{value:+.0f}" if name == "months" else f"{value:.2f}"


def _cited(node_id: str, folder: Path) -> str:
    nodes, edges = read_graph(folder)
    found = nodes.filter(pc.equal(nodes["id"], node_id)).to_pylist()
    if not found:
        raise DigestGraphError(f"{node_id.removeprefix('arxiv:')} is not in the graph of {folder}.")
    citing = edges.filter(pc.equal(edges["target"], node_id)).to_pylist()
    labels = dict(zip(nodes["id"].to_pylist(), nodes["label"].to_pylist(), strict=True))
    lines = [f"{found[0]['arxiv_id']}  {found[0]['label']}", "", "No entry is about it."]
    for edge in citing:
        said = f"{', '.join(edge['sources'])}; {edge['evidence']}"
        lines.append(f"  {edge['kind']:<9}{labels[edge['source']]} ({said})")
    return "\n".join(lines)


def _place(entry: Record) -> str:
    return f"{entry['file']}:{entry['line_start']}"
