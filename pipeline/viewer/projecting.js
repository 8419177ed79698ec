// The second projection: time from left to right, regions one above the other.

import { arxivIdOf } from "./naming.js";
import { atlasOf } from "./regions.js";
import { beyond, edgesAt, isPaper } from "./walking.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").State} State */
/** @typedef {{year: number, x: number}} Tick   where a year begins; the first holds all before */

const [SPACING, WIDE, MOST_YEARS, OWN, LEAST_BAND] = [46, 2, 30, 0.55, 1.6];

/** @type {WeakMap<Graph, {view: Graph, ticks: Tick[]}>} */
const knownViews = new WeakMap();

/** The graph as a state has it lie. @param {Graph} graph @param {State} state */
export const viewOf = (graph, { projection }) =>
  projection === "time" ? inTime(graph).view : graph;

/** Where years begin in the projection by time. @param {Graph} graph @returns {Tick[]} */
export const ticksOf = (graph) => inTime(graph).ticks;

/** @param {Graph} graph */
function inTime(graph) {
  const known = knownViews.get(graph);
  if (known) return known;
  const papers = [];
  for (let i = 0; i < graph.tables; i += 1) if (isPaper(graph, i)) papers.push(i);
  const { x, ticks } = acrossBy(graph, papers);
  const y = bandsOf(graph, papers);
  for (let i = 0; i < graph.n; i += 1) if (!isPaper(graph, i)) besideOwn(graph, i, x, y);
  const found = { view: { ...graph, x, y }, ticks };
  if (graph.names) for (const each of [graph, found.view]) knownViews.set(each, found);
  return found;
}

/** The side of a map of so many papers. @param {number} papers */
const sideOf = (papers) => SPACING * Math.sqrt(Math.max(1, papers) * WIDE);

/**
 * When a paper came out, in years; its arXiv id tells the month.
 * @param {Graph} graph @param {number} i
 */
function whenOf(graph, i) {
  const [, two, month] = /^(\d\d)(0[1-9]|1[0-2])\.\d{4,5}$/.exec(arxivIdOf(graph, i)) ?? [];
  if (two) return 2000 + Number(two) + (Number(month) - 1 + scattered(i)) / 12;
  return graph.year[i] ? graph.year[i] + scattered(i) : 0;
}

/** A number from 0 to 1 that is a node's own. @param {number} i */
const scattered = (i) => (Math.imul(i + 1, 2654435761) >>> 8) / 16777216;

/**
 * Places by time: a year is the wider the more papers it has.
 * @param {Graph} graph @param {number[]} papers
 */
function acrossBy(graph, papers) {
  const when = papers.map((i) => whenOf(graph, i));
  const years = when.filter(Boolean).map(Math.floor);
  const last = years.reduce((a, b) => Math.max(a, b), 0);
  const first = Math.max(last - MOST_YEARS + 1, years.reduce((a, b) => Math.min(a, b), last));
  const counts = new Array(last - first + 1).fill(0);
  for (const year of years) counts[Math.max(0, year - first)] += 1;
  const side = sideOf(papers.length);
  const total = Math.max(1, years.length);
  const widths = counts.map((count) =>
    side * ((1 - OWN) / counts.length + OWN * count / total));
  /** @type {Tick[]} */
  const ticks = [];
  let at = -side / 2;
  widths.forEach((wide, i) => {
    ticks.push({ year: first + i, x: at });
    at += wide;
  });
  const x = new Float32Array(graph.n);
  papers.forEach((i, k) => {
    const bin = Math.max(0, Math.floor(when[k]) - first);
    const part = when[k] < first ? scattered(i) : when[k] - Math.floor(when[k]);
    // What has no year stands before all years.
    x[i] = when[k] ? ticks[bin].x + widths[bin] * part : -side * (0.53 + 0.03 * scattered(i));
  });
  return { x, ticks };
}

/**
 * Places by region: a band each, in the order of the map from top to bottom, and within it in the
 * order in which its papers lie there.
 * @param {Graph} graph @param {number[]} papers
 */
function bandsOf(graph, papers) {
  const { countries, of } = atlasOf(graph);
  const order = countries.map((_, i) => i).sort((a, b) => countries[a].y - countries[b].y);
  const bands = [...order, -1].map((country) => papers.filter((i) => of[i] === country)
    .sort((a, b) => graph.y[a] - graph.y[b] || a - b)).filter((own) => own.length);
  const tall = (/** @type {number[]} */ own) => own.length ** 0.7 + LEAST_BAND;
  const unit = sideOf(papers.length) / WIDE
    / Math.max(1, bands.reduce((sum, own) => sum + tall(own), 0));
  const y = new Float32Array(graph.n);
  let top = -sideOf(papers.length) / WIDE / 2;
  for (const own of bands) {
    const high = unit * tall(own);
    own.forEach((i, k) => { y[i] = top + high * (0.12 + 0.76 * (k + 0.5) / own.length); });
    top += high;
  }
  return y;
}

/**
 * Who or what is no paper stands at the middle of its papers.
 * @param {Graph} graph @param {number} node @param {Float32Array} x @param {Float32Array} y
 */
function besideOwn(graph, node, x, y) {
  let [count, across, down] = [0, 0, 0];
  for (const edge of edgesAt(graph, node)) {
    const other = beyond(graph, edge, node);
    if (!isPaper(graph, other)) continue;
    count += 1;
    across += x[other];
    down += y[other];
  }
  if (!count) return;
  x[node] = across / count + (scattered(node) - 0.5) * SPACING / 2;
  y[node] = down / count + (scattered(node + 7) - 0.5) * SPACING / 2;
}
