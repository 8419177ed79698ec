// The parts around the map, each brought up to the state when what it shows has changed.

import { el } from "./dom.js";
import { facetPart } from "./facet_bar.js";
import { legendPart } from "./legend.js";
import { narrowPart } from "./narrow_tab.js";
import { panelPart } from "./panel.js";
import { searchPart, toolsPart } from "./search_box.js";
import { SCENE, differ } from "./store.js";
import { spokenPart } from "./speaking.js";
import { tablePart } from "./table.js";
import { headPart, tabsPart } from "./tabs.js";
import { tourPart } from "./tour.js";
import { exportPart } from "./export_tab.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Part} Part */
/** @typedef {import("./types.js").State} State */

/**
 * The elements beside the map, the search, the panel, and what brings all up to a state.
 * @param {App} app @param {Record<string, (by?: any) => void>} does
 * @param {() => import("./types.js").Theme} theme
 */
export function partsOf(app, does, theme) {
  const [search, head, panel] = [searchPart(app), headPart(app), panelPart(app)];
  const [table, tools, facets] = [tablePart(app), toolsPart(app, does), facetPart(app)];
  const [spoken, tour] = [spokenPart(app), tourPart(app)];
  const tabs = tabsPart(app,
    { map: () => legendPart(app), narrow: () => narrowPart(app),
      export: () => exportPart(app, theme) });
  const seen = /** @type {[Part, string[]][]} */ ([
    [search, ["query"]], [tabs, [...SCENE, "tab", "camera"]],
    [panel, ["selected", "region", "visited", "at", "filters", "similar", "goal", "seeking",
      "unfolded"]],
    [table, [...SCENE, "table", "sort", "columns"]], [tools, ["language"]],
    [spoken, ["selected", "region"]], [tour, ["tour"]],
    [facets, ["filters", "off", "chosen", "past", "future"]], [head, [...SCENE, "sheet"]],
  ]);
  const side = el("div", { className: "side", role: "region" },
    head.element, search.element, tabs.element);
  let filled = false;
  return {
    side, search, panel: panel.element, table: table.element, tools: tools.element,
    facets: facets.element, spoken: spoken.element, tour: tour.element,
    /** @param {State} state @param {State|null} before */
    update: (state, before) => {
      for (const [part, of] of seen) {
        const due = filled || part !== tabs;
        if (due && (!before || differ(before, state, [...of, "language"]))) {
          part.update(state, before);
        }
      }
    },
    /** Makes what the first picture does not wait for. @param {State} state */
    fill: (state) => {
      filled = true;
      tabs.update(state, null);
    },
  };
}
