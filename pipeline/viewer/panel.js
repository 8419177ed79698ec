// The panel in which one reads about a node; every name in it leads on.

import { button, el, said } from "./dom.js";
import { bibtexEntries, selectionOf } from "./files.js";
import { similarTo } from "./answering.js";
import { dayOf } from "./facts.js";
import { plain } from "./folding.js";
import { SIMILAR, pathOf } from "./narrowing.js";
import { stepOf } from "./speaking.js";
import { generationsOf } from "./generations.js";
import { linkedText, notedBlocks } from "./notes.js";
import { kindOf } from "./mentioned.js";
import { nestsOf } from "./nesting.js";
import { addressOf, arxivIdOf, communities, firstAuthor, labelOf } from "./naming.js";
import {
  AUTHOR, CATEGORY, EDGE_KINDS, GROUP, KINDS, READ, authorsOf, categoriesOf, edgesOf, isPaper,
  tagsOf,
} from "./walking.js";
import { aboutRegion } from "./region_page.js";
import { matchedOf, reasonOf, sourcesSaid } from "./reasons.js";
import { listOf, nameOf, rowOf } from "./rows.js";
import { swiped } from "./swiping.js";
import { counted, monthOf } from "./words.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Part} Part */

/** Lists in order: kind of edge, the end that has the list, the heading, and for which kinds. */
const LISTS = /** @type {[string, "from"|"to", string][]} */ ([
  ["mentions", "from", "mentions"], ["mentions", "to", "mentionedIn"], ["cites", "from", "cites"],
  ["cites", "to", "citedBy"], ["wrote", "from", "wrote"], ["tagged", "to", "papers"],
  ["in_category", "to", "papers"], ["broader", "from", "broader"], ["broader", "to", "narrower"],
  ["relates_to", "from", "relates_to"], ["relates_to", "to", "relates_to"],
]);
const LIST_KINDS = new Set(["between", ...LISTS.map(([kind]) => kind)]);
/** Kinds that have no list above get one at each end. */
const ALL_LISTS = [...LISTS, ...EDGE_KINDS.filter((kind) => !LIST_KINDS.has(kind)).flatMap((kind) =>
  /** @type {typeof LISTS} */ ([[kind, "from", `${kind}To`], [kind, "to", `${kind}By`]]))];

/** @param {App} app @returns {Part} */
export function panelPart(app) {
  const content = el("div", { className: "content" });
  const back = button("←", { onclick: () => app.act({ do: "back" }) });
  const forward = button("→", { onclick: () => app.act({ do: "forward" }) });
  const close = button("×", { onclick: () => app.act({ do: "select", node: null }) });
  const bar = el("div", { className: "bar" }, back, forward, close);
  swiped(bar, (by) => app.act({ do: "sheet", by }));
  const element = el("aside", { className: "reading", hidden: true }, bar, content);
  const update = (/** @type {any} */ state, /** @type {any} */ before) => {
    for (const [made, word] of [[back, "back"], [forward, "forward"], [close, "close"]]) {
      made.ariaLabel = made.title = app.say(/** @type {any} */ (word));
    }
    element.ariaLabel = app.say("panel");
    element.hidden = state.selected === null && state.region === null;
    back.disabled = state.at <= 0;
    forward.disabled = state.at >= state.visited.length - 1;
    // To scroll lays out all that is there, which at the start was only just added.
    const same = before?.selected === state.selected && before?.region === state.region;
    if (before && !same) element.scrollTop = 0;
    if (state.selected === null) {
      const shown = state.region === null ? [] : aboutRegion(app, state.region);
      return content.replaceChildren(...shown);
    }
    content.replaceChildren(...about(app, state.selected));
    if (!app.graph.texts) app.texts().then(() => {
      const { selected } = app.state();
      if (selected !== null && selected === state.selected) {
        content.replaceChildren(...about(app, selected));
      }
    });
    return undefined;
  };
  return { element, update };
}

/** What is said about a node. @param {App} app @param {number} node */
function about(app, node) {
  const { graph, say } = app;
  const kind = KINDS[graph.kind[node]];
  const head = [said("p", say(`one${kindOf(graph, node)}`), `kind ${kind}`),
    el("h2", { tabIndex: -1, textContent: labelOf(graph, node) })];
  if (graph.kind[node] === GROUP) return [...head, ...aboutGroup(app, node)];
  const paper = isPaper(graph, node);
  return [...head, ...(paper ? aboutPaper(app, node) : aboutOther(app, node)), ...doings(app, node),
    ...(paper ? written(app, node) : []), ...lists(app, node),
    ...(paper ? lineage(app, node) : []),
    ...(paper ? evidence(app, node) : [])];
}

