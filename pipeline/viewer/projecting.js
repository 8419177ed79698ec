// The second projection: time from left to right, regions one above the other.

import { arxivIdOf } from "./naming.js";
import { atlasOf } from "./regions.js";
import { beyond, edgesAt, isPaper } from "./walking.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").State} State */
/**
 * @typedef {{year: number, x: number, older: boolean}} Tick
 * Where a year begins; the first may hold all before, and what has no year stands in a year 0.
 */

const [SPACING, OWN, LEAST_BAND, APART] = [46, 0.55, 1.6, 0.06];
/** So few years are worth no bar in common; so small a part of the papers is. */
const [MOST_YEARS, FEW_YEARS, FEW_OLD] = [30, 5, 0.04];

/** @type {WeakMap<Graph, Map<number, Graph>>} */
const knownViews = new WeakMap();
/** @type {WeakMap<Graph, Tick[]>} */
const ticksOfViews = new WeakMap();

/** The graph as a state has it lie. @param {Graph} graph @param {State} state */
export const viewOf = (graph, { projection, wide }) =>
  projection === "time" ? inTime(graph, wide) : graph;

/** Where years begin in a view by time. @param {Graph} view */
export const ticksOf = (view) => ticksOfViews.get(view) ?? [];

/**
 * How many times as wide as high a map by time is that fills a window with its borders; in few
 * steps, so that most windows agree on what an address says.
 * @param {HTMLElement} sky
 */
export const wideOf = ({ clientWidth, clientHeight }) =>
  2 ** (Math.round(2 * Math.log2((clientWidth || 1) / (clientHeight || 1))) / 2);

/** @param {Graph} graph @param {number} wide */
function inTime(graph, wide) {
  const views = knownViews.get(graph) ?? new Map();
  const known = views.get(wide);
  if (known) return known;
  const papers = [];
  for (let i = 0; i < graph.tables; i += 1) if (isPaper(graph, i)) papers.push(i);
  const side = SPACING * Math.sqrt(Math.max(1, papers.length) * wide);
  const { x, ticks } = acrossBy(graph, papers, side);
  const y = bandsOf(graph, papers, side / wide);
  for (let i = 0; i < graph.tables; i += 1) if (!isPaper(graph, i)) besideOwn(graph, i, x, y);
  amidOwn(graph, papers, x, y);
  const view = { ...graph, x, y };
  ticksOfViews.set(view, ticks);
  if (graph.names) knownViews.set(graph, views.set(wide, view));
  return view;
}

/**
 * When a paper came out, in years; its arXiv id tells the month.
 * @param {Graph} graph @param {number} i
 */
function whenOf(graph, i) {
  const [, two, month] = /^(\d\d)(0[1-9]|1[0-2])\.\d{4,5}$/.exec(arxivIdOf(graph, i)) ?? [];
  if (two) return 2000 + Number(two) + (Number(month) - 1 + scattered(i)) / 12;
  return graph.year[i] ? graph.year[i] + scattered(i) : 0;
}

/**
 * The first and last year that stand for themselves: few old papers, which would leave no room for
 * the rest, share the first. None is 0.
 * @param {number[]} years
 */
export function yearSpan(years) {
  const sorted = Float64Array.from(years).sort();
  const [low, early, last] =
    [0, Math.floor(sorted.length * FEW_OLD), sorted.length - 1].map((at) => sorted[at] ?? 0);
  return [Math.max(last - MOST_YEARS + 1, early - low < FEW_YEARS ? low : early), last];
}

/** A number from 0 to 1 that is a node's own. @param {number} i */
const scattered = (i) => (Math.imul(i + 1, 2654435761) >>> 8) / 16777216;

/**
 * Places by time: a year is the wider the more papers it has; what has none stands apart, behind.
 * @param {Graph} graph @param {number[]} papers @param {number} side
 */
