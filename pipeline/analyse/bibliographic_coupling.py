"""Pairs that share something: co-authorship, co-citation, bibliographic coupling."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import distinct_links, ends_of, excluded_connectors, joined, of_kinds

PAIRS_AT_ONCE = 20_000_000
"""So many pairs are counted at a time, in some 500 MB; the result does not depend on it."""


def coauthors(
    nodes: pa.Table,
    edges: pa.Table,
    at_least: int = 1,
    most_authors: int = 100,
    connectors: Collection[str] = (),
) -> pa.Table:
    """`id`, `other`, `shared`, `salton`: people who wrote papers together, and how many.

    Each pair once, `id` before `other`; the most papers first, then the highest `salton`, then by
    id. `salton` is the papers in common by the geometric mean of the papers of each
    (https://doi.org/10.1016/0306-4573(89)90048-4). Who is a co-author: https://doi.org/10.1073/pnas.98.2.404.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    at_least
        Only pairs with so many papers in common.
    most_authors
        A paper by more people joins none of them here; it counts among the papers of each.
    connectors
        Ambiguous authors are left out, unless `ambiguous` is named. Organisations are no people.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> coauthors(*READ).to_pylist()
    [{'id': 'author:ann', 'other': 'author:bo', 'shared': 1, 'salton': 0.5}]
    """
    barred = excluded_connectors(nodes, connectors, known=("ambiguous",))
    barred |= np.asarray(pc.equal(nodes["kind"], "organisation"), bool)
    author, paper, _ = joined(nodes, of_kinds(edges, "wrote"), barred)
    return _pairs(nodes, author, paper, at_least, most_authors)


def cotagged(
    nodes: pa.Table,
    edges: pa.Table,
    at_least: int = 1,
    most_tags: int = 100,
    connectors: Collection[str] = (),
) -> pa.Table:
    """`id`, `other`, `shared`, `salton`: tags that papers have together, and how many papers do.

    Order and `salton` as in `coauthors`, by the papers of each tag.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    at_least
        Only pairs with so many papers in common.
    most_tags
        A paper with more tags joins none of them; it counts among the papers of each.
    connectors
        Tags that tell of the note are left out, unless `meta` is named.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> cotagged(*READ).num_rows
    0
    """
    barred = excluded_connectors(nodes, connectors, known=("meta",))
    paper, tag, _ = joined(nodes, of_kinds(edges, "tagged"), barred)
    return _pairs(nodes, tag, paper, at_least, most_tags)


def cocited(
    nodes: pa.Table, edges: pa.Table, at_least: int = 2, most_references: int = 500
) -> pa.Table:
    """`id`, `other`, `shared`, `salton`: works that papers cite together, and how many papers do.

    Order and `salton` as in `coauthors`, by the papers that cite each
    (https://doi.org/10.1002/asi.4630240406). A paper that cites itself does not.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    at_least
        Only pairs that so many papers cite together.
    most_references
        A paper that cites more works joins none of them; it counts among those that cite each.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> cocited(*READ)["shared"].to_pylist()
    [2]
    """
    citing, cited = ends_of(nodes, edges, "cites")
    return _pairs(nodes, cited, citing, at_least, most_references)


def coupled(
    nodes: pa.Table, edges: pa.Table, at_least: int = 2, most_citing: int = 100
) -> pa.Table:
    """`id`, `other`, `shared`, `salton`: papers that cite the same works, and how many works.

    Order and `salton` as in `coauthors`, by the references of each
    (https://doi.org/10.1002/asi.5090140103). A paper that cites itself does not.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    at_least
        Only pairs with so many references in common.
    most_citing
        A work that more papers cite says little of any two, and joins none; it counts among the
        references of each. This bounds the pairs at half of `most_citing` for each citation.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> coupled(*READ, at_least=1).select(["id", "other", "shared"]).to_pylist()[0]
    {'id': 'p1', 'other': 'p2', 'shared': 2}
    """
    citing, cited = ends_of(nodes, edges, "cites")
    return _pairs(nodes, citing, cited, at_least, most_citing)


def _pairs(
    nodes: pa.Table, owner: np.ndarray, item: np.ndarray, at_least: int, most: int
) -> pa.Table:
    """The pairs of owners with `at_least` items in common, through items of at most `most`."""
    count = nodes.num_rows
    item, owner = distinct_links(item[owner != item], owner[owner != item], count)
    owned = np.bincount(owner, minlength=count)
    # An owner of fewer items than are asked for shares as many with nobody.
    in_use = (np.bincount(item, minlength=count) <= most)[item] & (owned >= at_least)[owner]
    counted = list(_counted(owner[in_use], item[in_use], count, at_least))
    keys = np.concatenate([np.empty(0, np.int64), *(keys for keys, _ in counted)])
    shared = np.concatenate([np.empty(0, np.int64), *(shared for _, shared in counted)])
    low, high = np.divmod(keys, max(count, 1))
    salton = shared / np.sqrt(owned[low] * owned[high])
    order = np.lexsort((-salton, -shared))
    ids = nodes["id"].combine_chunks() if count else pa.array([], pa.string())
    pair_ids = (ids.take(pa.array(low[order])), ids.take(pa.array(high[order])))
    return pa.table([*pair_ids, shared[order], salton[order]], ["id", "other", "shared", "salton"])


def _counted(
    owner: np.ndarray, item: np.ndarray, count: int, at_least: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of owners as `low * count + high`, in order, and how many items each shares."""
    place = np.arange(len(owner))
    partners = np.searchsorted(item, item, side="right") - 1 - place
    order = np.argsort(owner, kind="stable")
    pairs_so_far = np.cumsum(partners[order])
    first = 0
    while first < len(order):
        done = pairs_so_far[first - 1] if first else 0
        last = max(int(np.searchsorted(pairs_so_far, done + PAIRS_AT_ONCE)), first + 1)
        # All links of an owner are counted at once, so that its pairs are whole.
        last = int(np.searchsorted(owner[order], owner[order[last - 1]], side="right"))
        block = order[first:last]
        yield _block(owner, block, partners[block], count, at_least)
        first = last


def _block(
    owner: np.ndarray, block: np.ndarray, partners: np.ndarray, count: int, at_least: int
) -> tuple[np.ndarray, np.ndarray]:
    starts = np.repeat(block + 1 - np.concatenate([[0], np.cumsum(partners)[:-1]]), partners)
    other = owner[starts + np.arange(len(starts))]
    keys = np.sort(np.repeat(owner[block] * count, partners) + other)
    new = np.flatnonzero(np.diff(keys, prepend=-1))
    shared = np.diff(new, append=len(keys))
    often = shared >= at_least
    return keys[new[often]], shared[often]
