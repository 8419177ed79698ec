// Chunks of bytes to columns, and columns to a graph.

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").Columns} Columns */

/**
 * What newer browsers have for it, and quicker.
 * @type {((text: string) => Uint8Array)|undefined}
 */
const from64 = /** @type {any} */ (Uint8Array).fromBase64?.bind(Uint8Array);

/** The bytes of base64. @param {string} text */
export function bytesOf(text) {
  if (from64) return from64(text);
  const whole = atob(text);
  const bytes = new Uint8Array(whole.length);
  for (let i = 0; i < whole.length; i += 1) bytes[i] = whole.charCodeAt(i);
  return bytes;
}

/** The first two chunks of a graph. @param {Uint8Array} bytes */
export function partsOfBytes(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return [bytes.subarray(4, 4 + length), bytes.subarray(4 + length)];
}

/** The bytes that were compressed. @param {Uint8Array} bytes */
export async function inflated(bytes) {
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const writer = writable.getWriter();
  const [whole] = await Promise.all([new Response(readable).arrayBuffer(),
    writer.write(/** @type {any} */ (bytes)), writer.close()]);
  return whole;
}

/** Whole numbers of seven bits a byte. @param {Uint8Array} bytes @param {number} count */
function varints(bytes, count) {
  const found = new Uint32Array(count);
  for (let at = 0, i = 0; i < count; i += 1) {
    let value = 0;
    let shift = 0;
    for (; bytes[at] > 127; at += 1, shift += 7) value |= (bytes[at] & 127) << shift;
    found[i] = value | (bytes[at] << shift);
    at += 1;
  }
  return found;
}

/** What reads a column's numbers. @type {Record<string, (b: Uint8Array, count: number) => any>} */
const READERS = {
  u1: (bytes) => bytes,
  u2: (bytes) => new Uint16Array(bytes.buffer),
  varint: varints,
};

/** @typedef {{text: string, starts: Uint32Array}} Rows   texts, each ended by NUL */

/** Where each text begins, and where the last one ends. @param {string} text @param {number} n */
export function rowsOf(text, n) {
  const starts = new Uint32Array(n + 1);
  for (let i = 0, at = 0; i < n; i += 1) {
    at = text.indexOf("\0", at) + 1 || text.length;
    starts[i + 1] = at;
  }
  return { text, starts };
}

/** The columns of a chunk. @param {Uint8Array} chunk */
export const columnsOf = async (chunk) => columnsIn(await inflated(chunk));

/**
 * The columns of a chunk's bytes. Each has bytes of its own: a large one is let go once it is read.
 * @param {ArrayBuffer} buffer @returns {Columns}
 */
export function columnsIn(buffer) {
  const bytes = new Uint8Array(buffer);
  const start = 4 + new DataView(bytes.buffer).getUint32(0, true);
  const meta = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start)));
  /** @type {Map<string, Uint8Array>} */
  const parts = new Map();
  for (const [name, [, offset, length]] of Object.entries(meta.columns)) {
    parts.set(name, bytes.slice(start + offset, start + offset + length));
  }
  /** @type {Map<string, Rows>} */
  const read = new Map();
  const whole = (/** @type {string} */ name) => read.get(name)?.text
    ?? new TextDecoder("utf-8", { ignoreBOM: true }).decode(parts.get(name));
  return {
    meta,
    whole,
    numbers: (name) => {
      const [type, , , count] = meta.columns[name];
      return READERS[type](/** @type {Uint8Array} */ (parts.get(name)), count);
    },
    text: (name, row) => {
      if (!read.has(name)) {
        read.set(name, rowsOf(whole(name), meta.columns[name]?.[3] ?? 0));
        parts.delete(name);
      }
      const { text, starts } = /** @type {Rows} */ (read.get(name));
      const [from, until] = [starts[row], starts[row + 1]];
      // Of a row that there is not, one of the two is undefined.
      return until > from ? text.slice(from, until - 1) : "";
    },
  };
}

