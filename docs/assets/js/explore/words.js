/* The box for words: every word must begin a word of the row's texts, or of a name of a term that it holds. */

/* Lower case without accents, words between single blanks. */
const folded = (text) => {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ");
};

/* A hyphenated word is found in one piece too: "x-ray" by "xray". */
const searched = (text) => ` ${folded(`${text} ${(text.match(/\w+(?:-\w+)+/g) ?? []).join(" ").replaceAll("-", "")}`)} `;

const texts = (list) => {
  if (!list.texts) {
    const fields = [...list.fields.values()].filter((field) => field.searched);
    list.texts = Array.from({ length: list.size }, (_, row) => searched(fields.map((field) => field.values[row]).join(" ")));
  }
  return list.texts;
};

/* [field, which of its terms have the word in one of their names], for the fields that have any. */
const named = (list, needle) => {
  const found = [];
  for (const field of list.fields.values()) {
    if (field.kind !== "terms" || field.union || !list.has(field.part)) continue;
    field.names ??= field.terms.map(([, ...names]) => searched(names.join(" ")));
    const has = Uint8Array.from(field.names, (names) => names.includes(needle));
    if (has.includes(1)) found.push([field, has]);
  }
  return found;
};

/* 1 for each row that has all the words; needs the part "text". */
export const holding = (list, q) => {
  const mask = new Uint8Array(list.size).fill(1);
  const rows = texts(list);
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
