// Very large graphs: each community is one node until it is opened.

import { linksOf } from "./decoding.js";
import { communities } from "./naming.js";
import { BETWEEN, GROUP } from "./walking.js";

/** @typedef {import("./types.js").Graph} Graph */

const LEAST_MEMBERS = 12;

/**
 * An array with room for more at its end.
 * @template {any} T @param {any} array @param {number} more
 */
function longer(array, more) {
  const made = new array.constructor(array.length + more);
  made.set(array);
  return made;
}

/** How many edges join each two communities. @param {Graph} g @param {Map<number, number>} place */
function joinedBy(g, place) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (let e = 0; e < g.m; e += 1) {
    const [a, b] = [place.get(g.community[g.from[e]]), place.get(g.community[g.to[e]])];
    if (a === undefined || b === undefined || a === b) continue;
    const key = Math.min(a, b) * 1_048_576 + Math.max(a, b);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/**
 * The graph with a node more for each community, and edges between these; smaller graphs as they
 * are. Names of the communities come with `nameGroups`.
 * @param {Graph} graph @param {number} least   from how many nodes on
 */
export function grouped(graph, least = Infinity) {
  if (graph.n <= least) return graph;
  const large = [...communities(graph, LEAST_MEMBERS)];
  const place = new Map(large.map(([number], i) => [number, graph.n + i]));
  const between = [...joinedBy(graph, place)];
  const more = large.length;
  /** @type {Graph} */
  const made = { ...graph, n: graph.n + more, m: graph.m + between.length };
  for (const name of /** @type {const} */ (
    ["x", "y", "size", "kind", "flags", "rank", "year", "day", "community"])) {
    /** @type {any} */ (made)[name] = longer(graph[name], more);
  }
  for (const name of /** @type {const} */ (["from", "to", "edgeKind", "weight", "position"])) {
    /** @type {any} */ (made)[name] = longer(graph[name], between.length);
  }
  large.forEach(([number, { members }], i) => {
    const at = graph.n + i;
    made.kind[at] = GROUP;
    made.community[at] = number;
    for (const node of members) {
      made.x[at] += graph.x[node] / members.length;
      made.y[at] += graph.y[node] / members.length;
    }
    made.size[at] = 9 * Math.sqrt(members.length);
  });
  between.forEach(([key, count], i) => {
    made.from[graph.m + i] = Math.floor(key / 1_048_576);
    made.to[graph.m + i] = key % 1_048_576;
    made.edgeKind[graph.m + i] = BETWEEN;
    made.weight[graph.m + i] = Math.min(255, count);
  });
  return Object.assign(made, linksOf(made.from, made.to, made.n));
}

/** Gives the communities their names, once the names of nodes are there. @param {Graph} graph */
export function nameGroups(graph) {
  if (graph.n === graph.tables) return;
  const named = communities(graph, LEAST_MEMBERS);
  for (let i = graph.tables; i < graph.n; i += 1) {
    graph.called[i - graph.tables] = named.get(graph.community[i])?.name ?? "";
  }
}
