/* The rows that fit, fifty a page: a table, which narrow screens show as cards. */
import { cell, links, named, text } from "./cells.js";
import { make } from "./make.js";
import { firstSort, turned } from "./order.js";

const PAGE = 50;
const MOST = 3; // terms in a cell

const line = (list, row, columns, pages, marks) => {
  // A text that comes later has its room from the start.
  const later = list.fields.get("summary").part ? " lsr-found__summary--later" : "";
  const says = make("p", { className: `lsr-found__summary${later}` }, text(list, "summary", row));
  const cells = columns.map((field) => make("td", { "data-label": field.label }, ...cell(field, row, MOST)));
  const head = make("div", { className: "lsr-found__name" }, ...marks(row), named(list, row, pages), make("span", {}, ...links(list, row)));
  return make("tr", {}, make("td", {}, head, says), ...cells);
};

/* A heading; pressed it sorts by its column, and again the other way round. */
const heading = (list, { id, label }, { sort }, change) => {
  const first = firstSort(list, id);
  if (!first) return make("th", { scope: "col" }, label);
  const button = make("button", { type: "button", className: "lsr-sort" }, label);
  button.addEventListener("click", () => change((state) => ({ ...state, sort: state.sort === first ? turned(first) : first })));
  const ariaSort = ![first, turned(first)].includes(sort) ? "none" : sort.startsWith("-") ? "descending" : "ascending";
  return make("th", { scope: "col", ariaSort }, button);
};

/* `show` tells which rows it shows. go(page) makes the address of a page; marks(row) what stands before the name of a row. */
export const results = (list, pages, go, marks, change) => {
  const table = make("table", {});
  const nav = make("nav", { className: "lsr-found__pages", ariaLabel: "Pages" });
  const found = make("div", { className: "lsr-list lsr-found", tabIndex: -1 }, table);
  // A table that is wider than its place scrolls in it; the head of any other stays in sight.
  const fit = new ResizeObserver(() => found.classList.toggle("lsr-found--wide", table.offsetWidth > found.clientWidth));
  for (const box of [found, table]) fit.observe(box);
  const show = (state, rows) => {
    const last = Math.max(1, Math.ceil(rows.length / PAGE));
    const page = Math.min(state.page, last);
    const columns = state.columns.map((id) => list.fields.get(id));
    const heads = () => [...table.querySelectorAll("th")];
    const focused = heads().findIndex((head) => head.contains(document.activeElement));
    const shown = rows.slice((page - 1) * PAGE, page * PAGE);
    table.replaceChildren(
      make("thead", {}, make("tr", {}, ...[{ id: "name", label: "Name" }, ...columns].map((field) => heading(list, field, state, change)))),
      make("tbody", {}, ...shown.map((row) => line(list, row, columns, pages, marks))),
    );
    heads()[focused]?.querySelector("button")?.focus({ preventScroll: true });
    found.hidden = rows.length === 0;
    const to = (number, label) => (number < 1 || number > last ? null : make("a", { href: go(number), "data-page": number }, label));
    nav.replaceChildren(...[to(page - 1, "← Previous"), make("span", {}, `Page ${page} of ${last}`), to(page + 1, "Next →")].filter(Boolean));
    nav.hidden = last === 1;
    return shown;
  };
  return { found, nav, show };
};
