// Words that are spelled nearly as another.

const [LEAST_LETTERS, LONG] = [4, 8];

/** The words of a folded text, each once. @param {string[]} texts */
export function vocabularyOf(texts) {
  /** @type {Map<number, string[]>} */
  const byLength = new Map();
  const seen = new Set();
  for (const text of texts) {
    for (const [word] of text.matchAll(/[a-z]{4,}/g)) {
      if (seen.has(word)) continue;
      seen.add(word);
      const own = byLength.get(word.length);
      if (own) own.push(word);
      else byLength.set(word.length, [word]);
    }
  }
  return byLength;
}

/**
 * The words that differ from one by a letter that is missing, more, other or moved; by two where
 * it is long.
 * @param {Map<number, string[]>} vocabulary @param {string} word
 */
export function nearWords(vocabulary, word) {
  if (word.length < LEAST_LETTERS || !/^[a-z]+$/.test(word)) return [];
  const most = word.length >= LONG ? 2 : 1;
  const found = [];
  for (let length = word.length - most; length <= word.length + most; length += 1) {
    for (const other of vocabulary.get(length) ?? []) {
      const alike = other[0] === word[0] || other[1] === word[1];
      if (alike && distance(word, other, most) <= most) found.push(other);
    }
  }
  return found;
}

/**
 * Optimal string alignment, as far as it matters.
 * @param {string} a @param {string} b @param {number} most
 */
function distance(a, b, most) {
  let before = new Array(b.length + 1).fill(0);
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      const turned = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (turned) cost = Math.min(cost, before[j - 2] + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return least;
    [before, last] = [last, row];
  }
  return last[b.length];
}
