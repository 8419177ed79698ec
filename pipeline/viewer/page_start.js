// Starts the explorer on the page that holds its data.

import { bytesOf } from "./decoding.js";
import { mount } from "./mount.js";

const chunkOf = (/** @type {string} */ id) =>
  bytesOf(/** @type {HTMLElement} */ (document.getElementById(id)).textContent ?? "");

const root = /** @type {HTMLElement} */ (document.getElementById("digest-graph"));

mount(root, chunkOf("graph"), {
  page: true, texts: () => chunkOf("texts"), many: Number(root.dataset.groupsFrom),
}).then((explorer) => {
  const { name } = explorer.graph.names?.meta ?? {};
  if (name) document.title = name;
  Object.assign(window, { explorer });
});
