// A tour for who is new to a map: all of it, its largest regions, what is worth a click, time.

import { button, el, said } from "./dom.js";
import { headlineOf } from "./headline.js";
import { labelOf } from "./naming.js";
import { atlasOf, regionNames } from "./regions.js";
import { READ, isPaper } from "./walking.js";
import { counted } from "./words.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Part} Part */
/** @typedef {{text: string, go: () => void, time?: boolean}} Stop   what is said, and shown */

const REGIONS_TOURED = 2;

/** The stops of a tour, in the language of now. @param {App} app @returns {Stop[]} */
function stopsOf(app) {
  const { graph, say, act, fly, go } = app;
  const { countries } = atlasOf(graph);
  const names = regionNames(graph).countries;
  let papers = 0;
  for (let i = 0; i < graph.tables; i += 1) papers += Number(isPaper(graph, i));
  const { read, worth } = headlineOf(graph);
  const free = () => act({ do: "select", node: null });
  const regions = countries.slice(0, REGIONS_TOURED).map((region, at) => ({
    text: `${names[at]}: ${say("regionCounts", counted(region.papers.length),
      counted(region.papers.filter((i) => graph.kind[i] === READ).length))}`,
    go: () => {
      free();
      act({ do: "region", at });
      fly(region.papers);
    } }));
  const clicks = worth.map(({ word, node, counts }) => ({
    text: `${say(word)}: ${labelOf(graph, node)} – ${say(`${word}Why`, ...counts)}`,
    go: () => go(node, true) }));
  const all = (/** @type {string} */ text, time = false) =>
    ({ text, time, go: () => { free(); fly(); } });
  return [all(say("tourAll", counted(papers), counted(read), countries.length)), ...regions,
    ...clicks, all(say("tourTime"), true)];
}

/**
 * What a tour says, beside what leads on; nothing until it begins.
 * @param {App} app @returns {Part}
 */
export function tourPart(app) {
  const { say, act, state } = app;
  const text = el("p", { role: "status" });
  const place = said("span", "", "count");
  const on = (/** @type {string} */ sign, /** @type {number} */ by) =>
    button(sign, { className: "turn", onclick: () => to((state().tour ?? 0) + by) });
  const steps = [on("‹", -1), on("›", 1),
    button("×", { className: "turn", onclick: () => act({ do: "tour", at: null }) })];
  const element = el("div", { className: "tour", role: "group", hidden: true },
    text, place, ...steps);

  /** @param {number} at */
  function to(at) {
    const stop = stopsOf(app)[at];
    const lay = stop?.time ? "time" : "map";
    act({ do: "tour", at: stop ? at : null });
    if (!stop) return;
    if (state().projection !== lay) app.project(lay);
    stop.go();
  }

  return { element, update: ({ tour }, before) => {
    element.hidden = tour === null;
    if (tour === null) return;
    if (before && before.tour === null && tour === 0) queueMicrotask(() => to(0));
    const stops = stopsOf(app);
    element.ariaLabel = say("tour");
    text.textContent = stops[tour].text;
    place.textContent = `${tour + 1} / ${stops.length}`;
    steps.forEach((each, i) => {
      each.ariaLabel = each.title = say(["previous", "next", "close"][i]);
    });
    steps[0].disabled = tour === 0;
  } };
}
