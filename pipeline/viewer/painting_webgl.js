// Draws a scene with WebGL2.

import {
  DOT_FRAGMENT, DOT_VERTEX, EDGE_FRAGMENT, EDGE_VERTEX, LAND_FRAGMENT, LAND_VERTEX, LINE_FRAGMENT,
  LINE_VERTEX, NODE_FRAGMENT, NODE_VERTEX,
} from "./shading.js";

/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {import("./types.js").Painter} Painter */

const UNIFORMS = ["middle", "window", "scale", "grow", "ratio", "ground", "ink", "box"];

/** @param {WebGL2RenderingContext} gl @param {string} vertex @param {string} fragment */
function programOf(gl, vertex, fragment) {
  const program = gl.createProgram();
  for (const [type, source] of /** @type {[number, string][]} */ (
    [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]])) {
    const shader = /** @type {WebGLShader} */ (gl.createShader(type));
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  for (const [i, name] of ["first", "paint", "form"].entries()) {
    gl.bindAttribLocation(
      program, i, i ? name : vertex.includes("in vec4 place") ? "place" : "ends");
  }
  gl.linkProgram(program);
  /** @type {Record<string, WebGLUniformLocation|null>|null} */
  let at = null;
  // To ask where they are waits for the compiler, which works beside the page.
  const uniforms = () => at ??= Object.fromEntries(UNIFORMS.map((name) =>
    [name, gl.getUniformLocation(program, name)]));
  return { program, uniforms };
}

/**
 * Two buffers, of 4 numbers and of 8 bytes an item, and the ways to read them.
 * @param {WebGL2RenderingContext} gl
 */
function buffersOf(gl) {
  const [numbers, bytes] = [gl.createBuffer(), gl.createBuffer()];

  /**
   * A way to read them: a vertex takes `wide` numbers, the colour lies at `paint` of the bytes.
   * @param {{wide: number, paint: number, form?: number, divisor?: number}} how
   */
  function reading({ wide, paint, form = -1, divisor = 0 }) {
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, numbers);
    gl.vertexAttribPointer(0, wide, gl.FLOAT, false, wide * 4, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, bytes);
    gl.vertexAttribPointer(1, 4, gl.UNSIGNED_BYTE, true, wide * 2, paint);
    if (form >= 0) gl.vertexAttribPointer(2, 4, gl.UNSIGNED_BYTE, false, wide * 2, form);
    for (const i of form < 0 ? [0, 1] : [0, 1, 2]) {
      gl.enableVertexAttribArray(i);
      gl.vertexAttribDivisor(i, divisor);
    }
    return array;
  }

  return {
    reading,
    fill: (/** @type {Float32Array} */ places, /** @type {Uint8Array} */ paints) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, numbers);
      gl.bufferData(gl.ARRAY_BUFFER, places, gl.DYNAMIC_DRAW);
      gl.bindBuffer(gl.ARRAY_BUFFER, bytes);
      gl.bufferData(gl.ARRAY_BUFFER, paints, gl.DYNAMIC_DRAW);
    },
  };
}

/** `#rrggbb` as four numbers from 0 to 1. @param {string} colour */
export function channels(colour) {
  const value = parseInt(colour.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255, 1];
}

/** Graphics cards that the processor plays: it draws sooner without one. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** @param {WebGL2RenderingContext} gl */
function isSoftware(gl) {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return info !== null && SOFTWARE.test(String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)));
}

/**
 * Draws beside the page and hands each picture over, so that the last one stays when the context
 * is lost, and can be moved without drawing it again.
 * @param {HTMLCanvasElement} canvas @param {() => Theme} theme
 * @param {(back: boolean) => void} [changed]   called when the context is lost or back
 * @returns {Painter|null} null without WebGL2 and a card of its own
 */
