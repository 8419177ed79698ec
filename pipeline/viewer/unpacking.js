// Unpacks the page's style and script, which lie beside it (its policy knows the hashes of all),
// and what the first picture needs: the script then need not wait, while an empty page is painted.

if (!("DecompressionStream" in window)) {
  document.body.textContent = "This browser is too old for the explorer; graph.graphml holds "
    + "the same.";
}

/** The bytes of an element's text. @param {string} id @returns {Uint8Array} */
const bytesIn = (id) => {
  const text = /** @type {HTMLElement} */ (document.getElementById(id)).textContent ?? "";
  return /** @type {any} */ (Uint8Array).fromBase64?.(text)
    ?? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
};

/** What was packed. @param {Uint8Array} bytes */
const unpacked = (bytes) => {
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const writer = writable.getWriter();
  writer.write(/** @type {any} */ (bytes));
  writer.close();
  return new Response(readable).arrayBuffer();
};

/** Nothing of what it reads outlives it. */
async function start() {
  const graph = bytesIn("graph");
  const first = 4 + new DataView(graph.buffer).getUint32(0, true);
  const parts = [graph.subarray(4, first), graph.subarray(first)].map(unpacked);
  const packed = await unpacked(bytesIn("script"));
  await parts[0];
  const [looks, code] = new TextDecoder().decode(packed).split("\0");
  const [style, script] = [document.createElement("style"), document.createElement("script")];
  // No module: that would be run in another turn.
  [style.textContent, script.textContent] = [looks, code];
  Object.assign(window, { unpacked: { bytes: graph.length, parts } });
  document.head.append(style, script);
}
start();

export {};
