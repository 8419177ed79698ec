// The land under the nodes: where papers lie, which region each place is of, and how dense it is.

import { atlasOf } from "./regions.js";
import { isPaper } from "./walking.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").Land} Land */

/** Cells along the longer side, which few papers need not; what is drawn of them is smoothed. */
const [CELLS, FEW_CELLS, FEW_PAPERS] = [168, 80, 900];
/** The part of a side that is beside the papers: as wide as the blur of so many. */
const [MARGIN, FEW_MARGIN] = [1 / 12, 0.2];
/** Papers about a cell are of the density of one over this many cells of blur. */
const [LEAST_BLUR, BLUR_SPACINGS] = [1.4, 1.25];
/** Of the median density at papers: where the coast begins, and from where on land is whole. */
const [COAST, INLAND] = [0.1, 0.34];

/**
 * @typedef {Object} Terrain
 * A square grid over the layout; rows go downwards.
 * @property {number} cells   along each side
 * @property {number} left
 * @property {number} top
 * @property {number} cell   its width in units
 * @property {Float32Array} density   1 where papers lie as dense as they do at the median paper
 * @property {Int16Array} country   -1 where there is none
 * @property {number[]} hues   of each country, by number of hue
 */

/** @type {WeakMap<Graph, Terrain>} */
const knownTerrains = new WeakMap();

/** The ten hues of regions, reused so that neighbours differ, by day and by night. */
export const REGION_HUES = [215, 32, 150, 285, 55, 190, 340, 100, 250, 12];
/** So many of them are the easiest to tell apart. */
const CLEAREST = 7;

/** The terrain of a graph. @param {Graph} graph @returns {Terrain} */
export function terrainOf(graph) {
  const known = knownTerrains.get(graph);
  if (known) return known;
  const { countries, of } = atlasOf(graph);
  const land = [];
  for (let i = 0; i < graph.tables; i += 1) {
    if (isPaper(graph, i)) land.push(i);
  }
  const few = land.length <= FEW_PAPERS;
  const [cells, margin] = few ? [FEW_CELLS, FEW_MARGIN] : [CELLS, MARGIN];
  const grid = gridOf(graph, land, cells, margin);
  const spacing = Math.sqrt(grid.used * grid.used / Math.max(1, land.length));
  // Blurred three times, land ends before its margin does.
  const blur = Math.max(LEAST_BLUR, Math.min(margin * cells / 3.2, BLUR_SPACINGS * spacing));
  const all = new Float32Array(cells * cells);
  const country = new Int16Array(cells * cells).fill(-1);
  const most = new Float32Array(cells * cells);
  // The first are of no country, and are nobody's land.
  const members = [-1, ...countries].map(() => /** @type {number[]} */ ([]));
  for (const i of land) members[of[i] + 1].push(i);
  members.forEach((own, at) => {
    const { field, row, column, wide } = splat(graph, grid, own, blur);
    for (let k = 0; k < field.length; k += 1) {
      const c = (row + Math.floor(k / wide)) * cells + column + k % wide;
      all[c] += field[k];
      if (field[k] > most[c]) [most[c], country[c]] = [field[k], at - 1];
    }
  });
  const density = relative(graph, grid, all, land);
  const hues = huesOf(cells, country, density, wishesOf(graph, countries));
  const found = { ...grid, density, country, hues };
  knownTerrains.set(graph, found);
  return found;
}

/** @param {Graph} graph @param {number[]} land @param {number} cells @param {number} margin */
function gridOf({ x, y }, land, cells, margin) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const i of land) {
    [left, right] = [Math.min(left, x[i]), Math.max(right, x[i])];
    [top, bottom] = [Math.min(top, y[i]), Math.max(bottom, y[i])];
  }
  if (left === Infinity) [left, right, top, bottom] = [0, 1, 0, 1];
  const side = Math.max(right - left, bottom - top, 1);
  const cell = side / (cells * (1 - 2 * margin));
  const used = Math.sqrt(Math.max(1, (right - left) / cell) * Math.max(1, (bottom - top) / cell));
  return { cells, cell, used, left: (left + right - cells * cell) / 2,
    top: (top + bottom - cells * cell) / 2 };
}

