/* The box for words: every word must begin a word of the row's texts, or of a name of a term that it holds. */

/* Lower case without accents, words between single blanks. Most texts are ASCII, where this takes a fifth of the time. */
const folded = (text) => {
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, " ");
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ");
};

/* A hyphenated word is found in one piece too: "x-ray" by "xray". */
const searched = (text) => {
  const whole = text.match(/\w+(?:-\w+)+/g);
  return ` ${folded(whole ? `${text} ${whole.join(" ").replaceAll("-", "")}` : text)} `;
};

/* The folded texts of the rows, of the fields that are here from the start. */
const texts = (list) => {
  const fields = [...list.fields.values()].filter((field) => field.searched && !field.part);
  list.texts ??= Array.from({ length: list.size }, (_, row) => searched(fields.map((field) => field.values[row]).join(" ")));
  return list.texts;
};

/* Each word of a query, folded, after a blank; one that is cut by a hyphen or a dot holds several. */
const needles = (q) => q.split(/\s+/).map((word) => folded(` ${word}`).trimEnd()).filter(Boolean);

/* What `holding` needs: a promise of it. */
export const needed = (list, q) => list.needWords(needles(q).flatMap((needle) => needle.trim().split(" ")));

/* 1 for each row in whose later texts a word begins so, or is so where it is `whole`. */
const beginning = (list, start, whole) => {
  const mask = new Uint8Array(list.size);
  for (const [word, steps] of Object.entries(list.wordsLike(start))) {
    if (whole ? word !== start : !word.startsWith(start)) continue;
    let row = 0;
    for (const step of steps) mask[(row += step)] = 1;
  }
  return mask;
};

/* Whether the later texts of a row have the needle, whose last piece may be the beginning of a word. */
const later = (list, needle) => {
  const masks = needle.trim().split(" ").map((piece, at, { length }) => beginning(list, piece, at < length - 1));
  return (row) => masks.every((mask) => mask[row]);
};

/* [field, which of its terms have the word in one of their names], for the fields that have any. */
const named = (list, needle) => {
  const found = [];
  for (const field of list.fields.values()) {
    if (field.kind !== "terms" || field.union || field.itself || !list.has(field.part)) continue;
    field.names ??= field.terms.map(([id, ...names]) => (field.silent?.includes(id) ? "" : searched(names.join(" "))));
    const has = Uint8Array.from(field.names, (names) => names.includes(needle));
    if (has.includes(1)) found.push([field, has]);
  }
  return found;
};

/* 1 for each row that has all the words; after `needed`. */
export const holding = (list, q) => {
  const mask = new Uint8Array(list.size).fill(1);
  const rows = texts(list);
  for (const needle of needles(q)) {
    const terms = named(list, needle);
    const has = later(list, needle);
    const holds = (row) =>
      has(row) ||
      rows[row].includes(needle) ||
      terms.some(([field, has]) => {
        for (let i = field.at[row]; i < field.at[row + 1]; i++) if (has[field.held[i]]) return true;
        return false;
      });
    for (let row = 0; row < list.size; row++) if (mask[row] && !holds(row)) mask[row] = 0;
  }
  return mask;
};

/* How like a query the name of a row is: 0 the same, 1 begins with it, 2 neither. Blanks and hyphens do not count. */
export const likeness = (list, q) => {
  const joined = (text) => folded(text).replaceAll(" ", "");
  const sought = joined(q);
  list.names ??= list.fields.get("name").values.map(joined);
  return (row) => (list.names[row] === sought ? 0 : list.names[row].startsWith(sought) ? 1 : 2);
};
