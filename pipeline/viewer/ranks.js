// The names of regions by rank: continents from afar, countries, and towns from near.

import { folded } from "./folding.js";
import { fewerTerms } from "./naming.js";
import { atlasOf, regionNames } from "./regions.js";
import { townsOf } from "./towns.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").Frame} Frame */

/**
 * @typedef {Object} Name
 * @property {string} text
 * @property {number} x   in units
 * @property {number} y
 * @property {number} px
 * @property {"continent"|"country"|"town"} rank
 * @property {number} region   the country that it leads to, -1 for a continent
 * @property {number} papers
 */

/** How many times nearer than all is in sight each rank begins and ends. */
const [CONTINENTS_UNTIL, COUNTRIES_UNTIL, TOWNS_FROM] = [1.9, 7, 2.4];
const CONTINENT_LETTERS = 18;

/** A term as it is compared: `scaling-laws` is `scaling law`. @param {string} term */
const rootOf = (term) => folded(term).replace(/[_-]/g, " ").replace(/s$/, "");

/**
 * The names that fit how near the reader is, in the order in which they take room.
 * No term is written twice, if another tells a region as well. Bands by time lie in no continent.
 * @param {Graph} graph @param {Frame} frame @param {number} whole   scale of all in sight
 * @param {boolean} timed
 * @returns {Name[]}
 */
export function namesBy(graph, { camera, width, height }, whole, timed) {
  const near = camera.scale / whole;
  const { countries, continents } = atlasOf(graph);
  const said = regionNames(graph);
  /** @type {Name[]} */
  const found = [];
  const inSight = (/** @type {{x: number, y: number}} */ { x, y }) =>
    Math.abs(x - camera.x) * camera.scale < width / 2
      && Math.abs(y - camera.y) * camera.scale < height / 2;
  const taken = new Set();
  const isFree = (/** @type {string} */ term) => !taken.has(rootOf(term));
  const take = (/** @type {string} */ text) => {
    for (const term of text.split(" · ")) taken.add(rootOf(term));
    return text;
  };
  const shrunk = Math.max(0.78, Math.min(1, width / 1_000));
  if (near < CONTINENTS_UNTIL && !timed) {
    continents.forEach(({ x, y, papers }, i) => {
      const text = said.continents[i];
      if (!text || text.length > CONTINENT_LETTERS) return;
      found.push({ text: spaced(take(text)), x, y, px: Math.round(19 * shrunk), rank: "continent",
        region: -1, papers });
    });
  }
  if (near < COUNTRIES_UNTIL || timed) {
    countries.forEach(({ x, y, papers }, i) => {
      const terms = (said.countries[i] ?? "").split(" · ");
      const free = terms.filter(isFree);
      const told = free.length ? free.slice(0, 2) : terms.slice(0, 1);
      const text = take(fewerTerms(told.join(" · "), near < 1.5 ? 22 : 32));
      const at = timed ? camera.x : x;
      if (text) found.push({ text, x: at, y, px: Math.round((near < 1.5 ? 13.5 : 16) * shrunk),
        rank: "country", region: i, papers: papers.length });
    });
  }
  if (near > TOWNS_FROM) {
    countries.forEach((country, i) => {
      const isNear =
        country.papers.some((paper) => inSight({ x: graph.x[paper], y: graph.y[paper] }));
      if (!isNear) return;
      for (const { name, x, y, papers } of townsOf(graph, i)) {
        if (isFree(name)) found.push({ text: take(name), x, y, px: 13, rank: "town", region: i,
          papers: papers.length });
      }
    });
  }
  return found.filter(inSight);
}

/** Letters apart, as the names of continents are written. @param {string} text */
const spaced = (text) => /\p{Script=Hangul}/u.test(text) ? text
  : [...text.replace(/[_-]/g, " ").toUpperCase()].join("\u200a");
