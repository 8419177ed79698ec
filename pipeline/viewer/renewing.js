// Loads the page anew when the server tells of another one. The address keeps most of the view;
// what is typed, the table, and how far a panel is scrolled are kept beside it, for this once.

/** @param {string} events @param {string} mark   of the page that this is */
(events, mark) => {
  const [WAIT_MS, QUIET_MS, LOOK_MS, LOOKS] = [300, 700, 50, 60];
  const PARTS = ["table", "sort", "columns", "tab", "sheet", "language"];
  const place = "digest-graph renewed";
  const explorer = () => /** @type {any} */ (window).explorer;
  let [touched, held] = [-QUIET_MS, false];

  for (const name of ["keydown", "input", "compositionupdate", "wheel", "pointerup"]) {
    addEventListener(name, () => { touched = performance.now(); }, { capture: true });
  }
  addEventListener("pointerdown", () => { held = true; }, { capture: true });
  // Who lets go outside the window is heard when the pointer comes back.
  addEventListener("pointermove", (event) => { held &&= event.buttons > 0; }, { capture: true });
  for (const name of ["pointerup", "pointercancel", "blur"]) {
    addEventListener(name, () => { held = false; }, { capture: true });
  }

  const source = new EventSource(events);
  source.onmessage = (told) => {
    if (told.data === mark) return;
    source.close();
    // The view is written into the address a moment after it last moved.
    setTimeout(renew, WAIT_MS);
  };
  const kept = taken();
  if (kept) restore(kept, LOOKS);

  /** Loads the page anew once nobody is in the middle of typing, dragging or scrolling. */
  function renew() {
    if (held || performance.now() - touched < QUIET_MS) {
      setTimeout(renew, WAIT_MS);
      return;
    }
    const state = explorer()?.state();
    const field = document.activeElement;
    const typed = field instanceof HTMLInputElement && field.type === "search"
      ? [field.selectionStart, field.selectionEnd] : null;
    const shown = state && Object.fromEntries(PARTS.map((name) => [name, state[name]]));
    try {
      if (state) {
        const all = { shown, query: state.query, typed, scrolled: scrolled() };
        sessionStorage.setItem(place, JSON.stringify(all));
      }
    } catch {
      // A browser that keeps nothing for a page shows it as the address says.
    }
    location.reload();
  }

  /** What the page before this one kept. */
  function taken() {
    try {
      const text = sessionStorage.getItem(place);
      sessionStorage.removeItem(place);
      return text ? JSON.parse(text) : null;
    } catch {
      return null;
    }
  }

  /** Puts it back as soon as the explorer is there. @param {any} kept @param {number} looks */
  function restore(kept, looks) {
    if (!explorer()) {
      if (looks) setTimeout(() => restore(kept, looks - 1), LOOK_MS);
      return;
    }
    explorer().act({ do: "recall", parts: kept.shown });
    if (kept.query) explorer().act({ do: "ask", query: kept.query });
    const field = document.querySelector("input[type=search]");
    if (kept.typed && field instanceof HTMLInputElement) {
      field.focus({ preventScroll: true });
      field.setSelectionRange(kept.typed[0], kept.typed[1]);
    }
    scroll(kept.scrolled, LOOKS / 2);
  }

  /** The parts of the page that can be scrolled, by their classes. */
  function panels() {
    return [...document.querySelectorAll("#digest-graph *")]
      .filter((each) => each.scrollHeight > each.clientHeight && each.clientHeight > 0);
  }

  /** How far each is scrolled. @returns {[string, number][]} */
  function scrolled() {
    return panels().filter((each) => each.scrollTop > 0)
      .map((each) => [each.className, each.scrollTop]);
  }

  /**
   * Scrolls them as far, as their texts come in.
   * @param {[string, number][]} far @param {number} looks
   */
  function scroll(far, looks) {
    if (!looks || touched > 0) return;
    const left = far.filter(([name, top]) => {
      const panel = panels().find((each) => each.className === name);
      if (panel) panel.scrollTop = top;
      return !panel || panel.scrollTop < top - 1;
    });
    if (left.length) setTimeout(() => scroll(left, looks - 1), LOOK_MS);
  }
};