/** @param {Graph} graph @param {ReturnType<typeof gridOf>} grid @param {number} i */
const cellOf = (graph, { cells, left, top, cell }, i) =>
  Math.min(cells - 1, Math.floor((graph.y[i] - top) / cell)) * cells
    + Math.min(cells - 1, Math.floor((graph.x[i] - left) / cell));

/**
 * How many of these nodes lie about each cell, blurred three times by a box: nearly a Gaussian.
 * Only the part of the grid that they reach is made: from `row` and `column`, so `high` and `wide`.
 * @param {Graph} graph @param {ReturnType<typeof gridOf>} grid @param {number[]} nodes
 * @param {number} blur   in cells
 */
function splat(graph, grid, nodes, blur) {
  const { cells } = grid;
  const own = nodes.map((i) => cellOf(graph, grid, i));
  const radius = Math.max(1, Math.round(blur));
  let [left, right, top, bottom] = [cells, 0, cells, 0];
  for (const cell of own) {
    const [row, column] = [Math.floor(cell / cells), cell % cells];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
  }
  const row = Math.max(0, top - 3 * radius);
  const column = Math.max(0, left - 3 * radius);
  const high = Math.max(0, Math.min(cells, bottom + 3 * radius + 1) - row);
  const wide = Math.max(0, Math.min(cells, right + 3 * radius + 1) - column);
  const [field, between] = [new Float32Array(high * wide), new Float32Array(high * wide)];
  for (const cell of own) {
    field[(Math.floor(cell / cells) - row) * wide + cell % cells - column] += 1;
  }
  for (let pass = 0; pass < 3; pass += 1) {
    for (let k = 0; k < high; k += 1) boxed(field, between, [k * wide, 1, wide], radius);
    for (let k = 0; k < wide; k += 1) boxed(between, field, [k, wide, high], radius);
  }
  return { field, row, column, high, wide };
}

/**
 * One line of cells (where it starts, its step, its length), each the mean of those about it.
 * @param {Float32Array} from @param {Float32Array} to @param {[number, number, number]} line
 * @param {number} radius
 */
function boxed(from, to, [start, step, length], radius) {
  let sum = 0;
  for (let k = 0; k < Math.min(radius, length); k += 1) sum += from[start + k * step];
  const share = 1 / (2 * radius + 1);
  for (let k = 0; k < length; k += 1) {
    if (k + radius < length) sum += from[start + (k + radius) * step];
    if (k - radius - 1 >= 0) sum -= from[start + (k - radius - 1) * step];
    to[start + k * step] = sum * share;
  }
}

/**
 * Densities as parts of the median one where nodes lie.
 * @param {Graph} graph @param {ReturnType<typeof gridOf>} grid @param {Float32Array} field
 * @param {number[]} land
 */
function relative(graph, grid, field, land) {
  const step = Math.ceil(land.length / 2_000);
  const some = land.filter((_, k) => k % step === 0).map((i) => field[cellOf(graph, grid, i)]);
  const median = some.sort((a, b) => a - b)[some.length >> 1] || 1;
  return field.map((value) => value / median);
}

/**
 * Countries by their place, those of the eldest papers first, and the hue that each would have.
 * @param {Graph} graph @param {import("./regions.js").Region[]} countries
 */
function wishesOf({ hues }, countries) {
  const age = new Map(hues.map(([number], i) => [number, i]));
  const ageOf = (/** @type {number} */ at) => age.get(countries[at].number) ?? hues.length + at;
  return countries.map((_, at) => at).sort((a, b) => ageOf(a) - ageOf(b))
    .map((at) => ({ at, wish: hues[ageOf(at)]?.[1] ?? at }));
}

/**
 * A hue for each country: none touches another of its hue where that can be, and none is used
 * again before all are used. The eldest choose first, so that what is new changes little.
 * @param {number} cells @param {Int16Array} country @param {Float32Array} density
 * @param {ReturnType<typeof wishesOf>} wishes
 */
