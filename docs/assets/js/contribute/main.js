/* The form that suggests, adds or corrects a study. What is asked and checked is in form.json. */
import { make } from "../explore/make.js";
import { keep, kept } from "./draft.js";
import { fieldOf } from "./fields.js";
import { known } from "./known.js";
import { button, copied, link } from "./parts.js";
import { prefilled } from "./prefill.js";
import { rules, split } from "./rules.js";
import { alike } from "./alike.js";
import { works } from "./works.js";
import { written } from "./written.js";

const PAUSE = 200; // milliseconds after the last key before anything is checked

const fetched = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
};

/* The cells of a study as its line holds them. */
const cellsOf = ({ missing, ...study }, columns) =>
  Object.fromEntries(
    columns.map((name) => {
      const value = study[name];
      const cell = Array.isArray(value) ? value.join("; ") : String(value ?? "");
      return [name, cell || (missing[name] ?? "").replace("not-coded", "")];
    }),
  );

const start = async (place) => {
  const { form: folder, pages, files } = place.dataset;
  const [definition, ids, held] = await Promise.all(["form", "ids", "works"].map((name) => fetched(`${folder}/${name}.json`)));
  const there = known(ids, held);
  const id = new URLSearchParams(location.search).get("study") ?? "";
  const study = there.names.studies.has(id) ? cellsOf((await fetched(`${files}/${id}.json`)).study, definition.tables.studies.columns) : null;
  draw(place, pages, definition, there, study);
};

