// Notes as text in which links and ids lead on: to nodes that are here, else to the web.

import { button, el } from "./dom.js";
import { nodeNamed } from "./naming.js";

/** @typedef {import("./types.js").App} App */

const LINK = /https:\/\/[^\s<>"'`)\]]+|(?:arxiv:\s*)?\b\d{4}\.\d{4,5}(?:v\d+)?\b/giu;

/** A text as pieces of text and links. @param {App} app @param {string} text @returns {Node[]} */
export function linkedText(app, text) {
  /** @type {Node[]} */
  const made = [];
  let last = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const link = linkOf(app, found);
    if (!link) continue;
    made.push(document.createTextNode(text.slice(last, index)), link);
    last = index + found.length;
  }
  return [...made, document.createTextNode(text.slice(last))];
}

/** @param {App} app @param {string} found @returns {Node|null} */
function linkOf({ graph, go }, found) {
  const [, id] = /(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?$/.exec(found) ?? [];
  const node = id ? nodeNamed(graph, `arxiv:${id}`) : null;
  if (node !== null) {
    return button(found, { className: "name linked", "data-node": node, onclick: () => go(node) });
  }
  if (!found.toLowerCase().startsWith("https://")) return null;
  return el("a", { textContent: found, href: found, rel: "noopener noreferrer", target: "_blank" });
}
