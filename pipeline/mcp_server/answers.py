"""What each tool answers: ids, the reader's own sentence, and who says so, as plain data.

Each question has its one definition in `pipeline.analyse` and `pipeline.explain`; here it is only
asked, and every paper in an answer gets its evidence.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.listing import others
from pipeline.analyse.missing import missing as missing_works
from pipeline.analyse.missing import silent
from pipeline.analyse.paths import in_words, shortest_path
from pipeline.analyse.telling import span_report
from pipeline.explain.papers import explanation, json_explanation
from pipeline.mcp_server.loading import LoadedGraph
from pipeline.mcp_server.marking import MOST_CHARACTERS, shortened
from pipeline.model.errors import DigestGraphError
from pipeline.model.kinds import NODE_KINDS
from pipeline.model.spans import month_span

Data = dict[str, Any]
MOST_ROWS = 100
_MONTH_PARTS = ("read", "you_mentioned", "missing", "news_of_old_papers")
_WORDS, _SENTENCE, _ABSTRACT = 4_000, 600, 3_000


def _taken(graph: LoadedGraph, query: str, *kinds: str) -> tuple[str, Data]:
    """The id that a query means, and what to say of how it was found."""
    taken = graph.names.taken(query, *kinds)
    others = [{"id": node_id, "label": label} for node_id, label in taken.others]
    return taken.id, {"id": taken.id, "label": taken.label, "how": taken.how, "not": others}


def search(graph: LoadedGraph, text: str, kinds: Sequence[str], most: int) -> Data:
    """Nodes that have all the words of a text, best first, with the sentence that has them."""
    unknown = sorted(set(kinds).difference(NODE_KINDS))
    if unknown:
        raise DigestGraphError(f"no kind {unknown[0]!r}. There are {', '.join(NODE_KINDS)}.")
    rows = graph.texts.found(text, _bounded(most), kinds).to_pylist()
    cards = _cards(graph, [each["id"] for each in rows])
    return {
        "found": [
            cards[each["id"]]
            | {"found_in": each["found_in"], "passage": shortened(each["passage"], _SENTENCE)}
            for each in rows
        ]
    }


def paper(graph: LoadedGraph, query: str) -> Data:
    """One paper: its facts with their sources, the reader's words, who wrote, cites, mentions."""
    taken, how_taken = _taken(graph, query, "paper")
    row = graph.rows([taken])[taken]
    dates = ("year", "month", "published")
    facts = ("title", *dates, "categories", "venue", "doi", "url", "references_known")
    return {
        "taken": how_taken,
        **_cards(graph, [taken])[taken],
        **{name: row[name] for name in facts},
        "abstract": shortened(row["abstract"], _ABSTRACT),
        "your_words": shortened(row["commentary"], _WORDS),
        "decided_by": row["decided_by"],
        "authors": _ends(graph, taken, "wrote", against=True),
        "tags": _ends(graph, taken, "tagged"),
        "you_mention": _ends(graph, taken, "mentions"),
        "you_mention_it_in": _ends(graph, taken, "mentions", against=True),
        "cites": _ends(graph, taken, "cites"),
        "cited_by": _ends(graph, taken, "cites", against=True),
    }


def similar(graph: LoadedGraph, query: str, most: int) -> Data:
    """The papers most like one, each with the reason."""
    taken, how_taken = _taken(graph, query, "paper")
    rows = graph.likeness.of(taken, _bounded(most)).to_pylist()
    cards = _cards(graph, [taken, *(row["id"] for row in rows)])
    shared = ("score", "reason", "references", "tags", "authors", "steps")
    return {
        "taken": how_taken,
        "paper": cards[taken],
        "similar": [cards[row["id"]] | {name: row[name] for name in shared} for row in rows],
    }


def missing(graph: LoadedGraph, tag: str | None, month: str | None, most: int) -> Data:
    """What the papers that were read cite most, and that was not read."""
    tag_id = graph.names.id_of(tag, "tag") if tag else None
    asked = (tag_id, month_span(month) if month else None)
    rows = missing_works(graph.nodes, graph.edges, _bounded(most), *asked).to_pylist()
    unheard = silent(graph.nodes, graph.edges, *asked)
    cards = _cards(graph, [row["id"] for row in rows])
    return {
        "missing": [cards[row["id"]] | _citing(row) for row in rows],
        "papers_without_known_references": {"number": unheard.papers, "of": unheard.of},
    }


def path(graph: LoadedGraph, start: str, goal: str) -> Data:
    """A shortest way from one node to another, with who says each step."""
    (first, first_taken), (last, last_taken) = _taken(graph, start), _taken(graph, goal)
    shortest = shortest_path(graph.nodes, graph.edges, (first, last))
    steps = shortest.to_pylist()
    cards = _cards(graph, [step["id"] for step in steps])
    path_steps = []
    for number, step in enumerate(steps):
        before = steps[number - 1]["id"] if number else None
        said = _edges_between(graph, before, step["id"]) if before else []
        path_steps.append(cards[step["id"]] | {"joined_by": step["words"], "edges": said})
    return {
        "from": first_taken,
        "to": last_taken,
        "in_words": in_words(shortest) or None,
        "steps": path_steps,
    }


def explain(graph: LoadedGraph, query: str) -> Data:
    """Why an entry, a paper or a person is what the graph says it is, in words, and of which."""
    words = explanation(query, graph.folder)
    records = [json.loads(line) for line in json_explanation(query, graph.folder).splitlines()]
    ids = [_id_of_record(record) for record in records]
    cards = _cards(graph, [node_id for node_id in dict.fromkeys(ids) if node_id])
    entries = [record for record in records if record["about"] == "entry"]
    return {
        "query": query,
        "about": list(cards.values()),
        "entries": [f"{record['file']}:{record['line_start']}" for record in entries],
        "explanation": shortened(words, MOST_CHARACTERS),
    }


