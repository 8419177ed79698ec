// Loads the page anew when the server tells of another one. The address keeps the view.

/** @param {string} events @param {string} mark   of the page that this is */
(events, mark) => {
  const WAIT_MS = 300;
  const source = new EventSource(events);
  source.onmessage = (told) => {
    if (told.data === mark) return;
    source.close();
    // The view is written into the address a moment after it last moved.
    setTimeout(() => location.reload(), WAIT_MS);
  };
};
