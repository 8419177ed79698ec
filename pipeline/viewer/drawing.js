// The one module that draws: a painter for the map, and a sheet above it for labels and hovering.

import { between, growth } from "./camera.js";
import { el } from "./dom.js";
import { drawAround } from "./hovering.js";
import { placedLabels, writeLabels } from "./labels.js";
import { morphed } from "./morphing.js";
import { pacing } from "./pacing.js";
import { DRAWN_HERE, canvasPainter } from "./painting_canvas.js";
import { webglPainter } from "./painting_webgl.js";
import { pictured, printedOf } from "./picturing.js";

/** @typedef {import("./types.js").Camera} Camera */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").Painter} Painter */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {import("./scene.js").Staged} Staged */

/** Above so many items, nodes are drawn first, and what is fine only from near. */
const HEAVY = 9_000;
/** Above so many items (without WebGL2), the last picture is moved, and drawn anew at rest. */
const SLOW = 1_000;
/** From so near on, heavy maps are drawn with all that is fine, too. */
const NEAR_SCALE = 3;
const [SPARE, LOST_MS, LATER_MS] = [1.3, 1_500, 400];

/**
 * @param {HTMLElement} stage   holds the canvases; it fills a box that hides what is beyond
 * @param {() => Theme} theme
 * @param {{seen: () => void, aside: () => number,
 *   buttons: () => import("./labels.js").Box[]}} options   `seen` is called once nodes are painted;
 *   `aside` tells how many px of the right are covered
 */
