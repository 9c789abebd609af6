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

const cell = (field, row) => {
  if (field.kind === "terms") return termCell(field, row);
  const value = field.values?.[row] ?? "";
  if (field.kind === "range") return [Number.isNaN(value) ? "" : number(value)];
  return [field.id === "date" ? make("time", { dateTime: value }, value) : value];
};

const links = (list, row) =>
  [...list.fields.values()]
    .filter((field) => field.kind === "link" && isWeb(field.values?.[row] ?? ""))
    .flatMap((field, at) => [at ? " · " : "", make("a", { href: field.values[row] }, field.label)]);

const line = (list, row, columns, pages, tick) => {
  const text = (id) => list.fields.get(id)?.values?.[row] ?? "";
  const name = make("a", { href: `${pages}/${encodeURIComponent(text("id"))}/` }, text("name"));
  const says = make("p", { className: "lsr-found__summary" }, text("summary"));
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
