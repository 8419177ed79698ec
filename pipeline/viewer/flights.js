// The moves of the camera: by hand, by key, and through the air.

import { ticksOf, viewOf, wideOf } from "./projecting.js";
import { between, fitted, moved, zoomed } from "./camera.js";
import { standing } from "./nesting.js";
import { atlasOf } from "./regions.js";

/** @typedef {import("./types.js").Camera} Camera */
/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./store.js").Store} Store */

const [FLIGHT_MS, BORDER_PX, NAMES_PX, ROOMY_PX] = [420, 40, 90, 600];

/**
 * @param {Graph} graph @param {HTMLElement} sky @param {Store} store
 * @param {() => number} aside   how many px of the map the panel covers
 */
export function flightsOver(graph, sky, store, aside) {
  const { state, staged, act } = store;
  const view = () => viewOf(graph, state());
  let flight = 0;
  return { drag, zoom, fly, follow, place, project, stop: () => cancelAnimationFrame(flight) };

  /** @param {Camera} camera */
  function look(camera) {
    cancelAnimationFrame(flight);
    if (state().hovered !== null) act({ do: "hover", node: null });
    act({ do: "look", camera });
  }

  /** @param {number} right @param {number} down   px */
  function drag(right, down) {
    look(moved(state().camera, right, down));
  }

  /** Nearer, at px from the middle. @param {number} factor */
  function zoom(factor, x = 0, y = 0) {
    look(zoomed(state().camera, factor, x, y, wholeOf(view(), sky).scale));
  }

  /** Brings nodes, or all that are shown, into sight. @param {Iterable<number>} [nodes] */
  function fly(nodes) {
    flyTo(goalOf(nodes));
  }

  /** @param {Camera} goal */
  function flyTo(goal) {
    cancelAnimationFrame(flight);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      act({ do: "look", camera: goal });
      return;
    }
    const [start, from] = [performance.now(), state().camera];
    const step = () => {
      const part = Math.min(1, (performance.now() - start) / FLIGHT_MS);
      act({ do: "look", camera: part < 1 ? between(from, goal, part) : goal });
      if (part < 1) flight = requestAnimationFrame(step);
    };
    flight = requestAnimationFrame(step);
  }

  /** @param {Iterable<number>} [nodes] @returns {Camera} */
  function goalOf(nodes) {
    const { width, height } = sky.getBoundingClientRect();
    const covered = Math.min(aside(), width / 2);
    const { order, shown } = staged();
    const found = [...nodes ?? order].filter((node) => shown[node]);
    const window = { width: width - covered, height };
    const goal = nodes
      ? fitted(view(), found, window, Math.max(1.6, wholeOf(view(), sky).scale * 6))
      : besideNames(view(), found, window);
    return { ...goal, x: goal.x + covered / 2 / goal.scale };
  }

  /** Lays the graph another way, all of it in sight. @param {any} by */
  function project(by = "map") {
    cancelAnimationFrame(flight);
    const wide = wideOf(sky);
    const next = viewOf(graph, { ...state(), projection: by, wide });
    act({ do: "project", by, wide, camera: wholeOf(next, sky) });
  }

  /** Keeps what is read about in sight, beside the panel; the map moves by no more than that. */
  function follow() {
    const { selected, region, camera, projection } = state();
    const country = projection === "map" && atlasOf(graph).countries[region ?? -1];
    if (selected === null && !country) return;
    const { width, height } = sky.getBoundingClientRect();
    const { x, y } = selected === null && country ? placed(country.x, country.y)
      : place(selected ?? 0);
    const beyond = (/** @type {number} */ at, /** @type {number} */ end) =>
      Math.min(0, at - BORDER_PX) || Math.max(0, at - Math.max(end - BORDER_PX, BORDER_PX));
    const [right, down] = [beyond(x, width - aside()), beyond(y, height)];
    if (right || down) flyTo(moved(camera, -right, -down));
  }

  /** Where a node is on the map, in px from its corner. @param {number} node */
  function place(node) {
    const { x, y } = view();
    return placed(x[node], y[node]);
  }

  /** @param {number} across @param {number} along   units of the layout */
  function placed(across, along) {
    const { width, height } = sky.getBoundingClientRect();
    const { x, y, scale } = state().camera;
    return { x: width / 2 + (across - x) * scale, y: height / 2 + (along - y) * scale };
  }
}

/**
 * The camera that has all in sight, by time with room for the names of bands.
 * @param {Graph} graph @param {HTMLElement} sky
 */
export const wholeOf = (graph, sky) => besideNames(graph, standing(graph),
  sky.getBoundingClientRect());

/**
 * @param {Graph} graph @param {Iterable<number>} nodes @param {import("./camera.js").Window} window
 */
function besideNames(graph, nodes, { width, height }) {
  const named = ticksOf(graph).length && width > ROOMY_PX ? NAMES_PX : 0;
  const found = fitted(graph, nodes, { width: width - named, height });
  return { ...found, x: found.x - named / 2 / found.scale };
}