/** @param {App} app @param {number} node */
function aboutGroup(app, node) {
  const { graph, say, act } = app;
  const community = graph.community[node];
  const members = communities(graph).get(community)?.members ?? [];
  return [said("p", say("members", members.length), "meta"), el("p", { className: "doings" },
    button(say("opened"), { onclick: () => act({ do: "open", community }) })),
  listOf(app, members.slice(0, 200).map((each) => () => rowOf(app, each)))];
}

/** Names side by side, the rest folded. @param {App} app @param {number[]} nodes */
function chips(app, nodes, className = "chips") {
  return nodes.length ? [listOf(app, nodes.map((each) => () =>
    el("li", {}, nameOf(app, each), app.graph.flags[each] & 1 && app.graph.kind[each] === AUTHOR
      ? el("span", { className: "unsure", title: app.say("ambiguous"), textContent: "◌",
        role: "img", "aria-label": app.say("ambiguous") }) : null)), className)] : [];
}

/** @param {App} app @param {number} node */
function aboutPaper(app, node) {
  const { graph } = app;
  const text = (/** @type {string} */ name) => graph.texts?.text(name, node) ?? "";
  const authors = authorsOf(graph, node);
  const first = authors.length ? "" : firstAuthor(graph, node);
  const [arxivId, address] = [arxivIdOf(graph, node), addressOf(graph, node)];
  const out = (/** @type {string} */ label, /** @type {string} */ href) =>
    el("a", { textContent: label, href, rel: "noopener noreferrer", target: "_blank" });
  const there = arxivId && address.startsWith("https://arxiv.org/");
  const pdf = there ? address.replace("/abs/", "/pdf/") : "";
  const doi = /^10\.\d+\/[^\s"<>]+$/.test(text("doi")) ? `https://doi.org/${text("doi")}` : "";
  const code = /^https:\/\//.test(text("repository")) ? text("repository") : "";
  const since = Date.parse(dayOf(graph, node)) / 864e5;
  const month = since ? monthOf(since, app.state().language) : "";
  const meta = [text("published") || month || String(graph.year[node] || ""), text("venue")];
  return [
    ...chips(app, authors, "authors"), first && said("p", first, "meta"),
    said("p", meta.filter(Boolean).join(" · "), "meta"),
    ...chips(app, [...tagsOf(graph, node), ...categoriesOf(graph, node)]),
    el("p", { className: "out" }, address && out(arxivId ? `arXiv:${arxivId}` : "Web", address),
      pdf && out("PDF", pdf), doi && out("DOI", doi), code && out(app.say("code"), code)),
  ].filter(Boolean);
}

/** @param {App} app @param {number} node */
function aboutOther(app, node) {
  const { graph, say } = app;
  const text = (/** @type {string} */ name) => graph.texts?.text(name, node) ?? "";
  const name = text("name");
  const parts = [graph.kind[node] === CATEGORY && name ? said("p", name, "meta") : null];
  if (graph.kind[node] === AUTHOR && graph.flags[node] & 1) parts.push(
    said("p", say("ambiguousLong"), "meta warn"), said("p", text("doubt"), "meta"));
  const spellings = (graph.names?.text("spellings", node) ?? "").split("\x1f").filter(Boolean);
  if (spellings.length > 1) parts.push(said("p", say("alsoWritten", spellings.join(", ")), "meta"));
  if (text("same_as")) parts.push(
    said("p", `${say("elsewhere")}: ${text("same_as").split("\x1f").join(", ")}`, "meta"));
  return parts.filter(Boolean);
}

/** What can be done with a node. @param {App} app @param {number} node */
function doings(app, node) {
  const { graph, say, act } = app;
  const { filters, similar, seeking, goal } = app.state();
  const steps = [1, 2, 3].map((by) => button(say(`steps${by}`), {
    ariaPressed: String(filters.steps === by),
    onclick: () => act({ do: "narrow", by: { steps: filters.steps === by ? 0 : by } }) }));
  const alike = isPaper(graph, node)
    && button(say("similar"), { ariaPressed: String(similar === node),
    onclick: () => act({ do: "similar", node }) });
  const inside = nestsOf(graph).counts[node];
  const authors = inside > 0 && button(say("unfold", inside), {
    ariaPressed: String(app.state().unfolded.includes(node)),
    onclick: () => act({ do: "unfold", node }) });
  const only = !isPaper(graph, node) && button(say("onlyThis"), {
    ariaPressed: String(filters.chips.some((each) => each.node === node)),
    onclick: () => act({ do: "pick", node }) });
  const path = button(say("pathTo"), { ariaPressed: String(seeking),
    onclick: () => act({ do: "pick_goal" }) });
  const community = graph.community[node];
  const shut = app.state().opened.includes(community) && button(say("closed"), {
    onclick: () => { act({ do: "select", node: null }); act({ do: "open", community }); } });
  const made = [el("p", { className: "doings" }, ...steps, alike, path, only, authors,
    isPaper(graph, node) && citing(app, node), shut)];
  if (seeking) made.push(said("p", say("pathHint"), "meta warn"));
  if (similar === node) made.push(el("section", { className: "found" }, said("h3", say("similar")),
    listOf(app, similarTo(graph, node, SIMILAR).map((each) => () =>
      rowOf(app, each.paper, undefined, said("small", reasonOf(graph, say, each), "reason"))))));
  if (goal !== null) made.push(aPath(app));
  return made;
}

/** A button that copies a paper for a bibliography. @param {App} app @param {number} node */
function citing(app, node) {
  const copy = async (/** @type {any} */ { currentTarget: made }) => {
    await app.texts();
    const text = bibtexEntries(app.graph, selectionOf(app.graph, [node]));
    await navigator.clipboard?.writeText(text).catch(() => {});
    made.textContent = app.say("copied");
  };
  return button(app.say("copyBibtex"), { onclick: copy });
}

/** @param {App} app */
function aPath(app) {
  const path = pathOf(app.graph, app.state());
  return el("section", { className: "found" }, said("h3", app.say("path")), path
    ? el("ol", {}, ...path.flatMap((each, i) => [
      ...i ? [said("li", stepOf(app.graph, app.say, path[i - 1], each), "step")] : [],
      rowOf(app, each)])) : said("p", app.say("noPath"), "meta"));
}

/** @param {App} app @param {number} node */
function written(app, node) {
  const { graph, say } = app;
  const text = (/** @type {string} */ name) => graph.texts?.text(name, node) ?? "";
  const dates = text("entry_dates").split("\x1f").filter(Boolean).join(", ");
  const parts = [];
  if (text("commentary")) {
    parts.push(
      said("h3", dates ? say("noteOf", dates) : say("note")),
      notedBlocks(app, node, text("commentary")));
  }
  if (text("abstract")) parts.push(
    said("h3", say("abstract")), said("p", plain(text("abstract")), "abstract"));
  return parts;
}

/**
 * What its neighbourhood builds on, and what builds on that.
 * @param {App} app @param {number} node
 */
function lineage(app, node) {
  const { earlier, later } = generationsOf(app.graph, node);
  const part = (/** @type {string} */ word, /** @type {typeof earlier} */ found) => found.length
    ? [said("h3", app.say(word)), listOf(app, found.map((each) => () => rowOf(app, each.node)))]
    : [];
  return [...part("earlier", earlier), ...part("later", later)];
}

/** The lists of what is beside a node. @param {App} app @param {number} node */
function lists(app, node) {
  const { graph, say } = app;
  return ALL_LISTS.flatMap(([kind, end, heading]) => {
    const edges = edgesOf(graph, node, EDGE_KINDS.indexOf(kind), end);
    if (!edges.length || (kind === "wrote" && isPaper(graph, node))) return [];
    const far = end === "from" ? graph.to : graph.from;
    const rows = edges.map((edge) => () => {
      const sentence = kind === "mentions" && graph.texts?.text("sentence", edge);
      const beside = sentence
        ? el("blockquote", {}, ...linkedText(app, graph.from[edge],
          sentence.replace(/^\s*(?:[-*+]|\d+[.)])\s/, "")))
        : sourcesOf(app, edge, kind);
      return rowOf(app, far[edge], undefined, beside);
    });
    const count = el("span", { className: "count", textContent: counted(edges.length) });
    return [el("h3", {}, say(heading), count),
      listOf(app, rows)];
  });
}

