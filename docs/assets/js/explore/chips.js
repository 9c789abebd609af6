/* What is set: a button each that takes it away again; and where nothing fits, what to drop. */
import { make, number } from "./make.js";
import { without } from "./state.js";

const range = ([low, high]) => (low === high ? `${low}` : low === null ? `up to ${high}` : high === null ? `from ${low}` : `${low} to ${high}`);

/* Every filter in words: [what it says, the state without it]. Also what a citation of the query says. */
export const said = (list, state) => {
  const filters = [];
  if (state.q) filters.push([`“${state.q}”`, without(state, "q")]);
  for (const field of list.fields.values()) {
    for (const id of state.terms[field.id] ?? [])
      filters.push([`${field.label}: ${field.terms[field.place.get(id)][1]}`, without(state, field.id, id)]);
    if (state.ranges[field.id]) filters.push([`${field.label}: ${range(state.ranges[field.id])}`, without(state, field.id)]);
  }
  return filters;
};

export const chips = (list, change) => {
  const items = make("ul", { className: "lsr-found__chips", ariaLabel: "Filters that are set" });
  const none = make("div", { className: "lsr-found__none", hidden: true });
  const button = (text, label, next) => make("button", { type: "button", ariaLabel: label, onclick: () => change(() => next, items) }, text);
  const show = (state, { rows, drops }) => {
    const filters = said(list, state);
    const clear = { ...state, q: "", terms: {}, ranges: {}, all: [], page: 1 };
    items.replaceChildren(...filters.map(([text, next]) => make("li", {}, button(`${text} ×`, `Remove ${text}`, next))));
    if (filters.length > 1) items.append(make("li", {}, button("Clear all", "Clear all filters", clear)));
    items.hidden = filters.length === 0;
    none.hidden = rows.length > 0;
    if (rows.length) return;
    const label = (id) => (id === "q" ? `“${state.q}”` : list.fields.get(id).label);
    const ways = [...drops].filter(([, n]) => n).map(([id, n]) =>
      make("li", {}, button(`${label(id)}: ${number(n)}`, `Drop ${label(id)}: ${number(n)} ${n === 1 ? list.one : list.many}`, without(state, id))));
    none.replaceChildren(
      make("p", {}, ways.length ? `No ${list.one} fits. Drop one of these filters, and so many would:` : `No ${list.one} fits, whichever single filter is dropped.`),
      make("ul", {}, ...ways),
    );
  };
  return { items, none, show };
};
