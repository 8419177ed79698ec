// The selection as text of other programs: GraphML, GEXF, BibTeX and CSV.

import { dayOf, edgeFacts, entryDays, nodeFacts, startsOf, titleOf } from "./facts.js";
import { arxivIdOf, idOf } from "./naming.js";
import { EDGE_KINDS, ORGANISATION, authorsOf, categoriesOf, edgesAt, isPaper, tagsOf }
  from "./walking.js";
import { texOf } from "./tex.js";
import { MONTHS } from "./words.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {{nodes: number[], edges: number[]}} Selection */
/** @typedef {(name: string, text: string) => string} Value */

/** The edges between nodes. @param {Graph} graph @param {number[]} nodes @returns {Selection} */
export function selectionOf(graph, nodes) {
  const inside = new Set(nodes.filter((node) => node < graph.tables));
  /** @type {Set<number>} */
  const edges = new Set();
  for (const node of inside) {
    for (const edge of edgesAt(graph, node)) {
      const ends = inside.has(graph.from[edge]) && inside.has(graph.to[edge]);
      if (ends && EDGE_KINDS[graph.edgeKind[edge]] !== "between") edges.add(edge);
    }
  }
  return { nodes: [...inside].sort((a, b) => a - b), edges: [...edges].sort((a, b) => a - b) };
}

const NOT_XML = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
const NOT_GEXF_ID = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x)/gu;
const NOT_TOKEN = new RegExp("[^A-Za-z0-9._:À-ÖØ-öø-ıŁ-ňŊ-žΑ-ΡΣ-ώЁ-ЌЎ-яё-ќẠ-ỹ"
  + "ぁ-ゔァ-ヺ一-龥가-힣-]|_(?=x)", "gu");
const NOT_KEY = /[^A-Za-z0-9._:/+-]|_(?=x)/gu;

