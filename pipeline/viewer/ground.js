// The element an explorer is on: the map's place, its colours, and its size.

import { pxOfAll } from "./camera.js";
import { el } from "./dom.js";
import { wholeOf } from "./flights.js";
import { standing } from "./nesting.js";
import { themeOf } from "./theme.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {ReturnType<typeof import("./drawing.js").drawingOn>} Drawing */

/** A cell of marimo has 740 px, and less within its edges: it is a desk, and no phone. */
const TIGHT_PX = 640;
/** Device px on paper for each px of the page: 96 an inch are too few. */
const PAPER_RATIO = 3;

/** @param {HTMLElement} box */
const sizeOf = (box) => `${box.clientWidth} ${box.clientHeight}`;

/** Empties an element for a map. @param {HTMLElement} root @param {() => boolean} [dark] */
export function groundOn(root, dark) {
  const night = matchMedia("(prefers-color-scheme: dark)");
  const paper = matchMedia("print");
  const isDark = () => !paper.matches && (dark?.() ?? night.matches);
  const stage = el("div", { className: "stage" });
  const sky = el("div", { className: "sky", tabIndex: 0, role: "application" }, stage);
  root.classList.add("digest-graph");
  let theme = themeOf(root, isDark());
  root.replaceChildren(sky);
  return { root, sky, stage, night, paper, size: sizeOf(sky), theme: () => theme, colour };

  /** Takes the colours of now. */
  function colour() {
    theme = themeOf(root, isDark());
  }
}

/** @typedef {ReturnType<typeof groundOn>} Ground */

/**
 * Tells a drawing how large all is.
 * @param {Ground} ground @param {Graph} graph @param {Drawing} drawing
 */
export function measure({ root, sky }, graph, drawing) {
  root.classList.toggle("tight", root.clientWidth <= TIGHT_PX);
  const { scale } = wholeOf(graph, sky);
  drawing.whole(scale, pxOfAll(standing(graph), sky.getBoundingClientRect(), scale));
}

/**
 * Draws anew when it becomes dark or light, or larger or smaller.
 * @param {Ground} ground @param {() => Graph} view @param {Drawing} drawing
 */
export function watched(ground, view, drawing) {
  const { root, sky, night, paper } = ground;
  // As it was measured; to ask now would lay out all that was just added.
  let known = ground.size;
  // A notebook hides its cells for a moment while it changes its theme.
  const recolour = () => requestAnimationFrame(() => {
    ground.colour();
    if (root.clientWidth) drawing.resize();
  });
  const resized = new ResizeObserver(() => {
    const size = sizeOf(sky);
    if (!root.clientWidth || size === known) return;
    known = size;
    measure(ground, view(), drawing);
    drawing.resize();
  });
  night.addEventListener("change", recolour);
  // Paper is light, and does not wait.
  paper.addEventListener("change", printed);
  resized.observe(sky);
  return { recolour, stop: () => {
    night.removeEventListener("change", recolour);
    paper.removeEventListener("change", printed);
    resized.disconnect();
  } };

  function printed() {
    ground.colour();
    sky.querySelector(".paper")?.remove();
    const shown = paper.matches && drawing.paper(PAPER_RATIO);
    if (shown) sky.append(Object.assign(shown, { className: "paper" }));
    else recolour();
  }
}
