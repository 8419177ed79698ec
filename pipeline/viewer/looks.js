// How nodes and edges look: catalogues of colourings and sizes, and the reducers over them.

import { AUTHOR, CATEGORY, EDGE_KINDS, GROUP, KINDS, PAPER, READ, TAG, degreeOf, isPaper, tagsOf }
  from "./walking.js";
import { KINDS_OF_EDGE } from "./edge_kinds.js";
import { lensColours } from "./lenses.js";
import { timesCited } from "./mentioned.js";
import { atlasOf } from "./regions.js";
import { REGION_HUES, rgbOf, terrainOf } from "./terrain.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Look} Look */

/** Okabe and Ito's palette (https://jfly.uni-koeln.de/color/), a colour and a shape each kind. */
export const NODE_LOOKS = [
  { colour: 0xd55e00, shape: 0 }, { colour: 0xe69f00, shape: 0 }, { colour: 0x0072b2, shape: 1 },
  { colour: 0x56b4e9, shape: 2 }, { colour: 0x009e73, shape: 3 }, { colour: 0xcc79a7, shape: 4 },
  { colour: 0x7a8190, shape: 0 },
];

export const EDGE_LOOKS = KINDS_OF_EDGE;

export const GREY = 0x9a9fa8;
/** What was read in the newest month is drawn in this. */
export const FRESH = 0xe0451f;
const FRESH_DAYS = 31;
/** Of communities: apart by hue and by lightness. */
export const GROUP_COLOURS = [
  0x0072b2, 0xe69f00, 0x009e73, 0xd55e00, 0xcc79a7, 0x56b4e9, 0x8f7a00, 0x6a51a3, 0x7f3b08,
  0x35978f,
];
/** Of years, from long ago to now: cividis, even in lightness to every eye. */
export const YEAR_COLOURS = [0x2c4370, 0x4b596e, 0x66707a, 0x828679, 0xa39e72, 0xc7b866, 0xf0d64a];

/** The first and last year of all papers. @param {Graph} graph @returns {[number, number]} */
export function yearsOf(graph) {
  let [low, high] = [9999, 0];
  for (let i = 0; i < graph.tables; i += 1) {
    const year = graph.year[i];
    if (year > 0 && year < low) low = year;
    if (year > high) high = year;
  }
  return [low, high];
}

/** The tags by how many papers have them. @param {Graph} graph @param {number} kind */
export function ranked(graph, kind) {
  const found = [];
  for (let i = 0; i < graph.tables; i += 1) if (graph.kind[i] === kind) found.push(i);
  return found.sort((a, b) => degreeOf(graph, b) - degreeOf(graph, a) || a - b);
}

/**
 * For each region its colours by kind: papers that were read strong, others paler; people have
 * none.
 * @param {Graph} graph
 */
export function regionColours(graph) {
  const tint = (/** @type {number} */ hue, /** @type {number} */ s, /** @type {number} */ l) => {
    const [r, g, b] = rgbOf(REGION_HUES[hue], s, l);
    return (r << 16) + (g << 8) + b;
  };
  return terrainOf(graph).hues.map((hue) => {
    const [strong, pale] = [tint(hue, 0.62, 0.42), tint(hue, 0.42, 0.56)];
    /** @type {Record<number, number>} */
    const colours = { [READ]: strong, [PAPER]: pale, [TAG]: strong, [GROUP]: strong };
    return colours;
  });
}

/**
 * The day after which the newest month of reading begins; none where all was read in it.
 * @param {Graph} graph
 */
export function newestMonth({ day }) {
  const since = day.reduce((a, b) => Math.max(a, b), 0) - FRESH_DAYS;
  return day.some((each) => each > 0 && each <= since) ? since : Infinity;
}

/**
 * @typedef {Object} Colouring
 * @property {string} id
 * @property {string} label   its name among the words
 * @property {string[]} parameters   of the state
 * @property {(graph: Graph, state: State) => (node: number) => number} fn   to 0xrrggbb
 */

