// Pointer, wheel and touch on the map, said in words: moved, zoomed, pointed at, chosen.

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").Camera} Camera */

const [STILL_PX, REACH_PX, FINGER_PX] = [5, 6, 16];

/** @type {WeakMap<Graph, {cells: Map<number, number[]>, side: number}>} */
const grids = new WeakMap();

/** The nodes by where they lie, in square cells. @param {Graph} graph */
function bucketsOf(graph) {
  const known = grids.get(graph);
  if (known) return known;
  let [low, high] = [Infinity, -Infinity];
  for (const value of graph.x) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const side = Math.max(1, (high - low) / Math.max(1, Math.sqrt(graph.n)) * 2);
  /** @type {Map<number, number[]>} */
  const cells = new Map();
  for (let i = 0; i < graph.n; i += 1) {
    const key = bucketAt(graph.x[i] / side, graph.y[i] / side);
    const own = cells.get(key);
    if (own) own.push(i);
    else cells.set(key, [i]);
  }
  const grid = { cells, side };
  grids.set(graph, grid);
  return grid;
}

const bucketAt = (/** @type {number} */ x, /** @type {number} */ y) =>
  (Math.floor(x) + 32_768) * 65_536 + Math.floor(y) + 32_768;

/**
 * The node at a place of the layout, or the one nearest to it within reach.
 * @param {Graph} graph @param {{x: number, y: number}} at @param {number} reach   in units
 * @param {(node: number) => number} radius   in units; below 0 is not shown
 */
export function nodeNear(graph, at, reach, radius) {
  const { cells, side } = bucketsOf(graph);
  const wide = Math.min(40, Math.ceil((reach * 4) / side));
  let best = { node: -1, gap: reach };
  const [column, row] = [at.x / side, at.y / side];
  for (let i = -wide; i <= wide; i += 1) {
    for (let j = -wide; j <= wide; j += 1) {
      for (const node of cells.get(bucketAt(column + i, row + j)) ?? []) {
        const own = radius(node);
        if (own < 0) continue;
        const apart = Math.hypot(graph.x[node] - at.x, graph.y[node] - at.y) - own;
        // Of several that lie here, the smallest, which the others would hide.
        const gap = apart < 0 ? -1 / own : apart;
        if (gap < best.gap) best = { node, gap };
      }
    }
  }
  return best.node < 0 ? null : best.node;
}

/**
 * @typedef {Object} Heard
 * @property {(right: number, down: number) => void} move
 * @property {(factor: number, x: number, y: number) => void} zoom   at px from the middle
 * @property {() => boolean} turns   whether the wheel is for the map, and not for the page around
 * @property {(x: number, y: number, reach: number) => void} point
 * @property {(x: number, y: number, reach: number, more: boolean) => void} choose
 * @property {(traced: {x: number, y: number}[], done: boolean) => void} lasso
 * @property {() => void} leave
 */

/** Listens on a box until it is called. @param {HTMLElement} box @param {Heard} heard */
export function listenTo(box, heard) {
  /** @type {Map<number, {x: number, y: number}>} */
  const down = new Map();
  let travelled = 0;
  let pinched = false;
  /** What is drawn around nodes, with shift held. @type {{x: number, y: number}[]} */
  let traced = [];
  const at = (/** @type {MouseEvent} */ event) => {
    const { left, top, width, height } = box.getBoundingClientRect();
    return { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
  };
  const reachOf = (/** @type {PointerEvent} */ event) =>
    event.pointerType === "touch" ? FINGER_PX : REACH_PX;

  /** @type {Record<string, (event: any) => void>} */
  const on = {
    pointerdown: (event) => {
      if (event.button > 0) return;
      if (down.size === 0) [travelled, pinched] = [0, false];
      traced = event.shiftKey && down.size === 0 ? [at(event)] : [];
      down.set(event.pointerId, at(event));
      box.setPointerCapture(event.pointerId);
    },
    pointermove: (event) => {
      const here = at(event);
      const before = down.get(event.pointerId);
      if (!before) {
        if (event.pointerType !== "touch") heard.point(here.x, here.y, REACH_PX);
        return;
      }
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
      down.set(event.pointerId, here);
      if (other) return pinch(before, here, other);
      const [right, below] = [here.x - before.x, here.y - before.y];
      travelled += Math.hypot(right, below);
      if (traced.length) {
        traced.push(here);
        heard.lasso(traced, false);
        return;
      }
      if (travelled > STILL_PX) heard.move(right, below);
    },
    pointerup: (event) => {
      const here = at(event);
      const was = down.delete(event.pointerId);
      if (traced.length) heard.lasso(traced, true);
      if (was && travelled <= STILL_PX && !pinched) {
        heard.choose(here.x, here.y, reachOf(event), event.shiftKey);
      }
    },
    pointercancel: (event) => down.delete(event.pointerId),
    pointerleave: () => heard.leave(),
    wheel: (event) => {
      if (!event.ctrlKey && !heard.turns()) return;
      event.preventDefault();
      const { x, y } = at(event);
      const lines = event.deltaMode === 1 ? 33 : 1;
      const turned = Math.max(-240, Math.min(240, event.deltaY * lines));
      heard.zoom(Math.exp(-turned * (event.ctrlKey ? 0.01 : 0.0022)), x, y);
    },
    dblclick: (event) => {
      const { x, y } = at(event);
      heard.zoom(1.8, x, y);
    },
  };

  /** @typedef {{x: number, y: number}} At @param {At} before @param {At} here @param {At} other */
  function pinch(before, here, other) {
    pinched = true;
    const apart = (/** @type {At} */ p) => Math.max(1, Math.hypot(p.x - other.x, p.y - other.y));
    const [x, y] = [(here.x + other.x) / 2, (here.y + other.y) / 2];
    heard.move((here.x - before.x) / 2, (here.y - before.y) / 2);
    heard.zoom(apart(here) / apart(before), x, y);
  }

  for (const [name, does] of Object.entries(on)) {
    box.addEventListener(name, does, { passive: false });
  }
  return () => {
    for (const [name, does] of Object.entries(on)) box.removeEventListener(name, does);
  };
}
