// The colours around the map, by day and by night.

/** @typedef {import("./types.js").Theme} Theme */

/**
 * The colours of an explorer, which becomes dark or light.
 * @param {HTMLElement} root @param {boolean} dark @returns {Theme}
 */
export function themeOf(root, dark) {
  root.classList.toggle("dark", dark);
  const style = getComputedStyle(root);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return { dark, ground: colour("--ground"), ink: colour("--ink"), quiet: colour("--quiet"),
    font: style.fontFamily };
}
