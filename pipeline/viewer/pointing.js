// What the pointer is at, what a click chooses, and the tip beside the pointer.

import { el, said, svg } from "./dom.js";
import { clipped } from "./folding.js";
import { nodeNear } from "./gestures.js";
import { kindOf } from "./mentioned.js";
import { labelOf } from "./naming.js";
import { viewOf } from "./projecting.js";
import { bylineOf } from "./rows.js";
import { GROUP, KINDS } from "./walking.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {ReturnType<typeof import("./drawing.js").drawingOn>} Drawing */

const LEAST_TRACED = 4;
const [TIP_PX, TALLEST_PX, GAP_PX, EDGE_PX] = [330, 90, 14, 8];

/**
 * The tip, and what it tells of the node under the pointer.
 * @param {HTMLElement} root @param {HTMLElement} sky @param {App} app
 */
export function tipOf(root, sky, app) {
  const element = el("div", { className: "tip", role: "tooltip", hidden: true });
  let pointer = { x: 0, y: 0 };
  return { element, tell, move: (/** @type {typeof pointer} */ at) => { pointer = at; } };

  function tell() {
    const { hovered } = app.state();
    element.hidden = hovered === null;
    sky.classList.toggle("points", hovered !== null);
    if (hovered === null) return;
    const kind = app.say(`one${kindOf(app.graph, hovered)}`);
    const line = [kind, bylineOf(app, hovered)].filter(Boolean).join(" · ");
    element.replaceChildren(said("b", clipped(labelOf(app.graph, hovered))), said("small", line));
    const { left, top, width, height } = root.getBoundingClientRect();
    const within = (/** @type {number} */ px, /** @type {number} */ most) =>
      `${Math.max(EDGE_PX, Math.min(px + GAP_PX, most))}px`;
    element.style.left = within(pointer.x - left, width - TIP_PX);
    element.style.bottom = within(height - (pointer.y - top), height - TALLEST_PX);
  }
}

/**
 * What the pointer does on the map but move it; places are px from the middle of the map.
 * @param {HTMLElement} sky @param {App} app @param {Drawing} drawing
 * @param {ReturnType<typeof tipOf>} tip @param {() => void} release   is called for a click beside
 */
export function pointingAt(sky, app, drawing, tip, release) {
  const { graph, act } = app;
  const line = svg("polyline", {});
  sky.append(svg("svg", { class: "lasso", "aria-hidden": "true" }, line));
  return { point, choose, lasso, leave: () => act({ do: "hover", node: null }) };

  /** @param {number} x @param {number} y @param {number} reach */
  function nodeAt(x, y, reach) {
    const { camera } = app.state();
    const { shown, sizes } = app.staged();
    const grow = drawing.frame()?.grow ?? 1;
    const radius = (/** @type {number} */ node) => shown[node]
      ? Math.max(2.2, Math.min(72, sizes[node] * grow)) / 2 / camera.scale : -1;
    const at = { x: camera.x + x / camera.scale, y: camera.y + y / camera.scale };
    return nodeNear(viewOf(graph, app.state()), at, reach / camera.scale, radius);
  }

  /**
   * What is drawn around nodes; at its end those inside are chosen too.
   * @param {{x: number, y: number}[]} traced @param {boolean} done
   */
  function lasso(traced, done) {
    const { clientWidth: width, clientHeight: height } = sky;
    line.setAttribute("points", done ? ""
      : traced.map(({ x, y }) => `${x + width / 2},${y + height / 2}`).join(" "));
    if (!done || traced.length < LEAST_TRACED) return;
    const { camera, chosen } = app.state();
    const around = traced.map(({ x, y }) =>
      [camera.x + x / camera.scale, camera.y + y / camera.scale]);
    const view = viewOf(graph, app.state());
    const inside = app.staged().order.filter((i) => isInside(around, view.x[i], view.y[i]));
    act({ do: "choose", nodes: [...new Set([...chosen, ...inside])] });
  }

  /** The name that is written there. @param {number} x @param {number} y */
  function named(x, y) {
    const { camera } = app.state();
    const drawn = drawing.frame()?.camera ?? camera;
    const right = x + (camera.x - drawn.x) * camera.scale;
    const down = y + (camera.y - drawn.y) * camera.scale;
    return drawing.labels().find((each) => Math.abs(each.x - right) <= each.width / 2 + 2
      && Math.abs(each.y - down) <= each.px * 0.7);
  }

  /** @param {number} x @param {number} y @param {number} reach */
  function point(x, y, reach) {
    if (drawing.moving()) return;
    const { left, top, width, height } = sky.getBoundingClientRect();
    tip.move({ x: left + width / 2 + x, y: top + height / 2 + y });
    // A click on a region's name leads to its page, whatever lies under it.
    const onName = (named(x, y)?.region ?? -1) >= 0;
    const node = onName ? null : nodeAt(x, y, reach);
    act({ do: "hover", node });
    sky.classList.toggle("points", onName || node !== null);
    tip.tell();
  }

  /** @param {number} x @param {number} y @param {number} reach */
  function choose(x, y, reach, more = false) {
    const name = named(x, y);
    const node = nodeAt(x, y, 0) ?? name?.node ?? nodeAt(x, y, reach);
    if (more) {
      if (node !== null && node >= 0) act({ do: "choose_too", node });
      return;
    }
    if (name?.region !== undefined && name.region >= 0) act({ do: "region", at: name.region });
    else if (node === null || node === -1) release();
    else if (graph.kind[node] === GROUP) act({ do: "open", community: graph.community[node] });
    else act({ do: "select", node });
  }
}

/**
 * Whether a place lies within a polygon: a ray from it crosses its sides an odd number of times.
 * @param {number[][]} around @param {number} x @param {number} y
 */
function isInside(around, x, y) {
  let inside = false;
  around.forEach(([a, b], i) => {
    const [c, d] = around[(i || around.length) - 1];
    if ((b > y) !== (d > y) && x < (c - a) * (y - b) / (d - b) + a) inside = !inside;
  });
  return inside;
}
