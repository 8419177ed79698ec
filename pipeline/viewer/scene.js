// What is drawn: the shown nodes and edges with their looks, as numbers for a painter.

import { EDGE_LOOKS, NODE_LOOKS, nodeReducer } from "./looks.js";
import { MANY_EDGES, inFocus, isThinned, pathOf, shownEdges, shownNodes } from "./narrowing.js";
import { arcOf, roadsOf, wayOf } from "./roads.js";
import { landOf } from "./terrain.js";
import { CITES, GROUP, READ } from "./walking.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Scene} Scene */

/** What lies below and what above: authors first, what was read last. */
const LAYERS = [2, 1, 5, 3, 4, READ, GROUP];
const FADED = 0.06;
const SMALLEST = 6.5;
/** In how many straight lines a curve is drawn: few of them are looked at one by one. */
const [FEW_CURVES, FINE, COARSE] = [2_000, 20, 8];
/** How many times stronger, and wider, a citation is as a road than elsewhere. */
const [ROAD_INK, ROAD_WIDTH] = [1.4, 1.4];
/** So many edges in focus are drawn strong. */
const FEW_BRIGHT = 120;
/** Edges whose ink covers more of a map than this would hide it: a window's side is so many px. */
const [MOST_INK, LEAST_VEIL, SIDE_PX] = [0.3, 0.1, 850];

/** @param {Uint8Array} bytes @param {number} at @param {number} colour @param {number} alpha */
function paint(bytes, at, colour, alpha) {
  bytes[at] = colour >> 16;
  bytes[at + 1] = (colour >> 8) & 255;
  bytes[at + 2] = colour & 255;
  bytes[at + 3] = alpha * 255;
}

/**
 * The shown nodes from the lowest layer to the highest.
 * @param {Graph} graph @param {Uint8Array} shown
 */
function layered(graph, shown) {
  /** @type {number[][]} */
  const layers = NODE_LOOKS.map(() => []);
  for (let i = 0; i < graph.n; i += 1) if (shown[i]) layers[graph.kind[i]].push(i);
  return LAYERS.flatMap((kind) => layers[kind]);
}

/**
 * @typedef {Object} Staged
 * @property {Scene} scene
 * @property {Uint8Array} shown
 * @property {Set<number>|null} near
 * @property {number[]} order   the shown nodes, in the order of drawing
 * @property {number[]} edges   the drawn edges, in the order of drawing
 * @property {Float32Array} sizes   of every node
 * @property {number[]} path   that is asked for
 */

/** The scene of a state. @param {Graph} graph @param {State} state @returns {Staged} */
export function stagedOf(graph, state) {
  const shown = shownNodes(graph, state);
  const near = inFocus(graph, state);
  const layers = layered(graph, shown);
  // What is in focus lies above what is faded.
  const order = near ? [...layers.filter((i) => !near.has(i)), ...layers.filter((i) => near.has(i))]
    : layers;
  const edges = inOrder(graph, shownEdges(graph, state, shown))
    .filter((edge) => !near || graph.m <= MANY_EDGES || isBright(graph, state, near, edge));
  const sizes = new Float32Array(graph.n);
  const [places, paints] = [new Float32Array(order.length * 4), new Uint8Array(order.length * 8)];
  const reduce = nodeReducer(graph, state, near);
  const look = { colour: 0, alpha: 1, size: 1, style: 0 };
  // Where there are very many, the large ones would hide the rest.
  const evened =
    Math.max(0.55, Math.min(1, 1 - 0.3 * Math.log10(Math.max(1, order.length) / 1500)));
  for (let k = 0; k < order.length; k += 1) {
    const i = order[k];
    reduce(i, look);
    sizes[i] = SMALLEST * (look.size / SMALLEST) ** evened;
    places[k * 4] = graph.x[i];
    places[k * 4 + 1] = graph.y[i];
    places[k * 4 + 2] = sizes[i];
    const dim = look.alpha < 1 && order.length > MANY_EDGES ? 0.5 : 1;
    paint(paints, k * 8, look.colour, look.alpha * dim);
    paints[k * 8 + 4] = NODE_LOOKS[graph.kind[i]].shape;
    paints[k * 8 + 5] = look.style;
  }
  const drawn = linesOf(graph, state, edges, near);
  const land = grounded(graph, state)
    ? (/** @type {boolean} */ dark) => landOf(graph, dark) : null;
  const scene = { nodes: order.length, places, paints, land, ...drawn };
  return { scene, shown, near, order, edges, sizes, path: pathOf(graph, state) ?? [] };
}