/** @type {Colouring[]} */
export const COLOURINGS = [
  { id: "kind", label: "byKind", parameters: [],
    fn: (graph) => (node) => NODE_LOOKS[graph.kind[node]].colour },
  { id: "community", label: "byCommunity", parameters: [], fn: (graph) => {
    const { of } = atlasOf(graph);
    const colours = regionColours(graph);
    return (node) => colours[of[node]]?.[graph.kind[node]] ?? GREY;
  } },
  { id: "year", label: "byYear", parameters: [], fn: (graph) => {
    const [low, high] = yearsOf(graph);
    // Most papers are of the last years: the scale is of them.
    const start = Math.max(low, high - 12);
    return (node) => {
      if (!graph.year[node]) return GREY;
      const part = Math.max(0, (graph.year[node] - start) / Math.max(1, high - start));
      return YEAR_COLOURS[Math.round(part * (YEAR_COLOURS.length - 1))];
    };
  } },
  { id: "tag", label: "byTag", parameters: ["tag"], fn: (graph, { tag }) => {
    const tags = tag === null ? ranked(graph, 4).slice(0, GROUP_COLOURS.length) : [tag];
    const colours = new Map(tags.map((each, i) => [each, GROUP_COLOURS[i]]));
    return (node) => {
      if (colours.has(node)) return colours.get(node) ?? GREY;
      const own = isPaper(graph, node) && tagsOf(graph, node).find((each) => colours.has(each));
      return own === false || own === undefined ? GREY : colours.get(own) ?? GREY;
    };
  } },
  { id: "own", label: "byOwn", parameters: [],
    fn: ({ own }) => (node) => own?.key[own.of[node]]?.[0] ?? GREY },
];

/**
 * @typedef {Object} Sizing
 * @property {string} id
 * @property {string} label
 * @property {string[]} parameters
 * @property {(graph: Graph) => (node: number) => number} fn   a diameter in units of the layout
 */

const grown = (/** @type {number} */ part) => 5 + 40 * Math.sqrt(part);

/** @param {Uint32Array} counts */
const shareOfMost = (counts) => {
  const most = Math.max(1, counts.reduce((a, b) => Math.max(a, b), 0));
  return (/** @type {number} */ node) => grown(counts[node] / most);
};

/** @type {Sizing[]} */
export const SIZINGS = [
  { id: "laid", label: "byWeight", parameters: [], fn: (graph) => (node) => graph.size[node] },
  { id: "degree", label: "byDegree", parameters: [],
    fn: (graph) => shareOfMost(Uint32Array.from(graph.size, (_, i) => degreeOf(graph, i))) },
  { id: "cited", label: "byCited", parameters: [], fn: (graph) => shareOfMost(timesCited(graph)) },
  { id: "rank", label: "byRank", parameters: [],
    fn: (graph) => (node) => grown((graph.rank[node] / 255) ** 2) },
  { id: "same", label: "bySame", parameters: [], fn: () => () => 11 },
];

/**
 * The look of any node, faded where others are in focus.
 * @param {Graph} graph @param {State} state @param {Set<number>|null} near
 * @returns {(node: number, look: Look) => Look}
 */
export function nodeReducer(graph, state, near) {
  const named = (/** @type {{id: string}[]} */ all, /** @type {string} */ id) =>
    /** @type {any} */ (all.find((each) => each.id === id) ?? all[0]);
  const colour = named(COLOURINGS, state.colour).fn(graph, state);
  const size = named(SIZINGS, state.size).fn(graph);
  const apart = state.lens === "difference" ? lensColours(graph) : null;
  const inked = state.colour === "community" && graph.n === graph.tables;
  const since = newestMonth(graph);
  const chosen = new Set(state.chosen);
  return (node, look) => {
    const plain = graph.kind[node] === GROUP && state.colour !== "community";
    look.colour = plain ? GREY : inked && graph.day[node] > since ? FRESH : colour(node);
    look.colour = apart?.get(node) ?? look.colour;
    look.size = graph.kind[node] === GROUP ? graph.size[node] : size(node);
    look.alpha = !near || near.has(node) ? 1 : 0.1;
    look.style = graph.kind[node] === READ ? 1 : 0;
    if (graph.kind[node] === AUTHOR && graph.flags[node] & 1) look.style = 2;
    if (node === state.selected || chosen.has(node)) look.style += 4;
    return look;
  };
}

/** @param {number} kind */
export const kindIsOff = (/** @type {State} */ state, kind) => state.off.includes(KINDS[kind]);
/** @param {number} kind */
export const edgeKindIsOff = (/** @type {State} */ state, kind) =>
  state.off.includes(`edge:${EDGE_KINDS[kind]}`);

export const LEGEND_NODES = [READ, 1, AUTHOR, 3, 4, CATEGORY, GROUP];
/** @param {number} colour */
export const hex = (colour) => `#${colour.toString(16).padStart(6, "0")}`;