export function webglPainter(canvas, theme, changed = () => {}) {
  const apart = "OffscreenCanvas" in window ? new OffscreenCanvas(1, 1) : null;
  const gl = apart?.getContext("webgl2", { antialias: false, alpha: false });
  if (!apart || !gl) return null;
  const close = () => gl.getExtension("WEBGL_lose_context")?.loseContext();
  if (isSoftware(gl)) return close() ?? null;
  const shown = /** @type {ImageBitmapRenderingContext} */ (
    canvas.getContext("bitmaprenderer", { alpha: false }));
  apart.addEventListener(
    "webglcontextlost", (event) => { event.preventDefault(); changed(false); });
  apart.addEventListener("webglcontextrestored", () => changed(true));
  const node = programOf(gl, NODE_VERTEX, NODE_FRAGMENT);
  const edge = programOf(gl, EDGE_VERTEX, EDGE_FRAGMENT);
  const dot = programOf(gl, DOT_VERTEX, DOT_FRAGMENT);
  const line = programOf(gl, LINE_VERTEX, LINE_FRAGMENT);
  const [nodes, edges] = [buffersOf(gl), buffersOf(gl)];
  const points = nodes.reading({ wide: 4, paint: 0, form: 4 });
  const strips = edges.reading({ wide: 4, paint: 4, form: 0, divisor: 1 });
  // Both ends of a line are vertices; the second one's 4 bytes are the colour of the whole.
  const lines = edges.reading({ wide: 2, paint: 0 });
  const ground = programOf(gl, LAND_VERTEX, LAND_FRAGMENT);
  const [picture, corners] = [gl.createTexture(), gl.createVertexArray()];
  /** @type {ImageData|null} */
  let pictured = null;
  let counts = { nodes: 0, edges: 0 };
  /** @type {Scene|null} */
  let given = null;
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);

  /** @param {ReturnType<typeof programOf>} used @param {Frame} frame */
  function use({ program, uniforms }, frame) {
    if (!gl) return;
    gl.useProgram(program);
    const at = uniforms();
    gl.uniform2f(at.middle, frame.camera.x, frame.camera.y);
    gl.uniform2f(at.window, frame.width * frame.ratio, frame.height * frame.ratio);
    gl.uniform1f(at.scale, frame.camera.scale);
    gl.uniform1f(at.grow, frame.grow);
    gl.uniform1f(at.ratio, frame.ratio);
    gl.uniform4fv(at.ground, channels(theme().ground));
    gl.uniform4fv(at.ink, channels(theme().ink));
  }

  /** @param {Frame} frame */
  function drawEdges(frame) {
    use(frame.fine ? edge : line, frame);
    gl?.bindVertexArray(frame.fine ? strips : lines);
    if (frame.fine) gl?.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, counts.edges);
    else gl?.drawArrays(gl.LINES, 0, counts.edges * 2);
  }

  /** @param {Frame} frame */
  function drawLand(frame) {
    const land = given?.land?.(theme().dark);
    if (!gl || !land) return;
    use(ground, frame);
    gl.bindTexture(gl.TEXTURE_2D, picture);
    if (pictured !== land.pixels) fillPicture(land.pixels);
    gl.uniform3f(ground.uniforms().box, land.left, land.top, land.side);
    gl.bindVertexArray(corners);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }

  /** @param {ImageData} pixels */
  function fillPicture(pixels) {
    if (!gl) return;
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    for (const [name, value] of [[gl.TEXTURE_MIN_FILTER, gl.LINEAR],
      [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE], [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE]]) {
      gl.texParameteri(gl.TEXTURE_2D, name, value);
    }
    pictured = pixels;
  }

  /** @param {Frame} frame @param {number} width @param {number} height */
  function render(frame, width, height) {
    if (!gl || !apart) return;
    if (apart.width !== width) apart.width = width;
    if (apart.height !== height) apart.height = height;
    const [r, g, b] = channels(theme().ground);
    gl.viewport(0, 0, width, height);
    gl.clearColor(r, g, b, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    drawLand(frame);
    const isSeen = frame.edges && counts.edges > 0;
    if (isSeen && frame.fine) drawEdges(frame);
    use(frame.fine ? node : dot, frame);
    gl.bindVertexArray(points);
    gl.drawArrays(gl.POINTS, 0, counts.nodes);
    // Dots that lie close to one another would hide every road.
    if (isSeen && !frame.fine) drawEdges(frame);
  }

  return {
    name: "webgl",
    load: (scene) => {
      given = scene;
      nodes.fill(scene.places, scene.paints);
      edges.fill(scene.ends, scene.lines);
      counts = { nodes: scene.nodes, edges: scene.edges };
    },
    draw: async (frame, before) => {
      const size = [frame.width * frame.ratio, frame.height * frame.ratio].map(Math.round);
      if (gl.isContextLost()) return;
      render(frame, size[0], size[1]);
      const picture = apart.transferToImageBitmap();
      before();
      shown.transferFromImageBitmap(picture);
    },
    close,
  };
}
