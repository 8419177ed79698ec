// The shapes of nodes, as points and as SVG.

const TURN = Math.PI * 2;

/** The corners of a shape about 0, 0; none for a circle. @param {number} shape @param {number} r */
function cornersOf(shape, r) {
  const ring = (/** @type {number} */ n, /** @type {number} */ out, /** @type {number} */ turn) =>
    Array.from({ length: n }, (_, i) => [
      Math.sin(TURN * (i / n) + turn) * out, -Math.cos(TURN * (i / n) + turn) * out]);
  if (shape === 1) return ring(3, r * 1.24, 0).map(([x, y]) => [x, y + r * 0.15]);
  if (shape === 2) return ring(4, r * 0.84 * Math.SQRT2, TURN / 8);
  if (shape === 3) return ring(6, r * 0.92 * 1.1547, 0);
  if (shape === 4) return ring(4, r * 0.8 * Math.SQRT2, 0);
  return [];
}

/**
 * Begins the path of a shape.
 * @param {CanvasRenderingContext2D} pen @param {number} shape
 * @param {number} x @param {number} y @param {number} radius
 */
export function shapePath(pen, shape, x, y, radius) {
  pen.beginPath();
  const corners = cornersOf(shape, radius);
  if (!corners.length) pen.arc(x, y, radius, 0, TURN);
  for (const [right, down] of corners) pen.lineTo(x + right, y + down);
  pen.closePath();
}

/** A shape as the `d` of an SVG path. @param {number} shape @param {number} x @param {number} y */
export function shapeOutline(shape, x, y, radius = 6) {
  const at = (/** @type {number} */ value) => Math.round(value * 100) / 100;
  const corners = cornersOf(shape, radius);
  if (corners.length) {
    return `M${corners.map(([right, down]) => `${at(x + right)} ${at(y + down)}`).join("L")}Z`;
  }
  const r = at(radius);
  return `M${at(x - radius)} ${at(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}
