/* The fields of a row: each is { element, name, show(problems), sync() } and writes the cell of its column.
 *
 * `form` is { definition, known, changed(row, name), lists }; a row is { table, cells, of }.
 */
import { make } from "../explore/make.js";
import { button, options, told } from "./parts.js";
import { split } from "./rules.js";

const MARKERS = [["not-reported", "Full text read: not reported"], ["n/a", "Does not apply"]];
const LONG = 240; // characters from which on a text has more than a line
const MANY = 12; // terms from which on a list can be filtered

let made = 0;

const joined = (values) => values.join("; ");

/* One line of text, or more of it: values of a free column stand on lines of their own. */
const text = (field, id, row, name, changed) => {
  const long = field.many || (field.free && field.longest >= LONG);
  const input = make(long ? "textarea" : "input", { id, rows: 3, autocomplete: "off", spellcheck: field.free });
  if (field.kind === "date") input.placeholder = "YYYY-MM-DD";
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
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const { item, box, words } of items) item.hidden = !(box.checked || words.includes(wanted));
  });
  const sync = (cell) => {
    held = split(cell, definition.markers);
    for (const { term, box } of items) box.checked = held.includes(term);
  };
  return { control: make("div", {}, terms.length >= MANY ? filter : null, list), focus: items[0].box, sync, group: true };
};

/* Ids of other rows: typed with suggestions, held as chips. What is unknown can be added as a row of its own. */
const references = (field, id, row, name, changed, { definition, known, lists, added }) => {
  let held = [];
  const [table] = field.refers;
  const input = make("input", { id, autocomplete: "off", placeholder: "Type a name or id" });
  input.setAttribute("list", lists(field.refers));
  const chips = make("ul", { className: "lsr-chips" });
  const offer = make("p", { className: "lsr-field__offer" });
  const found = (typed) => {
    for (const of of field.refers) {
      if (known.names[of].has(typed)) return typed;
      for (const [key, label] of known.names[of]) if (label.toLowerCase() === typed.toLowerCase()) return key;
    }
    return "";
  };
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
  const cleared = () => {
    offer.replaceChildren();
    delete offer.dataset.typed;
  };
  const take = (value) => {
    input.value = "";
    cleared();
    set([...held, value]);
  };
  const offered = () => {
    const typed = input.value.trim();
    if (!typed) return cleared();
    if (found(typed)) return take(found(typed));
    if (typed === offer.dataset.typed) return undefined; // else the button would change under the pointer
    offer.dataset.typed = typed;
    const one = definition.tables[table].one;
    return offer.replaceChildren(`“${typed}” is not here yet. `, button(`Add it as a new ${one}`, () => take(added(table, typed))));
  };
  input.addEventListener("input", () => {
    if (field.refers.some((of) => known.names[of].has(input.value))) take(input.value);
  });
  input.addEventListener("change", offered);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    offered();
  });
  return { control: make("div", {}, chips, input, offer), focus: input, sync };
};

const kindOf = (field) => {
  if (field.vocabulary) return field.many ? boxes : choice;
  return field.many && field.refers.length ? references : text;
};

export const fieldOf = (form, row, name) => {
  const field = form.definition.tables[row.table].fields[name];
  const id = `lsr-f${(made += 1)}`;
  const marked = (cell) => cell in form.definition.markers;
  const set = (cell) => {
    row.cells[name] = cell;
    form.changed(row, name);
  };
  const { control, focus, sync, group } = kindOf(field)(field, id, row, name, (cell) => {
    if (marker) marker.value = "";
    set(cell);
  }, form);
  const marker =
    field.coded && (field.many || !field.vocabulary)
      ? make("select", { className: "lsr-field__marker", ariaLabel: `${field.label}: why there is no value` }, ...options("", [["", "No value?"], ...MARKERS]))
      : null;
  marker?.addEventListener("change", () => {
    sync("");
    set(marker.value);
  });
  const problem = make("p", { id: `${id}-problem`, className: "lsr-field__problem", hidden: true });
  const help = make("p", { id: `${id}-help`, className: "lsr-field__help" }, ...told(field.about));
  const label = [field.label, field.required ? make("span", { className: "lsr-field__need" }, "required") : ""];
  const extra = make("div", { className: "lsr-field__extra" });
  const parts = [help, control, marker, problem, extra];
  focus.setAttribute("aria-describedby", `${id}-help ${id}-problem`);
  const element = group
    ? make("fieldset", { className: "lsr-field" }, make("legend", {}, ...label), ...parts)
    : make("div", { className: "lsr-field" }, make("label", { htmlFor: id }, ...label), ...parts);

  return {
    element,
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
      problem.hidden = !messages.length;
      problem.textContent = messages.join("; ");
      focus.setAttribute("aria-invalid", String(messages.length > 0));
    },
  };
};
