// What a reader can take along: a picture, the selection, a link.

import { button, el, hand, said, svg } from "./dom.js";
import { bibtex, csv, gexf, graphml, selectionOf } from "./files.js";
import { heldNodes } from "./narrowing.js";
import { hex } from "./looks.js";
import { shapeOutline } from "./shapes.js";
import { isPaper } from "./walking.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Part} Part */

/** Formats: name, ending, media type, and what writes them. */
const FORMATS = /** @type {[string, string, string, typeof graphml][]} */ ([
  ["GraphML", "graphml", "application/xml", graphml], ["GEXF", "gexf", "application/xml", gexf],
  ["BibTeX", "bib", "text/plain", bibtex], ["CSV", "csv", "text/csv", csv],
]);
/** The formats that hold papers alone. */
const OF_PAPERS = [bibtex, csv];

/**
 * The nodes that were chosen, or are in focus, else all that are shown, their authors too.
 * @param {App} app
 */
export function taken(app) {
  const { chosen } = app.state();
  return chosen.length ? chosen : heldNodes(app.graph, app.state(), app.staged().near);
}

/** What is in sight as SVG. @param {any} picture @param {import("./types.js").Theme} theme */
function svgOf({ frame, labels, staged }, theme) {
  const { camera: { x, y, scale }, width, height, grow } = frame;
  const { scene } = staged;
  const css = (/** @type {Uint8Array} */ bytes, /** @type {number} */ at) =>
    hex((bytes[at] << 16) + (bytes[at + 1] << 8) + bytes[at + 2]);
  const at = (/** @type {number} */ value) => value.toFixed(1);
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height,
    viewBox: `${-width / 2} ${-height / 2} ${width} ${height}`, "font-family": theme.font });
  root.append(svg("rect", { x: -width / 2, y: -height / 2, width, height, fill: theme.ground }));
  for (let k = 0; k < scene.edges; k += 1) {
    const [x1, y1, x2, y2] = [0, 1, 2, 3]
      .map((i) => at((scene.ends[k * 4 + i] - (i % 2 ? y : x)) * scale));
    root.append(svg("line", { x1, y1, x2, y2, stroke: css(scene.lines, k * 8 + 4),
      "stroke-width": scene.lines[k * 8] / 10,
      "stroke-opacity": (scene.lines[k * 8 + 7] / 255).toFixed(2),
      "stroke-dasharray": ["none", "7 4", "2 4"][scene.lines[k * 8 + 1]] }));
  }
  for (let k = 0; k < scene.nodes; k += 1) {
    const [right, down] =
      [(scene.places[k * 4] - x) * scale, (scene.places[k * 4 + 1] - y) * scale];
    if (Math.abs(right) > width / 2 + 40 || Math.abs(down) > height / 2 + 40) continue;
    const radius = Math.max(2.2, Math.min(72, scene.places[k * 4 + 2] * grow)) / 2;
    const hollow = scene.paints[k * 8 + 5] % 4 === 2;
    root.append(svg("path", { d: shapeOutline(scene.paints[k * 8 + 4], right, down, radius),
      fill: hollow ? theme.ground : css(scene.paints, k * 8),
      stroke: hollow ? css(scene.paints, k * 8) : theme.ground,
      "stroke-dasharray": hollow ? "3 2" : "none",
      opacity: (scene.paints[k * 8 + 3] / 255).toFixed(2) }));
  }
  for (const { text, x: right, y: down, px, strong, node } of labels) {
    root.append(svg("text", { x: at(right), y: at(down), "font-size": px,
      "font-weight": strong ? 600 : 400, "text-anchor": "middle", "dominant-baseline": "central",
      fill: node < 0 ? theme.quiet : theme.ink,
      stroke: theme.ground, "stroke-width": 3, "paint-order": "stroke" }, text));
  }
  return new XMLSerializer().serializeToString(root);
}

/** @param {App} app @param {() => import("./types.js").Theme} theme @returns {Part} */
export function exportPart(app, theme) {
  const { say } = app;
  const element = el("div", { className: "take" });
  const many = said("p", "", "meta");

  const png = async () => {
    const take = (/** @type {Blob} */ blob) => hand("graph.png", blob);
    (await app.picture(2))?.canvas.toBlob(take, "image/png");
  };
  const vector = async () => hand("graph.svg",
    new Blob([svgOf(await app.picture(1), theme())], { type: "image/svg+xml" }));
  const write = async (/** @type {typeof FORMATS[0]} */ [, ending, type, writer]) => {
    await app.texts();
    const text = writer(app.graph, selectionOf(app.graph, taken(app)));
    hand(`selection.${ending}`, new Blob([text], { type }));
  };

  /** @param {any} event */
  async function copy({ currentTarget: made }) {
    const field = element.querySelector("input");
    field.value = location.href;
    field.select();
    await navigator.clipboard?.writeText(location.href).catch(() => document.execCommand("copy"));
    made.textContent = say("copied");
    setTimeout(() => { made.textContent = say("copy"); }, 1_500);
  }

  const build = () => element.replaceChildren(
    said("h2", say("picture"), "sub"), el("p", { className: "doings" },
      button(say("png"), { onclick: png }), button(say("svg"), { onclick: vector })),
    said("h2", say("selection"), "sub"), many, el("p", { className: "doings" },
      ...FORMATS.map((format) => button(format[0], { onclick: () => write(format),
        name: OF_PAPERS.includes(format[3]) ? "papers" : "" }))),
    ...(app.linked ? [said("h2", say("link"), "sub"), el("p", { className: "doings" },
      el("input", { type: "text", readOnly: true, ariaLabel: say("link"), value: location.href }),
      button(say("copy"), { onclick: copy }))] : []));

  return { element, update: (state, before) => {
    if (!before || before.language !== state.language) build();
    const { near } = app.staged();
    const papers = taken(app).some((node) => isPaper(app.graph, node));
    for (const each of element.querySelectorAll("button[name=papers]")) {
      /** @type {HTMLButtonElement} */ (each).disabled = !papers;
    }
    many.textContent = near ? say("inFocus", taken(app).length) : say("inSight", taken(app).length);
    const field = element.querySelector("input");
    if (field) field.value = location.href;
  } };
}