/** Which sources say an edge. @param {App} app @param {number} edge @param {string} kind */
function sourcesOf({ graph, state }, edge, kind) {
  if (kind !== "cites" || !graph.texts) return null;
  const named = graph.texts.meta.sources[graph.texts.numbers("edge_sources")[edge]] ?? "";
  return named && said("small",
    sourcesSaid(named.split("\x1f").join(", "), state().language), "sources");
}

/** @param {App} app @param {number} node */
function evidence({ graph, say, state }, node) {
  const text = (/** @type {string} */ name) => graph.texts?.text(name, node) ?? "";
  const [, , all, some] = [1, 2, 4, 8].map((bit) => (graph.flags[node] & bit) > 0);
  const parts = [];
  const add = (/** @type {string} */ heading, /** @type {string} */ what) => {
    if (what) parts.push(said("h3", say(heading)), said("p", what, "meta lines"));
  };
  if (graph.kind[node] === READ && !all) parts.push(
    said("p", say(some ? "someReferences" : "noReferences"), "meta"));
  const { language } = state();
  add("why", matchedOf(text("why"), language));
  add("saidBy", sourcesSaid(text("decided_by").split("\x1f").join(" · "), language));
  add("worldCites", text("cited_by").split("\x1f").join(" · "));
  add("topics", text("topics").split("\x1f").join(" · "));
  if (text("upvotes")) parts.push(said("p", say("upvotes", text("upvotes")), "meta"));
  return parts;
}

