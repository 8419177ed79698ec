"""Which nodes are linked and how strongly, as arrays, whole and by group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import igraph
import numpy as np


class Links(NamedTuple):
    """Pairs of linked nodes: each pair once, the lower number first, none to itself.

    `weight` is how strongly each pair is linked, above 0.
    """

    first: np.ndarray
    second: np.ndarray
    weight: np.ndarray


def links(
    source: np.ndarray, target: np.ndarray, nodes: int, weight: np.ndarray | None = None
) -> Links:
    """The pairs that these edges link, in order; the weights (1 each) of a pair are summed."""
    low, high = np.minimum(source, target).astype(np.int64), np.maximum(source, target)
    is_pair = low != high
    weights = np.ones(len(low)) if weight is None else weight
    code, pair = np.unique((low * nodes + high)[is_pair], return_inverse=True)
    first, second = np.divmod(code, max(nodes, 1))
    return Links(first, second, np.bincount(pair, weights[is_pair], len(code)))


def graph_of(nodes: int, pairs: Links) -> igraph.Graph:
    """An igraph of these pairs; it reads a zip four times faster than an array."""
    graph = igraph.Graph(nodes, zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))
    graph.es["weight"] = pairs.weight.tolist()
    return graph


def strengths(pairs: Links, nodes: int) -> np.ndarray:
    """How much each pair counts: less where an end has many links, 1 where both have one."""
    degree = np.bincount(pairs.first, pairs.weight, nodes)
    degree += np.bincount(pairs.second, pairs.weight, nodes)
    strength: np.ndarray = pairs.weight / np.sqrt(degree[pairs.first] * degree[pairs.second])
    return strength


def sums(pairs: Links, weight: np.ndarray, values: np.ndarray) -> np.ndarray:
    """For each node, the sum of its neighbours' `values`, each times the weight of the pair."""
    sum_of_node: np.ndarray = np.bincount(pairs.first, weight * values[pairs.second], len(values))
    sum_of_node += np.bincount(pairs.second, weight * values[pairs.first], len(values))
    return sum_of_node


def parts(pairs: Links, nodes: int) -> np.ndarray:
    """The number of each node's connected part, from 0, in the order of their first nodes.

    Labels hook to smaller ones and are then followed to their ends, round by round
    (https://doi.org/10.1016/0196-6774(82)90008-6): on large graphs faster than to build an igraph.
    """
    label = np.arange(nodes)
    first, second = pairs.first, pairs.second
    while len(first):
        np.minimum.at(label, np.maximum(first, second), np.minimum(first, second))
        while (label[label] != label).any():
            label = label[label]
        first, second = label[pairs.first], label[pairs.second]
        in_two_parts = first != second
        first, second = first[in_two_parts], second[in_two_parts]
    return np.unique(label, return_inverse=True)[1]


def groups(pairs: Links, group: np.ndarray) -> Iterator[tuple[np.ndarray, Links]]:
    """The nodes of each group, in order, and the links within it, by their place among these.

    `group` numbers the group of each node from 0, without gaps.
    """
    size = np.bincount(group)
    order = np.argsort(group, kind="stable")
    own_number = np.empty(len(group), np.int64)
    own_number[order] = np.arange(len(group)) - np.repeat(np.cumsum(size) - size, size)
    inside = np.flatnonzero(group[pairs.first] == group[pairs.second])
    home = group[pairs.first[inside]]
    inside = inside[np.argsort(home, kind="stable")]
    link_ends = np.cumsum(np.bincount(home, minlength=len(size)))
    node_end = link_end = 0
    for own_size, own_link_end in zip(size.tolist(), link_ends.tolist(), strict=True):
        group_links = inside[link_end:own_link_end]
        members = order[node_end : node_end + own_size]
        ends = own_number[pairs.first[group_links]], own_number[pairs.second[group_links]]
        yield members, Links(*ends, pairs.weight[group_links])
        node_end, link_end = node_end + own_size, own_link_end
