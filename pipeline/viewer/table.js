// The same graph as a table, for those who read it with their ears or search it with their eyes.

import { button, el, said } from "./dom.js";
import { bylineOf, nameOf } from "./rows.js";
import { heldNodes } from "./narrowing.js";
import { importance } from "./naming.js";
import { KINDS, degreeOf } from "./walking.js";
import { counted } from "./words.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Part} Part */

const ROWS = 100;

/** @param {App} app @returns {Part} */
export function tablePart(app) {
  const element = el("section", { className: "table", hidden: true });
  const body = el("tbody", {});
  const told = said("p", "", "meta");
  let [page, /** @type {number[]} */ nodes] = [0, /** @type {number[]} */ ([])];

  function turn(/** @type {number} */ by) {
    page = Math.max(0, Math.min(Math.ceil(nodes.length / ROWS) - 1, page + by));
    fill();
  }

  function fill() {
    const { graph, say, state } = app;
    const part = nodes.slice(page * ROWS, page * ROWS + ROWS);
    body.replaceChildren(...part.map((node) =>
      el("tr", { "aria-selected": String(node === state().selected) },
        el("th", { scope: "row" }, nameOf(app, node)),
        said("td", say(`one${KINDS[graph.kind[node]]}`), "whole"), said("td", bylineOf(app, node)),
        el("td", { className: "count", textContent: counted(degreeOf(graph, node)) }))));
    const first = page * ROWS;
    told.textContent =
      say("page", Math.min(nodes.length, first + 1), first + part.length, nodes.length);
  }

  function build() {
    const { say } = app;
    const head = ["name", "kind", "byline", "links"]
      .map((word) => el("th", { scope: "col", textContent: say(word) }));
    element.ariaLabel = say("asTable");
    element.replaceChildren(
      el("div", { className: "bar" },
        button(say("asMap"), { onclick: () => app.act({ do: "table", shown: false }) }), told,
        button("‹", { ariaLabel: say("previous"), onclick: () => turn(-1) }),
        button("›", { ariaLabel: say("next"), onclick: () => turn(1) })),
      el("div", { className: "scroll", tabIndex: 0 },
        el("table", {}, el("thead", {}, el("tr", {}, ...head)), body)));
  }

  return { element, update: (state, before) => {
    const opened = state.table && !before?.table;
    element.hidden = !state.table;
    if (!state.table) return;
    if (opened || before?.language !== state.language) build();
    nodes = heldNodes(app.graph, state, app.staged().near)
      .map((node) => ({ node, by: importance(app.graph, node) }))
      .sort((a, b) => b.by - a.by || a.node - b.node).map(({ node }) => node);
    page = Math.min(page, Math.max(0, Math.ceil(nodes.length / ROWS) - 1));
    fill();
    if (opened) element.querySelector("button").focus();
  } };
}
