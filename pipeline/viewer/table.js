// The same graph as a table, for those who read it with their ears or search it with their eyes.

import { button, el, said } from "./dom.js";
import { kindOf, timesCited, timesMentioned } from "./mentioned.js";
import { firstAuthor, labelOf } from "./naming.js";
import { heldNodes } from "./narrowing.js";
import { atlasOf, regionNames } from "./regions.js";
import { bylineOf, nameOf } from "./rows.js";
import { degreeOf, isPaper, tagsOf } from "./walking.js";
import { counted } from "./words.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Part} Part */

/**
 * @typedef {Object} Column
 * @property {string} id
 * @property {string} label   its name among the words
 * @property {boolean} number
 * @property {(app: App, node: number) => string|number} fn   what stands there, and sorts it
 */

const ROWS = 100;
const USUAL = ["kind", "byline", "links"];

const day = (/** @type {number} */ since) => new Date(since * 864e5).toISOString().slice(0, 10);

/** @type {Column[]} */
export const COLUMNS = [
  { id: "kind", label: "kind", number: false,
    fn: ({ graph, say }, node) => say(`one${kindOf(graph, node)}`) },
  { id: "byline", label: "byline", number: false, fn: (app, node) => bylineOf(app, node) },
  { id: "author", label: "firstAuthor", number: false,
    fn: ({ graph }, node) => isPaper(graph, node) ? firstAuthor(graph, node) : "" },
  { id: "year", label: "year", number: true, fn: ({ graph }, node) => graph.year[node] || "" },
  { id: "read", label: "readDay", number: false,
    fn: ({ graph }, node) => graph.day[node] ? day(graph.day[node]) : "" },
  { id: "region", label: "oneregion", number: false, fn: ({ graph }, node) =>
    regionNames(graph).countries[atlasOf(graph).of[node]] ?? "" },
  { id: "tags", label: "tags", number: false, fn: ({ graph }, node) =>
    tagsOf(graph, node).map((tag) => labelOf(graph, tag)).join(", ") },
  { id: "cited", label: "byCited", number: true,
    fn: ({ graph }, node) => timesCited(graph)[node] || "" },
  { id: "mentioned", label: "mentions", number: true,
    fn: ({ graph }, node) => timesMentioned(graph, node) || "" },
  { id: "links", label: "links", number: true, fn: ({ graph }, node) => degreeOf(graph, node) },
];

/** @param {App} app @returns {Part} */
export function tablePart(app) {
  const element = el("section", { className: "table", hidden: true });
  const [head, body] = [el("tr", {}), el("tbody", {})];
  const told = said("p", "", "meta");
  let [page, /** @type {number[]} */ nodes] = [0, /** @type {number[]} */ ([])];

  function turn(/** @type {number} */ by) {
    page = Math.max(0, Math.min(Math.ceil(nodes.length / ROWS) - 1, page + by));
    fill();
  }

  const shownColumns = () =>
    COLUMNS.filter(({ id }) => (app.state().columns ?? USUAL).includes(id));

  function fill() {
    const { say, state } = app;
    const part = nodes.slice(page * ROWS, page * ROWS + ROWS);
    const columns = shownColumns();
    const cell = (/** @type {Column} */ { fn, number }, /** @type {number} */ node) => {
      const text = fn(app, node);
      return number ? el("td", { className: "count", textContent: String(text) })
        : said("td", String(text));
    };
    body.replaceChildren(...part.map((node) =>
      el("tr", { "aria-selected": String(node === state().selected) },
        el("th", { scope: "row" }, nameOf(app, node)),
        ...columns.map((each) => cell(each, node)))));
    const first = page * ROWS;
    told.textContent =
      say("page", Math.min(nodes.length, first + 1), first + part.length, nodes.length);
  }

  function titles() {
    const { say, act } = app;
    const { by, down } = app.state().sort;
    const title = (/** @type {string} */ id, /** @type {string} */ label) => el("th",
      { scope: "col", "aria-sort": id !== by ? "none" : down ? "descending" : "ascending" },
      button(`${say(label)}${id !== by ? "" : down ? " ▾" : " ▴"}`,
        { className: "name", onclick: () => act({ do: "sort", by: id }) }));
    head.replaceChildren(title("name", "name"), ...shownColumns().map(({ id, label }) =>
      title(id, label)));
  }

  function build() {
    const { say, act } = app;
    const choices = COLUMNS.map(({ id, label }) => el("label", {}, el("input",
      { type: "checkbox", value: id, checked: (app.state().columns ?? USUAL).includes(id),
        onchange: () => act({ do: "column", id, usual: USUAL }) }), said("span", say(label))));
    element.ariaLabel = say("asTable");
    element.replaceChildren(
      el("div", { className: "bar" },
        button(say("asMap"), { onclick: () => act({ do: "table", shown: false }) }),
        el("details", { className: "columns" }, said("summary", say("columns")),
          el("div", {}, ...choices)), told,
        button("‹", { ariaLabel: say("previous"), onclick: () => turn(-1) }),
        button("›", { ariaLabel: say("next"), onclick: () => turn(1) })),
      el("div", { className: "scroll", tabIndex: 0 },
        el("table", {}, el("thead", {}, head), body)));
  }

  /** The nodes in the order that is asked for; first, those of most edges. */
  function sorted() {
    const { graph } = app;
    const { by, down } = app.state().sort;
    const column = COLUMNS.find(({ id }) => id === by);
    const value = (/** @type {number} */ node) =>
      column ? column.fn(app, node) : labelOf(graph, node);
    const compared = new Intl.Collator(app.state().language, { numeric: true }).compare;
    const order = (/** @type {any} */ a, /** @type {any} */ b) => {
      if (a === "" || b === "") return Number(a === "") - Number(b === "");
      return (typeof a === "number" ? a - b : compared(a, b)) * (down ? -1 : 1);
    };
    return heldNodes(graph, app.state(), app.staged().near)
      .map((node) => ({ node, of: value(node) }))
      .sort((a, b) => order(a.of, b.of) || a.node - b.node).map(({ node }) => node);
  }

  return { element, update: (state, before) => {
    const opened = state.table && !before?.table;
    element.hidden = !state.table;
    if (!state.table) return;
    if (opened || before?.language !== state.language) build();
    titles();
    nodes = sorted();
    page = before?.sort !== state.sort ? 0
      : Math.min(page, Math.max(0, Math.ceil(nodes.length / ROWS) - 1));
    fill();
    if (opened) element.querySelector("button").focus();
  } };
}
