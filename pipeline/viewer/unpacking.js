// Unpacks the page's style and script, which lie beside it; its policy knows the hashes of all.

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
const [looks, code] = (await new Response(readable).text()).split("\0");
const [style, script] = [document.createElement("style"), document.createElement("script")];
script.type = "module";
[style.textContent, script.textContent] = [looks, code];
document.head.append(style, script);

export {};
