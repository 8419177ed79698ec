// Indexes of texts, and the nodes that hold all that is asked for.

import { askedOf, initialsOf, squashed, wholeTerm } from "./asking.js";
import { rowsOf } from "./decoding.js";
import { folded, plain } from "./folding.js";
import { nearWords, vocabularyOf } from "./spelling.js";
import { AUTHOR, ORGANISATION, TAG, TAGGED, WROTE, beyond, degreeOf, edgesAt, isPaper }
  from "./walking.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./asking.js").Term} Term */
/** @typedef {Map<number, number>} Scores   of nodes, by how well one term fits them */

/** @typedef {import("./decoding.js").Rows} Index   of folded texts */

/** How well a term fits: as a word's start, within, without signs, by a link, nearly, in a text. */
const [WORD, WITHIN, SQUASHED, YEAR, NEARLY, BESIDE, IN_TEXT] = [200, 120, 110, 90, 70, 60, 0];
const [WHOLE, HEAD, START] = [200, 150, 100];
/** A shorter query is not sought in abstracts, where everything has it. */
const LEAST_DEEP = 2;

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
  /** @type {Record<string, Index[]>} */
  const made = {};
  /** @type {Map<number, string[]>|null} */
  let vocabulary = null;
  return { find, ready: () => { named(); }, readyLater: () => { squashedNames(); words(); } };

  /** @param {string} name @param {() => string[]} texts */
  function once(name, texts) {
    made[name] ??= texts().filter((text) => text.length > graph.tables)
      .map((text) => rowsOf(text, graph.tables));
    return made[name];
  }

  /** The index of names; TeX is sought as it is read, too. */
  function named() {
    const { names } = graph;
    if (!names) return [];
    return once("named", () => {
      const label = names.whole("label");
      const texts = [label, ...["id", "arxiv_id", "spellings", "first_author"].map(names.whole)];
      if (/[\\$]/.test(label)) texts.push(plainOf(label));
      return texts.map(folded);
    });
  }

  function words() {
    return vocabulary ??= vocabularyOf(named().map((index) => index.text));
  }

  function squashedNames() {
    return once("squashed", () => named().slice(0, 1).map(({ text }) => squashed(text)));
  }

  function initials() {
    const { names, texts } = graph;
    const called = !names ? [] : once("initials", () =>
      [names.whole("label"), names.whole("spellings")].map(initialsOf));
    const told = !texts ? [] : once("noted", () => [initialsOf(texts.whole("commentary"))]);
    return { called, told };
  }

  function deep() {
    const { texts } = graph;
    return texts ? once("deep", () => ["commentary", "abstract"]
      .map((name) => folded(texts.whole(name)))) : [];
  }

  /**
   * The nodes that fit all that is asked for, the best first.
   * @param {string} query @param {number} most
   */
  function find(query, most) {
    const asked = askedOf(query);
    let scores = asked.ids.length ? identified(asked.ids) : new Map();
    if (asked.initials) scores = startingWith(asked.initials);
    if (!scores.size) scores = fitting(asked.terms, folded(query.trim()));
    if (!scores.size) scores = fitting(wholeTerm(query), folded(query.trim()));
    const inText = new Set([...scores].filter(([, score]) => score < 50).map(([node]) => node));
    return { nodes: bestOf(scores, most), total: scores.size, inText, all: [...scores.keys()] };
  }

  /** @param {string[]} ids @returns {Scores} */
  function identified(ids) {
    /** @type {Scores} */
    const found = new Map();
    for (const index of named()) {
      for (const id of ids) {
        for (const [row] of rowsWith(index, id)) {
          if (textOf(index, row).endsWith(id)) found.set(row, WHOLE + WORD);
        }
      }
    }
    return found;
  }

  /** @param {string} asked @returns {Scores} */
  function startingWith(asked) {
    /** @type {Scores} */
    const found = new Map();
    const { called, told } = initials();
    for (const index of [...called, ...told]) {
      for (const [row, at] of rowsWith(index, asked)) {
        const score = told.includes(index) ? IN_TEXT : WITHIN + (at ? 0 : START);
        if ((found.get(row) ?? -1) < score) found.set(row, score);
      }
    }
    return found;
  }

  /** @param {Term[]} terms @param {string} asked @returns {Scores} */
  function fitting(terms, asked) {
    if (!terms.length) return new Map();
    const parts = terms.map((term) => scoresOf(term, terms.length > 1))
      .sort((a, b) => a.size - b.size);
    /** @type {Scores} */
    const found = new Map();
    for (const [node] of parts[0]) {
      const own = parts.map((part) => part.get(node));
      if (own.includes(undefined)) continue;
      const least = Math.min(.../** @type {number[]} */ (own));
      const bonus = least < 50 ? 0 : wholeness(node, asked);
      found.set(node, least + bonus + Math.log2(1 + degreeOf(graph, node))
        + (graph.kind[node] === 0 ? 6 : 0));
    }
    return found;
  }

  /** How much of a name the query is. @param {number} node @param {string} asked */
  function wholeness(node, asked) {
    const label = textOf(named()[0], node);
    if (label === asked) return WHOLE;
    if (label.startsWith(asked)) return label[asked.length] === ":" ? HEAD : START;
    return 0;
  }

  /** @param {Term} term @param {boolean} linked   whether papers of who fits fit too */
  function scoresOf({ field, text, years }, linked) {
    /** @type {Scores} */
    const found = new Map();
    const add = (/** @type {number} */ node, /** @type {number} */ score) => {
      if ((found.get(node) ?? -1) < score) found.set(node, score);
    };
    if (years) {
      for (let i = 0; i < graph.tables; i += 1) {
        const within = graph.year[i] >= years[0] && graph.year[i] <= years[1];
        if (within && isPaper(graph, i)) add(i, YEAR);
      }
    }
    if (field === "year") return found;
    const isOf = (/** @type {number} */ node) => field === "any" || (field === "tag"
      ? graph.kind[node] === TAG : [AUTHOR, ORGANISATION].includes(graph.kind[node]));
    addNamed(text, (node, score) => isOf(node) && add(node, score));
    if (field === "any" && text.length >= LEAST_DEEP) {
      for (const index of deep()) for (const [row] of rowsWith(index, text)) add(row, IN_TEXT);
    }
    if (!found.size || nothingNamed(found)) addNear(text, isOf, add);
    if (linked || field !== "any") addLinked(found);
    if (field === "author") addFirstAuthors(text, add);
    return found;
  }

  /** @param {Scores} found */
  function nothingNamed(found) {
    for (const score of found.values()) if (score > IN_TEXT) return false;
    return true;
  }

  /** @param {string} text @param {(node: number, score: number) => void} add */
  function addNamed(text, add) {
    // Of one letter, only what names begin with.
    if (text.length === 1) return addInitial(text, add);
    for (const index of named()) {
      for (const [row, at] of rowsWith(index, text)) {
        const before = at === 0 || /[\s:/-]/.test(index.text[index.starts[row] + at - 1]);
        add(row, before ? WORD : WITHIN);
      }
    }
    const bare = squashed(text);
    if (bare.length < 3) return;
    for (const index of squashedNames()) {
      for (const [row, at] of rowsWith(index, bare)) {
        // Three letters are within many names, over the ends of words: Gerard Pons, no DPO.
        if (!at || bare.length > 3) add(row, SQUASHED + (at ? 0 : 20));
      }
    }
  }

  /** @param {string} letter @param {(node: number, score: number) => void} add */
  function addInitial(letter, add) {
    const { text, starts } = named()[0];
    const code = letter.charCodeAt(0);
    for (let row = 0; row < graph.tables; row += 1) {
      if (text.charCodeAt(starts[row]) === code) add(row, WORD);
    }
  }

  /**
   * @param {string} text @param {(node: number) => boolean} isOf
   * @param {(node: number, score: number) => void} add
   */
  function addNear(text, isOf, add) {
    for (const word of nearWords(words(), text)) {
      for (const index of named()) {
        for (const [row] of rowsWith(index, word)) if (isOf(row)) add(row, NEARLY);
      }
    }
  }

  /** Papers by who or what fits. @param {Scores} found */
  function addLinked(found) {
    for (const node of [...found.keys()]) {
      if (isPaper(graph, node) || (found.get(node) ?? 0) < 50) continue;
      for (const edge of edgesAt(graph, node)) {
        const kind = graph.edgeKind[edge];
        const paper = beyond(graph, edge, node);
        if ((kind === WROTE || kind === TAGGED) && !found.has(paper)) found.set(paper, BESIDE);
      }
    }
  }

  /** @param {string} text @param {(node: number, score: number) => void} add */
  function addFirstAuthors(text, add) {
    for (const [row] of rowsWith(rowsOf(folded(graph.names?.whole("first_author") ?? ""),
      graph.tables), text)) add(row, BESIDE);
  }
}

/** The nodes of the best scores, the best first. @param {Scores} scores @param {number} most */
function bestOf(scores, most) {
  /** @type {[number, number][]} */
  const best = [];
  const order = (/** @type {[number, number]} */ a, /** @type {[number, number]} */ b) =>
    b[1] - a[1] || a[0] - b[0];
  for (const each of scores) {
    if (best.length === most && order(each, best[most - 1]) >= 0) continue;
    best.push(each);
    best.sort(order);
    if (best.length > most) best.pop();
  }
  return best.map(([node]) => node);
}

/** Of the texts that have TeX, what is read; of the others nothing. @param {string} whole */
const plainOf = (whole) => whole.replace(/[^\0]+/g, (row) => /[\\$]/.test(row) ? plain(row) : "");
