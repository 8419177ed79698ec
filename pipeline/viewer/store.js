// The state of one explorer and the scene that follows from it, and who hears of its changes.

import { viewOf } from "./projecting.js";
import { stagedOf } from "./scene.js";
import { change } from "./state.js";

/** @typedef {import("./types.js").Action} Action */
/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").State} State */

/** The parts of a state that say what is drawn. */
export const SCENE = [
  "selected", "region", "lit", "off", "colour", "size", "tag", "filters", "goal", "similar", "all",
  "projection", "wide", "lens",
  "opened", "unfolded", "chosen",
];

/**
 * Whether two states differ in one of these parts.
 * @param {State} a @param {State} b @param {string[]} parts
 */
export const differ = (a, b, parts) =>
  parts.some((name) => /** @type {any} */ (a)[name] !== /** @type {any} */ (b)[name]);

/** @param {Graph} graph @param {State} first */
export function storeOf(graph, first) {
  let state = first;
  let staged = stagedOf(viewOf(graph, state), state);
  /** @type {(before: State, action: Action) => void} */
  let listener = () => {};
  return {
    state: () => state,
    staged: () => staged,
    act,
    /** @param {typeof listener} heard   is called after each change */
    listen: (heard) => { listener = heard; },
  };

  /** @param {Action} action */
  function act(action) {
    const before = state;
    state = change(state, action);
    if (state === before) return;
    if (differ(before, state, SCENE)) staged = stagedOf(viewOf(graph, state), state);
    listener(before, action);
  }
}

/** @typedef {ReturnType<typeof storeOf>} Store */
