// What is shown: a catalogue of filters, and the nodes and edges that pass them all.

import { isConnector, pathBetween, similarTo } from "./answering.js";
import {
  CITES, GROUP, READ, around, beyond, degreeOf, edgesAt, isPaper, within,
} from "./walking.js";
import { edgeKindIsOff, kindIsOff } from "./looks.js";
import { lensOf } from "./lenses.js";
import { onlyMentioned, timesCited } from "./mentioned.js";
import { folding } from "./nesting.js";
import { atlasOf } from "./regions.js";
import { roadsOf } from "./roads.js";
import { NO_FILTERS } from "./state.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").State} State */

export const MANY_EDGES = 5_000;
export const SIMILAR = 12;

/**
 * @typedef {Object} Filter
 * A filter of `papers` is passed by other nodes if they touch a paper that passes.
 * @property {string} id
 * @property {string} label
 * @property {string[]} parameters   of the state's filters
 * @property {"papers"|"all"} of
 * @property {(graph: Graph, state: State) => ((node: number) => boolean)|null} fn   null: all pass
 */

/** The papers that touch a node, or lie in a region. @param {Graph} graph @param {number} node */
function touching(graph, node) {
  if (node < 0) return (/** @type {number} */ paper) => atlasOf(graph).of[paper] === -1 - node;
  const papers = new Set([node]);
  for (const edge of edgesAt(graph, node)) papers.add(beyond(graph, edge, node));
  return (/** @type {number} */ paper) => papers.has(paper);
}

/**
 * Whether a paper has all that the chips ask for, or any of it, and nothing that they bar.
 * @param {Graph} graph @param {State} state
 */
function chipped(graph, { filters: { chips, any } }) {
  const of = (/** @type {boolean} */ not) => chips.filter((each) => each.not === not)
    .map(({ node }) => touching(graph, node));
  const [wanted, barred] = [of(false), of(true)];
  return (/** @type {number} */ paper) => !barred.some((test) => test(paper))
    && (!wanted.length || (any ? wanted.some((test) => test(paper))
      : wanted.every((test) => test(paper))));
}

/** @param {number} value @param {[number, number]} span */
const isWithin = (value, [first, last]) => value >= first && value <= last;

/** @type {Filter[]} */
export const FILTERS = [
  { id: "chips", label: "facets", parameters: ["chips", "any"], of: "papers",
    fn: (g, state) => state.filters.chips.length ? chipped(g, state) : null },
  { id: "days", label: "days", parameters: ["days"], of: "papers", fn: (g, { filters: f }) => {
    const { days } = f;
    return days && ((node) => isWithin(g.day[node], days));
  } },
  { id: "cites", label: "citations", parameters: ["cites"], of: "papers",
    fn: (g, { filters: f }) => {
    const { cites } = f;
    return cites && ((node) => isWithin(timesCited(g)[node], cites));
  } },
  { id: "years", label: "years", parameters: ["years"], of: "papers", fn: (g, { filters: f }) => {
    const { years } = f;
    return years && ((node) => isWithin(g.year[node], years));
  } },
  { id: "who", label: "who", parameters: ["who"], of: "papers", fn: (g, { filters: f }) =>
    f.who === "all" ? null : (node) => (g.kind[node] === READ) === (f.who === "read") },
  { id: "degree", label: "degree", parameters: ["degree"], of: "all",
    fn: (g, { filters: f }) => f.degree ? (node) => degreeOf(g, node) >= f.degree : null },
  { id: "steps", label: "steps", parameters: ["steps"], of: "all",
    fn: (g, { filters, selected }) => {
    if (selected === null || !filters.steps) return null;
    const near = within(g, selected, filters.steps);
    return (node) => near.has(node);
  } },
];

/** The filters that are set. @param {Graph} graph @param {State} state @param {string} of */
const tests = (graph, state, of) => FILTERS.filter((each) => each.of === of)
  .map((each) => each.fn(graph, state)).filter((test) => test !== null);

/**
 * Which nodes are shown, as 1 and 0. The one that is read about always is.
 * @param {Graph} graph @param {State} state
 * @param {(node: number) => boolean} isFolded   which nodes are out of sight within others
 */
