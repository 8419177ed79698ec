// The bar of what narrows the map: chips with and, or, not; and undo.

import { button, el, said } from "./dom.js";
import { labelOf } from "./naming.js";
import { heldNodes, isNarrowed } from "./narrowing.js";
import { regionNames } from "./regions.js";
import { NO_FILTERS } from "./state.js";
import { isPaper } from "./walking.js";
import { monthOf } from "./words.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Part} Part */
/** @typedef {import("./types.js").Chip} Chip */

/** What a chip asks for, in words. @param {App} app @param {Chip} chip */
const nameOfChip = ({ graph }, { node }) => node < 0
  ? regionNames(graph).countries[-1 - node] ?? "" : labelOf(graph, node);

/** @param {App} app @returns {Part} */
export function facetPart(app) {
  const { graph, say, act } = app;
  const element = el("div", { className: "facets", role: "group" });

  /** @param {string} text @param {() => void} drop @param {any} [has] @param {() => void} [turn] */
  const chip = (text, drop, has = {}, turn = undefined) => el("span", { className: "chip", ...has },
    turn ? button(text, { className: "name", title: say("turn"), onclick: turn })
      : said("span", text),
    button("×", { ariaLabel: `${say("drop")}: ${text}`, onclick: drop }));

  /**
   * Every filter that is set, each with what lifts it.
   * @param {import("./types.js").State} state
   */
  function chips({ filters: f, off, chosen, language }) {
    const made = f.chips.map((each) => chip(
      `${each.not ? `${say("not")} ` : ""}${nameOfChip(app, each)}`,
        () => act({ do: "pick", node: each.node }), { className: each.not ? "chip not" : "chip" },
        () => act({ do: "negate", node: each.node })));
    const narrow = (/** @type {string} */ name) => () =>
      act({ do: "narrow", by: { [name]: /** @type {any} */ (NO_FILTERS)[name] } });
    if (f.years) made.push(chip(f.years.join("–"), narrow("years")));
    if (f.days) made.push(chip(say("readBetween", ...f.days.map((day) => monthOf(day, language))),
      narrow("days")));
    if (f.cites) made.push(chip(say("citedBetween", f.cites[0]), narrow("cites")));
    if (f.who !== "all") made.push(chip(say(`who${f.who}`), narrow("who")));
    if (f.degree) made.push(chip(`${say("links")} ≥ ${f.degree}`, narrow("degree")));
    for (const kind of off) {
      made.push(chip(`${say("not")} ${say(kind.replace("edge:", ""))}`,
        () => act({ do: "toggle", kind })));
    }
    if (chosen.length) made.push(chip(say("chosen", chosen.length),
      () => act({ do: "choose", nodes: [] }), { className: "chip chosen" }));
    return made;
  }

  return { element, update: (state) => {
    const made = chips(state);
    const { past, future, filters: f } = state;
    const narrowed = isNarrowed(state);
    const papers = narrowed
      ? heldNodes(graph, state).filter((node) => isPaper(graph, node)).length : 0;
    const many = f.chips.filter((each) => !each.not).length > 1;
    element.ariaLabel = say("facets");
    element.hidden = !made.length && !past.length && !future.length;
    /** @param {string} sign @param {string} word @param {any[]} of */
    const step = (sign, word, of) => button(sign, {
      className: "turn", ariaLabel: say(word), title: say(word),
      disabled: !of.length, onclick: () => act({ do: word }) });
    element.replaceChildren(step("↶", "undo", past), step("↷", "redo", future), ...made,
      ...(many ? [button(say(f.any ? "or" : "and"), { className: "joint", title: say("joint"),
        onclick: () => act({ do: "narrow", by: { any: !f.any } }) })] : []),
      ...(narrowed ? [said("span", say("papersLeft", papers), "count"),
        button(say("clear_filters"), { className: "name clear",
          onclick: () => act({ do: "clear_filters" }) })] : []));
  } };
}
