// The selection as text of other programs: GraphML, GEXF, BibTeX and CSV.

import { arxivIdOf, idOf } from "./naming.js";
import { EDGE_KINDS, KINDS, ORGANISATION, authorsOf, categoriesOf, edgesAt, isPaper, tagsOf }
  from "./walking.js";
import { hex, NODE_LOOKS } from "./looks.js";
import { texOf } from "./tex.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {{nodes: number[], edges: number[]}} Selection */

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

/** What stands beside a dot in other programs. @param {Graph} graph @param {number} node */
const shortOf = (graph, node) => graph.texts?.text("short", node)
  || (graph.names?.text("label", node) ?? "");

const SAID = ["published", "updated", "venue", "doi", "url", "abstract", "commentary", "comment",
  "repository", "upvotes", "name", "doubt"];
const LISTED = ["entry_dates", "topics", "decided_by", "broader"];

/** Columns by name, as in the tables. @param {Graph} graph @param {number} node */
function factsOf(graph, node) {
  const text = (/** @type {string} */ name) => graph.texts?.text(name, node) ?? "";
  const own = isPaper(graph, node);
  /** @type {Record<string, string>} */
  const facts = {
    title: own ? text("title") || (graph.names?.text("label", node) ?? "") : "",
    kind: KINDS[graph.kind[node]] === "read" ? "paper" : KINDS[graph.kind[node]],
    in_digest: graph.kind[node] === 0 ? "true" : "false",
    year: graph.year[node] ? String(graph.year[node]) : "",
    arxiv_id: own ? arxivIdOf(graph, node) : "",
  };
  for (const name of SAID) facts[name] = text(name);
  for (const name of LISTED) facts[name] = text(name).replaceAll("\x1f", "; ");
  return facts;
}

/** What is known of an edge besides. @param {Graph} graph @param {number} edge */
function saidOf(graph, edge) {
  const { texts } = graph;
  /** @type {string[]} */
  const sources = texts?.meta.sources ?? [];
  const named = texts ? sources[texts.numbers("edge_sources")[edge]] ?? "" : "";
  return { sources: named.replaceAll("\x1f", "; "), evidence: texts?.text("evidence", edge) ?? "",
    sentence: texts?.text("sentence", edge) ?? "" };
}
const EDGE_COLUMNS = ["sources", "evidence", "sentence"];
/** @type {Record<string, string>} */
const TYPES = {
  title: "string", kind: "string", in_digest: "boolean", year: "long", arxiv_id: "string",
  ...Object.fromEntries([...SAID, ...LISTED].map((name) => [name, "string"])), upvotes: "long",
};

/** @type {Record<string, string>} */
const SPARED = { doi: "inf", url: "IN%46", repository: "IN%46" };
/** A value that Gephi leaves as it is, as export/gephi_words.py has it. */
const spared = (/** @type {string} */ name, /** @type {string} */ text) =>
  text.replaceAll("INF", SPARED[name] ?? "IN\u200dF");

/**
 * The id and the ends of an edge, as both formats write them.
 * @param {Graph} graph @param {number} edge @param {(id: string) => string} written
 */
function endsOf(graph, edge, written) {
  const [from, to] = [graph.from[edge], graph.to[edge]].map((end) => written(idOf(graph, end)));
  return `id="${from}:${EDGE_KINDS[graph.edgeKind[edge]]}:${to}" source="${from}" target="${to}"`;
}

/** @param {Graph} graph @param {Selection} selection */
export function graphml(graph, { nodes, edges }) {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'];
  const keys = { label: "string", x: "double", y: "double", size: "double", color: "string" };
  for (const [name, type] of Object.entries({ ...keys, ...TYPES })) {
    lines.push(`<key id="${name}" for="node" attr.name="${name}" attr.type="${type}"/>`);
  }
  for (const name of EDGE_COLUMNS) {
    lines.push(`<key id="edge_${name}" for="edge" attr.name="${name}" attr.type="string"/>`);
  }
  lines.push('<key id="relation" for="edge" attr.name="relation" attr.type="string"/>',
    '<key id="weight" for="edge" attr.name="weight" attr.type="double"/>',
    '<graph edgedefault="directed">');
  for (const i of nodes) {
    const has = { label: shortOf(graph, i), x: String(graph.x[i]), y: String(-graph.y[i]),
      size: String(graph.size[i]), color: hex(NODE_LOOKS[graph.kind[i]].colour),
      ...factsOf(graph, i) };
    const data = Object.entries(has).filter(([, value]) => xml(value))
      .map(([name, value]) => `<data key="${name}">${xml(value)}</data>`);
    lines.push(`<node id="${tokenOf(idOf(graph, i))}">${data.join("")}</node>`);
  }
  edges.forEach((e) => {
    const kind = EDGE_KINDS[graph.edgeKind[e]];
    lines.push(`<edge ${endsOf(graph, e, tokenOf)} label="${kind}">`
      + `<data key="relation">${kind}</data><data key="weight">${graph.weight[e]}</data>`
      + Object.entries(saidOf(graph, e)).filter(([, text]) => xml(text)).map(([name, text]) =>
        `<data key="edge_${name}">${xml(text)}</data>`).join("") + "</edge>");
  });
  return [...lines, "</graph>", "</graphml>", ""].join("\n");
}

/** @param {number} colour */
const rgb = (colour) => `r="${colour >> 16}" g="${(colour >> 8) & 255}" b="${colour & 255}"`;

