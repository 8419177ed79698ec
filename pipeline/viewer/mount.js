// The explorer on an element: from bytes to a map that answers.

import { columnsOf, graphOf, partsOfBytes } from "./decoding.js";
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
const QUIET_MS = 400;

/** A moment in which the first picture can be shown. */
const breath = () => new Promise((done) => setTimeout(done));

/**
 * Shows a graph in an element.
 * @param {HTMLElement} root @param {Uint8Array} bytes   the length of the first chunk, two chunks
 * @param {Options} options
 */
export async function mount(root, bytes, options = {}) {
  const marks = { begun: performance.now(), seen: 0, ready: 0 };
  const light = bytes.length <= LIGHT_BYTES;
  const [look, names] = partsOfBytes(bytes).map(columnsOf);
  const first = firstState(options.language ?? languageOf(navigator.languages));
  // To change it later, with text on the map, takes long.
  root.lang = first.language;
  const ground = groundOn(root, options.dark);
  const drawing = drawingOn(ground.stage, ground.theme, {
    seen: () => { marks.seen = performance.now(); }, aside: () => coveredIn(root),
    buttons: () => buttonsIn(root) });
  const graph = grouped(graphOf(await look), options.many);
  if (light) graph.names = await names;
  measure(ground, graph, drawing);
  const address = addressKeeper(graph, options.page === true);
  const colour = graph.own ? "own" : first.colour;
  const camera = { ...first, colour, camera: wholeOf(graph, ground.sky) };
  const store = storeOf(graph, { ...camera, ...address.camera(camera) });
  const paint = () => drawing.load(graph, store.state(), store.staged());
  if (!light) {
    paint();
    graph.names = await names;
    await breath();
  }
  nameGroups(graph);
  const opened = openedOn(ground, { graph, store, drawing, address, options });
  // The first stroke on a canvas waits for the browser's graphics, which are made ready meanwhile.
  const settled = light ? paint() : drawing.draw(true);
  if (!light) await breath();
  opened.ready();
  await settled;
  marks.ready = performance.now();
  setTimeout(opened.readyLater, QUIET_MS);
  if (!light) setTimeout(drawing.speedUp, QUIET_MS);
  return { ...opened, drawing, marks };
}

/**
 * @typedef {Object} Drawn
 * @property {Graph} graph
 * @property {import("./store.js").Store} store
 * @property {ReturnType<typeof drawingOn>} drawing
 * @property {ReturnType<typeof addressKeeper>} address
 * @property {Options} options
 */

/**
 * Makes a map that is drawn answer.
 * @param {import("./ground.js").Ground} ground @param {Drawn} by
 */
function openedOn(ground, by) {
  const { graph, store, drawing, address, options } = by;
  const { root, sky } = ground;
  const finder = finderOf(graph);
  const flights = flightsOver(graph, sky, store, () => coveredIn(root));
  const app = appOf(root, by, flights, finder.find);
  const does = doingsIn(root, app, flights, () => parts.search);
  const parts = partsOf(app, does, ground.theme);
  const tip = tipOf(root, sky, app);
  root.replaceChildren(parts.side, sky, parts.facets, parts.table, parts.tools, parts.panel,
    tip.element, parts.spoken);
  const stops = heardOn(ground, app, { ...does, ...flights },
    pointingAt(sky, app, drawing, tip, does.release), options.page === true);
  const watch = watched(ground, graph, drawing);
  const following = followed(app,
    { ground, store, drawing, parts, tip, address, changed: options.changed });
  stops.push(watch.stop, flights.stop, following.stop, address.close, drawing.close);
  const held = () => heldNodes(graph, store.state());
  return { ...app, held, place: flights.place, ready: finder.ready, close,
    readyLater: finder.readyLater, recolour: watch.recolour };

  function close() {
    for (const stop of stops) stop();
    root.replaceChildren();
  }
}

/**
 * What the parts share.
 * @param {HTMLElement} root @param {Drawn} by
 * @param {ReturnType<typeof flightsOver>} flights @param {App["find"]} find
 * @returns {App}
 */
function appOf(root, { graph, store, drawing, options }, { fly, project }, find) {
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