/** Whether there is land under the nodes. @param {Graph} graph @param {State} state */
const grounded = (graph, { colour }) => graph.n > 0 && colour === "community";

/**
 * The weakest kind below, what the reader says above.
 * @param {Graph} graph @param {number[]} edges
 */
function inOrder(graph, edges) {
  /** @type {number[][]} */
  const kinds = EDGE_LOOKS.map(() => []);
  for (const edge of edges) kinds[graph.edgeKind[edge]].push(edge);
  return [7, 4, 1, 2, 6, 5, 3, 0].flatMap((kind) => kinds[kind]);
}

/**
 * Whether an edge is at what is in focus.
 * @param {Graph} graph @param {State} state @param {Set<number>|null} near @param {number} edge
 */
function isBright(graph, { selected, goal, similar, region, lit, chosen }, near, edge) {
  const [from, to] = [graph.from[edge], graph.to[edge]];
  if (!near) return true;
  const several = similar !== null || region !== null || lit !== null || chosen.length > 0;
  if (goal !== null || several) return near.has(from) && near.has(to);
  return from === selected || to === selected;
}

/**
 * How much of a map that fills a window is under the ink of these edges, drawn straight.
 * @param {Graph} graph @param {number[]} edges
 */
function inkOf({ x, y, from, to, edgeKind }, edges) {
  let [ink, left, right, top, bottom] = [0, Infinity, -Infinity, Infinity, -Infinity];
  for (const edge of edges) {
    const [a, b] = [from[edge], to[edge]];
    const { width, alpha } = EDGE_LOOKS[edgeKind[edge]];
    ink += Math.hypot(x[a] - x[b], y[a] - y[b]) * width * alpha;
    [left, right] = [Math.min(left, x[a]), Math.max(right, x[a])];
    [top, bottom] = [Math.min(top, y[a]), Math.max(bottom, y[a])];
  }
  const area = Math.max(1, (right - left) * (bottom - top));
  return ink / (SIDE_PX * Math.sqrt(area) || 1);
}

/**
 * @param {Graph} graph @param {State} state @param {number[]} edges
 * @param {Set<number>|null} near
 */
function linesOf(graph, state, edges, near) {
  const roads = isThinned(graph, state) ? roadsOf(graph) : null;
  const timed = state.projection === "time";
  const bends = (/** @type {number} */ edge) => timed ? graph.edgeKind[edge] <= CITES
    : roads !== null && roads[edge] === 1;
  const curves = edges.reduce((sum, edge) => sum + (bends(edge) ? 1 : 0), 0);
  const steps = curves > FEW_CURVES ? COARSE : FINE;
  const count = edges.length + curves * (steps - 1);
  const [ends, lines] = [new Float32Array(count * 4), new Uint8Array(count * 8)];
  const crowd = Math.max(0.25, Math.min(1, 1800 / Math.max(1, edges.length)) ** 0.4);
  const veil = Math.max(LEAST_VEIL, Math.min(1, MOST_INK / inkOf(graph, edges)));
  const bright = new Set(near ? edges.filter((edge) => isBright(graph, state, near, edge)) : []);
  // Three thousand authors of one report would hide the map.
  const bold = Math.min(1, Math.sqrt(FEW_BRIGHT / Math.max(1, bright.size)));
  let k = 0;
  for (const edge of edges) {
    const [from, to] = [graph.from[edge], graph.to[edge]];
    const look = EDGE_LOOKS[graph.edgeKind[edge]];
    const bent = bends(edge);
    const way = bent ? (timed ? arcOf : wayOf)(graph, edge, steps)
      : [graph.x[from], graph.y[from], graph.x[to], graph.y[to]];
    const isRoad = bent && !timed && graph.edgeKind[edge] === CITES;
    const ink = look.alpha * (isRoad ? ROAD_INK : 1);
    const alpha = bright.has(edge) ? Math.max(0.85, look.alpha) * bold
      : near ? FADED : ink * Math.min(crowd, veil);
    const width = bright.has(edge) ? Math.min(30, look.width * (10 + 8 * bold))
      : look.width * (isRoad ? 10 * ROAD_WIDTH : 10);
    for (let i = 0; i + 3 < way.length; i += 2, k += 1) {
      ends.set(way.slice(i, i + 4), k * 4);
      paint(lines, k * 8 + 4, look.colour, alpha);
      lines.set(bent ? [width * 0.8, 0, 0] : [width, look.dash, 1], k * 8);
    }
  }
  return { ends, lines, edges: count };
}
