// The view as what follows `#` in an address, and back.

import { idOf } from "./naming.js";
import { atlasOf } from "./regions.js";
import { NO_FILTERS, firstState } from "./state.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").State} State */

const shortened = (/** @type {number} */ value) => String(Number(value.toPrecision(6)));

/**
 * What the address says of a state, without what it says by default.
 * @param {Graph} graph @param {State} s
 */
export function hashOf(graph, s) {
  const said = new URLSearchParams();
  const ids = (/** @type {number[]} */ nodes) => nodes.map((node) => idOf(graph, node)).join("\n");
  const { filters: f, camera: c } = s;
  /** @type {Record<string, string>} */
  const parts = {
    at: s.selected === null ? "" : idOf(graph, s.selected),
    region: s.region === null ? "" : String(atlasOf(graph).countries[s.region].number),
    to: s.goal === null ? "" : idOf(graph, s.goal),
    like: s.similar === null ? "" : idOf(graph, s.similar),
    view: [c.x, c.y, c.scale].map(shortened).join(" "),
    off: s.off.join(" "), colour: s.colour === "community" ? "" : s.colour,
    tag: s.tag === null ? "" : idOf(graph, s.tag), size: s.size === "laid" ? "" : s.size,
    lay: s.projection === "map" ? "" : s.projection, lens: s.lens === "all" ? "" : s.lens,
    all: s.all ? "1" : "", open: s.opened.join(" "), 
    authors: ids(s.unfolded), with: chipIds(graph, f.chips, false),
    without: chipIds(graph, f.chips, true),
    any: f.any ? "1" : "", set: ids(s.chosen),
    years: f.years?.join("-") ?? "", days: f.days?.join("-") ?? "",
    cites: f.cites?.join("-") ?? "", who: f.who === "all" ? "" : f.who,
    degree: String(f.degree || ""), steps: String(f.steps || ""),
  };
  for (const [name, value] of Object.entries(parts)) if (value) said.set(name, value);
  return said.toString();
}

/**
 * Chips by their ids; a region of the map by its place among them.
 * @param {Graph} graph @param {import("./types.js").Chip[]} chips @param {boolean} not
 */
const chipIds = (graph, chips, not) => chips.filter((each) => each.not === not)
  .map(({ node }) => node < 0 ? `region:${-1 - node}` : idOf(graph, node)).join("\n");

/** @param {string|null} text */
const numbersIn = (text) => (text ?? "").split(/[ -]/).filter(Boolean).map(Number)
  .filter(Number.isFinite);

/**
 * The parts of the state that an address tells. What names nothing here is left out.
 * @param {string} hash @param {(id: string) => number|null} nodeOf @param {State} before
 * @param {(number: number) => number|null} regionOf
 * @returns {Partial<State>|null} null where it tells nothing
 */
export function linkedParts(hash, nodeOf, before, regionOf = () => null) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  if (![...said.keys()].length) return null;
  const text = (/** @type {string} */ name) => said.get(name) ?? "";
  const node = (/** @type {string} */ name) => nodeOf(text(name));
  const nodes = (/** @type {string} */ name) =>
    text(name).split("\n").map(nodeOf).filter((each) => each !== null);
  const usual = firstState("en");
  const view = text("view").split(" ").map(Number);
  const span = (/** @type {string} */ name) => {
    const [first, last] = numbersIn(said.get(name));
    return last === undefined ? null : /** @type {[number, number]} */ ([first, last]);
  };
  const chips = (/** @type {string} */ name, /** @type {boolean} */ not) => text(name).split("\n")
    .map((id) => /^region:\d+$/.test(id) ? -1 - Number(id.slice(7)) : nodeOf(id))
    .filter((each) => each !== null).map((each) => ({ node: each, not }));
  const who = text("who");
  const placed = view.length === 3 && view.every(Number.isFinite) && view[2] > 0;
  return {
    selected: node("at"), region: said.has("region") ? regionOf(Number(text("region"))) : null,
    goal: node("to"), similar: node("like"),
    camera: placed ? { x: view[0], y: view[1], scale: view[2] } : before.camera,
    off: text("off").split(" ").filter(Boolean), colour: text("colour") || usual.colour,
    tag: node("tag"), size: text("size") || usual.size, all: text("all") === "1",
    projection: text("lay") === "time" ? "time" : "map", lens: text("lens") || usual.lens,
    opened: numbersIn(said.get("open")), unfolded: nodes("authors"), chosen: nodes("set"),
    filters: {
      ...NO_FILTERS, chips: [...chips("with", false), ...chips("without", true)],
      any: text("any") === "1", years: span("years"), days: span("days"), cites: span("cites"),
      who: who === "read" || who === "cited" ? who : "all",
      degree: numbersIn(said.get("degree"))[0] ?? 0,
      steps: Math.min(3, numbersIn(said.get("steps"))[0] ?? 0),
    },
  };
}
