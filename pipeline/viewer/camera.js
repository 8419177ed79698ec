// Where the reader looks from: pure changes of the camera, and the size of nodes by distance.

/** @typedef {import("./types.js").Camera} Camera */
/** @typedef {import("./types.js").Graph} Graph */

/** @typedef {{width: number, height: number}} Window */

const [NEAREST, FURTHEST, LARGER] = [40, 0.25, 1.2];

/**
 * The camera that has all of these nodes in sight, with room at the borders.
 * @param {Graph} graph @param {Iterable<number>} nodes @param {Window} window @param {number} most
 * @returns {Camera}
 */
export function fitted(graph, nodes, { width, height }, most = 4) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const i of nodes) {
    left = Math.min(left, graph.x[i]);
    right = Math.max(right, graph.x[i]);
    top = Math.min(top, graph.y[i]);
    bottom = Math.max(bottom, graph.y[i]);
  }
  if (left === Infinity) return { x: 0, y: 0, scale: 1 };
  const room = Math.min(90, width / 8, height / 8);
  const scale = Math.min(
    (width - 2 * room) / Math.max(1, right - left),
      (height - 2 * room) / Math.max(1, bottom - top));
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale: Math.min(most, scale) };
}

/** Moved by so many px. @param {Camera} camera @param {number} right @param {number} down */
export const moved = ({ x, y, scale }, right, down) =>
  ({ x: x - right / scale, y: y - down / scale, scale });

/**
 * Nearer by a factor, with a place of the window (px from its middle) staying where it is.
 * @param {Camera} camera @param {number} factor @param {number} right @param {number} down
 * @param {number} whole   the scale at which all is in sight
 */
export function zoomed({ x, y, scale }, factor, right, down, whole) {
  const next = Math.max(whole * FURTHEST, Math.min(Math.max(NEAREST * whole, 4), scale * factor));
  const gain = 1 / scale - 1 / next;
  return { x: x + right * gain, y: y + down * gain, scale: next };
}

/**
 * Part of the way from one camera to another; far ways rise in between.
 * @param {Camera} a @param {Camera} b @param {number} part
 */
export function between(a, b, part) {
  const eased = part < 0.5 ? 4 * part ** 3 : 1 - (-2 * part + 2) ** 3 / 2;
  const scale = Math.exp(Math.log(a.scale) + (Math.log(b.scale) - Math.log(a.scale)) * eased);
  // What is nearer weighs more, so that the goal does not fly by.
  const way = Math.abs(a.scale - b.scale) < 1e-9 ? eased
    : (1 / a.scale - 1 / scale) / (1 / a.scale - 1 / b.scale);
  return { x: a.x + (b.x - a.x) * way, y: a.y + (b.y - a.y) * way, scale };
}

/**
 * Px for each unit of a node's size where all is in sight: smaller, the more nodes there are, and
 * not much larger than they are laid out.
 * @param {Iterable<number>} nodes @param {Window} window @param {number} scale
 */
export function pxOfAll(nodes, { width, height }, scale) {
  let count = 1;
  for (const _ of nodes) count += 1;
  const laid = Math.max(Math.min(3.2, width / 300), LARGER * 6.5 * scale);
  const smallest = Math.min(6.5, width / 90, 0.12 * Math.sqrt(width * height / count), laid);
  return Math.max(2.2, smallest) / 6.5;
}

/**
 * Px for each unit of a node's size: they grow more slowly than the map when one comes nearer.
 * @param {Camera} camera @param {{scale: number, px: number}} whole
 */
export const growth = ({ scale }, whole) =>
  whole.px * (Math.max(scale, whole.scale / 2) / whole.scale) ** 0.55;
