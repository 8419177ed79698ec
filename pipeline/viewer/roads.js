// Roads: what the reader mentions, and the strongest citations, bundled along regions.

import { BETWEEN, CITES, MENTIONS, READ, degreeOf, isPaper } from "./walking.js";
import { atlasOf } from "./regions.js";

/** @typedef {import("./types.js").Graph} Graph */

const [MOST_ROADS, TENSION] = [900, 0.82];

/** @type {WeakMap<Graph, Uint8Array>} */
const knownRoads = new WeakMap();

/** Which edges are roads, as 1 and 0. @param {Graph} graph */
export function roadsOf(graph) {
  const known = knownRoads.get(graph);
  if (known) return known;
  const roads = new Uint8Array(graph.m);
  const cited = [];
  for (let e = 0; e < graph.m; e += 1) {
    if (graph.edgeKind[e] === MENTIONS || graph.edgeKind[e] === BETWEEN) roads[e] = 1;
    if (graph.edgeKind[e] === CITES) cited.push(e);
  }
  for (const edge of strongestCitations(graph, cited)) roads[edge] = 1;
  knownRoads.set(graph, roads);
  return roads;
}

/**
 * Of each citing paper the work that most others cite too, those of papers that were read and of
 * large ones first.
 * @param {Graph} graph @param {number[]} cited
 */
function strongestCitations(graph, cited) {
  /** @type {Map<number, number>} */
  const best = new Map();
  const weight = (/** @type {number} */ edge) =>
    graph.weight[edge] * degreeOf(graph, graph.to[edge]);
  for (const edge of cited) {
    const from = graph.from[edge];
    const other = best.get(from);
    if (other === undefined || weight(edge) > weight(other)) best.set(from, edge);
  }
  const rank = (/** @type {number} */ edge) => (graph.kind[graph.from[edge]] === READ ? 1e6 : 0)
    + degreeOf(graph, graph.from[edge]);
  return [...best.values()].sort((a, b) => rank(b) - rank(a) || a - b).slice(0, MOST_ROADS);
}

/**
 * The way of a road, x and y of each place in turn, in so many steps: a spline by the middles of
 * the regions of its ends (hierarchical edge bundling, https://doi.org/10.1109/TVCG.2006.147).
 * @param {Graph} graph @param {number} edge @param {number} steps
 */
export function wayOf(graph, edge, steps) {
  const { countries, continents, of } = atlasOf(graph);
  const [a, b] = [graph.from[edge], graph.to[edge]];
  const [p, q] = [countries[of[a]], countries[of[b]]];
  const through = [];
  if (isPaper(graph, a) && p && q && p !== q) {
    through.push(p);
    if (p.continent !== q.continent) through.push(continents[p.continent], continents[q.continent]);
    through.push(q);
  }
  const controls = [{ x: graph.x[a], y: graph.y[a] }, ...through, { x: graph.x[b], y: graph.y[b] }];
  const straight = (/** @type {"x"|"y"} */ axis, /** @type {number} */ part) =>
    controls[0][axis] + (controls[controls.length - 1][axis] - controls[0][axis]) * part;
  const bent = controls.map((each, i) => {
    const part = i / (controls.length - 1);
    return { x: TENSION * each.x + (1 - TENSION) * straight("x", part),
      y: TENSION * each.y + (1 - TENSION) * straight("y", part) };
  });
  bent[0] = controls[0];
  bent[bent.length - 1] = controls[controls.length - 1];
  return Array.from({ length: steps + 1 }, (_, k) => bezier(bent, k / steps)).flat();
}

/** A place on a Bézier curve. @param {{x: number, y: number}[]} controls @param {number} part */
function bezier(controls, part) {
  let at = controls.map(({ x, y }) => [x, y]);
  while (at.length > 1) {
    at = at.slice(1).map(([x, y], i) =>
      [at[i][0] + (x - at[i][0]) * part, at[i][1] + (y - at[i][1]) * part]);
  }
  return at[0];
}

/**
 * The way of an edge in the projection by time: an arc above its ends.
 * @param {Graph} g @param {number} edge @param {number} steps
 */
export function arcOf(g, edge, steps) {
  const [a, b] = [g.from[edge], g.to[edge]];
  const high = Math.min(g.y[a], g.y[b]) - Math.abs(g.x[a] - g.x[b]) * 0.22;
  const controls = [{ x: g.x[a], y: g.y[a] }, { x: (g.x[a] + g.x[b]) / 2, y: high },
    { x: g.x[b], y: g.y[b] }];
  return Array.from({ length: steps + 1 }, (_, k) => bezier(controls, k / steps)).flat();
}
