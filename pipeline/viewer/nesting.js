// Authors of one paper are folded into it: who is in which, and how many.

import { KINDS, WROTE, degreeOf, isPaper } from "./walking.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").State} State */

/**
 * @typedef {Object} Nests
 * @property {Int32Array} homes   the paper that a node is folded into, -1 for none
 * @property {Uint32Array} counts   how many are folded into a paper
 */

/** @type {WeakMap<Graph, Nests>} */
const knownNests = new WeakMap();

const WRITERS = ["author", "organisation"].map((kind) => KINDS.indexOf(kind));

/** The authors and organisations that only one paper has. @param {Graph} graph @returns {Nests} */
export function nestsOf(graph) {
  const known = knownNests.get(graph);
  if (known) return known;
  const nests = { homes: new Int32Array(graph.n).fill(-1), counts: new Uint32Array(graph.n) };
  for (let i = 0; i < graph.tables; i += 1) {
    if (!WRITERS.includes(graph.kind[i]) || degreeOf(graph, i) !== 1) continue;
    const edge = graph.links[graph.first[i]];
    const paper = graph.to[edge];
    if (graph.edgeKind[edge] !== WROTE || !isPaper(graph, paper)) continue;
    nests.homes[i] = paper;
    nests.counts[paper] += 1;
  }
  knownNests.set(graph, nests);
  return nests;
}

/** Whether a node is out of sight within its paper. @param {Graph} graph @param {State} state */
export function folding(graph, { unfolded }) {
  const { homes } = nestsOf(graph);
  const open = new Set(unfolded);
  return (/** @type {number} */ node) => homes[node] >= 0 && !open.has(homes[node]);
}

/** The nodes that no paper has folded into it: a map is as large as they need. @param {Graph} g */
export function* standing(g) {
  const { homes } = nestsOf(g);
  for (let i = 0; i < g.n; i += 1) if (homes[i] < 0) yield i;
}
