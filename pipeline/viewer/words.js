// What the page says, in English and Korean. `{0}` is what is filled in.

import { EDGE_WORDS } from "./edge_kinds.js";

/** @type {Record<string, [string, string]>} */
const WORDS = {
  ...EDGE_WORDS,
  title: ["A map of your reading", "내가 읽은 논문 지도"], titleOf: ["A map of {0}", "{0} 지도"],
  counts: ["{0} nodes, {1} edges", "노드 {0}개, 연결 {1}개"],
  shownOf: ["{0} of {1} nodes shown", "노드 {1}개 중 {0}개 표시"],
  thinned: ["Only the strongest edges are drawn, and those of what you select.",
    "가장 강한 연결과 선택한 노드의 연결만 그립니다."],
  allEdges: ["Draw all edges", "모든 연결 그리기"],
  search: ["Search", "검색"],
  searchHint: ["Titles, people, tags, ids, notes", "제목, 저자, 태그, ID, 메모"],
  found: ["{0} found", "{0}개 찾음"],
  foundNone: ["Nothing found. Try fewer words, a name or a year.",
    "결과가 없습니다. 낱말을 줄이거나 이름, 연도로 찾아보세요."],
  foundMost: ["{0} found, the best {1} here", "{0}개 중 상위 {1}개"],
  foundHidden: ["{0} hidden by filters.", "{0}개는 필터에 가려져 있습니다."],
  lift: ["Lift the filters", "필터 해제"],
  inText: ["in the text", "본문"],
  map: ["Map", "지도"], narrow: ["Narrow", "좁히기"], export: ["Export", "내보내기"],
  read: ["Papers you read", "읽은 논문"], paper: ["Cited works", "인용된 문헌"],
  author: ["Authors", "저자"], organisation: ["Organisations", "기관"],
  tag: ["Tags", "태그"], category: ["Categories", "분야"], group: ["Communities", "군집"],
  oneread: ["A paper you read", "읽은 논문"], onepaper: ["A cited work", "인용된 문헌"],
  oneauthor: ["Author", "저자"], oneorganisation: ["Organisation", "기관"],
  onetag: ["Tag", "태그"], onecategory: ["Category", "분야"], onegroup: ["Community", "군집"],
  nodes: ["Nodes", "노드"], edges: ["Edges", "연결"],
  mentioned: ["Only mentioned", "언급만 한 문헌"], onementioned: ["A work you mention", "내가 언급한 문헌"],
  mentionedTimes: ["mentioned by you {0} times", "내가 {0}번 언급"],
  mentionedOnly: ["Mentioned by you, cited by none", "내가 언급했지만 아무도 인용하지 않은 문헌"],
  colour: ["Colour", "색"], byKind: ["Kind", "종류"], byCommunity: ["Topic", "주제"],
  byYear: ["Year", "연도"], byTag: ["Tag", "태그"], byOwn: ["Yours", "지정"],
  size: ["Size", "크기"], byWeight: ["Kind and degree", "종류와 차수"], byDegree: ["Edges", "연결 수"],
  byCited: ["Cited here", "인용된 횟수"], byRank: ["PageRank", "페이지랭크"], bySame: ["All alike", "모두 같게"],
  whatYouRead: ["What you read", "읽은 논문 목록"],
  start: ["Click a node to read about it. Drag to move, scroll to zoom.",
    "노드를 누르면 내용을 볼 수 있습니다. 끌어서 이동, 휠로 확대합니다."],
  years: ["Years", "연도"], from: ["From", "부터"], until: ["until", "까지"],
  pause: ["Stop", "멈추기"],
  who: ["Papers", "논문"], whoall: ["All", "모두"], whoread: ["Read by me", "읽은 논문"],
  whocited: ["Only cited", "인용만 됨"],
  degree: ["At least so many edges", "최소 연결 수"],
  steps: ["Steps around the selected node", "선택한 노드에서의 거리"],
  stepsall: ["All", "전체"], tags: ["Tags", "태그"], categories: ["Categories", "분야"],
  more: ["and {0} more", "외 {0}개"], clear_filters: ["Show everything again", "모두 다시 보기"],
  missing: ["Missing: cited by what you read", "빠진 논문: 읽은 논문들이 인용"],
  back: ["Back", "뒤로"], forward: ["Forward", "앞으로"], close: ["Close", "닫기"],
  abstract: ["Abstract", "초록"], note: ["Your note", "내 메모"],
  noteOf: ["Your note of {0}", "{0}의 내 메모"],
  authors: ["Authors", "저자"], mentionedIn: ["Mentioned in your notes on", "언급한 내 메모"],
  citedBy: ["Cited by", "인용한 논문"], papers: ["Papers", "논문"], narrower: ["Narrower", "하위 태그"],
  others: ["and others", "외"], ambiguous: ["not certain who this is", "누구인지 불확실"],
  ambiguousLong: [
    "Not certain who this is. Drawn hollow and dashed.",
    "누구인지 확실하지 않습니다. 점선의 빈 도형으로 그립니다."],
  someReferences: ["Not all references are known.", "참고문헌을 모두 알지는 못합니다."],
  unknownOf: ["Of {0} of {1} papers you read, no references are known: they may cite these, too.",
    "읽은 논문 {1}편 중 {0}편은 참고문헌을 알 수 없어, 그 논문들도 인용했을 수 있습니다."],
  noRegion: ["In no region", "지역 없음"],
  noReferences: ["No references are known.", "알려진 참고문헌이 없습니다."],
  why: ["Why this paper", "이 논문으로 판단한 이유"], saidBy: ["Who says so", "출처"],
  alsoWritten: ["Also written {0}", "다른 표기: {0}"], worldCites: ["Cited in the world", "전체 피인용"],
  topics: ["Topics", "주제"], code: ["Code", "코드"], upvotes: ["{0} upvotes", "추천 {0}"],
  elsewhere: ["Elsewhere", "다른 곳의 ID"],
  sharedReference: ["1 shared reference", "같은 참고문헌 1개"],
  sharedReferences: ["{0} shared references", "같은 참고문헌 {0}개"],
  sharedTag: ["tag {0}", "태그 {0}"], sharedTags: ["tags {0}", "태그 {0}"],
  sharedAuthor: ["author {0}", "저자 {0}"], sharedAuthors: ["authors {0}", "저자 {0}"],
  andMore: ["{0} and {1} more", "{0} 외 {1}"],
  stepAway: ["mentioned 1 step away", "언급 1단계 거리"],
  stepAways: ["mentioned {0} steps away", "언급 {0}단계 거리"],
  similar: ["Similar papers", "비슷한 논문"], pathTo: ["Path to …", "경로 찾기 …"],
  pathHint: ["Now choose the other end: click a node or search for it.", "다른 쪽 끝을 누르거나 검색하세요."],
  path: ["Path", "경로"], noPath: ["No path leads there.", "이어지는 경로가 없습니다."],
  steps1: ["1 step", "1단계"], steps2: ["2 steps", "2단계"], steps3: ["3 steps", "3단계"],
  picture: ["Picture", "그림"], png: ["PNG, twice the size", "PNG (2배 크기)"], svg: ["SVG", "SVG"],
  selection: ["What is shown or in focus", "지금 보이는 부분"],
  inFocus: ["{0} nodes in focus", "강조된 노드 {0}개"],
  inSight: ["{0} nodes shown", "표시된 노드 {0}개"],
  link: ["Link to this view", "이 화면의 링크"], copy: ["Copy the link", "링크 복사"],
  copied: ["Copied", "복사됨"],
  zoomIn: ["Zoom in", "확대"], zoomOut: ["Zoom out", "축소"], showAll: ["Show all", "전체 보기"],
  view: ["View", "화면"], asTable: ["As a table", "표로 보기"], asMap: ["As a map", "지도로 보기"],
  language: ["한국어", "English"], kind: ["Kind", "종류"], name: ["Name", "이름"], byline: ["By", "저자·연도"],
  links: ["Edges", "연결"], page: ["{0} to {1} of {2}", "{2}개 중 {0}~{1}"],
  next: ["Next", "다음"], previous: ["Previous", "이전"],
  canvas: ["The graph as a map. Arrow keys go from node to node; the table says the same in words.",
    "그래프 지도. 화살표 키로 노드 사이를 이동합니다. 표에서 같은 내용을 글로 볼 수 있습니다."],
  keys: ["Keys", "단축키"],
  keysText: [
    "/ search · arrows go along edges · + − 0 zoom · [ ] back, forward · "
      + "a authors · y by time · s similar · p path · t table · Esc let go",
    "/ 검색 · 화살표 이동 · + − 0 확대 · [ ] 뒤로, 앞으로 · a 저자 · y 시간순 · s 비슷한 논문 · p 경로 · t 표 · Esc 해제"],
  unfold: ["Its own {0} authors on the map", "저자 {0}명을 지도에 펼치기"],
  readOn: ["read {0}", "{0} 읽음"],
  facets: ["What narrows the map", "지도 필터"], turn: ["Turn to not, and back", "제외로 바꾸기"],
  drop: ["Lift", "해제"], not: ["not", "제외:"], or: ["or", "또는"], and: ["and", "그리고"],
  joint: ["Any of them, or all", "하나라도 / 모두"], undo: ["Undo", "실행 취소"], redo: ["Redo", "다시 실행"],
  readBetween: ["read {0}–{1}", "{0}–{1}에 읽음"],
  citedBetween: ["cited here ≥ {0}", "여기서 인용 {0}회 이상"],
  chosen: ["{0} chosen", "{0}개 선택"], papersLeft: ["{0} papers", "논문 {0}편"],
  brushyears: ["Years", "연도"], brushdays: ["When you read", "읽은 때"],
  brushcites: ["Times cited here", "여기서 인용된 횟수"],
  playyears: ["Play the years", "연도 재생"], playdays: ["Play your reading", "읽은 순서 재생"],
  earlier: ["Earlier work around it", "앞선 연구"], later: ["Later work around it", "이어진 연구"],
  copyBibtex: ["Copy BibTeX", "BibTeX 복사"], columns: ["Columns", "열"],
  firstAuthor: ["First author", "제1저자"], year: ["Year", "연도"],
  yearUnknown: ["year unknown", "연도 모름"], readDay: ["Read", "읽은 날"],
  projection: ["Laid out", "배치"], asLand: ["As land", "지도"], byTime: ["By time", "시간순"],
  lens: ["Lens", "렌즈"], lensall: ["All", "전체"], lenscites: ["What authors cite", "저자들의 인용"],
  lensmentions: ["What I connect", "내가 이은 것"], lensdifference: ["Their difference", "둘의 차이"],
  apartconnected: ["Mentioned, cited by none you read", "언급했지만 읽은 논문이 인용하지 않음"],
  apartcited: ["Cited by several, never mentioned", "여러 논문이 인용하지만 언급한 적 없음"],
  apartboth: ["Mentioned and cited", "언급도 인용도 됨"],
  besides: ["{0} beside it, first:", "이웃 {0}개, 먼저:"], alone: ["Nothing is beside it.", "이웃이 없습니다."],
  sheet: ["Pull the sheet up or down", "패널 올리거나 내리기"],
  oneregion: ["Region", "영역"], bring: ["Show it whole", "전체 보기"],
  onlyThis: ["Only its papers", "이 논문만 보기"],
  regionCounts: ["{0} papers, {1} of them you read", "논문 {0}편, 그중 {1}편을 읽음"],
  people: ["People", "사람"], beside: ["Beside it", "이웃 영역"],
  moreRows: ["{0} more rows", "{0}줄 더 보기"],
  headline: ["{0} papers read, {1} to {2}.", "{1}부터 {2}까지 논문 {0}편을 읽었습니다."],
  headlineMonth: ["{0} papers read in {1}.", "{1}에 논문 {0}편을 읽었습니다."],
  headlineUndated: ["{0} papers read.", "논문 {0}편을 읽었습니다."],
  headlineMore: ["{0} more cited or mentioned.", "{0}편이 더 인용되거나 언급됩니다."],
  fresh: ["{0} in the last month, in fresh ink.", "최근 한 달에 읽은 {0}편은 선명한 색입니다."],
  added: ["{0} new since the last build", "지난 빌드 이후 {0}편 추가"],
  worth: ["Worth a click", "눌러 볼 만한 것"],
  risingWhy: ["on {0} of your latest {1} papers, on {2} of the {3} before",
    "최근 {1}편 중 {0}편, 그전 {3}편 중 {2}편"],
  bridgeWhy: ["touches {0} regions", "영역 {0}곳과 이어짐"],
  often: ["Most mentioned, not read", "가장 많이 언급한 안 읽은 문헌"],
  oftenWhy: ["mentioned by you {0} times", "내가 {0}번 언급"],
  unreadWhy: ["cited by {0} you read", "읽은 논문 {0}편이 인용"],
  main: ["Your main tag", "가장 많이 쓴 태그"],
  mainWhy: ["on {0} of the {1} papers you read", "읽은 논문 {1}편 중 {0}편"],
  latest: ["Read last", "마지막으로 읽은 논문"],
  latestWhy: ["{0} links", "연결 {0}개"],
  tour: ["Show me around", "둘러보기"],
  tourAll: ["{0} papers, {1} of them read by you, in {2} regions: a colour for each topic.",
    "논문 {0}편 가운데 {1}편을 읽었습니다. 영역 {2}곳이 주제마다 다른 색입니다."],
  tourTime: ["The same by time: a band for each region, an arc for each citation and mention.",
    "같은 논문을 시간순으로: 영역마다 한 줄, 인용과 언급마다 호 하나."],
  rising: ["Rising tag", "떠오르는 태그"], unread: ["Most cited, not read", "가장 많이 인용된 안 읽은 논문"],
  bridge: ["Between regions", "영역을 잇는 논문"],
  opened: ["Open it", "펼치기"], closed: ["Close its community", "군집 접기"],
  members: ["{0} nodes", "노드 {0}개"],
  nothing: ["There is nothing in this graph yet.", "아직 그래프가 비어 있습니다."],
  panel: ["Reading", "읽기"], side: ["Search, legend and filters", "검색, 범례, 필터"],
  tabs: ["Parts of the panel", "패널"], published: ["published", "발행"],
};

