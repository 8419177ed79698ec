// Towns: where within a region papers of one matter lie, found when the reader comes near.

import { folded } from "./folding.js";
import { labelOf } from "./naming.js";
import { atlasOf, regionNames, tellingTags } from "./regions.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {{name: string, x: number, y: number, papers: number[]}} Town */

const [PAPERS_EACH, MOST_TOWNS, MEAN_ROUNDS, LEAST_TITLES, SHORTEST] = [24, 9, 8, 3, 4];
/** Words of titles that tell nothing of what they are about. */
const EMPTY = new Set(("a an and are as at based be beyond by can deep for from how improving in "
  + "into is it its large learning learn method methods model models network networks "
  + "neural new of on or over the their through to toward towards training "
  + "under using via we what when where with "
  + "approach analysis study efficient data task tasks paper system systems language less more "
  + "theory some note problem problems").split(" "));

/** @type {WeakMap<Graph, Map<number, Town[]>>} */
const knownTowns = new WeakMap();

/**
 * The towns of a country, those of most papers first.
 * @param {Graph} graph @param {number} country
 */
export function townsOf(graph, country) {
  const own = knownTowns.get(graph) ?? new Map();
  knownTowns.set(graph, own);
  if (!own.has(country)) own.set(country, foundIn(graph, country));
  return /** @type {Town[]} */ (own.get(country));
}

/** @param {Graph} graph @param {number} country @returns {Town[]} */
function foundIn(graph, country) {
  const { papers } = atlasOf(graph).countries[country];
  const count = Math.min(MOST_TOWNS, Math.floor(papers.length / PAPERS_EACH));
  if (count < 2) return [];
  const groups = clustered(graph, papers, count);
  const said = regionNames(graph).countries[country];
  const tags = tellingTags(graph, groups);
  const words = tellingWords(graph, groups);
  const taken = new Set(said.split(" · "));
  return groups.map((members, i) => {
    const term = [...tags[i], ...words[i]].find((each) => !taken.has(each)) ?? "";
    taken.add(term);
    const mean = (/** @type {Float32Array} */ axis) =>
      members.reduce((sum, each) => sum + axis[each], 0) / members.length;
    return { name: term, x: mean(graph.x), y: mean(graph.y), papers: members };
  }).filter(({ name }) => name).sort((a, b) => b.papers.length - a.papers.length);
}

/**
 * Papers by place: each with the nearest of some middles, which move to their mean (k-means), the
 * first of them as far apart as can be.
 * @param {Graph} graph @param {number[]} papers @param {number} count
 */
function clustered({ x, y }, papers, count) {
  const apart = (/** @type {number} */ i, /** @type {number[]} */ [a, b]) =>
    (x[i] - a) ** 2 + (y[i] - b) ** 2;
  const middles = [[x[papers[0]], y[papers[0]]]];
  const gap = papers.map((i) => apart(i, middles[0]));
  while (middles.length < count) {
    const far = papers[gap.indexOf(gap.reduce((a, b) => Math.max(a, b)))];
    middles.push([x[far], y[far]]);
    papers.forEach((i, k) => { gap[k] = Math.min(gap[k], apart(i, [x[far], y[far]])); });
  }
  /** @type {number[][]} */
  let groups = [];
  for (let round = 0; round < MEAN_ROUNDS; round += 1) {
    groups = middles.map(() => []);
    for (const i of papers) {
      let best = 0;
      for (let k = 1; k < count; k += 1) {
        if (apart(i, middles[k]) < apart(i, middles[best])) best = k;
      }
      groups[best].push(i);
    }
    groups.forEach((own, k) => {
      if (!own.length) return;
      const sums = own.reduce(([a, b], i) => [a + x[i], b + y[i]], [0, 0]);
      middles[k] = sums.map((sum) => sum / own.length);
    });
  }
  return groups.filter((own) => own.length);
}

/**
 * For each group of papers words of titles that are frequent there and rare in the others.
 * @param {Graph} graph @param {number[][]} groups
 */
function tellingWords(graph, groups) {
  /** @type {Map<string, number>} */
  const everywhere = new Map();
  const counts = groups.map((papers) => {
    /** @type {Map<string, number>} */
    const own = new Map();
    for (const paper of papers) {
      const words = new Set(folded(labelOf(graph, paper)).match(/[\p{L}][\p{L}\p{N}-]+/gu) ?? []);
      for (const word of words) {
        if (word.length < SHORTEST || EMPTY.has(word)) continue;
        own.set(word, (own.get(word) ?? 0) + 1);
        everywhere.set(word, (everywhere.get(word) ?? 0) + 1);
      }
    }
    return own;
  });
  const weight = (/** @type {[string, number]} */ [word, count]) =>
    count * count / (everywhere.get(word) ?? 1);
  return counts.map((own) => [...own].filter(([, count]) => count >= LEAST_TITLES)
    .sort((a, b) => weight(b) - weight(a) || (a[0] < b[0] ? -1 : 1)).map(([word]) => word));
}