function huesOf(cells, country, density, wishes) {
  /** @type {Map<number, number>[]} */
  const beside = wishes.map(() => new Map());
  const meet = (/** @type {number} */ a, /** @type {number} */ b) => {
    if (country[a] === country[b] || density[a] < COAST || density[b] < COAST) return;
    const [p, q] = [country[a], country[b]];
    beside[p].set(q, (beside[p].get(q) ?? 0) + 1);
    beside[q].set(p, (beside[q].get(p) ?? 0) + 1);
  };
  // Beside a cell, and a little further.
  const near = [1, 3, cells, 3 * cells];
  for (let c = 0; c < cells * (cells - 3); c += 1) {
    if (country[c] < 0) continue;
    for (const by of near) if (country[c + by] >= 0) meet(c, c + by);
  }
  /** @type {number[]} */
  const hues = [];
  const used = REGION_HUES.map(() => 0);
  for (const { at, wish } of wishes) {
    const costs = REGION_HUES.map((_, hue) => used[hue] * 20
      + (hue < CLEAREST ? (hue - wish % CLEAREST + CLEAREST) % CLEAREST : hue));
    for (const [other, shared] of beside[at]) {
      if (hues[other] !== undefined) costs[hues[other]] += 1_000 + shared;
    }
    const hue = costs.indexOf(Math.min(...costs));
    hues[at] = hue;
    used[hue] += 1;
  }
  return hues;
}

/**
 * A hue as red, green and blue from 0 to 255.
 * @param {number} h @param {number} s @param {number} l
 */
export function rgbOf(h, s, l) {
  const part = (/** @type {number} */ n) => {
    const k = (n + h / 30) % 12;
    return Math.round(255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
}

/** @type {WeakMap<Graph, Map<boolean, Land>>} */
const pictures = new WeakMap();

/** The terrain as a picture. @param {Graph} graph @param {boolean} dark @returns {Land} */
export function landOf(graph, dark) {
  const own = pictures.get(graph) ?? new Map();
  pictures.set(graph, own);
  const found = own.get(dark) ?? drawnLand(graph, dark);
  own.set(dark, found);
  return found;
}

/** @param {Graph} graph @param {boolean} dark @returns {Land} */
function drawnLand(graph, dark) {
  const { cells, density, country, hues, left, top, cell } = terrainOf(graph);
  const pixels = new ImageData(cells, cells);
  const [saturation, light] = dark ? [0.34, 0.4] : [0.62, 0.66];
  const paints = hues.map((hue) => rgbOf(REGION_HUES[hue], saturation, light));
  const plain = dark ? [96, 98, 104] : [190, 186, 176];
  for (let c = 0; c < density.length; c += 1) {
    const whole = Math.max(0, Math.min(1, (density[c] - COAST) / (INLAND - COAST)));
    const own = country[c];
    const edge = own >= 0 && (country[c + 1] !== own || country[c + cells] !== own);
    const relief = Math.min(1, 0.62 + 0.26 * Math.sqrt(density[c]));
    const alpha = (dark ? 0.5 : 0.42) * relief * whole * (edge ? 0.42 : 1);
    const [r, g, b] = own >= 0 ? paints[own] : plain;
    pixels.data[c * 4] = r;
    pixels.data[c * 4 + 1] = g;
    pixels.data[c * 4 + 2] = b;
    pixels.data[c * 4 + 3] = 255 * alpha;
  }
  return { pixels: softened(pixels), left, top, side: cells * cell };
}

/** A picture of which each pixel is the mean of the nine about it. @param {ImageData} pixels */
function softened({ data, width: cells }) {
  const made = new ImageData(cells, cells);
  for (let c = cells + 1; c < cells * (cells - 1) - 1; c += 1) {
    let [r, g, b, a] = [0, 0, 0, 0];
    for (let row = c - cells; row <= c + cells; row += cells) {
      for (let k = (row - 1) * 4; k <= (row + 1) * 4; k += 4) {
        const own = data[k + 3];
        r += data[k] * own;
        g += data[k + 1] * own;
        b += data[k + 2] * own;
        a += own;
      }
    }
    if (!a) continue;
    made.data[c * 4] = r / a;
    made.data[c * 4 + 1] = g / a;
    made.data[c * 4 + 2] = b / a;
    made.data[c * 4 + 3] = a / 9;
  }
  return made;
}
