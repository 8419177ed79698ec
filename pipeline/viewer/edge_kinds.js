// The kinds of edge, in the order of the page's data: what each is called, and how it looks.

/** @typedef {[string, string]} Words */

/**
 * `heading` is its name in a legend, `to` and `by` say it along its direction and against it, each
 * in English and Korean. `width` in px; `dash`: 0 whole, 1 dashed, 2 dotted. An edge thins from
 * where it begins.
 * @type {{ name: string, colour: number, alpha: number, width: number, dash: number,
 *   heading: Words, to?: Words, by?: Words }[]}
 */
export const KINDS_OF_EDGE = [
  { name: "mentions", colour: 0xd55e00, alpha: 0.9, width: 2.4, dash: 1,
    heading: ["You mention", "내가 언급"],
    to: ["you mention there", "메모에서 언급"], by: ["is mentioned in your notes on", "내 메모가 언급"] },
  { name: "cites", colour: 0xb08b45, alpha: 0.42, width: 1.2, dash: 0,
    heading: ["Cites", "인용"],
    to: ["cites", "인용"], by: ["is cited by", "인용됨"] },
  { name: "wrote", colour: 0x3f8cc0, alpha: 0.36, width: 1.1, dash: 0,
    heading: ["Wrote", "저술"],
    to: ["wrote", "저술"], by: ["was written by", "저자"] },
  { name: "tagged", colour: 0x009e73, alpha: 0.55, width: 1.4, dash: 0,
    heading: ["Tagged", "태그 지정"],
    to: ["is tagged", "태그"], by: ["tags", "태그가 달린 논문"] },
  { name: "in_category", colour: 0xcc79a7, alpha: 0.34, width: 1.2, dash: 2,
    heading: ["In category", "분야 소속"],
    to: ["is in", "분야"], by: ["holds", "분야의 논문"] },
  { name: "broader", colour: 0x007a56, alpha: 0.7, width: 2, dash: 0,
    heading: ["Broader", "상위 태그"],
    to: ["is within", "상위 태그"], by: ["holds", "하위 태그"] },
  { name: "relates_to", colour: 0x007a56, alpha: 0.55, width: 1.4, dash: 1,
    heading: ["Related", "관련 태그"],
    to: ["relates to", "관련"], by: ["relates to", "관련"] },
  { name: "between", colour: 0x8a91a0, alpha: 0.5, width: 1.6, dash: 0,
    heading: ["Between communities", "군집 사이"] },
];

/** The words of all kinds, by the keys that the page says them by. */
export const EDGE_WORDS = Object.fromEntries(KINDS_OF_EDGE.flatMap(({ name, heading, to, by }) =>
  /** @type {[string, Words][]} */ ([[name, heading], [`${name}To`, to ?? heading],
    [`${name}By`, by ?? heading]])));
