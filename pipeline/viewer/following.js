// What follows from a change: the map, the tip, the parts, the address, and whoever listens.

import { measure } from "./ground.js";
import { viewOf } from "./projecting.js";
import { SCENE, differ } from "./store.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").State} State */

/**
 * @typedef {Object} Followers
 * @property {import("./ground.js").Ground} ground
 * @property {import("./store.js").Store} store
 * @property {ReturnType<typeof import("./drawing.js").drawingOn>} drawing
 * @property {ReturnType<typeof import("./parts.js").partsOf>} parts
 * @property {ReturnType<typeof import("./pointing.js").tipOf>} tip
 * @property {ReturnType<typeof import("./keeping.js").addressKeeper>} address
 * @property {() => void} follow   keeps what is read about in sight
 * @property {(state: State) => void} [changed]
 */

/** Has all that follows a state follow it. @param {App} app @param {Followers} by */
export function followed(app, by) {
  const { ground, store, drawing, parts, tip, address, changed } = by;
  const { state, staged } = store;
  let due = 0;
  store.listen((before, action) => {
    if (action.do === "look") due ||= requestAnimationFrame(() => refresh(before));
    else update(before);
    if (["select", "region", "sheet"].includes(action.do)) by.follow();
  });
  address.listen((found) => app.act({ do: "recall", parts: found }),
    (node) => app.act({ do: "revisit", node }), state);
  update(null);
  return { stop: () => cancelAnimationFrame(due) };

  /** @param {State|null} before */
  function update(before) {
    if (ground.root.lang !== state().language) ground.root.lang = state().language;
    ground.root.classList.toggle("reads", state().selected !== null || state().region !== null);
    for (const height of ["low", "high"]) {
      ground.root.classList.toggle(height, state().sheet === height);
    }
    ground.sky.ariaLabel = app.say("canvas");
    tip.tell();
    parts.update(state(), before);
    // Labels keep clear of the panel, which may have come or gone.
    if (before) draw(before);
    address.keep(state(), before);
    changed?.(state());
  }

  /** @param {State} before */
  function draw(before) {
    if (differ(before, state(), SCENE)) {
      const view = viewOf(app.graph, state());
      if (differ(before, state(), ["projection"])) {
        measure(ground, view, drawing);
        drawing.morph(view, state(), staged());
      }
      else drawing.load(view, state(), staged());
    }
    else if (differ(before, state(), ["camera"])) drawing.look(state());
    else if (differ(before, state(), ["hovered"])) drawing.hover(state());
  }

  /** After moves of the camera, once a frame. @param {State} before */
  function refresh(before) {
    due = 0;
    drawing.look(state());
    tip.tell();
    address.keep(state(), before);
  }
}
