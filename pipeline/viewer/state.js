// The one state, and the ways in which it changes. Each is pure.

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Filters} Filters */
/** @typedef {import("./types.js").Action} Action */

/** @type {Filters} */
export const NO_FILTERS = {
  tags: [], categories: [], years: null, who: "all", degree: 0, steps: 0,
};

/** @param {string} language @returns {State} */
export const firstState = (language) => ({
  language, selected: null, region: null, hovered: null, visited: [], at: -1, query: "", off: [],
  colour: "community", size: "laid", tag: null, filters: NO_FILTERS, goal: null, similar: null,
  seeking: false, all: false, opened: [], unfolded: [], tab: "map", table: false,
  camera: { x: 0, y: 0, scale: 1 },
});

/** With an item, or without it where it was. @template T @param {T[]} items @param {T} item */
const toggled = (items, item) =>
  items.includes(item) ? items.filter((each) => each !== item) : [...items, item];

/** A node becomes the one that is read. @param {State} s @param {number|null} node */
function selected(s, node) {
  if (node === s.selected) return { ...s, region: null, hovered: null, seeking: false };
  if (s.seeking && node !== null) {
    return { ...s, hovered: null, goal: node, similar: null, seeking: false };
  }
  const rest =
    { selected: node, region: null, hovered: null, goal: null, similar: null, seeking: false };
  if (node === null) return { ...s, ...rest, filters: { ...s.filters, steps: 0 } };
  const visited = [...s.visited.slice(0, s.at + 1), node];
  return { ...s, ...rest, visited, at: visited.length - 1 };
}

/** A step along the nodes that were read. @param {State} s @param {number} by */
function stepped(s, by) {
  const at = s.at + by;
  if (!(at in s.visited)) return s;
  const rest = { region: null, hovered: null, goal: null, similar: null };
  return { ...s, ...rest, at, selected: s.visited[at] };
}

/** Where the address of the page leads back to. @param {State} s @param {number|null} node */
function revisited(s, node) {
  if (node !== null && s.visited[s.at - 1] === node) return stepped(s, -1);
  if (node !== null && s.visited[s.at + 1] === node) return stepped(s, 1);
  return selected(s, node);
}

/** @type {Record<string, (s: State, a: any) => State>} */
const CHANGES = {
  select: (s, { node }) => selected(s, node),
  back: (s) => stepped(s, -1),
  forward: (s) => stepped(s, 1),
  revisit: (s, { node }) => revisited(s, node),
  region: (s, { at }) => ({ ...selected(s, null), region: at === s.region ? null : at }),
  hover: (s, { node }) => s.hovered === node ? s : { ...s, hovered: node },
  ask: (s, { query }) => ({ ...s, query }),
  toggle: (s, { kind }) => ({ ...s, off: toggled(s.off, kind) }),
  colour: (s, { by }) => ({ ...s, colour: by }),
  tag: (s, { node }) => ({ ...s, colour: "tag", tag: node }),
  size: (s, { by }) => ({ ...s, size: by }),
  edges: (s, { all }) => ({ ...s, all }),
  narrow: (s, { by }) => ({ ...s, filters: { ...s.filters, ...by } }),
  pick: (s, { list, node }) => {
    const name = /** @type {"tags"|"categories"} */ (list);
    return { ...s, filters: { ...s.filters, [name]: toggled(s.filters[name], node) } };
  },
  clear_filters: (s) => ({ ...s, filters: NO_FILTERS, goal: null, similar: null, off: [] }),
  pick_goal: (s) => ({ ...s, seeking: s.selected !== null && !s.seeking, goal: null }),
  similar: (s, { node }) => ({ ...s, similar: s.similar === node ? null : node, goal: null }),
  open: (s, { community }) => ({ ...s, opened: toggled(s.opened, community) }),
  unfold: (s, { node }) => ({ ...s, unfolded: toggled(s.unfolded, node) }),
  tab: (s, { name }) => ({ ...s, tab: name }),
  table: (s, { shown }) => ({ ...s, table: shown }),
  set_language: (s, { language }) => ({ ...s, language }),
  look: (s, { camera }) => ({ ...s, camera }),
  recall: (s, { parts }) => ({ ...s, ...parts }),
};

/** The state after an action. @param {State} state @param {Action} action @returns {State} */
export const change = (state, action) => CHANGES[action.do](state, action);
