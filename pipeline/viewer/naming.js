// What things are called: labels, bylines, and communities by what is in them.

import { plain, short } from "./folding.js";
import { CATEGORY, PAPER, TAG, authorsOf, degreeOf } from "./walking.js";

/** @typedef {import("./types.js").Graph} Graph */

/** The whole label of a node. @param {Graph} graph @param {number} node */
export function labelOf(graph, node) {
  if (node >= graph.tables) return graph.called[node - graph.tables] ?? "";
  return plain(graph.names?.text("label", node) ?? "");
}

/** @param {Graph} graph @param {number} node */
export const idOf = (graph, node) => node < graph.tables
  ? graph.names?.text("id", node) ?? "" : `community:${graph.community[node]}`;

/** The node of an id. @param {Graph} graph @param {string} id @returns {number|null} */
export function nodeNamed(graph, id) {
  if (!id || !graph.names) return null;
  for (let i = 0; i < graph.n; i += 1) if (idOf(graph, i) === id) return i;
  return null;
}

/** @param {Graph} graph @param {number} node */
export function arxivIdOf(graph, node) {
  const [, id] = /^arxiv:(.+)$/.exec(idOf(graph, node)) ?? [];
  return id ?? graph.names?.text("arxiv_id", node) ?? "";
}

/** The page of a paper, if it is on the web. @param {Graph} graph @param {number} node */
export function addressOf(graph, node) {
  const id = arxivIdOf(graph, node);
  if (/^[\w.\/-]+$/.test(id)) return `https://arxiv.org/abs/${id}`;
  const url = graph.texts?.text("url", node) ?? "";
  return /^https:\/\//.test(url) ? url : "";
}

/** The first author of a paper. @param {Graph} graph @param {number} node */
export function firstAuthor(graph, node) {
  const [first] = authorsOf(graph, node);
  return first === undefined ? graph.names?.text("first_author", node) ?? "" : labelOf(graph, first);
}

/** By kind: read, cited, author, organisation, tag, category, community. */
const BONUS = [40, 0, -6, 0, 12, 0, 60];

/**
 * How much a node's name matters: what was read first, then tags, then by degree.
 * @param {Graph} graph @param {number} node
 */
export function importance(graph, node) {
  return BONUS[graph.kind[node]] + graph.size[node] + Math.log2(1 + degreeOf(graph, node));
}

/** So many of the largest communities have names of their own at once. */
const NAMED = 24;

/** @type {WeakMap<Graph, Map<number, {name: string, members: number[]}>>} */
const kept = new WeakMap();

/**
 * The communities of at least so many nodes, the largest first, by their names: their most
 * frequent tags, else their category, else their weightiest paper.
 * @param {Graph} graph
 */
export function communities(graph, least = 12) {
  const known = kept.get(graph);
  if (known) return known;
  /** @type {Map<number, number[]>} */
  const members = new Map();
  for (let i = 0; i < graph.tables; i += 1) {
    const own = members.get(graph.community[i]);
    if (own) own.push(i);
    else members.set(graph.community[i], [i]);
  }
  const large = [...members].filter(([, own]) => own.length >= least)
    .sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  const taken = new Set();
  const named = new Map(large.map(([number, own], i) =>
    [number, i < NAMED ? { name: nameOf(graph, own, taken), members: own } : namedLater(graph, own)]));
  if (graph.names) kept.set(graph, named);
  return named;
}

/** A community whose name is found when it is asked for. @param {Graph} graph @param {number[]} members */
function namedLater(graph, members) {
  let name = "";
  return { members, get name() { return name ||= nameOf(graph, members, new Set()); } };
}

/** @param {Graph} graph @param {number[]} members @param {Set<string>} taken */
function nameOf(graph, members, taken) {
  // A tag that is everywhere tells little of a community.
  const score = (/** @type {[number, number]} */ [node, count]) =>
    count / Math.sqrt(degreeOf(graph, node)) * (graph.kind[node] === TAG ? 2 : 1);
  const counts = topicsOf(graph).get(graph.community[members[0]]) ?? new Map();
  const names = [...counts].sort((a, b) => score(b) - score(a) || a[0] - b[0])
    .map(([node]) => labelOf(graph, node)).filter((name) => name && !taken.has(name)).slice(0, 2);
  for (const name of names) taken.add(name);
  if (names.length) return names.join(", ");
  const best = members.reduce((a, b) => importance(graph, b) > importance(graph, a) ? b : a);
  return short(labelOf(graph, best), 26);
}

/** @type {WeakMap<Graph, Map<number, Map<number, number>>>} */
const topics = new WeakMap();

/** How often each tag and category is on the papers of each community. @param {Graph} graph */
function topicsOf(graph) {
  const known = topics.get(graph);
  if (known) return known;
  /** @type {Map<number, Map<number, number>>} */
  const found = new Map();
  for (let e = 0; e < graph.m; e += 1) {
    const [from, to] = [graph.from[e], graph.to[e]];
    if (graph.kind[from] > PAPER || (graph.kind[to] !== TAG && graph.kind[to] !== CATEGORY)) continue;
    const own = found.get(graph.community[from]) ?? new Map();
    found.set(graph.community[from], own.set(to, (own.get(to) ?? 0) + 1));
  }
  topics.set(graph, found);
  return found;
}
