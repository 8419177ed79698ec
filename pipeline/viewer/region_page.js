// The page of a region: its papers, people, years, and what is missing there.

import { button, el, said, svg } from "./dom.js";
import { labelOf } from "./naming.js";
import { listOf, rowOf } from "./rows.js";
import { importance } from "./naming.js";
import { atlasOf, regionNames, tellingTags } from "./regions.js";
import { AUTHOR, CITES, READ, WROTE, edgesAt } from "./walking.js";
import { counted } from "./words.js";

/** @typedef {import("./types.js").App} App */

const [PEOPLE, LEAST_WRITTEN, TAGS, MISSING_HERE, YEARS_SHOWN] = [12, 2, 8, 12, 16];

/**
 * What is said about a country of the map.
 * @param {App} app @param {number} at @returns {Node[]}
 */
export function aboutRegion(app, at) {
  const { graph, say, act } = app;
  const { papers, continent } = atlasOf(graph).countries[at];
  const names = regionNames(graph);
  const read = papers.filter((paper) => graph.kind[paper] === READ).length;
  const sorted = papers.map((node) => ({ node, by: importance(graph, node) }))
    .sort((a, b) => b.by - a.by || a.node - b.node).map(({ node }) => node);
  const beside = atlasOf(graph).continents[continent].countries.filter((other) => other !== at);
  const part = (/** @type {string} */ word, /** @type {Node|null} */ list) =>
    list ? [said("h3", say(word)), list] : [];
  const chips = (/** @type {number[]} */ regions) => regions.length
    ? el("ul", { className: "chips" }, ...regions.map((each) => el("li", {},
      button(names.countries[each],
        { className: "name", onclick: () => act({ do: "region", at: each }) })))) : null;
  return [said("p", say("oneregion"), "kind"),
    el("h2", { tabIndex: -1, textContent: names.countries[at] }),
    said("p", say("regionCounts", papers.length, read), "meta"), yearRows(app, papers),
    el("p", { className: "doings" }, button(say("bring"), { onclick: () => app.fly(papers) }),
      button(say("onlyThis"), { onclick: () => act({ do: "pick", node: -1 - at }) })),
    ...part("tags", named(app, tagNodes(app, papers))),
    ...part("people", named(app, people(app, papers))),
    ...part("papers", listOf(app, sorted.map((node) => () => rowOf(app, node)))),
    ...part("missing", missing(app, papers)), ...part("beside", chips(beside))];
}

/** Names side by side. @param {App} app @param {{node: number, count: number}[]} found */
function named(app, found) {
  const row = (/** @type {{node: number, count: number}} */ { node, count }) => el("li", {},
    button(labelOf(app.graph, node), { className: "name", onclick: () => app.go(node) }),
    el("span", { className: "count", textContent: ` ${counted(count)}` }));
  return found.length ? el("ul", { className: "chips" }, ...found.map(row)) : null;
}

/**
 * What most of some papers have, at the other end of an edge of a kind.
 * @param {App} app @param {number[]} papers @param {(edge: number, paper: number) => number} other
 */
function most({ graph }, papers, other) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const paper of papers) {
    for (const edge of edgesAt(graph, paper)) {
      const node = other(edge, paper);
      if (node >= 0) counts.set(node, (counts.get(node) ?? 0) + 1);
    }
  }
  return [...counts].map(([node, count]) => ({ node, count }))
    .sort((a, b) => b.count - a.count || a.node - b.node);
}

/** @param {App} app @param {number[]} papers */
function people(app, papers) {
  const { graph } = app;
  return most(app, papers, (edge) => graph.edgeKind[edge] === WROTE
    && graph.kind[graph.from[edge]] === AUTHOR ? graph.from[edge] : -1)
    .filter(({ count }) => count >= LEAST_WRITTEN).slice(0, PEOPLE);
}

/** @param {App} app @param {number[]} papers */
function tagNodes(app, papers) {
  const telling = tellingTags(app.graph, [papers], 1)[0].slice(0, TAGS);
  const { graph } = app;
  return most(app, papers, (edge) => telling.includes(labelOf(graph, graph.to[edge]))
    ? graph.to[edge] : -1).slice(0, TAGS);
}

/**
 * Works that the papers read here cite most, and that were not.
 * @param {App} app @param {number[]} papers
 */
function missing(app, papers) {
  const { graph, say } = app;
  const found = most(app, papers, (edge, paper) => {
    const cited = graph.edgeKind[edge] === CITES && graph.from[edge] === paper
      && graph.kind[paper] === READ && graph.kind[graph.to[edge]] !== READ;
    return cited ? graph.to[edge] : -1;
  }).filter(({ count }) => count > 1).slice(0, MISSING_HERE);
  return found.length ? listOf(app, found.map(({ node, count }) =>
    () => rowOf(app, node, say("unreadWhy", count)))) : null;
}

/**
 * The years of papers as bars; older ones share the first.
 * @param {App} app @param {number[]} papers
 */
function yearRows({ graph, say }, papers) {
  const years = papers.map((paper) => graph.year[paper]).filter(Boolean);
  if (!years.length) return el("p", {});
  const last = years.reduce((a, b) => Math.max(a, b));
  const first = Math.max(last - YEARS_SHOWN + 1, years.reduce((a, b) => Math.min(a, b)));
  const counts = new Array(last - first + 1).fill(0);
  for (const year of years) counts[Math.max(0, year - first)] += 1;
  const high = Math.max(...counts);
  const wide = 320 / counts.length;
  return el("figure", { className: "spark", role: "img",
    "aria-label": `${say("years")} ${first}–${last}` },
  svg("svg", { viewBox: "0 0 320 54", "aria-hidden": "true" },
    ...counts.map((count, i) => svg("rect", { x: i * wide + 1, width: Math.max(1, wide - 2),
      y: 38 - 36 * count / high, height: 1 + 36 * count / high, rx: 1.5 })),
    svg("text", { x: 0, y: 52 }, String(first)),
    svg("text", { x: 320, y: 52, "text-anchor": "end" }, String(last))));
}
