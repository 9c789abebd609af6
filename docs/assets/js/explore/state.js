/* What the reader has asked for, and the address that says it: each is made from the other. */
import { fieldOf, firstSort } from "./order.js";

const RANGE = /^(\d+(?:\.\d+)?)?(-)?(\d+(?:\.\d+)?)?$/;

/* [from, to], either may be null; null where the text is no range. */
const range = (text) => {
  const [, from, dash, to] = RANGE.exec(text) ?? [];
  if (from === undefined && to === undefined) return null;
  const low = from === undefined ? null : Number(from);
  return [low, to === undefined ? (dash ? null : low) : Number(to)];
};

const known = (values, has) => [...new Set((values ?? "").split(","))].filter(has);

/* Names and values that the list does not know are left out. A part that a filter needs must be here. */
export const read = (search, list) => {
  const query = new URLSearchParams(search);
  const state = { q: (query.get("q") ?? "").trim(), terms: {}, ranges: {}, all: [] };
  for (const field of list.fields.values()) {
    const asked = query.get(field.id);
    if (!asked) continue;
    if (field.kind === "range" && range(asked)) state.ranges[field.id] = range(asked);
    if (field.kind !== "terms" || !list.has(field.part)) continue;
    const ids = known(asked, (id) => field.place.has(id));
    if (ids.length) state.terms[field.id] = ids;
  }
  state.all = known(query.get("all"), (id) => list.fields.get(id)?.many);
  const sort = query.get("sort") ?? "";
  state.sort = firstSort(list, fieldOf(sort)) ? sort : list.sorts[0][0];
  const columns = known(query.get("columns"), (id) => list.fields.get(id)?.column);
  state.columns = columns.length ? columns : list.shown;
  state.page = Math.max(1, Math.trunc(Number(query.get("page"))) || 1);
  return state;
};

/* The parts that must be loaded before the address can be read. */
export const parts = (search, list) => {
  const query = new URLSearchParams(search);
  const asked = [...list.fields.values()].filter((field) => field.kind === "terms" && query.get(field.id));
  return [...new Set(asked.map((field) => field.part).filter(Boolean))];
};

/* From "?" on; "" where nothing differs from how the page opens. */
export const write = (state, list) => {
  const said = [];
  const say = (name, value) => said.push(`${name}=${encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%20", "+")}`);
  if (state.q) say("q", state.q);
  for (const id of list.fields.keys()) {
    if (state.terms[id]?.length) say(id, state.terms[id].join(","));
    if (state.ranges[id]) {
      const [low, high] = state.ranges[id];
      say(id, low !== null && low === high ? low : `${low ?? ""}-${high ?? ""}`);
    }
  }
  if (state.all.length) say("all", state.all.join(","));
  if (state.sort !== list.sorts[0][0]) say("sort", state.sort);
  if (state.columns.join() !== list.shown.join()) say("columns", state.columns.join(","));
  if (state.page > 1) say("page", state.page);
  return said.length ? `?${said.join("&")}` : "";
};

/* The state without one filter ("q" or a field), or without one term of it. */
export const without = (state, id, term) => {
  const { [id]: ids = [], ...terms } = state.terms;
  const { [id]: _, ...ranges } = state.ranges;
  const rest = term === undefined ? [] : ids.filter((each) => each !== term);
  const all = rest.length ? state.all : state.all.filter((each) => each !== id);
  return { ...state, q: id === "q" ? "" : state.q, terms: rest.length ? { ...terms, [id]: rest } : terms, ranges, all, page: 1 };
};
