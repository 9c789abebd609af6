/* The form that suggests, adds or corrects a study. What is asked and checked is in form.json. */
import { make } from "../explore/make.js";
import { keep, kept } from "./draft.js";
import { fieldOf } from "./fields.js";
import { known } from "./known.js";
import { button, copied, link, options } from "./parts.js";
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
  let fields = [];
  let isAsked = false; // for the result, and so for all that is wrong
  let waiting = 0;

  const say = make("p", { role: "status", className: "lsr-form__say" });
  const joined = make("p", { role: "status", className: "lsr-form__record" });
  const progress = make("p", { className: "lsr-form__progress", tabIndex: -1 });
  const problems = make("ul", { className: "lsr-form__problems" });
  const result = make("div", {});
  const others = make("div", { className: "lsr-form__rows" });
  const suggest = place.querySelector("form");

  /* A new row of another table under a name, unless that is here; its id. */
  const added = (table, label = "") => {
    const same = label && rows.find((row) => row.table === table && row.cells.id === slug(label));
    if (same) return same.cells.id;
    const row = { table, cells: { id: slug(label), name: label }, of: "", before: {} };
    rows.push(row);
    const element = rowOf(row);
    others.append(element);
    if (!label) element.querySelector("input")?.focus();
    later();
    return row.cells.id;
  };

  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, PAUSE);
  };
  const form = { definition, known: there, added, later };

  const made = (row, column, held) => {
    const field = fieldOf(form, row, column, held);
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
    for (const field of fields.filter((each) => each.row === first && filled.includes(each.name))) {
      field.isLeft = true;
      field.sync();
    }
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

  const title = made(first, "title", suggest.elements["full-title"].closest(".lsr-field"));
  for (const each of Object.keys(asked)) {
    const input = suggest.elements[each];
    input.value = asked[each];
    input.addEventListener("input", () => {
      asked[each] = input.value;
      later();
    });
  }
  const { identifier } = suggest.elements;
  identifier.addEventListener("change", () => fill(identified(identifier.value)));
  identifier.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // else it would send the suggestion
    lookUp();
  });
  const search = suggest.querySelector(".lsr-field__more");
  search.hidden = false;
  search.firstElementChild.addEventListener("click", lookUp);
  search.after(say);
  suggest.addEventListener("submit", () => {
    update();
    suggest.elements["full-title"].value = first.cells.title;
    suggest.elements.title.value = `Suggestion: ${first.cells.title}`;
  });

  const seen = alike(definition, there, pages, first.of);
  title.extra.append(seen.element, joined);

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
  const named = fields.find((field) => field.name === "name");
  named.element.addEventListener("focusout", () => fill({ id: slug(first.cells.name ?? "") }));
  const more = button("Add a data set", () => added("datasets"));
  others.append(...rows.slice(1).map(rowOf));

  const anew = () => {
    keep(name, null);
    location.reload();
  };

  const sent = (found) => {
    const own = rows.filter((row) => !row.of || send.changes(row).length);
    if (!own.length) return [];
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
    const record = there.records.find(({ id: own }) => own === first.cells.record_id);
    if (["deferred", "undecided"].includes(record?.decision))
      lines.push(
        make(
          "p",
          {},
          `And in data/records.csv, in the line that begins with “${record.id},”, write include in place of ${record.decision}: `,
          link(send.editor("records"), "open data/records.csv in GitHub’s editor"),
        ),
      );
    const verdict = found.length ? "It can be sent as it is; somebody else will then fill in and mend the rest." : "All checks of the form pass.";
    return [make("p", {}, verdict), ...issue, ...(lines.length ? [make("h3", { id: "lines" }, "Or as a pull request")] : []), ...lines];
  };

  const ask = button("Check it and show what to send", () => {
    isAsked = true;
    update();
    progress.focus();
  });

  /* What is changed, or how much is missing; and how much is wrong. */
  const state = (missing, wrong) => {
    const changes = send.changes(first).map((column) => definition.tables.studies.fields[column].label);
    const changed = changes.length ? `Changed: ${changes.join(", ")}` : "Nothing is changed yet";
    const needed = { 0: "Every needed field is filled", 1: "1 needed field is still empty" }[missing] ?? `${missing} needed fields are still empty`;
    return `${study ? changed : needed}${wrong ? `; ${wrong} to mend` : ""}.`;
  };

  const update = () => {
    let found = check(rows, there);
    const waits = found.find(({ column, fix }) => column === "record_id" && fix);
    if (waits) {
      fill({ record_id: waits.fix });
      joined.textContent = `Our search found this study already, as record ${waits.fix}, which waits to be coded: it is named under “Record”.`;
      found = check(rows, there);
    }
    const told = found
      .map(({ row, column, message }) => ({ field: fields.find((each) => each.row === rows[row] && each.name === column), message }))
      .filter(({ field }) => isAsked || field.isLeft)
      .sort((one, other) => fields.indexOf(one.field) - fields.indexOf(other.field)); // as they stand on the page
    for (const field of fields) field.show(told.filter((each) => each.field === field).map(({ message }) => message));
    for (const details of folded) details.counted();
    const isMissing = ({ message }) => message.startsWith("is required");
    progress.textContent = state(found.filter(isMissing).length, told.filter((each) => study || !isMissing(each)).length);
    problems.replaceChildren(...told.map(({ field, message }) => make("li", {}, button(field.label, field.focus), ` ${message}`)));
    seen.show(first.cells.title ?? "", split([asked.identifier, first.cells.arxiv, first.cells.doi, first.cells.url].filter(Boolean).join(";"), {}).map(key));
    ask.hidden = isAsked || !found.length;
    result.replaceChildren(...(ask.hidden ? sent(found) : []));
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

  /* To the field of a correction: it may be in a group that is folded. */
  const fieldList = () => {
    const { groups, fields: columns } = definition.tables.studies;
    const listed = groups.map(({ label, fields: of }) => make("optgroup", { label }, ...options("", of.map((column) => [column, columns[column].label]))));
    const select = make("select", { id: "lsr-q-field" }, ...options("", [["", "Choose a field"]]), ...listed);
    const goTo = () => fields.find((field) => field.row === first && field.name === select.value)?.focus();
    return make("p", { className: "lsr-field" }, make("label", { htmlFor: select.id }, "What is wrong?"), " ", select, " ", button("Go there", goTo));
  };
  const suggestion = [...place.children].filter((each) => !("noScripts" in each.dataset));
  const offered = make(
    "p",
    {},
    "Go on here to code it yourself: what is marked required, and one of arXiv, DOI and Address. The rest may stay empty, as may the reason above.",
  );

  place.replaceChildren(
    ...(draft ? [stored] : []),
    ...(study ? [corrected, fieldList(), heading("Its cells", "which"), title.element, say] : [...suggestion, heading("Or add it yourself", "rest"), offered]),
    main,
    ...folded,
    make("h3", { id: "rows" }, "New data sets and base models"),
    make("p", { className: "lsr-field__help" }, "Only those that no list here holds yet: fields above offer it when you type an unknown name."),
    others,
    make("p", { className: "lsr-form__buttons" }, more, button("Add a base model", () => added("base_models"))),
    heading("Send", "send"),
    progress,
    problems,
    ask,
    result,
    ...(draft ? [] : [stored]),
  );
  place.dataset.ready = "";
  update();
};

const place = document.querySelector("[data-form]");
start(place).catch(() => {
  place.querySelector("[role=status]").textContent = "The form could not be loaded. Load the page again, or use the forms on GitHub:";
});
