// A brush over the years: how many papers each has, from when until when, and a button to play.

import { button, el, said } from "./dom.js";
import { yearsOf } from "./looks.js";
import { isPaper } from "./walking.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Part} Part */

const [STEP_MS, MOST_BARS] = [700, 60];

/** @param {App} app @returns {Part} */
export function yearsPart(app) {
  const { graph, say, act } = app;
  const [, high] = yearsOf(graph);
  // A few very old works would leave no room for the rest: they share the first bar.
  const low = Math.max(yearsOf(graph)[0], high - MOST_BARS + 1);
  const counts = new Uint32Array(Math.max(1, high - low + 1));
  for (let i = 0; i < graph.tables; i += 1) {
    if (isPaper(graph, i) && graph.year[i]) counts[Math.max(0, graph.year[i] - low)] += 1;
  }
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const bars = [...counts].map((count, i) => el("i", { title: `${low + i}: ${count}`,
    "data-year": low + i }));
  bars.forEach((bar, i) => bar.style.setProperty("--part", String(Math.sqrt(counts[i] / most))));
  const [from, until] = [slider(0), slider(1)];
  const play = button("▶", { onclick: toggle });
  const told = el("output", { className: "count" });
  const legend = said("legend", "");
  const chart = el("div", { className: "bars", "aria-hidden": "true" }, ...bars);
  const element = el("fieldset", { className: "years", hidden: low > high }, legend, told, chart,
    el("div", { className: "brush" }, from, until), play);
  let timer = 0;
  brush();

  /** @param {number} end */
  function slider(end) {
    const made =
      el("input", { type: "range", min: low, max: high, step: 1, value: end ? high : low });
    made.addEventListener("input", () => {
      const [a, b] = [Number(from.value), Number(until.value)];
      set(end ? Math.min(a, b) : a, end ? b : Math.max(a, b));
    });
    return made;
  }

  /** @param {number} first @param {number} last */
  function set(first, last) {
    const all = first <= low && last >= high;
    act({ do: "narrow",
      by: { years: all ? null : [first <= low ? yearsOf(graph)[0] : first, last] } });
  }

  /** Dragging over the bars chooses the years between. */
  function brush() {
    let start = 0;
    const yearAt = (/** @type {PointerEvent} */ event) => {
      const { left, width } = chart.getBoundingClientRect();
      const part = (event.clientX - left) / width;
      return Math.max(low, Math.min(high, low + Math.floor(part * counts.length)));
    };
    chart.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      chart.setPointerCapture(event.pointerId);
      start = yearAt(event);
      set(start, start);
    });
    chart.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      if (event.buttons) set(Math.min(start, yearAt(event)), Math.max(start, yearAt(event)));
    });
  }

  /** Plays the years: each is added to those before, until all are there. */
  function toggle() {
    if (timer) return stop();
    let year = Math.max(low, high - 12);
    const step = () => {
      if (year > high) return stop();
      set(low, year);
      year += 1;
      return undefined;
    };
    step();
    timer = window.setInterval(step, STEP_MS);
    name();
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    name();
  }

  function name() {
    play.textContent = timer ? "■" : "▶";
    play.ariaLabel = play.title = say(timer ? "pause" : "play");
  }

  return { element, update: (state) => {
    const [first, last] = state.filters.years ?? [low, high];
    legend.textContent = say("years");
    from.ariaLabel = say("from");
    until.ariaLabel = say("until");
    name();
    [from.value, until.value] = [String(Math.max(low, first)), String(last)];
    told.textContent = state.filters.years ? `${first}–${last}` : "";
    bars.forEach((bar, i) => { bar.className = low + i >= first && low + i <= last ? "in" : ""; });
  } };
}
