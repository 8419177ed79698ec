// Starts the explorer on the page that holds its data.

import { bytesOf } from "./decoding.js";
import { mount } from "./mount.js";

const chunkOf = (/** @type {string} */ id) =>
  bytesOf(/** @type {HTMLElement} */ (document.getElementById(id)).textContent ?? "");

mount(/** @type {HTMLElement} */ (document.getElementById("digest-graph")), chunkOf("graph"), {
  page: true, texts: () => chunkOf("texts"),
}).then((explorer) => Object.assign(window, { explorer }));
