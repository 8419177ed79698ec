// The legend, which is also the filter by kind, and the choice of colours and sizes.

import { button, el, said, svg } from "./dom.js";
import { COLOURINGS, EDGE_LOOKS, GREY, GROUP_COLOURS, LEGEND_NODES, NODE_LOOKS, SIZINGS,
  YEAR_COLOURS, hex, ranked, regionColours, yearsOf } from "./looks.js";
import { isThinned } from "./narrowing.js";
import { headlineOf } from "./headline.js";
import { LENSES, differenceOf } from "./lenses.js";
import { onlyMentioned } from "./mentioned.js";
import { labelOf } from "./naming.js";
import { bylineOf, listOf, nameOf, rowOf } from "./rows.js";
import { atlasOf, regionNames } from "./regions.js";
import { shapeOutline } from "./shapes.js";
import { EDGE_KINDS, KINDS, PAPER, READ, TAG, isPaper, unknownReferences } from "./walking.js";
import { counted, readOn } from "./words.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Part} Part */

export const PROJECTIONS = [{ id: "map", label: "asLand" }, { id: "time", label: "byTime" }];

/** How many of each kind. @param {Uint8Array} kinds @param {number} most */
function countsOf(kinds, most) {
  const counts = new Uint32Array(8);
  for (let i = 0; i < most; i += 1) counts[kinds[i]] += 1;
  return counts;
}

/** The sign of a kind of node. @param {number} kind */
const nodeSign = (kind) => svg("svg", { width: 18, height: 16, "aria-hidden": "true" },
  svg("path", { fill: hex(NODE_LOOKS[kind].colour),
    d: shapeOutline(NODE_LOOKS[kind].shape, 9, 8, kind === READ ? 4.4 : 6) }),
  kind === READ && svg("path", { fill: "none", stroke: hex(NODE_LOOKS[kind].colour),
    "stroke-width": 1.3, d: shapeOutline(0, 9, 8, 6.8) }));

/** The sign of a kind of edge: thin where it ends. @param {number} kind */
function edgeSign(kind) {
  const { colour, dash, width } = EDGE_LOOKS[kind];
  const d = dash ? "M1 8H17" : `M1 ${8 - width}L17 7.6V8.4L1 ${8 + width}Z`;
  /** @type {Record<string, string|number>} */
  const has = dash
    ? { stroke: hex(colour), "stroke-width": 2, "stroke-dasharray": dash === 1 ? "5 3" : "2 3" }
    : { fill: hex(colour) };
  return svg("svg", { width: 18, height: 16, "aria-hidden": "true" }, svg("path", { d, ...has }));
}

/**
 * Choices of a catalogue as a row of radio buttons.
 * @param {App} app @param {string} name @param {{id: string, label: string}[]} catalogue
 * @param {string} chosen @param {(id: string) => void} choose
 */
export function choiceOf(app, name, catalogue, chosen, choose) {
  return el("fieldset", { className: "choice" }, said("legend", app.say(name)),
    el("div", {}, ...catalogue.map(({ id, label }) => el("label", {},
      el("input", { type: "radio", name: app.own(name), value: id, checked: id === chosen,
        onchange: () => choose(id) }),
      said("span", app.say(label))))));
}

/** What colours mean, where they do not mean kinds. @param {App} app */
function keyOf(app) {
  const { graph } = app;
  const swatch =
    (/** @type {number} */ colour, /** @type {string} */ text, /** @type {any} */ click) =>
    el("li", {}, svg("svg", { width: 12, height: 12, "aria-hidden": "true" },
      svg("circle", { cx: 6, cy: 6, r: 5, fill: hex(colour) })),
    click ? el("button", { type: "button", className: "name", textContent: text, onclick: click })
      : said("span", text));
  const { colour, tag } = app.state();
  if (colour === "community") {
    const [colours, { countries }] = [regionColours(graph), regionNames(graph)];
    const rows = countries.map((name, i) => () =>
      swatch(colours[i][READ], name, () => app.act({ do: "region", at: i })));
    const { of } = atlasOf(graph);
    const aside = of.some((at, i) => at < 0 && i < graph.tables && isPaper(graph, i));
    if (aside) rows.push(() => swatch(GREY, app.say("noRegion"), null));
    return listOf(app, rows, "key");
  }
  if (colour === "tag") {
    const tags = ranked(graph, TAG).slice(0, GROUP_COLOURS.length);
    const set = (/** @type {number|null} */ node) => () => app.act({ do: "tag", node });
    return el("ul", { className: "key" }, ...tags.map((node, i) => swatch(
      tag === null ? GROUP_COLOURS[i] : node === tag ? GROUP_COLOURS[0] : GREY,
        labelOf(graph, node), set(node === tag ? null : node))));
  }
  if (colour === "own" && graph.own) {
    return el("div", {}, said("small", graph.own.title),
      el("ul", { className: "key" }, ...graph.own.key.map(([each, name]) =>
        swatch(each, name, null))));
  }
  if (colour !== "year") return null;
  const [low, high] = yearsOf(graph);
  return high ? el("p", { className: "ramp" }, said("span", String(Math.max(low, high - 12))),
    ...YEAR_COLOURS.map((each) => svg("svg", { width: 22, height: 10, "aria-hidden": "true" },
      svg("rect", { width: 22, height: 10, fill: hex(each) }))), said("span", String(high))) : null;
}