const draw = (place, pages, definition, there, study) => {
  const { key, slug } = works(definition);
  const check = rules(definition);
  const send = written(definition);
  const name = study?.id ?? "new";
  const draft = kept(name);
  const first = { table: "studies", cells: { ...study, ...draft?.rows?.[0]?.cells }, of: study?.id ?? "", before: study ?? {} };
  const rows = [first, ...(draft?.rows ?? []).slice(1)];
  const asked = { identifier: draft?.identifier ?? "", why: draft?.why ?? "" };
  const touched = new Set();
  let fields = [];
  let waiting = 0;

  const say = make("p", { role: "status", className: "lsr-form__say" });
  const progress = make("p", { className: "lsr-form__progress" });
  const problems = make("ul", { className: "lsr-form__problems" });
  const result = make("div", {});
  const others = make("div", { className: "lsr-form__rows" });
  const suggest = make("div", { className: "lsr-form__suggest" });
  const datalists = make("div", { hidden: true });

  const lists = (refers) => {
    const list = `lsr-ids-${refers.join("-")}`;
    if (!datalists.querySelector(`#${list}`)) {
      const pairs = refers.flatMap((table) => [...there.names[table]]);
      datalists.append(make("datalist", { id: list }, ...pairs.map(([value, label]) => make("option", { value }, label))));
    }
    return list;
  };

  /* A new row of another table under a name; its id. */
  const added = (table, label = "") => {
    const row = { table, cells: { id: slug(label), name: label }, of: "", before: {} };
    rows.push(row);
    const element = rowOf(row);
    others.append(element);
    if (!label) element.querySelector("input")?.focus();
    later();
    return row.cells.id;
  };

  const changed = (row, column) => {
    touched.add(`${rows.indexOf(row)} ${column}`);
    later();
  };
  const form = { definition, known: there, lists, added, changed };

  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, PAUSE);
  };

  const made = (row, column) => {
    const field = fieldOf(form, row, column);
    field.sync();
    fields.push(field);
    return field;
  };

  const rowOf = (row) => {
    const { one, groups } = definition.tables[row.table];
    const remove = () => {
      rows.splice(rows.indexOf(row), 1);
      fields = fields.filter((field) => field.row !== row);
      element.remove();
      more.focus();
      later();
    };
    const inner = groups.flatMap((group) => group.fields.map((column) => made(row, column).element));
    const element = make("fieldset", { className: "lsr-form__row" }, make("legend", {}, `New ${one}`), ...inner, button(`Remove this ${one}`, remove));
    return element;
  };

  /* Fill cells that are empty. */
  const fill = (cells) => {
    const filled = Object.keys(cells).filter((column) => cells[column] && !first.cells[column]);
    for (const column of filled) first.cells[column] = cells[column];
    for (const field of fields) if (field.row === first && filled.includes(field.name)) field.sync();
    later();
    return filled;
  };

  /* Into which cell an identifier belongs. */
  const identified = (typed) => {
    const work = key(typed);
    const [kind, rest] = [work.split(":")[0], work.slice(work.indexOf(":") + 1)];
    if (kind === "arxiv" || kind === "doi") return { [kind]: rest };
    return /^https:\/\//.test(typed) ? { url: typed } : {};
  };

  const lookUp = async () => {
    const typed = asked.identifier.trim();
    if (!typed) return (say.textContent = "Type an arXiv id, a DOI or an address first.");
    fill(identified(typed));
    if (!/^(arxiv|doi):/.test(key(typed))) return (say.textContent = "Only arXiv ids and DOIs can be looked up: type the fields below yourself.");
    say.textContent = "Looking it up …";
    try {
      const cells = await prefilled(key(typed));
      const filled = cells ? fill(cells) : [];
      const labels = filled.map((column) => definition.tables.studies.fields[column].label);
      say.textContent = filled.length ? `Filled in: ${labels.join(", ")}. Please compare them with the paper.` : "Nothing more is known of it there: type the fields below yourself.";
    } catch {
      say.textContent = "The registry did not answer: type the fields below yourself. Nothing is lost.";
    }
  };

  const question = (label, help, value, long, set) => {
    const input = make(long ? "textarea" : "input", { id: `lsr-q-${set}`, value, rows: 2, autocomplete: "off" });
    input.addEventListener("input", () => {
      asked[set] = input.value;
      later();
    });
    if (set === "identifier") input.addEventListener("change", () => fill(identified(input.value)));
    input.setAttribute("aria-describedby", `lsr-q-${set}-help`);
    return make(
      "div",
      { className: "lsr-field" },
      make("label", { htmlFor: input.id }, label),
      make("p", { className: "lsr-field__help", id: `lsr-q-${set}-help` }, help),
      input,
    );
  };

  const title = made(first, "title");
  const seen = alike(definition, there, pages, first.of);
  title.extra.append(seen.element);

  const group = ({ label, fields: columns }, place) => {
    const inner = columns.filter((column) => column !== "title").map((column) => made(first, column).element);
    if (!place) return make("div", { className: "lsr-form__group" }, ...inner);
    const count = make("span", { className: "lsr-form__count" });
    const folded = make("details", { className: "lsr-form__group" }, make("summary", {}, label, count), ...inner);
    folded.counted = () => {
      const filled = columns.filter((column) => first.cells[column]).length;
      count.textContent = ` ${filled} of ${columns.length} filled`;
    };
    return folded;
  };

  const [main, ...folded] = definition.tables.studies.groups.map(group);
  const more = button("Add a data set", () => added("datasets"));
  others.append(...rows.slice(1).map(rowOf));

  const anew = () => {
    keep(name, null);
    location.reload();
  };

  const sent = (found) => {
    const own = rows.filter((row) => !row.of || send.changes(row).length);
    if (!own.length) return [make("p", {}, "Nothing is changed yet.")];
    const subject = first.of ? `Correction: ${first.of}` : `Study: ${first.cells.name || first.cells.title || ""}`;
    const text = send.body(rows);
    const address = send.address(subject, text);
    const issue = address
      ? [make("p", {}, make("a", { className: "lsr-button", href: address }, "Send it as an issue"), " needs no Git: a maintainer takes it over. The text is filled in already.")]
      : [
          make("p", {}, "The text is too long for an address. Copy it, ", link(send.empty, "open an empty issue"), " and paste it there."),
          ...copied("lsr-body", text, "Copy the text"),
        ];
    const lines = own.filter((row) => row.cells.id).flatMap((row, place) => {
      const where = row.of ? `in place of the line that begins with “${row.of},”` : "at the place of its id in the alphabet";
      const file = `data/${row.table}.csv`;
      return [
        make("p", {}, `A line of ${file}, ${where}: `, link(send.editor(row.table), `open ${file} in GitHub’s editor`)),
        ...copied(`lsr-line-${place}`, send.line(row), "Copy the line"),
      ];
    });
    const state = found.length ? "It can be sent as it is; somebody else will then mend the rest." : "All checks of the form pass.";
    return [make("p", {}, state), ...issue, ...(lines.length ? [make("h3", { id: "lines" }, "Or as a pull request")] : []), ...lines];
  };

  const suggested = () => {
    const [text, where, why] = [first.cells.title ?? "", asked.identifier.trim(), asked.why.trim()];
    if (first.of) return [];
    if (!text || !where || !why) return [make("p", {}, "With a title, an address and a reason it can be suggested; somebody else codes it.")];
    const address = send.address(`Suggestion: ${text}`, send.suggestion(text, where, why));
    return [make("p", {}, make("a", { className: "lsr-button", href: address || send.empty }, "Suggest it"), " or go on and fill in the rest yourself.")];
  };

  const update = () => {
    let found = check(rows, there);
    const waits = found.find(({ column, fix }) => column === "record_id" && fix);
    if (waits) {
      fill({ record_id: waits.fix });
      say.textContent = `Our search found this study already, as record ${waits.fix}, which waits to be coded: it is named under “Record”.`;
      found = check(rows, there);
    }
    for (const field of fields) {
      const number = rows.indexOf(field.row);
      const own = found.filter(({ row, column }) => row === number && column === field.name);
      // What is empty and was not touched is no mistake yet; the list at the end names it.
      const isMeant = field.row.of || field.row.cells[field.name] || touched.has(`${number} ${field.name}`);
      field.show(isMeant ? own.map(({ message }) => message) : []);
    }
    for (const details of folded) details.counted();
    const { fields: columns } = definition.tables.studies;
    const needed = Object.keys(columns).filter((column) => columns[column].required);
    const filled = needed.filter((column) => first.cells[column]).length;
    const wrong = found.filter(({ message }) => message !== "is required").length;
    progress.textContent = `${filled} of ${needed.length} required fields are filled${wrong ? `, ${wrong} to mend` : ""}.`;
    problems.replaceChildren(
      ...found.map(({ row, column, message }) => {
        const field = fields.find((each) => each.row === rows[row] && each.name === column);
        return make("li", {}, button(field.label, field.focus), ` ${message}`);
      }),
    );
    seen.show(first.cells.title ?? "", split([asked.identifier, first.cells.arxiv, first.cells.doi, first.cells.url].filter(Boolean).join(";"), {}).map(key));
    suggest.replaceChildren(...suggested());
    result.replaceChildren(...sent(found));
    const is = rows.length > 1 || asked.identifier || asked.why || send.changes(first).length;
    stored.hidden = !is;
    // Of a correction only what differs: the row may have changed when the draft is opened again.
    const own = Object.fromEntries(send.changes(first).map((column) => [column, first.cells[column]]));
    if (!keep(name, is ? { rows: [{ ...first, cells: own }, ...rows.slice(1)], ...asked } : null)) stored.firstChild.textContent = "This browser keeps no drafts: copy your text before you leave. ";
  };

  const stored = make("p", { className: "lsr-form__draft", hidden: true }, "Your draft is kept in this browser, and nowhere else. ", button("Delete it and start anew", anew));
  const heading = (text, id) => make("h2", { id }, text);
  const corrected = study
    ? make("p", {}, "You correct ", link(`${pages}/${study.id}/`, study.name), ". Change what is wrong, and name the page that says so under Evidence.")
    : null;

  place.replaceChildren(
    datalists,
    stored,
    corrected ?? "",
    heading(study ? "Its cells" : "1. Which study", "which"),
    ...(study
      ? [title.element]
      : [
          question("Address, arXiv id or DOI", "Where it can be read. Title, authors and date are then looked up at DataCite or Crossref.", asked.identifier, false, "identifier"),
          button("Look it up", lookUp),
          title.element,
          question("Why it belongs here", "In a sentence: a model, an adaptation or an evaluation on medical images. Only for a suggestion.", asked.why, true, "why"),
          suggest,
          heading("2. The rest", "rest"),
        ]),
    say,
    main,
    ...folded,
    make("h3", { id: "rows" }, "New data sets and base models"),
    make("p", { className: "lsr-field__help" }, "Only those that no list here holds yet: fields above offer it when you type an unknown name."),
    others,
    make("p", { className: "lsr-form__buttons" }, more, button("Add a base model", () => added("base_models"))),
    heading(study ? "Send" : "3. Send", "send"),
    progress,
    problems,
    result,
  );
  place.dataset.ready = "";
  update();
};

const place = document.querySelector("[data-form]");
start(place).catch(() => {
  place.querySelector("[role=status]").textContent = "The form could not be loaded. Load the page again, or use the forms on GitHub:";
});