def _id_of_record(record: Data) -> str | None:
    """The id of the node that a record of the evidence is about."""
    arxiv_id = record.get("arxiv_id")
    return record.get("id") or (f"arxiv:{arxiv_id}" if arxiv_id else None)


def tags(graph: LoadedGraph, tag: str | None, most: int) -> Data:
    """All tags with their numbers of papers, or one tag with its papers and what is beside it."""
    if tag is None:
        rows = others(graph.nodes, graph.edges, "tag").to_pylist()
        return {"tags": rows[: _bounded(most)], "of": len(rows)}
    taken, how_taken = _taken(graph, tag, "tag")
    row = graph.rows([taken])[taken]
    return {
        "taken": how_taken,
        **{name: row[name] for name in ("id", "label", "spellings", "meta")},
        "papers": _ends(graph, taken, "tagged", against=True, most=_bounded(most)),
        "broader": _ends(graph, taken, "broader"),
        "narrower": _ends(graph, taken, "broader", against=True),
        "related": _ends(graph, taken, "relates_to"),
    }


def month(graph: LoadedGraph, asked: str, most: int) -> Data:
    """What was read and mentioned in a month, its tags, what it cites unread, news of old papers.

    As `digest-graph month` tells it.
    """
    report = span_report(graph.nodes, graph.edges, month_span(asked))
    parts = (report.read, report.mentioned, report.missing, report.old)
    most = _bounded(most)
    shown = [part[:most] for part in parts]
    cards = _cards(graph, [row["id"] for rows in shown for row in rows])
    read, mentioned, unread, old = (
        [cards[row["id"]] | _without_prose(row) for row in rows] for rows in shown
    )
    return {
        "month": asked,
        "numbers": dict(zip(_MONTH_PARTS, map(len, parts), strict=True)),
        **dict(zip(_MONTH_PARTS, (read, mentioned, unread, old), strict=True)),
        "tags_that_rise_or_fade": report.tags[:most],
        "papers_without_known_references": report.unheard,
    }


def _without_prose(row: Data) -> Data:
    """A row without what its card says, a sentence of the reader under the name of all others."""
    shown = {name: each for name, each in row.items() if name not in ("commentary", "url")}
    sentence = shown.pop("sentence", None)
    return shown | ({"your_sentence": shortened(sentence, _SENTENCE)} if sentence else {})


def _cards(graph: LoadedGraph, ids: Sequence[str]) -> dict[str, Data]:
    """For each id what an answer says of a node: what it is, the reader's sentence, the sources."""
    return {node_id: _card(graph, row) for node_id, row in graph.rows(list(ids)).items()}


def _card(graph: LoadedGraph, row: Data) -> Data:
    facts = {"id": row["id"], "kind": row["kind"], "label": row["label"]}
    if row["kind"] != "paper":
        return facts
    sources = sorted({each.partition(": ")[2] for each in row["decided_by"] or ()})
    return facts | {
        "year": row["year"],
        "read": bool(row["in_digest"]),
        "read_on": [str(day) for day in row["entry_dates"] or ()],
        "url": row["url"],
        "your_sentence": _first_sentence(graph, row),
        "entries": graph.places.get(row["id"], []),
        "sources": sources,
    }


def _first_sentence(graph: LoadedGraph, row: Data) -> str | None:
    """What the reader says of a paper first: in its entry, else where another mentions it."""
    if row["commentary"]:
        first: str = row["commentary"].split("\n")[0]
        return shortened(first, _SENTENCE)
    rows = graph.links.of(row["id"], "mentions", against=True).to_pylist()
    said = next((each["sentence"] for each in rows if each["sentence"]), None)
    return shortened(said, _SENTENCE)


def _ends(
    graph: LoadedGraph, node_id: str, kind: str, *, against: bool = False, most: int = MOST_ROWS
) -> list[Data]:
    """The nodes that edges of a kind lead to, with who says so and the reader's sentence."""
    rows = graph.links.of(node_id, kind, against=against).to_pylist()
    return [
        {
            "id": each["id"],
            "label": each["label"],
            "year": each["year"],
            "read": each["in_digest"],
            **_said(each),
        }
        for each in rows[:most]
    ]


def _said(edge: Data) -> Data:
    """Who says an edge, how it is known, and the reader's sentence, if it is theirs."""
    return {
        "sources": edge["sources"],
        "evidence": edge["evidence"],
        "your_sentence": shortened(edge["sentence"], _SENTENCE),
        "days": [str(day) for day in edge["entry_dates"] or ()],
    }


def _edges_between(graph: LoadedGraph, one: str, other: str) -> list[Data]:
    edges = graph.edges
    ends = pa.array([one, other], pa.string())
    inside = pc.and_(pc.is_in(edges["source"], ends), pc.is_in(edges["target"], ends))
    return [
        {"source": each["source"], "kind": each["kind"], "target": each["target"], **_said(each)}
        for each in edges.filter(inside).to_pylist()
    ]


def _citing(row: Data) -> Data:
    return {
        "cited_by": row["cited_by"],
        "citing": row["citing"],
        "citing_labels": row["citing_labels"],
    }


def _bounded(most: int) -> int:
    return max(1, min(most, MOST_ROWS))