function acrossBy(graph, papers, side) {
  const when = papers.map((i) => whenOf(graph, i));
  const years = when.filter(Boolean).map(Math.floor);
  const [first, last] = yearSpan(years);
  const counts = new Array(years.length ? last - first + 1 : 0).fill(0);
  for (const year of years) counts[Math.max(0, year - first)] += 1;
  const [known, unknown] = [counts.length, papers.length - years.length];
  if (unknown) counts.push(unknown);
  const widths = counts.map((count) =>
    side * ((1 - OWN) / counts.length + OWN * count / papers.length));
  /** @type {Tick[]} */
  const ticks = [];
  let at = -side / 2;
  widths.forEach((wide, i) => {
    if (i && i === known) at += side * APART;
    const older = !i && years.some((year) => year < first);
    ticks.push({ year: i < known ? first + i : 0, x: at, older });
    at += wide;
  });
  const x = new Float32Array(graph.n);
  papers.forEach((i, k) => {
    const bin = when[k] ? Math.max(0, Math.floor(when[k]) - first) : known;
    const part = when[k] < first ? scattered(i) : when[k] - Math.floor(when[k]);
    x[i] = ticks[bin].x + widths[bin] * part;
  });
  return { x, ticks };
}

/**
 * Places by region: a band each, in the order of the map from top to bottom, and within it in the
 * order in which its papers lie there.
 * @param {Graph} graph @param {number[]} papers @param {number} high   of all bands
 */
function bandsOf(graph, papers, high) {
  const { countries, of } = atlasOf(graph);
  const order = countries.map((_, i) => i).sort((a, b) => countries[a].y - countries[b].y);
  const bands = [...order, -1].map((country) => papers.filter((i) => of[i] === country)
    .sort((a, b) => graph.y[a] - graph.y[b] || a - b)).filter((own) => own.length);
  const tall = (/** @type {number[]} */ own) => own.length ** 0.7 + LEAST_BAND;
  const unit = high / Math.max(1, bands.reduce((sum, own) => sum + tall(own), 0));
  const y = new Float32Array(graph.n);
  let top = -high / 2;
  for (const own of bands) {
    const band = unit * tall(own);
    own.forEach((i, k) => { y[i] = top + band * (0.12 + 0.76 * (k + 0.5) / own.length); });
    top += band;
  }
  return y;
}

/**
 * Who or what is no paper stands beside that of its papers which is nearest to the middle of all.
 * @param {Graph} graph @param {number} node @param {Float32Array} x @param {Float32Array} y
 */
function besideOwn(graph, node, x, y) {
  const papers = [...edgesAt(graph, node)].map((edge) => beyond(graph, edge, node))
    .filter((other) => isPaper(graph, other));
  if (!papers.length) return;
  const [across, down] = [x, y].map((axis) =>
    papers.reduce((sum, paper) => sum + axis[paper], 0) / papers.length);
  const gaps = papers.map((i) => Math.hypot(x[i] - across, y[i] - down));
  const own = papers[gaps.indexOf(gaps.reduce((a, b) => Math.min(a, b)))];
  x[node] = x[own] + (scattered(node) - 0.5) * SPACING;
  y[node] = y[own] + (scattered(node + 7) - 0.5) * SPACING;
}

/**
 * A community that is drawn as one stands amid its papers.
 * @param {Graph} graph @param {number[]} papers @param {Float32Array} x @param {Float32Array} y
 */
function amidOwn(graph, papers, x, y) {
  const of = new Map();
  for (let i = graph.tables; i < graph.n; i += 1) of.set(graph.community[i], i);
  const counts = new Uint32Array(graph.n);
  for (const paper of of.size ? papers : []) {
    const group = of.get(graph.community[paper]);
    if (group === undefined) continue;
    counts[group] += 1;
    x[group] += (x[paper] - x[group]) / counts[group];
    y[group] += (y[paper] - y[group]) / counts[group];
  }
}
