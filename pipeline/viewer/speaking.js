// What a screen reader hears of the map: the node that arrow keys reach, and who is beside it.

import { el } from "./dom.js";
import { kindOf } from "./mentioned.js";
import { importance, labelOf } from "./naming.js";
import { regionNames } from "./regions.js";
import { EDGE_KINDS, around, beyond, edgesAt } from "./walking.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Part} Part */

const NAMED = 4;

/** @param {App} app @returns {Part} */
export function spokenPart(app) {
  const element = el("p", { className: "spoken", role: "status", "aria-live": "polite" });
  return { element, update: (state, before) => {
    if (state.selected !== null && before?.selected !== state.selected) {
      element.textContent = saidOf(app, state.selected);
    } else if (state.region !== null && before?.region !== state.region) {
      const name = regionNames(app.graph).countries[state.region];
      element.textContent = `${name}, ${app.say("oneregion")}`;
    } else if (state.selected === null && state.region === null) element.textContent = "";
  } };
}

/** A node and the weightiest beside it, in words. @param {App} app @param {number} node */
function saidOf({ graph, say }, node) {
  const beside = [...around(graph, node)].filter((each) => each !== node)
    .map((each) => ({ each, by: importance(graph, each) }))
    .sort((a, b) => b.by - a.by || a.each - b.each);
  const names = beside.slice(0, NAMED).map(({ each }) => labelOf(graph, each)).join("; ");
  const head = `${labelOf(graph, node)}, ${say(`one${kindOf(graph, node)}`)}. `;
  return head + (beside.length ? `${say("besides", beside.length)} ${names}` : say("alone"));
}

/**
 * How a path leads from a node to the next, in words.
 * @param {import("./types.js").Graph} graph @param {App["say"]} say
 * @param {number} a @param {number} b
 */
export function stepOf(graph, say, a, b) {
  const words = [...edgesAt(graph, a)].filter((edge) => beyond(graph, edge, a) === b)
    .map((edge) => EDGE_KINDS[graph.edgeKind[edge]] + (graph.from[edge] === a ? "To" : "By"));
  return [...new Set(words)].map((word) => say(word)).join(", ");
}
