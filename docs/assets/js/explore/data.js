/* The list as typed arrays, from the file that gen/explore writes. A part is loaded when it is asked for. */

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
  const parts = new Map();

  const take = (part, columns, vocabularies) => {
    for (const field of list.fields.values()) {
      if ((field.part ?? "") !== part) continue;
      const column = columns[field.id] ?? united(field.union.map((id) => columns[id]));
      filled(field, column, vocabularies);
    }
  };

  /* Whether a part is here already, or the list has none of that name; and a promise of it. */
  const later = new Set(fields.map((field) => field.part).filter(Boolean));
  list.has = (part = "") => !later.has(part) || parts.get(part) === true;
  list.need = (part) => {
    if (list.has(part)) return Promise.resolve();
    if (!parts.has(part)) {
      const coming = fetched(address.replace(/\.json$/, `-${part}.json`)).then((found) => {
        take(part, found.columns, found.vocabularies);
        parts.set(part, true);
      });
      coming.catch(() => parts.delete(part)); // the next who asks tries again
      parts.set(part, coming);
    }
    return parts.get(part);
  };

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
