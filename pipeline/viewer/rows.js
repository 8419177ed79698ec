// Rows of names, each of which leads on, and lists of them of any length.

import { button, el, said } from "./dom.js";
import { clipped } from "./folding.js";
import { firstAuthor, labelOf } from "./naming.js";
import { timesMentioned } from "./mentioned.js";
import { AUTHOR, CATEGORY, READ, authorsOf, isPaper } from "./walking.js";
import { counted } from "./words.js";

/** @typedef {import("./types.js").App} App */

const [LISTED, MORE] = [12, 300];

/** Who and when, in one line. @param {App} app @param {number} node */
export function bylineOf({ graph, say }, node) {
  const parts = [];
  if (isPaper(graph, node)) {
    const first = clipped(firstAuthor(graph, node), 80);
    const others = authorsOf(graph, node).length > 1 || (graph.flags[node] & 2) > 0;
    if (first) parts.push(others ? `${first} ${say("others")}` : first);
    if (graph.year[node]) parts.push(String(graph.year[node]));
    const times = graph.kind[node] === READ ? 0 : timesMentioned(graph, node);
    if (times) parts.push(say("mentionedTimes", times));
  }
  if (graph.kind[node] === AUTHOR && graph.flags[node] & 1) parts.push(say("ambiguous"));
  if (graph.kind[node] === CATEGORY) parts.push(graph.texts?.text("name", node) ?? "");
  return parts.filter(Boolean).join(" · ");
}

/** A name that leads to its node. @param {App} app @param {number} node */
export function nameOf({ graph, go }, node, className = "name") {
  const label = clipped(labelOf(graph, node));
  const lang = /\p{Script=Hangul}/u.test(label) ? "ko" : undefined;
  return button(label, { className, lang, "data-node": node, onclick: () => go(node) });
}

/**
 * A row: the name, a line about it, and what is beside it.
 * @param {App} app @param {number} node @param {string} [line]
 * @param {Node|string|null|false} [beside]
 */
export function rowOf(app, node, line = bylineOf(app, node), beside = null) {
  return el("li", {}, nameOf(app, node), line && said("small", line), beside);
}

/**
 * Rows; behind the first few, the rest folds away, and comes some hundreds at a time.
 * @param {App} app @param {(() => Node)[]} rows
 */
export function listOf({ say }, rows, className = "") {
  const first = el("ul", { className }, ...rows.slice(0, LISTED).map((row) => row()));
  if (rows.length <= LISTED) return first;
  const rest = el("ul", { className });
  const on = button("", { className: "on", onclick: () => add() });
  const more = el("details", {}, said("summary", say("more", rows.length - LISTED)), rest, on);
  let shown = LISTED;
  more.addEventListener("toggle", () => {
    if (!rest.firstChild) add();
  });
  return el("div", {}, first, more);

  function add() {
    rest.append(...rows.slice(shown, shown + MORE).map((row) => row()));
    shown = Math.min(rows.length, shown + MORE);
    on.textContent = say("moreRows", counted(Math.min(MORE, rows.length - shown)));
    on.hidden = shown >= rows.length;
  }
}
