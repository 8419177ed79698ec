"""What the land is made of: papers and their topics, and how strongly these are linked."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.layout.links import Links, links, parts
from pipeline.model.folding import content_words

WEIGHTS = {"mentions": 3.0, "tagged": 1.5, "in_category": 0.15}
"""What an edge of a kind counts, where not 1; a category says least, as it has many papers."""

_SAME_AUTHOR, _SAME_WORD = 0.7, 0.2
_LAST_LINKED = 2
"""Each paper of an author is linked to so many of those before it, however many there are."""

_MOST_WITH_WORD = 20
"""A word that more papers have says nothing of what one of them is about."""

NodePairs = tuple[np.ndarray, np.ndarray]
Weighted = tuple[np.ndarray, np.ndarray, np.ndarray]


class Land(NamedTuple):
    """The nodes that make the land, by row in order, and the links between them by place therein.

    `beside` are pairs of rows: an author or organisation, and a paper that it wrote.
    """

    rows: np.ndarray
    pairs: Links
    beside: NodePairs


def land_of(nodes: pa.Table, edges: pa.Table, ends: NodePairs) -> Land:
    """Papers, tags and categories, and whoever wrote nothing; authors stand beside their papers.

    Papers are linked by citations, mentions, tags, categories and authors in common, and where
    none of these leads to the rest, by rare words of title and abstract.
    """
    kind = edges["kind"]
    wrote = np.asarray(pc.equal(kind, "wrote"), bool)
    writers = np.zeros(nodes.num_rows, bool)
    writers[ends[0][wrote]] = True
    signed = ends[0][wrote], ends[1][wrote]
    number = np.cumsum(~writers) - 1
    count = int((~writers).sum())
    is_link = ~wrote & ~writers[ends[0]] & ~writers[ends[1]]
    weight = np.ones(edges.num_rows)
    for name, counts in WEIGHTS.items():
        weight[np.asarray(pc.equal(kind, name), bool)] = counts
    weighted_links = [(number[ends[0][is_link]], number[ends[1][is_link]], weight[is_link])]
    weighted_links.append(_joined(signed[0], number[signed[1]], _SAME_AUTHOR))
    rows = np.flatnonzero(~writers)
    weighted_links.append(_of_words(nodes.take(pa.array(rows)), weighted_links))
    first, second, weights = (np.concatenate(part) for part in zip(*weighted_links, strict=True))
    return Land(rows, links(first, second, count, weights), signed)


def _joined(group: np.ndarray, member: np.ndarray, weight: float) -> Weighted:
    """Each member of a group with those just before it: as many links as members, not squares."""
    order = np.lexsort((member, group))
    group, member = group[order], member[order]
    first, second = [], []
    for back in range(1, _LAST_LINKED + 1):
        same = group[back:] == group[:-back]
        first.append(member[:-back][same])
        second.append(member[back:][same])
    low, high = np.concatenate(first), np.concatenate(second)
    return low, high, np.full(len(low), weight)


def _of_words(land: pa.Table, weighted_links: list[Weighted]) -> Weighted:
    """Links by rare words, each of at least one paper beside the largest part of what is known."""
    first, second, _ = (np.concatenate(part) for part in zip(*weighted_links, strict=True))
    part = parts(links(first, second, land.num_rows), land.num_rows)
    paper = np.asarray(pc.equal(land["kind"], "paper"), bool)
    lonely = paper & (part != np.bincount(part, minlength=1).argmax())
    if not lonely.any():
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    words = [set(content_words(title or "")) for title in land["title"].to_pylist()]
    for row in np.flatnonzero(lonely).tolist():
        words[row] |= content_words(land["abstract"][row].as_py() or "")
    word_rows = [
        (word, row) for row in np.flatnonzero(paper).tolist() for word in sorted(words[row])
    ]
    member = np.array([row for _, row in word_rows], np.int64)
    names, group = np.unique(np.array([word for word, _ in word_rows], str), return_inverse=True)
    rare = np.bincount(group, minlength=len(names))[group] <= _MOST_WITH_WORD
    first, second, weight = _joined(group[rare], member[rare], _SAME_WORD)
    touching = lonely[first] | lonely[second]
    return first[touching], second[touching], weight[touching]
