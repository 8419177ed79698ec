// The headline: how much was read and when, and three things that are worth a click.

import { AUTHOR, CATEGORY, CITES, MENTIONS, READ, TAG, beyond, edgesAt, edgesOf, isPaper, tagsOf }
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
 * @property {{word: string, node: number}[]} worth   a kind of thing, and where it leads
 */

const [MONTH, QUARTER, LEAST_RISING, LEAST_REGIONS] = [30, 91, 3, 3];

/** @type {WeakMap<Graph, Headline>} */
const kept = new WeakMap();

/** @param {Graph} graph @returns {Headline} */
export function headlineOf(graph) {
  const known = kept.get(graph);
  if (known) return known;
  const read = [];
  let cited = 0;
  for (let i = 0; i < graph.tables; i += 1) {
    if (graph.kind[i] === READ) read.push(i);
    else if (isPaper(graph, i)) cited += 1;
  }
  const days = read.map((i) => graph.day[i]).filter((day) => day > 0);
  const last = days.reduce((a, b) => Math.max(a, b), 0);
  const worth = [{ word: "rising", node: risingTag(graph, read, last) },
    { word: "unread", node: mostCited(graph) }, { word: "bridge", node: bridgeOf(graph, read) }];
  const found = { read: read.length, cited, last,
    first: days.reduce((a, b) => Math.min(a, b), last),
    fresh: days.filter((day) => day > last - MONTH).length,
    worth: worth.filter(({ node }) => node >= 0) };
  kept.set(graph, found);
  return found;
}

/**
 * The tag that the last quarter of reading has more of than all before, -1 for none.
 * @param {Graph} graph @param {number[]} read @param {number} last
 */
function risingTag(graph, read, last) {
  /** @type {Map<number, [number, number]>} */
  const counts = new Map();
  let [lately, before] = [0, 0];
  for (const paper of read) {
    if (!graph.day[paper]) continue;
    const late = graph.day[paper] > last - QUARTER;
    if (late) lately += 1;
    else before += 1;
    for (const tag of tagsOf(graph, paper)) {
      if (graph.flags[tag] & 16) continue;
      const own = counts.get(tag) ?? [0, 0];
      own[late ? 0 : 1] += 1;
      counts.set(tag, own);
    }
  }
  let best = { tag: -1, score: 0 };
  for (const [tag, [late, early]] of counts) {
    if (late < LEAST_RISING || !before) continue;
    const gain = (late / lately) / ((early + 1) / (before + 1));
    const score = late * Math.log(gain);
    if (score > best.score) best = { tag, score };
  }
  return best.tag;
}

/** The work that most papers which were read cite, and that was not. @param {Graph} graph */
function mostCited(graph) {
  let best = { node: -1, count: 1 };
  for (let i = 0; i < graph.tables; i += 1) {
    if (!isPaper(graph, i) || graph.kind[i] === READ) continue;
    const count = edgesOf(graph, i, CITES, "to")
      .filter((edge) => graph.kind[graph.from[edge]] === READ).length;
    if (count > best.count) best = { node: i, count };
  }
  return best.node;
}

/** The paper whose neighbours are of most regions. @param {Graph} graph @param {number[]} read */
function bridgeOf(graph, read) {
  const { of } = atlasOf(graph);
  let best = { node: -1, score: LEAST_REGIONS };
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
    if (score > best.score) best = { node: paper, score };
  }
  return best.node;
}
