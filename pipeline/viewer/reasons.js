// Why two papers are alike, and why an entry is this paper, in the words of the reader's language.

/** @typedef {import("./types.js").Graph} Graph */

const MOST_NAMED = 3;

/**
 * Why a paper is like another, as `digest-graph similar` says it.
 * @param {Graph} graph @param {import("./words.js").Say} say
 * @param {import("./answering.js").Alike} alike
 */
export function reasonOf(graph, say, { references, tags, authors, steps }) {
  const called = (/** @type {number} */ node) => graph.names?.text("label", node) ?? "";
  const one = (/** @type {string} */ word, /** @type {number} */ count) =>
    count ? say(count > 1 ? `${word}s` : word, String(count)) : "";
  const named = (/** @type {string} */ word, /** @type {string[]} */ names) => {
    const more = names.length - MOST_NAMED;
    const listed = names.slice(0, MOST_NAMED).join(", ");
    return names.length ? say(names.length > 1 ? `${word}s` : word,
      more > 0 ? say("andMore", listed, String(more)) : listed) : "";
  };
  return [one("sharedReference", references),
    named("sharedTag", tags.map(called)),
    named("sharedAuthor", authors.map(called)), one("stepAway", steps)]
    .filter(Boolean).join("; ");
}

/** What a match is explained by, in Korean: pipeline/match/ words it in English. */
const PHRASES = /** @type {[RegExp, string][]} */ ([
  [/the same former title/g, "이전 제목과 같음"], [/the same title/g, "제목이 같음"],
  [/former title (\d+)% alike/g, "이전 제목과 $1% 비슷함"], [/title (\d+)% alike/g, "제목이 $1% 비슷함"],
  [/\(today (?=")/g, "(지금 제목: "], [/(\d+)% of the authors/g, "저자 $1% 일치"],
  [/(\d+)% of the abstract/g, "초록 $1% 일치"],
  [/([+-]\d+) months from the id's month/g, "ID의 달과 $1개월 차이"],
  [/in the id's month/g, "ID와 같은 달"], [/the entry prints this id/g, "메모에 이 ID가 있음"],
  [/no source at hand could check it/g, "확인해 줄 출처가 없음"],
  [/(\S+(?:, \S+)*) agrees as well, but is of another month/g, "$1도 맞지만 다른 달의 논문임"],
  [/no paper, as set by hand in (\S+)/g, "논문이 아님, $1에서 직접 지정"],
  [/set by hand in (\S+)/g, "$1에서 직접 지정"], [/a tie between /g, "동점: "],
  [/no known paper has a title or authors like these/g, "제목이나 저자가 비슷한 논문이 없음"],
  [/the entry prints neither a title nor an arXiv id/g, "메모에 제목도 arXiv ID도 없음"],
  [/no paper of arXiv has such a title or authors, as of (\S+)/g,
    "$1까지 이런 제목이나 저자의 arXiv 논문이 없음"],
  [/too little evidence; the nearest is (\S+):/g, "근거 부족, 가장 가까운 것은 $1:"],
  [/the entry prints (\S+), which arXiv does not have/g, "메모의 $1은 arXiv에 없음"],
  [/the entry prints (\S+), but that is (?=")/g, "메모의 $1은 다른 논문임: "],
  [/; its own title is that of (\S+)\./g, "; 제목은 $1의 것임."],
  [/\. Correct the link, or set the id in (\S+?)(?=;|$)/g, ". 링크를 고치거나 $1에 ID를 적으세요"],
]);

/** The rules by which matches are made, as `decided_by` has them. */
const RULES = /** @type {Record<string, string>} */ ({
  "exact title": "같은 제목과 저자", "former title": "이전 제목과 저자",
  "exact title and date": "같은 제목과 날짜", "exact title alone": "같은 제목", abstract: "초록",
  "near title and authors": "비슷한 제목과 저자", "part of title and authors": "제목 일부와 저자",
  "name and authors": "이름과 저자", "near title and date": "비슷한 제목과 날짜",
  "near title alone": "비슷한 제목",
  "title with name alone": "이름이 든 제목", "title with name and date": "이름이 든 제목과 날짜",
  "part of title and date": "제목 일부와 날짜",
  "shortened title and text": "줄인 제목과 본문", renamed: "바뀐 제목", override: "직접 지정",
  "printed id": "적힌 ID", "printed id unchecked": "적힌 ID (확인 전)",
  "date of several": "여럿 중 날짜가 맞는 것", "not on arxiv": "arXiv에 없음",
});

/** Fields of a paper, and who gave them. */
const FIELD_WORDS = /** @type {Record<string, string>} */ ({
  title: "제목", authors: "저자", abstract: "초록", categories: "분야", published: "발행일",
  updated: "수정일", venue: "발표처", references: "참고문헌", year: "연도", url: "주소",
  comment: "설명", topics: "주제", repository: "코드", upvotes: "추천", cited_by: "피인용",
  digest: "내 메모", bundled: "함께 설치된 자료", catalogue: "로컬 카탈로그",
  month: "월", arxiv_id: "arXiv ID", bulk: "공개 자료",
});

/**
 * How entries were matched, a line each; what is quoted of titles stays as it is.
 * @param {string} text @param {string} language
 */
export function matchedOf(text, language) {
  if (language !== "ko") return text;
  const lineOf = (/** @type {string} */ line) => {
    const [, head, rule, sure] = /^(.*); ([a-z ]+?)( \([\d.]+%\))?$/.exec(line) ?? [];
    const [said, decided] = RULES[rule] ? [head, `; ${RULES[rule]}${sure ?? ""}`] : [line, ""];
    const parts = said.split(/(".*")/);
    // A phrase may look ahead to the quotation that follows it.
    const told = parts.map((part, i) => i % 2 ? part : PHRASES.reduce(
      (words, [of, ko]) => words.replace(of, ko), i + 1 < parts.length ? `${part}"` : part))
      .map((part, i) => i % 2 || i + 1 === parts.length ? part : part.slice(0, -1));
    return told.join("") + decided;
  };
  return text.split("\n").map(lineOf).join("\n");
}

/** Fields or sources, `of: by` or `by`. @param {string} text @param {string} language */
export const sourcesSaid = (text, language) => language === "ko"
  ? text.replace(/[a-z_]+/g, (word) => FIELD_WORDS[word] ?? word)
  : text.replaceAll("arxiv_id", "the arXiv id").replaceAll("_", " ");
