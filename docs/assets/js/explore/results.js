/* The rows that fit, fifty a page: a table, which narrow screens show as cards. */
import { places } from "./data.js";
import { isWeb, make, number } from "./make.js";

const PAGE = 50;
const MOST = 3; // terms in a cell

const termCell = (field, row) => {
  const found = [...places(field, row)].map((place) => field.terms[place]);
  if (field.badge && found.length) return found.map(([id, label]) => make("span", { className: `lsr-badge lsr-badge--${id}` }, label));
  const more = found.length > MOST ? ` and ${found.length - MOST} more` : "";
  return [found.slice(0, MOST).map(([, label]) => label).join(", ") + more];
};

/* A number with what it counts; a year is written without a comma. */
const rangeCell = (field, row) => {
  const value = field.values[row];
  if (Number.isNaN(value)) return [""];
  const unit = field.unit ? ` ${termCell(field.unit, row)[0].toLowerCase()}` : "";
  return [(field.id === "year" ? String(value) : number(value)) + unit];
};

const cell = (field, row) => {
  if (field.kind === "terms") return termCell(field, row);
  if (field.kind === "range") return rangeCell(field, row);
  const value = field.values?.[row] ?? "";
  return [field.id === "date" ? make("time", { dateTime: value }, value) : value];
};

const links = (list, row) =>
  [...list.fields.values()]
    .filter((field) => field.kind === "link" && isWeb(field.values?.[row] ?? ""))
    .flatMap((field, at) => [at ? " · " : "", make("a", { href: field.values[row] }, field.label)]);

/* The folder of a row's page: that of the list, or the one beside it that the row names. */
const folder = (list, row, pages) => {
  const field = list.fields.get(list.folder);
  return field ? pages.replace(/[^/]*$/, field.terms[places(field, row)[0]][0]) : pages;
};

const line = (list, row, columns, pages, tick) => {
  const text = (id) => list.fields.get(id)?.values?.[row] ?? "";
  const name = make("a", { href: `${folder(list, row, pages)}/${encodeURIComponent(text("id"))}/` }, text("name"));
  // A text that comes later has its room from the start.
  const later = list.fields.get("summary").part ? " lsr-found__summary--later" : "";
  const says = make("p", { className: `lsr-found__summary${later}` }, text("summary"));
  const cells = columns.map((field) => make("td", { "data-label": field.label }, ...cell(field, row)));
  const head = make("div", { className: "lsr-found__name" }, tick?.(text("id"), text("name")), name, make("span", {}, ...links(list, row)));
  return make("tr", {}, make("td", {}, head, says), ...cells);
};

/* go(page) makes the address of a page; tick(id, name) the box that chooses a row for a comparison. */
export const results = (list, pages, go, tick) => {
  const table = make("table", {});
  const nav = make("nav", { className: "lsr-found__pages", ariaLabel: "Pages" });
  const found = make("div", { className: "lsr-list lsr-found", tabIndex: -1 }, table);
  const show = (state, rows) => {
    const last = Math.max(1, Math.ceil(rows.length / PAGE));
    const page = Math.min(state.page, last);
    const columns = state.columns.map((id) => list.fields.get(id));
    const heads = ["Name", ...columns.map(({ label }) => label)];
    const shown = rows.slice((page - 1) * PAGE, page * PAGE);
    table.replaceChildren(
      make("thead", {}, make("tr", {}, ...heads.map((label) => make("th", { scope: "col" }, label)))),
      make("tbody", {}, ...shown.map((row) => line(list, row, columns, pages, tick))),
    );
    found.hidden = rows.length === 0;
    const to = (number, label) => (number < 1 || number > last ? null : make("a", { href: go(number), "data-page": number }, label));
    nav.replaceChildren(...[to(page - 1, "← Previous"), make("span", {}, `Page ${page} of ${last}`), to(page + 1, "Next →")].filter(Boolean));
    nav.hidden = last === 1;
  };
  return { found, nav, show };
};
