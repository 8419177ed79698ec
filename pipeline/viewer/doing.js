// What the reader does with buttons and keys: go to a node, let go, see all, see a table.

import { pathOf } from "./narrowing.js";
import { around } from "./walking.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {ReturnType<typeof import("./flights.js").flightsOver>} Flights */

/** The panel of an explorer. @param {HTMLElement} root */
const panelIn = (root) => /** @type {HTMLElement|null} */ (root.querySelector(".reading"));

/** How many px of the map the panel covers. @param {HTMLElement} root */
export const coveredIn = (root) =>
  root.classList.contains("tight") ? 0 : panelIn(root)?.offsetWidth ?? 0;

/**
 * What lies on the map: the boxes of its buttons, in px from its middle.
 * @param {HTMLElement} root @returns {import("./labels.js").Box[]}
 */
export function buttonsIn(root) {
  const sky = root.querySelector(".sky")?.getBoundingClientRect() ?? new DOMRect();
  const [x, y] = [sky.left + sky.width / 2, sky.top + sky.height / 2];
  return [...root.querySelectorAll(".tools, .tour, .facets > *")].map((each) => {
    const { left, right, top, bottom } = each.getBoundingClientRect();
    return [left - x, right - x, top - y, bottom - y];
  });
}

/**
 * Reads on at a node, with its neighbours in sight.
 * @param {HTMLElement} root @param {Omit<App, "go">} app
 */
export function goingIn(root, { graph, act, state, fly }) {
  return (/** @type {number} */ node, /** without the keyboard */ quietly = false) => {
    const community = graph.community[node];
    const shut = graph.n > graph.tables && !state().opened.includes(community);
    if (shut && node < graph.tables) act({ do: "open", community });
    act({ do: "select", node });
    if (state().table) act({ do: "table", shown: false });
    const { goal, selected } = state();
    if (goal !== node || selected === null) fly(around(graph, node));
    else fly(pathOf(graph, state()) ?? [selected, node]);
    if (!quietly) panelIn(root)?.querySelector("h2")?.focus({ preventScroll: true });
  };
}

/**
 * What the tools and the keys do, by name.
 * @param {HTMLElement} root @param {App} app @param {Flights} flights
 * @param {() => {focus: () => void, clear: () => void}} search
 */
export function doingsIn(root, { state, act }, flights, search) {
  return {
    search: () => search().focus(), zoomIn: () => flights.zoom(1.4),
    zoomOut: () => flights.zoom(1 / 1.4), showAll: () => flights.fly(),
    project: flights.project,
    asTable: () => act({ do: "table", shown: !state().table }), release,
  };

  /** Lets go of one thing after another: a query, a table, a tour, a path, the selection. */
  function release() {
    if (state().query) search().clear();
    else if (state().table) act({ do: "table", shown: false });
    else if (state().tour !== null) act({ do: "tour", at: null });
    else if (state().seeking) act({ do: "pick_goal" });
    else if (state().selected === null && state().chosen.length) act({ do: "choose", nodes: [] });
    else letGo();
  }

  /** The keyboard goes from the panel back to the map. */
  function letGo() {
    const inside = panelIn(root)?.matches(":focus-within");
    act({ do: "select", node: null });
    if (inside) /** @type {HTMLElement|null} */ (root.querySelector(".sky"))?.focus();
  }
}
