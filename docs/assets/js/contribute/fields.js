/* The fields of a row: each is { element, name, show(problems), sync() } and writes the cell of its column.
 *
 * `form` is { definition, known, later(), added(table, name) }; a row is { table, cells, of, before }.
 */
import { make } from "../explore/make.js";
import { button, link, options, told } from "./parts.js";
import { split } from "./rules.js";
import { suggestions } from "./suggestions.js";

const MARKERS = [["not-reported", "Full text read: not reported"], ["n/a", "Does not apply"]];
const LONG = 240; // characters from which on a text has more than a line
const MANY = 12; // terms from which on a list can be filtered
const MOST = 8; // names that are suggested at once

let made = 0;

const joined = (values) => values.join("; ");

/* One line of text, or more of it: values of a free column stand on lines of their own. */
const text = (field, id, row, name, changed, form, held) => {
  const long = field.many || (field.free && field.longest >= LONG);
  const input = held ?? make(long ? "textarea" : "input", { id, rows: 3, autocomplete: "off", spellcheck: field.free });
  if (field.kind === "date") input.placeholder = "YYYY-MM-DD";
  if (field.many) input.placeholder = "One on each line";
  const tidied = () => {
    const parts = input.value.normalize("NFC").split(field.many ? /\n|;/ : /\n/).map((part) => part.replace(/\s+/g, " ").trim());
    return parts.filter(Boolean).join(field.many ? "; " : " ");
  };
  input.addEventListener("input", () => changed(tidied()));
  return { control: input, focus: input, sync: (cell) => (input.value = field.many ? split(cell, {}).join("\n") : cell) };
};

const choice = (field, id, row, name, changed, { definition }) => {
  const terms = definition.vocabularies[field.vocabulary];
  const about = make("span", { className: "lsr-field__term" });
  const select = make("select", { id });
  const pairs = [["", "—"], ...terms.map(({ id: term, label }) => [term, label]), ...(field.coded ? MARKERS : [])];
  const sync = (cell) => {
    const unknown = pairs.some(([value]) => value === cell) ? [] : [[cell, cell]];
    select.replaceChildren(...options(cell, [...pairs, ...unknown]));
    about.textContent = terms.find((term) => term.id === cell)?.about ?? "";
  };
  select.addEventListener("change", () => {
    changed(select.value);
    sync(select.value);
  });
  return { control: make("div", {}, select, about), focus: select, sync };
};

const boxes = (field, id, row, name, changed, { definition }) => {
  const terms = definition.vocabularies[field.vocabulary];
  let held = [];
  const items = terms.map(({ id: term, label, about, aliases }) => {
    const box = make("input", { type: "checkbox", id: `${id}-${term}`, value: term });
    box.addEventListener("change", () => {
      held = box.checked ? [...held, term] : held.filter((value) => value !== term);
      changed(joined(held));
    });
    const item = make("label", { title: about }, box, make("span", {}, label, make("small", {}, about)));
    return { term, box, item, words: [term, label, ...aliases].join(" ").toLowerCase() };
  });
  const list = make("div", { className: "lsr-field__boxes" }, ...items.map(({ item }) => item));
  const filter = make("input", { type: "search", placeholder: "Find a term", "aria-label": `Find among ${field.label}` });
  const matching = () => items.filter(({ words }) => words.includes(filter.value.trim().toLowerCase()));
  const filtered = () => {
    const found = matching();
    for (const each of items) each.item.hidden = !(each.box.checked || found.includes(each));
  };
  filter.addEventListener("input", filtered);
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !filter.value.trim()) return;
    event.preventDefault();
    matching().find(({ box }) => !box.checked)?.box.click();
    filter.value = "";
    filtered();
  });
  const sync = (cell) => {
    held = split(cell, definition.markers);
    for (const { term, box } of items) box.checked = held.includes(term);
  };
  const control = make("div", {}, terms.length >= MANY ? filter : null, list);
  // Arrows go through the filter and the terms that it leaves, as Tab does.
  control.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const stops = [...control.querySelectorAll("input")].filter((input) => input.offsetParent);
    stops[stops.indexOf(event.target) + step]?.focus();
  });
  return { control, focus: items[0].box, sync, group: true };
};