/** @param {Graph} graph @param {Selection} selection */
export function gexf(graph, { nodes, edges }) {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
    '<graph defaultedgetype="directed">',
    '<attributes class="node">', ...Object.entries(TYPES).map(([name, type]) =>
      `<attribute id="${name}" title="${name}" type="${type}"/>`),
    "</attributes>", '<attributes class="edge">', ...["relation", ...EDGE_COLUMNS].map((name) =>
      `<attribute id="${name}" title="${name}" type="string"/>`), "</attributes>", "<nodes>"];
  const valuesOf = (/** @type {Record<string, string>} */ facts) => Object.entries(facts)
    .map(([name, text]) => [name, xml(TYPES[name] === "long" ? text : spared(name, text))])
    .filter(([, text]) => text)
    .map(([name, text]) => `<attvalue for="${name}" value="${text}"/>`).join("");
  for (const i of nodes) {
    lines.push(`<node id="${gexfIdOf(idOf(graph, i))}" label="${xml(shortOf(graph, i))}">`
      + `<attvalues>${valuesOf(factsOf(graph, i))}</attvalues>`
      + `<viz:size value="${graph.size[i]}"/>`
      + `<viz:position x="${graph.x[i]}" y="${-graph.y[i]}" z="0"/>`
      + `<viz:color ${rgb(NODE_LOOKS[graph.kind[i]].colour)}/></node>`);
  }
  lines.push("</nodes>", "<edges>");
  edges.forEach((e) => {
    const kind = EDGE_KINDS[graph.edgeKind[e]];
    const values = valuesOf({ relation: kind, ...saidOf(graph, e) });
    lines.push(`<edge ${endsOf(graph, e, gexfIdOf)} type="directed" kind="${kind}" `
      + `weight="${graph.weight[e]}"><attvalues>${values}</attvalues></edge>`);
  });
  return [...lines, "</edges>", "</graph>", "</gexf>", ""].join("\n");
}

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const SOME_AUTHORS = 2;

/**
 * Year and month of the day in a text, else of an arXiv id.
 * @param {string} day @param {string} id
 */
function monthOf(day, id) {
  if (day) return day.split("-").map(Number);
  const [, year, month] =
    /^(?:.*\/)?(\d\d)(0[1-9]|1[0-2])(?:\.\d|\d{3}$)/.exec(id) ?? [];
  return year ? [Number(year) + (year < "91" ? 2000 : 1900), Number(month)] : [0, 0];
}

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
  const [year, month] = monthOf(text("published"), arxivIdOf(graph, node));
  return { name, text, year: graph.year[node] || year, month,
    title: text("title") || name("label"),
    authors: [...(first ? [first] : []), ...wrote.map(called)],
    whole: [...(first ? [false] : []), ...wrote.map((each) => graph.kind[each] === ORGANISATION)],
    cut: wrote.length ? Boolean(graph.flags[node] & SOME_AUTHORS) : Boolean(first),
    categories: categoriesOf(graph, node).map((each) => idOf(graph, each).replace("category:", "")),
    tags: tagsOf(graph, node).map(called) };
}

/** The papers of a selection. @param {Graph} graph @param {Selection} selection */
export const papersOf = (graph, { nodes }) => nodes.filter((node) => isPaper(graph, node));

/** As `digest-graph export --format bibtex`. @param {Graph} graph @param {Selection} selection */
export const bibtex = (graph, selection) =>
  bibtexEntries(graph, selection) + /** @type {any} */ (graph.texts).meta.preamble;

/** An entry for each paper. @param {Graph} graph @param {Selection} selection */
export function bibtexEntries(graph, selection) {
  const tex = texOf(/** @type {import("./types.js").Columns} */ (graph.texts));
  const address = (/** @type {string} */ text) =>
    /^(?:10\.|https?:\/\/)[!-z|~]*$/.test(text) && !/[\\{}]|%$/.test(text) ? text : tex(text);
  const personOf = (/** @type {string} */ name, /** @type {boolean} */ whole) =>
    whole || /\band\b|,/i.test(tex(name)) ? `{${tex(name)}}` : tex(name);
  const entries = papersOf(graph, selection).map((node) => {
    const { name, text, year, month, title, authors, whole, cut, categories, tags } =
      recordOf(graph, node);
    const listed = authors.map((each, i) => personOf(each, whole[i])).join(" and ");
    const others = cut && !listed.endsWith(" and others") ? " and others" : "";
    const code = (/** @type {string} */ sign) =>
      sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
    const key = idOf(graph, node)
      .replace(/[^A-Za-z0-9._:/+-]|_(?=x)/gu, (sign) => `_x${code(sign)}_`);
    const id = arxivIdOf(graph, node);
    const said = (/** @type {any} */ known, by = tex) => known ? by(String(known)) : null;
    const fields = { title: `{${tex(title)}}`, author: authors.length ? listed + others : null,
      year: said(year), month: MONTHS[month - 1] ?? null, journal: said(text("venue")),
      eprint: said(id), archiveprefix: id ? "arXiv" : null, primaryclass: said(categories[0]),
      doi: said(text("doi"), address), url: said(text("url"), address),
      keywords: tags.length ? tex(tags.join(", ")) : null,
      annote: said(text("commentary")), abstract: said(text("abstract")) };
    const known = Object.entries(fields).filter(([, value]) => value !== null);
    const written = known.map(([field, value]) =>
      `,\n  ${field} = ${field === "month" ? value : `{${value}}`}`);
    return `@${text("venue") ? "article" : "misc"}{${key}${written.join("")}\n}\n\n`;
  });
  return entries.join("");
}

/**
 * A cell; one that a spreadsheet would take for a formula gets an apostrophe.
 * @param {string|number} value
 */
const cell = (value) => {
  const text = String(value || "");
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
      text("entry_dates").replaceAll("\x1f", "; "), text("commentary"), text("abstract")]
      .map(cell).join(",");
  });
  const head = "id,title,authors,year,month,venue,doi,url,categories,tags,read,notes,abstract";
  return `\ufeff${[head, ...rows, ""].join("\r\n")}`;
}
