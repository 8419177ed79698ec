// Brushes over histograms: years, when papers were read, and how often they are cited.

import { button, el, said } from "./dom.js";
import { timesCited } from "./mentioned.js";
import { yearSpan } from "./projecting.js";
import { isPaper } from "./walking.js";
import { counted, monthOf } from "./words.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").Part} Part */

/**
 * @typedef {Object} Scale
 * What a histogram counts: bins from 0, and what a filter takes for some of them.
 * @property {"years"|"days"|"cites"} name
 * @property {number} bins
 * @property {(node: number) => number} binOf   -1 for what is not counted
 * @property {(bin: number) => number} from   the least value of a bin
 * @property {(bin: number) => number} until   the greatest
 * @property {(bin: number, language: string) => string} label
 * @property {boolean} plays
 */

const [STEP_MS, MOST_BARS, AXIS_LETTERS] = [700, 40, 22];

/** @param {Graph} graph @returns {Scale|null} */
function yearScale(graph) {
  const years = [...graph.year.subarray(0, graph.tables)].filter(Boolean);
  if (!years.length) return null;
  const [first, high] = yearSpan(years);
  const low = years.reduce((a, b) => Math.min(a, b));
  return { name: "years", bins: high - first + 1, plays: true,
    binOf: (node) => graph.year[node] ? Math.max(0, graph.year[node] - first) : -1,
    from: (bin) => bin ? first + bin : low, until: (bin) => first + bin,
    label: (bin) => bin || first === low ? String(first + bin) : `≤ ${first}` };
}

