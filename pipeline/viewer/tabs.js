// The head of the side, and its tabs.

import { button, el, said } from "./dom.js";
import { headlineOf } from "./headline.js";
import { newestMonth } from "./looks.js";
import { heldNodes } from "./narrowing.js";
import { pulled, swiped } from "./swiping.js";
import { monthOf } from "./words.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Part} Part */

/**
 * What this is, how much of it is shown, and the switch of the language.
 * @param {App} app @returns {Part}
 */
export function headPart(app) {
  const { graph, say, act } = app;
  const counts = said("p", "", "counts");
  const title = el("h1", {});
  const other = () => app.state().language === "en" ? "ko" : "en";
  const language = button("", { className: "language",
    onclick: () => act({ do: "set_language", language: other() }) });
  const sentence = said("p", "", "headline");
  let told = "";
  const grip = button("", { className: "grip" });
  const element = el("header", {}, grip, title, language, counts, sentence);
  const lift = (/** @type {number} */ by) => act({ do: "sheet", by });
  swiped(element, lift);
  // A tap, or a key, lifts the sheet, and from the top lets it down.
  pulled(grip, lift, () => lift(app.state().sheet === "high" ? -2 : 1));
  return { element, update: (state) => {
    grip.ariaLabel = say("sheet");
    const { name } = graph.names?.meta ?? {};
    title.textContent = name ? say("titleOf", name) : say("title");
    Object.assign(language, { textContent: say("language"), lang: other() });
    const shown = heldNodes(graph, app.state()).length;
    counts.textContent = shown === graph.tables
      ? say("counts", graph.tables, graph.m) : say("shownOf", shown, graph.tables);
    if (told !== state.language) tell(state.language);
    told = state.language;
  } };

  /** @param {string} language */
  function tell(language) {
    const { read, cited, first, last, fresh, added } = headlineOf(graph);
    const [since, until] = [first, last].map((day) => monthOf(day, language));
    const datedHeadline = () => {
      if (!last) return say("headlineUndated", read);
      return since === until ? say("headlineMonth", read, since)
        : say("headline", read, since, until);
    };
    const news = added.length > 0 && button(say("added", added.length), { className: "name",
      onclick: () => { act({ do: "choose", nodes: added }); app.fly(added); } });
    sentence.replaceChildren(...!read ? [graph.n ? "" : say("nothing")] : [datedHeadline(),
      cited && say("headlineMore", cited),
      newestMonth(graph) < Infinity && say("fresh", fresh), news]
      .flatMap((part) => part ? [part, " "] : []));
  }
}

/**
 * Parts of which one is shown at a time, each made when it is first shown.
 * @param {App} app @param {Record<string, () => Part>} makes @returns {Part}
 */
export function tabsPart({ act, say, state, own }, makes) {
  const list = el("div", { className: "tabs", role: "tablist" });
  const boxes = el("div", { className: "boxes" });
  const names = Object.keys(makes);
  /** @type {Record<string, Part>} */
  const made = {};
  for (const name of names) {
    const [tab, box] = [own(`tab-${name}`), own(`box-${name}`)];
    list.append(button("", { id: tab, role: "tab", "aria-controls": box,
      onclick: () => act({ do: "tab", name }) }));
    boxes.append(el("div", { id: box, role: "tabpanel", "aria-labelledby": tab, tabIndex: -1 }));
  }
  list.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    act({ do: "tab",
      name: names[(names.indexOf(state().tab) + by + names.length) % names.length] });
    list.querySelector("[aria-selected=true]").focus();
    event.preventDefault();
  });
  return { element: el("div", { className: "parts" }, list, boxes), update: (now, before) => {
    list.ariaLabel = say("tabs");
    names.forEach((name, i) => {
      const shown = name === now.tab;
      Object.assign(list.children[i],
        { textContent: say(name), ariaSelected: String(shown), tabIndex: shown ? 0 : -1 });
      boxes.children[i].hidden = !shown;
      if (shown) show(name, boxes.children[i], now, before);
    });
  } };

  /**
   * @param {string} name @param {Element} box
   * @param {import("./types.js").State} now @param {import("./types.js").State|null} before
   */
  function show(name, box, now, before) {
    const part = made[name] ??= makes[name]();
    if (!box.firstChild) box.append(part.element);
    part.update(now, before && before.tab === now.tab ? before : null);
  }
}
