// The headline: how much was read and when, and three things that are worth a click.

import { missingPapers } from "./answering.js";
import { mostMentioned } from "./mentioned.js";
import { AUTHOR, CATEGORY, MENTIONS, META, READ, TAG, beyond, edgesAt, degreeOf, isPaper, tagsOf }
  from "./walking.js";
import { atlasOf } from "./regions.js";

/** @typedef {import("./types.js").Graph} Graph */

/**
 * @typedef {Object} Headline
 * @property {number} read   how many papers were read
 * @property {number} cited   how many others they cite or mention
 * @property {number} first   day since 1970 of the first entry, 0 if none is known
 * @property {number} last
 * @property {number} fresh   papers of the last thirty days of reading
 * @property {number[]} added   papers that were read since the build before, the latest first
 * @property {Worth[]} worth
 *
 * @typedef {{word: string, node: number, counts: number[]}} Worth
 * A kind of thing, where it leads, and the numbers that tell why.
 */

const [LATELY_DAYS, QUARTER_DAYS, LEAST_RISING, LEAST_REGIONS] = [30, 91, 3, 3];

/** Bit of `flags`. */
const NEW = 32;

/** @type {WeakMap<Graph, Headline>} */
const knownHeadlines = new WeakMap();

/** @param {Graph} graph @returns {Headline} */
export function headlineOf(graph) {
  const known = knownHeadlines.get(graph);
  if (known) return known;
  const read = [];
  let cited = 0;
  for (let i = 0; i < graph.tables; i += 1) {
    if (graph.kind[i] === READ) read.push(i);
    else if (isPaper(graph, i)) cited += 1;
  }
  const days = read.map((i) => graph.day[i]).filter((day) => day > 0);
  const last = days.reduce((a, b) => Math.max(a, b), 0);
  const bridge = bridgeOf(graph, read);
  const worth = [risingTag(graph, read, last) ?? mainTag(graph, read)
    ?? latestOf(graph, read.filter((node) => node !== bridge?.node)), unreadOf(graph), bridge];
  const found = { read: read.length, cited, last,
    first: days.reduce((a, b) => Math.min(a, b), last),
    fresh: days.filter((day) => day > last - LATELY_DAYS).length,
    added: read.filter((node) => graph.flags[node] & NEW)
      .sort((a, b) => graph.day[b] - graph.day[a] || a - b),
    worth: worth.filter((each) => each !== null) };
  knownHeadlines.set(graph, found);
  return found;
}

/**
 * The tag that the last quarter of reading has more of than all before, null for none.
 * @param {Graph} graph @param {number[]} read @param {number} last @returns {Worth|null}
 */
function risingTag(graph, read, last) {
  /** @type {Map<number, [number, number]>} */
  const counts = new Map();
  let [lately, before] = [0, 0];
  for (const paper of read) {
    if (!graph.day[paper]) continue;
    const late = graph.day[paper] > last - QUARTER_DAYS;
    if (late) lately += 1;
    else before += 1;
    for (const tag of tagsOf(graph, paper)) {
      if (graph.flags[tag] & META) continue;
      const own = counts.get(tag) ?? [0, 0];
      own[late ? 0 : 1] += 1;
      counts.set(tag, own);
    }
  }
  let best = { score: 0, node: -1, counts: /** @type {number[]} */ ([]) };
  for (const [tag, [late, early]] of counts) {
    if (late < LEAST_RISING || !before) continue;
    const gain = (late / lately) / ((early + 1) / (before + 1));
    const score = late * Math.log(gain);
    if (score > best.score) best = { score, node: tag, counts: [late, lately, early, before] };
  }
  return best.score > 0 ? { word: "rising", ...best } : null;
}

/**
 * The tag of most papers that were read, of two at least; null for none.
 * @param {Graph} graph @param {number[]} read @returns {Worth|null}
 */
function mainTag(graph, read) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const tag of read.flatMap((paper) => tagsOf(graph, paper))) {
    if (!(graph.flags[tag] & META)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return best?.[1] > 1 ? { word: "main", node: best[0], counts: [best[1], read.length] } : null;
}

/**
 * The paper that was read last, null for none.
 * @param {Graph} graph @param {number[]} read @returns {Worth|null}
 */
function latestOf(graph, read) {
  const last = read.reduce((a, b) => graph.day[b] > graph.day[a] ? b : a, read[0]);
  return read.length ? { word: "latest", node: last, counts: [degreeOf(graph, last)] } : null;
}

/**
 * The work that most papers cite and was not read; where nobody cites, the one mentioned most.
 * @param {Graph} graph @returns {Worth|null}
 */
function unreadOf(graph) {
  const [unread] = missingPapers(graph, 1);
  if (unread?.by > 1) return { word: "unread", node: unread.node, counts: [unread.by] };
  const { node, times } = mostMentioned(graph);
  return times > 1 ? { word: "often", node, counts: [times] } : null;
}

/**
 * The paper whose neighbours are of most regions, null for none.
 * @param {Graph} graph @param {number[]} read @returns {Worth|null}
 */
function bridgeOf(graph, read) {
  const { of } = atlasOf(graph);
  let best = { node: -1, score: LEAST_REGIONS, counts: [0] };
  for (const paper of read) {
    const regions = new Set([of[paper]]);
    let links = 0;
    for (const edge of edgesAt(graph, paper)) {
      const other = beyond(graph, edge, paper);
      if (graph.kind[other] >= AUTHOR && graph.kind[other] !== TAG) continue;
      if (graph.kind[other] === CATEGORY || of[other] < 0) continue;
      regions.add(of[other]);
      links += graph.edgeKind[edge] === MENTIONS ? 2 : 1;
    }
    const score = regions.size + links / 1_000;
    if (score > best.score) best = { node: paper, score, counts: [regions.size] };
  }
  return best.node < 0 ? null : { word: "bridge", ...best };
}
