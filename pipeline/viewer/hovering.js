// What lies around the node under the pointer, above the map.

import { EDGE_LOOKS, NODE_LOOKS, hex } from "./looks.js";
import { shapePath } from "./shapes.js";
import { beyond, edgesAt } from "./walking.js";

/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./scene.js").Staged} Staged */

/**
 * Draws the edges of a node and their ends.
 * @param {CanvasRenderingContext2D} pen @param {Graph} graph @param {number} node
 * @param {Staged} staged @param {Frame} frame
 */
export function drawAround(pen, graph, node, { shown, sizes }, { camera: { x, y, scale }, grow }) {
  const place = (/** @type {number} */ i) => [(graph.x[i] - x) * scale, (graph.y[i] - y) * scale];
  const edges = [...edgesAt(graph, node)].slice(0, 400)
    .filter((edge) => shown[beyond(graph, edge, node)]);
  pen.globalAlpha = 0.85;
  for (const edge of edges) {
    const look = EDGE_LOOKS[graph.edgeKind[edge]];
    pen.beginPath();
    pen.setLineDash([[], [7, 4], [2, 4]][look.dash]);
    Object.assign(pen, { strokeStyle: hex(look.colour), lineWidth: look.width + 0.4 });
    const [a, b] = [place(graph.from[edge]), place(graph.to[edge])];
    pen.moveTo(a[0], a[1]);
    pen.lineTo(b[0], b[1]);
    pen.stroke();
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  for (const i of [...edges.map((edge) => beyond(graph, edge, node)), node]) {
    const look = NODE_LOOKS[graph.kind[i]];
    const radius = Math.max(2.2, Math.min(72, sizes[i] * grow)) / 2 + (i === node ? 2 : 0.5);
    const [right, down] = place(i);
    shapePath(pen, look.shape, right, down, radius);
    pen.fillStyle = hex(look.colour);
    pen.fill();
  }
}
