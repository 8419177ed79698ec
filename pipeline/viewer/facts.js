// What the tables say of nodes and edges, as text by the names of their columns.

import { arxivIdOf } from "./naming.js";
import { AUTHOR, EDGE_KINDS, IN_CATEGORY, KINDS, ORGANISATION, WROTE, authorsOf, degreeOf,
  edgesOf, isPaper }
  from "./walking.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").Columns} Columns */

const UNIT = "\x1f";
const LISTS_TOLD = ["categories", "entry_dates", "topics", "cited_as", "decided_by", "broader"];
/** Places are told in hundredths, as export/explorer_places.py has them. */
const PARTS = 100;
/** How much of the land dots cover, and how many of the largest lie across it, at least. */
const [COVERED, ACROSS] = [0.02, 25];
const [MOST_LETTERS, CALLED_BY_NAME] = [32, [AUTHOR, ORGANISATION]];

const listed = (/** @type {string} */ text) => text.replaceAll(UNIT, "; ");

/** The title of a node as printed, if it has one. @param {Graph} graph @param {number} node */
export function titleOf(graph, node) {
  const text = graph.texts?.text("title", node);
  return text === UNIT ? "" : text || (graph.names?.text("label", node) ?? "");
}

/** The first day of a paper, else of its month. @param {Graph} graph @param {number} node */
export function dayOf(graph, node) {
  const month = graph.texts?.text("month", node);
  return graph.texts?.text("published", node)
    || (month && graph.year[node] ? `${graph.year[node]}-${month.padStart(2, "0")}-01` : "");
}

/** The days of the entries about a paper. @param {Graph} graph @param {number} node */
export const entryDays = (graph, node) =>
  (graph.texts?.text("entry_dates", node) ?? "").split(UNIT);

/** Where a node lies in the tables. @param {Graph} graph @param {number} node */
const placeOf = (graph, node) => [graph.x[node], -graph.y[node]].map((drawn, i) =>
  (Math.round(drawn * PARTS) + Number(graph.texts?.text("xy"[i], node))) / PARTS);

/** @param {Graph} graph @param {number} node */
const sizeTold = (graph, node) => Number(graph.texts?.text("size", node));

/**
 * How many times larger the dots of a part are, as build/exporting.py makes them.
 * @param {Graph} graph @param {number[]} nodes
 */
function growthOf(graph, nodes) {
  if (nodes.length < 2 || nodes.length === graph.tables) return 1;
  const [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  let [squares, largest] = [0, 0];
  for (const node of nodes) {
    placeOf(graph, node).forEach((at, i) => {
      low[i] = Math.min(low[i], at);
      high[i] = Math.max(high[i], at);
    });
    squares += sizeTold(graph, node) ** 2;
    largest = Math.max(largest, sizeTold(graph, node));
  }
  const [width, height] = high.map((at, i) => at - low[i]);
  return Math.max(1, Math.min(Math.sqrt(COVERED * width * height / (Math.PI / 4 * squares)),
    Math.max(width, height) / (ACROSS * largest)));
}

/**
 * What is known of nodes, if these are taken along.
 * @param {Graph} graph @param {number[]} nodes
 */
export function nodeFacts(graph, nodes) {
  const texts = /** @type {Columns} */ (graph.texts);
  const taken = new Set(nodes);
  const growth = growthOf(graph, nodes);
  const columns = Object.keys(texts.meta.node_columns);
  /** @param {number} node @returns {Record<string, string>} */
  return (node) => {
    const name = (/** @type {string} */ column) => graph.names?.text(column, node) ?? "";
    const text = (/** @type {string} */ column) => texts.text(column, node);
    const label = name("label");
    const short = text("short") || label;
    const [first] = authorsOf(graph, node);
    const cut = edgesOf(graph, node, WROTE, "to").some((edge) => !taken.has(graph.from[edge]));
    /** Unless the text says that there is none. */
    const unless = (/** @type {string} */ column, /** @type {string} */ found) =>
      text(column) === UNIT ? "" : text(column) || found;
    const [x, y] = placeOf(graph, node).map(String);
    return {
      ...Object.fromEntries(columns.map((column) =>
        [column, LISTS_TOLD.includes(column) ? listed(text(column)) : text(column)])),
      short, label: short, x, y,
      kind: KINDS[graph.kind[node] || 1],
      arxiv_id: isPaper(graph, node) ? arxivIdOf(graph, node) : "",
      name: unless("name", CALLED_BY_NAME.includes(graph.kind[node]) ? label : ""),
      title: titleOf(graph, node) || ([...label].length > MOST_LETTERS ? label : ""),
      first_author: unless("first_author", name("first_author")
        || (graph.names?.text("label", first ?? -1) ?? "")),
      year: graph.year[node] ? String(graph.year[node]) : "",
      authors_complete: cut ? "false" : text("authors_complete"),
      spellings: listed(name("spellings")) || unless("spelling", label),
      community: String(graph.community[node]),
      degree: text("degree") || String(degreeOf(graph, node)),
      size: String(growth === 1 ? text("size")
        : Math.round(sizeTold(graph, node) * growth * PARTS) / PARTS),
      first_read: entryDays(graph, node)[0],
    };
  };
}

/** What is known of edges. @param {Graph} graph */
export function edgeFacts(graph) {
  const texts = /** @type {Columns} */ (graph.texts);
  const source = texts.numbers("edge_sources");
  /** @param {number} edge @returns {Record<string, string>} */
  return (edge) => {
    const text = (/** @type {string} */ column) => texts.text(column, edge);
    const [kind, place] = [graph.edgeKind[edge], graph.position[edge]];
    return {
      relation: EDGE_KINDS[kind], sources: listed(texts.meta.sources[source[edge]] ?? ""),
      evidence: text("evidence"), weight: text("exact_weight") || String(graph.weight[edge]),
      position: kind === WROTE && place ? String(place) : "",
      primary: kind === IN_CATEGORY ? String(place === 1) : "",
      sentence: text("sentence"), entry_dates: listed(text("edge_dates")),
    };
  };
}

const MOST_ROUNDS = 50;
const TO_PAPERS = ["mentions", "cites"];

/**
 * The day that each node is there from, as export/starts.py tells how the field grew: its own, else
 * the first on which an edge leads to it; what nothing dates is there from the first day of all.
 * @param {Graph} graph @param {number[]} nodes @param {number[]} edges
 */
export function startsOf(graph, nodes, edges) {
  /** @type {Map<number, string>} */
  const starts = new Map();
  for (const node of nodes) {
    const year = graph.year[node];
    const ofYear = year > 999 && year < 10_000 ? `${year}-01-01` : "";
    const day = dayOf(graph, node) || ofYear || entryDays(graph, node)[0];
    if (day) starts.set(node, day);
  }
  const ways = [[graph.from, graph.to], [graph.to, graph.from]];
  const leading = edges.filter((edge) => TO_PAPERS.includes(EDGE_KINDS[graph.edgeKind[edge]]));
  const spread = (/** @type {number[]} */ along, /** @type {any[]} */ by) => {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const led = new Map();
      for (const edge of along) {
        for (const [from, to] of by) {
          const day = starts.get(from[edge]);
          const other = to[edge];
          if (day && !starts.has(other) && !(led.get(other) <= day)) led.set(other, day);
        }
      }
      if (!led.size) return;
      for (const [node, day] of led) starts.set(node, day);
    }
  };
  spread(leading, ways.slice(0, 1));
  spread(edges, ways);
  let earliest = "";
  for (const day of starts.values()) if (!earliest || day < earliest) earliest = day;
  return (/** @type {number} */ node) => starts.get(node) ?? earliest;
}
