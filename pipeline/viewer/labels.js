// Labels that never lie on one another, the weightiest first.

import { short } from "./folding.js";
import { GROUP, READ, TAG } from "./walking.js";
import { fewerTerms, importance, labelOf } from "./naming.js";
import { ticksOf } from "./projecting.js";
import { namesBy } from "./ranks.js";
import { coverBy, meets } from "./room.js";
import { stepOf } from "./speaking.js";
import { speaking } from "./words.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Label} Label */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./room.js").Box} Box */
/** @typedef {import("./scene.js").Staged} Staged */

const [MOST_LABELS, TRIED] = [70, 900];
const AREA_PX = 14_000;
/**
 * Up to so many nodes, and papers that were read, all these are named; in focus, so many; and of
 * tags the largest.
 */
const [FEW, FEW_READ, FEW_IN_FOCUS, FEW_TAGS] = [400, 100, 12, 3];
/** From afar there is a name of a region for so many px of width, and of papers on a desk alone. */
const [NAME_PX, DESK_PX] = [34, 600];
/**
 * Dots may have so much of a name's room; a region's name costs so much at its coast, about so many
 * units from its middle for one paper.
 */
const [MOST_HIDDEN, AWAY_COST, REGION_UNITS, LEAST_REGION_PX] = [0.025, 0.4, 24, 70];
/** Where a name stands, first to last: below, above, beside, and aslant. */
const SPOTS =
  [[0, 1], [0, -1], [1, 0], [-1, 0], [0.8, 0.8], [0.8, -0.8], [-0.8, 0.8], [-0.8, -0.8]];

/** Widths of letters by font, at this size: far more names are tried than written. */
const MEASURED_PX = 100;
/** @type {Map<string, Map<string, number>>} */
const widths = new Map();

/**
 * What tells about how wide a text is: the sum of its letters.
 * @param {CanvasRenderingContext2D} pen
 * @returns {(text: string, px: number, strong: boolean) => number}
 */
function widthsBy(pen) {
  const family = pen.font.replace(/^.*?px\s*/, "");
  const [plain, bold] = [400, 600].map((weight) => {
    const font = `${weight} ${MEASURED_PX}px ${family}`;
    const own = widths.get(font) ?? new Map();
    widths.set(font, own);
    return { font, own };
  });
  return (text, px, strong) => {
    const { font, own } = strong ? bold : plain;
    let width = 0;
    for (const letter of text) width += own.get(letter) ?? measured(pen, font, own, letter);
    return width * px / MEASURED_PX;
  };
}

/**
 * @param {CanvasRenderingContext2D} pen @param {string} font @param {Map<string, number>} own
 * @param {string} letter
 */
function measured(pen, font, own, letter) {
  pen.font = font;
  const { width } = pen.measureText(letter);
  own.set(letter, width);
  return width;
}

/** @type {WeakMap<number[], number[]>} */
const weighed = new WeakMap();

/**
 * The shown nodes, the weightiest first; worked out once a scene.
 * @param {Graph} g @param {Staged} s
 */
function byWeight(g, { order, near }) {
  const known = weighed.get(order);
  if (known) return known;
  const of = new Float32Array(g.n);
  for (const i of order) of[i] = importance(g, i);
  const found = order.filter((i) => !near || near.has(i)).sort((a, b) => of[b] - of[a] || a - b);
  weighed.set(order, found);
  return found;
}

/** @param {Graph} graph @param {number} node @param {boolean} focus */
function pxOf(graph, node, focus) {
  const px = { [READ]: 14, [TAG]: 13, [GROUP]: 14 }[graph.kind[node]] ?? 12;
  return focus ? Math.max(14, px) : px;
}

/**
 * The labels that have room, in px from the middle of the frame.
 * @param {Graph} graph @param {State} state @param {Staged} staged @param {Frame} frame
 * @param {{pen: CanvasRenderingContext2D, whole: number}} by
 * @returns {Label[]}
 */
