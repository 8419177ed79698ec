// Text as TeX that prints it, by the rules of export/tex.py.

/** @typedef {import("./types.js").Columns} Columns */

/** @type {Record<string, string>} */
const TEX_SIGNS = { "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}" };
for (const sign of "$&#%_") TEX_SIGNS[sign] = `\\${sign}`;
for (const sign of "-'`") TEX_SIGNS[sign] = `{${sign}}`;
/** BibTeX counts braces even behind a backslash. @type {Record<string, string>} */
const LONE = { ...TEX_SIGNS, "{": "\\textbraceleft{}", "}": "\\textbraceright{}" };
const ODD = /[\\{}^~$&#%_'`-](?:(?<![-'`])|(?<=[-`'!?].))/gu;
const FORMULA = /\$((?:[^$\\%#&~]|\\[A-Za-z]+(?![A-Za-z])|\\[{},;:!| ])+)\$/gu;

/** A text without what neither XML nor BibTeX can hold. @param {string} text */
export const withoutControls = (text) =>
  text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "");

/** @param {string} text */
function isBalanced(text) {
  let depth = 0;
  for (const sign of text) {
    depth += Number(sign === "{") - Number(sign === "}");
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Texts as TeX, with what Python knows of their formulas and signs. @param {Columns} texts */
export function texOf({ meta: { formulas, signs } }) {
  const plain = (/** @type {string} */ text) => {
    const by = isBalanced(text) ? TEX_SIGNS : LONE;
    return [...text.replace(ODD, (sign) => by[sign])].map((sign) => signs[sign] ?? sign).join("");
  };
  return (/** @type {string} */ text) => {
    const line = withoutControls(text).replace(/[ \t\n\r]+/g, " ").replace(/^ +| +$/g, "")
      .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "")
      .replace(/[\u2000-\u200a\u2028\u2029\u202f\u205f]/g, " ");
    const whole = /[\u0300-\u036f]/.test(line) ? line.normalize("NFC") : line;
    let [written, end] = ["", 0];
    for (const { 0: { length }, 1: formula, index } of whole.matchAll(FORMULA)) {
      if (!Object.hasOwn(formulas, formula)) continue;
      written += `${plain(whole.slice(end, index))}$${formulas[formula] || formula}$`;
      end = index + length;
    }
    return written + plain(whole.slice(end));
  };
}
