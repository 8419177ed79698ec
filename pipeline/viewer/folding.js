// Text made alike for searching, and TeX made readable.

/** Vowels and final consonants that are typed in two strokes, as the letters that they are. */
const STROKES = /** @type {Record<string, string>} */ ({});
const FINALS = "ᄀ ᄁ ᄀᄉ ᄂ ᄂᄌ ᄂᄒ ᄃ ᄅ ᄅᄀ ᄅᄆ ᄅᄇ ᄅᄉ ᄅᄐ ᄅᄑ ᄅᄒ ᄆ ᄇ ᄇᄉ ᄉ ᄊ ᄋ ᄌ ᄎ ᄏ ᄐ ᄑ ᄒ".split(" ");
FINALS.forEach((letters, i) => { STROKES[String.fromCharCode(0x11a8 + i)] = letters; });
for (const pair of ["ᅪᅩᅡ", "ᅫᅩᅢ", "ᅬᅩᅵ", "ᅯᅮᅥ", "ᅰᅮᅦ", "ᅱᅮᅵ", "ᅴᅳᅵ"]) {
  STROKES[pair[0]] = pair.slice(1);
}

/**
 * A text as it is compared: no accents, no case, Korean by the letters that are typed, so that
 * a syllable which is not yet whole finds those that it can become.
 * @param {string} text
 */
export function folded(text) {
  // Most of a text is ASCII, which is quick.
  return text.toLowerCase().replace(/[^\0-\x7f]+/g, (part) => part.normalize("NFKD")
    .replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[\u1161-\u11c2]/g, (letter) => STROKES[letter] ?? letter));
}

/** As in `model/readable_tex.py`. */
export const SIGNS = /** @type {Record<string, string>} */ ({
  alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", varepsilon: "ε", zeta: "ζ",
  eta: "η", theta: "θ", vartheta: "ϑ", iota: "ι", kappa: "κ", lambda: "λ", mu: "μ", nu: "ν",
  xi: "ξ", pi: "π", rho: "ρ", sigma: "σ", tau: "τ", upsilon: "υ", phi: "φ", varphi: "φ", chi: "χ",
  psi: "ψ", omega: "ω", Gamma: "Γ", Delta: "Δ", Theta: "Θ", Lambda: "Λ", Xi: "Ξ", Pi: "Π",
  Sigma: "Σ", Upsilon: "Υ", Phi: "Φ", Psi: "Ψ", Omega: "Ω", ell: "ℓ", hbar: "ħ", infty: "∞",
  times: "×", cdot: "·", div: "÷", leq: "≤", le: "≤", geq: "≥", ge: "≥", neq: "≠", ne: "≠",
  approx: "≈", equiv: "≡", simeq: "≃", sim: "∼", propto: "∝", ll: "≪", gg: "≫", to: "→",
  rightarrow: "→", leftarrow: "←", leftrightarrow: "↔", Rightarrow: "⇒", mapsto: "↦", pm: "±",
  mp: "∓", in: "∈", notin: "∉", partial: "∂", nabla: "∇", sum: "∑", prod: "∏", int: "∫",
  forall: "∀", exists: "∃", subset: "⊂", subseteq: "⊆", cup: "∪", cap: "∩", setminus: "∖",
  emptyset: "∅", ldots: "…", dots: "…", cdots: "⋯", star: "⋆", ast: "∗", circ: "∘", bullet: "•",
  odot: "⊙", oplus: "⊕", otimes: "⊗", perp: "⊥", parallel: "∥", mid: "|", langle: "⟨", rangle: "⟩",
  dagger: "†", prime: "′", deg: "°", aleph: "ℵ", square: "□", Box: "□",
});
const RAISED = { from: "0123456789+-()ni", to: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱ" };
const LOWERED = { from: "0123456789+-()", to: "₀₁₂₃₄₅₆₇₈₉₊₋₍₎" };

/** Raised or lowered signs, where there are such. @param {string} body @param {typeof RAISED} by */
function transposed(body, { from, to }) {
  const found = [...body].map((sign) => [...to][from.indexOf(sign)]);
  return found.every(Boolean) ? found.join("") : null;
}

/** What an accent of TeX is to the letter before it. @type {Record<string, string>} */
const ACCENTS = {
  "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
  ".": "\u0307", c: "\u0327", v: "\u030c", H: "\u030b", u: "\u0306", r: "\u030a", k: "\u0328",
};
const LETTERS = /** @type {Record<string, string>} */ ({
  ss: "ß", ae: "æ", AE: "Æ", oe: "œ", OE: "Œ", aa: "å", AA: "Å", o: "ø", O: "Ø", l: "ł", L: "Ł",
});

const ACCENT = String.raw`\\(['\`^"~=.]|[cvHurk](?=[{ ]))\s*(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))`;
const [BARE, BRACED] = [new RegExp(ACCENT, "g"),
  new RegExp(String.raw`(?<!\\[A-Za-z]+)\{${ACCENT}\}`, "g")];

/** `Poincar\'e` and `Poincar{\'e}` are Poincaré. @param {string} text */
function accented(text) {
  const joined = (/** @type {string[]} */ ...[, accent, held, letter]) =>
    ((held ?? letter) + ACCENTS[accent]).normalize("NFC");
  return text.replace(BRACED, joined).replace(BARE, joined)
    .replace(
      /\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L)(?:\{\}| |(?![A-Za-z]))/g, (_, name) => LETTERS[name]);
}

