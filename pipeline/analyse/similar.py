"""The papers that are most like one paper, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import distinct_links, excluded_connectors, row_of, texts
from pipeline.model.tables import endpoints

MOST_STEPS = 3
MOST_NAMED = 3
_KINDS = ("cites", "mentions", "tagged", "wrote")
_WEIGHTS = {"references": 0.4, "mentions": 0.3, "tags": 0.2, "authors": 0.1}
_SCHEMA = pa.schema(
    {
        "id": pa.string(),
        "label": pa.string(),
        "year": pa.int64(),
        "in_digest": pa.bool_(),
        "score": pa.float64(),
        "reason": pa.string(),
        "references": pa.list_(pa.string()),
        "tags": pa.list_(pa.string()),
        "authors": pa.list_(pa.string()),
        "steps": pa.int64(),
    }
)


class _PaperItems(NamedTuple):
    """Which paper has which item, each once, by paper: row numbers of both.

    `weight` is of each node as an item, `lengths` that of each node's items as a vector.
    """

    paper: np.ndarray
    item: np.ndarray
    weight: np.ndarray
    lengths: np.ndarray


def similar(
    nodes: pa.Table,
    edges: pa.Table,
    paper_id: str,
    most: int = 20,
    connectors: Collection[str] = (),
) -> pa.Table:
    """At most `most` papers like one, with `score` and `reason`; the most like first, then by id.

    The score, from 0 to 1, is 0.4 of the cosine of the references
    (https://doi.org/10.1002/asi.5090140103), 0.3 divided by the steps along `mentions` of either
    direction (at most 3), 0.2 of the cosine of the tags, the rarer the weightier by ln(1 + papers
    / papers with it), and 0.1 of the cosine of the authors. `references`, `tags` and `authors`
    are the ids of what both have, `steps` is missing where no mentions lead there.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    paper_id
        The id of a paper. Raises DigestGraphError where there is no such node.
    most
        At most so many papers.
    connectors
        Ambiguous authors and meta tags make nothing alike, unless `ambiguous` or `meta` is named.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> similar(*READ, "p1").select(["id", "score", "reason"]).to_pylist()[0]
    {'id': 'p2', 'score': 0.6707, 'reason': '2 shared references; tag rl; author ann'}
    """
    return Likeness(nodes, edges, connectors).of(paper_id, most)


class Likeness:
    """What papers have in common, put in order once for many questions.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> Likeness(*READ).of("p1", most=1)["id"].to_pylist()
    ['p2']
    """

    def __init__(self, nodes: pa.Table, edges: pa.Table, connectors: Collection[str] = ()) -> None:
        self._nodes = nodes
        count = nodes.num_rows
        barred = excluded_connectors(nodes, connectors)
        barred |= np.asarray(pc.equal(nodes["kind"], "organisation"), bool)
        source, target = endpoints(nodes, edges)
        of_kind = {kind: np.asarray(pc.equal(edges["kind"], kind), bool) for kind in _KINDS}
        ends = {kind: (source[chosen], target[chosen]) for kind, chosen in of_kind.items()}
        papers = int(pc.sum(pc.equal(nodes["kind"], "paper")).as_py())
        alike, self._mentions = np.ones(count), ends["mentions"]
        tagged = _distinct(*ends["tagged"], barred)
        rarity = np.log1p(papers / np.maximum(np.bincount(tagged[1], minlength=count), 1))
        self._cited = _links(*_distinct(*ends["cites"], barred), alike)
        self._tagged = _links(*tagged, rarity)
        self._wrote = _links(*_distinct(*ends["wrote"][::-1], barred), alike)

    def of(self, paper_id: str, most: int = 20) -> pa.Table:
        """What `similar` says of a paper. Raises as it does."""
        paper_row, count = row_of(self._nodes, paper_id), self._nodes.num_rows
        all_links = (self._cited, self._tagged, self._wrote)
        own = [_items_of(links, paper_row, count) for links in all_links]
        cited, tagged, wrote = map(_cosine, all_links, own)
        steps = _steps(*self._mentions, paper_row, count)
        score = (
            _WEIGHTS["references"] * cited
            + _WEIGHTS["mentions"] * np.where(steps > 0, 1 / np.maximum(steps, 1), 0)
            + _WEIGHTS["tags"] * tagged
            + _WEIGHTS["authors"] * wrote
        ).round(4)
        score[paper_row] = 0
        best = np.lexsort((np.arange(count), -score))[: max(most, 0)]
        best = best[score[best] > 0]
        shared = [
            [_shared(links, mine, row) for row in best]
            for links, mine in zip(all_links, own, strict=True)
        ]
        return _table(self._nodes, best, score[best], shared, steps[best])


def _distinct(
    paper: np.ndarray, item: np.ndarray, barred: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Each link of a paper to an item that is not barred, once, by paper."""
    is_link = ~barred[item] & (paper != item)
    return distinct_links(paper[is_link], item[is_link], len(barred))


def _links(paper: np.ndarray, item: np.ndarray, weight: np.ndarray) -> _PaperItems:
    lengths = np.sqrt(np.bincount(paper, weight[item] ** 2, len(weight)))
    return _PaperItems(paper, item, weight, lengths)


def _rows_of(links: _PaperItems, paper_row: int) -> slice:
    start, end = np.searchsorted(links.paper, (paper_row, paper_row + 1))
    return slice(int(start), int(end))


def _items_of(links: _PaperItems, paper_row: int, count: int) -> np.ndarray:
    """For each node whether it is an item of the paper."""
    own = np.zeros(count, bool)
    own[links.item[_rows_of(links, paper_row)]] = True
    return own


def _cosine(links: _PaperItems, own: np.ndarray) -> np.ndarray:
    """Of each node's items with those of the paper; 0 where it has none."""
    common = own[links.item]
    product = np.bincount(links.paper[common], links.weight[links.item[common]] ** 2, len(own))
    lengths = links.lengths * np.sqrt((links.weight[own] ** 2).sum())
    return product / np.where(lengths > 0, lengths, 1)


def _steps(source: np.ndarray, target: np.ndarray, paper_row: int, count: int) -> np.ndarray:
    """How many mentions lead from the paper to each node; 0 for none, and for the paper itself."""
    steps = np.zeros(count, np.int64)
    inside = np.zeros(count, bool)
    inside[paper_row] = True
    for step in range(1, MOST_STEPS + 1):
        reached = np.zeros(count, bool)
        reached[target[inside[source]]] = reached[source[inside[target]]] = True
        steps[reached & ~inside] = step
        inside |= reached
    return steps


def _shared(links: _PaperItems, own: np.ndarray, row: int) -> list[int]:
    items = links.item[_rows_of(links, row)]
    rows: list[int] = items[own[items]].tolist()
    return rows


def _table(
    nodes: pa.Table,
    best: np.ndarray,
    score: np.ndarray,
    shared: list[list[list[int]]],
    steps: np.ndarray,
) -> pa.Table:
    ids = [[texts(nodes["id"], rows) for rows in part] for part in shared]
    papers = nodes.select(["id", "label", "year", "in_digest"]).take(pa.array(best))
    reasons = [
        _reason(len(references), texts(nodes["label"], tags), texts(nodes["label"], people), step)
        for references, tags, people, step in zip(*shared, steps.tolist(), strict=True)
    ]
    measures = [score, reasons, *ids, [step or None for step in steps.tolist()]]
    return pa.Table.from_arrays(
        [
            *(column.combine_chunks() for column in papers.columns),
            *(pa.array(column, _SCHEMA.field(4 + n).type) for n, column in enumerate(measures)),
        ],
        schema=_SCHEMA,
    )


def _reason(references: int, tags: list[str], people: list[str], steps: int) -> str:
    reasons = []
    if references:
        reasons.append(f"{references} shared reference{'s' if references > 1 else ''}")
    if tags:
        reasons.append(_named("tag", tags))
    if people:
        reasons.append(_named("author", people))
    if steps:
        reasons.append(f"mentioned {steps} step{'s' if steps > 1 else ''} away")
    return "; ".join(reasons)


def _named(noun: str, names: Iterable[str]) -> str:
    """A noun and the names, of many only the first.

    >>> _named("tag", ["a", "b", "c", "d"])
    'tags a, b, c and 1 more'
    """
    listed = list(names)
    more = f" and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else ""
    return f"{noun}{'s' if len(listed) > 1 else ''} {', '.join(listed[:MOST_NAMED])}{more}"
