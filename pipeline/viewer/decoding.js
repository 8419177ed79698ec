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

/** Each number from its step to the one before. @param {Uint32Array} steps */
function summed(steps) {
  let last = 0;
  for (let i = 0; i < steps.length; i += 1) {
    last += (steps[i] >>> 1) ^ -(steps[i] & 1);
    steps[i] = last;
  }
  return steps;
}

/** What reads a column's numbers. @type {Record<string, (b: Uint8Array, count: number) => any>} */
const READERS = {
  u1: (bytes) => bytes,
  u2: (bytes) => new Uint16Array(bytes.buffer),
  varint: varints,
  delta: (bytes, count) => summed(varints(bytes, count)),
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

/** The graph of the first chunk, without its names. @param {Columns} look @returns {Graph} */
export function graphOf(look) {
  const { nodes: n, edges: m, box: [left, top, side], sizes } = look.meta;
  const [across, down] = [look.numbers("x"), look.numbers("y")];
  const [x, y, size] = [new Float32Array(n), new Float32Array(n), new Float32Array(n)];
  const sized = look.numbers("size");
  for (let i = 0; i < n; i += 1) {
    x[i] = left + across[i] * side / 65535;
    y[i] = down[i] * side / 65535 - top;
    size[i] = sized[i] * sizes / 255;
  }
  const from = new Uint32Array(m);
  const out = look.numbers("out");
  for (let i = 0, e = 0; i < n; i += 1) for (let k = out[i]; k > 0; k -= 1) from[e++] = i;
  const to = look.numbers("target");
  return {
    n, m, x, y, size, from, to, tables: n, names: null, texts: null, called: [],
    kind: look.numbers("kind"), flags: look.numbers("flags"), rank: look.numbers("rank"),
    year: look.numbers("year"), day: look.numbers("day"), community: look.numbers("community"),
    edgeKind: look.numbers("edge_kind"), weight: look.numbers("weight"),
    position: narrowed(look.numbers("position")), ...linksOf(from, to, n),
    own: look.meta.own ? { ...look.meta.own, of: look.numbers("own") } : null,
  };
}