export function drawingOn(stage, theme, options) {
  let canvas = /** @type {HTMLCanvasElement} */ (el("canvas", { className: "map" }));
  const above = /** @type {HTMLCanvasElement} */ (el("canvas", { className: "labels" }));
  stage.append(canvas, above);
  const pen = /** @type {CanvasRenderingContext2D} */ (above.getContext("2d", DRAWN_HERE));
  const pace = pacing();
  let painter = canvasPainter(canvas, theme);
  /** @type {{graph: Graph, staged: Staged, state: State}|null} */
  let given = null;
  /** @type {Frame|null} */
  let drawn = null;
  let [rest, lost] = [0, 0];
  /** @type {Promise<void>|null} */
  let busy = null;
  /** @type {Promise<void>|null} */
  let queued = null;
  let [wish, morphing] = [false, false];
  let whole = { scale: 1, px: 1 };
  let labels = /** @type {import("./types.js").Label[]} */ ([]);
  return {
    load, morph, look, hover, draw,
    picture: (/** @type {number} */ ratio) => pictured(subject(ratio), painter.name === "webgl"),
    paper: (/** @type {number} */ ratio) => printedOf(subject(ratio)),
    resize: () => draw(true), whole: setWhole, speedUp,
    painter: () => painter.name, labels: () => labels, frame: () => drawn,
    moving: () => rest !== 0 && isMany(),
    close: () => { clearTimeout(rest); painter.close(); },
  };

  /** A graphics card draws from now on, if there is one: it is ready later than Canvas2D. */
  function speedUp() {
    if (busy || morphing) setTimeout(speedUp, LATER_MS);
    else if (given) replace(true);
  }

  /** A lost context is waited for; then Canvas2D takes over. @param {boolean} back */
  function changed(back) {
    clearTimeout(lost);
    if (back) replace(true);
    else lost = window.setTimeout(() => replace(false), LOST_MS);
  }

  /**
   * A canvas keeps its first kind of context, so a new painter needs a new one.
   * @param {boolean} webgl
   */
  function replace(webgl) {
    clearTimeout(lost);
    const next = /** @type {HTMLCanvasElement} */ (el("canvas", { className: "map" }));
    const made = webgl ? webglPainter(next, theme, changed) : canvasPainter(next, theme);
    if (!made) return;
    canvas.replaceWith(next);
    [canvas, painter, busy, drawn] = [next, made, null, null];
    if (given) painter.load(given.staged.scene);
    draw(true);
  }

  /**
   * The scale at which all is in sight, and px of a node there.
   * @param {number} scale @param {number} px
   */
  function setWhole(scale, px) {
    whole = { scale, px };
  }

  /**
   * Takes a scene, and draws it.
   * @param {Graph} graph @param {State} state @param {Staged} staged
   */
  function load(graph, state, staged) {
    const first = given === null;
    given = { graph, staged, state };
    painter.load(staged.scene);
    const begun = draw(!first || !isHeavy());
    return first ? begun.then(options.seen) : begun;
  }

  /**
   * Takes a scene of the same nodes elsewhere, to which they move if the reader lets things move.
   * @param {Graph} graph @param {State} state @param {Staged} staged
   */
  async function morph(graph, state, staged) {
    const [from, own] = [given?.staged.scene, painter];
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (from && drawn && !still && from.nodes === staged.scene.nodes) {
      await busy;
      morphing = true;
      const leave = drawn.camera;
      given = { graph, state, staged };
      await morphed(from, staged.scene, async (scene, part) => {
        own.load(scene);
        const camera = between(leave, state.camera, part);
        const frame = frameOf(camera, 1, false);
        await own.draw(frame, () => { if (own === painter) fit(frame); });
      });
    }
    [given, drawn, morphing] = [{ graph, state, staged }, null, false];
    stage.style.transform = "";
    painter.load(staged.scene);
    await draw(true);
  }

  function items() {
    return given === null ? 0 : given.staged.order.length + given.staged.edges.length;
  }

  function isHeavy() {
    return items() > HEAVY;
  }

  function isMany() {
    return items() > (painter.name === "webgl" ? HEAVY : SLOW);
  }

  function isSlow() {
    return isMany() || pace.isLate();
  }

  /**
   * Another camera: the last picture is moved at once, and drawn anew when it can be.
   * @param {State} state
   */
  function look(state) {
    if (!given) return;
    given.state = state;
    shift();
    if (!isSlow()) {
      draw(true);
      return;
    }
    clearTimeout(rest);
    rest = window.setTimeout(() => draw(true), pace.restMs());
    if (!isCovered() && pace.isDue()) draw(!isMany());
  }

  /** Moves the last picture to where the camera has it. */
  function shift() {
    if (!given || !drawn) return;
    const [from, to] = [drawn.camera, given.state.camera];
    const still = from.x === to.x && from.y === to.y && from.scale === to.scale;
    const aside = [(from.x - to.x) * to.scale, (from.y - to.y) * to.scale];
    stage.style.transform = still ? ""
      : `translate(${aside[0]}px, ${aside[1]}px) scale(${to.scale / from.scale})`;
  }

  /** Whether the last picture fills the window, wherever it was moved. */
  function isCovered() {
    if (!given || !drawn) return false;
    const [from, to] = [drawn.camera, given.state.camera];
    const { clientWidth: w, clientHeight: h } = box();
    const grown = to.scale / from.scale;
    return grown < 2.5 && Math.abs(from.x - to.x) * to.scale <= (drawn.width * grown - w) / 2
      && Math.abs(from.y - to.y) * to.scale <= (drawn.height * grown - h) / 2;
  }

  function box() {
    return /** @type {HTMLElement} */ (stage.parentElement);
  }

  /** @param {Camera} camera @param {number} spare @param {boolean} edges @returns {Frame} */
  function frameOf(camera, spare, edges) {
    const { clientWidth, clientHeight } = box();
    const ratio = Math.min(2, devicePixelRatio || 1);
    return {
      camera, ratio, edges, spare, aside: options.aside(), buttons: options.buttons(),
      fine: !isHeavy() || (edges && camera.scale > whole.scale * NEAR_SCALE),
      width: Math.max(1, Math.round(clientWidth * spare)),
      height: Math.max(1, Math.round(clientHeight * spare)), grow: growth(camera, whole),
    };
  }

  /**
   * Draws the map as it is, with edges and labels or without; while one picture is drawn, only the
   * last wish is kept.
   * @param {boolean} all @returns {Promise<void>}
   */
  async function draw(all) {
    if (!given) return;
    if (all) {
      clearTimeout(rest);
      rest = 0;
    }
    if (busy) {
      wish ||= all;
      queued ??= busy.then(() => {
        const next = wish;
        [queued, wish] = [null, false];
        return draw(next);
      });
      await queued;
      return;
    }
    pace.drawn();
    const frame = frameOf(given.state.camera, isSlow() && drawn ? SPARE : 1, all);
    const own = painter;
    busy = own.draw(frame, () => { if (own === painter) present(frame); });
    await busy;
    busy = null;
  }

  /** Makes ready for a picture that is there. @param {Frame} frame */
  function present(frame) {
    const same = drawn && drawn.width === frame.width && drawn.height === frame.height
      && drawn.ratio === frame.ratio;
    if (!same || canvas.width !== Math.round(frame.width * frame.ratio)) fit(frame);
    drawn = frame;
    shift();
    if (given) hover(given.state);
  }

  /** @param {Frame} frame */
  function fit({ width, height, ratio }) {
    for (const each of [canvas, above]) {
      each.width = Math.round(width * ratio);
      each.height = Math.round(height * ratio);
      Object.assign(each.style, { width: `${width}px`, height: `${height}px`,
        left: `calc(50% - ${width / 2}px)`, top: `calc(50% - ${height / 2}px)` });
    }
  }

  /** Labels, and what lies under the pointer. @param {State} state */
  function hover(state) {
    if (!given || !drawn) return;
    given.state = state;
    const { graph, staged } = given;
    const frame = drawn;
    pen.font = `12px ${theme().font}`;
    // Before anything is drawn: the first stroke waits for the browser's graphics.
    labels = frame.edges && graph.names
      ? placedLabels(graph, state, staged, frame, { pen, whole: whole.scale }) : [];
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, above.width, above.height);
    pen.setTransform(frame.ratio, 0, 0, frame.ratio, above.width / 2, above.height / 2);
    if (state.hovered !== null) drawAround(pen, graph, state.hovered, staged, frame);
    writeLabels(pen, labels, theme());
  }

  /**
   * What a picture is drawn from; if the box has another size than the last one, as on paper, what
   * is in sight fills it.
   * @param {number} ratio   device px for each
   */
  function subject(ratio) {
    if (!given) return null;
    const { clientWidth: width, clientHeight: height } = box();
    const by = drawn ? drawn.spare * Math.min(width / drawn.width, height / drawn.height) : 1;
    const seen = frameOf(given.state.camera, 1, true);
    const frame = { ...seen, camera: { ...seen.camera, scale: seen.camera.scale * by },
      grow: seen.grow * by, ratio, aside: 0, buttons: [], width, height };
    return { ...given, frame, whole: whole.scale * by, theme: theme() };
  }
}
