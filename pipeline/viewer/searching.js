// An index of texts, and the nodes that hold all the words asked for.

import { folded, plain } from "./folding.js";
import { degreeOf } from "./walking.js";

/** @typedef {import("./types.js").Graph} Graph */

/** @typedef {{text: string, starts: Uint32Array}} Index   folded texts, each ended by NUL */

/** @param {string} whole @param {number} n @returns {Index} */
function indexOf(whole, n) {
  const text = folded(whole);
  const starts = new Uint32Array(n + 1);
  for (let i = 0, at = 0; i < n; i += 1) {
    at = text.indexOf("\0", at) + 1 || text.length;
    starts[i + 1] = at;
  }
  return { text, starts };
}

/** The row that a place of the text is in. @param {Uint32Array} starts @param {number} at */
function rowAt(starts, at) {
  let [low, high] = [0, starts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= at) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * The rows with a word, each once, with where in the row it begins.
 * @param {Index} index @param {string} word
 */
function* rowsWith({ text, starts }, word) {
  for (let at = text.indexOf(word); at >= 0;) {
    const row = rowAt(starts, at);
    yield /** @type {[number, number]} */ ([row, at - starts[row]]);
    at = text.indexOf(word, starts[row + 1]);
  }
}

/** @param {Index} index @param {number} row */
const textOf = ({ text, starts }, row) => text.slice(starts[row], starts[row + 1] - 1);

/**
 * What finds nodes in a graph. Its indexes are made when they are first needed.
 * @param {Graph} graph
 */
export function finderOf(graph) {
  /** @type {Index[]} */
  let named = [];
  /** @type {Index[]} */
  let deep = [];
  return { find, ready };

  /** Makes the index of names. */
  function ready() {
    const { names } = graph;
    if (!names || named.length) return;
    const label = names.whole("label");
    const texts = [label, ...["id", "arxiv_id", "spellings", "first_author"].map(names.whole)];
    // TeX is searched as it is read, too.
    if (/[\\$]/.test(label)) texts.push(plainOf(label));
    named = texts.filter((text) => text.length > graph.tables)
      .map((text) => indexOf(text, graph.tables));
  }

  function readyDeep() {
    const { texts } = graph;
    if (!texts || deep.length) return;
    deep = ["commentary", "abstract"].map((name) => indexOf(texts.whole(name), graph.tables));
  }

  /**
   * The nodes in whose names all the words stand, the best first; then those in whose texts.
   * @param {string} query @param {number} most
   */
  function find(query, most) {
    const words = folded(query.trim()).split(/\s+/).filter(Boolean);
    if (!words.length) return { nodes: [], total: 0, inText: new Set() };
    ready();
    readyDeep();
    const scores = scored(words);
    const inText = new Set([...scores].filter(([, score]) => score < 100).map(([node]) => node));
    const best = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
    return { nodes: best.map(([node]) => node), total: scores.size, inText };
  }

  /** @param {string[]} words @returns {Map<number, number>} */
  function scored(words) {
    const [first, ...rest] = words.slice().sort((a, b) => b.length - a.length);
    /** @type {Map<number, number>} */
    const scores = new Map();
    for (const [place, indexes] of [named, deep].entries()) {
      for (const index of indexes) {
        for (const [row, at] of rowsWith(index, first)) {
          if (rest.length && !hasAll(row, rest)) continue;
          const score = place ? 0 : scoreOf(index, row, at, words);
          const weight = score + Math.log2(1 + degreeOf(graph, row))
            + (graph.kind[row] === 0 ? 6 : 0);
          if ((scores.get(row) ?? -1) < weight) scores.set(row, weight);
        }
      }
    }
    return scores;
  }

  /** @param {number} row @param {string[]} words */
  function hasAll(row, words) {
    return words.every(
      (word) => [...named, ...deep].some((index) => textOf(index, row).includes(word)));
  }

  /** @param {Index} index @param {number} row @param {number} at @param {string[]} words */
  function scoreOf(index, row, at, words) {
    const text = textOf(index, row);
    const asked = words.join(" ");
    if (text === asked) return 400;
    if (text.startsWith(asked)) return 300;
    return at === 0 || /[\s:/-]/.test(text[at - 1]) ? 200 : 120;
  }
}

/** Of the texts that have TeX, what is read; of the others nothing. @param {string} whole */
const plainOf = (whole) => whole.replace(/[^\0]+/g, (row) => /[\\$]/.test(row) ? plain(row) : "");