/** In half the room, if all of them are small enough. @param {Uint32Array} numbers */
function narrowed(numbers) {
  for (let i = 0; i < numbers.length; i += 1) if (numbers[i] > 65535) return numbers;
  return new Uint16Array(numbers);
}

/** The edges at each node. @param {Uint32Array} from @param {Uint32Array} to @param {number} n */
export function linksOf(from, to, n) {
  const first = new Uint32Array(n + 1);
  for (let e = 0; e < from.length; e += 1) {
    first[from[e] + 1] += 1;
    if (to[e] !== from[e]) first[to[e] + 1] += 1;
  }
  for (let i = 0; i < n; i += 1) first[i + 1] += first[i];
  const next = first.slice();
  const links = new Uint32Array(first[n]);
  for (let e = 0; e < from.length; e += 1) {
    links[next[from[e]]++] = e;
    if (to[e] !== from[e]) links[next[to[e]]++] = e;
  }
  return { first, links };
}

/**
 * Nodes so that those of a community stand together, by kind: in two rounds of counting. Numbers
 * of communities are below that of nodes, or else are wrapped.
 * @param {Uint8Array} kind @param {Uint32Array} community
 */
function nodesTogether(kind, community) {
  let order = Uint32Array.from(kind, (_, i) => i);
  for (const [key, size] of /** @type {[Uint32Array, number][]} */ (
    [[kind, 256], [community, kind.length]])) {
    const next = new Uint32Array(size + 1);
    for (const i of order) next[key[i] % size + 1] += 1;
    for (let i = 1; i < size; i += 1) next[i] += next[i - 1];
    const sorted = new Uint32Array(order.length);
    for (const i of order) sorted[next[key[i] % size]++] = i;
    order = sorted;
  }
  return order;
}

/**
 * The ends of edges, in the order of nodes: from each node so many, the first so many steps from
 * it, and each other from the one before.
 * @param {Uint32Array} out @param {Uint32Array} steps @param {Uint32Array} order
 */
function endsOf(out, steps, order) {
  const [from, to] = [new Uint32Array(steps.length), new Uint32Array(steps.length)];
  const places = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i += 1) places[order[i]] = i;
  for (let i = 0, e = 0; i < out.length; i += 1) {
    const begin = e;
    for (let at = places[i]; e < begin + out[i]; e += 1) {
      at += e > begin ? steps[e] : (steps[e] >>> 1) ^ -(steps[e] & 1);
      [from[e], to[e]] = [i, order[at]];
    }
    if (out[i] > 1) to.subarray(begin, e).sort();
  }
  return { from, to };
}

/** The graph of the first chunk, without its names. @param {Columns} look @returns {Graph} */
export function graphOf(look) {
  const { nodes: n, edges: m, box: [left, top, side], sizes, hues } = look.meta;
  const [across, down] = [look.numbers("x"), look.numbers("y")];
  const [x, y, size] = [new Float32Array(n), new Float32Array(n), new Float32Array(n)];
  const sized = look.numbers("size");
  for (let i = 0; i < n; i += 1) {
    x[i] = left + across[i] * side / 65535;
    y[i] = down[i] * side / 65535 - top;
    size[i] = sized[i] * sizes / 255;
  }
  const [kind, community] = [look.numbers("kind"), look.numbers("community")];
  const { from, to } =
    endsOf(look.numbers("out"), look.numbers("steps"), nodesTogether(kind, community));
  return {
    n, m, x, y, size, hues, from, to, tables: n, names: null, texts: null, called: [],
    kind, community, flags: look.numbers("flags"), rank: look.numbers("rank"),
    year: look.numbers("year"), day: look.numbers("day"),
    edgeKind: look.numbers("edge_kind"), weight: look.numbers("weight"),
    position: narrowed(look.numbers("position")), ...linksOf(from, to, n),
    own: look.meta.own ? { ...look.meta.own, of: look.numbers("own") } : null,
  };
}
