"""Why the graph says what it says, in words: every candidate, every score, every source."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.finding import NodeNames, Taken
from pipeline.explain.people import Named, alike, named_authors, people_called, people_lines
from pipeline.match.reasons import why_not
from pipeline.model.counting import known_references
from pipeline.model.ids import ARXIV_ID
from pipeline.model.printing import json_line, printable
from pipeline.model.readable_tex import readable_title
from pipeline.store.evidence_lines import EvidenceLines, evidence_lines
from pipeline.store.outputs import current
from pipeline.store.tables import read_graph

COLUMNS = 80
PaperOutcome = dict[str, Any]
_SCORES = ("title", "authors", "abstract", "numbers", "months")


class Meant(NamedTuple):
    """What a query means in a build: records of its evidence, or a node that has none.

    Of people also the `titles` of their papers, and the `others` whose names may be forms of one.
    """

    entries: Sequence[PaperOutcome] = ()
    people: Sequence[PaperOutcome] = ()
    titles: Mapping[str, str | None] = {}
    others: Sequence[Named] = ()
    papers: Sequence[PaperOutcome] = ()
    node: PaperOutcome | None = None
    edges: Sequence[PaperOutcome] = ()
    """Of the node, each with the label of the `other` end."""
    taken: Taken | None = None
    """Which node the words were taken for."""


def explanation(query: str, folder: Path) -> str:
    """What a build knows of a file or a `FILE:LINE`, of all of a name, or of what `id_of` finds.

    Raises DigestGraphError where nothing or more than one paper is meant, naming the nearest, and
    DataError where `folder` holds no build.
    """
    meant = _meant(query, folder)
    first = [*meant.taken.line().split("\n"), ""] if meant.taken else []
    if meant.people:
        return _text([*first, *people_lines(meant.people, meant.titles, meant.others)])
    if meant.node:
        return _text([*first, *_cited(meant.node, meant.edges)])
    if meant.papers:
        lines = [line for paper in meant.papers for line in _of_paper(paper, meant.entries)]
        return _text([*first, *lines])
    return _text(line for entry in meant.entries for line in _of_entry(entry))


def json_explanation(query: str, folder: Path) -> str:
    """The same as JSON objects, a line each: records of evidence.jsonl, else the node and edges.

    A paper comes before the entries that are about it. Raises as `explanation`.
    """
    meant = _meant(query, folder)
    if meant.node:
        return json_line({"about": "node", **meant.node, "edges": meant.edges})
    return "\n".join(map(json_line, [*meant.people, *meant.papers, *meant.entries]))


def _meant(query: str, folder: Path) -> Meant:
    with evidence_lines(current(folder, "evidence.jsonl")) as lines:
        if at := _entries_at(query, lines):
            return Meant(at)
        nodes, edges = read_graph(folder)
        authors = named_authors(nodes)
        if people := people_called(query, authors):
            return _of_people(people, authors, lines)
        taken = NodeNames(nodes).taken(query)
        if people := [author for author in authors if author.id == taken.id]:
            return _of_people(people, authors, lines)._replace(taken=taken)
        if paper := lines.of_id("paper", taken.id):
            return Meant(list(_entries_about(paper, lines)), papers=[paper], taken=taken)
    (node,) = nodes.filter(pc.equal(nodes["id"], taken.id)).to_pylist()
    return Meant(node=node, edges=list(_edges_of(taken.id, nodes, edges)), taken=taken)


def _of_people(people: Sequence[Named], authors: Sequence[Named], lines: EvidenceLines) -> Meant:
    told = [record for each in people if (record := lines.of_id("author", each.id))]
    papers = dict.fromkeys(paper_id for each in told for paper_id in each["papers"])
    records = (lines.of_id("paper", paper_id) for paper_id in papers)
    titles = {record["id"]: record["title"] for record in records if record}
    return Meant(people=told, titles=titles, others=alike(people, authors))


def _entries_about(paper: PaperOutcome, lines: EvidenceLines) -> Iterator[PaperOutcome]:
    found: dict[int, PaperOutcome] = {}
    for place in paper["entries"]:
        file, _, line = place.rpartition(":")
        found |= {n: e for n, e in lines.entries_in(file, int(line)) if _place(e) == place}
    yield from (found[start] for start in sorted(found))


def _entries_at(query: str, lines: EvidenceLines) -> list[PaperOutcome]:
    """The entries of a `FILE:LINE`, or all of a file whose name ends in letters: `notes.md`."""
    place = re.fullmatch(r"(.+?\.[A-Za-z]\w*|.+(?=:\d+$))(?::(\d+))?", query)
    if not place:
        return []
    file, line = place[1].removeprefix("./"), int(place[2]) if place[2] else None
    return [
        entry
        for _, entry in lines.entries_in(file)
        if f"/{entry['file']}".endswith(f"/{file}")
        and (line is None or entry["line_start"] <= line <= entry["line_end"])
    ]


def _text(lines: Iterable[str]) -> str:
    return "\n".join(map(printable, lines))


def _of_paper(paper: PaperOutcome, entries: Sequence[PaperOutcome]) -> Iterator[str]:
    yield "Who says so"
    for field, source in paper["decided"].items():
        # An id tells the month, and no day.
        by_id = source == ARXIV_ID
        yield "  {:<12} {}".format(*(("month", "its arXiv id") if by_id else (field, source)))
        for claim in paper["disagreements"]:
            if claim["field"] == field:
                yield f"  {'':<12} but {claim['source']} says {claim['value']}"
    yield f"  {_references(paper)}"
    if not entries:
        yield "  No entry is about it; a commentary mentions it."
    for entry in entries:
        yield ""
        yield from _of_entry(entry)


def _references(paper: PaperOutcome) -> str:
    if paper["references"] is None:
        return "Its references are not known to any source at hand; that is not the same as none."
    share = "all" if paper["references_complete"] else "not all"
    return f"{known_references(paper['references'])}, {share} of them."


def _of_entry(entry: PaperOutcome) -> Iterator[str]:
    yield f"Entry {_place(entry)}, {entry['date'] or 'no date'}"
    yield from _wrapped(entry["title"] or "(no title)", "  ")
    decision = f"by {entry['decided_by']}, confidence {entry['confidence']}"
    verdict = f"{entry['verdict']} {entry['arxiv_id'] or ''}".strip()
    yield f"  {verdict} {decision if entry['decided_by'] != 'none' else ''}".rstrip()
    yield from _wrapped(f"because: {entry['reason']}", "  ")
    if entry.get("checked"):
        yield f"  All of arXiv up to {entry['checked']} was looked through."
    if not entry["candidates"]:
        yield "  No candidate: no source at hand has a paper with these words or authors."
        return
    yield ""
    yield "  Candidates"
    for candidate in entry["candidates"]:
        yield from _of_candidate(candidate, entry["arxiv_id"])


def _of_candidate(candidate: PaperOutcome, chosen: str | None) -> Iterator[str]:
    scores = candidate["scores"]
    mark = ">" if candidate["arxiv_id"] == chosen else " "
    former = "  (a former title)" if scores.get("former") else ""
    yield from _wrapped(f"{mark} {candidate['arxiv_id']}  {candidate['known_as']}{former}", "  ")
    scores_in_words = ", ".join(f"{name} {_score(name, scores.get(name))}" for name in _SCORES)
    yield from _wrapped(f"{scores_in_words}; {candidate['source']}", "      ")
    if candidate["arxiv_id"] != chosen:
        yield from _wrapped(f"against it: {why_not(scores)}", "      ")


def _wrapped(text: str, indent: str) -> list[str]:
    further = f"{indent}    "
    return textwrap.wrap(
        printable(text), COLUMNS, initial_indent=indent, subsequent_indent=further,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _score(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    if name == "numbers":
        return "same" if value else "differ"
    return f"{value:+.0f}" if name == "months" else f"{value:.2f}"


def _cited(node: PaperOutcome, edges: Iterable[PaperOutcome]) -> Iterator[str]:
    yield f"No entry is about this {node['kind']}."
    for edge in edges:
        provenance = "; ".join(filter(None, (", ".join(edge["sources"]), edge["evidence"])))
        arrow = "<-" if edge["target"] == node["id"] else "->"
        yield f"  {arrow} {edge['kind']:<12}{readable_title(edge['other'])} ({provenance})"


def _edges_of(node_id: str, nodes: pa.Table, edges: pa.Table) -> Iterator[PaperOutcome]:
    labels = dict(zip(nodes["id"].to_pylist(), nodes["label"].to_pylist(), strict=True))
    for side, other in (("target", "source"), ("source", "target")):
        for edge in edges.filter(pc.equal(edges[side], node_id)).to_pylist():
            yield {**edge, "other": labels[edge[other]]}


def _place(entry: PaperOutcome) -> str:
    return f"{entry['file']}:{entry['line_start']}"
