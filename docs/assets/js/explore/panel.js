/* The filters: built once, then only counts and ticks change, so that the focus stays where it is. */
import { lookup } from "./lookup.js";
import { make, number } from "./make.js";

const group = (field, ...parts) => {
  const chosen = make("span", { className: "lsr-filter__chosen" });
  const about = field.about ? make("p", { className: "lsr-quiet" }, field.about) : null;
  const fieldset = make("fieldset", {}, make("legend", { className: "lsr-sr" }, field.label), about, ...parts);
  const details = make("details", {}, make("summary", {}, field.label, chosen), fieldset);
  return { details, tell: (n) => (chosen.textContent = n ? ` (${n})` : "") };
};

/* Tick boxes, each with how many rows it would give. */
const checks = (field, change) => {
  const total = new Uint32Array(field.terms.length);
  for (const place of field.held) total[place]++;
  const used = field.terms.map(([id, label], place) => ({ id, label, place })).filter(({ place }) => total[place]);
  const boxes = used.map(({ id, label, place }) => {
    const input = make("input", { type: "checkbox", name: field.id, value: id });
    const count = make("span", { className: "lsr-filter__count" });
    return { id, place, input, count, label: make("label", {}, input, make("span", {}, label), count) };
  });
  const every = make("input", { type: "checkbox" });
  const all = make("label", { className: "lsr-filter__all", hidden: true }, every, make("span", {}, "all of them, not just any"));
  const { details, tell } = group(field, field.many ? all : null, ...boxes.map(({ label }) => label));
  details.addEventListener("change", () => {
    const ids = boxes.filter(({ input }) => input.checked).map(({ id }) => id);
    change((state) => ({
      ...state,
      terms: { ...state.terms, [field.id]: ids },
      all: [...state.all.filter((id) => id !== field.id), ...(every.checked && ids.length ? [field.id] : [])],
    }));
  });
  const show = (state, counts) => {
    const ids = state.terms[field.id] ?? [];
    for (const { id, place, input, count, label } of boxes) {
      const n = counts.get(field.id)[place];
      input.checked = ids.includes(id);
      count.textContent = number(n);
      label.classList.toggle("lsr-filter__none", n === 0);
    }
    all.hidden = ids.length < 2;
    every.checked = state.all.includes(field.id);
    if (ids.length) details.open = true;
    tell(ids.length);
  };
  return { details, show };
};

const ranges = (field, change, type) => {
  const boxes = ["from", "to"].map((word) => make("input", { type: "number", min: 0, step: "any", inputMode: "decimal", ariaLabel: `${field.label}, ${word}`, placeholder: word }));
  const { details, tell } = group(field, make("div", { className: "lsr-filter__range" }, boxes[0], make("span", {}, "to"), boxes[1]));
  const said = () => {
    const [low, high] = boxes.map(({ value }) => (value === "" ? null : Number(value)));
    return (state) => {
      const { [field.id]: _, ...others } = state.ranges;
      return { ...state, ranges: low === null && high === null ? others : { ...others, [field.id]: [low, high] } };
    };
  };
  details.addEventListener("input", () => type(said()));
  details.addEventListener("change", () => change(said()));
  const show = (state) => {
    const range = state.ranges[field.id] ?? [null, null];
    boxes.forEach((box, at) => {
      if (box !== document.activeElement) box.value = range[at] ?? "";
    });
    if (state.ranges[field.id]) details.open = true;
    tell(state.ranges[field.id] ? 1 : 0);
  };
  return { details, show };
};

/* Names that the reader has added, and a box for the next. */
const names = (field, change) => {
  const held = new Set(field.held);
  const used = field.terms.filter((_, place) => held.has(place));
  const add = (id) => change((state) => ({ ...state, terms: { ...state.terms, [field.id]: [...new Set([...(state.terms[field.id] ?? []), id])] } }));
  const list = make("div");
  const { details, tell } = group(field, list, ...lookup(field.id, `${field.label}: add a name`, used, add));
  list.addEventListener("change", () => {
    const ids = [...list.querySelectorAll("input:checked")].map(({ value }) => value);
    change((state) => ({ ...state, terms: { ...state.terms, [field.id]: ids } }));
  });
  const show = (state) => {
    const ids = state.terms[field.id] ?? [];
    list.replaceChildren(...ids.map((id) => make("label", {}, make("input", { type: "checkbox", value: id, checked: true }), make("span", {}, field.terms[field.place.get(id)][1]))));
    if (ids.length) details.open = true;
    tell(ids.length);
  };
  return { details, show };
};

const KINDS = { checks, range: ranges, lookup: names };
const OPEN = 3; // groups that are open from the start, where there is room

/* change(next) is a choice, type(next) a letter typed; `next` makes the new state from the one that is. */
export const panel = (list, change, type) => {
  const words = make("input", { type: "search", autocomplete: "off", spellcheck: false, placeholder: list.words });
  words.addEventListener("input", () => type((state) => ({ ...state, q: words.value.trim() })));
  const groups = [...list.fields.values()].filter((field) => field.panel).map((field) => KINDS[field.panel](field, change, type));
  const wide = matchMedia("(min-width: 60em)");
  const sheet = make("details", { className: "lsr-filter__sheet" }, make("summary", {}, "Filters"), ...groups.map(({ details }) => details));
  const form = make("form", { className: "lsr-filter", role: "search", ariaLabel: `Filter the ${list.many}` },
    make("label", { className: "lsr-filter__words" }, make("span", {}, `Find ${list.many}`), words), sheet);
  form.addEventListener("submit", (event) => event.preventDefault());
  const fit = () => (sheet.open = wide.matches);
  wide.addEventListener("change", fit);
  fit();
  groups.slice(0, OPEN).forEach(({ details }) => (details.open = wide.matches));
  const show = (state, counts) => {
    if (words !== document.activeElement) words.value = state.q;
    for (const each of groups) each.show(state, counts);
  };
  return { form, show };
};
