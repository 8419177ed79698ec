// The page around the drawing: labels, search, filter, and a panel to read in. The template holds
// the legend. All text of others reaches the page by textContent alone.
"use strict";
(() => {
  /**
   * @typedef {{id: string, kind: string, one: string, label: string, label_px: number,
   *   full: string, size: number, details: Record<string, any>}} Node
   * @typedef {{id: string, from: string, to: string, kind: string, said: Record<string, any>,
   *   color: {color: string, opacity: number}}} Edge
   * @typedef {{off: Set<string>, selected: string?, hovered: string?, query: string}} State
   */

  /** The panel's lists in order: kind of edge, the end that has the list, and its heading. */
  const LISTS = [
    ["wrote", "to", "Authors"], ["tagged", "from", "Tags"], ["in_category", "from", "Categories"],
    ["mentions", "from", "You mention"], ["mentions", "to", "Mentioned in your notes on"],
    ["cites", "from", "Cites"], ["cites", "to", "Cited by"], ["wrote", "from", "Wrote"],
    ["tagged", "to", "Papers"], ["in_category", "to", "Papers"], ["broader", "from", "Broader"],
    ["broader", "to", "Narrower"], ["relates_to", "from", "Related"],
  ];
  const REFERENCES = { some: "Not all references are known.", none: "No references are known." };
  const [FADED, LISTED] = [0.08, 12];
  const SMALL_PX = 11;
  const CLOSE_SCALE = 1.3;
  const LARGEST_SCALE = 1.6;
  const REACH_PX = 8;

  const find = (id) => /** @type {any} */ (document.getElementById(id));
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const joined = (parts, separator = " · ") => parts.filter(Boolean).join(separator);

  const nodes = /** @type {Node[]} */ (JSON.parse(find("nodes").textContent));
  const edges = /** @type {Edge[]} */ (JSON.parse(find("edges").textContent));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const byStrength = [...nodes].sort((a, b) =>
    b.label_px - a.label_px || b.details.degree - a.details.degree);
  const touching = /** @type {Map<string, Edge[]>} */ (new Map(nodes.map(({ id }) => [id, []])));
  for (const edge of edges) {
    for (const id of new Set([edge.from, edge.to])) touching.get(id).push(edge);
  }
  const words = new Map(nodes.map(({ id, full, details: d }) => [id, folded(joined(
    [full, d.name, d.arxiv_id, d.first_author, ...d.spellings ?? [], d.commentary, d.abstract],
    "\n"))]));

  /** The state; `off` holds the kinds of node and of edge that are hidden. */
  let state = /** @type {State} */ ({ off: new Set(), selected: null, hovered: null, query: "" });

  /** The ways in which it changes; each is pure. */
  const change = {
    hover: (state, hovered) => ({ ...state, hovered }),
    ask: (state, query) => ({ ...state, query }),
    select: (state, selected) => ({ ...state, selected, hovered: null, query: "" }),
    hide: (state, kind) => ({ ...state, off: new Set([...state.off, kind]) }),
    show: (state, kind) => ({ ...state, off: new Set([...state.off].filter((k) => k !== kind)) }),
  };

  function act(name, value) {
    const before = state;
    state = change[name](state, value);
    paint();
    if (before.selected !== state.selected) read();
    if (before.query !== state.query) answer();
  }

  /** What to look at; a selection goes before what lies under the pointer. */
  const focus = () => state.selected ?? state.hovered;

  /** The ids of a node and its neighbours, or nothing without a node. */
  const around = (id) => id && new Set([id, ...touching.get(id).flatMap((e) => [e.from, e.to])]);

  /** A kind that is off is hidden, but for the node that is read about. */
  const hidden = ({ id, kind }) => state.off.has(kind) && id !== state.selected;

  const nodeSet = new vis.DataSet(nodes.map(({ label, ...node }) => node));
  const edgeSet = new vis.DataSet(edges);
  const network = new vis.Network(find("canvas"), { nodes: nodeSet, edges: edgeSet }, {
    physics: false,
    interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false },
    nodes: { chosen: false },
    edges: { chosen: false, smooth: false, arrows: { to: { enabled: true, scaleFactor: 0.35 } } },
  });
  const drawn = new Map();

  /** Hides what is off, fades what is far from the focus, and draws anew what that changes. */
  function paint() {
    const id = focus();
    const near = around(id);
    const strength = (edge) => edge.from === id || edge.to === id ? 1 : FADED;
    update(nodeSet, nodes, (node) =>
      ({ hidden: hidden(node), opacity: !near || near.has(node.id) ? 1 : FADED }));
    update(edgeSet, edges, (edge) => ({ hidden: hidden(edge),
      color: { ...edge.color, opacity: id ? strength(edge) : edge.color.opacity } }));
  }

  function update(set, items, looks) {
    const changed = items.map((item) => ({ id: item.id, ...looks(item) }))
      .filter((look) => drawn.get(look.id) !== JSON.stringify(look));
    for (const look of changed) drawn.set(look.id, JSON.stringify(look));
    set.update(changed);
  }

  const box = ({ x, y }, w, h) => ({ x, y, left: x - w, right: x + w, top: y - h, bottom: y + h });
  const meets = (a, others) => others.some((b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom);
  const within = (a, b) =>
    a.left > b.left && a.right < b.right && a.top > b.top && a.bottom < b.bottom;

  /** Writes the labels that have room, the strongest first, in one size whatever the zoom. */
  function write(/** @type {CanvasRenderingContext2D} */ pen) {
    const [scale, style, id] = [network.getScale(), getComputedStyle(document.body), focus()];
    const { clientWidth, clientHeight } = find("canvas");
    const sight = box(network.getViewPosition(), clientWidth / 2 / scale, clientHeight / 2 / scale);
    const near = around(id);
    const named = byStrength.filter((node) => !hidden(node)
      && (near ? near.has(node.id) : node.label_px > SMALL_PX || scale > CLOSE_SCALE))
      .sort((a, b) => Number(b.id === id) - Number(a.id === id))
      .map((node) => ({ ...node, at: network.getPosition(node.id) }));
    const [taken, dots] = [[], named.map(({ at, size }) => box(at, size, size))];
    Object.assign(pen, { textAlign: "center", textBaseline: "middle", lineJoin: "round",
      lineWidth: 4 / scale, strokeStyle: style.backgroundColor, fillStyle: style.color });
    for (const node of named) {
      const [px, large] = [node.label_px / scale, node.id === id || node.kind === "read"];
      pen.font = `${node.id === id ? "bold" : ""} ${px}px ${style.fontFamily}`;
      const [w, h] = [pen.measureText(node.label).width / 2, px * 0.6];
      const [right, down] = [node.size + w + 5 / scale, node.size + h + 2 / scale];
      const spots = [[0, down], [0, -down], [right, 0], [-right, 0]]
        .map(([x, y]) => box({ x: node.at.x + x, y: node.at.y + y }, w, h))
        .filter((spot) => within(spot, sight) && !meets(spot, taken));
      const spot = spots.find((each) => !meets(each, dots)) ?? (large && spots[0]);
      if (!spot) continue;
      taken.push(spot);
      pen.strokeText(node.label, spot.x, spot.y);
      pen.fillText(node.label, spot.x, spot.y);
    }
  }

  /** The node at a place of the drawing, or the nearest within a fingertip's reach. */
  function nodeAt({ x, y }) {
    const gaps = nodes.filter((node) => !hidden(node)).map(({ id, size }) => {
      const place = network.getPosition(id);
      return { id, gap: Math.hypot(place.x - x, place.y - y) - size };
    });
    const nearest = gaps.sort((a, b) => a.gap - b.gap)[0];
    return nearest?.gap * network.getScale() < REACH_PX ? nearest.id : null;
  }

  /** Brings the nodes of these ids into view, or all. */
  function view(ids = []) {
    const animation = !matchMedia("(prefers-reduced-motion: reduce)").matches && { duration: 450 };
    network.fit({ nodes: ids, maxZoomLevel: LARGEST_SCALE, animation });
  }

  const zoom = (factor) => () => network.moveTo({ scale: network.getScale() * factor });

  /** @type {(name: string, text?: string, className?: string, children?: any[]) => any} */
  function element(name, text = "", className = "", children = []) {
    const made = Object.assign(document.createElement(name), { textContent: text, className });
    if (/\p{Script=Hangul}/u.test(text)) made.lang = "ko";
    made.append(...children);
    return made;
  }

  /** What is known of who and when, in one line. */
  function byline({ id, details: d }) {
    const authors = touching.get(id).filter((edge) => edge.kind === "wrote" && edge.to === id);
    const others = authors.length > 1 || d.authors_complete === false ? " and others" : "";
    const shared = d.ambiguous && "not certain who this is";
    return joined([d.first_author && d.first_author + others, d.year, shared]);
  }

  /** A row that leads to a node, with a line about it and the words of the reader, if any. */
  function row(node, sentence = "", line = byline(node)) {
    const button = Object.assign(element("button", node.full, "name"), { type: "button" });
    button.dataset.id = node.id;
    const quote = sentence ? [element("blockquote", sentence)] : [];
    return element("li", "", "", [button, element("small", line), ...quote]);
  }

  /** The rows; behind the first few, the rest folds away. */
  function list(rows) {
    const rest = element("ul", "", "", rows.splice(LISTED));
    const more = element("summary", `and ${rest.children.length} more`);
    const folds = rest.children.length ? [element("details", "", "", [more, rest])] : [];
    return element("div", "", "", [element("ul", "", "", rows), ...folds]);
  }

  /** What the panel says about a node. */
  function about(/** @type {Node} */ node) {
    const d = node.details;
    const title = Object.assign(element("h2", node.full), { tabIndex: -1 });
    const parts = [element("p", node.one, "kind"), title];
    const say = (text, className, heading) => {
      if (text && heading) parts.push(element("h3", heading));
      if (text) parts.push(element("p", text, className));
    };
    const name = d.name !== node.full && d.name;
    say(joined([name, byline(node), d.venue, d.categories?.join(", ")]), "meta");
    say(d.spellings?.length > 1 && `Also written ${d.spellings.join(", ")}`, "meta");
    if (/^https:\/\//.test(d.url)) {
      const link = element("a", d.arxiv_id ? `arXiv:${d.arxiv_id}` : d.url);
      parts.push(Object.assign(link, { href: d.url, rel: "noopener", target: "_blank" }));
    }
    say(d.commentary, "commentary", joined(["Your note", d.entry_dates?.join(", ")], " of "));
    for (const [kind, end, heading] of LISTS) {
      const own = touching.get(node.id).filter((e) => e.kind === kind && e[end] === node.id)
        .sort((a, b) => (a.said.position ?? 0) - (b.said.position ?? 0));
      const rows = own.map(({ from, to, said }) =>
        row(byId.get(end === "from" ? to : from), said.sentence));
      if (own.length) parts.push(element("h3", `${heading} (${own.length})`), list(rows));
    }
    say(node.kind === "read" && REFERENCES[d.references_known], "meta");
    say(d.abstract, "abstract", "Abstract");
    return parts;
  }

  /** Fills the panel with what is selected; without it, the template's start shows. */
  function read() {
    find("start").hidden = Boolean(state.selected);
    find("reading").replaceChildren(...state.selected ? about(byId.get(state.selected)) : []);
    find("side").scrollTop = 0;
    if (state.selected) find("reading").scrollIntoView({ block: "nearest" });
  }

  /** Lists what holds the words asked for: in a name before elsewhere, the strongest first. */
  function answer() {
    const asked = folded(state.query.trim());
    const found = byStrength.filter((node) => asked && words.get(node.id).includes(asked));
    const score = (name) => Number(name.startsWith(asked)) + Number(name.includes(asked));
    found.sort((a, b) => score(folded(b.full)) - score(folded(a.full)));
    find("results").replaceChildren(...found.slice(0, LISTED)
      .map((node) => row(node, "", joined([node.one, byline(node)]))));
    find("results").hidden = !found.length;
    const most = found.length > LISTED ? `, the strongest ${LISTED} here` : "";
    find("found").textContent = asked && `${found.length} found${most}`;
  }

  /** Selects a node from the text: brings it into view and goes on reading there. */
  function go(id) {
    act("select", id);
    view([...around(id)]);
    find("reading").querySelector("h2").focus({ preventScroll: true });
  }

  function tip(id, event) {
    find("tip").hidden = !id;
    if (!id) return;
    const { full, one } = byId.get(id);
    find("tip").replaceChildren(element("span", full), element("small", one));
    find("tip").style.left = `${Math.min(event.clientX + 14, innerWidth - 360)}px`;
    find("tip").style.bottom = `${innerHeight - Math.max(event.clientY - 14, 110)}px`;
  }

  function release() {
    const inside = find("reading").contains(document.activeElement);
    find("search").value = "";
    act("select", null);
    if (inside) find("start").querySelector("h2").focus();
  }

  const KEYS = {
    "/": () => { find("search").focus(); find("search").select(); },
    "+": zoom(1.3), "-": zoom(1 / 1.3), 0: () => view(), Escape: release,
  };

  network.on("click", ({ pointer }) => {
    const id = nodeAt(pointer.canvas);
    return id ? act("select", id) : release();
  });
  network.on("hoverNode", ({ node, event }) => { tip(node, event); act("hover", node); });
  network.on("blurNode", () => { tip(null); act("hover", null); });
  for (const name of ["click", "dragStart", "zoom"]) network.on(name, () => tip(null));
  network.on("afterDrawing", write);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => network.redraw());
  document.addEventListener("click", (event) => {
    const { id, key } = /** @type {Element} */ (event.target).closest("button")?.dataset ?? {};
    if (id) go(id);
    if (key) KEYS[key]();
  });
  find("legend").addEventListener("change", ({ target }) =>
    act(target.checked ? "show" : "hide", target.value));
  for (const name of ["input", "focus"]) {
    find("search").addEventListener(name, () => act("ask", find("search").value));
  }
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const stops = [find("search"), ...find("results").querySelectorAll("button")];
    const next = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (target === stops[0] && key === "Enter") stops[1]?.click();
    else if (next && stops.includes(target)) stops[stops.indexOf(target) + next]?.focus();
    else if (KEYS[key] && (target !== stops[0] || key === "Escape")) KEYS[key]();
    else return;
    event.preventDefault();
  });

  find("papers").append(...nodes.filter(({ kind }) => kind === "read").map((node) => row(node)));
  find("canvas").firstChild.tabIndex = -1;
  network.fit({ maxZoomLevel: LARGEST_SCALE });
  window.digestGraph = { network, state: () => state };
})();
