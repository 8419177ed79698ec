// Answers to questions that the commands and Jupyter answer too, by the same rules: which papers
// are alike, what is missing, how one node leads to another. See pipeline/analyse/, which a test
// compares with this on random graphs: similar.py, missing.py, paths.py.

import {
  CATEGORY, CITES, MENTIONS, META, ORGANISATION, READ, TAGGED, WROTE, beyond, edgesAt, isPaper,
} from "./walking.js";

/** @typedef {import("./types.js").Graph} Graph */

/**
 * @typedef {Object} Alike
 * @property {number} paper
 * @property {number} score
 * @property {number} references   how many both cite
 * @property {number[]} tags   that both have
 * @property {number[]} authors   of both
 * @property {number} steps   along mentions, 0 where none lead there
 */

/** Bit of `flags`. */
const AMBIGUOUS = 1;
const MOST_STEPS = 3;

/**
 * Whether a node joins nothing: people who may be several, and tags that tell of the note.
 * @param {Graph} graph @param {number} node
 */
const isBarred = (graph, node) => (graph.flags[node] & (AMBIGUOUS | META)) !== 0;

/** Whether a path may lead through a node. @param {Graph} graph @param {number} node */
export const isConnector = (graph, node) =>
  graph.kind[node] !== CATEGORY && !isBarred(graph, node);

/**
 * What a paper cites, is tagged with, or who wrote it: each once, in order.
 * @param {Graph} graph @param {number} paper @param {number} kind @param {"from"|"to"} end
 */
function itemsOf(graph, paper, kind, end) {
  const items = new Set();
  for (const edge of edgesAt(graph, paper)) {
    if (graph.edgeKind[edge] !== kind || graph[end][edge] !== paper) continue;
    const item = beyond(graph, edge, paper);
    const joins = !isBarred(graph, item) && graph.kind[item] !== ORGANISATION;
    if (item !== paper && joins) items.add(item);
  }
  return [...items].sort((a, b) => a - b);
}

/** @param {number[]} items @param {(item: number) => number} weight */
const squares = (items, weight) => items.reduce((sum, item) => sum + weight(item) ** 2, 0);

/**
 * The cosine of the items of each paper that shares some with one, and those, by paper.
 * @param {Graph} graph @param {number} paper @param {number} kind @param {"from"|"to"} end
 * @param {(item: number) => number} weight   of an item
 */
function cosines(graph, paper, kind, end, weight) {
  const own = new Set(itemsOf(graph, paper, kind, end));
  const others = new Set();
  for (const item of own) {
    for (const edge of edgesAt(graph, item)) {
      if (graph.edgeKind[edge] === kind && graph[end][edge] !== item) {
        others.add(beyond(graph, edge, item));
      }
    }
  }
  const length = Math.sqrt(squares([...own], weight));
  /** @type {Map<number, {cosine: number, shared: number[]}>} */
  const found = new Map();
  for (const other of others) {
    const items = itemsOf(graph, other, kind, end);
    const shared = items.filter((item) => own.has(item));
    const product = squares(shared, weight);
    const lengths = Math.sqrt(squares(items, weight)) * length;
    found.set(other, { cosine: lengths > 0 ? product / lengths : 0, shared });
  }
  return found;
}

/** How many mentions lead to others, at most 3. @param {Graph} g @param {number} own */
function stepsFrom(g, own) {
  const steps = new Map([[own, 0]]);
  let rim = [own];
  for (let step = 1; step <= MOST_STEPS; step += 1) {
    /** @type {number[]} */
    const next = [];
    for (const node of rim) {
      for (const edge of edgesAt(g, node)) {
        const other = beyond(g, edge, node);
        if (g.edgeKind[edge] !== MENTIONS || steps.has(other)) continue;
        steps.set(other, step);
        next.push(other);
      }
    }
    rim = next;
  }
  return steps;
}

/** To four places, a half to the even one, as numpy does. @param {number} value */
function rounded(value) {
  const [scaled, whole] = [value * 1e4, Math.floor(value * 1e4)];
  const up = scaled - whole > 0.5 || (scaled - whole === 0.5 && whole % 2 === 1);
  return (up ? whole + 1 : whole) / 1e4;
}

