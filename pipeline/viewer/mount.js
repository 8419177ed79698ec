// The explorer on an element: from bytes to a map that answers.

import { columnsIn, columnsOf, graphOf, inflated, partsOfBytes } from "./decoding.js";
import { buttonsIn, coveredIn, doingsIn, goingIn } from "./doing.js";
import { ownNames } from "./dom.js";
import { drawingOn } from "./drawing.js";
import { flightsOver, wholeOf } from "./flights.js";
import { followed } from "./following.js";
import { listenTo } from "./gestures.js";
import { groundOn, measure, watched } from "./ground.js";
import { grouped, nameGroups } from "./grouping.js";
import { addressKeeper } from "./keeping.js";
import { keysOf } from "./keys.js";
import { heldNodes } from "./narrowing.js";
import { partsOf } from "./parts.js";
import { viewOf, wideOf } from "./projecting.js";
import { pointingAt, tipOf } from "./pointing.js";
import { finderOf } from "./searching.js";
import { firstState } from "./state.js";
import { storeOf } from "./store.js";
import { languageOf, speaking } from "./words.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").State} State */

/**
 * @typedef {Object} Options
 * @property {() => Uint8Array|Promise<Uint8Array>} [texts]   the third chunk, when it is asked for
 * @property {boolean} [page]   whether the page is the explorer's own: its address keeps the view
 * @property {string} [language]
 * @property {number} [many]   from how many nodes on communities come first
 * @property {() => boolean} [dark]   whether it is dark around; as the system is, if not told
 * @property {(state: State) => void} [changed]   hears of every change but that of the camera
 */

/**
 * A smaller graph (up to about 1,500 nodes) is drawn when its names are there, too; and it needs no
 * graphics card, which is ready later than Canvas2D.
 */
const LIGHT_BYTES = 60_000;

/** So long after all is ready, what only some queries need is made ready too, and the card. */
const [QUIET_MS, HIDDEN_MS] = [400, 100];

/** A moment in which the first picture can be shown. */
const breath = () => new Promise((done) => setTimeout(done));

/** When a picture is on the screen, or soon where the page is hidden. */
const shown = () => new Promise((done) => {
  requestAnimationFrame(() => setTimeout(done));
  setTimeout(done, HIDDEN_MS);
});

/**
 * Shows a graph in an element.
 * @param {HTMLElement} root @param {Uint8Array} bytes   the length of the first chunk, two chunks
 * @param {Options} options
 */
export const mount = (root, bytes, options = {}) =>
  mountParts(root, partsOfBytes(bytes).map(inflated), bytes.length, options);

/**
 * Shows a graph whose first two chunks are unpacked.
 * @param {HTMLElement} root @param {Promise<ArrayBuffer>[]} parts
 * @param {number} bytes   how many they were
 * @param {Options} options
 */
export async function mountParts(root, [look, named], bytes, options) {
  const marks = { begun: performance.now(), seen: 0, ready: 0, whole: 0 };
  const light = bytes <= LIGHT_BYTES;
  const laid = graphOf(columnsIn(await look));
  // An element that waits would be painted empty.
  if (light) laid.names = columnsIn(await named);
  const drawn = drawnOn(root, grouped(laid, options.many), options,
    () => { marks.seen = performance.now(); });
  const { graph, store, drawing } = drawn;
  const paint = () => drawing.load(graph, store.state(), store.staged());
  if (!light) {
    paint();
    graph.names = columnsIn(await named);
    await breath();
  }
  nameGroups(graph);
  const opened = openedOn(drawn);
  const settled = light ? paint() : drawing.draw(true);
  if (!light) await breath();
  opened.ready();
  await settled;
  marks.ready = performance.now();
  await shown();
  opened.fill();
  marks.whole = performance.now();
  setTimeout(opened.readyLater, QUIET_MS);
  if (!light) setTimeout(drawing.speedUp, QUIET_MS);
  return { ...opened, drawing, marks };
}

/**
 * A graph on an element, to be drawn.
 * @param {HTMLElement} root @param {Graph} graph @param {Options} options
 * @param {() => void} seen   is called once nodes are painted
 */
