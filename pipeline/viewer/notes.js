// Notes as they are read: headings, lists, quotes, code; links and ids in them lead to nodes that
// are here, else to the web. All text is set as text.

import { button, el, said } from "./dom.js";
import { folded, plain } from "./folding.js";
import { arxivIdOf, labelOf, nodeNamed } from "./naming.js";
import { MENTIONS, TAG, edgesOf, isPaper } from "./walking.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {(string|Node)[]} Pieces */

/** Code, strong, slanted; links of Markdown, of notes and of org; addresses, and ids. */
const INLINE = new RegExp([
  /`([^`\n]+)`/, /(?:\*\*|__)(\S(?:.*?\S)?)(?:\*\*|__)/,
  /(?<![\p{L}\p{N}*_])[*_](?![\s*_])([^*_\n]*[^*_\s])[*_](?![\p{L}\p{N}*_])/u,
  /!?\[\[?([^[\]\n]+)\]\]?\(<?(https?:[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?\)/,
  /\[\[(https?:[^[\]\s]+)\]\[([^[\]\n]+)\]\]/, /!?\[\[([^[\]\n|]+)(?:\|([^[\]\n]+))?\]\]/,
  /(https?:\/\/[^\s<>"'`)\]]*[^\s<>"'`)\].,;:!?])/,
  /((?:arxiv:\s*)?\b\d{4}\.\d{4,5}(?:v\d+)?\b)/,
].map(({ source }) => source).join("|"), "giu");
/** What begins a block: marks of a heading, a quote, or an item of a list. */
const BLOCK =
  /^\s*(?:(#{1,6})\s+|(>)\s?(?:\[![^\]]*\][+-]?\s*)?|([-*+]|\d+[.)])\s+)(.*)$/u;
const FENCE = /^\s*(?:```|~~~)/u;

/**
 * A line as pieces of text and links.
 * @param {App} app @param {number} node   whose note it is @param {string} text @returns {Pieces}
 */
export function linkedText(app, node, text) {
  /** @type {Pieces} */
  const made = [];
  let last = 0;
  for (const found of text.matchAll(INLINE)) {
    const piece = pieceOf(app, node, found);
    if (!piece) continue;
    made.push(text.slice(last, found.index), piece);
    last = found.index + found[0].length;
  }
  return [...made, text.slice(last)];
}

/** @param {App} app @param {number} node @param {RegExpMatchArray} found @returns {Node|null} */
function pieceOf(app, node, [, code, strong, slanted, name, at, to, told, note, alias, url, id]) {
  if (code) return said("code", code);
  if (strong) return el("b", {}, ...linkedText(app, node, strong));
  if (slanted) return el("i", {}, ...linkedText(app, node, slanted));
  if (!note) return linkOf(app, at ?? to ?? url ?? id, name ?? told ?? url ?? id);
  const other = noteNamed(app, node, note.replace(/#.*$/u, ""));
  const called = plain(alias ?? note);
  return other === null ? said("span", called) : leading(app, other, called);
}

/** @param {App} app @param {string} address @param {string} text @returns {Node|null} */
function linkOf(app, address, text) {
  const [, id] = /(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?$/.exec(address) ?? [];
  const node = id ? nodeNamed(app.graph, `arxiv:${id}`) : null;
  if (node !== null) return leading(app, node, text);
  if (!/^https:\/\//iu.test(address)) return /^http:/iu.test(address) ? said("span", text) : null;
  return el("a", { textContent: text, href: address, rel: "noopener noreferrer",
    target: "_blank" });
}

/** @param {App} app @param {number} node @param {string} text */
const leading = ({ go }, node, text) =>
  button(text, { className: "name linked", "data-node": node, onclick: () => go(node) });

/**
 * What `[[name]]` in a note leads to: what the sentence with it mentions, else what is called so.
 * @param {App} app @param {number} node @param {string} name
 */
function noteNamed({ graph }, node, name) {
  const mentioned = edgesOf(graph, node, MENTIONS, "from").filter((edge) =>
    graph.texts?.text("sentence", edge).includes(`[[${name}`));
  if (mentioned.length === 1) return graph.to[mentioned[0]];
  return namesOf(graph).get(folded(name)) ?? null;
}

/** @type {WeakMap<Graph, Map<string, number>>} */
const knownCalled = new WeakMap();

/** Papers and tags by what they are called, folded. @param {Graph} graph */
function namesOf(graph) {
  const known = knownCalled.get(graph);
  if (known) return known;
  /** @type {Map<string, number>} */
  const found = new Map();
  for (let i = 0; i < graph.tables; i += 1) {
    if (!isPaper(graph, i) && graph.kind[i] !== TAG) continue;
    const label = labelOf(graph, i);
    for (const each of [label, label.replace(/:.*$/su, ""), arxivIdOf(graph, i),
      ...(graph.names?.text("spellings", i) ?? "").split("\x1f")]) {
      if (!found.has(folded(each))) found.set(folded(each), i);
    }
  }
  knownCalled.set(graph, found);
  return found;
}

/** A note in blocks. @param {App} app @param {number} node @param {string} text */
export function notedBlocks(app, node, text) {
  const made = /** @type {HTMLElement[]} */ ([]);
  /** @type {string[]|null} */
  let code = null;
  const into = (/** @type {string} */ name) => {
    if (made.at(-1)?.localName !== name) made.push(el(name));
    return /** @type {HTMLElement} */ (made.at(-1));
  };
  for (const line of text.split("\n")) {
    if (code && !FENCE.test(line)) code.push(line);
    else if (FENCE.test(line)) {
      if (code) made.push(el("pre", {}, said("code", code.join("\n"))));
      code = code ? null : [];
    } else if (!line.trim()) made.push(el("br"));
    else {
      const [, head, quote, item, rest = line] = BLOCK.exec(line) ?? [];
      const pieces = linkedText(app, node, rest);
      if (head) made.push(el("h4", {}, ...pieces));
      else if (item) into(/\d/.test(item) ? "ol" : "ul").append(el("li", {}, ...pieces));
      else {
        const block = into(quote ? "blockquote" : "p");
        block.append(...block.firstChild ? ["\n"] : [], ...pieces);
      }
    }
  }
  if (code) made.push(el("pre", {}, said("code", code.join("\n"))));
  const whole = said("div", text, "commentary");
  whole.replaceChildren(...made.filter((each) => each.localName !== "br"));
  return whole;
}
