/* The order of the rows. What has no value stands last, equal rows keep the order of the list. */
import { likeness } from "./words.js";

const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/* The field of an order, the same order the other way round, and how a field is sorted first: as the list says, numbers else
 * with the largest first. Other fields have no order. */
export const fieldOf = (sort) => sort.replace(/^-/, "");
export const turned = (sort) => (sort.startsWith("-") ? fieldOf(sort) : `-${sort}`);
export const firstSort = (list, id) =>
  list.sorts.map(([sort]) => sort).find((sort) => fieldOf(sort) === id) ?? (list.fields.get(id)?.kind === "range" ? `-${id}` : null);

/* The place of each row in an order; computed once. */
const ranks = (list, sort) => {
  list.ranks ??= new Map();
  if (!list.ranks.has(sort)) {
    const down = sort.startsWith("-");
    const field = list.fields.get(fieldOf(sort));
    const value = field.kind === "terms" ? (row) => (field.at[row] < field.at[row + 1] ? field.held[field.at[row]] : NaN) : (row) => field.values[row];
    const missing = (v) => v === "" || Number.isNaN(v);
    const compare = field.kind === "text" ? words.compare : (a, b) => a - b;
    const order = Array.from({ length: list.size }, (_, row) => row).sort((a, b) => {
      const x = value(a), y = value(b);
      if (missing(x) || missing(y)) return missing(x) - missing(y) || a - b;
      return compare(x, y) * (down ? -1 : 1) || a - b;
    });
    const rank = new Uint32Array(list.size);
    order.forEach((row, place) => (rank[row] = place));
    list.ranks.set(sort, rank);
  }
  return list.ranks.get(sort);
};

/* The rows of the file stand in the order of its first sort; in that, those whose names are sought come before the others. */
export const sorted = (list, rows, { sort, q }) => {
  if (sort !== list.sorts[0][0]) {
    const rank = ranks(list, sort);
    return [...rows].sort((a, b) => rank[a] - rank[b]);
  }
  if (!q) return rows;
  const like = likeness(list, q);
  return [0, 1, 2].flatMap((step) => rows.filter((row) => like(row) === step));
};
