// The one state, and the ways in which it changes. Each is pure.

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Filters} Filters */
/** @typedef {import("./types.js").Action} Action */

/** @type {Filters} */
export const NO_FILTERS = {
  chips: [], any: false, years: null, days: null, cites: null, who: "all", degree: 0, steps: 0,
};

/** @param {string} language @returns {State} */
export const firstState = (language) => ({
  language, selected: null, region: null, hovered: null, visited: [], at: -1,
  query: "", lit: null, off: [],
  colour: "community", size: "laid", tag: null, filters: NO_FILTERS, goal: null, similar: null,
  seeking: false, projection: "map", wide: 1.4, lens: "all", all: false, opened: [], unfolded: [],
  chosen: [], columns: null, sheet: "half",
  sort: { by: "links", down: true }, past: [], future: [], latest: "", tab: "map", table: false,
  camera: { x: 0, y: 0, scale: 1 }, tour: null,
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

/** How high the sheet of a phone stands. */
const SHEETS = ["low", "half", "high"];

/** @type {Record<string, (s: State, a: any) => State>} */
const CHANGES = {
  select: (s, { node }) => selected(s, node),
  back: (s) => stepped(s, -1),
  forward: (s) => stepped(s, 1),
  revisit: (s, { node }) => revisited(s, node),
  region: (s, { at }) => ({ ...selected(s, null), region: at === s.region ? null : at }),
  hover: (s, { node }) => s.hovered === node ? s : { ...s, hovered: node },
  ask: (s, { query }) => ({ ...s, query, lit: query ? s.lit : null }),
  light: (s, { nodes }) => ({ ...s, lit: s.query ? nodes : null }),
  toggle: (s, { kind }) => ({ ...s, off: toggled(s.off, kind) }),
  colour: (s, { by }) => ({ ...s, colour: by }),
  tag: (s, { node }) => ({ ...s, colour: "tag", tag: node }),
  project: (s, { by, wide, camera }) => ({ ...s, projection: by, wide, camera, hovered: null }),
  sheet: (s, { by }) => {
    const next = Math.max(0, Math.min(SHEETS.length - 1, SHEETS.indexOf(s.sheet) + by));
    return { ...s, sheet: SHEETS[next] };
  },
  lens: (s, { by }) => ({ ...s, lens: by }),
  tour: (s, { at }) => ({ ...s, tour: at }),
  size: (s, { by }) => ({ ...s, size: by }),
  edges: (s, { all }) => ({ ...s, all }),
  narrow: (s, { by }) => ({ ...s, filters: { ...s.filters, ...by } }),
  pick: (s, { node, not = false }) => {
    const { chips } = s.filters;
    const rest = chips.filter((each) => each.node !== node);
    const next = rest.length < chips.length ? rest : [...chips, { node, not }];
    return { ...s, filters: { ...s.filters, chips: next } };
  },
  negate: (s, { node }) => ({ ...s, filters: { ...s.filters, chips: s.filters.chips
    .map((each) => each.node === node ? { ...each, not: !each.not } : each) } }),
  column: (s, { id, usual }) => ({ ...s, columns: toggled(s.columns ?? usual, id) }),
  sort: (s, { by }) => ({ ...s, sort: { by, down: s.sort.by === by && !s.sort.down } }),
  choose: (s, { nodes }) => ({ ...s, chosen: nodes }),
  choose_too: (s, { node }) => ({ ...s, chosen: toggled(s.chosen, node) }),
  undo: (s) => remembered(s, "past", "future"),
  redo: (s) => remembered(s, "future", "past"),
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

/** What undoing brings back. */
const UNDONE = /** @type {(keyof State)[]} */ ([
  "selected", "region", "off", "colour", "size", "tag", "filters", "goal", "similar", "all",
  "opened", "unfolded", "chosen", "projection", "wide", "lens", "camera", "table", "sort",
  "columns",
]);
const [MOST_PAST, NEVER] = [100, ["undo", "redo", "look", "hover", "ask", "light", "recall",
  "revisit"]];

/** @param {State} s @returns {Partial<State>} */
const remainsOf = (s) => Object.fromEntries(UNDONE.map((name) => [name, s[name]]));

/**
 * A step back, or forward.
 * @param {State} s @param {"past"|"future"} from @param {"past"|"future"} to
 */
function remembered(s, from, to) {
  const last = s[from].at(-1);
  if (!last) return s;
  return { ...s, ...last, [from]: s[from].slice(0, -1), [to]: [...s[to], remainsOf(s)],
    latest: "", seeking: false, hovered: null };
}

/** The state after an action. @param {State} state @param {Action} action @returns {State} */
export function change(state, action) {
  const next = CHANGES[action.do](state, action);
  const moved = UNDONE.some((name) => name !== "camera" && next[name] !== state[name]);
  if (NEVER.includes(action.do) || !moved) return next;
  // Dragging a brush is one gesture.
  const latest = action.do === "narrow" ? Object.keys(action.by).join() : "";
  const past = latest && latest === state.latest ? state.past
    : [...state.past.slice(1 - MOST_PAST), remainsOf(state)];
  return { ...next, past, future: [], latest };
}
