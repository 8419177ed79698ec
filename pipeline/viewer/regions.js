// Regions of the map: communities of papers as countries, and what they lie in as continents.

import { META, TAG, TAGGED, edgesAt, isPaper } from "./walking.js";
import { labelOf, namesIn } from "./naming.js";

/** @typedef {import("./types.js").Graph} Graph */

/**
 * @typedef {Object} Region
 * @property {number} number   its community
 * @property {number[]} papers
 * @property {number} x   where most of its papers lie
 * @property {number} y
 * @property {number} continent
 *
 * @typedef {Object} Continent
 * @property {number[]} countries   by their place among the regions
 * @property {number} papers
 * @property {number} x
 * @property {number} y
 *
 * @typedef {Object} Atlas
 * @property {Region[]} countries   those of most papers first
 * @property {Continent[]} continents
 * @property {Int16Array} of   the country of each node, -1 where its community is too small for one
 */

const [LEAST_PAPERS, LEAST_SHARE, MOST_REGIONS, SAMPLE] = [5, 0.002, 80, 400];
const [CONTINENTS, LARGEST_SHARE] = [7, 0.4];

/** @type {WeakMap<Graph, Atlas>} */
const knownAtlases = new WeakMap();

/** The regions of a graph. @param {Graph} graph @returns {Atlas} */
export function atlasOf(graph) {
  const known = knownAtlases.get(graph);
  if (known) return known;
  const papersOf = byCommunity(graph);
  let total = 0;
  for (const papers of papersOf.values()) total += papers.length;
  const least = Math.max(Math.min(LEAST_PAPERS, 2 + total / 15), total * LEAST_SHARE);
  const countries = [...papersOf].filter(([, papers]) => papers.length >= least)
    .sort((a, b) => b[1].length - a[1].length || a[0] - b[0]).slice(0, MOST_REGIONS)
    .map(([number, papers]) => ({ number, papers, ...middleOf(graph, papers), continent: -1 }));
  const place = new Map(countries.map(({ number }, i) => [number, i]));
  const of = new Int16Array(graph.n).fill(-1);
  for (let i = 0; i < graph.n; i += 1) of[i] = place.get(graph.community[i]) ?? -1;
  const atlas = { countries, continents: continentsOf(countries), of };
  knownAtlases.set(graph, atlas);
  return atlas;
}

/** @param {Graph} graph */
function byCommunity(graph) {
  /** @type {Map<number, number[]>} */
  const found = new Map();
  for (let i = 0; i < graph.tables; i += 1) {
    if (!isPaper(graph, i)) continue;
    const own = found.get(graph.community[i]);
    if (own) own.push(i);
    else found.set(graph.community[i], [i]);
  }
  return found;
}

/** The median place of some of these nodes. @param {Graph} graph @param {number[]} nodes */
function middleOf(graph, nodes) {
  const step = Math.ceil(nodes.length / SAMPLE);
  const some = nodes.filter((_, k) => k % step === 0);
  const median = (/** @type {Float32Array} */ axis) =>
    some.map((i) => axis[i]).sort((a, b) => a - b)[some.length >> 1] ?? 0;
  return { x: median(graph.x), y: median(graph.y) };
}

/**
 * Countries that lie together, as few continents: those two are joined that widen least what they
 * spread (Ward, https://doi.org/10.1080/01621459.1963.10500845).
 * @param {Region[]} countries @returns {Continent[]}
 */
function continentsOf(countries) {
  const total = countries.reduce((sum, { papers }) => sum + papers.length, 0);
  /** @type {Continent[]} */
  let found = countries.map(({ papers, x, y }, i) =>
    ({ countries: [i], papers: papers.length, x, y }));
  while (found.length > CONTINENTS) {
    let best = { cost: Infinity, a: -1, b: -1 };
    for (let a = 0; a < found.length; a += 1) {
      for (let b = a + 1; b < found.length; b += 1) {
        const [p, q] = [found[a], found[b]];
        const apart = (p.x - q.x) ** 2 + (p.y - q.y) ** 2;
        const large = p.papers + q.papers > LARGEST_SHARE * total ? 9 : 1;
        const cost = large * apart * p.papers * q.papers / (p.papers + q.papers);
        if (cost < best.cost) best = { cost, a, b };
      }
    }
    const [p, q] = [found[best.a], found[best.b]];
    const papers = p.papers + q.papers;
    const mean = (/** @type {"x"|"y"} */ axis) =>
      (p[axis] * p.papers + q[axis] * q.papers) / papers;
    const joined =
      { countries: [...p.countries, ...q.countries], papers, x: mean("x"), y: mean("y") };
    found = [...found.filter((each) => each !== p && each !== q), joined];
  }
  found.sort((a, b) => b.papers - a.papers);
  found.forEach((each, i) => { for (const at of each.countries) countries[at].continent = i; });
  return found;
}

/** @type {WeakMap<Graph, {countries: string[], continents: string[]}>} */
const called = new WeakMap();

/**
 * What regions are called: countries as in the communities' table, a continent by the tag that sets
 * it apart, which several of its papers have; without any it has no name.
 * @param {Graph} graph
 */
export function regionNames(graph) {
  const known = called.get(graph);
  if (known || !graph.names) return known ?? { countries: [], continents: [] };
  const atlas = atlasOf(graph);
  const names = namesIn(graph);
  const countries = atlas.countries.map(({ number }) => names.get(number) ?? "");
  const groups = atlas.continents.map(({ countries: own }) =>
    own.flatMap((at) => atlas.countries[at].papers));
  const tags = tellingTags(graph, groups);
  const taken = new Set();
  const continents = atlas.continents.map(({ countries: own }, i) => {
    const name = own.length < 2 || atlas.countries.length < 2 * CONTINENTS - 4 ? ""
      : tags[i].find((tag) => !taken.has(tag)) ?? "";
    taken.add(name);
    return name;
  });
  const found = { countries, continents };
  called.set(graph, found);
  return found;
}

/**
 * For each group of papers its telling tags, the most telling first: frequent there and rare in
 * the others (class-based TF-IDF, as communities are named), had by three papers or more.
 * @param {Graph} graph @param {number[][]} groups
 */
export function tellingTags(graph, groups, least = 3) {
  /** @type {Map<number, number>} */
  const everywhere = new Map();
  const counts = groups.map((papers) => {
    /** @type {Map<number, number>} */
    const own = new Map();
    for (const paper of papers) {
      for (const edge of edgesAt(graph, paper)) {
        const tag = graph.to[edge];
        const meta = (graph.flags[tag] & META) > 0;
        if (graph.edgeKind[edge] !== TAGGED || graph.kind[tag] !== TAG || meta) continue;
        own.set(tag, (own.get(tag) ?? 0) + 1);
        everywhere.set(tag, (everywhere.get(tag) ?? 0) + 1);
      }
    }
    return own;
  });
  const usual = [...everywhere.values()].reduce((a, b) => a + b, 0) / Math.max(1, groups.length);
  const weight = (/** @type {[number, number]} */ [tag, count]) =>
    count * Math.log(1 + usual / (everywhere.get(tag) ?? 1));
  return counts.map((own) => [...own].filter(([, count]) => count >= least)
    .sort((a, b) => weight(b) - weight(a) || a[0] - b[0]).map(([tag]) => labelOf(graph, tag)));
}