export const LANGUAGES = ["en", "ko"];

/** The language of a browser's wishes. @param {readonly string[]} wishes */
export const languageOf = (wishes) => wishes[0]?.startsWith("ko") ? "ko" : "en";

/** A number with commas, as both languages write it. @param {number} count */
export const counted = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

export const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec".split(" ");

/**
 * A day since 1970 as its month; to ask the browser for that takes it some ms the first time.
 * @param {number} day @param {string} language
 */
export function monthOf(day, language) {
  const date = new Date(day * 864e5);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return language === "ko" ? `${year}년 ${month + 1}월` : `${MONTHS[month]} ${year}`;
}

/** The day on which something was read, "" where it is not known. @param {number} day */
export const readOn = (day, language = "en") => day ? WORDS.readOn[LANGUAGES.indexOf(language)]
  .replace("{0}", new Date(day * 864e5).toISOString().slice(0, 10)) : "";

/** What English says of one thing as if there were several. */
const ONE = /(\b(?<![.,])1 (author|edge|link|node|paper|region|step|time|upvote))s\b/g;

/** @typedef {(key: string, ...filled: (string|number)[]) => string} Say */

/** What says a word in a language. @param {string} language @returns {Say} */
export function speaking(language) {
  const at = Math.max(0, LANGUAGES.indexOf(language));
  return (key, ...filled) => (WORDS[key]?.[at] ?? key)
    .replace(/\{(\d)\}/g, (_, i) => typeof filled[i] === "number"
      ? counted(filled[i]) : filled[i] ?? "")
    .replace(ONE, "$1");
}
