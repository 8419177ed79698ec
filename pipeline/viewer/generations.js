// Earlier and later work: what the neighbourhood of a paper builds on, and what builds on it.

import { similarTo } from "./answering.js";
import { CITES, edgesOf } from "./walking.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {{node: number, by: number}[]} Counted */

const [NEAR_PAPERS, LEAST_ALIKE, MOST_ALIKE] = [12, 2, 6];

/**
 * The works that a paper and those most like it cite most and that are not newer, and those that
 * cite most of them and are not older; each is cited by, or cites, at least two.
 * @param {Graph} graph @param {number} paper @returns {{earlier: Counted, later: Counted}}
 */
export function generationsOf(graph, paper) {
  const near = [paper, ...similarTo(graph, paper, NEAR_PAPERS).map((each) => each.paper)];
  const year = graph.year[paper];
  const counted = (/** @type {"from"|"to"} */ end) => {
    /** @type {Map<number, number>} */
    const counts = new Map();
    const far = end === "from" ? graph.to : graph.from;
    for (const each of near) {
      for (const edge of edgesOf(graph, each, CITES, end)) {
        if (far[edge] !== paper) counts.set(far[edge], (counts.get(far[edge]) ?? 0) + 1);
      }
    }
    return [...counts].map(([node, by]) => ({ node, by }))
      .filter(({ node, by }) => by >= LEAST_ALIKE && (!year || !graph.year[node]
        || (end === "from" ? graph.year[node] <= year : graph.year[node] >= year)))
      .sort((a, b) => b.by - a.by || a.node - b.node).slice(0, MOST_ALIKE);
  };
  return { earlier: counted("from"), later: counted("to") };
}