export function placedLabels(graph, state, staged, frame, { pen, whole }) {
  /** @type {Label[]} */
  const placed = [];
  /** @type {Box[]} */
  const taken = [...frame.buttons];
  const add = (/** @type {Label} */ label, /** @type {Box} */ box) => {
    placed.push(label);
    taken.push(box);
  };
  const widthOf = widthsBy(pen);
  const first = [state.hovered, state.selected].filter((node) => node !== null);
  const letters = Math.max(18, Math.min(34, Math.floor(frame.width / 22)));
  const near = frame.camera.scale / whole;
  const named = !staged.near && staged.scene.land !== null;
  const weighty = byWeight(graph, staged);
  const read = weighty.filter((node) => graph.kind[node] === READ);
  // From afar the regions matter, not single papers.
  const few = staged.order.length <= FEW && read.length <= FEW_READ;
  const far = named && !few && near < 2.4;
  let tried = 0;
  const bright = staged.near ? weighty : staged.order;
  const coverOf = coverBy(frame.width, frame.height, bright.map(discOf));
  const space = Math.min(MOST_LABELS, frame.width * frame.height / AREA_PX);
  // Of a small map each paper that was read is named; elsewhere regions come first.
  const isSmall = staged.near ? read.length <= FEW_IN_FOCUS : few;
  const tags = weighty.filter((node) => graph.kind[node] === TAG).slice(0, FEW_TAGS);
  const heads = isSmall ? [...tags, ...read] : [];
  const must = new Set([...first, ...heads]);
  for (const node of must) placeNode(node, first.includes(node));
  const seenPx = frame.width / frame.spare - frame.aside;
  const timed = state.projection === "time";
  const names = named ? namesBy(graph, frame, whole, timed) : [];
  for (const name of far ? names.slice(0, seenPx / NAME_PX) : names) placeName(name);
  const share = far ? (seenPx > DESK_PX || near > 1.5 ? Math.min(1, 0.14 * near ** 1.8) : 0) : 1;
  const most = placed.length + Math.ceil(space * share);
  for (const node of weighty) {
    if (placed.length >= most || tried >= TRIED) break;
    if (!must.has(node)) placeNode(node, false);
  }
  // The last first: it may be of what has no year.
  const ticks = timed ? ticksOf(graph) : [];
  const order = ticks.map((_, i) => (i + ticks.length - 1) % ticks.length);
  for (const i of order) placeYear(ticks[i], i, ticks);
  staged.path.slice(1).forEach((node, i) => placeStep(staged.path[i], node));
  return placed;

  /** How many px the left of what is seen is from the middle. */
  function seenLeft() {
    return frame.width / frame.spare / 2;
  }

  /** @param {number} node @returns {[number, number, number]} its middle and radius, in px */
  function discOf(node) {
    const { camera: { x, y, scale }, grow } = frame;
    const radius = Math.max(2.2, Math.min(72, staged.sizes[node] * grow)) / 2;
    return [(graph.x[node] - x) * scale, (graph.y[node] - y) * scale, radius];
  }

  /**
   * Of what is in focus more of the name is written, if there is room.
   * @param {number} node @param {boolean} focus
   */
  function placeNode(node, focus) {
    const [x, y] = discOf(node);
    if (Math.abs(x) > frame.width / 2 || Math.abs(y) > frame.height / 2) return;
    tried += 1;
    const name = labelOf(graph, node);
    const texts = node >= graph.tables ? [fewerTerms(name)]
      : [...focus ? [short(name, Math.max(60, letters))] : [], short(name, letters)];
    for (const text of texts) if (!text || placeText(node, text, focus)) return;
  }

  /** Whether there was room. @param {number} node @param {string} text @param {boolean} focus */
  function placeText(node, text, focus) {
    const [x, y, radius] = discOf(node);
    const px = pxOf(graph, node, focus);
    const strong = focus || (graph.kind[node] === READ && !far);
    const [w, h] = [widthOf(text, px, strong) / 2 + 3, px * 0.68];
    const gap = radius + (graph.kind[node] === READ ? 4 : 2);
    const spots = SPOTS.map(([across, along]) => {
      const aside = across * (w + (along ? 0.5 : 1) * gap);
      const [right, down] = [aside, along * (gap + h)];
      return { right, down, box: /** @type {Box} */ (
        [x + right - w, x + right + w, y + down - h, y + down + h]) };
    }).filter(({ box }) => isInside(box) && !meets(box, taken));
    const spot = leastHiding(spots);
    if (!spot || (!must.has(node) && coverOf(spot.box) > MOST_HIDDEN)) return false;
    add({ node, text, x: x + spot.right, y: y + spot.down, px, strong, width: 2 * w - 6 },
      spot.box);
    return true;
  }

  /**
   * The first of the spots that hide least.
   * @template {{box: Box, cost?: number}} T @param {T[]} spots @returns {T|undefined}
   */
  function leastHiding(spots) {
    const costs = spots.map(({ box, cost = 0 }) => coverOf(box) + cost);
    return spots[costs.indexOf(Math.min(...costs))];
  }

  /** Whether no border of what can be seen cuts it. @param {Box} box */
  function isInside([left, right, top, bottom]) {
    const [w, h] = [frame.width / 2, frame.height / 2];
    const [out, down] = [w / frame.spare, h / frame.spare];
    const isDrawn = left > -w && right < w && top > -h && bottom < h;
    const isSeen = left > -out && right < out - frame.aside && top > -down && bottom < down;
    const isBeside = left > out || right < -out || top > down || bottom < -down;
    return isDrawn && (isSeen || isBeside);
  }

  /**
   * Years stand at the foot of what is seen; the one that began before, at its left.
   * @param {import("./projecting.js").Tick} tick @param {number} i
   * @param {import("./projecting.js").Tick[]} ticks
   */
  function placeYear({ year, x, older }, i, ticks) {
    const { camera, height, spare } = frame;
    const text = year ? `${older ? "≤ " : ""}${year}` : speaking(state.language)("yearUnknown");
    const w = widthOf(text, 12, false) / 2 + 4;
    const px = (/** @type {number} */ at) => (at - camera.x) * camera.scale;
    const edge = 1 - seenLeft();
    const first = Math.max(px(x), edge) + w;
    if (px(x) < edge && px(ticks[i + 1]?.x ?? Infinity) < first + w) return;
    const down = height / spare / 2 - 16;
    // The last may make way for the buttons.
    for (const right of year ? [first] : [first, first - 0.7 * w, first - 1.4 * w, first - 2 * w]) {
      /** @type {Box} */
      const box = [right - w, right + w, down - 9, down + 9];
      if (!isInside(box) || meets(box, taken)) continue;
      add({ node: -1, text, x: right, y: down, px: 12, strong: false, width: 2 * w, rank: "year" },
        box);
      return;
    }
  }

  /** What leads from a node of a path to the next, read from left to right. */
  function placeStep(/** @type {number} */ a, /** @type {number} */ b) {
    const [from, to] = graph.x[a] < graph.x[b] ? [a, b] : [b, a];
    const text = `${stepOf(graph, speaking(state.language), from, to)} →`;
    const [[left, top], [right, bottom]] = [discOf(from), discOf(to)];
    const [x, y, w] = [(left + right) / 2, (top + bottom) / 2, widthOf(text, 12, false) / 2 + 4];
    /** @type {Box} */
    const box = [x - w, x + w, y - 9, y + 9];
    if (!isInside(box) || meets(box, taken)) return;
    add({ node: -1, text, x, y, px: 12, strong: false, width: 2 * w, rank: "step" }, box);
  }

  /**
   * The name of a region stands near its middle; by time, at the left of its band.
   * @param {import("./ranks.js").Name} name
   */
  function placeName({ text, x, y, px, rank, region, papers }) {
    const { camera } = frame;
    const [w, h] = [widthOf(text, px, true) / 2 + 6, px * 0.8];
    const isBand = timed && rank === "country";
    const middle = isBand ? w + 4 - seenLeft() : (x - camera.x) * camera.scale;
    const [sides, steps] = isBand ? [[0], [0, 1, -1]]
      : [[0, 0.6, -0.6, 1.1, -1.1], [0, 1.6, -1.6, 3, -3, 5, -5, 8, -8]];
    const coast = Math.max(LEAST_REGION_PX, REGION_UNITS * Math.sqrt(papers) * camera.scale);
    const spots = sides.flatMap((side) => steps.map((step) => {
      const right = middle + side * w;
      const down = (y - camera.y) * camera.scale + step * h;
      return { right, down, cost: AWAY_COST * (side * w / coast) ** 2
        + AWAY_COST * (step * h / coast) ** 2,
        box: /** @type {Box} */ ([right - w, right + w, down - h, down + h]) };
    })).filter(({ box }) => isInside(box) && !meets(box, taken));
    const spot = leastHiding(spots);
    if (!spot) return;
    add({ node: -1, text, x: spot.right, y: spot.down, px, strong: true, width: 2 * w - 12, rank,
      region }, spot.box);
  }
}

/**
 * Writes labels, each with a halo of the ground's colour.
 * @param {CanvasRenderingContext2D} pen @param {Label[]} labels
 * @param {import("./types.js").Theme} theme
 */
export function writeLabels(pen, labels, theme) {
  Object.assign(pen, { textAlign: "center", textBaseline: "middle", lineJoin: "round" });
  for (const { text, x, y, px, strong, node, rank } of labels) {
    pen.font = `${strong ? 600 : 400} ${px}px ${theme.font}`;
    pen.globalAlpha = rank === "continent" ? 0.75 : 1;
    pen.lineWidth = node < 0 ? 3.5 : 3;
    pen.strokeStyle = theme.ground;
    pen.fillStyle = rank === "town" || (node >= 0 && !strong && px < 13) ? theme.quiet : theme.ink;
    pen.strokeText(text, x, y);
    pen.fillText(text, x, y);
  }
  pen.globalAlpha = 1;
}
