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

/* The folded texts of the rows up to one. */
const texts = (list, end) => {
  list.texts ??= [];
  const fields = [...list.fields.values()].filter((field) => field.searched);
  for (let row = list.texts.length; row < end; row++) list.texts.push(searched(fields.map((field) => field.values[row]).join(" ")));
  return list.texts;
};

/* Fold them beforehand, in slices between which the page answers. */
export const prepare = async (list) => {
  for (let end = 0; end < list.size; end += 500) {
    texts(list, end);
    await new Promise((done) => setTimeout(done));
  }
};

/* [field, which of its terms have the word in one of their names], for the fields that have any. */
const named = (list, needle) => {
  const found = [];
  for (const field of list.fields.values()) {
    if (field.kind !== "terms" || field.union || field.itself || !list.has(field.part)) continue;
    field.names ??= field.terms.map(([, ...names]) => searched(names.join(" ")));
    const has = Uint8Array.from(field.names, (names) => names.includes(needle));
    if (has.includes(1)) found.push([field, has]);
  }
  return found;
};

/* 1 for each row that has all the words; needs the part "text". */
export const holding = (list, q) => {
  const mask = new Uint8Array(list.size).fill(1);
  const rows = texts(list, list.size);
  for (const word of q.split(/\s+/)) {
    const needle = folded(` ${word}`).trimEnd();
    if (!needle.trim()) continue;
    const terms = named(list, needle);
    const holds = (row) =>
      rows[row].includes(needle) ||
      terms.some(([field, has]) => {
        for (let i = field.at[row]; i < field.at[row + 1]; i++) if (has[field.held[i]]) return true;
        return false;
      });
    for (let row = 0; row < list.size; row++) if (mask[row] && !holds(row)) mask[row] = 0;
  }
  return mask;
};
