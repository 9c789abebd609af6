/* How words are compared: folded, so that spelling, accents, plurals, hyphens and spaces do not matter. */

const LETTERS = { æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", ı: "i" };

/* British spelling, and the American one that both become. */
const SPELLINGS = [
  [/our(?=s?$|ed$|ing$|al|ful|less)/, "or"], // tumour, colour, behavioural
  [/ence$/, "ense"], // licence, defence; other words change alike wherever they stand
  [/is(?=ation|e[ds]?$|ing$)/, "iz"],
  [/ys(?=e[ds]?$|ing$)/, "yz"],
  [/ll(?=ed$|ing$|er$)/, "l"], // modelling, labelled
  [/(tre)(?=s?$)/, "ter"], // centre
  [/(?<=^|[^aeo])(?:ae|oe)(?=[mdsnt])/, "e"], // anaemia, paediatric, oedema, foetal
  [/^grey/, "gray"],
  [/ogue(?=s?$)/, "og"], // dialogue
];

/* Words that say nothing about what is sought, unless there are no others. */
const EMPTY = new Set("a an and any are as at by can do does for from has have how i in is it many my of on or that the there this to use used what where which who with".split(" "));

/** One word of letters and digits, folded. */
const cache = new Map();
export const fold = (word) => {
  let folded = cache.get(word);
  if (folded !== undefined) return folded;
  folded = word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[æœøłđðþßı]/g, (c) => LETTERS[c]);
  if (folded.length > 3 && /[a-z]s$/.test(folded) && !/(ss|us|is)$/.test(folded)) folded = folded.replace(/ies$/, "y").replace(/s$/, "");
  for (const [british, american] of SPELLINGS) if (folded.length > 4) folded = folded.replace(british, american);
  cache.set(word, folded);
  return folded;
};

const RUN = /[\p{L}\p{M}\p{N}]+/gu;

/** The folded words of a text, which is split at everything that is neither letter nor digit. */
export const words = (text) => (text.match(RUN) ?? []).map(fold);

/** The words of what a reader typed, without those that say nothing. */
export const asked = (text) => {
  const all = words(text);
  const telling = all.filter((word) => !EMPTY.has(word));
  return telling.length ? telling : all;
};

/** A text cut into [piece, whether it is a word]. */
export const pieces = (text) => {
  const found = [];
  let end = 0;
  for (const run of text.matchAll(RUN)) {
    if (run.index > end) found.push([text.slice(end, run.index), false]);
    found.push([run[0], true]);
    end = run.index + run[0].length;
  }
  if (end < text.length) found.push([text.slice(end), false]);
  return found;
};

/** How many letters are added, left out, replaced or swapped with the next; `most` + 1 where it is more than that. */
export const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [], last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
};
