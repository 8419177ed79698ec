// Two lenses, what authors cite and what the reader connects, and what only one of them shows.

import { timesMentioned } from "./mentioned.js";
import { CITES, MENTIONS, READ, isPaper } from "./walking.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").State} State */

/**
 * @typedef {Object} Lens
 * @property {string} id
 * @property {string} label   its name among the words
 * @property {number[]|null} edges   the kinds that are drawn; null: all
 * @property {(graph: Graph) => Set<number>|null} fn   the nodes in focus; null: all
 *
 * @typedef {Object} Difference
 * @property {number[]} connected   mentioned by the reader, cited by nothing that was read
 * @property {number[]} cited   cited by two or more that were read, never mentioned
 * @property {number[]} both
 */

const LEAST_CITED = 2;
export const LENS_COLOURS = { connected: 0xd55e00, cited: 0x0072b2, both: 0x009e73 };

/** @type {WeakMap<Graph, Difference>} */
const knownLenses = new WeakMap();

/** The ends of edges of a kind. @param {Graph} graph @param {number} kind */
function targetsOf(graph, kind) {
  const found = new Set();
  for (let e = 0; e < graph.m; e += 1) {
    if (graph.edgeKind[e] === kind) found.add(graph.from[e]).add(graph.to[e]);
  }
  return found;
}

/** What the lenses show apart, the strongest first. @param {Graph} graph @returns {Difference} */
export function differenceOf(graph) {
  const known = knownLenses.get(graph);
  if (known) return known;
  const cited = new Uint32Array(graph.n);
  for (let e = 0; e < graph.m; e += 1) {
    const said = graph.edgeKind[e] === CITES && graph.kind[graph.from[e]] === READ;
    if (said) cited[graph.to[e]] += 1;
  }
  const [connected, both] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  const often = /** @type {number[]} */ ([]);
  const times = new Map();
  for (let i = 0; i < graph.tables; i += 1) {
    if (!isPaper(graph, i)) continue;
    const said = timesMentioned(graph, i);
    times.set(i, said);
    if (said && cited[i]) both.push(i);
    else if (said) connected.push(i);
    else if (cited[i] >= LEAST_CITED) often.push(i);
  }
  connected.sort((a, b) => times.get(b) - times.get(a) || a - b);
  often.sort((a, b) => cited[b] - cited[a] || a - b);
  const found = { connected, cited: often, both };
  knownLenses.set(graph, found);
  return found;
}

/** @type {Lens[]} */
export const LENSES = [
  { id: "all", label: "lensall", edges: null, fn: () => null },
  { id: "cites", label: "lenscites", edges: [CITES], fn: (graph) => targetsOf(graph, CITES) },
  { id: "mentions", label: "lensmentions", edges: [MENTIONS],
    fn: (graph) => targetsOf(graph, MENTIONS) },
  { id: "difference", label: "lensdifference", edges: [CITES, MENTIONS], fn: (graph) => {
    const { connected, cited, both } = differenceOf(graph);
    return new Set([...connected, ...cited, ...both]);
  } },
];

/** The lens of a state. @param {State} state */
export const lensOf = ({ lens }) => LENSES.find(({ id }) => id === lens) ?? LENSES[0];

/** The colours that tell the lenses apart. @param {Graph} graph @returns {Map<number, number>} */
export function lensColours(graph) {
  const found = differenceOf(graph);
  return new Map(/** @type {const} */ (["connected", "cited", "both"]).flatMap((name) =>
    found[name].map((node) => /** @type {[number, number]} */ ([node, LENS_COLOURS[name]]))));
}
