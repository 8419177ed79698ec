// What a query asks for: words, phrases, fields, years, and the ids within pasted links.

import { folded } from "./folding.js";

/**
 * @typedef {Object} Term
 * @property {"any"|"author"|"tag"|"year"} field
 * @property {string} text   folded
 * @property {[number, number]} [years]
 *
 * @typedef {Object} Asked
 * @property {Term[]} terms
 * @property {string[]} ids   of arXiv, or DOIs, that links name
 * @property {string} initials   Korean first consonants, where the query is of nothing else
 */

const ARXIV = /(?:^|[/:.\s])(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?/i;
const DOI = /\b10\.\d{4,9}\/[^\s"<>]+/;
const LINKED = /^https?:\/\/|arxiv|doi\.org|^10\.\d|^\d{4}\.\d{4,5}v\d/i;
const FIELDS = /** @type {Record<string, Term["field"]>} */ ({
  author: "author", by: "author", 저자: "author", tag: "tag", 태그: "tag", year: "year", 연도: "year",
});
const PART = /(?:([\p{L}]+):)?(?:"([^"]*)"|“([^”]*)”|(\S+))/gu;
const YEARS = /^(?:(?:19|20)\d\d)(?:(?:\.\.|[-–~])(?:(?:19|20)\d\d)?)?$/;

/** @param {string} query @returns {Asked} */
export function askedOf(query) {
  const text = query.trim();
  const ids = LINKED.test(text) ? [ARXIV.exec(text)?.[1], DOI.exec(text)?.[0]] : [];
  return { terms: termsOf(text), ids: ids.flatMap((id) => id ? [folded(id)] : []),
    initials: /^[ㄱ-ㅎ][ㄱ-ㅎ\s]*$/.test(text) ? text.normalize("NFKD").replace(/\s/g, "") : "" };
}

/** All of a query as one phrase. @param {string} query @returns {Term[]} */
export const wholeTerm = (query) => query.trim()
  ? [{ field: "any", text: folded(query.trim()) }] : [];

/** Every word for itself, whatever signs are in it. @param {string} query @returns {Term[]} */
const plainTerms = (query) => folded(query.trim()).split(/\s+/).filter(Boolean)
  .map((text) => ({ field: "any", text }));

/** @param {string} text @returns {Term[]} */
function termsOf(text) {
  return [...text.matchAll(PART)].flatMap(([whole, name, quoted, curled, bare]) => {
    const field = FIELDS[(name ?? "").toLowerCase()];
    const said = quoted ?? curled ?? bare ?? "";
    const tagged = /^#[\p{L}\p{N}]/u.test(said) && folded(said.slice(1)).trim();
    if (tagged) return [{ field: /** @type {const} */ ("tag"), text: tagged }];
    if (!field && name) return plainTerms(whole);
    if (YEARS.test(said) && field !== "author" && field !== "tag") {
      const [first, last] = said.split(/\.\.|[-–~]/).map(Number);
      const until = last === undefined ? first : last || 9999;
      return [{ field: field ?? "any", text: folded(said),
        years: /** @type {[number, number]} */ ([first, until]) }];
    }
    const own = folded(said).trim();
    return own ? [{ field: field ?? "any", text: own }] : [];
  });
}

/**
 * A text without what is between its letters and digits: DeepSeek-R1 is deepseekr1.
 * @param {string} text
 */
export const squashed = (text) => text.replace(/[^\p{L}\p{N}\0]+/gu, "");

/** The first consonants of Korean syllables, other letters as they are. @param {string} text */
export const initialsOf = (text) => text.normalize("NFC").replace(/[가-힣]/g, (syllable) =>
  String.fromCharCode(0x1100 + Math.floor((syllable.charCodeAt(0) - 0xac00) / 588)))
  .replace(/[^\u1100-\u1112\0]+/g, "");
