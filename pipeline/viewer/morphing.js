// Nodes on their way from one projection to the other.

/** @typedef {import("./types.js").Scene} Scene */

const MORPH_MS = 700;

/**
 * Shows the same nodes on their way, without edges and land.
 * @param {Scene} from @param {Scene} to
 * @param {(scene: Scene, part: number) => Promise<void>} show
 */
export async function morphed(from, to, show) {
  const begun = performance.now();
  const places = new Float32Array(to.places.length);
  for (let part = 0; part < 1;) {
    part = Math.min(1, (performance.now() - begun) / MORPH_MS);
    const eased = part < 0.5 ? 2 * part * part : 1 - (-2 * part + 2) ** 2 / 2;
    for (let k = 0; k < places.length; k += 1) {
      places[k] = from.places[k] + (to.places[k] - from.places[k]) * eased;
    }
    await show({ ...to, places, edges: 0, land: null }, part);
    await new Promise(requestAnimationFrame);
  }
}