/** A text within XML, without what XML cannot hold. @param {string} text */
const xml = (text) => text.toWellFormed()
  .replace(NOT_XML, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
  .replace(/"/g, "&quot;").replace(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** An id whose odd signs are told by their codes, as export/xml_columns.py does. */
const coded = (/** @type {string} */ id, /** @type {RegExp} */ odd) => id.replace(odd, (sign) =>
  `_x${sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}_`);
/** An id in GraphML. @param {string} id */
const tokenOf = (id) => xml(coded(id, NOT_TOKEN));
/** An id in GEXF. @param {string} id */
const gexfIdOf = (id) => xml(coded(id, NOT_GEXF_ID));

/** @type {Record<string, string>} */
const SPARED = { doi: "inf", url: "IN%46", repository: "IN%46" };
/** A value that Gephi leaves as it is, as export/gephi_words.py has it. */
const spared = (/** @type {string} */ name, /** @type {string} */ text) =>
  text.replaceAll("INF", SPARED[name] ?? "IN\u200dF");

/**
 * The id and the ends of an edge, as both formats write them.
 * @param {Graph} graph @param {number} edge @param {(id: string) => string} written
 */
function writtenEnds(graph, edge, written) {
  const [from, to] = [graph.from[edge], graph.to[edge]].map((end) => written(idOf(graph, end)));
  return `id="${from}:${EDGE_KINDS[graph.edgeKind[edge]]}:${to}" source="${from}" target="${to}"`;
}

/**
 * Rows as text, and which columns have a value in any of them, with their types.
 * @param {Record<string, string>} types   of all columns, in order
 * @param {string[]} without @param {number[]} rows
 * @param {(row: number) => Record<string, string>} told
 * @param {(row: number, facts: Record<string, string>, values: (written: Value) => string)
 *   => string} line
 */
function dataOf(types, without, rows, told, line) {
  const columns = Object.entries(types).filter(([name]) => !without.includes(name));
  const held = new Set(rows.length ? ["short", "label"] : []);
  const lines = rows.map((row) => {
    const facts = told(row);
    return line(row, facts, (written) => columns.map(([name]) => {
      if (facts[name]) held.add(name);
      const text = xml(facts[name]);
      return text && written(name, text);
    }).join(""));
  });
  return { lines, declared: columns.filter(([name]) => held.has(name)) };
}

/** @param {Graph} graph @param {Selection} selection */
export function graphml(graph, { nodes, edges }) {
  const { node_columns: ofNodes, edge_columns: ofEdges } = graph.texts?.meta ?? {};
  const drawn = dataOf(ofNodes, ["first_read"], nodes, nodeFacts(graph, nodes),
    (node, _, values) => `<node id="${tokenOf(idOf(graph, node))}">${
      values((name, text) => `<data key="${name}">${text}</data>`)}</node>`);
  const keyOf = (/** @type {string} */ name) => name === "weight" ? name : `edge_${name}`;
  const lines = dataOf(ofEdges, [], edges, edgeFacts(graph), (edge, { relation }, values) =>
    `<edge ${writtenEnds(graph, edge, tokenOf)} label="${relation}">${
      values((name, text) => `<data key="${keyOf(name)}">${text}</data>`)}</edge>`);
  const key = (/** @type {string} */ id, /** @type {string} */ holder,
    /** @type {[string, string]} */ [name, type]) =>
    `<key id="${id}" for="${holder}" attr.name="${name}" attr.type="${type}"/>`;
  return ['<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...drawn.declared.map((each) => key(each[0], "node", each)),
    ...lines.declared.map((each) => key(keyOf(each[0]), "edge", each)),
    '<graph id="digests" edgedefault="directed">', ...drawn.lines, ...lines.lines,
    "</graph>", "</graphml>", ""].join("\n");
}

/** @param {string} color   `#rrggbb` */
const rgb = (color) => ["r", "g", "b"].map((name, i) =>
  `${name}="${parseInt(color.slice(1 + 2 * i, 3 + 2 * i), 16)}"`).join(" ");

/** @param {Graph} graph @param {Selection} selection */
export function gexf(graph, { nodes, edges }) {
  const starts = startsOf(graph, nodes, edges);
  const { node_columns: ofNodes, edge_columns: ofEdges } = graph.texts?.meta ?? {};
  const valued = (/** @type {string} */ name, /** @type {string} */ text) =>
    `<attvalue for="${name}" value="${spared(name, text)}"/>`;
  const since = (/** @type {string} */ day) => day && ` start="${day}"`;
  const drawn = dataOf(ofNodes, ["label", "x", "y", "size", "color"], nodes,
    nodeFacts(graph, nodes), (node, { label, x, y, size, color }, values) =>
      `<node id="${gexfIdOf(idOf(graph, node))}" label="${xml(label)}"${since(starts(node))}>`
      + `<attvalues>${values(valued)}</attvalues><viz:size value="${size}"/>`
      + `<viz:position x="${x}" y="${y}" z="0.0"/>`
      + `<viz:color ${rgb(color)}/></node>`);
  const lines = dataOf(ofEdges, ["weight"], edges, edgeFacts(graph),
    (edge, { relation, weight }, values) => {
      const [day, later] = [starts(graph.from[edge]), starts(graph.to[edge])].sort();
      return `<edge ${writtenEnds(graph, edge, gexfIdOf)} kind="${relation}"${since(later || day)} `
        + `weight="${weight}"><attvalues>${values(valued)}</attvalues></edge>`;
    });
  const declared = (/** @type {string} */ holder, /** @type {[string, string][]} */ columns) => [
    `<attributes class="${holder}">`, ...columns.map(([name, type]) =>
      `<attribute id="${name}" title="${name}" type="${type}"/>`), "</attributes>"];
  return ['<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
    "<meta>", "<creator>arxiv-digest-graph</creator>",
    "<description>Papers, authors, tags and citations of a digest</description>", "</meta>",
    '<graph defaultedgetype="directed" mode="dynamic" timeformat="date" '
      + 'timerepresentation="interval">',
    ...declared("node", drawn.declared), ...declared("edge", lines.declared),
    "<nodes>", ...drawn.lines, "</nodes>", "<edges>", ...lines.lines, "</edges>",
    "</graph>", "</gexf>", ""].join("\n");
}

const SOME_AUTHORS = 2;

/**
 * What is known of a paper, whole, as it stands in the tables.
 * @param {Graph} graph @param {number} node
 */
function recordOf(graph, node) {
  const name = (/** @type {string} */ column) => graph.names?.text(column, node) ?? "";
  const text = (/** @type {string} */ column) => graph.texts?.text(column, node) ?? "";
  const called = (/** @type {number} */ other) => graph.names?.text("label", other) ?? "";
  const wrote = authorsOf(graph, node);
  const first = name("first_author");
  const [year, month] = dayOf(graph, node).split("-").map(Number);
  return { text, year: graph.year[node] || year, month,
    title: titleOf(graph, node),
    authors: [...(first ? [first] : []), ...wrote.map(called)],
    whole: [...(first ? [false] : []), ...wrote.map((each) => graph.kind[each] === ORGANISATION)],
    cut: wrote.length ? Boolean(graph.flags[node] & SOME_AUTHORS) : Boolean(first),
    categories: categoriesOf(graph, node).map((each) => idOf(graph, each).replace("category:", "")),
    tags: tagsOf(graph, node).map(called) };
}

/** The papers of a selection. @param {Graph} graph @param {Selection} selection */
export const papersOf = (graph, { nodes }) => nodes.filter((node) => isPaper(graph, node));

/** As `digest-graph export --format bibtex`. @param {Graph} graph @param {Selection} selection */
export function bibtex(graph, selection) {
  const entries = bibtexEntries(graph, selection);
  const used = Object.entries(graph.texts?.meta.preamble).flatMap(([shown, definition]) =>
    new RegExp(shown).test(entries) ? definition : []);
  return entries + (used.length ? `@preamble{"${used.join("")}"}\n` : "");
}

/** An entry for each paper. @param {Graph} graph @param {Selection} selection */
export function bibtexEntries(graph, selection) {
  const tex = texOf(/** @type {import("./types.js").Columns} */ (graph.texts));
  const address = (/** @type {string} */ text) =>
    /^(?:10\.|https?:\/\/)[!-z|~]*$/.test(text) && !/[\\{}]|%$/.test(text) ? text : tex(text);
  const personOf = (/** @type {string} */ name, /** @type {boolean} */ whole) => {
    const said = tex(name).replaceAll("{-}", "-");
    return whole || /\band\b|,/i.test(said) ? `{${said}}` : said;
  };
  const entries = papersOf(graph, selection).map((node) => {
    const { text, year, month, title, authors, whole, cut, categories, tags } =
      recordOf(graph, node);
    const listed = authors.map((each, i) => personOf(each, whole[i])).join(" and ");
    const others = cut && !listed.endsWith(" and others") ? " and others" : "";
    const [kind, key, lines, words] = text("own_reference").split("\x1f");
    const own = lines !== undefined;
    const id = arxivIdOf(graph, node);
    const said = (/** @type {any} */ known, by = tex) => known ? by(String(known)) : null;
    const fields = { title: said(title) && `{${tex(title)}}`,
      author: authors.length ? listed + others : null,
      year: own ? lines || null : said(year),
      ...(own ? {} : { month: MONTHS[month - 1]?.slice(0, 3).toLowerCase() ?? null,
        journal: said(text("venue")) }),
      eprint: said(id), archiveprefix: id ? "arXiv" : null, primaryclass: said(categories[0]),
      doi: said(text("doi"), address), url: said(text("url"), address),
      keywords: tags.length ? tex(tags.join(", ")) : null,
      annote: said(words ?? text("commentary")), abstract: said(text("abstract")) };
    const known = Object.entries(fields).filter(([, value]) => value !== null);
    const written = known.map(([field, value]) => own && field === "year" ? lines
      : `,\n  ${field} = ${field === "month" ? value : `{${value}}`}`);
    return `@${kind || (text("venue") ? "article" : "misc")}{${
      key || coded(idOf(graph, node), NOT_KEY)}${written.join("")}\n}\n\n`;
  });
  return entries.join("");
}

/**
 * A cell without control characters; one that a spreadsheet would take for a formula gets an
 * apostrophe.
 * @param {string|number} value
 */
const cell = (value) => {
  const text = String(value || "").replace(NOT_XML, "");
  const safe = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20']/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
};

/** As `digest-graph export --format papers`. @param {Graph} graph @param {Selection} selection */
export function csv(graph, selection) {
  const rows = papersOf(graph, selection).map((node) => {
    const { text, year, month, title, authors, cut, categories, tags } = recordOf(graph, node);
    const kinds = [...categories.slice(0, 1), ...categories.slice(1).sort()];
    return [idOf(graph, node), title, [...authors, ...(cut ? ["and others"] : [])].join("; "),
      year, month, text("venue"), text("doi"), text("url"),
      kinds.join("; "), tags.join("; "),
      entryDays(graph, node).join("; "), text("commentary"), text("abstract")]
      .map(cell).join(",");
  });
  const head = "id,title,authors,year,month,venue,doi,url,categories,tags,read,notes,abstract";
  return `\ufeff${[head, ...rows, ""].join("\r\n")}`;
}
