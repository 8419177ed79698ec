// The controls that narrow what is shown.

import { button, el, said } from "./dom.js";
import { choiceOf } from "./legend.js";
import { ranked } from "./looks.js";
import { labelOf } from "./naming.js";
import { listOf, rowOf } from "./rows.js";
import { missingPapers } from "./answering.js";
import { CATEGORY, TAG, degreeOf } from "./walking.js";
import { yearsPart } from "./years.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Part} Part */

const MISSING = 40;
const LISTED = 14;

/** Tags or categories with counts, to pick. @param {App} app @param {"tags"|"categories"} list */
function picks(app, list) {
  const nodes = ranked(app.graph, list === "tags" ? TAG : CATEGORY)
    .filter((node) => degreeOf(app.graph, node));
  const row = (/** @type {number} */ node) => el("li", {}, el("label", {},
    el("input", { type: "checkbox", value: String(node), name: app.own(list),
      checked: app.state().filters[list].includes(node),
      onchange: () => app.act({ do: "pick", list, node }) }),
    said("span", labelOf(app.graph, node)),
    el("span", { className: "count", textContent: String(degreeOf(app.graph, node)) })));
  const rest = nodes.slice(LISTED, 500);
  return nodes.length ? el("fieldset", { className: "picks" }, said("legend", app.say(list)),
    el("ul", {}, ...nodes.slice(0, LISTED).map(row)), rest.length
      ? el("details", {}, said("summary", app.say("more", rest.length)),
        el("ul", {}, ...rest.map(row))) : null) : null;
}

/** @param {App} app @returns {Part} */
export function narrowPart(app) {
  const { graph, say, act, own } = app;
  const years = yearsPart(app);
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
    const missing = missingPapers(graph, MISSING);
    element.replaceChildren(
      years.element,
      choiceOf(app, "who", who, f.who, (id) => narrow({ who: id })),
      choiceOf(app, "steps", steps, String(f.steps), (id) => narrow({ steps: Number(id) })),
      el("label", { className: "number" }, said("span", say("degree")), degree),
      el("p", { className: "doings" },
        button(say("clear_filters"), { onclick: () => act({ do: "clear_filters" }) })),
      ...[picks(app, "tags"), picks(app, "categories")].filter((each) => each !== null),
      ...(missing.length
        ? [said("h2", say("missing"), "sub"), listOf(app, missing.map(({ node, by }) =>
        () => rowOf(app, node, say("missingBy", by))))] : []));
  }

  return { element, update: (state, before) => {
    if (!before || before.language !== state.language || named !== graph.names) build();
    named = graph.names;
    years.update(state, before);
    const { filters: f } = state;
    for (const input of element.querySelectorAll("input")) {
      const lists = { [own("tags")]: f.tags, [own("categories")]: f.categories };
      const list = lists[input.name];
      if (list) input.checked = list.includes(Number(input.value));
      if (input.name === own("who")) input.checked = input.value === f.who;
      if (input.name === own("steps")) {
        input.checked = input.value === String(f.steps);
        input.disabled = state.selected === null && input.value !== "0";
      }
      if (input.name === own("degree") && !input.matches(":focus")) input.value = String(f.degree);
    }
  } };
}
