// Draws a scene with Canvas2D, where there is no WebGL2.

import { shapePath } from "./shapes.js";

/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {import("./types.js").Painter} Painter */

const DASHES = [[], [7, 4], [2, 4]];
/** What is left of a line's width where it ends. */
const THIN = 0.4;
/** From afar a node of a smaller radius, in px, is a square as large as its disc. */
const [TINY_PX, SQUARE] = [1.8, 1.77];

/**
 * A canvas is drawn by the processor. Where the browser has a graphics card played by the processor
 * (SwiftShader), a picture drawn there costs four times as much.
 */
export const DRAWN_HERE = { willReadFrequently: true };

/** A colour of four bytes, as CSS. @param {Uint8Array} bytes @param {number} at */
const css = (bytes, at) =>
  `rgba(${bytes[at]},${bytes[at + 1]},${bytes[at + 2]},${(bytes[at + 3] / 255).toFixed(3)})`;

/** @param {HTMLCanvasElement} canvas @param {() => Theme} theme @returns {Painter} */
export function canvasPainter(canvas, theme) {
  const options = { ...DRAWN_HERE, alpha: false };
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", options));
  /** @type {Scene|null} */
  let scene = null;
  return {
    name: "canvas",
    load: (next) => { scene = next; },
    draw: async (frame, before) => {
      // Before anything is drawn: the first stroke waits for the browser's graphics.
      scene?.land?.(theme().dark);
      before();
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.fillStyle = theme().ground;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.setTransform(frame.ratio, 0, 0, frame.ratio, canvas.width / 2, canvas.height / 2);
      if (!scene) return;
      drawLand(pen, scene, frame, theme());
      if (frame.edges && frame.fine) drawEdges(pen, scene, frame);
      drawNodes(pen, scene, frame, theme());
      // Dots that lie close to one another would hide every road.
      if (frame.edges && !frame.fine) drawEdges(pen, scene, frame);
    },
    close: () => { scene = null; },
  };
}

/** @type {WeakMap<ImageData, HTMLCanvasElement>} */
const sheets = new WeakMap();

/** A picture that can be drawn larger. @param {ImageData} pixels */
function sheetOf(pixels) {
  const known = sheets.get(pixels);
  if (known) return known;
  const made = document.createElement("canvas");
  Object.assign(made, { width: pixels.width, height: pixels.height });
  const pen = /** @type {CanvasRenderingContext2D} */ (made.getContext("2d", DRAWN_HERE));
  pen.putImageData(pixels, 0, 0);
  sheets.set(pixels, made);
  return made;
}

/**
 * The land, smoothed; the middle of the frame is at 0, 0.
 * @param {CanvasRenderingContext2D} pen @param {Scene} scene @param {Frame} frame
 * @param {Theme} theme
 */
function drawLand(pen, { land }, { camera: { x, y, scale } }, { dark }) {
  if (!land) return;
  const { pixels, left, top, side } = land(dark);
  pen.drawImage(sheetOf(pixels), (left - x) * scale, (top - y) * scale, side * scale, side * scale);
}

/** @param {Uint32Array} looks @param {number} i @param {number} j */
const same = (looks, i, j) =>
  j >= 0 && looks[i * 2] === looks[j * 2] && looks[i * 2 + 1] === looks[j * 2 + 1];

/**
 * Edges; from afar those that look alike are one stroke.
 * @param {CanvasRenderingContext2D} pen @param {Scene} scene @param {Frame} frame
 */
