// Runs the page's script, which lies packed beside it; the page's policy knows the hash of both.

if (!("DecompressionStream" in window)) {
  document.body.textContent = "This browser is too old for the explorer; graph.graphml holds the same.";
}
const packed = atob(/** @type {HTMLElement} */ (document.getElementById("script")).textContent ?? "");
const bytes = new Uint8Array(packed.length);
for (let i = 0; i < packed.length; i += 1) bytes[i] = packed.charCodeAt(i);
const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
const script = document.createElement("script");
script.type = "module";
script.textContent = await new Response(stream).text();
document.head.append(script);

export {};