function drawnOn(root, graph, options, seen) {
  const first = firstState(options.language ?? languageOf(navigator.languages));
  // To change it later, with text on the map, takes long.
  root.lang = first.language;
  const ground = groundOn(root, options.dark);
  const drawing = drawingOn(ground.stage, ground.theme,
    { seen, aside: () => coveredIn(root), buttons: () => buttonsIn(root) });
  measure(ground, graph, drawing);
  const address = addressKeeper(graph, options.page === true);
  const colour = graph.own ? "own" : first.colour;
  const { sky } = ground;
  const camera = { ...first, colour, wide: wideOf(sky), camera: wholeOf(graph, sky) };
  const store = storeOf(graph, { ...camera, ...address.camera(camera) });
  return { ground, graph, store, drawing, address, options };
}

/** @typedef {ReturnType<typeof drawnOn>} Drawn */

/** Makes a map that is drawn answer. @param {Drawn} by */
function openedOn(by) {
  const { ground, graph, store, drawing, address, options } = by;
  const { root, sky } = ground;
  const finder = finderOf(graph);
  const flights = flightsOver(graph, sky, store, () => coveredIn(root));
  const app = appOf(by, flights, finder.find);
  const does = doingsIn(root, app, flights, () => parts.search);
  const parts = partsOf(app, does, ground.theme);
  const tip = tipOf(root, sky, app);
  root.replaceChildren(parts.side, sky, parts.facets, parts.table, parts.tools, parts.panel,
    parts.tour, tip.element, parts.spoken);
  const stops = heardOn(ground, app, { ...does, ...flights },
    pointingAt(sky, app, drawing, tip, does.release), options.page === true);
  const watch = watched(ground, () => viewOf(graph, store.state()), drawing);
  const following = followed(app,
    { ground, store, drawing, parts, tip, address, follow: flights.follow,
      changed: options.changed });
  stops.push(watch.stop, flights.stop, following.stop, address.close, drawing.close);
  const held = () => heldNodes(graph, store.state());
  const fill = () => parts.fill(store.state());
  return { ...app, held, place: flights.place, ready: finder.ready, fill, close,
    readyLater: finder.readyLater, recolour: watch.recolour };

  function close() {
    for (const stop of stops) stop();
    root.replaceChildren();
  }
}

/**
 * What the parts share.
 * @param {Drawn} by
 * @param {ReturnType<typeof flightsOver>} flights @param {App["find"]} find
 * @returns {App}
 */
function appOf({ ground: { root }, graph, store, drawing, options }, { fly, project }, find) {
  const app = {
    graph, fly, project, find, act: store.act, state: store.state, staged: store.staged,
    own: ownNames(options.page), texts: textsOf(graph, options),
    linked: options.page === true && location.protocol !== "about:",
    say: (/** @type {string} */ key, /** @type {(string|number)[]} */ ...filled) =>
      speaking(store.state().language)(key, ...filled),
    picture: (/** @type {number} */ ratio) => drawing.picture(ratio),
  };
  return { ...app, go: goingIn(root, app) };
}

/**
 * Opens the third chunk when it is first asked for.
 * @param {Graph} graph @param {Options} options
 */
function textsOf(graph, { texts }) {
  /** @type {Promise<void>|null} */
  let reading = null;
  const read = async () => {
    if (texts) graph.texts = await columnsOf(await texts());
  };
  return () => reading ??= read();
}

/**
 * Listens to hands and keys; what it returns ends that.
 * @param {import("./ground.js").Ground} ground @param {App} app @param {any} does
 * @param {any} pointing @param {boolean} alone   whether nothing else is on the page
 */
function heardOn({ root, sky }, app, does, pointing, alone) {
  const keys = /** @type {any} */ (keysOf(app, does));
  const heard = alone ? document : root;
  heard.addEventListener("keydown", keys);
  const turns = () => alone || root.matches(":focus-within");
  return [listenTo(sky, { ...pointing, move: does.drag, zoom: does.zoom, turns }),
    () => heard.removeEventListener("keydown", keys)];
}
