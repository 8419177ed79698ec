// The explorer on an element: one state, and what follows when it changes.

import { between, fitted, moved, pxOfAll, upTo, zoomed } from "./camera.js";
import { columnsOf, graphOf, partsOfBytes } from "./decoding.js";
import { el, ownNames, said } from "./dom.js";
import { drawingOn } from "./drawing.js";
import { listenTo, nodeNear } from "./gestures.js";
import { grouped, nameGroups } from "./grouping.js";
import { keysOf } from "./keys.js";
import { legendPart } from "./legend.js";
import { addressKeeper } from "./keeping.js";
import { labelOf } from "./naming.js";
import { narrowPart } from "./narrow_tab.js";
import { pathOf } from "./narrowing.js";
import { bylineOf, panelPart } from "./panel.js";
import { stagedOf } from "./scene.js";
import { searchPart, toolsPart } from "./search_box.js";
import { finderOf } from "./searching.js";
import { change, firstState } from "./state.js";
import { tablePart } from "./table.js";
import { headPart, tabsPart } from "./tabs.js";
import { takePart } from "./take_tab.js";
import { themeOf } from "./theme.js";
import { GROUP, KINDS, around } from "./walking.js";
import { languageOf, speaking } from "./words.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Action} Action */
/** @typedef {import("./types.js").Part} Part */

/**
 * @typedef {Object} Options
 * @property {() => Uint8Array|Promise<Uint8Array>} [texts]   the third chunk, when it is asked for
 * @property {boolean} [page]   whether the page is the explorer's own: its address keeps the view
 * @property {string} [language]
 * @property {boolean} [webgl]
 * @property {number} [many]   from how many nodes on communities come first
 * @property {() => boolean} [dark]   whether it is dark around; as the system is, if it is not told
 * @property {(state: State) => void} [changed]   hears of every change but that of the camera
 */

const [FLIGHT_MS, TIGHT_PX] = [420, 760];
/** Of a smaller graph (up to about 1,500 nodes) Canvas2D is quick and, unlike WebGL2, there at once. */
const LIGHT_BYTES = 60_000;
const SCENE = ["selected", "off", "colour", "size", "tag", "filters", "goal", "similar", "all", "opened"];

/** A moment in which the first picture can be shown. */
const breath = () => new Promise((done) => setTimeout(done));

/**
 * Shows a graph in an element.
 * @param {HTMLElement} root @param {Uint8Array} bytes   the length of the first chunk, and two chunks
 * @param {Options} options
 */
