// The keyboard: every feature of the map without a pointer.

import { importance } from "./naming.js";
import { viewOf } from "./projecting.js";
import { beyond, edgesAt } from "./walking.js";

/** @typedef {import("./types.js").App} App */

const WAYS = /** @type {Record<string, [number, number]>} */ ({
  ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1],
});

/** With Ctrl or Cmd. @type {Record<string, string>} */
const UNDOING = { z: "undo", y: "redo" };

/**
 * The neighbour that lies most in a direction: near, and not far aside. Without a node, the
 * weightiest that is shown.
 * @param {App} app @param {number|null} node @param {[number, number]} way
 */
export function nodeTowards({ graph: whole, staged, state }, node, [right, down]) {
  const graph = viewOf(whole, state());
  const { shown, order } = staged();
  if (node === null) {
    return order.reduce((a, b) => a < 0 || importance(graph, b) > importance(graph, a) ? b : a, -1);
  }
  let best = { node: -1, score: Infinity };
  for (const edge of edgesAt(graph, node)) {
    const other = beyond(graph, edge, node);
    const [x, y] = [graph.x[other] - graph.x[node], graph.y[other] - graph.y[node]];
    const ahead = x * right + y * down;
    const score = Math.hypot(x, y) ** 2 / ahead;
    if (shown[other] && ahead > 0 && score < best.score) best = { node: other, score };
  }
  return best.node;
}

/**
 * What a key does, if anything.
 * @param {App} app @param {Record<string, (by?: any) => void>} does
 * @returns {(event: KeyboardEvent) => void}
 */
export function keysOf(app, does) {
  const { act } = app;
  /** @type {Record<string, () => void>} */
  const keys = {
    "/": does.search, "+": does.zoomIn, "=": does.zoomIn, "-": does.zoomOut, 0: does.showAll,
    "[": () => act({ do: "back" }), "]": () => act({ do: "forward" }), t: does.asTable,
    y: () => does.project(app.state().projection === "time" ? "map" : "time"),
    Escape: does.release,
    s: () => withSelected((node) => act({ do: "similar", node })),
    p: () => withSelected(() => act({ do: "pick_goal" })),
    a: () => withSelected((node) => act({ do: "unfold", node })),
    1: () => steps(1), 2: () => steps(2), 3: () => steps(3),
  };

  /** @param {(node: number) => void} then */
  function withSelected(then) {
    const { selected } = app.state();
    if (selected !== null) then(selected);
  }

  /** @param {number} by */
  function steps(by) {
    const { filters } = app.state();
    withSelected(() => act({ do: "narrow", by: { steps: filters.steps === by ? 0 : by } }));
  }

  return (event) => {
    const target = /** @type {HTMLElement} */ (event.composedPath()[0] ?? event.target);
    const typing = target.matches?.("input:not([type=checkbox], [type=radio]), textarea");
    const held = event.ctrlKey || event.metaKey;
    const asks = held && !typing ? UNDOING[event.key.toLowerCase()] : null;
    if (asks) {
      act({ do: event.shiftKey ? "redo" : asks });
      event.preventDefault();
    }
    if (event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (event.altKey) return;
    if (typing && event.key !== "Escape") return;
    const way = WAYS[event.key];
    if (way && target.matches?.(".sky")) {
      const next = nodeTowards(app, app.state().selected, way);
      if (next >= 0) act({ do: "select", node: next });
    } else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
  };
}
