// The explorer in a cell of a notebook: what is selected here is selected in Python, and back.

import { el } from "./dom.js";
import { mount } from "./mount.js";
import { idOf, nodeNamed } from "./naming.js";

/**
 * @typedef {Object} Model   what is shared with Python
 * @property {string} [model_id]   its name where Jupyter keeps it
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, heard: () => void) => void} on
 * @property {(event: string, heard: () => void) => void} off
 */

/** What a notebook says of itself where it is dark, and where it is light. */
const [DARK, LIGHT] = ["dark", "light"].map((word) =>
  `[data-jp-theme-light="${word === "light"}"], `
  + `[data-vscode-theme-kind*="${word}"], [data-theme="${word}"], .${word}, .${word}-theme`);

/** Whether it is dark around a cell: as the notebook says, else as the system is. */
function isDark() {
  const around = [document.body, document.documentElement];
  if (around.some((each) => each.matches(DARK))) return true;
  return !around.some((each) => each.matches(LIGHT))
    && matchMedia("(prefers-color-scheme: dark)").matches;
}

/** The bytes of a chunk. @param {Model} model @param {string} name */
function chunkOf(model, name) {
  const { buffer, byteOffset, byteLength } = model.get(name);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * The id of a node of the tables; Python knows of no others.
 * @param {any} graph @param {number|null} node
 */
const idFor = (graph, node) => node === null || node >= graph.tables ? null : idOf(graph, node);

/** When an element has a place on the page. @param {HTMLElement} root @returns {Promise<void>} */
const placed = (root) => new Promise((done) => {
  const sized = new ResizeObserver(() => {
    if (!root.clientWidth) return;
    sized.disconnect();
    done();
  });
  sized.observe(root);
});

/** Hides the picture that stands in for an explorer where none runs. @param {Model} model */
function hideStill({ model_id: id }) {
  for (const still of document.getElementsByClassName(`digest-graph-still-${id}`)) {
    /** @type {HTMLElement} */ (still).style.display = "none";
  }
}

/**
 * Shows the graph of a model in a cell, until what it returns is called.
 * @param {{model: Model, el: HTMLElement}} given
 */
export function render({ model, el: cell }) {
  const root = el("div", { className: "cell" });
  // JupyterLab would take "x" to cut the cell; it looks for this on what has the focus.
  root.addEventListener("focusin", (/** @type {any} */ { target }) => {
    target.dataset.lmSuppressShortcuts = "true";
  });
  const resize = () => Object.assign(root.style, { height: `${model.get("height_px")}px` });
  const closing = [() => root.remove()];
  let closed = false;
  resize();
  cell.append(root);
  hideStill(model);
  show();
  return () => {
    closed = true;
    for (const close of closing) close();
  };

  async function show() {
    await placed(root);
    let /** @type {any} */ explorer = null;
    const told = (/** @type {any} */ { selected }) => explorer && tell(explorer.graph, selected);
    const shown = await mount(root, chunkOf(model, "_graph"), {
      texts: () => chunkOf(model, "_texts"), many: model.get("_groups_from"), dark: isDark,
      changed: told });
    closing.unshift(shown.close);
    if (closed) return shown.close();
    explorer = shown;
    Object.assign(root, { explorer });
    const follow = () => goTo(shown, model.get("selected"));
    let dark = isDark();
    const themed = new MutationObserver(() => {
      if (dark !== (dark = isDark())) shown.recolour();
    });
    for (const each of [document.body, document.documentElement]) {
      themed.observe(each, { attributes: true });
    }
    closing.unshift(() => themed.disconnect());
    listen("change:selected", follow);
    listen("change:height_px", resize);
    if (model.get("selected")) follow();
    else told(shown.state());
    return undefined;
  }

  /** @param {string} event @param {() => void} heard */
  function listen(event, heard) {
    model.on(event, heard);
    closing.unshift(() => model.off(event, heard));
  }

  /** Tells Python what is selected. @param {any} graph @param {number|null} selected */
  function tell(graph, selected) {
    const id = idFor(graph, selected);
    if (id === model.get("selected")) return;
    model.set("selected", id);
    model.save_changes();
  }

  /** Flies to what Python selects. @param {any} explorer @param {string|null} id */
  function goTo(explorer, id) {
    if (id === idFor(explorer.graph, explorer.state().selected)) return;
    const node = id === null ? null : nodeNamed(explorer.graph, id);
    if (node === null) explorer.act({ do: "select", node });
    else explorer.go(node, true);
  }
}
