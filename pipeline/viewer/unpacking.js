// Runs the page's script, which lies packed beside it; the page's policy knows the hash of both.

const packed = atob(/** @type {HTMLElement} */ (document.getElementById("script")).textContent ?? "");
const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
const script = document.createElement("script");
script.type = "module";
script.textContent = await new Response(stream).text();
document.head.append(script);

export {};
