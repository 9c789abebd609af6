/* Above the rows: the order, the columns, the link to what is shown. */
import { copyLink } from "./copy-link.js";
import { make } from "./make.js";
import { fieldOf } from "./order.js";

export const tools = (list, change) => {
  const sort = make("select", {}, ...list.sorts.map(([value, label]) => make("option", { value }, label)));
  const other = make("option", {}); // an order that a heading has made
  sort.addEventListener("change", () => change((state) => ({ ...state, sort: sort.value })));

  const columns = [...list.fields.values()].filter((field) => field.column);
  const boxes = columns.map(({ id, label }) => ({ id, label, input: make("input", { type: "checkbox", value: id }) }));
  const fieldset = make("fieldset", {}, make("legend", { className: "lsr-sr" }, "Columns"), ...boxes.map(({ input, label }) => make("label", {}, input, make("span", {}, label))));
  const chooser = make("details", { className: "lsr-found__columns" }, make("summary", {}, "Columns"), fieldset);
  fieldset.addEventListener("change", () => {
    const chosen = boxes.filter(({ input }) => input.checked).map(({ id }) => id);
    change((state) => ({ ...state, columns: [...state.columns.filter((id) => chosen.includes(id)), ...chosen.filter((id) => !state.columns.includes(id))] }));
  });

  chooser.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    chooser.open = false;
    chooser.querySelector("summary").focus();
  });

  const bar = make("div", { className: "lsr-found__tools" }, make("label", {}, make("span", {}, "Sort"), sort), chooser, copyLink("Copy link", () => location.href));
  const show = (state) => {
    other.remove();
    sort.value = state.sort;
    if (!sort.value) {
      Object.assign(other, { value: state.sort, text: `By ${list.fields.get(fieldOf(state.sort)).label.toLowerCase()}`, selected: true });
      sort.append(other);
    }
    for (const { id, input } of boxes) input.checked = state.columns.includes(id);
  };
  return { bar, show };
};