function drawEdges(pen, { ends, lines, edges }, { camera: { x, y, scale }, width, height, fine }) {
  // The bytes of a line as two numbers, to tell whether it looks as the one before.
  const looks = new Uint32Array(lines.buffer, lines.byteOffset, edges * 2);
  let last = -1;
  pen.beginPath();
  for (let i = 0; i < edges; i += 1) {
    const [a, b, c, d] = [(ends[i * 4] - x) * scale, (ends[i * 4 + 1] - y) * scale,
      (ends[i * 4 + 2] - x) * scale, (ends[i * 4 + 3] - y) * scale];
    const aside = Math.max(a, c) < -width / 2 || Math.min(a, c) > width / 2
      || Math.max(b, d) < -height / 2 || Math.min(b, d) > height / 2;
    if (aside) continue;
    const isOther = !same(looks, i, last);
    if (isOther && !fine) pen.stroke();
    if (isOther || fine) pen.beginPath();
    if (isOther) {
      pen.strokeStyle = pen.fillStyle = css(lines, i * 8 + 4);
      pen.lineWidth = lines[i * 8] / (fine ? 10 : 14);
      pen.setLineDash(DASHES[lines[i * 8 + 1]]);
    }
    last = i;
    if (fine && !lines[i * 8 + 1]) thinning(pen, [a, b, c, d], lines[i * 8] / 20);
    else {
      pen.moveTo(a, b);
      pen.lineTo(c, d);
      if (fine) pen.stroke();
    }
  }
  if (!fine) pen.stroke();
  pen.setLineDash([]);
}

/**
 * A line that thins to its end.
 * @param {CanvasRenderingContext2D} pen @param {number[]} ends @param {number} half
 */
function thinning(pen, [a, b, c, d], half) {
  const long = Math.max(0.001, Math.hypot(c - a, d - b));
  const [right, down] = [-(d - b) / long * half, (c - a) / long * half];
  pen.moveTo(a + right, b + down);
  pen.lineTo(c + right * THIN, d + down * THIN);
  pen.lineTo(c - right * THIN, d - down * THIN);
  pen.lineTo(a - right, b - down);
  pen.fill();
}

/**
 * @param {CanvasRenderingContext2D} pen @param {Scene} scene @param {Frame} frame
 * @param {Theme} theme
 */
function drawNodes(pen, { places, paints, nodes }, frame, theme) {
  const { camera: { x, y, scale }, width, height } = frame;
  for (let i = 0; i < nodes; i += 1) {
    const at = [(places[i * 4] - x) * scale, (places[i * 4 + 1] - y) * scale];
    if (Math.abs(at[0]) > width / 2 + 80 || Math.abs(at[1]) > height / 2 + 80) continue;
    const radius = Math.min(72, Math.max(2.2, places[i * 4 + 2] * frame.grow)) / 2;
    const [shape, style] = [paints[i * 8 + 4], paints[i * 8 + 5]];
    const own = style % 4;
    if (radius < TINY_PX && !frame.fine && style < 4 && own !== 2) {
      const side = SQUARE * radius;
      pen.fillStyle = css(paints, i * 8);
      pen.fillRect(at[0] - side / 2, at[1] - side / 2, side, side);
      continue;
    }
    pen.globalAlpha = 1;
    shapePath(pen, shape, at[0], at[1], radius);
    pen.fillStyle = own === 2 && radius > 2.5 ? theme.ground : css(paints, i * 8);
    pen.strokeStyle = own === 2 ? css(paints, i * 8) : theme.ground;
    pen.lineWidth = own === 2 ? 2 : 1.4;
    pen.setLineDash(own === 2 && radius > 4 ? [3, 2] : []);
    pen.globalAlpha = own === 2 ? 1 : paints[i * 8 + 3] / 255;
    if (frame.fine && radius > 3) pen.stroke();
    pen.globalAlpha = own === 2 ? paints[i * 8 + 3] / 255 : 1;
    pen.fill();
    pen.globalAlpha = 1;
    if (style >= 4 || (own === 1 && radius > 4 && frame.fine)) {
      pen.setLineDash([]);
      pen.strokeStyle = style >= 4 ? theme.ink : css(paints, i * 8);
      pen.lineWidth = style >= 4 ? 2.4 : 1.6;
      shapePath(pen, shape, at[0], at[1], radius + 2.5);
      pen.stroke();
    }
  }
  pen.setLineDash([]);
}
