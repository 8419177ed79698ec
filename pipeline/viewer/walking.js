// Steps in the graph: who is beside whom, how far, by which kind of edge.

import { KINDS_OF_EDGE } from "./edge_kinds.js";

/** @typedef {import("./types.js").Graph} Graph */

export const KINDS = ["read", "paper", "author", "organisation", "tag", "category", "group"];
export const EDGE_KINDS = KINDS_OF_EDGE.map(({ name }) => name);
export const MENTIONS = 0;
export const CITES = 1;
export const WROTE = 2;
export const TAGGED = 3;
export const IN_CATEGORY = 4;
export const READ = 0;
export const PAPER = 1;
export const AUTHOR = 2;
export const ORGANISATION = 3;
export const TAG = 4;
export const CATEGORY = 5;
/** Bit of `flags`: a tag that tells how it was read, not what about. */
export const META = 16;
/** The edge between two communities. */
export const BETWEEN = 7;
/** A whole community, where there are too many nodes to draw. */
export const GROUP = 6;

/** @param {Graph} graph @param {number} node */
export const isPaper = (graph, node) => graph.kind[node] <= PAPER;

/** The edges at a node. @param {Graph} graph @param {number} node */
export const edgesAt = (graph, node) =>
  graph.links.subarray(graph.first[node], graph.first[node + 1]);

/** @param {Graph} graph @param {number} node */
export const degreeOf = (graph, node) => graph.first[node + 1] - graph.first[node];

/** The other end of an edge. @param {Graph} graph @param {number} edge @param {number} node */
export const beyond = (graph, edge, node) =>
  graph.from[edge] === node ? graph.to[edge] : graph.from[edge];

/** A node and its neighbours. @param {Graph} graph @param {number} node */
export function around(graph, node) {
  const found = new Set([node]);
  for (const edge of edgesAt(graph, node)) found.add(beyond(graph, edge, node));
  return found;
}

/**
 * The nodes within so many steps of a node, in order of distance.
 * @param {Graph} graph @param {number} node @param {number} steps
 */
export function within(graph, node, steps) {
  const found = new Set([node]);
  let rim = [node];
  for (let step = 0; step < steps; step += 1) {
    /** @type {number[]} */
    const next = [];
    for (const each of rim) {
      for (const edge of edgesAt(graph, each)) {
        const other = beyond(graph, edge, each);
        if (!found.has(other)) next.push(other);
        found.add(other);
      }
    }
    rim = next;
  }
  return found;
}

/** @param {Graph} graph @param {number} node @param {number} kind @param {"from"|"to"} end */
export const edgesOf = (graph, node, kind, end) => [...edgesAt(graph, node)]
  .filter((edge) => graph.edgeKind[edge] === kind && graph[end][edge] === node)
  .sort((a, b) => graph.position[a] - graph.position[b] || a - b);

/** The authors of a paper in their order. @param {Graph} graph @param {number} node */
export const authorsOf = (graph, node) =>
  edgesOf(graph, node, WROTE, "to").map((edge) => graph.from[edge]);

/** @param {Graph} graph @param {number} node */
export const tagsOf = (graph, node) =>
  edgesOf(graph, node, TAGGED, "from").map((edge) => graph.to[edge]);

/** The categories of a paper, the primary one first. @param {Graph} graph @param {number} node */
export const categoriesOf = (graph, node) => edgesOf(graph, node, IN_CATEGORY, "from")
  .sort((a, b) => graph.position[b] - graph.position[a]).map((edge) => graph.to[edge]);

/**
 * Of how many papers that were read no references are known, and how many were.
 * @param {Graph} g
 */
export function unknownReferences(g) {
  const read = [...g.kind.keys()].filter((i) => g.kind[i] === READ);
  // Bits of `flags`: all references are known, or some.
  return [read.filter((i) => !(g.flags[i] & 12)).length, read.length];
}