export async function mount(root, bytes, options = {}) {
  const marks = { begun: performance.now(), seen: 0, ready: 0 };
  const [look, names] = partsOfBytes(bytes);
  const naming = columnsOf(names);
  let state = firstState(options.language ?? languageOf(navigator.languages));
  root.classList.add("digest-graph");
  const night = matchMedia("(prefers-color-scheme: dark)");
  const isDark = options.dark ?? (() => night.matches);
  let theme = themeOf(root, isDark());
  let say = speaking(state.language);
  const stage = el("div", { className: "stage" });
  const tip = el("div", { className: "tip", role: "tooltip", hidden: true });
  const sky = el("div", { className: "sky", tabIndex: 0, role: "application" }, stage);
  root.replaceChildren(sky);
  const drawing = drawingOn(stage, () => theme, { webgl: options.webgl ?? bytes.length > LIGHT_BYTES, seen: () => { marks.seen = performance.now(); } });
  const graph = grouped(graphOf(await columnsOf(look)), options.many);
  const finder = finderOf(graph);
  const whole = () => fitted(graph, upTo(graph.n), sky.getBoundingClientRect());
  measure();
  const address = addressKeeper(graph, options.page === true);
  state = { ...state, camera: whole(), ...address.camera(state) };
  let staged = stagedOf(graph, state);
  let [flight, due] = [0, 0];
  let /** @type {{x: number, y: number}} */ pointer = { x: 0, y: 0 };
  /** @type {Promise<void>|null} */
  let reading = null;
  drawing.load(graph, state, staged);
  graph.names = await naming;
  if (bytes.length > LIGHT_BYTES) await breath();
  nameGroups(graph);

  /** @type {import("./types.js").App} */
  const app = {
    graph, act, go, fly, texts, state: () => state, staged: () => staged, own: ownNames(options.page),
    linked: options.page === true && location.protocol !== "about:",
    say: (key, ...filled) => say(key, ...filled),
    picture: (ratio) => drawing.picture(ratio),
    find: (query, most) => finder.find(query, most),
  };
  const does = { search: () => search.focus(), zoomIn: () => zoom(1.4), zoomOut: () => zoom(1 / 1.4),
    showAll: () => fly(), asTable: () => act({ do: "table", shown: !state.table }), release, follow };
  const search = searchPart(app);
  const tabs = tabsPart(app, { map: legendPart(app), narrow: narrowPart(app), take: takePart(app, () => theme) });
  const parts = /** @type {[Part, string[]][]} */ ([
    [search, ["query"]], [tabs, [...SCENE, "tab", "camera"]],
    [panelPart(app), ["selected", "visited", "at", "filters", "similar", "goal", "seeking"]],
    [tablePart(app), [...SCENE, "table"]], [toolsPart(app, does), ["language"]], [headPart(app), SCENE],
  ]);
  const [head, box, panel, table, tools] = [parts[5], parts[1], parts[2], parts[3], parts[4]].map(([part]) => part.element);
  root.replaceChildren(el("div", { className: "side", role: "region" }, head, search.element, box), sky, table, tools, panel, tip);
  const stop = listenTo(sky, {
    move: (right, down) => look_(moved(state.camera, right, down)),
    zoom: (factor, x, y) => look_(zoomed(state.camera, factor, x, y, whole().scale)),
    turns: () => options.page === true || root.matches(":focus-within"),
    point: (x, y, reach) => point(x, y, reach),
    choose: (x, y, reach) => choose(at(x, y, reach)),
    leave: () => act({ do: "hover", node: null }),
  });
  const keys = keysOf(app, does);
  const heard = options.page ? document : root;
  heard.addEventListener("keydown", /** @type {any} */ (keys));
  // A notebook hides its cells for a moment while it changes its theme.
  const recolour = () => requestAnimationFrame(() => {
    theme = themeOf(root, isDark());
    if (root.clientWidth) drawing.resize();
  });
  night.addEventListener("change", recolour);
  const resized = new ResizeObserver(() => {
    if (!root.clientWidth) return;
    measure();
    drawing.resize();
  });
  resized.observe(sky);
  address.listen((parts_) => act({ do: "recall", parts: parts_ }), (node) => act({ do: "revisit", node }), () => state);
  update(null);
  const settled = drawing.settled();
  if (bytes.length > LIGHT_BYTES) await breath();
  finder.ready();
  await settled;
  marks.ready = performance.now();
  return { graph, act, drawing, marks, texts, find: app.find, state: () => state, staged: () => staged, place, fly, go, recolour, close };

  /** @param {Action} action */
  function act(action) {
    const before = state;
    state = change(state, action);
    if (state === before) return;
    if (action.do !== "look") update(before);
    else if (!due) due = requestAnimationFrame(() => { due = 0; drawing.look(state); refreshed(before); });
  }

  /** Everything that follows from a change. @param {State|null} before */
  function update(before) {
    const differs = (/** @type {string[]} */ of) => !before || before.language !== state.language
      || of.some((name) => /** @type {any} */ (before)[name] !== /** @type {any} */ (state)[name]);
    if (differs(["language"])) say = speaking(state.language);
    root.lang = state.language;
    if (before && differs(SCENE)) {
      staged = stagedOf(graph, state);
      drawing.load(graph, state, staged);
    } else if (before && differs(["camera"])) drawing.look(state);
    else if (differs(["hovered"])) drawing.hover(state);
    root.classList.toggle("reads", state.selected !== null);
    sky.ariaLabel = say("canvas");
    tell();
    for (const [part, of] of parts) if (differs(of)) part.update(state, before);
    address.keep(state, before);
    options.changed?.(state);
  }

  /** @param {State} before */
  function refreshed(before) {
    tell();
    address.keep(state, before);
  }

  /** @param {import("./types.js").Camera} camera */
  function look_(camera) {
    cancelAnimationFrame(flight);
    if (state.hovered !== null) act({ do: "hover", node: null });
    act({ do: "look", camera });
  }

  function measure() {
    root.classList.toggle("tight", root.clientWidth <= TIGHT_PX);
    drawing.whole(whole().scale, pxOfAll(graph.n, sky.getBoundingClientRect()));
  }

  /** The node at px from the middle of the map. @param {number} x @param {number} y @param {number} reach */
  function at(x, y, reach) {
    const { camera } = state;
    const grow = drawing.frame()?.grow ?? 1;
    const radius = (/** @type {number} */ node) => staged.shown[node]
      ? Math.max(2.2, Math.min(72, staged.sizes[node] * grow)) / 2 / camera.scale : -1;
    return nodeNear(graph, { x: camera.x + x / camera.scale, y: camera.y + y / camera.scale }, reach / camera.scale, radius);
  }

  /** @param {number} x @param {number} y @param {number} reach */
  function point(x, y, reach) {
    if (drawing.moving()) return;
    const { left, top, width, height } = sky.getBoundingClientRect();
    pointer = { x: left + width / 2 + x, y: top + height / 2 + y };
    act({ do: "hover", node: at(x, y, reach) });
    tell();
  }

  /** @param {number|null} node */
  function choose(node) {
    if (node === null) return release();
    if (graph.kind[node] === GROUP) return act({ do: "open", community: graph.community[node] });
    return act({ do: "select", node });
  }

  /** Shows what is pointed at beside the pointer. */
  function tell() {
    const { hovered } = state;
    tip.hidden = hovered === null;
    sky.classList.toggle("points", hovered !== null);
    if (hovered === null) return;
    const line = [say(`one${KINDS[graph.kind[hovered]]}`), bylineOf(app, hovered)].filter(Boolean).join(" · ");
    tip.replaceChildren(said("b", labelOf(graph, hovered)), said("small", line));
    const { left, top, width, height } = root.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(pointer.x - left + 14, width - 330))}px`;
    tip.style.bottom = `${Math.max(8, Math.min(height - 90, height - (pointer.y - top) + 14))}px`;
  }

  /** Reads on at a node, with its neighbours in sight. @param {number} node @param {boolean} quietly   without the keyboard */
  function go(node, quietly = false) {
    const group = graph.n > graph.tables && !state.opened.includes(graph.community[node]) && node < graph.tables;
    if (group) act({ do: "open", community: graph.community[node] });
    act({ do: "select", node });
    if (state.table) act({ do: "table", shown: false });
    fly(state.goal === node ? pathOf(graph, state) ?? [node] : around(graph, node));
    if (!quietly) panel.querySelector("h2")?.focus({ preventScroll: true });
  }

  /** Brings nodes, or all that are shown, into sight. @param {Iterable<number>} [nodes] */
  function fly(nodes) {
    cancelAnimationFrame(flight);
    const { width, height } = sky.getBoundingClientRect();
    const aside = panel.hidden || root.classList.contains("tight") ? 0 : Math.min(panel.offsetWidth, width / 2);
    const found = [...nodes ?? staged.order].filter((node) => staged.shown[node]);
    const goal = fitted(graph, found, { width: width - aside, height }, nodes ? Math.max(1.6, whole().scale * 6) : 2);
    const to = { ...goal, x: goal.x + aside / 2 / goal.scale };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return act({ do: "look", camera: to });
    const [start, from] = [performance.now(), state.camera];
    const step = () => {
      const part = Math.min(1, (performance.now() - start) / FLIGHT_MS);
      act({ do: "look", camera: part < 1 ? between(from, to, part) : to });
      if (part < 1) flight = requestAnimationFrame(step);
    };
    flight = requestAnimationFrame(step);
    return undefined;
  }

  /** Keeps the selected node in sight. */
  function follow() {
    if (state.selected === null) return;
    const { width, height } = sky.getBoundingClientRect();
    const { x, y } = place(state.selected);
    const inside = x > 40 && y > 40 && y < height - 40 && x < width - 40 - (panel.hidden ? 0 : panel.offsetWidth);
    if (!inside) fly([state.selected]);
  }

  /** Where a node is on the map, in px from its corner. @param {number} node */
  function place(node) {
    const { width, height } = sky.getBoundingClientRect();
    const { camera: { x, y, scale } } = state;
    return { x: width / 2 + (graph.x[node] - x) * scale, y: height / 2 + (graph.y[node] - y) * scale };
  }

  /** @param {number} factor */
  function zoom(factor) {
    look_(zoomed(state.camera, factor, 0, 0, whole().scale));
  }

  /** Lets go of one thing after another: a query, a table, a path, the selection. */
  function release() {
    const inside = panel.matches(":focus-within");
    if (state.query) return search.clear();
    if (state.table) return act({ do: "table", shown: false });
    if (state.seeking) return act({ do: "seek" });
    act({ do: "select", node: null });
    if (inside) sky.focus();
    return undefined;
  }

  /** The abstracts and the commentary, opened when they are first asked for. */
  function texts() {
    reading ??= (async () => {
      if (options.texts) graph.texts = await columnsOf(await options.texts());
    })();
    return reading;
  }

  function close() {
    for (const moment of [flight, due]) cancelAnimationFrame(moment);
    stop();
    heard.removeEventListener("keydown", /** @type {any} */ (keys));
    night.removeEventListener("change", recolour);
    resized.disconnect();
    address.close();
    drawing.close();
    root.replaceChildren();
  }
}
