// Where a map has room for a name: what is taken, and how many dots lie there.

/** @typedef {[number, number, number, number]} Box   left, right, top, bottom, in px */

/** The finest that is told apart, in px. */
const CELL_PX = 3;

/** @param {Box} a @param {Box[]} others */
export const meets = ([left, right, top, bottom], others) =>
  others.some((b) => left < b[1] && b[0] < right && top < b[3] && b[2] < bottom);

/**
 * What tells how large a part of a box discs cover, by sums over all cells above and left of each
 * (https://doi.org/10.1145/800031.808600).
 * @param {number} width @param {number} height @param {Iterable<[number, number, number]>} discs
 *   x, y and radius in px from the middle
 * @returns {(box: Box) => number}
 */
export function coverBy(width, height, discs) {
  const [wide, high] = [width, height].map((px) => Math.ceil(px / CELL_PX) + 1);
  const sums = new Uint32Array(wide * high);
  const across = (/** @type {number} */ px) =>
    Math.max(0, Math.min(wide - 1, Math.round((px + width / 2) / CELL_PX)));
  const down = (/** @type {number} */ px) =>
    Math.max(0, Math.min(high - 1, Math.round((px + height / 2) / CELL_PX)));
  for (const [x, y, radius] of discs) {
    const [right, bottom] = [Math.max(across(x - radius) + 1, across(x + radius)),
      Math.max(down(y - radius) + 1, down(y + radius))];
    for (let row = down(y - radius) + 1; row <= bottom && row < high; row += 1) {
      sums.fill(1, row * wide + across(x - radius) + 1, row * wide + Math.min(wide, right + 1));
    }
  }
  for (let row = 1; row < high; row += 1) {
    for (let k = row * wide + 1, line = 0; k < (row + 1) * wide; k += 1) {
      line += sums[k];
      sums[k] = line + sums[k - wide];
    }
  }
  return ([left, right, top, bottom]) => {
    const [a, b, c, d] = [across(left), across(right), down(top) * wide, down(bottom) * wide];
    return (sums[d + b] - sums[d + a] - sums[c + b] + sums[c + a])
      / Math.max(1, (b - a) * (d - c) / wide);
  };
}
