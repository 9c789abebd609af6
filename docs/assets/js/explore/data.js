/* The list as typed arrays, from the files that gen/explore writes. A part, the texts of rows that are shown and the words that
 * begin with a letter are loaded when they are asked for. */

const fetched = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
};

/* The terms of row r are held[at[r]] … held[at[r + 1] - 1], each its place in the vocabulary. */
const packed = (column) => {
  const at = new Uint32Array(column.length + 1);
  column.forEach((value, row) => (at[row + 1] = at[row] + (Array.isArray(value) ? value.length : 1)));
  return { at, held: Uint16Array.from(column.flat()) };
};

const united = (columns) =>
  columns[0].map((_, row) => [...new Set(columns.flatMap((column) => column[row]))]);

const filled = (field, column, vocabularies) => {
  if (field.kind === "range") field.values = Float64Array.from(column, (value) => value ?? NaN);
  else if (field.kind !== "terms") field.values = column;
  else {
    field.terms = vocabularies[field.vocabulary];
    field.place = new Map(field.terms.map(([id], place) => [id, place]));
    Object.assign(field, packed(column));
  }
};

export const load = async (address) => {
  const { fields, columns, vocabularies, ...given } = await fetched(address);
  const list = { ...given, fields: new Map(fields.map((field) => [field.id, field])) };
  for (const field of fields) if (field.unit) field.unit = list.fields.get(field.unit);
  const files = new Map(); // name -> what a file holds, once it is here; before that a promise of it

  /* A promise of a file, and of what is done with it once. Who asks after a failure tries again. */
  const once = (name, use = () => {}) => {
    if (!files.has(name)) {
      const coming = fetched(address.replace(/\.json$/, `-${name}.json`)).then((found) => {
        use(found);
        files.set(name, found);
      });
      coming.catch(() => files.delete(name));
      files.set(name, coming);
    }
    return files.get(name);
  };
  const here = (name) => files.has(name) && !(files.get(name) instanceof Promise);

  const take = (part, columns, vocabularies) => {
    for (const field of list.fields.values()) {
      if ((field.part ?? "") !== part) continue;
      const column = columns[field.id] ?? united(field.union.map((id) => columns[id]));
      filled(field, column, vocabularies);
    }
  };

  /* Whether a part is here already, or the list has none of that name; and a promise of it. */
  const later = new Set(fields.map((field) => field.part).filter(Boolean));
  list.has = (part = "") => !later.has(part) || here(part);
  list.need = (part) => (list.has(part) ? Promise.resolve() : once(part, (found) => take(part, found.columns, found.vocabularies)));

  /* The texts of rows: whether they are here already, and a promise of them. */
  const texts = fields.filter(({ part }) => part === "rows");
  for (const field of texts) field.values = new Array(list.size);
  const pieces = (rows) => (texts.length ? [...new Set(rows.map((row) => Math.floor(row / list.piece)))] : []);
  const fill = (piece) => (found) => {
    for (const { id, values } of texts) found[id].forEach((value, at) => (values[piece * list.piece + at] = value));
  };
  list.hasRows = (rows) => pieces(rows).every((piece) => here(`rows/${piece}`));
  list.needRows = (rows) => Promise.all(pieces(rows).map((piece) => once(`rows/${piece}`, fill(piece))));

  /* The words that begin as one does: {word: rows, each as how far it stands behind the last}; and a promise of those of several. */
  const initial = (word) => (/^[a-z]/.test(word) ? word[0] : "0");
  list.wordsLike = (word) => (list.initials.includes(initial(word)) ? files.get(`words/${initial(word)}`) : {});
  list.needWords = (words) => Promise.all(words.map(initial).filter((each) => list.initials.includes(each)).map((each) => once(`words/${each}`)));

  for (const field of fields.filter(({ itself }) => itself)) {
    field.vocabulary = field.id;
    vocabularies[field.id] = columns.id.map((id, row) => [id, columns.name[row]]);
    columns[field.id] = [...columns.id.keys()];
  }
  take("", columns, vocabularies);
  return list;
};

/* The places of the terms that a row holds. */
export const places = (field, row) => field.held.subarray(field.at[row], field.at[row + 1]);
