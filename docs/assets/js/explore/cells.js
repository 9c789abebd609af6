/* What a row holds of a field, as elements and texts. */
import { places } from "./data.js";
import { isWeb, make, number } from "./make.js";

export const termsOf = (field, row) => [...places(field, row)].map((place) => field.terms[place]);

const termCell = (field, row, most) => {
  const found = termsOf(field, row);
  if (field.badge && found.length) return found.map(([id, label]) => make("span", { className: `lsr-badge lsr-badge--${id}` }, label));
  const more = found.length > most ? ` and ${found.length - most} more` : "";
  return [found.slice(0, most).map(([, label]) => label).join(", ") + more];
};

/* A number with what it counts; a year is written without a comma. */
const rangeCell = (field, row) => {
  const value = field.values[row];
  if (Number.isNaN(value)) return [""];
  const unit = field.unit ? ` ${termCell(field.unit, row)[0].toLowerCase()}` : "";
  return [(field.id === "year" ? String(value) : number(value)) + unit];
};

export const cell = (field, row, most = Infinity) => {
  if (field.kind === "terms") return termCell(field, row, most);
  if (field.kind === "range") return rangeCell(field, row);
  const value = field.values?.[row] ?? "";
  if (field.kind === "link") return isWeb(value) ? [make("a", { href: value }, field.label)] : [];
  return [field.id === "date" ? make("time", { dateTime: value }, value) : value];
};

/* The links that a row offers, in a line. */
export const links = (list, row) =>
  [...list.fields.values()]
    .filter((field) => field.kind === "link")
    .flatMap((field) => cell(field, row))
    .flatMap((link, at) => (at ? [" · ", link] : [link]));

/* The text of a row, once it is here. */
export const text = (list, id, row) => list.fields.get(id)?.values?.[row] ?? "";

/* The folder of a row's page: that of the list, or the one beside it that the row names. */
const folder = (list, row, pages) => {
  const field = list.fields.get(list.folder);
  return field ? pages.replace(/[^/]*$/, termsOf(field, row)[0][0]) : pages;
};

/* The page of a row. */
export const named = (list, row, pages) =>
  make("a", { href: `${folder(list, row, pages)}/${encodeURIComponent(text(list, "id", row))}/` }, text(list, "name", row));