/* Ids of other rows: typed with suggestions, held as chips. What is unknown can be added as a row of its own. */
const references = (field, id, row, name, changed, { definition, known, added }) => {
  let held = [];
  const [table] = field.refers;
  const pairs = field.refers.flatMap((of) => [...known.names[of]]).map(([value, label]) => [value, label, ` ${value} ${label}`.toLowerCase()]);
  const input = make("input", { id, autocomplete: "off", placeholder: "Type a name or id" });
  const chips = make("ul", { className: "lsr-chips" });
  const offer = make("p", { className: "lsr-field__offer", role: "status" });
  const exact = (typed) => pairs.find(([value, label]) => value === typed || label.toLowerCase() === typed)?.[0];
  const sync = (cell) => {
    held = split(cell, definition.markers);
    chips.replaceChildren(
      ...held.map((value) => {
        const take = () => {
          set(held.filter((other) => other !== value));
          input.focus();
        };
        return make("li", {}, value, button("×", take, { ariaLabel: `Remove ${value}` }));
      }),
    );
  };
  const set = (values) => {
    changed(joined([...new Set(values)]));
    sync(joined([...new Set(values)]));
  };
  const take = (value) => {
    input.value = "";
    offer.replaceChildren();
    set([...held, value]);
  };
  /* Those of which a word begins so, the shortest first; then, unless one is just that, to add it. */
  const find = (typed) => {
    const wanted = typed.toLowerCase();
    if (!wanted) return [];
    const begun = pairs.filter(([, , words]) => words.includes(` ${wanted}`) || words.includes(`-${wanted}`));
    const isExact = ([value]) => value === exact(wanted);
    begun.sort((one, other) => isExact(other) - isExact(one) || one[0].length - other[0].length || (one[0] < other[0] ? -1 : 1));
    const known = begun.slice(0, MOST).map(([value, label]) => [value, label === value ? value : `${label} (${value})`]);
    return exact(wanted) ? known : [...known, ["", `Add “${typed}” as a new ${definition.tables[table].one}`]];
  };
  const taken = (value) => {
    if (value) return take(value);
    const typed = input.value.trim();
    take(added(table, typed));
    return offer.replaceChildren(`“${typed}” has fields of its own now: `, link("#rows", "fill them in"), ".");
  };
  const list = suggestions(input, find, taken);
  input.addEventListener("blur", () => {
    const typed = input.value.trim();
    if (!typed) return;
    if (exact(typed.toLowerCase())) take(exact(typed.toLowerCase()));
    else offer.textContent = `“${typed}” is not taken yet: type on, and choose it or add it.`;
  });
  return { control: make("div", {}, chips, input, list, offer), focus: input, sync };
};

const kindOf = (field) => {
  if (field.vocabulary) return field.many ? boxes : choice;
  return field.many && field.refers.length ? references : text;
};

/* `held` is the field where the page has it already: label, help and a control for text. */
export const fieldOf = (form, row, name, held = null) => {
  const field = form.definition.tables[row.table].fields[name];
  const own = held?.querySelector("input, textarea");
  const id = own?.id ?? `lsr-f${(made += 1)}`;
  const marked = (cell) => cell in form.definition.markers;
  let isTyped = false;
  const set = (cell) => {
    row.cells[name] = cell;
    isTyped = true;
    form.later();
  };
  const { control, focus, sync, group } = kindOf(field)(field, id, row, name, (cell) => {
    if (marker) marker.value = "";
    set(cell);
  }, form, own);
  const marker =
    field.coded && (field.many || !field.vocabulary)
      ? make("select", { className: "lsr-field__marker", ariaLabel: `${field.label}: why there is no value` }, ...options("", [["", "No value?"], ...MARKERS]))
      : null;
  marker?.addEventListener("change", () => {
    sync("");
    set(marker.value);
  });
  const problem = make("p", { id: `${id}-problem`, className: "lsr-field__problem", "aria-live": "polite" });
  const help = make("p", { id: `${id}-help`, className: "lsr-field__help" }, ...told(field.about));
  const label = [field.label, field.required ? make("span", { className: "lsr-field__need" }, "required") : ""];
  const extra = make("div", { className: "lsr-field__extra" });
  const parts = [help, control, problem, marker, extra];
  const drawn = () =>
    group
      ? make("fieldset", { className: "lsr-field" }, make("legend", {}, ...label), ...parts)
      : make("div", { className: "lsr-field" }, make("label", { htmlFor: id }, ...label), ...parts);
  const element = held ?? drawn();
  held?.append(problem, extra);
  (group ? element : focus).setAttribute("aria-describedby", `${id}-help ${id}-problem`);
  element.addEventListener("focusout", ({ relatedTarget }) => {
    if (!isTyped || control.contains(relatedTarget)) return;
    result.isLeft = true;
    form.later();
  });

  const result = {
    element,
    // Whether its content is meant: typed and left, looked up, or from a draft. Only then is it judged.
    isLeft: Boolean(row.cells[name]) && row.cells[name] !== row.before[name],
    extra,
    name,
    row,
    label: field.label,
    focus: () => {
      const folded = element.closest("details");
      if (folded) folded.open = true;
      focus.focus();
    },
    sync: () => {
      const cell = row.cells[name] ?? "";
      if (marker) marker.value = marked(cell) ? cell : "";
      sync(marker && marked(cell) ? "" : cell);
    },
    show: (messages) => {
      const told = messages.join("; ");
      if (problem.textContent !== told) problem.textContent = told;
      focus.setAttribute("aria-invalid", String(messages.length > 0));
    },
  };
  return result;
};