/** How many papers have a tag. @param {Graph} graph @param {number} tag */
const papersTagged = (graph, tag) => new Set([...edgesAt(graph, tag)]
  .filter((edge) => graph.edgeKind[edge] === TAGGED && graph.to[edge] === tag
    && graph.from[edge] !== tag)
  .map((edge) => graph.from[edge])).size;

/**
 * The papers most like one and how much, from 0 to 1: 0.4 of the cosine of the references, 0.3 by
 * the steps along mentions, 0.2 of the cosine of the tags, the rarer the weightier, and 0.1 of
 * that of the authors.
 * @param {Graph} graph @param {number} paper @param {number} most @returns {Alike[]}
 */
export function similarTo(graph, paper, most) {
  let papers = 0;
  for (let i = 0; i < graph.tables; i += 1) papers += isPaper(graph, i) ? 1 : 0;
  /** @type {Map<number, number>} */
  const rarities = new Map();
  const rarity = (/** @type {number} */ tag) => {
    const known = rarities.get(tag) ?? Math.log1p(papers / Math.max(papersTagged(graph, tag), 1));
    rarities.set(tag, known);
    return known;
  };
  const cited = cosines(graph, paper, CITES, "from", () => 1);
  const tagged = cosines(graph, paper, TAGGED, "from", rarity);
  const wrote = cosines(graph, paper, WROTE, "to", () => 1);
  const steps = stepsFrom(graph, paper);
  const near = new Set([...cited.keys(), ...tagged.keys(), ...wrote.keys(), ...steps.keys()]);
  near.delete(paper);
  const none = { cosine: 0, shared: [] };
  return [...near].map((each) => {
    const step = steps.get(each) ?? 0;
    const [references, tags, authors] = [cited, tagged, wrote].map((of) => of.get(each) ?? none);
    const score = 0.4 * references.cosine + 0.3 * (step ? 1 / step : 0)
      + 0.2 * tags.cosine + 0.1 * authors.cosine;
    return { paper: each, score: rounded(score), references: references.shared.length,
      tags: tags.shared, authors: authors.shared, steps: step };
  }).filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.paper - b.paper).slice(0, most);
}

/** The order of two texts by their letters' numbers. @param {string} a @param {string} b */
function ordered(a, b) {
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    const [one, other] = [a.codePointAt(i) ?? 0, b.codePointAt(i) ?? 0];
    if (one !== other) return one - other;
  }
  return a.length - b.length;
}

/**
 * The works that papers which were read cite most and that were not read: the most cited first,
 * then the latest, then by name. What is only mentioned is not cited.
 * @param {Graph} graph @param {number} most @returns {{node: number, by: number}[]}
 */
export function missingPapers(graph, most) {
  const by = new Uint32Array(graph.n);
  for (let e = 0; e < graph.m; e += 1) {
    const [from, to] = [graph.from[e], graph.to[e]];
    if (graph.edgeKind[e] !== CITES || graph.kind[from] !== READ || graph.kind[to] === READ) {
      continue;
    }
    by[to] += 1;
  }
  const cited = [...by.keys()].filter((node) => by[node]).sort((a, b) => by[b] - by[a]);
  const least = by[cited[most - 1]] ?? 1;
  const name = (/** @type {number} */ node) => graph.names?.text("label", node) ?? "";
  return cited.filter((node) => by[node] >= least).map((node) => ({ node, by: by[node] }))
    .sort((a, b) => b.by - a.by || graph.year[b.node] - graph.year[a.node]
      || ordered(name(a.node), name(b.node)) || a.node - b.node)
    .slice(0, most);
}

/**
 * The nodes of a shortest path, both ends included; null where there is none. Of several, the
 * one through nodes of lower number.
 * @param {Graph} graph @param {number} start @param {number} goal
 * @param {(node: number) => boolean} open   whether a path may lead through a node
 */
export function pathBetween(graph, start, goal, open = (node) => isConnector(graph, node)) {
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
