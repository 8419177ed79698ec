// Runs the page's script, which lies packed beside it; the page's policy knows the hash of both.

if (!("DecompressionStream" in window)) {
  document.body.textContent = "This browser is too old for the explorer; graph.graphml holds "
    + "the same.";
}
const packed = /** @type {HTMLElement} */ (document.getElementById("script")).textContent ?? "";
const bytes = /** @type {any} */ (Uint8Array).fromBase64?.(packed)
  ?? Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
const { readable, writable } = new DecompressionStream("deflate-raw");
const writer = writable.getWriter();
writer.write(bytes);
writer.close();
const script = document.createElement("script");
script.type = "module";
script.textContent = await new Response(readable).text();
document.head.append(script);

export {};