export function shownNodes(graph, state, isFolded = folding(graph, state)) {
  const shown = new Uint8Array(graph.n);
  const [forPapers, forAll] = [tests(graph, state, "papers"), tests(graph, state, "all")];
  const opened = new Set(state.opened);
  const grouped = graph.n > graph.tables;
  const off = Array.from({ length: 8 }, (_, kind) => kindIsOff(state, kind));
  const [mentioned, unmentioned] = [onlyMentioned(graph), state.off.includes("mentioned")];
  for (let i = 0; i < graph.n; i += 1) {
    const group = graph.kind[i] === GROUP;
    const aside = grouped && opened.has(graph.community[i]) === group;
    const isOff = mentioned[i] ? unmentioned : off[graph.kind[i]];
    if (isOff || aside || isFolded(i)) continue;
    const passes = group || !isPaper(graph, i) || forPapers.every((test) => test(i));
    if (passes && (group || forAll.every((test) => test(i)))) shown[i] = 1;
  }
  if (forPapers.length) keepBeside(graph, shown, forPapers);
  if (state.selected !== null) shown[state.selected] = 1;
  for (const node of pathOf(graph, state) ?? []) shown[node] = 1;
  return shown;
}

/**
 * The nodes that pass all filters, folded or not, or those of them that are in focus.
 * @param {Graph} graph @param {State} state @param {Set<number>|null} near
 */
export function heldNodes(graph, state, near = null) {
  const passed = shownNodes(graph, state, () => false);
  const held = [];
  for (let i = 0; i < graph.n; i += 1) if (passed[i] && (!near || near.has(i))) held.push(i);
  return held;
}

/** @param {Graph} graph @param {Uint8Array} shown @param {((node: number) => boolean)[]} passed */
function keepBeside(graph, shown, passed) {
  for (let i = 0; i < graph.tables; i += 1) {
    if (!shown[i] || isPaper(graph, i)) continue;
    shown[i] = edgesAt(graph, i).some((edge) => {
      const other = beyond(graph, edge, i);
      return isPaper(graph, other) && passed.every((test) => test(other));
    }) ? 1 : 0;
  }
}

/** The path that is asked for. @param {Graph} graph @param {State} state */
export function pathOf(graph, { selected, goal, off }) {
  if (selected === null || goal === null) return null;
  const open = (/** @type {number} */ node) =>
    isConnector(graph, node) && !kindIsOff(/** @type {any} */ ({ off }), graph.kind[node]);
  return pathBetween(graph, selected, goal, open);
}

/** The nodes that stay bright, null for all. @param {Graph} graph @param {State} state */
export function inFocus(graph, state) {
  const path = pathOf(graph, state);
  if (path) return new Set(path);
  if (state.similar !== null) return new Set(
    [state.similar, ...similarTo(graph, state.similar, SIMILAR).map(({ paper }) => paper)]);
  if (state.chosen.length && state.selected === null) return new Set(state.chosen);
  if (state.lit && state.selected === null) return new Set(state.lit);
  if (state.region !== null) return regionNodes(graph, state.region);
  if (state.selected === null) return lensOf(state).fn(graph);
  if (state.filters.steps) return null;
  return around(graph, state.selected);
}

/** Whether anything is filtered. @param {State} state */
export const isNarrowed = ({ filters, off }) => off.length > 0
  || Object.entries(NO_FILTERS).some(([name, none]) =>
    String(/** @type {any} */ (filters)[name]) !== String(none));

/** All that lies in a country. @param {Graph} graph @param {number} at */
function regionNodes(graph, at) {
  const { of } = atlasOf(graph);
  const found = new Set();
  for (let i = 0; i < graph.n; i += 1) if (of[i] === at) found.add(i);
  return found;
}

/** Whether only roads are drawn. @param {Graph} graph @param {State} state */
export const isThinned = (graph, state) => graph.m > MANY_EDGES && !state.all;

/**
 * The edges that are drawn, in order; those at the focus are among them, however weak.
 * @param {Graph} graph @param {State} state @param {Uint8Array} shown
 */
export function shownEdges(graph, state, shown) {
  const kept = isThinned(graph, state) ? roadsOf(graph) : null;
  const node = state.selected;
  const { edges: drawn } = lensOf(state);
  const timed = state.projection === "time";
  const off = Array.from({ length: 8 }, (_, kind) => edgeKindIsOff(state, kind)
    || (drawn !== null && !drawn.includes(kind)) || (timed && kind > CITES));
  const found = [];
  for (let e = 0; e < graph.m; e += 1) {
    const [from, to] = [graph.from[e], graph.to[e]];
    if (!shown[from] || !shown[to] || off[graph.edgeKind[e]]) continue;
    if (!kept || kept[e] || from === node || to === node) found.push(e);
  }
  return found;
}
