// The search: results as one types, walked with the arrows, flown to with Enter.

import { button, el, said } from "./dom.js";
import { clipped } from "./folding.js";
import { bylineOf } from "./rows.js";
import { kindOf } from "./mentioned.js";
import { labelOf } from "./naming.js";
import { heldNodes, isNarrowed } from "./narrowing.js";
import { KINDS } from "./walking.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Part} Part */

const [MOST_HITS, LIT_MS] = [12, 140];

/** @param {App} app @returns {Part & {focus: () => void, clear: () => void}} */
export function searchPart(app) {
  const input = el("input", { type: "search", autocomplete: "off", spellcheck: false,
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": app.own("results") });
  const results =
    el("ul", { id: app.own("results"), className: "results", role: "listbox", hidden: true });
  const told = el("p", { className: "told", role: "status" });
  const element =
    el("div", { className: "search", role: "search" }, input, el("kbd", { textContent: "/" }),
      told, results);
  let [active, lighting] = [-1, 0];

  input.addEventListener("input", () => app.act({ do: "ask", query: input.value }));
  input.addEventListener("focus", () => app.texts().then(answerAgain));
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    // The Enter that ends a Korean syllable chooses nothing.
    if (event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) mark(active + by);
    else if (event.key === "Enter") results.children[Math.max(0, active)]?.click();
    else return;
    event.preventDefault();
  });

  function answerAgain() {
    if (app.state().query) answer(app.state().query);
  }

  /** @param {number} next */
  function mark(next) {
    const rows = [...results.children];
    active = Math.max(-1, Math.min(rows.length - 1, next));
    rows.forEach((row, i) => row.setAttribute("aria-selected", String(i === active)));
    const id = rows[active]?.id;
    if (id) input.setAttribute("aria-activedescendant", id);
    else input.removeAttribute("aria-activedescendant");
    rows[active]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} query */
  function answer(query) {
    const asked = query.trim();
    const { nodes, total, inText, all } = app.find(asked, MOST_HITS);
    results.replaceChildren(...nodes.map((node, i) => rowOf(node, i, inText.has(node))));
    results.hidden = !nodes.length;
    input.setAttribute("aria-expanded", String(nodes.length > 0));
    const count = !asked ? "" : total > MOST_HITS
      ? app.say("foundMost", total, MOST_HITS) : app.say(total ? "found" : "foundNone", total);
    const hidden = hiddenOf(all).length;
    told.replaceChildren(count, ...(hidden ? [` ${app.say("foundHidden", hidden)} `,
      button(app.say("lift"), { className: "name", onclick: lift })] : []));
    mark(-1);
    clearTimeout(lighting);
    if (asked) lighting = window.setTimeout(() => app.act({ do: "light", nodes: all }), LIT_MS);
  }

  /** Those that a filter hides. @param {number[]} nodes */
  function hiddenOf(nodes) {
    const state = app.state();
    if (!nodes.length || !isNarrowed(state)) return [];
    const held = new Set(heldNodes(app.graph, state));
    return nodes.filter((node) => !held.has(node));
  }

  function lift() {
    app.act({ do: "clear_filters" });
    answer(app.state().query);
    input.focus();
  }

  /** @param {number} node @param {number} i @param {boolean} inText */
  function rowOf(node, i, inText) {
    const { graph, say } = app;
    const kind = KINDS[graph.kind[node]];
    const line = [say(`one${kindOf(graph, node)}`), bylineOf(app, node), inText && say("inText")]
      .filter(Boolean).join(" · ");
    return el("li", { id: app.own(`result-${i}`), role: "option", "aria-selected": "false",
      onclick: () => { clear(); app.go(node); } },
    el("i", { className: `dot ${kind}` }),
    el("span", {}, said("b", clipped(labelOf(graph, node))), said("small", line)));
  }

  function clear() {
    input.value = "";
    app.act({ do: "ask", query: "" });
  }

  return {
    element, clear,
    focus: () => { input.focus(); input.select(); },
    update: (state, before) => {
      if (before?.language !== state.language) {
        input.placeholder = app.say("searchHint");
        input.ariaLabel = app.say("search");
        results.ariaLabel = app.say("search");
      }
      if (input.value !== state.query) input.value = state.query;
      if (before?.query !== state.query) answer(state.query);
      if (!state.query) clearTimeout(lighting);
    },
  };
}

/**
 * The buttons at the corner of the map.
 * @param {App} app @param {Record<string, (by?: any) => void>} does @returns {Part}
 */
export function toolsPart(app, does) {
  const tools = [["+", "zoomIn"], ["−", "zoomOut"], ["⌂", "showAll"], ["≡", "asTable"]];
  const made = tools.map(([sign, word]) => button(sign, { onclick: () => does[word]() }));
  const element = el("div", { className: "tools", role: "group" }, ...made);
  return { element, update: () => {
    element.ariaLabel = app.say("view");
    made.forEach((each, i) => { each.title = each.ariaLabel = app.say(tools[i][1]); });
  } };
}
