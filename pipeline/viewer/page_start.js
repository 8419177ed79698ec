// Starts the explorer on the page that holds its data.

import { bytesOf } from "./decoding.js";
import { mountParts } from "./mount.js";

const root = /** @type {HTMLElement} */ (document.getElementById("digest-graph"));

/** What the page has unpacked; nobody keeps it. @type {{bytes: number, parts: any[]}} */
const { bytes, parts } = /** @type {any} */ (window).unpacked;
delete /** @type {any} */ (window).unpacked;

mountParts(root, parts, bytes, {
  page: true, many: Number(root.dataset.groupsFrom),
  texts: () => bytesOf(document.getElementById("texts")?.textContent ?? ""),
}).then((explorer) => {
  const { name } = explorer.graph.names?.meta ?? {};
  if (name) document.title = name;
  Object.assign(window, { explorer });
});
