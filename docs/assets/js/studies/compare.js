/* The page that sets two to five studies side by side; which, and whether only differences are shown, is in its address. */
import { changed } from "../coins.js";
import { cell, named, termsOf, text } from "../explore/cells.js";
import { copyLink } from "../explore/copy-link.js";
import { load } from "../explore/data.js";
import { lookup } from "../explore/lookup.js";
import { make } from "../explore/make.js";
import { downloads } from "./save.js";
import { star } from "./star.js";
import { offered } from "./zotero.js";

const MOST = 5;

/* What tells studies apart by its nature is no difference to mark. */
const isOwn = (field) => field.kind === "link" || (field.kind === "text" && field.id !== "date");

/* The fields that are rows: what a reader may choose as a column, and the links. */
const asked = (list) => {
  const fields = [...list.fields.values()].filter(({ column, kind }) => column || kind === "link");
  return [...fields.filter((field) => !isOwn(field)), ...fields.filter(isOwn)];
};

const same = (values) => values.every((value) => value === values[0]);

/* Why there is no value is none either. */
const told = (field, row) => termsOf(field, row).map(([id]) => id).filter((id) => !field.silent?.includes(id));

const value = (field, row) => (field.kind === "terms" ? told(field, row).sort().join() : String(field.values[row]));

/* Of several terms those that not all of the studies hold are set apart. */
const several = (field, row, rows) => {
  const held = (other) => termsOf(field, other).map(([id]) => id);
  const inAll = (id) => rows.every((other) => held(other).includes(id));
  return termsOf(field, row).flatMap(([id, label], at) => [at ? ", " : "", inAll(id) ? label : make("strong", {}, label)]);
};

const line = (list, field, rows) => {
  const differs = !isOwn(field) && !same(rows.map((row) => value(field, row)));
  const mark = differs ? make("span", { className: "lsr-compare__mark", role: "img", ariaLabel: "differs" }, "≠") : null;
  const cells = rows.map((row) => {
    const shown = (field.many ? several(field, row, rows) : cell(field, row)).filter((part) => part !== "");
    return make("td", { "data-label": text(list, "name", row) }, make("span", {}, ...(shown.length ? shown : ["–"])));
  });
  const filled = cells.some(({ textContent }) => textContent !== "–");
  return { field, differs, filled, tr: make("tr", {}, make("th", { scope: "row" }, field.kind === "link" ? `${field.label} (link)` : field.label, mark), ...cells) };
};

const compare = async (box) => {
  const list = await load(box.dataset.explore);
  const rowOf = new Map(list.fields.get("id").values.map((id, row) => [id, row]));
  let ids, unknown, over, only;

  const read = () => {
    const query = new URLSearchParams(location.search);
    const all = [...new Set((query.get("ids") ?? "").split(",").filter(Boolean))];
    const known = all.filter((id) => rowOf.has(id));
    unknown = all.filter((id) => !rowOf.has(id));
    over = known.length - MOST;
    ids = known.slice(0, MOST);
    only = query.get("only") === "differences";
  };

  const address = () => `${location.pathname}${ids.length ? `?ids=${ids.join(",")}${only ? "&only=differences" : ""}` : ""}`;

  /* Draw when the texts of the studies are here, unless others are asked for by then. */
  const show = async () => {
    const asked = ids;
    await list.needRows(ids.map((id) => rowOf.get(id)));
    if (asked === ids) draw();
  };

  const failed = () => (status.textContent = "The studies could not be loaded; try again.");

  const set = async (next, focus = status) => {
    ids = next;
    unknown = [];
    over = 0;
    history.pushState(null, "", address());
    await show().catch(failed);
    focus.focus();
  };

  const status = make("p", { role: "status", tabIndex: -1 });
  const [input, options] = lookup("compare", "Add a study: name", list.fields.get("ids").terms, (id) => set([...new Set([...ids, id])], input));
  const adding = make("label", {}, make("span", {}, "Add a study"), input);
  const every = make("input", { type: "checkbox" });
  every.addEventListener("change", () => {
    only = every.checked;
    history.replaceState(null, "", address());
    draw();
  });
  const switched = make("label", {}, every, make("span", {}, "Only differences"));
  const copy = copyLink("Copy link to this comparison", address);
  const print = make("button", { type: "button", onclick: () => window.print() }, "Print");
  const tools = make("div", { className: "lsr-compare__tools" }, adding, options, switched, copy, print);
  const table = make("table");
  const legend = make("p", { className: "lsr-quiet" });
  const take = make("details", {}, make("summary", {}, "Download these"), downloads(box.dataset.files, () => ids, "comparison"));

  const head = (row) => {
    const id = text(list, "id", row), name = text(list, "name", row);
    const remove = make("button", { type: "button", ariaLabel: `Remove ${name}`, onclick: () => set(ids.filter((each) => each !== id)) }, "Remove");
    const does = make("div", { className: "lsr-compare__does" }, star(id, name), remove);
    return make("th", { scope: "col" }, named(list, row, box.dataset.pages), make("p", {}, text(list, "summary", row)), offered(list, row), does);
  };

  const draw = () => {
    const rows = ids.map((id) => rowOf.get(id));
    const lines = asked(list).map((field) => line(list, field, rows));
    const shown = lines.filter(({ field, differs, filled }) => filled && (!only || differs || isOwn(field)));
    const empty = lines.filter(({ filled }) => !filled).map(({ field }) => field.label);
    const many = ids.length > 1;
    table.replaceChildren(
      make("thead", {}, make("tr", {}, make("td"), ...rows.map(head))),
      make("tbody", {}, ...shown.map(({ tr }) => tr)),
    );
    const differ = lines.filter(({ differs }) => differs).length;
    status.textContent = [
      many ? `${ids.length} studies side by side; ${differ} facts differ.` : ids.length ? "Add at least one more study." : "Add two to five studies by name, or begin with an example.",
      over > 0 ? `Only the first ${MOST} are shown.` : "",
      unknown.length ? `Not in the review: ${unknown.join(", ")}.` : "",
    ].filter(Boolean).join(" ");
    legend.textContent = `≠ marks facts that differ; in bold what not all of them share. –: not coded, not reported or not applicable, as the page of the study says.${empty.length ? ` Coded for none of them: ${empty.join(", ")}.` : ""}`;
    every.checked = only;
    input.disabled = ids.length >= MOST;
    input.placeholder = input.disabled ? `${MOST} are the most` : "Begin to type a name";
    for (const each of [table, take]) each.hidden = !ids.length;
    for (const each of [switched, copy, print, legend]) each.hidden = !many;
    changed();
  };

  addEventListener("popstate", () => (read(), show().catch(failed)));
  read();
  await show();
  box.replaceChildren(tools, status, make("div", { className: "lsr-compare__table" }, table), legend, take);
  box.dataset.ready = "";
};

for (const box of document.querySelectorAll("[data-lsr-compare]"))
  compare(box).catch(() => box.replaceChildren(make("p", { role: "status" }, "The studies could not be loaded; try again.")));
