// The address of the page keeps the view, and going back in the browser goes back here.

import { hashOf, linkedParts } from "./linking.js";
import { nodeNamed } from "./naming.js";
import { atlasOf } from "./regions.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").State} State */

const KEPT_MS = 250;

/** @param {Graph} graph @param {boolean} own   whether the page's address is ours to change */
export function addressKeeper(graph, own) {
  let [timer, hears] = [0, false];
  /** @type {() => void} */
  let listener = () => {};

  const nodeOf = (/** @type {string} */ id) => nodeNamed(graph, id);
  const regionOf = (/** @type {number} */ number) => {
    const at = atlasOf(graph).countries.findIndex((each) => each.number === number);
    return at < 0 ? null : at;
  };

  /** @param {State} state @param {boolean} anew */
  function write(state, anew) {
    const hash = `#${hashOf(graph, state)}`;
    if (hash === location.hash) return;
    // A page inside another, or one that is opened in an odd way, may not have its address changed.
    try {
      history[anew ? "pushState" : "replaceState"](null, "", hash);
    } catch {
      hears = false;
    }
  }

  return {
    /** What the address says of where to look. @param {State} state */
    camera: (state) => {
      const parts = own ? linkedParts(location.hash, () => null, state) : null;
      return parts?.camera && location.hash.includes("view=") ? { camera: parts.camera } : {};
    },

    /**
     * Recalls what the address says now, and whenever the reader goes back or forward.
     * @param {(parts: any) => void} recall @param {(node: number|null) => void} revisit
     * @param {() => State} state
     */
    listen: (recall, revisit, state) => {
      if (!own) return;
      const first = linkedParts(location.hash, nodeOf, state(), regionOf);
      if (first) {
        const { selected, ...rest } = first;
        if (selected !== null) revisit(selected ?? null);
        recall(rest);
      }
      listener = () => {
        const parts = linkedParts(location.hash, nodeOf, state(), regionOf);
        if (!parts) return;
        clearTimeout(timer);
        hears = false;
        const { selected, ...rest } = parts;
        revisit(selected ?? null);
        recall(rest);
        clearTimeout(timer);
        hears = true;
      };
      addEventListener("popstate", listener);
      hears = true;
    },

    /** @param {State} state @param {State|null} before */
    keep: (state, before) => {
      if (!own || !hears) return;
      clearTimeout(timer);
      const anew = before !== null && before.selected !== state.selected && state.selected !== null;
      if (anew) write(state, true);
      else timer = window.setTimeout(() => write(state, false), KEPT_MS);
    },

    close: () => {
      clearTimeout(timer);
      removeEventListener("popstate", listener);
    },
  };
}
