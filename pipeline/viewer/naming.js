// What things are called: labels, bylines, and communities by what is in them.

import { plain, short } from "./folding.js";
import { authorsOf, degreeOf } from "./walking.js";

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
  const named = graph.names?.text("first_author", node);
  if (named) return plain(named);
  const [first] = authorsOf(graph, node);
  return first === undefined ? "" : labelOf(graph, first);
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

/** @type {WeakMap<Graph, Map<number, {name: string, members: number[]}>>} */
const knownNames = new WeakMap();

/**
 * The communities of at least so many nodes, the largest first, by the names of the communities'
 * table.
 * @param {Graph} graph
 */
export function communities(graph, least = 12) {
  const known = knownNames.get(graph);
  if (known) return known;
  /** @type {Map<number, number[]>} */
  const members = new Map();
  for (let i = 0; i < graph.tables; i += 1) {
    const own = members.get(graph.community[i]);
    if (own) own.push(i);
    else members.set(graph.community[i], [i]);
  }
  const names = namesIn(graph);
  const large = new Map([...members].filter(([, own]) => own.length >= least)
    .sort((a, b) => b[1].length - a[1].length || a[0] - b[0])
    .map(([number, own]) => [number, { name: names.get(number) ?? "", members: own }]));
  if (graph.names) knownNames.set(graph, large);
  return large;
}

/**
 * The names of communities by their numbers.
 * @param {Graph} graph @returns {Map<number, string>}
 */
export function namesIn({ names }) {
  if (!names) return new Map();
  return new Map([.../** @type {Uint32Array} */ (names.numbers("named"))]
    .map((number, row) => [number, plain(names.text("called", row))]));
}

/** As many whole terms of a community's name as have room. @param {string} name */
export function fewerTerms(name, most = 30) {
  const terms = name.split(" · ");
  while (terms.length > 1 && terms.join(" · ").length > most) terms.pop();
  return short(terms.join(" · "), most);
}
