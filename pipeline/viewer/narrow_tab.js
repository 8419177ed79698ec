// The controls that narrow what is shown.

import { missingPapers } from "./answering.js";
import { button, el, said } from "./dom.js";
import { choiceOf } from "./legend.js";
import { ranked } from "./looks.js";
import { onlyMentioned, timesMentioned } from "./mentioned.js";
import { labelOf } from "./naming.js";
import { listOf, rowOf } from "./rows.js";
import { CATEGORY, IN_CATEGORY, READ, TAG, TAGGED, degreeOf, isPaper, unknownReferences }
  from "./walking.js";
import { brushParts } from "./years.js";
import { counted } from "./words.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Part} Part */

const MISSING = 300;

/** Tags or categories with counts, to pick. @param {App} app @param {"tags"|"categories"} list */
function picks(app, list) {
  const nodes = ranked(app.graph, list === "tags" ? TAG : CATEGORY)
    .filter((node) => degreeOf(app.graph, node));
  const row = (/** @type {number} */ node) => el("li", {}, el("label", {},
    el("input", { type: "checkbox", value: String(node), name: app.own("chip"),
      checked: app.state().filters.chips.some((each) => each.node === node),
      onchange: () => app.act({ do: "pick", node }) }),
    said("span", labelOf(app.graph, node)),
    el("span", { className: "count", "data-count": node,
      textContent: counted(degreeOf(app.graph, node)) })));
  return nodes.length ? el("fieldset", { className: "picks" }, said("legend", app.say(list)),
    listOf(app, nodes.map((node) => () => row(node)))) : null;
}

/** How many shown papers have each tag and category. @param {App} app */
function liveCounts({ graph, staged }) {
  const { shown } = staged();
  const counts = new Uint32Array(graph.n);
  for (let e = 0; e < graph.m; e += 1) {
    const kind = graph.edgeKind[e];
    if ((kind === TAGGED || kind === IN_CATEGORY) && shown[graph.from[e]]) counts[graph.to[e]] += 1;
  }
  return counts;
}

/** Works that the reader mentions and did not read, those mentioned most first. @param {App} app */
function mentionedWorks({ graph }) {
  const only = onlyMentioned(graph);
  const found = [];
  for (let i = 0; i < graph.tables; i += 1) {
    if (only[i] && graph.kind[i] !== READ && isPaper(graph, i)) {
      found.push({ node: i, by: timesMentioned(graph, i) });
    }
  }
  return found.sort((a, b) => b.by - a.by || a.node - b.node);
}

/** @param {App} app @returns {Part} */
export function narrowPart(app) {
  const { graph, say, act, own } = app;
  const brushes = brushParts(app);
  const element = el("div", { className: "narrow" });
  const narrow = (/** @type {object} */ by) => act({ do: "narrow", by });
  let named = graph.names;

  function build() {
    const { filters: f } = app.state();
    const who = ["all", "read", "cited"].map((id) => ({ id, label: `who${id}` }));
    const steps = ["0", "1", "2", "3"]
      .map((id) => ({ id, label: id === "0" ? "stepsall" : `steps${id}` }));
    const degree = el("input", { type: "number", min: 0, max: 9999, value: String(f.degree),
      name: own("degree"),
      oninput: () => narrow({ degree: Math.max(0, Number(degree.value) || 0) }) });
    /** @param {string} heading @param {(() => Node)[]} rows */
    const listed = (heading, rows) => rows.length
      ? [said("h2", say(heading), "sub"), listOf(app, rows)] : [];
    const [unknown, read] = unknownReferences(graph);
    element.replaceChildren(
      ...brushes.map((each) => each.element),
      choiceOf(app, "who", who, f.who, (id) => narrow({ who: id })),
      choiceOf(app, "steps", steps, String(f.steps), (id) => narrow({ steps: Number(id) })),
      el("label", { className: "number" }, said("span", say("degree")), degree),
      el("p", { className: "doings" },
        button(say("clear_filters"), { onclick: () => act({ do: "clear_filters" }) })),
      ...[picks(app, "tags"), picks(app, "categories")].filter((each) => each !== null),
      ...listed("missing", missingPapers(graph, MISSING).map(({ node, by }) =>
        () => rowOf(app, node, say("unreadWhy", by)))),
      ...unknown && mentionedWorks(app).length
        ? [said("p", say("unknownOf", unknown, read), "meta warn")] : [],
      ...listed("mentionedOnly", mentionedWorks(app).map(({ node }) => () => rowOf(app, node))));
  }

  return { element, update: (state, before) => {
    if (!before || before.language !== state.language || named !== graph.names) build();
    named = graph.names;
    for (const each of brushes) each.update(state, before);
    const { filters: f } = state;
    for (const input of element.querySelectorAll("input")) {
      if (input.name === own("chip")) {
        input.checked = f.chips.some(({ node }) => node === Number(input.value));
      }
      if (input.name === own("who")) input.checked = input.value === f.who;
      if (input.name === own("steps")) {
        input.checked = input.value === String(f.steps);
        input.disabled = state.selected === null && input.value !== "0";
      }
      if (input.name === own("degree") && !input.matches(":focus")) input.value = String(f.degree);
    }
    const counts = liveCounts(app);
    for (const each of element.querySelectorAll("[data-count]")) {
      each.textContent = counted(counts[Number(each.dataset.count)]);
    }
  } };
}
