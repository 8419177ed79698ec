// The map as a picture by itself: to save, and to print.

import { placedLabels, writeLabels } from "./labels.js";
import { canvasPainter } from "./painting_canvas.js";
import { webglPainter } from "./painting_webgl.js";

/**
 * @typedef {Object} Subject
 * @property {import("./types.js").Graph} graph
 * @property {import("./types.js").State} state
 * @property {import("./scene.js").Staged} staged
 * @property {import("./types.js").Frame} frame
 * @property {number} whole   the scale at which all is in sight
 * @property {import("./types.js").Theme} theme
 */

/** @param {Subject} subject @param {HTMLCanvasElement} map @param {boolean} webgl */
const painterOf = ({ theme }, map, webgl) =>
  (webgl && webglPainter(map, () => theme, () => {})) || canvasPainter(map, () => theme);

/** An empty canvas. @param {Subject} subject */
const blank = ({ frame: { width, height, ratio } }) => Object.assign(
  document.createElement("canvas"), { width: width * ratio, height: height * ratio });

/**
 * The map as it looks, with what it was drawn from.
 * @param {Subject|null} subject @param {boolean} webgl
 */
export async function pictured(subject, webgl) {
  if (!subject) return null;
  const map = blank(subject);
  const painter = painterOf(subject, map, webgl);
  painter.load(subject.staged.scene);
  await painter.draw(subject.frame, () => {});
  const made = labelled(subject, map);
  painter.close();
  return made;
}

/** The map at once, for a printer does not wait. @param {Subject|null} subject */
export function printedOf(subject) {
  if (!subject) return null;
  const map = blank(subject);
  const painter = painterOf(subject, map, false);
  painter.load(subject.staged.scene);
  painter.draw(subject.frame, () => {});
  return labelled(subject, map).canvas;
}

/** @param {Subject} subject @param {HTMLCanvasElement} map */
function labelled(subject, map) {
  const { graph, state, staged, frame, whole, theme } = subject;
  const canvas = blank(subject);
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.fillStyle = theme.ground;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(map, 0, 0);
  pen.setTransform(frame.ratio, 0, 0, frame.ratio, canvas.width / 2, canvas.height / 2);
  pen.font = `12px ${theme.font}`;
  const labels = placedLabels(graph, state, staged, frame, { pen, whole });
  writeLabels(pen, labels, theme);
  return { canvas, frame, labels, staged };
}
