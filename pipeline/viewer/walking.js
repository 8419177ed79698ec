// Questions to the graph: who is beside whom, how far, and how alike.

/** @typedef {import("./types.js").Graph} Graph */

export const KINDS = ["read", "paper", "author", "organisation", "tag", "category", "group"];
export const EDGE_KINDS = [
  "mentions", "cites", "wrote", "tagged", "in_category", "broader", "relates_to", "between",
];
const [MENTIONS, CITES, WROTE, TAGGED, IN_CATEGORY] = [0, 1, 2, 3, 4];
export const READ = 0;
export const PAPER = 1;
export const AUTHOR = 2;
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

/**
 * The nodes of a shortest path, both ends included; null where there is none. Of several, the
 * one through nodes of lower number.
 * @param {Graph} graph @param {number} start @param {number} goal
 * @param {(node: number) => boolean} open   whether a path may lead through a node
 */
export function pathBetween(graph, start, goal, open) {
  const before = new Int32Array(graph.n).fill(-1);
  before[goal] = goal;
  for (let rim = [goal]; rim.length && before[start] < 0;) {
    /** @type {number[]} */
    const next = [];
    for (const node of rim.sort((a, b) => a - b)) {
      for (const edge of edgesAt(graph, node)) {
        const other = beyond(graph, edge, node);
        if (before[other] >= 0 || (other !== start && !open(other))) continue;
        before[other] = node;
        next.push(other);
      }
    }
    rim = next;
  }
  if (before[start] < 0) return null;
  const path = [start];
  while (path[path.length - 1] !== goal) path.push(before[path[path.length - 1]]);
  return path;
}

/**
 * The other papers with which a paper shares what it cites, is tagged with, or who wrote it, the
 * most alike first: the cosine of their neighbourhoods, a shared node counting less the more
 * neighbours it has (Adamic and Adar, https://doi.org/10.1016/S0378-8733(03)00009-1).
 * @param {Graph} graph @param {number} node @param {number} most
 */
export function similarTo(graph, node, most) {
  /** @type {Map<number, number>} */
  const shared = new Map();
  for (const edge of edgesAt(graph, node)) {
    const middle = beyond(graph, edge, node);
    if (degreeOf(graph, middle) > 2000) continue;
    const share = 1 / Math.log(1 + degreeOf(graph, middle));
    for (const other of edgesAt(graph, middle)) {
      const paper = beyond(graph, other, middle);
      if (paper !== node && isPaper(graph, paper)) {
        shared.set(paper, (shared.get(paper) ?? 0) + share);
      }
    }
  }
  return [...shared]
    .map(([paper, sum]) => ({ paper, score: sum / Math.sqrt(degreeOf(graph, paper)) }))
    .sort((a, b) => b.score - a.score || a.paper - b.paper)
    .slice(0, most).map(({ paper }) => paper);
}

/**
 * The works that papers which were read cite or mention most, and that were not read.
 * @param {Graph} graph @param {number} most @returns {{node: number, by: number}[]}
 */
export function missingPapers(graph, most) {
  /** @type {Map<number, number>} */
  const cited = new Map();
  for (let e = 0; e < graph.m; e += 1) {
    const [from, to] = [graph.from[e], graph.to[e]];
    const known = graph.edgeKind[e] <= CITES && graph.kind[from] === READ;
    if (known && graph.kind[to] === PAPER) cited.set(to, (cited.get(to) ?? 0) + 1);
  }
  return [...cited].map(([node, by]) => ({ node, by })).sort((a, b) => b.by - a.by
    || degreeOf(graph, b.node) - degreeOf(graph, a.node) || a.node - b.node).slice(0, most);
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