/** @param {App} app @returns {Part} */
export function legendPart(app) {
  const { graph, say, act } = app;
  const nodeCounts = countsOf(graph.kind, graph.n);
  const only = onlyMentioned(graph).reduce((sum, each) => sum + each, 0);
  const edgeCounts = countsOf(graph.edgeKind, graph.m);
  const element = el("div", { className: "legend" });
  const [key, apart] = [el("div", {}), el("div", { className: "apart" })];

  /** @param {string} kind @param {Node} sign @param {string} name @param {number} count */
  const row = (kind, sign, name, count) =>
    el("label", {}, el("input", { type: "checkbox", value: kind,
      checked: !app.state().off.includes(kind),
      onchange: () => act({ do: "toggle", kind }) }), sign, said("span", say(name)),
    el("span", { className: "count", textContent: counted(count) }));

  const reading = () => {
    const read = [];
    for (let i = 0; i < graph.tables; i += 1) if (graph.kind[i] === READ) read.push(i);
    read.sort((a, b) => graph.day[b] - graph.day[a] || graph.year[b] - graph.year[a] || a - b);
    const line = (/** @type {number} */ node) =>
      [bylineOf(app, node), readOn(graph.day[node], app.state().language)].filter(Boolean);
    return read.length ? [said("h2", say("whatYouRead"), "sub"), listOf(app,
      read.map((each) => () => rowOf(app, each, line(each).join(" · "))))] : [];
  };

  const worth = () => {
    const rows = headlineOf(graph).worth.map(({ word, node, counts }) =>
      el("li", {}, said("small", say(word)), nameOf(app, node),
        said("small", say(`${word}Why`, ...counts))));
    return rows.length ? [said("h2", say("worth"), "sub"),
      el("ul", { className: "worth" }, ...rows),
      button(say("tour"), { className: "turn", onclick: () => act({ do: "tour", at: 0 }) })] : [];
  };

  const added = () => {
    const nodes = headlineOf(graph).added;
    return nodes.length ? [said("h2", say("added", nodes.length), "sub"),
      listOf(app, nodes.map((each) => () => rowOf(app, each)))] : [];
  };

  const kindsOf = (/** @type {string} */ name, /** @type {Node[]} */ rows) => rows.length
    ? [el("fieldset", { className: "kinds" }, said("legend", say(name)), ...rows)] : [];

  /** What only one lens shows, and what both. */
  const differing = () => {
    const found = differenceOf(graph);
    const names = /** @type {const} */ (["connected", "cited", "both"]);
    const [unknown, read] = unknownReferences(graph);
    const doubt = unknown ? [said("p", say("unknownOf", unknown, read), "meta warn")] : [];
    return [...doubt, ...names.flatMap((name) => found[name].length
      ? [said("h3", `${say(`apart${name}`)} (${counted(found[name].length)})`, name),
        listOf(app, found[name].map((each) => () => rowOf(app, each)))] : [])];
  };

  const kindRows = () => {
    const counts = LEGEND_NODES.map((kind) => nodeCounts[kind] - (kind === PAPER ? only : 0));
    const rows = LEGEND_NODES.flatMap((kind, i) => counts[i] > 0
      ? [row(KINDS[kind], nodeSign(kind), KINDS[kind], counts[i])] : []);
    return only ? [...rows, row("mentioned", nodeSign(PAPER), "mentioned", only)] : rows;
  };

  const build = () => element.replaceChildren(
    choiceOf(app, "projection", PROJECTIONS, app.state().projection, app.project),
    ...added(), ...worth(),
    choiceOf(app, "colour", COLOURINGS.filter(({ id }) => id !== "own" || graph.own),
      app.state().colour, (by) => act({ do: "colour", by })), key,
    ...reading(),
    ...kindsOf("nodes", kindRows()),
    ...kindsOf("edges", EDGE_KINDS.flatMap((name, kind) => edgeCounts[kind]
      ? [row(`edge:${name}`, edgeSign(kind), name, edgeCounts[kind])] : [])),
    ...[thinned(app)].filter((each) => each !== null),
    choiceOf(app, "lens", LENSES, app.state().lens, (by) => act({ do: "lens", by })), apart,
    choiceOf(app, "size", SIZINGS, app.state().size, (by) => act({ do: "size", by })),
    said("p", say("start"), "meta hint"),
    el("p", { className: "meta hint" }, el("b", { textContent: `${say("keys")}: ` }),
      say("keysText")));

  return { element, update: (state, before) => {
    if (!before || before.language !== state.language) build();
    for (const input of element.querySelectorAll("input")) {
      const { type, name, value } = input;
      const chosen = [["size", state.size], ["projection", state.projection],
        ["lens", state.lens]].find(([of]) => name === app.own(of))?.[1] ?? state.colour;
      if (type !== "checkbox") input.checked = value === chosen;
      else input.checked = name ? state.all : !state.off.includes(value);
    }
    apart.replaceChildren(...state.lens === "difference" ? differing() : []);
    key.replaceChildren(...[keyOf(app)].filter((each) => each !== null));
  } };
}

/** Says that edges are left out, and lets the reader have them all. @param {App} app */
function thinned(app) {
  if (!isThinned(app.graph, { ...app.state(), all: false })) return null;
  return el("div", { className: "thinned" }, said("p", app.say("thinned"), "meta"), el("label", {},
    el("input", { type: "checkbox", name: app.own("all"), checked: app.state().all,
      onchange: (/** @type {any} */ event) =>
        app.act({ do: "edges", all: event.target.checked }) }),
    said("span", app.say("allEdges"))));
}
