// Steps in the graph: who is beside whom, how far, by which kind of edge.

/** @typedef {import("./types.js").Graph} Graph */

export const KINDS = ["read", "paper", "author", "organisation", "tag", "category", "group"];
export const EDGE_KINDS = [
  "mentions", "cites", "wrote", "tagged", "in_category", "broader", "relates_to", "between",
];
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

/** What a kind of edge counts beside others. */
const COUNTS = [8, 2, 1.5, 2, 1, 3, 3, 1];

/** How strong an edge is beside all that meets at its ends. @param {Graph} g @param {number} e */
const strength = (g, e) => g.weight[e] * COUNTS[g.edgeKind[e]]
  / Math.sqrt(degreeOf(g, g.from[e]) * degreeOf(g, g.to[e]));

/**
 * Which edges are among the strongest of one of their ends, as 1 and 0.
 * @param {Graph} graph @param {number} each   how many of each node
 */
export function strongestEdges(graph, each) {
  const kept = new Uint8Array(graph.m);
  const own = new Float32Array(graph.m);
  for (let e = 0; e < graph.m; e += 1) own[e] = strength(graph, e);
  for (let node = 0; node < graph.n; node += 1) {
    const edges = edgesAt(graph, node);
    if (each === 1) {
      let best = -1;
      for (const edge of edges) if (best < 0 || own[edge] > own[best]) best = edge;
      if (best >= 0) kept[best] = 1;
      continue;
    }
    for (const edge of [...edges].sort((a, b) => own[b] - own[a]).slice(0, each)) kept[edge] = 1;
  }
  return kept;
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

/** How many papers that are read mention a node. @param {Graph} graph @param {number} node */
export const mentionsOf = (graph, node) => edgesOf(graph, node, MENTIONS, "to");
