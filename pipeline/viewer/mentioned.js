// What the reader mentions and nobody cites: such a work is of a kind of its own.

import { CITES, KINDS, MENTIONS, PAPER, edgesAt } from "./walking.js";

/** @typedef {import("./types.js").Graph} Graph */

/** @type {WeakMap<Graph, Uint8Array>} */
const knownMentions = new WeakMap();

/**
 * Which works are mentioned, not read and cited by nobody here, as 1 and 0.
 * @param {Graph} graph
 */
export function onlyMentioned(graph) {
  const known = knownMentions.get(graph);
  if (known) return known;
  const found = new Uint8Array(graph.n);
  const { edgeKind, kind, to, m } = graph;
  for (let e = 0; e < m; e += 1) {
    if (edgeKind[e] === MENTIONS && kind[to[e]] === PAPER) found[to[e]] = 1;
  }
  for (let e = 0; e < m; e += 1) if (edgeKind[e] === CITES) found[to[e]] = 0;
  knownMentions.set(graph, found);
  return found;
}

/**
 * The name of a node's kind, of what is only mentioned too.
 * @param {Graph} graph @param {number} node
 */
export const kindOf = (graph, node) =>
  onlyMentioned(graph)[node] ? "mentioned" : KINDS[graph.kind[node]];

/** How many times the reader's notes mention a work. @param {Graph} graph @param {number} node */
export function timesMentioned(graph, node) {
  let times = 0;
  for (const edge of edgesAt(graph, node)) {
    if (graph.edgeKind[edge] === MENTIONS && graph.to[edge] === node) times += graph.weight[edge];
  }
  return times;
}

/** The work that nobody here cites and the notes mention most. @param {Graph} graph */
export function mostMentioned(graph) {
  const alone = onlyMentioned(graph);
  const counts = new Uint32Array(graph.n);
  let best = -1;
  for (let e = 0; e < graph.m; e += 1) {
    const to = graph.to[e];
    if (graph.edgeKind[e] === MENTIONS && alone[to]) counts[to] += graph.weight[e];
  }
  for (let i = 0; i < graph.n; i += 1) if (counts[i] > (counts[best] ?? 0)) best = i;
  return { node: best, times: counts[best] ?? 0 };
}

/** @type {WeakMap<Graph, Uint32Array>} */
const times = new WeakMap();

/** How often each node is cited here. @param {Graph} graph */
export function timesCited(graph) {
  const found = times.get(graph) ?? new Uint32Array(graph.n);
  if (times.has(graph)) return found;
  for (let e = 0; e < graph.m; e += 1) if (graph.edgeKind[e] === CITES) found[graph.to[e]] += 1;
  times.set(graph, found);
  return found;
}
