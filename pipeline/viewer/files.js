// The selection as text of other programs: GraphML, GEXF, BibTeX and CSV.

import { addressOf, arxivIdOf, firstAuthor, idOf, labelOf } from "./naming.js";
import { EDGE_KINDS, KINDS, authorsOf, degreeOf, edgesAt, isPaper } from "./walking.js";
import { hex, NODE_LOOKS } from "./looks.js";

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

/** A text within XML, without what XML cannot hold. @param {string} text */
const xml = (text) => text.toWellFormed()
  .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd").replace(/&/g, "&amp;")
  .replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** @param {Graph} graph @param {number} node @returns {Record<string, string>} */
const factsOf = (graph, node) => ({
  kind: KINDS[graph.kind[node]] === "read" ? "paper" : KINDS[graph.kind[node]],
  in_digest: graph.kind[node] === 0 ? "true" : "false",
  year: graph.year[node] ? String(graph.year[node]) : "",
  arxiv_id: isPaper(graph, node) ? arxivIdOf(graph, node) : "",
  url: isPaper(graph, node) ? addressOf(graph, node) : "",
});
const TYPES = {
  kind: "string", in_digest: "boolean", year: "int", arxiv_id: "string", url: "string",
};

/** The ends of an edge, as both formats write them. @param {Graph} graph @param {number} edge */
const endsOf = (graph, edge) => `source="${xml(idOf(graph, graph.from[edge]))}" `
  + `target="${xml(idOf(graph, graph.to[edge]))}"`;

/** @param {Graph} graph @param {Selection} selection */
export function graphml(graph, { nodes, edges }) {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'];
  const keys = { label: "string", x: "double", y: "double", size: "double", color: "string" };
  for (const [name, type] of Object.entries({ ...keys, ...TYPES })) {
    lines.push(`<key id="${name}" for="node" attr.name="${name}" attr.type="${type}"/>`);
  }
  lines.push('<key id="relation" for="edge" attr.name="relation" attr.type="string"/>',
    '<key id="weight" for="edge" attr.name="weight" attr.type="double"/>',
    '<graph edgedefault="directed">');
  for (const i of nodes) {
    const has = { label: labelOf(graph, i), x: String(graph.x[i]), y: String(-graph.y[i]),
      size: String(graph.size[i]), color: hex(NODE_LOOKS[graph.kind[i]].colour),
      ...factsOf(graph, i) };
    const data = Object.entries(has).filter(([, value]) => value)
      .map(([name, value]) => `<data key="${name}">${xml(value)}</data>`);
    lines.push(`<node id="${xml(idOf(graph, i))}">${data.join("")}</node>`);
  }
  edges.forEach((e, i) => {
    const kind = EDGE_KINDS[graph.edgeKind[e]];
    lines.push(`<edge id="e${i}" ${endsOf(graph, e)} label="${kind}">`
      + `<data key="relation">${kind}</data><data key="weight">${graph.weight[e]}</data></edge>`);
  });
  return [...lines, "</graph>", "</graphml>", ""].join("\n");
}

/** @param {number} colour */
const rgb = (colour) => `r="${colour >> 16}" g="${(colour >> 8) & 255}" b="${colour & 255}"`;

/** @param {Graph} graph @param {Selection} selection */
export function gexf(graph, { nodes, edges }) {
  const names = Object.keys(TYPES);
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
    '<graph defaultedgetype="directed">',
    '<attributes class="node">', ...Object.entries(TYPES).map(([name, type]) =>
      `<attribute id="${name}" title="${name}" type="${type === "int" ? "integer" : type}"/>`),
    "</attributes>", "<nodes>"];
  for (const i of nodes) {
    const facts = factsOf(graph, i);
    const values = names.filter((name) => facts[name])
      .map((name) => `<attvalue for="${name}" value="${xml(facts[name])}"/>`);
    lines.push(`<node id="${xml(idOf(graph, i))}" label="${xml(labelOf(graph, i))}">`
      + `<attvalues>${values.join("")}</attvalues>`
      + `<viz:size value="${graph.size[i]}"/>`
      + `<viz:position x="${graph.x[i]}" y="${-graph.y[i]}" z="0"/>`
      + `<viz:color ${rgb(NODE_LOOKS[graph.kind[i]].colour)}/></node>`);
  }
  lines.push("</nodes>", "<edges>");
  edges.forEach((e, i) => {
    lines.push(`<edge id="${i}" ${endsOf(graph, e)} type="directed" `
      + `kind="${EDGE_KINDS[graph.edgeKind[e]]}" weight="${graph.weight[e]}"/>`);
  });
  return [...lines, "</edges>", "</graph>", "</gexf>", ""].join("\n");
}

/** A text within BibTeX's braces. @param {string} text */
const tex = (text) => text.replace(/[\\{}]/g, "").replace(/([%#&_$])/g, "\\$1")
  .replace(/\s+/g, " ").trim();

/** @param {Graph} graph @param {Selection} selection */
export function bibtex(graph, { nodes }) {
  return nodes.filter((node) => isPaper(graph, node)).map((node, i) => {
    const authors = authorsOf(graph, node).map((each) => labelOf(graph, each));
    const [arxivId, doi] = [arxivIdOf(graph, node), graph.texts?.text("doi", node) ?? ""];
    const named = authors.length ? authors : [firstAuthor(graph, node)];
    const has = Object.entries({
      title: tex(labelOf(graph, node)), author: named.map(tex).filter(Boolean).join(" and "),
      year: String(graph.year[node] || ""), eprint: tex(arxivId),
      archiveprefix: arxivId && "arXiv", doi: tex(doi), url: tex(addressOf(graph, node)),
    }).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}}`);
    const key = arxivId.replace(/[^\w.]/g, "_") || `work${i + 1}`;
    return `@misc{${key},\n${has.join(",\n")}\n}\n`;
  }).join("\n");
}

/**
 * A cell; one that a spreadsheet would take for a formula gets an apostrophe.
 * @param {string} text
 */
const cell = (text) => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
};

/** @param {Graph} graph @param {Selection} selection */
export function csv(graph, { nodes }) {
  const rows = nodes.map((node) => {
    const facts = factsOf(graph, node);
    const own = Object.keys(TYPES).map((name) => facts[name]);
    return [idOf(graph, node), labelOf(graph, node), ...own, String(degreeOf(graph, node))]
      .map(cell).join(",");
  });
  return ["id,label,kind,in_digest,year,arxiv_id,url,degree", ...rows, ""].join("\r\n");
}