/** Months since the year 0 on a day. @param {number} day */
function monthsAt(day) {
  const date = new Date(day * 864e5);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** @param {Graph} graph @returns {Scale|null} */
function readScale(graph) {
  const days = /** @type {number[]} */ ([]);
  for (let i = 0; i < graph.tables; i += 1) if (graph.day[i]) days.push(graph.day[i]);
  if (days.length < 2) return null;
  const [first, last] =
    [Math.min, Math.max].map((of) => monthsAt(days.reduce((a, b) => of(a, b))));
  const wide = Math.ceil((last - first + 1) / MOST_BARS);
  const bins = Math.floor((last - first) / wide) + 1;
  const from = (/** @type {number} */ bin) => Date.UTC(0, first + bin * wide - 12 * 1900) / 864e5;
  return bins < 2 ? null : { name: "days", bins, plays: true, from,
    binOf: (node) => graph.day[node] ? Math.floor((monthsAt(graph.day[node]) - first) / wide) : -1,
    until: (bin) => from(bin + 1) - 1, label: (bin, language) => monthOf(from(bin), language) };
}

/** @param {Graph} graph @returns {Scale|null} */
function citedScale(graph) {
  const times = timesCited(graph);
  const most = times.reduce((a, b) => Math.max(a, b), 0);
  if (most < 2) return null;
  const binOf = (/** @type {number} */ count) => count ? 1 + Math.floor(Math.log2(count)) : 0;
  const from = (/** @type {number} */ bin) => bin ? 2 ** (bin - 1) : 0;
  return { name: "cites", bins: binOf(most) + 1, plays: false, from,
    binOf: (node) => binOf(times[node]), until: (bin) => bin ? 2 ** bin - 1 : 0,
    label: (bin) => counted(from(bin)) };
}

/** The brushes that a graph has something for. @param {App} app @returns {Part[]} */
export const brushParts = (app) => [yearScale, readScale, citedScale]
  .map((scale) => scale(app.graph)).filter((scale) => scale !== null)
  .map((scale) => brushPart(app, /** @type {Scale} */ (scale)));

/** @param {App} app @param {Scale} scale @returns {Part} */
function brushPart(app, scale) {
  const { graph, say, act } = app;
  const { name, bins } = scale;
  const counts = new Uint32Array(bins);
  for (let i = 0; i < graph.tables; i += 1) {
    if (isPaper(graph, i) && scale.binOf(i) >= 0) counts[scale.binOf(i)] += 1;
  }
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const bars = [...counts].map(() => el("i", {}));
  bars.forEach((bar, i) => bar.style.setProperty("--part", String(counts[i] / most)));
  const [from, until] = [slider(0), slider(1)];
  const play = scale.plays && button("▶", { onclick: toggle });
  const told = el("output", { className: "count" });
  const legend = said("legend", "");
  const chart = el("div", { className: "bars", "aria-hidden": "true" }, ...bars);
  const axis = el("div", { className: "axis", "aria-hidden": "true" });
  const element = el("fieldset", { className: `years of-${name}` }, legend, told, chart, axis,
    el("div", { className: "brush" }, from, until), play);
  let timer = 0;
  brush();

  /** @param {number} end */
  function slider(end) {
    const made = el("input", { type: "range", min: 0, max: bins - 1, step: 1,
      value: end ? bins - 1 : 0 });
    made.addEventListener("input", () => {
      const [a, b] = [Number(from.value), Number(until.value)];
      set(end ? Math.min(a, b) : a, end ? b : Math.max(a, b));
    });
    return made;
  }

  /** @param {number} first @param {number} last */
  function set(first, last) {
    const all = first <= 0 && last >= bins - 1;
    act({ do: "narrow", by: { [name]: all ? null : [scale.from(first), scale.until(last)] } });
  }

  /** The first and last bin that pass. @returns {[number, number]} */
  function chosen() {
    const span = app.state().filters[name];
    if (!span) return [0, bins - 1];
    const inside = bars.map((_, i) => i)
      .filter((i) => scale.until(i) >= span[0] && scale.from(i) <= span[1]);
    return [inside[0] ?? 0, inside.at(-1) ?? 0];
  }

  /** Dragging over the bars chooses those between. */
  function brush() {
    let start = 0;
    const binAt = (/** @type {PointerEvent} */ event) => {
      const { left, width } = chart.getBoundingClientRect();
      return Math.max(0, Math.min(bins - 1, Math.floor((event.clientX - left) / width * bins)));
    };
    chart.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      chart.setPointerCapture(event.pointerId);
      start = binAt(event);
      set(start, start);
    });
    chart.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      if (event.buttons) set(Math.min(start, binAt(event)), Math.max(start, binAt(event)));
    });
  }

  /** Plays on from where the brush ends; from its end, or all, from its start. */
  function toggle() {
    if (timer) return stop();
    const [first, last] = chosen();
    let bin = last < bins - 1 ? last : first;
    const step = () => {
      if (bin > bins - 1) return stop();
      set(first, bin);
      bin += 1;
      return undefined;
    };
    step();
    timer = window.setInterval(step, STEP_MS);
    title();
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    title();
  }

  function title() {
    if (!play) return;
    play.textContent = timer ? "■" : "▶";
    play.ariaLabel = play.title = say(timer ? "pause" : `play${name}`);
  }

  /** @param {string} language */
  function written(language) {
    const letters = scale.label(0, language).length;
    const step = Math.max(1, Math.ceil(bins * letters / AXIS_LETTERS));
    const at = bars.map((_, i) => i)
      .filter((i) => i % step === 0 && (!i || bins - i > step / 2));
    axis.replaceChildren(...at.map((i) => {
      const made = said("span", scale.label(i, language));
      made.style.left = `${100 * (i + 0.5) / bins}%`;
      return made;
    }));
    bars.forEach((bar, i) => { bar.title = `${scale.label(i, language)}: ${counted(counts[i])}`; });
  }

  return { element, update: (state, before) => {
    const [first, last] = chosen();
    if (before?.language !== state.language) written(state.language);
    legend.textContent = say(`brush${name}`);
    from.ariaLabel = `${say(`brush${name}`)}: ${say("from")}`;
    until.ariaLabel = `${say(`brush${name}`)}: ${say("until")}`;
    title();
    [from.value, until.value] = [String(first), String(last)];
    [from.ariaValueText, until.ariaValueText] =
      [first, last].map((bin) => scale.label(bin, state.language));
    told.textContent = !state.filters[name] ? "" : [first, last]
      .map((bin) => scale.label(bin, state.language)).join("–");
    bars.forEach((bar, i) => { bar.className = i >= first && i <= last ? "in" : ""; });
  } };
}