const MATH = new RegExp(String.raw`(?<!\\)\$([^$\s](?:[^$\n]{0,200}[^$\s\\])?`
  + String.raw`|\s[^$\n\\^_]{0,100}[\\^_][^$\n]{0,100})\$(?!\d)`, "g");

/**
 * TeX as it can be read: `$O(n^2)$` is O(n²), `\textbf{A}` is A. A formula with a macro that is
 * not known stays.
 * @param {string} text
 */
export function plain(text) {
  if (!/[\\$]/.test(text)) return text;
  return accented(text
    .replace(MATH, (whole, /** @type {string} */ math) => formula(math) ?? whole))
    .replace(/\\(?:text(?:bf|it|sc|tt|rm|sf)|emph|mathrm|mathbf|mathcal)\{([^{}]*)\}/g, "$1")
    .replace(/\\([%&#_$])/g, "$1");
}

/** What stands over or dresses a letter. */
const DECORATED =
  /\\(?:bar|hat|tilde|vec|overline|widehat|widetilde|boldsymbol|mathbb|mathfrak)(?![A-Za-z])\s*/g;

/** A part of a formula, in brackets where it is more than one sign. @param {string} text */
const inOne = (text) => text.length < 2 || /^√?[\p{L}\p{N}]+$/u.test(text)
  ? text : `(${text.trim()})`;

/** @param {string} mark @param {string} body */
const shifted = (mark, body) =>
  transposed(body, mark === "^" ? RAISED : LOWERED) ?? mark + inOne(body);

const ARGUMENT = String.raw`\s*(?:\{([^{}]*)\}|(\w))`;
const FRACTION = new RegExp(String.raw`\\[dt]?frac${ARGUMENT}${ARGUMENT}`, "g");

/** Groups are read from the inside out; null for what cannot be read. @param {string} math */
function formula(math) {
  let [before, read] = ["", math
    .replace(DECORATED, "")
    .replace(/\\(?:left|right|displaystyle|big|Big)(?![A-Za-z])\s*/g, "")
    .replace(/ ?\\(log|ln|exp|max|min)(?![A-Za-z]) ?/g, " $1 ")
    // Of `B\to K` the space ends the macro's name; of `B \to K` it is meant.
    .replace(/( ?)\\([A-Za-z]+)( ?)/g, (whole, gap, name, space) => Object.hasOwn(SIGNS, name)
      ? gap + SIGNS[name] + (/\p{L}/u.test(SIGNS[name]) || !gap ? "" : space) : whole)
    .replace(/([_^])([^{\s\\])/g, (_, mark, sign) => shifted(mark, sign))];
  while (before !== read) {
    before = read;
    read = read
      .replace(FRACTION, (_, a, b, c, d) => `${inOne(a ?? b)}/${inOne(c ?? d)}`)
      .replace(/\\sqrt\s*\{([^{}]*)\}/g, (_, root) => `√${inOne(root)}`)
      .replace(/\\(?:text|math|operatorname)[A-Za-z]*\s*\{([^{}]*)\}/g, "$1")
      .replace(/([_^])\{([^{}]*)\}/g, (_, mark, body) => shifted(mark, body));
  }
  read = read.replace(/\\sqrt ?/g, "√").replace(/\\[,;:! ]/g, " ").replace(/ +/g, " ")
    .replaceAll("( ", "(").trim();
  return /\\[A-Za-z]/.test(read) ? null : read.replace(/[{}]/g, "");
}

/** A text, cut where it would fill a list. @param {string} text */
export const clipped = (text, most = 240) =>
  text.length > most ? `${text.slice(0, most).trimEnd()}…` : text;

/** The start of a title, up to its colon or so many signs. @param {string} text */
export function short(text, most = 34) {
  const head = text.split(": ", 1)[0];
  if (head.length <= most) return head;
  const cut = head.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), most - 12)).trimEnd()}…`;
}
